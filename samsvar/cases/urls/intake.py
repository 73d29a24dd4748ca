"""Concerns, screening, consults, network cases, acute contacts."""

from django.urls import path

from samsvar.cases.views import between, concerns, notice

urlpatterns = [
    path("bekymringer/ny/", concerns.raise_concern, name="raise"),
    path("bekymringer/", concerns.concerns, name="concerns"),
    path("bekymringer/laest/", concerns.answers_read, name="answers_read"),
    path("bekymringer/<uuid:concern_id>/", concerns.concern, name="concern"),
    path("bekymringer/<uuid:concern_id>/tak/", concerns.raised, name="raised"),
    path("bekymringer/<uuid:concern_id>/fortryd/", concerns.withdraw, name="withdraw"),
    path("bekymringer/<uuid:concern_id>/takket/", concerns.thanked, name="thanked"),
    path("bekymringer/<uuid:concern_id>/borgeren/", notice.concern_notice, name="concern_notice"),
    path("visitering/", concerns.queue, name="screening"),
    path("visitering/<uuid:concern_id>/", concerns.screen, name="screen"),
    path("visitering/<uuid:concern_id>/mere/", concerns.screen_more, name="screen_more"),
    path("visitering/<uuid:concern_id>/ikke-psp/", concerns.screen_not_psp, name="screen_not_psp"),
    path("visitering/<uuid:concern_id>/dagsorden/", concerns.agenda, name="screen_agenda"),
    path("visitering/<uuid:concern_id>/np-sag/", concerns.screen_network, name="screen_network"),
    path("visitering/<uuid:concern_id>/akut/", concerns.screen_acute, name="screen_acute"),
    path("visitering/<uuid:concern_id>/aaben-sag/", concerns.screen_to_holder, name="screen_to_holder"),
    path("visitering/<uuid:concern_id>/anden-myndighed/", concerns.screen_elsewhere, name="screen_elsewhere"),
    path("sparring/", between.consults, name="consults"),
    path("sparring/<uuid:consult_id>/", between.consult, name="consult"),
    path("np-sager/", between.network_cases, name="network_cases"),
    path("np-sager/ny/", between.network_open, name="network_open"),
    path("np-sager/<uuid:network_case_id>/", between.network_case, name="network_case"),
    path("np-sager/<uuid:network_case_id>/psp/", between.network_to_psp, name="network_to_psp"),
    path("akut/", between.acute, name="acute"),
    path("akut/<uuid:contact_id>/", between.acute_contact, name="acute_contact"),
    path("akut/<uuid:contact_id>/videregiv/", between.acute_release, name="acute_release"),
]

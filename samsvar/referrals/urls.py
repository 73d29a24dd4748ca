"""Addresses of this room."""

from django.urls import path

from samsvar.referrals.views import pathways, referrals, transitions

app_name = "referrals"
urlpatterns = [
    path("", referrals.box, name="box"),
    path("ny/", referrals.choose, name="choose"),
    path("ny/<uuid:entry_id>/", referrals.start, name="start"),
    path("<uuid:referral_id>/", referrals.referral, name="referral"),
    path("<uuid:referral_id>/ja/", referrals.yes, name="yes"),
    path("<uuid:referral_id>/mangler/", referrals.missing, name="missing"),
    path("<uuid:referral_id>/svar/", referrals.answer, name="answer"),
    path("<uuid:referral_id>/aendret/", referrals.change, name="change"),
    path("<uuid:referral_id>/udeblevet/", referrals.no_show, name="no_show"),
    path("<uuid:referral_id>/afslut/", referrals.close, name="close"),
    path("<uuid:referral_id>/traek/", referrals.withdraw, name="withdraw"),
    path("<uuid:referral_id>/besked/", referrals.message, name="message"),
    path("<uuid:referral_id>/vurder/", referrals.look_into, name="look_into"),
    path("<uuid:referral_id>/begynd/", referrals.begin, name="begin"),
    path("<uuid:referral_id>/vent/", transitions.wait_with, name="wait_with"),
    path("<uuid:referral_id>/slet/", referrals.discard, name="discard"),
    path("overgange/", transitions.board, name="transitions"),
    path("overgange/ny/", transitions.new, name="transition_new"),
    path("overgange/papir/", transitions.forum, name="transitions_paper"),
    path("overgange/modtaget/<uuid:hand_over_id>/", transitions.received, name="received"),
    path("overgange/<uuid:transition_id>/", transitions.transition, name="transition"),
    path("overgange/<uuid:transition_id>/punkt/", transitions.check, name="transition_check"),
    path("overgange/<uuid:transition_id>/flyt/", transitions.move, name="transition_move"),
    path("overgange/<uuid:transition_id>/kontakt/", transitions.contact, name="transition_contact"),
    path("overgange/<uuid:transition_id>/sag/", transitions.case_known, name="transition_case"),
    path("overgange/<uuid:transition_id>/slut/", transitions.end, name="transition_end"),
    path("overgange/<uuid:transition_id>/overdrag/", transitions.hand_over, name="hand_over"),
    path("overgange/<uuid:transition_id>/overdrag/<uuid:hand_over_id>/tilbage/", transitions.withdraw, name="withdraw"),
    path("overgange/<uuid:transition_id>/overdrag/<uuid:hand_over_id>/nej/", transitions.yes_back, name="yes_back"),
    path("forloeb/", pathways.board, name="pathways"),
    path("forloeb/ny/", pathways.new, name="pathway_new"),
    path("forloeb/<uuid:pathway_id>/", pathways.pathway, name="pathway"),
    path("forloeb/<uuid:pathway_id>/tryk/", pathways.press, name="pathway_press"),
    path("forloeb/<uuid:pathway_id>/<slug:step>/", pathways.step, name="pathway_step"),
    path("<uuid:referral_id>/forloeb/", pathways.from_referral, name="open_pathway"),
]

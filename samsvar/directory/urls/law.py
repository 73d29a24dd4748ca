"""The rules."""

from django.urls import path

from samsvar.directory.views import law as views

urlpatterns = [
    path("", views.rules, name="rules"),
    path("liste/", views.rule_list, name="rule_list"),
    path("raekke/", views.row, name="row"),
    path("rapport/", views.report, name="report"),
    path("aendringer/", views.changes, name="changes"),
    path("aendringer/raekker/", views.rows_change, name="rows_change"),
    path("aendringer/regel/<slug:key>/", views.rule_change, name="rule_change"),
    path("aendringer/<uuid:change_id>/", views.change, name="change"),
    path("aendringer/<uuid:change_id>/godkend/", views.approve, name="approve"),
    path("aendringer/<uuid:change_id>/slut/", views.end, name="end"),
    path("tvivl/", views.doubt, name="doubt"),
    path("spoergsmaal/", views.questions, name="questions"),
    path("spoergsmaal/<uuid:question_id>/", views.question, name="question"),
    path("svar/", views.answers, name="answers"),
    path("svar/<uuid:answer_id>/traek-tilbage/", views.retire, name="retire"),
]

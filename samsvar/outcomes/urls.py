"""Addresses of this room."""

from django.urls import path

from samsvar.outcomes.views import figures, journals, reports

app_name = "outcomes"
urlpatterns = [
    path("", reports.home, name="home"),
    path("effekt/", figures.effect, name="effect"),
    path("effekt/indikatorer/", figures.indicators, name="indicators"),
    path("effekt/tal.csv", figures.answers_file, name="answers"),
    path("effekt/tal.xlsx", figures.workbook_file, name="workbook"),
    path("effekt/tal.sav", figures.sav_file, name="sav"),
    path("effekt/kodebog.csv", figures.codebook_file, name="codebook"),
    path("effekt/kodebog.sps", figures.spss_file, name="spss"),
    path("effekt/beregning.py", figures.script_file, name="script"),
    path("fra-fil/", reports.from_file, name="from_file"),
    path("<uuid:course_id>/", reports.course, name="course"),
    path("<uuid:course_id>/<int:year>/<int:number>/", reports.report, name="report"),
    path("<uuid:course_id>/<int:year>/<int:number>/papir/", reports.paper, name="paper"),
    path("<uuid:course_id>/<int:year>/<int:number>/tilbage/", reports.take_back, name="take_back"),
    path("kvartal/", journals.journals, name="journals"),
    path("kvartal/<uuid:journal_id>/", journals.journal, name="journal"),
    path("kvartal/<uuid:journal_id>/papir/", journals.journal_paper, name="journal_paper"),
]

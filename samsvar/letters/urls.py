"""Addresses of this room."""

from django.urls import path

from samsvar.letters.views import journal, notices, outside

app_name = "letters"
CASE = "sager/<uuid:case_id>/"

urlpatterns = [
    path(f"{CASE}fortael-borgeren/", notices.tell, name="tell"),
    path("breve/til-borgeren/<uuid:notice_id>/", notices.notice, name="notice"),
    path("breve/til-borgeren/<uuid:notice_id>/brev/", notices.notice_letter, name="notice_letter"),
    path(f"{CASE}brev/", outside.write, name="write"),
    path("breve/ud/<uuid:letter_id>/", outside.outside_letter, name="outside_letter"),
    path("breve/ud/<uuid:letter_id>/brev/", outside.outside_paper, name="outside_paper"),
    path(f"{CASE}journal/", journal.journal, name="journal"),
    path(f"{CASE}journal/notat.txt", journal.journal_text, name="journal_text"),
    path("journal/", journal.waiting, name="waiting"),
]

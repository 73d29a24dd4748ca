"""Addresses of this room."""

from django.urls import path

from samsvar.letters.views import notices

app_name = "letters"
CASE = "sager/<uuid:case_id>/"

urlpatterns = [
    path(f"{CASE}fortael-borgeren/", notices.tell, name="tell"),
    path("breve/til-borgeren/<uuid:notice_id>/", notices.notice, name="notice"),
    path("breve/til-borgeren/<uuid:notice_id>/brev/", notices.notice_letter, name="notice_letter"),
]

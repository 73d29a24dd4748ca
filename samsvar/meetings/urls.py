"""Addresses of this room."""

from django.urls import path

from samsvar.meetings import count_pages, minutes_pages, sheet_pages, views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="list"),
    path("nyt/", views.plan, name="plan"),
    path("efter-rytmen/<uuid:group_id>/", views.plan_by_rhythm, name="plan_by_rhythm"),
    path("<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("<uuid:meeting_id>/referat/", minutes_pages.minutes, name="minutes"),
    path("<uuid:meeting_id>/referat/pdf/", minutes_pages.pdf, name="minutes_pdf"),
    path("<uuid:meeting_id>/referat/word/", minutes_pages.word, name="minutes_word"),
    path("<uuid:meeting_id>/referat/send/", minutes_pages.send, name="minutes_send"),
    path("<uuid:meeting_id>/referat/laest/", minutes_pages.read, name="minutes_read"),
    path("<uuid:meeting_id>/referat/rettelse/", minutes_pages.amend, name="minutes_amend"),
    path("<uuid:meeting_id>/referat/sag/<uuid:case_id>/", minutes_pages.words, name="minutes_words"),
    path("<uuid:meeting_id>/referat/sag/<uuid:case_id>/rettelse/", minutes_pages.amend, name="minutes_amend_case"),
    path("statistik/<uuid:group_id>/", count_pages.count, name="count"),
    path("<uuid:meeting_id>/skema/", sheet_pages.sheet, name="sheet"),
    path("<uuid:meeting_id>/skema/pdf/", sheet_pages.sheet_paper, name="sheet_paper"),
    path("<uuid:meeting_id>/aflys/", views.call_off, name="call_off"),
    path("<uuid:meeting_id>/orientering/", views.orient, {"part": "orientation"}, name="orient"),
    path("<uuid:meeting_id>/generelle-emner/", views.orient, {"part": "general"}, name="general"),
    path("<uuid:meeting_id>/godkend/", views.approve, name="approve"),
    path("<uuid:meeting_id>/fremmoede/", views.attend, name="attend"),
    path("<uuid:meeting_id>/slut/", views.end, name="end"),
    path("<uuid:meeting_id>/sag/<uuid:case_id>/", views.item, name="item"),
    path("<uuid:meeting_id>/sag/<uuid:case_id>/intet-nyt/", views.nothing_new, name="nothing_new"),
    path("<uuid:meeting_id>/sag/<uuid:case_id>/navn/", views.say_name, name="say_name"),
]

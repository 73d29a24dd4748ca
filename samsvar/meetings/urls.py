"""Addresses of this room."""

from django.urls import path

from samsvar.meetings import feed_pages, sheet_pages, views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="list"),
    path("nyt/", views.plan, name="plan"),
    path("efter-rytmen/<uuid:group_id>/", views.plan_by_rhythm, name="plan_by_rhythm"),
    path("kalender/", feed_pages.own_feed, name="own_feed"),
    path("kalender/stop/", feed_pages.stop_feed, name="stop_feed"),
    path("kalender/<str:token>.ics", feed_pages.feed, name="feed"),
    path("<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("<uuid:meeting_id>/referat/", views.minutes, name="minutes"),
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

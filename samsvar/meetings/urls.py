"""Addresses of this room."""

from django.urls import path

from samsvar.meetings import count_pages, feed_pages, live_views, minutes_pages, preparing_pages, sheet_pages, views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="list"),
    path("nyt/", views.plan, name="plan"),
    path("efter-rytmen/<uuid:group_id>/", views.plan_by_rhythm, name="plan_by_rhythm"),
    path("kalender/", feed_pages.own_feed, name="own_feed"),
    path("kalender/stop/", feed_pages.stop_feed, name="stop_feed"),
    path("kalender/<str:token>.ics", feed_pages.feed, name="feed"),
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
    path("<uuid:meeting_id>/forberedelse/", preparing_pages.prepare, name="prepare"),
    path("<uuid:meeting_id>/mappe/", preparing_pages.pack, name="pack"),
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
    path("<uuid:meeting_id>/bordet/", live_views.live, name="live"),
    path("<uuid:meeting_id>/bordet/dele/", live_views.parts, name="live_parts"),
    path("<uuid:meeting_id>/bordet/siden/", live_views.since, name="live_since"),
    path("<uuid:meeting_id>/bordet/frem/", live_views.turn, name="live_turn_frame"),
    path("<uuid:meeting_id>/bordet/fremmoede/", live_views.attend, name="live_attend"),
    path("<uuid:meeting_id>/bordet/orientering/", live_views.orient, {"part": "orientation"}, name="live_orient"),
    path("<uuid:meeting_id>/bordet/generelle-emner/", live_views.orient, {"part": "general"}, name="live_general"),
    path("<uuid:meeting_id>/bordet/godkend/", live_views.approve, name="live_approve"),
    path("<uuid:meeting_id>/bordet/kladde/", live_views.draft, name="live_draft"),
    path("<uuid:meeting_id>/bordet/slut/", live_views.end, name="live_end"),
    path("<uuid:meeting_id>/bordet/sag/<uuid:case_id>/frem/", live_views.turn, name="live_turn"),
    path("<uuid:meeting_id>/bordet/sag/<uuid:case_id>/beslut/", live_views.decide, name="live_decide"),
    path("<uuid:meeting_id>/bordet/sag/<uuid:case_id>/rummet/", live_views.set_room, name="live_room"),
    path("<uuid:meeting_id>/bordet/sag/<uuid:case_id>/aftale/", live_views.agree, name="live_agree"),
    path("<uuid:meeting_id>/bordet/sag/<uuid:case_id>/bidrag/", live_views.contribute, name="live_contribute"),
    path(
        "<uuid:meeting_id>/bordet/sag/<uuid:case_id>/bidrag/<uuid:contribution_id>/", live_views.tell, name="live_tell"
    ),
    path("<uuid:meeting_id>/bordet/sag/<uuid:case_id>/navn/", live_views.say_name, name="live_say_name"),
]

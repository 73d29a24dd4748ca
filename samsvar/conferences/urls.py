"""Addresses of this room."""

from django.urls import path

from samsvar.conferences.views import conference, items, matters, minutes

app_name = "conferences"
urlpatterns = [
    path("", conference.home, name="home"),
    path("<uuid:meeting_id>/", conference.conference, name="conference"),
    path("<uuid:meeting_id>/ramme/", conference.frame, name="frame"),
    path("<uuid:meeting_id>/deltager/", conference.participant, name="participant"),
    path("<uuid:meeting_id>/deltager/<uuid:participant_id>/fjern/", conference.participant_off, name="participant_off"),
    path("<uuid:meeting_id>/ny/", items.bring, name="bring"),
    path("<uuid:meeting_id>/ny/sag/<uuid:matter_id>/", items.bring, name="bring_again"),
    path("<uuid:meeting_id>/slut/", conference.end, name="end"),
    path("<uuid:meeting_id>/referat/", minutes.minutes, name="minutes"),
    path("<uuid:meeting_id>/referat/pdf/", minutes.pdf, name="minutes_pdf"),
    path("<uuid:meeting_id>/referat/word/", minutes.word, name="minutes_word"),
    path("punkt/<uuid:conference_item_id>/", items.item, name="item"),
    path("punkt/<uuid:conference_item_id>/flyt/", conference.move, name="move"),
    path("punkt/<uuid:conference_item_id>/ord/", items.words, name="words"),
    path("punkt/<uuid:conference_item_id>/skridt/", items.step, name="step"),
    path("punkt/<uuid:conference_item_id>/skridt/<uuid:step_id>/", items.judge, name="judge"),
    path("punkt/<uuid:conference_item_id>/til-stede/", items.there, name="there"),
    path("punkt/<uuid:conference_item_id>/kom/", items.visitor, name="visitor"),
    path("punkt/<uuid:conference_item_id>/hoerer/", items.hear, name="hear"),
    path("punkt/<uuid:conference_item_id>/samtale/", items.voice, name="voice"),
    path("punkt/<uuid:conference_item_id>/samtale/ur/", items.clock, name="clock"),
    path("punkt/<uuid:conference_item_id>/godkend/", items.approve, name="approve"),
    path("sag/<uuid:matter_id>/", matters.matter, name="matter"),
    path("sag/<uuid:matter_id>/navn/", matters.name, name="name"),
    path("sag/<uuid:matter_id>/navn/<uuid:who_id>/traek/", matters.name_back, name="name_back"),
    path("sag/<uuid:matter_id>/navn/<uuid:who_id>/fjern/", matters.name_off, name="name_off"),
]

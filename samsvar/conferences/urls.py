"""Addresses of this room."""

from django.urls import path

from samsvar.conferences import views

app_name = "conferences"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:meeting_id>/", views.conference, name="conference"),
    path("<uuid:meeting_id>/ramme/", views.frame, name="frame"),
    path("<uuid:meeting_id>/deltager/", views.participant, name="participant"),
    path("<uuid:meeting_id>/deltager/<uuid:participant_id>/fjern/", views.participant_off, name="participant_off"),
    path("<uuid:meeting_id>/ny/", views.bring, name="bring"),
    path("<uuid:meeting_id>/ny/sag/<uuid:matter_id>/", views.bring, name="bring_again"),
    path("<uuid:meeting_id>/slut/", views.end, name="end"),
    path("<uuid:meeting_id>/referat/", views.minutes, name="minutes"),
    path("<uuid:meeting_id>/referat/pdf/", views.pdf, name="minutes_pdf"),
    path("<uuid:meeting_id>/referat/word/", views.word, name="minutes_word"),
    path("punkt/<uuid:conference_item_id>/", views.item, name="item"),
    path("punkt/<uuid:conference_item_id>/flyt/", views.move, name="move"),
    path("punkt/<uuid:conference_item_id>/ord/", views.words, name="words"),
    path("punkt/<uuid:conference_item_id>/skridt/", views.step, name="step"),
    path("punkt/<uuid:conference_item_id>/skridt/<uuid:step_id>/", views.judge, name="judge"),
    path("punkt/<uuid:conference_item_id>/til-stede/", views.there, name="there"),
    path("punkt/<uuid:conference_item_id>/kom/", views.visitor, name="visitor"),
    path("punkt/<uuid:conference_item_id>/hoerer/", views.hear, name="hear"),
    path("punkt/<uuid:conference_item_id>/samtale/", views.voice, name="voice"),
    path("punkt/<uuid:conference_item_id>/samtale/ur/", views.clock, name="clock"),
    path("punkt/<uuid:conference_item_id>/godkend/", views.approve, name="approve"),
    path("sag/<uuid:matter_id>/", views.matter, name="matter"),
    path("sag/<uuid:matter_id>/navn/", views.name, name="name"),
    path("sag/<uuid:matter_id>/navn/<uuid:who_id>/traek/", views.name_back, name="name_back"),
    path("sag/<uuid:matter_id>/navn/<uuid:who_id>/fjern/", views.name_off, name="name_off"),
]

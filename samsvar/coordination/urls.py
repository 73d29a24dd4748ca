"""Addresses of this room."""

from django.urls import path

from samsvar.coordination.views import agreed, events, meetings, record, summary
from samsvar.coordination.views import networks as views

app_name = "coordination"
urlpatterns = [
    path("", views.home, name="home"),
    path("hvem/", views.look, name="look"),
    path("ny/", views.open_one, name="open"),
    path("<uuid:care_network_id>/", views.network, name="network"),
    path("<uuid:care_network_id>/udpeg/", views.appoint, name="appoint"),
    path("<uuid:care_network_id>/ingen/", views.none_found, name="none_found"),
    path("<uuid:care_network_id>/opgave/", views.mandate, name="mandate"),
    path("<uuid:care_network_id>/lukke-ind/", views.let_in, name="let_in"),
    path("<uuid:care_network_id>/lukke-ind/<uuid:reader_id>/tilbage/", views.take_back, name="take_back"),
    path("<uuid:care_network_id>/kontakt/", views.contact, name="contact"),
    path("<uuid:care_network_id>/kontakt/<uuid:network_contact_id>/af/", views.contact_off, name="contact_off"),
    path("<uuid:care_network_id>/kontakt/<uuid:network_contact_id>/ikke-med/", views.unwanted, name="unwanted"),
    path("<uuid:care_network_id>/tovholder/<uuid:coordinator_id>/bero/", views.rest, name="rest"),
    path("<uuid:care_network_id>/tovholder/<uuid:coordinator_id>/slut/", views.end, name="end"),
    path("<uuid:care_network_id>/givet/", views.hand_out, name="hand_out"),
    path("<uuid:care_network_id>/kort/", views.card, name="card"),
    path("<uuid:care_network_id>/laest/", views.read_news, name="read"),
    path("<uuid:care_network_id>/noteret/", views.note_news, name="noted"),
    path("<uuid:care_network_id>/slut/", views.close, name="close"),
    path("<uuid:care_network_id>/moede/", meetings.call, name="call"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/", meetings.meeting, name="meeting"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/ret/", meetings.reframe, name="reframe"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/oensker/", meetings.wishes, name="wishes"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/paa/", meetings.put_on, name="put_on"),
    path(
        "<uuid:care_network_id>/moede/<uuid:network_meeting_id>/af/<uuid:invitee_id>/",
        meetings.take_off,
        name="off",
    ),
    path(
        "<uuid:care_network_id>/moede/<uuid:network_meeting_id>/svar/<uuid:invitee_id>/", meetings.answer, name="says"
    ),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/indbudt/", meetings.invite, name="invite"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/indbydelse/", meetings.invitation, name="invitation"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/aftale/", meetings.agree, name="agree"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/holdt/", meetings.hold, name="hold"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/referat/", meetings.minutes, name="minutes"),
    path("<uuid:care_network_id>/moede/<uuid:network_meeting_id>/aflys/", meetings.call_off, name="call_off"),
    path("<uuid:care_network_id>/aftale/<uuid:agreement_id>/", meetings.judge, name="judge"),
    path("<uuid:care_network_id>/fortalt/", summary.summary, name="summary"),
    path("<uuid:care_network_id>/fortalt/papir/", summary.paper, name="summary_paper"),
    path("<uuid:care_network_id>/fortalt/papir/<uuid:reader_id>/", summary.brief, name="summary_brief"),
    path("<uuid:care_network_id>/fortalt/udgave/<uuid:section_id>/godkendt/", summary.approve, name="section_approve"),
    path("<uuid:care_network_id>/fortalt/udgave/<uuid:section_id>/af/", summary.take_off, name="section_off"),
    path("<uuid:care_network_id>/fortalt/<slug:category>/", summary.section, name="section"),
    path("<uuid:care_network_id>/skema/", record.record, name="record"),
    path("<uuid:care_network_id>/skema/laest/", record.read_all, name="record_read"),
    path("<uuid:care_network_id>/skema/<uuid:entry_id>/", record.answer, name="record_answer"),
    path("<uuid:care_network_id>/huske/", record.memo, name="memo"),
    path("<uuid:care_network_id>/huske/<uuid:memo_id>/", record.forget, name="memo_gone"),
    path("<uuid:care_network_id>/haendelse/", events.write, name="event_new"),
    path("<uuid:care_network_id>/haendelse/<uuid:care_event_id>/", events.draft, name="event"),
    path("<uuid:care_network_id>/haendelse/<uuid:care_event_id>/ret/", events.change, name="event_change"),
    path("<uuid:care_network_id>/haendelse/<uuid:care_event_id>/frigiv/", events.release, name="event_release"),
    path("<uuid:care_network_id>/haendelse/<uuid:care_event_id>/slet/", events.discard, name="event_discard"),
    path("<uuid:care_network_id>/besked/<uuid:event_delivery_id>/laest/", events.read, name="event_read"),
    path("<uuid:care_network_id>/haendelse/<uuid:care_event_id>/aftalt/<slug:rule>/", agreed.agreed, name="agreed"),
]

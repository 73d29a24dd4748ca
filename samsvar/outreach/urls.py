"""Addresses of this room."""

from django.urls import path

from samsvar.outreach.views import courses, inquiries, phones, research

app_name = "outreach"
urlpatterns = [
    path("", courses.home, name="home"),
    path("slut/", courses.ended, name="ended"),
    path("ny/", courses.start, name="start"),
    path("henvendelser/", inquiries.inquiries, name="inquiries"),
    path("henvendelser/ny/", inquiries.receive, name="receive"),
    path("henvendelser/<uuid:inquiry_id>/", inquiries.inquiry, name="inquiry"),
    path("henvendelser/<uuid:inquiry_id>/forloeb/", courses.start, name="start_on"),
    path("opsporing/", inquiries.searches, name="searches"),
    path("opsporing/<uuid:search_id>/henvendelse/", inquiries.receive, name="receive_from"),
    path("telefon/", phones.pocket, name="pocket"),
    path("telefon/arbejder.js", phones.worker, name="pocket_worker"),
    path("telefon/app.webmanifest", phones.manifest, name="pocket_manifest"),
    path("telefon/synk/", phones.sync, name="pocket_sync"),
    path("telefoner/", phones.phones, name="phones"),
    path("telefoner/<uuid:phone_id>/fjern/", phones.revoke, name="phone_revoke"),
    path("<uuid:course_id>/", courses.course, name="course"),
    path("<uuid:course_id>/log/", courses.quick, name="log"),
    path("<uuid:course_id>/log/<uuid:attempt_id>/fortryd/", courses.undo, name="undo"),
    path("<uuid:course_id>/husk/", courses.about, name="about"),
    path("<uuid:course_id>/navn/", courses.lift, name="lift"),
    path("<uuid:course_id>/navn/slet/", courses.unlift, name="unlift"),
    path("<uuid:course_id>/fase/", courses.phase, name="phase"),
    path("<uuid:course_id>/fredet/", courses.protect, name="protect"),
    path("<uuid:course_id>/fredet/<uuid:protection_id>/", courses.review, name="review"),
    path("<uuid:course_id>/forslag/", courses.proposal, name="proposal"),
    path("<uuid:course_id>/forslag/<uuid:proposal_id>/", courses.stance, name="stance"),
    path("<uuid:course_id>/forslag/<uuid:proposal_id>/gjort/", courses.carry_out, name="carry_out"),
    path("<uuid:course_id>/giv-videre/", courses.colleague, name="colleague"),
    path("<uuid:course_id>/aflever/", courses.offer, name="offer"),
    path("<uuid:course_id>/aflever/<uuid:handover_id>/", courses.follow, name="follow"),
    path("<uuid:course_id>/vurdering/<slug:profile_key>/", inquiries.assess, name="assess"),
    path("<uuid:course_id>/slut/", courses.end, name="end"),
    path("<uuid:course_id>/igen/", courses.again, name="again"),
    path("<uuid:course_id>/undersoegelse/", research.ask, name="study"),
    path("<uuid:course_id>/undersoegelse/<uuid:research_id>/fortryd/", research.withdraw, name="study_withdraw"),
    path("undersoegelser/", research.studies, name="studies"),
    path("undersoegelser/<uuid:research_id>/fil/", research.study_file, name="study_file"),
]

"""Addresses of this room."""

from django.urls import path

from samsvar.rights import views

app_name = "rights"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/kontrol/", views.log_check, name="log_check"),
    path("log/borger/", views.log_citizen, name="log_citizen"),
    path("log/gennemsyn/", views.reviews, name="reviews"),
    path("log/gennemsyn/traek/", views.draw, name="draw"),
    path("log/gennemsyn/regler/", views.watch, name="watch"),
    path("log/gennemsyn/<uuid:review_id>/", views.review, name="review"),
    path("rettigheder/", views.requests, name="requests"),
    path("rettigheder/ny/", views.request_new, name="request_new"),
    path("rettigheder/<uuid:asked_id>/", views.request_page, name="request"),
    path("rettigheder/<uuid:asked_id>/laengere/", views.request_step, {"step": "extend"}, name="extend"),
    path("rettigheder/<uuid:asked_id>/svar/", views.request_step, {"step": "close"}, name="close"),
    path("rettigheder/<uuid:asked_id>/undtag/", views.request_step, {"step": "exempt"}, name="exempt"),
    path("rettigheder/<uuid:asked_id>/hoer/", views.request_step, {"step": "hear"}, name="hear"),
    path("rettigheder/hoering/<uuid:hearing_id>/", views.hearing, name="hearing"),
    path("rettigheder/sag/<uuid:case_id>/bemaerkning/", views.remark, name="remark"),
    path("rettigheder/spoerg/", views.ask, name="ask"),
    path("rettigheder/spurgt/<uuid:look_id>/", views.asked, name="asked"),
    path("rettigheder/brud/", views.breaches, name="breaches"),
    path("rettigheder/brud/nyt/", views.breach_new, name="breach_new"),
    path("rettigheder/brud/<uuid:breach_id>/", views.breach, name="breach"),
    path("rettigheder/fortalt/<uuid:citizen_id>/", views.told, name="told"),
    path("rettigheder/fortalt/<uuid:citizen_id>/pdf/", views.told_on_paper, name="told_on_paper"),
]

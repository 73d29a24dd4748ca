"""Addresses of this room."""

from django.urls import path

from samsvar.steering import views

app_name = "steering"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:partnership_id>/status/", views.status, name="status"),
    path("gruppe/<uuid:group_id>/kommissorium/", views.terms, name="terms"),
    path("gruppe/<uuid:group_id>/evaluering/<int:year>/", views.evaluation, name="evaluation"),
    path("gruppe/<uuid:group_id>/beslutning/", views.decide, name="decide"),
    path("beslutninger/<uuid:decision_id>/", views.decision, name="decision"),
]

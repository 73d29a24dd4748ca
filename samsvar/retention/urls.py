"""Addresses of this room."""

from django.urls import path

from samsvar.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.disposals, name="list"),
    path("skridt/", views.step, name="step"),
    path("regler/", views.rules, name="rules"),
    path("regler/<slug:kind>/", views.rule, name="rule"),
    path("hold/", views.holds, name="holds"),
    path("hold/<uuid:disposal_id>/", views.hold_back, name="hold_back"),
    path("hold/<uuid:hold_id>/ophaev/", views.lift, name="lift"),
    path("sten/", views.stones, name="stones"),
]

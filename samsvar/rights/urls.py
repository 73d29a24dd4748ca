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
]

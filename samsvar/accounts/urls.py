"""Addresses of this room."""

from django.urls import path

from samsvar.accounts import views

app_name = "accounts"
urlpatterns = [
    path("stole/", views.chairs, name="chairs"),
    path("stole/saet-dig/", views.sit, name="sit"),
    path("noegle/", views.second_key, name="second_key"),
    path("laas/", views.lock, name="lock"),
    path("laast/", views.unlock, name="unlock"),
    path("skift/", views.switch, name="switch"),
    path("gemt/", views.kept_forms, name="kept"),
    path("gemt/<uuid:row_id>/felter/", views.kept_fields, name="kept_fields"),
    path("gemt/<uuid:row_id>/smid-vaek/", views.kept_drop, name="kept_drop"),
    path("demo/", views.demo_chairs, name="demo_chairs"),
    path("demo/saet-dig/", views.demo_sit, name="demo_sit"),
]

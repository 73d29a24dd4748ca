"""Addresses of this room: the rules under regler/, the directory under vejviser/."""

from django.urls import include, path

app_name = "directory"
urlpatterns = [
    path("regler/", include("samsvar.directory.urls.law")),
    path("vejviser/", include("samsvar.directory.urls.entries")),
]

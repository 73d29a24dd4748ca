"""Every room's addresses."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
]

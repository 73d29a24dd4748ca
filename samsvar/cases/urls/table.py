"""Cases: lists, the case, and what is done in it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

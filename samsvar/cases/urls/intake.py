"""Concerns, screening, consults, network cases, acute contacts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Vejviser: units and ways."""

from django.urls import path

from samsvar.directory.views import entries, sheets

urlpatterns = [
    path("", entries.search, name="units"),
    path("vej/", entries.way, name="way"),
    path("ny/", entries.new, name="entry_new"),
    path("ark/", sheets.take_in, name="sheet"),
    path("pakke/", sheets.pack, name="pack"),
    path("udtraek.csv", sheets.as_csv, name="units_csv"),
    path("udtraek.xlsx", sheets.as_workbook, name="units_xlsx"),
    path("<uuid:entry_id>/", entries.entry, name="entry"),
    path("<uuid:entry_id>/ret/", entries.edit, name="entry_edit"),
    path("<uuid:entry_id>/bekraeft/", entries.confirm, name="entry_confirm"),
    path("<uuid:entry_id>/luk/", entries.close, name="entry_close"),
]

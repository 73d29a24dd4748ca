"""Addresses of floor 4: the way in (concerns and what happens between meetings) and the case itself."""

from samsvar.cases.urls import intake, table

app_name = "cases"
urlpatterns = [*intake.urlpatterns, *table.urlpatterns]

"""Addresses of the shell."""

from django.urls import path

from samsvar.web import views

app_name = "web"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("opgaver/<uuid:task_id>/gjort/", views.task_done, name="task_done"),
    path("hjaelp/", views.help_page, name="help"),
    path("oevelser/", views.exercises, name="exercises"),
    path("sprog/", views.language, name="language"),
    path("sundhed/", views.health, name="health"),
]

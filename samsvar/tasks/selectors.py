"""What waits for the actor."""

from django.db.models import QuerySet

from samsvar.postgres.actor import Actor
from samsvar.tasks.models import Task


def open_tasks(actor: Actor) -> QuerySet[Task]:
    """The actor's open tasks: acute first, then what is due, then the oldest."""
    return Task.objects.filter(done_at=None).order_by("-acute", "due_on", "created_at", "id")

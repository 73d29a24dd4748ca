"""Who is known here already: the open ways of citizens in the own unit (R-002-22)."""

from uuid import UUID

from django.db.models import QuerySet

from samsvar.directory.models import DirectoryEntry
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import Pathway


def pathway_rows(actor: Actor) -> QuerySet[Pathway]:
    """Ways with the unit's page and whoever works with the citizen."""
    heavy = [f"entry__{column}" for column in DirectoryEntry.FOR_SEARCH]
    return Pathway.objects.select_related("entry", "worker").defer(*heavy)


def open_ways(actor: Actor, citizen_id: UUID) -> QuerySet[Pathway]:
    """A citizen's open ways in the own unit."""
    return pathway_rows(actor).filter(citizen=citizen_id, ended_on=None)

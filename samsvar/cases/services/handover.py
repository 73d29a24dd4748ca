"""What passes on in cases when a member of a group leaves and a successor sits down (R-000-11)."""

from django.db import connection

from samsvar.partnerships.models import Capacity, Group
from samsvar.partnerships.services import passes_on
from samsvar.postgres.actor import Actor


@passes_on
def pass_on(actor: Actor, leaving: Capacity, successor: Capacity, group: Group) -> int:
    """Assignments, open agreements and caseworkers of bans pass on in the group's open cases; gives how many.

    Who hands over may be a local administrator, who sees no person: the database does it and tells the number alone.
    """
    with connection.cursor() as cursor:
        cursor.execute("select cases_pass_on(%s, %s, %s)", [leaving.pk, successor.pk, group.pk])
        return cursor.fetchone()[0]

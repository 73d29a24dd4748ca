"""Hours as tovholder: the own, and to the leaders those of their authority."""

from samsvar.coordination.policies.words import OWN
from samsvar.postgres.rows import CAPACITY, Policies, has_role

# Who has a post somewhere else, or is a colleague, has no business with somebody's hours.
_MINE = f"({OWN} and (capacity_id = {CAPACITY} or {has_role('releaser')}))"

POLICIES = [
    Policies(
        "coordination_coordinatorpost",
        select=_MINE,
        insert=f"{_MINE} and exists (select 1 from partnerships_capacity c where c.id = "
        "coordination_coordinatorpost.capacity_id and c.authority_id = coordination_coordinatorpost.authority_id offset 0)",
        update=_MINE,
        immutable=("authority_id", "capacity_id"),
    ),
]

"""Who leads a unit, once for the services, the selectors, the policies and the jobs."""

from samsvar.postgres.actor import WITH_CITIZENS, Actor

# Those who work with citizens and see what changed for the unit's citizens, and answer for what leaves it.
LEADS = ("releaser", "member")


def may_work(actor: Actor) -> bool:
    """Whether the actor works in a unit, with citizens."""
    return actor.unit_id is not None and actor.is_any(*WITH_CITIZENS)


def leads(actor: Actor) -> bool:
    """Whether the actor leads a unit: sees what changed for its citizens, and answers for what leaves it."""
    return actor.unit_id is not None and actor.is_any(*LEADS)

"""Who investigates, grants and stands for an authority, once for the services and the policies."""

from samsvar.postgres.actor import WITH_CITIZENS, Actor

# Who investigates, and who grants: two permissions (R-002-18). Whoever has both uses but one for the same citizen.
INVESTIGATES = ("frontline", "screener", "member")
GRANTS = ("releaser",)
# Those who stand for a whole authority where a page names no unit; at a general practice everybody does.
FOR_ALL = ("screener", "releaser", "member")
ONE_ROOM = "practice"


def may_use(actor: Actor) -> bool:
    """Whether the actor works with citizens at all."""
    return actor.is_any(*WITH_CITIZENS)


def stands_for_all(actor: Actor) -> bool:
    """Whether what names no unit of the actor's authority is the actor's too."""
    return actor.authority_kind == ONE_ROOM or actor.is_any(*FOR_ALL)

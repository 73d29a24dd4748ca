"""What the policies of this room say again and again: who is inside, what stands open, and from which post."""

from samsvar.postgres.actor import WITH_CITIZENS
from samsvar.postgres.rows import AUTHORITIES, CAPACITY, PERSON, has_role, near

OWN = f"authority_id = any({AUTHORITIES})"
MINE = "network_id = any((select coordination_mine())::uuid[])"
READERS = "(select coordination_readers())::uuid[]"


def opened(category: str) -> str:
    """A standing yes lets the actor in for this category."""
    return f"network_id = any((select coordination_open('{category}'))::uuid[])"


def own_row(table: str, owner: str = "authority_id") -> str:
    """A new row of a network that one is inside, under one's own name, where the network stands."""
    return (
        f"{MINE} and by_id = {PERSON} and {owner} = any({AUTHORITIES}) and exists (select 1 from coordination_carenetwork n "
        f"where n.id = {table}.network_id and n.partnership_id = {table}.partnership_id and n.authority_id = {table}.{owner} "
        f"and n.ended_on is null offset 0) and {near(f'{table}.at')}"
    )


# The unit of the post that acts: of the definer functions, which look once and need no care for speed by row.
POST = "(select p.unit_id from partnerships_capacity p where p.id = actor_capacity())"


def in_unit(unit: str) -> str:
    """The actor's post is in the row's unit, or the row is its whole authority's."""
    return (
        f"(THIS.{unit} is null or exists (select 1 from partnerships_capacity p where p.id = {CAPACITY} "
        f"and p.unit_id = THIS.{unit} offset 0))"
    )


def same_unit(unit: str) -> str:
    """The row's unit is that of the actor's post; a post without one writes for itself and no unit."""
    return f"THIS.{unit} is not distinct from (select p.unit_id from partnerships_capacity p where p.id = {CAPACITY})"


# Whoever may tell of the citizen: those inside, and the unit that the citizen has let in for events; as its own unit.
TELLS = f"{OWN} and {same_unit('unit_id')} and ({MINE} or {opened('events')})"
# What hangs on a network is written while it stands.
STANDING = (
    "exists (select 1 from coordination_carenetwork n where n.id = THIS.network_id and n.ended_on is null offset 0)"
)
ENDS_TODAY = "ended_on is null or ended_on = today()"

# Those who work with persons: a chair of a steering group is none of them.
WORKS = has_role(*WITH_CITIZENS)
# A practice reads of its own patients alone (R-003-70): of those whose own doctor it is today, as the network has it.
OWN_DOCTOR = """(exists (select 1 from partnerships_authority a where a.id = r.authority_id and a.kind <> 'practice')
                or exists (select 1 from coordination_networkcontact k where k.network_id = r.network_id
                and k.body_id = r.authority_id and k.until is null and not k.unwanted))"""
PRACTICE = "exists (select 1 from partnerships_authority a where a.id = {} and a.kind = 'practice')"
# The stop list: what a practice has said once about this citizen, or about all of them (R-003-142).
STOPPED = """exists (select 1 from coordination_careeventdelivery d where d.authority_id = {0}
                and (d.answer = 'never_any' or (d.answer = 'never' and d.network_id = {1})))"""
# A receiver that has left the cooperation reads nothing more, and stops nobody's message.
TAKES_PART = f"""exists (select 1 from partnerships_participation p where p.partnership_id = r.partnership_id
                and p.authority_id = r.authority_id and p.since <= today() and (p.until is null or p.until >= today())) and {OWN_DOCTOR}"""

"""What was agreed to be done at an event: each place writes its own, and reads no other authority's."""

from samsvar.coordination.policies.words import MINE, OWN, TELLS, opened, same_unit
from samsvar.postgres.rows import PERSON, Policies, near

POLICIES = [
    Policies(
        "coordination_agreeddone",
        # The place that did it; those inside see what their own authority chose, a unit that is let in too.
        select=f"{OWN} and ({MINE} or ({opened('events')} and {same_unit('unit_id')}))",
        # Of an event that one can read and that is released, in a network that stands.
        insert=f"{TELLS} and by_id = {PERSON} and exists (select 1 from coordination_careevent e where e.id = THIS.event_id "
        "and e.network_id = THIS.network_id and e.partnership_id = THIS.partnership_id and e.released_at is not null offset 0) "
        "and exists (select 1 from coordination_carenetwork n where n.id = THIS.network_id and n.ended_on is null offset 0) "
        f"and done_at <= clock_timestamp() and {near('THIS.at')}",
    ),
]

"""Tasks done in place of others, and the map that the citizen draws: for those inside, whatever a yes names."""

from samsvar.coordination.policies.words import MINE, STANDING, own_row
from samsvar.postgres.rows import Policies

POLICIES = [
    Policies(
        "coordination_substitutetask",
        select=MINE,
        insert=own_row("coordination_substitutetask") + " and until is null",
        # Taken over once, and not on a day to come.
        update=f"{MINE} and until is null and {STANDING}",
        # That it ends today is held by its stamp (guards.py).
        update_check="true",
        immutable=("partnership_id", "network_id", "authority_id", "what", "whose", "since", "by_id", "at"),
    ),
    Policies(
        "coordination_drawnperson",
        select=MINE,
        insert=own_row("coordination_drawnperson") + " and until is null",
        # How it was drawn stands; it can only be rubbed out, today.
        update=f"{MINE} and until is null and {STANDING}",
        # That it ends today is held by its stamp (guards.py).
        update_check="true",
        immutable=(
            *("partnership_id", "network_id", "authority_id", "name", "kind", "ring", "weight", "since", "by_id", "at"),
        ),
    ),
]

"""A meeting is its group's; an item is its case's parties' (decisions.md, Minutes)."""

from samsvar.postgres.rows import GROUPS, PARTNERSHIPS, Policies, party_rows

_GROUPS = f"group_id = any({GROUPS})"

POLICIES = [
    Policies(
        "meetings_meeting",
        select=_GROUPS,
        insert=f"{_GROUPS} and partnership_id = any({PARTNERSHIPS})",
        update=_GROUPS,
        immutable=("partnership_id", "group_id"),
    ),
    Policies(
        "meetings_agendaitem",
        select=party_rows(),
        insert=f"{party_rows()} and {_GROUPS}",
        update=f"{party_rows()} and {_GROUPS}",
        immutable=("partnership_id", "group_id", "meeting_id", "case_id", "kind"),
    ),
    Policies(
        "meetings_attendance",
        select=_GROUPS,
        insert=_GROUPS,
        update=_GROUPS,
        immutable=("partnership_id", "group_id", "meeting_id", "membership_id"),
    ),
]

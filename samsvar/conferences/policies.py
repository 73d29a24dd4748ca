"""Numbers and order are the group's; what is said is for those who work with the matter; who it is, for its own.

A matter is reached by authorities that are registered on it (R-003-45), and its persons by the presenter's authority
and those to whom the name was disclosed on a consent that stands (R-003-38).
"""

from samsvar.postgres.rows import (
    AUTHORITIES,
    GROUPS,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
)

_GROUPS = f"group_id = any({GROUPS})"
_HERE = f"{_GROUPS} and partnership_id = any({PARTNERSHIPS})"
_OWN = f"authority_id = any({AUTHORITIES})"
# The matters that the actor's authority works with, once per statement.
_MINE = "matter_id = any((select conferences_mine())::uuid[])"


# Who was named to the actor's authority on a consent that stands: a yes that was taken back opens nothing again, also
# when the name is said to somebody else on another.
_NAMED = "id = any((select conferences_named())::uuid[])"


def _meeting(table: str, state: str = "m.state <> 'called_off'") -> str:
    return (
        f"exists (select 1 from meetings_meeting m where m.id = {table}.meeting_id and m.group_id = {table}.group_id "
        f"and m.partnership_id = {table}.partnership_id and {state} offset 0)"
    )


def _matter(table: str) -> str:
    return (
        f"exists (select 1 from conferences_conferencecase k where k.id = {table}.matter_id "
        f"and k.group_id = {table}.group_id and k.partnership_id = {table}.partnership_id offset 0)"
    )


def _item(table: str, fact: str = "true") -> str:
    return (
        f"exists (select 1 from conferences_conferenceitem i where i.id = {table}.item_id "
        f"and i.matter_id = {table}.matter_id and i.group_id = {table}.group_id and {fact} offset 0)"
    )


# An approved section stands as it is (R-003-42).
_NOT_APPROVED = "i.approved_at is null"

POLICIES = [
    Policies(
        "conferences_conference",
        select=_GROUPS,
        insert=f"{_HERE} and {_meeting('conferences_conference')}",
        update=_GROUPS,
        immutable=("partnership_id", "group_id", "meeting_id"),
    ),
    Policies(
        "conferences_participant",
        select=_GROUPS,
        insert=f"{_HERE} and by_id = {PERSON} and {_meeting('conferences_participant')}",
        delete=_GROUPS,
    ),
    Policies(
        "conferences_conferencecase",
        select=_GROUPS,
        # Never changed, never closed: what happens to it stands in its items.
        insert=f"{_HERE} and {_OWN} and by_id = {PERSON}",
    ),
    Policies(
        "conferences_matterparty",
        select=f"{_GROUPS} and {_MINE}",
        # Whoever works with it lets others in; the first is the one whose matter it is.
        insert=f"{_HERE} and by_id = {PERSON} and {_matter('conferences_matterparty')} and ({_MINE} or ({_OWN} and exists "
        "(select 1 from conferences_conferencecase k where k.id = matter_id and "
        f"k.authority_id = any({AUTHORITIES}) offset 0))) and exists (select 1 from partnerships_participation p "
        "where p.partnership_id = conferences_matterparty.partnership_id and p.authority_id = "
        "conferences_matterparty.authority_id and (p.until is null or p.until >= current_date) offset 0)",
    ),
    Policies(
        "conferences_conferenceitem",
        select=_GROUPS,
        insert=f"{_HERE} and {_OWN} and presenter_id = {PERSON} and approved_at is null and {_MINE} "
        f"and {_matter('conferences_conferenceitem')} and "
        + _meeting("conferences_conferenceitem", "m.state = 'planned'"),
        # Without a conclusion no section is approved; only those who read the words can see that there is one.
        update=f"{_GROUPS} and approved_at is null",
        update_check="approved_at is null or exists (select 1 from conferences_itemwords w "
        "where w.item_id = THIS.id and w.conclusion <> '' offset 0)",
        immutable=(
            *("partnership_id", "group_id", "meeting_id", "matter_id", "authority_id", "presenter_id", "presented_by"),
            *("presented_from", "named", "late", "at", "level", "kind"),
        ),
    ),
    Policies(
        "conferences_itemwords",
        select=f"{_GROUPS} and {_MINE}",
        insert=f"{_HERE} and {_MINE} and {_item('conferences_itemwords', _NOT_APPROVED)}",
        update=f"{_GROUPS} and {_MINE} and {_item('conferences_itemwords', _NOT_APPROVED)}",
        immutable=("partnership_id", "group_id", "item_id", "matter_id"),
    ),
    Policies(
        "conferences_conferencestep",
        select=f"{_GROUPS} and {_MINE}",
        insert=f"{_HERE} and {_MINE} and by_id = {PERSON} and state = 'open' and {_item('conferences_conferencestep')}",
        # What has been judged stays judged; only that can change.
        update=f"{_GROUPS} and {_MINE} and state = 'open'",
        update_check="true",
        immutable=(
            *("partnership_id", "group_id", "matter_id", "item_id", "what", "owner_ids", "who", "due_on", "condition"),
            *("fallback", "decided_at", "by_id", "at"),
        ),
    ),
    Policies(
        "conferences_matterperson",
        select=f"{_GROUPS} and ({_OWN} or (withdrawn_on is null and {_NAMED}))",
        insert=f"{_HERE} and {_OWN} and by_id = {PERSON} and {_MINE} and {_matter('conferences_matterperson')}",
        update=f"{_GROUPS} and {_OWN}",
        # What was written by mistake goes again, as long as nobody has heard it.
        delete=f"{_GROUPS} and {_OWN} and consent_id is null",
        immutable=("partnership_id", "group_id", "matter_id", "authority_id", "name", "citizen_id", "by_id", "at"),
    ),
]

FUNCTIONS = [
    # The matters of the actor's tables on which the own authority is registered.
    *definer_function(
        "conferences_mine()",
        "uuid[]",
        """begin return coalesce((select array_agg(p.matter_id) from conferences_matterparty p
            where p.group_id = any(actor_groups()) and p.authority_id = any(actor_authorities())), '{}'); end""",
    ),
    *definer_function(
        "conferences_named()",
        "uuid[]",
        """begin return coalesce((select array_agg(p.id) from conferences_matterperson p
            where p.group_id = any(actor_groups()) and exists (select 1 from my_receipt r
                join sharing_disclosure d on d.id = r.disclosure_id join sharing_consent c on c.id = d.consent_id
                where r.subject_id = p.id and c.withdrawn_on is null)), '{}'); end""",
    ),
]

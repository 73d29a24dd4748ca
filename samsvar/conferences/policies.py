"""Numbers and order are the group's; what is said is for those who work with the matter; who it is, for its own.

A matter is reached by authorities that are registered on it (R-003-45), and its persons by the presenter's authority
and those to whom the name was disclosed on a consent that stands (R-003-38).
"""

from samsvar.meetings.policies import stirs
from samsvar.postgres.rows import AUTHORITIES, CAPACITY, GROUPS, PARTNERSHIPS, PERSON, Policies, definer_function, near

_GROUPS = f"group_id = any({GROUPS})"
_HERE = f"{_GROUPS} and partnership_id = any({PARTNERSHIPS})"
_OWN = f"authority_id = any({AUTHORITIES})"
# The matters that the actor's authority works with, once per statement.
_MINE = "matter_id = any((select conferences_mine())::uuid[])"


# Who was named to the actor's authority on a consent that stands: a yes that was taken back opens nothing again, also
# when the name is said to somebody else on another.
_NAMED = "id = any((select conferences_named())::uuid[])"


# While the minutes of a meeting are not approved, they can be put right.
_MENDABLE = "m.state <> 'called_off' and m.approved_at is null"


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


_BY_ME = f"changed_by_id = {PERSON} and {near('changed_at')}"
_LEADS = (
    "exists (select 1 from partnerships_groupfunction f where f.group_id = conferences_conferenceitem.group_id "
    f"and f.capacity_id = {CAPACITY} and (f.until is null or f.until >= today()) offset 0)"
)
# An approved section stands as it is (R-003-42).
_NOT_APPROVED = "i.approved_at is null"

POLICIES = [
    Policies(
        "conferences_conference",
        select=_GROUPS,
        insert=f"{_HERE} and {_meeting('conferences_conference', _MENDABLE)}",
        update=f"{_GROUPS} and {_meeting('conferences_conference', _MENDABLE)}",
        immutable=("partnership_id", "group_id", "meeting_id"),
    ),
    Policies(
        "conferences_participant",
        select=_GROUPS,
        insert=f"{_HERE} and by_id = {PERSON} and {_meeting('conferences_participant', _MENDABLE)}",
        # Who came for one item is known to those who work with it: the others cannot say that it was wrong.
        delete=f"{_GROUPS} and (not one_item or by_id = {PERSON}) and {_meeting('conferences_participant', _MENDABLE)}",
    ),
    Policies(
        "conferences_conferencecase",
        select=_GROUPS,
        # Never changed, never closed: what happens to it stands in its items. The numbers follow each other.
        insert=f"{_HERE} and {_OWN} and by_id = {PERSON} and number = conferences_next(group_id)",
    ),
    Policies(
        "conferences_matterparty",
        select=f"{_GROUPS} and {_MINE}",
        # Whoever works with it lets others in; the first is the one whose matter it is.
        insert=f"{_HERE} and by_id = {PERSON} and {_matter('conferences_matterparty')} and ({_MINE} or ({_OWN} and exists "
        "(select 1 from conferences_conferencecase k where k.id = matter_id and "
        f"k.authority_id = any({AUTHORITIES}) offset 0))) and exists (select 1 from partnerships_participation p "
        "where p.partnership_id = conferences_matterparty.partnership_id and p.authority_id = "
        "conferences_matterparty.authority_id and (p.until is null or p.until >= today()) offset 0)",
    ),
    Policies(
        "conferences_conferenceitem",
        select=_GROUPS,
        insert=f"{_HERE} and {_OWN} and presenter_id = {PERSON} and approved_at is null and {_MINE} "
        f"and {_matter('conferences_conferenceitem')} and "
        + _meeting("conferences_conferenceitem", "m.state = 'planned'"),
        # Those who work with it and those who lead the table move it. Without a conclusion no section is approved; only
        # those who read the words can see that there is one.
        update=f"{_GROUPS} and approved_at is null and ({_MINE} or {_LEADS})",
        update_check=f"approved_at is null or {near('approved_at')} and exists (select 1 from conferences_itemwords w "
        "where w.item_id = THIS.id and w.conclusion <> '' offset 0)",
        immutable=(
            *("partnership_id", "group_id", "meeting_id", "matter_id", "authority_id", "presenter_id", "presented_by"),
            *("presented_from", "named", "late", "at", "level", "kind", "minutes"),
        ),
    ),
    Policies(
        "conferences_itemwords",
        select=f"{_GROUPS} and {_MINE}",
        # Under one's own name and of this hour: nobody is made to have written.
        insert=f"{_HERE} and {_MINE} and {_BY_ME} and {_item('conferences_itemwords', _NOT_APPROVED)}",
        update=f"{_GROUPS} and {_MINE} and {_item('conferences_itemwords', _NOT_APPROVED)}",
        update_check=_BY_ME,
        immutable=("partnership_id", "group_id", "item_id", "matter_id"),
    ),
    Policies(
        "conferences_conferencestep",
        select=f"{_GROUPS} and {_MINE}",
        insert=f"{_HERE} and {_MINE} and by_id = {PERSON} and state = 'open' and {near('at')} "
        f"and {_item('conferences_conferencestep', _NOT_APPROVED)} and owner_ids <@ array(select p.authority_id "
        "from conferences_matterparty p where p.matter_id = conferences_conferencestep.matter_id)",
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
    # The number that the next matter of a table gets.
    *definer_function(
        "conferences_next(the_group uuid)",
        "integer",
        """begin if the_group <> all(actor_groups()) then return null; end if;
            return (select coalesce(max(k.number), 0) + 1 from conferences_conferencecase k where k.group_id = the_group); end""",
    ),
    *definer_function(
        "conferences_named()",
        "uuid[]",
        """begin return coalesce((select array_agg(p.id) from conferences_matterperson p
            where p.group_id = any(actor_groups()) and exists (select 1 from my_receipt r
                join sharing_disclosure d on d.id = r.disclosure_id join sharing_consent c on c.id = d.consent_id
                where r.subject_id = p.id and c.matter_id = p.matter_id and c.withdrawn_on is null
                    and (c.valid_to is null or c.valid_to >= today()))), '{}'); end""",
    ),
]

# Followers see what the whole group reads. What is said in a matter beats no pulse of the group's: that something is
# written in a matter that one does not work with is not told either.
TRIGGERS = [
    *stirs("conferences_conference", "group_id"),
    *stirs("conferences_conferenceitem", "group_id"),
    *stirs("conferences_participant", "group_id", "insert or update or delete"),
]

"""Outreach starts at the unit: nobody in another unit or authority reads a row of it (house.md, own rows; L35).

A post without a unit reaches nothing here, and so does one that works with no persons.
"""

from samsvar.outreach.words import team_settings
from samsvar.postgres.actor import WITH_CITIZENS
from samsvar.postgres.rows import (
    AUTHORITIES,
    CAPACITY,
    MOMENTS_DAY,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    has_role,
    near,
    stamped,
)

# So far back a course may have begun: a job counts its months from there.
COURSE_BACK_YEARS = 50

_UNIT = f"(select p.unit_id from partnerships_capacity p where p.id = {CAPACITY})"
_OURS = f"authority_id = any({AUTHORITIES}) and unit_id = {_UNIT} and {has_role(*WITH_CITIZENS)}"
_BORN = f"{_OURS} and by_id = {PERSON} and partnership_id = any({PARTNERSHIPS})"


def tellable(column: str) -> str:
    """SQL of a day that a form could have taken. What every table refuses (`rows.DAYS_RULE`) is wider than a form is."""
    return f"({column} is null or {column} between date '1900-01-01' and date '2199-12-31')"


_OWNER = ("partnership_id", "authority_id", "unit_id", "by_id", "at")


def _of_course(table: str, *, standing: bool = True) -> str:
    ended = "and c.ended_on is null " if standing else ""
    return (
        f"exists (select 1 from outreach_course c where c.id = {table}.course_id and c.unit_id = {table}.unit_id "
        f"and c.authority_id = {table}.authority_id and c.partnership_id = {table}.partnership_id {ended}offset 0)"
    )


POLICIES = [
    Policies(
        "outreach_course",
        select=_OURS,
        insert=f"{_BORN} and ended_on is null and name = '' and lifted_on is null and slipped_on is null and taken_up = 0 "
        f"and started_on between {MOMENTS_DAY} - interval '{COURSE_BACK_YEARS} years' and {MOMENTS_DAY} and phase_since = started_on "
        f"and (asked_on is null or asked_on <= {MOMENTS_DAY}) and {tellable('asked_on')}",
        update=_OURS,
        # A course that has ended stands as it is until somebody takes it up again.
        update_check=f"{_OURS} and (ended_on is null or ended_on = {MOMENTS_DAY})",
        immutable=(*_OWNER, "number", "door", "asked_on", "started_on"),
    ),
    Policies(
        "outreach_attempt",
        select=_OURS,
        insert=f"{_BORN} and {_of_course('outreach_attempt')} and {tellable('next_on')} and "
        f"\"on\" between moment() - interval '{team_settings().log_back_days} days' and moment() + interval '10 minutes' and (partner_id is null or exists (select 1 from "
        f"partnerships_capacity p where p.person_id = outreach_attempt.partner_id and p.unit_id = outreach_attempt.unit_id offset 0))",
        # A slip of the finger is taken back by whoever made it, at once.
        delete=f"{_OURS} and by_id = {PERSON} and at > now() - interval '{team_settings().undo_minutes} minutes'",
    ),
    Policies(
        "outreach_protection",
        select=_OURS,
        insert=f"{_BORN} and ended_on is null and {tellable('review_on')} and {_of_course('outreach_protection')}",
        update=f"{_OURS} and ended_on is null",
        update_check=f"{_OURS} and (ended_on is null or ended_on = {MOMENTS_DAY}) and {tellable('review_on')}",
        immutable=(*_OWNER, "course_id", "demands", "place", "agreed_with", "basis", "since"),
    ),
    Policies(
        "outreach_proposal",
        select=_OURS,
        insert=f"{_BORN} and done_on is null and {_of_course('outreach_proposal')}",
        update=f"{_OURS} and done_on is null",
        update_check=f"{_OURS} and (done_on is null or done_on = {MOMENTS_DAY})",
        immutable=(*_OWNER, "course_id", "text"),
    ),
    Policies(
        "outreach_handover",
        select=_OURS,
        insert=f"{_BORN} and followed_on is null and (told_on is null or told_on <= {MOMENTS_DAY}) and {tellable('told_on')} "
        f"and {tellable('follow_up_on')} and {_of_course('outreach_handover')}",
        update=f"{_OURS} and followed_on is null",
        update_check=f"{_OURS} and (followed_on is null or followed_on = {MOMENTS_DAY}) and (told_on is null or told_on <= {MOMENTS_DAY}) "
        f"and {tellable('told_on')}",
        immutable=(*_OWNER, "course_id", "kind", "to", "contact", "reason", "on", "follow_up_on"),
    ),
    Policies(
        "outreach_search",
        select=_OURS,
        insert=f'{_BORN} and "on" <= {MOMENTS_DAY} and {tellable("outreach_search.on")}',
    ),
    Policies(
        "outreach_inquiry",
        select=_OURS,
        insert=f"{_BORN} and received_on <= {MOMENTS_DAY} and {tellable('received_on')} and course_id is null and followed_on is null and (search_id is null or exists (select 1 from "
        "outreach_search s where s.id = outreach_inquiry.search_id and s.unit_id = outreach_inquiry.unit_id offset 0))",
        update=f"{_OURS} and followed_on is null",
        update_check=f"{_OURS} and (followed_on is null or (followed_by_id = {PERSON} and followed_on = {MOMENTS_DAY})) and (course_id is null or "
        f"{_of_course('outreach_inquiry')})",
        immutable=(*_OWNER, "received_on", "source", "text", "raiser", "hidden", "search_id"),
    ),
    Policies("outreach_assessment", select=_OURS, insert=f"{_BORN} and {_of_course('outreach_assessment')}"),
    # A yes to a study is taken back, and nothing else of it changes: who was asked what stands as it was.
    Policies(
        "outreach_research",
        select=_OURS,
        insert=f"{_BORN} and withdrawn_on is null and (given_on is null or given_on <= {MOMENTS_DAY}) "
        f"and {tellable('given_on')} and {tellable('valid_to')} "
        f"and {_of_course('outreach_research', standing=False)}",
        update=f"{_OURS} and answer = 'yes' and withdrawn_on is null",
        update_check=f"{_OURS} and withdrawn_on = {MOMENTS_DAY}",
        immutable=(*_OWNER, "course_id", "study", "asked_on", "answer", "given_on", "valid_to", "kept"),
    ),
    Policies(
        "outreach_phone",
        select=_OURS,
        insert=f"{_BORN} and revoked_at is null and {near('synced_at')}",
        update=f"{_OURS} and revoked_at is null",
        # Only its owner says that a phone has been in contact; anybody of the unit removes one, in their own name.
        update_check=f"{_OURS} and case when revoked_at is null then by_id = {PERSON} and {near('synced_at')} "
        f"else revoked_by_id = {PERSON} and {near('revoked_at')} end",
        delete=f"{_OURS} and by_id = {PERSON} and coalesce(revoked_at, synced_at) < now() - interval '30 days'",
        immutable=(*_OWNER, "kind"),
    ),
]

FUNCTIONS = [
    # A phone whose login has lapsed asks too, so that one that was taken is emptied all the same. Whoever asks must
    # know its key, and a key that is nobody's is answered alike.
    *definer_function(
        "outreach_phone_gone(phone uuid)",
        "boolean",
        "begin return not exists (select 1 from outreach_phone p where p.id = phone and p.revoked_at is null); end",
    ),
]

# What an act dates is dated when it is done: here what may stand unchanged later, above what is written once. A day that
# somebody tells of (a visit, an inquiry) has its bounds above.
_STAMPED = {
    "attempt": ("at",),
    "protection": ("at", "since"),
    "proposal": ("at", "said_on"),
    "handover": ("at", "on"),
    "search": ("at",),
    "inquiry": ("at",),
    "assessment": ("at", "on"),
    "research": ("at", "asked_on"),
    "phone": ("at",),
}

TRIGGERS = [
    *(one for table, columns in _STAMPED.items() for one in stamped(f"outreach_{table}", *columns)),
    # A course begins on the day that it began; from then on it moves on the day on which somebody moves it.
    *stamped("outreach_course", "phase_since", "slipped_on", "lifted_on", events="update"),
]

# What a room above hangs on a course begins with the same.
OURS, BORN, OWNER_COLUMNS, of_course = _OURS, _BORN, _OWNER, _of_course

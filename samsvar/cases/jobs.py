"""What a case reminds of: nothing is forgotten, nothing disclosed, nothing closes by itself (R-000-89, R-000-93).

All reminders of one kind are found by one statement; `not exists` leaves out what is on the table already.
"""

from procrastinate.contrib.django import app

from samsvar.cases.selectors.gaps import STILL_DAYS
from samsvar.tasks.caretaking import caretaking, lay_tasks

# Days before an advice or a ban lapses on which its authority is asked about it.
BEFORE_LAPSE = 7

# The table of an authority for a case: its members of the group, or its screeners when it has no seat there.
_SEATED = """case when exists (select 1 from partnerships_membership m join partnerships_capacity c on c.id = m.capacity_id
    where m.group_id = k.group_id and c.authority_id = {authority} and m.since <= today()
    and (m.until is null or m.until >= today()))"""
_GROUP = _SEATED + " then k.group_id end"
_ROLE = _SEATED + " then 'member' else 'screener' end"


def _for(authority: str, kind: str, about: str, due: str) -> str:
    """The columns of a task on an authority's table for case `k`."""
    group, role = _GROUP.format(authority=authority), _ROLE.format(authority=authority)
    return f"k.partnership_id, {authority}, {group}, null::uuid, {role}, '{kind}', {about}, k.id, k.reference, false, {due}"


_HELD = (
    "from cases_case k join cases_responsibility h on h.case_id = k.id and upper_inf(h.period) "
    "join partnerships_partnership p on p.id = k.partnership_id where k.closed_at is null"
)
_QUIET = (
    "k.last_activity_at < now() - make_interval(days => p.stale_days) "
    "and not (k.standing = 'wait_until' and k.wait_until >= today())"
)
_CASE = "'case', k.id"


def _none(condition: str) -> str:
    return f"not exists (select 1 from tasks_task t where {condition})"


REMINDERS = {
    # The next step's day has come.
    "next_steps": f"""select {_for("h.authority_id", "follow_up", _CASE, "k.next_on")} {_HELD}
        and k.next_on <= today() and {
        _none("t.subject_id = k.id and t.kind = 'follow_up' and (t.done_at is null or t.due_on = k.next_on)")
    }""",
    # "Afvent til" is over.
    "waits": f"""select {_for("h.authority_id", "follow_up", _CASE, "k.wait_until")} {_HELD}
        and k.standing = 'wait_until' and k.wait_until <= today()
        and {_none("t.subject_id = k.id and t.kind = 'follow_up' and (t.done_at is null or t.due_on = k.wait_until)")}""",
    # What was agreed is due: the one who shall do it.
    "actions": f"""select k.partnership_id, a.authority_id,
        case when c.person_id is null then {_GROUP.format(authority="a.authority_id")} end, c.person_id,
        case when c.person_id is null then {_ROLE.format(authority="a.authority_id")} else '' end,
        'do_action', 'action', a.id, k.id, k.reference, false, a.due_on
        from cases_action a join cases_case k on k.id = a.case_id and k.closed_at is null
        left join partnerships_capacity c on c.id = a.who_capacity_id
        where a.state = 'agreed' and a.due_on <= today()
        and {_none("t.subject_id = a.id and t.kind = 'do_action' and t.done_at is null")}""",
    # It has slipped: the holder, who knows what was agreed for that (R-000-80).
    "slips": f"""select distinct on (k.id) {_for("h.authority_id", "follow_up", _CASE, "a.due_on")}
        from cases_action a join cases_case k on k.id = a.case_id and k.closed_at is null
        join cases_responsibility h on h.case_id = k.id and upper_inf(h.period)
        where a.state = 'agreed' and a.due_on < today() and {
        _none("t.subject_id = k.id and t.kind = 'follow_up' and (t.done_at is null or t.due_on >= a.due_on)")
    } order by k.id, a.due_on""",
    # Advice that keeps a person safe lapses: who gave it says whether it still holds.
    "safety": f"""select {_for("a.authority_id", "attention", "'action', a.id", "a.safety_until")}
        from cases_action a join cases_case k on k.id = a.case_id and k.closed_at is null
        where a.state = 'agreed' and a.safety_until between today() and today() + {BEFORE_LAPSE}
        and {_none("t.subject_id = a.id and t.kind = 'attention' and t.due_on = a.safety_until")}""",
    "dangers": f"""select {_for("d.authority_id", "attention", "'danger', d.id", "d.until")}
        from cases_dangeradvice d join cases_case k on k.id = d.case_id and k.closed_at is null
        where d.until between today() and today() + {BEFORE_LAPSE}
        and not exists (select 1 from cases_dangeradvice n where n.case_id = d.case_id and n.authority_id = d.authority_id
            and n.at > d.at)
        and {_none("t.subject_id = d.id and t.kind = 'attention'")}""",
    "bans": f"""select {_for("b.authority_id", "attention", "'ban', b.id", "b.until")}
        from cases_meetingban b join cases_case k on k.id = b.case_id and k.closed_at is null
        where b.lifted_at is null and b.until between today() and today() + {BEFORE_LAPSE}
        and {_none("t.subject_id = b.id and t.kind = 'attention'")}""",
    # "Later" and "not" lapse on their day: the judgement is made again (R-001-13).
    "involvements": f"""select {_for("h.authority_id", "involve_citizen", _CASE, "i.review_on")} {
        _HELD.replace(
            " where ",
            " join lateral (select v.* from cases_involvement v where v.case_id = k.id order by v.at desc limit 1) i on true where ",
        )
    } and i.state <> 'involved' and i.review_on <= today()
        and {_none("t.subject_id = k.id and t.kind = 'involve_citizen' and t.done_at is null")}""",
    # Quiet, placed, and nothing left to do: perhaps it is time for the door (R-000-93).
    "closing": f"""select {_for("h.authority_id", "remind_closing", _CASE, "null::date")} {_HELD}
        and k.standing = 'placed' and k.next_step = '' and {_QUIET}
        and not exists (select 1 from cases_action a where a.case_id = k.id and a.state in ('agreed', 'proposed'))
        and {
        _none(
            "t.subject_id = k.id and t.kind = 'remind_closing' "
            "and (t.done_at is null or t.created_at > k.last_activity_at)"
        )
    }""",
    # "Ender i en bunke" (R-000-89).
    "quiet": f"""select {_for("h.authority_id", "follow_up", _CASE, "null::date")} {_HELD} and {_QUIET}
        and {
        _none(
            "t.subject_id = k.id and t.kind in ('follow_up', 'remind_closing') "
            "and (t.done_at is null or t.created_at > k.last_activity_at)"
        )
    }""",
    # A hole to which nothing has happened since the steering group could last meet: its owner (R-001-16).
    "gaps": f"""select s.partnership_id, c.authority_id, null::uuid, c.person_id, '', 'gap', 'gap', s.id, null::uuid, '', false,
        null::date from cases_systemgap s join partnerships_capacity c on c.id = s.owner_id
        where s.state <> 'closed' and s.moved_on < today() - {STILL_DAYS} and {
        _none(
            "t.subject_id = s.id and t.kind = 'gap' and t.person_id = c.person_id "
            f"and (t.done_at is null or t.created_at > now() - make_interval(days => {STILL_DAYS}))"
        )
    }""",
}


@app.periodic(cron="7 * * * *")
@app.task(name="cases.remind", queueing_lock="cases.remind")
def remind(timestamp: int) -> dict[str, int]:
    """Lay every reminder that the facts ask for and that is not on its table yet. Returns how many of each."""
    laid = {}
    for name, select in REMINDERS.items():
        with caretaking("cases.remind") as cursor:
            laid[name] = lay_tasks(cursor, select)
    return laid

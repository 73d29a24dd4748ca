"""A protection and a hand-over are looked at on their day (R-004-45, R-004-57). Months: see `outcomes`."""

from procrastinate.contrib.django import app

from samsvar.outreach.roles import LEADS
from samsvar.tasks.caretaking import caretaking, lay_tasks

_IN_THE_UNIT = "{0}.unit_id = c.unit_id and {0}.since <= today() and ({0}.until is null or {0}.until >= today())"

# Whoever has the course, while there is a post in the unit; else those who lead the unit.
_WITH = f"""outreach_course c join lateral (select distinct p.person_id from partnerships_capacity p
    where {_IN_THE_UNIT.format("p")} and (p.person_id = c.worker_id or p.roles && array{[*LEADS]}::varchar[] and not exists (
        select 1 from partnerships_capacity w where {_IN_THE_UNIT.format("w")} and w.person_id = c.worker_id))) who on true"""
_WHOSE = "c.partnership_id, c.authority_id, null::uuid, who.person_id, ''"
_COURSE = "'course', c.id, null::uuid, c.number, false"
# Once for each day that was set, for each person: a new worker is told too.
_NONE = """not exists (select 1 from tasks_task t where t.subject_id = c.id and t.kind = 'follow_up' and t.due_on = {}
    and t.person_id = who.person_id)"""

REMINDERS = {
    # It does not end by itself: whoever has the course looks at it.
    "protections": f"""select {_WHOSE}, 'follow_up', {_COURSE}, min(p.review_on) from {_WITH}
        join outreach_protection p on p.course_id = c.id and p.ended_on is null and p.review_on <= today()
        where c.ended_on is null and {_NONE.format("p.review_on")}
        group by c.id, who.person_id""",
    # Where the trust was handed to another offer, somebody hears how it goes on the day that was set (R-004-57).
    "handovers": f"""select {_WHOSE}, 'follow_up', {_COURSE}, min(h.follow_up_on) from {_WITH}
        join outreach_handover h on h.course_id = c.id and h.followed_on is null and h.follow_up_on <= today()
        where c.ended_on is null and {_NONE.format("h.follow_up_on")}
        group by c.id, who.person_id""",
}


@app.periodic(cron="23 5 * * *")
@app.task(name="outreach.remind", queueing_lock="outreach.remind")
def remind(timestamp: int) -> dict[str, int]:
    """Lay every reminder that is not on its worker's table yet. Returns how many of each."""
    laid = {}
    for name, select in REMINDERS.items():
        with caretaking("outreach.remind") as cursor:
            laid[name] = lay_tasks(cursor, select)
    return laid

"""What reporting reminds of: a month that is over and not in, some days before the 15th and after it (004/AS-18)."""

from datetime import date
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from samsvar.instruments.instrument import instrument
from samsvar.outreach.roles import LEADS
from samsvar.tasks.caretaking import caretaking, lay_tasks

# So many days before a report is due, its worker is reminded.
BEFORE_DUE = 5

# The months of every course that are not in, by their first day and the day each is due.
_OWED = """select c.*, m.first, (m.first + interval '1 month' + make_interval(days => %(due)s - 1))::date as due
    from outreach_course c cross join lateral (
        select month::date as first from generate_series(
            date_trunc('month', c.started_on::timestamp),
            least(date_trunc('month', %(day)s::timestamp) - interval '1 month',
                date_trunc('month', coalesce(c.ended_on, %(day)s)::timestamp)), interval '1 month') month
    ) m
    where not exists (select 1 from outcomes_report r where r.course_id = c.id and r.month = m.first and r.sent_at is not null)"""

# One task for a course, however many months wait; it is due when the first of them is. The worker's own.
_WORKERS = f"""select w.partnership_id, w.authority_id, null::uuid, w.worker_id, '', 'report', 'course', w.id, null::uuid, w.number,
    false, min(w.due) from ({_OWED}) w
    where not exists (select 1 from tasks_task t where t.subject_id = w.id and t.kind = 'report' and t.done_at is null)
    group by w.partnership_id, w.authority_id, w.worker_id, w.id, w.number having min(w.due) <= %(day)s::date + %(before)s"""

# From the day after the 15th each leader of the unit sees that its reports are overdue: one task for all of them.
_LEADERS = f"""select min(w.partnership_id::text)::uuid, w.authority_id, null::uuid, p.person_id, '', 'late_reports', 'reports', u.id,
    null::uuid, left(u.name, 40), false, min(w.due)
    from ({_OWED}) w join partnerships_unit u on u.id = w.unit_id
    join partnerships_capacity p on p.unit_id = u.id and p.roles && %(leads)s::varchar[]
        and p.since <= %(day)s and (p.until is null or p.until >= %(day)s)
    where w.due < %(day)s and not exists (select 1 from tasks_task t where t.subject_id = u.id and t.kind = 'late_reports'
        and t.person_id = p.person_id and t.done_at is null)
    group by w.authority_id, p.person_id, u.id, u.name"""

# Nothing of the unit is overdue any more, whatever the way to it was.
_OVER = f"""update tasks_task t set done_at = now() where t.kind = 'late_reports' and t.done_at is null
    and not exists (select 1 from ({_OWED}) w where w.unit_id = t.subject_id and w.due < %(day)s)"""


def lay_reminders(day: date) -> int:
    """Lay the reminders of a day that are not on a table yet, and take off what is over. Returns how many are new."""
    with caretaking("outcomes.remind") as cursor:
        given: dict[str, Any] = {
            "day": day,
            "due": instrument().reporting.due_day,
            "before": BEFORE_DUE,
            "leads": list(LEADS),
        }
        cursor.execute(_OVER, given)
        return sum(lay_tasks(cursor, select, given) for select in (_WORKERS, _LEADERS))


@app.periodic(cron="41 5 * * *")
@app.task(name="outcomes.remind", queueing_lock="outcomes.remind")
def remind(timestamp: int) -> int:
    """Remind of reports, once a day."""
    return lay_reminders(timezone.localdate())

"""What nobody has to remember: the day on which work on a transition begins, is late, or has passed its turn, and a clock."""

import json
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from samsvar.calendar.clocks import Stage
from samsvar.law.kinds import Basis
from samsvar.referrals.pack import pack
from samsvar.referrals.pathways import to_say
from samsvar.referrals.transitions import Facts, Rule, answer_out, asks_contact, days_of, is_near, rule_of
from samsvar.tasks.caretaking import caretaking, lay_tasks
from samsvar.tasks.models import TaskKind

logger = logging.getLogger(__name__)
T = TypeVar("T")

_OPEN = """select t.id, t.kind, t.born_on, t.day, t.moved_to, t.last_contact, t.case_known, t.said,
        exists (select 1 from referrals_handover h where h.transition_id = t.id and h.state = 'accepted'),
        exists (select 1 from referrals_handover h where h.transition_id = t.id and h.state = 'open'),
        (select min(h.first_on) from referrals_handover h where h.transition_id = t.id and h.state = 'accepted')
    from referrals_transition t where t.ended_on is null and t.said < 3 order by t.id for update skip locked"""

# On the table of whoever wrote it, as long as that post stands in its unit; else on that of the leaders of its authority. The task
# names nobody, and a unit's other people see it on the unit's list.
_TASKS = f"""select t.partnership_id, t.authority_id, null::uuid,
        case when c.here then t.by_id end, case when c.here then '' else 'releaser' end,
        '{TaskKind.ATTENTION.value}', 'transition', t.id, null::uuid, '', false, null::date
    from referrals_transition t cross join lateral (select exists (select 1 from partnerships_capacity p
        where p.person_id = t.by_id and p.authority_id = t.authority_id and p.since <= today()
        and (p.until is null or p.until >= today()) and (t.unit_id is null or p.unit_id = t.unit_id)) here) c
    where t.id = any(%(those)s) and not exists (select 1 from tasks_task o where o.subject_id = t.id
        and o.kind = '{TaskKind.ATTENTION.value}' and o.done_at is null)"""


def sound(key: UUID, reckon: Callable[[], T]) -> T | None:
    """What is reckoned from one row; None, and a line in the program's log, where a row cannot be read.

    One row of one unit must not keep the reminders of all the others.
    """
    try:
        return reckon()
    except (ArithmeticError, AssertionError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        logger.exception("A row that no job can read: %s", key)
        return None


@app.periodic(cron="19 * * * *")
@app.task(name="referrals.transitions", queueing_lock="referrals.transitions")
def transitions(timestamp: int, today: date | None = None) -> int:
    """Lay a task for each transition that has come further than was said; returns how many were laid.

    What was said is written with the row in the same transaction: a worker that was dead says what it missed, once.
    """
    day = today or timezone.localdate()
    with caretaking("referrals.transitions") as cursor:
        cursor.execute(_OPEN)
        further = {}
        for key, kind, born_on, of_day, moved_to, last_contact, case_known, said, *given in cursor.fetchall():
            rule = rule_of(kind)
            if rule is None:
                continue
            facts = Facts(rule, born_on, of_day, moved_to, last_contact)
            stage = sound(key, partial(how_far, rule, facts, day, case_known, *given))
            if stage is not None and stage > said:
                further[key] = stage
        for key, stage in further.items():
            cursor.execute("update referrals_transition set said = %s where id = %s", [stage, key])
        return lay_tasks(cursor, _TASKS, {"those": list(further)}) if further else 0


def how_far(
    rule: Rule, facts: Facts, today: date, case_known: str, accepted: bool, waits: bool, first_on: date | None
) -> int:
    """0: not begun. 1: begun. 2: late. 3: past its turn, and nobody has taken over."""
    if rule.again:
        # Nothing is to be done until a contact is due; then it is on the desk of whoever waits with the citizen.
        return 2 if asks_contact(facts, today) else 0
    days = days_of(facts, today)
    if today < days.starts or (rule.without_case and case_known == "yes"):
        return 0
    in_time = not rule.appointment or bool(first_on and days.late_from and first_on < days.late_from)
    if accepted and not waits and in_time:
        return 1
    if days.turns is not None and today >= days.turns and rule.by_birth:
        return 3
    return 2 if days.late_from is not None and today >= days.late_from else 1


_RUNNING = """select p.id, p.clocks from referrals_pathway p where p.ended_on is null and p.clocks <> '{}'
    order by p.id for update skip locked"""

# On the table of whoever works with the citizen, as long as that post stands in its unit; else on that of the leaders.
_CLOCK_TASKS = f"""select t.partnership_id, t.authority_id, null::uuid,
        case when c.here then t.worker_id end, case when c.here then '' else 'releaser' end,
        '{TaskKind.ATTENTION.value}', 'pathway', t.id, null::uuid, '', false, null::date
    from referrals_pathway t cross join lateral (select exists (select 1 from partnerships_capacity p
        where p.person_id = t.worker_id and p.authority_id = t.authority_id and p.since <= today()
        and (p.until is null or p.until >= today()) and (t.unit_id is null or p.unit_id = t.unit_id)) here) c
    where t.id = any(%(those)s) and not exists (select 1 from tasks_task o where o.subject_id = t.id
        and o.kind = '{TaskKind.ATTENTION.value}' and o.done_at is null)"""


def _clocks(kept: str | dict[str, Any]) -> dict[str, dict[str, Any]]:
    return json.loads(kept) if isinstance(kept, str) else kept


def _to_say(clocks: dict[str, dict[str, Any]], moment: datetime) -> dict[str, Stage]:
    said = {name: to_say(name, one, moment) for name, one in clocks.items()}
    return {name: word for name, word in said.items() if word is not None}


@app.periodic(cron="23 * * * *")
@app.task(name="referrals.pathways", queueing_lock="referrals.pathways")
def pathways(timestamp: int, now: datetime | None = None) -> int:
    """Lay a task for each way with a clock that has come further than was said; returns how many were laid."""
    moment = now or timezone.now()
    with caretaking("referrals.pathways") as cursor:
        cursor.execute(_RUNNING)
        further = {}
        for key, kept in cursor.fetchall():
            clocks = sound(key, partial(_clocks, kept))
            if clocks and (said := sound(key, partial(_to_say, clocks, moment))):
                further[key] = clocks | {name: {**clocks[name], "said": word.value} for name, word in said.items()}
        for key, clocks in further.items():
            cursor.execute("update referrals_pathway set clocks = %s::jsonb where id = %s", [json.dumps(clocks), key])
        return lay_tasks(cursor, _CLOCK_TASKS, {"those": list(further)}) if further else 0


# Sent again, the receiver has it anew, and its time runs from there.
_WAITS = f"""select r.id, r.template_key, r.due_at, coalesce((select max(e.at) from referrals_referralentry e
        where e.referral_id = r.id and e.kind = 'again'), r.sent_at) from referrals_referral r
    where r.state in ('received', 'assessing') and r.answered_at is null and r.basis <> '{Basis.COOPERATION.value}' and r.template_key = any(%s)
    order by r.id for update"""


# On the desk of the leaders of the authority that has not assessed it, without the citizen: the list says which unit.
# Ticked off, it is not laid again before it is sent again.
_UNASSESSED = f"""select r.partnership_id, r.to_authority_id, null::uuid, null::uuid, 'releaser',
        '{TaskKind.ATTENTION.value}', 'referrals', r.id, null::uuid, left(e.name, 40), false, null::date
    from referrals_referral r join directory_directoryentry e on e.id = r.to_entry_id
    where r.id = any(%(those)s) and not exists (select 1 from tasks_task o where o.subject_id = r.id
        and o.subject_kind = 'referrals' and o.created_at >= coalesce((select max(a.at) from referrals_referralentry a
        where a.referral_id = r.id and a.kind = 'again'), r.sent_at))"""

# Assessed or taken back, whatever the way to it was.
_OVER = """update tasks_task t set done_at = now() where t.subject_kind = 'referrals' and t.done_at is null
    and not t.subject_id = any(%(those)s::uuid[])"""


@app.periodic(cron="29 * * * *")
@app.task(name="referrals.limits", queueing_lock="referrals.limits")
def limits(timestamp: int, now: datetime | None = None) -> int:
    """Let what waits for an answer by a limit follow a changed pack (docs/decisions/0114); returns how many days moved.

    The limit's key is the template's and its beginning the last sending: the day in the row is what follows from them
    today. Less than a minute is the row's own way into the database. A notification that nobody has assessed and whose
    hours are nearly out is laid on the leaders' desk (R-002-55).
    """
    by_limit = {one.key: one.answer_by for one in pack().templates.values() if one.answer_by}
    of_duty = {one.key for one in pack().templates.values() if Basis.DUTY in one.bases}
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    with caretaking("referrals.limits") as cursor:
        cursor.execute(_WAITS, [list(by_limit)])
        moved, near = [], []
        for key, template, due_at, sent_at in cursor.fetchall():
            due = answer_out(by_limit[template], sent_at, today)
            if due is not None and (due_at is None or abs(due - due_at) >= timedelta(minutes=1)):
                moved.append((due, key))
            if template in of_duty and is_near(by_limit[template], sent_at, moment):
                near.append(key)
        for due, key in moved:
            cursor.execute("update referrals_referral set due_at = %s where id = %s", [due, key])
        cursor.execute(_OVER, {"those": near})
        if near:
            lay_tasks(cursor, _UNASSESSED, {"those": near})
        return len(moved)

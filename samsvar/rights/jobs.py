"""Once a day the unusual looks in each authority's log are drawn for its data protection officer to judge."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from procrastinate.contrib.django import app

from samsvar.audit.models import Act
from samsvar.tasks.caretaking import caretaking, lay_tasks, log, system_row

# Of each kind at most so many a day, at random among all: whoever must judge a thousand judges none.
MOST_OF_A_KIND = 5
ALONE_DAYS = 14
LEAVER_DAYS = 14

_LOOK = "l.act in ('look', 'search', 'unmask', 'print', 'export') and l.person_id is not null"
_HERE = f"l.authority_id = %(authority)s and l.at >= %(since)s and l.at < %(until)s and {_LOOK}"
_LOCAL = "(l.at at time zone %(zone)s)"
# A look's citizen has these names in the own authority, or where the case takes its name from.
_NAMED = """(i.citizen_id = l.citizen_id and i.authority_id = l.authority_id
    or i.id = (select k.identity_id from cases_case k where k.id = l.case_id))"""
_LAST = "lower(substring(btrim({}) from '[^ ]+$'))"

# Each answers seq, at and person of rows in the window.
KINDS = {
    "night": f"""select l.seq, l.at, l.person_id from audit_logrow l where {_HERE} and l.subject_kind <> 'desk'
        and (not (extract(hour from {_LOCAL}) >= %(hours_from)s and extract(hour from {_LOCAL}) < %(hours_until)s)
            or (not %(weekends)s and extract(isodow from {_LOCAL}) > 5))""",
    "alone": f"""select l.seq, l.at, l.person_id from audit_logrow l where l.authority_id = %(authority)s
        and l.at >= %(since)s - make_interval(days => {ALONE_DAYS}) and l.at < %(until)s - make_interval(days => {ALONE_DAYS})
        and {_LOOK} and l.case_id is not null and not exists (select 1 from audit_logrow o
            where o.authority_id = l.authority_id and o.case_id = l.case_id and o.act in ('create', 'change', 'disclose')
            and o.at > l.at - make_interval(days => {ALONE_DAYS}) and o.at < l.at + make_interval(days => {ALONE_DAYS}))""",
    "many": f"""select max(l.seq), max(l.at), l.person_id from audit_logrow l where {_HERE}
        and coalesce(l.case_id, l.citizen_id, l.subject_id) is not null group by l.person_id, date_trunc('hour', l.at)
        having count(distinct coalesce(l.case_id, l.citizen_id, l.subject_id)) > %(many)s""",
    "name": f"""select l.seq, l.at, l.person_id from audit_logrow l join accounts_user u on u.id = l.person_id where {_HERE}
        and exists (select 1 from citizens_identity i where {_NAMED} and i.name <> ''
            and ({_LAST.format("i.name")} = {_LAST.format("u.name")} or exists (select 1 from partnerships_capacity c
                join accounts_user o on o.id = c.person_id where c.authority_id = l.authority_id
                and lower(btrim(o.name)) = lower(btrim(i.name)))))""",
    "area": f"""select l.seq, l.at, l.person_id from audit_logrow l where {_HERE}
        and exists (select 1 from partnerships_authority_areas a where a.authority_id = l.authority_id)
        and exists (select 1 from citizens_identity i where {_NAMED} and i.area_id is not null and not exists
            (select 1 from partnerships_authority_areas a where a.authority_id = l.authority_id and a.area_id = i.area_id))""",
    "leaver": f"""select l.seq, l.at, l.person_id from audit_logrow l join partnerships_capacity c on c.id = l.capacity_id
        where {_HERE} and c.until is not null and c.until <= ({_LOCAL})::date + {LEAVER_DAYS}""",
    "outside": f"select l.seq, l.at, l.person_id from audit_logrow l where {_HERE} and l.subject_kind = 'outside'",
}


@app.periodic(cron="53 * * * *")
@app.task(name="rights.end_questions", queueing_lock="rights.end_questions")
def end_questions(timestamp: int) -> int:
    """A question about a citizen outside somebody's cases leaves the tables after its day. Returns how many did."""
    with caretaking("rights.end_questions") as cursor:
        cursor.execute(
            "update tasks_task t set done_at = now() from rights_outsidelook o where t.subject_id = o.id"
            " and t.subject_kind = 'outside' and t.done_at is null and o.expires_at < now()"
        )
        return cursor.rowcount


@app.periodic(cron="33 * * * *")
@app.task(name="rights.draw", queueing_lock="rights.draw")
def draw(timestamp: int) -> int:
    """Draw what is unusual since the last time, once a day in each authority that has a data protection officer.

    Returns how many rows were drawn. A day that a stopped worker missed is drawn by the next run.
    """
    with caretaking("rights.draw") as cursor:
        cursor.execute(
            "insert into rights_logwatch (id, authority_id, hours_from, hours_until, weekends, many_per_hour, draws_per_week)"
            " select gen_random_uuid(), d.authority_id, case when a.kind = 'police' then 0 else 6 end,"
            " case when a.kind = 'police' then 24 else 20 end, a.kind = 'police', 30, 5"
            " from (select distinct c.authority_id from partnerships_capacity c where 'dpo' = any(c.roles)"
            " and c.since <= today() and (c.until is null or c.until >= today())) d"
            " join partnerships_authority a on a.id = d.authority_id on conflict do nothing"
        )
        cursor.execute(
            "select authority_id, hours_from, hours_until, weekends, many_per_hour, draws_per_week, drawn_until"
            " from rights_logwatch where drawn_until is null or drawn_until < now() - interval '1 day' order by authority_id"
        )
        names = [column.name for column in cursor.description]
        waiting = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return sum(_draw_one(watch) for watch in waiting)


def _draw_one(watch: dict[str, Any]) -> int:
    now = timezone.now()
    values = {
        "authority": watch["authority_id"],
        "since": watch["drawn_until"] or now - timedelta(days=1),
        "until": now,
        "zone": settings.TIME_ZONE,
        "hours_from": watch["hours_from"],
        "hours_until": watch["hours_until"],
        "weekends": watch["weekends"],
        "many": watch["many_per_hour"],
    }
    drawn = {}
    with caretaking("rights.draw") as cursor:
        for why, select in KINDS.items():
            drawn[why] = _keep(cursor, why, select, values, MOST_OF_A_KIND)
        days = max(1, round((values["until"] - values["since"]) / timedelta(days=1)))
        # Spread over the week's days, so that nobody can know which day is looked at.
        wanted = (watch["draws_per_week"] * days + now.toordinal() % 7) // 7
        everything = f"select l.seq, l.at, l.person_id from audit_logrow l where {_HERE}"
        drawn["random"] = _keep(cursor, "random", everything, values, wanted)
        cursor.execute(
            "update rights_logwatch set drawn_until = %s where authority_id = %s", [now, watch["authority_id"]]
        )
        total = sum(drawn.values())
        if total:
            _lay(cursor, watch["authority_id"])
            detail = {why: number for why, number in drawn.items() if number}
            log(cursor, {watch["authority_id"]: [system_row(Act.CREATE, "log_review", detail=detail)]})
    return total


def _keep(cursor: CursorWrapper, why: str, select: str, values: dict[str, Any], most: int) -> int:
    cursor.execute(
        "insert into rights_logreview (id, authority_id, seq, row_at, person_id, why, drawn_at, verdict, note)"
        f" select gen_random_uuid(), %(authority)s, odd.seq, odd.at, odd.person_id, %(why)s, now(), '', ''"
        f" from ({select}) odd (seq, at, person_id) order by random() limit %(most)s on conflict do nothing",
        {**values, "why": why, "most": most},
    )
    return cursor.rowcount


def _lay(cursor: CursorWrapper, authority_id: object) -> None:
    lay_tasks(
        cursor,
        "select p.partnership_id, a.id, null::uuid, null::uuid, 'dpo', 'attention', 'log_review', a.id,"
        " null::uuid, '', false, null::date from partnerships_authority a join lateral (select partnership_id from"
        " partnerships_participation where authority_id = a.id order by since limit 1) p on true where a.id = %(id)s and not exists"
        " (select 1 from tasks_task t where t.subject_id = a.id and t.subject_kind = 'log_review' and t.done_at is null)",
        {"id": authority_id},
    )

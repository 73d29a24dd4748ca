"""What is due is put on the list; what two people have let go is gone (R-000-134, L23)."""

import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from procrastinate.contrib.django import app

from samsvar.audit.models import Act
from samsvar.retention.defaults import reference_sql
from samsvar.retention.models import Kind
from samsvar.tasks.caretaking import caretaking, lay_tasks, log, system_row

# Each answers: authority, partnership, subject, reference, when it ended, months. A case is kept as long as the party that
# keeps it longest, and counted from its end.
_ENDED: dict[str, str] = {
    Kind.CASE: """select k.raised_by_authority_id, k.partnership_id, k.id, k.reference, k.closed_at,
            greatest(retention_months('case', k.raised_by_authority_id), (select max(retention_months('case', p.authority_id))
                from cases_caseparty p where p.case_id = k.id))
        from cases_case k where k.closed_at is not null""",
    Kind.NETWORK: """select n.authority_id, n.partnership_id, n.id, n.reference, n.ended_at,
            (select max(retention_months('network', party)) from unnest(n.party_ids) party)
        from cases_networkcase n where n.ended_at is not null and n.case_id is null""",
    Kind.CONCERN: """select c.authority_id, c.partnership_id, c.id, '', coalesce((select max(s.at) from cases_screening s
            where s.concern_id = c.id), c.raised_at), retention_months('concern', c.authority_id)
        from cases_concern c where c.state in ('not_psp', 'withdrawn') and c.case_id is null
        and not exists (select 1 from cases_networkcase n where n.concern_id = c.id)""",
    Kind.CONSULT: """select c.authority_id, c.partnership_id, c.id, '', coalesce(c.answered_at, c.asked_at),
            retention_months('consult', c.authority_id) from cases_consult c""",
    Kind.IDENTITY: """select i.authority_id, i.partnership_id, i.id, '', i.updated_at,
            retention_months('identity', i.authority_id) from citizens_identity i
        where not exists (select 1 from cases_case k where k.identity_id = i.id or k.citizen_id = i.citizen_id)
        and not exists (select 1 from cases_concern c where c.identity_id = i.id)
        and not exists (select 1 from conferences_matterperson m where m.citizen_id = i.citizen_id)
        and not exists (select 1 from coordination_carenetwork n where n.citizen_id = i.citizen_id)
        and not exists (select 1 from referrals_transition t where t.citizen_id = i.citizen_id and t.ended_on is null)
        and not exists (select 1 from referrals_pathway p where p.citizen_id = i.citizen_id)
        and not exists (select 1 from referrals_referral r where r.citizen_id = i.citizen_id)""",
    Kind.CARE: """select n.authority_id, n.partnership_id, n.id, '', n.ended_on::timestamp at time zone 'UTC',
            retention_months('care', n.authority_id) from coordination_carenetwork n where n.ended_on is not null""",
    Kind.OUTREACH: """select c.authority_id, c.partnership_id, c.id, c.number, c.ended_on::timestamp at time zone 'UTC',
            retention_months('outreach', c.authority_id) from outreach_course c where c.ended_on is not null
        union all select q.authority_id, q.partnership_id, q.id, '', q.followed_on::timestamp at time zone 'UTC',
            retention_months('outreach', q.authority_id) from outreach_inquiry q
            where q.followed_on is not null and q.course_id is null""",
    # A draft that nobody sends leaves too.
    Kind.REFERRAL: """select r.authority_id, r.partnership_id, r.id, '', coalesce(r.closed_at, r.at),
            retention_months('referral', r.authority_id) from referrals_referral r
            where r.closed_at is not null or r.state = 'draft'
        union all select p.authority_id, p.partnership_id, p.id, '', p.ended_on::timestamp at time zone 'UTC',
            retention_months('referral', p.authority_id) from referrals_pathway p where p.ended_on is not null""",
    Kind.RIGHTS: """select q.authority_id, q.partnership_id, q.id, '', q.answered_on::timestamp at time zone 'UTC',
            retention_months('rights', q.authority_id) from rights_rightsrequest q where q.answered_on is not null""",
    # Whole months, and one proposal for all that are over.
    Kind.LOG: """select h.authority_id, null::uuid, h.authority_id, '', old.at, retention_months('log', h.authority_id)
        from audit_chainhead h join lateral (select l.at from audit_logrow l where l.authority_id = h.authority_id
            and l.at < date_trunc('month', now()) - make_interval(months => retention_months('log', h.authority_id))
            order by l.at limit 1) old on true""",
}


@app.periodic(cron="37 * * * *")
@app.task(name="retention.propose", queueing_lock="retention.propose")
def propose(timestamp: int) -> int:
    """Put what is due on its authority's list, and tell those who may let go. Returns how many came onto it."""
    found = 0
    with caretaking("retention.propose") as cursor:
        for kind, select in _ENDED.items():
            cursor.execute(
                "insert into retention_disposal (id, authority_id, partnership_id, kind, subject_id, reference, ended_on, due_on,"
                " months, rule, state)"
                " select gen_random_uuid(), e.authority, e.partnership, %(kind)s, e.subject, e.reference, e.ended::date,"
                f" (e.ended + make_interval(months => e.months))::date, e.months, {reference_sql('e.authority')}, 'due'"
                f" from ({select}) e (authority, partnership, subject, reference, ended, months)"
                " where e.ended + make_interval(months => e.months) < now() on conflict do nothing",
                {"kind": str(kind)},
            )
            found += cursor.rowcount
        lay_tasks(
            cursor,
            "select d.place, d.authority_id, null::uuid, null::uuid, 'releaser', 'attention', 'disposal',"
            " d.authority_id, null::uuid, '', false, null::date from (select authority_id, (array_agg(coalesce("
            " partnership_id, (select p.partnership_id from partnerships_participation p where p.authority_id ="
            " o.authority_id order by p.since limit 1))))[1] place from retention_disposal o where state <> 'approved'"
            " and not retention_held(kind, subject_id, authority_id) group by authority_id) d where d.place is not null and not exists (select 1"
            " from tasks_task t where t.subject_id = d.authority_id and t.subject_kind = 'disposal' and t.done_at is null)",
        )
    return found


@app.periodic(cron="*/10 * * * *")
@app.task(name="retention.dispose", queueing_lock="retention.dispose")
def dispose(timestamp: int) -> int:
    """Carry out what two people have let go, one transaction each. Returns how many are gone.

    The stone lies outside the database before the rows are gone: a copy that is restored later is cleared by it.
    """
    with caretaking("retention.dispose") as cursor:
        cursor.execute("select id from retention_disposal where state = 'approved' order by approved_at, id")
        waiting = [row[0] for row in cursor.fetchall()]
        # A number that was typed and became nothing belongs to nobody: no name, no case, no concern.
        cursor.execute(
            "select retention_forget(array(select c.id from citizens_citizen c where c.created_at < now() - interval '2 days'"
            " and c.merged_into_id is null and not exists (select 1 from citizens_identity i where i.citizen_id = c.id)"
            " and not exists (select 1 from citizens_citizen m where m.merged_into_id = c.id)))"
        )
    done = 0
    for key in waiting:
        with caretaking("retention.dispose") as cursor:
            done += _dispose_one(cursor, key)
    return done


def _dispose_one(cursor: CursorWrapper, key: UUID) -> bool:
    cursor.execute(
        "select d.authority_id, d.kind, d.subject_id, d.rule, case when d.kind = 'log' then (date_trunc('month', now())"
        " - make_interval(months => retention_months('log', d.authority_id)))::date end,"
        " case when d.kind = 'case' then array(select distinct p.authority_id from cases_caseparty p"
        " where p.case_id = d.subject_id) else array[d.authority_id] end"
        " from retention_disposal d where d.id = %s and d.state = 'approved' and d.due_on <= today()"
        " and not retention_held(d.kind, d.subject_id, d.authority_id) for update",
        [key],
    )
    row = cursor.fetchone()
    if row is None:
        return False
    authority_id, kind, subject_id, rule, until, told = row
    stone = {
        "id": str(uuid4()),
        "authority": str(authority_id),
        "kind": kind,
        "subject": str(subject_id),
        "rule": rule,
        "until": until.isoformat() if until else None,
        "on": timezone.localdate().isoformat(),
    }
    _write_down(stone)
    cursor.execute("select retention_carry_out(%s::jsonb)", [json.dumps(stone)])
    cursor.execute("select counts from retention_stone where id = %s", [stone["id"]])
    counts = cursor.fetchone()[0]
    values: dict[str, Any] = {"subject_id": subject_id, "detail": {"rule": rule, "rows": json.loads(counts)}}
    if kind == Kind.CASE:
        values["case_id"] = subject_id
    log(cursor, {one: [system_row(Act.DISPOSE, kind, **values)] for one in {authority_id, *told}})
    return True


def _write_down(stone: dict[str, Any]) -> None:
    path = Path(settings.DISPOSAL_LIST_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        file.write(json.dumps(stone) + "\n")
        file.flush()
        os.fsync(file.fileno())

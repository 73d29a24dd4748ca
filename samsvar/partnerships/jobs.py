"""Twice a year each authority looks at who may do what (house.md, Roles)."""

from procrastinate.contrib.django import app

from samsvar.tasks.caretaking import caretaking, lay_tasks

REVIEW_DAYS = 182


@app.periodic(cron="27 * * * *")
@app.task(name="partnerships.review_people", queueing_lock="partnerships.review_people")
def review_people(timestamp: int) -> int:
    """Ask the local administrators whose people nobody has looked at for half a year. Returns how many authorities."""
    with caretaking("partnerships.review_people") as cursor:
        return lay_tasks(
            cursor,
            """select part.partnership_id, old.authority_id, null::uuid, null::uuid, 'local_admin', 'review_people', 'people',
                old.authority_id, null::uuid, '', false, null::date
            from (select distinct c.authority_id from partnerships_capacity c
                where c.since <= today() and (c.until is null or c.until >= today())
                and coalesce(c.reviewed_on, c.since) < today() - %(days)s::integer) old
            join lateral (select p.partnership_id from partnerships_participation p where p.authority_id = old.authority_id
                and (p.until is null or p.until >= today()) order by p.since, p.id limit 1) part on true
            where not exists (select 1 from tasks_task t where t.subject_id = old.authority_id
                and t.kind = 'review_people' and t.done_at is null)""",
            {"days": REVIEW_DAYS},
        )

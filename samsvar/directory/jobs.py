"""Twice a year each authority looks at its own pages of the directory (docs/decisions/0086)."""

from procrastinate.contrib.django import app

from samsvar.directory.models.entry import CONFIRM_EVERY
from samsvar.tasks.caretaking import caretaking, lay_tasks


@app.periodic(cron="37 * * * *")
@app.task(name="directory.review_pages", queueing_lock="directory.review_pages")
def review_pages(timestamp: int) -> int:
    """Ask the local administrators whose pages nobody has looked at for half a year. Returns how many authorities."""
    with caretaking("directory.review_pages") as cursor:
        return lay_tasks(
            cursor,
            """select distinct e.partnership_id, e.authority_id, null::uuid, null::uuid, 'local_admin', 'review_pages', 'pages',
                e.partnership_id, null::uuid, '', false, null::date
            from directory_directoryentry e
            where e.closed_on is null and (e.confirmed_on < today() - %(days)s::integer
                or (e.confirmed_on is null and e.created_at < now() - interval '1 day'))
            and exists (select 1 from partnerships_participation p where p.authority_id = e.authority_id
                and p.partnership_id = e.partnership_id and (p.until is null or p.until >= today()))
            and not exists (select 1 from tasks_task t where t.subject_id = e.partnership_id and t.authority_id = e.authority_id
                and t.kind = 'review_pages' and t.done_at is null)""",
            {"days": CONFIRM_EVERY.days},
        )

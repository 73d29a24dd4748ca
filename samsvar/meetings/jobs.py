"""The next meeting prepares itself, and what was to be prepared for a meeting that is over leaves the tables."""

from procrastinate.contrib.django import app

from samsvar.meetings.services import invitations, series
from samsvar.tasks.caretaking import caretaking


@app.periodic(cron="*/10 * * * *")
@app.task(name="meetings.prepare", queueing_lock="meetings.prepare")
def prepare(timestamp: int) -> int:
    """Ask the parties of new cases to look at home before their group's next meeting (R-000-58). Returns groups asked.

    A case that is raised after its meeting was planned is found here.
    """
    with caretaking("meetings.prepare") as cursor:
        cursor.execute(
            "update tasks_task set done_at = now() where kind = 'prepare' and done_at is null and due_on < today()"
        )
        # What nobody came back to; what is sent is gone at once.
        cursor.execute("delete from meetings_draft where saved_at < now() - interval '2 days'")
        cursor.execute(
            "select meetings_prepare(group_id) from (select distinct group_id from meetings_meeting"
            " where state = 'planned' and starts_at > now()) coming"
        )
        return len(cursor.fetchall())


@app.periodic(cron="17 * * * *")
@app.task(name="meetings.keep_ahead", queueing_lock="meetings.keep_ahead")
def keep_ahead(timestamp: int) -> int:
    """Keep the next meetings of every series in the calendar (R-000-61). Returns how many were planned."""
    return series.keep_ahead()


@app.periodic(cron="*/10 * * * *")
@app.task(name="meetings.invite", queueing_lock="meetings.invite")
def invite(timestamp: int) -> int:
    """Send invitations, changes and cancellations that members have not been sent. Returns how many mails went out."""
    return invitations.send_waiting()

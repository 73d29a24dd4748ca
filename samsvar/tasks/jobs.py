"""The worker's own housekeeping: what was left lying is taken up again, what is long done is thrown out."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

SILENT_SECONDS = 180
KEPT_HOURS = 24 * 14


@app.periodic(cron="*/5 * * * *")
@app.task(name="tasks.sweep", queueing_lock="tasks.sweep", pass_context=True)
async def sweep(context: JobContext, timestamp: int) -> int:
    """Give back jobs whose worker died in the middle of them; every job may be run twice. Returns how many."""
    jobs = context.app.job_manager
    stuck = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    for job in stuck:
        await jobs.retry_job(job)
    await jobs.delete_old_jobs(KEPT_HOURS, include_failed=True)
    return len(stuck)

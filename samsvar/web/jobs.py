"""Mail that says only that something waits: no name, no reference, not even a number (house.md)."""

import logging
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.backends.utils import CursorWrapper
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samsvar.calendar.days import is_working_day
from samsvar.tasks.caretaking import caretaking
from samsvar.tasks.models import Notice

FROM_HOUR = 7
UNTIL_HOUR = 18

# Whoever has a task in sight that is new since the last such mail; the roles are those that the actor would have.
_WAITING = """
    select distinct u.id, u.email, u.language
    from accounts_user u
    join partnerships_capacity c on c.person_id = u.id and c.since <= today()
        and (c.until is null or c.until >= today())
    join tasks_task t on t.done_at is null and (t.authority_id = c.authority_id or exists
            (select 1 from partnerships_authority a where a.id = t.authority_id and a.successor_id = c.authority_id))
        and (t.person_id = u.id or (t.person_id is null and (t.role = any(c.roles)
            or (t.role = 'member' and exists (select 1 from partnerships_membership m join partnerships_group g on g.id = m.group_id
                where m.capacity_id = c.id and g.level = 'operative' and m.since <= today()
                and (m.until is null or m.until >= today()) and (t.group_id is null or m.group_id = t.group_id)))
            or exists (select 1 from partnerships_groupfunction f where f.capacity_id = c.id and f.function = t.role
                and f.since <= today() and (f.until is null or f.until >= today())))))
    where u.is_active and (t.acute or not %(acute)s)
        and greatest(t.created_at, case when t.due_on <= today() then t.due_on end)
            > coalesce((select max(n.sent_at) from tasks_notice n where n.person_id = u.id
                and (n.kind = %(kind)s or n.kind = 'daily')), now() - interval '3 days')
        and (t.due_on is null or t.due_on <= today() or t.kind not in ('follow_up', 'involve_citizen'))
        and not exists (select 1 from tasks_notice n where n.person_id = u.id and n.kind = %(kind)s and n.day = %(day)s)
    order by u.id
"""

logger = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="web.notify", queueing_lock="web.notify")
def notify(timestamp: int) -> int:
    """Send at most one mail a day to each, in working hours, and one more when something is acute. Returns how many."""
    return send(timezone.localtime())


def send(now: datetime) -> int:
    """The mails of this moment. A mail that the mail server refuses is tried again by the next run."""
    sent = _send_kind(Notice.Kind.ACUTE, now)
    if is_working_day(now.date()) and FROM_HOUR <= now.hour < UNTIL_HOUR:
        sent += _send_kind(Notice.Kind.DAILY, now)
    return sent


def _send_kind(kind: Notice.Kind, now: datetime) -> int:
    with caretaking("web.notify") as cursor:
        cursor.execute(_WAITING, {"kind": kind.value, "acute": kind == Notice.Kind.ACUTE, "day": now.date()})
        waiting = cursor.fetchall()
    sent = 0
    for person_id, email, language in waiting:
        try:
            # The mail goes out before its row is committed: a crash between the two sends one too many, never none.
            with caretaking("web.notify") as cursor:
                if _note(cursor, person_id, kind, now):
                    _mail(email, language, kind)
                    sent += 1
        except OSError:
            logger.exception("A mail could not be sent; the next run tries again.")
    return sent


def _note(cursor: CursorWrapper, person_id: UUID, kind: Notice.Kind, now: datetime) -> bool:
    cursor.execute(
        "insert into tasks_notice (id, person_id, kind, day, sent_at) values (%s, %s, %s, %s, now())"
        " on conflict do nothing",
        [uuid4(), person_id, kind.value, now.date()],
    )
    return cursor.rowcount == 1


def _mail(email: str, language: str, kind: Notice.Kind) -> None:
    with translation.override(language):
        acute = kind == Notice.Kind.ACUTE
        subject = (
            _("Noget på dit bord i Samsvar kan ikke vente") if acute else _("Der ligger noget på dit bord i Samsvar")
        )
        text = render_to_string("web/mail/waiting.txt", {"address": f"{settings.SITE_ADDRESS}/", "acute": acute})
    EmailMessage(subject, text, to=[email]).send()

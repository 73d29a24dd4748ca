"""What comes next about one citizen: what is new, what is planned, and what the own place has to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.coordination.models import CareNetwork
from samsvar.coordination.selectors.events import EventLine
from samsvar.coordination.selectors.meetings import Meetings
from samsvar.coordination.selectors.plans import PlanView

MOST = 3


@dataclass(frozen=True)
class Next:
    """One line: what, when, and where on the page or beside it."""

    words: str
    moment: date | datetime | None
    url: str
    is_new: bool = False


def ahead(
    network: CareNetwork, events: Sequence[EventLine], meetings: Meetings, plans: Sequence[PlanView]
) -> list[Next]:
    """The next few things of what the page holds anyway: what nobody here has read first, then by day.

    The next meeting always has its place among them, however much else there is.
    """
    if network.ended_on is not None:
        return []
    found: list[Next] = []
    for line in events:
        event, place = line.event, f"#haendelse-{line.event.pk}"
        if line.unread:
            found.append(Next(event.what, event.moment, place, is_new=True))
        elif event.released_at is not None and event.is_ahead:
            found.append(Next(event.what, event.moment, place))
        found += [
            Next(task.what, task.due, reverse("coordination:agreed", args=[network.pk, event.pk, task.rule.key]))
            for task in line.tasks
            if task.is_open
        ]
    days = [one.starts_at for one in meetings.coming if one.starts_at]
    meeting = [Next(_("Netværksmøde"), min(days), "#moeder")] if days else []
    found += [Next(_("Netværksmøde"), day, "#moeder") for day in sorted(days)[1:]]
    found += [
        Next(
            _("%(plan)s skal ses igennem") % {"plan": one.plan.get_kind_display()},
            one.now.version.review_on if one.now else None,
            reverse("coordination:plan", args=[network.pk, one.plan.pk]),
        )
        for one in plans
        if one.is_due and one.plan.ended_on is None
    ]
    return sorted(meeting + sorted(found, key=_order)[: MOST - len(meeting)], key=_order)


def _order(one: Next) -> tuple[bool, bool, datetime]:
    return not one.is_new, one.moment is None, _at(one.moment)


def _at(moment: date | datetime | None) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return timezone.make_aware(datetime.combine(moment or date.max.replace(year=2999), time(0)))

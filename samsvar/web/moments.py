"""Times as people say them: "om 3 dage, ons. 4. marts kl. 9"."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from samsvar.calendar import words

Moment = datetime.date | datetime.datetime

_NAMED_DAYS = {
    0: gettext_noop("i dag"),
    1: gettext_noop("i morgen"),
    -1: gettext_noop("i går"),
    2: gettext_noop("i overmorgen"),
    -2: gettext_noop("i forgårs"),
}


def _local(moment: Moment) -> Moment:
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _clock(moment: Moment) -> str:
    if not isinstance(moment, datetime.datetime):
        return ""
    return words.clock(moment.time(), get_language())


def _day_distance(days: int) -> str:
    """The words for a whole number of days ahead (positive) or back."""
    if -2 <= days <= 2:
        return gettext(_NAMED_DAYS[days])
    if days > 0:
        return ngettext("om %(count)s dag", "om %(count)s dage", days) % {"count": days}
    return ngettext("for %(count)s dag siden", "for %(count)s dage siden", -days) % {"count": -days}


def say(moment: Moment, now: datetime.datetime | None = None, *, distance: bool = True) -> str:
    """Within a week both the distance and the day, beyond it the date alone; the year only when it is another.

    Without `distance` it can follow a word as "siden" or "til": "siden ons. 4. marts", "siden i går".

    `now` must be aware; a naive `moment` is read as local time.
    """
    local, today = _local(moment), _local(now or timezone.now())
    day = local.date() if isinstance(local, datetime.datetime) else local
    this_day = today.date() if isinstance(today, datetime.datetime) else today
    days = (day - this_day).days
    clock = _clock(local)
    if abs(days) <= 1:
        return f"{_day_distance(days)} {clock}".strip()
    if abs(days) <= 7:
        weekday = date_format(local, gettext("D j. F"))
        if not distance:
            return f"{weekday} {clock}".strip()
        return f"{_day_distance(days)}, {weekday} {clock}".strip()
    if day.year == this_day.year:
        return date_format(local, gettext("j. F"))
    return date_format(local, gettext("j. F Y"))


def stamp(moment: Moment) -> str:
    """The full date, with the clock when there is one."""
    local = _local(moment)
    text = date_format(local, gettext("l j. F Y"))
    return f"{text} {_clock(local)}".strip()

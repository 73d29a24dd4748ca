"""Times as people say them, in Danish and English: "om 3 dage", "i går", "ons 4. marts kl. 9".

Every function takes what "now" is, so that a page, a print and a test all say the same.
"""

from datetime import UTC, date, datetime, time

WEEKDAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni",
        "juli", "august", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
UNITS = {
    "da": {
        "minute": ("minut", "minutter"),
        "hour": ("time", "timer"),
        "day": ("dag", "dage"),
        "week": ("uge", "uger"),
        "month": ("måned", "måneder"),
        "year": ("år", "år"),
    },
    "en": {
        "minute": ("minute", "minutes"),
        "hour": ("hour", "hours"),
        "day": ("day", "days"),
        "week": ("week", "weeks"),
        "month": ("month", "months"),
        "year": ("year", "years"),
    },
}
_NEAR = {"da": {-1: "i går", 0: "i dag", 1: "i morgen"}, "en": {-1: "yesterday", 0: "today", 1: "tomorrow"}}
_NOW = {"da": "nu", "en": "now"}


def language(lang: str | None) -> str:
    """ "en" for every English language code, "da" for all else."""
    return "en" if (lang or "").lower().startswith("en") else "da"


def count(n: int, unit: str, lang: str | None = "da") -> str:
    """A number with its unit ("minute", "hour", "day", "week", "month", "year"): "1 dag", "12 dage", "3 weeks"."""
    singular, plural = UNITS[language(lang)][unit]
    return f"{n} {singular if n == 1 else plural}"


def _here(when: date, now: datetime) -> date:
    """A point in time on the clock that "now" is read from; a plain date stays what it is."""
    if not isinstance(when, datetime):
        return when
    if when.tzinfo is None or now.tzinfo is None:
        return when.replace(tzinfo=now.tzinfo)
    return when.astimezone(now.tzinfo)


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _absolute(when: datetime) -> datetime:
    """Two times of one zone subtract by the clock on the wall, which lies twice a year."""
    return when if when.tzinfo is None else when.astimezone(UTC)


def _whole_months(start: date, end: date) -> int:
    """Whole months of the calendar from one day to another; negative backwards."""
    if end < start:
        return -_whole_months(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _ago(n: int, unit: str, lang: str) -> str:
    said = count(abs(n), unit, lang)
    if lang == "da":
        return f"om {said}" if n > 0 else f"for {said} siden"
    return f"in {said}" if n > 0 else f"{said} ago"


def relative(when: date, now: datetime, lang: str | None = "da") -> str:
    """How far away it is: "om 20 minutter", "i går", "om 3 dage", "for 5 uger siden".

    Days are those of the calendar, not of 24 hours: 23:00 yesterday is "i går" at one o'clock. Rounded down.
    """
    code = language(lang)
    when = _here(when, now)
    days = (_day(when) - now.date()).days
    if isinstance(when, datetime) and days == 0:
        minutes = int((_absolute(when) - _absolute(now)).total_seconds() / 60)
        if minutes == 0:
            return _NOW[code]
        return _ago(minutes, "minute", code) if abs(minutes) < 60 else _ago(int(minutes / 60), "hour", code)
    if days in _NEAR[code]:
        return _NEAR[code][days]
    months = _whole_months(now.date(), _day(when))
    if abs(days) < 14:
        return _ago(days, "day", code)
    if abs(months) < 2:
        return _ago(int(days / 7), "week", code)
    return _ago(months, "month", code) if abs(months) < 24 else _ago(int(months / 12), "year", code)


def clock(at: time, lang: str | None = "da") -> str:
    """The time of day: "kl. 9", "kl. 9.30"; "at 9:00" in English."""
    if language(lang) == "en":
        return f"at {at.hour}:{at.minute:02}"
    return f"kl. {at.hour}.{at.minute:02}" if at.minute else f"kl. {at.hour}"


def span(start: time, end: time, lang: str | None = "da") -> str:
    """From when to when on one day: "kl. 9-9.20"; "9:00-9:20" in English, with the dash between numbers."""
    first, last = clock(start, lang), clock(end, lang)
    if language(lang) == "en":
        return f"{first.removeprefix('at ')}–{last.removeprefix('at ')}"
    return f"{first}–{last.removeprefix('kl. ')}"


def full(when: date, lang: str | None = "da") -> str:
    """The date written out, as papers have it: "4. marts 2026"; "4 March 2026" in English."""
    code = language(lang)
    return f"{when.day}{'.' if code == 'da' else ''} {MONTHS[code][when.month - 1]} {when.year}"


def day(when: date, now: datetime | None = None, lang: str | None = "da") -> str:
    """The day with its short weekday: "ons 4. marts"; with the year unless it is that of `now`."""
    code = language(lang)
    if now is not None:
        when = _here(when, now)
    weekday, month = WEEKDAYS[code][when.weekday()][:3], MONTHS[code][when.month - 1]
    said = f"{weekday} {when.day}. {month}" if code == "da" else f"{weekday} {when.day} {month}"
    return said if now is not None and when.year == now.year else f"{said} {when.year}"


def moment(when: date, now: datetime | None = None, lang: str | None = "da") -> str:
    """Day and, where there is one, time: "ons 4. marts kl. 9"."""
    if now is not None:
        when = _here(when, now)
    said = day(when, now, lang)
    return f"{said} {clock(when.timetz(), lang)}" if isinstance(when, datetime) else said


def spoken(when: date, now: datetime, lang: str | None = "da") -> str:
    """Both at once, as screens.md has it: "om 3 dage, ons 4. marts kl. 9"."""
    return f"{relative(when, now, lang)}, {moment(when, now, lang)}"

"""Times as people say them."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.calendar import words

NOW = datetime(2026, 3, 1, 10)


@pytest.mark.parametrize(
    ("when", "da", "en"),
    [
        (NOW, "nu", "now"),
        (NOW + timedelta(seconds=50), "nu", "now"),
        (NOW + timedelta(minutes=1), "om 1 minut", "in 1 minute"),
        (NOW - timedelta(minutes=59), "for 59 minutter siden", "59 minutes ago"),
        (NOW + timedelta(hours=1), "om 1 time", "in 1 hour"),
        (NOW - timedelta(hours=9), "for 9 timer siden", "9 hours ago"),
        (NOW.date(), "i dag", "today"),
        (NOW - timedelta(hours=11), "i går", "yesterday"),
        (NOW + timedelta(hours=15), "i morgen", "tomorrow"),
        (date(2026, 3, 4), "om 3 dage", "in 3 days"),
        (date(2026, 2, 27), "for 2 dage siden", "2 days ago"),
        (date(2026, 3, 14), "om 13 dage", "in 13 days"),
        (date(2026, 3, 15), "om 2 uger", "in 2 weeks"),
        (date(2026, 4, 30), "om 8 uger", "in 8 weeks"),
        (date(2026, 5, 1), "om 2 måneder", "in 2 months"),
        (date(2025, 3, 1), "for 12 måneder siden", "12 months ago"),
        (date(2028, 2, 29), "om 23 måneder", "in 23 months"),
        (date(2026, 5, 31), "om 2 måneder", "in 2 months"),
        (date(2025, 12, 2), "for 2 måneder siden", "2 months ago"),
        (date(2028, 3, 1), "om 2 år", "in 2 years"),
        (date(2019, 1, 1), "for 7 år siden", "7 years ago"),
    ],
)
def test_how_far_away(when, da, en):
    assert (words.relative(when, NOW), words.relative(when, NOW, "en")) == (da, en)


@pytest.mark.parametrize(
    ("when", "da", "en"),
    [
        (datetime(2026, 3, 4, 9), "ons 4. marts kl. 9", "Wed 4 March at 9:00"),
        (datetime(2026, 3, 4, 9, 5), "ons 4. marts kl. 9.05", "Wed 4 March at 9:05"),
        (datetime(2026, 12, 24, 0, 0), "tor 24. december kl. 0", "Thu 24 December at 0:00"),
        (date(2026, 3, 7), "lør 7. marts", "Sat 7 March"),
        (date(2027, 1, 4), "man 4. januar 2027", "Mon 4 January 2027"),
    ],
)
def test_day_and_time(when, da, en):
    assert (words.moment(when, NOW), words.moment(when, NOW, "en")) == (da, en)


def test_from_when_to_when():
    assert words.span(time(9), time(9, 20)) == "kl. 9–9.20"
    assert words.span(time(9), time(10), "en") == "9:00–10:00"


def test_without_now_the_year_is_said():
    assert words.moment(datetime(2026, 3, 4, 9)) == "ons 4. marts 2026 kl. 9"


def test_both_at_once():
    assert words.spoken(datetime(2026, 3, 4, 9), NOW) == "om 3 dage, ons 4. marts kl. 9"
    assert words.spoken(datetime(2026, 3, 4, 9), NOW, "en") == "in 3 days, Wed 4 March at 9:00"


def test_the_clock_is_the_one_on_the_wall():
    now = datetime(2026, 7, 1, 1, tzinfo=ZoneInfo("Europe/Copenhagen"))
    stored = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert words.spoken(stored, now) == "for 30 minutter siden, ons 1. juli kl. 0.30"


def test_the_hour_that_summer_time_takes_is_not_counted():
    zone = ZoneInfo("Europe/Copenhagen")
    now, later = datetime(2026, 3, 29, 1, 30, tzinfo=zone), datetime(2026, 3, 29, 3, 30, tzinfo=zone)
    assert words.relative(later, now) == "om 1 time"


@pytest.mark.parametrize(
    ("n", "da", "en"), [(0, "0 dage", "0 days"), (1, "1 dag", "1 day"), (12, "12 dage", "12 days")]
)
def test_one_is_singular(n, da, en):
    assert (words.count(n, "day"), words.count(n, "day", "en-gb")) == (da, en)


@given(st.one_of(st.dates(), st.datetimes(), st.datetimes(timezones=st.just(UTC))), st.datetimes(), st.booleans())
def test_every_time_can_be_said(when, now, aware):
    now = now.replace(tzinfo=UTC) if aware else now
    for lang in ("da", "en", None):
        assert words.spoken(when, now, lang)


def test_the_calendar_needs_no_framework():
    code = (
        "import sys, samsvar.calendar.words, samsvar.calendar.rhythms, samsvar.calendar.deadlines;"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0

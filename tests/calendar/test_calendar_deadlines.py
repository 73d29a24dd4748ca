"""Deadlines as data."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samsvar.calendar.deadlines import Deadline, Unit, deadline, deadlines, due


def of(value, unit, **more):
    """A deadline with a made-up source."""
    return Deadline("prøve", value, Unit(unit), source_da="aftalen § 1", source_en="the agreement § 1", **more)


def test_working_days_skip_easter():
    assert due(of(7, "working_days"), date(2026, 3, 30)) == date(2026, 4, 13)
    assert due(of(7, "working_days"), datetime(2026, 3, 30, 9, 15)) == datetime(2026, 4, 13, 9, 15)


def test_calendar_days_roll_only_when_the_deadline_says_so():
    assert due(of(5, "calendar_days"), date(2026, 3, 30)) == date(2026, 4, 4)
    assert due(of(5, "calendar_days", rolls=True), date(2026, 3, 30)) == date(2026, 4, 7)


def test_hours_are_real_hours_across_summer_time():
    copenhagen = ZoneInfo("Europe/Copenhagen")
    assert due(of(24, "hours"), datetime(2026, 3, 28, 12, tzinfo=copenhagen)) == datetime(
        2026, 3, 29, 13, tzinfo=copenhagen
    )
    assert due(of(48, "hours"), datetime(2026, 3, 2, 12)) == datetime(2026, 3, 4, 12)


def test_hours_from_a_date_are_rounded_up():
    assert due(of(30, "hours"), date(2026, 3, 2)) == date(2026, 3, 4)
    assert due(of(0, "hours"), date(2026, 3, 2)) == date(2026, 3, 2)


def test_a_point_in_time_keeps_its_zone():
    zone = ZoneInfo("Europe/Copenhagen")
    assert due(of(1, "calendar_days"), datetime(2026, 3, 2, 9, tzinfo=zone)).tzinfo is zone


@pytest.mark.parametrize(("value", "source"), [(-1, "aftalen"), (1, ""), (1, "  ")])
def test_a_deadline_has_a_length_and_a_source(value, source):
    with pytest.raises(ValueError, match="prøve"):
        Deadline("prøve", value, Unit.HOURS, source_da=source, source_en=source)


def test_the_date_chooses_the_deadline():
    one = deadline("documents_request", date(2026, 3, 2))
    assert (one.value, one.unit, one.source()) == (7, Unit.WORKING_DAYS, "offentlighedsloven § 36, stk. 2")
    with pytest.raises(LookupError, match="2013"):
        deadline("documents_request", date(2013, 12, 31))
    with pytest.raises(LookupError):
        deadline("no_such_thing", date(2026, 3, 2))


def test_a_deadline_ends_when_its_rule_does():
    ended = of(1, "hours", in_force_from=date(2026, 1, 1), in_force_to=date(2026, 6, 30))
    assert ended.in_force(datetime(2026, 6, 30, 23))
    assert not ended.in_force(date(2026, 7, 1))
    assert not ended.in_force(date(2026, 1, 1) - timedelta(days=1))


@pytest.mark.req("R-000-99")
def test_nothing_asked_under_section_115_has_a_deadline():
    for one in deadlines():
        assert "115" not in one.source("da") + one.source("en")
        assert one.label("da") != one.label("en")


def test_a_deadline_in_words():
    assert (of(7, "working_days").length(), of(1, "working_days").length("en")) == ("7 arbejdsdage", "1 working day")
    assert (of(72, "hours").length(), of(1, "calendar_days").length("en")) == ("72 timer", "1 day")

"""When a course is reported, and by which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.instruments.instrument import Occasion, instrument
from samsvar.instruments.schedule import Month, NoAnchor, anchor, due, months, occasions, owed, waves

FORM = instrument()
RULES = FORM.reporting
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.req("R-004-109")
def test_n_09_the_project_reported_for_23_months() -> None:
    found = list(months(date(2008, 8, 1), None, date(2010, 6, 30)))
    assert len(found) == 23
    assert (str(found[0]), str(found[-1])) == ("2008-08", "2010-06")
    assert due(found[-1], RULES) == date(2010, 7, 15)


@pytest.mark.req("R-004-109")
def test_n_10_august_is_due_on_15_september() -> None:
    assert due(Month(2008, 8), RULES) == date(2008, 9, 15)
    # 15 November 2008 was a Saturday: the 15th it stays.
    assert due(Month(2008, 10), RULES) == date(2008, 11, 15)
    assert due(Month(2008, 12), RULES) == date(2009, 1, 15)


@pytest.mark.req("R-004-109", "R-004-75")
def test_n_11_a_course_from_august_2008_has_six_waves() -> None:
    assert [day.isoformat() for day in waves(date(2008, 8, 1), date(2010, 6, 30), RULES)] == [
        *("2008-08-01", "2008-12-01", "2009-04-01", "2009-08-01", "2009-12-01", "2010-04-01"),
    ]


@pytest.mark.req("R-004-76")
def test_the_last_of_a_long_month_is_not_lost_in_a_short_one() -> None:
    assert list(waves(date(2007, 10, 31), date(2008, 12, 31), RULES)) == [
        *(date(2007, 10, 31), date(2008, 2, 29), date(2008, 6, 30), date(2008, 10, 31)),
    ]


@pytest.mark.req("R-004-76")
def test_a_course_from_before_dates_were_kept_needs_another_day() -> None:
    dated = {"q16": 2, "q16_date": date(2009, 3, 2)}
    assert anchor(FORM, dated) == date(2009, 3, 2)
    with pytest.raises(NoAnchor):
        anchor(FORM, {"q16": 1})
    with pytest.raises(NoAnchor):
        anchor(FORM, {})
    assert anchor(FORM, {"q16": 1}, date(2008, 8, 1)) == date(2008, 8, 1)


@pytest.mark.req("R-004-74", "R-004-75")
def test_start_waves_and_end_are_asked_in_their_months() -> None:
    start, end = date(2009, 1, 20), date(2009, 7, 3)
    why = {str(month): occasions(month, start, end, RULES) for month in months(start, end, date(2010, 1, 1))}
    assert why["2009-01"] == {Occasion.START, Occasion.MONTH, Occasion.WAVE}
    assert why["2009-02"] == why["2009-03"] == why["2009-04"] == why["2009-06"] == {Occasion.MONTH}
    assert why["2009-05"] == {Occasion.MONTH, Occasion.WAVE}
    assert why["2009-07"] == {Occasion.MONTH, Occasion.WAVE, Occasion.EXIT}
    assert list(why)[-1] == "2009-07"
    assert occasions(Month(2008, 12), start, end, RULES) == occasions(Month(2009, 8), start, end, RULES) == frozenset()


def test_what_is_owed_is_late_from_the_16th() -> None:
    start = date(2026, 1, 20)
    on_time = owed(start, None, date(2026, 3, 15), {Month(2026, 1)}, RULES)
    assert [(str(one.month), one.late) for one in on_time] == [("2026-02", False)]
    late = owed(start, None, date(2026, 3, 16), set(), RULES)
    assert [(str(one.month), one.due.isoformat(), one.late) for one in late] == [
        ("2026-01", "2026-02-15", True),
        ("2026-02", "2026-03-15", True),
    ]
    # The month is not over, and nothing is asked of it, until the course ends.
    assert owed(start, None, date(2026, 1, 31), set(), RULES) == ()
    ended = owed(start, date(2026, 1, 25), date(2026, 1, 26), set(), RULES)
    assert [(str(one.month), Occasion.EXIT in one.occasions, one.late) for one in ended] == [("2026-01", True, False)]


@given(DAYS, st.integers(0, 4000))
def test_waves_are_four_months_apart_and_never_drift(start: date, length: int) -> None:
    until = start + timedelta(days=length)
    found = list(waves(start, until, RULES))
    assert found[0] == start
    for number, day in enumerate(found):
        assert Month.of(day) == Month.of(start).plus(4 * number)
        assert day.day == min(start.day, Month.of(day).last.day)
        assert day <= until
    # Each wave lies in a month that asks for it.
    assert {Month.of(day) for day in found} <= {
        month for month in months(start, None, until) if Occasion.WAVE in occasions(month, start, None, RULES)
    }


@given(DAYS, st.integers(0, 2000), st.integers(0, 2000))
def test_what_is_reported_is_owed_no_more(start: date, length: int, today: int) -> None:
    end, now = start + timedelta(days=length), start + timedelta(days=today)
    all_of_it = owed(start, end, now, set(), RULES)
    assert owed(start, end, now, {one.month for one in all_of_it}, RULES) == ()
    assert all(one.occasions and one.late == (one.due < now) for one in all_of_it)
    assert len({one.month for one in all_of_it}) == len(all_of_it)

"""Danish working days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsvar.calendar.days import (
    OFFICE_CLOSED,
    add_working_days,
    closed_because,
    is_working_day,
    next_working_day,
    nth_weekday,
    public_holidays,
    working_days_between,
)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2023, 5, 5), False),  # Store Bededag, the last one
        (date(2024, 4, 26), True),  # where it would have been
        (date(2026, 5, 1), True),
        (date(2026, 6, 5), False),
        (date(2025, 12, 23), True),
        (date(2025, 12, 24), False),
        (date(2025, 12, 25), False),
        (date(2025, 12, 26), False),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), True),
        (date(2026, 4, 1), True),
        (date(2026, 4, 2), False),
        (date(2026, 4, 3), False),
        (date(2026, 4, 6), False),
        (date(2026, 5, 14), False),
        (date(2026, 5, 15), True),
        (date(2026, 5, 25), False),
        (date(2026, 3, 7), False),
        (date(2026, 3, 8), False),
    ],
)
def test_when_offices_are_open(day, open_):
    assert is_working_day(day) is open_
    assert is_working_day(datetime(day.year, day.month, day.day, 9)) is open_


def test_days_closed_by_custom_are_a_setting():
    assert {(6, 5), (12, 24), (12, 31)} == OFFICE_CLOSED
    assert is_working_day(date(2026, 6, 5), closed=frozenset())
    assert not is_working_day(date(2026, 5, 15), closed=frozenset({(5, 15)}))


@pytest.mark.parametrize(
    ("day", "da", "en"),
    [
        (date(2026, 4, 6), "Anden påskedag", "Easter Monday"),
        (date(2026, 6, 5), "Grundlovsdag", "Constitution Day"),
        (date(2026, 12, 24), "Juleaftensdag", "Christmas Eve"),
        (date(2026, 12, 31), "Nytårsaftensdag", "New Year's Eve"),
        (date(2026, 3, 7), "lørdag", "Saturday"),
        (date(2026, 3, 9), "", ""),
    ],
)
def test_why_offices_are_closed_in_words(day, da, en):
    assert (closed_because(day), closed_because(day, "en-gb")) == (da, en)


@given(days)
def test_there_is_a_reason_for_each_day_that_offices_are_closed_and_for_no_other(day):
    assert bool(closed_because(day)) is not is_working_day(day)


def test_holidays_have_danish_names():
    names = public_holidays(2026)
    assert names[date(2026, 4, 2)] == "Skærtorsdag"
    assert date(2026, 6, 5) not in names


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 4, 1), 1, date(2026, 4, 7)),  # over Easter
        (date(2025, 12, 23), 2, date(2025, 12, 30)),
        (date(2025, 12, 30), 1, date(2026, 1, 2)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
        (date(2026, 3, 9), 0, date(2026, 3, 9)),
        (date(2026, 4, 7), -1, date(2026, 4, 1)),
    ],
)
def test_adding_working_days(start, n, end):
    assert add_working_days(start, n) == end


@given(days, st.integers(-300, 300).filter(bool))
@settings(deadline=None)
def test_counting_undoes_adding(day, n):
    assert working_days_between(day, add_working_days(day, n)) == n


@given(days, days)
@settings(deadline=None, max_examples=50)
def test_there_and_back_differ_only_by_the_ends(first, second):
    # Each way leaves out the day it starts from.
    ends = is_working_day(max(first, second)) - is_working_day(min(first, second))
    assert working_days_between(first, second) + working_days_between(second, first) == ends


@given(st.dates(max_value=date(9999, 12, 1)))
def test_the_next_working_day_is_near(day):
    assert next_working_day(day) - day <= timedelta(days=7)
    assert is_working_day(next_working_day(day))


def test_the_end_of_time_is_an_error_not_a_loop():
    with pytest.raises(OverflowError):
        add_working_days(date(9999, 12, 1), 1000)


@pytest.mark.parametrize(
    ("month", "weekday", "n", "found"),
    [
        (1, 2, 3, date(2026, 1, 21)),
        (1, 3, 1, date(2026, 1, 1)),
        (1, 3, 5, date(2026, 1, 29)),
        (1, 2, 5, None),
        (1, 2, -1, date(2026, 1, 28)),
        (1, 3, -1, date(2026, 1, 29)),
        (2, 6, -1, date(2026, 2, 22)),
    ],
)
def test_nth_weekday(month, weekday, n, found):
    assert nth_weekday(2026, month, weekday, n) == found


@pytest.mark.parametrize(("month", "weekday", "n"), [(13, 0, 1), (1, 7, 1), (1, -1, 1), (1, 0, 0), (1, 0, 6)])
def test_a_weekday_that_does_not_exist_is_refused(month, weekday, n):
    with pytest.raises(ValueError, match=r"."):
        nth_weekday(2026, month, weekday, n)

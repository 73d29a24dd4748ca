"""The rhythms in which groups meet: those of the four places in the report, and those of small ones."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsvar.calendar.days import is_working_day
from samsvar.calendar.rhythms import (
    IfClosed,
    Monthly,
    MonthlyWeekday,
    OnNeed,
    RuleDay,
    Weekly,
    first_days,
    from_data,
    occurrences,
    to_data,
)

FREDERIKSBERG = MonthlyWeekday(weekday=2, nth=3)
AMAGER = MonthlyWeekday(weekday=1, nth=1, every=2, first_month=2)

weekdays, every = st.integers(0, 6), st.integers(1, 12)
rhythms = st.one_of(
    st.just(OnNeed()),
    st.builds(Weekly, weekdays, st.integers(1, 52), st.dates(date(2000, 1, 1), date(2050, 1, 1))),
    st.builds(MonthlyWeekday, weekdays, st.sampled_from([-1, 1, 2, 3, 4, 5]), every, every),
    st.builds(Monthly, st.integers(1, 31), every, every),
)


def dates(rule, start, end, *args):
    """The days as texts, which read better in a failure."""
    return [found.isoformat() for found in occurrences(rule, date(*start), date(*end), *args)]


@pytest.mark.req("R-001-6")
def test_third_wednesday_monthly():
    assert dates(FREDERIKSBERG, (2026, 1, 1), (2026, 4, 30)) == ["2026-01-21", "2026-02-18", "2026-03-18", "2026-04-15"]


def test_every_second_month():
    assert dates(AMAGER, (2026, 1, 1), (2026, 7, 1)) == ["2026-02-03", "2026-04-07", "2026-06-02"]


def test_monthly_on_a_date_moves_off_the_weekend():
    assert dates(Monthly(day=1), (2026, 2, 1), (2026, 5, 31)) == [
        "2026-02-02",
        "2026-03-02",
        "2026-04-01",
        "2026-05-01",
    ]


def test_the_31st_is_the_last_day_of_a_short_month():
    assert dates(Monthly(day=31), (2026, 2, 1), (2026, 4, 30), IfClosed.KEEP) == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]
    assert dates(Monthly(day=30), (2028, 2, 1), (2028, 2, 29), IfClosed.KEEP) == ["2028-02-29"]


def test_every_second_week_counts_from_its_first_week():
    fortnight = Weekly(weekday=2, every=2, first=date(2026, 3, 6))
    assert dates(fortnight, (2026, 2, 25), (2026, 4, 1)) == ["2026-03-04", "2026-03-18", "2026-04-01"]


def test_on_need_has_no_dates():
    assert occurrences(OnNeed(), date(2026, 1, 1), date(2036, 1, 1)) == []


def test_a_closed_day_moves_falls_out_or_stays():
    christmas = ((2025, 12, 24), (2025, 12, 31))
    rule = Weekly(weekday=2)
    assert dates(rule, *christmas, IfClosed.SKIP) == []
    assert dates(rule, *christmas, IfClosed.KEEP) == ["2025-12-24", "2025-12-31"]
    assert dates(rule, *christmas, IfClosed.NEXT) == ["2025-12-29"]
    # New Year's Eve moves over the turn of the year into the span.
    assert dates(rule, (2026, 1, 1), (2026, 1, 5)) == ["2026-01-02"]


def test_a_span_that_ends_before_it_begins_is_empty():
    assert occurrences(FREDERIKSBERG, date(2026, 5, 1), date(2026, 4, 1)) == []
    assert occurrences(FREDERIKSBERG, date.min, date(1, 1, 31), IfClosed.KEEP) == [date(1, 1, 17)]


@given(rhythms, st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 400), st.integers(0, 400))
@settings(deadline=None)
def test_a_long_span_is_its_two_halves(rule, start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second + 1)
    whole = occurrences(rule, start, end)
    assert whole == occurrences(rule, start, middle) + occurrences(rule, middle + timedelta(days=1), end)
    assert all(is_working_day(found) for found in whole)


@given(rhythms)
def test_a_rhythm_survives_the_database(rule):
    assert from_data(json.loads(json.dumps(to_data(rule)))) == rule


EASTER_MONDAY, AFTER_EASTER = date(2026, 4, 6), date(2026, 4, 7)


@pytest.mark.parametrize(
    ("choice", "becomes"),
    [(IfClosed.NEXT, AFTER_EASTER), (IfClosed.SKIP, None), (IfClosed.KEEP, EASTER_MONDAY)],
)
def test_the_first_days_say_what_a_holiday_does_to_them(choice, becomes):
    found = first_days(Weekly(0), date(2026, 3, 30), date(2027, 1, 1), 3, choice)
    assert found[:2] == [
        RuleDay(date(2026, 3, 30), date(2026, 3, 30), ""),
        RuleDay(EASTER_MONDAY, becomes, "Anden påskedag"),
    ]
    assert found[1].moved is (choice is IfClosed.NEXT)
    # A day that falls out counts for none: there are three to meet on all the same.
    assert len([one for one in found if one.meets_on]) == 3


def test_a_rule_that_always_falls_out_ends_all_the_same():
    found = first_days(Monthly(1, 12, 1), date(2026, 1, 1), date(2090, 1, 1), 2, IfClosed.SKIP)
    assert {one.meets_on for one in found} == {None}
    assert len(found) == 6


@given(rhythms, st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 8), st.sampled_from(IfClosed))
@settings(max_examples=50)
def test_the_first_days_are_the_days_on_which_they_meet(rule, start, most, choice):
    end = start + timedelta(days=800)
    found = first_days(rule, start, end, most, choice)
    met, all_of_them = [one.meets_on for one in found if one.meets_on], occurrences(rule, start, end, choice)
    assert met == all_of_them[: len(met)]
    # As many as were asked for, unless there are no more or nearly every day falls out.
    assert len(met) == min(most, len(all_of_them)) or len(found) == 3 * most


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "daily"},
        {"kind": "weekly"},
        {"kind": "weekly", "weekday": 9},
        {"kind": "weekly", "weekday": 1, "first": "soon"},
        {"kind": "weekly", "weekday": 1, "first": 7},
        {"kind": "weekly", "weekday": "x"},
        {"kind": "monthly_weekday", "weekday": 1, "nth": 0},
        {"kind": "monthly", "day": 32},
        {"kind": "monthly", "every": 0},
        {"kind": "on_need", "weekday": 1},
    ],
)
def test_what_is_no_rhythm_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        from_data(data)


@pytest.mark.parametrize(
    ("rule", "da", "en"),
    [
        (FREDERIKSBERG, "3. onsdag i måneden", "3rd Wednesday of every month"),
        (AMAGER, "1. tirsdag hver anden måned", "1st Tuesday of every second month"),
        (MonthlyWeekday(4, -1), "sidste fredag i måneden", "last Friday of every month"),
        (Monthly(15), "hver måned, den 15.", "every month, on day 15"),
        (Monthly(1, 9), "hver 9. måned, den 1.", "every 9 months, on day 1"),
        (Weekly(0), "hver mandag", "every Monday"),
        (Weekly(0, 2), "hver anden mandag", "every second Monday"),
        (Weekly(0, 3), "mandag, hver tredje uge", "Monday, every 3 weeks"),
        (OnNeed(), "efter behov", "when needed"),
    ],
)
def test_a_rhythm_in_words(rule, da, en):
    assert (rule.label(), rule.label("en-gb")) == (da, en)

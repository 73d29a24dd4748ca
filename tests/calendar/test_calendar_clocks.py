"""Clocks: begun, heard of in time, run out; over holidays, summer time, leap years, changed packs and dead workers."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.calendar.clocks import DATA, Limits, Stage, birthday, limits, limits_of
from samsvar.calendar.days import is_working_day, working_days_between
from samsvar.calendar.deadlines import Unit, add_months

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))
BEGINS = date(2014, 12, 1)


def pack(*versions: dict) -> Limits:
    """A pack of made-up versions of one limit."""
    common = {"key": "prøve", "unit": "calendar_days", "source_da": "aftalen", "source_en": "the agreement"}
    return limits_of("prøve", [{**common, "in_force_from": BEGINS, **one} for one in versions])


def follow(clock, worker: list[datetime]) -> list[Stage]:
    """What a worker says that looks at these moments, keeping with the item what it has said."""
    said, heard = Stage.RUNS, []
    for now in sorted(worker):
        if (word := clock.to_say(now, said)) is not None:
            heard.append(said := word)
    return heard


@pytest.mark.req("R-002-124")
def test_every_limit_says_where_it_is_from_and_that_nobody_has_verified_it() -> None:
    found = limits()
    assert found.pack == "vordingborg-2014"
    # Of these four the report says nothing, and they say so.
    ours = {"answer_next_day", "answer_outreach", "answer_week", "answer_fortnight"}
    assert ours < set(found.versions)
    for key, versions in found.versions.items():
        for one in versions:
            assert one.length.source("da").startswith("eget valg: " if key in ours else "rapport 002, L")
            assert one.length.status == ("our own, to be agreed" if key in ours else "2014, not verified")
            assert one.length.label("da") != one.length.label("en")
            assert one.words("da") != one.words("en")


# Report 002, chapter 9.2: the lines whose limits are counted in time.
LINES = ["L1528", "L1739", "L2219", "L1851", "L1425", "L6980", "L4913", "L6000", "L4788", "L3469", "L3657", "L2318"]
LINES += ["L1996", "L3722", "L3746", "L3783", "L3773", "L3196", "L3441", "L3283", "L3309", "L4446", "L4810", "L5553"]
LINES += ["L5580", "L5606", "L5168", "L5877", "L6117", "L6223", "L4254", "L1774"]


@pytest.mark.req("R-002-124")
def test_the_whole_table_is_there() -> None:
    sources = DATA.read_text(encoding="utf-8")
    assert [line for line in LINES if line not in sources] == []
    values = {key: (one[0].length.value, one[0].length.unit) for key, one in limits().versions.items()}
    assert values["child_notification"] == (24, Unit.HOURS)
    assert values["child_offer_review"] == (6, Unit.MONTHS)
    assert (values["buk_letter"], values["buk_talk"]) == ((7, Unit.CALENDAR_DAYS), (1, Unit.MONTHS))
    assert (values["buk_date"], values["buk_treatment"]) == ((28, Unit.CALENDAR_DAYS), (28, Unit.CALENDAR_DAYS))
    assert values["treatment_plan"] == (14, Unit.CALENDAR_DAYS)
    assert (values["home_nurse_new"], values["home_nurse_known"]) == ((3, Unit.CALENDAR_DAYS), (1, Unit.CALENDAR_DAYS))


def test_an_age_in_words() -> None:
    ages = limits().versions
    assert [ages[key][0].words() for key in ("transition_start", "transition_decided", "thirty")] == [
        "16½ år",
        "17½ år",
        "30 år",
    ]


@given(MOMENTS)
def test_a_day_and_night_is_24_real_hours(moment: datetime) -> None:
    clock = limits().clock("child_notification", moment.astimezone(COPENHAGEN), moment.date())
    assert clock.out_at - moment == timedelta(hours=24)
    assert clock.stage(clock.out_at - timedelta(seconds=1)) is Stage.WARNS
    # One hears of it six real hours before.
    assert clock.stage(clock.out_at - timedelta(hours=6, seconds=1)) is Stage.RUNS
    assert clock.stage(clock.out_at - timedelta(hours=6)) is Stage.WARNS
    assert clock.stage(clock.out_at) is Stage.OUT


def test_the_clock_of_a_child_does_not_rest_over_easter_or_summer_time() -> None:
    # Good Friday 2027 is 26 March; the clock goes forward on Sunday 28 March.
    received = datetime(2027, 3, 27, 16, 30, tzinfo=COPENHAGEN)
    clock = limits().clock("child_notification", received, received.date())
    assert clock.out_at.astimezone(COPENHAGEN) == datetime(2027, 3, 28, 17, 30, tzinfo=COPENHAGEN)


@given(DAYS, st.integers(1, 40))
def test_working_days_leave_out_weekends_and_holidays(start: date, value: int) -> None:
    clock = pack({"value": value, "unit": "working_days"}).clock("prøve", start, start)
    assert is_working_day(clock.due)
    assert working_days_between(start, clock.due) == value
    # The last day is one's own to its end
    assert clock.stage(datetime.combine(clock.due, datetime.max.time(), COPENHAGEN)) is not Stage.OUT
    assert clock.stage(clock.out_at) is Stage.OUT


@given(DAYS, st.integers(0, 400))
def test_months_land_on_the_same_day_or_the_last_of_the_month(start: date, months: int) -> None:
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)
    assert add_months(start, months + 1) > later


def test_who_is_born_on_a_leap_day_is_not_forgotten() -> None:
    ages = {key: one[0] for key, one in limits().versions.items()}
    assert birthday(date(2008, 2, 29), ages["adult"]) == date(2026, 2, 28)
    assert birthday(date(2008, 2, 29), ages["transition_start"]) == date(2024, 8, 29)
    assert birthday(date(2008, 8, 31), ages["transition_start"]) == date(2025, 2, 28)


@given(
    DAYS,
    st.integers(1, 60),
    st.integers(0, 20),
    st.sampled_from(["working_days", "calendar_days"]),
    st.lists(st.integers(0, 24 * 200), max_size=30),
)
def test_none_is_missed_and_none_told_twice(start: date, value: int, warn: int, unit: str, looks: list[int]) -> None:
    clock = pack({"value": value, "unit": unit, "warn_days": warn}).clock("prøve", start, start)
    worker = [clock.out_at - timedelta(days=100) + timedelta(hours=one) for one in looks]
    heard = follow(clock, worker)
    assert heard == sorted(set(heard), key=list(Stage).index)
    # Whoever looks once after the end has heard that it ran out, however seldom the worker looked before
    assert follow(clock, [*worker, clock.out_at + timedelta(days=365)])[-1] is Stage.OUT


@given(MOMENTS, st.integers(0, 47), st.integers(1, 20))
def test_a_worker_that_was_dead_two_days_says_what_it_missed_once(moment: datetime, dies: int, value: int) -> None:
    clock = pack({"value": value, "warn_days": 1}).clock("prøve", moment, moment.date())
    hours = [moment + timedelta(hours=one) for one in range(24 * (value + 3))]
    dead_from = clock.warns_at - timedelta(hours=dies)
    alive = [now for now in hours if not dead_from <= now < dead_from + timedelta(days=2)]
    heard = follow(clock, [*alive, *alive])
    assert heard.count(Stage.OUT) == 1
    assert heard.count(Stage.WARNS) <= 1
    # What is said is the worst of what came while it was dead: a warning is not said of what is out already
    assert heard in ([Stage.WARNS, Stage.OUT], [Stage.OUT])


@given(DAYS, st.integers(1, 60), st.integers(1, 60), st.integers(-90, 90))
def test_what_is_open_follows_a_changed_pack_by_its_rule(start: date, old: int, new: int, after: int) -> None:
    changes = start + timedelta(days=after)
    if changes <= BEGINS:
        return
    ends = {"in_force_to": changes - timedelta(days=1)}
    for rule in ("follow", "keep"):
        changed = pack({"value": old, **ends}, {"value": new, "in_force_from": changes, "open_items": rule})
        before = changed.clock("prøve", start, changes - timedelta(days=1)) if start < changes else None
        then = changed.clock("prøve", start, changes)
        if before is None:
            assert then.due == start + timedelta(days=new)
            continue
        assert before.due == start + timedelta(days=old)
        if rule == "keep":
            assert then.due == before.due
        else:
            # Counted from its own start, and never run out before the change came into force
            assert then.due == max(start + timedelta(days=new), changes)
        # What was said stays said: a longer limit does not say it again
        assert then.to_say(then.out_at, Stage.OUT) is None


def test_what_began_before_the_pack_is_counted_by_its_first_version() -> None:
    assert pack({"value": 3}).clock("prøve", date(2010, 5, 1), date(2026, 1, 1)).due == date(2010, 5, 4)


def test_an_abolished_limit_still_counts_what_began_under_it() -> None:
    ended = pack({"value": 3, "in_force_to": date(2020, 1, 1)})
    assert ended.clock("prøve", date(2019, 12, 31), date(2026, 1, 1)).due == date(2020, 1, 3)
    with pytest.raises(LookupError, match="2020-01-02"):
        ended.clock("prøve", date(2020, 1, 2), date(2026, 1, 1))
    with pytest.raises(LookupError):
        ended.clock("ukendt", date(2020, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        [{"value": 3}, {"value": 4, "in_force_from": date(2020, 1, 1)}],
        [{"value": 3, "open_items": "both"}],
        [{"value": 3, "warn_days": -1}],
        [{"value": 3, "unit": "working_days", "warn_hours": 2}],
        [{"value": 3, "age": True}],
        [{"value": -3}],
    ],
)
def test_a_pack_with_a_hole_is_refused(wrong: list[dict]) -> None:
    with pytest.raises(ValueError, match="prøve"):
        pack(*wrong)


def test_an_installation_has_its_own_file(tmp_path: Path) -> None:
    own = tmp_path / "limits.toml"
    own.write_text(DATA.read_text(encoding="utf-8").replace("value = 24\n", "value = 12\n"), encoding="utf-8")
    assert limits(str(own)).versions["child_notification"][0].length.value == 12
    own = tmp_path / "hole.toml"
    own.write_text('pack = "hul"\n[[limits]]\nkey = "x"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be read"):
        limits(str(own))

"""Indicators come to what the logs hold, and no figure of them, alone or beside another, tells of fewer than five."""

import random
from collections.abc import Hashable
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations

import numpy as np
import pytest

from samsvar.instruments.scales import scales
from samsvar.outcomes.analysis.effect import TRAITS, traits
from samsvar.outcomes.files.table import TIMES, Person, Report
from samsvar.outcomes.indicators.catalogue import indicators
from samsvar.outcomes.indicators.logs import Asking, CourseLine, Logs, Round, Try
from samsvar.outcomes.indicators.measures import MEASURES
from samsvar.outcomes.indicators.measuring import measure_all
from samsvar.outcomes.indicators.parts import Counted, Part, Shape

DAY = date(2026, 4, 1)


def somebody(draw: random.Random, number: str) -> Person:
    person = Person(number, draw.choice([1, 1, 2]))
    person.facts = {
        "q3": draw.choice([1, 2, 2]),
        "q4": draw.choice([2, 3, 3, 4]),
        "q8": draw.choice([1, 1, 3]),
        "q9": draw.choice([1, 1, 1, 4]),
        **dict(zip(TIMES, (draw.randint(1, 40), draw.randint(0, 9), draw.randint(1, 20)), strict=True)),
    }
    for wave in (0, 4, 8)[: draw.randint(1, 3)]:
        answers = {
            "q11": draw.randint(1, 3),
            "q23": draw.choice([0, 1, 4, 77]),
            "q28": draw.randint(1, 9),
            "q24": draw.randint(0, 4),
            "q25": draw.randint(0, 4),
            "q33": draw.choice([0, 3, 77]),
            "q32": draw.choice([0, 0, 1, 77]),
            "q32a": draw.randint(1, 2),
            "q32c": draw.choice([1, 4]),
        }
        person.waves[wave] = Report(answers, {})
    return person


def some_logs(seed: int, size: int) -> Logs:
    draw = random.Random(seed)
    persons = [somebody(draw, f"KF-{place}") for place in range(size)]
    courses = [
        CourseLine(
            number=one.number,
            unknown=draw.random() < 0.4,
            started_on=date(2025, draw.randint(1, 12), 1),
            ended_on=date(2026, 2, 1) if draw.random() < 0.5 else None,
            end_reason=draw.choice([1, 2, 4, 4]),
            results={"q42": [draw.randint(1, 4)], "q45": [draw.randint(5, 7)]},
            taken_up=draw.random() < 0.2,
            worker=draw.randint(1, 3),
            belongs=draw.choice([True, True, False, None]),
            handed_over=draw.random() < 0.2,
        )
        for one in persons
    ]
    tries = [
        Try(one.number, datetime(2025, 6, 1, draw.choice([8, 10, 10, 14, 20])), draw.randint(1, 6), rung, 30, 1)
        for one in persons
        for rung in draw.choices([0, 1, 3, 6, 8], k=draw.randint(0, 4))
    ]
    kinds = {1: "pension", 2: "campaign", None: ""}
    asked = []
    for one in persons:
        search = draw.choice([1, 2, None, None])
        outcome = draw.choice(["target", "target", "other", "mistaken", ""])
        asked.append(
            Asking(draw.choice([2, 3, 4, 12]), search, kinds[search], one.number, outcome, 9 if outcome else None)
        )
    rounds = [
        Round(1, "pension", "Vest", 9, size + draw.randint(0, 6), draw.randint(0, size)),
        Round(2, "campaign", "", 2, 0, 0),
    ]
    rounds.append(Round(3, "area", "Havnen", 3, 0, 0))
    return Logs(DAY, courses, tries, asked, rounds, {one.number: draw.random() < 0.5 for one in persons[::2]}, persons)


def told(found: dict[str, list[Counted]]) -> list[tuple[Part, str, Hashable]]:
    return [
        (counted.part, split, code)
        for some in found.values()
        for counted in some
        for (split, code) in counted.figures
        if counted.part.shape is not Shape.PLAIN
    ]


def divided(logs: Logs) -> dict[Hashable, dict[str, Hashable | None]]:
    found: dict[Hashable, dict[str, Hashable | None]] = {one.number: traits(one) for one in logs.persons}
    rows = [one for one in logs.asked if one.days is not None]
    return found | {("inquiry", place): found[one.course] for place, one in enumerate(logs.asked) if one in rows}


@pytest.mark.req("R-004-103", "R-004-113")
@pytest.mark.parametrize("seed", range(6))
def test_no_indicator_and_no_two_of_them_tell_of_fewer_than_five(seed: int) -> None:
    """Every column shown, every one of whom it holds, and every two that differ in one thing."""
    logs = some_logs(seed, 10 + 9 * seed)
    own = divided(logs)
    persons: dict[tuple[str, str, Hashable, bool], frozenset[Hashable]] = {}
    for part, split, code in told(measure_all(logs, scales(), 5)):
        column = frozenset(key for key in part.asked if not split or own.get(key, {}).get(split) == code)
        holds = frozenset(key for key in column if part.asked[key].holds)
        if part.who == "reviewed":
            # Of the funnel, what is told is the step's number alone.
            persons[f"{part.who} {part.said.en}", split, code, True] = holds
            continue
        persons[part.who, split, code, False] = column
        persons[f"{part.who} {part.said.en}", split, code, True] = holds
        assert not 0 < len(column - holds) < 5, part.said
    assert persons
    for place, some in persons.items():
        assert not 0 < len(some) < 5, place
    for (one, first), (other, second) in combinations(persons.items(), 2):
        # The same citizens in all and in one column; two columns' shares of one question; one circle and another.
        whole = one[1:3] != other[1:3] and one[0] == other[0] and "" in (one[1], other[1])
        circles = one[1:3] == other[1:3] and not one[3] and not other[3] and not {"scale"} & {one[0][:5], other[0][:5]}
        if whole or circles:
            assert not 0 < len(first - second) < 5 or not second <= first, (one, other)
            assert not 0 < len(second - first) < 5 or not first <= second, (one, other)


@pytest.mark.req("R-004-103", "R-004-113")
@pytest.mark.parametrize("seed", range(3))
def test_nobody_who_adds_and_subtracts_the_columns_finds_a_small_one(seed: int) -> None:
    """All that a question's parts tell, in every division, as equations: no column of one to four follows."""
    logs = some_logs(seed, 14 + 11 * seed)
    own = divided(logs)
    found = measure_all(logs, scales(), 5)
    circles = {part.who for part, _split, _code in told(found)} - {"reviewed"}
    for who in circles:
        parts = [one for some in found.values() for one in some if one.part.who == who]
        keys = list(parts[0].part.asked)
        equations, secrets = [], []
        for counted in parts:
            for split, code in [("", None), *((one.key, code) for one in TRAITS for code in one.codes)]:
                column = np.array([float(not split or own.get(key, {}).get(split) == code) for key in keys])
                holds = column * np.array([float(counted.part.asked[key].holds) for key in keys])
                if (split, code) in counted.figures:
                    equations += [column, holds]
                else:
                    secrets += [one for one in (column, holds, column - holds) if 0 < one.sum() < 5]
        if not equations or not secrets:
            continue
        rank = np.linalg.matrix_rank(np.array(equations))
        # Where each citizen could stand for itself, a sum that is told is still no small one.
        for secret in secrets:
            assert np.linalg.matrix_rank(np.vstack([*equations, secret])) == rank + 1, who


def test_thirty_persons_come_to_what_can_be_counted_by_hand() -> None:
    persons = [somebody(random.Random(place), f"KF-{place}") for place in range(30)]
    for place, one in enumerate(persons):
        one.facts |= {"q3": place % 2 + 1, "q4": 3, "q8": 1, "q9": 1}
        one.group = 1 + place % 10 // 5
        one.waves = {
            0: Report({"q28": 3, "q32": 0}, {}),
            4: Report({"q28": 7, "q32": 1 if place < 10 else 0, "q32a": 1 if place < 5 else 2}, {}),
        }
    courses = [
        CourseLine(
            one.number, place < 12, date(2025, 1, 1), date(2026, 1, 1) if place < 10 else None, 4,
            {"q42": [1]} if place < 5 else {"q42": [3]}, place < 6, 1 + place % 2, place < 15, False,
        )
        for place, one in enumerate(persons)
    ]  # fmt: skip
    tries = [
        *(Try(one.number, datetime(2025, 2, 1, 10), 1, 1, 20, 1) for one in persons),
        *(Try(one.number, datetime(2025, 2, 8, 14), 1, 6, 40, 1) for one in persons),
    ]
    asked = [
        Asking(2 if place < 6 else 12, None, "", "", "target" if place < 20 else "mistaken", 3) for place in range(30)
    ]
    logs = Logs(DAY, courses, tries, asked, [Round(1, "area", "Havnen", 3.5, 0, 0)], {}, persons)
    found = measure_all(logs, scales(), 5)

    def first(key: str, place: int = 0) -> tuple[float | None, int | None, int | None]:
        figure = found[key][place].of()
        return figure.value, figure.number, figure.of

    assert first("I-01") == (60, 30, 30)
    assert first("I-02") == (1, 30, 30)
    assert [one.of().number for one in found["I-03"]] == [0, 0, 30, 0, 0]
    assert first("I-04") == (100, 30, 30)
    assert first("I-05") == (40, 12, 30)
    assert first("I-06") == (10, 20, 20)
    assert first("I-08") == (None, None, None), "15, and 12 of them: three who were known would follow"
    assert first("I-08", 1) == first("I-30") == (40, 12, 30)
    assert [one.of().value for one in found["I-10"]] == [1, 1, 3.5]
    assert first("I-12")[:2] == (100, 10)
    assert first("I-13") == (20, 6, 30)
    assert first("I-14", 0)[1:] == (10, 30)
    assert first("I-14", 1)[1:] == (5, 30)
    assert first("I-15")[1:] == (6, 30)
    assert first("I-17")[0] == 3
    assert first("I-20", 1)[1:] == (5, 10)
    assert (first("I-21")[0], first("I-21", 1)[0]) == (3, 7)
    assert first("I-29")[1:] == (10, 30)
    assert found["I-09"] == found["I-19"] == found["I-27"] == []
    # The two groups stand beside all of them.
    assert {code: figure.of for (split, code), figure in found["I-21"][0].figures.items() if split == "gruppe"} == {
        1: 15,
        2: 15,
    }


def test_a_funnel_of_pension_cases_is_told_as_far_as_it_is_wide() -> None:
    logs = some_logs(3, 40)
    logs = replace(logs, rounds=[Round(1, "pension", "Vest", 12, 100_000, 40)])
    counted = {one.part.said.en: one.of().value for one in measure_all(logs, scales(), 5)["I-09"]}
    assert counted["Reviewed"] == pytest.approx(100_000)
    assert counted["Of concern"] == pytest.approx(40)
    few = replace(logs, rounds=[Round(1, "pension", "Vest", 12, 100_000, 3)], asked=[])
    counted = {one.part.said.en: one.of().value for one in measure_all(few, scales(), 5)["I-09"]}
    assert counted["Of concern"] is None


def test_whatever_is_counted_says_what_it_counts_and_the_rest_says_what_is_lacking() -> None:
    found = indicators()
    assert {key for key, one in found.items() if one.counted} == {*MEASURES, "I-30"}
    assert {key for key, one in found.items() if not one.counted} == {"I-07", "I-16"}
    assert all(one.lacks for one in found.values() if not one.counted)
    # What the quarterly journal says of meetings is counted by quarter; how many they were is text.
    assert found["I-18"].lacks is not None
    assert (found["I-18"].lacks.da, found["I-18"].lacks.en) == (
        "Hvor mange møder og aftaler det var, og hvilket kontor, står der som tekst og tælles ikke. "
        "Timer, der ikke er skrevet, tæller som 0.",
        "How many meetings and agreements it was, and which office, stands there as text and is not counted. "
        "Hours that are not written count as 0.",
    )
    assert all(
        part.said.en
        for some in measure_all(some_logs(1, 30), scales(), 5).values()
        for part in (one.part for one in some)
    )


def test_nobody_at_all_is_nothing_at_all() -> None:
    found = measure_all(Logs(DAY), scales(), 5)
    assert not any(found.values())

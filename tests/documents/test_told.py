"""The citizen's report on paper: per controller, without a staff name, quick even for a large case."""

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from samsvar.documents.told import told_paper
from tests.documents.test_documents import read, tags, words


@dataclass(frozen=True)
class Told:
    """As the selector gives it."""

    at: datetime = datetime(2026, 3, 4, 9, tzinfo=UTC)
    to: tuple[str, ...] = ("Prøveby Kommune", "Læge Lone Lægesen")
    what: str = "helbred og behandling"
    purpose: str = "indsatsen for borgeren"
    basis: str = "retsplejeloven § 115"


@dataclass(frozen=True)
class Look:
    """As the selector gives it."""

    on: date = date(2026, 3, 5)
    purpose: str = "indsatsen for borgeren"
    times: int = 3


@dataclass(frozen=True)
class Controller:
    """As the selector gives it."""

    name: str = "Psykiatrien i Prøveby"
    regime: str = "databeskyttelsesforordningen"
    told: list[Told] = field(default_factory=lambda: [Told()])
    looks: list[Look] = field(default_factory=lambda: [Look()])


@pytest.mark.req("R-000-125", "R-003-51")
def test_the_report_says_who_was_told_what_and_when_it_was_looked_at() -> None:
    made = told_paper(Controller(), date(2026, 11, 22))
    said = " ".join(words(made).split())
    for expected in (
        "Hvem har fået hvad at vide",
        "4. marts 2026",
        "Prøveby Kommune, Læge Lone Lægesen",
        "helbred og behandling",
        "retsplejeloven § 115",
        "5. marts 2026",
        "Andre myndigheder svarer for sig selv",
    ):
        assert expected in said
    assert {"/Table", "/TH", "/H1", "/H2"} <= tags(made)


def test_nothing_told_and_nobody_looked_is_said_in_words() -> None:
    said = " ".join(words(told_paper(Controller(told=[], looks=[]), date(2026, 11, 22))).split())
    assert "Vi har ikke fortalt noget til andre." in said
    assert "Ingen hos os har set på dine oplysninger" in said


def test_in_english_on_choice() -> None:
    made = told_paper(Controller(), date(2026, 11, 22), lang="en")
    assert read(made).trailer["/Root"]["/Lang"] == "en"
    assert "Who has been told what" in words(made)
    assert "4 March 2026" in words(made)


def test_a_large_case_takes_less_than_a_minute() -> None:
    started = time.monotonic()
    told_paper(Controller(told=[Told()] * 1000, looks=[Look()] * 5000), date(2026, 11, 22))
    assert time.monotonic() - started < 60

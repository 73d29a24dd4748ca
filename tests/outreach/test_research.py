"""What a study reads of a record: no citizen, and nobody who has worked in the unit, is named in it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsvar.outreach import services
from samsvar.outreach.selectors.research import _names, records, struck
from samsvar.postgres.actor import acting
from tests.outreach.ground import begun, tried
from tests.world import World

Acts = Callable[[], Any]


@pytest.fixture
def staff(world: World, owner_connection: psycopg.Connection, team: UUID) -> Callable[[str, str], None]:
    """Gives the person in a seat a name."""

    def named(seat: str, name: str) -> None:
        owner_connection.execute(
            "update accounts_user set name = %s where id = %s", [name, world.seats[f"social.{seat}"].person]
        )
        owner_connection.commit()

    return named


@pytest.mark.req("R-004-69")
def test_nobody_who_has_worked_in_the_unit_is_named(
    world: World, owner_connection: psycopg.Connection, worker: Acts, staff: Callable[[str, str], None]
) -> None:
    staff("frontline", "Jytte Prøvesen")
    staff("screener", "Yıldız Fiktiv")
    staff("member", "Hans Opdigtet")
    screener, leader = world.seats["social.screener"], world.seats["social.member"]
    with worker() as actor:
        course = begun(actor)
        for note in ("jytte ringede", "YILDIZ FIKTIVS bil", "Hans kom forbi hans dør", "yildiz gammelnavn er væk"):
            tried(actor, course, note=note)
        services.hand_to_colleague(actor, course, screener.person, "Barsel")
    with acting(screener.token) as actor:
        tried(actor, course, note="Ingen lukkede op")
    staff("screener", "Yıldız Gammelnavn")
    # One has gone to another unit; who leads has a post that does no outreach, and has left it.
    owner_connection.execute("update partnerships_capacity set unit_id = null where id = %s", [screener.post])
    owner_connection.execute(
        "update partnerships_capacity set roles = '{}', until = since where id = %s", [leader.post]
    )
    owner_connection.commit()
    with worker() as actor:
        read = records(actor, [course])
    notes = [line.rsplit(";", 1)[1] for line in read.splitlines()[1:]]
    assert sorted(notes) == [
        "Ingen lukkede op",
        "en medarbejder er væk",
        "en medarbejder kom forbi hans dør",
        "en medarbejder ringede",
        "en medarbejders bil",
    ]


def test_a_name_that_is_written_down_in_a_hurry_is_struck(worker: Acts) -> None:
    with worker() as actor:
        course, other = begun(actor, "Line"), begun(actor, "İbrahim")
        tried(actor, course, note="Ibrahim  ringede til line. Naboen Aage  Prøvesen og A. Prøvesen så det")
        read = records(actor, [course])
        assert "en anden borger  ringede til borgeren. [navn] og [navn] så det" in read
        assert other.number not in read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ring på 20 30 40 50 om dagen", "ring på [nummer] om dagen"),
        ("+45 20304050", "[nummer]"),
        ("skriv til naboen@eksempel.dk i dag", "skriv til [mail] i dag"),
        ("født 24.12.1961", "født [nummer]"),
        ("bilen AB 12 345 står der", "bilen [nummer] står der"),
        ("konto 1234-0001234567", "konto [nummer]"),
        ("611155-1111", "[nummer]"),
        ("stod der kl. 14.30 i 20 minutter, 3 gange", "stod der kl. 14.30 i 20 minutter, 3 gange"),
    ],
)
def test_what_can_be_called_or_looked_up_is_struck(worker: Acts, written: str, read: str) -> None:
    with worker() as actor:
        course = begun(actor)
        assert struck(written, _names([course])[course.pk]) == read


def test_anothers_number_in_the_system_is_anothers_name(worker: Acts) -> None:
    with worker() as actor:
        course, other = begun(actor, "Fuglen"), begun(actor, "Katten")
        tried(actor, course, note=f"{other.number} er hans nabo")
        text = records(actor, [course])
    assert "en anden borger er hans nabo" in text
    assert other.number not in text


def test_ten_records_are_read_in_as_many_questions_as_one(worker: Acts) -> None:
    with worker() as actor:
        courses = [begun(actor, f"Fugl {place}") for place in range(10)]
        asked = []
        for some in (courses[:1], courses):
            with CaptureQueriesContext(connection) as queries:
                records(actor, some)
            asked.append(len(queries))
        assert asked[0] == asked[1]

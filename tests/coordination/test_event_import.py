"""A file from another system makes drafts: nothing is released by it, and it tells nobody who is known here."""

import re
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination.models import CareEvent, CareEventDelivery, CareNetwork
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.coordination.ground import CPR, named, opened
from tests.world import World

WARD = "psychiatry.frontline"
STRANGER, CLOSED = "6112701234", "6111601234"
NOBODY = "Der er ingen borger her, som I kan give besked om."
# Two days ago, as people write it, and the day after as programs do.
DAY = (timezone.localdate() - timedelta(days=2)).strftime("%d.%m.%Y")
NEXT = (timezone.localdate() - timedelta(days=1)).isoformat()
HEADINGS = "cpr;reference;hændelse;tidspunkt;enhed"


@pytest.fixture
def let_in(world: World, network: CareNetwork, lets_in: Callable[..., object]) -> CareNetwork:
    """The ward may know of events; another citizen's network stands beside it, and lets nobody in."""
    with acting(world.seats["social.member"].token) as actor:
        lets_in(actor, network, "psychiatry", True, "coordinator", "events")
        lets_in(actor, network, "police", False, "events")
        named(actor, network)
        opened(actor, cpr=CLOSED, name="Lukket Prøvesen")
    return network


def sends(browser: Client, content: str | bytes, name: str = "haendelser.csv", status: int = 200) -> str:
    """Upload a file; the page that comes back."""
    body = content.encode() if isinstance(content, str) else content
    answer = browser.post(
        reverse("coordination:event_file"), {"file": SimpleUploadedFile(name, body, content_type="text/csv")}
    )
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def drafts(world: World, seat: str = WARD) -> list[CareEvent]:
    """What a seat finds."""
    with acting(world.seats[seat].token):
        return list(CareEvent.objects.order_by("happened_at"))


def test_good_rows_become_drafts_and_nobody_is_told(world: World, let_in: CareNetwork) -> None:
    nurse = sit(world, WARD)
    assert "Hændelser fra en fil" in nurse.get(reverse("coordination:home")).content.decode()
    page = sends(
        nurse,
        f"{HEADINGS}\n{CPR};;Indlagt;{DAY} 02:10;Afsnit H3\n;{let_in.pk};udskrevet;{NEXT} kl. 14.30;\n",
    )
    assert "2 kladder. Ingen har fået besked." in page
    assert "kom ikke med" not in page
    made = drafts(world)
    assert [one.kind for one in made] == ["admission", "discharge"]
    assert timezone.localtime(made[0].happened_at).strftime("%d.%m %H:%M") == f"{DAY[:5]} 02:10"
    assert all(one.released_at is None and one.unit_id for one in made)
    for seat in ("social.member", "police.member", "psychiatry.member"):
        assert drafts(world, seat) == [], seat
    with acting(world.seats[WARD].token):
        assert not CareEventDelivery.objects.exists()


def test_whoever_is_unknown_or_has_let_in_others_gets_the_same_words(world: World, let_in: CareNetwork) -> None:
    page = sends(
        sit(world, WARD),
        f"{HEADINGS}\n{STRANGER};;Indlagt;{DAY} 02:10;\n{CLOSED};;Indlagt;{DAY} 02:10;\n"
        f";{world.partnership};Indlagt;{DAY} 02:10;\n",
    )
    assert page.count(NOBODY) == 3
    for line in (2, 3, 4):
        assert f"Linje {line}: {NOBODY}" in page
    assert "0 kladder" in page
    assert drafts(world) == []


def test_a_place_that_is_let_in_for_something_else_gets_those_words_too(
    world: World, network: CareNetwork, lets_in: Callable[..., object]
) -> None:
    with acting(world.seats["social.frontline"].token) as actor:
        lets_in(actor, network, "psychiatry", True, "coordinator")
    assert NOBODY in sends(sit(world, WARD), f"{HEADINGS}\n{CPR};;Indlagt;{DAY} 02:10;\n")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"{CPR};;Fest;{DAY} 02:10;", "Vi kender ikke hændelsen"),
        (f"{CPR};;Indlagt;i går;", "Skriv tidspunktet som"),
        (f"{CPR};;Indlagt;31.2.2026 10:00;", "Skriv tidspunktet som"),
        (f"{CPR};;Udeblevet;1.1.2199 10:00;", "Det kan ikke være sket i fremtiden."),
        (f"{CPR};;Indlagt;{DAY} 02:10;Afsnit H4", "Rækken er en anden enheds."),
        (f"12;;Indlagt;{DAY} 02:10;", "Det er ikke et CPR-nummer"),
        (f";12;Indlagt;{DAY} 02:10;", "Det er ikke en reference"),
        (f";;Indlagt;{DAY} 02:10;", "Skriv enten CPR-nummer eller reference."),
        (f"=cmd|'/c calc'!A0;;Indlagt;{DAY} 02:10;", "Det er ikke et CPR-nummer"),
        (f"{CPR};;=1+1;{DAY} 02:10;", "Vi kender ikke hændelsen"),
    ],
)
def test_a_bad_row_is_listed_with_its_line_and_says_nothing_of_what_stood_there(
    world: World, let_in: CareNetwork, row: str, why: str
) -> None:
    page = sends(sit(world, WARD), f"{HEADINGS}\n{row}\n{CPR};;Indlagt;{DAY} 9.00;\n")
    assert "Linje 2: " in page
    assert why in page
    assert "1 kladde." in page
    assert "calc" not in page
    assert len(drafts(world)) == 1


def test_the_same_file_twice_makes_no_second_draft(world: World, let_in: CareNetwork) -> None:
    nurse, content = sit(world, WARD), f"{HEADINGS}\n{CPR};;Indlagt;{DAY} 02:10;\n"
    sends(nurse, content)
    assert "Det har I allerede skrevet." in sends(nurse, content)
    assert len(drafts(world)) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_it_is_read_as_other_programs_write_it(world: World, let_in: CareNetwork, encoding: str, mark: str) -> None:
    text = f"{HEADINGS}\r\n{CPR};;På udgang;{DAY} 02:10;\r\n".replace(";", mark)
    assert "1 kladde." in sends(sit(world, WARD), text.encode(encoding))
    assert drafts(world)[0].kind == "leave"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "Filen er tom."),
        ("\n\n", "Der er ingen rækker"),
        (HEADINGS, "Der er ingen rækker"),
        (f"{CPR};;Indlagt;{DAY} 02:10;\n", "overskrifter, som vi ikke kender"),
        (f"cpr;hændelse\n{CPR};Indlagt\n", "Disse overskrifter mangler: tidspunkt"),
        (b"PK\x03\x04\x00\x00", "Filen er ikke en CSV-fil"),
        (f"{HEADINGS}\n".encode() + b"\x81\x8d\x8f\n", "Filen er ikke en CSV-fil"),
        (f"{HEADINGS}\n{CPR};;Indlagt;{DAY} 02:10;\n".encode("utf-16"), "Filen er ikke en CSV-fil"),
        (HEADINGS + "\n" + f"{CPR};;Indlagt;1.1.2026 1;\n" * 201, "for mange rækker"),
        (HEADINGS + "\n" + f"{CPR};;Indlagt;1.1.2026 01:00;\n" * 10_000, "for stor"),
        (HEADINGS + "\n" + "x" * 150_000, "CPR"),
    ],
)
def test_a_file_that_is_none_is_answered_beside_the_field(
    world: World, let_in: CareNetwork, content: str | bytes, why: str
) -> None:
    nurse = sit(world, WARD)
    body = content.encode() if isinstance(content, str) else content
    answer = nurse.post(reverse("coordination:event_file"), {"file": SimpleUploadedFile("x.csv", body)})
    said = answer.content.decode()
    assert answer.status_code in {200, 400}
    assert why in said
    assert CPR not in said
    assert drafts(world) == []


def test_no_file_and_a_giant_are_answered_alike(world: World, let_in: CareNetwork) -> None:
    nurse = sit(world, WARD)
    assert "Vælg en CSV-fil" in nurse.post(reverse("coordination:event_file")).content.decode()
    giant = SimpleUploadedFile("x.csv", b"x" * 3_000_000)
    answer = nurse.post(reverse("coordination:event_file"), {"file": giant})
    assert answer.status_code in {400, 413}


def test_the_number_is_nowhere_afterwards(
    world: World, let_in: CareNetwork, owner_connection: psycopg.Connection
) -> None:
    page = sends(sit(world, WARD), f"{HEADINGS}\n{STRANGER};;Indlagt;{DAY} 02:10;\n{CPR};;Flyttet;{DAY} 9;\n")
    assert not re.search(f"{STRANGER}|{CPR}", page)
    for table in ("coordination_careevent", "audit_logrow"):
        found = owner_connection.execute(
            f"select count(*) from {table} t where t::text like any(array[%s, %s])", [f"%{STRANGER}%", f"%{CPR}%"]
        ).fetchone()
        assert found == (0,), table


def test_whoever_works_with_nobody_has_no_such_page(world: World) -> None:
    assert sit(world, "psychiatry.admin").get(reverse("coordination:event_file")).status_code == 404


def test_a_day_ahead_is_a_plan_as_when_typed(world: World, let_in: CareNetwork) -> None:
    ahead = timezone.localtime() + timedelta(days=5)
    sends(sit(world, WARD), f"{HEADINGS}\n{CPR};;Udskrevet;{ahead:%d.%m.%Y %H:%M};\n")
    assert drafts(world)[0].is_ahead

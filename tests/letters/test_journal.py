"""Samsvar is nobody's journal: each authority takes its own note with it, and nothing is written twice."""

import psycopg
import pytest
from django.urls import reverse

from samsvar.audit.models import LogRow
from samsvar.letters.models import JournalMark
from samsvar.letters.selectors.journal import journal_note
from samsvar.postgres.actor import acting
from tests.cases.table import Screen, raised
from tests.clients import sit
from tests.letters.desk import TOLD, Writer, told_case
from tests.world import World


def marking(world: World, seat: str, case: object, number: str = "ESDH-2026-17") -> dict[str, object]:
    """What the form sends as the page wrote it."""
    with acting(world.seats[seat].token) as actor:
        until = journal_note(actor, case).until  # type: ignore[arg-type]
    assert until is not None
    return {"number": number, "theme": "Videregivelser", "until": until.isoformat()}


@pytest.mark.req("R-000-132", "R-000-157")
def test_each_authority_takes_its_own_note_along_and_nothing_of_the_others(world: World) -> None:
    case = told_case(world)
    sender, receiver, third = (
        Writer(world, f"{kind}.member").text("journal", case.pk) for kind in ("psychiatry", "social", "police")
    )
    assert "Vi videregav til Prøveby Kommune: helbred og behandling." in sender
    assert f"Vi fik fra Psykiatrien i Prøveby: helbred og behandling. »{TOLD}«" in receiver
    assert TOLD not in third
    for page in (sender, receiver, third):
        assert case.reference in page
        assert "Sagen blev rejst" in page
        assert "Retsplejelovens § 115" in page


@pytest.mark.req("R-000-132", "R-000-133")
def test_the_note_comes_as_a_file_and_is_marked_under_the_own_number(world: World) -> None:
    case = told_case(world)
    writer = Writer(world, "social.member")
    file = writer.get("journal_text", case.pk)
    assert file["Content-Type"].startswith("text/plain")
    assert file["Content-Disposition"] == 'attachment; filename="journalnotat.txt"'
    assert TOLD in file.content.decode()
    sent = marking(world, "social.member", case)
    assert writer.post("journal", case.pk, **sent).status_code == 302
    page = writer.text("journal", case.pk)
    assert "Jeres journal har det hele" in page
    assert "ESDH-2026-17" in page
    assert TOLD not in page
    again = writer.post("journal", case.pk, **sent)
    assert again.status_code == 200
    with acting(world.seats["social.member"].token):
        assert JournalMark.objects.count() == 1
    with acting(world.seats["social.dpo"].token):
        assert {"export", "create"} <= set(
            LogRow.objects.filter(subject_kind="journal_note").values_list("act", flat=True)
        )


def test_what_comes_after_a_mark_is_the_next_note_and_keeps_the_number(world: World) -> None:
    case = told_case(world)
    writer = Writer(world, "social.member")
    writer.post("journal", case.pk, **marking(world, "social.member", case))
    Screen(world, "police.member").post(
        "follow_up",
        case.pk,
        what_happened="Han er kommet hjem",
        still_necessary="yes",
        criteria_met="yes",
        next_step="Ring til ham",
    )
    page = writer.text("journal", case.pk)
    assert "Fulgt op" in page
    assert "Sagen blev rejst" not in page
    assert 'value="ESDH-2026-17"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"theme": ""},
        {"until": ""},
        {"until": "x"},
        {"until": "2999-01-01T00:00:00+00:00"},
        {"until": "2026-01-01T00:00:00"},
    ],
)
def test_a_mark_without_number_theme_or_moment_is_refused(world: World, wrong: dict[str, str]) -> None:
    case = raised(world)
    sent = marking(world, "social.member", case) | wrong
    assert Writer(world, "social.member").post("journal", case.pk, **sent).status_code == 200
    with acting(world.seats["social.member"].token):
        assert not JournalMark.objects.exists()


def test_the_list_shows_what_waits_the_oldest_first(world: World, owner_connection: psycopg.Connection) -> None:
    old, new = raised(world), raised(world, name="Bodil Prøvesen", cpr="")
    owner_connection.execute("update cases_case set raised_at = now() - interval '40 days' where id = %s", [old.pk])
    owner_connection.commit()
    writer = Writer(world, "social.member")
    page = writer.text("waiting")
    assert page.index(old.reference) < page.index(new.reference)
    assert "40 dage" in page
    assert "Prøvesen" not in page.split("<main")[1]
    writer.post("journal", old.pk, **marking(world, "social.member", old))
    page = writer.text("waiting")
    assert old.reference not in page
    assert new.reference in page
    assert old.reference in Writer(world, "police.member").text("waiting")
    assert reverse("letters:waiting") in sit(world, "social.member").get(reverse("web:desk")).content.decode()


def test_marked_pieces_do_not_travel_into_a_journal_by_themselves(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = told_case(world)
    owner_connection.execute("update sharing_contribution set third_party = true")
    owner_connection.commit()
    page = Writer(world, "social.member").text("journal", case.pk)
    assert TOLD not in page
    assert "mærket, teksten følger ikke med" in page


def test_a_case_of_others_has_no_note(world: World) -> None:
    case = raised(world, parties=("social",))
    writer = Writer(world, "psychiatry.member")
    assert writer.get("journal", case.pk).status_code == 404
    assert writer.get("journal_text", case.pk).status_code == 404
    assert case.reference not in writer.text("waiting")

"""Bilag 11: exactly its six columns, for the parties, on paper for the secretariat alone, and each person logged."""

import io

import psycopg
import pytest
from django.urls import reverse
from pypdf import PdfReader

from samsvar.audit.models import LogRow
from samsvar.postgres.actor import acting
from tests.cases.table import Screen, asking
from tests.clients import sit
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import SINCE, World

COLUMNS = [
    "Navn / Alder / Køn / Status",
    "Dato / Hvem har rejst problemet",
    "Nærmere beskrivelse af problemstilling",
    "Eventuelle tidligere indsatser",
    "Hvem-gør-hvad-aftaler og opfølgning samt ansvarlige, herunder gerne dato",
    "Fremhæves specielle problemer",
]


def make_secretariat(owner: psycopg.Connection, world: World, seat: str) -> None:
    """Let this seat be the secretariat of the world's group."""
    owner.execute(
        "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
        " values (gen_random_uuid(), %s, %s, 'secretariat', %s, '')",
        [world.group, world.seats[seat].post, SINCE],
    )
    owner.commit()


@pytest.mark.req("R-000-129")
def test_the_form_has_exactly_its_columns_and_the_cases_facts(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    agreed = {
        "authority": world.authorities["police"],
        "what": "Kører forbi",
        "if_it_slips": "Ringer",
        "due_on": asking(3),
    }
    assert Screen(world, "police.member").post("agree", case.pk, **agreed, supports="on").status_code == 302
    page = sit(world, "social.member").get(reverse("meetings:sheet", args=[meeting.pk]))
    assert [str(column) for column in page.context["columns"]] == COLUMNS
    text = page.content.decode()
    for said in ("Aage Prøvesen", "Sover ude i frost", "Prøvekredsens Politi", "Kører forbi", "Vi kan ikke mere"):
        assert said in text
    body = text.split("<main")[1]
    assert "6111801234" not in body
    assert "invisible" not in body
    assert "Usynlig" not in body


@pytest.mark.req("R-000-129")
def test_the_paper_is_the_secretariats_alone_and_each_person_is_logged(
    world: World, owner_connection: psycopg.Connection
) -> None:
    first, second, meeting = raise_one(world), raise_one(world, to=("psychiatry",)), plan_one(world)
    address = reverse("meetings:sheet_paper", args=[meeting.pk])
    make_secretariat(owner_connection, world, "social.member")
    for seat in ("police.member", "psychiatry.member", "social.screener", "social.admin", "outside.member"):
        assert sit(world, seat).get(address).status_code == 404, seat
    answer = sit(world, "social.member").get(address)
    pages = PdfReader(io.BytesIO(answer.content)).pages
    words = " ".join("\n".join(page.extract_text() for page in pages).split())
    assert pages[0].mediabox.width > pages[0].mediabox.height
    for said in ("Aage Prøvesen", "Fremhæves specielle problemer", "Fortroligt"):
        assert said in words
    assert "Prøvesen" not in answer["Content-Disposition"]
    with acting(world.seats["social.dpo"].token):
        printed = LogRow.objects.filter(act="print", subject_kind="case_sheet")
        assert [row.case_id for row in printed] == [first.pk]
    assert second.reference not in words


def test_a_party_sees_the_rows_of_its_own_cases_only(world: World) -> None:
    raise_one(world, to=("social",))
    meeting = plan_one(world)
    page = sit(world, "psychiatry.member").get(reverse("meetings:sheet", args=[meeting.pk])).content.decode()
    assert "Prøvesen" not in page
    assert "Ingen sager." in page
    assert sit(world, "outside.member").get(reverse("meetings:sheet", args=[meeting.pk])).status_code == 404

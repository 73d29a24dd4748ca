"""A unit's page: who writes it, who reads it, how long it is trusted, and sheets in and out."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.directory import services, sheet
from samsvar.directory.cards import cards, cards_of
from samsvar.directory.forms.entries import EntryForm
from samsvar.directory.kinds import UnitKind
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.selectors import entries as selectors
from samsvar.directory.services import DirectoryError
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.directory.places import PAGE, with_pack, written
from tests.world import World


def page(client: Client, name: str, /, *args: object, status: int = 200, **query: str) -> str:
    """What stands on a page of the directory."""
    answer = client.get(reverse(f"directory:{name}", args=args), query)
    assert answer.status_code == status, answer.content
    return unescape(answer.content.decode())


def sent(client: Client, name: str, /, *args: object, status: int = 302, **data: object) -> str:
    """What comes back when a form is sent."""
    answer = client.post(reverse(f"directory:{name}", args=args), data)
    assert answer.status_code == status, answer.content
    return unescape(answer.content.decode())


def pages(world: World, seat: str = "police.frontline") -> dict[str, DirectoryEntry]:
    """All pages as somebody reads them, by name."""
    with acting(world.seats[seat].token) as actor:
        return {one.name: one for one in selectors.entries(actor, world.partnership)}


@pytest.mark.req("R-002-1", "R-002-2")
def test_an_administrator_writes_a_page_and_everybody_who_cooperates_reads_it(world: World) -> None:
    admin = sit(world, "social.admin")
    sent(
        admin,
        "entry_new",
        **PAGE,
        ways_in="Ring.\nKom forbi.",
        phone="00 00 12 12",
        known_as="ravnene,  natteravn",
        staff="Anna Holm; vagtleder; 00 00 12 13",
        procedure="https://eksempel.dk/ravne",
        legal="Foreningens vedtægter",
        age_from="18",
    )
    (made,) = pages(world).values()
    assert (made.known_as, made.doors, made.version) == ("ravnene, natteravn", ["Ring.", "Kom forbi."], 1)
    assert made.staff == [{"name": "Anna Holm", "function": "vagtleder", "phone": "00 00 12 13"}]
    assert made.confirmed_on == timezone.localdate()
    for seat in ("police.frontline", "psychiatry.dpo", "social.screener"):
        read = page(sit(world, seat), "entry", made.pk)
        assert 'Anna Holm, <span lang="da">vagtleder</span> · 00 00 12 13' in read
        assert "fra 18 år" in read
        assert "Prøveby Kommune" in read
        assert "Ret siden" not in read
    assert page(sit(world, "outside.member"), "entry", made.pk, status=404)


def test_only_the_keepers_administrator_writes(world: World) -> None:
    made = written(world)
    for seat in ("police.admin", "social.member", "social.dpo", "social.frontline"):
        client = sit(world, seat)
        for name in ("entry_edit", "entry_confirm", "entry_close"):
            assert client.post(reverse(f"directory:{name}", args=[made.pk]), PAGE).status_code == 403
        with acting(world.seats[seat].token) as actor, pytest.raises(DirectoryError):
            services.keep(actor, world.partnership, made, name="Taget over")
        with acting(world.seats[seat].token), transaction.atomic():
            assert DirectoryEntry.objects.filter(pk=made.pk).update(name="Taget over") == 0
    for name in ("entry_new", "sheet", "pack"):
        assert sit(world, "social.member").get(reverse(f"directory:{name}")).status_code == 403
    assert list(pages(world)) == ["Natteravnene"]


def test_a_page_stays_its_keepers_and_is_answered_for_by_whoever_writes(world: World) -> None:
    made = written(world)
    with acting(world.seats["social.admin"].token):
        for column, value in (("authority_id", world.authorities["police"]), ("partnership_id", uuid4())):
            with pytest.raises(DatabaseError), transaction.atomic():
                DirectoryEntry.objects.filter(pk=made.pk).update(**{column: value})
        with pytest.raises(DatabaseError), transaction.atomic():
            DirectoryEntry.objects.filter(pk=made.pk).update(confirmed_by_id=world.seats["police.admin"].person)


def test_two_who_write_at_once_lose_nothing(world: World) -> None:
    made = written(world)
    first, second = sit(world, "social.admin"), sit(world, "social.admin")
    sent(first, "entry_edit", made.pk, **{**PAGE, "purpose": "Først", "version": "1"})
    told = sent(second, "entry_edit", made.pk, status=409, **{**PAGE, "purpose": "Sidst", "version": "1"})
    assert "En anden har rettet siden imens" in told
    assert "Sidst" in told
    assert 'name="version" value="2"' in told
    sent(second, "entry_edit", made.pk, **{**PAGE, "purpose": "Sidst", "version": "2"})
    assert pages(world)["Natteravnene"].purpose == "Sidst"


def test_a_page_that_nobody_has_looked_at_for_half_a_year_is_shown_as_old(
    world: World, owner_connection: psycopg.Connection
) -> None:
    made = written(world)
    assert "Ring, før du regner med det" not in page(sit(world, "police.frontline"), "entry", made.pk)
    owner_connection.execute(
        "update directory_directoryentry set confirmed_on = %s", [timezone.localdate() - timedelta(days=183)]
    )
    owner_connection.commit()
    assert "mere end et halvt år siden" in page(sit(world, "police.frontline"), "entry", made.pk)
    admin = sit(world, "social.admin")
    assert "Jeres sider, der skal ses efter" in page(admin, "units")
    assert "Jeres sider, der skal ses efter" not in page(sit(world, "police.admin"), "units")
    sent(admin, "entry_confirm", made.pk)
    assert "Ring, før du regner med det" not in page(admin, "entry", made.pk)
    assert "Jeres sider, der skal ses efter" not in page(admin, "units")


def test_a_unit_lends_its_phone_hours_and_inbox(world: World, owner_connection: psycopg.Connection) -> None:
    unit, foreign = uuid4(), uuid4()
    for key, owner in ((unit, "social"), (foreign, "police")):
        owner_connection.execute(
            "insert into partnerships_unit (id, authority_id, name, phone, hours, inbox)"
            " values (%s, %s, 'Bostøtten', '00 00 77 77', 'hverdage 9-12', 'bo@eksempel.dk')",
            [key, world.authorities[owner]],
        )
    owner_connection.commit()
    admin = sit(world, "social.admin")
    refused = sent(admin, "entry_new", status=400, **PAGE, unit=foreign)
    assert "Vælg en af mulighederne." in refused
    sent(admin, "entry_new", **PAGE, unit=unit)
    (made,) = pages(world).values()
    read = page(sit(world, "police.frontline"), "entry", made.pk)
    for word in ("00 00 77 77", "hverdage 9-12", "bo@eksempel.dk"):
        assert word in read
    with acting(world.seats["social.admin"].token), pytest.raises(DatabaseError), transaction.atomic():
        DirectoryEntry.objects.filter(pk=made.pk).update(unit_id=foreign)


@pytest.mark.req("R-002-9")
@pytest.mark.parametrize("field", ["kind", "name"])
@pytest.mark.parametrize("word", ["SKP", "skp.", "Støttekontaktperson"])
def test_skp_alone_is_no_kind(world: World, field: str, word: str) -> None:
    told = sent(sit(world, "social.admin"), "entry_new", status=400, **{**PAGE, field: word})
    assert "§ 85, § 99 eller mentor" in told
    assert pages(world) == {}


@pytest.mark.req("R-002-9")
def test_no_unit_is_of_a_kind_that_is_none(world: World) -> None:
    with acting(world.seats["social.admin"].token) as actor:
        for kind in ("skp", "citizen", ""):
            with pytest.raises(DirectoryError):
                services.keep(actor, world.partnership, **{**PAGE, "kind": kind})
            with pytest.raises(IntegrityError), transaction.atomic():
                DirectoryEntry.objects.create(
                    **{**PAGE, "kind": kind}, partnership_id=world.partnership, authority_id=actor.authority_id
                )


@pytest.mark.req("R-002-10")
def test_look_alikes_are_told_apart_in_every_list(world: World) -> None:
    with_pack(world)
    listed = " ".join(page(sit(world, "police.frontline"), "units").split())
    assert 'Børn og Unge</a> <span class="unit-quiet">Børn og Unge (kommunens myndighed)' in listed
    assert "børne- og ungdomspsykiatri (regionens klinik, »B&U«)" in listed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Skriv det, der mangler her."),
        ({"procedure": "javascript:alert(1)"}, "begynder med https://"),
        ({"staff": "Anna uden funktion"}, "Denne linje kan ikke læses"),
        ({"staff": "\n".join("Anna; vagt" for _ in range(21))}, "Der er plads til 20"),
        ({"age_from": "30", "age_to": "18"}, "højeste alder"),
        ({"age_from": "mange"}, "tal"),
        ({"inbox": "ikke en adresse"}, "e-mailadresse"),
        ({"phone": "ring bare"}, "Skriv nummeret med tal"),
        ({"purpose": "Spørg efter 611180-1234"}, "CPR-nummer"),
        ({"purpose": "x" * 801}, "for lang"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_lost(world: World, wrong: dict[str, str], said: str) -> None:
    told = sent(sit(world, "social.admin"), "entry_new", status=400, **{**PAGE, "hours": "hver fredag", **wrong})
    assert said in told
    assert "hver fredag" in told
    assert pages(world) == {}


def test_a_name_stands_once_until_its_page_is_closed(world: World) -> None:
    made = written(world)
    assert "allerede en side" in sent(sit(world, "police.admin"), "entry_new", status=400, **PAGE)
    sent(sit(world, "social.admin"), "entry_close", made.pk)
    assert "Taget ud af vejviseren" in page(sit(world, "police.frontline"), "entry", made.pk)
    sent(sit(world, "police.admin"), "entry_new", **PAGE)
    assert page(sit(world, "social.admin"), "entry_edit", made.pk, status=404)


# Sheets --------------------------------------------------------------------------------------------------------------


@pytest.mark.req("R-002-1")
def test_a_partnership_begins_with_vordingborgs_eleven_units(world: World) -> None:
    admin = sit(world, "social.admin")
    assert "december 2014" in page(admin, "pack")
    sent(admin, "pack")
    found = pages(world)
    assert len(found) == 11
    assert all("2014; ikke efterprøvet" in one.source for one in found.values())
    assert all(one.is_stale and not one.call and not one.staff for one in found.values())
    assert {one.sector for one in found.values()} == {"municipality", "region", "practice"}
    assert found["Værestedet Oasen"].open_door
    assert not found["Distriktspsykiatrien"].open_door
    assert "ikke efterprøvet" in page(sit(world, "police.frontline"), "entry", found["Jobcenteret"].pk)


def test_an_authority_takes_its_own_sectors_units_and_finds_the_others_taken(world: World) -> None:
    sent(sit(world, "psychiatry.admin"), "pack", sector="region")
    assert len(pages(world)) == 4
    told = sent(sit(world, "social.admin"), "pack", status=200)
    assert "Taget ind: 7 nye sider og 0 rettede." in told
    assert told.count("Siden holdes ved lige af Psykiatrien i Prøveby.") == 4
    assert len(pages(world)) == 11


def test_what_goes_out_comes_in_again_as_it_was(world: World) -> None:
    with_pack(world)
    written(world, staff=[{"name": "Anna Holm", "function": "vagt", "phone": "00 00 12 13"}], hours="=1+1")
    before = {name: _told(one) for name, one in pages(world).items()}
    out = sit(world, "police.frontline").get(reverse("directory:units_csv"))
    assert out["Content-Disposition"] == 'attachment; filename="vejviser.csv"'
    text = out.content.decode()
    assert "'=1+1" in text, "no spreadsheet works a cell out"
    told = sent(sit(world, "police.admin"), "sheet", status=200, sheet=text)
    assert told.count("Siden holdes ved lige af Prøveby Kommune.") == 12
    sent(sit(world, "social.admin"), "sheet", sheet=text)
    assert {name: _told(one) for name, one in pages(world).items()} == before


def _told(entry: DirectoryEntry) -> dict[str, object]:
    return {field: getattr(entry, field) for field in sheet.COLUMNS}


def test_refused_rows_are_listed_with_their_reasons_and_the_rest_comes_in(world: World) -> None:
    rows = [
        "navn;slags;sektor;hvad vi gør;telefon",
        "Kløverhuset;værested;kommune;Kaffe og samtale;00 00 10 10",
        "Bostøtte;SKP;kommune;Støtte;",
        ";værested;kommune;Uden navn;",
        "Rådgivning;noget andet;kommune;Råd;",
        "Kløverhuset;værested;kommune;Kaffe, samtale og kort;00 00 10 10",
    ]
    told = sent(sit(world, "social.admin"), "sheet", status=200, sheet="\n".join(rows))
    assert "Taget ind: 1 nye sider og 1 rettede." in told
    assert 'Række 3, <span lang="da">Bostøtte</span>: Hvad er det?: »SKP« bruges om flere slags støtte.' in told
    assert "Række 4" in told
    assert "Række 5" in told
    assert "Kaffe, samtale og kort" in told, "what was pasted stands there"
    assert pages(world)["Kløverhuset"].purpose == "Kaffe, samtale og kort"
    assert list(pages(world)) == ["Kløverhuset"]


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_a_sheet_comes_from_a_spreadsheet_or_a_file(mark: str) -> None:
    text = mark.join(["Navn", "Slags", "Sektor", "Hvad vi gør", "Uden henvisning"]) + "\r\n"
    text += mark.join(["Kløverhuset", "drop-in centre", "municipality", '"Kaffe\nog kort"', "ja"])
    (row,) = sheet.read("\ufeff" + text)
    form = EntryForm(dict(row.values))
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["kind"], form.cleaned_data["open_door"]) == ("drop_in", True)
    assert form.cleaned_data["purpose"] == "Kaffe\nog kort"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("navn;slags;sektor;hvad vi gør", "Der er ingen rækker"),
        ("navn;slags;farve\nx;y;z", "kendes ikke: farve"),
        ("navn;slags\nx;y", "mangler: sektor, hvad vi gør"),
        ("", "Vælg en fil på højst 1 MB, eller sæt arket ind nedenfor."),
        ('navn;"slags\n\n', "mangler"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_said_so_and_kept(world: World, text: str, said: str) -> None:
    assert said in sent(sit(world, "social.admin"), "sheet", status=400, sheet=text)


# Law cards -----------------------------------------------------------------------------------------------------------


def test_a_page_says_what_its_law_lets_it_do_and_that_nobody_has_checked_it(world: World) -> None:
    with_pack(world)
    read = page(
        sit(world, "police.frontline"), "entry", pages(world)["Myndigheden i Afdeling for Psykiatri og Handicap"].pk
    )
    assert "Ikke efterprøvet mod loven i dag." in read
    assert read.index("Bevilge hjælp, støtte og træning") < read.index("Slå op i en anden afdelings sager")
    may, may_not = cards_of(UnitKind.JOBCENTRE)
    assert may
    assert may_not
    assert all(card.says("da") != card.says("en") and card.lines.startswith("L") for card in cards())

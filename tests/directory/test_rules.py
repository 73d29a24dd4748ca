"""The lawyers' chair: reading the table, changing it with a second person, and answering those in doubt."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.directory import services
from samsvar.directory.models import LawAnswer, LawChange, LawQuestion
from samsvar.directory.selectors import law as selectors
from samsvar.directory.services import DirectoryError
from samsvar.law.assess import Receiver
from samsvar.law.kinds import AuthorityKind, InformationType, Purpose
from samsvar.law.report import Way, report_rules
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import acting
from samsvar.sharing.models import SubjectKind
from samsvar.sharing.services import Subject, weigh
from samsvar.tasks.models import TaskKind
from tests.cases.table import tasks_at
from tests.clients import sit
from tests.world import SINCE, Seat, World

DRAFT = {
    "opens": "shut",
    "basis": "s115",
    "sender": "social",
    "receiver": "police",
    "why": "Kredsrådets aftale, § 4.",
    "since": "",
}


@pytest.fixture
def court(world: World, owner_connection: psycopg.Connection) -> World:
    """The small world with a lawyer at the police and at the municipality, and one in the neighbouring partnership."""
    for key in ("police", "social", "outside"):
        seat = world.seats[f"{key}.jurist"] = Seat(uuid4(), uuid4(), world.authorities[key])
        owner_connection.execute(
            "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
            " values (%s, %s, %s, '!', 'da', true, now())",
            [seat.person, f"jurist.{key}@eksempel.dk", f"Jurist {key.title()}"],
        )
        owner_connection.execute(
            "insert into partnerships_capacity (id, person_id, authority_id, function, roles, phone, hours, since,"
            " end_reason) values (%s, %s, %s, 'jurist', '{jurist}', '', '', %s, '')",
            [seat.post, seat.person, seat.authority, SINCE],
        )
        owner_connection.execute(
            "select actor_open(%s, %s, %s, now() + interval '1 day')", [seat.token, seat.person, seat.post]
        )
    owner_connection.commit()
    return world


def page(client: Client, name: str, *args: object, **query: str) -> str:
    """What stands on a page of the room."""
    answer = client.get(reverse(f"directory:{name}", args=args), query)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def drafted(world: World, seat: str = "police.jurist", **more: object) -> LawChange:
    """A draft of one lawyer: the basis of § 115 shut from social services to police."""
    with acting(world.seats[seat].token) as actor:
        what = {"basis": "s115", "opens": False, "sender": "social", "receiver": "police", **more}
        return services.draft(actor, world.partnership, since=timezone.localdate(), why="Aftalen", **what)


def approved(world: World, change: LawChange, seat: str = "social.jurist") -> None:
    """Another lawyer approves it."""
    with acting(world.seats[seat].token) as actor:
        services.approve(actor, selectors.change_of(actor, change.pk))


def answered(world: World, to: str = "police") -> tuple[str, str]:
    """Outcome and pack of what social services would be told when they want to tell somebody about a citizen."""
    with acting(world.seats["social.member"].token) as actor:
        found = weigh(
            actor,
            Subject(SubjectKind.CONTRIBUTION, uuid4(), world.partnership),
            [Authority.objects.get(pk=world.authorities[to])],
            information_type=InformationType.SOCIAL,
            purpose=Purpose.HELP,
            necessity="Det er nødvendigt.",
        )
        return found.outcome.value, found.pack


@pytest.mark.req("R-000-105")
def test_a_draft_counts_once_a_second_lawyer_approves_it_and_stops_when_it_ends(court: World) -> None:
    assert answered(court) == ("may", "dk-2026 2026.1")
    change = drafted(court)
    assert answered(court)[0] == "may"
    approved(court, change)
    assert answered(court) == ("needs", "dk-2026 2026.1+1")
    assert answered(court, "psychiatry")[0] == "may"
    with acting(court.seats["police.jurist"].token) as actor:
        services.end(actor, selectors.change_of(actor, change.pk))
    assert answered(court) == ("may", "dk-2026 2026.1")


@pytest.mark.req("R-000-105")
def test_nobody_approves_the_own_draft_and_no_other_role_drafts(court: World) -> None:
    change = drafted(court)
    with acting(court.seats["police.jurist"].token) as actor, pytest.raises(DirectoryError, match="En anden"):
        services.approve(actor, selectors.change_of(actor, change.pk))
    for seat in ("police.member", "police.admin", "police.dpo"):
        with acting(court.seats[seat].token) as actor, pytest.raises(DirectoryError, match="jurist"):
            services.approve(actor, selectors.change_of(actor, change.pk))
        assert sit(court, seat).get(reverse("directory:rows_change")).status_code == 403
        assert sit(court, seat).post(reverse("directory:approve", args=[change.pk])).status_code == 403
    assert answered(court)[0] == "may"


@pytest.mark.parametrize(
    ("seat", "sql"),
    [
        ("police.jurist", "update directory_lawchange set approved_by_id = actor_person(), approved_at = now()"),
        # In another's name.
        ("police.jurist", "update directory_lawchange set approved_by_id = '{other}', approved_at = now()"),
        ("social.jurist", "update directory_lawchange set approved_by_id = actor_person(), approved_at = '2020-01-01'"),
        ("social.jurist", "update directory_lawchange set approved_by_id = actor_person()"),
        ("social.jurist", "update directory_lawchange set until = '2099-01-01'"),
        ("social.jurist", "update directory_lawchange set opens = true"),
        ("social.jurist", "delete from directory_lawchange"),
        ("outside.jurist", "delete from directory_lawchange"),
    ],
)
def test_the_database_itself_keeps_the_second_person(court: World, seat: str, sql: str) -> None:
    drafted(court)
    sql = sql.replace("{other}", str(court.seats["social.jurist"].person))
    with acting(court.seats[seat].token), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize("seat", ["police.member", "police.dpo", "outside.jurist"])
def test_the_database_lets_only_the_partnerships_lawyers_write(court: World, seat: str) -> None:
    drafted(court)
    with acting(court.seats[seat].token) as actor:
        assert LawChange.objects.update(until=None) == 0
        row = LawChange(partnership_id=court.partnership, number=9, rule="L12", switch=False, why="x", since=SINCE)
        row.created_by_id = actor.person_id
        with pytest.raises(DatabaseError), transaction.atomic():
            LawChange.objects.bulk_create([row])


def test_a_neighbours_lawyer_neither_sees_nor_changes_our_rules(court: World) -> None:
    change = drafted(court)
    neighbour = sit(court, "outside.jurist")
    assert neighbour.get(reverse("directory:change", args=[change.pk])).status_code == 404
    assert neighbour.post(reverse("directory:approve", args=[change.pk])).status_code == 404
    approved(court, change)
    with acting(court.seats["outside.member"].token) as actor:
        own = actor.partnership_ids[0]
        assert selectors.pack_in_force(actor, own, timezone.localdate()).version == "2026.1"


def test_a_change_does_not_reach_back(court: World, owner_connection: psycopg.Connection) -> None:
    with acting(court.seats["police.jurist"].token) as actor, pytest.raises(DirectoryError, match="gået"):
        services.draft(
            actor,
            court.partnership,
            since=timezone.localdate() - timedelta(days=1),
            why="x",
            basis="s115",
            opens=False,
        )
    change = drafted(court)
    # A draft that lay a week: it counts from the day it was approved.
    owner_connection.execute("update directory_lawchange set since = since - 7")
    owner_connection.commit()
    approved(court, change)
    with acting(court.seats["police.jurist"].token) as actor:
        found = selectors.change_of(actor, change.pk)
        assert found.begins == timezone.localdate()
        assert not found.counts(timezone.localdate() - timedelta(days=1))


@pytest.mark.req("R-000-102", "R-000-105")
def test_a_lawyer_turns_a_rule_off_but_not_one_that_carries_the_others(court: World) -> None:
    off = drafted(court, basis="", opens=None, sender="", receiver="", rule="L12", switch=False)
    approved(court, off)
    with acting(court.seats["police.member"].token) as actor:
        pack = selectors.pack_in_force(actor, court.partnership, timezone.localdate())
        assert not pack.applies("L12", timezone.localdate())
    with pytest.raises(DirectoryError, match="bærer"):
        drafted(court, basis="", opens=None, sender="", receiver="", rule="L5", switch=False)


@pytest.mark.req(*(one.id for one in report_rules() if one.way is Way.SHOWS))
def test_a_rule_that_only_a_person_can_follow_is_read_in_both_languages(court: World) -> None:
    for language in ("da", "en"):
        client = sit(court, "police.jurist", language)
        shown, rules = (unescape(page(client, name)) for name in ("report", "rule_list"))
        for one in report_rules():
            assert one.id in shown
            assert one.text(language) in shown
            assert not one.rule or f"{one.rule}<" in rules or f"{one.rule} " in rules, one.rule


@pytest.mark.req("R-000-105")
def test_a_lawyer_reads_filters_drafts_and_a_second_one_approves_in_the_browser(court: World) -> None:
    first, second = sit(court, "police.jurist"), sit(court, "social.jurist")
    table = page(first, "rules", sender="psychiatry")
    assert "når: frigivet" in table
    assert "Ikke godkendt" in table
    assert "Kun det nødvendige" in page(first, "rule_list")
    assert "LR-000-89" in page(first, "report")
    row = {"sender": "social", "receiver": "police", "basis": "plan"}
    assert "kan ikke bruges" in page(first, "row", **row)
    sent = first.post(
        reverse("directory:rows_change"),
        {**DRAFT, **row, "opens": "open", "since": timezone.localdate().isoformat()},
    )
    assert sent.status_code == 302, sent.content.decode()
    address = sent.headers["Location"]
    assert "Du kan ikke godkende din egen kladde." in first.get(address).content.decode()
    assert first.post(f"{address}godkend/", follow=True).content.decode().count("En anden end den") == 1
    assert "Godkendt." in second.post(f"{address}godkend/", follow=True).content.decode()
    assert "med i planen" in page(first, "row", **row)
    assert "Gælder nu" in first.get(address).content.decode()
    assert "ændring 1" in page(first, "rules", basis="plan")


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": ""},
        {"basis": "none"},
        {"opens": ""},
        {"why": "  "},
        {"since": "2020-01-01"},
        {"since": "31.2.2026"},
        {"sender": "x"},
        {"until": "2020-01-01"},
        {"why": "x\x00y"},
    ],
)
def test_a_draft_that_lacks_something_comes_back_with_what_was_typed(court: World, wrong: dict[str, str]) -> None:
    given = {**DRAFT, "since": timezone.localdate().isoformat(), **wrong}
    answer = sit(court, "police.jurist").post(reverse("directory:rows_change"), given)
    assert answer.status_code == 400
    assert "Kredsrådets aftale" in answer.content.decode() or "why" in wrong
    with acting(court.seats["police.jurist"].token):
        assert not LawChange.objects.exists()


@pytest.mark.parametrize(
    "query", [{"sender": "x"}, {"basis": "\x00"}, {"place": "not-an-id"}, {"purpose": "efterforskning"}]
)
def test_a_bad_filter_is_no_breakdown(court: World, query: dict[str, str]) -> None:
    client = sit(court, "police.member")
    for name in ("rules", "doubt"):
        assert client.get(reverse(f"directory:{name}"), query).status_code in (200, 400)
    assert client.get(reverse("directory:row"), query).status_code == 404


# --- Doubt -----------------------------------------------------------------------------------------------------------

ABOUT = {"sender": "police", "receiver": "practice", "basis": "overriding", "purpose": "acute"}


def asked(world: World, seat: str = "police.frontline", **more: str) -> str:
    """Somebody asks; the address of the question."""
    sent = sit(world, seat).post(
        f"{reverse('directory:doubt')}?{'&'.join(f'{k}={v}' for k, v in ABOUT.items())}",
        {"text": "Må vi ringe til lægen om en borger, der ikke spiser?", **more},
    )
    assert sent.status_code == 302, sent.content.decode()
    return sent.headers["Location"]


@pytest.mark.req("R-000-111")
def test_a_doubt_reaches_the_own_lawyer_and_the_answer_helps_the_next_one(court: World) -> None:
    address = asked(court)
    assert tasks_at(court, "police.jurist", TaskKind.ANSWER_LAW) == 1
    assert tasks_at(court, "social.jurist", TaskKind.ANSWER_LAW) == 0
    lawyer = sit(court, "police.jurist")
    assert "der ikke spiser" in lawyer.get(address).content.decode()
    lawyer.post(
        address, {"text": "Ja, når en leder har svaret på de fem spørgsmål.", "general": "Må vi ringe til lægen?"}
    )
    assert tasks_at(court, "police.jurist", TaskKind.ANSWER_LAW) == 0
    assert tasks_at(court, "police.frontline", TaskKind.LAW_ANSWERED) == 1
    assert "Ja, når en leder" in sit(court, "police.frontline").get(address).content.decode()
    # The same combination comes again, in another authority: the answer is there before anything is asked.
    again = page(sit(court, "psychiatry.frontline"), "doubt", **ABOUT)
    assert "Må vi ringe til lægen?" in again
    assert "Ja, når en leder" in again
    assert "der ikke spiser" not in again
    assert "Ja, når en leder" not in page(sit(court, "psychiatry.frontline"), "doubt", **{**ABOUT, "basis": "consent"})
    assert "Må vi ringe til lægen?" in page(sit(court, "psychiatry.frontline"), "answers")
    assert "Må vi ringe til lægen?" not in page(sit(court, "outside.member"), "answers")
    with acting(court.seats["police.jurist"].token) as actor:
        services.retire(actor, LawAnswer.objects.get())
    assert "Ja, når en leder" not in page(sit(court, "psychiatry.frontline"), "doubt", **ABOUT)
    assert "Ja, når en leder" in sit(court, "police.frontline").get(address).content.decode()


@pytest.mark.parametrize("seat", ["police.member", "police.admin", "social.jurist", "social.member", "outside.jurist"])
def test_a_question_is_between_the_one_who_asks_and_the_lawyer_asked(court: World, seat: str) -> None:
    address = asked(court)
    client = sit(court, seat)
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "Ja"}).status_code == 404
    with acting(court.seats[seat].token):
        assert not LawQuestion.objects.exists()
        assert not LawAnswer.objects.exists()


def test_an_answer_for_one_is_seen_by_no_other(court: World) -> None:
    address = asked(court)
    sit(court, "police.jurist").post(address, {"text": "Ring til mig om det."})
    with acting(court.seats["police.frontline"].token):
        assert LawAnswer.objects.count() == 1
    for seat in ("police.member", "social.member", "social.jurist"):
        with acting(court.seats[seat].token):
            assert not LawAnswer.objects.exists()


def test_a_question_carries_no_person(court: World) -> None:
    client = sit(court, "police.frontline")
    address = f"{reverse('directory:doubt')}?sender=police"
    number = client.post(address, {"text": "Må vi ringe om 611180-1234?"})
    assert number.status_code == 400
    assert "CPR-nummer" in number.content.decode()
    assert client.post(address, {"text": "Må vi ringe om 611180-1234?", "name_seen": "1"}).status_code == 400
    name = client.post(address, {"text": "Må vi ringe til lægen om Aage Prøvesen?"})
    assert name.status_code == 400
    assert "ligner et navn" in name.content.decode()
    assert "Aage Prøvesen" in name.content.decode()
    # Some names are no persons: it is said once.
    assert client.post(address, {"text": "Må vi ringe til Prøveby Lægehus?", "name_seen": "1"}).status_code == 302


def test_a_button_pressed_twice_asks_once(court: World) -> None:
    once = str(uuid4())
    assert asked(court, once=once) == asked(court, once=once)
    with acting(court.seats["police.frontline"].token):
        assert LawQuestion.objects.count() == 1


def test_without_a_lawyer_the_page_says_whom_to_ask(world: World) -> None:
    said = page(sit(world, "police.frontline"), "doubt", **ABOUT)
    assert "ingen jurist i samarbejdet" in said
    with acting(world.seats["police.frontline"].token) as actor, pytest.raises(DirectoryError, match="ingen jurist"):
        services.ask(actor, world.partnership, selectors.Kinds(), "Må vi?")


def test_the_pages_speak_english(court: World) -> None:
    client = sit(court, "police.jurist", "en")
    table = page(client, "rules", sender="psychiatry")
    assert "when: released" in table
    assert "<h1>Rules</h1>" in table
    assert Receiver(AuthorityKind.POLICE).label("en") in table

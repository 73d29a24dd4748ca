"""Somebody without an account is there for one item: asked with the citizen's yes, and gone when the item is over."""

from datetime import timedelta

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from samsvar.accounts.models import User
from samsvar.audit.models import LogRow
from samsvar.cases.models import Case, Involvement
from samsvar.cases.services import answering
from samsvar.meetings.models import Guest, Meeting
from samsvar.meetings.papers.minutes import as_pdf_bytes
from samsvar.meetings.selectors.minutes import minutes_of
from samsvar.meetings.services import conducting, guests
from samsvar.meetings.services import minutes as minutes_services
from samsvar.meetings.services.errors import MeetingError
from samsvar.postgres.actor import acting, attempt
from samsvar.sharing.models import Consent, Disclosure
from samsvar.sharing.services import Marks, withdraw_consent
from tests.clients import sit
from tests.documents.test_documents import words as words_on
from tests.meetings.test_live import ready, send
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import World

NAME = "Ole Bisidder"


def typed(meeting: Meeting, **more: object) -> dict[str, object]:
    """An invitation as the form sends it; the citizen's own unless it says otherwise."""
    hour = timezone.localtime(meeting.starts_at).strftime("%H:%M")
    given = {"who": "citizen", "hour": hour, **more}
    return {"form": "gaest", **{f"gaest-{name}": value for name, value in given.items()}}


def companion(**more: object) -> dict[str, object]:
    """Somebody whom the citizen brings."""
    return {"who": "companion", "name": NAME, "yes_on": timezone.localdate().isoformat(), "yes_written": "on", **more}


def asks(
    world: World, meeting: Meeting, case: Case, data: dict[str, object], seat: str = "social.member"
) -> HttpResponse:
    """Send the page of guests."""
    return sit(world, seat).post(reverse("meetings:guests", args=[meeting.pk, case.pk]), data)


def page(world: World, meeting: Meeting, case: Case, seat: str = "social.member", name: str = "guests") -> str:
    """A page of this item, as this person reads it."""
    answer = sit(world, seat).get(reverse(f"meetings:{name}", args=[meeting.pk, case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def the_guest(world: World) -> Guest:
    """The one guest there is."""
    with acting(world.seats["police.member"].token):
        return Guest.objects.get()


def table_with_guest(world: World, data: dict[str, object]) -> tuple[Case, Meeting, Guest]:
    """A guest in the room, at the item that is up."""
    case, meeting = raise_one(world), plan_one(world, 0)
    assert asks(world, meeting, case, typed(meeting, **data)).status_code == 302
    guest, chair = the_guest(world), sit(world, "social.member")
    assert send(chair, "turn", meeting.pk, case.pk)["status"] == 200
    assert send(chair, "guest", meeting.pk, case.pk, guest.pk)["status"] == 200
    return case, meeting, guest


@pytest.mark.req("R-000-119")
def test_the_citizen_is_asked_to_one_item_and_every_party_sees_when(world: World) -> None:
    case, meeting = raise_one(world, to=("social",)), plan_one(world)
    assert asks(world, meeting, case, typed(meeting)).status_code == 302
    for seat in ("police.member", "social.member"):
        assert "Borgeren" in page(world, meeting, case, seat, "item")
        agenda = sit(world, seat).get(reverse("meetings:live_parts", args=[meeting.pk])).content.decode()
        assert "Gæst kl." in agenda
    # One whose authority is not in the case sees neither the guest nor that somebody comes.
    other = sit(world, "psychiatry.member")
    assert "Gæst kl." not in other.get(reverse("meetings:live_parts", args=[meeting.pk])).content.decode()
    assert other.get(reverse("meetings:guests", args=[meeting.pk, case.pk])).status_code == 404
    with acting(world.seats["psychiatry.member"].token):
        assert not Guest.objects.exists()


@pytest.mark.req("R-000-119")
def test_whoever_else_comes_does_so_on_the_citizens_yes_and_it_is_a_disclosure(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    for missing, told in (
        (companion(yes_on=""), "Skriv den dag, borgeren sagde ja."),
        (companion(name=""), "Skriv, hvem der kommer."),
        (companion(yes_written=""), "Sæt kryds ved skriftligt"),
        (companion(yes_on=(timezone.localdate() + timedelta(days=1)).isoformat()), "Skriv den dag, borgeren sagde ja."),
        (companion(hour="25.99"), "Skriv klokken med timer og minutter, fx 14.30."),
    ):
        answer = asks(world, meeting, case, typed(meeting, **missing))
        assert answer.status_code == 400
        assert told in answer.content.decode()
        if missing["name"]:
            assert NAME in answer.content.decode()
    with acting(world.seats["social.member"].token):
        assert not Guest.objects.exists()
        assert not Disclosure.objects.exclude(outside="").exists()
    assert asks(world, meeting, case, typed(meeting, **companion())).status_code == 302
    with acting(world.seats["social.member"].token):
        consent = Consent.objects.get()
        told = Disclosure.objects.filter(outside=NAME)
        assert {one.information_type for one in told} == {"concern", "action"}
        assert {one.consent_id for one in told} == {consent.pk}


def test_a_guest_is_asked_once_and_nobody_is_asked_on_another_day_or_with_a_number(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    assert asks(world, meeting, case, typed(meeting)).status_code == 302
    again = asks(world, meeting, case, typed(meeting))
    assert again.status_code == 400
    assert "allerede inviteret" in again.content.decode()
    numbered = asks(world, meeting, case, typed(meeting, **companion(name="Ole 611180-1234")))
    assert numbered.status_code == 400
    assert "CPR-nummer" in numbered.content.decode()
    with acting(world.seats["social.member"].token):
        assert Guest.objects.count() == 1
        assert not Disclosure.objects.exclude(outside="").exists()


@pytest.mark.req("R-000-119")
def test_a_guest_hears_one_item_and_is_out_when_the_table_turns(world: World) -> None:
    case, meeting, guest = table_with_guest(world, {})
    other, chair = raise_one(world), sit(world, "social.member")
    assert send(chair, "turn", meeting.pk, other.pk)["status"] == 200
    with acting(world.seats["social.member"].token):
        assert not Guest.objects.get().is_here
    late = send(chair, "guest", meeting.pk, case.pk, guest.pk)
    assert late["status"] == 400
    assert "andet punkt" in late["errors"][""][0]
    assert "har været her" in page(world, meeting, case)


def test_a_guest_is_out_when_the_meeting_is_over_and_gets_nothing_afterwards(world: World) -> None:
    people = User.objects.count()
    case, meeting, _guest = table_with_guest(world, companion())
    with acting(world.seats["social.member"].token) as actor:
        conducting.end(actor, meeting, all_the_same=True)
        meeting.refresh_from_db()
        minutes_services.send(actor, meeting, all_the_same=True)
        assert not Guest.objects.get().is_here
    # No account and no link: there is nothing that a guest could open.
    assert User.objects.count() == people
    for seat in ("police.member", "social.member"):
        read = sit(world, seat).get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
        assert NAME not in read
    assert asks(world, meeting, case, typed(meeting)).status_code in {400, 404}


@pytest.mark.req("R-000-119", "R-000-128")
def test_the_minutes_say_that_somebody_was_there_and_not_who(world: World) -> None:
    case, meeting, _guest = table_with_guest(world, companion())
    chair = sit(world, "social.member")
    for more in ({}, companion(who="ombud", name="Eva Ombud")):
        assert asks(world, meeting, case, typed(meeting, **more)).status_code == 302
    with acting(world.seats["social.member"].token):
        citizen = Guest.objects.get(who="citizen")
    assert send(chair, "guest", meeting.pk, case.pk, citizen.pk)["status"] == 200
    other = raise_one(world, to=("social",))
    with acting(world.seats["social.member"].token) as actor:
        conducting.end(actor, meeting, all_the_same=True)
        meeting.refresh_from_db()
        found = minutes_of(actor, meeting)
        said = {one.case_id: one.visitors for one in found.sections}
        assert said == {case.pk: "Borgerens bisidder, borgeren", other.pk: ""}
        assert not any(one.guests for one in minutes_of(actor, meeting, short=True).sections)
        paper = words_on(as_pdf_bytes(found))
    # Who was asked and did not come was not there.
    read = sit(world, "police.member").get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    for text in (read, paper):
        assert "Borgerens bisidder, borgeren" in text
        assert "ombud" not in text
        assert NAME not in text


@pytest.mark.req("R-000-97")
def test_nobody_whom_the_citizen_brings_hears_what_an_authority_tells_the_others(world: World) -> None:
    case, meeting, guest = table_with_guest(world, companion())
    own = ready(world, "social.member", case, "Han er sat ud på fredag", "De skal vide det")
    chair = sit(world, "social.member")
    held = send(chair, "tell", meeting.pk, case.pk, own.pk)
    assert held["status"] == 400
    assert "gæst ved bordet" in held["errors"][""][0]
    assert send(chair, "guest", meeting.pk, case.pk, guest.pk, ud="1")["status"] == 200
    assert send(chair, "tell", meeting.pk, case.pk, own.pk)["status"] == 200


def test_the_citizen_hears_what_is_told_but_nothing_about_somebody_else(world: World) -> None:
    case, meeting, _guest = table_with_guest(world, {})
    plain = ready(world, "social.member", case, "Han er sat ud på fredag", "De skal vide det")
    with acting(world.seats["social.member"].token) as actor:
        marked = answering.answer(
            actor,
            case,
            "contributes",
            text="Naboen har slået ham",
            information_type="social",
            necessity="De skal vide det",
            marks=Marks(third_party=True),
        )
    chair = sit(world, "social.member")
    assert send(chair, "tell", meeting.pk, case.pk, plain.pk)["status"] == 200
    held = send(chair, "tell", meeting.pk, case.pk, marked.pk, deliberate="on")
    assert held["status"] == 400
    assert "borgeren er ved bordet" in held["errors"][""][0]


@pytest.mark.req("R-000-124")
def test_the_citizens_own_words_are_read_at_the_item_and_stay_with_the_case(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    url = reverse("meetings:guests", args=[meeting.pk, case.pk])
    client = sit(world, "social.member")
    assert client.post(url, {"form": "ord", "ord-words": ""}).status_code == 400
    refused = client.post(url, {"form": "ord", "ord-words": "Mit nummer er 611180-1234"})
    assert refused.status_code == 400
    assert "CPR-nummer" in refused.content.decode()
    assert client.post(url, {"form": "ord", "ord-words": "Jeg vil bare have ro 🕊"}).status_code == 302
    assert "Jeg vil bare have ro" in page(world, meeting, case, "police.member", "item")
    shown = sit(world, "psychiatry.member").get(
        reverse("meetings:live_parts", args=[meeting.pk]), {"sag": str(case.pk)}
    )
    assert "Jeg vil bare have ro" in shown.content.decode()
    wall = client.get(reverse("meetings:live_parts", args=[meeting.pk]), {"sag": str(case.pk), "projektor": "1"})
    assert "Jeg vil bare have ro" not in wall.content.decode()
    with acting(world.seats["police.member"].token):
        assert Involvement.objects.get(case=case).citizens_view == "Jeg vil bare have ro 🕊"


def test_the_invitation_names_nobody_but_whom_it_is_to_and_is_logged(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    asks(world, meeting, case, typed(meeting, **companion()))
    guest = the_guest(world)
    url = reverse("meetings:guest_letter", args=[meeting.pk, case.pk, guest.pk])
    answer = sit(world, "social.member").get(url)
    assert answer["Content-Type"] == "application/pdf"
    said = words_on(answer.content)
    assert NAME in said
    assert "Prøvesen" not in said
    assert case.reference not in said
    # Only those who asked take it out, whoever calls the verb.
    assert sit(world, "police.member").get(url).status_code == 404
    with acting(world.seats["police.member"].token) as actor, pytest.raises(MeetingError):
        guests.printed(actor, guest)
    with acting(world.seats["police.dpo"].token):
        assert not LogRow.objects.filter(act="print", subject_kind="guest").exists()
        refused = LogRow.objects.filter(act="refuse", subject_kind="guest")
        assert {row.detail["reason"] for row in refused} == {"not_who_asked"}
    with acting(world.seats["social.dpo"].token):
        assert LogRow.objects.filter(act="print", case_id=case.pk, subject_kind="guest").count() == 1


def test_an_invitation_is_taken_back_and_one_who_has_been_there_stays_in_what_happened(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    asks(world, meeting, case, typed(meeting))
    back = reverse("meetings:guest_call_off", args=[meeting.pk, case.pk, the_guest(world).pk])
    assert sit(world, "police.member").post(back).status_code == 302
    assert "Ingen gæster er inviteret." in page(world, meeting, case)


def came_in(world: World) -> int:
    """How often the log says that a guest came in."""
    with acting(world.seats["social.dpo"].token):
        return LogRow.objects.filter(subject_kind="guest", detail__part="came_in").count()


def test_a_guest_who_does_not_come_after_all_cannot_be_shown_in(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    asks(world, meeting, case, typed(meeting))
    guest, chair = the_guest(world), sit(world, "social.member")
    assert send(chair, "turn", meeting.pk, case.pk)["status"] == 200
    with acting(world.seats["social.member"].token) as actor:
        guests.call_off(actor, guest)
    refused = send(chair, "guest", meeting.pk, case.pk, guest.pk)
    assert refused["status"] == 400
    assert "invitationen er taget tilbage" in refused["errors"][""][0]
    assert not the_guest(world).is_here
    assert came_in(world) == 0


def test_a_guest_who_comes_back_came_when_the_guest_first_came(world: World) -> None:
    case, meeting, guest = table_with_guest(world, {})
    first, chair = the_guest(world).arrived_at, sit(world, "social.member")
    # Pressed twice it happened once.
    assert send(chair, "guest", meeting.pk, case.pk, guest.pk)["status"] == 200
    assert came_in(world) == 1
    assert send(chair, "guest", meeting.pk, case.pk, guest.pk, ud="1")["status"] == 200
    assert send(chair, "guest", meeting.pk, case.pk, guest.pk)["status"] == 200
    back = the_guest(world)
    assert back.is_here
    assert back.arrived_at == first
    assert came_in(world) == 2


def takes_back(world: World, seat: str = "social.member") -> None:
    """The citizen takes the yes back, and those who have it note it."""
    with acting(world.seats[seat].token) as actor:
        withdraw_consent(actor, Consent.objects.get(withdrawn_on=None))


@pytest.mark.req("R-000-107")
def test_nobody_comes_in_on_a_yes_that_was_taken_back_and_the_page_says_why(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    asks(world, meeting, case, typed(meeting, **companion()))
    guest, chair = the_guest(world), sit(world, "police.member")
    assert send(chair, "turn", meeting.pk, case.pk)["status"] == 200
    takes_back(world)
    # Whoever is at the door, also one whose authority does not hold the consent.
    for seat in ("police.member", "social.member"):
        refused = send(sit(world, seat), "guest", meeting.pk, case.pk, guest.pk)
        assert refused["status"] == 400
        assert "Borgerens ja til gæsten gælder ikke længere" in refused["errors"][""][0]
        assert "Borgerens ja gælder ikke længere" in page(world, meeting, case, seat)
        shown = sit(world, seat).get(reverse("meetings:live_parts", args=[meeting.pk]), {"sag": str(case.pk)})
        assert "Borgerens ja gælder ikke længere" in shown.content.decode()
        assert "Gæsten kommer ind" not in shown.content.decode()
    url = reverse("meetings:guest_letter", args=[meeting.pk, case.pk, guest.pk])
    assert url not in page(world, meeting, case)
    answer = sit(world, "social.member").get(url, follow=True)
    assert "Borgerens ja til gæsten gælder ikke længere" in answer.content.decode()
    with acting(world.seats["social.dpo"].token):
        assert not LogRow.objects.filter(act="print", subject_kind="guest").exists()
    # Asked again with a new yes, the guest comes.
    back = reverse("meetings:guest_call_off", args=[meeting.pk, case.pk, guest.pk])
    assert sit(world, "social.member").post(back).status_code == 302
    assert asks(world, meeting, case, typed(meeting, **companion())).status_code == 302
    with acting(world.seats["social.member"].token):
        again = Guest.objects.get(called_off_at=None)
    assert send(chair, "guest", meeting.pk, case.pk, again.pk)["status"] == 200


def test_a_yes_that_has_run_out_lets_nobody_in(world: World, owner_connection: psycopg.Connection) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    asks(world, meeting, case, typed(meeting, **companion()))
    guest, chair = the_guest(world), sit(world, "social.member")
    assert send(chair, "turn", meeting.pk, case.pk)["status"] == 200
    owner_connection.execute(
        "update sharing_consent set given_on = today() - 40, valid_to = today() - 10 where case_id = %s",
        [case.pk],
    )
    owner_connection.commit()
    assert send(chair, "guest", meeting.pk, case.pk, guest.pk)["status"] == 400


@pytest.mark.attack
def test_the_database_lets_nobody_in_without_a_yes_that_stands(world: World) -> None:
    _case, _meeting, guest = table_with_guest(world, companion())
    takes_back(world)
    now = timezone.now()
    rows = Guest.objects.filter(pk=guest.pk)
    with acting(world.seats["police.member"].token):
        for change in ({"arrived_at": now}, {"arrived_at": now, "left_at": None}):
            with pytest.raises(ProgrammingError, match="does not stand"), attempt():
                rows.update(**change)
        # Who sits there is shown out, and not in again.
        rows.update(left_at=now)
        with pytest.raises(ProgrammingError, match="does not stand"), attempt():
            rows.update(left_at=None)
    for seat in ("outside.member", "social.frontline"):
        with acting(world.seats[seat].token), connection.cursor() as cursor:
            cursor.execute("select meetings_yes_stands(%s)", [guest.pk])
            assert cursor.fetchone() == (None,)

"""Between meetings: a question without a person, an NP-sag, a call that cannot wait."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samsvar.cases.models import AcuteContact, Case, CaseEvent, Concern, Consult, EventKind, NetworkCase, NetworkOutcome
from samsvar.cases.selectors import between as selectors
from samsvar.cases.services import between, concerns
from samsvar.cases.services.concerns import Report, Who
from samsvar.cases.services.raising import Facts, raise_case
from samsvar.partnerships.models import Group
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Channel, Disclosure
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.world import World


def ask(client: Client, question: str, to: str = "own") -> HttpResponse:
    """Ask a question without a person."""
    return client.post("/sparring/", {"question": question, "to": to, "once": str(uuid4())})


def log_call(client: Client, world: World, **typed: object) -> HttpResponse:
    """Write down a call, as the form proposes it."""
    now = timezone.localtime()
    values = {
        "to": str(world.authorities["social"]), "trigger": "children", "on": now.strftime("%d.%m.%Y"),
        "at": "0.00", "necessity": "Ingen passer børnene", "once": str(uuid4()),
    }  # fmt: skip
    return client.post("/akut/", values | typed)


@pytest.mark.req("R-000-48")
def test_a_question_without_a_person_has_no_gate(world: World) -> None:
    answer = ask(sit(world, "police.frontline"), "Hvis jeg har en borger, der hører stemmer, hvad kan I så?", "group")
    assert answer.status_code == 302
    with acting(world.seats["psychiatry.member"].token) as actor:
        consult = Consult.objects.get()
        assert [task.kind for task in open_tasks(actor)] == [TaskKind.ASK_MEMBER]
        assert not Disclosure.objects.exists()
    sit(world, "psychiatry.member").post(f"/sparring/{consult.pk}/", {"answer": "Ring til vores udegående team."})
    assert "udegående team" in sit(world, "police.frontline").get(f"/sparring/{consult.pk}/").content.decode()
    for seat in ("police.member", "social.member", "psychiatry.member"):
        with acting(world.seats[seat].token) as actor:
            assert not open_tasks(actor).exists(), "answered once, it is off every table"


@pytest.mark.req("R-000-48")
@pytest.mark.parametrize("question", ["Hvad gør I med 611180-1234?", "Født 6111801234, hvad nu?"])
def test_a_number_is_refused_in_a_question(world: World, question: str) -> None:
    answer = ask(sit(world, "police.frontline"), question)
    assert answer.status_code == 400
    assert "uden navn og nummer" in answer.content.decode()
    assert question in answer.content.decode()
    with acting(world.seats["police.member"].token):
        assert not Consult.objects.exists()


@pytest.mark.req("R-000-32")
@pytest.mark.attack
def test_a_question_to_the_own_member_stays_at_home(world: World) -> None:
    ask(sit(world, "police.frontline"), "Er det noget for os?")
    with acting(world.seats["police.member"].token) as actor:
        consult = Consult.objects.get()
        assert open_tasks(actor).count() == 1
    for seat in ("social.member", "psychiatry.member", "outside.member", "police.screener"):
        with acting(world.seats[seat].token) as actor:
            assert not Consult.objects.exists()
            assert not open_tasks(actor).exists()
        assert sit(world, seat).get(f"/sparring/{consult.pk}/").status_code == 404


def test_a_question_is_answered_once(world: World) -> None:
    ask(sit(world, "police.frontline"), "Er det noget for os?", "group")
    with acting(world.seats["police.member"].token) as actor:
        consult = Consult.objects.get()
        between.answer_consult(actor, consult, "Ja")
    second = sit(world, "social.member")
    second.post(f"/sparring/{consult.pk}/", {"answer": "Nej"})
    with acting(world.seats["police.member"].token):
        assert Consult.objects.get().answer == "Ja"


@pytest.fixture
def np_case(world: World) -> NetworkCase:
    """An NP-sag between police and psychiatry, opened in the browser."""
    answer = sit(world, "police.member").post(
        "/np-sager/ny/",
        {
            "others": [str(world.authorities["psychiatry"])],
            "subject": "Larm om natten i en opgang",
            "necessity": "De kender gården",
            "once": str(uuid4()),
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    with acting(world.seats["police.member"].token):
        return NetworkCase.objects.get()


@pytest.mark.req("R-000-45")
@pytest.mark.req("R-000-47")
def test_an_np_case_has_participants_date_subject_and_outcome(world: World, np_case: NetworkCase) -> None:
    assert np_case.reference.startswith("NP-")
    theirs = sit(world, "psychiatry.member")
    page = theirs.get(f"/np-sager/{np_case.pk}/").content.decode()
    assert "Larm om natten i en opgang" in page
    assert "Psykiatrien i Prøveby" in page
    theirs.post(f"/np-sager/{np_case.pk}/", {"outcome": "joint", "note": "Fælles besøg fredag"})
    with acting(world.seats["police.member"].token) as actor:
        ended = NetworkCase.objects.get()
        assert (ended.outcome, ended.outcome_note) == (NetworkOutcome.JOINT, "Fælles besøg fredag")
        assert selectors.network_cases_since(actor, Group.objects.get(pk=world.group), None) == [ended]
        assert not Case.objects.exists()
    theirs.post(f"/np-sager/{np_case.pk}/", {"outcome": "internal"})
    with acting(world.seats["police.member"].token):
        assert NetworkCase.objects.get().outcome == NetworkOutcome.JOINT, "ended once"


@pytest.mark.attack
def test_an_np_case_is_seen_by_its_participants_only(world: World, np_case: NetworkCase) -> None:
    for seat in ("social.member", "psychiatry.frontline", "psychiatry.screener", "outside.member"):
        assert sit(world, seat).get(f"/np-sager/{np_case.pk}/").status_code == 404
        with acting(world.seats[seat].token):
            assert not NetworkCase.objects.exists()


@pytest.mark.req("R-000-46")
def test_np_cases_since_the_last_meeting_are_listed(world: World, np_case: NetworkCase) -> None:
    with acting(world.seats["psychiatry.member"].token) as actor:
        group = Group.objects.get(pk=world.group)
        yesterday, tomorrow = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
        assert selectors.network_cases_since(actor, group, yesterday) == [np_case]
        assert selectors.network_cases_since(actor, group, tomorrow) == []


@pytest.mark.req("R-000-45")
def test_an_np_case_can_end_on_the_psp_agenda(world: World, np_case: NetworkCase) -> None:
    member = sit(world, "police.member")
    onward = member.post(f"/np-sager/{np_case.pk}/", {"outcome": "to_psp", "note": "Det blev værre"})
    assert "/visitering/" in onward["Location"]
    ways = member.get(onward["Location"]).content.decode()
    address = (
        ways.split("/dagsorden/")[0].rpartition('"')[2] + "/dagsorden/" + ways.split("/dagsorden/")[1].partition('"')[0]
    )
    form = member.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    done = member.post(
        onward["Location"].partition("?")[0] + "dagsorden/",
        typed | {
            "traits": ["invisible"],
            "means_exhausted": "Larmen fortsætter", "social": "yes", "psychiatric": "yes", "crime": "no",
            "children": "no", "necessity": "De skal kunne slå op",
        },
    )  # fmt: skip
    assert done.status_code == 302, done.context["form"].errors
    with acting(world.seats["police.member"].token):
        assert NetworkCase.objects.get().case_id == Case.objects.get().pk


@pytest.mark.req("R-000-47")
def test_a_partnership_may_leave_np_cases_out(world: World, owner_connection: psycopg.Connection) -> None:
    owner_connection.execute(
        "update partnerships_partnership set count_network_cases = false where id = %s", [world.partnership]
    )
    owner_connection.commit()
    member = sit(world, "police.member")
    assert "Åbn en NP-sag" not in member.get("/np-sager/").content.decode()
    assert member.get("/np-sager/ny/").status_code == 403
    with acting(world.seats["police.frontline"].token) as actor:
        concern = concerns.raise_concern(actor, Report(id=uuid4(), partnership_id=world.partnership, text="Larm"))
    done = member.post(f"/visitering/{concern.pk}/np-sag/", {"subject": "Vi ringer til kommunen"})
    assert done.status_code == 302
    with acting(world.seats["police.member"].token):
        assert not NetworkCase.objects.exists()
        assert Concern.objects.get().state == "network"


@pytest.mark.req("R-000-51")
def test_the_acute_page_says_what_it_is_not_and_whom_to_call(
    world: World, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute(
        "insert into partnerships_emergencycontact (id, partnership_id, name, phone, hours, position)"
        " values (%s, %s, 'Socialvagten', '11 22 33 44', 'hele døgnet', 0)",
        [uuid4(), world.partnership],
    )
    owner_connection.commit()
    page = sit(world, "police.frontline").get("/akut/").content.decode()
    assert "ikke et akutberedskab" in page
    assert "112" in page
    assert "Socialvagten" in page
    assert "11 22 33 44" in page


@pytest.mark.req("R-000-50", "LR-000-52")
@pytest.mark.req("R-000-53")
@pytest.mark.req("R-000-54")
def test_a_call_is_typed_by_hand_and_is_a_disclosure(world: World) -> None:
    answer = log_call(sit(world, "police.screener"), world, spoke_with="Vagten", what="De kører ud nu")
    assert answer.status_code == 302, answer.context["form"].errors
    with acting(world.seats["social.member"].token) as actor:
        contact = AcuteContact.objects.get()
        assert (contact.spoke_with, contact.what) == ("Vagten", "De kører ud nu")
        assert contact.by_id == world.seats["police.screener"].person
        disclosure = Disclosure.objects.get()
        assert (disclosure.channel, disclosure.rule) == (Channel.PHONE, "L1")
        group = Group.objects.get(pk=world.group)
        assert selectors.acute_contacts_since(actor, group, timezone.now() - timedelta(days=2)) == [contact]
        # A meeting that was over before the call does not tell of it
        assert not selectors.acute_contacts_since(actor, group, None, contact.called_at)
    for seat in ("psychiatry.member", "outside.member", "social.frontline"):
        with acting(world.seats[seat].token):
            assert not AcuteContact.objects.exists()
        assert sit(world, seat).get(f"/akut/{contact.pk}/").status_code == 404


@pytest.mark.req("R-000-54")
def test_doubt_is_written_down_and_opens_nothing(world: World, owner_connection: psycopg.Connection) -> None:
    nurse = sit(world, "psychiatry.frontline")
    police = {"to": str(world.authorities["police"]), "trigger": "commitment"}
    refused = log_call(nurse, world, **police)
    assert refused.status_code == 400
    assert "må frigive den" in refused.content.decode()
    logged = owner_connection.execute(
        "select subject_kind, authority_id from audit_logrow where act = 'refuse' and person_id = %s",
        [world.seats["psychiatry.frontline"].person],
    ).fetchall()
    assert logged == [("disclosure", world.authorities["psychiatry"])], "what the law does not allow is in the log"
    assert log_call(nurse, world, **police, doubt="on").status_code == 302
    with acting(world.seats["police.member"].token) as actor:
        assert not AcuteContact.objects.exists()
        assert not open_tasks(actor).exists()
    with acting(world.seats["psychiatry.member"].token) as actor:
        contact = AcuteContact.objects.get()
        assert contact.doubt
        assert [task.kind for task in open_tasks(actor)] == [TaskKind.ACUTE]
    sit(world, "psychiatry.member").post(f"/akut/{contact.pk}/videregiv/", {"necessity": "Politiet skal hente ham"})
    with acting(world.seats["police.member"].token) as actor:
        assert AcuteContact.objects.get().pk == contact.pk
        assert TaskKind.ACUTE in {task.kind for task in open_tasks(actor)}


@pytest.mark.req("R-000-52")
@pytest.mark.parametrize(
    ("hours", "words"), [(3, "inden for et døgn"), (30, "inden for to døgn"), (60, "efter mere end to døgn")]
)
def test_the_time_to_act_is_shown_as_information(
    world: World, owner_connection: psycopg.Connection, hours: int, words: str
) -> None:
    log_call(sit(world, "police.member"), world)
    owner_connection.execute("update cases_acutecontact set called_at = now() - make_interval(hours => %s)", [hours])
    owner_connection.commit()
    with acting(world.seats["police.member"].token):
        contact = AcuteContact.objects.get()
    member = sit(world, "social.member")
    page = member.get(f"/akut/{contact.pk}/").content.decode()
    assert f"Ikke skrevet endnu. Det er {hours} timer siden opkaldet." in page
    assert words not in page
    assert "frist" not in page.casefold()
    now = timezone.localtime()
    member.post(f"/akut/{contact.pk}/", {"on": now.date().isoformat(), "at": now.strftime("%H.%M")})
    with acting(world.seats["police.member"].token):
        assert AcuteContact.objects.get().acted_at
    acted = member.get(f"/akut/{contact.pk}/").content.decode()
    assert words in acted
    assert "frist" not in acted.casefold()


def test_nobody_acts_before_the_call_or_calls_in_the_future(world: World) -> None:
    member = sit(world, "police.member")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert list(log_call(member, world, on=tomorrow).context["form"].errors) == ["on"]
    assert list(log_call(member, world, at="25:61").context["form"].errors) == ["at"]
    log_call(member, world)
    with acting(world.seats["police.member"].token):
        contact = AcuteContact.objects.get()
    early = member.post(f"/akut/{contact.pk}/", {"on": "01.01.2020", "at": "12"})
    assert early.status_code == 400
    assert list(early.context["form"].errors) == ["at"]


def test_a_call_about_a_case_stands_in_its_story(world: World) -> None:
    with acting(world.seats["police.member"].token) as actor:
        group = Group.objects.select_related("partnership").get(pk=world.group)
        facts = Facts(why_serious="Sover ude", means_exhausted="Intet mere", traits=["invisible"])
        case = raise_case(actor, group=group, identity=None, parties=[], facts=facts, necessity="-")
    answer = log_call(sit(world, "police.member"), world, sag=str(case.pk))
    assert answer.status_code == 302
    with acting(world.seats["police.member"].token):
        assert AcuteContact.objects.get().case_id == case.pk
        assert CaseEvent.objects.filter(kind=EventKind.ACUTE).exists()


@pytest.mark.req("R-000-49")
def test_a_frontline_worker_calls_at_once_and_the_own_screener_lets_them_see_it(world: World) -> None:
    with acting(world.seats["police.frontline"].token) as actor:
        concern = concerns.raise_concern(
            actor,
            Report(
                id=uuid4(), partnership_id=world.partnership, text="Mor er fuld, ingen passer børnene",
                acute_trigger="children", who=Who(name="Mor Prøvesen"),
            ),
        )  # fmt: skip
    officer = sit(world, "police.frontline")
    assert f"/akut/?bekymring={concern.pk}" in officer.get(f"/bekymringer/{concern.pk}/tak/").content.decode()
    assert log_call(officer, world, bekymring=str(concern.pk)).status_code == 302
    with acting(world.seats["social.member"].token):
        assert not AcuteContact.objects.exists()
        assert not Concern.objects.exists()
    screener = sit(world, "police.screener")
    with acting(world.seats["police.screener"].token) as actor:
        contact = AcuteContact.objects.get()
        assert {task.kind for task in open_tasks(actor)} == {TaskKind.SCREEN, TaskKind.ACUTE}
    page = screener.get(f"/akut/{contact.pk}/")
    assert page.context["release"]["necessity"].value() == "Ingen passer børnene"
    screener.post(f"/akut/{contact.pk}/videregiv/", {"necessity": "Ingen passer børnene"})
    with acting(world.seats["social.member"].token) as actor:
        assert Concern.objects.get().pk == concern.pk
        assert AcuteContact.objects.get().concern_id == concern.pk
        assert TaskKind.ACUTE in {task.kind for task in open_tasks(actor)}


@pytest.mark.parametrize("path", ["/akut/", "/sparring/", "/np-sager/ny/"])
def test_hostile_input_is_a_message(world: World, path: str) -> None:
    member = sit(world, "police.member")
    names = list(member.get(path).context["form"].fields)
    for hostile in ("\x00", "\u202e", "x" * 30000, "<script>alert(1)</script>", "31.02.2026", "99:99"):
        answer = member.post(path, dict.fromkeys([*names, "sag", "bekymring", "place"], hostile))
        assert answer.status_code == 400
        assert "<script>alert" not in answer.content.decode()
        assert "\x00" not in answer.content.decode()


def test_pressed_twice_it_is_one_row(world: World) -> None:
    member, once = sit(world, "police.member"), str(uuid4())
    for _ in range(2):
        assert log_call(member, world, once=once).status_code == 302
        member.post("/sparring/", {"question": "Hvad kan I?", "to": "group", "once": once})
    with acting(world.seats["police.member"].token):
        assert AcuteContact.objects.count() == 1
        assert Consult.objects.count() == 1

"""A concern is judged at home first; each way out is a decision with a reason, and an answer to the raiser."""

from uuid import uuid4

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client

from samsvar.cases.models import (
    AcuteContact,
    Case,
    CaseEvent,
    Concern,
    ConcernState,
    EventKind,
    Feedback,
    FeedbackKind,
    NetworkCase,
    Screening,
    ScreeningOutcome,
)
from samsvar.cases.services import concerns as services
from samsvar.cases.services.concerns import Report, Who, answer_raisers
from samsvar.cases.services.responsibility import current
from samsvar.citizens.models import Identity
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.world import World


def tell(world: World, seat: str = "police.frontline", **more: object) -> Concern:
    """A concern raised through the service."""
    with acting(world.seats[seat].token) as actor:
        report = {"text": "Står ude hver nat og taler med sig selv.", "who": Who(name="Aage Prøvesen"), **more}
        return services.raise_concern(actor, Report(id=uuid4(), partnership_id=world.partnership, **report))


PAGES = {
    "agenda": "dagsorden",
    "network": "np-sag",
    "acute": "akut",
    "to_holder": "aaben-sag",
    "elsewhere": "anden-myndighed",
}


def judge(client: Client, concern: Concern, way: str, **typed: object) -> HttpResponse:
    """Choose a way out: its page is opened; the one that needs no more than a reason is sent as typed."""
    if way == "not_psp":
        return client.post(f"/visitering/{concern.pk}/ikke-psp/", typed)
    return client.get(f"/visitering/{concern.pk}/{PAGES[way]}/")


def second(client: Client, concern: Concern, way: str, page: HttpResponse, **typed: object) -> HttpResponse:
    """Send the page of a way out, with what it holds and what is typed."""
    assert page.status_code == 200
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return client.post(f"/visitering/{concern.pk}/{way}/", {**sent, **typed})


CASE = {
    "traits": ["invisible"],
    "why_serious": "Sover ude i frost og truer forbipasserende",
    "means_exhausted": "Patruljen kan kun køre ham hjem",
    "social": "yes",
    "psychiatric": "yes",
    "crime": "no",
    "children": "no",
    "necessity": "De skal kunne slå op, om de kender ham",
}


def answers(world: World, seat: str = "police.frontline") -> list[str]:
    """The kinds of answers that this seat has got."""
    with acting(world.seats[seat].token) as actor:
        return list(Feedback.objects.filter(to_id=actor.person_id).order_by("at").values_list("kind", flat=True))


@pytest.mark.req("R-000-23")
def test_the_queue_has_the_acute_first_and_then_the_oldest(world: World) -> None:
    first, acute = tell(world, text="Ældst"), tell(world, text="Haster", acute_trigger="suicide")
    page = sit(world, "police.screener").get("/visitering/")
    assert [concern.pk for concern in page.context["page"]] == [acute.pk, first.pk]


def test_a_frontline_worker_does_not_screen(world: World) -> None:
    concern = tell(world)
    officer = sit(world, "police.frontline")
    assert "Du visiterer ikke" in officer.get("/visitering/").content.decode()
    assert officer.get(f"/visitering/{concern.pk}/").status_code == 404
    assert judge(officer, concern, "not_psp", reason="Nej").status_code == 404
    with acting(world.seats["police.screener"].token):
        assert Concern.objects.get().state == ConcernState.RAISED


@pytest.mark.req("R-000-24")
@pytest.mark.req("R-000-25")
def test_not_psp_needs_a_reason_that_the_raiser_does_not_see(world: World) -> None:
    concern = tell(world)
    screener = sit(world, "police.screener")
    assert judge(screener, concern, "not_psp").status_code == 400
    judge(screener, concern, "not_psp", reason="En enkelt episode", thanks="Tak, fordi du skrev")
    with acting(world.seats["police.screener"].token) as actor:
        screening = Screening.objects.get()
        assert (screening.outcome, screening.reason) == (ScreeningOutcome.NOT_PSP, "En enkelt episode")
        assert screening.by_id == actor.person_id
        assert screening.at
        assert not open_tasks(actor).exists()
    with acting(world.seats["police.member"].token) as actor:
        assert not open_tasks(actor).exists(), "done by the screener, done for the member"
    page = sit(world, "police.frontline").get("/bekymringer/").content.decode()
    assert "Den bliver ikke en PSP-sag" in page
    assert "Tak, fordi du skrev" in page
    assert "En enkelt episode" not in page


@pytest.mark.req("R-000-27")
def test_another_way_such_as_a_social_report(world: World) -> None:
    judge(sit(world, "police.screener"), tell(world), "not_psp", reason="Socialrapport", other_way="on")
    assert answers(world) == [FeedbackKind.OTHER_WAY]


@pytest.mark.req("R-000-26")
@pytest.mark.parametrize("greeting", ["Aage er fundet", "Vi kender Prøvesens familie", "611180-1234 er set på"])
def test_a_greeting_never_says_who(world: World, greeting: str) -> None:
    concern = tell(world)
    answer = judge(sit(world, "police.screener"), concern, "not_psp", reason="Nej", thanks=greeting)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["thanks"]
    assert greeting in answer.content.decode()
    assert answers(world) == []


@pytest.mark.req("R-000-23")
@pytest.mark.req("R-000-25")
def test_to_the_agenda_raises_a_case_and_everybody_has_something_to_do(world: World) -> None:
    concern = tell(world)
    member = sit(world, "police.member")
    page = judge(member, concern, "agenda")
    assert "må fortælle hinanden det, der er nødvendigt" in page.content.decode()
    done = second(member, concern, "dagsorden", page, **CASE)
    assert done.status_code == 302, done.context["form"].errors
    with acting(world.seats["police.member"].token):
        case = Case.objects.get()
        assert case.traits == ["invisible"]
        assert current(case).authority_id == world.authorities["police"]
        assert Concern.objects.get().state == ConcernState.AGENDA
        assert Screening.objects.get().outcome == ScreeningOutcome.AGENDA
    for seat in ("social.member", "psychiatry.member"):
        with acting(world.seats[seat].token) as actor:
            assert TaskKind.PREPARE in {task.kind for task in open_tasks(actor)}
            assert Concern.objects.get().text.startswith("Står ude")
            assert Identity.objects.get().name == "Aage Prøvesen"
    assert answers(world) == [FeedbackKind.ON_TABLE]


@pytest.mark.attack
def test_who_is_left_out_sees_nothing_and_that_is_said(world: World) -> None:
    concern = tell(world)
    member = sit(world, "police.member")
    page = judge(member, concern, "agenda")
    second(member, concern, "dagsorden", page, **CASE, parties=[str(world.authorities["social"])])
    assert "Psykiatrien i Prøveby ser ikke sagen" in member.get("/visitering/").content.decode()
    for seat in ("psychiatry.member", "outside.member", "social.frontline"):
        with acting(world.seats[seat].token) as actor:
            assert not Case.objects.exists()
            assert not Concern.objects.exists()
            assert not Identity.objects.exists()
            assert not open_tasks(actor).exists()


@pytest.mark.parametrize(
    ("lacks", "field"),
    [
        ({"why_serious": ""}, "why_serious"),
        ({"means_exhausted": ""}, "means_exhausted"),
        ({"necessity": "..."}, "necessity"),
        ({"necessity": ""}, "necessity"),
        ({"psychiatric": ""}, "psychiatric"),
        ({"psychiatric": "no"}, "own_reason"),
        ({"parties": []}, "parties"),
        ({"parties": ["nogen"]}, "parties"),
        ({"children": "måske"}, "children"),
        ({"traits": []}, "traits"),
    ],
)
def test_what_lacks_is_said_beside_its_field_and_nothing_is_half_done(
    world: World, lacks: dict[str, str], field: str
) -> None:
    concern = tell(world)
    member = sit(world, "police.member")
    answer = second(member, concern, "dagsorden", judge(member, concern, "agenda"), **CASE | lacks)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "Patruljen kan kun køre ham hjem" in answer.content.decode() or field == "means_exhausted"
    with acting(world.seats["police.member"].token):
        assert not Case.objects.exists()
        assert not Disclosure.objects.exists()
        assert Concern.objects.get().state == ConcernState.RAISED


def test_no_trait_and_no_own_reason_does_not_reach_the_agenda(world: World) -> None:
    concern = tell(world)
    member = sit(world, "police.member")
    page = judge(member, concern, "agenda")
    refused = second(member, concern, "dagsorden", page, **CASE | {"traits": []})
    assert list(refused.context["form"].errors) == ["traits"]
    own = CASE | {"traits": [], "own_reason": "Ingen andre tør gå derind"}
    assert second(member, concern, "dagsorden", page, **own).status_code == 302


def test_health_is_released_by_one_who_may(world: World, owner_connection: psycopg.Connection) -> None:
    owner_connection.execute(
        "update partnerships_capacity set roles = '{screener}' where id = %s", [world.seats["psychiatry.screener"].post]
    )
    owner_connection.commit()
    concern = tell(world, "psychiatry.frontline")
    screener = sit(world, "psychiatry.screener")
    answer = second(screener, concern, "dagsorden", judge(screener, concern, "agenda"), **CASE)
    assert answer.status_code == 400
    assert "må frigive den" in answer.content.decode()
    with acting(world.seats["psychiatry.screener"].token):
        assert not Case.objects.exists()
        assert not Disclosure.objects.exists()


def test_two_who_screen_at_once_get_one_outcome(world: World) -> None:
    concern = tell(world)
    judge(sit(world, "police.screener"), concern, "not_psp", reason="Nej")
    late = sit(world, "police.member")
    answer = judge(late, concern, "not_psp", reason="Også nej")
    assert answer.status_code == 302
    assert "visiteret af en anden imens" in late.get(answer["Location"]).content.decode()
    with acting(world.seats["police.member"].token):
        assert Screening.objects.count() == 1


def test_elsewhere_is_a_disclosure_to_one_authority_and_waits_there(world: World) -> None:
    concern = tell(world, notifier_kind="neighbour", notifier_name="Naboen Øjvind")
    screener = sit(world, "police.screener")
    page = judge(screener, concern, "elsewhere")
    social = str(world.authorities["social"])
    done = second(screener, concern, "anden-myndighed", page, authority=social, necessity="De har boligen")
    assert done.status_code == 302, done.context["form"].errors
    assert not screener.get("/visitering/").context["page"].object_list
    with acting(world.seats["social.screener"].token) as actor:
        assert [task.kind for task in open_tasks(actor)] == [TaskKind.SCREEN]
        assert Concern.objects.get().pk == concern.pk
    theirs = sit(world, "social.screener")
    seen = theirs.get(f"/visitering/{concern.pk}/").content.decode()
    assert "Aage Prøvesen" in seen
    assert "Øjvind" not in seen, "the outsider stays at home"
    with acting(world.seats["psychiatry.screener"].token):
        assert not Concern.objects.exists()
    judge(theirs, concern, "not_psp", reason="Vi kender ham ikke")
    assert answers(world) == [FeedbackKind.OTHER_WAY, FeedbackKind.NOT_PSP]
    with acting(world.seats["police.screener"].token):
        assert not Screening.objects.filter(reason="Vi kender ham ikke").exists(), "their reasons stay with them"


def test_what_was_sent_elsewhere_can_be_raised_there(world: World) -> None:
    concern = tell(world, who=Who(name="Aage Prøvesen", cpr="6111801234"))
    screener = sit(world, "police.screener")
    second(
        screener, concern, "anden-myndighed", judge(screener, concern, "elsewhere"),
        authority=str(world.authorities["social"]), necessity="De har boligen",
    )  # fmt: skip
    theirs = sit(world, "social.member")
    done = second(theirs, concern, "dagsorden", judge(theirs, concern, "agenda"), **CASE)
    assert done.status_code == 302, done.context["form"].errors
    with acting(world.seats["psychiatry.member"].token):
        case = Case.objects.select_related("identity").get()
        assert case.raised_by_authority_id == world.authorities["social"]
        assert case.identity
        assert case.identity.name == "Aage Prøvesen"
        assert not Concern.objects.exists(), "the other authority's words are its own to pass on"
    assert answers(world)[-1] == FeedbackKind.ON_TABLE
    with acting(world.seats["psychiatry.member"].token) as actor:
        assert answer_raisers(actor, case, FeedbackKind.ACTED) == 1
        assert answer_raisers(actor, case, FeedbackKind.ACTED) == 0
    assert answers(world)[-1] == FeedbackKind.ACTED


def test_a_concern_about_an_open_case_goes_to_its_holder(world: World) -> None:
    number = Who(name="Aage Prøvesen", cpr="6111801234")
    first = tell(world, who=number)
    member = sit(world, "police.member")
    second(member, first, "dagsorden", judge(member, first, "agenda"), **CASE)
    again = tell(world, text="Nu er han uden jakke", who=Who(cpr="6111801234"))
    page = member.get(f"/visitering/{again.pk}/").content.decode()
    assert "Borgeren har en åben sag" in page
    done = second(member, again, "aaben-sag", judge(member, again, "to_holder"), necessity="Det er den samme bekymring")
    assert done.status_code == 302, done.context["form"].errors
    with acting(world.seats["social.member"].token):
        case = Case.objects.get()
        assert Concern.objects.get(pk=again.pk).text == "Nu er han uden jakke"
        assert CaseEvent.objects.filter(kind=EventKind.CONCERN_ADDED).count() == 1
    with acting(world.seats["police.member"].token) as actor:
        assert TaskKind.ATTENTION in {task.kind for task in open_tasks(actor)}
    assert answers(world)[-1] == FeedbackKind.OTHER_WAY
    told = sit(world, "police.frontline").get("/bekymringer/").content.decode()
    assert case.reference not in told


@pytest.mark.req("R-000-49")
@pytest.mark.req("R-000-50")
def test_acute_is_a_call_that_is_written_down(world: World) -> None:
    concern = tell(world, acute_trigger="children", who=Who())
    screener = sit(world, "police.screener")
    page = judge(screener, concern, "acute")
    assert "ikke et akutberedskab" in page.content.decode()
    done = second(
        screener, concern, "akut", page, to=str(world.authorities["social"]), necessity="Ingen passer børnene",
        spoke_with="Døgnvagten",
    )  # fmt: skip
    assert done.status_code == 302, done.context["form"].errors
    with acting(world.seats["social.screener"].token) as actor:
        task = open_tasks(actor).get()
        assert (task.kind, task.acute) == (TaskKind.ACUTE, True)
        assert AcuteContact.objects.get().trigger == "children"
        assert Concern.objects.get().pk == concern.pk
    with acting(world.seats["police.member"].token) as actor:
        assert TaskKind.DECIDE_ON_CHILD in {task.kind for task in open_tasks(actor)}
    assert answers(world) == [FeedbackKind.ACUTE]


@pytest.mark.req("R-000-45")
def test_an_np_case_opens_to_those_who_were_chosen(world: World) -> None:
    concern = tell(world)
    member = sit(world, "police.member")
    page = judge(member, concern, "network")
    psychiatry = str(world.authorities["psychiatry"])
    done = second(
        member, concern, "np-sag", page, others=[psychiatry], subject="Uro i en opgang", necessity="De kender gården"
    )
    assert done.status_code == 302, done.context["form"].errors
    with acting(world.seats["psychiatry.member"].token):
        assert NetworkCase.objects.get().subject == "Uro i en opgang"
        assert Concern.objects.get().pk == concern.pk
    with acting(world.seats["social.member"].token):
        assert not NetworkCase.objects.exists()
        assert not Concern.objects.exists()
    assert answers(world) == [FeedbackKind.NETWORK]


@pytest.mark.req("R-000-29")
@pytest.mark.req("R-000-30")
@pytest.mark.req("LR-000-73")
def test_a_warning_advises_and_never_stops(world: World, owner_connection: psycopg.Connection) -> None:
    here, away = uuid4(), uuid4()
    for key, name in ((here, "Prøveby"), (away, "Fjernby")):
        owner_connection.execute("insert into partnerships_area (id, name) values (%s, %s)", [key, name])
    owner_connection.execute(
        "insert into partnerships_group_areas (group_id, area_id) values (%s, %s)", [world.group, here]
    )
    owner_connection.commit()
    concern = tell(
        world, text="Kan bruges til efterforskning", who=Who(name="Unge Prøvesen", cpr="6111125234", area_id=away)
    )
    member = sit(world, "police.member")
    page = member.get(f"/visitering/{concern.pk}/").content.decode()
    assert "Fjernby ligger uden for gruppens optageområde" in page
    assert "kan være under 18 år" in page
    assert "lyder som efterforskning" in page
    assert judge(member, concern, "agenda").status_code == 200


def test_whoever_screens_completes_a_tag(world: World) -> None:
    concern = tell(world, text="", event_reference="A-2026-17", who=Who())
    screener = sit(world, "police.screener")
    screener.post(f"/visitering/{concern.pk}/mere/", {"text": "Tredje gang i denne uge", "person": "Aage Prøvesen"})
    page = screener.get(f"/visitering/{concern.pk}/").content.decode()
    assert "Tredje gang i denne uge" in page
    assert "Aage Prøvesen" in page


@pytest.mark.parametrize("way", ["dagsorden", "np-sag", "akut", "aaben-sag", "anden-myndighed", "ikke-psp", "mere"])
@pytest.mark.attack
def test_no_step_opens_to_a_stranger(world: World, way: str) -> None:
    concern = tell(world)
    for seat in ("social.screener", "outside.screener", "police.frontline", "police.dpo"):
        client = sit(world, seat)
        assert client.post(f"/visitering/{concern.pk}/{way}/", CASE).status_code == 404
        assert client.post(f"/visitering/{uuid4()}/{way}/", CASE).status_code == 404


def test_a_hostile_second_step_is_a_message(world: World) -> None:
    concern = tell(world)
    member = sit(world, "police.member")
    for way in ("dagsorden", "np-sag", "akut", "anden-myndighed"):
        for hostile in ("\x00", "x" * 30000, "<script>alert(1)</script>", "31.02.2026", "\u202e"):
            names = [*CASE, "traits", "reason", "thanks", "parties", "others", "authority", "to", "at", "on", "trigger"]
            answer = member.post(f"/visitering/{concern.pk}/{way}/", dict.fromkeys([*names, "once", "group"], hostile))
            assert answer.status_code == 400
            assert "<script>alert" not in answer.content.decode()

"""What the pages of the way in show, ask for and take for granted."""

import re

import psycopg
import pytest

from samsvar.cases.models import Concern, FeedbackKind, FollowUp
from samsvar.cases.services import concerns as services
from samsvar.cases.services.concerns import Who
from samsvar.cases.services.work import nothing_new
from samsvar.postgres.actor import acting
from tests.cases.table import NAME, NUMBER, Screen, raised
from tests.cases.test_closing import closed
from tests.cases.test_screening import CASE, PAGES, judge, second, tell
from tests.clients import sit
from tests.world import World

RETURN = "Samme borger har haft en sag"


def _kinds(owner: psycopg.Connection, world: World, key: str, kind: str) -> None:
    owner.execute("update partnerships_authority set kind = %s where id = %s", [kind, world.authorities[key]])
    owner.commit()


@pytest.mark.req("R-000-23", "R-000-24")
def test_the_list_says_when_from_whom_which_way_in_and_for_how_long(
    world: World, owner_connection: psycopg.Connection
) -> None:
    tell(world, text="Han står ude hver nat. " * 20, acute_trigger="children")
    owner_connection.execute("update cases_concern set raised_at = now() - interval '3 days'")
    owner_connection.commit()
    page = sit(world, "police.screener").get("/visitering/").content.decode()
    for words in ("Han står ude hver nat.", "Børn i fare", "3 dage", "Frontline Police", "Skrevet her", "ældste først"):
        assert words in page


@pytest.mark.attack
def test_the_list_does_not_repeat_the_words_of_another_authority(world: World) -> None:
    concern = tell(world, text="Truer med kniv i opgangen")
    screener = sit(world, "police.screener")
    social = str(world.authorities["social"])
    page = judge(screener, concern, "elsewhere")
    second(screener, concern, "anden-myndighed", page, authority=social, necessity="De har boligen")
    listed = sit(world, "social.screener").get("/visitering/").content.decode()
    assert str(concern.pk) in listed
    assert "kniv" not in listed
    assert "Frontline Police" not in listed


@pytest.mark.req("R-000-25")
def test_own_concerns_are_told_apart_and_the_desk_counts_what_the_list_counts(world: World) -> None:
    for number in range(12):
        tell(world, text=f"Bekymring nummer {number} fra Parkvej")
    with acting(world.seats["police.screener"].token) as actor:
        for concern in Concern.objects.all():
            services.answer(actor, concern, FeedbackKind.ACTED)
    officer = sit(world, "police.frontline")
    listed = officer.get("/bekymringer/").content.decode()
    assert all(f"Bekymring nummer {number} fra Parkvej" in listed for number in range(12))
    assert "12 nye svar" in listed
    assert officer.get("/").context["desk"].answers.count == 12
    assert 'class="desk-count">12<' in officer.get("/").content.decode()


@pytest.mark.req("R-000-92")
def test_a_return_is_said_at_the_screening_and_when_raising(world: World) -> None:
    first = raised(world)
    closed(world, first)
    again = tell(world, who=Who(cpr=NUMBER))
    member = sit(world, "police.member")
    for address in (f"/visitering/{again.pk}/", f"/visitering/{again.pk}/dagsorden/"):
        page = member.get(address).content.decode()
        assert RETURN in page
        assert "nr. 2" in page
        assert first.reference in page


@pytest.mark.attack
@pytest.mark.req("R-000-92")
def test_a_case_that_was_not_the_own_authoritys_is_no_return_here(world: World) -> None:
    closed(world, raised(world, parties=["social"]))
    theirs = tell(world, "psychiatry.frontline", who=Who(cpr=NUMBER))
    assert RETURN not in sit(world, "psychiatry.member").get(f"/visitering/{theirs.pk}/").content.decode()
    other = tell(world, who=Who(name="Birthe Prøve", cpr="6201805678"))
    assert RETURN not in sit(world, "police.member").get(f"/visitering/{other.pk}/").content.decode()
    own = tell(world, who=Who(cpr=NUMBER))
    assert sit(world, "police.frontline").get(f"/visitering/{own.pk}/").status_code == 404


def test_parties_are_proposed_by_kind_and_the_others_are_offered(
    world: World, owner_connection: psycopg.Connection
) -> None:
    _kinds(owner_connection, world, "psychiatry", "probation")
    form = judge(sit(world, "police.member"), tell(world), "agenda").context["form"]
    assert form["parties"].value() == [str(world.authorities["social"])]
    offered = [value for value, _label in form.fields["parties"].choices]
    assert str(world.authorities["psychiatry"]) in offered


@pytest.mark.parametrize("way", [*PAGES.values(), "ikke-psp"])
def test_nothing_is_called_voluntary_and_then_demanded(world: World, way: str) -> None:
    if way == "aaben-sag":
        raised(world)
    concern = tell(world, who=Who(name=NAME, cpr=NUMBER))
    member = sit(world, "police.member")
    address = f"/visitering/{concern.pk}/{way}/"
    opened = member.get(address).context["form"]
    voluntary = {bound.name for bound in opened if bound.is_voluntary and not bound.is_hidden}
    for typed in ({}, CASE | {"traits": []}, CASE | {"psychiatric": "no"}):
        answer = member.post(address, typed)
        if answer.status_code == 302:
            break
        assert not voluntary & set(answer.context["form"].errors)


def test_an_own_reason_stands_for_the_second_kind_of_problem(world: World) -> None:
    member, concern = sit(world, "police.member"), tell(world)
    typed = CASE | {"psychiatric": "no", "own_reason": "Ingen andre tør gå derind"}
    assert second(member, concern, "dagsorden", judge(member, concern, "agenda"), **typed).status_code == 302
    with acting(world.seats["police.member"].token):
        case = Concern.objects.select_related("case").get().case
        assert (case.grey_zone, case.traits) == ("Ingen andre tør gå derind", ["invisible"])


@pytest.mark.req("R-001-12")
def test_whether_sharing_is_still_necessary_is_never_answered_beforehand(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "police.member")
    form = screen.get("follow_up", case.pk).context["form"]
    assert form["still_necessary"].value() is None
    assert form["criteria_met"].value() is None
    refused = screen.post("follow_up", case.pk, what_happened="Besøgt")
    assert set(refused.context["form"].errors) == {"still_necessary", "criteria_met"}
    with acting(world.seats["police.member"].token) as actor:
        nothing_new(actor, case)
        assert FollowUp.objects.get().still_necessary == "unknown"


@pytest.mark.parametrize("seat", ["police.member", "social.member"])
def test_no_page_speaks_of_the_rules_by_their_number(world: World, seat: str) -> None:
    page = Screen(world, seat).text("case", raised(world).pk)
    # In what is read: tokens and drawings hold such letters by chance.
    assert not re.search(r"\bL\d{1,2}\b", re.sub("<[^>]*>", " ", page))
    assert "Retsplejelovens § 115" in page
    assert "har rejst sagen" in page
    assert "har ikke fået noget at vide" not in page


def test_a_number_that_one_has_reported_before_is_pointed_out_to_its_writer_alone(world: World) -> None:
    first = tell(world, text="", who=Who(), event_reference="0700-41251-00012-26")
    again = tell(world, text="", who=Who(), event_reference="0700-41251-00012-26")
    hint = "Du har meldt det samme nummer før"
    officer = sit(world, "police.frontline")
    assert hint not in officer.get(f"/bekymringer/{first.pk}/tak/").content.decode()
    page = officer.get(f"/bekymringer/{again.pk}/tak/").content.decode()
    assert hint in page
    assert f"/bekymringer/{first.pk}/" in page
    other = tell(world, "police.member", text="", who=Who(), event_reference="0700-41251-00012-26")
    assert hint not in sit(world, "police.member").get(f"/bekymringer/{other.pk}/tak/").content.decode()

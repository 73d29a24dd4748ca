"""Contacts that are anonymous until the citizen lifts it, help without consent, and a yes to one study (L32, L35)."""

from uuid import uuid4

import psycopg
import pytest

from samsvar.cases.models import Case
from samsvar.cases.services.editing import assign
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import acting
from samsvar.sharing.models import CitizensNo, Consent, Disclosure, HelpDecision, UnitContact
from tests.cases.table import Screen, asking, raised
from tests.cases.test_consent import said_yes
from tests.world import World

S99 = {"support": "s99", "who": "Karen Kontakt", "reach": "Ring til væresteds-telefonen"}
HELP = {
    "help": "Varm mad og en sovepose hver aften",
    "why": "Han forstår ikke, at han kan fryse ihjel",
    "decided_by": "Lis Leder",
    "until": asking(30),
    "review_on": asking(14),
}


@pytest.fixture
def unit(world: World, owner_connection: psycopg.Connection) -> None:
    """The social services' member is in the unit that seeks people out."""
    key = uuid4()
    owner_connection.execute(
        "insert into partnerships_unit (id, authority_id, name, phone, hours, inbox)"
        " values (%s, %s, 'Opsøgende', '', '', '')",
        [key, world.authorities["social"]],
    )
    seat = world.seats["social.member"].post
    owner_connection.execute("update partnerships_capacity set unit_id = %s where id = %s", [key, seat])
    owner_connection.commit()


def _in_touch(world: World, **more: object) -> tuple[Case, UnitContact]:
    case = raised(world)
    assert Screen(world, "social.member").post("contact", case.pk, **S99, **more).status_code == 302
    with acting(world.seats["social.member"].token):
        return case, UnitContact.objects.get()


def tells(world: World, case: Case, row: UnitContact, to: str = "psychiatry") -> int:
    """Tell an authority of the contact; the status of the answer."""
    sent = {"receivers": [world.authorities[to]], "necessity": "De skal vide, hvem de kan ringe til"}
    return Screen(world, "social.member").post("tell_contact", case.pk, row.pk, **sent).status_code


@pytest.mark.req("R-002-70")
def test_only_the_unit_knows_of_a_contact_under_section_99(
    world: World, unit: None, owner_connection: psycopg.Connection
) -> None:
    case, _row = _in_touch(world)
    assert "Karen Kontakt" in Screen(world, "social.member").text("case", case.pk)
    for seat in ("police.member", "psychiatry.member"):
        assert "Karen Kontakt" not in Screen(world, seat).text("case", case.pk), seat
    # A colleague who sits at the same table and is in another unit does not know either.
    post = world.seats["social.member"].post
    owner_connection.execute("update partnerships_capacity set unit_id = null where id = %s", [post])
    owner_connection.commit()
    assert "Karen Kontakt" not in Screen(world, "social.member").text("case", case.pk)


@pytest.mark.req("R-002-70")
def test_it_is_told_only_to_those_whom_the_citizen_lifts_it_for(world: World, unit: None) -> None:
    case, row = _in_touch(world)
    assert tells(world, case, row) == 200
    yes = said_yes(world, information_types=["contact"], receivers=[world.authorities["psychiatry"]])
    Screen(world, "social.member").post("consent", case.pk, **yes)
    assert tells(world, case, row, "police") == 200
    assert tells(world, case, row) == 302
    assert "Karen Kontakt" in Screen(world, "psychiatry.member").text("case", case.pk)
    assert "Karen Kontakt" not in Screen(world, "police.member").text("case", case.pk)
    with acting(world.seats["social.member"].token):
        told = Disclosure.objects.get(subject_kind="unit_contact")
        assert (told.rule, told.consent_id) == ("L10", Consent.objects.get().pk)
    # That it was told is seen by the unit, and by no colleague in another one: a caseworker who is put on the case.
    with acting(world.seats["social.member"].token) as actor:
        assign(actor, case, Capacity.objects.get(pk=world.seats["social.frontline"].post), reason="Bolig")
    assert "Kontakt:" in Screen(world, "social.member").text("case", case.pk)
    with acting(world.seats["social.frontline"].token):
        assert not UnitContact.objects.exists()
        assert not Disclosure.objects.filter(subject_kind="unit_contact").exists()


@pytest.mark.req("R-002-70")
def test_a_withdrawn_yes_lifts_it_for_nobody_more(world: World, unit: None) -> None:
    case, row = _in_touch(world)
    parties = [world.authorities["psychiatry"], world.authorities["police"]]
    screen = Screen(world, "social.member")
    screen.post("consent", case.pk, **said_yes(world, information_types=["contact"], receivers=parties))
    assert tells(world, case, row) == 302
    with acting(world.seats["social.member"].token):
        yes = Consent.objects.get()
    screen.post("consent_withdraw", case.pk, yes.pk)
    assert tells(world, case, row, "police") == 200
    assert "Karen Kontakt" not in Screen(world, "police.member").text("case", case.pk)


def test_the_database_opens_no_section_99_contact_without_the_citizens_yes(
    world: World, unit: None, app_connection: psycopg.Connection
) -> None:
    case, row = _in_touch(world)
    seat = world.seats["social.member"]
    app_connection.execute("select set_config('samsvar.token', %s, true)", [seat.token])
    made = uuid4()
    app_connection.execute(
        "insert into sharing_disclosure (id, partnership_id, authority_id, case_id, subject_kind, subject_id,"
        " information_type, purpose, necessity, rule, pack, reasons, channel, by_id, capacity_id, at)"
        " values (%s, %s, %s, %s, 'unit_contact', %s, 'contact', 'help', 'x', 'L1', 'p', '[]', 'here', %s, %s, now())",
        [made, world.partnership, seat.authority, case.pk, row.pk, seat.person, seat.post],
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute(
            "insert into sharing_receipt (id, partnership_id, disclosure_id, subject_id, authority_id,"
            " from_authority_id, brought_in) values (%s, %s, %s, %s, %s, %s, false)",
            [uuid4(), world.partnership, made, row.pk, world.authorities["psychiatry"], seat.authority],
        )


def test_one_who_is_in_no_unit_writes_no_section_99_contact(world: World) -> None:
    case = raised(world)
    assert Screen(world, "social.member").post("contact", case.pk, **S99).status_code == 200
    with acting(world.seats["social.member"].token):
        assert not UnitContact.objects.exists()


def test_a_mentor_is_the_authoritys_to_know_and_to_tell(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    assert screen.post("contact", case.pk, support="mentor", who="Mads Mentor").status_code == 302
    with acting(world.seats["social.member"].token):
        row = UnitContact.objects.get()
    assert tells(world, case, row) == 302
    assert "Mads Mentor" in Screen(world, "psychiatry.member").text("case", case.pk)
    assert screen.post("end_contact", case.pk, row.pk).status_code == 302
    assert "Mads Mentor" not in Screen(world, "psychiatry.member").text("case", case.pk)


@pytest.mark.req("R-004-67")
def test_help_without_consent_has_a_decider_a_reason_a_period_and_a_review(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    for name in HELP:
        assert screen.post("help", case.pk, **{**HELP, name: ""}).status_code == 200, name
    for wrong in (
        {"review_on": asking(40)},
        {"until": asking(-1)},
        {"help": "Fastholdes med magt, til han sover"},
        {"why": "Tvang var nødvendig"},
    ):
        assert screen.post("help", case.pk, **{**HELP, **wrong}).status_code == 200, wrong
    with acting(world.seats["social.member"].token):
        assert not HelpDecision.objects.exists()
    assert screen.post("help", case.pk, **HELP).status_code == 302
    assert "Han forstår ikke, at han kan fryse ihjel" in screen.text("case", case.pk)
    for seat in ("police.member", "psychiatry.member"):
        assert "fryse ihjel" not in Screen(world, seat).text("case", case.pk)


@pytest.mark.req("R-002-71", "R-004-67")
def test_nobody_is_sent_to_one_who_said_no_to_contact_without_a_decision_that_stands(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    sends = {"way": "not_known", "search_by": "outreach"}
    screen.post("say_no", case.pk, to="contact")
    refused = screen.post("contribute", case.pk, **sends)
    assert refused.status_code == 200
    assert "§ 82" in refused.content.decode()
    # Looking further at one's own desk is no contact.
    assert screen.post("contribute", case.pk, way="not_known", search_by="look_up").status_code == 302
    screen.post("help", case.pk, **HELP)
    assert screen.post("contribute", case.pk, **sends).status_code == 302
    owner_connection.execute(
        "update sharing_helpdecision set since = since - 99, review_on = since - 98, until = since - 97"
    )
    owner_connection.commit()
    assert screen.post("contribute", case.pk, **sends).status_code == 200
    with acting(world.seats["social.member"].token):
        no = CitizensNo.objects.get()
    screen.post("end_no", case.pk, no.pk)
    assert screen.post("contribute", case.pk, **sends).status_code == 302


@pytest.mark.req("R-004-69")
def test_a_yes_to_research_is_written_names_one_study_and_shares_nothing(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    study = {"scope": "research", "study": "Gadeplan 2026", "information_types": [], "receivers": [], "purposes": []}
    for wrong in (
        {"study": ""},
        {"form": "oral", "why_oral": "På gaden"},
        {"receivers": [world.authorities["police"]]},
    ):
        assert screen.post("consent", case.pk, **said_yes(world, **{**study, **wrong})).status_code == 200, wrong
    assert screen.post("consent", case.pk, **said_yes(world, **study)).status_code == 302
    with acting(world.seats["social.member"].token):
        assert Consent.objects.get().study == "Gadeplan 2026"
    assert "Gadeplan 2026" in screen.text("case", case.pk)

"""A citizen known by what people call them, with a number; the citizen lifts it, and the lifting is logged."""

import re

import pytest

from samsvar.audit.models import LogRow
from samsvar.cases.models import Case
from samsvar.cases.services.raising import Facts, raise_case
from samsvar.citizens.models import Identity
from samsvar.citizens.services import identify, new_pseudonym_number
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure, SubjectKind
from tests.cases.table import NECESSARY, Screen
from tests.world import World

CALLED = "Ham ved søen"
LIFT = {"name": "Aage Prøvesen", "words": "I må gerne kende mig nu"}


def anonymous(world: World, *, in_advance: bool = True) -> Case:
    """The police's case about somebody whose name nobody knows, with social services at the table."""
    with acting(world.seats["police.member"].token) as actor:
        group = Group.objects.select_related("partnership").get(pk=world.group)
        group.partnership.name_in_advance = in_advance
        return raise_case(
            actor,
            group=group,
            identity=identify(actor, partnership_id=world.partnership, known_as=CALLED),
            parties=list(Authority.objects.filter(pk=world.authorities["social"])),
            facts=Facts(why_serious="Sover ude", means_exhausted="Alt er prøvet", traits=["invisible"]),
            necessity=NECESSARY,
        )


@pytest.mark.req("R-004-62")
def test_the_worker_chooses_the_name_and_the_system_the_number(world: World) -> None:
    with acting(world.seats["police.member"].token) as actor:
        first = identify(actor, partnership_id=world.partnership, known_as=CALLED)
        second = identify(actor, partnership_id=world.partnership, known_as=CALLED)
        named = identify(actor, partnership_id=world.partnership, name="Aage Prøvesen", known_as=CALLED)
    assert re.fullmatch(r"K-[2-9A-HJKMNP-Z]{6}", first.pseudonym_number)
    assert first.pseudonym_number != second.pseudonym_number
    assert str(first) == f"{CALLED} ({first.pseudonym_number})"
    assert (named.pseudonym_number, str(named)) == ("", "Aage Prøvesen")
    assert len({new_pseudonym_number() for _time in range(200)}) == 200


@pytest.mark.req("R-004-62")
def test_the_case_is_found_and_read_by_pseudonym_and_number(world: World) -> None:
    case = anonymous(world)
    page = Screen(world, "police.member").text("case", case.pk)
    assert case.identity is not None
    assert f"{CALLED} ({case.identity.pseudonym_number})" in page
    assert case.identity.pseudonym_number in Screen(world, "police.member").text("list")
    found = Screen(world, "police.member").post("search", q=case.identity.pseudonym_number)
    assert case.reference in found.content.decode()


@pytest.mark.req("R-004-63")
def test_the_citizen_lifts_it_and_that_is_logged_and_disclosed(world: World) -> None:
    case = anonymous(world)
    police, social = Screen(world, "police.member"), Screen(world, "social.member")
    police.post("say_name", case.pk)
    assert CALLED in social.text("case", case.pk)
    assert police.post("lift_pseudonym", case.pk, **LIFT).status_code == 302
    for screen in (police, social):
        assert "Aage Prøvesen" in screen.text("case", case.pk)
    with acting(world.seats["police.dpo"].token):
        assert LogRow.objects.filter(act="change", subject_kind="identity", detail__pseudonym="lifted").count() == 1
    with acting(world.seats["police.member"].token):
        told = Disclosure.objects.filter(subject_kind=SubjectKind.IDENTITY).order_by("at").last()
        assert told is not None
        assert told.necessity == LIFT["words"]
        assert Identity.objects.get().known_as == CALLED


@pytest.mark.req("R-004-63")
def test_it_is_lifted_once_by_those_who_know_and_by_no_other_party(world: World) -> None:
    case = anonymous(world)
    police, social = Screen(world, "police.member"), Screen(world, "social.member")
    police.post("say_name", case.pk)
    assert social.post("lift_pseudonym", case.pk, **LIFT).status_code == 404
    assert police.post("lift_pseudonym", case.pk, **LIFT).status_code == 302
    assert police.post("lift_pseudonym", case.pk, **LIFT).status_code == 404


@pytest.mark.req("R-004-63")
def test_who_left_before_the_name_was_said_never_reads_it(world: World) -> None:
    case = anonymous(world)
    police, social = Screen(world, "police.member"), Screen(world, "social.member")
    police.post("say_name", case.pk)
    social.post("step_out", case.pk, why="Borgeren er flyttet")
    assert CALLED in social.text("case", case.pk)
    assert police.post("lift_pseudonym", case.pk, **LIFT).status_code == 302
    # Still within the run-off: the case is read, and the name is not.
    for page in (social.text("case", case.pk), social.text("list")):
        assert "Aage Prøvesen" not in page
    found = social.post("search", q="Aage Prøvesen").content.decode()
    assert case.reference not in found
    with acting(world.seats["social.member"].token):
        assert not Identity.objects.exists()
    # What was told stays on record with the one who told it.
    with acting(world.seats["police.member"].token):
        assert Disclosure.objects.filter(subject_kind=SubjectKind.IDENTITY).count() == 1


@pytest.mark.req("R-004-63")
def test_the_database_opens_a_new_name_to_nobody_by_itself(world: World) -> None:
    case = anonymous(world)
    Screen(world, "police.member").post("say_name", case.pk)
    with acting(world.seats["police.member"].token):
        assert Identity.objects.update(name="Aage Prøvesen") == 1
    with acting(world.seats["social.member"].token):
        assert not Identity.objects.exists()


@pytest.mark.parametrize(
    "lacking",
    [
        {"name": ""},
        {"name": "611180-1234"},
        {"name": "\x00"},
        {"words": " "},
        {"words": "Det er 611180-1234"},
        {"name": "x" * 900},
    ],
)
def test_what_lacks_is_said_and_nothing_is_lifted(world: World, lacking: dict[str, str]) -> None:
    case = anonymous(world)
    assert Screen(world, "police.member").post("lift_pseudonym", case.pk, **{**LIFT, **lacking}).status_code == 200
    with acting(world.seats["police.member"].token):
        assert Identity.objects.get().name == ""

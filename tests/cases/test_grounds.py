"""Telling a party on another basis than § 115: on a consent of the case, or by the five answers (L8, L10)."""

import pytest

from samsvar.cases.models import Case
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Consent, Contribution, Disclosure, Release, Weighed
from tests.cases.table import Screen, asking, raised
from tests.cases.test_consent import said_yes, sent, taken
from tests.cases.test_releasing import listed
from tests.world import World

FIVE = {
    "basis": "overriding",
    "own_sake": "Han har ikke spist i fire dage",
    "concrete": "Lejligheden er set i dag af hjemmeplejen",
    "outweighs": "Hans liv kan være i fare",
    "consent_tried": "Han lukker ikke op",
    "leader": "Lis Leder",
}


def drafted(world: World, **more: object) -> dict[str, object]:
    """What psychiatry's member writes for the police, for a releaser to pass on."""
    return sent(world, information_type="health", **more)


def told(world: World, who: str = "social") -> list[Disclosure]:
    """What an authority has told of what it knows."""
    with acting(world.seats[f"{who}.member"].token):
        return list(Disclosure.objects.filter(subject_kind="contribution"))


@pytest.mark.req("R-000-103")
@pytest.mark.parametrize("missing", ["own_sake", "concrete", "outweighs", "consent_tried", "leader"])
def test_a_party_is_told_by_overriding_interest_only_with_all_five(world: World, missing: str) -> None:
    case = raised(world)
    refused = Screen(world, "social.member").post("contribute", case.pk, **sent(world, **{**FIVE, missing: " .. "}))
    assert refused.status_code == 200
    assert FIVE["own_sake"] in refused.content.decode() or missing == "own_sake"
    assert not told(world)
    with acting(world.seats["social.member"].token):
        assert not Weighed.objects.exists()


@pytest.mark.req("R-000-103", "R-000-97")
def test_the_five_answers_and_the_leader_stand_beside_what_was_told_and_stay_at_home(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    assert screen.post("contribute", case.pk, **sent(world, **FIVE)).status_code == 302
    (row,) = told(world)
    assert row.rule == "L8"
    with acting(world.seats["social.member"].token):
        assert Weighed.objects.get(pk=row.weighed_id).for_law().concrete == FIVE["concrete"]
    assert "besluttet af Lis Leder" in screen.text("case", case.pk)
    # The police read what they were told, and not how it was weighed.
    at_the_police = Screen(world, "police.member").text("case", case.pk)
    assert "Har mistet sin bolig" in at_the_police
    assert "Lis Leder" not in at_the_police
    with acting(world.seats["police.member"].token):
        assert Disclosure.objects.filter(pk=row.pk).exists()
        assert not Weighed.objects.exists()


def test_what_was_kept_at_home_can_be_passed_on_by_overriding_interest(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    screen.post("contribute", case.pk, **sent(world, way="keep"))
    with acting(world.seats["social.member"].token):
        row = Contribution.objects.get()
    assert "værdispring" in screen.text("pass_on", case.pk, row.pk).lower()
    answer = {"receivers": [world.authorities["police"]], "necessity": "De kører nu", "purpose": "acute", "looked": "1"}
    assert screen.post("pass_on", case.pk, row.pk, **answer, **FIVE).status_code == 302
    assert [one.rule for one in told(world)] == ["L8"]


@pytest.mark.req("R-000-103", "R-000-104")
def test_the_same_assessment_in_another_case_is_refused_as_routine(world: World) -> None:
    screen = Screen(world, "social.member")
    first: Case = raised(world)
    second: Case = raised(world, name="Berta Prøvesen", cpr="6111801235")
    assert screen.post("contribute", first.pk, **sent(world, **FIVE)).status_code == 302
    refused = screen.post("contribute", second.pk, **sent(world, **FIVE, necessity="De møder hende"))
    assert refused.status_code == 200
    assert "Det kan ikke være en fast ordning" in refused.content.decode()
    assert len(told(world)) == 1


@pytest.mark.req("R-000-107")
def test_telling_on_consent_takes_the_one_that_covers_it_and_stops_when_it_is_withdrawn(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    on_consent = sent(world, basis="consent")
    assert screen.post("contribute", case.pk, **on_consent).status_code == 200
    yes = taken(world, case)
    assert screen.post("contribute", case.pk, **{**on_consent, "information_type": "housing"}).status_code == 200
    assert screen.post("contribute", case.pk, **on_consent).status_code == 302
    (row,) = told(world)
    assert (row.rule, row.consent_id) == ("L10", yes.pk)
    screen.post("consent_withdraw", case.pk, yes.pk)
    assert screen.post("contribute", case.pk, **on_consent).status_code == 200
    assert len(told(world)) == 1


@pytest.mark.req("R-000-101", "R-000-103")
def test_a_releaser_reads_the_five_answers_and_what_is_told_rests_on_them(world: World) -> None:
    listed(world, "psychiatry.screener")
    case = raised(world)
    writer = Screen(world, "psychiatry.member")
    assert writer.post("contribute", case.pk, **drafted(world, **{**FIVE, "leader": ""})).status_code == 200
    assert writer.post("contribute", case.pk, **drafted(world, **FIVE)).status_code == 302
    assert not told(world, "psychiatry")
    with acting(world.seats["psychiatry.screener"].token):
        waits = Release.objects.get()
    releaser = Screen(world, "psychiatry.screener")
    page = releaser.text("release", waits.pk)
    for answer in (FIVE["concrete"], "Lis Leder"):
        assert answer in page
    assert releaser.post("release", waits.pk, way="release").status_code == 302
    assert [one.rule for one in told(world, "psychiatry")] == ["L8"]


@pytest.mark.req("R-000-107")
@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_consent_withdrawn_while_the_draft_waits_stops_the_release(world: World, withdrawn: bool) -> None:
    listed(world, "psychiatry.screener")
    case = raised(world)
    writer = Screen(world, "psychiatry.member")
    writer.post("consent", case.pk, **said_yes(world, information_types=["health"]))
    with acting(world.seats["psychiatry.member"].token):
        yes = Consent.objects.get()
    assert writer.post("contribute", case.pk, **drafted(world, basis="consent")).status_code == 302
    with acting(world.seats["psychiatry.screener"].token):
        waits = Release.objects.get()
    if withdrawn:
        writer.post("consent_withdraw", case.pk, yes.pk)
    answer = Screen(world, "psychiatry.screener").post("release", waits.pk, way="release")
    assert answer.status_code == (200 if withdrawn else 302)
    assert [one.rule for one in told(world, "psychiatry")] == ([] if withdrawn else ["L10"])


def test_the_effect_names_the_basis_that_is_chosen(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    ticks = {"receivers": [world.authorities["police"]], "information_type": "social", "purpose": "help"}
    assert "§ 115" in screen.text("effect", case.pk, **ticks)
    assert "leder" in screen.text("effect", case.pk, **ticks, basis="overriding")
    assert screen.get("effect", case.pk, **ticks, basis="none").status_code == 200
    taken(world, case, given_on=asking(-1))
    assert "§ 115" not in screen.text("effect", case.pk, **ticks, basis="consent")

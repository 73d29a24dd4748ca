"""The citizen's yes and no: who gave it, how long it lasts, what it stops, and what is done against it (L10)."""

from datetime import date, timedelta

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.models import Case
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.postgres.actor import acting
from samsvar.sharing.models import CitizensNo, Consent, Contribution, Disclosure, Override
from samsvar.sharing.services import NotLawful, contribute, contribution_subject, disclose
from tests.cases.table import Screen, asking, authority, raised
from tests.clients import sit
from tests.world import World

TEXT = "Har mistet sin bolig"


def said_yes(world: World, **more: object) -> dict[str, object]:
    """A yes to telling the police about social matters."""
    return {
        "scope": "share",
        "information_types": ["social"],
        "receivers": [world.authorities["police"]],
        "purposes": ["help"],
        "given": "Aage Prøvesen",
        "form": "written",
        "informed": "on",
        **more,
    }


def sent(world: World, **more: object) -> dict[str, object]:
    """What the social services tell the police."""
    return {
        "text": TEXT,
        "information_type": "social",
        "receivers": [world.authorities["police"]],
        "necessity": "De møder ham hver nat",
        "way": "pass",
        "looked": "1",
        **more,
    }


def taken(world: World, case: Case, **more: object) -> Consent:
    """A consent that the social services have taken."""
    assert Screen(world, "social.member").post("consent", case.pk, **said_yes(world, **more)).status_code == 302
    with acting(world.seats["social.member"].token):
        return Consent.objects.get()


@pytest.mark.req("R-000-107", "R-002-65", "R-004-66", "R-003-50")
def test_a_consent_says_what_to_whom_why_how_and_how_long(world: World) -> None:
    case = raised(world)
    row = taken(world, case)
    assert (row.information_types, row.purposes, row.form) == (["social"], ["help"], "written")
    assert row.receiver_ids == [world.authorities["police"]]
    assert row.by_id == world.seats["social.member"].person
    assert row.valid_to <= row.given_on + timedelta(days=366)
    own, other = Screen(world, "social.member"), Screen(world, "police.member")
    assert "Aage Prøvesen, " in own.text("case", case.pk).split("Samtykke</h3>")[1]
    assert "Samtykke</h3>" not in other.text("case", case.pk)


@pytest.mark.req("R-000-107")
@pytest.mark.parametrize(
    "lacking",
    [
        {"form": "oral"},
        {"given": " "},
        {"receivers": []},
        {"purposes": []},
        {"information_types": []},
        {"informed": ""},
        {"scope": "research"},
        {"given_on": asking(2)},
        {"valid_to": asking(-400)},
    ],
)
def test_what_a_consent_lacks_is_said_and_nothing_is_kept(world: World, lacking: dict[str, object]) -> None:
    case = raised(world)
    wanted = {key: value for key, value in (said_yes(world) | lacking).items() if value != ""}
    assert Screen(world, "social.member").post("consent", case.pk, **wanted).status_code == 200
    with acting(world.seats["social.member"].token):
        assert not Consent.objects.exists()


@pytest.mark.req("R-000-107")
def test_it_lasts_a_year_at_most_whatever_was_typed(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    row = taken(world, case, valid_to=asking(3000))
    assert row.valid_to <= date.today() + timedelta(days=366)
    with pytest.raises(psycopg.errors.CheckViolation):
        owner_connection.execute("update sharing_consent set valid_to = given_on + 400")
    owner_connection.rollback()


@pytest.mark.req("R-002-66")
def test_an_old_consent_asks_to_be_asked_again(world: World) -> None:
    case = raised(world)
    social = Screen(world, "social.member")
    taken(world, case, given_on=asking(-200))
    assert "Spørg igen" in social.text("case", case.pk)


@pytest.mark.req("R-002-67")
def test_it_stands_only_when_all_who_must_have_said_yes(world: World) -> None:
    case = raised(world)
    row = taken(world, case, given="Mor Prøvesen", missing="Far Prøvesen")
    social = Screen(world, "social.member")
    assert not row.stands()
    assert "Gælder ikke endnu: Far Prøvesen mangler." in social.text("case", case.pk)
    assert Screen(world, "police.member").post("consent_too", case.pk, row.pk, who="Far Prøvesen").status_code == 404
    social.post("consent_too", case.pk, row.pk, who="En anden")
    social.post("consent_too", case.pk, row.pk, who="Far Prøvesen")
    with acting(world.seats["social.member"].token):
        assert Consent.objects.get().stands()


def on_consent(world: World, case: Case, row: Consent) -> Disclosure:
    """Tell the police something on the consent alone."""
    with acting(world.seats["social.member"].token) as actor:
        made = contribute(actor, case, "contributes", text=TEXT, information_type="social")
        return disclose(
            actor,
            contribution_subject(case, made.pk),
            [authority(world, "police")],
            information_type=InformationType.SOCIAL,
            purpose=Purpose.HELP,
            necessity="De møder ham hver nat",
            basis=Basis.CONSENT,
            consent=Consent.objects.get(pk=row.pk),
        )


@pytest.mark.req("R-000-107", "R-004-66", "R-003-52")
def test_withdrawing_stops_what_comes_and_deletes_nothing(world: World) -> None:
    case = raised(world)
    row = taken(world, case)
    assert on_consent(world, case, row).rule == "L10"
    assert Screen(world, "social.member").post("consent_withdraw", case.pk, row.pk).status_code == 302
    with pytest.raises(NotLawful):
        on_consent(world, case, row)
    with acting(world.seats["police.member"].token):
        assert Contribution.objects.count() == 1
    assert "Trukket tilbage" in Screen(world, "social.member").text("case", case.pk)


@pytest.mark.req("R-000-108")
def test_the_cooperation_never_waits_for_a_consent(world: World) -> None:
    case = raised(world)
    assert Screen(world, "social.member").post("contribute", case.pk, **sent(world)).status_code == 302
    assert TEXT in Screen(world, "police.member").text("case", case.pk)


@pytest.mark.req("R-000-109")
def test_an_officer_is_asked_whether_it_is_freely_given(world: World) -> None:
    case = raised(world)
    assert "Er du i uniform?" in Screen(world, "police.member").text("consent", case.pk)
    assert "Er du i uniform?" not in Screen(world, "social.member").text("consent", case.pk)


def said_no(world: World, **more: object) -> Case:
    """A case in which psychiatry has written down the citizen's no to sharing."""
    case = raised(world)
    given = {"to": "sharing", "words": "Det rager ikke politiet", **more}
    assert Screen(world, "psychiatry.member").post("say_no", case.pk, **given).status_code == 302
    return case


@pytest.mark.req("R-002-69")
def test_a_no_is_seen_by_whoever_is_about_to_act_against_it(world: World) -> None:
    case = said_no(world)
    social = Screen(world, "social.member")
    for page in ("case", "contribute", "agree"):
        assert "Det rager ikke politiet" in social.text(page, case.pk), page
    assert social.post("end_no", case.pk, no_of(world)).status_code == 302
    assert "Det rager ikke politiet" in social.text("case", case.pk)
    Screen(world, "psychiatry.member").post("end_no", case.pk, no_of(world))
    assert "Det rager ikke politiet" not in social.text("case", case.pk)


def no_of(world: World) -> object:
    """The id of the one no there is."""
    with acting(world.seats["psychiatry.member"].token):
        return CitizensNo.objects.get().pk


@pytest.mark.req("R-002-68", "R-002-64", "R-003-47")
def test_what_goes_against_a_no_has_a_reason_a_name_and_a_second_leader(world: World) -> None:
    case = said_no(world)
    social = Screen(world, "social.member")
    refused = social.post("contribute", case.pk, **sent(world))
    assert refused.status_code == 200
    assert "Borgeren har sagt nej til, at det deles." in refused.content.decode()
    assert TEXT not in Screen(world, "police.member").text("case", case.pk)
    assert social.post("contribute", case.pk, **sent(world, against_no="Han fryser ihjel i nat")).status_code == 302
    assert TEXT in Screen(world, "police.member").text("case", case.pk)
    listed = reverse("cases:overrides")
    leader, writer = sit(world, "social.screener"), sit(world, "social.member")
    assert "Han fryser ihjel i nat" in leader.get(listed).content.decode()
    assert sit(world, "social.frontline").get(listed).status_code == 404
    assert "Han fryser" not in sit(world, "police.member").get(listed).content.decode()
    with acting(world.seats["social.member"].token):
        row = Override.objects.get()
    writer.post(reverse("cases:override_review", args=[row.pk]), {"verdict": "Det var fint"})
    assert "Det var fint" not in leader.get(listed).content.decode()
    leader.post(reverse("cases:override_review", args=[row.pk]), {"verdict": "Rigtigt gjort"})
    assert "Rigtigt gjort" in writer.get(listed).content.decode()


@pytest.mark.req("R-002-69")
def test_a_no_about_one_authority_stops_only_what_goes_there(world: World) -> None:
    case = said_no(world, about=str(world.authorities["police"]))
    social = Screen(world, "social.member")
    assert social.post("contribute", case.pk, **sent(world)).status_code == 200
    other = sent(world, receivers=[world.authorities["psychiatry"]])
    assert social.post("contribute", case.pk, **other).status_code == 302
    with acting(world.seats["social.member"].token):
        assert not Override.objects.exists()


def test_a_lapsed_consent_does_not_stand(world: World) -> None:
    case = raised(world)
    row = taken(world, case, valid_to=asking(3))
    assert row.stands()
    assert not row.stands(timezone.localdate() + timedelta(days=4))


def test_the_usual_yes_is_four_ticks_and_presses(world: World) -> None:
    """Who hears it, about what, that the citizen knows what it means, and save; the rest stands there already."""
    case = raised(world)
    screen = Screen(world, "police.member")
    form = screen.get("consent", case.pk).context["form"]
    stands = {name: form[name].value() for name in form.fields}
    pressed = {"receivers": [world.authorities["social"]], "information_types": ["police_event"], "informed": "on"}
    sent = {name: value for name, value in stands.items() if value not in (None, False, "", [])} | pressed
    assert len(pressed) + 1 <= 5
    assert screen.post("consent", case.pk, **sent).status_code == 302
    with acting(world.seats["police.member"].token):
        row = Consent.objects.get()
    assert (row.given, row.purposes, row.form, row.scope) == (["Aage Prøvesen"], ["help"], "written", "share")
    assert row.given_on == timezone.localdate()


def test_what_is_folded_away_opens_when_something_in_it_was_chosen_or_is_wrong(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    assert '<details class="details"><summary' in screen.text("consent", case.pk)
    wrong = screen.post("consent", case.pk, **said_yes(world, form="oral")).content.decode()
    assert '<details class="details" open>' in wrong

"""Whoever works with a citizen asks the municipality for a tovholder, and hears who it became (R-003-17)."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from samsvar.coordination.models import CareNetwork
from samsvar.referrals import services
from samsvar.referrals.models import Referral
from samsvar.sharing.models import Disclosure
from tests.clients import sit
from tests.referrals.ground import Units, again, drafted, said, sent
from tests.world import World

WISH = said(asks="Borgeren selv", signs="Sammensatte problemer, og hjælp fra tre afdelinger.")


@pytest.fixture
def wish(units: Units) -> Callable[[], Referral]:
    """The police ask the authority for adults."""

    def asked() -> Referral:
        with units.at("police.frontline") as actor:
            return sent(actor, units, "police", "adult", "coordinator", WISH)

    return asked


@pytest.mark.req("R-003-17")
def test_another_authority_asks_and_the_municipality_types_nothing_again(
    world: World, units: Units, wish: Callable[[], Referral]
) -> None:
    row = wish()
    with units.at("police.frontline") as actor:
        assert [one.authority_id for one in Disclosure.objects.filter(subject_id=row.pk)] == [actor.authority_id]
    client = sit(world, "social.member")
    seen = client.get(reverse("referrals:referral", args=[row.pk])).content.decode()
    door = f"{reverse('coordination:open')}?henvisning={row.pk}"
    assert door in seen
    form = client.get(door).content.decode()
    assert 'value="Jens Prøvesen"' in form
    assert 'value="Lokalpolitiet"' in form
    assert "hjælp fra tre afdelinger" in form
    answer = client.post(
        door,
        {
            "name": "Jens Prøvesen",
            "cpr": "6111801234",
            "asked_by": "professional",
            "who": "Lokalpolitiet",
            "signs": ["complex", "several"],
            "why": "",
            "asked_on": "1.11.2026",
        },
    )
    with units.at("social.member") as actor:
        network = CareNetwork.objects.get()
        assert answer["Location"] == reverse("coordination:network", args=[network.pk])
        services.answer(actor, again(row), services.Reply("appointed", "Karen Holm, 12 34 56 78, hverdage 9 til 12"))
    told = sit(world, "police.frontline").get(reverse("referrals:referral", args=[row.pk])).content.decode()
    assert "Karen Holm, 12 34 56 78" in told
    # A tovholder of a citizen opens nothing to those who asked.
    assert sit(world, "police.frontline").get(answer["Location"]).status_code == 404


def test_nobody_is_found_and_those_who_asked_hear_why(units: Units, wish: Callable[[], Referral]) -> None:
    row = wish()
    with units.at("social.member") as actor:
        with pytest.raises(services.ReferralError):
            services.answer(actor, again(row), services.Reply("none_found", ""))
        services.answer(actor, again(row), services.Reply("none_found", "Ingen har plads før jul."))
    with units.at("police.frontline") as actor:
        assert again(row).answer == "none_found"


@pytest.mark.parametrize("seat", ["police.frontline", "social.frontline", "psychiatry.member"])
def test_the_form_is_filled_for_the_unit_that_was_asked_alone(
    world: World, wish: Callable[[], Referral], seat: str
) -> None:
    row = wish()
    answer = sit(world, seat).get(f"{reverse('coordination:open')}?henvisning={row.pk}")
    assert answer.status_code == 404
    assert "Prøvesen" not in answer.content.decode()


def test_a_draft_is_no_wish_yet(world: World, units: Units) -> None:
    with units.at("police.frontline") as actor:
        row = drafted(actor, units, "police", "adult", "coordinator")
    assert sit(world, "social.member").get(f"{reverse('coordination:open')}?henvisning={row.pk}").status_code == 404


def test_the_neutral_answer_shows_the_door(world: World) -> None:
    page = sit(world, "police.member").post(reverse("coordination:look"), {"cpr": "6111801234"}).content.decode()
    assert reverse("referrals:choose") in page

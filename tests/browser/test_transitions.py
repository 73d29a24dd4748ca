"""Transitions in a real browser: read by axe, with long names on narrow screens."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.postgres.actor import acting
from samsvar.referrals.services import transitions as services
from tests.browser.hands import Hands, look_well
from tests.coordination.ground import unit
from tests.referrals.test_transitions import hands as hands_over
from tests.referrals.test_transitions import number, puts
from tests.world import World

pytestmark = pytest.mark.browser

LONG = "Maj-Britt Henriette Kristoffersen-Bøgebjerg Vestergaard"


@pytest.fixture
def addresses(world: World, owner_connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    """A list with all that it can hold, and what has been handed to others."""
    unit(world, owner_connection, "Børne- og Ungdomspsykiatrisk Klinik", "psychiatry.frontline", "psychiatry")
    adults: UUID = unit(world, owner_connection, "Myndigheden for voksne", "social.screener")
    job: UUID = unit(world, owner_connection, "Jobcenteret", "social.member")
    seat = "psychiatry.frontline"
    girl = puts(world, seat, "child_psychiatry", 214, name=LONG, case_known="no", cpr=number(214))
    puts(world, seat, "child_psychiatry", 190, name="Senere Prøvesen", cpr=number(190))
    puts(world, seat, "waiting", name="Venter Prøvesen", cpr="", day=timezone.localdate() - timedelta(days=20))
    home = puts(world, seat, "ward_home", name="Hjem Prøvesen", cpr="", day=timezone.localdate() + timedelta(days=2))
    waits = hands_over(world, girl, "social", adults, seat, words="Kan selv tage bussen.\n" * 4)
    answered = hands_over(world, girl, "social", job, seat, receiver="jobcentre")
    with acting(world.seats["social.member"].token) as actor:
        services.decline(actor, answered, "Hun bor i en anden kommune. Prøv hos dem, og ring til os, hvis hun flytter.")
    return [
        ("list", seat, reverse("referrals:transitions")),
        ("new", seat, reverse("referrals:transition_new")),
        ("one", seat, reverse("referrals:transition", args=[girl.pk])),
        ("home", seat, reverse("referrals:transition", args=[home.pk])),
        ("over", seat, reverse("referrals:hand_over", args=[girl.pk])),
        ("received", "social.screener", reverse("referrals:received", args=[waits.pk])),
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], addresses: list[tuple[str, str, str]], language: str) -> None:
    look_well(sits, "transitions", addresses, language)

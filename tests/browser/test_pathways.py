"""Pathways in a real browser: the list, one with all that it can hold, and the small forms."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.services.concerns import Who
from samsvar.referrals.services import pathways as services
from tests.browser.hands import Hands, look_well
from tests.referrals.ground import CPR, Units, said, sent
from tests.world import World

pytestmark = pytest.mark.browser

LONG = "Maj-Britt Henriette Kristoffersen-Bøgebjerg Vestergaard"


@pytest.fixture
def addresses(world: World, owner_connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    """Three in a unit, one of them far, one with the municipality's doctor, and one that left with nobody."""
    units = Units(world, owner_connection)
    units.sit("social.screener", "adult")
    again = timezone.localdate() + timedelta(days=30)
    with units.at("social.frontline") as actor:
        asked = sent(actor, units, "job", "adult", "support_85", said("wishes", "functioning", "needs"), cpr=CPR)
    with units.at("social.screener") as actor:
        far = services.open_from(actor, asked)
        services.assess(actor, far, "Kan ikke selv komme ud ad døren, og er bange for at tage bussen alene.")
        waits = services.open_new(actor, units.pages["adult"], Who(name=LONG))
        services.stand(actor, waits, "paused", "Er indlagt på Afsnit H3 og vil gerne ses igen bagefter", again)
        left = services.open_new(actor, units.pages["adult"], Who(name="Vibeke Prøvesen"))
        services.end(actor, left, "lost", "", True)
    with units.at("social.member") as actor:
        services.grant(actor, far, "To timers støtte om ugen til jul")
    with units.at("social.screener") as actor:
        services.answer(actor, far, "children", "yes", "To drenge på 4 og 7")
        services.begin_clock(actor, far, "adult_supervision_short", timezone.localdate() - timedelta(days=80))
        services.ask_place(actor, far, "Støttekorpset i Prøveby")
    seat = "social.screener"
    page = reverse("referrals:pathway", args=[far.pk])
    return [
        ("list", seat, reverse("referrals:pathways")),
        ("new", seat, reverse("referrals:pathway_new")),
        ("one", seat, page),
        ("paused", "social.member", reverse("referrals:pathway", args=[waits.pk])),
        ("answer", seat, page + "svar/?om=duty"),
        ("move", seat, page + "trin/"),
        ("end", seat, page + "slut/"),
        ("referral", seat, reverse("referrals:referral", args=[asked.pk])),
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], addresses: list[tuple[str, str, str]], language: str) -> None:
    look_well(sits, "pathways", addresses, language)

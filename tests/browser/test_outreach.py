"""Outreach in a real browser: a visit logged with one thumb on a narrow screen, and the pages as they look."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.outreach import services
from samsvar.outreach.models import Attempt, Course
from samsvar.outreach.services import Judged, Looked, Peace, Said
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.outreach.ground import begun, tried
from tests.world import World

pytestmark = pytest.mark.browser

# proof.md counts a tap as 1.1 s and a stop for thought as 1.2 s.
TAP, THOUGHT, SECONDS, TAPS = 1.1, 1.2, 20, 5
NARROW = 320


@pytest.fixture
def course(world: World, team: UUID) -> Course:
    """A team's work with all that it can hold."""
    today = timezone.localdate()
    with acting(world.seats["social.frontline"].token) as actor:
        search = services.look_for_some(actor, Looked("pension", "Ydelsesservice", "Serviceloven § 12", reviewed=40))
        services.receive(actor, Said(11, "Lugter i opgangen, ingen har set ham siden jul"), search)
        inquiry = services.receive(actor, Said(13, "Råber om natten", "Nabo Prøvesen", hidden=True))
        course = services.start_course(actor, services.Begun("Fuglemanden", door="Prøvevænget 7"), inquiry, "taken")
        services.keep_in_mind(
            actor,
            course,
            services.About("Slog ud efter en vicevært", "Håndskrevet kort", "defence", "Andres uro", "Bruseren"),
        )
        tried(actor, course, 2, None, card_left=True)
        tried(
            actor,
            course,
            1,
            3,
            partner=world.seats["social.screener"].person,
            note="Svarede, at han har kaffe nok",
            next_on=today + timedelta(days=7),
        )
        services.move_phase(actor, course, 3)
        services.move_phase(actor, course, 2)
        peace = Peace(["benefit", "eviction"], "Ydelsesservice", "Lis Prøvesen", "Samtykke", today + timedelta(days=9))
        services.protect(actor, course, peace)
        services.propose(actor, course, "Rengøring", "yellow", "Kun hvis du er der imens")
        services.propose(actor, course, "Besøg hos lægen", "green")
        services.hand_over(actor, course, "Bostøtten, § 85", "Lis Prøvesen", "Vil selv", today + timedelta(days=30))
        yes = dict.fromkeys(("illness", "isolation", "conditions", "home"), "yes")
        services.assess(
            actor,
            course,
            Judged("joint", **yes, belongs=True, rationale="Alene og syg", risk=2, conditions_note="Intet vand"),  # type: ignore[arg-type]
        )
        services.ask_about_study(actor, course, services.Asked("Gadeplan 2026", "yes", today, "Skabet, mappe 4"))
        begun(actor, "Hende med cyklen")
    return course


def test_a_visit_is_logged_with_one_thumb_in_five_taps_and_twenty_seconds(
    sits: Callable[..., Hands], world: World, team: UUID
) -> None:
    with acting(world.seats["social.frontline"].token) as actor:
        found = begun(actor)
    skp = sits("social.frontline", width=NARROW)
    skp.goes(reverse("outreach:home"))
    skp.actions = 0
    skp.actions += 1
    skp.page.locator(f'main a[href$="{found.pk}/log/"]').first.click()
    for words in ("Banke på", "Taler gennem sprækken"):
        skp.actions += 1
        # What a thumb hits is the whole tile.
        skp.page.locator(".log-tile", has_text=words).first.click()
    save = skp.page.get_by_role("button", name="Gem besøget")
    assert save.is_visible()
    box = save.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert skp.page.evaluate("document.querySelector('.log-save').getBoundingClientRect().bottom <= innerHeight + 1")
    skp.picture("outreach-log-taps", full=False)
    skp.clicks("Gem besøget")
    assert skp.actions <= TAPS
    assert skp.actions * TAP + skp.actions * THOUGHT <= SECONDS
    assert skp.sees("Skrevet i loggen.")
    skp.page.wait_for_url(f"**/opsoegende/{found.pk}/")
    with acting(world.seats["social.frontline"].token):
        row = Attempt.objects.get(course=found)
        assert (row.method, row.rung) == (1, 3)
        assert timezone.now() - row.on < timedelta(minutes=2)
    skp.clicks("Fortryd det sidste")
    with acting(world.seats["social.frontline"].token):
        assert not Attempt.objects.filter(course=found).exists()
    assert skp.complaints == []


@pytest.mark.parametrize(("language", "width"), [("da", 1366), ("da", NARROW), ("en", NARROW)])
def test_the_pages_look_well(sits: Callable[..., Hands], course: Course, language: str, width: int) -> None:
    inside = {
        "course": "course",
        "log": "log",
        "study": "study",
        "assess": "assess",
        "end": "end",
        "protect": "protect",
    }
    more = {"assess": ["koebenhavn"]}
    pages = [(name, reverse(f"outreach:{name}")) for name in ("home", "start", "inquiries", "receive", "searches")]
    pages += [(name, reverse(f"outreach:{to}", args=[course.pk, *more.get(name, [])])) for name, to in inside.items()]
    shown = [(name, "social.frontline", path) for name, path in pages]
    look_well(sits, "outreach", [*shown, ("studies", "social.member", reverse("outreach:studies"))], language, (width,))

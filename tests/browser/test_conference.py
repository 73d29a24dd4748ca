"""A conference in a real browser: long names on a telephone, and what others do is seen without reloading."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.conferences import services
from samsvar.conferences.models import About, ConferenceItem, Named
from samsvar.conferences.selectors import find_item
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors.agendas import attendance
from samsvar.meetings.services import conducting
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import Actor, acting
from tests.browser.hands import Hands
from tests.world import World

pytestmark = pytest.mark.browser

LONG = "Ann-Kathrine Elisabeth Lindegaard Christoffersen-Vestergaard"
CITIZEN = "Maximiliane Theodora Dagmar Prøvesen-Langebæksvejen"
PLACE = "Specialrådgivningscenterets Voksenhandicapafdeling, Bofællesskabet Sønderbakkevænget"


@pytest.fixture
def table(world: World, owner_connection: psycopg.Connection) -> Meeting:
    """A conference today, at a table whose people and authorities have long names."""
    owner_connection.execute("update partnerships_group set model = 'conference' where id = %s", [world.group])
    for key, name in (("psychiatry", PLACE), ("social", "Rehabiliteringsafdelingen i Odsherred Kommune")):
        owner_connection.execute(
            "update partnerships_authority set name = %s where id = %s", [name, world.authorities[key]]
        )
    owner_connection.execute(
        "update accounts_user set name = %s where id = %s", [LONG, world.seats["psychiatry.member"].person]
    )
    owner_connection.commit()
    with acting(world.seats["social.member"].token) as actor:
        now = timezone.localtime()
        at = now.replace(hour=min(now.hour, 13), minute=0, second=0, microsecond=0)
        return conducting.plan(actor, Group.objects.get(pk=world.group), at, place="Platanhus, Annebergparken")


def brings(actor: Actor, meeting: Meeting, world: World, text: str, **more: object) -> ConferenceItem:
    """A matter that the ward hears too."""
    hearers = [Authority.objects.get(pk=world.authorities["psychiatry"])]
    brought = {"kind": "new", "named": Named.NO, "names": [CITIZEN], "hearers": hearers, "informed": "later"} | more
    return services.raise_matter(actor, meeting, services.Brought(text=text, **brought))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_conference_reads_well_with_long_names(
    sits: Callable[..., Hands], world: World, table: Meeting, language: str
) -> None:
    with acting(world.seats["psychiatry.member"].token) as actor:
        seats = attendance(actor, table)
        conducting.attend(actor, table, {one.membership.pk: "present" for one in seats})
    with acting(world.seats["social.member"].token) as actor:
        services.set_frame(actor, table, chair=LONG, minute_taker=LONG, psp_minutes=30)
        item = brings(actor, table, world, "Borgeren vil gerne i arbejde igen, men kommer ikke til samtalerne.")
        other = brings(actor, table, world, "Huslejen er ikke betalt.", minutes=3)
        general = {"about": About.GENERAL, "kind": "general", "named": Named.NOBODY, "names": [], "informed": ""}
        brings(actor, table, world, "Nye åbningstider.", **general)
        services.add_participant(actor, table, LONG, [PLACE, "Projektet Et samtidigt ansvar"])
        services.add_visitor(actor, item, "Maj-Britt Henriette Kristoffersen-Bøgebjerg", [PLACE])
        services.move(actor, other, 1, "Sagsbehandleren fra Rehabiliteringsafdelingen skal gå klokken 14")
        services.agree(
            actor,
            item,
            services.Agreed(
                "Besøger borgeren sammen med mentoren",
                [Authority.objects.get(pk=world.authorities["psychiatry"])],
                LONG,
                timezone.localdate(),
                "borgeren lukker op",
                "skriver et brev",
            ),
        )
        services.talk(actor, item, "join", role="presenter", who=LONG)
        here = find_item(actor, item.pk)
        assert here is not None
        services.write(
            actor,
            here,
            text=here.words.text,
            informed="later",
            informed_on=None,
            conclusion="agreed",
            conclusion_text="De tager ud til borgeren sammen.",
            own_words="Jeg vil gerne have fred om morgenen.",
            seen=here.words.stamp,
        )
    hands = sits("social.member", language=language)
    for name, path in (
        ("home", reverse("conferences:home")),
        ("order", reverse("conferences:conference", args=[table.pk])),
        ("bring", reverse("conferences:bring", args=[table.pk])),
        ("item", reverse("conferences:item", args=[item.pk]) + "?rum=1"),
        ("matter", reverse("conferences:matter", args=[item.matter_id])),
        ("minutes", reverse("conferences:minutes", args=[table.pk])),
    ):
        hands.looks_well_on_both(f"conference-{name}-{language}", path)
    with acting(world.seats["social.member"].token) as actor:
        services.approve(actor, item, all_the_same=True)
        services.end(actor, table)
    hands.goes(reverse("conferences:minutes", args=[table.pk]))
    hands.sends(f'form[action="{reverse("meetings:minutes_send", args=[table.pk])}"] button')
    hands.looks_well_on_both(f"conference-sent-{language}")
    hands.looks_well_on_both(f"conference-approved-{language}", reverse("conferences:item", args=[item.pk]))
    assert hands.complaints == []


def test_what_others_do_is_seen_without_reloading(sits: Callable[..., Hands], world: World, table: Meeting) -> None:
    hands = sits("police.member", width=320)
    hands.goes(reverse("conferences:conference", args=[table.pk]))
    page = hands.page
    with acting(world.seats["social.member"].token) as actor:
        first = brings(actor, table, world, "Noget.")
    page.get_by_text("Sag nr. 1").first.wait_for(timeout=10_000)
    # What the person has in hand stays as it is
    page.get_by_text("En deltager uden adgang her").click()
    page.get_by_label("Navn").first.fill("Dorte")
    with acting(world.seats["social.member"].token) as actor:
        brings(actor, table, world, "Noget andet.")
    page.wait_for_timeout(4000)
    assert page.get_by_label("Navn").first.input_value() == "Dorte"
    assert page.get_by_text("Sag nr. 2").count() == 0
    # And comes when it is let go
    page.get_by_text("En deltager uden adgang her").click()
    page.locator("h1").click()
    page.get_by_text("Sag nr. 2").first.wait_for(timeout=10_000)
    with acting(world.seats["social.member"].token) as actor:
        services.move(actor, first, 2, "Sagsbehandleren skal gå")
    page.get_by_text("Flyttet: Sagsbehandleren skal gå").wait_for(timeout=10_000)
    # Over is over: the page says so and asks no more
    with acting(world.seats["social.member"].token) as actor:
        services.end(actor, table)
    page.get_by_text("Holdt").first.wait_for(timeout=10_000)
    assert page.locator("[data-follows]").count() == 0
    assert hands.complaints == []


def test_words_half_written_are_not_lost_to_another_button(
    sits: Callable[..., Hands], world: World, table: Meeting
) -> None:
    with acting(world.seats["social.member"].token) as actor:
        item = brings(actor, table, world, "Noget.")
    hands = sits("social.member")
    hands.goes(reverse("conferences:item", args=[item.pk]))
    page = hands.page
    page.get_by_label("Konklusionen med ord").fill("Vi ringer, og så ser vi.")
    page.get_by_text("Aftal et skridt").click()
    page.get_by_label("Hvad skal ske").fill("Ringer til lægen")
    page.locator('[name="skridt-owners"]').first.check()
    page.get_by_role("button", name="Aftal det").click()
    page.get_by_text("Skridtet er aftalt.").wait_for()
    assert page.get_by_label("Konklusionen med ord").input_value() == "Vi ringer, og så ser vi."
    # What cannot be saved is said, and the other button waits
    page.get_by_label("Konklusionen med ord").fill("Han er 611180-1234")
    page.get_by_role("button", name="Godkend punktet").click()
    page.get_by_text("CPR-nummer").first.wait_for()
    assert page.get_by_label("Konklusionen med ord").input_value() == "Han er 611180-1234"
    with acting(world.seats["social.member"].token):
        assert ConferenceItem.objects.get(pk=item.pk).approved_at is None


def test_consent_is_asked_about_where_the_name_is_said(
    sits: Callable[..., Hands], world: World, table: Meeting
) -> None:
    for width, height in ((1366, 768), (320, 640)):
        hands = sits("social.member", width=width, height=height)
        hands.goes(reverse("conferences:bring", args=[table.pk]))
        given, names = hands.page.locator('[name="given"]'), hands.page.locator('[name="names"]')
        assert [given.is_visible(), names.is_visible()] == [False, True]
        hands.fills(named="yes")
        assert [given.is_visible(), names.is_visible()] == [True, True]
        hands.picture(f"conference-consent-{width}")
        assert hands.axe() == []
        hands.fills(named="nobody")
        assert [given.is_visible(), names.is_visible()] == [False, False]
        hands.fills(named="no")
        assert [given.is_visible(), names.is_visible()] == [False, True]
        hands.picture(f"conference-nameless-{width}")
        assert hands.sideways() <= 0

"""Series, kinds, answers and absence in a real browser: they read well on a desk and on a phone, in both languages."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse

from samsvar.meetings.models import MeetingSeries, Part
from samsvar.meetings.services import conducting
from samsvar.meetings.services import minutes as minutes_services
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.meetings.test_kinds import lead, make, plan_kind
from tests.meetings.test_meeting import plan_one, raise_one
from tests.meetings.test_minutes import again, hold
from tests.meetings.test_series import begin
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["da", "en"])
def test_how_a_group_meets_reads_well(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection, language: str
) -> None:
    owner_connection.execute("update partnerships_membership set duty_to_attend = true, may_decide = false")
    owner_connection.commit()
    lead(world, owner_connection, "social.member")
    row = begin(world)
    kind = make(world, Part.THEME, Part.NETWORK, Part.GAPS, Part.CONSTITUTION, Part.OTHER, decides=False)
    theme, usual = plan_kind(world, kind, 2), plan_one(world, 3)
    hands = sits("social.member", language=language)
    for name, path in (
        ("list", reverse("meetings:list")),
        ("new", reverse("meetings:series_new", args=[world.group])),
        ("series", reverse("meetings:series", args=[row.pk])),
        ("kinds", reverse("meetings:kinds")),
        ("kind", reverse("meetings:kind", args=[kind.pk])),
        ("turnout", reverse("meetings:turnout", args=[world.group])),
        ("move", reverse("meetings:move", args=[usual.pk])),
        ("theme", reverse("meetings:meeting", args=[theme.pk])),
        ("theme-live", reverse("meetings:live", args=[theme.pk])),
        ("theme-minutes", reverse("meetings:minutes", args=[theme.pk])),
    ):
        hands.looks_well_on_both(f"series-{name}-{language}", path)
    hands.goes(reverse("meetings:meeting", args=[usual.pk]))
    hands.sends('button[name="answer"][value="not_coming"]')
    hands.looks_well_on_both(f"series-missing-{language}")
    assert hands.complaints == []


def unfolded(hands: Hands, name: str, path: str = "") -> None:
    """The page as it comes, and with everything on it unfolded."""
    hands.looks_well_on_both(name, path)
    hands.page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    hands.looks_well_on_both(f"{name}-open")


@pytest.mark.parametrize("language", ["da", "en"])
def test_planning_and_what_is_over_read_well_with_long_names(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection, language: str
) -> None:
    lead(world, owner_connection, "social.member")
    for statement in (
        "update partnerships_group set name = 'Operativgruppen for Faaborg-Midtfyn, Langeland og Nordfyns Kommuner'",
        "update accounts_user set name = 'Kunigunde Bartholomæussen-Østergaard ' || name",
        "update partnerships_authority set short_name = 'Retspsykiatri Middelfart' where kind = 'psychiatry'",
        "update partnerships_membership set duty_to_attend = true",
    ):
        owner_connection.execute(statement)
    owner_connection.commit()
    make(world, Part.THEME, Part.GAPS, name="Netværksmøde efter undersøgelse i børne- og ungdomspsykiatrien i Odense")
    case = raise_one(world)
    for _time in range(2):
        with acting(world.seats["social.member"].token) as actor:
            minutes_services.send(actor, hold(world, case), all_the_same=True)
    hands = sits("social.member", language=language)
    held = hold(world, case)
    unfolded(hands, f"plan-list-{language}", reverse("meetings:list"))
    unfolded(hands, f"plan-kinds-{language}", reverse("meetings:kinds"))
    new = reverse("meetings:series_new", args=[world.group])
    unfolded(hands, f"plan-series-{language}", new)
    hands.page.locator('label[for="id_how_0"]').click()
    hands.page.locator('input[name="since"]').fill("2029-03-26")
    hands.page.locator('select[name="weekday"]').select_option("0")
    hands.sends('button[name="vis"]')
    assert hands.sees({"da": "Anden påskedag", "en": "Easter Monday"}[language])
    hands.looks_well_on_both(f"plan-first-days-{language}")
    unfolded(hands, f"over-held-{language}", reverse("meetings:meeting", args=[held.pk]))
    hands.looks_well_on_both(f"over-item-{language}", reverse("meetings:item", args=[held.pk, case.pk]))
    hands.looks_well_on_both(f"over-prepare-{language}", reverse("meetings:prepare", args=[held.pk]))
    with acting(world.seats["social.member"].token) as actor:
        conducting.approve(actor, again(world, held))
    hands.looks_well_on_both(f"over-approved-{language}", reverse("meetings:meeting", args=[held.pk]))
    off = plan_one(world, 9)
    hands.looks_well_on_both(f"plan-coming-{language}", reverse("meetings:meeting", args=[off.pk]))
    with acting(world.seats["social.member"].token) as actor:
        conducting.call_off(actor, off)
    hands.looks_well_on_both(f"over-called-off-{language}", reverse("meetings:meeting", args=[off.pk]))
    hands.looks_well_on_both(f"plan-desk-{language}", reverse("web:desk"))
    sits("police.member", language=language).looks_well_on_both(f"plan-desk-two-{language}", reverse("web:desk"))
    unfolded(hands, f"plan-chairs-{language}", reverse("accounts:demo_chairs"))
    assert hands.complaints == []


def test_a_series_is_begun_by_keys_alone(sits: Callable[..., Hands], world: World) -> None:
    hands = sits("social.member")
    hands.goes(reverse("meetings:series_new", args=[world.group]))
    form = hands.page.locator("main form[method=post]").first
    form.locator('input[name="place"]').focus()
    hands.types_here("Rådhuset")
    # What it offers is the third Wednesday at nine; the return key sends it.
    hands.page.keyboard.press("Enter")
    hands.page.wait_for_url(f"**{reverse('meetings:list')}")
    assert hands.sees("3. onsdag i måneden kl. 9")
    with acting(world.seats["social.member"].token):
        assert MeetingSeries.objects.get().place == "Rådhuset"

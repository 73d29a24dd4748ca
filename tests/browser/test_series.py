"""Series, kinds, answers and absence in a real browser: they read well on a desk and on a phone, in both languages."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse

from samsvar.meetings.models import MeetingSeries, Part
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.browser.test_minutes import looks_well
from tests.meetings.test_kinds import lead, make, plan_kind
from tests.meetings.test_meeting import plan_one
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
        looks_well(hands, f"series-{name}-{language}", path)
    hands.goes(reverse("meetings:meeting", args=[usual.pk]))
    hands.sends('button[name="answer"][value="not_coming"]')
    looks_well(hands, f"series-missing-{language}")
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

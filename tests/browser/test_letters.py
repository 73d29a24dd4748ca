"""Papers that leave, in a real browser: from the task on Mit bord to a letter in hand, and every page as it looks."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.browser.hands import Hands
from tests.letters.desk import told_case
from tests.meetings.test_meeting import plan_one
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.req("R-000-102")
def test_the_citizen_is_told_in_four_actions_from_the_desk(sits: Callable[..., Hands], world: World) -> None:
    case = told_case(world)
    nurse = sits("psychiatry.member")
    nurse.goes(reverse("web:desk"))
    nurse.actions = 0
    nurse.opens("/fortael-borgeren/")
    nurse.sends("main form:has([name=fortael-words]) button[type=submit]")
    with nurse.page.expect_download() as coming:
        nurse.clicks("Hent brevet som PDF", role="link")
    assert nurse.actions <= 4
    assert coming.value.suggested_filename == "brev-til-borgeren.pdf"
    nurse.goes(reverse("web:desk"))
    assert nurse.page.locator(f'a[href="{reverse("letters:tell", args=[case.pk])}"]').count() == 0


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_of_letters_read_well_for_all(sits: Callable[..., Hands], world: World, language: str) -> None:
    case = told_case(world)
    meeting = plan_one(world)
    nurse = sits("psychiatry.member", language=language)
    for name, path in (
        ("tell", reverse("letters:tell", args=[case.pk])),
        ("write", reverse("letters:write", args=[case.pk]) + "?til=own_doctor"),
        ("journal", reverse("letters:journal", args=[case.pk])),
        ("waiting", reverse("letters:waiting")),
        ("sheet", reverse("meetings:sheet", args=[meeting.pk])),
    ):
        nurse.looks_well_on_both(f"letters-{name}-{language}", path)
    assert nurse.complaints == []

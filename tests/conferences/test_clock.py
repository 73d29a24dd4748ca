"""An hour reads as hours read everywhere else in Samsvar, in the reader's language."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from samsvar.conferences.models import Conference, ConferenceItem
from samsvar.conferences.papers import _moment
from samsvar.conferences.selectors import Order, Slot
from samsvar.meetings.models import Meeting

NINE = timezone.make_aware(datetime(2026, 3, 4, 9))


@pytest.mark.parametrize(("lang", "said"), [("da", "kl. 9–9.20"), ("en", "9:00–9:20")])
def test_from_when_to_when_an_item_lasts(lang: str, said: str) -> None:
    order: dict[str, Any] = {name: [] for name in ("slots", "psp", "members", "participants")}
    with translation.override(lang):
        assert Slot(ConferenceItem(), NINE, NINE + timedelta(minutes=20), None).time == said
        assert Order(meeting=Meeting(starts_at=NINE), frame=Conference(psp_minutes=20), **order).psp_time == said


@pytest.mark.parametrize(
    ("lang", "said"), [("da", "4. marts 2026 kl. 9, Rådhuset"), ("en", "4 March 2026 at 9:00, Rådhuset")]
)
def test_when_the_meeting_is_on_paper(lang: str, said: str) -> None:
    with translation.override(lang):
        assert _moment(NINE, "Rådhuset").endswith(said)

"""Referrals in a real browser: read at two widths in both languages, and sent with the keyboard."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse

from samsvar.referrals import services
from samsvar.referrals.models import Referral
from samsvar.referrals.services import Missing, Reply, Yes
from tests.browser.hands import Hands
from tests.referrals.ground import CPR, NAME, YES, Units, again, drafted, said, sent
from tests.world import World

pytestmark = pytest.mark.browser

FACTS = "Er ikke kommet til de sidste tre samtaler. Svarer ikke, når vi ringer, og åbner ikke sin post."


@pytest.fixture
def there(world: World, owner_connection: psycopg.Connection) -> dict[str, Referral]:
    """A draft, one that waits for the yes, one that has come back, and one that waits for an answer."""
    units = Units(world, owner_connection)
    rows = {}
    with units.at("social.frontline") as actor:
        rows["new"] = drafted(actor, units, "job", "gp", "gp_request", cpr=CPR)
        rows["draft"] = drafted(actor, units, "job", "adult", "support_85", cpr=CPR)
        services.take_yes(actor, rows["draft"], YES)
        words = said("facts", "functioning", text=FACTS)
        words["cannot_meet"] = {"text": "Kan ikke være i venteværelset", "who": "Sygeplejerske Berit, 3. maj"}
        rows["back"] = sent(actor, units, "job", "gp", "gp_request", words)
        rows["waits"] = sent(
            actor, units, "job", "district", "statement", said(question="Kan han møde til en samtale?")
        )
    with units.at("practice.frontline") as actor:
        services.send_back(actor, again(rows["back"]), Missing(["Hvilken medicin får han?", "Siden hvornår?"]))
        # Two tracks, of which the one says that the other goes first; and a yes that another has yet to give.
        rows["psyche"] = sent(actor, units, "gp", "pvk", "psychiatry", said("seen", "functioning", "social"), cpr=CPR)
        rows["tracks"] = sent(actor, units, "gp", "substance", "substance", said("wishes"), cpr=CPR)
        rows["half"] = drafted(actor, units, "gp", "pvk", "psychiatry")
        yes = Yes(["Mor Prøvesen (mor)"], informed=True, missing=["Far Prøvesen (far)", "Fosterfar Prøvesen (værge)"])
        services.take_yes(actor, rows["half"], yes)
        services.hear_another(actor, again(rows["half"]), "Far Prøvesen (far)", agrees=False)
        rows["child"] = drafted(actor, units, "gp", "child", "notification")
        rows["voices"] = sent(actor, units, "gp", "district", "statement", said(question="Kan hun møde?"))
    with units.at("psychiatry.frontline") as actor:
        voices = {"citizen": "Jeg vil gerne prøve.", "others": "Hun tør ikke alene.", "others_who": "Søsteren, 3. maj"}
        services.answer(actor, again(rows["voices"]), Reply("answered", "Hun kan møde en time.", **voices))
    rows["district"] = units.pages["district"]  # type: ignore[assignment]
    return rows


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], there: dict[str, Referral], language: str) -> None:
    page = "referrals:referral"
    mine = [
        ("box", reverse("referrals:box")),
        ("start", reverse("referrals:start", args=[there["district"].pk])),
        *((name, reverse(page, args=[there[name].pk])) for name in ("new", "draft", "back", "waits")),
    ]
    theirs = [
        ("asked", reverse(page, args=[there["waits"].pk])),
        ("answer", reverse("referrals:answer", args=[there["waits"].pk])),
    ]
    doctors = [(name, reverse(page, args=[there[name].pk])) for name in ("tracks", "half", "child", "voices")]
    for width in (1366, 320):
        for seat, pages in (
            ("social.frontline", mine),
            ("psychiatry.frontline", theirs),
            ("practice.frontline", doctors),
        ):
            hands = sits(seat, language=language, width=width)
            for name, path in pages:
                hands.goes(path)
                hands.picture(f"referral-{name}-{language}-{width}")
                assert hands.axe() == [], name
                assert hands.sideways() <= 0, name
                assert hands.complaints == []


def test_what_came_back_is_sent_again_with_the_keyboard(sits: Callable[..., Hands], there: dict[str, Referral]) -> None:
    hands = sits("social.frontline")
    hands.goes(reverse("referrals:referral", args=[there["back"].pk]))
    hands.page.locator("#id_limits").focus()
    hands.types_here("Ingen medicin siden 2019")
    hands.page.get_by_role("button", name="Send", exact=True).focus()
    hands.presses("Enter")
    hands.page.get_by_text("Sendt igen").wait_for(timeout=5000)
    assert hands.sees(NAME)
    assert hands.sees("Ingen medicin siden 2019")

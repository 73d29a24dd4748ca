"""What people of two units do when one asks something of the other about a citizen, and that nothing is asked twice."""

import re

from django.urls import reverse

from samsvar.referrals.pack import pack
from tests.clients import sit
from tests.referrals.ground import NAME, Units
from tests.scenarios.pages import Browser, Form, Page, Value

# Words that belong to one step; they are new each time.
OF_A_STEP = {"text", "items", "csrfmiddlewaretoken"}


class Errand:
    """One referral along its way. What somebody has typed under a name must stand there when the name comes again."""

    def __init__(self) -> None:
        self.typed: set[str] = set()

    def meets(self, form: Form) -> None:
        """A form that somebody is about to fill in: nothing in it was typed before and is empty now."""
        twice = [
            entry.name
            for entry in form.entries.values()
            if entry.kind not in {"checkbox", "radio", "select", "hidden"}
            and _names(entry.name) & self.typed
            and not entry.value
        ]
        assert twice == [], f"asked twice along the way: {twice}"

    def keeps(self, values: dict[str, Value]) -> None:
        """What was typed."""
        self.typed |= {name for name, value in values.items() if isinstance(value, str) and name not in OF_A_STEP}


class Colleague:
    """Somebody of a unit, at the own keyboard."""

    def __init__(self, units: Units, seat: str, unit: str = "") -> None:
        if unit:
            units.sit(seat, unit)
        self.units = units
        self.browser = Browser()
        self.browser._client = sit(units.world, seat)

    def sends(
        self, errand: Errand, page: Page, *fields: str, button: str = "", refused: bool = False, **typed: Value
    ) -> Page:
        """Fill in a form along the way."""
        form = page.form(*(fields or tuple(typed)))
        errand.meets(form)
        got = self.browser.send(page, form, button, refused=refused, **typed)
        errand.keeps(typed)
        return got

    def looks_for(self, unit: str, after: Page | None = None) -> Page:
        """The page on which one begins to write to a unit; from what one has already, where it goes on."""
        address = reverse("referrals:start", args=[self.units.pages[unit].pk])
        return self.browser.open(f"{address}?efter={_key(after)}" if after else address)

    def begins(self, errand: Errand, unit: str, template: str, after: Page | None = None, **whom: Value) -> Page:
        """A draft to a unit."""
        named = {} if after else {"name": NAME, **whom}
        return self.sends(errand, self.looks_for(unit, after), "template", template=template, **named)

    def hears_yes(self, errand: Errand, page: Page) -> Page:
        """The citizen says yes."""
        return self.sends(errand, page, "given", given=NAME, informed=True)

    def opens(self, page: Page) -> Page:
        """The same errand as this person sees it."""
        return self.browser.open(page.url)

    def steps(self, errand: Errand, page: Page, link: str, refused: bool = False, **typed: Value) -> Page:
        """Follow a link to a step, fill it in and send."""
        return self.sends(errand, self.browser.open(page.link(link)), *typed, refused=refused, **typed)

    def presses(self, page: Page, action: str) -> Page:
        """Press a button of its own."""
        return self.browser.send(page, page.form(action=action))


def _names(name: str) -> set[str]:
    """A field's name, and the one under which other templates ask for the same (R-002-157)."""
    field = pack().fields.get(name)
    return {name, *(field.names if field else ())}


def _key(page: Page) -> str:
    found = re.search(r"[0-9a-f-]{36}", page.url)
    assert found, page.url
    return found[0]

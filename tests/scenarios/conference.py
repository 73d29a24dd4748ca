"""The words of the Samarbejdsenhed: who brings what, who hears it, what it comes to (003 chapter 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tests.scenarios.pages import Page, Value

if TYPE_CHECKING:
    from tests.scenarios.language import Authority, Meeting


@dataclass
class Item:
    """A matter at one meeting: its page, the matter's page, and its number."""

    address: str
    matter: str
    number: int


class AtTheConference:
    """What a person can do at a conference."""

    browser: Any

    def plans_conference(self, *, days: int = 5) -> Meeting:
        """Put a conference into the calendar; today's has begun, whatever hour it is."""
        from tests.scenarios.language import Meeting, in_days

        page = self.browser.open(reverse("meetings:list"))
        before = set(re.findall(r"/moeder/([0-9a-f-]{36})/\"", page.html))
        self.browser.send(page, page.form("day", "hour"), day=in_days(days), hour="13:00" if days else "00:05")
        after = set(re.findall(r"/moeder/([0-9a-f-]{36})/\"", self.browser.open(reverse("meetings:list")).html))
        (key,) = after - before
        return Meeting(reverse("conferences:conference", args=[key]))

    def sees_order(self, meeting: Meeting) -> Page:
        """The order of a conference, as this person sees it."""
        return self.browser.open(meeting.address)

    def sees_minutes(self, meeting: Meeting, *, short: bool = False) -> Page:
        """The minutes of a conference, as this person sees them."""
        return self.browser.open(f"{meeting.address}referat/{'?kort=1' if short else ''}")

    def brings(
        self,
        meeting: Meeting,
        text: str,
        *hearers: Authority,
        again: Item | None = None,
        about: str = "En borger",
        kind: str = "Ny sag",
        person: str = "",
        consent: str = "",
        refused: bool = False,
        **more: Value,
    ) -> Item:
        """Bring a matter. `consent` is who has said yes to the name; without it the matter is nameless."""
        address = f"{meeting.address}ny/" + (f"sag/{again.matter.rstrip('/').rpartition('/')[2]}/" if again else "")
        page = self.browser.open(address)
        form = page.form("kind", "named")
        general = "generelt" in about
        given: dict[str, Value] = {
            "kind": kind,
            "text": text,
            "hearers": [one.name for one in hearers],
            "named": "nobody" if general else "yes" if consent else "no",
            "names": person,
            "given": consent,
        }
        if not again:
            given["about"] = about
        if consent:
            given["knows"] = True
        done = self.browser.send(page, form, refused=refused, **(given | more))
        found = re.search(r"Sag nr\. (\d+)", done.h1[0])
        if refused:
            return Item("", "", 0)
        assert found, done.text
        return Item(done.url, done.link("Sagens historie"), int(found.group(1)))

    def opens_item(self, item: Item, status: int = 200) -> Page:
        """An item's page."""
        return self.browser.open(item.address, status)

    def opens_matter(self, item: Item, status: int = 200) -> Page:
        """The matter's page with its history."""
        return self.browser.open(item.matter, status)

    def concludes(self, item: Item, conclusion: str, words: str = "", *, refused: bool = False, **more: Value) -> Page:
        """Write what an item comes to."""
        page = self.browser.open(item.address)
        form = page.form("conclusion", action="ord/")
        return self.browser.send(page, form, refused=refused, conclusion=conclusion, conclusion_text=words, **more)

    def agrees_step(self, item: Item, what: str, *owners: Authority, refused: bool = False, **more: Value) -> Page:
        """Agree on a next step."""
        page = self.browser.open(item.address)
        values = {f"skridt-{name}": value for name, value in more.items()}
        return self.browser.send(
            page,
            page.form(action="skridt/"),
            refused=refused,
            **{"skridt-what": what, "skridt-owners": [one.name for one in owners]},
            **values,
        )

    def says_how_it_went(
        self, item: Item, how: str, words: str = "", *, to: Authority | None = None, refused: bool = False
    ) -> Page:
        """Judge the first step of an earlier meeting that is open."""
        page = self.browser.open(item.address)
        form = next(
            one for one in page.forms if "/skridt/" in one.action and any(key.endswith("-state") for key in one.entries)
        )
        prefix = next(key for key in form.entries if key.endswith("-state")).removesuffix("state")
        given: dict[str, Value] = {f"{prefix}state": how, f"{prefix}verdict": words}
        if to:
            given[f"{prefix}to"] = to.name
        return self.browser.send(page, form, refused=refused, **given)

    def approves(self, item: Item, *, refused: bool = False) -> Page:
        """Approve an item's section of the minutes."""
        page = self.browser.open(item.address)
        return self.browser.send(page, page.form(action="godkend/"), refused=refused)

    def approves_all_the_same(self, page: Page) -> Page:
        """Approve after the look that the page asked for."""
        return self.browser.send(page, page.form("looked", action="godkend/"))

    def moves_item(self, meeting: Meeting, item: Item, place: int, why: str, *, refused: bool = False) -> Page:
        """Move an item to another place in the order."""
        page = self.browser.open(meeting.address)
        key = item.address.rstrip("/").rpartition("/")[2]
        return self.browser.send(
            page, page.form(action=f"{key}/flyt/"), refused=refused, **{"flyt-place": str(place), "flyt-why": why}
        )

    def lets_hear(self, item: Item, *whom: Authority) -> Page:
        """Let more authorities hear an item."""
        page = self.browser.open(item.address)
        return self.browser.send(page, page.form(action="hoerer/"), **{"hoerer-hearers": [one.name for one in whom]})

    def notes_that_all_came(self, meeting: Meeting) -> None:
        """Note all members of the group as present, in one press."""
        page = self.browser.open(meeting.address.replace("/konferencer/", "/moeder/"))
        self.browser.send(page, page.form(action="fremmoede/"), "1")

    def room_of(self, item: Item) -> str:
        """Who was there for an item, as its page says it."""
        found = re.search(r"Til stede ved punktet: (.*)", self.browser.open(item.address).text)
        assert found
        return found.group(1)

    def presses_in_the_room(self, item: Item, name: str) -> Page:
        """One press: somebody was there for the item after all, or was not."""
        page = self.browser.open(item.address)
        form = page.form(action="til-stede/")
        label = next(choice.label for _name, choice in form.buttons if name in choice.label)
        return self.browser.send(page, form, label)

    def lets_come(self, item: Item, name: str, places: str, *, refused: bool = False) -> Page:
        """Write down somebody who comes for this item alone."""
        page = self.browser.open(item.address)
        values: dict[str, Value] = {"kom-name": name, "kom-affiliations": places}
        return self.browser.send(page, page.form("kom-name"), refused=refused, **values)

    def takes_seat(self, item: Item, role: str, who: str) -> Page:
        """Somebody joins the reflecting conversation."""
        page = self.browser.open(item.address)
        return self.browser.send(page, page.form("stemme-who"), **{"stemme-role": role, "stemme-who": who})

    def ends_conference(self, meeting: Meeting) -> Page:
        """The conference is over."""
        page = self.browser.open(meeting.address)
        return self.browser.send(page, page.form(action="slut/"))

    def says_closed_part(self, meeting: Meeting, minutes: int) -> None:
        """Say that the conference begins with PSP cases, for their parties alone."""
        page = self.browser.open(meeting.address)
        self.browser.send(page, page.form("ramme-psp_minutes"), **{"ramme-psp_minutes": str(minutes)})

    def order_of(self, meeting: Meeting) -> list[tuple[str, int]]:
        """The times and numbers of a conference, in order."""
        text = self.browser.open(meeting.address).text
        return [(time, int(number)) for time, number in re.findall(r"kl\. (\d\d(?:\.\d\d)?)–\S+ Sag nr\. (\d+)", text)]

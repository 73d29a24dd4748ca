"""The whole main job without a mouse: from a tag to the door and the answer, and one always sees where one is."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.hands import Hands
from tests.world import World

pytestmark = pytest.mark.browser

MAN = "Aage Prøvesen-Langenavnsen af Vestergaarden 611180-1234"
FAR = 150
# Where the keyboard stands: whether it is the element that is looked for, and whether a person sees that it stands
# there. Radio buttons and ticks are drawn on their label; inside a day or an hour the browser draws its own mark.
WHERE = """sought => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const drawn = [[at, null], ...[...(at.labels || [])].flatMap(label => [[label, null], [label, "::before"]])];
  const ringed = drawn.some(([element, part]) => {
    const style = getComputedStyle(element, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const inside = /^(date|time)$/.test(at.type) && window.stoodOn === at;
  window.stoodOn = at;
  const boxes = drawn.filter(([, part]) => !part).map(([element]) => element.getBoundingClientRect());
  const inSight = boxes.some(box => box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth);
  return {
    here: at.matches(sought), seen: (ringed || inside) && inSight,
    kind: at.tagName === "SELECT" ? "select" : at.type || "", value: at.value, checked: at.checked,
    is: at.outerHTML.slice(0, 160),
  };
}"""


class Keys:
    """A person who has nothing but a keyboard."""

    def __init__(self, hands: Hands) -> None:
        self.page: Page = hands.page
        self.page.mouse.move = self.page.mouse.click = self._no_mouse  # type: ignore[method-assign]

    @staticmethod
    def _no_mouse(*_: object, **__: object) -> None:
        raise AssertionError("the mouse was used")

    def here(self, sought: str = "*") -> dict | None:
        """What the keyboard stands on; nothing when it stands nowhere."""
        return self.page.evaluate(WHERE, sought)

    def tab_to(self, sought: str, *, key: str = "Tab") -> dict:
        """Go on until the keyboard stands on this; on the way one must always see where one is."""
        for _ in range(FAR):
            at = self.here(sought)
            if at and at["here"]:
                return at
            self.page.keyboard.press(key)
            at = self.here(sought)
            # Behind a page's last link stands the browser's own bar.
            if at:
                assert at["seen"], f"{self.page.url}: the keyboard stands unseen on {at['is']}"
        raise AssertionError(f"{self.page.url}: no way by keyboard to {sought}")

    def presses(self, sought: str, key: str = "Enter") -> None:
        """Go there, press, and stand on what comes: another page, or a step that opens on this one."""
        self._unfold(sought)
        self.tab_to(sought)
        self.page.evaluate(
            "window.before = true; document.addEventListener('htmx:afterSettle', () => { window.before = false; })"
        )
        self.page.keyboard.press(key)
        self.page.wait_for_function("() => !window.before && document.readyState === 'complete'")
        if self.page.evaluate("window.before") is False:
            assert self.page.evaluate("document.querySelector('#handling').contains(document.activeElement)"), (
                f"{self.page.url}: what was opened has not got the keyboard"
            )
        self.page.keyboard.press("Tab")
        at = self.here()
        assert at, f"{self.page.url}: nothing to stand on after a page change"
        assert at["seen"], f"{self.page.url}: the first step of the keyboard is unseen: {at['is']}"

    def opens(self, path: str) -> None:
        """Follow a link of the page."""
        self.presses(f'a[href="{path}"]')

    def _unfold(self, sought: str) -> None:
        """Open the fold that hides this, if one does."""
        hidden = self.page.evaluate(
            """sought => {
              const all = [...document.querySelectorAll(sought)];
              const fold = all.some(one => one.checkVisibility()) ? null : all[0]?.closest("details:not([open])");
              fold?.querySelector("summary").setAttribute("data-sought", "");
              return Boolean(fold);
            }""",
            sought,
        )
        if hidden:
            self.tab_to("summary[data-sought]")
            self.page.keyboard.press("Enter")

    def fills(self, **fields: str | list[str]) -> None:
        """Fill fields in their order on the page: texts, days, lists, one of several, ticks."""
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                self._fill(name, one)

    def _fill(self, name: str, value: str) -> None:
        field = f'main [name="{name}"]:not([type=hidden])'
        self._unfold(field)
        kind = self.page.locator(field).first.evaluate("one => one.type")
        if kind == "checkbox":
            self.tab_to(f'{field}[value="{value}"]')
            if not self.here()["checked"]:  # type: ignore[index]
                self.page.keyboard.press("Space")
            return
        at = self.tab_to(field)
        if kind == "radio":
            self.page.keyboard.press("Space")
            for _ in range(20):
                at = self.here(f'{field}[value="{value}"]')
                assert at
                assert at["seen"], at["is"]
                if at["here"] and at["checked"]:
                    return
                self.page.keyboard.press("ArrowDown")
            raise AssertionError(f"{name}: no {value} by arrow keys")
        if at["kind"] == "select":
            self.page.keyboard.press("Home")
            for _ in range(30):
                if self.here()["value"] == value:  # type: ignore[index]
                    return
                self.page.keyboard.press("ArrowDown")
            raise AssertionError(f"{name}: no {value} by arrow keys")
        if kind == "date":
            self._types_day(date.fromisoformat(value))
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(value)

    def _types_day(self, day: date) -> None:
        """Type a day's parts in the order in which this browser shows them."""
        for order in ("%d%m%Y", "%m%d%Y"):
            for _ in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(day.strftime(order))
            if self.here()["value"] == day.isoformat():  # type: ignore[index]
                return
        raise AssertionError("no day by keyboard")

    def sends(self, field: str) -> None:
        """Go to the button of the form that has this field, and press it."""
        self.presses(f"main form:has([name={field}]) button[type=submit]")


@pytest.mark.req("R-000-18", "R-000-19", "R-000-23")
def test_the_main_job_by_keyboard_alone(sits: Callable[..., Hands], world: World) -> None:
    officer, nurse, police, social, psychiatry = (
        Keys(sits(seat))
        for seat in ("police.frontline", "psychiatry.frontline", "police.member", "social.member", "psychiatry.member")
    )
    soon = (timezone.localdate() + timedelta(days=3)).isoformat()

    officer.fills(event_reference="0700-76114-00021-26")
    officer.presses("main [name=event_reference]")
    assert officer.page.url.endswith("/tak/")

    nurse.opens(reverse("cases:raise"))
    nurse.fills(text="Han har ikke taget sin medicin siden maj og lukker ikke op.")
    nurse.sends("text")
    assert nurse.page.url.endswith("/tak/")

    police.opens(reverse("cases:screening"))
    police.presses('main a[href^="/visitering/"]')
    police.fills(person=MAN)
    police.sends("person")
    police.presses('main a[href$="/dagsorden/"]')
    first = police.page.locator("main [name=traits]").first.get_attribute("value")
    assert first
    police.fills(
        traits=first,
        why_serious="Han sover ude i frost.",
        means_exhausted="Patruljen kan kun køre ham hjem.",
        social="yes",
        psychiatric="yes",
        crime="no",
        children="no",
        parties=[str(world.authorities[kind]) for kind in ("social", "psychiatry")],
        necessity="De andre skal kunne slå op, om de kender ham.",
    )
    police.sends("necessity")
    assert "/sager/" in police.page.url

    social.opens(reverse("meetings:list"))
    social.fills(day=soon)
    social.sends("hour")
    social.presses('main a[href^="/moeder/"]')
    social.presses('main a[href*="/sag/"]')
    social.fills(
        decision="placed",
        holder=str(world.authorities["social"]),
        note="Kommunen skaffer varme, psykiatrien ser til ham.",
        next_step="Besøg ham",
        next_on=soon,
    )
    social.sends("decision")
    assert "beslutningen er gemt" in social.page.locator("main").inner_text()

    social.opens(reverse("cases:list"))
    social.presses('main a[href^="/sager/"]:not([href$="/indtast/"])')
    case = social.page.url.removeprefix(social.page.url.partition("/sager/")[0])
    social.opens(f"{case}aftale/")
    social.fills(
        what="Besøg ham hjemme",
        due_on=soon,
        if_it_slips="Vi prøver igen dagen efter.",
        authority=str(world.authorities["psychiatry"]),
    )
    social.sends("if_it_slips")

    psychiatry.opens(reverse("cases:list"))
    psychiatry.opens(case)
    psychiatry.presses('main a[href$="/tag/"]')
    psychiatry.sends("who")

    social.opens(f"{case}ansvar/")
    social.fills(authority=str(world.authorities["psychiatry"]), reason="Han er i behandling nu.")
    social.sends("seen")
    psychiatry.opens(reverse("cases:list"))
    psychiatry.opens(case)
    psychiatry.presses('main a[href$="/tag/"]')
    psychiatry.sends("sure")
    psychiatry.opens(f"{case}opfoelgning/")
    psychiatry.fills(
        what_happened="Han er i varmen.",
        still_necessary="yes",
        criteria_met="yes",
        next_step="Se til ham",
        next_on=soon,
    )
    psychiatry.sends("what_happened")
    psychiatry.opens(f"{case}afslut/")
    psychiatry.fills(reason="solved", note="Han bor hjemme og tager sin medicin.", outcome="home_kept")
    psychiatry.sends("note")

    officer.opens(reverse("cases:concerns"))
    heard = officer.page.locator("main").inner_text()
    assert "0700-76114-00021-26" in heard
    assert "Aage" not in heard
    officer.presses("main form.unread button")
    assert officer.page.locator("main form.unread").count() == 0

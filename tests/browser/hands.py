"""What a person does with hands and eyes: counted, since seconds are what the product promises."""

from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "artefacts" / "pictures"
# A desk and a phone.
WIDTHS = (1366, 320)


class Hands:
    """A page and the count of what was done to it: each click, key or filled field is one action."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.actions = 0
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goes(self, path: str) -> None:
        """Open an address; not counted."""
        self.page.goto(self.address + path)

    def types(self, label: str, text: str) -> None:
        """Fill the field with this label."""
        self.actions += 1
        self.page.get_by_label(label, exact=False).first.fill(text)

    def types_here(self, text: str) -> None:
        """Type where the caret already stands."""
        self.actions += 1
        self.page.keyboard.type(text)

    def presses(self, key: str) -> None:
        """Press one key."""
        self.actions += 1
        if len(key) == 1 and not key.isascii():
            # Playwright knows an American keyboard alone; the browser itself takes æ, ø and å as any other key.
            browser = self.page.context.new_cdp_session(self.page)
            for what in ("keyDown", "keyUp"):
                browser.send("Input.dispatchKeyEvent", {"type": what, "key": key, "text": key})
            browser.detach()
        else:
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def clicks(self, name: str, role: str = "button") -> None:
        """Click what is named so."""
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()

    def fills(self, **fields: str) -> None:
        """Fill fields by their form names: texts, dates, one of several choices, or a tick."""
        for name, value in fields.items():
            self.actions += 1
            held = self.page.locator(f'main [name="{name}"]:not([type="hidden"])')
            kind = held.first.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
            if kind == "select":
                held.first.select_option(value)
            elif kind in {"radio", "checkbox"}:
                # The design system lays its own mark over the box; the label is what a person hits.
                self.page.locator(f'main [name="{name}"][value="{value}"]').first.check(force=True)
            else:
                held.first.fill(value)

    def sends(self, selector: str = "main form[method=post] button[type=submit]:visible") -> None:
        """Press the form's own button and wait for what comes."""
        self.actions += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def opens(self, path_part: str) -> None:
        """Follow the first link on the page whose address holds this."""
        self.actions += 1
        self.page.goto(self.page.locator(f'main a[href*="{path_part}"]').first.evaluate("link => link.href"))

    def sees(self, text: str) -> bool:
        """Whether the page shows these words anywhere a person can see."""
        return self.page.get_by_text(text, exact=False).first.is_visible()

    def axe(self) -> list[tuple[str, list[str]]]:
        """What axe finds on the page as it stands, each rule with the pieces of markup."""
        self.start_axe()
        return self.axe_found()

    def start_axe(self, *, colours: bool = True) -> None:
        """Let axe begin without waiting for it, so that two windows can be looked at together.

        Without `colours` it leaves out how they stand against each other, which is half of its work.
        """
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        self.page.evaluate(
            "colours => { window.found = axe.run({resultTypes: ['violations'], preload: false,"
            " rules: {'color-contrast': {enabled: colours}}}); }",
            colours,
        )

    def axe_found(self) -> list[tuple[str, list[str]]]:
        """What axe found since `start_axe`."""
        found = self.page.evaluate("window.found")["violations"]
        return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]

    def sideways(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def picture(self, name: str, *, full: bool = True) -> None:
        """Keep a picture of the page as an artefact to be looked at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=full)

    def looks_well(self, name: str) -> None:
        """Keep a picture of the page as it stands: axe finds nothing, and nothing is wider than the screen."""
        self.picture(name)
        assert self.axe() == [], name
        assert self.sideways() <= 0, name

    def looks_well_on_both(self, name: str, path: str = "") -> None:
        """The same on a desk and on a phone: `path` opened anew on each, or the page as it stands."""
        stood = self.page.viewport_size
        assert stood is not None
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 768})
            if path:
                self.goes(path)
            self.looks_well(f"{name}-{width}")
        self.page.set_viewport_size(stood)


def look_well(
    sits: Callable[..., Hands],
    name: str,
    pages: Sequence[tuple[str, str, str]],
    language: str = "da",
    widths: tuple[int, ...] = WIDTHS,
) -> None:
    """Each page (its name, who opens it, its address) looks well in a language, and the browser complains of none."""
    windows: dict[str, Hands] = {}
    for width in widths:
        for page, seat, path in pages:
            hands = windows.get(seat) or sits(seat, language=language)
            windows[seat] = hands
            hands.page.set_viewport_size({"width": width, "height": 768})
            hands.goes(path)
            hands.looks_well(f"{name}-{page}-{language}-{width}")
            assert hands.complaints == [], page

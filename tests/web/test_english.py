"""Whoever has chosen English meets no Danish: every page, every form sent empty, in every post."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import islice

import pytest

from samsvar.web import translations
from tests.attack.walk import Walker, address, routes, targets
from tests.filled import SECRETS

SEATS = [
    *("police.member", "police.frontline", "police.screener", "police.coordinator", "police.admin", "police.dpo"),
    *("social.member", None),
]
# Frequent words of Danish that are no words of English.
DANISH = re.compile(
    r"\b(og|det|der|ikke|den|til|er|som|på|med|af|jeg|du|et|har|kan|skal|vil|fra|eller|når|hvad|hvem|hvor|hvis|jeres|vores"
    r"|dig|mig|ingen|intet|noget|nogen|efter|uden|ved|siden|sag|sager|sagen|borger|borgeren|bekymring|møde|mødet|næste"
    r"|afsluttet|vælg|gem|også|bliver|blev|være|dage|dag|kl|om|gruppe|gruppen|myndighed|januar|februar|marts|maj|juni|juli"
    r"|oktober|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\b|---|[æøåÆØÅ]",
    re.IGNORECASE,
)
SPOKEN = ("aria-label", "title", "placeholder", "alt", "value")
# What the small world calls itself.
NAMES = re.compile(
    r"Prøvekredsens? ?(Politi)?|Prøveby( Kommune)?|Psykiatrien i|Nabokredsen|Fremmed Kommune"
    r"|Støtte i hjemmet|Den gamle politikreds|^gruppe$|Må vi ringe|Vænget|Bostøtten"
)
AMERICAN = re.compile(
    r"\b(Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, \d{4}|\d\. [A-Z][a-z]+ \d{4}"
)


class Words(HTMLParser):
    """The texts of a page that a person reads or hears, except what says of itself that it is Danish."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._mute: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._mute:
            if tag == self._mute[0]:
                self._mute.append(tag)
            return
        if tag in {"script", "style", "textarea"} or given.get("lang") == "da":
            self._mute.append(tag)
            return
        hidden = (tag == "input" and given.get("type") not in {"submit", "button"}) or tag in {"option", "button"}
        self.texts += [given[name] or "" for name in SPOKEN if name in given and not (name == "value" and hidden)]

    def handle_endtag(self, tag: str) -> None:
        if self._mute and tag == self._mute[0]:
            self._mute.pop()

    def handle_data(self, data: str) -> None:
        if not self._mute and data.strip():
            self.texts.append(" ".join(data.split()))


def words_of(body: str) -> list[str]:
    """What a page says."""
    reader = Words()
    reader.feed(body)
    return reader.texts


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """The English texts as they stand in the files now."""
    translations.build()


def pages(walker: Walker, seat: str | None) -> Iterator[tuple[str, str]]:
    """Every page that somebody gets, and every form sent empty: its name and its text.

    One seat meets the pages in every state of a case; to the others they are shown in the first.
    """
    states = None if seat == "police.member" else 1
    for route in routes():
        for filling in islice(targets(route, walker.filled), states):
            url, _ids = address(route, filling)
            for method in ("GET", "POST"):
                answer = walker.ask(seat, method, url, language="en")
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    yield f"{method} {route.name}", answer.body.decode()


def danish_on(body: str) -> list[str]:
    """The texts of a page in which Danish is left, names and what people have typed taken out."""
    left = []
    for text in words_of(body):
        if any(secret in text.lower() for secret in [one.lower() for one in SECRETS]):
            continue
        said = NAMES.sub("", text)
        if DANISH.search(said) or AMERICAN.search(said):
            left.append(text)
    return left


@pytest.mark.parametrize("seat", SEATS)
def test_no_page_in_english_holds_danish(walker: Walker, seat: str | None) -> None:
    found: dict[str, str] = {}
    for name, body in pages(walker, seat):
        for text in danish_on(body):
            found.setdefault(text, name)
    assert found == {}

"""Every page that somebody can open, drawn in Chromium as Django answered it."""

from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import resolve, reverse
from playwright.sync_api import Page

from samsvar.accounts.invitations import invitation_link
from samsvar.accounts.models import User
from tests.accounts.helpers import PASSWORD, give_passkey, give_password, give_totp
from tests.attack.forms_on_pages import forms_on
from tests.attack.walk import WORDS, Answer, Route, Walker, address, routes, targets
from tests.browser.hands import AXE, Hands
from tests.clients import sit
from tests.filled import Filled

AXE_URL = "/axe.js"
KEPT = {"Cache-Control": "max-age=3600"}
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
# Between them they come to every page.
SEATS = [
    *("police.member", "police.coordinator", "police.screener", "police.frontline", "police.admin", "police.dpo"),
    *("police.jurist", "police.steering", "psychiatry.admin"),
    *("social.member", "social.admin", "psychiatry.screener", None),
]
# Pieces that a page's script fetches; they are no documents of their own.
PIECES = {"cases:effect", "meetings:live_parts"}
# What a program fetches, such as a calendar; nobody sees it in a browser.
FOR_PROGRAMS = {"meetings:feed"}
WRITTEN = "application/x-www-form-urlencoded"
# Who stands on the stairs: neither out nor in.
ON_THE_STAIRS = ["locked", "without_key", "half_way", "with_keys", "invited"]


@dataclass(frozen=True)
class Shown:
    """A page as one person gets it."""

    name: str
    seat: str | None
    url: str
    answer: Answer


def stand_on_the_stairs(walker: Walker, walked: Filled) -> None:
    """Let the walker be people who are on their way in, each in a browser of their own."""
    people = walked.world.seats
    assigned = User.objects.get(pk=people["police.assigned"].person)
    emails = {
        "without_key": give_password(people["police.colleague"].person),
        "half_way": give_password(people["police.jurist"].person),
        "with_keys": give_password(assigned.pk),
    }
    assert give_passkey(assigned.pk) == WORDS["pk"]
    give_totp(assigned.pk)
    RecoveryCodes.activate(assigned)
    give_totp(people["police.jurist"].person)

    def locked(language: str) -> Client:
        client = sit(walked.world, "police.othergroup", language)
        client.post(reverse("accounts:lock"))
        return client

    def arriving(email: str, language: str) -> Client:
        client = Client(headers={"accept-language": language})
        assert client.post(reverse("account_login"), {"login": email, "password": PASSWORD}).status_code == 302
        return client

    def with_keys(language: str) -> Client:
        client = sit(walked.world, "police.assigned", language)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    def invited(language: str) -> Client:
        client = Client(headers={"accept-language": language})
        client.get(urlsplit(invitation_link(assigned)).path)
        return client

    walker.others |= {
        "locked": locked,
        "without_key": lambda language: arriving(emails["without_key"], language),
        "half_way": lambda language: arriving(emails["half_way"], language),
        "with_keys": with_keys,
        "invited": invited,
    }


def _someone_opens(
    walker: Walker, walked: Filled, route: Route, first: list[str | None]
) -> tuple[Shown | None, set[int]]:
    """The page as the first of these seats who may open it gets it, and what everybody before was answered."""
    statuses: set[int] = set()
    for seat in first:
        for filling in list(targets(route, walked))[: 1 if seat in ON_THE_STAIRS else None]:
            url, _ = address(route, filling)
            answer = walker.ask(seat, "GET", url)
            # A form's page gives itself a key in the address first.
            if answer.headers.get("Location", "").startswith(f"{url}?"):
                url = answer.headers["Location"]
                answer = walker.ask(seat, "GET", url)
            if answer.status == 200:
                return Shown(route.name, seat, url, answer), statuses
            # Being sent to log in is no way to a page.
            if answer.status != 302 or (seat and "next=" not in answer.headers["Location"]):
                statuses.add(answer.status)
            if answer.status == 405:
                return None, statuses
    return None, statuses


def every_page(walker: Walker, walked: Filled) -> tuple[list[Shown], list[str]]:
    """Each page of the URL conf once, in Danish, and the addresses that nobody came to.

    An address that only takes forms, or only shows the way to a page, is no page.
    """
    shown, nobodys = [], []
    # Whoever came to a page of the room that hangs on the same row comes to the next one too, most often.
    opener: dict[tuple[str, tuple[str, ...]], str | None] = {}
    for route in routes():
        door = route.name.partition(":")[0], route.parts
        everybody: list[str | None] = [*SEATS, *ON_THE_STAIRS]
        if route.parts and door in opener:
            everybody.sort(key=lambda seat: seat != opener[door])
        page, statuses = _someone_opens(walker, walked, route, everybody)
        if page is not None:
            opener[door] = page.seat
        if route.name in FOR_PROGRAMS:
            continue
        if page is None and 405 not in statuses and not (302 in statuses <= {302, 404}):
            nobodys.append(f"{route.name}: {statuses}")
        elif (
            page is not None and page.answer.headers["Content-Type"].startswith("text/html") and page.name not in PIECES
        ):
            shown.append(page)
    return shown, nobodys


def in_english(walker: Walker, page: Shown) -> Shown:
    """The same page as the same person gets it in English."""
    return replace(page, answer=walker.ask(page.seat, "GET", page.url, language="en"))


def with_faults(walker: Walker, pages: list[Shown]) -> list[Shown]:
    """What comes back when the forms on these pages are sent with nothing in them, and the pages of errors."""
    shown: dict[tuple[str, frozenset[str]], Shown] = {}
    for page in pages:
        for form in forms_on(page.url, page.answer.body.decode()):
            name = resolve(urlsplit(form.action).path).view_name
            if (name, form.names) in shown:
                continue
            answer = walker.ask(page.seat, "POST", form.action, dict.fromkeys(form.names, ""))
            if b"form-error" in answer.body or b"alert-error" in answer.body:
                shown[name, form.names] = Shown(f"{name} with faults", page.seat, form.action, answer)
    raising = reverse("cases:raise")
    large = b"text=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10)
    return [
        *shown.values(),
        Shown("404", None, "/x/", walker.ask("police.member", "GET", "/findes-ikke/")),
        Shown("403", None, "/x/", walker.ask("police.member", "GET", reverse("partnerships:people"))),
        Shown("413", None, "/x/", walker.ask("police.member", "POST", raising, large, WRITTEN)),
        *(Shown(name, None, "/x/", drawn(name)) for name in ("400.html", "403_csrf.html", "429.html", "500.html")),
    ]


def drawn(template: str) -> Answer:
    """A page of an error that nobody can provoke here."""
    body = render_to_string(template, {"texts": ["Han sover ude."]}).encode()
    return Answer(200, body, {"Content-Type": "text/html"}, ())


class _Hook(BaseHTTPRequestHandler):
    """What hangs in a gallery, and the files it is drawn with; these may be kept, as a reader's browser keeps them."""

    server: "_Wall"

    def do_GET(self) -> None:
        """Answer the window's request."""
        path = urlsplit(self.path).path
        hangs = self.server.hangs
        if self.headers.get("Sec-Fetch-Mode") == "navigate" and hangs is not None:
            # Its own status would only make the browser complain of it.
            self._say(200, hangs.body, hangs.headers)
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            file = Path(str(found))
            self._say(
                200, file.read_bytes(), {"Content-Type": KINDS.get(file.suffix, "application/octet-stream"), **KEPT}
            )
        elif path == AXE_URL:
            self._say(200, AXE.read_bytes(), {"Content-Type": KINDS[".js"], **KEPT})
        elif self.headers.get("Sec-Fetch-Dest") == "empty":
            # The live table asks whether there is news: there is none.
            self._say(204, b"", {})
        else:
            self._say(404, b"", {})

    def _say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name not in {"Content-Length", "Connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: nobody reads it."""


class _Wall(ThreadingHTTPServer):
    daemon_threads = True
    hangs: Answer | None = None


class Gallery:
    """A window in which pages are shown exactly as they were answered, with their style and scripts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wall = _Wall(("127.0.0.1", 0), _Hook)
        self.origin = f"http://127.0.0.1:{self.wall.server_port}"
        self.hands = Hands(page, self.origin)
        Thread(target=self.wall.serve_forever, daemon=True).start()

    def hang(self, shown: Shown) -> None:
        """Show this page."""
        self.wall.hangs = shown.answer
        self.hands.complaints.clear()
        self.page.goto(self.origin + shown.url)
        self.page.add_script_tag(url=AXE_URL)

    def close(self) -> None:
        """Take it down."""
        self.wall.shutdown()
        self.wall.server_close()

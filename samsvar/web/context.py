"""What every page's frame needs."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.actor import WITH_CITIZENS


@dataclass(frozen=True)
class Entry:
    """One place of the main navigation; `key` follows `g` on the keyboard.

    `roles` are those whose work lies there, `kinds` the kinds of authority; empty: everybody's. The rooms refuse by
    themselves; this spares a look.
    """

    text: str | Promise
    url_name: str
    key: str
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """An entry that leads somewhere in this installation."""

    text: str | Promise
    url: str
    key: str
    here: bool


_AT_THE_TABLE = frozenset({"member", "coordinator", "chair", "secretariat"})
_WITH_PEOPLE = _AT_THE_TABLE.union(WITH_CITIZENS)
# Where support and contact persons work (§ 99).
_OUTREACH = frozenset({"social", "self_owning"})
_SETS_UP = frozenset({"local_admin", "coordinator", "chair", "secretariat"})

NAVIGATION = (
    Entry(_("Mit bord"), "web:desk", "b"),
    Entry(_("Rejs bekymring"), "cases:raise", "r"),
    Entry(_("Visitering"), "cases:screening", "v", _AT_THE_TABLE | {"screener"}),
    Entry(_("Sager"), "cases:list", "s"),
    Entry(_("Tovholder"), "coordination:home", "h", _WITH_PEOPLE),
    Entry(_("Opsøgende"), "outreach:home", "a", _WITH_PEOPLE, _OUTREACH),
    Entry(_("Henvisninger"), "referrals:box", "i", frozenset(WITH_CITIZENS)),
    Entry(_("Møder"), "meetings:list", "m", _AT_THE_TABLE | {"steering"}),
    Entry(_("Styring"), "steering:home", "y", _AT_THE_TABLE | {"steering"}),
    Entry(_("Kontakter"), "partnerships:contacts", "k"),
    Entry(_("Vejviser"), "directory:units", "w"),
    Entry(_("Regler"), "directory:rules", "j", frozenset({"jurist"})),
    Entry(_("Opsætning"), "partnerships:setup", "o", _SETS_UP),
    Entry(_("Mødetyper"), "meetings:kinds", "e", frozenset({"local_admin"})),
    Entry(_("Rettigheder"), "rights:requests", "t", frozenset({"releaser", "dpo"})),
    Entry(_("Kassation"), "retention:list", "d", frozenset({"releaser"})),
    Entry(_("Gjort mod nej"), "cases:overrides", "n", frozenset({"releaser"})),
    Entry(_("Log"), "rights:log", "g", frozenset({"dpo"})),
    Entry(_("Opbevaring"), "retention:rules", "p", frozenset({"dpo", "local_admin"})),
)


def address(url_name: str) -> str:
    """The URL of a name, or an empty string while no room answers to it."""
    return _address(url_name, settings.ROOT_URLCONF)


@lru_cache
def _address(url_name: str, urlconf: str) -> str:
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return ""


class Shell:
    """The frame of one page; computes only what its template asks for."""

    # A room may draw its own change of chair; ours names the chair and links to the room's page.
    chair_menu = ("accounts/chair_menu.html", "web/components/chair_menu.html")

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def actor(self) -> Any:
        """The person in the capacity acted in, or None before login and on error pages."""
        return getattr(self._request, "actor", None)

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration with synthetic people."""
        return bool(settings.DEMO)

    @property
    def training(self) -> str:
        """Where one practises on invented cases: a page here in a demonstration, else that of the training ground.

        Empty where an installation has none.
        """
        return address("web:exercises") if self.demo else str(settings.TRAINING_ADDRESS)

    @property
    def function(self) -> str:
        """The function one acts in, in words."""
        given = getattr(self.actor, "function", "")
        return str(given) if given else ", ".join(str(role) for role in getattr(self.actor, "roles", ()))

    @cached_property
    def navigation(self) -> list[Link]:
        """The places this installation has; nobody who is not logged in sees any."""
        if self.actor is None:
            return []
        match = self._request.resolver_match
        current = match.view_name if match else ""
        return [
            Link(entry.text, url, entry.key, entry.url_name == current)
            for entry in NAVIGATION
            if (not entry.roles or not entry.roles.isdisjoint(self.actor.roles))
            and (not entry.kinds or self.actor.authority_kind in entry.kinds)
            and (url := address(entry.url_name))
        ]

    @property
    def home(self) -> str:
        """The start page."""
        return address("web:desk") or "/"

    @property
    def search(self) -> str:
        """Where a search is sent; by POST, since what is typed may be a CPR number and must not stand in a URL."""
        return address("cases:search") if self.actor is not None else ""

    @property
    def lock(self) -> str:
        """Where the quick lock is sent."""
        return address("accounts:lock") if self.actor is not None else ""

    @property
    def idle_seconds(self) -> int:
        """After how long without a touch the page locks itself."""
        return int(settings.SESSION_IDLE_SECONDS)

    @property
    def chairs(self) -> str:
        """Where one changes capacity."""
        return address("accounts:chairs")

    @property
    def help(self) -> str:
        """The help page."""
        return address("web:help")

    @property
    def language(self) -> str:
        """Where a change of language is sent."""
        return address("web:language")

    @property
    def path(self) -> str:
        """The page to come back to; without its query, which may hold more than an address should."""
        return self._request.path

    @property
    def here(self) -> str:
        """The page to come back to in another language: its path, and of its query only where one was on the way to."""
        way = self._request.GET.get("next") or self._request.POST.get("next") or ""
        if not way or not url_has_allowed_host_and_scheme(way, allowed_hosts=None):
            return self.path
        return f"{self.path}?{urlencode({'next': way})}"


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Gives each template `shell`."""
    return {"shell": Shell(request)}

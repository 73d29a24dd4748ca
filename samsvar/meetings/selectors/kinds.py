"""Kinds of meetings: the templates that everybody may begin from, and what a partnership has made of them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.calendar.words import language
from samsvar.meetings.models import MeetingKind, Part
from samsvar.partnerships.models import Partnership
from samsvar.partnerships.services.rights import may_set_up
from samsvar.postgres.actor import Actor

DATA = Path(__file__).parents[1] / "data" / "kinds.toml"


class Tier(TextChoices):
    """Among which templates one looks for a kind of meeting."""

    GROUP = "group", _("Gruppens egne møder")
    ABOVE = "above", _("Styregruppe og råd")
    STANDING = "standing", _("Udvalg, team og faste konferencer")
    CITIZEN = "citizen", _("Møder om én borger")


@dataclass(frozen=True)
class Template:
    """A kind of meeting to begin from (002 chapter 3)."""

    code: str
    tier: Tier
    name_da: str
    name_en: str
    purpose_da: str
    purpose_en: str
    participants_da: str
    participants_en: str
    parts: tuple[Part, ...]
    decides: bool
    minutes: int
    notice_days: int
    source: str

    def _said(self, name: str) -> str:
        return str(getattr(self, f"{name}_{language(get_language())}"))

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return self._said("name")

    @property
    def purpose(self) -> str:
        """What it is for."""
        return self._said("purpose")

    @property
    def participants(self) -> str:
        """Who usually comes."""
        return self._said("participants")

    @property
    def part_words(self) -> str:
        """Its parts in order."""
        return ", ".join(str(part.label) for part in self.parts)


@cache
def templates() -> tuple[Template, ...]:
    """All templates, in the order of the file."""
    found = []
    for raw in tomllib.loads(DATA.read_text(encoding="utf-8"))["kind"]:
        words = {f"{name}_da": raw.pop(name) for name in ("name", "purpose", "participants")}
        parts, tier = tuple(map(Part, raw["parts"])), Tier(raw["tier"])
        found.append(Template(**{**raw, **words, "parts": parts, "tier": tier}))
    return tuple(found)


def by_tier(chosen: Iterable[Template] | None = None) -> list[tuple[Tier, list[Template]]]:
    """These templates, or all, by tier; a tier with none is left out."""
    these = list(templates() if chosen is None else chosen)
    found = [(tier, [one for one in these if one.tier == tier]) for tier in Tier]
    return [(tier, of_tier) for tier, of_tier in found if of_tier]


def template(code: str) -> Template | None:
    """The template of this code."""
    return next((one for one in templates() if one.code == code), None)


@dataclass(frozen=True)
class Place:
    """A partnership and the kinds of meetings it uses."""

    partnership: Partnership
    kinds: list[MeetingKind]
    sets_up: bool


def part_words(kind: MeetingKind) -> str:
    """The parts of a kind in order."""
    return ", ".join(str(Part(part).label) for part in kind.parts)


def places(actor: Actor) -> list[Place]:
    """The actor's partnerships with the kinds they use."""
    found = Partnership.objects.filter(pk__in=actor.partnership_ids).order_by("name", "id")
    kinds = kinds_of(actor, actor.partnership_ids)
    return [
        Place(place, [kind for kind in kinds if kind.partnership_id == place.pk], may_set_up(actor, place.pk))
        for place in found
    ]


def kinds_of(actor: Actor, partnership_ids: Iterable[UUID]) -> list[MeetingKind]:
    """The kinds in use in these partnerships."""
    return list(
        MeetingKind.objects.filter(partnership_id__in=list(partnership_ids), retired_at=None).order_by("name", "id")
    )


def find_kind(actor: Actor, kind_id: UUID) -> MeetingKind | None:
    """A kind in use in one of the actor's partnerships."""
    return MeetingKind.objects.select_related("partnership").filter(pk=kind_id, retired_at=None).first()


def find_place(actor: Actor, partnership_id: UUID) -> Partnership | None:
    """One of the actor's own partnerships."""
    return Partnership.objects.filter(pk=partnership_id, pk__in=actor.partnership_ids).first()


def sets_up(actor: Actor, partnership_id: UUID) -> bool:
    """Whether the actor may put kinds together there."""
    return may_set_up(actor, partnership_id)


@dataclass(frozen=True)
class Choice:
    """What kinds of meetings somebody can choose among when planning one: the own, and templates not yet made own.

    `sets_up` are the partnerships where the person may make a template the partnership's own by using it.
    """

    own: list[MeetingKind]
    templates: list[Template]
    sets_up: frozenset[UUID]


def choice(actor: Actor, partnership_ids: Iterable[UUID]) -> Choice:
    """The kinds for planning a meeting in one of these partnerships."""
    ids = set(partnership_ids)
    own = kinds_of(actor, ids)
    here = frozenset(one for one in ids if may_set_up(actor, one))
    made = {(kind.partnership_id, kind.template) for kind in own}
    left = [one for one in templates() if any((place, one.code) not in made for place in here)]
    return Choice(own, left, here)

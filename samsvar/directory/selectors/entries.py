"""Finding the right door as people ask for it, and reading a unit's page."""

import re
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.directory.kinds import UnitKind
from samsvar.directory.models.entry import CONFIRM_EVERY, DirectoryEntry
from samsvar.directory.topics import Heard, hear, says_nothing
from samsvar.postgres.actor import Actor

# So many words of a question are looked for; the rest are more than anybody asks with.
MOST_WORDS = 24
# So many kinds of unit that a question may be about are looked for, the surest first.
MOST_KINDS = 4
# A name such as "Børn og Unge" has no more words than this.
LONGEST_NAME = 5
# Words that begin with the same letters are taken for the same where a page says why it was found.
STEM = 5
FIRST = 20

_WORDS = re.compile(r"[^\W_]+")
# Words of a question that are the reason for no answer.
_NO_REASON = frozenset({"ikke", "møder", "kommer"})
_NAME_WORDS = re.compile(r"[\w&/§.-]+")


@dataclass(frozen=True)
class Asked:
    """A question taken apart: its words as the text index takes them, and every name that may stand in it."""

    words: tuple[str, ...]
    names: tuple[str, ...]


def take_apart(question: str) -> Asked:
    """The words and possible names of what somebody typed; nothing of it reaches the index but letters and digits."""
    low = question.lower()
    words = dict.fromkeys(word for word in _WORDS.findall(low) if len(word) > 1)
    parts = [part.strip(".-/") for part in _NAME_WORDS.findall(low)][:MOST_WORDS]
    names = {
        " ".join(parts[start : start + length])
        for length in range(1, LONGEST_NAME + 1)
        for start in range(len(parts) - length + 1)
    }
    telling = [word for word in words if word not in says_nothing()] or list(words)
    return Asked(tuple(telling)[:MOST_WORDS], tuple(sorted(names - {""})))


@dataclass(frozen=True)
class Found:
    """A unit that was found, and how well it fits; only the order of the scores means anything."""

    entry: DirectoryEntry
    score: float
    asked: Asked
    heard: Heard

    @property
    def _called(self) -> list[str]:
        names = {name.strip() for name in f"{self.entry.name},{self.entry.known_as}".lower().split(",")}
        return [name for name in self.asked.names if name in names]

    @property
    def is_mapped(self) -> bool:
        """Whether `why` is a line of the mapping of 2014, and not what was typed or what the unit tells itself."""
        return not self._called and bool(self.heard.why(self.entry.kind))

    @property
    def _named(self) -> list[str]:
        """The telling words of the question that stand on the unit's page."""
        told = (
            f"{self.entry.asked_as} {self.entry.purpose} {self.entry.ways_in} {self.entry.pathway} {self.entry.legal}"
        )
        there = {word[:STEM] for word in _WORDS.findall(f"{self.entry.name} {told}".lower())}
        silent = says_nothing() | _NO_REASON
        return [word for word in self.asked.words if len(word) > 3 and word not in silent and word[:STEM] in there]

    @property
    def is_weak(self) -> bool:
        """Whether nothing that was asked points to it: it is the nearest that there is, and no more."""
        return not (self._called or self.heard.why(self.entry.kind) or self._named)

    @property
    def why(self) -> str:
        """Why it was found, in a line and in the reader's language."""
        if called := self._called:
            return _("Du skrev »%(name)s«.") % {"name": max(called, key=len)}
        if topic := self.heard.why(self.entry.kind, get_language()):
            return topic
        if named := self._named:
            return _("Siden nævner: %(words)s.") % {"words": ", ".join(named[:4])}
        return _("Ordene ligner dem på siden.")


def find(actor: Actor | None, words: str, place_id: UUID | None = None, limit: int = FIRST) -> list[Found]:
    """The units that fit a question as people ask it, the best first. Two queries.

    The text index answers through `directory_find`, which cuts to the actor's partnerships; what it names is read again
    under the policies. Without an actor it is the owner of the database who asks (`samsvar vejviser`).
    """
    asked = take_apart(words)
    if not asked.names:
        return []
    heard = hear(words)
    surely = dict(sorted(heard.points.items(), key=itemgetter(1), reverse=True)[:MOST_KINDS])
    with connection.cursor() as cursor:
        cursor.execute(
            "select entry, score from directory_find("
            "%s::text[], %s::text[], %s::text[], %s::float[], %s::integer, %s::uuid, %s)",
            [
                *(list(asked.words), list(asked.names), [kind.value for kind in surely], list(surely.values())),
                *(heard.age, place_id, limit),
            ],
        )
        ranked = cursor.fetchall()
    rows = {row.pk: row for row in _read().filter(pk__in=[key for key, _score in ranked])}
    return [Found(rows[key], float(score), asked, heard) for key, score in ranked if key in rows]


def _read() -> QuerySet[DirectoryEntry]:
    return DirectoryEntry.objects.defer(*DirectoryEntry.FOR_SEARCH).select_related("authority", "unit", "confirmed_by")


def entries(actor: Actor, place_id: UUID) -> QuerySet[DirectoryEntry]:
    """Every unit of a partnership's directory, by name."""
    return _read().filter(partnership_id=place_id, closed_on=None).order_by("name", "sector", "id")


def entries_of_kind(actor: Actor, place_id: UUID, kind: UnitKind) -> QuerySet[DirectoryEntry]:
    """The units of one kind; the first ten, since more are looked for by name."""
    return entries(actor, place_id).filter(kind=kind)[:10]


def entry_of(actor: Actor, entry_id: UUID) -> DirectoryEntry | None:
    """One unit's page, if the actor's authority takes part where it stands. A closed one is still read."""
    return _read().select_related("partnership").filter(pk=entry_id).first()


def to_look_at(actor: Actor, place_id: UUID) -> QuerySet[DirectoryEntry]:
    """The own authority's pages that nobody has looked at for half a year, the longest first."""
    before = timezone.localdate() - CONFIRM_EVERY
    return (
        entries(actor, place_id)
        .filter(Q(confirmed_on=None) | Q(confirmed_on__lt=before), authority_id__in=actor.authority_ids)
        .order_by(F("confirmed_on").asc(nulls_first=True), "name", "id")
    )

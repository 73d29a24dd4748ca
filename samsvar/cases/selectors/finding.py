"""Finding one case: by its number, or by a name, a CPR number or words within the own reach."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from samsvar.cases.models import Case
from samsvar.cases.selectors.lists import ON_A_LINE, for_lines, reachable
from samsvar.citizens.services import sort_key
from samsvar.citizens.vault import blind_index
from samsvar.forms import parse_cpr
from samsvar.postgres.actor import Actor

# Whoever searches wants one case: the newest few come at once, more when asked for.
FIRST_FOUND = 10


MOST_FOUND = 50


SHORTEST = 2


def case_by_reference(actor: Actor, partnership_id: UUID, reference: str) -> Case | None:
    """The case in reach with this reference, or None."""
    typed = reference.strip()
    return reachable(actor).filter(partnership_id=partnership_id, reference__in=[typed, typed.upper()]).first()


# Search


@dataclass(frozen=True)
class Found:
    """What a search gave. `too_short` asks for more letters; `more` says that there were more than are shown.

    `is_number`: a CPR number was typed, whoever has it.
    """

    cases: list[Case]
    too_short: bool = False
    more: bool = False
    is_number: bool = False


def search(actor: Actor, words: str, *, closed: bool = False, most: int = FIRST_FOUND) -> Found:
    """Cases in the actor's reach whose reference, texts or citizen match; nothing outside it (R-000-152).

    The definer functions give ids, which are read again under the row policies. A CPR number finds the cases whose name
    the actor's authority has been told, and no others. With `closed` those too that were closed within the run-off. The
    newest `most` are given.
    """
    words = " ".join(words.split())
    if len(words) < SHORTEST:
        return Found([], too_short=True)
    number = _number_in(words)
    part, blind = ("", blind_index(number)) if number else (_like(sort_key(words)), None)
    with connection.cursor() as cursor:
        cursor.execute("select find_cases_of_person(%s, %s, %s, %s)", [part, blind, closed, most + 1])
        ids = {row[0] for row in cursor.fetchall()}
        if not number:
            cursor.execute("select find_cases(%s, %s, %s)", [words, closed, most + 1])
            ids |= {row[0] for row in cursor.fetchall()}
    within = for_lines(actor) if closed else for_lines(actor).filter(closed_at=None)
    # So few keys that the name can be looked up with them.
    named = within.filter(pk__in=ids).select_related("group", "partnership", "identity")
    found = list(
        named.only(*ON_A_LINE, "identity__name", "identity__known_as", "identity__pseudonym_number")[: most + 1]
    )
    return Found(found[:most], more=len(found) > most, is_number=bool(number))


def _number_in(words: str) -> str:
    """The CPR number that the words are, or an empty text."""
    try:
        return parse_cpr(words, demo=settings.DEMO)
    except ValueError:
        return ""


def _like(text: str) -> str:
    """The text with the signs that LIKE reads as its own taken at their word."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")

"""`samsvar vejviser FILE`: one question a line, the first three units of each."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samsvar.directory import sheet
from samsvar.directory.forms.entries import pages_of
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.selectors.entries import find
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Partnership
from samsvar.partnerships.services import add_authority, found_partnership

SHOWN = 3


class NoPlace(LookupError):
    """No partnership of that name has a directory."""


def answers(questions: Iterable[str], place_id: UUID) -> Iterator[tuple[str, list[str]]]:
    """Each question with the names of the first units, as a page shows them. Asked as the owner of the database."""
    for line in questions:
        question = line.strip()
        if question:
            yield question, [one.entry.name for one in find(None, question, place_id, limit=SHOWN)]


def answers_of(questions: Iterable[str], partnership: str) -> list[tuple[str, list[str]]]:
    """The answers of one partnership's directory. Raises NoPlace."""
    place = Partnership.objects.filter(name=partnership).first()
    if place is None or not DirectoryEntry.objects.filter(partnership=place, closed_on=None).exists():
        raise NoPlace(partnership)
    return list(answers(questions, place.pk))


def answers_of_pack(questions: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The answers of Vordingborg's eleven units. They are put in, asked, and taken out again."""
    with transaction.atomic():
        place = found_partnership(None, name="Vordingborg 2014", reference_prefix="VOR")
        keeper = add_authority(None, name="Vordingborg 2014", short_name="VOR", kind=AuthorityKind.SOCIAL)
        good, _refused = pages_of(sheet.pack())
        DirectoryEntry.objects.bulk_create(
            DirectoryEntry(partnership=place, authority=keeper, confirmed_on=timezone.localdate(), **row)
            for _number, row in good
        )
        found = list(answers(questions, place.pk))
        transaction.set_rollback(True)
    return found

"""What every page of a conference begins with: find it or say 404, look, and ask once more."""

from collections.abc import Sequence
from uuid import UUID

from django import forms as django_forms
from django.utils.translation import get_language

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.views.steps import found_or_404
from samsvar.conferences import selectors
from samsvar.conferences.models import ConferenceCase, ConferenceItem, MatterPerson
from samsvar.law.minutes import look_again
from samsvar.meetings.models import Meeting
from samsvar.postgres.actor import Actor


def meeting_or_404(actor: Actor, meeting_id: UUID) -> Meeting:
    """The conference's meeting, or a plain 404."""
    return found_or_404(selectors.find_meeting(actor, meeting_id))


def item_or_404(actor: Actor, item_id: UUID) -> ConferenceItem:
    """The item as far as the actor works with its matter, or a plain 404."""
    return found_or_404(selectors.find_item(actor, item_id))


def matter_or_404(actor: Actor, matter_id: UUID) -> ConferenceCase:
    """The matter of one who works with it, or a plain 404."""
    return found_or_404(selectors.find_matter(actor, matter_id))


def look(actor: Actor, kind: str, key: UUID, partnership_id: UUID, persons: Sequence[MatterPerson] = ()) -> None:
    """One line per citizen whose matter is looked at; a matter without a name leaves one too."""
    for citizen_id in {one.citizen_id for one in persons} or {None}:
        record(actor, Act.LOOK, kind, key, partnership_id=partnership_id, citizen_id=citizen_id)


def asks_again(
    request: ActingRequest,
    form: django_forms.Form,
    field: str,
    text: str,
    names: Sequence[str],
    known: Sequence[str] = (),
) -> bool:
    """Whether the writer should look once more at what may show who it is (003/S17); one more press writes it."""
    notices = look_again(text, names, [], [request.actor.name, request.actor.authority_name, *known])
    if not notices or request.POST.get("looked") == "1":
        return False
    for notice in notices:
        form.add_error(field, notice.text(get_language()))
    return True


def known_names(actor: Actor, found: ConferenceItem) -> tuple[list[str], list[str]]:
    """The names that must not stand in a text, and those that may: the citizen's, and those of staff."""
    return [one.name for one in selectors.persons_of(actor, found.matter_id)], selectors.staff_at(actor, found.meeting)

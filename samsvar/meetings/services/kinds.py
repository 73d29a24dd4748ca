"""A partnership puts its kinds of meetings together out of parts, without code (issue 4, Kinds)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.services.errors import Overtaken
from samsvar.meetings.models import MeetingKind
from samsvar.meetings.selectors.kinds import Template
from samsvar.meetings.services.errors import MeetingError, refuse_cpr
from samsvar.partnerships.models import Partnership
from samsvar.partnerships.services.rights import require_set_up
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Shape:
    """What a kind is, as somebody has written it. `minutes` is how long it lasts; parts in their order."""

    name: str
    purpose: str
    participants: str
    parts: Sequence[str]
    decides: bool
    minutes: int
    notice_days: int


def make(actor: Actor, partnership: Partnership, shape: Shape, *, template: str = "") -> MeetingKind:
    """A new kind. Raises MeetingError when the name is taken, PartnershipError unless the actor sets it up."""
    require_set_up(actor, partnership)
    _refuse(shape)
    kind = MeetingKind(
        partnership=partnership,
        template=template,
        changed_at=timezone.now(),
        **{**vars(shape), "parts": [*shape.parts]},
    )
    try:
        with transaction.atomic():
            kind.save(force_insert=True)
    except IntegrityError as clash:
        raise MeetingError(_("I har allerede en mødetype med det navn.")) from clash
    _log(actor, Act.CREATE, kind)
    return kind


def of_template(actor: Actor, partnership: Partnership, template: Template) -> MeetingKind:
    """The partnership's own kind of this template, made from it as it stands the first time somebody uses it.

    In Danish whoever uses it, like all that a partnership names itself: it stands in everybody's invitations.

    Raises as `make` does: MeetingError when another kind of theirs has the name.
    """
    require_set_up(actor, partnership)
    own = MeetingKind.objects.filter(partnership=partnership, template=template.code, retired_at=None)
    if found := own.order_by("changed_at", "id").first():
        return found
    shape = Shape(
        name=template.name_da,
        purpose=template.purpose_da,
        participants=template.participants_da,
        parts=[part.value for part in template.parts],
        decides=template.decides,
        minutes=template.minutes,
        notice_days=template.notice_days,
    )
    try:
        return make(actor, partnership, shape, template=template.code)
    except MeetingError:
        # Of two who use it at once the second finds what the first has made.
        if found := own.order_by("changed_at", "id").first():
            return found
        raise


def change(actor: Actor, kind: MeetingKind, shape: Shape, *, seen: str) -> None:
    """Change a kind for meetings that are planned from now on; those that stand in the calendar stay as they are.

    `seen` is `stamp` of what was on the screen. Raises Overtaken, or as `make`.
    """
    require_set_up(actor, kind.partnership)
    _refuse(shape)
    values = {**vars(shape), "parts": [*shape.parts], "changed_at": timezone.now()}
    try:
        with transaction.atomic():
            locked = MeetingKind.objects.select_for_update(of=("self",)).filter(pk=kind.pk, retired_at=None).first()
            if locked is None or stamp(locked) != seen:
                raise Overtaken(_("En anden har ændret mødetypen imens. Dit er ikke gemt, men står her endnu."))
            MeetingKind.objects.filter(pk=kind.pk).update(**values)
    except IntegrityError as clash:
        raise MeetingError(_("I har allerede en mødetype med det navn.")) from clash
    _log(actor, Act.CHANGE, kind)


def retire(actor: Actor, kind: MeetingKind) -> None:
    """Let nobody choose this kind any more. Meetings that were planned as it keep what they copied."""
    require_set_up(actor, kind.partnership)
    if not MeetingKind.objects.filter(pk=kind.pk, retired_at=None).update(retired_at=timezone.now()):
        raise MeetingError(_("Mødetypen er allerede taget ud af brug."))
    _log(actor, Act.CHANGE, kind)


def stamp(kind: MeetingKind) -> str:
    """What a form carries to tell whether somebody else has changed it meanwhile."""
    return kind.changed_at.isoformat()


def _refuse(shape: Shape) -> None:
    refuse_cpr(shape.name, shape.purpose, shape.participants)


def _log(actor: Actor, act: Act, kind: MeetingKind) -> None:
    record(actor, act, "meeting_kind", kind.pk, partnership_id=kind.partnership_id)

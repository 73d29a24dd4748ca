"""A matter is raised, and others are let in to hear it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.conferences import selectors
from samsvar.conferences.models import (
    SHORT,
    USUAL,
    About,
    ConferenceCase,
    ConferenceItem,
    ItemType,
    ItemWords,
    Level,
    MatterParty,
    Named,
)
from samsvar.conferences.services.errors import ConferenceError
from samsvar.conferences.services.held import log, log_item, meeting_of
from samsvar.conferences.services.names import Yes, persons_named, say_to
from samsvar.conferences.services.texts import refuse_names, refuse_numbers
from samsvar.law.kinds import AuthorityKind
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor

MUNICIPAL = {AuthorityKind.SOCIAL, AuthorityKind.JOBCENTRE, AuthorityKind.SELF_OWNING}


@dataclass(frozen=True)
class Brought:
    """What somebody brings to a conference. `hearers` are the authorities that shall hear it."""

    kind: str
    named: str
    about: str = About.CITIZEN
    matter: ConferenceCase | None = None
    minutes: int = USUAL
    text: str = ""
    names: Sequence[str] = ()
    yes: Yes = field(default_factory=Yes)
    hearers: Sequence[Authority] = ()
    informed: str = ""
    informed_on: date | None = None
    presented_by: str = ""
    presented_from: str = ""


def raise_matter(actor: Actor, meeting: Meeting, brought: Brought) -> ConferenceItem:
    """Put a matter on a conference, new or old, at any time, during the meeting too (R-003-29, R-003-36).

    The answer about the consent is asked for each time (R-003-37). Without it nobody outside the own authority gets a
    row that says who it is. Raises ConferenceError.
    """
    here = meeting_of(actor, meeting)
    if here.state != MeetingState.PLANNED:
        raise ConferenceError(_("Mødet er slut. Tag sagen op på det næste."))
    _require_answers(brought)
    hearers = [one for one in brought.hearers if not actor.owns(one.pk)]
    if brought.named == Named.YES and not hearers:
        raise ConferenceError(_("Vælg, hvem der hører punktet: samtykket gælder dem."))
    matter = _own_matter(actor, here, brought.matter) if brought.matter else _new_matter(actor, here, brought.about)
    let_hear(actor, matter, hearers)
    persons = persons_named(actor, matter, brought.names)
    refuse_names(selectors.persons_of(actor, matter.pk), brought.text, brought.presented_by, brought.presented_from)
    item = _put_on(actor, here, matter, brought)
    log_item(actor, Act.CREATE, item, {"kind": brought.kind, "named": brought.named}, persons)
    if brought.named == Named.YES:
        say_to(actor, matter, persons, hearers, brought.yes)
    return item


def _own_matter(actor: Actor, meeting: Meeting, matter: ConferenceCase) -> ConferenceCase:
    """The matter that is raised again, by an authority that works with it."""
    if not ConferenceCase.objects.filter(
        pk=matter.pk, group_id=meeting.group_id, pk__in=selectors.mine(actor, meeting.group_id)
    ).exists():
        raise ConferenceError(
            _("Din myndighed er ikke med om sagen. Bed dem, der har haft den med, om at tage den op.")
        )
    return matter


def _put_on(actor: Actor, meeting: Meeting, matter: ConferenceCase, brought: Brought) -> ConferenceItem:
    """The item as the group sees it, and beside it the words for those who work with the matter."""
    item = ConferenceItem(
        id=uuid4(),
        partnership_id=meeting.partnership_id,
        meeting=meeting,
        matter=matter,
        group_id=meeting.group_id,
        kind=brought.kind,
        level=_level(actor, matter),
        minutes=min(max(brought.minutes, SHORT), 120),
        named=brought.named,
        authority_id=actor.authority_id,
        presenter_id=actor.person_id,
        presented_by=brought.presented_by.strip(),
        presented_from=brought.presented_from.strip(),
        late=meeting.starts_at <= timezone.now(),
    )
    try:
        item.validate_constraints(exclude=["meeting", "matter", "authority", "presenter", "partnership"])
        with transaction.atomic():
            item.save(force_insert=True)
    except ValidationError as error:
        raise ConferenceError(" ".join(error.messages)) from error
    except IntegrityError as clash:
        raise ConferenceError(_("Sagen er allerede på mødet.")) from clash
    ItemWords(
        id=uuid4(),
        partnership_id=meeting.partnership_id,
        item=item,
        matter=matter,
        group_id=meeting.group_id,
        text=brought.text.strip(),
        informed=brought.informed,
        informed_on=brought.informed_on,
        changed_at=timezone.now(),
        changed_by_id=actor.person_id,
    ).save(force_insert=True)
    return item


def _require_answers(brought: Brought) -> None:
    refuse_numbers(brought.text, brought.presented_by, brought.presented_from, *brought.names)
    about = brought.matter.about if brought.matter else brought.about
    if about == About.GENERAL:
        if brought.named != Named.NOBODY or brought.names:
            raise ConferenceError(_("Et generelt emne handler ikke om en borger. Vælg en borger eller en familie."))
        return
    if brought.kind == ItemType.GENERAL:
        raise ConferenceError(_("En sag om en borger er ikke et generelt emne."))
    if brought.named == Named.NOBODY:
        raise ConferenceError(_("Svar på, om der er samtykke til at sige navnet."))
    if brought.named == Named.YES and brought.presented_by.strip():
        raise ConferenceError(_("Kun den, der selv har adgang her, kan svare for et samtykke. Tag sagen op uden navn."))


def _new_matter(actor: Actor, meeting: Meeting, about: str) -> ConferenceCase:
    """A matter under the group's next number; two at once get a number each."""
    for _attempt in range(5):
        last = ConferenceCase.objects.filter(group_id=meeting.group_id).aggregate(last=Max("number"))["last"] or 0
        matter = ConferenceCase(
            id=uuid4(),
            partnership_id=meeting.partnership_id,
            group_id=meeting.group_id,
            number=last + 1,
            about=about,
            authority_id=actor.authority_id,
            by_id=actor.person_id,
        )
        try:
            with transaction.atomic():
                matter.save(force_insert=True)
        except IntegrityError:
            continue
        _party(actor, matter, actor.authority_id)
        return matter
    raise ConferenceError(_("Nummeret er lige blevet brugt. Prøv igen."))


def _level(actor: Actor, matter: ConferenceCase) -> Level:
    if matter.about == About.GENERAL:
        return Level.GENERAL
    kinds = set(MatterParty.objects.filter(matter=matter).values_list("authority__kind", flat=True))
    return Level.MUNICIPAL if kinds <= MUNICIPAL else Level.REGIONAL


def let_hear(actor: Actor, matter: ConferenceCase, authorities: Sequence[Authority]) -> None:
    """Register authorities on a matter, so that they read what is said in it (R-003-45).

    What they read is without names: who it is about lies in rows that this opens to nobody.
    """
    if not ConferenceCase.objects.filter(pk=matter.pk, pk__in=selectors.mine(actor, matter.group_id)).exists():
        raise ConferenceError(_("Kun de myndigheder, der er med om sagen, kan tage andre med."))
    there = set(MatterParty.objects.filter(matter=matter).values_list("authority_id", flat=True))
    seated = {one.pk for one in selectors.seated(actor, matter.group_id)}
    new = [one for one in authorities if one.pk not in there]
    if any(one.pk not in seated for one in new):
        raise ConferenceError(_("Vælg blandt dem, der sidder i gruppen."))
    for one in new:
        _party(actor, matter, one.pk)


def _party(actor: Actor, matter: ConferenceCase, authority_id: UUID) -> None:
    MatterParty.objects.bulk_create(
        [
            MatterParty(
                id=uuid4(),
                partnership_id=matter.partnership_id,
                matter=matter,
                group_id=matter.group_id,
                authority_id=authority_id,
                by_id=actor.person_id,
            )
        ]
    )
    log(
        actor,
        Act.CHANGE,
        "conference_case",
        matter.pk,
        matter.partnership_id,
        {"part": "party", "authority": str(authority_id)},
    )

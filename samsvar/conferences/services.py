"""Verbs of the conference: raising a matter, letting others in, concluding, agreeing, approving (003 chapter 2).

No verb here decides anything about a citizen (R-003-46): what must be decided is passed to a named place in the line.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.services.errors import CaseError
from samsvar.citizens.services import identify
from samsvar.conferences import selectors
from samsvar.conferences.models import (
    SHORT,
    USUAL,
    About,
    Conclusion,
    Conference,
    ConferenceCase,
    ConferenceItem,
    ConferenceStep,
    ItemType,
    ItemWords,
    Level,
    MatterParty,
    MatterPerson,
    Named,
    Participant,
    StepState,
    talked,
)
from samsvar.documents.words import danish_as_two
from samsvar.law.kinds import AuthorityKind, Basis, InformationType, Purpose
from samsvar.law.sentences import Notice
from samsvar.law.warnings import has_cpr
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.services import conducting
from samsvar.meetings.services import minutes as minutes_services
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, ConsentForm, Disclosure, Scope, SubjectKind
from samsvar.sharing.services import NothingSaid, NotLawful, Subject, disclose, take_consent, withdraw_consent

MUNICIPAL = {AuthorityKind.SOCIAL, AuthorityKind.JOBCENTRE, AuthorityKind.SELF_OWNING}
VOICES = ("presenter", "interviewer", "listener")
MOST_VOICES = 30
_OVERTAKEN_FRAME = gettext_lazy(
    "En anden har lige skrevet her. Se, hvad der står nu, og gem igen, hvis jeres skal gælde."
)
_PSP_NUMBER = re.compile(r"\b[A-ZÆØÅ]{2,6}-\d{4}-\d{3,}\b")


class ConferenceError(CaseError):
    """The step cannot be done at this conference. The message is shown as it stands; nothing was changed."""


class Overtaken(ConferenceError):
    """Somebody else wrote meanwhile; the own text stands in the form."""


class InDoubt(ConferenceError):
    """Something may show who the citizen is (003/S17). Approving all the same must be said once more."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self.notices = list(notices)
        super().__init__(_("Se på teksten, før punktet godkendes. Noget kan vise, hvem det handler om."))


@dataclass(frozen=True)
class Yes:
    """A consent to be named, as the presenter answers for it (R-003-39)."""

    given: Sequence[str] = ()
    given_on: date | None = None
    form: str = ConsentForm.WRITTEN
    why_oral: str = ""
    informed: bool = False


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


def set_frame(
    actor: Actor, meeting: Meeting, *, chair: str, minute_taker: str, psp_minutes: int, seen: str = ""
) -> None:
    """Say who leads and who writes, and how long the closed PSP part lasts (R-003-28).

    `seen` is the stamp of what was on the screen, empty where nothing stood. Raises Overtaken when somebody else has
    written something else meanwhile.
    """
    here = _open(actor, meeting)
    _refuse_numbers(chair, minute_taker)
    _refuse_names(_named_at(here), chair, minute_taker)
    values = {"chair": chair.strip(), "minute_taker": minute_taker.strip(), "psp_minutes": psp_minutes}
    stands = Conference.objects.select_for_update(of=("self",)).filter(meeting=here).first()
    if stands is not None:
        if {name: getattr(stands, name) for name in values} == values:
            return
        if stands.stamp != seen:
            raise Overtaken(_OVERTAKEN_FRAME)
        Conference.objects.filter(pk=stands.pk).update(**values)
    else:
        try:
            with transaction.atomic():
                Conference(
                    id=uuid4(), partnership_id=here.partnership_id, meeting=here, group_id=here.group_id, **values
                ).save(force_insert=True)
        except IntegrityError as clash:
            raise Overtaken(_OVERTAKEN_FRAME) from clash
    minutes_services.changed(here)
    _log(actor, Act.CHANGE, "conference", here.pk, here.partnership_id, {"part": "frame"})


def add_participant(
    actor: Actor, meeting: Meeting, name: str, affiliations: Sequence[str], *, one_item: bool = False
) -> Participant:
    """Write down somebody in the room who has no account, from one place or several (R-003-31, R-003-32)."""
    here = _open(actor, meeting)
    places = [" ".join(one.split())[:120] for one in affiliations if one.strip()]
    if not name.strip() or not places:
        raise ConferenceError(_("Skriv, hvem det er, og hvor de kommer fra."))
    _refuse_numbers(" ".join([name, *places]))
    _refuse_names(_named_at(here), name, *places)
    row = Participant(
        id=uuid4(),
        partnership_id=here.partnership_id,
        meeting=here,
        group_id=here.group_id,
        name=name.strip()[:160],
        affiliations=places[:6],
        one_item=one_item,
        by_id=actor.person_id,
    )
    row.save(force_insert=True)
    minutes_services.changed(here)
    _log(actor, Act.CHANGE, "conference", here.pk, here.partnership_id, {"part": "participant"})
    return row


def add_visitor(actor: Actor, item: ConferenceItem, name: str, affiliations: Sequence[str]) -> Participant:
    """Write down somebody who comes for this item and goes again: anybody may (003/S19, R-003-32).

    Raises ConferenceError for an item at which the name is said: a consent covers those whom it names, and nobody else.
    """
    if item.named == Named.YES:
        raise ConferenceError(
            _("Her siges navnet på et samtykke, og det gælder kun dem, det nævner. Hold punktet uden navn.")
        )
    row = add_participant(actor, item.meeting, name, affiliations, one_item=True)
    note_there(actor, item, str(row.pk), here=True)
    return row


def note_there(actor: Actor, item: ConferenceItem, who: str, *, here: bool) -> None:
    """Note that somebody was there while an item was up, or was not. Until then all were who are noted at the meeting.

    `who` is the key of a `selectors.InTheRoom`. Raises ConferenceError once the section is approved.
    """
    words = _open_words(item)
    one = next((one for one in selectors.room(actor, item, words) if one.key == who), None)
    if one is None:
        raise ConferenceError(_("Vælg en af dem, der er noteret på mødet."))
    others = [row for row in words.there or [] if row["id"] != who]
    _put_down(actor, words, there=[*others, replace(one, here=here).row])
    _rewritten(item)
    _log_item(actor, Act.CHANGE, item, {"part": "there", "who": who, "here": here})


def remove_participant(actor: Actor, participant: Participant) -> None:
    """Take somebody off who was not there after all; approved sections stand.

    Raises ConferenceError for one who came for an item and was written on by another: which item that was, only those
    who work with it know.
    """
    _open(actor, participant.meeting)
    if participant.one_item and participant.by_id != actor.person_id:
        raise ConferenceError(_("En anden, der arbejder med sagen, har skrevet det på. Bed vedkommende tage det af."))
    if Participant.objects.filter(pk=participant.pk).delete()[0]:
        minutes_services.changed(participant.meeting)
        _log(
            actor,
            Act.CHANGE,
            "conference",
            participant.meeting_id,
            participant.partnership_id,
            {"part": "participant_off"},
        )


def raise_matter(actor: Actor, meeting: Meeting, brought: Brought) -> ConferenceItem:
    """Put a matter on a conference, new or old, at any time, during the meeting too (R-003-29, R-003-36).

    The answer about the consent is asked for each time (R-003-37). Without it nobody outside the own authority gets a
    row that says who it is. Raises ConferenceError.
    """
    here = _meeting(actor, meeting)
    if here.state != MeetingState.PLANNED:
        raise ConferenceError(_("Mødet er slut. Tag sagen op på det næste."))
    _require_answers(brought)
    hearers = [one for one in brought.hearers if not actor.owns(one.pk)]
    if brought.named == Named.YES and not hearers:
        raise ConferenceError(_("Vælg, hvem der hører punktet: samtykket gælder dem."))
    matter = _own_matter(actor, here, brought.matter) if brought.matter else _new_matter(actor, here, brought.about)
    let_hear(actor, matter, hearers)
    persons = _persons(actor, matter, brought.names)
    _refuse_names(selectors.persons_of(actor, matter.pk), brought.text, brought.presented_by, brought.presented_from)
    item = _put_on(actor, here, matter, brought)
    _log_item(actor, Act.CREATE, item, {"kind": brought.kind, "named": brought.named}, persons)
    if brought.named == Named.YES:
        _say(actor, matter, persons, hearers, brought.yes)
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
    _refuse_numbers(brought.text, brought.presented_by, brought.presented_from, *brought.names)
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
    _log(
        actor,
        Act.CHANGE,
        "conference_case",
        matter.pk,
        matter.partnership_id,
        {"part": "party", "authority": str(authority_id)},
    )


def _persons(actor: Actor, matter: ConferenceCase, names: Sequence[str]) -> list[MatterPerson]:
    """The own authority's rows of those who are named here and of nobody else; whoever is new gets one."""
    own = MatterPerson.objects.filter(matter=matter, authority_id__in=actor.authority_ids).order_by("at", "id")
    known = {one.name.casefold(): one for one in own}
    named = []
    wanted = list(dict.fromkeys(" ".join(one.split())[:160] for one in names if one.strip()))
    if matter.about == About.GENERAL and wanted:
        raise ConferenceError(_("Et generelt emne handler ikke om en borger."))
    for name in wanted:
        if name.casefold() in known:
            named.append(known[name.casefold()])
            continue
        identity = identify(actor, partnership_id=matter.partnership_id, name=name)
        row = MatterPerson(
            id=uuid4(),
            partnership_id=matter.partnership_id,
            matter=matter,
            group_id=matter.group_id,
            authority_id=actor.authority_id,
            name=name,
            citizen_id=identity.citizen_id,
            by_id=actor.person_id,
        )
        row.save(force_insert=True)
        named.append(row)
    return named


def say_name(actor: Actor, matter: ConferenceCase, names: Sequence[str], to: Sequence[Authority], yes: Yes) -> None:
    """Say who it is to some who work with the matter, on a consent that the actor answers for."""
    to = [one for one in to if not actor.owns(one.pk)]
    parties = set(MatterParty.objects.filter(matter=matter).values_list("authority_id", flat=True))
    if not to or any(one.pk not in parties for one in to):
        raise ConferenceError(_("Vælg blandt dem, der er med om sagen."))
    _refuse_numbers(*names)
    _say(actor, matter, _persons(actor, matter, names), to, yes)


@dataclass
class _Matter:
    """A matter as the door speaks of it: no case."""

    id: UUID
    partnership_id: UUID
    group_id: UUID
    reference: str
    citizen_id: UUID | None = None


def _say(
    actor: Actor, matter: ConferenceCase, persons: Sequence[MatterPerson], to: Sequence[Authority], yes: Yes
) -> None:
    """Each name passes to each receiver as a recorded disclosure on a consent, and in no other way (R-003-38).

    Each person has a consent of their own, so that one of a family can take the yes back.
    """
    if not persons:
        raise ConferenceError(_("Skriv navnet, når du svarer for et samtykke til at sige det."))
    about = _Matter(matter.pk, matter.partnership_id, matter.group_id, str(matter.number))
    try:
        for one in persons:
            consent = take_consent(
                actor,
                about,
                scope=Scope.SHARE,
                information_types=[InformationType.IDENTITY],
                receivers=to,
                purposes=[Purpose.HELP],
                given=yes.given,
                form=yes.form,
                why_oral=yes.why_oral,
                informed=yes.informed,
                given_on=yes.given_on,
                matter_id=matter.pk,
            )
            MatterPerson.objects.filter(pk=one.pk).update(consent=consent, withdrawn_on=None)
            disclose(
                actor,
                Subject(
                    SubjectKind.CONFERENCE,
                    one.pk,
                    matter.partnership_id,
                    citizen_id=one.citizen_id,
                    reference=about.reference,
                    group_id=matter.group_id,
                ),
                to,
                information_type=InformationType.IDENTITY,
                purpose=Purpose.HELP,
                necessity=_("Borgeren har sagt ja til, at navnet bliver sagt i Samarbejdsenheden."),
                basis=Basis.CONSENT,
                consent=consent,
            )
    except NothingSaid as error:
        raise ConferenceError(str(error)) from error
    except NotLawful as error:
        raise ConferenceError(str(error)) from error


def take_name_back(actor: Actor, person: MatterPerson) -> None:
    """The citizen has taken the yes back: from now on the name is shown at home alone. What was heard stays heard."""
    row = MatterPerson.objects.filter(
        pk=person.pk, authority_id__in=actor.authority_ids, withdrawn_on=None, consent__isnull=False
    ).first()
    if row is None:
        raise ConferenceError(_("Der er ikke noget samtykke at trække tilbage."))
    rests_on = Disclosure.objects.filter(subject_id=row.pk, authority_id__in=actor.authority_ids).values("consent_id")
    for consent in Consent.objects.filter(pk__in=rests_on, withdrawn_on=None):
        withdraw_consent(actor, consent)
    MatterPerson.objects.filter(pk=row.pk).update(withdrawn_on=timezone.localdate())
    _log(
        actor,
        Act.CHANGE,
        "conference_case",
        row.matter_id,
        row.partnership_id,
        {"part": "name_back"},
        citizen_id=row.citizen_id,
    )


def forget_name(actor: Actor, person: MatterPerson) -> None:
    """Take away a name that was written by mistake and that nobody else has heard. Raises ConferenceError."""
    if not MatterPerson.objects.filter(pk=person.pk, authority_id__in=actor.authority_ids, consent=None).delete()[0]:
        raise ConferenceError(_("Navnet er sagt til andre, så det bliver stående. Træk samtykket tilbage i stedet."))
    _log(
        actor,
        Act.CHANGE,
        "conference_case",
        person.matter_id,
        person.partnership_id,
        {"part": "name_off"},
        citizen_id=person.citizen_id,
    )


def move(actor: Actor, item: ConferenceItem, place: int, why: str) -> None:
    """Move an item out of the usual order, with a reason that all read (003/S27, R-003-30). Raises ConferenceError."""
    if not why.strip():
        raise ConferenceError(_("Skriv, hvorfor punktet flyttes."))
    _require_planned(item)
    _refuse_numbers(why)
    _refuse_names(selectors.persons_of(actor, item.matter_id), why)
    if not selectors.may_move(actor, item):
        raise ConferenceError(_("Kun de, der arbejder med sagen, og de, der leder mødet, kan flytte punktet."))
    if not ConferenceItem.objects.filter(pk=item.pk, approved_at=None).update(
        position=max(1, min(place, 200)), moved_why=why.strip()
    ):
        raise ConferenceError(_("Punktet er godkendt og bliver, hvor det er."))
    _log_item(actor, Act.CHANGE, item, {"part": "moved", "place": place})


def write(
    actor: Actor,
    item: ConferenceItem,
    *,
    text: str,
    informed: str,
    informed_on: date | None,
    conclusion: str,
    conclusion_text: str,
    seen: str,
    own_words: str = "",
) -> ItemWords:
    """Write what is said and what it comes to. `seen` is the stamp of the words on the screen. Raises Overtaken."""
    words = _open_words(item)
    _refuse_numbers(text, own_words, conclusion_text)
    _refuse_names(selectors.persons_of(actor, item.matter_id), text, own_words, conclusion_text)
    values = {
        "text": text.strip(),
        "own_words": own_words.strip(),
        "informed": informed,
        "informed_on": informed_on,
        "conclusion": conclusion,
        "conclusion_text": conclusion_text.strip(),
    }
    if words.stamp != seen:
        if all(getattr(words, name) == value for name, value in values.items()):
            return words
        raise Overtaken(_("En anden har skrevet imens. Din tekst står her endnu; se deres, og gem så din."))
    _put_down(actor, words, **values)
    _rewritten(item)
    _log_item(actor, Act.CHANGE, item, {"part": "words", "conclusion": conclusion})
    return words


def _open_words(item: ConferenceItem) -> ItemWords:
    """The words of an item while they can be changed, held for the rest of the step: two at once come one by one."""
    found = ItemWords.objects.select_related("item").select_for_update(of=("self", "item"))
    words = found.filter(item=item, item__approved_at=None).first()
    if words is None:
        raise ConferenceError(_("Punktet er godkendt og står fast, eller din myndighed er ikke med om sagen."))
    return words


def _put_down(actor: Actor, words: ItemWords, **values: Any) -> None:
    """Write in the row, in one's own name and of now: the row policy takes nothing else.

    Raises ConferenceError where the row does not take it: the section was approved meanwhile.
    """
    now = {"changed_at": timezone.now(), "changed_by_id": actor.person_id}
    if not ItemWords.objects.filter(pk=words.pk).update(**values, **now):
        raise ConferenceError(_("Punktet er godkendt imens og står fast. Din tekst er ikke gemt."))


def _rewritten(item: ConferenceItem) -> None:
    """Who has read the minutes as they were has not read them as they are."""
    minutes_services.changed(item.meeting, frame=False)


@dataclass(frozen=True)
class Agreed:
    """A step as it is agreed."""

    what: str
    owners: Sequence[Authority]
    who: str = ""
    due_on: date | None = None
    condition: str = ""
    fallback: str = ""
    decided_at: str = ""


def agree(actor: Actor, item: ConferenceItem, agreed: Agreed) -> ConferenceStep:
    """Agree on a next step: who, what, by when, if what, or else what (R-003-43). Raises ConferenceError."""
    _open_words(item)
    parties = set(MatterParty.objects.filter(matter_id=item.matter_id).values_list("authority_id", flat=True))
    if not agreed.what.strip() or not agreed.owners:
        raise ConferenceError(_("Skriv, hvad der skal ske, og hvem der gør det."))
    if any(one.pk not in parties for one in agreed.owners):
        raise ConferenceError(_("Den, der gør det, skal være med om sagen."))
    texts = (agreed.what, agreed.who, agreed.condition, agreed.fallback, agreed.decided_at)
    _refuse_numbers(*texts)
    _refuse_names(selectors.persons_of(actor, item.matter_id), *texts)
    step = ConferenceStep(
        id=uuid4(),
        partnership_id=item.partnership_id,
        matter_id=item.matter_id,
        item_id=item.pk,
        group_id=item.group_id,
        what=agreed.what.strip(),
        owner_ids=[one.pk for one in agreed.owners],
        who=agreed.who.strip(),
        due_on=agreed.due_on,
        condition=agreed.condition.strip(),
        fallback=agreed.fallback.strip(),
        decided_at=agreed.decided_at.strip(),
        by_id=actor.person_id,
    )
    step.save(force_insert=True)
    _rewritten(item)
    _log_item(actor, Act.CHANGE, item, {"part": "step", "step": str(step.pk)})
    return step


def judge(
    actor: Actor,
    step: ConferenceStep,
    state: str,
    verdict: str,
    *,
    at: ConferenceItem | None,
    to: Authority | None = None,
) -> None:
    """Say how a step went: it succeeded, somebody else takes over, or it is not needed (003/S26).

    Who takes over gets a step of its own at the item `at`. Raises ConferenceError.
    """
    here = ConferenceStep.objects.filter(pk=step.pk).first()
    if here is None or state not in {StepState.DONE, StepState.TAKEN_OVER, StepState.DROPPED}:
        raise ConferenceError(_("Skridtet er ikke til at finde."))
    _refuse_numbers(verdict)
    _refuse_names(selectors.persons_of(actor, here.matter_id), verdict)
    if state == StepState.TAKEN_OVER:
        if to is None or to.pk in here.owner_ids:
            raise ConferenceError(_("Vælg, hvem der tager over."))
        if at is None or at.matter_id != here.matter_id:
            raise ConferenceError(_("Tag sagen op på et møde, så en anden kan tage over dér."))
    if not ConferenceStep.objects.filter(pk=here.pk, state=StepState.OPEN).update(
        state=state, verdict=verdict.strip(), judged_at=timezone.now()
    ):
        raise ConferenceError(_("Det er allerede skrevet, hvordan det gik."))
    if state == StepState.TAKEN_OVER and to is not None and at is not None:
        agree(actor, at, Agreed(here.what, [to], due_on=None, condition=here.condition, fallback=here.fallback))
    _log(
        actor,
        Act.CHANGE,
        "conference_case",
        here.matter_id,
        here.partnership_id,
        {"part": "judged", "step": str(here.pk), "state": state},
    )


def talk(actor: Actor, item: ConferenceItem, do: str, *, role: str = "", who: str = "", voice: int = -1) -> None:
    """The reflecting conversation: who presents, who asks, who listens and reflects, each with a clock (R-003-148).

    `do` is "join", "start" or "stop". One voice at a time: those outside the circle wait.
    """
    _require_planned(item)
    words = _open_words(item)
    now, voices = timezone.now(), list(words.talk)
    if do == "join":
        if role not in VOICES or not who.strip() or len(voices) >= MOST_VOICES:
            raise ConferenceError(_("Vælg en plads, og skriv hvem."))
        _refuse_numbers(who)
        _refuse_names(selectors.persons_of(actor, item.matter_id), who)
        voices.append({"role": role, "who": who.strip()[:120], "seconds": 0, "since": None})
    elif do in {"start", "stop"} and 0 <= voice < len(voices):
        if do == "start" and voices[voice].get("since"):
            return
        for one in voices:
            if one.get("since"):
                one["seconds"], one["since"] = talked(one, now), None
        if do == "start":
            voices[voice]["since"] = now.isoformat()
    else:
        raise ConferenceError(_("Vælg en af dem, der er med i samtalen."))
    _put_down(actor, words, talk=voices)
    _log_item(actor, Act.CHANGE, item, {"part": "talk", "do": do})


def approve(actor: Actor, item: ConferenceItem, *, all_the_same: bool = False) -> None:
    """Approve an item's section of the minutes: it stands as it is from then on (R-003-42).

    Raises ConferenceError without a conclusion, InDoubt while something may show who it is about (003/S17).
    """
    words = _open_words(item)
    if not words.conclusion:
        raise ConferenceError(_("Skriv en konklusion først. »Stadig uklart« er også en."))
    steps = list(ConferenceStep.objects.filter(item=item))
    if words.conclusion == Conclusion.AGREED and not steps and not words.conclusion_text:
        raise ConferenceError(_("Skriv, hvad der er aftalt, eller aftal et skridt."))
    if words.conclusion == Conclusion.PASSED_ON and not any(step.decided_at for step in steps):
        raise ConferenceError(
            _("Samarbejdsenheden afgør ikke noget. Aftal et skridt, og skriv, hvor det bliver afgjort.")
        )
    if words.conclusion == Conclusion.COORDINATOR and not words.conclusion_text:
        raise ConferenceError(_("Skriv tovholderens navn og afdeling. Så står det i referatet."))
    notices = selectors.doubts_of(actor, item, words, steps)
    if notices and not all_the_same:
        raise InDoubt(notices)
    # From now on it stands who was there, whoever else is noted at the meeting later.
    _put_down(actor, words, there=[one.row for one in selectors.room(actor, item, words) if one.here])
    if not ConferenceItem.objects.filter(pk=item.pk, approved_at=None).update(approved_at=timezone.now()):
        raise ConferenceError(_("Punktet er allerede godkendt."))
    _rewritten(item)
    _log_item(actor, Act.CHANGE, item, {"part": "approved", "in_doubt": len(notices)})


def end(actor: Actor, meeting: Meeting) -> None:
    """The conference is over. What it did not come to is noted so, and shown at the next (`selectors.left_over`).

    Raises meetings' Unfinished while a PSP case of the meeting lacks its outcome.
    """
    here = _meeting(actor, meeting)
    conducting.end(actor, here)
    left = ItemWords.objects.select_related("item").select_for_update(of=("self",))
    for words in left.filter(item__meeting=here, item__approved_at=None, conclusion="", conclusion_text=""):
        _put_down(actor, words, conclusion=Conclusion.NOT_REACHED)
        _log_item(actor, Act.CHANGE, words.item, {"part": "words", "conclusion": Conclusion.NOT_REACHED})


def _level(actor: Actor, matter: ConferenceCase) -> Level:
    if matter.about == About.GENERAL:
        return Level.GENERAL
    kinds = set(MatterParty.objects.filter(matter=matter).values_list("authority__kind", flat=True))
    return Level.MUNICIPAL if kinds <= MUNICIPAL else Level.REGIONAL


def _meeting(actor: Actor, meeting: Meeting) -> Meeting:
    here = selectors.find_meeting(actor, meeting.pk)
    if here is None or here.state == MeetingState.CALLED_OFF:
        raise ConferenceError(_("Mødet findes ikke, eller det er aflyst."))
    return here


def _open(actor: Actor, meeting: Meeting) -> Meeting:
    """The meeting while its minutes can be changed."""
    here = _meeting(actor, meeting)
    if here.approved_at is not None:
        raise ConferenceError(_("Referatet er godkendt og står fast."))
    return here


def _require_planned(item: ConferenceItem) -> None:
    if item.meeting.state != MeetingState.PLANNED:
        raise ConferenceError(_("Mødet er slut."))


def _named_at(meeting: Meeting) -> list[MatterPerson]:
    """Whom the actor knows of those that the matters of a meeting are about."""
    return list(MatterPerson.objects.filter(matter__items__meeting=meeting))


def _refuse_names(persons: Sequence[MatterPerson], *texts: str) -> None:
    """The name stands in its own row and nowhere else: in a text all who read the matter would read it (R-003-40)."""
    said = _spelled(" ".join(texts))
    folded = said.casefold()
    for one in persons:
        *first, last = _spelled(one.name).split()
        # A last name shows who it is by itself, and first names together; one of them may be a word, as "hans" is.
        together = [[*first, last], first] if len(first) > 1 else [[*first, last]]
        alone = [last.capitalize(), last.upper()] if len(last) > 2 else []
        if any(_says(" ".join(names).casefold(), folded) for names in together) or any(_says(n, said) for n in alone):
            raise ConferenceError(_("Borgerens navn står i teksten. Skriv »borgeren« i stedet."))


def _spelled(text: str) -> str:
    """One spelling of a text: single spaces, no dash between first names, and Danish letters as two."""
    plain = danish_as_two(unicodedata.normalize("NFKC", text))
    return " ".join(re.sub(r"[-‐-―]", " ", plain).split())


def _says(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) is not None


def refuse_named(actor: Actor, meeting: Meeting, text: str) -> None:
    """What the whole group reads names nobody whom a matter of the meeting is about, as far as the writer knows them.

    Raises ConferenceError. The meeting room asks it for the parts that need no case.
    """
    _refuse_names(_named_at(meeting), text)


def _refuse_numbers(*texts: str) -> None:
    """No CPR number, and nothing of a PSP case: that is told among its parties alone (R-003-49)."""
    for text in texts:
        if has_cpr(text):
            raise ConferenceError(_("Der står noget, der ligner et CPR-nummer. Skriv det uden nummer."))
        if _PSP_NUMBER.search(text):
            raise ConferenceError(_("Der står nummeret på en PSP-sag. Den hører kun til hos dens parter."))


def _log_item(actor: Actor, act: Act, item: ConferenceItem, detail: dict, persons: Sequence[MatterPerson] = ()) -> None:
    for citizen_id in {one.citizen_id for one in persons} or {None}:
        _log(actor, act, "conference_item", item.pk, item.partnership_id, detail, citizen_id=citizen_id)


def _log(
    actor: Actor,
    act: Act,
    kind: str,
    key: UUID,
    partnership_id: UUID,
    detail: dict,
    *,
    citizen_id: UUID | None = None,
) -> None:
    record(actor, act, kind, key, partnership_id=partnership_id, citizen_id=citizen_id, detail=detail)

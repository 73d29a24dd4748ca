"""The frame of a conference: who leads and writes, who is there, and when it is over."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.conferences import selectors
from samsvar.conferences.models import Conclusion, Conference, ConferenceItem, ItemWords, Named, Participant
from samsvar.conferences.services.errors import ConferenceError, Overtaken
from samsvar.conferences.services.held import log, log_item, meeting_of, open_meeting, open_words, put_down, rewritten
from samsvar.conferences.services.texts import named_at, refuse_names, refuse_numbers
from samsvar.meetings.models import Meeting
from samsvar.meetings.services import conducting
from samsvar.meetings.services import minutes as minutes_services
from samsvar.postgres.actor import Actor

_OVERTAKEN_FRAME = gettext_lazy(
    "En anden har lige skrevet her. Se, hvad der står nu, og gem igen, hvis jeres skal gælde."
)


def set_frame(
    actor: Actor, meeting: Meeting, *, chair: str, minute_taker: str, psp_minutes: int, seen: str = ""
) -> None:
    """Say who leads and who writes, and how long the closed PSP part lasts (R-003-28).

    `seen` is the stamp of what was on the screen, empty where nothing stood. Raises Overtaken when somebody else has
    written something else meanwhile.
    """
    here = open_meeting(actor, meeting)
    refuse_numbers(chair, minute_taker)
    refuse_names(named_at(here), chair, minute_taker)
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
    log(actor, Act.CHANGE, "conference", here.pk, here.partnership_id, {"part": "frame"})


def add_participant(
    actor: Actor, meeting: Meeting, name: str, affiliations: Sequence[str], *, one_item: bool = False
) -> Participant:
    """Write down somebody in the room who has no account, from one place or several (R-003-31, R-003-32)."""
    here = open_meeting(actor, meeting)
    places = [" ".join(one.split())[:120] for one in affiliations if one.strip()]
    if not name.strip() or not places:
        raise ConferenceError(_("Skriv, hvem det er, og hvor de kommer fra."))
    refuse_numbers(" ".join([name, *places]))
    refuse_names(named_at(here), name, *places)
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
    log(actor, Act.CHANGE, "conference", here.pk, here.partnership_id, {"part": "participant"})
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
    words = open_words(item)
    one = next((one for one in selectors.room(actor, item, words) if one.key == who), None)
    if one is None:
        raise ConferenceError(_("Vælg en af dem, der er noteret på mødet."))
    others = [row for row in words.there or [] if row["id"] != who]
    put_down(actor, words, there=[*others, replace(one, here=here).row])
    rewritten(item)
    log_item(actor, Act.CHANGE, item, {"part": "there", "who": who, "here": here})


def remove_participant(actor: Actor, participant: Participant) -> None:
    """Take somebody off who was not there after all; approved sections stand.

    Raises ConferenceError for one who came for an item and was written on by another: which item that was, only those
    who work with it know.
    """
    open_meeting(actor, participant.meeting)
    if participant.one_item and participant.by_id != actor.person_id:
        raise ConferenceError(_("En anden, der arbejder med sagen, har skrevet det på. Bed vedkommende tage det af."))
    if Participant.objects.filter(pk=participant.pk).delete()[0]:
        minutes_services.changed(participant.meeting)
        log(
            actor,
            Act.CHANGE,
            "conference",
            participant.meeting_id,
            participant.partnership_id,
            {"part": "participant_off"},
        )


def end(actor: Actor, meeting: Meeting) -> None:
    """The conference is over. What it did not come to is noted so, and shown at the next (`selectors.left_over`).

    Raises meetings' Unfinished while a PSP case of the meeting lacks its outcome.
    """
    here = meeting_of(actor, meeting)
    conducting.end(actor, here)
    left = ItemWords.objects.select_related("item").select_for_update(of=("self",))
    for words in left.filter(item__meeting=here, item__approved_at=None, conclusion="", conclusion_text=""):
        put_down(actor, words, conclusion=Conclusion.NOT_REACHED)
        log_item(actor, Act.CHANGE, words.item, {"part": "words", "conclusion": Conclusion.NOT_REACHED})

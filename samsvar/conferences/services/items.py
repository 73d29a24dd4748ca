"""One item of a conference: moved, talked about, written, agreed on, judged, approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.conferences import selectors
from samsvar.conferences.models import (
    Conclusion,
    ConferenceItem,
    ConferenceStep,
    ItemWords,
    MatterParty,
    StepState,
    talked,
)
from samsvar.conferences.services.errors import ConferenceError, InDoubt, Overtaken
from samsvar.conferences.services.held import log, log_item, open_words, put_down, require_planned, rewritten
from samsvar.conferences.services.texts import refuse_names, refuse_numbers
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor

VOICES = ("presenter", "interviewer", "listener")
MOST_VOICES = 30


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


def move(actor: Actor, item: ConferenceItem, place: int, why: str) -> None:
    """Move an item out of the usual order, with a reason that all read (003/S27, R-003-30). Raises ConferenceError."""
    if not why.strip():
        raise ConferenceError(_("Skriv, hvorfor punktet flyttes."))
    require_planned(item)
    refuse_numbers(why)
    refuse_names(selectors.persons_of(actor, item.matter_id), why)
    if not selectors.may_move(actor, item):
        raise ConferenceError(_("Kun de, der arbejder med sagen, og de, der leder mødet, kan flytte punktet."))
    if not ConferenceItem.objects.filter(pk=item.pk, approved_at=None).update(
        position=max(1, min(place, 200)), moved_why=why.strip()
    ):
        raise ConferenceError(_("Punktet er godkendt og bliver, hvor det er."))
    log_item(actor, Act.CHANGE, item, {"part": "moved", "place": place})


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
    words = open_words(item)
    refuse_numbers(text, own_words, conclusion_text)
    refuse_names(selectors.persons_of(actor, item.matter_id), text, own_words, conclusion_text)
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
    put_down(actor, words, **values)
    rewritten(item)
    log_item(actor, Act.CHANGE, item, {"part": "words", "conclusion": conclusion})
    return words


def agree(actor: Actor, item: ConferenceItem, agreed: Agreed) -> ConferenceStep:
    """Agree on a next step: who, what, by when, if what, or else what (R-003-43). Raises ConferenceError."""
    open_words(item)
    parties = set(MatterParty.objects.filter(matter_id=item.matter_id).values_list("authority_id", flat=True))
    if not agreed.what.strip() or not agreed.owners:
        raise ConferenceError(_("Skriv, hvad der skal ske, og hvem der gør det."))
    if any(one.pk not in parties for one in agreed.owners):
        raise ConferenceError(_("Den, der gør det, skal være med om sagen."))
    texts = (agreed.what, agreed.who, agreed.condition, agreed.fallback, agreed.decided_at)
    refuse_numbers(*texts)
    refuse_names(selectors.persons_of(actor, item.matter_id), *texts)
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
    rewritten(item)
    log_item(actor, Act.CHANGE, item, {"part": "step", "step": str(step.pk)})
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
    refuse_numbers(verdict)
    refuse_names(selectors.persons_of(actor, here.matter_id), verdict)
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
    log(
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
    require_planned(item)
    words = open_words(item)
    now, voices = timezone.now(), list(words.talk)
    if do == "join":
        if role not in VOICES or not who.strip() or len(voices) >= MOST_VOICES:
            raise ConferenceError(_("Vælg en plads, og skriv hvem."))
        refuse_numbers(who)
        refuse_names(selectors.persons_of(actor, item.matter_id), who)
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
    put_down(actor, words, talk=voices)
    log_item(actor, Act.CHANGE, item, {"part": "talk", "do": do})


def approve(actor: Actor, item: ConferenceItem, *, all_the_same: bool = False) -> None:
    """Approve an item's section of the minutes: it stands as it is from then on (R-003-42).

    Raises ConferenceError without a conclusion, InDoubt while something may show who it is about (003/S17).
    """
    words = open_words(item)
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
    put_down(actor, words, there=[one.row for one in selectors.room(actor, item, words) if one.here])
    if not ConferenceItem.objects.filter(pk=item.pk, approved_at=None).update(approved_at=timezone.now()):
        raise ConferenceError(_("Punktet er allerede godkendt."))
    rewritten(item)
    log_item(actor, Act.CHANGE, item, {"part": "approved", "in_doubt": len(notices)})

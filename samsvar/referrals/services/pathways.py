"""A citizen's way in one unit: opened, assessed, granted, helped, looked at again, and ended (002 chapter 10.2).

The software asks and writes down; people decide. Two things alone are held to: whoever assesses does not grant
(R-002-18), and what needs an agreement with somebody else has one (R-002-147).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.calendar.clocks import Stage
from samsvar.cases.services.concerns import Who, who_row
from samsvar.directory.kinds import Step
from samsvar.directory.models import DirectoryEntry
from samsvar.forms.fields import YesNoUnknown
from samsvar.law.assess import says_something
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import Pathway, PathwayEnd, Referral, Standing
from samsvar.referrals.pathways import (
    DISPENSING,
    GRANTED,
    HAND,
    OPENED,
    RESTS,
    clock_of,
    clocks_of,
    is_gated,
    questions_of,
    steps_of,
)
from samsvar.referrals.roles import GRANTS, INVESTIGATES, may_use, stands_for_all
from samsvar.referrals.services.errors import Overtaken, ReferralError, without_number
from samsvar.referrals.services.sides import of_receiver, sends_from
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish

MOST_MISSING = 12
MOST_PLACES = 12
LONGEST_BACK = timedelta(days=366)
# What is confirmed of a place, in the order in which it must be (002/AS-37).
CAN, WANTS, TOLD = "can", "wants", "told"


def may_investigate(actor: Actor) -> bool:
    """Whether the actor's post is one that assesses what somebody needs."""
    return actor.is_any(*INVESTIGATES)


def may_grant(actor: Actor, row: Pathway) -> bool:
    """Whether the actor may grant this: a leader, and not the one who assessed it (R-002-18)."""
    return actor.is_any(*GRANTS) and not has_assessed(row, actor.person_id)


def has_assessed(row: Pathway, person: UUID) -> bool:
    """Whether this person assessed what is to be granted now: a line of the round that is open, or the latest of all.

    The round begins after the last grant. Going a step back takes nobody's assessment away.
    """
    granted = max((at for at, one in enumerate(row.log) if one["kind"] == "granted"), default=-1)
    lines = [(at, one["by"]) for at, one in enumerate(row.log) if one["kind"] == "assessed"]
    return row.assessed_by_id == person or any(
        by == str(person) and (at > granted or at == lines[-1][0]) for at, by in lines
    )


def open_from(actor: Actor, referral: Referral) -> Pathway:
    """Open a way from what the unit has received; the citizen is not typed again. Raises ReferralError."""
    here = Referral.objects.filter(pk=referral.pk).select_related("to_entry").first()
    if here is None or not may_use(actor) or not of_receiver(actor, here):
        raise ReferralError(_("Det er ikke jer, der kan gøre det her."))
    began = timezone.localdate(here.sent_at) if here.sent_at else timezone.localdate()
    return _open(actor, here.to_entry, here.citizen_id, here.name, began, here)


def open_new(actor: Actor, entry: DirectoryEntry, who: Who) -> Pathway:
    """Open a way for somebody who came by themselves (R-002-17). Raises ReferralError."""
    name = " ".join(who.name.split())[:160]
    # Whoever does not see the ways of a page without a unit is not told which citizens have one.
    if not may_use(actor) or not sends_from(actor, entry) or not (entry.unit_id or stands_for_all(actor)):
        raise ReferralError(
            _("Jeres enhed har ikke en side i vejviseren endnu. Bed jeres lokale administrator om at skrive den.")
        )
    if not says_something(name):
        raise ReferralError(_("Skriv borgerens navn."))
    without_number(name)
    identity = who_row(actor, entry.partnership_id, Who(name=name, cpr=who.cpr))
    return _open(actor, entry, identity.citizen_id, name, timezone.localdate())


def _open(
    actor: Actor, entry: DirectoryEntry, citizen: UUID, name: str, began: date, came_by: Referral | None = None
) -> Pathway:
    today = timezone.localdate()
    step = steps_of(entry)[0]
    row = Pathway(
        id=uuid4(),
        partnership_id=entry.partnership_id,
        citizen_id=citizen,
        name=name,
        authority_id=entry.authority_id,
        unit_id=entry.unit_id,
        entry=entry,
        came_by=came_by.pk if came_by else None,
        gated=is_gated(entry),
        stage=step,
        since=today,
        worker_id=actor.person_id,
        by_id=actor.person_id,
        clocks=_begun(entry.kind, {}, OPENED, began) | (_begun(entry.kind, {}, step, today)),
        log=[_line(actor, "opened")],
    )
    try:
        row.validate_constraints()
        with transaction.atomic():
            row.save(force_insert=True)
    except ValidationError as error:
        raise ReferralError(" ".join(error.messages)) from error
    except IntegrityError as error:
        record_refusal(actor, "pathway", None, "there_is_one")
        raise ReferralError(_("Borgeren har allerede et forløb hos jer.")) from error
    _note(actor, Act.CREATE, row, "opened")
    return row


def _begun(kind: str, clocks: Mapping[str, Any], begins: str, on: date) -> dict[str, Any]:
    """The clocks with those begun that begin here and do not run already."""
    new = {one.key: _clock(on) for one in clocks_of(kind, begins) if not _runs(clocks, one.key)}
    return {**clocks, **new}


def _clock(on: date) -> dict[str, Any]:
    return {"since": on.isoformat(), "done": None, "said": Stage.RUNS.value}


def _runs(clocks: Mapping[str, Any], key: str) -> bool:
    return key in clocks and clocks[key]["done"] is None


def assess(actor: Actor, row: Pathway, words: str, version: int | None = None) -> None:
    """Write what the assessment came to, and go on: to granting where somebody grants, else to help."""
    if not may_investigate(actor):
        raise ReferralError(_("Vurderingen skrives af dem, der undersøger."))
    here = _held(actor, row)
    if here.granted_on is not None:
        raise ReferralError(_("Det er bevilget. Tag det op igen først."))
    said = _said(words, _("Skriv, hvad I er nået frem til."))
    step = Step.GRANT if here.gated else _after(here, Step.ASSESS)
    signed = {"assessed_by_id": actor.person_id, "assessed_on": timezone.localdate(), "missing": []}
    _change(actor, here, version, "assessed", said, **signed, **_to(here, step))


def send_back(actor: Actor, row: Pathway, items: Sequence[str], version: int | None = None) -> None:
    """Whoever grants says what is missing, and it is assessed again (R-002-19). Raises ReferralError."""
    here = _held(actor, row)
    if not may_grant(actor, here) or here.stage != Step.GRANT:
        raise ReferralError(_("Det gør den, der skal bevilge, og som ikke selv har skrevet vurderingen."))
    missing = [" ".join(one.split())[:200] for one in items if says_something(one)][:MOST_MISSING]
    if not missing:
        raise ReferralError(_("Skriv, hvad der mangler. Én ting på hver linje."))
    without_number(*missing)
    again = {"assessed_by_id": None, "assessed_on": None, "missing": missing}
    _change(actor, here, version, "returned", "; ".join(missing)[:2000], **again, **_to(here, Step.ASSESS))


def grant(actor: Actor, row: Pathway, words: str, version: int | None = None) -> None:
    """Grant it; help begins. Also straight from the assessment, without a meeting (R-002-24). Raises ReferralError."""
    here = _held(actor, row)
    if not here.gated:
        raise ReferralError(_("Her skal der ikke bevilges noget."))
    if here.granted_on is not None:
        raise Overtaken(_("Det er allerede bevilget."))
    if not actor.is_any(*GRANTS):
        raise ReferralError(_("En leder bevilger. Den, der undersøger, gør det ikke."))
    if has_assessed(here, actor.person_id):
        raise ReferralError(_("Du har selv skrevet vurderingen. En anden leder bevilger."))
    said = _said(words, _("Skriv, hvad der er bevilget."))[:400]
    signed = {"granted_by_id": actor.person_id, "granted_on": timezone.localdate(), "granted": said, "missing": []}
    _change(actor, here, version, "granted", said, **signed, **_to(here, Step.DELIVER))


def move(actor: Actor, row: Pathway, step: str, words: str, version: int | None = None) -> None:
    """Go to another step of the unit's way; from the help back again, granting opens anew (R-002-21)."""
    here = _held(actor, row)
    if step not in steps_of(here.entry) and step != here.stage:
        raise ReferralError(_("Det trin har jeres forløb ikke."))
    if step == here.stage:
        raise ReferralError(_("Der er borgeren allerede."))
    to = Step(step)
    if here.gated and to in GRANTED and here.granted_on is None:
        raise ReferralError(_("Indsatsen begynder, når den er bevilget. En leder trykker Bevilg."))
    said = _said(words, _("Skriv hvorfor med få ord."))
    again: dict[str, Any] = {}
    if to not in GRANTED:
        again = {"granted_by_id": None, "granted_on": None, "granted": ""}
        if to != Step.GRANT:
            again |= {"assessed_by_id": None, "assessed_on": None}
    _change(actor, here, version, "moved", said, **again, **_to(here, to))


def _after(row: Pathway, step: Step) -> Step:
    steps = [one for one in steps_of(row.entry) if list(Step).index(one) > list(Step).index(step)]
    return steps[0] if steps else Step(row.stage)


def _to(row: Pathway, step: Step) -> dict[str, Any]:
    """The values of a new step, with the clocks that begin there."""
    today = timezone.localdate()
    if step == row.stage:
        return {}
    return {"stage": step.value, "since": today, "clocks": _begun(row.entry.kind, row.clocks, step, today)}


def stand(actor: Actor, row: Pathway, standing: str, why: str, look_again: date, version: int | None = None) -> None:
    """Put it on pause, or stand back, with a reason and a day to look again (R-002-25, R-002-26; 002/AS-19)."""
    here = _held(actor, row)
    if standing not in Standing.values:
        raise ReferralError(_("Vælg en af mulighederne."))
    said = _said(why, _("Skriv hvorfor med få ord."))[:400]
    today = timezone.localdate()
    if not today < look_again <= today + LONGEST_BACK:
        raise ReferralError(_("Skriv en dag inden for et år, hvor I ser på det igen."))
    rests: dict[str, Any] = {
        "standing": standing,
        "standing_why": said,
        "standing_since": today,
        "look_again": look_again,
    }
    rests["clocks"] = {**here.clocks, RESTS: _clock(look_again)}
    _change(actor, here, version, standing, said, **rests)


def resume(actor: Actor, row: Pathway, version: int | None = None) -> None:
    """Take it up again."""
    here = _held(actor, row)
    if not here.standing:
        raise Overtaken(_("Det er i gang."))
    clocks = {key: one for key, one in here.clocks.items() if key != RESTS}
    over = {"standing": "", "standing_why": "", "standing_since": None, "look_again": None, "clocks": clocks}
    _change(actor, here, version, "resumed", "", **over)
    _settle(actor, here, clocks)


def take(actor: Actor, row: Pathway, version: int | None = None) -> None:
    """Become the one who works with the citizen; what comes in goes there from now on (R-002-22)."""
    here = _held(actor, row)
    if here.worker_id == actor.person_id:
        raise Overtaken(_("Du har allerede borgeren."))
    # What was said to whoever had the citizen is said to the new one, next time clocks are looked at.
    unsaid = {key: one if one["done"] else {**one, "said": Stage.RUNS.value} for key, one in here.clocks.items()}
    _change(actor, here, version, "worker", "", worker_id=actor.person_id, clocks=unsaid)
    finish(actor, TaskKind.ATTENTION, here.pk)


def answer(actor: Actor, row: Pathway, key: str, said: str, words: str = "", version: int | None = None) -> None:
    """Answer what is asked of everybody on such a way (R-002-146). Raises ReferralError."""
    here = _held(actor, row)
    if key not in {one.key for one in questions_of(here.entry.kind)}:
        raise ReferralError(_("Det spørger jeres forløb ikke om."))
    if said not in YesNoUnknown.values:
        raise ReferralError(_("Vælg ja, nej eller ved ikke."))
    text = words.strip()[:400]
    without_number(text)
    told = {"answer": said, "words": text, "on": timezone.localdate().isoformat(), "who": actor.name[:160]}
    _change(actor, here, version, "asked", text, {"key": key, "answer": said}, facts={**here.facts, key: told})


def begin_clock(actor: Actor, row: Pathway, key: str, on: date, version: int | None = None) -> None:
    """Begin a clock that begins when something has happened, as the conference that says the diagnosis (R-002-133)."""
    here, found = _held(actor, row), clock_of(key)
    if found is None or found.begins != HAND or here.entry.kind not in found.of:
        raise ReferralError(_("Den frist har jeres forløb ikke."))
    if _runs(here.clocks, key):
        raise Overtaken(_("Fristen løber allerede."))
    _change(actor, here, version, "clock", "", {"key": key}, clocks={**here.clocks, key: _clock(_past(on))})


def meet_clock(actor: Actor, row: Pathway, key: str, on: date, version: int | None = None) -> None:
    """Say that what a clock waits for was done on a day; one that comes round begins anew (R-002-131, R-002-133)."""
    here, found = _held(actor, row), clock_of(key)
    if not _runs(here.clocks, key):
        raise Overtaken(_("Fristen løber ikke."))
    day = _past(on)
    if day < date.fromisoformat(here.clocks[key]["since"]):
        raise ReferralError(_("Dagen ligger før fristen begyndte."))
    met = _clock(day) if found and found.again else {**here.clocks[key], "done": day.isoformat()}
    clocks = {**here.clocks, key: met}
    _change(actor, here, version, "met", "", {"key": key, "on": day.isoformat()}, clocks=clocks)
    _settle(actor, here, clocks)


def _settle(actor: Actor, here: Pathway, clocks: Mapping[str, Any]) -> None:
    """Take the task off the table once nothing that was said is open."""
    if not any(one["done"] is None and one["said"] != Stage.RUNS for one in clocks.values()):
        finish(actor, TaskKind.ATTENTION, here.pk)


def _past(on: date) -> date:
    if not timezone.localdate() - LONGEST_BACK <= on <= timezone.localdate():
        raise ReferralError(_("Dagen kan ikke ligge i fremtiden. Se efter, om årstallet er rigtigt."))
    return on


def dispense(actor: Actor, row: Pathway, what: str, version: int | None = None) -> None:
    """Write down what was dispensed, under an agreement with whoever prescribes it (R-002-147; 002/AS-43)."""
    here = _held(actor, row)
    needed = [one for one in questions_of(here.entry.kind) if one.needed_for == DISPENSING]
    if not needed:
        raise ReferralError(_("Her udleveres der ikke medicin."))
    if any(here.answer(one.key) != YesNoUnknown.YES for one in needed):
        raise ReferralError(_("Skriv først aftalen med den, der ordinerer."))
    _change(actor, here, version, "dispensed", _said(what, _("Skriv, hvad der er udleveret.")))


def ask_place(actor: Actor, row: Pathway, name: str, version: int | None = None) -> None:
    """Write down a place that is asked whether it can help; the citizen is not told of it yet (R-002-151)."""
    here = _held(actor, row)
    place = _said(name, _("Skriv, hvem I spørger."))[:160]
    if len(here.suppliers) >= MOST_PLACES:
        raise ReferralError(_("Der er plads til %(most)s steder.") % {"most": MOST_PLACES})
    if place.casefold() in {one["name"].casefold() for one in here.suppliers}:
        raise ReferralError(_("Det sted står der allerede."))
    places = [*here.suppliers, {"name": place, CAN: None, WANTS: None, TOLD: None}]
    _change(actor, here, version, "place", place, suppliers=places)


def confirm_place(actor: Actor, row: Pathway, number: int, what: str, version: int | None = None) -> None:
    """A place can, wants to, or the citizen has been told of it, which is last (002/AS-37). Raises ReferralError."""
    here = _held(actor, row)
    if not 0 <= number < len(here.suppliers) or what not in (CAN, WANTS, TOLD):
        raise ReferralError(_("Det sted står der ikke mere."))
    place = dict(here.suppliers[number])
    if place[what]:
        raise Overtaken(_("Det står der allerede."))
    if what == TOLD and not (place[CAN] and place[WANTS]):
        raise ReferralError(_("Vent med at fortælle borgeren om stedet, til det både kan og vil."))
    place[what] = timezone.localdate().isoformat()
    places = [place if at == number else one for at, one in enumerate(here.suppliers)]
    _change(actor, here, version, "place", place["name"], {"key": what}, suppliers=places)


def end(actor: Actor, row: Pathway, reason: str, receiver: str, nobody: bool, version: int | None = None) -> None:
    """End it, and say who takes over, or that nobody does (R-002-29). Raises ReferralError."""
    here = _held(actor, row)
    if reason not in PathwayEnd.values:
        raise ReferralError(_("Vælg, hvordan det endte."))
    who = " ".join(receiver.split())[:160]
    without_number(who)
    if bool(who) == nobody:
        raise ReferralError(_("Skriv, hvem der tager over, eller at ingen gør."))
    over = {"ended_on": timezone.localdate(), "end_reason": reason, "receiver": who}
    _change(actor, here, version, "ended", who, {"key": reason}, **over)
    finish(actor, TaskKind.ATTENTION, here.pk)


def review(actor: Actor, row: Pathway) -> None:
    """Say that the unit has looked at one who left without anybody to take over. Raises ReferralError."""
    here = _held(actor, row, over=True)
    if not here.is_left_alone or here.reviewed_on:
        raise Overtaken(_("En kollega har set på det."))
    _change(actor, here, None, "reviewed", "", reviewed_on=timezone.localdate())


def _held(actor: Actor, row: Pathway, *, over: bool = False) -> Pathway:
    """The row, held until the verb is done. Raises ReferralError for another unit's, and for one that is over."""
    heavy = [f"entry__{column}" for column in DirectoryEntry.FOR_SEARCH]
    rows = Pathway.objects.select_for_update(of=("self",)).select_related("entry").defer(*heavy)
    here = rows.filter(pk=row.pk, ended_on__isnull=not over).first()
    if here is None or not may_use(actor):
        raise ReferralError(_("Forløbet er slut, eller det er ikke jeres."))
    return here


def _line(actor: Actor, kind: str, words: str = "", more: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {
        "kind": kind,
        "at": timezone.now().isoformat(),
        "by": str(actor.person_id),
        "who": actor.name[:160],
        "words": words,
        **(more or {}),
    }


def _change(
    actor: Actor,
    here: Pathway,
    version: int | None,
    kind: str,
    words: str,
    more: Mapping[str, str] | None = None,
    /,
    **values: Any,
) -> None:
    """Write a change with its line in the log. Raises Overtaken when a colleague has written since `version`."""
    if version is not None and version != here.version:
        raise Overtaken(_("En kollega har rettet det imens. Din tekst står her endnu: se den igennem, og send igen."))
    if "stage" in values:
        more = {**(more or {}), "stage": values["stage"]}
    log = [*here.log, _line(actor, kind, words, more)]
    if not Pathway.objects.filter(pk=here.pk, version=here.version).update(**values, log=log, version=F("version") + 1):
        raise Overtaken(_("En anden var først. Se siden igen."))
    _note(actor, Act.CHANGE, here, kind)


def _said(text: str, empty: str) -> str:
    said = text.strip()[:2000]
    if not says_something(said):
        raise ReferralError(empty)
    without_number(said)
    return said


def _note(actor: Actor, act: Act, row: Pathway, part: str) -> None:
    record(
        actor,
        act,
        "pathway",
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"part": part},
    )

"""Writing a plan with the citizen, putting a version in force, and saying yes to what one shall do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.cases.services.errors import Overtaken
from samsvar.coordination.models import (
    OF_DISCHARGE,
    AgreementState,
    CareNetwork,
    Category,
    ContactRole,
    Discharge,
    LinePart,
    MeetingState,
    NetworkAgreement,
    NetworkContact,
    NetworkMeeting,
    Plan,
    PlanAnswer,
    PlanKind,
    PlanLine,
    PlanReply,
    PlanVersion,
)
from samsvar.coordination.models.networks import place_words
from samsvar.coordination.selectors.networks import around, receivers
from samsvar.coordination.selectors.plans import stamp
from samsvar.coordination.services.discharge import beginner, follower, tell_parties, writer
from samsvar.coordination.services.errors import CoordinationError, log, own, without_number, write
from samsvar.coordination.services.letting_in import tell_all
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Wanted:
    """What the citizen wants, when it is looked at again, and what kind of discharge it is, if it is one."""

    goals: str = ""
    review_on: date | None = None
    discharge: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Step:
    """Who does what by when. `party` and `unit` say where the owner is, when it is a place."""

    what: str
    owner: str
    party: Authority | None = None
    unit: Unit | None = None
    due_on: date | None = None
    part: str = LinePart.STEP
    condition: str = ""
    reason: str = ""
    after: int | None = None
    changed: bool = False


@dataclass(frozen=True)
class Said:
    """What somebody says to a version, and on which day."""

    reply: str = ""
    words: str = ""
    on: date | None = None


def start_plan(
    actor: Actor, network: CareNetwork, kind: str, wanted: Wanted, meeting: NetworkMeeting | None = None
) -> Plan:
    """Begin a plan: a draft for those inside, or for the ward whose discharge it is.

    From a network meeting, what was agreed there becomes its lines.
    """
    here = beginner(actor, network, kind)
    of_ward = not actor.owns(here.authority_id)
    if kind not in PlanKind.values or (of_ward and meeting is not None):
        raise CoordinationError(_("Vælg, hvad for en plan det er."))
    if meeting is not None and not NetworkMeeting.objects.filter(pk=meeting.pk, network=here).exists():
        raise CoordinationError(_("Mødet hører til et andet netværk."))
    text = _tidy(kind, wanted)
    plan = Plan(**own(actor, here), kind=kind, meeting=meeting)
    if of_ward:
        plan.authority_id, plan.unit_id = actor.authority_id, actor.unit_id
    write(plan)
    draft = PlanVersion(**_rows_of(actor, here, plan), plan=plan, version=1, **text)
    write(draft)
    if kind in OF_DISCHARGE:
        _must_know(actor, here, draft)
    if meeting is not None:
        _from_meeting(actor, here, draft, meeting)
    log(actor, Act.CREATE, here, "plan", plan.pk)
    return plan


def change_draft(actor: Actor, plan: Plan, wanted: Wanted, seen: int) -> None:
    """Write a draft's goals and days anew. `seen` counts its changes: raises Overtaken when a colleague wrote since."""
    here = writer(actor, plan)
    draft = _draft(plan)
    text = _tidy(plan.kind, wanted)
    changed = PlanVersion.objects.filter(pk=draft.pk, in_force_at=None, edits=seen)
    if not changed.update(**text, edits=F("edits") + 1):
        raise Overtaken(_("En anden har lige ændret udkastet. Deres tekst står på planens side. Ret din, og gem igen."))
    log(actor, Act.CHANGE, here, "plan_draft", plan.pk)


def revise_plan(actor: Actor, plan: Plan) -> PlanVersion:
    """Begin a new version with what the version in force says and is not done yet. The former stands meanwhile."""
    here = writer(actor, plan)
    now = _in_force(plan)
    if now is None:
        raise CoordinationError(_("Planen er ikke i kraft."))
    newest = PlanVersion.objects.filter(plan=plan).aggregate(n=Max("version"))["n"]
    draft = PlanVersion(
        **_rows_of(actor, here, plan),
        plan=plan,
        version=newest + 1,
        goals=now.goals,
        reference=now.reference,
        review_on=now.review_on,
        discharge=now.discharge,
    )
    write(draft)
    lines = list(PlanLine.objects.filter(version=now, done_on=None).order_by("number"))
    left = {line.number for line in lines}
    for line in lines:
        copied = {name: getattr(line, name) for name in _COPIED}
        after = line.after if line.after in left else None
        write(PlanLine(**_rows_of(actor, here, draft), version=draft, after=after, **copied))
    log(actor, Act.CHANGE, here, "plan_revised", plan.pk)
    return draft


def begin_anew(actor: Actor, plan: Plan, wanted: Wanted) -> PlanVersion:
    """Goals written on a draft that a colleague has put in force meanwhile begin the next version: none are lost."""
    draft = revise_plan(actor, plan)
    change_draft(actor, plan, wanted, draft.edits)
    return draft


def discard_draft(actor: Actor, plan: Plan) -> None:
    """Throw a draft away; a plan that never was in force goes with it."""
    here = writer(actor, plan)
    draft = _draft(plan)
    PlanLine.objects.filter(version=draft).delete()
    PlanAnswer.objects.filter(version=draft).delete()
    PlanVersion.objects.filter(pk=draft.pk, in_force_at=None).delete()
    Plan.objects.filter(pk=plan.pk, in_force=None).delete()
    log(actor, Act.CHANGE, here, "plan_discarded", plan.pk)


def write_line(actor: Actor, plan: Plan, step: Step) -> PlanLine:
    """Write a line of the draft. For another authority it is a proposal until that authority says yes itself."""
    here = writer(actor, plan)
    draft = _draft(plan)
    if plan.is_elsewhere:
        raise CoordinationError(_("Linjerne står i den anden plan."))
    row = _line(actor, here, draft, step)
    log(actor, Act.CHANGE, here, "plan_line", row.pk)
    return row


def remove_line(actor: Actor, line: PlanLine) -> None:
    """Take a line out of a draft. What waited for it waits no more."""
    here = writer(actor, _plan_of(line))
    if PlanLine.objects.filter(version=line.version_id, after=line.number).exists():
        raise CoordinationError(_("En anden linje venter på den. Tag den ud først."))
    if not PlanLine.objects.filter(pk=line.pk, version__in_force_at=None).delete()[0]:
        raise CoordinationError(_("Planen er sat i kraft. Ret den i en ny udgave."))
    log(actor, Act.CHANGE, here, "plan_line_out", line.pk)


def finish_line(actor: Actor, line: PlanLine) -> None:
    """Somebody says that a line of the plan in force is done; it is done in a version on its way too."""
    here = follower(actor, _plan_of(line))
    done = {"done_on": timezone.localdate(), "done_by_id": actor.person_id}
    in_force = PlanLine.objects.filter(version__version=F("version__plan__in_force"), version__plan__ended_on=None)
    if not in_force.filter(pk=line.pk, done_on=None).exists() or not PlanLine.objects.filter(
        pk=line.pk, done_on=None
    ).update(**done):
        raise CoordinationError(_("Det er allerede gjort, eller planen er ikke i kraft endnu."))
    PlanLine.objects.filter(
        version__in=PlanVersion.objects.filter(plan__versions=line.version_id, in_force_at=None),
        number=line.number,
        since=line.since,
        done_on=None,
    ).update(**done)
    log(actor, Act.CHANGE, here, "plan_line_done", line.pk)


def put_in_force(
    actor: Actor,
    plan: Plan,
    said: Said,
    *,
    declines: bool = False,
    why_no_meeting: str = "",
    seen: str = "",
) -> PlanVersion:
    """The draft is in force from now on with what the citizen says to it, and those let in to plans are told.

    Whether the citizen signs makes a discharge an agreement or a coordination plan; every other plan is the citizen's,
    and is not put in force against a no. `seen` is the stamp of the draft that was gone through. Raises
    CoordinationError with what is missing, or when somebody has changed it since.
    """
    here = writer(actor, plan)
    draft = _draft(plan)
    if seen and seen != stamp(actor, draft):
        raise CoordinationError(_("En anden har ændret planen, siden du så den. Se den igen, før den sættes i kraft."))
    why = " ".join(why_no_meeting.split())
    without_number(why, said.words)
    kind = plan.kind
    if not plan.is_elsewhere:
        _complete(here, plan, draft, said, why)
        if plan.kind in OF_DISCHARGE:
            kind = PlanKind.COORDINATION if said.reply == PlanReply.NO else PlanKind.DISCHARGE
        _answer(actor, here, draft, here.name, said)
    changed = PlanVersion.objects.filter(pk=draft.pk, in_force_at=None).update(
        in_force_at=timezone.now(),
        in_force_by_id=actor.person_id,
        declines=declines and plan.kind in OF_DISCHARGE,
        why_no_meeting=why[:300],
    )
    if not changed:
        raise CoordinationError(_("En kollega har lige sat planen i kraft."))
    Plan.objects.filter(pk=plan.pk).update(in_force=draft.version, kind=kind)
    if plan.of_ward:
        tell_parties(actor, here, draft, str(PlanKind(kind).label))
    else:
        tell_all(actor, here, Category.PLANS, draft.version, str(PlanKind(kind).label))
    log(actor, Act.CHANGE, here, "plan_in_force", plan.pk)
    return draft


def answer_plan(actor: Actor, plan: Plan, who: str, said: Said) -> PlanAnswer:
    """Write down what one of those around the citizen says to the newest version: somebody with a line in it."""
    here = writer(actor, plan)
    version = PlanVersion.objects.filter(plan=plan, plan__ended_on=None).order_by("-version").first()
    mine = PlanLine.objects.filter(version=version, owner=who, party=None)
    if version is None or not mine.exists() or who.split(",")[0].casefold() in _unwanted(here):
        raise CoordinationError(_("Vælg en, der har en linje i planen."))
    row = _answer(actor, here, version, who, said)
    log(actor, Act.CHANGE, here, "plan_answer", row.pk)
    return row


def accept_lines(actor: Actor, plan: Plan, seen: int) -> int:
    """One let in says yes to the lines of the own authority or unit in the version in force. Returns how many places.

    It is all that one let in can write; raises CoordinationError where there is no line of theirs to say yes to, or
    when the version that was `seen` is not in force any more.
    """
    if plan.in_force != seen:
        raise CoordinationError(_("Der er kommet en ny udgave, siden I så planen. Læs den, før I siger ja."))
    version = _in_force(plan)
    lines = PlanLine.objects.filter(version=version, party_id__in=actor.authority_ids).select_related("party", "unit")
    network = plan.network
    places = {
        (line.party_id, line.unit_id): line
        for line in lines
        if line.unit_id in (None, actor.unit_id) and line.party_id != plan.authority_id
    }
    said = set(
        PlanAnswer.objects.filter(version=version, authority_id__in=actor.authority_ids).values_list(
            "authority_id", "unit_id"
        )
    )
    waiting = [line for place, line in places.items() if place not in said]
    if version is None or network.ended_on is not None or not waiting:
        raise CoordinationError(_("Der er ingen linjer, I skal sige ja til."))
    for line in waiting:
        assert line.party is not None
        write(
            PlanAnswer(
                **own(actor, network, "owner_authority_id") | {"owner_authority_id": plan.authority_id},
                version=version,
                authority=line.party,
                unit=line.unit,
                who=place_words(line.unit, line.party)[:340],
                reply=PlanReply.YES,
                on=timezone.localdate(),
            )
        )
    log(actor, Act.CHANGE, network, "plan_accepted", plan.pk)
    return len(waiting)


def mark_clash(actor: Actor, plan: Plan, clash: str) -> None:
    """Say what of a plan does not go together with another, or that it does again (R-004-129)."""
    here = writer(actor, plan)
    without_number(clash)
    if not Plan.objects.filter(pk=plan.pk, ended_on=None).update(clash=" ".join(clash.split())[:300]):
        raise CoordinationError(_("Planen er slut."))
    log(actor, Act.CHANGE, here, "plan_clash", plan.pk)


def end_plan(actor: Actor, plan: Plan, why: str) -> None:
    """A plan holds no more: nobody let in reads it, and it stands for those inside."""
    here = follower(actor, plan)
    if not why.strip():
        raise CoordinationError(_("Skriv, hvorfor planen slutter."))
    without_number(why)
    running = Plan.objects.filter(pk=plan.pk, ended_on=None, in_force__isnull=False)
    if not running.update(ended_on=timezone.localdate(), end_why=why.strip()[:200]):
        raise CoordinationError(_("Planen er ikke i kraft."))
    log(actor, Act.CHANGE, here, "plan_ended", plan.pk)


_COPIED = (
    *("number", "part", "what", "owner", "party_id", "unit_id", "due_on", "condition", "reason", "changed", "since"),
)


def _rows_of(actor: Actor, here: CareNetwork, writer: Plan | PlanVersion) -> dict[str, Any]:
    """What a row of a plan begins with: it is its writer's, as the plan is."""
    return own(actor, here) | {"authority_id": writer.authority_id}


def _plan_of(line: PlanLine) -> Plan:
    found = Plan.objects.select_related("network").filter(versions=line.version_id).first()
    if found is None:
        raise CoordinationError(_("Planen er en andens, eller borgeren har ikke sagt ja til, at I skriver den."))
    return found


def _in_force(plan: Plan) -> PlanVersion | None:
    return PlanVersion.objects.filter(plan=plan, version=F("plan__in_force"), plan__ended_on=None).first()


def _draft(plan: Plan) -> PlanVersion:
    found = PlanVersion.objects.filter(plan=plan, in_force_at=None, plan__ended_on=None).first()
    if found is None:
        raise CoordinationError(_("Der er ikke noget udkast. Begynd på en ny udgave."))
    return found


def _tidy(kind: str, wanted: Wanted) -> dict[str, object]:
    goals, reference = wanted.goals.strip(), " ".join(wanted.reference.split())
    if kind == PlanKind.ELSEWHERE:
        if not reference:
            raise CoordinationError(_("Skriv, hvor planen står, og hvem der har den."))
    elif not goals:
        raise CoordinationError(_("Begynd med, hvad borgeren selv vil."))
    without_number(goals, reference)
    discharge = wanted.discharge if kind in OF_DISCHARGE else ""
    if discharge and discharge not in Discharge.values:
        raise CoordinationError(_("Vælg, hvad for en udskrivning det er."))
    return {
        "goals": goals[:2000],
        "reference": reference[:300],
        "review_on": wanted.review_on,
        "discharge": discharge,
    }


def _line(actor: Actor, here: CareNetwork, draft: PlanVersion, step: Step) -> PlanLine:
    what, owner = " ".join(step.what.split()), " ".join(step.owner.split())
    if not what or not owner:
        raise CoordinationError(_("Skriv, hvad der skal gøres, og hvem der gør det."))
    if step.part not in LinePart.values:
        raise CoordinationError(_("Vælg, hvornår linjen gælder."))
    if step.unit is not None and (step.party is None or step.unit.authority_id != step.party.pk):
        raise CoordinationError(_("Enheden hører til en anden myndighed."))
    lines = PlanLine.objects.filter(version=draft)
    if step.after is not None and not lines.filter(number=step.after).exists():
        raise CoordinationError(_("Vælg en linje, der står i planen."))
    without_number(what, owner, step.condition, step.reason)
    row = PlanLine(
        **_rows_of(actor, here, draft),
        version=draft,
        number=(lines.aggregate(n=Max("number"))["n"] or 0) + 1,
        part=step.part,
        what=what[:300],
        owner=owner[:340],
        party=step.party,
        unit=step.unit,
        due_on=step.due_on,
        condition=step.condition.strip()[:200],
        reason=step.reason.strip()[:200],
        after=step.after,
        changed=step.changed,
        since=draft.version,
    )
    write(row)
    return row


def _must_know(actor: Actor, here: CareNetwork, draft: PlanVersion) -> None:
    """Who always hears of a discharge (R-004-126): the lines stand there already, and can be taken out."""
    if actor.owns(here.authority_id):
        place, unit = here.authority, None
    else:
        # Who discharges says so: the ward's own line needs nobody's yes.
        place = Authority.objects.get(pk=draft.authority_id)
        unit = Unit.objects.get(pk=actor.unit_id) if actor.unit_id else None
    _line(actor, here, draft, Step(_("Giver visitator besked om udskrivningen"), place_words(unit, place), place, unit))
    # Without a name: whoever may read the plan need not know the helpers.
    if around(actor, here).filter(role=ContactRole.SUPPORT).exists():
        what = _("Giver støtte-kontaktpersonen (SKP) besked om udskrivningen")
        _line(actor, here, draft, Step(what, place_words(unit, place), place, unit))


def _from_meeting(actor: Actor, here: CareNetwork, draft: PlanVersion, meeting: NetworkMeeting) -> None:
    """What was agreed at the meeting becomes lines; whoever took it on there has said yes there.

    An authority or a unit that takes part says yes itself, as to every other line.
    """
    places: dict[str, tuple[Authority, Unit | None]] = {}
    for body, units in receivers(actor, here):
        places[body.name.casefold()] = body, None
        places |= {words.casefold(): (body, unit) for unit in units for words in (unit.name, place_words(unit, body))}
    day = timezone.localtime(meeting.starts_at).date() if meeting.starts_at else timezone.localdate()
    agreed = NetworkAgreement.objects.filter(meeting=meeting).exclude(
        state__in=[AgreementState.DROPPED, AgreementState.DONE]
    )
    owners = []
    for one in agreed.order_by("due_on", "at", "id"):
        party, unit = places.get(" ".join(one.owner.split()).casefold(), (None, None))
        _line(actor, here, draft, Step(one.what, one.owner, party, unit, due_on=one.due_on))
        if party is None:
            owners.append(one.owner)
    for owner in dict.fromkeys(owners):
        _answer(actor, here, draft, owner, Said(PlanReply.YES, on=min(day, timezone.localdate())))


def _complete(here: CareNetwork, plan: Plan, draft: PlanVersion, said: Said, why: str) -> None:
    """Raises CoordinationError for what a plan needs before it can hold."""
    lines = PlanLine.objects.filter(version=draft)
    if not lines.exists():
        raise CoordinationError(_("Skriv mindst én linje: hvem gør hvad?"))
    unwanted = _unwanted(here)
    for line in lines:
        if line.owner.split(",")[0].casefold() in unwanted:
            raise CoordinationError(
                _("Borgeren vil ikke have %(who)s med. Tag linjen ud først.") % {"who": line.owner.split(",")[0]}
            )
    if draft.review_on is None:
        raise CoordinationError(_("Skriv, hvornår planen skal ses igennem."))
    if said.reply not in PlanReply.values:
        raise CoordinationError(_("Vælg, hvad borgeren siger til planen."))
    if plan.kind not in OF_DISCHARGE:
        if said.reply == PlanReply.NO:
            raise CoordinationError(_("Planen er borgerens. Siger borgeren nej, så lav den om sammen."))
        return
    if not draft.discharge:
        raise CoordinationError(_("Vælg, hvad for en udskrivning det er."))
    if not lines.filter(part=LinePart.AWAY).exists():
        raise CoordinationError(_("Skriv en linje om, hvem der gør hvad, hvis borgeren bliver væk."))
    met = NetworkMeeting.objects.filter(network=here, state=MeetingState.HELD, starts_at__gte=_begun(plan))
    if draft.meets_first and not why and not met.exists():
        raise CoordinationError(
            _("Her skal I mødes, før planen gælder. Kan det ikke nås, så skriv hvorfor, og sæt den i kraft.")
        )


def _unwanted(here: CareNetwork) -> set[str]:
    """The names of those whom the citizen does not want, for comparing."""
    rows = NetworkContact.objects.filter(network=here, until=None, unwanted=True)
    return {name.casefold() for name in rows.values_list("name", flat=True)}


def _begun(plan: Plan) -> datetime:
    """From when a meeting counts here: the day on which the plan was begun, or the meeting it grew out of was held."""
    met = plan.meeting.starts_at if plan.meeting is not None else None
    begun = timezone.localtime(min(plan.at, met) if met else plan.at)
    return begun.replace(hour=0, minute=0, second=0, microsecond=0)


def _answer(actor: Actor, here: CareNetwork, version: PlanVersion, who: str, said: Said) -> PlanAnswer:
    day = said.on or timezone.localdate()
    if said.reply not in PlanReply.values:
        raise CoordinationError(_("Vælg, hvad der blev svaret."))
    if said.reply == PlanReply.BUT and not said.words.strip():
        raise CoordinationError(_("Skriv, hvad forbeholdet er."))
    if day > timezone.localdate():
        raise CoordinationError(_("Svaret kan ikke være givet i fremtiden."))
    without_number(said.words)
    row = PlanAnswer(
        **own(actor, here, "owner_authority_id") | {"owner_authority_id": version.authority_id},
        version=version,
        who=who[:340],
        reply=said.reply,
        words=said.words.strip()[:300],
        on=day,
    )
    write(row)
    return row

"""Who does what, how it goes, and the citizen's own part (000 sections 2.11 to 2.13; 001 section 4.3)."""

from datetime import date
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.cases.models import (
    Action,
    ActionState,
    Case,
    CaseParty,
    EventKind,
    FollowUp,
    Involvement,
    InvolvementState,
    YesNoUnknown,
)
from samsvar.cases.services import responsibility
from samsvar.cases.services.editing import assign
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.rows import lay_in_case, log_in_case, of_case
from samsvar.cases.services.seats import locked, require_table
from samsvar.cases.services.story import danish, tell
from samsvar.partnerships.models import Authority, Capacity, Measure
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, finish_everywhere


def agree(
    actor: Actor,
    case: Case,
    authority: Authority,
    *,
    if_it_slips: str,
    what: str = "",
    measure: Measure | None = None,
    who: str = "",
    who_capacity: Capacity | None = None,
    due_on: date | None = None,
    supports: bool = True,
    safety_until: date | None = None,
) -> Action:
    """Agree who does what, when, and what happens if the plan slips (R-000-80, R-001-11).

    For the own authority it is agreed at once; for another it is a proposal until they take it. `safety_until` ends
    advice about safety at a visit (R-000-86). Raises CaseError for an authority that is not party, for a measure that
    is not theirs (R-000-82), without what to do, without what if it slips, or for days that have passed.
    """
    what, if_it_slips = what.strip() or (measure.name if measure else ""), if_it_slips.strip()
    if not what:
        raise CaseError(_("Skriv, hvad der skal gøres, eller vælg en indsats."))
    if not if_it_slips:
        raise CaseError(_("Skriv, hvad I gør, hvis aftalen ikke holder."))
    if measure is not None and measure.authority_id != authority.pk:
        raise CaseError(_("%(who)s har ikke den indsats. Vælg en af deres egne.") % {"who": authority.name})
    for day in (due_on, safety_until):
        if day is not None and day < timezone.localdate():
            raise CaseError(_("Vælg en dag, der ikke er gået."))
    here = locked(case)
    if not CaseParty.objects.filter(case=here, authority=authority, until=None).exists():
        raise CaseError(_("%(who)s er ikke part i sagen.") % {"who": authority.name})
    own = actor.owns(authority.pk)
    if who_capacity is not None and (not own or not actor.owns(who_capacity.authority_id)):
        raise CaseError(_("Du kan kun sætte jeres egne folk på."))
    action = Action(
        id=uuid4(),
        partnership_id=here.partnership_id,
        case=here,
        group_id=here.group_id,
        authority=authority,
        by_id=actor.person_id,
        proposed_by_authority_id=actor.authority_id,
        what=what[:300],
        measure=measure,
        who=(who.strip() or (who_capacity.person.name if who_capacity else ""))[:160],
        who_capacity=who_capacity,
        due_on=due_on,
        if_it_slips=if_it_slips[:300],
        supports=supports,
        safety_until=safety_until,
        state=ActionState.AGREED if own else ActionState.PROPOSED,
    )
    action.save(force_insert=True)
    if own:
        tell(actor, here, EventKind.ACTION_AGREED, what, about_authority_id=authority.pk)
        _to_do(actor, here, action)
    else:
        _propose(actor, here, action)
    refresh_next(here)
    _log(actor, here, "action", action.pk, action.state)
    return action


def hand_over(actor: Actor, case: Case, authority: Authority, *, reason: str, seen: UUID) -> Action:
    """Propose that another authority takes the handlingsansvar; whoever holds it holds it until they do.

    `seen` is the holding that the actor saw on the screen. Raises Overtaken when it has moved meanwhile, CaseError for
    the own authority, for the holder, for one that is not party or has been asked already, and without a reason.
    """
    require_table(actor, case)
    if not reason.strip():
        raise CaseError(_("Skriv, hvorfor de skal have handlingsansvaret."))
    here = locked(case)
    holding = responsibility.current(here)
    if holding.pk != seen:
        raise Overtaken(
            _("%(who)s har netop fået handlingsansvaret. Din ændring er ikke gemt; se sagen igen.")
            % {"who": holding.authority.name}
        )
    responsibility.require_party(here, authority)
    if actor.owns(authority.pk) or holding.authority_id == authority.pk:
        raise CaseError(_("%(who)s behøver ikke at blive spurgt. Placér det.") % {"who": authority.name})
    open_to_them = Action.objects.filter(case=here, authority=authority, state=ActionState.PROPOSED, hands_over=True)
    if open_to_them.exists():
        raise CaseError(_("%(who)s er allerede spurgt og har ikke svaret endnu.") % {"who": authority.name})
    action = Action(
        id=uuid4(),
        partnership_id=here.partnership_id,
        case=here,
        group_id=here.group_id,
        authority=authority,
        by_id=actor.person_id,
        proposed_by_authority_id=actor.authority_id,
        what=reason.strip()[:300],
        if_it_slips=danish(gettext_lazy("Den, der har det, beholder det.")),
        supports=False,
        hands_over=True,
        state=ActionState.PROPOSED,
    )
    action.save(force_insert=True)
    _propose(actor, here, action)
    _log(actor, here, "action", action.pk, action.state)
    return action


def _propose(actor: Actor, case: Case, action: Action) -> None:
    """Tell the story of a proposal, and lay it on the table of the authority that is asked."""
    with translation.override("da"):
        tell(actor, case, EventKind.ACTION_PROPOSED, action.said, about_authority_id=action.authority_id)
    lay_in_case(actor, case, TaskKind.ACCEPT_ACTION, action.authority_id, about=("action", action.pk))


def take(actor: Actor, action: Action, *, who: str = "", due_on: date | None = None) -> None:
    """The authority takes what was proposed to it: a piece of work, or the handlingsansvar, which moves then.

    Raises CaseError when it is not a proposal to them any more.
    """
    here, action = _own_proposal(actor, action)
    if action.hands_over:
        action.state, action.ended_at = ActionState.DONE, timezone.now()
        action.save(update_fields=["state", "ended_at"])
        finish(actor, TaskKind.ACCEPT_ACTION, action.pk)
        seen = responsibility.current(here).pk
        responsibility.place(actor, here, action.authority, reason=action.what, seen=seen)
        _log(actor, here, "action", action.pk, action.state)
        return
    action.state = ActionState.AGREED
    action.who = who.strip()[:160] or action.who
    action.due_on = due_on or action.due_on
    action.save(update_fields=["state", "who", "due_on"])
    tell(actor, here, EventKind.ACTION_TAKEN, action.what, about_authority_id=action.authority_id)
    finish(actor, TaskKind.ACCEPT_ACTION, action.pk)
    _to_do(actor, here, action)
    refresh_next(here)
    _log(actor, here, "action", action.pk, action.state)


def decline(actor: Actor, action: Action, *, note: str = "") -> None:
    """The authority does not take what was proposed. No reason is needed (L6). Raises CaseError as `take` does."""
    here, action = _own_proposal(actor, action)
    action.state, action.result, action.ended_at = ActionState.DECLINED, note.strip()[:500], timezone.now()
    action.save(update_fields=["state", "result", "ended_at"])
    with translation.override("da"):
        tell(actor, here, EventKind.ACTION_DECLINED, action.said, about_authority_id=action.authority_id)
    finish(actor, TaskKind.ACCEPT_ACTION, action.pk)
    _log(actor, here, "action", action.pk, action.state)


def done(actor: Actor, action: Action, *, result: str) -> None:
    """What was agreed has been done, and what came of it. Raises CaseError for another authority's agreement."""
    here, action = _own_agreement(actor, action)
    action.state, action.result, action.ended_at = ActionState.DONE, result.strip()[:500], timezone.now()
    action.save(update_fields=["state", "result", "ended_at"])
    tell(actor, here, EventKind.ACTION_DONE, f"{action.what}: {result.strip()}" if result.strip() else action.what)
    finish_everywhere(actor, TaskKind.DO_ACTION, action.pk)
    refresh_next(here)
    _log(actor, here, "action", action.pk, action.state)


def no_show(actor: Actor, action: Action, *, next_try: str, due_on: date) -> None:
    """The citizen did not come. It is counted, the next try is agreed, nothing ends (R-000-94, V-16).

    Raises CaseError without a next try, or with a day that has passed.
    """
    if not next_try.strip():
        raise CaseError(_("Skriv, hvad I prøver næste gang."))
    if due_on < timezone.localdate():
        raise CaseError(_("Vælg en dag, der ikke er gået."))
    here, action = _own_agreement(actor, action)
    Action.objects.filter(pk=action.pk).update(no_shows=F("no_shows") + 1, due_on=due_on, result=next_try.strip()[:500])
    action.due_on = due_on
    tell(actor, here, EventKind.ACTION_NO_SHOW, f"{action.what}. {next_try.strip()}")
    finish_everywhere(actor, TaskKind.DO_ACTION, action.pk)
    _to_do(actor, here, action)
    set_next(here, next_try, due_on)
    _log(actor, here, "action", action.pk, "no_show")


def stop(actor: Actor, action: Action, *, reason: str) -> None:
    """An own agreement, or an own proposal to another authority, is taken back with a reason. Raises CaseError."""
    if not reason.strip():
        raise CaseError(_("Skriv, hvorfor det stopper."))
    here = locked(action.case)
    action = Action.objects.select_related("case").get(pk=action.pk)
    own = actor.owns(action.authority_id) and action.state == ActionState.AGREED
    proposed_by_us = actor.owns(action.proposed_by_authority_id) and action.state == ActionState.PROPOSED
    if not (own or proposed_by_us):
        raise CaseError(_("Aftalen er ikke jeres, eller den er allerede slut."))
    action.state, action.result, action.ended_at = ActionState.STOPPED, reason.strip()[:500], timezone.now()
    action.save(update_fields=["state", "result", "ended_at"])
    with translation.override("da"):
        tell(actor, here, EventKind.ACTION_STOPPED, f"{action.said}: {reason.strip()}")
    for kind in (TaskKind.DO_ACTION, TaskKind.ACCEPT_ACTION):
        finish_everywhere(actor, kind, action.pk)
    refresh_next(here)
    _log(actor, here, "action", action.pk, action.state)


def follow_up(
    actor: Actor,
    case: Case,
    *,
    what_happened: str,
    still_necessary: str = YesNoUnknown.YES,
    criteria_met: str = YesNoUnknown.YES,
    next_step: str = "",
    next_on: date | None = None,
    meeting_id: UUID | None = None,
) -> FollowUp:
    """How it goes: what happened since last, whether sharing is still necessary and the criteria still met (R-001-12).

    A no lays the thought of closing on the holder's table (R-000-93); nothing closes by itself. Raises CaseError.
    """
    if not what_happened.strip():
        raise CaseError(_("Skriv, hvad der er sket, eller vælg »Intet nyt«."))
    if next_on is not None and next_on < timezone.localdate():
        raise CaseError(_("Vælg en dag, der ikke er gået."))
    here = locked(case)
    told = _look(actor, here, what_happened, still_necessary, criteria_met, meeting_id)
    if next_step.strip():
        set_next(here, next_step, next_on)
    tell(actor, here, EventKind.FOLLOWED_UP, what_happened)
    finish(actor, TaskKind.FOLLOW_UP, here.pk)
    if YesNoUnknown.NO in (still_necessary, criteria_met):
        lay_in_case(actor, here, TaskKind.REMIND_CLOSING, responsibility.current(here).authority_id)
    return told


def nothing_new(actor: Actor, case: Case, *, meeting_id: UUID | None = None) -> FollowUp:
    """ "Intet nyt" in one key: holder, next step and date stay, and so does how quiet the case has been (R-000-89).

    Whether sharing is still necessary was not asked, and so is not answered.
    """
    here = locked(case)
    told = _look(actor, here, "", YesNoUnknown.UNKNOWN, YesNoUnknown.UNKNOWN, meeting_id, nothing_new=True)
    tell(actor, here, EventKind.FOLLOWED_UP, danish(FollowUp._meta.get_field("nothing_new").verbose_name), stirs=False)
    return told


def _look(
    actor: Actor,
    case: Case,
    what_happened: str,
    still_necessary: str,
    criteria_met: str,
    meeting_id: UUID | None,
    *,
    nothing_new: bool = False,
) -> FollowUp:
    look = FollowUp(
        **of_case(actor, case),
        meeting_id=meeting_id,
        what_happened=what_happened.strip()[:1500],
        nothing_new=nothing_new,
        still_necessary=still_necessary,
        criteria_met=criteria_met,
    )
    look.save(force_insert=True)
    _log(actor, case, "follow_up", look.pk, "")
    return look


def involve(
    actor: Actor,
    case: Case,
    state: InvolvementState,
    *,
    reason: str = "",
    review_on: date | None = None,
    citizens_view: str = "",
) -> Involvement:
    """The judgement of whether and how the citizen is involved (R-001-13, R-000-120 to R-000-124).

    "Later" and "not" have a reason and a day on which they lapse: the task comes back then. Raises CaseError.
    """
    if state != InvolvementState.INVOLVED and not (reason.strip() and review_on):
        raise CaseError(_("Skriv hvorfor, og hvornår I ser på det igen."))
    if review_on is not None and review_on <= timezone.localdate():
        raise CaseError(_("Vælg en dag, der ikke er gået."))
    here = locked(case)
    judged = Involvement(
        **of_case(actor, here),
        state=state,
        reason=reason.strip()[:400],
        review_on=review_on,
        citizens_view=citizens_view.strip()[:1500],
    )
    judged.save(force_insert=True)
    tell(actor, here, EventKind.INVOLVEMENT, ". ".join(filter(None, [danish(state.label), reason.strip()])))
    finish_everywhere(actor, TaskKind.INVOLVE_CITIZEN, here.pk)
    if review_on is not None:
        lay_in_case(actor, here, TaskKind.INVOLVE_CITIZEN, responsibility.current(here).authority_id, due_on=review_on)
    _log(actor, here, "involvement", judged.pk, state.value)
    return judged


def set_next(case: Case, step: str, on: date | None) -> None:
    """The next step that all see on the list and at the top of the case."""
    Case.objects.filter(pk=case.pk).update(next_step=step.strip()[:200], next_on=on)
    case.next_step, case.next_on = step.strip()[:200], on


def refresh_next(case: Case) -> None:
    """Let the agreement that is due first be the next step, unless a step of the group's own is nearer.

    Nobody types a next step that an agreement already says. A step that was an agreement goes when that has ended.
    """
    rows = list(Action.objects.filter(case=case).values_list("what", "due_on", "state", "ended_at", "at"))
    of_actions = {what[:200] for what, *_rest in rows}
    waiting = sorted(
        (due_on or date.max, at, what) for what, due_on, state, _ended, at in rows if state == ActionState.AGREED
    )
    own_step = bool(case.next_step) and case.next_step not in of_actions
    if own_step and (not waiting or (case.next_on or date.max) <= waiting[0][0]):
        return
    if not waiting:
        set_next(case, "", None)
        return
    due_on, _at, what = waiting[0]
    set_next(case, what, None if due_on == date.max else due_on)


def _to_do(actor: Actor, case: Case, action: Action) -> None:
    """The task of doing what was agreed: on the named person's table, who then sees the case, else on the members'."""
    person = None
    if action.who_capacity is not None:
        person = action.who_capacity.person_id
        assign(actor, case, action.who_capacity, reason=action.what)
    lay_in_case(
        actor,
        case,
        TaskKind.DO_ACTION,
        action.authority_id,
        about=("action", action.pk),
        person_id=person,
        due_on=action.due_on,
    )


def _own_proposal(actor: Actor, action: Action) -> tuple[Case, Action]:
    here = locked(action.case)
    action = Action.objects.select_related("who_capacity", "authority").get(pk=action.pk)
    if not actor.owns(action.authority_id) or action.state != ActionState.PROPOSED:
        raise CaseError(_("Forslaget er ikke til jer, eller der er allerede svaret på det."))
    return here, action


def _own_agreement(actor: Actor, action: Action) -> tuple[Case, Action]:
    here = locked(action.case)
    action = Action.objects.select_related("who_capacity").get(pk=action.pk)
    if not actor.owns(action.authority_id) or action.state != ActionState.AGREED:
        raise CaseError(_("Aftalen er ikke jeres, eller den er allerede slut."))
    return here, action


def _log(actor: Actor, case: Case, kind: str, row_id: UUID, state: str) -> None:
    log_in_case(actor, Act.CHANGE, case, kind, row_id, detail={"state": str(state)} if state else {})

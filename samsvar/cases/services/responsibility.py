"""Handlingsansvaret: exactly one authority, visible, and it may move (R-000-77, R-000-78; 001 section 4.3)."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.cases.models import (
    Action,
    ActionState,
    Case,
    CaseEvent,
    CaseParty,
    EventKind,
    FeedbackKind,
    Responsibility,
    Standing,
)
from samsvar.cases.services.concerns import answer_raisers
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.rows import lay_in_case, log_in_case
from samsvar.cases.services.seats import locked, require_table
from samsvar.cases.services.story import danish, tell
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish_everywhere

WAITS = (Standing.AWAITING_INFORMATION, Standing.AWAITING_MANDATE, Standing.WAIT_UNTIL)


def current(case: Case) -> Responsibility:
    """Who holds the case now. An open case always has one."""
    return Responsibility.objects.select_related("authority").get(case=case, period__endswith=None)


def begin(actor: Actor, case: Case, reason: str, at: datetime) -> Responsibility:
    """The raiser's authority holds from the raise (decisions.md)."""
    first = Responsibility(
        partnership_id=case.partnership_id,
        case=case,
        group_id=case.group_id,
        authority_id=actor.authority_id,
        period=DateTimeTZRange(at, None),
        reason=reason[:400],
        placed_by_id=actor.person_id,
    )
    first.save(force_insert=True)
    return first


def place(
    actor: Actor,
    case: Case,
    authority: Authority,
    *,
    reason: str,
    seen: UUID,
    meeting_id: UUID | None = None,
    as_it_was: bool = False,
) -> Responsibility:
    """Place the handlingsansvar with one party authority. `seen` is the holding that the actor saw on the screen.

    Another authority gets it at a meeting, where it sits, or by saying yes (`work.hand_over`); `as_it_was` writes down
    where it lay before the case was typed in. Raises CaseError otherwise and when the authority is not party to the
    case, Overtaken when somebody else has placed it meanwhile. Lays the task "inddrag borgeren" (R-000-121).
    """
    require_table(actor, case)
    try:
        with transaction.atomic():
            # The lock makes those who come at once stand in line; the exclusion constraint keeps the truth anyway.
            here = locked(case)
            holding = current(here)
            if holding.pk != seen:
                raise Overtaken(
                    _("%(who)s har netop fået handlingsansvaret. Din ændring er ikke gemt; se sagen igen.")
                    % {"who": holding.authority.name}
                )
            require_party(here, authority)
            with_them = actor.owns(authority.pk) or holding.authority_id == authority.pk
            if not (with_them or meeting_id or as_it_was):
                raise CaseError(
                    _("%(who)s skal selv sige ja. Foreslå det, eller placér det på mødet.") % {"who": authority.name}
                )
            placed = _move(actor, here, holding, authority, reason, meeting_id)
            _stands(actor, here, authority, reason, moved=placed is not holding)
    except IntegrityError as clash:
        raise Overtaken(_("En anden har netop fået handlingsansvaret. Se sagen igen.")) from clash
    log_in_case(actor, Act.CHANGE, case, "responsibility", placed.pk, detail={"to": str(authority.pk)})
    return placed


def require_party(case: Case, authority: Authority) -> None:
    """Raises CaseError for an authority that does not sit at the table of the case."""
    if not CaseParty.objects.filter(case=case, authority=authority, until=None).exists():
        raise CaseError(_("%(who)s er ikke part i sagen og kan derfor ikke få ansvaret.") % {"who": authority.name})


def _move(
    actor: Actor, case: Case, holding: Responsibility, authority: Authority, reason: str, meeting_id: UUID | None
) -> Responsibility:
    """The one period ends and the next begins at the same instant; the holding itself when it stays where it is."""
    if holding.authority_id == authority.pk:
        return holding
    now = timezone.now()
    holding.period = DateTimeTZRange(holding.period.lower, now)
    holding.save(update_fields=["period"])
    placed = Responsibility(
        partnership_id=case.partnership_id,
        case=case,
        group_id=case.group_id,
        authority=authority,
        period=DateTimeTZRange(now, None),
        reason=reason.strip()[:400],
        placed_by_id=actor.person_id,
        meeting_id=meeting_id,
    )
    placed.save(force_insert=True)
    _end_other_proposals(actor, case)
    return placed


def _end_other_proposals(actor: Actor, case: Case) -> None:
    """Nobody is left with a question about a handlingsansvar that has found its place."""
    asked = list(
        Action.objects.filter(case=case, state=ActionState.PROPOSED, hands_over=True).values_list("pk", flat=True)
    )
    if not asked:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select cases_end_actions(%s, %s)", [case.pk, danish(gettext_lazy("Handlingsansvaret er placeret."))]
        )
    for action_id in asked:
        finish_everywhere(actor, TaskKind.ACCEPT_ACTION, action_id)


def _stands(actor: Actor, case: Case, authority: Authority, reason: str, *, moved: bool) -> None:
    """Tell the story, and give the holder the task to involve the citizen, when there is news for the holder."""
    first = not was_placed(case)
    if case.standing != Standing.PLACED:
        Case.objects.filter(pk=case.pk).update(standing=Standing.PLACED, standing_note="", wait_until=None)
    if not moved and not first:
        tell(actor, case, EventKind.STANDING, danish(Standing.PLACED.label))
        return
    tell(actor, case, EventKind.PLACED if first else EventKind.MOVED, reason, about_authority_id=authority.pk)
    answer_raisers(actor, case, FeedbackKind.ACTED)
    finish_everywhere(actor, TaskKind.INVOLVE_CITIZEN, case.pk)
    lay_in_case(actor, case, TaskKind.INVOLVE_CITIZEN, authority.pk)


def was_placed(case: Case) -> bool:
    """Whether the group has ever placed the handlingsansvar; until then the raiser's authority has it."""
    return CaseEvent.objects.filter(case=case, kind__in=[EventKind.PLACED, EventKind.MOVED]).exists()


def wait(actor: Actor, case: Case, standing: Standing, *, note: str, until: date | None = None) -> None:
    """Let a case wait for information, for a mandate, or until a day; the holder stays (R-000-83, decisions.md).

    Raises CaseError for another standing, without a note, or with a day that is not ahead.
    """
    require_table(actor, case)
    if standing not in WAITS:
        raise CaseError(_("Vælg, hvad der ventes på."))
    if not note.strip():
        raise CaseError(_("Skriv, hvad der ventes på, og hvem der gør noget ved det."))
    if standing == Standing.WAIT_UNTIL and until is None:
        raise CaseError(_("Skriv den dag, I venter til."))
    if until is not None and until <= timezone.localdate():
        raise CaseError(_("Vælg en dag, der ikke er gået."))
    here = locked(case)
    Case.objects.filter(pk=here.pk).update(standing=standing, standing_note=note.strip()[:400], wait_until=until)
    tell(actor, here, EventKind.STANDING, f"{danish(standing.label)}: {note.strip()}")
    if until is not None:
        lay_in_case(actor, here, TaskKind.FOLLOW_UP, current(here).authority_id, due_on=until)
    _log(actor, here, standing)


def resume(actor: Actor, case: Case) -> None:
    """The wait is over; the case stands as it did before."""
    require_table(actor, case)
    here = locked(case)
    standing = Standing.PLACED if was_placed(here) else Standing.RAISED
    Case.objects.filter(pk=here.pk).update(standing=standing, standing_note="", wait_until=None)
    tell(actor, here, EventKind.STANDING, danish(standing.label))
    _log(actor, here, standing)


def _log(actor: Actor, case: Case, standing: Standing) -> None:
    log_in_case(actor, Act.CHANGE, case, detail={"standing": standing.value})

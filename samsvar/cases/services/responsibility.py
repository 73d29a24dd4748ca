"""Handlingsansvaret: exactly one authority, visible, and it may move (R-000-77, R-000-78; 001 section 4.3)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case, CaseParty, EventKind, Responsibility, Standing
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.story import tell
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import lay


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
) -> Responsibility:
    """Place the handlingsansvar with one party authority. `seen` is the holding that the actor saw on the screen.

    Raises Overtaken when somebody else has placed it meanwhile, CaseError when the authority is not party to the case.
    Placing it with a new holder lays the task "inddrag borgeren" there (R-000-121).
    """
    try:
        with transaction.atomic():
            # The lock makes those who come at once stand in line; the exclusion constraint keeps the truth anyway.
            locked = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk, closed_at=None).first()
            if locked is None:
                raise CaseError(_("Sagen er afsluttet, så ansvaret kan ikke flyttes."))
            holding = current(locked)
            if holding.pk != seen:
                raise Overtaken(
                    _("%(who)s har netop fået handlingsansvaret. Din ændring er ikke gemt; se sagen igen.")
                    % {"who": holding.authority.name}
                )
            if not CaseParty.objects.filter(case=locked, authority=authority, until=None).exists():
                raise CaseError(
                    _("%(who)s er ikke part i sagen og kan derfor ikke få ansvaret.") % {"who": authority.name}
                )
            if holding.authority_id == authority.pk:
                _stands(actor, locked, authority, first=locked.standing == Standing.RAISED)
                return holding
            now = timezone.now()
            holding.period = DateTimeTZRange(holding.period.lower, now)
            holding.save(update_fields=["period"])
            placed = Responsibility(
                partnership_id=case.partnership_id,
                case=locked,
                group_id=case.group_id,
                authority=authority,
                period=DateTimeTZRange(now, None),
                reason=reason.strip()[:400],
                placed_by_id=actor.person_id,
                meeting_id=meeting_id,
            )
            placed.save(force_insert=True)
            _stands(actor, locked, authority, first=False)
            tell(actor, locked, EventKind.MOVED, reason, about_authority_id=authority.pk)
    except IntegrityError as clash:
        raise Overtaken(_("En anden har netop fået handlingsansvaret. Se sagen igen.")) from clash
    record(
        actor,
        Act.CHANGE,
        "responsibility",
        placed.pk,
        partnership_id=case.partnership_id,
        case_id=case.pk,
        citizen_id=case.citizen_id,
        detail={"to": str(authority.pk)},
    )
    return placed


def _stands(actor: Actor, case: Case, authority: Authority, *, first: bool) -> None:
    if case.standing != Standing.PLACED:
        Case.objects.filter(pk=case.pk).update(standing=Standing.PLACED, standing_note="", wait_until=None)
    if first:
        tell(actor, case, EventKind.PLACED, about_authority_id=authority.pk)
    lay(
        actor,
        TaskKind.INVOLVE_CITIZEN,
        partnership_id=case.partnership_id,
        authority_id=authority.pk,
        subject_kind="case",
        subject_id=case.pk,
        case_id=case.pk,
        group_id=case.group_id,
        role="member",
        reference=case.reference,
    )

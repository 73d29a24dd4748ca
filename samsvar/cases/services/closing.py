"""To the door: a case ends for a reason, once (R-000-90, R-000-91, R-000-93); a party may leave before."""

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.cases.models import (
    Action,
    ActionState,
    Case,
    CloseReason,
    EventKind,
    FeedbackKind,
    OutcomeType,
    ProposalEnd,
    Standing,
    YesNoUnknown,
)
from samsvar.cases.services import responsibility, work
from samsvar.cases.services.concerns import answer_raisers
from samsvar.cases.services.errors import CaseError, HasLeft, Overtaken
from samsvar.cases.services.rows import log_in_case
from samsvar.cases.services.seats import locked, require_table
from samsvar.cases.services.story import danish, tell
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import Task
from samsvar.tasks.services import finish_all_of_case


def close(
    actor: Actor,
    case: Case,
    reason: CloseReason,
    *,
    note: str,
    outcome: OutcomeType | str = "",
    good_for_citizen: str = "",
    proposals: ProposalEnd | str = "",
) -> None:
    """Close a case for one of four reasons (R-000-90, R-001-10), with what came of it (R-000-96). It cannot be undone.

    The handlingsansvar ends, what was agreed and proposed ends with the case, every party's open tasks leave its table,
    and each may read on for the run-off of the partnership. `proposals` says what becomes of those nobody has answered.
    Raises CaseError without a note, while children in the home have no decision (L24) or when `proposals` is needed and
    not given; Overtaken when it is closed already.
    """
    require_table(actor, case)
    if not any(character.isalpha() for character in note):
        raise CaseError(_("Skriv kort, hvorfor sagen afsluttes."))
    try:
        here = locked(case)
    except HasLeft:
        raise
    except CaseError as closed:
        raise Overtaken(_("En anden har netop afsluttet sagen. Se den igen.")) from closed
    if here.children == YesNoUnknown.YES and here.children_decided_at is None:
        raise CaseError(_("Der er børn i hjemmet. Skriv, hvad I har besluttet om dem, før sagen afsluttes."))
    open_actions = Action.objects.filter(case=here, state__in=[ActionState.PROPOSED, ActionState.AGREED])
    states = list(open_actions.values_list("state", flat=True))
    if ActionState.PROPOSED in states and proposals not in ProposalEnd.values:
        raise CaseError(_("Der er et forslag, som ikke er besvaret. Skriv, hvad der bliver af det."))
    now = timezone.now()
    holding = responsibility.current(here)
    holding.period = DateTimeTZRange(holding.period.lower, now)
    holding.save(update_fields=["period"])
    tell(actor, here, EventKind.CLOSED, f"{danish(reason.label)}. {note.strip()}")
    Case.objects.filter(pk=here.pk).update(
        closed_at=now,
        closed_by_id=actor.person_id,
        close_reason=reason,
        close_note=note.strip()[:1000],
        outcome=outcome,
        good_for_citizen=good_for_citizen.strip()[:1000],
        standing=Standing.CLOSED,
        standing_note="",
        wait_until=None,
        next_step="",
        next_on=None,
    )
    answer_raisers(actor, here, FeedbackKind.CLOSED)
    finish_all_of_case(actor, here.pk)
    with connection.cursor() as cursor:
        if states:
            why = danish(ProposalEnd(proposals).label) if ActionState.PROPOSED in states else ""
            cursor.execute("select cases_end_actions(%s, %s)", [here.pk, why])
        cursor.execute("select end_parties(%s, null, %s)", [here.pk, "closed"])
    log_in_case(actor, Act.CHANGE, here, detail={"closed": reason.value, "outcome": str(outcome)})


def step_out(actor: Actor, case: Case, *, why: str) -> None:
    """The own authority leaves a case that others go on with; it may read on for the run-off (decisions.md).

    Its open proposals end with it: those to us are not taken, those from us are taken back. Raises CaseError without a
    reason, and while it holds the handlingsansvar: no case is left without a holder.
    """
    require_table(actor, case)
    if not why.strip():
        raise CaseError(_("Skriv, hvorfor I træder ud."))
    here = locked(case)
    if actor.owns(responsibility.current(here).authority_id):
        raise CaseError(_("I har handlingsansvaret. Placér det hos en anden, før I træder ud."))
    # What was asked of us or by us has nobody to answer for it any more.
    waits = Action.objects.filter(case=here, state=ActionState.PROPOSED).order_by("at", "id")
    for action in waits.filter(authority_id__in=actor.authority_ids):
        work.decline(actor, action, note=why)
    for action in waits.filter(proposed_by_authority_id__in=actor.authority_ids):
        work.stop(actor, action, reason=why)
    tell(actor, here, EventKind.PARTY_LEFT, why, about_authority_id=actor.authority_id)
    Task.objects.filter(case_id=here.pk, done_at=None).exclude(kind="tell_citizen").update(
        done_at=timezone.now(), done_by_id=actor.person_id
    )
    with connection.cursor() as cursor:
        for authority_id in actor.authority_ids:
            cursor.execute("select end_parties(%s, %s, %s)", [here.pk, authority_id, why.strip()[:200]])
    log_in_case(actor, Act.CHANGE, here, "party", here.pk, detail={"left": True})

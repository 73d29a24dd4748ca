"""Asking another authority: questions with their why, never a whole journal, and always free to say no (L6)."""

import re
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.law.assess import says_something
from samsvar.law.kinds import InformationType, Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import InformationRequest, RequestState, SubjectKind
from samsvar.sharing.services.about import AboutCase, NothingSaid, own_row, require_no_number
from samsvar.sharing.services.disclosing import Subject, disclose
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, finish_everywhere, lay

# A question asks about something. These ask for everything (R-002-72).
_EVERYTHING = re.compile(
    r"\b((hele|fulde?|komplette?|samtlige|alle)\s+(\w+\s+)?(journal\w*|sagsakt\w*|akt(?:er|erne)?|sagen|mappen?|dokumenter\w*"
    r"|oplysninger\w*|notater\w*)|alt,?\s+(hvad|om|i\s+(har|ved))|(fuld|komplet)\s+(journal|aktindsigt)\w*|journaludskrift\w*"
    r"|(whole|full|entire|complete|all)\s+(the\s+)?(journal|records?|file|files|notes|information|data)|everything)\b",
    re.IGNORECASE,
)


def asks_for_everything(question: str) -> bool:
    """Whether a text asks for a whole journal rather than about something."""
    return bool(_EVERYTHING.search(" ".join(question.split())))


def ask(
    actor: Actor,
    case: AboutCase,
    to: Authority,
    question: str,
    why: str,
    *,
    purpose: Purpose | str = Purpose.HELP,
    call_back: str = "",
    brought_in: tuple[UUID, ...] = (),
) -> InformationRequest:
    """Ask one named party one thing. That it is asked is itself a disclosure, with the why as its necessity.

    Raises NothingSaid without question or why and for a whole journal (R-002-72, R-002-73), NotLawful.
    """
    if actor.owns(to.pk):
        raise NothingSaid(_("Vælg en anden myndighed end jeres egen."))
    if not (says_something(question) and says_something(why)):
        raise NothingSaid(_("Skriv både, hvad I spørger om, og hvorfor det er vigtigt."))
    require_no_number(why)
    if asks_for_everything(question):
        raise NothingSaid(
            _("Hele journalen kan man ikke bede om. Spørg om det, I mangler at vide, eller bed dem ringe.")
        )
    row = InformationRequest(
        **own_row(actor, case),
        to_authority=to,
        question=question.strip()[:300],
        why=why.strip()[:300],
        purpose=str(purpose),
        call_back=call_back.strip()[:120],
    )
    row.save(force_insert=True)
    disclose(
        actor,
        Subject(SubjectKind.REQUEST, row.pk, case.partnership_id, case.id, case.citizen_id, case.reference),
        [to],
        information_type=InformationType.CONCERN,
        purpose=purpose,
        necessity=why,
        brought_in=brought_in,
    )
    lay(
        actor,
        TaskKind.ANSWER_REQUEST,
        partnership_id=case.partnership_id,
        authority_id=to.pk,
        subject_kind="request",
        subject_id=row.pk,
        case_id=case.id,
        group_id=case.group_id,
        role="member",
        reference=case.reference,
    )
    return row


def answer_request(
    actor: Actor, row: InformationRequest, state: RequestState, *, contribution_id: UUID | None = None
) -> None:
    """Answered, partly answered, or not: all three are full answers, and none needs a reason. Raises NothingSaid."""
    if not (actor.owns(row.to_authority_id) and row.is_open):
        raise NothingSaid(_("Spørgsmålet er ikke til jer, eller der er allerede svaret på det."))
    if state not in (RequestState.ANSWERED, RequestState.PARTLY, RequestState.DECLINED):
        raise ValueError(state)
    # A colleague may have answered, or the question been taken back, since the row was read.
    answered = InformationRequest.objects.filter(pk=row.pk, state=RequestState.OPEN).update(
        state=state, answered_by_id=actor.person_id, answered_at=timezone.now(), contribution_id=contribution_id
    )
    if not answered:
        raise NothingSaid(_("Spørgsmålet er ikke til jer, eller der er allerede svaret på det."))
    row.state = state
    finish(actor, TaskKind.ANSWER_REQUEST, row.pk)
    _log(actor, row)


def withdraw_request(actor: Actor, row: InformationRequest) -> None:
    """The question is no longer asked. Raises NothingSaid for another authority's."""
    if not (actor.owns(row.authority_id) and row.is_open):
        raise NothingSaid(_("Spørgsmålet er ikke jeres, eller der er allerede svaret på det."))
    if not InformationRequest.objects.filter(pk=row.pk, state=RequestState.OPEN).update(state=RequestState.WITHDRAWN):
        raise NothingSaid(_("Spørgsmålet er ikke jeres, eller der er allerede svaret på det."))
    row.state = RequestState.WITHDRAWN
    finish_everywhere(actor, TaskKind.ANSWER_REQUEST, row.pk)
    _log(actor, row)


def _log(actor: Actor, row: InformationRequest) -> None:
    record(
        actor,
        Act.CHANGE,
        "request",
        row.pk,
        partnership_id=row.partnership_id,
        case_id=row.case_id,
        detail={"state": str(row.state)},
    )

"""An authority's answer to a case, and what follows from it (000 sections 2.9 and 2.10; R-000-67 to R-000-71)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from samsvar.cases.models import Case, MeetingBan
from samsvar.cases.services.editing import brought_in_ids
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.rows import lay_in_case
from samsvar.cases.services.seats import locked
from samsvar.cases.services.story import stir
from samsvar.law.kinds import Basis, Purpose
from samsvar.partnerships.models import Authority, Group
from samsvar.partnerships.selectors import may_release
from samsvar.postgres.actor import Actor
from samsvar.sharing import services as sharing
from samsvar.sharing.models import (
    Answer,
    Channel,
    Contribution,
    InformationRequest,
    Release,
    RequestState,
    TreatmentSentence,
)
from samsvar.sharing.services import ON_COOPERATION, UNMARKED, Ground, Marks
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish

SEARCHES = (TaskKind.LOOK_UP, TaskKind.OUTREACH)


def answer(
    actor: Actor,
    case: Case,
    given: Answer | str,
    *,
    text: str = "",
    information_type: str = "",
    necessity: str = "",
    search_by: TaskKind = TaskKind.LOOK_UP,
    marks: Marks = UNMARKED,
) -> Contribution:
    """The own authority's answer, kept at home until `tell_parties`.

    "Ikke kendt" makes a task of looking further or sending somebody out, with the own authority (R-000-71, V-14).
    Raises CaseError for a closed case, sharing.services.NothingSaid for a contribution without words.
    """
    here = locked(case)
    contribution = sharing.contribute(
        actor, here, given, text=text, information_type=information_type, necessity=necessity, marks=marks
    )
    # Whoever comes back later still has it to prepare.
    if given != Answer.BACK_LATER:
        finish(actor, TaskKind.PREPARE, here.pk)
    if given == Answer.NOT_KNOWN:
        if search_by == TaskKind.OUTREACH:
            sharing.require_contact_allowed(actor, here)
        lay_in_case(actor, here, search_by if search_by in SEARCHES else TaskKind.LOOK_UP, actor.authority_id)
    return contribution


def tell_parties(
    actor: Actor,
    case: Case,
    contribution: Contribution,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    purpose: Purpose | str = Purpose.HELP,
    heed: bool = False,
    deliberate: bool = False,
    against_no: str = "",
    ground: Ground = ON_COOPERATION,
    channel: Channel = Channel.HERE,
) -> None:
    """Pass an own contribution on to named parties of the case. Others do not see that it exists (L37).

    `heed` lays the task "vær opmærksom" with each receiver (V-05): where the receiver has banned the citizen from its
    office, with the caseworker who is to hear how it goes, and with nobody else (V-04).
    `deliberate` lets what is marked go on (R-002-75, R-002-79). Raises CaseError for receivers who are not party,
    sharing.services.NotLawful, sharing.services.NothingSaid.
    """
    here = _with_parties(case, receivers)
    _require_meeting(here, ground, purpose, channel)
    sharing.pass_on(
        actor,
        here,
        contribution,
        receivers,
        necessity=necessity,
        purpose=purpose,
        channel=channel,
        brought_in=brought_in_ids(here),
        deliberate=deliberate,
        against_no=against_no,
        ground=ground,
    )
    stir(here)
    if not heed:
        return
    caseworkers: dict[UUID, UUID] = dict(
        MeetingBan.objects.filter(case=here, lifted_at=None)
        .exclude(caseworker=None)
        .order_by("at")
        .values_list("authority_id", "caseworker__person_id")
    )
    for authority in receivers:
        person = caseworkers.get(authority.pk)
        lay_in_case(actor, here, TaskKind.ATTENTION, authority.pk, person_id=person)


def ask_release(
    actor: Actor,
    case: Case,
    contribution: Contribution,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    purpose: Purpose | str = Purpose.HELP,
    against_no: str = "",
    ground: Ground = ON_COOPERATION,
    answers: tuple[InformationRequest, RequestState] | None = None,
    channel: Channel = Channel.HERE,
) -> Release:
    """Ask those who may release to pass an own contribution on (L11). Raises CaseError, sharing's NothingSaid."""
    here = _with_parties(case, receivers)
    _require_meeting(here, ground, purpose, channel)
    return sharing.ask_release(
        actor,
        here,
        contribution,
        receivers,
        necessity=necessity,
        purpose=purpose,
        brought_in=brought_in_ids(here),
        against_no=against_no,
        ground=ground,
        answers=answers,
    )


def release(actor: Actor, row: Release) -> None:
    """Release a draft in one's own name. Raises sharing.services.NothingSaid and NotLawful.

    The case stirs for whoever reaches it; a releaser who does not leaves it as it is.
    """
    sharing.release(actor, row)
    case = Case.objects.filter(pk=row.case_id, closed_at=None).first()
    if case is not None:
        stir(case)


def ask(
    actor: Actor,
    case: Case,
    to: Authority,
    questions: Sequence[tuple[str, str]],
    *,
    purpose: Purpose | str = Purpose.HELP,
    call_back: str = "",
) -> list[InformationRequest]:
    """Ask a party some questions, each with its why (R-002-72, R-002-73).

    Raises CaseError without a question and for one who is not party, sharing.services.NothingSaid and NotLawful.
    """
    if not questions:
        raise CaseError(_("Skriv mindst ét spørgsmål."))
    here = _with_parties(case, [to])
    return [
        sharing.ask(
            actor, here, to, question, why, purpose=purpose, call_back=call_back, brought_in=brought_in_ids(here)
        )
        for question, why in questions
    ]


def reply(
    actor: Actor,
    case: Case,
    row: InformationRequest,
    *,
    text: str,
    information_type: str,
    partly: bool = False,
    marks: Marks = UNMARKED,
    against_no: str = "",
) -> bool:
    """Answer a question: the words reach the one who asked and nobody else. False when they now wait for release.

    Raises CaseError, sharing.services.NothingSaid and NotLawful.
    """
    made = answer(actor, case, Answer.CONTRIBUTES, text=text, information_type=information_type, marks=marks)
    state = RequestState.PARTLY if partly else RequestState.ANSWERED
    receivers = [row.authority]
    if not may_release(actor):
        ask_release(
            actor,
            case,
            made,
            receivers,
            necessity=row.why,
            purpose=row.purpose,
            against_no=against_no,
            answers=(row, state),
        )
        return False
    tell_parties(
        actor,
        case,
        made,
        receivers,
        necessity=row.why,
        purpose=row.purpose,
        deliberate=True,
        against_no=against_no,
    )
    sharing.answer_request(actor, row, state, contribution_id=made.pk)
    return True


def _with_parties(case: Case, receivers: Sequence[Authority]) -> Case:
    """The open case, locked, when all the receivers are party to it. Raises CaseError."""
    here = locked(case)
    parties = set(here.parties.filter(until=None).values_list("authority_id", flat=True))
    strangers = [authority.name for authority in receivers if authority.pk not in parties]
    if strangers:
        raise CaseError(_("%(who)s er ikke part i sagen.") % {"who": ", ".join(strangers)})
    return here


def _require_meeting(case: Case, ground: Ground, purpose: Purpose | str, channel: Channel) -> None:
    """Where a group shares at its meetings alone, § 115 carries nothing between them but what is acute (R-003-48).

    Raises CaseError. What a meeting has asked a releaser for may be released afterwards: it was told there.
    """
    if channel == Channel.MEETING or ground.basis != Basis.COOPERATION or purpose == Purpose.ACUTE:
        return
    if Group.objects.filter(pk=case.group_id, only_at_meetings=True).exists():
        raise CaseError(
            _("Her deler I kun på møderne. Gem det hos jer, og sig det på mødet, eller byg på borgerens samtykke.")
        )


def write_conditions(
    actor: Actor, case: Case, *, conditions: str, supervisor: str, allows: str = ""
) -> TreatmentSentence:
    """Behandlingsdom: vilkår, for an open case. Raises CaseError, sharing.services.NothingSaid."""
    return sharing.write_conditions(actor, locked(case), conditions=conditions, supervisor=supervisor, allows=allows)


def tell_conditions(
    actor: Actor,
    case: Case,
    row: TreatmentSentence,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    purpose: Purpose | str = Purpose.HELP,
    against_no: str = "",
) -> None:
    """Pass the conditions on to named parties. Raises CaseError, sharing.services.NotLawful and NothingSaid."""
    here = _with_parties(case, receivers)
    _require_meeting(here, ON_COOPERATION, purpose, Channel.HERE)
    sharing.pass_conditions_on(
        actor,
        here,
        row,
        receivers,
        necessity=necessity,
        purpose=purpose,
        brought_in=brought_in_ids(here),
        against_no=against_no,
    )
    stir(here)

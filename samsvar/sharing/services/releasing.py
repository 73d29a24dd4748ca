"""A draft goes to a named person of the own authority, who releases it or sends it back (L11, R-000-101)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.law.kinds import Basis, Purpose
from samsvar.partnerships.models import Authority
from samsvar.partnerships.selectors import may_release, releasers_of
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Contribution, InformationRequest, Release, ReleaseAnswer, RequestState, Weighed
from samsvar.sharing.services.about import AboutCase, NothingSaid, own_row, require_no_number
from samsvar.sharing.services.asking import answer_request
from samsvar.sharing.services.consenting import heed_no
from samsvar.sharing.services.contributing import contribution_subject, pass_on
from samsvar.sharing.services.grounds import ON_COOPERATION, Found, Ground, find_ground, keep_weighing, require_answers
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay


@dataclass
class _CaseOf:
    """What a releaser who does not reach the case knows of it."""

    id: UUID
    partnership_id: UUID
    group_id: UUID
    citizen_id: UUID | None
    reference: str


def ask_release(
    actor: Actor,
    case: AboutCase,
    contribution: Contribution,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    purpose: Purpose | str = Purpose.HELP,
    brought_in: Sequence[UUID] = (),
    against_no: str = "",
    ground: Ground = ON_COOPERATION,
    answers: tuple[InformationRequest, RequestState] | None = None,
) -> Release:
    """Ask those on the own authority's list to release a contribution. Nothing has passed until one of them does.

    The task lies on each one's table: of the writer's unit where it has somebody, else of the whole authority.
    `answers` is the question that it answers, and how fully (R-002-74). Raises SaidNo as `pass_on` does, NothingSaid
    without receivers, necessity or the proof of its `ground`, and for a contribution that already waits.
    """
    if not receivers:
        raise NothingSaid(_("Vælg, hvem der skal have det at vide."))
    require_no_number(necessity)
    if not any(character.isalpha() for character in necessity):
        raise NothingSaid(_("Skriv, hvorfor det er nødvendigt."))
    if Release.objects.filter(contribution=contribution, answer=ReleaseAnswer.WAITS).exists():
        raise NothingSaid(_("Bidraget venter allerede på frigivelse."))
    found = _proven(actor, case, contribution, receivers, ground, str(purpose))
    # Whoever asks reaches the case and meets the no; the releaser reads the reason.
    heed_no(actor, case, receivers, contribution.pk, against_no)
    row = Release(
        **own_row(actor, case),
        contribution=contribution,
        citizen_id=case.citizen_id,
        reference=case.reference,
        receiver_ids=[authority.pk for authority in receivers],
        brought_in_ids=list(brought_in),
        purpose=str(purpose),
        necessity=necessity.strip(),
        basis=found.basis.value,
        consent=found.consent,
        weighed=found.weighed if isinstance(found.weighed, Weighed) else None,
        against_no=against_no.strip()[:400],
        request=answers[0] if answers else None,
        request_state=answers[1] if answers else "",
    )
    row.save(force_insert=True)
    _lay_before_releasers(actor, row)
    _log(actor, row, "waits")
    return row


def _proven(
    actor: Actor,
    case: AboutCase,
    contribution: Contribution,
    receivers: Sequence[Authority],
    ground: Ground,
    purpose: str,
) -> Found:
    """What the request rests on, with its proof. Raises NothingSaid where that is lacking."""
    found = find_ground(actor, case, ground, receivers, contribution.information_type, purpose)
    if found.basis == Basis.CONSENT and (found.consent is None or not found.consent.stands()):
        raise NothingSaid(_("Der er intet samtykke i sagen, som dækker det."))
    if found.basis == Basis.OVERRIDING:
        # The assessment is the writer's, who reaches the case; the releaser reads it.
        of_case = contribution_subject(case, contribution.pk)
        found = replace(found, weighed=keep_weighing(actor, of_case, require_answers(ground.weighing)))
    return found


def _lay_before_releasers(actor: Actor, row: Release) -> None:
    """A task on each one's table: of the writer's unit where it has somebody, else of the whole authority."""
    listed = list(releasers_of(actor, actor.authority_id))
    near = [one for one in listed if one.unit_id is not None and one.unit_id == actor.unit_id] or listed
    people: list[UUID | None] = list(dict.fromkeys(one.capacity.person_id for one in near)) or [None]
    for person in people:
        lay(
            actor,
            TaskKind.RELEASE,
            partnership_id=row.partnership_id,
            authority_id=actor.authority_id,
            subject_kind="release",
            subject_id=row.pk,
            case_id=row.case_id,
            person_id=person,
            role="" if person else "releaser",
            reference=row.reference,
        )


_OVERTAKEN = {
    "over": gettext_lazy("Sagen er afsluttet, eller I er trådt ud af den. Send bidraget tilbage."),
    "receiver_left": gettext_lazy("En af modtagerne er ikke part i sagen længere. Send bidraget tilbage."),
    "said_no": gettext_lazy("Borgeren har sagt nej til, at det deles. Send bidraget tilbage."),
}


def release(actor: Actor, row: Release) -> None:
    """Pass the contribution on in the releaser's own name. Raises NothingSaid, NotLawful.

    Much may have happened since it was asked for: a receiver has left, or the citizen has said no. A releaser who does
    not reach the case does not see it, so the database is asked.
    """
    _require(actor, row)
    with connection.cursor() as cursor:
        cursor.execute("select sharing_overtaken(%s)", [row.pk])
        why = cursor.fetchone()[0]
    if why:
        raise NothingSaid(str(_OVERTAKEN[why]))
    contribution = row.contribution
    pass_on(
        actor,
        _case_of(row),
        contribution,
        list(Authority.objects.filter(pk__in=row.receiver_ids).order_by("name", "id")),
        necessity=row.necessity,
        purpose=row.purpose,
        brought_in=row.brought_in_ids,
        # The writer marked it and named the receivers; the releaser has read both.
        deliberate=True,
        against_no=row.against_no,
        ground=Found(Basis(row.basis), consent=row.consent, weighed=row.weighed),
    )
    _answer(actor, row, ReleaseAnswer.RELEASED)
    # Somebody may have answered it by other words meanwhile.
    if row.request is not None and row.request.is_open:
        answer_request(actor, row.request, RequestState(row.request_state), contribution_id=contribution.pk)


def send_back(actor: Actor, row: Release, note: str) -> None:
    """Do not release it as it stands, and say what it lacks. Raises NothingSaid without words."""
    _require(actor, row)
    if not note.strip():
        raise NothingSaid(_("Skriv, hvad der mangler."))
    _answer(actor, row, ReleaseAnswer.SENT_BACK, note)
    lay(
        actor,
        TaskKind.SENT_BACK,
        partnership_id=row.partnership_id,
        authority_id=row.authority_id,
        subject_kind="case",
        subject_id=row.case_id,
        case_id=row.case_id,
        person_id=row.by_id,
        reference=row.reference,
    )


def _require(actor: Actor, row: Release) -> None:
    if not (actor.owns(row.authority_id) and may_release(actor)):
        raise NothingSaid(_("Det kan kun de, der står på jeres liste over frigivere."))
    # Several may be asked to release: whoever comes second waits here, and finds it answered.
    waiting = Release.objects.select_for_update(of=("self",)).filter(pk=row.pk, answer=ReleaseAnswer.WAITS)
    if waiting.first() is None:
        raise NothingSaid(_("Der er allerede svaret på det."))


def _answer(actor: Actor, row: Release, answer: ReleaseAnswer, note: str = "") -> None:
    row.answer, row.note = answer, note.strip()[:400]
    row.answered_by_id, row.answered_at = actor.person_id, timezone.now()
    row.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    finish(actor, TaskKind.RELEASE, row.pk)
    _log(actor, row, answer.value)


def _case_of(row: Release) -> AboutCase:
    return _CaseOf(row.case_id, row.partnership_id, row.group_id, row.citizen_id, row.reference)


def _log(actor: Actor, row: Release, state: str) -> None:
    record(
        actor,
        Act.CHANGE,
        "release",
        row.pk,
        partnership_id=row.partnership_id,
        case_id=row.case_id,
        citizen_id=row.citizen_id,
        detail={"state": state},
    )

"""What the data protection officer does with the log, and what an authority answers its citizens."""

import secrets
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act, LogRow
from samsvar.audit.selectors import chain
from samsvar.audit.services import record
from samsvar.calendar.deadlines import deadline, due
from samsvar.citizens.vault import blind_index
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.rights.models import (
    Breach,
    Exemption,
    Hearing,
    LogReview,
    LogWatch,
    Outcome,
    OutsideLook,
    OutsideReason,
    Remark,
    RequestKind,
    RightsRequest,
    Verdict,
    Why,
)
from samsvar.rights.selectors import cases_named
from samsvar.rights.words import LOOKS, SearchReason
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay

OUTSIDE_HOURS = 24
_TRIES, _AT_ONCE = 6, 60
_RANDOM = secrets.SystemRandom()


class RightsError(Exception):
    """Something that cannot be done as it stands; the message is shown to the person."""


def citizen_of_number(actor: Actor, number: str, reason: SearchReason | str) -> UUID:
    """The citizen with this CPR number as the own authority's log names it; logged with the reason.

    A number that the own log does not know is answered with an id that is nobody's: the search then finds nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("select rights_citizen(%s)", [blind_index(number)])
        found = cursor.fetchone()[0]
    record(actor, Act.SEARCH, "log", citizen_id=found, purpose=str(reason), detail={"by": "number"})
    return found


def draw(actor: Actor, most: int = 10) -> int:
    """Draw looks at random for a second look. Returns how many; the same look is not drawn twice.

    The numbers of a chain have no gaps, so a number at random finds a row at random, however long the chain is.
    """
    head = chain(actor)
    if head is None or not actor.is_any("dpo"):
        return 0
    drawn: dict[int, LogRow] = {}
    for _try in range(_TRIES):
        span = range(head.first_seq, head.seq + 1)
        wanted = set(_RANDOM.sample(span, min(_AT_ONCE, len(span))))
        rows = LogRow.objects.filter(act__in=LOOKS, authority_id=actor.authority_id, seq__in=wanted).exclude(
            Q(person_id=None) | Q(person_id=actor.person_id)
        )
        known = set(
            LogReview.objects.filter(authority_id=actor.authority_id, seq__in=wanted).values_list("seq", flat=True)
        )
        for row in rows:
            if row.seq not in known and len(drawn) < most:
                drawn[row.seq] = row
        if len(drawn) >= most or len(span) <= _AT_ONCE:
            break
    LogReview.objects.bulk_create(
        [
            LogReview(
                id=uuid4(),
                authority_id=actor.authority_id,
                seq=row.seq,
                row_at=row.at,
                person_id=row.person_id,
                why=Why.RANDOM,
            )
            for row in drawn.values()
        ]
    )
    record(actor, Act.CREATE, "log_review", detail={"drawn": sorted(drawn)})
    return len(drawn)


def judge(actor: Actor, review: LogReview, verdict: Verdict | str, note: str) -> None:
    """Write the verdict on a drawn row: once. Raises RightsError for one's own look or one that is judged."""
    if review.person_id == actor.person_id:
        raise RightsError(_("Det er dit eget opslag. En anden skal vurdere det."))
    changed = LogReview.objects.filter(pk=review.pk, verdict="").update(
        verdict=verdict, note=note.strip(), judged_by_id=actor.person_id, judged_at=timezone.now()
    )
    if not changed:
        raise RightsError(_("Opslaget er vurderet i mellemtiden."))
    record(actor, Act.CHANGE, "log_review", review.pk, detail={"row": review.seq, "verdict": str(verdict)})


def set_watch(actor: Actor, **values: Any) -> None:
    """Say what the own authority wants drawn by itself."""
    if not actor.is_any("dpo"):
        raise RightsError(_("Det kan kun jeres databeskyttelsesrådgiver."))
    changed = LogWatch.objects.filter(authority_id=actor.authority_id).update(**values)
    if not changed:
        LogWatch.objects.bulk_create([LogWatch(id=uuid4(), authority_id=actor.authority_id, **values)])
    record(actor, Act.ADMINISTER, "log_watch", actor.authority_id, detail=values)


# The register


def register(
    actor: Actor,
    *,
    kind: RequestKind | str,
    who: str,
    identified_by: str,
    text: str,
    received_on: date,
    number: str = "",
    reference: str = "",
) -> RightsRequest:
    """Write down what a citizen asks the own authority for; its clock starts on the day it came (GDPR 12(3), RHL).

    The number is not kept: it only ties the request to the citizen. Raises RightsError for a case number that the
    authority has no case with.
    """
    cases = cases_named(actor, reference) if reference else ()
    if reference and not cases:
        raise RightsError(_("Jeres myndighed har ingen sag med det nummer."))
    made = RightsRequest(
        id=uuid4(),
        partnership_id=actor.partnership_ids[0],
        authority_id=actor.authority_id,
        kind=kind,
        who=who.strip(),
        about_id=citizen_of_number(actor, number, SearchReason.INSIGHT) if number else None,
        about_case_id=cases[0] if cases else None,
        reference=reference.upper(),
        identified_by=identified_by.strip(),
        text=text.strip(),
        received_on=received_on,
        due_on=due(deadline(f"rights_{actor.regime}", received_on), received_on),
        by_id=actor.person_id,
    )
    RightsRequest.objects.bulk_create([made])
    _log(actor, Act.CREATE, "rights_request", made.pk, made, {"kind": str(kind)})
    lay(
        actor,
        TaskKind.ATTENTION,
        partnership_id=made.partnership_id,
        authority_id=actor.authority_id,
        subject_kind="rights_request",
        subject_id=made.pk,
        role="dpo",
        due_on=made.due_on,
    )
    return made


def extend(actor: Actor, request: RightsRequest, until: date, because: str) -> None:
    """Take longer, for a reason that the citizen is told; at most two months more (GDPR 12(3))."""
    longest = due(deadline(f"rights_{actor.regime}_extended", request.received_on), request.received_on)
    if not request.due_on < until <= longest:
        raise RightsError(_("Højst tre måneder i alt, og senere end nu."))
    _change(actor, request, due_on=until, extended_because=because.strip())
    _log(actor, Act.CHANGE, "rights_request", request.pk, request, {"until": until.isoformat()})


def close(actor: Actor, request: RightsRequest, outcome: Outcome | str, answer: str) -> None:
    """Say how it ended and what the citizen was answered. A refusal rests on an exemption or says why."""
    _change(
        actor,
        request,
        outcome=outcome,
        answer=answer.strip(),
        answered_on=timezone.localdate(),
        closed_by_id=actor.person_id,
    )
    finish(actor, TaskKind.ATTENTION, request.pk)
    _log(actor, Act.CHANGE, "rights_request", request.pk, request, {"outcome": str(outcome)})


def _change(actor: Actor, request: RightsRequest, **fields: Any) -> None:
    if not RightsRequest.objects.filter(pk=request.pk, outcome="").update(**fields):
        raise RightsError(_("Anmodningen er besvaret i mellemtiden."))


def hear(actor: Actor, request: RightsRequest, other: Authority, question: str) -> Hearing:
    """Ask another controller about its own part; only one that is or was party to the same case, which knows of it."""
    made = Hearing(
        id=uuid4(),
        partnership_id=request.partnership_id,
        request=request,
        authority_id=request.authority_id,
        to_authority=other,
        reference=request.reference,
        question=question.strip(),
        asked_by_id=actor.person_id,
    )
    Hearing.objects.bulk_create([made])
    _log(actor, Act.CREATE, "hearing", made.pk, request, {"to": str(other.pk)})
    lay(
        actor,
        TaskKind.ATTENTION,
        partnership_id=request.partnership_id,
        authority_id=other.pk,
        subject_kind="hearing",
        subject_id=made.pk,
        role="dpo",
        reference=request.reference,
    )
    return made


def answer_hearing(actor: Actor, hearing: Hearing, answer: str) -> None:
    """Answer for the own part. Raises RightsError when a colleague has done so already."""
    answered = Hearing.objects.filter(pk=hearing.pk, answered_at=None).update(
        answer=answer.strip(), answered_by_id=actor.person_id, answered_at=timezone.now()
    )
    if not answered:
        raise RightsError(_("Der er svaret i mellemtiden."))
    finish(actor, TaskKind.ATTENTION, hearing.pk)
    record(actor, Act.CHANGE, "hearing", hearing.pk, partnership_id=hearing.partnership_id)


def exempt(
    actor: Actor, request: RightsRequest, *, what: str, paragraph: str, number: str, reason: str, review_on: date
) -> Exemption:
    """Keep something from the citizen: paragraph, number, reason, a name, and a day to look at it again (L21)."""
    made = Exemption(
        id=uuid4(),
        partnership_id=request.partnership_id,
        request=request,
        authority_id=request.authority_id,
        what=what.strip(),
        paragraph=paragraph.strip(),
        number=number.strip(),
        reason=reason.strip(),
        review_on=review_on,
        by_id=actor.person_id,
    )
    Exemption.objects.bulk_create([made])
    _log(actor, Act.CREATE, "exemption", made.pk, request, {"review_on": review_on.isoformat()})
    lay(
        actor,
        TaskKind.ATTENTION,
        partnership_id=request.partnership_id,
        authority_id=actor.authority_id,
        subject_kind="rights_request",
        subject_id=request.pk,
        role="dpo",
        due_on=review_on,
    )
    return made


def ask_outside(
    actor: Actor, partnership_id: UUID, reason: OutsideReason | str, *, number: str = "", reference: str = ""
) -> None:
    """Ask about a citizen outside the own cases. Nothing comes back: those it may concern are told (L17, L37).

    The same work for a number or a case that is there and for one that is not. Open for a day; always in the log.
    """
    citizen_id = None
    with connection.cursor() as cursor:
        if number:
            cursor.execute("select citizen_of(%s, %s)", [partnership_id, blind_index(number)])
            citizen_id = cursor.fetchone()[0]
        look = OutsideLook(
            id=uuid4(),
            partnership_id=partnership_id,
            authority_id=actor.authority_id,
            capacity_id=actor.capacity_id,
            citizen_id=citizen_id,
            reason=reason,
            by_id=actor.person_id,
            expires_at=timezone.now() + timedelta(hours=OUTSIDE_HOURS),
        )
        OutsideLook.objects.bulk_create([look])
        cursor.execute("select rights_ask(%s, %s)", [look.pk, reference])
    record(
        actor,
        Act.SEARCH,
        "outside",
        look.pk,
        partnership_id=partnership_id,
        citizen_id=citizen_id,
        purpose=str(reason),
    )


def report_breach(actor: Actor, **facts: Any) -> Breach:
    """Write a breach down; seventy-two hours run from when it was known (GDPR 33)."""
    made = Breach(id=uuid4(), authority_id=actor.authority_id, by_id=actor.person_id, **facts)
    Breach.objects.bulk_create([made])
    record(actor, Act.CREATE, "breach", made.pk)
    if actor.partnership_ids:
        lay(
            actor,
            TaskKind.ATTENTION,
            partnership_id=actor.partnership_ids[0],
            authority_id=actor.authority_id,
            subject_kind="breach",
            subject_id=made.pk,
            role="dpo",
            acute=True,
            due_on=timezone.localtime(due(deadline("breach_notice", timezone.localdate()), made.known_at)).date(),
        )
    return made


def change_breach(actor: Actor, breach: Breach, *, over: bool, **facts: Any) -> None:
    """Write on; `over` ends it, once it is said who was told or why not. Raises RightsError with the model's words."""
    for name, value in facts.items():
        setattr(breach, name, value)
    breach.closed_at = timezone.now() if over else None
    try:
        breach.validate_constraints()
    except ValidationError as error:
        breach.closed_at = None
        raise RightsError(" ".join(error.messages)) from error
    if not Breach.objects.filter(pk=breach.pk, closed_at=None).update(**facts, closed_at=breach.closed_at):
        raise RightsError(_("Bruddet er afsluttet i mellemtiden."))
    if over:
        finish(actor, TaskKind.ATTENTION, breach.pk)
    record(actor, Act.CHANGE, "breach", breach.pk, detail={"over": over})


class AboutCase(Protocol):
    """What this room needs to know of a case."""

    pk: UUID
    partnership_id: UUID
    citizen_id: UUID | None


def remark(actor: Actor, case: AboutCase, text: str) -> Remark:
    """Write down the citizen's own remark on what is said in a case. All who read the case read it."""
    made = Remark(
        id=uuid4(),
        partnership_id=case.partnership_id,
        authority_id=actor.authority_id,
        case_id=case.pk,
        text=text.strip(),
        by_id=actor.person_id,
    )
    Remark.objects.bulk_create([made])
    record(
        actor,
        Act.CREATE,
        "remark",
        made.pk,
        partnership_id=case.partnership_id,
        case_id=case.pk,
        citizen_id=case.citizen_id,
    )
    return made


def _log(actor: Actor, act: Act, kind: str, key: UUID, request: RightsRequest, detail: dict[str, str]) -> None:
    record(
        actor,
        act,
        kind,
        key,
        partnership_id=request.partnership_id,
        case_id=request.about_case_id,
        citizen_id=request.about_id,
        detail=detail,
    )

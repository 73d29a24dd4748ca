"""Between meetings: a question without a person, an NP-sag, a call that cannot wait (000 sections 2.6 to 2.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import (
    AcuteContact,
    AcuteTrigger,
    Case,
    Concern,
    Consult,
    EventKind,
    NetworkCase,
    NetworkOutcome,
)
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.story import danish, tell
from samsvar.law.assess import Assessment
from samsvar.law.kinds import InformationType, Purpose
from samsvar.law.warnings import has_cpr
from samsvar.partnerships.models import Authority, Group, Membership
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Channel, SubjectKind
from samsvar.sharing.services import NotLawful, Subject, disclose, weigh
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay

# NP-sager have numbers of their own: they are counted apart (R-000-47).
NETWORK_PREFIX = "NP"


def ask(actor: Actor, *, consult_id: UUID, group: Group, question: str, own_only: bool) -> Consult:
    """Ask the own member (`own_only`, R-000-32) or the whole group a question without a person (R-000-48, V-25).

    No person data, and so no legal gate. Raises CaseError when a CPR number stands in the question.
    """
    if has_cpr(question):
        raise CaseError(_("Her står noget, der ligner et CPR-nummer. Sparring er uden navn og nummer."))
    made = Consult.objects.filter(pk=consult_id, asked_by_id=actor.person_id).first()
    if made is not None:
        return made
    consult = Consult(
        id=consult_id,
        partnership_id=group.partnership_id,
        group=group,
        authority_id=actor.authority_id,
        asked_by_id=actor.person_id,
        question=question.strip(),
        own_only=own_only,
    )
    _insert_once(consult)
    for authority_id in sorted(seated_authorities(group), key=str):
        if own_only and not actor.owns(authority_id):
            continue
        lay(
            actor,
            TaskKind.ASK_MEMBER,
            partnership_id=group.partnership_id,
            authority_id=authority_id,
            subject_kind="consult",
            subject_id=consult.pk,
            group_id=group.pk,
            role="member",
        )
    record(actor, Act.CREATE, "consult", consult.pk, partnership_id=group.partnership_id)
    return consult


def answer_consult(actor: Actor, consult: Consult, answer: str) -> None:
    """Answer a question. Raises Overtaken when a colleague has answered, CaseError when a CPR number stands in it."""
    if has_cpr(answer):
        raise CaseError(_("Her står noget, der ligner et CPR-nummer. Sparring er uden navn og nummer."))
    answered = Consult.objects.filter(pk=consult.pk, answered_at=None).update(
        answer=answer.strip(),
        answered_by_id=actor.person_id,
        answered_by_authority_id=actor.authority_id,
        answered_at=timezone.now(),
    )
    if not answered:
        raise Overtaken(_("En kollega har svaret imens. Dit svar er ikke gemt."))
    finish(actor, TaskKind.ASK_MEMBER, consult.pk)
    record(actor, Act.CHANGE, "consult", consult.pk, partnership_id=consult.partnership_id)


def open_network_case(
    actor: Actor,
    *,
    network_case_id: UUID,
    group: Group,
    others: Sequence[Authority],
    subject: str,
    necessity: str,
    concern: Concern | None = None,
    with_concern: bool = True,
) -> NetworkCase:
    """Open an NP-sag with other authorities (R-000-45): a disclosure to them, and of the own concern behind it.

    Raises NotLawful, and CaseError where the partnership does not register NP-sager (R-000-47).
    """
    if not group.partnership.count_network_cases:
        raise CaseError(_("Jeres samarbejde registrerer ikke NP-sager."))
    made = NetworkCase.objects.filter(pk=network_case_id, opened_by_id=actor.person_id).first()
    if made is not None:
        return made
    with connection.cursor() as cursor:
        cursor.execute("select next_reference(%s, %s)", [group.partnership_id, NETWORK_PREFIX])
        reference = cursor.fetchone()[0]
    network_case = NetworkCase(
        id=network_case_id,
        partnership_id=group.partnership_id,
        group=group,
        reference=reference,
        authority_id=actor.authority_id,
        party_ids=[actor.authority_id],
        concern=concern,
        subject=subject.strip(),
        opened_by_id=actor.person_id,
    )
    _insert_once(network_case)
    citizen_id = concern.identity.citizen_id if concern is not None and concern.identity else None
    here = Subject(SubjectKind.NETWORK, network_case.pk, group.partnership_id, None, citizen_id, reference)
    disclose(
        actor,
        here,
        others,
        information_type=InformationType.CONCERN,
        purpose=Purpose.CLARIFY,
        necessity=necessity,
    )
    if concern is not None and with_concern:
        Concern.objects.filter(pk=concern.pk).update(group=group)
        disclose_concern(actor, concern, others, purpose=Purpose.CLARIFY, necessity=necessity)
    for authority in others:
        lay(
            actor,
            TaskKind.ATTENTION,
            partnership_id=group.partnership_id,
            authority_id=authority.pk,
            subject_kind="network",
            subject_id=network_case.pk,
            group_id=group.pk,
            role="member",
            reference=reference,
        )
    record(actor, Act.CREATE, "network", network_case.pk, partnership_id=group.partnership_id, citizen_id=citizen_id)
    return network_case


def end_network_case(actor: Actor, network_case: NetworkCase, *, outcome: NetworkOutcome, note: str) -> None:
    """How an NP-sag ended: internally, jointly, or on the PSP agenda (R-000-45). Raises Overtaken when it has ended."""
    ended = NetworkCase.objects.filter(pk=network_case.pk, ended_at=None).update(
        outcome=outcome, outcome_note=note.strip(), ended_at=timezone.now()
    )
    if not ended:
        raise Overtaken(_("En anden har afsluttet NP-sagen imens. Dit udfald er ikke gemt."))
    finish(actor, TaskKind.ATTENTION, network_case.pk)
    record(
        actor,
        Act.CHANGE,
        "network",
        network_case.pk,
        partnership_id=network_case.partnership_id,
        detail={"outcome": outcome.value},
    )


@dataclass(frozen=True)
class Call:
    """Who was called, when, and what came of it; typed by hand (R-000-50, R-000-53). `id` is made by the form."""

    id: UUID
    to_authority: Authority
    trigger: str
    called_at: datetime
    necessity: str
    spoke_with: str = ""
    what: str = ""
    doubt: bool = False
    acted_at: datetime | None = None


def log_call(
    actor: Actor,
    call: Call,
    *,
    partnership_id: UUID,
    group_id: UUID | None = None,
    concern: Concern | None = None,
    case: Case | None = None,
) -> AcuteContact:
    """Write down an acute call to another authority, which is a disclosure like any other (R-000-49, R-000-54).

    Frontline staff do not open doors (L11, house.md): their call is written down at once, and the own screeners and
    members let the other authority see it here. So it goes too where the rules find no basis and the caller is in
    doubt: the call was made, and is kept. Raises NotLawful without that tick.
    """
    made = AcuteContact.objects.filter(pk=call.id, by_id=actor.person_id).first()
    if made is not None:
        return made
    lawful = weigh_call(actor, call.to_authority, call.necessity, partnership_id=partnership_id)
    if not lawful.allowed and not call.doubt:
        raise NotLawful(lawful)
    contact = AcuteContact(
        id=call.id,
        partnership_id=partnership_id,
        group_id=group_id,
        concern=concern,
        case=case,
        authority_id=actor.authority_id,
        to_authority=call.to_authority,
        trigger=call.trigger,
        called_at=call.called_at,
        spoke_with=call.spoke_with.strip(),
        what=call.what.strip(),
        necessity=call.necessity.strip(),
        doubt=call.doubt,
        acted_at=call.acted_at,
        by_id=actor.person_id,
    )
    _insert_once(contact)
    if lawful.allowed and may_release(actor):
        _open_call(actor, contact, call.necessity)
    else:
        lay_acute(actor, contact, actor.authority_id)
    if call.trigger == AcuteTrigger.CHILDREN:
        # Whoever learns of a child in danger decides on notifying by themselves (L24).
        lay(
            actor,
            TaskKind.DECIDE_ON_CHILD,
            partnership_id=partnership_id,
            authority_id=actor.authority_id,
            subject_kind="acute",
            subject_id=contact.pk,
            case_id=contact.case_id,
            role="member",
            acute=True,
        )
    if case is not None:
        tell(
            actor,
            case,
            EventKind.ACUTE,
            danish(AcuteTrigger(call.trigger).label),
            about_authority_id=call.to_authority.pk,
        )
    record(
        actor,
        Act.CREATE,
        "acute",
        contact.pk,
        partnership_id=partnership_id,
        case_id=contact.case_id,
        citizen_id=_citizen_id(contact),
        detail={"doubt": call.doubt},
    )
    return contact


def weigh_call(actor: Actor, to_authority: Authority, necessity: str, *, partnership_id: UUID) -> Assessment:
    """What the rule pack says of telling this authority by phone (R-000-54)."""
    return weigh(
        actor,
        Subject(SubjectKind.ACUTE, to_authority.pk, partnership_id),
        [to_authority],
        information_type=InformationType.CONCERN,
        purpose=Purpose.ACUTE,
        necessity=necessity,
    )


def may_release(actor: Actor) -> bool:
    """Whether the actor may open a door for the own authority (sharing policies)."""
    return actor.is_any("screener", "member", "releaser")


def release_call(actor: Actor, contact: AcuteContact, necessity: str) -> None:
    """Let the authority that was called see the call here. Raises NotLawful (L11)."""
    finish(actor, TaskKind.ACUTE, contact.pk)
    _open_call(actor, contact, necessity)


def _open_call(actor: Actor, contact: AcuteContact, necessity: str) -> None:
    """Disclose a call, and the own concern behind it, to the one who was called, and lay it first on their table."""
    disclose(
        actor,
        Subject(SubjectKind.ACUTE, contact.pk, contact.partnership_id, contact.case_id, _citizen_id(contact)),
        [contact.to_authority],
        information_type=InformationType.CONCERN,
        purpose=Purpose.ACUTE,
        necessity=necessity,
        channel=Channel.PHONE,
    )
    concern = contact.concern
    if concern is not None:
        if contact.group_id is not None and concern.group_id is None:
            Concern.objects.filter(pk=concern.pk).update(group_id=contact.group_id)
        disclose_concern(
            actor,
            concern,
            [contact.to_authority],
            purpose=Purpose.ACUTE,
            necessity=necessity,
            channel=Channel.PHONE,
        )
    lay_acute(actor, contact, contact.to_authority_id)


def _citizen_id(contact: AcuteContact) -> UUID | None:
    if contact.case is not None:
        return contact.case.citizen_id
    if contact.concern is not None and contact.concern.identity is not None:
        return contact.concern.identity.citizen_id
    return None


def note_acted(actor: Actor, contact: AcuteContact, acted_at: datetime) -> None:
    """When somebody acted on the call: for evaluation, no deadline (R-000-52). Raises CaseError before the call."""
    if acted_at < contact.called_at:
        raise CaseError(_("Der kan ikke være handlet, før der blev ringet."))
    AcuteContact.objects.filter(pk=contact.pk).update(acted_at=acted_at)
    finish(actor, TaskKind.ACUTE, contact.pk)
    record(actor, Act.CHANGE, "acute", contact.pk, partnership_id=contact.partnership_id, case_id=contact.case_id)


def told_at(actor: Actor, group: Group, meeting_id: UUID) -> None:
    """Note that the group has heard of the NP-sager and acute calls that the actor may see (R-000-46, R-000-50)."""
    for rows in (NetworkCase.objects.all(), AcuteContact.objects.all()):
        rows.filter(group_id=group.pk, told_at_meeting_id=None).update(told_at_meeting_id=meeting_id)


@dataclass(frozen=True)
class Passed:
    """How long it took to act on a call, or how long it has been waiting: information, never a deadline (R-000-52)."""

    hours: int
    acted: bool

    @property
    def within(self) -> str:
        """ "day" within one day, "two_days" within 48 hours, else "later"."""
        if self.hours < 24:
            return "day"
        return "two_days" if self.hours < 48 else "later"


def time_passed(contact: AcuteContact) -> Passed:
    """Whole hours from the call until somebody acted, or until now."""
    until = contact.acted_at or timezone.now()
    return Passed(max(0, int((until - contact.called_at).total_seconds() // 3600)), contact.acted_at is not None)


def disclose_concern(
    actor: Actor,
    concern: Concern,
    others: Sequence[Authority],
    *,
    purpose: Purpose,
    necessity: str,
    channel: Channel = Channel.HERE,
    with_name: bool = True,
) -> None:
    """Open an own concern, and who it is about, to other authorities. A concern of another authority stays as it is."""
    if not actor.owns(concern.authority_id):
        return
    identity = concern.identity
    citizen_id = identity.citizen_id if identity is not None else None
    disclose(
        actor,
        Subject(SubjectKind.CONCERN, concern.pk, concern.partnership_id, concern.case_id, citizen_id),
        others,
        information_type=InformationType.CONCERN,
        purpose=purpose,
        necessity=necessity,
        channel=channel,
    )
    if with_name and identity is not None and actor.owns(identity.authority_id):
        disclose(
            actor,
            Subject(SubjectKind.IDENTITY, identity.pk, concern.partnership_id, concern.case_id, citizen_id),
            others,
            information_type=InformationType.IDENTITY,
            purpose=purpose,
            necessity=necessity,
            channel=channel,
        )


def lay_acute(actor: Actor, contact: AcuteContact, authority_id: UUID) -> None:
    """The call lies first on the table of the one who was called; before that, of those who may let them see it."""
    for role in ("screener", "member"):
        lay(
            actor,
            TaskKind.ACUTE,
            partnership_id=contact.partnership_id,
            authority_id=authority_id,
            subject_kind="acute",
            subject_id=contact.pk,
            case_id=contact.case_id,
            role=role,
            acute=True,
        )


def seated_authorities(group: Group) -> set[UUID]:
    """The authorities that have somebody at a table today."""
    return set(Membership.objects.filter(current(), group=group).values_list("capacity__authority_id", flat=True))


def _insert_once(row: Consult | NetworkCase | AcuteContact) -> None:
    """Insert a row whose id the form made. An id taken by a row that the actor does not see is answered neutrally."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise CaseError(_("Formularen er sendt før. Åbn den igen, og send på ny.")) from clash

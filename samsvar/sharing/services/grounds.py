"""What a disclosure rests on besides § 115: a consent of the case that covers it, or the five answers (L8, L10)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.law.assess import Weighing, says_something
from samsvar.law.kinds import Basis
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, Scope, Weighed
from samsvar.sharing.models.consent import receiver_key
from samsvar.sharing.services.about import AboutCase, NothingSaid, require_no_number


@dataclass(frozen=True)
class Ground:
    """What somebody says that a disclosure rests on. `weighing` is there for overriding interest alone."""

    basis: Basis = Basis.COOPERATION
    weighing: Weighing | None = None


ON_COOPERATION = Ground()


@dataclass(frozen=True)
class Found:
    """A ground with the row that proves it, as `disclose` and a request to release take it."""

    basis: Basis = Basis.COOPERATION
    consent: Consent | None = None
    weighed: Weighed | Weighing | None = None


def find_ground(
    actor: Actor,
    case: AboutCase,
    ground: Ground,
    receivers: Sequence[Authority],
    information_type: str,
    purpose: str,
) -> Found:
    """The consent that covers it, or the five answers as they stand. What is missing the law says afterwards."""
    if ground.basis == Basis.CONSENT:
        keys = [str(one.pk) for one in receivers]
        return Found(ground.basis, consent=consent_covering(actor, case.id, keys, [information_type], purpose))
    if ground.basis == Basis.OVERRIDING:
        return Found(ground.basis, weighed=ground.weighing)
    return Found()


def consent_covering(
    actor: Actor, case_id: UUID, receivers: Iterable[str], information_types: Iterable[str], purpose: str
) -> Consent | None:
    """The own authority's consent in a case for all of these receivers, kinds and this purpose, or None (L10).

    `receivers` are ids of authorities, or names of those outside the circle. One that stands comes before one that has
    lapsed or been withdrawn, so that the law can say why it does not reach.
    """
    keys = {receiver_key(one) for one in receivers}
    kinds = set(information_types)
    rows = Consent.objects.filter(case_id=case_id, authority_id__in=actor.authority_ids, scope=Scope.SHARE)
    fits = [
        row
        for row in rows.order_by("-at", "id")
        if keys <= row.keys and kinds <= set(row.information_types) and purpose in row.purposes
    ]
    return next((row for row in fits if row.stands()), fits[0] if fits else None)


def is_routine(actor: Actor, case_id: UUID, weighed: Weighed | Weighing | None) -> bool:
    """Whether the very same assessment has been used before: then it is no concrete one (L8, R-000-103, R-000-104).

    One decision may be told to several on the same day.
    """
    if weighed is None or not weighed.concrete.strip():
        return False
    same = Weighed.objects.filter(authority_id__in=actor.authority_ids, concrete__iexact=weighed.concrete.strip())
    if isinstance(weighed, Weighed):
        same = same.exclude(pk=weighed.pk)
    today = timezone.localdate()
    return any(case != case_id or timezone.localdate(at) != today for case, at in same.values_list("case_id", "at"))


class OfCase(Protocol):
    """The keys of a case, as the subject of a disclosure names them."""

    @property
    def partnership_id(self) -> UUID: ...
    @property
    def case_id(self) -> UUID | None: ...
    @property
    def group_id(self) -> UUID | None: ...


def require_answers(weighing: Weighing | None) -> Weighing:
    """The five answers, all of them. Raises NothingSaid, also for a CPR number in one."""
    if weighing is None or not all(says_something(text) for text in asdict(weighing).values()):
        raise NothingSaid(_("Svar på alle fem spørgsmål, og skriv, hvilken leder der har besluttet det."))
    require_no_number(*asdict(weighing).values())
    return weighing


def keep_weighing(actor: Actor, subject: OfCase, weighing: Weighing) -> Weighed:
    """Write the five answers down, beside what rests on them. Raises NothingSaid for what is about no case."""
    require_answers(weighing)
    if subject.case_id is None or subject.group_id is None:
        raise NothingSaid(_("Værdispring gælder én bestemt sag."))
    row = Weighed(
        id=uuid4(),
        partnership_id=subject.partnership_id,
        case_id=subject.case_id,
        group_id=subject.group_id,
        authority_id=actor.authority_id,
        by_id=actor.person_id,
        **{name: text.strip()[:400] for name, text in asdict(weighing).items() if name != "leader"},
        leader=weighing.leader.strip()[:160],
    )
    row.save(force_insert=True)
    return row

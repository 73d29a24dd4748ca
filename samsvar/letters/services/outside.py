"""Letters to those outside the circle: one way, on consent or overriding interest, to a named receiver (L7)."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.citizens.models import Identity
from samsvar.forms import looks_like_cpr
from samsvar.law.assess import Act as LegalAct
from samsvar.law.assess import Assessment, Consent, Receiver, Weighing, assess
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, InformationType, Purpose, Regime
from samsvar.letters.drafts import FILL_IN
from samsvar.letters.models import LEGAL_KIND, OutsideKind, OutsideLetter
from samsvar.letters.services.errors import LetterError
from samsvar.partnerships.selectors import may_release
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Channel, Disclosure, SubjectKind
from samsvar.sharing.services import NotLawful
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.services import lay


@dataclass(frozen=True)
class Yes:
    """The citizen's consent to this one letter (L10)."""

    given_on: date
    written: bool
    why_not_written: str = ""


@dataclass(frozen=True)
class Content:
    """What is to be told, to whom and why."""

    kind: OutsideKind
    name: str
    words: str
    information_types: Sequence[InformationType]
    purpose: Purpose
    necessity: str
    address: str = ""
    language: str = "da"
    secrecy_order: bool = True


def weigh_letter(actor: Actor, case: Case, content: Content, grounds: Yes | Weighing) -> Assessment:
    """What the rule pack says of the letter before it is sent. § 115 never carries it."""
    key = content.name.strip()
    given = None
    if isinstance(grounds, Yes):
        given = Consent(
            given_on=grounds.given_on,
            receivers=frozenset({key}),
            information_types=frozenset(content.information_types),
            purposes=frozenset({str(content.purpose)}),
            written=grounds.written,
            why_not_written=grounds.why_not_written,
            taken_by_police=actor.authority_kind == AuthorityKind.POLICE,
        )
    necessity = content.necessity.strip()
    same = Disclosure.objects.filter(authority_id__in=actor.authority_ids, necessity=necessity)
    return assess(
        LegalAct(
            cooperation=Cooperation(case.partnership.cooperation),
            sender=AuthorityKind(actor.authority_kind),
            receivers=(Receiver(kind=LEGAL_KIND[content.kind], name=key, key=key),),
            purpose=str(content.purpose),
            necessity=necessity,
            information_types=tuple(content.information_types),
            on=timezone.localdate(),
            # What a health authority writes to others is released as what it tells at the table is (L11).
            released_by_holder=may_release(actor),
            earlier_same_necessity=same.count() if necessity else 0,
            basis=Basis.CONSENT if isinstance(grounds, Yes) else Basis.OVERRIDING,
            sender_regime=Regime(actor.regime),
            consent=given,
            weighing=grounds if isinstance(grounds, Weighing) else None,
        )
    )


def send_letter(actor: Actor, case: Case, content: Content, grounds: Yes | Weighing) -> OutsideLetter:
    """Record the letter and what it discloses; it is printed afterwards (R-000-100, R-000-103, R-000-115).

    Raises NotLawful, and LetterError for a draft that is not filled in, a CPR number or an address that is protected.
    """
    if not actor.is_any("screener", "member", "releaser"):
        raise LetterError(_("Breve ud af huset sendes af den, der kan give oplysninger videre."))
    _check_words(actor, case, content)
    assessment = weigh_letter(actor, case, content, grounds)
    if not assessment.allowed:
        raise NotLawful(assessment)
    letter_id = uuid4()
    Disclosure.objects.bulk_create(
        [
            Disclosure(
                id=uuid4(),
                partnership_id=case.partnership_id,
                authority_id=actor.authority_id,
                case_id=case.pk,
                citizen_id=case.citizen_id,
                subject_kind=SubjectKind.LETTER,
                outside=content.name.strip(),
                subject_id=letter_id,
                information_type=kind.value,
                purpose=str(content.purpose),
                necessity=content.necessity.strip(),
                rule=assessment.rule,
                pack=assessment.pack,
                reasons=[asdict(reason) for reason in assessment.reasons],
                channel=Channel.HERE,
                by_id=actor.person_id,
                capacity_id=actor.capacity_id,
            )
            for kind in content.information_types
        ]
    )
    letter = OutsideLetter(
        id=letter_id,
        partnership_id=case.partnership_id,
        case=case,
        group_id=case.group_id,
        authority_id=actor.authority_id,
        by_id=actor.person_id,
        kind=content.kind,
        name=content.name.strip(),
        address=content.address.strip(),
        language="en" if content.language == "en" else "da",
        words=content.words.strip(),
        basis=(Basis.CONSENT if isinstance(grounds, Yes) else Basis.OVERRIDING).value,
        grounds={
            key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(grounds).items()
        },
        secrecy_order=content.secrecy_order,
    )
    letter.save(force_insert=True)
    record(
        actor,
        Act.DISCLOSE,
        SubjectKind.LETTER,
        letter.pk,
        partnership_id=case.partnership_id,
        case_id=case.pk,
        citizen_id=case.citizen_id,
        purpose=str(content.purpose),
        detail={"outside": str(content.kind), "rule": assessment.rule, "pack": assessment.pack},
    )
    waits = Task.objects.filter(kind=TaskKind.TELL_CITIZEN, subject_id=case.pk, done_at=None)
    # Somebody outside the circle knows now: the sender owes the citizen a word (L12; decisions.md, Told or not told).
    if not waits.exists():
        lay(
            actor,
            TaskKind.TELL_CITIZEN,
            partnership_id=case.partnership_id,
            authority_id=actor.authority_id,
            subject_kind="case",
            subject_id=case.pk,
            case_id=case.pk,
            role="member",
            reference=case.reference,
        )
    return letter


def acknowledge(actor: Actor, letter: OutsideLetter, on: date) -> None:
    """The receiver has said yes to the order of secrecy (R-000-114). Raises LetterError for an impossible day."""
    if not letter.secrecy_order or not timezone.localtime(letter.at).date() <= on <= timezone.localdate():
        raise LetterError(_("Skriv en dag fra brevets dato til i dag."))
    OutsideLetter.objects.filter(pk=letter.pk).update(acknowledged_on=on)
    _log(actor, letter, Act.CHANGE)


def printed(actor: Actor, letter: OutsideLetter) -> None:
    """Log that the letter was taken out on paper."""
    _log(actor, letter, Act.PRINT)


def _log(actor: Actor, letter: OutsideLetter, act: Act) -> None:
    record(
        actor,
        act,
        SubjectKind.LETTER,
        letter.pk,
        partnership_id=letter.partnership_id,
        case_id=letter.case_id,
        citizen_id=letter.case.citizen_id,
    )


def _check_words(actor: Actor, case: Case, content: Content) -> None:
    if not content.name.strip() or not content.words.strip():
        raise LetterError(_("Skriv, hvem brevet er til, og hvad der skal stå."))
    if any(mark in content.words for mark in FILL_IN):
        raise LetterError(_("Der står stadig noget i kantede parenteser, som skal skrives færdigt eller slettes."))
    if looks_like_cpr(content.words) or looks_like_cpr(content.necessity):
        raise LetterError(_("Et cpr-nummer hører ikke til i et brev. Tag det ud."))
    said = _squeezed(content.words)
    if case.citizen_id is None:
        return
    today = timezone.localdate()
    for identity in Identity.objects.filter(citizen_id=case.citizen_id, protected_until__gte=today):
        street = _squeezed(identity.address.partition(",")[0])
        if len(street) > 4 and street in said:
            raise LetterError(_("Borgerens adresse er beskyttet og må ikke stå i brevet. Tag den ud."))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())

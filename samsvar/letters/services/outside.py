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
from samsvar.cases.services.raising import subject_of
from samsvar.citizens.models import Identity
from samsvar.law.assess import Consent, Weighing
from samsvar.law.kinds import AuthorityKind, InformationType, Purpose
from samsvar.law.warnings import has_cpr
from samsvar.letters.drafts import FILL_IN
from samsvar.letters.models import LEGAL_KIND, OutsideKind, OutsideLetter
from samsvar.letters.services.errors import LetterError
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import SubjectKind
from samsvar.sharing.services import Outsider, disclose_outside


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


def send_letter(actor: Actor, case: Case, content: Content, grounds: Yes | Weighing) -> OutsideLetter:
    """Record the letter and what it discloses; it is printed afterwards (R-000-100, R-000-103, R-000-115).

    Raises NotLawful, and LetterError for a draft that is not filled in, a CPR number or an address that is protected.
    """
    if not actor.is_any("screener", "member", "releaser"):
        raise LetterError(_("Breve ud af huset sendes af den, der kan give oplysninger videre."))
    _check_words(actor, case, content)
    letter = OutsideLetter(
        id=uuid4(),
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
        grounds={
            key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(grounds).items()
        },
        secrecy_order=content.secrecy_order,
    )
    assessment = disclose_outside(
        actor,
        subject_of(case, SubjectKind.LETTER, letter.pk),
        Outsider(letter.name, LEGAL_KIND[content.kind]),
        information_types=content.information_types,
        purpose=content.purpose,
        necessity=content.necessity,
        grounds=_for_law(actor, content, grounds) if isinstance(grounds, Yes) else grounds,
    )
    letter.basis = assessment.basis.value
    letter.save(force_insert=True)
    return letter


def _for_law(actor: Actor, content: Content, given: Yes) -> Consent:
    """The yes to this very letter, as the law is asked about it."""
    return Consent(
        given_on=given.given_on,
        receivers=frozenset({content.name.strip()}),
        information_types=frozenset(content.information_types),
        purposes=frozenset({str(content.purpose)}),
        written=given.written,
        why_not_written=given.why_not_written,
        taken_by_police=actor.authority_kind == AuthorityKind.POLICE,
    )


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
    if has_cpr(content.words) or has_cpr(content.necessity):
        raise LetterError(_("Et CPR-nummer hører ikke til i et brev. Tag det ud."))
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

"""Letters to those outside the circle: one way, on consent or overriding interest, to a named receiver (L7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.cases.services.raising import subject_of
from samsvar.cases.services.rows import of_case
from samsvar.citizens.models import Identity
from samsvar.law.assess import Weighing
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.law.warnings import has_cpr
from samsvar.letters.drafts import FILL_IN
from samsvar.letters.models import LEGAL_KIND, OutsideKind, OutsideLetter
from samsvar.letters.services.errors import LetterError
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, ConsentForm, Scope, SubjectKind
from samsvar.sharing.selectors import contributions_of
from samsvar.sharing.services import Outsider, consent_covering, disclose_outside, take_consent

# Shorter ones are said by chance.
SHORTEST_PIECE = 20
MARKED = gettext_lazy(
    "Brevet gentager et bidrag, der er mærket: det handler også om en anden, eller det er en arbejdshypotese."
)


@dataclass(frozen=True)
class Yes:
    """The citizen's consent, as somebody writes it down while writing the letter (L10)."""

    given_on: date
    written: bool
    why_not_written: str = ""
    given_by: str = ""
    informed: bool = False


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
    asks_status: bool = False


def _rests_on(actor: Actor, case: Case, content: Content, grounds: Yes | Weighing | None) -> Consent | Weighing | None:
    """The consent that covers the letter; else the one that is written down with it. The five answers stand."""
    if isinstance(grounds, Weighing):
        return grounds
    kinds = [one.value for one in content.information_types]
    found = consent_covering(actor, case.pk, [content.name], kinds, str(content.purpose))
    if grounds is None or (found is not None and found.stands()):
        return found
    if found is not None and found.withdrawn_on is not None and grounds.given_on <= found.withdrawn_on:
        # What was taken back is not written down once more; a new yes comes after it.
        return found
    return take_consent(
        actor,
        case,
        scope=Scope.SHARE,
        information_types=[one.value for one in content.information_types],
        receivers=[],
        others=content.name,
        purposes=[str(content.purpose)],
        given=[grounds.given_by],
        form=ConsentForm.WRITTEN if grounds.written else ConsentForm.ORAL,
        why_oral=grounds.why_not_written,
        informed=grounds.informed,
        given_on=grounds.given_on,
    )


def send_letter(
    actor: Actor, case: Case, content: Content, grounds: Yes | Weighing | None, *, deliberate: bool = False
) -> OutsideLetter:
    """Record the letter and what it discloses; it is printed afterwards (R-000-100, R-000-103, R-000-115).

    On consent it rests on the case's own, or on the one that is written down with it (`grounds`, None for neither).
    Raises NotLawful, NothingSaid for a consent that says too little, and LetterError for a draft that is not filled in,
    a CPR number or an address that is protected.
    """
    if not actor.is_any("screener", "member", "releaser"):
        raise LetterError(_("Breve ud af huset sendes af den, der kan give oplysninger videre."))
    _check_words(actor, case, content)
    if content.asks_status and isinstance(grounds, Weighing):
        # R-002-82, L33: what a doctor knows is collected on the citizen's own yes.
        raise LetterError(_("En status fra lægen kan kun hentes, når borgeren har sagt ja."))
    if not deliberate and carries_marked(actor, case, content.words):
        raise LetterError(str(MARKED))
    letter = OutsideLetter(
        **of_case(actor, case),
        kind=content.kind,
        name=content.name.strip(),
        address=content.address.strip(),
        language="en" if content.language == "en" else "da",
        words=content.words.strip(),
        secrecy_order=content.secrecy_order,
    )
    passed = disclose_outside(
        actor,
        subject_of(case, SubjectKind.LETTER, letter.pk),
        Outsider(letter.name, LEGAL_KIND[content.kind]),
        information_types=content.information_types,
        purpose=content.purpose,
        necessity=content.necessity,
        grounds=_rests_on(actor, case, content, grounds),
    )
    letter.basis = (Basis.OVERRIDING if passed.weighed_id else Basis.CONSENT).value
    letter.consent, letter.weighed = passed.consent, passed.weighed
    letter.save(force_insert=True)
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


def carries_marked(actor: Actor, case: Case, words: str) -> bool:
    """Whether the words repeat a contribution that goes no further by itself (R-002-75, R-002-79)."""
    said = _squeezed(words)
    marked = [one for one in contributions_of(actor, case.pk) if one.is_marked]
    pieces = (_squeezed(piece) for one in marked for piece in re.split(r"[.!?\n]", one.text))
    return any(len(piece) >= SHORTEST_PIECE and piece in said for piece in pieces)


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

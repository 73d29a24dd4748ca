"""The citizen's yes and no: taken, withdrawn, met, and set aside only with a reason that is looked at afterwards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.law.assess import months_after, says_something
from samsvar.law.packs import current as current_pack
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import CitizensNo, Consent, ConsentForm, NoTo, Override, Scope
from samsvar.sharing.services.about import AboutCase, NothingSaid, own_row, require_no_number


class SaidNo(NothingSaid):
    """The citizen has said no, and no reason was given for doing it all the same. The message is shown as it stands."""


def lapses_latest(given_on: date) -> date:
    """The last day of a yes given on this day (L10): nobody can give a longer one."""
    return months_after(given_on, current_pack(timezone.localdate()).consent_months)


def take_consent(
    actor: Actor,
    case: AboutCase,
    *,
    scope: Scope | str,
    information_types: Sequence[str],
    receivers: Sequence[Authority],
    purposes: Sequence[str],
    given: Sequence[str],
    missing: Sequence[str] = (),
    form: ConsentForm | str = ConsentForm.WRITTEN,
    why_oral: str = "",
    informed: bool = False,
    given_on: date | None = None,
    valid_to: date | None = None,
    others: str = "",
    study: str = "",
    matter_id: UUID | None = None,
    network_id: UUID | None = None,
    referral_id: UUID | None = None,
) -> Consent:
    """Write down a yes (R-000-107, R-002-65). It lapses when the law says so (L10).

    Raises NothingSaid, also for a CPR number in any of its texts (L16).

    With `matter_id` it is of a matter of a Samarbejdsenhed, with `network_id` of a citizen's network, with
    `referral_id` of one thing that a unit asks of another: no case.
    """
    day = given_on or timezone.localdate()
    if day > timezone.localdate():
        raise NothingSaid(_("Et samtykke kan ikke være givet i fremtiden."))
    if scope == Scope.SHARE and not (information_types and purposes and (receivers or others.strip())):
        raise NothingSaid(_("Skriv, hvad der må deles, med hvem og hvorfor."))
    if scope == Scope.RESEARCH and not study.strip():
        raise NothingSaid(_("Skriv, hvilken undersøgelse det gælder."))
    if scope == Scope.RESEARCH and (information_types or receivers or others.strip()):
        raise NothingSaid(_("Et ja til en undersøgelse er ikke et ja til at dele. Skriv dem hver for sig."))
    if not [name for name in given if name.strip()]:
        raise NothingSaid(_("Skriv, hvem der har sagt ja."))
    require_no_number(*given, *missing, others, study, why_oral)
    elsewhere: dict[str, UUID | None] = {"matter_id": matter_id, "network_id": network_id, "referral_id": referral_id}
    elsewhere = {"case_id": None, **elsewhere} if any(elsewhere.values()) else {}
    row = Consent(
        **(own_row(actor, case) | elsewhere),
        scope=scope,
        study=study.strip(),
        information_types=list(information_types),
        receiver_ids=[one.pk for one in receivers],
        others=others.strip(),
        purposes=list(purposes),
        form=form,
        why_oral=why_oral.strip(),
        informed=informed,
        given=[name.strip()[:120] for name in given if name.strip()],
        missing=[name.strip()[:120] for name in missing if name.strip()],
        given_on=day,
        valid_to=min(valid_to or date.max, lapses_latest(day)),
    )
    try:
        row.validate_constraints(exclude=["case", "partnership", "authority", "by"])
    except ValidationError as error:
        raise NothingSaid(" ".join(error.messages)) from error
    row.save(force_insert=True)
    _log(actor, row, "consent", "taken")
    return row


def says_yes_too(actor: Actor, row: Consent, name: str) -> None:
    """One who was missing (another custody holder) has said yes. Raises NothingSaid (R-002-67)."""
    _own(actor, row)
    # Two parents may say theirs at once: the second is added to what the first has left.
    now = Consent.objects.select_for_update(of=("self",)).filter(pk=row.pk, withdrawn_on=None).first()
    if now is None or name not in now.missing:
        raise NothingSaid(_("Den person mangler ikke at sige ja."))
    row.missing = [one for one in now.missing if one != name]
    row.refused = [one for one in now.refused if one != name]
    row.given = [*now.given, name]
    row.save(update_fields=["missing", "refused", "given"])
    _log(actor, row, "consent", "another_yes")


def says_no(actor: Actor, row: Consent, name: str) -> None:
    """One who was missing (another custody holder) has said no: the yes of the others carries nothing (R-002-67).

    Who has said no can say yes later. Raises NothingSaid.
    """
    _own(actor, row)
    now = Consent.objects.select_for_update(of=("self",)).filter(pk=row.pk, withdrawn_on=None).first()
    if now is None or name not in now.missing or name in now.refused:
        raise NothingSaid(_("Den person mangler ikke at svare."))
    row.missing, row.refused, row.given = now.missing, [*now.refused, name], now.given
    row.save(update_fields=["refused"])
    _log(actor, row, "consent", "another_no")


def withdraw_consent(actor: Actor, row: Consent) -> None:
    """The citizen takes the yes back. Nothing more rests on it; what was told stays told (L10). Raises NothingSaid."""
    _own(actor, row)
    today = timezone.localdate()
    if not Consent.objects.filter(pk=row.pk, withdrawn_on=None).update(withdrawn_on=today):
        raise NothingSaid(_("Samtykket er allerede trukket tilbage."))
    row.withdrawn_on = today
    _log(actor, row, "consent", "withdrawn")


def note_no(
    actor: Actor,
    case: AboutCase,
    to: NoTo | str,
    *,
    about: Authority | None = None,
    person: str = "",
    words: str = "",
) -> CitizensNo:
    """The citizen's no, for all at the table to see (R-002-69). Raises NothingSaid, also for a CPR number (L16)."""
    if to == NoTo.PERSON and not person.strip():
        raise NothingSaid(_("Skriv, hvem borgeren siger nej til."))
    require_no_number(person, words)
    row = CitizensNo(
        **own_row(actor, case),
        to=to,
        about_authority=about,
        person=person.strip()[:160],
        words=words.strip()[:300],
    )
    row.save(force_insert=True)
    _log(actor, row, "no", str(to))
    return row


def end_no(actor: Actor, row: CitizensNo) -> None:
    """The citizen no longer says no. Raises NothingSaid for a no that another authority wrote down."""
    _own(actor, row)
    if CitizensNo.objects.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now()):
        _log(actor, row, "no", "ended")


def noes_against(actor: Actor, case_id: UUID, receivers: Sequence[Authority]) -> list[CitizensNo]:
    """The noes to sharing that telling these receivers would go against."""
    told = {one.pk for one in receivers}
    noes = CitizensNo.objects.filter(case_id=case_id, to=NoTo.SHARING, ended_at=None).select_related("about_authority")
    return [
        one for one in noes.order_by("at", "id") if one.about_authority_id is None or one.about_authority_id in told
    ]


def heed_no(
    actor: Actor, case: AboutCase, receivers: Sequence[Authority], subject_id: UUID, reason: str
) -> Override | None:
    """Stop at a no, or go on against it with a reason that a leader reads afterwards (R-002-68). Raises SaidNo.

    § 115 asks for no consent (R-000-108), so a no does not forbid; it is never passed over in silence.
    """
    if not noes_against(actor, case.id, receivers):
        return None
    if not says_something(reason):
        raise SaidNo(_("Borgeren har sagt nej til, at det deles. Skriv hvorfor, hvis I gør det alligevel."))
    require_no_number(reason)
    row = Override(
        **own_row(actor, case),
        reference=case.reference,
        subject_id=subject_id,
        reason=reason.strip()[:400],
    )
    row.save(force_insert=True)
    _log(actor, row, "override", "made")
    return row


def review_override(actor: Actor, row: Override, verdict: str) -> None:
    """A leader says what to think of it; nobody reviews what they did themselves. Raises NothingSaid."""
    _own(actor, row)
    if not actor.is_any("releaser") or row.by_id == actor.person_id:
        raise NothingSaid(_("Det er en anden leder, der ser på det."))
    if not verdict.strip():
        raise NothingSaid(_("Skriv din vurdering."))
    if not Override.objects.filter(pk=row.pk, reviewed_at=None).update(
        verdict=verdict.strip()[:400], reviewed_by_id=actor.person_id, reviewed_at=timezone.now()
    ):
        raise NothingSaid(_("Der er allerede set på det."))
    _log(actor, row, "override", "reviewed")


def _own(actor: Actor, row: Consent | CitizensNo | Override) -> None:
    if not actor.owns(row.authority_id):
        raise NothingSaid(_("Det kan kun den myndighed, der skrev det ned."))


def _log(actor: Actor, row: Consent | CitizensNo | Override, kind: str, state: str) -> None:
    record(
        actor,
        Act.CHANGE,
        kind,
        row.pk,
        partnership_id=row.partnership_id,
        case_id=row.case_id,
        detail={"state": state},
    )

"""What every step of a referral does: held, told to the other side, written once, and logged."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.directory.models import DirectoryEntry
from samsvar.law.kinds import Basis, Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import EntryKind, Referral, ReferralEntry, ReferralState
from samsvar.referrals.pack import Kind
from samsvar.referrals.services.errors import Overtaken, ReferralError, without_number
from samsvar.sharing.models import Consent, SubjectKind
from samsvar.sharing.services import Subject, disclose

LONGEST_MESSAGE = 2000


def require_step(row: Referral, state: ReferralState, steps: Sequence[tuple[ReferralState, ReferralState]]) -> None:
    """Raises Overtaken where no step of these leads to that state from where it stands."""
    if (row.state, state) not in steps:
        raise Overtaken(_("Det kan ikke gøres nu. Se siden igen."))


def change(row: Referral, version: int | None, **values: Any) -> None:
    """Write a step. Raises Overtaken when a colleague has written since `version`."""
    asked = Referral.objects.filter(pk=row.pk, version=row.version)
    if version is not None and version != row.version:
        raise Overtaken(_("En kollega har rettet det imens. Din tekst står her endnu: se den igennem, og send igen."))
    if not asked.update(**values, version=F("version") + 1):
        raise Overtaken(_("En anden var først. Se siden igen."))
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1


def consent_of(row: Referral) -> Consent | None:
    """The yes that it is sent on. Of what has come back, the latest that is seen: sending it again names it."""
    given = Consent.objects.filter(referral_id=row.pk)
    if row.state == ReferralState.RETURNED:
        return given.order_by("-at", "-id").first()
    return given.filter(pk=row.consent_id).first() if row.consent_id else None


def tell(actor: Actor, row: Referral, kind: EntryKind, receiver: bool = False) -> None:
    """Record that the other side is told. Raises NotLawful, ReferralError without the yes that it asks for.

    Another unit of the own authority is told too, on the same yes, and is no other authority (docs/decisions/0111).
    """
    to = row.authority_id if receiver else row.to_authority_id
    consent = consent_of(row)
    if row.kind is Kind.NOTIFICATION and receiver:
        # Only that it is there and taken up: the receipt that is owed to whoever must notify.
        return
    if row.basis == Basis.CONSENT and (consent is None or not consent.stands()) and not receiver:
        if consent is not None and consent.missing:
            raise ReferralError(_("Vent, til de også har sagt ja: %(who)s.") % {"who": ", ".join(consent.missing)})
        if len(row.template.bases) > 1:
            raise ReferralError(_("Skriv først, at borgeren har sagt ja, eller vælg en anden hjemmel."))
        raise ReferralError(_("Skriv først, at borgeren har sagt ja."))
    if actor.owns(to):
        return
    disclose(
        actor,
        Subject(SubjectKind.REFERRAL, row.pk, row.partnership_id, citizen_id=row.citizen_id),
        [Authority.objects.get(pk=to)],
        information_type=row.template.about,
        purpose=Purpose.HELP,
        necessity=_("%(what)s til %(unit)s: %(step)s")
        % {"what": row.template.da, "unit": (row.from_entry if receiver else row.to_entry).name, "step": kind.label},
        basis=Basis(row.basis),
        consent=consent if row.basis == Basis.CONSENT else None,
        child_at_risk=row.kind is Kind.NOTIFICATION,
    )


def note(
    actor: Actor,
    row: Referral,
    kind: EntryKind,
    *,
    receiver: bool,
    text: str = "",
    items: Sequence[str] = (),
    instead: DirectoryEntry | None = None,
    voices: Sequence[Mapping[str, str]] = (),
    inner: bool = False,
) -> None:
    """Write a line of the thread, of the one side or the other."""
    ReferralEntry(
        partnership_id=row.partnership_id,
        referral=row,
        authority_id=row.to_authority_id if receiver else row.authority_id,
        of_receiver=receiver,
        kind=kind,
        text=text,
        items=list(items),
        voices=[dict(one) for one in voices],
        instead=instead,
        inner=inner,
        by_id=actor.person_id,
    ).save(force_insert=True)


def said_in(text: str) -> str:
    """What was typed for the thread, without edges. Raises ReferralError for a CPR number and for too much."""
    said = text.strip()
    without_number(said)
    if len(said) > LONGEST_MESSAGE:
        raise ReferralError(_("Skriv det kortere: højst %(number)s tegn.") % {"number": LONGEST_MESSAGE})
    return said


def log(actor: Actor, act: Act, row: Referral, step: str) -> None:
    """One line of the log for a step of a referral."""
    record(
        actor,
        act,
        "referral",
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"step": step, "template": row.template_key},
    )

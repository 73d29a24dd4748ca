"""Contacts that are the unit's own until the citizen lifts it, and help without consent (L32, L35)."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.law.assess import says_something
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import CitizensNo, Disclosure, HelpDecision, NoTo, SubjectKind, Support, UnitContact
from samsvar.sharing.services.about import AboutCase, NothingSaid, own_row, require_no_number, require_of_case
from samsvar.sharing.services.consenting import heed_no
from samsvar.sharing.services.disclosing import Subject, disclose
from samsvar.sharing.services.grounds import Ground, find_ground

# R-004-67: force is not help, and is never written down as help.
_FORCE = re.compile(
    r"\b(magt|magtanvendelse\w*|fasthold\w*|tvang\w*|tving\w*|tvunget|force\w*|restrain\w*)\b", re.IGNORECASE
)


def write_contact(actor: Actor, case: AboutCase, support: Support | str, who: str, *, reach: str = "") -> UnitContact:
    """Write down who is in touch with the citizen. Raises NothingSaid, also for § 99 by one who is in no unit."""
    if not says_something(who):
        raise NothingSaid(_("Skriv, hvem der er kontakten."))
    require_no_number(who, reach)
    if support == Support.S99 and actor.unit_id is None:
        raise NothingSaid(_("En kontakt efter § 99 hører til i en enhed. Du står ikke i nogen."))
    row = UnitContact(
        **own_row(actor, case),
        unit_id=actor.unit_id,
        support=support,
        who=who.strip()[:120],
        reach=reach.strip()[:120],
    )
    row.save(force_insert=True)
    _log(actor, case, "unit_contact", row.pk, Act.CREATE)
    return row


def tell_contact(
    actor: Actor,
    case: AboutCase,
    row: UnitContact,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    against_no: str = "",
    brought_in: Sequence[UUID] = (),
) -> Disclosure:
    """Tell named parties of a contact. One under § 99 only on the citizen's own yes to each of them (L35, R-002-70).

    Raises NotLawful, NothingSaid, SaidNo.
    """
    require_of_case(case, row.case_id)
    ground = Ground(Basis.CONSENT if row.is_anonymous else Basis.COOPERATION)
    found = find_ground(actor, case, ground, receivers, InformationType.CONTACT.value, Purpose.HELP.value)
    heed_no(actor, case, receivers, row.pk, against_no)
    return disclose(
        actor,
        Subject(
            SubjectKind.CONTACT, row.pk, case.partnership_id, case.id, case.citizen_id, case.reference, case.group_id
        ),
        receivers,
        information_type=InformationType.CONTACT,
        purpose=Purpose.HELP,
        necessity=necessity,
        basis=found.basis,
        consent=found.consent,
        brought_in=brought_in,
    )


def end_contact(actor: Actor, case: AboutCase, row: UnitContact) -> bool:
    """The contact has ended: it is gone for everybody. False for one that is not the actor's to take away."""
    require_of_case(case, row.case_id)
    gone = UnitContact.objects.filter(pk=row.pk, authority_id__in=actor.authority_ids).delete()[0] > 0
    if gone:
        _log(actor, case, "unit_contact", row.pk, Act.CHANGE)
    return gone


def decide_help(
    actor: Actor,
    case: AboutCase,
    *,
    help: str,
    why: str,
    decided_by: str,
    until: date,
    review_on: date,
    since: date | None = None,
) -> HelpDecision:
    """Write down a decision to help without consent (L32, R-004-67). Raises NothingSaid with what is missing."""
    if not all(says_something(text) for text in (help, why, decided_by)):
        raise NothingSaid(_("Skriv hvilken hjælp, hvorfor uden samtykke, og hvem der har afgjort det."))
    if _FORCE.search(f"{help}\n{why}"):
        raise NothingSaid(_("Magt er ikke hjælp og kan ikke skrives ned som hjælp."))
    row = HelpDecision(
        **own_row(actor, case),
        help=help.strip()[:300],
        why=why.strip()[:400],
        decided_by=decided_by.strip()[:160],
        since=since or timezone.localdate(),
        until=until,
        review_on=review_on,
    )
    try:
        row.validate_constraints(exclude=["case", "partnership", "authority", "by"])
    except ValidationError as error:
        raise NothingSaid(" ".join(error.messages)) from error
    row.save(force_insert=True)
    _log(actor, case, "help_decision", row.pk, Act.CREATE)
    return row


def require_contact_allowed(actor: Actor, case: AboutCase) -> None:
    """Nobody is sent to a citizen who has said no to contact, but on a decision that stands (R-002-71, R-004-67).

    Raises NothingSaid.
    """
    today = timezone.localdate()
    noes = CitizensNo.objects.filter(case_id=case.id, to=NoTo.CONTACT, ended_at=None)
    if not any(no.about_authority_id is None or actor.owns(no.about_authority_id) for no in noes):
        return
    decided = HelpDecision.objects.filter(
        case_id=case.id, authority_id__in=actor.authority_ids, since__lte=today, until__gte=today
    )
    if not decided.exists():
        raise NothingSaid(
            _("Borgeren har sagt nej til kontakt. Hjælp uden samtykke kræver en afgørelse efter servicelovens § 82.")
        )


def _log(actor: Actor, case: AboutCase, kind: str, row_id: UUID, act: Act) -> None:
    record(
        actor,
        act,
        kind,
        row_id,
        partnership_id=case.partnership_id,
        case_id=case.id,
        citizen_id=case.citizen_id,
    )

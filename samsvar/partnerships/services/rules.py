"""What a partnership decides for itself: agreement, parameters, criteria, categories, numbers, measures (R-000-158)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samsvar.accounts.models import User
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import (
    Agreement,
    Authority,
    Category,
    Criterion,
    EmergencyContact,
    Measure,
    Partnership,
)
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.partnerships.services.rights import LEADING, change, log, require_own, require_owner, require_set_up, store
from samsvar.postgres.actor import Actor

# The region's own bodies: one of them stands for the region in the district's agreement (001 section 3.1).
OF_THE_REGION = {AuthorityKind.PSYCHIATRY.value, AuthorityKind.FORENSIC_PSYCHIATRY.value}

PARAMETERS = {
    "name",
    "police_district",
    "purpose",
    "reference_prefix",
    "name_in_advance",
    "age_limit",
    "means_required",
    "count_network_cases",
    "run_off_days",
    "stale_days",
    "hearing",
}


def set_parameters(actor: Actor | None, partnership: Partnership, **fields: Any) -> Partnership:
    """Change what differs between partnerships (000 chapter 9). Only what is in PARAMETERS."""
    if not fields.keys() <= PARAMETERS:
        raise ValueError(sorted(fields.keys() - PARAMETERS))
    require_set_up(actor, partnership)
    change(partnership, fields)
    log(actor, "partnership", partnership.pk, partnership_id=partnership.pk, changed=sorted(fields))
    return partnership


def adopt_agreement(
    actor: Actor | None,
    partnership: Partnership,
    *,
    text: str,
    in_force_from: date,
    parties: Sequence[Authority],
    by: User | None = None,
) -> Agreement:
    """A new version of the district's agreement; earlier ones are kept (R-001-3). `by` adopts it when nobody acts.

    Raises PartnershipError when the region is not among the parties, or a party does not take part.
    """
    require_set_up(actor, partnership)
    if not any(party.kind in OF_THE_REGION for party in parties):
        raise PartnershipError(_("Regionen skal være part i aftalen: vælg mindst en psykiatrisk myndighed."))
    taking_part = set(partnership.participations.filter(until=None).values_list("authority_id", flat=True))
    strangers = [party.name for party in parties if party.pk not in taking_part]
    if strangers:
        raise PartnershipError(_("%(who)s er ikke med i samarbejdet.") % {"who": ", ".join(strangers)})
    if actor is None and by is None:
        raise ValueError("an agreement is adopted by somebody")
    latest = partnership.agreements.aggregate(latest=Max("version"))["latest"] or 0
    agreement = Agreement(
        partnership=partnership,
        version=latest + 1,
        text=text.strip(),
        in_force_from=in_force_from,
        created_by_id=actor.person_id if actor else by.pk,  # type: ignore[union-attr]
    )
    try:
        with transaction.atomic():
            store(agreement, {"parties": parties})
    except IntegrityError as clash:
        raise PartnershipError(_("En anden har netop gemt en ny udgave af aftalen. Se den først.")) from clash
    log(actor, "agreement", agreement.pk, partnership_id=partnership.pk, version=agreement.version)
    return agreement


def add_criterion(actor: Actor | None, partnership: Partnership, danish: str, english: str = "") -> Criterion:
    """A criterion of the partnership's own, last on the list (R-001-7)."""
    return _add_word(actor, Criterion, partnership, danish, english)


def add_category(actor: Actor | None, partnership: Partnership, danish: str, english: str = "") -> Category:
    """A category of the partnership's own (R-000-41)."""
    return _add_word(actor, Category, partnership, danish, english)


def _add_word(actor: Actor | None, model: Any, partnership: Partnership, danish: str, english: str) -> Any:
    require_set_up(actor, partnership)
    rows = model.objects.filter(partnership=partnership)
    if rows.filter(danish__iexact=danish.strip()).exists():
        raise PartnershipError(_("Det står allerede på listen."))
    last = rows.aggregate(last=Max("position"))["last"]
    row = model(
        partnership=partnership,
        key=f"{slugify(danish)[:30] or 'egen'}-{uuid4().hex[:6]}",
        danish=danish.strip(),
        english=english.strip(),
        position=0 if last is None else last + 1,
    )
    store(row)
    log(actor, model._meta.model_name, row.pk, partnership_id=partnership.pk)
    return row


def change_rule(actor: Actor | None, row: Criterion | Category | Measure, **fields: Any) -> None:
    """Reword a criterion, category or measure, or take it out of use. Nothing is deleted: old cases refer to it."""
    if isinstance(row, Measure):
        require_own(actor, row.authority)
        allowed, partnership_id, authority_id = {"name", "active", "position"}, None, row.authority_id
    else:
        require_set_up(actor, row.partnership)
        allowed, partnership_id, authority_id = {"danish", "english", "active", "position"}, row.partnership_id, None
    if not fields.keys() <= allowed:
        raise ValueError(sorted(fields.keys() - allowed))
    change(row, fields)
    log(
        actor,
        row._meta.model_name or "",
        row.pk,
        authority_id=authority_id,
        partnership_id=partnership_id,
        changed=sorted(fields),
    )


def add_emergency_contact(
    actor: Actor | None, partnership: Partnership, *, name: str, phone: str, hours: str = ""
) -> EmergencyContact:
    """One of the place's own numbers, for what cannot wait (R-000-51)."""
    require_set_up(actor, partnership)
    contact = EmergencyContact(
        partnership=partnership,
        name=name,
        phone=phone,
        hours=hours,
        position=partnership.emergency_contacts.count(),
    )
    store(contact)
    log(actor, "emergency_contact", contact.pk, partnership_id=partnership.pk)
    return contact


def remove_emergency_contact(actor: Actor | None, contact: EmergencyContact) -> None:
    """Take a number off the list: a wrong number is worse than none."""
    require_set_up(actor, contact.partnership)
    log(actor, "emergency_contact", contact.pk, partnership_id=contact.partnership_id, removed=True)
    contact.delete()


def add_measure(actor: Actor | None, authority: Authority, name: str) -> Measure:
    """A measure that the authority already has; only such can be agreed on (R-000-82)."""
    if actor is None:
        require_owner()
    elif not actor.owns(authority.pk) or not actor.is_any("local_admin", *LEADING):
        raise PartnershipError(_("En indsats kan kun myndigheden selv skrive på listen."))
    if Measure.objects.filter(authority=authority, name__iexact=name.strip()).exists():
        raise PartnershipError(_("Det står allerede på listen."))
    measure = Measure(
        authority=authority,
        name=name.strip(),
        position=Measure.objects.filter(authority=authority).count(),
    )
    store(measure)
    log(actor, "measure", measure.pk, authority_id=authority.pk)
    return measure

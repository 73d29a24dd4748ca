"""What the citizen has been told, what is still to be told, and what the citizen has said."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from samsvar.cases.models import Case
from samsvar.citizens.models import Identity
from samsvar.letters.drafts import Passed
from samsvar.letters.models import CitizenWord, Notice
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Disclosure
from samsvar.sharing.selectors import disclosures_of


@dataclass(frozen=True)
class Sender:
    """Who writes: lines for the head of a letter, and where the receiver can call."""

    lines: tuple[str, ...]
    unit: str
    phone: str


def sender_of(actor: Actor) -> Sender:
    """The actor's unit and function. No staff name: the writer signs where the citizen has the name already."""
    post = Capacity.objects.select_related("unit").filter(pk=actor.capacity_id).first()
    unit = post.unit if post else None
    name = unit.name if unit else actor.authority_name
    phone = (unit.phone if unit else "") or (post.phone if post else "")
    hours = (unit.hours if unit else "") or (post.hours if post else "")
    lines = tuple(dict.fromkeys(line for line in (actor.authority_name, name, phone, hours) if line))
    return Sender(lines, name, phone)


def own_identity(actor: Actor, case: Case) -> Identity | None:
    """What the own authority itself knows of who the citizen is; the address comes from nobody else."""
    if case.citizen_id is None:
        return None
    found = Identity.objects.filter(citizen_id=case.citizen_id, authority_id__in=actor.authority_ids)
    return found.defer("cpr_cipher").first()


def passed_on(actor: Actor, case: Case) -> list[Disclosure]:
    """What the own authority has disclosed in a case, oldest first, with its receivers."""
    return [one for one in disclosures_of(actor, case.pk).reverse() if actor.owns(one.authority_id)]


def covered(actor: Actor, case: Case) -> set[UUID]:
    """The disclosures that the citizen has been told of."""
    told = Notice.objects.filter(case=case, authority_id__in=actor.authority_ids, told=True)
    return {one for row in told.values_list("disclosures", flat=True) for one in row}


def untold(actor: Actor, case: Case) -> list[Disclosure]:
    """What the own authority has disclosed and the citizen has not been told of (L12)."""
    known = covered(actor, case)
    return [one for one in passed_on(actor, case) if one.pk not in known]


def as_passed(actor: Actor, disclosures: list[Disclosure]) -> list[Passed]:
    """The same as lines for a letter: authorities as receivers, and those outside by the name that was written."""
    return [
        Passed(
            timezone.localtime(one.at).date(),
            tuple(receipt.authority.name for receipt in one.receipts.all()) or (one.outside,),
            one.information_type,
            one.purpose,
            one.rule,
            bool(one.outside),
        )
        for one in disclosures
        if one.receipts.all() or one.outside
    ]


def notices_of(actor: Actor, case: Case) -> QuerySet[Notice]:
    """The own authority's notices in a case, the newest first."""
    return Notice.objects.filter(case=case).select_related("by", "leader__person").order_by("-at", "id")


def words_of(actor: Actor, case: Case) -> QuerySet[CitizenWord]:
    """What the citizen or a companion has said to the own authority, the newest first."""
    return CitizenWord.objects.filter(case=case).select_related("by").order_by("-at", "id")


def find_notice(actor: Actor, notice_id: UUID) -> Notice | None:
    """One notice of the own authority, or None."""
    return Notice.objects.select_related("case", "leader__person", "authority", "by").filter(pk=notice_id).first()


def leaders_of(actor: Actor, today: date) -> QuerySet[Capacity]:
    """The own leaders who may answer for leaving a notice out."""
    return (
        Capacity.objects.filter(authority_id__in=actor.authority_ids, since__lte=today, roles__contains=["releaser"])
        .exclude(until__lt=today)
        .select_related("person")
        .order_by("person__name", "id")
    )

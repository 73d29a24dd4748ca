"""Who and what stands around a case to be chosen from: authorities, people, measures, criteria."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samsvar.cases.models import Case, CaseParty
from samsvar.partnerships.models import (
    Authority,
    Capacity,
    CapacityRole,
    Category,
    Criterion,
    Level,
    Measure,
    Membership,
)
from samsvar.partnerships.selectors import authorities_in
from samsvar.postgres.actor import Actor

_NO_CASE_WORK = [CapacityRole.DPO, CapacityRole.LOCAL_ADMIN]


def parties_of(actor: Actor, case: Case) -> QuerySet[Authority]:
    """The authorities at the table now."""
    now = CaseParty.objects.filter(case=case, until=None).values("authority_id")
    return Authority.objects.filter(pk__in=list(now.values_list("authority_id", flat=True))).order_by("name", "id")


def others_of(actor: Actor, case: Case) -> QuerySet[Authority]:
    """The other authorities at the table."""
    return parties_of(actor, case).exclude(pk__in=actor.authority_ids)


def possible_parties(actor: Actor, case: Case) -> QuerySet[Authority]:
    """The authorities of the partnership that are not at this table."""
    here = CaseParty.objects.filter(case=case, until=None).values_list("authority_id", flat=True)
    return authorities_in(actor, case.partnership).exclude(pk__in=list(here))


def fellow_authorities(actor: Actor) -> QuerySet[Authority]:
    """The other authorities of the actor's partnerships today."""
    today = timezone.localdate()
    return (
        Authority.objects.filter(
            Q(participations__until=None) | Q(participations__until__gte=today),
            participations__partnership_id__in=actor.partnership_ids,
            participations__since__lte=today,
        )
        .exclude(pk__in=actor.authority_ids)
        .distinct()
        .order_by("name", "id")
    )


def own_people(actor: Actor) -> QuerySet[Capacity]:
    """The posts of the own authority in which somebody works with citizens today, by name.

    Who sets up or watches over the data alone, without a seat at a table, is no colleague on a case (house.md, Roles).
    """
    today = timezone.localdate()
    sits = Membership.objects.filter(
        Q(until=None) | Q(until__gte=today), capacity=OuterRef("pk"), since__lte=today, group__level=Level.OPERATIVE
    )
    return (
        Capacity.objects.filter(
            Q(until=None) | Q(until__gte=today), authority_id__in=actor.authority_ids, since__lte=today
        )
        .exclude(~Q(roles=[]) & Q(roles__contained_by=_NO_CASE_WORK) & ~Exists(sits))
        .select_related("person")
        .order_by("person__name", "id")
    )


def measures_of(actor: Actor, case: Case) -> QuerySet[Measure]:
    """The measures that the authorities at the table already have (R-000-82, R-000-84)."""
    return (
        Measure.objects.filter(authority__in=parties_of(actor, case), active=True)
        .select_related("authority")
        .order_by("authority__name", "position", "name", "id")
    )


def criteria_of(actor: Actor, case: Case) -> QuerySet[Criterion]:
    """The traits that the partnership uses, and those the case already has."""
    return Criterion.objects.filter(Q(active=True) | Q(key__in=case.traits), partnership_id=case.partnership_id)


def categories_of(actor: Actor, case: Case) -> QuerySet[Category]:
    """The categories that the partnership uses (R-000-40)."""
    return Category.objects.filter(Q(active=True) | Q(pk=case.category_id), partnership_id=case.partnership_id)

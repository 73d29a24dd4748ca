"""A member leaves and a successor sits down: one step, so that no case, action or number is left behind (R-000-11)."""

from collections.abc import Callable

from django.db import connection
from django.utils.translation import gettext as _

from samsvar.partnerships.models import Capacity, Group, GroupFunction, Membership
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.partnerships.services.rights import current, log, require_lead
from samsvar.partnerships.services.seats import give_function, seat, unseat
from samsvar.postgres.actor import Actor
from samsvar.tasks.services import pass_on as pass_on_tasks

PassOn = Callable[[Actor, Capacity, Capacity, Group], int]
_passed_on: list[PassOn] = []


def passes_on(hook: PassOn) -> PassOn:
    """Register what a room above passes on: called with actor, leaving post, successor post and group; gives a count.

    Both posts belong to one authority, and the actor may hand over between them: the database checks it again.
    """
    if hook not in _passed_on:
        _passed_on.append(hook)
    return hook


def hand_over(actor: Actor, membership: Membership, successor: Capacity, reason: str = "") -> int:
    """Let `successor` take a member's place: seat, functions, tasks, what rooms above pass on, and the card.

    Gives how many tasks, assignments and actions passed on. Raises PartnershipError when the successor is not of the
    same authority: what the leaving member sees may not pass to another one in this way.
    """
    leaving, group = membership.capacity, membership.group
    require_lead(actor, group, leaving.authority_id)
    if successor.authority_id != leaving.authority_id:
        raise PartnershipError(_("Afløseren skal komme fra samme myndighed."))
    if successor.pk == leaving.pk:
        raise PartnershipError(_("Vælg en anden end den, der træder ud."))
    if not Capacity.objects.filter(current(), pk=successor.pk).exists():
        raise PartnershipError(_("Afløserens post er ophørt eller ikke begyndt."))
    why = reason.strip() or _("afløst")
    passed = pass_on_tasks(actor, leaving.pk, successor.pk, group.pk)
    passed += sum(hook(actor, leaving, successor, group) for hook in _passed_on)
    with connection.cursor() as cursor:
        cursor.execute("select partnerships_pass_on_card(%s, %s, %s)", [leaving.pk, successor.pk, group.pk])
    if not Membership.objects.filter(current(), group=group, capacity=successor).exists():
        seat(
            actor,
            group,
            successor,
            kind=membership.kind,
            deputises_for=membership.deputises_for,
            may_decide=membership.may_decide,
            close_to_practice=membership.close_to_practice,
            duty_to_attend=membership.duty_to_attend,
            mandate=membership.mandate,
            network=membership.network,
        )
    taking = Membership.objects.get(current(), group=group, capacity=successor)
    Membership.objects.filter(deputises_for=membership, until=None).update(deputises_for=taking)
    unseat(actor, membership, why)
    log(
        actor,
        "membership",
        taking.pk,
        authority_id=leaving.authority_id,
        partnership_id=group.partnership_id,
        took_over_from=str(membership.pk),
        passed_on=passed,
    )
    # Last: it may be the actor's own right to do all this that passes on.
    for held in GroupFunction.objects.filter(current(), group=group, capacity=leaving):
        give_function(actor, group, successor, held.function, reason=why)
    return passed

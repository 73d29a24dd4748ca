"""The people of an authority: the local administrator invites, ends and reviews own people, and nobody else's."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.accounts.invitations import send_invitation
from samsvar.accounts.models import User
from samsvar.partnerships.models import Authority, Capacity, CapacityRole, GroupFunction, Membership, Releaser, Unit
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.partnerships.services.rights import change, current, log, require_own, store
from samsvar.partnerships.services.seats import yesterday
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish

_POST = {"unit", "function", "roles", "phone", "hours"}


def appoint(
    actor: Actor | None,
    person: User,
    authority: Authority,
    *,
    function: str,
    roles: Iterable[CapacityRole | str] = (),
    unit: Unit | None = None,
    phone: str = "",
    hours: str = "",
    since: date | None = None,
) -> Capacity:
    """Give a person a post in the actor's own authority. Nothing is sent; `invite` does both."""
    require_own(actor, authority)
    if actor is not None and person.pk == actor.person_id:
        raise PartnershipError(_("Du kan ikke give dig selv en post, en plads eller en funktion. Bed en anden om det."))
    _of_this(authority, unit)
    post = Capacity(
        person=person,
        authority=authority,
        unit=unit,
        function=function.strip(),
        roles=sorted({str(role) for role in roles}),
        phone=phone.strip(),
        hours=hours.strip(),
        since=since or timezone.localdate(),
        invited_by_id=actor.person_id if actor else None,
        reviewed_on=timezone.localdate(),
    )
    store(post)
    log(actor, "post", post.pk, authority_id=authority.pk, roles=post.roles)
    return post


def invite(actor: Actor, *, email: str, name: str, authority: Authority, **post: Any) -> Capacity:
    """Invite a person into a post of the actor's own authority, with a link to choose a password.

    Somebody who works in another authority already keeps the name and password they have and gets one more post; the
    administrator is not told which of the two it was.
    """
    require_own(actor, authority)
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        person = User.objects.create_user(email.strip(), name.strip())
        log(actor, "person", person.pk, authority_id=authority.pk)
    elif Capacity.objects.filter(current(), person=person, authority=authority).exists():
        raise PartnershipError(_("Personen har allerede en post hos jer. Ret den i stedet."))
    capacity = appoint(actor, person, authority, **post)
    transaction.on_commit(lambda: send_invitation(person, authority.name))
    return capacity


def invite_again(actor: Actor, post: Capacity) -> None:
    """Send the link once more to somebody who has not used it."""
    require_own(actor, post.authority)
    log(actor, "post", post.pk, authority_id=post.authority_id, invited_again=True)
    transaction.on_commit(lambda: send_invitation(post.person, post.authority.name))


def change_post(actor: Actor | None, post: Capacity, **fields: Any) -> Capacity:
    """Change a post's function, unit, roles or card. Its person and authority stay: another one is another post."""
    if not fields.keys() <= _POST:
        raise ValueError(sorted(fields.keys() - _POST))
    require_own(actor, post.authority)
    if "unit" in fields:
        _of_this(post.authority, fields["unit"])
    if "roles" in fields:
        fields["roles"] = sorted({str(role) for role in fields["roles"]})
        _keeps_an_administrator(actor, post, fields["roles"])
    change(post, fields)
    log(actor, "post", post.pk, authority_id=post.authority_id, changed=sorted(fields))
    return post


def end_post(actor: Actor | None, post: Capacity, reason: str) -> None:
    """End a post now, with its seats, functions and open sessions. Hand over first, so that nothing is left behind."""
    require_own(actor, post.authority)
    _keeps_an_administrator(actor, post, ())
    why = reason.strip()[:200]
    Membership.objects.filter(capacity=post, until=None).update(until=yesterday(), end_reason=why)
    GroupFunction.objects.filter(capacity=post, until=None).update(until=yesterday(), reason=why)
    Releaser.objects.filter(capacity=post, until=None).update(until=yesterday())
    change(post, {"until": max(post.since, yesterday()), "end_reason": why})
    with connection.cursor() as cursor:
        cursor.execute("select partnerships_close_sessions(%s)", [post.pk])
    log(actor, "post", post.pk, authority_id=post.authority_id, ended=True)


def name_releaser(
    actor: Actor | None,
    authority: Authority,
    post: Capacity,
    *,
    unit: Unit | None = None,
    deputy: bool = False,
    hours: str = "",
    nights: bool = False,
) -> Releaser:
    """Put one of the own people on the list of those who release health information (L11). Raises PartnershipError.

    With the first name on it the list replaces the leaders whose post lets them release.
    """
    require_own(actor, authority)
    if post.authority_id != authority.pk:
        raise PartnershipError(_("Kun jeres egne folk kan stå på listen."))
    if actor is not None and post.person_id == actor.person_id:
        raise PartnershipError(_("Du kan ikke sætte dig selv på listen. Bed en anden om det."))
    _of_this(authority, unit)
    if Releaser.objects.filter(capacity=post, until=None).exists():
        raise PartnershipError(_("Personen står allerede på listen."))
    row = Releaser(
        authority=authority,
        capacity=post,
        unit=unit,
        deputy=deputy,
        hours=hours.strip(),
        nights=nights,
        since=timezone.localdate(),
    )
    store(row)
    log(actor, "releaser", row.pk, authority_id=authority.pk, post=str(post.pk))
    return row


def unname_releaser(actor: Actor | None, row: Releaser) -> None:
    """Take somebody off the list of those who release. Raises PartnershipError for another authority's list."""
    require_own(actor, row.authority)
    change(row, {"until": yesterday()})
    log(actor, "releaser", row.pk, authority_id=row.authority_id, ended=True)


def review_people(actor: Actor, authority: Authority, kept: Sequence[Capacity]) -> int:
    """The half-yearly review: these people still need what they have. Gives how many were reviewed."""
    require_own(actor, authority)
    reviewed = Capacity.objects.filter(current(), authority=authority, pk__in=[post.pk for post in kept]).update(
        reviewed_on=timezone.localdate()
    )
    # What is left is what the administrator has not vouched for: it is looked at person by person.
    finish(actor, TaskKind.REVIEW_PEOPLE, authority.pk)
    log(actor, "authority", authority.pk, authority_id=authority.pk, reviewed=reviewed)
    return reviewed


def edit_own_card(actor: Actor, *, phone: str, hours: str) -> None:
    """Mend the own card: the phone and hours that colleagues see (R-000-13)."""
    with connection.cursor() as cursor:
        cursor.execute("select capacity_card(%s, %s)", [phone.strip()[:40], hours.strip()[:120]])
    log(actor, "card", actor.capacity_id)


def _of_this(authority: Authority, unit: Unit | None) -> None:
    if unit is not None and unit.authority_id != authority.pk:
        raise PartnershipError(_("Enheden hører til en anden myndighed."))


def _keeps_an_administrator(actor: Actor | None, post: Capacity, roles: Iterable[str]) -> None:
    """An authority without a local administrator could only be helped by whoever runs the system."""
    if actor is None or CapacityRole.LOCAL_ADMIN not in post.roles or CapacityRole.LOCAL_ADMIN in roles:
        return
    others = Capacity.objects.filter(
        current(), authority_id=post.authority_id, roles__contains=[CapacityRole.LOCAL_ADMIN.value]
    ).exclude(pk=post.pk)
    if not others.exists():
        raise PartnershipError(_("I skal have mindst én lokal administrator. Giv først en anden rollen."))

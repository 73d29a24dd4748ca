"""The first administrator of an authority, made by whoever runs the system (`samsvar admin`)."""

from django.db import transaction

from samsvar.accounts.invitations import invitation_link
from samsvar.accounts.models import User
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Authority, Capacity, CapacityRole, Participation, Partnership
from samsvar.partnerships.services.people import appoint
from samsvar.partnerships.services.rights import current, require_owner
from samsvar.partnerships.services.structure import add_authority, found_partnership, join


@transaction.atomic
def first_administrator(
    *,
    email: str,
    name: str,
    authority: str,
    kind: AuthorityKind | str,
    partnership: str,
    reference_prefix: str = "PSP",
    function: str = "Lokal administrator",
) -> tuple[Capacity, str]:
    """Make an authority's first local administrator; gives the post, and the link with which the password is chosen.

    Partnership and authority are made when no row has that name yet, so that a district's authorities can be added one
    command at a time. Runs on the owner's connection. Whoever runs the system gets no access by it (house.md, Roles).
    """
    require_owner()
    place = Partnership.objects.filter(name=partnership).first() or found_partnership(
        None, name=partnership, reference_prefix=reference_prefix
    )
    controller = Authority.objects.filter(name=authority).first() or add_authority(
        None, name=authority, short_name=authority[:24], kind=kind
    )
    if not Participation.objects.filter(current(), partnership=place, authority=controller).exists():
        join(None, controller, place)
    person = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)
    post = appoint(None, person, controller, function=function, roles=[CapacityRole.LOCAL_ADMIN])
    return post, invitation_link(person)

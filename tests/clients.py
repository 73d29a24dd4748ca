"""A signed-in browser for a seat of the small world."""

from django.conf import settings
from django.test import Client

from samsvar.accounts.chairs import SESSION_POST, open_actor, token_of
from samsvar.accounts.models import User
from samsvar.accounts.sessions import DEMO
from tests.world import World


def sit(world: World, seat: str) -> Client:
    """A client whose person acts in the post of this seat, such as "police.member"."""
    place = world.seats[seat]
    client = Client(headers={"accept-language": "da"})
    client.force_login(User.objects.get(pk=place.person), backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    # As one click does in the demonstration: nobody is asked for a second key.
    session[DEMO] = True
    session[SESSION_POST] = str(place.post)
    session.save()
    assert open_actor(token_of(session.session_key or "", place.post), place.person, place.post)
    return client

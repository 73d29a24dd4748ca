"""A signed-in browser for a seat of the small world."""

from django.test import Client

from samsvar.accounts.chairs import SESSION_POST, open_actor, token_of
from samsvar.accounts.models import User
from tests.world import World


def sit(world: World, seat: str) -> Client:
    """A client whose person acts in the post of this seat, such as "police.member"."""
    place = world.seats[seat]
    client = Client(headers={"accept-language": "da"})
    client.force_login(User.objects.get(pk=place.person), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SESSION_POST] = str(place.post)
    session.save()
    assert open_actor(token_of(session.session_key or "", place.post), place.person, place.post)
    return client

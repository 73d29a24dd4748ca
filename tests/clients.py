"""A signed-in browser for a seat of the small world."""

from django.test import Client
from django.urls import reverse

from tests.world import World


def sit(world: World, seat: str, language: str = "da") -> Client:
    """A browser in which somebody sits in this chair ("police.member"), by the demonstration's one click."""
    client = Client(headers={"accept-language": language})
    answer = client.post(reverse("accounts:demo_sit"), {"post": str(world.seats[seat].post)})
    assert answer.status_code == 302, answer.content
    return client

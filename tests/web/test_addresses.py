"""No address leads to an empty page: one that only takes a form leads on to the page that holds it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from samsvar.web.errors import page_above
from tests.attack.walk import WORDS, routes
from tests.clients import sit
from tests.meetings.test_meeting import plan_one
from tests.world import World


def test_the_address_of_a_button_leads_to_the_page_with_the_button(world: World) -> None:
    meeting = plan_one(world, 0)
    answer = sit(world, "social.member").get(f"/moeder/{meeting.pk}/slut/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/moeder/{meeting.pk}/"


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/moeder/nyt/", "/moeder/"),
        ("/moeder/efter-rytmen/6f1c9d0e-0000-4000-8000-000000000000/", "/moeder/"),
        ("/sprog/", "/"),
        ("/", "/"),
        ("", "/"),
        ("/findes//ikke", "/"),
    ],
)
def test_the_page_above_is_an_address_that_exists(path: str, above: str) -> None:
    assert page_above(path) == above


def _filling(name: str, part: str) -> object:
    """A word or a number where the address wants one, else a key that is nobody's."""
    room = name.partition(":")[0]
    return WORDS.get(f"{room}:{part}") or WORDS.get(part) or uuid4()


def test_no_address_answers_an_opened_link_with_nothing(world: World) -> None:
    client = sit(world, "police.member")
    for route in routes():
        address = reverse(route.name, kwargs={part: _filling(route.name, part) for part in route.parts})
        for _step in range(5):
            answer = client.get(address)
            assert answer.status_code != 405, address
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/"):
                break
            # A page above may be the address of a button too; each step is shorter, so there is an end.
            address = answer.headers["Location"]
        else:
            pytest.fail(f"{route.name} leads nowhere")


def test_what_is_sent_to_a_page_that_takes_nothing_is_given_back(world: World) -> None:
    answer = sit(world, "social.member").post(f"/moeder/{plan_one(world).pk}/", {"note": "Mine lange ord"})
    assert answer.status_code == 405
    assert "Mine lange ord" in answer.content.decode()
    assert "Der kan ikke sendes noget hertil" in answer.content.decode()

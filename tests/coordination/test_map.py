"""The network map: drawn with the citizen, as it stood on a day, seen by those inside and by nobody else."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.drawing import drawing
from samsvar.coordination.models import CareNetwork, DrawnPerson
from samsvar.coordination.services import CoordinationError, Mark
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.coordination.ground import named
from tests.world import World

TYPED = {"name": "Mor", "kind": "private", "ring": "1", "weight": "both"}
TODAY = timezone.localdate()


@pytest.fixture
def url(network: CareNetwork) -> str:
    """The page of the map."""
    return reverse("coordination:map", args=[network.pk])


def test_somebody_is_drawn_and_stands_in_the_table_too(world: World, url: str) -> None:
    browser = sit(world, "social.frontline")
    assert browser.post(url, TYPED).status_code == 302
    browser.post(url, TYPED | {"name": "Karl fra SKP", "kind": "professional", "ring": "3", "weight": "supports"})
    said = browser.get(url).content.decode()
    assert 'class="map-both"' in said
    for words in ("Mor", "Både og", "Tæt på", "Karl fra SKP", "Fagperson", "Langt væk", "Støtter"):
        assert words in said.split("<table", 1)[1]


def test_how_it_was_can_be_seen_after_it_is_drawn_anew(
    world: World, network: CareNetwork, url: str, owner_connection: psycopg.Connection
) -> None:
    browser = sit(world, "social.frontline")
    browser.post(url, TYPED)
    then = TODAY - timedelta(days=100)
    owner_connection.execute("update coordination_drawnperson set since = %s", [then])
    owner_connection.commit()
    # The same name, written otherwise, is the same person
    assert browser.post(url, TYPED | {"name": "mor", "ring": "3", "weight": "burdens"}).status_code == 302
    now = browser.get(url).content.decode()
    assert "Langt væk" in now.split("<table", 1)[1].split("</table>")[0]
    was = browser.get(url, {"dag": then.isoformat()}).content.decode()
    table = was.split("<table", 1)[1].split("</table>")[0]
    assert "Tæt på</td>" in table
    assert "Både og" in table
    assert "Langt væk" not in table
    assert "Sådan så det ud" in was
    assert "Sæt på kortet" not in was


def test_somebody_is_rubbed_out_once(world: World, network: CareNetwork, url: str) -> None:
    browser = sit(world, "social.frontline")
    browser.post(url, TYPED)
    with acting(world.seats["social.frontline"].token):
        person = DrawnPerson.objects.get()
    out = reverse("coordination:rub_out", args=[network.pk, person.pk])
    assert browser.post(out).status_code == 302
    assert "Ingen er tegnet endnu." in browser.get(url).content.decode()
    assert browser.post(out).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Navn"),
        ({"name": "Mor Birgitte Prøvesen Hansen"}, "Skriv kun fornavnet"),
        ({"name": "611155-1111"}, "CPR"),
        ({"ring": "9"}, "Vælg en af mulighederne."),
        ({"ring": "x"}, "Vælg en af mulighederne."),
        ({"kind": ""}, "Vælg en af mulighederne."),
        ({"weight": ""}, "Vælg en af mulighederne."),
    ],
)
def test_what_is_wrong_is_said(world: World, url: str, wrong: dict[str, str], says: str) -> None:
    answer = sit(world, "social.frontline").post(url, TYPED | wrong)
    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize("day", ["x", "2026-13-40", "0001-01-01", "9999-12-31", ""])
def test_a_strange_day_is_no_fault(world: World, url: str, day: str) -> None:
    assert sit(world, "social.frontline").get(url, {"dag": day}).status_code == 200


def test_no_yes_opens_the_map(world: World, network: CareNetwork, url: str, lets_in: Callable[..., object]) -> None:
    with acting(world.seats["social.member"].token) as actor:
        named(actor, network)
        services.draw(actor, network, Mark("Mor", "private", 1, "both"))
        lets_in(actor, network, "psychiatry", True, "coordinator", "contacts", "meetings", "events", "wishes")
    assert sit(world, "psychiatry.frontline").get(url).status_code == 404
    # Nor a colleague who is outside
    assert sit(world, "social.frontline").get(url).status_code == 404
    with acting(world.seats["psychiatry.frontline"].token) as actor:
        assert not DrawnPerson.objects.exists()
        with pytest.raises(CoordinationError):
            services.draw(actor, network, Mark("Far", "private", 1, "both"))


def test_the_drawing_has_a_number_for_each_and_no_commas() -> None:
    persons = [DrawnPerson(name=f"Nr {n} med langt navn", ring=n % 3 + 1, kind="private") for n in range(9)]
    made = drawing(persons)
    assert [one.number for one in made.places] == list(range(1, 10))
    assert all("," not in one.x + one.y for one in made.places)
    assert all(len(one.label) <= 10 for one in made.places)
    assert not any(one.label for one in drawing(persons * 2).places)

"""The demonstration's chairs: one click, and never anywhere else."""

import psycopg
import pytest
from django.test import Client, override_settings
from django.urls import reverse

from samsvar.accounts.posts import demo_chairs
from tests.accounts.helpers import seated
from tests.world import World


def test_everybody_is_there_by_partnership_and_authority(world: World) -> None:
    page = Client().get(reverse("accounts:demo_chairs"))
    places = {place["name"]: place["authorities"] for place in page.context["partnerships"]}
    assert set(places) == {"Nabokredsen", "Prøvekredsen"}
    assert {authority["name"] for authority in places["Prøvekredsen"]} == {
        "Prøvekredsens Politi",
        "Prøveby Kommune",
        "Psykiatrien i Prøveby",
    }


def test_each_card_says_the_role_in_words(world: World, owner_connection: psycopg.Connection) -> None:
    owner_connection.execute(
        "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
        " values (gen_random_uuid(), %s, %s, 'coordinator', '2020-01-01', '')",
        [world.group, world.seats["social.member"].post],
    )
    owner_connection.commit()
    cards = {str(chair.post_id): chair for chair in demo_chairs()}
    assert "Koordinator" in cards[str(world.seats["social.member"].post)].roles_said
    assert "Frontlinje" in cards[str(world.seats["police.frontline"].post)].roles_said
    page = Client().get(reverse("accounts:demo_chairs")).content.decode()
    assert "Rolle: Lokal administrator" in page
    assert "Sidder i: Operativgruppen" in page
    english = Client(headers={"accept-language": "en"}).get(reverse("accounts:demo_chairs")).content.decode()
    assert "Role: Local administrator" in english


def test_one_click_changes_chair(world: World) -> None:
    client = seated(world.seats["police.member"])
    client.post(reverse("accounts:demo_sit"), {"post": str(world.seats["social.frontline"].post)})
    assert "Prøveby Kommune" in client.get(reverse("accounts:kept")).content.decode()


@pytest.mark.parametrize("name", ["accounts:demo_chairs", "accounts:demo_sit"])
def test_outside_the_demonstration_they_do_not_exist(world: World, name: str) -> None:
    with override_settings(DEMO=False, SECURE_SSL_REDIRECT=False):
        post = {"post": str(world.seats["police.member"].post)}
        assert Client().get(reverse("accounts:demo_chairs")).status_code == 404
        assert Client().post(reverse("accounts:demo_sit"), post).status_code == 404


def test_a_real_database_names_nobody_even_if_the_setting_were_wrong(
    world: World, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update samsvar_installation set kind = 'real'")
    owner_connection.commit()
    assert demo_chairs() == []
    answer = Client().post(reverse("accounts:demo_sit"), {"post": str(world.seats["police.member"].post)})
    assert answer.status_code == 404


def test_an_unknown_chair_is_not_found(world: World) -> None:
    for post in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert Client().post(reverse("accounts:demo_sit"), {"post": post}).status_code == 404

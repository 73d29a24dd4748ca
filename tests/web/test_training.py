"""Practising on invented cases: a place of its own, that real cases only have a link to (docs/decisions/0079)."""

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from samsvar.cli import CommandError, found_at
from tests.clients import sit
from tests.meetings.table import lead
from tests.world import World


@pytest.fixture
def real(settings: Settings) -> Settings:
    """An installation with real cases, reached without a proxy."""
    settings.DEMO, settings.SECURE_SSL_REDIRECT = False, False
    return settings


@pytest.mark.req("R-000-148")
def test_where_every_case_is_invented_there_are_exercises_and_a_way_to_them(world: World) -> None:
    page = Client().get(reverse("web:exercises")).content.decode()
    assert "Led et møde med tastaturet" in page
    assert reverse("accounts:demo_chairs") in page
    for name in ("web:desk", "web:help", "accounts:demo_chairs"):
        assert reverse("web:exercises") in sit(world, "police.member").get(reverse(name)).content.decode()


@pytest.mark.req("R-000-148")
def test_each_exercise_leads_to_the_chair_that_it_speaks_of(world: World, owner_connection: psycopg.Connection) -> None:
    lead(world, owner_connection, "social.member")
    for function, seat in (("Betjent", "police.frontline"), ("Oversygeplejerske", "psychiatry.member")):
        post = world.seats[seat].post
        owner_connection.execute("update partnerships_capacity set function = %s where id = %s", [function, post])
    owner_connection.commit()
    chairs = Client().get(reverse("web:exercises")).context["chairs"]
    assert {name: one.post_id for name, one in chairs.items()} == {
        "officer": world.seats["police.frontline"].post,
        "screener": world.seats["police.screener"].post,
        "nurse": world.seats["psychiatry.member"].post,
        "coordinator": world.seats["social.member"].post,
        "member": world.seats["police.member"].post,
        "dpo": world.seats["police.dpo"].post,
    }
    page = Client().get(reverse("web:exercises")).content.decode()
    client = Client()
    for name, target in (
        ("officer", "web:desk"),
        ("screener", "cases:screening"),
        ("nurse", "cases:list"),
        ("coordinator", "meetings:list"),
        ("member", "cases:list"),
        ("dpo", "rights:log"),
    ):
        assert f'value="{chairs[name].post_id}"' in page
        sat = client.post(
            reverse("accounts:demo_sit"), {"post": chairs[name].post_id, "next": reverse(target)}, follow=True
        )
        assert (sat.status_code, sat.redirect_chain[-1][0]) == (200, reverse(target)), name


def test_with_real_cases_there_are_none(world: World, real: Settings) -> None:
    assert Client().get(reverse("web:exercises")).status_code == 404


def test_with_real_cases_a_link_leads_to_the_training_ground(world: World, real: Settings) -> None:
    help_page = reverse("web:help")
    assert "Øv dig" not in Client().get(help_page).content.decode()
    real.TRAINING_ADDRESS = "https://oev.example"
    assert 'href="https://oev.example" rel="noreferrer"' in Client().get(help_page).content.decode()


def test_colleagues_reach_it_through_a_proxy_at_its_own_address() -> None:
    found = found_at("https://oev.example:8443/")
    assert found["SAMSVAR_ADDRESS"] == found["SAMSVAR_ORIGINS"] == "https://oev.example:8443"
    assert found["SAMSVAR_HOSTS"].split(",")[0] == "oev.example"


@pytest.mark.parametrize(
    "address",
    [
        *("oev.example", "https://oev.example/sti", "javascript:alert(1)", "https://", "https://[oev"),
        *("http://oev.example", "https://user:word@oev.example", "https://oev.example:port"),
        *("https://oev.example?x=1", "https://*", "https://a.example,b.example", "https://.example"),
    ],
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(CommandError):
        found_at(address)

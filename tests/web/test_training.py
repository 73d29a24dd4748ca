"""Practising on invented cases: a place of its own, that real cases only have a link to (docs/decisions/0079)."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from samsvar.cli import CommandError, found_at
from tests.clients import sit
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

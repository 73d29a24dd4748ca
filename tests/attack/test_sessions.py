"""What can be done with what lies in the database, and with a cookie that is no longer in use."""

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.clients import sit
from tests.world import World

COOKIE = settings.SESSION_COOKIE_NAME


def test_no_table_holds_what_the_cookie_holds(world: World, owner_connection: psycopg.Connection) -> None:
    client = sit(world, "police.member")
    key = client.cookies[COOKIE].value
    assert client.get(reverse("web:desk")).status_code == 200
    kept = owner_connection.execute("select session_key from django_session").fetchall()
    assert len(kept) == 1
    assert key not in {row[0] for row in kept}
    # And what the table holds opens nothing when it is sent as a cookie.
    thief = Client()
    thief.cookies[COOKIE] = kept[0][0]
    assert thief.get(reverse("web:desk")).status_code == 302


def test_sitting_down_again_leaves_the_old_cookie_and_token_dead(world: World) -> None:
    client = sit(world, "police.member")
    old = client.cookies[COOKIE].value
    client.post(reverse("accounts:lock"))
    client.post(reverse("accounts:unlock"), {"one_click": "1"})
    assert client.get(reverse("web:desk")).status_code == 200
    assert client.cookies[COOKIE].value != old
    thief = Client()
    thief.cookies[COOKIE] = old
    assert thief.get(reverse("web:desk")).status_code == 302


def test_a_locked_session_acts_no_more(world: World) -> None:
    client = sit(world, "police.member")
    client.post(reverse("accounts:lock"))
    assert client.get(reverse("web:desk")).status_code == 302
    assert client.post(reverse("cases:raise"), {"event_reference": "0700-1"}).status_code == 302


def test_a_post_that_ends_takes_the_session_with_it(world: World, owner_connection: psycopg.Connection) -> None:
    client = sit(world, "police.member")
    owner_connection.execute(
        "update partnerships_capacity set until = today() - 1 where id = %s", [world.seats["police.member"].post]
    )
    owner_connection.commit()
    assert client.get(reverse("web:desk")).status_code == 302


def test_a_person_who_is_barred_is_out_at_once(world: World, owner_connection: psycopg.Connection) -> None:
    client = sit(world, "police.member")
    owner_connection.execute(
        "update accounts_user set is_active = false where id = %s", [world.seats["police.member"].person]
    )
    owner_connection.commit()
    assert client.get(reverse("web:desk")).status_code == 302


def test_anothers_session_laid_into_the_own_row_opens_nothing(
    world: World, owner_connection: psycopg.Connection
) -> None:
    """Whoever can write the table of sessions, as the application can, becomes nobody by it."""
    owner_connection.execute("delete from django_session")
    owner_connection.commit()
    victim = sit(world, "psychiatry.member")
    rows = "select session_data from django_session"
    (theirs,) = owner_connection.execute(rows).fetchone()  # type: ignore[misc]
    thief = sit(world, "police.frontline")
    assert thief.get("/").status_code == 200
    owner_connection.execute("update django_session set session_data = %s", [theirs])
    owner_connection.commit()
    assert victim.get("/").status_code == 200
    answer = thief.get("/mig/stole/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/log-ind/")


@pytest.mark.parametrize("change", ["name = 'Kirsten Byglund'", "email = 'x@eksempel.dk'", "is_active = false"])
def test_nobody_signs_by_another_name_or_bars_a_colleague(
    world: World, app_connection: psycopg.Connection, change: str
) -> None:
    person = world.seats["police.member"].person
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute(f"update accounts_user set {change} where id = %s", [person])
    app_connection.rollback()
    app_connection.execute("update accounts_user set language = 'en' where id = %s", [person])

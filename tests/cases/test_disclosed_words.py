"""What a concern said when others were given it to read is what it says: for the receivers, and for its owner."""

from uuid import UUID

import psycopg
import pytest

from samsvar.cases.models import Concern
from samsvar.postgres.actor import acting
from tests.cases.test_screening import CASE, judge, second, tell
from tests.clients import sit
from tests.world import World

WORDS = {
    "text": "Noget helt andet",
    "event_reference": "B-2",
    "happened_on": "2020-01-01",
    "acute_trigger": "danger",
    "repeat_mark": "true",
    "why_without_consent": "Det sagde han",
    "channel": "mail",
    "identity_id": None,
}


def _on_the_table(world: World) -> Concern:
    concern, member = tell(world), sit(world, "police.member")
    done = second(member, concern, "dagsorden", judge(member, concern, "agenda"), **CASE)
    assert done.status_code == 302, done.context["form"].errors
    return concern


def _writes(app: psycopg.Connection, world: World, seat: str, concern: UUID, column: str, value: object) -> int:
    """Plain SQL in the application's role, acting as this seat; gives the number of rows changed. Nothing is kept."""
    app.execute("select set_config('samsvar.token', %s, true)", [world.seats[seat].token])
    try:
        return app.execute(f'update cases_concern set "{column}" = %s where id = %s', [value, concern]).rowcount
    finally:
        app.rollback()


@pytest.mark.attack
@pytest.mark.parametrize("column", WORDS)
@pytest.mark.parametrize("seat", ["social.member", "psychiatry.member", "police.member", "police.frontline"])
def test_nobody_rewrites_a_disclosed_concern(
    world: World, app_connection: psycopg.Connection, seat: str, column: str
) -> None:
    concern = _on_the_table(world)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _writes(app_connection, world, seat, concern.pk, column, WORDS[column])
    with acting(world.seats["social.member"].token):
        assert Concern.objects.get().text == concern.text


@pytest.mark.attack
def test_a_screener_it_was_sent_to_does_not_rewrite_it(world: World, app_connection: psycopg.Connection) -> None:
    concern, screener = tell(world), sit(world, "police.screener")
    page = judge(screener, concern, "elsewhere")
    social = str(world.authorities["social"])
    second(screener, concern, "anden-myndighed", page, authority=social, necessity="De har boligen")
    for seat in ("social.screener", "police.screener"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _writes(app_connection, world, seat, concern.pk, "text", "Noget andet")
    assert _writes(app_connection, world, "social.screener", concern.pk, "state", "not_psp") == 1


def test_its_owner_writes_on_until_it_has_been_disclosed(world: World, app_connection: psycopg.Connection) -> None:
    concern = tell(world)
    assert _writes(app_connection, world, "police.frontline", concern.pk, "text", "Flere linjer") == 1
    assert _writes(app_connection, world, "social.member", concern.pk, "text", "Flere linjer") == 0

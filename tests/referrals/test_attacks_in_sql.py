"""What one side of a pair could write in the other's name, or make of a citizen that it was only told of: by SQL."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from samsvar.referrals import services
from samsvar.referrals.models import Referral
from tests.referrals.ground import Units, again, said, sent

pytestmark = pytest.mark.attack

SENDER, RECEIVER = "social.frontline", "psychiatry.frontline"


@pytest.fixture
def row(units: Units) -> Referral:
    """A question that has been sent to the district."""
    with units.at(SENDER) as actor:
        return sent(actor, units, "job", "district", "statement", said(question="Kan han møde?"))


@pytest.fixture
def app(units: Units, row: Referral, app_connection: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The application's role, as nobody yet."""
    yield app_connection
    app_connection.rollback()


def refused(app: psycopg.Connection, units: Units, seat: str, statement: str, *values: object) -> bool:
    """Whether the database refuses a statement by somebody, at the latest when the transaction would end."""
    try:
        with app.transaction(force_rollback=True):
            app.execute("select set_config('samsvar.token', %s, true)", [units.world.seats[seat].token])
            changed = app.execute(statement, values).rowcount  # type: ignore[arg-type]
            app.execute("set constraints all immediate")
    except psycopg.errors.InsufficientPrivilege:
        return True
    assert changed == 1, "it must meet a row to be refused"
    return False


LINE = (
    "insert into referrals_referralentry (id, partnership_id, referral_id, authority_id, by_id, of_receiver, kind,"
    ' text, "inner", items, voices, at) select gen_random_uuid(), r.partnership_id, r.id, %s, %s, %s, %s, %s, false,'
    " '[]', '[]', now() from referrals_referral r where r.id = %s"
)


@pytest.mark.req("R-002-57")
@pytest.mark.parametrize(
    ("seat", "kind", "text", "is_refused"),
    [
        (SENDER, "answer", "", True),
        (SENDER, "closed", "", True),
        (SENDER, "receipt", "Vi tager over.", True),
        (SENDER, "message", "", False),
        (RECEIVER, "withdrawn", "", True),
        (RECEIVER, "again", "", True),
        (RECEIVER, "receipt", "", True),
        (RECEIVER, "message", "", False),
    ],
)
def test_nobody_writes_a_line_of_the_other_side(
    app: psycopg.Connection, units: Units, row: Referral, seat: str, kind: str, text: str, is_refused: bool
) -> None:
    who = units.world.seats[seat]
    values = (who.authority, who.person, seat == RECEIVER, kind, text, row.pk)
    assert refused(app, units, seat, LINE, *values) is is_refused


@pytest.mark.req("R-002-55")
@pytest.mark.parametrize(
    ("seat", "change"),
    [
        # Every later step adds one to it.
        (SENDER, "version = 2147483647"),
        (RECEIVER, "version = version - 1"),
        # Nobody would ever be late.
        (RECEIVER, "state = 'assessing', due_at = null"),
        (RECEIVER, "state = 'assessing', due_at = '2900-01-01'"),
        # Nor answered, without an answer.
        (RECEIVER, "answered_at = now()"),
        (RECEIVER, "started_at = now()"),
    ],
)
def test_no_side_shuts_the_row_for_the_other_nor_sets_its_days(
    app: psycopg.Connection, units: Units, row: Referral, seat: str, change: str
) -> None:
    assert refused(app, units, seat, f"update referrals_referral set {change} where id = %s", row.pk)
    assert not refused(app, units, seat, "update referrals_referral set version = version + 1 where id = %s", row.pk)


def _identity(units: Units, seat: str, citizen: UUID) -> tuple[str, list[object]]:
    who = units.world.seats[seat]
    return (
        "insert into citizens_identity (id, partnership_id, citizen_id, authority_id, name, name_key, known_as,"
        " pseudonym_number, sex, address, created_by_id, created_at, area_id, protected_until, birth_year)"
        " values (%s, %s, %s, %s, 'x', 'x', '', '', 'unknown', '', %s, now(), null, null, null)",
        [uuid4(), units.world.partnership, citizen, who.authority, who.person],
    )


@pytest.mark.req("R-000-97")
@pytest.mark.parametrize("seat", [RECEIVER, "psychiatry.admin", "psychiatry.dpo"])
def test_whoever_was_told_of_somebody_without_a_number_does_not_say_who_it_is(
    app: psycopg.Connection, units: Units, row: Referral, seat: str
) -> None:
    statement, values = _identity(units, seat, row.citizen_id)
    assert refused(app, units, seat, statement, *values)


def test_a_step_of_ones_own_is_taken_as_before(units: Units, row: Referral) -> None:
    with units.at(RECEIVER) as actor:
        services.look_into(actor, again(row))
    with units.at(RECEIVER) as actor:
        services.answer(actor, again(row), services.Reply("answered", "Ja"))
    with units.at(SENDER):
        assert again(row).answer == "answered"

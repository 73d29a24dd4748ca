"""Functions with borrowed rights, called by strangers with the ids of rows that are none of their business."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone

from samsvar.outcomes.policies import OPEN_DAYS
from samsvar.outcomes.selectors.published import published
from samsvar.postgres.provision import APP
from tests.attack.conftest import Intruder
from tests.conftest import FilledDatabase
from tests.filled import Filled

# How an argument is filled, by its name: always with what belongs to the police's open case.
ARGUMENTS: dict[str, Callable[[Filled], Any]] = {
    "the_case": lambda world: world.ids["case.open"],
    "the_citizen": lambda world: world.ids["citizen.open"],
    "the_identity": lambda world: world.ids["identity.open"],
    "the_group": lambda world: world.world.group,
    "the_partnership": lambda world: world.world.partnership,
    "the_meeting": lambda world: world.ids["meeting.approved"],
    "the_guest": lambda world: world.ids["guest"],
    "the_merge": lambda world: world.ids["merge"],
    "the_subject": lambda world: world.ids["concern.fresh"],
    "the_kind": lambda world: "acted",
    "the_prefix": lambda world: "FLT",
    "owner": lambda world: world.world.authorities["police"],
    "only_authority": lambda world: None,
    "who": lambda world: world.seat("police.member").person,
    "post": lambda world: world.seat("police.member").post,
    "leaving": lambda world: world.seat("police.member").post,
    "successor": lambda world: world.seat("police.screener").post,
    "keep": lambda world: world.ids["citizen.open"],
    "merge": lambda world: world.ids["citizen.closed"],
    "blind": lambda world: b"\x01" * 32,
    "the_hash": lambda world: b"\x01" * 32,
    "why": lambda world: "x",
    "words": lambda world: "kanarie",
    "part": lambda world: "kanarie",
    "closed_too": lambda world: True,
    "most": lambda world: 50,
    "entries": lambda world: '[{"act": "look", "subject_kind": "case"}]',
    "which": lambda world: "chair",
    "from_day": lambda world: "2026-01-01",
    "token": lambda world: "a token that was never given to anybody",
    "until_ts": lambda world: "2027-01-01",
    "proof": lambda world: b"",
    "row_id": lambda world: uuid4(),
    "sealed": lambda world: b"x",
    "ids": lambda world: [world.ids["case.open"], world.ids["citizen.open"]],
    "after": lambda world: "2020-01-01",
    "before": lambda world: "2100-01-01",
    "number": lambda world: 1000,
    "by_whom": lambda world: None,
    "did": lambda world: "",
    "the_reference": lambda world: "FLT-2026-001",
    "anchored": lambda world: 1,
    "anchored_sum": lambda world: "",
    "the_event": lambda world: world.ids["care.event"],
    "the_category": lambda world: "coordinator",
    "the_request": lambda world: world.ids["right"],
    "other": lambda world: world.world.authorities["social"],
    "the_disclosure": lambda world: world.ids["disclosure.contribution.told"],
    "receiver": lambda world: world.world.authorities["social"],
    "the_release": lambda world: world.ids["release"],
    "the_look": lambda world: world.ids["outside"],
    "these": lambda world: [world.ids["disposal"]],
    "step": lambda world: "propose",
    "new_phone": lambda world: "11 11 11 11",
    "the_year": lambda world: 2025,
    "the_half": lambda world: 1,
    "new_hours": lambda world: "altid",
    "the_network": lambda world: world.ids["care"],
    "the_version": lambda world: world.ids["care.ward.draft.version"],
    "the_before": lambda world: "2999-01-01",
    # The one day that figures are published for.
    "the_day": lambda world: published(timezone.localdate() - timedelta(days=OPEN_DAYS)),
    "the_figures": lambda world: "{}",
    "the_unread": lambda world: "{}",
}
# What a function may tell or do to a stranger, and why it is none of the citizen's business.
ALLOWED: dict[str, str] = {
    "actor_person": "oneself",
    "actor_capacity": "oneself",
    "actor_authorities": "oneself",
    "actor_groups": "oneself",
    "actor_partnerships": "oneself",
    "actor_seats": "oneself",
    "meetings_tables": "oneself",
    "directory_find": "units of the own partnerships, and no person",
    "referrals_raised": "names of units and days, for leaders of the own authority; no citizen",
    "moment": "the time",
    "accounts_demo_people": "employees who do not exist; only in a demonstration",
    "actor_roles": "oneself",
    "actor_enter": "who holds the token",
    "actor_close_all": "login ends sessions before anyone acts; ending them tells nothing",
    "actor_close": "login ends sessions before anyone acts; ending them tells nothing",
    "accounts_posts": "where an employee works; login asks before anyone acts",
    "accounts_has_kept": "whether an employee left a form half written; login asks before anyone acts",
    "accounts_keep": "keeps a form sealed for its writer, when nobody acts any more",
    "accounts_log_refusal": "a failed login is logged before anyone acts; audit_write takes nothing but refusals then",
    "capacity_card": "the own card",
    "retention_months": "how long an authority keeps a kind of thing",
    "outreach_phone_gone": "whether a phone that knows its own key is removed; nobody's key is answered alike",
    "steering_status": "counts for those with a seat, the small ones hidden; tests/steering asks strangers",
    "audit_link": "computes a sum of what it is given",
}
NOTHING: list[Any] = [None, False, 0, [], ""]


@dataclass(frozen=True)
class Function:
    """A function that the application may call."""

    name: str
    arguments: tuple[str, ...]


def functions(connection: psycopg.Connection) -> list[Function]:
    """Every function with borrowed rights that the application may call, from the catalogue."""
    rows = connection.execute(
        "select p.proname, coalesce(p.proargnames[1:p.pronargs], '{}') from pg_proc p"
        " where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype"
        " and has_function_privilege(%s, p.oid, 'execute') order by 1, p.pronargs",
        [APP],
    ).fetchall()
    return [Function(name, tuple(arguments)) for name, arguments in rows]


def _everything(connection: psycopg.Connection) -> dict[str, str]:
    """A sum of each table's rows, as the administrator sees them."""
    tables = connection.execute(
        "select oid::regclass::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        " and not relispartition"
    ).fetchall()
    return {
        table: connection.execute(
            f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t"
        ).fetchone()[0]
        for (table,) in tables
    }


def _told(connection: psycopg.Connection, function: Function, filled: Filled) -> list[Any]:
    """What calling the function answers; refusal is an answer that tells nothing."""
    values = [ARGUMENTS[argument](filled) for argument in function.arguments]
    try:
        with connection.transaction():
            return [
                row[0]
                for row in connection.execute(
                    f"select {function.name}({', '.join(['%s'] * len(values))})", values
                ).fetchall()
            ]
    except psycopg.errors.InsufficientPrivilege:
        return [None]
    except psycopg.errors.RaiseException:
        return [None]


@pytest.mark.parametrize("seat", ["outside.frontline", "police.steering", "police.colleague", None])
def test_a_stranger_learns_nothing_and_changes_nothing(
    superuser: psycopg.Connection, filled_database: FilledDatabase, seat: str | None
) -> None:
    filled = filled_database.filled
    found = functions(superuser)
    assert len(found) > 25
    before = _everything(superuser)
    told, changed = {}, {}
    for function in found:
        if function.name in ALLOWED:
            continue
        assert set(function.arguments) <= set(ARGUMENTS), f"{function}: say how its arguments are filled"
        with superuser.transaction(force_rollback=True):
            superuser.execute(f"set local session authorization {APP}")
            if seat:
                superuser.execute("select set_config('samsvar.token', %s, true)", [filled.seat(seat).token])
            answers = _told(superuser, function, filled)
            superuser.execute("reset session authorization")
            if any(answer not in NOTHING for answer in answers):
                told[function.name] = answers
            if seat != "police.colleague" and (
                different := [name for name, total in _everything(superuser).items() if before[name] != total]
            ):
                changed[function.name] = different
    # The police's own people may write in the police's log, number a case and write a citizen's number down.
    at_home = {"audit_write", "next_reference", "citizen_of", "was_party", "knows_identity", "own_identity_of"}
    own = at_home if seat and seat.startswith("police.") else set()
    assert set(told) - own == set(), told
    assert set(changed) - own == set(), changed


class TestTypingANumber:
    """Typing a CPR number tells nothing of whether, where or by whom the person is known (decisions.md, L37)."""

    def test_the_same_answer_for_a_known_and_a_new_number(self, intruder: Intruder) -> None:
        here = intruder.filled.world.partnership
        intruder.act_as("psychiatry.frontline")
        with intruder.connection.transaction(force_rollback=True):
            for blind in (b"\x01" * 32, b"\xfe" * 32):
                first = intruder.connection.execute("select citizen_of(%s, %s)", [here, blind]).fetchone()
                assert first == intruder.connection.execute("select citizen_of(%s, %s)", [here, blind]).fetchone()
                assert intruder.connection.execute("select * from own_identity_of(%s)", [first[0]]).fetchone() == (
                    None,
                )  # type: ignore[index]
                assert intruder.connection.execute("select id from citizens_citizen").fetchall() == []
                assert intruder.connection.execute("select open_case_of(%s)", [first[0]]).fetchone() == (None,)  # type: ignore[index]

    def test_not_in_a_partnership_one_is_not_in(self, intruder: Intruder) -> None:
        assert intruder.act_as("outside.member").refused(
            "select citizen_of(%s, %s)", intruder.filled.world.partnership, b"\x01" * 32
        )

    def test_an_unnamed_case_is_not_found_by_its_citizens_number(self, intruder: Intruder) -> None:
        citizen = intruder.ids["citizen.unnamed"]
        assert intruder.act_as("social.member").rows("select open_case_of(%s)", citizen) == [(None,)]
        assert intruder.act_as("police.member").rows("select open_case_of(%s)", citizen) == [
            (intruder.ids["case.unnamed"],)
        ]
        named = intruder.ids["citizen.open"]
        assert intruder.act_as("social.member").rows("select open_case_of(%s)", named) == [(intruder.ids["case.open"],)]
        assert intruder.act_as("psychiatry.member").rows("select open_case_of(%s)", named) == [(None,)]

    def test_learning_a_number_that_is_taken_says_nothing(self, intruder: Intruder) -> None:
        for blind in (b"\x01" * 32, b"\xfe" * 32):
            intruder.act_as("police.frontline")
            answer = intruder.rows("select citizen_gets_number(%s, %s)", intruder.ids["citizen.fresh"], blind)
            assert answer == [("",)]


class TestEndingThings:
    """Parties and tasks of a case are ended by those who work on it, once it is closed."""

    def test_no_party_ends_the_others(self, intruder: Intruder) -> None:
        for seat in ("social.member", "police.colleague", "police.steering", "outside.member"):
            assert intruder.act_as(seat).rows("select end_parties(%s, null, '')", intruder.ids["case.open"]) == [(0,)]

    def test_one_steps_out_oneself(self, intruder: Intruder) -> None:
        case, authorities = intruder.ids["case.open"], intruder.filled.world.authorities
        step = "select end_parties(%s, %s, '')"
        assert intruder.act_as("social.member").rows(step, case, authorities["social"]) == [(1,)]
        assert intruder.act_as("social.member").rows(step, case, authorities["police"]) == [(0,)]
        assert intruder.act_as("social.frontline").rows(step, case, authorities["social"]) == [(0,)]

    def test_tasks_of_an_open_case_stay(self, intruder: Intruder) -> None:
        assert intruder.act_as("police.member").rows("select tasks_finish_case(%s)", intruder.ids["case.open"]) == [
            (0,)
        ]


class TestTheLog:
    """Nobody writes in another's chain, nor tells of an act without acting."""

    def test_not_in_another_authoritys_chain(self, intruder: Intruder) -> None:
        intruder.act_as("outside.member")
        with pytest.raises(psycopg.errors.RaiseException):
            intruder.rows(
                "select audit_write(%s, null, null, %s::jsonb)",
                *(intruder.filled.world.authorities["police"], '[{"act": "look", "subject_kind": "case"}]'),
            )

    def test_whoever_does_not_act_tells_of_refusals_alone(self, intruder: Intruder) -> None:
        police, member = intruder.filled.world.authorities["police"], intruder.filled.seat("police.member")
        write = "select audit_write(%s, %s, %s, %s::jsonb) > 0"
        for act, refused in (("look", True), ("disclose", True), ("refuse", False)):
            entries = f'[{{"act": "{act}", "subject_kind": "case"}}]'
            assert refused == intruder.act_as(None).refused(write, police, member.person, member.post, entries), act

    def test_a_refusal_is_told_of_a_person_at_its_own_post(self, intruder: Intruder) -> None:
        """Without it whoever has the database's password fills any log with refusals in anybody's name."""
        police, social = (intruder.filled.world.authorities[name] for name in ("police", "social"))
        member, other = intruder.filled.seat("police.member"), intruder.filled.seat("social.member")
        write = "select audit_write(%s, %s, %s, %s::jsonb) > 0"
        entries = '[{"act": "refuse", "subject_kind": "case"}]'
        for owner, who, post, refused in (
            (police, member.person, None, True),
            (police, uuid4(), None, True),
            (police, uuid4(), member.post, True),
            (police, other.person, other.post, True),
            (social, member.person, member.post, True),
            (police, other.person, member.post, True),
            (police, member.person, member.post, False),
        ):
            assert refused == intruder.act_as(None).refused(write, owner, who, post, entries), (owner, who, post)

    def test_nothing_in_the_log_is_unreadable(self, intruder: Intruder) -> None:
        police, member = intruder.filled.world.authorities["police"], intruder.filled.seat("police.member")
        write = "select audit_write(%s, %s, %s, %s::jsonb)"
        long = '{"why": "' + "x" * 3000 + '"}'
        for seat, act, detail, plain in (
            (None, "refuse", f'{{"n": {"9" * 5000}}}', False),
            (None, "refuse", "[" * 1500 + "]" * 1500, False),
            (None, "refuse", "[]", False),
            (None, "refuse", "null", False),
            (None, "refuse", long, False),
            (None, "refuse", '{"reason": "not_in_reach"}', True),
            ("police.member", "look", f'{{"n": {"9" * 5000}}}', False),
            ("police.member", "look", "5", False),
            ("police.member", "look", long, True),
        ):
            entries = f'[{{"act": "{act}", "subject_kind": "case", "detail": {detail}}}]'
            intruder.act_as(seat)
            with intruder.connection.transaction(force_rollback=True):
                try:
                    with intruder.connection.transaction():
                        intruder.connection.execute(write, [police, member.person, member.post, entries])
                    written = True
                except psycopg.errors.CheckViolation:
                    written = False
            assert written == plain, (seat, detail[:40])

    def test_one_does_not_write_as_a_colleague(self, intruder: Intruder) -> None:
        intruder.act_as("police.member")
        police, other = intruder.filled.world.authorities["police"], intruder.filled.seat("police.screener")
        with intruder.connection.transaction(force_rollback=True):
            intruder.connection.execute(
                "select audit_write(%s, %s, %s, %s::jsonb)",
                [police, other.person, other.post, '[{"act": "look", "subject_kind": "own.words"}]'],
            )
            intruder.act_as("police.dpo")
            written = intruder.connection.execute(
                "select person_id from audit_logrow where subject_kind = 'own.words'"
            ).fetchall()
            assert written == [(intruder.filled.seat("police.member").person,)]

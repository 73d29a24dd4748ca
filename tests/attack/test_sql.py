"""What nobody gets by writing SQL of their own through the application's role."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from samsvar.accounts.gate import proof
from samsvar.postgres.rows import declared
from tests.attack.conftest import Intruder
from tests.filled import WORD

READABLE = sorted(
    policies.table
    for policies in declared().policies
    if policies.select and not policies.table.startswith(("partnerships_", "accounts_"))
)
# Rules and counts behind which there is nobody; who reads them is proven with the policies.
NOBODYS = (
    *("directory_", "retention_retentionrule", "retention_stone", "retention_remainder", "rights_breach"),
    *("cases_systemgap", "cases_gapstep", "steering_"),
)


def _columns(intruder: Intruder, table: str) -> list[str]:
    rows = intruder.rows(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
        " and attgenerated = '' and has_column_privilege(attrelid, attnum, 'select')",
        table,
    )
    return [name for (name,) in rows]


def _fails_on_a_secret(intruder: Intruder, table: str) -> bool:
    """Whether a condition that fails on a row with a secret word is ever asked about such a row."""
    text = " || ".join(f"coalesce(\"{column}\"::text, '')" for column in _columns(intruder, table))
    try:
        # Cheap on purpose, so that the planner would like to ask it before the policy.
        intruder.rows(f"select 1 from {table} where 1 / (case when ({text}) like '%%{WORD}%%' then 0 else 1 end) = 1")
    except psycopg.errors.DivisionByZero:
        return True
    return False


@pytest.mark.parametrize("table", READABLE)
@pytest.mark.parametrize("seat", ["outside.frontline", "police.steering", "police.colleague", None])
def test_no_error_message_tells_of_a_hidden_row(intruder: Intruder, table: str, seat: str | None) -> None:
    assert not _fails_on_a_secret(intruder.act_as(seat), table)


def test_the_failing_condition_does_fail_on_a_row_that_is_seen(intruder: Intruder) -> None:
    intruder.act_as("police.member")
    assert _fails_on_a_secret(intruder, "cases_concern")
    assert _fails_on_a_secret(intruder, "sharing_contribution")


@pytest.mark.parametrize("table", [table for table in READABLE if not table.startswith(NOBODYS)])
def test_copy_gives_no_more_than_a_query(intruder: Intruder, table: str) -> None:
    intruder.act_as("police.steering")
    columns = ", ".join(f'"{name}"' for name in _columns(intruder, table))
    asked = intruder.connection.execute(f"select {columns} from {table}").fetchall()  # type: ignore[arg-type]
    with intruder.connection.cursor().copy(f"copy {table} ({columns}) to stdout") as copy:  # type: ignore[arg-type]
        assert len(list(copy.rows())) == len(asked)
    # Whoever steers sees the own group's meetings and their kinds, and nothing else that can hold a person.
    assert not asked or table in {"meetings_meeting", "meetings_meetingkind"}


def test_row_security_cannot_be_switched_off(intruder: Intruder) -> None:
    intruder.act_as("outside.member")
    intruder.connection.execute("set local row_security = off")
    assert intruder.refused("select * from citizens_identity")


@pytest.mark.parametrize(
    "statement",
    [
        "set role samsvar_policy",
        "set role samsvar_owner",
        "set session authorization samsvar_owner",
        "set session_replication_role = replica",
        "alter table cases_case disable row level security",
        "alter table cases_case no force row level security",
        "drop policy app_select on cases_case",
        "create policy open on cases_case using (true)",
        "alter function actor_person() security invoker",
        "create or replace function actor_person() returns uuid language sql as 'select null::uuid'",
        "create function public.open_sesame() returns int language sql as 'select 1'",
        "create temporary table my_party (case_id uuid)",
        "create schema pg_shadowing",
        "create or replace view my_party as select id as case_id from cases_case",
        "truncate cases_case",
        "drop trigger guard_columns on cases_concern",
        "alter table cases_concern disable trigger guard_columns",
        "lock table cases_case in access exclusive mode",
        "select * from accounts_actorsession",
        "select * from accounts_gate",
        "select blind_index from citizens_citizen",
        "select created_at from citizens_citizen",
        "select merged_into_id from citizens_citizen",
        "select xmin from citizens_citizen",
        "select citizens_citizen from citizens_citizen",
        "select * from cases_referencecounter",
        "select * from audit_logrow_rest",
        "select * from pg_statistic",
        "select pg_read_file('/etc/passwd')",
        "copy cases_case to program 'cat'",
        "insert into audit_logrow (seq, authority_id, at, act, subject_kind, previous, hash)"
        " values (9, gen_random_uuid(), now(), 'look', 'case', '', '')",
        "update audit_logrow set purpose = ''",
        "delete from audit_logrow",
        "update audit_chainhead set seq = 0",
        "insert into cases_recurrence (id) values (gen_random_uuid())",
        "insert into citizens_citizen (id) values (gen_random_uuid())",
        "insert into citizens_merge (id) values (gen_random_uuid())",
        "delete from cases_case",
        "delete from sharing_disclosure",
        "update sharing_disclosure set necessity = ''",
        "update sharing_receipt set authority_id = authority_id",
        "update cases_caseevent set text = ''",
        "update cases_case set party_ids = '{}'",
        "update cases_concern set authority_id = authority_id",
        "update partnerships_authority set successor_id = null",
        "update partnerships_group set level = 'operative'",
        "insert into partnerships_partnership (id) values (gen_random_uuid())",
        "select audit_ensure_partitions(1)",
    ],
)
def test_what_the_role_has_no_right_to(intruder: Intruder, statement: str) -> None:
    assert intruder.act_as("police.member").refused(statement)


def test_a_shadow_on_the_search_path_changes_nothing(intruder: Intruder) -> None:
    intruder.connection.execute("set local search_path = pg_temp, pg_catalog, public")
    intruder.act_as("outside.member")
    assert len(intruder.rows("select id from cases_case")) == 1


def test_a_prepared_statement_forgets_who_acted(intruder: Intruder) -> None:
    intruder.act_as("police.member")
    intruder.connection.execute("prepare mine as select id from cases_case")
    for _ in range(7):
        # After five times the plan is made once and for all.
        assert len(intruder.connection.execute("execute mine").fetchall()) > 3
    intruder.act_as("police.steering")
    assert intruder.connection.execute("execute mine").fetchall() == []
    intruder.act_as(None)
    assert intruder.connection.execute("execute mine").fetchall() == []
    intruder.connection.execute("deallocate mine")


def test_an_actor_does_not_outlive_the_transaction(intruder: Intruder) -> None:
    intruder.act_as("police.member")
    assert intruder.rows("select 1 from cases_case")
    intruder.connection.rollback()
    assert intruder.rows("select 1 from cases_case") == []


class TestOpeningASession:
    """Tokens are opened with the web server's proof, end for good, and belong to one person in one post."""

    TOKEN = "a token of the intruder's own making, long enough"

    def test_not_without_the_servers_key(self, intruder: Intruder) -> None:
        seat = intruder.filled.seat("police.member")
        until = "2027-01-01 00:00+00"
        assert intruder.refused("select actor_open(%s, %s, %s, %s)", self.TOKEN, seat.person, seat.post, until)
        for made_up in (b"", b"\x00" * 32, None):
            assert intruder.refused(
                "select actor_open(%s, %s, %s, %s, %s)", self.TOKEN, seat.person, seat.post, until, made_up
            )

    def test_with_the_servers_key_it_opens(self, intruder: Intruder) -> None:
        seat, until = intruder.filled.seat("police.member"), datetime(2027, 1, 1, tzinfo=UTC)
        opened = "select actor_open(%s, %s, %s, %s, %s)"
        given = proof(self.TOKEN, seat.person, seat.post, until)
        assert intruder.rows(opened, self.TOKEN, seat.person, seat.post, until, given) == [(True,)]
        # The proof is of this very session: not of another's post, nor of a longer time.
        other = intruder.filled.seat("social.member")
        assert intruder.refused(opened, self.TOKEN, other.person, other.post, until, given)
        later = datetime(2028, 1, 1, tzinfo=UTC)
        assert intruder.refused(opened, self.TOKEN, seat.person, seat.post, later, given)

    @pytest.mark.parametrize("who", ["police.locked", "police.member"])
    def test_a_token_that_has_ended_or_is_anothers_is_not_reopened(self, intruder: Intruder, who: str) -> None:
        taken, mine = intruder.filled.seat(who).token, intruder.filled.seat("police.screener")
        if who == "police.locked":
            mine = intruder.filled.seat(who)
        until = datetime(2027, 1, 1, tzinfo=UTC)
        answer = intruder.rows(
            "select actor_open(%s, %s, %s, %s, %s)",
            *(taken, mine.person, mine.post, until, proof(taken, mine.person, mine.post, until)),
        )
        assert answer == [(False,)]

    def test_not_in_anothers_post_nor_in_one_that_has_ended(self, intruder: Intruder) -> None:
        until = datetime(2027, 1, 1, tzinfo=UTC)
        former, member = intruder.filled.seat("police.former"), intruder.filled.seat("police.member")
        for person, post in ((former.person, former.post), (former.person, member.post)):
            assert intruder.rows(
                "select actor_open(%s, %s, %s, %s, %s)",
                *(self.TOKEN, person, post, until, proof(self.TOKEN, person, post, until)),
            ) == [(False,)]


CONTRIBUTION = (
    "insert into sharing_contribution (id, partnership_id, group_id, case_id, authority_id, answer, information_type,"
    " text, by_id, at) values (gen_random_uuid(), %s, %s, %s, %s, 'contributes', 'social', 'x', %s, now())"
)
DISCLOSURE = (
    "insert into sharing_disclosure (id, partnership_id, authority_id, subject_kind, subject_id, information_type,"
    " purpose, necessity, rule, pack, reasons, channel, by_id, capacity_id, at)"
    " values (%s, %s, %s, %s, %s, 'concern', 'clarify', 'x', 'L1', 'dk-2026', '[]', 'here', %s, %s, now())"
)
RECEIPT = (
    "insert into sharing_receipt (id, partnership_id, disclosure_id, subject_id, authority_id, from_authority_id,"
    " brought_in) values (gen_random_uuid(), %s, %s, %s, %s, %s, false)"
)


def _opens(intruder: Intruder, seat: str, kind: str, subject: str, to: str) -> bool:
    """Whether this seat can disclose this row to that authority, writing both rows itself."""
    world, acting, made = intruder.filled.world, intruder.filled.seat(seat), uuid4()
    key = intruder.ids[subject]
    intruder.act_as(seat)
    try:
        with intruder.connection.transaction(force_rollback=True):
            intruder.connection.execute(
                DISCLOSURE, [made, world.partnership, acting.authority, kind, key, acting.person, acting.post]
            )
            intruder.connection.execute(
                RECEIPT, [world.partnership, made, key, world.authorities[to], acting.authority]
            )
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


class TestOpeningADoor:
    """Only what is one's own and seen can be disclosed, and only to those who take part."""

    @pytest.mark.parametrize(
        ("seat", "kind", "subject", "to"),
        [
            ("police.member", "case", "case.open", "psychiatry"),
            ("police.member", "contribution", "contribution.own", "social"),
            ("police.screener", "concern", "concern.fresh", "social"),
        ],
    )
    def test_the_own_is_disclosed(self, intruder: Intruder, seat: str, kind: str, subject: str, to: str) -> None:
        assert _opens(intruder, seat, kind, subject, to)

    @pytest.mark.parametrize(
        ("seat", "kind", "subject", "to"),
        [
            # What another authority holds, whether or not one has been told of it.
            ("social.member", "concern", "concern.case", "psychiatry"),
            ("social.member", "contribution", "contribution.told", "psychiatry"),
            ("social.member", "identity", "identity.open", "psychiatry"),
            ("social.member", "contribution", "contribution.own", "social"),
            ("psychiatry.member", "case", "case.open", "psychiatry"),
            ("outside.member", "case", "case.open", "outside"),
            # One's own authority's, but not within one's reach.
            ("police.othergroup", "case", "case.open", "psychiatry"),
            ("police.colleague", "case", "case.open", "psychiatry"),
            ("police.colleague", "identity", "identity.open", "psychiatry"),
            ("police.steering", "case", "case.open", "psychiatry"),
            ("police.admin", "concern", "concern.fresh", "social"),
            # Those who have left, and what is closed.
            ("psychiatry.member", "case", "case.left", "social"),
            ("police.member", "case", "case.closed", "psychiatry"),
            # Those who take no part in the cooperation (L1).
            ("police.member", "case", "case.open", "outside"),
            # What was said in a case is for those who are in it.
            ("police.member", "contribution", "contribution.own", "psychiatry"),
            # Under the name of something that needs no releaser (L11).
            ("police.member", "case", "contribution.own", "social"),
            ("police.member", "contribution", "case.open", "social"),
            # A frontline worker releases nothing (L11).
            ("police.frontline", "concern", "concern.fresh", "social"),
        ],
    )
    def test_nothing_else_is(self, intruder: Intruder, seat: str, kind: str, subject: str, to: str) -> None:
        assert not _opens(intruder, seat, kind, subject, to)

    def test_a_receipt_under_anothers_disclosure(self, intruder: Intruder) -> None:
        world = intruder.filled.world
        assert intruder.act_as("social.member").refused(
            RECEIPT,
            *(world.partnership, intruder.ids["disclosure.identity.open"], intruder.ids["identity.open"]),
            *(world.authorities["psychiatry"], world.authorities["social"]),
        )

    def test_a_disclosure_in_anothers_name(self, intruder: Intruder) -> None:
        world, other = intruder.filled.world, intruder.filled.seat("police.screener")
        assert intruder.act_as("police.member").refused(
            DISCLOSURE,
            *(uuid4(), world.partnership, other.authority, "case", intruder.ids["case.open"], other.person, other.post),
        )


class TestWritingIntoACase:
    """Rows are written in the own name, by a party, at the case's own table."""

    def _contribute(self, intruder: Intruder, seat: str, case: str, group: Any, **other: Any) -> bool:
        world, acting = intruder.filled.world, intruder.filled.seat(seat)
        return not intruder.act_as(seat).refused(
            CONTRIBUTION,
            *(world.partnership, group, intruder.ids[case]),
            *(other.get("authority", acting.authority), other.get("by", acting.person)),
        )

    def test_a_party_at_the_table_contributes(self, intruder: Intruder) -> None:
        assert self._contribute(intruder, "social.member", "case.open", intruder.filled.world.group)

    def test_nobody_contributes_in_anothers_name(self, intruder: Intruder) -> None:
        world = intruder.filled.world
        police = intruder.filled.seat("police.member")
        for other in ({"authority": police.authority}, {"by": police.person}):
            assert not self._contribute(intruder, "social.member", "case.open", world.group, **other)

    def test_nobody_contributes_at_a_table_they_do_not_sit_at(self, intruder: Intruder) -> None:
        world = intruder.filled.world
        assert not self._contribute(intruder, "psychiatry.member", "case.open", world.group)
        # Police is party; this person sits at the other table, and claims the own one for the row.
        assert not self._contribute(intruder, "police.coordinator", "case.other_group", world.group)
        assert not self._contribute(intruder, "police.coordinator", "case.other_group", intruder.ids["other_group"])

    def test_nobody_contributes_to_a_case_that_the_own_authority_has_left(self, intruder: Intruder) -> None:
        assert self._contribute(intruder, "social.member", "case.left", intruder.filled.world.group)
        assert not self._contribute(intruder, "psychiatry.member", "case.left", intruder.filled.world.group)

    def test_nobody_changes_a_case_that_the_own_authority_has_left(self, intruder: Intruder) -> None:
        change = "update cases_case set why_serious = 'x' where id = %s"
        assert intruder.act_as("psychiatry.member").changed(change, intruder.ids["case.left"]) == 0
        assert intruder.act_as("social.member").changed(change, intruder.ids["case.left"]) == 1

    def test_nobody_makes_a_party(self, intruder: Intruder) -> None:
        world = intruder.filled.world
        insert = (
            "insert into cases_caseparty (id, partnership_id, case_id, group_id, authority_id, reason, brought_in,"
            " since, end_reason, added_by_id) values (gen_random_uuid(), %s, %s, %s, %s, '', false, now(), '', %s)"
        )
        for seat, case, authority in (
            ("psychiatry.member", "case.open", "psychiatry"),
            ("police.member", "case.open", "psychiatry"),
            ("outside.member", "case.open", "outside"),
            # After it was closed the raiser would read on for ever.
            ("police.member", "case.closed", "police"),
            ("psychiatry.member", "case.left", "psychiatry"),
        ):
            assert intruder.act_as(seat).refused(
                insert,
                *(world.partnership, intruder.ids[case], world.group, world.authorities[authority]),
                intruder.filled.seat(seat).person,
            ), seat

    def test_responsibility_goes_to_parties_alone_and_its_history_stands(self, intruder: Intruder) -> None:
        world, member = intruder.filled.world, intruder.filled.seat("social.member")
        intruder.act_as("social.member")
        assert intruder.refused(
            "insert into cases_responsibility (id, partnership_id, case_id, group_id, authority_id, period, reason,"
            " placed_by_id, placed_at)"
            " values (gen_random_uuid(), %s, %s, %s, %s, '[2020-01-01,2020-02-01)', '', %s, now())",
            *(world.partnership, intruder.ids["case.open"], world.group, world.authorities["psychiatry"]),
            member.person,
        )
        for column in ("authority_id", "placed_by_id", "reason"):
            assert intruder.refused(f"update cases_responsibility set {column} = {column}")
        # The holding of today can be ended, not moved about in time and left open.
        assert intruder.refused("update cases_responsibility set period = '[2026-01-15,)'")

    def test_a_closed_case_takes_no_change(self, intruder: Intruder) -> None:
        intruder.act_as("police.member")
        closed = intruder.ids["case.closed"]
        assert intruder.rows("select 1 from cases_case where id = %s", closed)
        assert intruder.changed("update cases_case set next_step = 'x', closed_at = null where id = %s", closed) == 0

    def test_a_proposal_that_is_taken_is_the_doers(self, intruder: Intruder) -> None:
        intruder.act_as("police.member")
        change = "update cases_action set what = 'x' where id = %s"
        assert intruder.changed(change, intruder.ids["action.proposed"]) == 1
        assert intruder.changed(change, intruder.ids["action.taken"]) == 0
        assert intruder.refused(
            "update cases_action set state = 'agreed' where id = %s", intruder.ids["action.proposed"]
        )

    def test_what_was_disclosed_is_not_rewritten(self, intruder: Intruder) -> None:
        intruder.act_as("police.member")
        change = "update sharing_contribution set text = 'x' where id = %s"
        assert intruder.changed(change, intruder.ids["contribution.own"]) == 1
        assert intruder.changed(change, intruder.ids["contribution.told"]) == 0


class TestBeingAReceiver:
    """What has been disclosed is read, screened and tied to a case; it is not taken over (house.md, The wall)."""

    @pytest.mark.parametrize(
        "column", ["text", "event_reference", "identity_id", "channel", "repeat_mark", "acute_trigger", "happened_on"]
    )
    def test_the_words_stay_the_senders(self, intruder: Intruder, column: str) -> None:
        intruder.act_as("psychiatry.screener")
        sent = intruder.ids["concern.sent"]
        value = {"repeat_mark": "true", "happened_on": "'2026-01-01'", "identity_id": "gen_random_uuid()"}
        assert intruder.refused(
            f"update cases_concern set {column} = {value.get(column, chr(39) + 'x' + chr(39))} where id = %s", sent
        )

    def test_the_state_is_the_screeners(self, intruder: Intruder) -> None:
        intruder.act_as("psychiatry.screener")
        assert (
            intruder.changed("update cases_concern set state = 'not_psp' where id = %s", intruder.ids["concern.sent"])
            == 1
        )

    def test_a_concern_is_not_tied_to_a_case_one_is_not_in(self, intruder: Intruder) -> None:
        tie = "update cases_concern set case_id = %s where id = %s"
        sent = intruder.ids["concern.sent"]
        assert intruder.act_as("psychiatry.screener").refused(tie, intruder.ids["case.open"], sent)
        assert intruder.act_as("police.screener").changed(tie, intruder.ids["case.open"], sent) == 1

    @pytest.mark.parametrize(
        "table", ["citizens_identity", "sharing_contribution", "cases_concern", "cases_acutecontact"]
    )
    def test_owner_columns_cannot_be_named_in_an_update(self, intruder: Intruder, table: str) -> None:
        mine = intruder.filled.world.authorities["social"]
        assert intruder.act_as("social.member").refused(f"update {table} set authority_id = %s returning *", mine)

    def test_a_received_identity_is_not_rewritten(self, intruder: Intruder) -> None:
        assert intruder.act_as("social.member").changed("update citizens_identity set name = 'x'") == 0 or (
            intruder.changed("update citizens_identity set name = 'x' where id = %s", intruder.ids["identity.open"])
            == 0
        )

    def test_on_conflict_does_not_reach_a_row_behind_the_wall(self, intruder: Intruder) -> None:
        seat = intruder.filled.seat("outside.frontline")
        assert intruder.act_as("outside.frontline").refused(
            "insert into cases_concern (id, partnership_id, authority_id, raised_by_id, capacity_id, channel,"
            " event_reference, text, repeat_mark, acute_trigger, why_without_consent, state, raised_at)"
            " values (%s, %s, %s, %s, %s, 'tag', 'x', '', false, '', '', 'raised', now())"
            " on conflict (id) do update set text = 'taken' returning text",
            *(intruder.ids["concern.fresh"], intruder.ids["elsewhere"], seat.authority, seat.person, seat.post),
        )


class TestClimbing:
    """Nobody widens the own reach."""

    def _member(self, intruder: Intruder, group: Any, post: Any) -> tuple:
        return (
            "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
            " duty_to_attend, mandate, network, since, end_reason)"
            " values (gen_random_uuid(), %s, %s, 'permanent', true, true, false, '', '', %s, '')",
            *(group, post, date(2026, 1, 1)),
        )

    def test_an_administrator_seats_own_people_and_neither_oneself_nor_others(self, intruder: Intruder) -> None:
        group, seats = intruder.filled.world.group, intruder.filled.world.seats
        intruder.act_as("police.admin")
        assert not intruder.refused(*self._member(intruder, group, seats["police.colleague"].post))
        assert intruder.refused(*self._member(intruder, group, seats["police.admin"].post))
        assert intruder.refused(*self._member(intruder, group, seats["social.frontline"].post))
        assert intruder.refused(*self._member(intruder, intruder.ids["outside_group"], seats["police.colleague"].post))

    def test_a_coordinator_seats_nobody_in_another_partnership_nor_oneself(self, intruder: Intruder) -> None:
        seats = intruder.filled.world.seats
        intruder.act_as("police.coordinator")
        assert intruder.refused(*self._member(intruder, intruder.ids["other_group"], seats["police.coordinator"].post))
        assert intruder.refused(*self._member(intruder, intruder.ids["outside_group"], seats["social.member"].post))

    @pytest.mark.parametrize("seat", ["police.member", "police.frontline", "police.steering", "police.dpo"])
    def test_others_seat_nobody(self, intruder: Intruder, seat: str) -> None:
        world = intruder.filled.world
        intruder.act_as(seat)
        assert intruder.refused(*self._member(intruder, world.group, world.seats["police.colleague"].post))

    def test_nobody_gives_oneself_roles_or_a_post_or_a_function(self, intruder: Intruder) -> None:
        admin = intruder.filled.seat("police.admin")
        intruder.act_as("police.admin")
        assert intruder.refused("update partnerships_capacity set roles = '{screener}' where id = %s", admin.post)
        assert intruder.refused(
            "insert into partnerships_capacity (id, person_id, authority_id, function, roles, phone, hours, since,"
            " end_reason) values (gen_random_uuid(), %s, %s, 'x', '{screener}', '', '', '2026-01-01', '')",
            *(admin.person, admin.authority),
        )
        assert intruder.rows(
            "select partnerships_give_function(%s, %s, 'chair', today(), '')",
            *(intruder.filled.world.group, admin.post),
        ) == [(None,)]

    def test_an_authority_does_not_join_a_cooperation_by_itself(self, intruder: Intruder) -> None:
        world = intruder.filled.world
        join = (
            "insert into partnerships_participation (id, partnership_id, authority_id, since)"
            " values (gen_random_uuid(), %s, %s, today())"
        )
        assert intruder.act_as("outside.admin").refused(join, world.partnership, world.authorities["outside"])
        assert intruder.act_as("police.member").refused(join, world.partnership, world.authorities["outside"])

    def test_another_authoritys_name_kind_and_units_are_not_ones_own_to_write(self, intruder: Intruder) -> None:
        social = intruder.filled.world.authorities["social"]
        for seat in ("police.admin", "police.member", "outside.admin"):
            intruder.act_as(seat)
            assert intruder.changed("update partnerships_authority set name = 'x' where id = %s", social) == 0
            assert intruder.changed("update partnerships_unit set name = 'x' where authority_id = %s", social) == 0
            assert intruder.refused(
                "insert into partnerships_authority_areas (authority_id, area_id) values (%s, %s)",
                social,
                intruder.ids["area"],
            )


class TestTasksAndAnswers:
    """A task goes to one who takes part; an answer to the one who raised the concern."""

    TASK = (
        "insert into tasks_task (id, partnership_id, authority_id, kind, subject_kind, subject_id, case_id, reference,"
        " role, acute, created_at)"
        " values (gen_random_uuid(), %s, %s, 'attention', 'case', %s, %s, '', 'member', false, now())"
    )

    def test_a_party_lays_a_task_on_a_partys_table(self, intruder: Intruder) -> None:
        world, case = intruder.filled.world, intruder.ids["case.open"]
        assert not intruder.act_as("police.member").refused(
            self.TASK, world.partnership, world.authorities["social"], case, case
        )

    @pytest.mark.parametrize("words", ["Hun er gravid, og han ved det ikke", "2026-999"])
    def test_no_words_are_laid_on_anothers_table(self, intruder: Intruder, words: str) -> None:
        world, case = intruder.filled.world, intruder.ids["case.open"]
        laid = self.TASK.replace("'', 'member', false", "%s, 'releaser', true")
        intruder.act_as("police.member")
        number = intruder.filled.references["case.open"]
        for to, said, refused in (
            ("social", number, False),
            ("social", words, True),
            # On the own table stands what one writes.
            ("police", words, False),
        ):
            assert refused == intruder.refused(laid, world.partnership, world.authorities[to], case, case, said)

    @pytest.mark.parametrize(
        ("seat", "to"), [("police.member", "outside"), ("outside.member", "police"), ("psychiatry.member", "police")]
    )
    def test_others_do_not(self, intruder: Intruder, seat: str, to: str) -> None:
        world, case = intruder.filled.world, intruder.ids["case.open"]
        assert intruder.act_as(seat).refused(self.TASK, world.partnership, world.authorities[to], case, case)

    def test_an_answer_goes_to_the_raiser_alone(self, intruder: Intruder) -> None:
        world, writer = intruder.filled.world, intruder.filled.seat("police.screener")
        answer = (
            "insert into cases_feedback (id, partnership_id, concern_id, to_id, to_authority_id, authority_id, kind,"
            " thanks, by_id, at) values (gen_random_uuid(), %s, %s, %s, %s, %s, 'received', '', %s, now())"
        )
        for seat, refused in (("police.frontline", False), ("police.colleague", True), ("outside.member", True)):
            to = intruder.filled.seat(seat)
            assert refused == intruder.act_as("police.screener").refused(
                answer,
                *(
                    world.partnership,
                    intruder.ids["concern.fresh"],
                    to.person,
                    to.authority,
                    writer.authority,
                    writer.person,
                ),
            )

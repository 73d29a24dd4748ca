"""What has had its time goes, by two people, for good: names, numbers, blind index, and out of every copy too."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from samsvar.audit import jobs as audit_jobs
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.citizens.services import identify
from samsvar.citizens.vault import blind_index
from samsvar.postgres import backup as copies
from samsvar.postgres.actor import acting
from samsvar.retention import jobs, selectors, services
from samsvar.retention.models import Disposal, DisposalState, Kind, Remainder, Stone
from samsvar.tasks.models import TaskKind
from tests.cases.table import NUMBER, raised
from tests.clients import sit
from tests.conftest import Database, Server
from tests.filled import fill
from tests.tasks.test_jobs import change, kinds
from tests.world import World

pytestmark = pytest.mark.req("R-000-134")
CPR = NUMBER


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.DISPOSAL_LIST_FILE = str(tmp_path / "elsewhere" / "disposals.jsonl")
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors.jsonl")


def ended(owner: psycopg.Connection, case_id: UUID, months: int = 13) -> None:
    """Let a case have been closed so long ago."""
    change(
        owner,
        "update cases_case set closed_at = now() - make_interval(months => %s), close_reason = 'solved',"
        " standing = 'closed', raised_at = now() - make_interval(months => %s) where id = %s",
        *(months, months + 3, case_id),
    )
    change(owner, "update cases_caseparty set until = now(), read_until = now() where case_id = %s", case_id)


def due(world: World, seat: str = "police.member") -> list[Disposal]:
    """What stands on a seat's list."""
    with acting(world.seats[seat].token) as actor:
        return list(selectors.disposals(actor))


def let_go(world: World, only: Kind | None = None) -> int:
    """The police's member proposes all, the screener approves, the worker carries it out."""
    jobs.propose(0)
    ids = [one.pk for one in due(world) if only is None or one.kind == only]
    with acting(world.seats["police.member"].token) as actor:
        services.propose(actor, ids)
    with acting(world.seats["police.screener"].token) as actor:
        services.approve(actor, ids)
    return jobs.dispose(0)


def mentions(owner: psycopg.Connection, wanted: set[UUID]) -> set[str]:
    """The tables in which any of these ids still stands, in a column or in a list of them."""
    found = set()
    columns = owner.execute(
        "select c.table_name, c.column_name, c.data_type from information_schema.columns c join pg_class t"
        " on t.oid = format('public.%I', c.table_name)::regclass where c.table_schema = 'public'"
        " and t.relkind in ('r', 'p') and not t.relispartition and (c.data_type = 'uuid' or c.udt_name = '_uuid')"
    ).fetchall()
    assert len(columns) > 200
    for table, column, kind in columns:
        test = sql.SQL("{} = any(%s)" if kind == "uuid" else "{} && %s").format(sql.Identifier(column))
        query = sql.SQL("select count(*) from {} where {}").format(sql.Identifier(table), test)
        if owner.execute(query, [list(wanted)]).fetchone() != (0,):
            found.add(table)
    return found


@pytest.mark.req("LR-000-43")
def test_a_closed_case_comes_onto_the_list_after_its_time_and_not_before(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    jobs.propose(0)
    ended(owner_connection, case.pk, months=11)
    assert jobs.propose(0) == 0
    ended(owner_connection, case.pk, months=13)
    assert jobs.propose(0) == 1
    assert jobs.propose(0) == 0
    (line,) = due(world)
    assert (line.reference, line.months, line.state) == (case.reference, 12, DisposalState.DUE)
    assert "2019" in line.rule
    assert kinds(world, "police.member") == [TaskKind.ATTENTION]
    text = sit(world, "police.member").get("/opbevaring/").content.decode()
    assert case.reference in text
    assert "Prøvesen" not in text
    assert due(world, "social.member") == []


def test_a_case_is_kept_as_long_as_the_party_that_keeps_it_longest(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    with acting(world.seats["social.admin"].token) as actor:
        services.set_rule(actor, Kind.CASE, months=24, reference="Arkivregel 7", reason="Vores bestemmelse")
    ended(owner_connection, case.pk, months=13)
    assert jobs.propose(0) == 0
    ended(owner_connection, case.pk, months=25)
    assert jobs.propose(0) == 1


def test_it_takes_two_and_neither_can_be_one(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    ended(owner_connection, case.pk)
    jobs.propose(0)
    ids = [one.pk for one in due(world)]
    member, screener = sit(world, "police.member"), sit(world, "police.screener")
    member.post("/opbevaring/skridt/", {"row": ids, "step": "approve"})
    assert due(world)[0].state == DisposalState.DUE
    member.post("/opbevaring/skridt/", {"row": ids, "step": "propose"})
    answer = member.post("/opbevaring/skridt/", {"row": ids, "step": "approve"}, follow=True)
    assert "en anden skal godkende" in answer.content.decode()
    assert jobs.dispose(0) == 0
    screener.post("/opbevaring/skridt/", {"row": ids, "step": "approve"})
    assert due(world)[0].state == DisposalState.APPROVED
    assert jobs.dispose(0) == 1
    assert due(world) == []


def test_an_approval_can_be_taken_back(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    ended(owner_connection, case.pk)
    jobs.propose(0)
    ids = [one.pk for one in due(world)]
    for seat, step in (("police.member", services.propose), ("police.screener", services.approve)):
        with acting(world.seats[seat].token) as actor:
            assert step(actor, ids) == 1
    with acting(world.seats["police.member"].token) as actor:
        assert services.take_back(actor, ids) == 1
    assert jobs.dispose(0) == 0
    assert due(world)[0].state == DisposalState.DUE


@pytest.mark.parametrize("seat", ["police.frontline", "police.admin", "social.member", "outside.member"])
def test_nobody_else_can_let_go(world: World, owner_connection: psycopg.Connection, seat: str) -> None:
    case = raised(world)
    ended(owner_connection, case.pk)
    jobs.propose(0)
    ids = [one.pk for one in due(world)]
    with acting(world.seats[seat].token) as actor:
        assert list(selectors.disposals(actor)) == []
        assert services.propose(actor, ids) == 0


@pytest.mark.req("LR-000-43")
def test_nothing_is_left_but_a_stone(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token) as actor:
        identify(actor, partnership_id=world.partnership, name="Aage P.", cpr=CPR)
    ended(owner_connection, case.pk)
    assert let_go(world) == 1
    left = mentions(owner_connection, {case.pk, case.citizen_id, case.identity_id})  # type: ignore[arg-type]
    assert left == {"audit_logrow", "retention_stone"}
    assert owner_connection.execute(
        "select count(*) from citizens_citizen where blind_index = %s", [blind_index(CPR)]
    ).fetchone() == (0,)
    with acting(world.seats["police.dpo"].token):
        stone = Stone.objects.get()
    assert (stone.kind, stone.subject_id) == (Kind.CASE, case.pk)
    assert stone.counts["cases_case"] == 1
    assert stone.counts["citizens_identity"] == 2
    text = json.dumps([stone.counts, stone.rule])
    assert not [word for word in ("Aage", case.reference, CPR) if word in text]
    acts = owner_connection.execute(
        "select authority_id, person_id from audit_logrow where act = 'dispose' and case_id = %s", [case.pk]
    ).fetchall()
    assert set(acts) == {(world.authorities[key], None) for key in ("police", "social", "psychiatry")}


def test_the_number_is_new_again_when_the_person_comes_back(world: World, owner_connection: psycopg.Connection) -> None:
    """Recurrence is known only while the earlier case is within its time (decisions.md)."""
    case = raised(world)
    ended(owner_connection, case.pk)
    let_go(world)
    again = raised(world)
    assert again.citizen_id != case.citizen_id
    assert owner_connection.execute("select count(*) from cases_recurrence").fetchone() == (0,)


def test_a_citizen_with_another_case_is_not_forgotten(world: World, owner_connection: psycopg.Connection) -> None:
    first = raised(world)
    ended(owner_connection, first.pk)
    second = raised(world)
    assert owner_connection.execute("select count(*) from cases_recurrence").fetchone() == (1,)
    assert let_go(world) == 1
    with acting(world.seats["police.member"].token):
        kept = Case.objects.get(pk=second.pk)
        assert kept.identity is not None
        assert kept.identity.name == "Aage Prøvesen"
    assert owner_connection.execute("select count(*) from cases_recurrence").fetchone() == (0,)


def test_what_is_held_stays(world: World, owner_connection: psycopg.Connection) -> None:
    """By the own authority, or by another that was party to the case."""
    case = raised(world)
    ended(owner_connection, case.pk)
    jobs.propose(0)
    stranger = sit(world, "outside.member")
    form = {"kind": "case", "number": case.reference, "reason": "Klage", "review_on": "2199-01-01"}
    assert stranger.post("/opbevaring/hold/", form).status_code == 400
    holder = sit(world, "social.dpo")
    assert holder.post("/opbevaring/hold/", {**form, "review_on": "2020-01-01"}).status_code == 400
    assert holder.post("/opbevaring/hold/", form).status_code == 302
    assert let_go(world) == 0
    assert "Holdt tilbage" in sit(world, "police.member").get("/opbevaring/").content.decode()
    with acting(world.seats["social.dpo"].token) as actor:
        (hold,) = selectors.holds(actor)
    assert sit(world, "police.dpo").post(f"/opbevaring/hold/{hold.pk}/ophaev/").status_code == 404
    assert holder.post(f"/opbevaring/hold/{hold.pk}/ophaev/").status_code == 302
    assert let_go(world) == 1


def test_a_hold_after_the_approval_still_counts(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    ended(owner_connection, case.pk)
    jobs.propose(0)
    (line,) = due(world)
    for seat, step in (("police.member", services.propose), ("police.screener", services.approve)):
        with acting(world.seats[seat].token) as actor:
            step(actor, [line.pk])
    answer = sit(world, "police.dpo").post(
        f"/opbevaring/hold/{line.pk}/", {"reason": "Anmodning om indsigt", "review_on": "2199-01-01"}
    )
    assert answer.status_code == 302
    assert jobs.dispose(0) == 0


@pytest.mark.req("R-000-136")
def test_what_statistics_keep_leads_back_to_nobody(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world, social="yes", crime="no")
    ended(owner_connection, case.pk)
    let_go(world)
    with acting(world.seats["social.member"].token):
        rest = Remainder.objects.get()
    assert (rest.kind, rest.months_open, rest.raised_by_kind) == ("case", 3, "police")
    assert (rest.social, rest.crime, rest.close_reason, rest.parties) == ("yes", "no", "solved", 3)
    columns = {field.name for field in Remainder._meta.fields if field.get_internal_type() != "UUIDField"}
    assert not columns & {"reference", "case", "citizen", "closed_at", "at"}
    with acting(world.seats["outside.member"].token):
        assert not Remainder.objects.exists()


class TestOtherKinds:
    """Concerns, questions, names without a case, and the log itself."""

    @pytest.fixture
    def filled(self, fresh_database: Database, owner_connection: psycopg.Connection) -> World:
        """The world with a row of every kind, two years ago."""
        filled = fill(owner_connection)
        owner_connection.commit()
        return filled.world

    def test_each_kind_goes_after_its_months_and_takes_what_hangs_on_it(
        self, filled: World, owner_connection: psycopg.Connection
    ) -> None:
        for statement in (
            "update cases_concern set state = 'not_psp', raised_at = now() - interval '4 months' where case_id is null",
            "update retention_hold set lifted_at = now(), lifted_by_id = by_id",
            "update cases_screening set at = now() - interval '4 months'",
            "update cases_consult set asked_at = now() - interval '4 months'",
            "update cases_networkcase set ended_at = now() - interval '13 months', outcome = 'joint',"
            " opened_at = now() - interval '2 years'",
            "update citizens_identity set updated_at = now() - interval '4 months'",
            "update cases_case set closed_at = now() - interval '13 months' where closed_at is not null",
        ):
            change(owner_connection, statement)
        jobs.propose(0)
        found = {one.kind for one in due(filled)}
        assert found == {Kind.CASE, Kind.CONCERN, Kind.CONSULT, Kind.NETWORK}
        assert let_go(filled) > 4
        for table, left in (
            ("cases_case where closed_at is not null", 0),
            ("cases_consult", 0),
            ("cases_networkcase", 0),
            ("cases_concern where state = 'not_psp' and authority_id = (select authority_id from cases_consult)", 0),
            ("cases_outsidenotifier", 0),
        ):
            assert owner_connection.execute(f"select count(*) from {table}").fetchone() == (left,), table
        # With the concern its name has nothing to stand on any more.
        assert owner_connection.execute(
            "select count(*) from citizens_identity where name like '%%Kanariesen-fresh%%'"
        ).fetchone() == (0,)
        assert owner_connection.execute(
            "select count(*) from citizens_identity where name like '%%Kanariesen-open%%'"
        ).fetchone() == (1,)
        audit_jobs.check(0)
        assert owner_connection.execute("select count(*) from cases_case where closed_at is null").fetchone() != (0,)

    def test_a_name_that_nothing_was_made_of_goes(self, world: World, owner_connection: psycopg.Connection) -> None:
        for seat in ("police.member", "social.member"):
            with acting(world.seats[seat].token) as actor:
                identify(actor, partnership_id=world.partnership, name="Aage Prøvesen", cpr=CPR)
        change(
            owner_connection,
            "update citizens_identity set updated_at = now() - interval '4 months' where authority_id = %s",
            world.authorities["police"],
        )
        assert let_go(world) == 1
        # The other authority's own name for the person is its own to keep.
        assert owner_connection.execute("select count(*) from citizens_identity").fetchone() == (1,)
        assert owner_connection.execute("select count(*) from citizens_citizen").fetchone() == (1,)

    def test_the_log_loses_its_oldest_months_and_its_chain_holds(
        self, world: World, owner_connection: psycopg.Connection, caretaker_connection: psycopg.Connection
    ) -> None:
        for _number in range(4):
            with acting(world.seats["police.member"].token) as actor:
                record(actor, Act.LOOK, "case", uuid4())
        self._age(owner_connection, world, old=2)
        audit_jobs.anchor(0)
        assert let_go(world, Kind.LOG) == 1
        police = world.authorities["police"]
        row = owner_connection.execute(
            "select min(seq) from audit_logrow where authority_id = %s and act = 'look'", [police]
        ).fetchone()
        assert row == (3,)
        assert caretaker_connection.execute("select audit_verify(%s)", [police]).fetchone() == (None,)
        change(owner_connection, "update audit_chainhead set checked_at = null")
        assert audit_jobs.check(0) == 0
        # A row taken out of what is left is still found.
        change(owner_connection, "delete from audit_logrow where authority_id = %s and seq = 3", police)
        assert caretaker_connection.execute("select audit_verify(%s)", [police]).fetchone() == (3,)

    def _age(self, owner: psycopg.Connection, world: World, old: int) -> None:
        """Rewrite the police's chain as if its first rows had been written three years ago."""
        rows = owner.execute(
            "select seq from audit_logrow where authority_id = %s order by seq", [world.authorities["police"]]
        ).fetchall()
        link = b"\x00"
        for (seq,) in rows:
            owner.execute(
                "update audit_logrow set at = case when %s then at - interval '3 years' else at end, previous = %s"
                " where authority_id = %s and seq = %s",
                [seq <= old, link, world.authorities["police"], seq],
            )
            link = owner.execute(
                "update audit_logrow l set hash = audit_link(previous, l) where authority_id = %s and seq = %s"
                " returning hash",
                [world.authorities["police"], seq],
            ).fetchone()[0]  # type: ignore[index]
        owner.execute(
            "update audit_chainhead set hash = %s where authority_id = %s", [link, world.authorities["police"]]
        )
        owner.commit()


class TestCopies:
    """A copy that is restored brings nothing back that has been disposed of."""

    @pytest.fixture
    def restored(self, database_server: Server) -> Any:
        """A second, empty, migrated database."""
        database = database_server.database()
        yield database
        database_server.drop(database)

    def test_a_restore_disposes_again(
        self,
        world: World,
        owner_connection: psycopg.Connection,
        fresh_database: Database,
        restored: Database,
        tmp_path: Path,
        settings: Any,
    ) -> None:
        gone, kept = raised(world), raised(world, name="Birthe Prøve", cpr="6201805678")
        ended(owner_connection, gone.pk)
        copies.backup(fresh_database.owner, tmp_path / "copy")
        assert let_go(world) == 1
        copies.restore(restored.owner, tmp_path / "copy")
        with psycopg.connect(restored.owner) as owner:
            assert mentions(owner, {gone.pk})
        path = Path(settings.DISPOSAL_LIST_FILE)
        with path.open("a", encoding="utf-8") as file:
            file.write('{"id": "cut off')
        assert copies.play_disposals(restored.owner, path) == 1
        assert copies.play_disposals(restored.owner, path) == 0
        with psycopg.connect(restored.owner) as owner:
            assert mentions(owner, {gone.pk, gone.citizen_id}) == {"audit_logrow", "retention_stone"}  # type: ignore[arg-type]
            assert owner.execute("select id from cases_case").fetchall() == [(kept.pk,)]
            assert owner.execute(
                "select count(*) from citizens_citizen where blind_index = %s", [blind_index(CPR)]
            ).fetchone() == (0,)

    def test_the_list_names_nobody(self, world: World, owner_connection: psycopg.Connection, settings: Any) -> None:
        case = raised(world)
        ended(owner_connection, case.pk)
        let_go(world)
        line = json.loads(Path(settings.DISPOSAL_LIST_FILE).read_text(encoding="utf-8"))
        assert set(line) == {"id", "authority", "kind", "subject", "rule", "until", "on"}
        assert case.reference not in json.dumps(line)

    def test_the_command_disposes_again_and_says_when_it_cannot(
        self,
        world: World,
        owner_connection: psycopg.Connection,
        fresh_database: Database,
        restored: Database,
        tmp_path: Path,
        settings: Any,
    ) -> None:
        case = raised(world)
        ended(owner_connection, case.pk)
        copies.backup(fresh_database.owner, tmp_path / "copy")
        assert let_go(world) == 1

        def samsvar(*words: str) -> tuple[int, str]:
            done = subprocess.run(
                [sys.executable, "-m", "samsvar", *words],
                env={**restored.environment(), "DATABASE_OWNER_URL": restored.owner},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            return done.returncode, done.stdout + done.stderr

        code, said = samsvar("restore", str(tmp_path / "copy"), "--disposals", str(tmp_path / "nowhere"))
        assert (code, "dispose-again" in said) == (1, True), said
        code, said = samsvar("dispose-again", settings.DISPOSAL_LIST_FILE)
        assert (code, said.strip()) == (0, "1 kasseret igen / disposed of again")
        with psycopg.connect(restored.owner) as owner:
            assert owner.execute("select count(*) from cases_case").fetchone() == (0,)

    def test_a_missing_list_is_told_apart_from_an_empty_one(self, restored: Database, tmp_path: Path) -> None:
        assert copies.play_disposals(restored.owner, tmp_path / "nothing") is None
        (tmp_path / "empty").touch()
        assert copies.play_disposals(restored.owner, tmp_path / "empty") == 0


class TestRules:
    """Each authority says how long, by which rule, and why."""

    @pytest.mark.parametrize(
        ("kind", "months", "fine"),
        [
            ("log", 5, False),
            ("log", 6, True),
            ("log", 60, True),
            ("log", 61, False),
            ("case", 1, True),
            ("case", 0, False),
        ],
    )
    def test_the_limits(self, world: World, kind: str, months: int, fine: bool) -> None:
        form = {"months": str(months), "reference": "Arkivregel 7", "reason": "Vores bestemmelse"}
        answer = sit(world, "police.admin").post(f"/opbevaring/regler/{kind}/", form)
        assert answer.status_code == (302 if fine else 400)
        with acting(world.seats["police.dpo"].token) as actor:
            rule = selectors.rule(actor, kind)
        assert rule is not None
        assert (rule.own is not None) is fine

    @pytest.mark.req("LR-000-53")
    def test_a_rule_needs_a_source_and_a_reason(self, world: World) -> None:
        answer = sit(world, "police.admin").post("/opbevaring/regler/log/", {"months": "30"})
        assert set(answer.context["form"].errors) == {"reference", "reason"}

    def test_a_rule_can_be_set_again(self, world: World) -> None:
        admin = sit(world, "police.admin")
        for months in ("30", "36"):
            form = {"months": months, "reference": "Arkivregel 7", "reason": "Vores bestemmelse"}
            assert admin.post("/opbevaring/regler/log/", form).status_code == 302
        assert "36 måneder" in admin.get("/opbevaring/regler/").content.decode()

    @pytest.mark.parametrize("seat", ["police.member", "police.dpo", "social.member"])
    def test_only_the_own_administrator_sets_one(self, world: World, seat: str) -> None:
        assert sit(world, seat).get("/opbevaring/regler/log/").status_code == 403
        with acting(world.seats[seat].token) as actor, pytest.raises(services.RetentionError):
            services.set_rule(actor, Kind.LOG, months=30, reference="x", reason="y")


def test_the_application_can_erase_nothing_itself(world: World, app_connection: psycopg.Connection) -> None:
    case = raised(world)
    for call in (
        f"select retention_erase('cases_case', array['{case.pk}'::uuid])",
        f"select retention_dispose('case', '{case.pk}', null)",
        f"select retention_forget(array['{case.citizen_id}'::uuid])",
        "select retention_carry_out('{}')",
        "update retention_disposal set state = 'approved'",
        "delete from retention_hold",
        "delete from cases_case",
    ):
        app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats["police.screener"].token])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(call)
        app_connection.rollback()

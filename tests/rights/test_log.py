"""The data protection officer finds what happened, judges what is unusual, and can tell that the log is whole."""

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from samsvar.audit import anchors
from samsvar.audit import jobs as audit_jobs
from samsvar.audit.models import Act, ChainCheck, LogRow
from samsvar.audit.selectors import Filters, Key, _chain_page
from samsvar.audit.services import record
from samsvar.citizens.services import identify
from samsvar.partnerships.models import Category, Criterion, Measure
from samsvar.postgres.actor import acting
from samsvar.retention.models import Kind
from samsvar.rights import jobs, services
from samsvar.rights.models import LogReview, Verdict, Why
from samsvar.rights.words import SUBJECTS, looked_for
from samsvar.sharing.models import SubjectKind
from samsvar.tasks.models import TaskKind
from tests.cases.table import NUMBER, raised
from tests.clients import sit
from tests.rights.log_kinds import kinds_written
from tests.tasks.test_jobs import change, kinds
from tests.world import World

STRANGER = "6201805678"


@pytest.fixture(autouse=True)
def _anchor_file(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors.jsonl")


def look(world: World, seat: str = "police.member", **about: Any) -> UUID:
    """One look at a case that is nobody's; its id."""
    case = about.pop("case_id", uuid4())
    with acting(world.seats[seat].token) as actor:
        record(actor, Act.LOOK, "case", case, case_id=case, **about)
    return case


def entries(client: Client, **query: str) -> list[Any]:
    """The rows that a search shows."""
    answer = client.get("/log/", query)
    assert answer.status_code == 200
    return answer.context["entries"]


class TestSearching:
    """By person in post, citizen, case, act and time, page by page."""

    def test_by_person_and_day(self, world: World) -> None:
        raised(world)
        raised(world, by="social.member", parties=("police",), name="Birthe Prøve", cpr=STRANGER)
        dpo = sit(world, "police.dpo")
        assert {entry.who for entry in entries(dpo)} == {"Member Police", "Dpo Police"}
        mine = entries(dpo, person=str(world.seats["police.member"].person))
        assert {entry.who for entry in mine} == {"Member Police"}
        yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
        assert entries(dpo, until=yesterday) == []
        assert entries(dpo, since=timezone.localdate().isoformat(), act="disclose")

    def test_the_list_of_people_tells_their_posts(self, world: World) -> None:
        assert "Member Police (member)" in sit(world, "police.dpo").get("/log/").content.decode()

    def test_by_case_number_with_the_lists_that_showed_it(self, world: World) -> None:
        case = raised(world)
        raised(world, name="Birthe Prøve", cpr=STRANGER)
        sit(world, "police.member").get("/sager/")
        found = entries(sit(world, "police.dpo"), sag=case.reference)
        assert {entry.row.case_id for entry in found} == {case.pk, None}
        assert [entry.row.subject_kind for entry in found if entry.row.case_id is None] == ["case_list"]
        assert entries(sit(world, "social.dpo"), sag=case.reference) == []
        assert entries(sit(world, "outside.dpo"), sag=case.reference) == []

    def test_by_number_for_a_reason_that_is_logged(self, world: World, owner_connection: psycopg.Connection) -> None:
        case = raised(world)
        raised(world, name="Birthe Prøve", cpr=STRANGER)
        dpo = sit(world, "police.dpo")
        answer = dpo.post("/log/borger/", {"number": NUMBER, "reason": "insight"})
        assert answer.status_code == 302
        assert NUMBER not in answer["Location"]
        shown = dpo.get(answer["Location"]).context["entries"]
        assert {entry.row.act for entry in shown} >= {"create", "disclose"}
        assert {entry.row.case_id for entry in shown if entry.row.case_id} == {case.pk}
        reasons = owner_connection.execute(
            "select purpose, citizen_id from audit_logrow where act = 'search' and detail->>'by' = 'number'"
        ).fetchall()
        assert reasons == [("insight", case.citizen_id)]

    def test_a_number_needs_a_reason(self, world: World) -> None:
        answer = sit(world, "police.dpo").post("/log/borger/", {"number": NUMBER})
        assert answer.status_code == 400
        assert "reason" in answer.context["number_form"].errors

    @pytest.mark.req("R-000-152")
    def test_a_number_that_others_know_is_answered_like_one_that_nobody_knows(self, world: World) -> None:
        """The police know the person, social services have only been told of a case without the name."""
        with acting(world.seats["police.member"].token) as actor:
            identify(actor, partnership_id=world.partnership, name="Aage Prøvesen", cpr=NUMBER)
        for seat in ("social.dpo", "outside.dpo"):
            dpo = sit(world, seat)
            for number in (NUMBER, STRANGER):
                answer = dpo.post("/log/borger/", {"number": number, "reason": "control"})
                assert answer.status_code == 302
                shown = dpo.get(answer["Location"]).context["entries"]
                # The search itself names the id that it was given.
                assert {entry.row.subject_kind for entry in shown} <= {"log"}

    def test_pages_begin_where_the_last_one_ended(self, world: World) -> None:
        for _number in range(60):
            look(world)
        dpo = sit(world, "police.dpo")
        first = dpo.get("/log/", {"act": "look"})
        second = dpo.get(f"/log/{first.context['older']}")
        seqs = [entry.row.seq for page in (first, second) for entry in page.context["entries"]]
        assert len(seqs) == 60
        assert seqs == sorted(seqs, reverse=True)
        assert second.context["older"] == ""
        back = dpo.get(f"/log/{second.context['newest']}")
        assert [entry.row.seq for entry in back.context["entries"]] == seqs[:50]

    def test_what_a_predecessor_did_is_in_its_successors_log(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        for seat in ("social.member", "police.member", "social.member"):
            look(world, seat)
        change(
            owner_connection,
            "update partnerships_authority set successor_id = %s where id = %s",
            *(world.authorities["police"], world.authorities["social"]),
        )
        shown = entries(sit(world, "police.dpo"), act="look")
        assert [entry.row.authority_id for entry in shown] == [
            world.authorities[key] for key in ("social", "police", "social")
        ]

    @pytest.mark.parametrize("start", ["0", "-1", "x", "²-1", "9" * 17 + "-1", "1-" + "9" * 30, "", "1-1-1", "\x00"])
    def test_a_page_that_is_not_there_is_no_error(self, world: World, start: str) -> None:
        assert sit(world, "police.dpo").get("/log/", {"fra": start}).status_code == 200

    @pytest.mark.parametrize(
        "query",
        [
            {"since": "31-02-2026"},
            {"person": "x"},
            {"act": "x"},
            {"since": "\x00"},
            {"borger": "x"},
            {"sag": "<script>"},
            {"since": "2026-02-02", "until": "2026-01-01"},
        ],
    )
    def test_an_impossible_search_is_answered_beside_the_field(self, world: World, query: dict[str, str]) -> None:
        response = sit(world, "police.dpo").get("/log/", query)
        assert response.status_code == 400
        assert response.context["form"].errors

    @pytest.mark.parametrize("written", ["{'n': N}", "['n']", "null", "DEEP"])
    def test_a_row_that_nobody_can_read_does_not_take_the_page_with_it(
        self, world: World, owner_connection: psycopg.Connection, written: str
    ) -> None:
        """The row is told of without what it cannot tell: an older version let it be written."""
        case = look(world, detail={"page": 1})
        poison = written.replace("'", '"').replace("N", "9" * 5000).replace("DEEP", "[" * 1500 + "]" * 1500)
        owner_connection.execute("update audit_logrow set detail = %s::jsonb where case_id = %s", [poison, case])
        owner_connection.commit()
        assert "Member Police" in {entry.who for entry in entries(sit(world, "police.dpo"))}
        with acting(world.seats["police.dpo"].token):
            assert LogRow.objects.get(case_id=case).detail == {}

    @pytest.mark.req("R-000-151")
    def test_reading_the_log_is_logged(self, world: World) -> None:
        dpo = sit(world, "police.dpo")
        dpo.get("/log/")
        assert "search" in {entry.row.act for entry in entries(dpo)}

    @pytest.mark.parametrize("seat", ["police.member", "police.frontline", "police.admin", "police.screener"])
    def test_nobody_else_opens_it(self, world: World, seat: str) -> None:
        client = sit(world, seat)
        for path in ("/log/", "/log/gennemsyn/", "/log/gennemsyn/regler/"):
            assert client.get(path).status_code == 403
        for path in ("/log/kontrol/", "/log/borger/", "/log/gennemsyn/traek/"):
            assert client.post(path, {"number": NUMBER, "reason": "control"}).status_code == 403

    def test_the_plan_of_a_page_reads_an_index_and_sorts_nothing(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        """So that five million rows cost what fifty do (the time itself is the bench's)."""
        owner_connection.execute(
            "insert into audit_logrow (seq, authority_id, at, person_id, act, subject_kind, previous, hash)"
            " select n, %s, now() - make_interval(mins => n), %s, 'look', 'case', '', ''"
            " from generate_series(1, 20000) n",
            [world.authorities["police"], world.seats["police.member"].person],
        )
        owner_connection.execute("analyze audit_logrow")
        owner_connection.commit()
        with acting(world.seats["police.dpo"].token) as actor:
            for person in (None, world.seats["police.member"].person):
                before = Key(timezone.now() - timedelta(minutes=9000), 5)
                rows = _chain_page(actor, actor.authority_id, Filters(person_id=person), before)[:51]
                plan = rows.explain(analyze=True)
                assert "Seq Scan" not in plan.split("InitPlan")[0], plan
                assert "Sort" not in plan.split("InitPlan")[0], plan


class TestReviews:
    """What is drawn gets a written verdict, by a name, at a time, once."""

    def test_random_looks_are_drawn_and_judged(self, world: World) -> None:
        for _number in range(12):
            look(world)
        dpo = sit(world, "police.dpo")
        dpo.post("/log/gennemsyn/traek/")
        waiting = dpo.get("/log/gennemsyn/").context["waiting"]
        assert len(waiting) == 10
        assert {one.why for one, _ in waiting} == {Why.RANDOM}
        review = waiting[0][0]
        url = f"/log/gennemsyn/{review.pk}/"
        assert dpo.post(url, {"verdict": "lawful"}).status_code == 400
        assert dpo.post(url, {"verdict": "x", "note": "y"}).status_code == 400
        assert dpo.post(url, {"verdict": "lawful", "note": "Hører til sagen"}).status_code == 302
        text = dpo.get(url).content.decode()
        assert "Hører til sagen" in text
        assert "Dpo Police" in text
        assert "<textarea" not in text
        assert dpo.post(url, {"verdict": "not_lawful", "note": "Nej"}).status_code == 400
        with acting(world.seats["police.dpo"].token):
            judged = LogReview.objects.get(pk=review.pk)
        assert (judged.verdict, judged.judged_by_id) == (Verdict.LAWFUL, world.seats["police.dpo"].person)

    def test_the_same_look_is_not_drawn_twice(self, world: World) -> None:
        for _number in range(5):
            look(world)
        with acting(world.seats["police.dpo"].token) as actor:
            assert services.draw(actor) == 5
            assert services.draw(actor) == 0

    def test_nobody_judges_the_own_look(self, world: World) -> None:
        look(world, "police.dpo")
        with acting(world.seats["police.dpo"].token) as actor:
            assert services.draw(actor) == 0
            row = LogRow.objects.get(act=Act.LOOK)
            review = LogReview(authority_id=row.authority_id, seq=row.seq, row_at=row.at, why=Why.NIGHT)
            review.person_id = actor.person_id
            LogReview.objects.bulk_create([review])
            with pytest.raises(services.RightsError, match="dit eget"):
                services.judge(actor, review, Verdict.LAWFUL, "Mit eget")

    @pytest.mark.parametrize("seat", ["social.dpo", "police.member"])
    def test_a_row_that_was_drawn_is_the_own_dpos(self, world: World, seat: str) -> None:
        look(world)
        with acting(world.seats["police.dpo"].token) as actor:
            services.draw(actor)
            review = LogReview.objects.get()
        with acting(world.seats[seat].token):
            assert not LogReview.objects.exists()
        strange = sit(world, "social.dpo").get(f"/log/gennemsyn/{review.pk}/")
        assert strange.status_code == 404
        assert strange.content == sit(world, "social.dpo").get(f"/log/gennemsyn/{uuid4()}/").content

    def _drawn(self, world: World, authority: str = "police") -> set[str]:
        jobs.draw(0)
        with acting(world.seats[f"{authority}.dpo"].token):
            return set(LogReview.objects.exclude(why=Why.RANDOM).values_list("why", flat=True))

    def _shift(self, owner: psycopg.Connection, when: datetime | None = None, **at: Any) -> None:
        """Move every row of the log to a time of yesterday, or so many days back."""
        moment = when or timezone.localtime() - timedelta(**at)
        change(owner, "update audit_logrow set at = %s", moment)

    def test_a_look_at_night(self, world: World, owner_connection: psycopg.Connection) -> None:
        look(world, "social.member")
        look(world, "police.member")
        night = timezone.localtime().replace(hour=2, minute=30)
        if night > timezone.localtime():
            night -= timedelta(days=1)
        self._shift(owner_connection, night)
        assert "night" in self._drawn(world, "social")
        # The police work at all hours.
        assert "night" not in self._drawn(world, "police")

    def test_many_in_a_short_time(self, world: World, owner_connection: psycopg.Connection) -> None:
        for _number in range(31):
            look(world)
        self._shift(owner_connection, hours=1)
        assert "many" in self._drawn(world)

    def test_a_look_that_nothing_came_of(self, world: World, owner_connection: psycopg.Connection) -> None:
        look(world)
        self._shift(owner_connection, days=14, hours=1)
        assert "alone" in self._drawn(world)

    def test_a_look_that_something_came_of(self, world: World, owner_connection: psycopg.Connection) -> None:
        case = look(world)
        with acting(world.seats["police.member"].token) as actor:
            record(actor, Act.CHANGE, "case", case, case_id=case)
        self._shift(owner_connection, days=14, hours=1)
        assert "alone" not in self._drawn(world)

    @pytest.mark.parametrize(
        ("name", "found"), [("Aage Police", True), ("Screener Police", True), ("Aage Prøvesen", False)]
    )
    def test_the_citizen_has_a_colleagues_name(self, world: World, name: str, found: bool) -> None:
        case = raised(world, name=name)
        look(world, case_id=case.pk, citizen_id=case.citizen_id)
        assert ("name" in self._drawn(world)) is found

    def test_the_citizen_lives_elsewhere(self, world: World, owner_connection: psycopg.Connection) -> None:
        case = raised(world)
        look(world, case_id=case.pk, citizen_id=case.citizen_id)
        here, there = uuid4(), uuid4()
        for key, name in ((here, "Prøveby"), (there, "Andetsted")):
            change(owner_connection, "insert into partnerships_area (id, name) values (%s, %s)", key, name)
        change(
            owner_connection,
            "insert into partnerships_authority_areas (authority_id, area_id) values (%s, %s)",
            *(world.authorities["police"], here),
        )
        change(owner_connection, "update citizens_identity set area_id = %s", there)
        assert "area" in self._drawn(world)

    def test_shortly_before_somebody_leaves(self, world: World, owner_connection: psycopg.Connection) -> None:
        look(world)
        change(
            owner_connection,
            "update partnerships_capacity set until = today() + 3 where id = %s",
            world.seats["police.member"].post,
        )
        assert "leaver" in self._drawn(world)

    def test_the_draw_lies_on_the_dpos_desk_once_a_day(self, world: World) -> None:
        for _number in range(31):
            look(world)
        assert jobs.draw(0) > 0
        assert jobs.draw(0) == 0
        assert kinds(world, "police.dpo") == [TaskKind.ATTENTION]
        assert "/log/gennemsyn/" in sit(world, "police.dpo").get("/").content.decode()

    def test_the_dpo_says_what_is_drawn(self, world: World) -> None:
        dpo = sit(world, "social.dpo")
        wanted = {"hours_from": "0", "hours_until": "24", "many_per_hour": "100", "draws_per_week": "0"}
        assert dpo.post("/log/gennemsyn/regler/", {**wanted, "hours_until": "0"}).status_code == 400
        assert dpo.post("/log/gennemsyn/regler/", {**wanted, "weekends": "on"}).status_code == 302
        for _number in range(40):
            look(world, "social.member")
        assert self._drawn(world, "social") == set()


class TestTheChain:
    """It can be checked, the check is kept, and its sum lies with somebody else."""

    def test_a_check_on_demand_is_kept(self, world: World, owner_connection: psycopg.Connection) -> None:
        look(world)
        dpo = sit(world, "police.dpo")
        assert "Kæden er hel" in dpo.post("/log/kontrol/", follow=True).content.decode()
        change(owner_connection, "update audit_logrow set purpose = 'x' where seq = 1")
        text = dpo.post("/log/kontrol/", follow=True).content.decode()
        assert "Kæden er brudt" in text
        assert "nummer 1." in text
        with acting(world.seats["police.dpo"].token):
            kept = list(ChainCheck.objects.order_by("at").values_list("broken_seq", "person_id"))
        assert kept == [(None, world.seats["police.dpo"].person), (1, world.seats["police.dpo"].person)]
        with acting(world.seats["social.dpo"].token):
            assert not ChainCheck.objects.exists()

    def test_a_chain_begun_again_is_found_on_demand_too(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        look(world)
        audit_jobs.anchor(0)
        change(owner_connection, "with gone as (delete from audit_logrow) delete from audit_chainhead")
        text = sit(world, "police.dpo").post("/log/kontrol/", follow=True).content.decode()
        assert "Kæden er brudt" in text

    def test_the_daily_sum_goes_away_and_says_nothing_else(self, world: World, settings: Any) -> None:
        settings.AUDIT_SUM_MAIL = "revision@eksempel.dk"
        look(world)
        look(world, "social.member")
        audit_jobs.anchor(0)
        assert audit_jobs.send_sum(0) == 1
        assert audit_jobs.send_sum(0) == 0
        (sent,) = mail.outbox
        (kept,) = anchors.sums()
        lines = sorted(f"{authority} {seq} {link}" for authority, (seq, link) in kept["heads"].items())
        assert len(lines) == 2
        total = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        assert sent.body == f"{timezone.localdate().isoformat()}\n{total}\n"
        assert sent.to == ["revision@eksempel.dk"]

    def test_without_an_address_the_sum_is_kept(self, world: World, settings: Any) -> None:
        look(world)
        audit_jobs.anchor(0)
        assert audit_jobs.send_sum(0) == 0
        assert mail.outbox == []
        text = Path(settings.AUDIT_ANCHOR_FILE).read_text(encoding="utf-8")
        assert set(json.loads(text.splitlines()[-1])) == {"day", "sum", "heads"}

    def test_the_application_cannot_write_a_check_itself(
        self, world: World, app_connection: psycopg.Connection
    ) -> None:
        app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats["police.dpo"].token])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(
                "insert into audit_chaincheck (id, authority_id, at, seq) values (gen_random_uuid(), %s, now(), 1)",
                [world.authorities["police"]],
            )


@pytest.mark.parametrize("seat", ["police.member", "police.screener", "police.frontline", "police.admin"])
def test_the_functions_of_the_log_answer_nobody_but_a_dpo(world: World, seat: str) -> None:
    case = raised(world)
    with acting(world.seats[seat].token), connection.cursor() as cursor:
        cursor.execute("select * from rights_of_citizen(%s)", [case.citizen_id])
        assert cursor.fetchall() == []
        # Whoever answers a citizen's request looks up by number too: one that nobody has leads to nobody.
        answers = seat in {"police.member", "police.screener"}
        cursor.execute("select rights_citizen(%s)", [b"\x01" * 32])
        found = cursor.fetchall()[0][0]
        assert (found is not None) == answers
        assert found != case.citizen_id
        cursor.execute("select * from rights_cases(%s)", [case.reference])
        assert cursor.fetchall() == ([(case.pk,)] if answers else [])


class TestNumbers:
    """The log names a case by its number, to those whose authority is or was party to it."""

    def test_the_page_shows_the_number_and_leads_to_all_about_it(self, world: World) -> None:
        case = raised(world)
        sit(world, "police.member").get(f"/sager/{case.pk}/")
        page = sit(world, "police.dpo").get("/log/").content.decode()
        assert f'<a href="/log/?sag={case.reference}">{case.reference}</a>' in page
        assert str(case.pk) not in page

    @pytest.mark.attack
    def test_a_number_is_told_to_no_other_authority_and_no_other_function(self, world: World) -> None:
        case = raised(world, parties=("social",))
        for seat, answers in (
            ("social.dpo", True),
            ("psychiatry.dpo", False),
            ("outside.dpo", False),
            ("police.member", False),
        ):
            with acting(world.seats[seat].token), connection.cursor() as cursor:
                cursor.execute("select * from rights_references(%s)", [[case.pk]])
                assert bool(cursor.fetchall()) == answers, seat

    def test_every_kind_that_the_log_holds_has_words(self) -> None:
        found = kinds_written().found
        from_choices = {*SubjectKind.values, *Kind.values}
        from_models = {model._meta.model_name for model in (Category, Criterion, Measure)}
        missing = ({*found} | from_choices | from_models) - {*SUBJECTS}
        assert not missing, {kind: found.get(kind) for kind in missing}

    def test_a_kind_that_cannot_be_read_from_the_code_is_one_of_those_named_above(self) -> None:
        assert kinds_written().unread == {
            "samsvar.partnerships.services.rules: model._meta.model_name",
            "samsvar.partnerships.services.rules: row._meta.model_name or ''",
            "samsvar.retention.jobs: kind",
            "samsvar.sharing.services.disclosing: subject.kind",
        }

    def test_a_kind_is_found_through_the_functions_that_hand_it_on(self) -> None:
        found = kinds_written().found
        assert {"login", "group", "conference_item", "meeting_kind", "network", "ban"} <= {*found}
        assert {"gap_link", "responsibility", "party", "journal_note"} <= {*found}

    def test_a_kind_that_nobody_names_is_the_writers_own(self) -> None:
        assert {"samsvar.cases.services.editing", "samsvar.cases.views.steps"} <= kinds_written().found["case"]

    def test_a_citizen_reads_what_the_conference_looked_for(self) -> None:
        for kind in ("conference", "conference_case", "conference_item", "conference_minutes"):
            row = LogRow(subject_kind=kind, act=Act.LOOK, purpose="")
            assert looked_for(row) == "arbejdet med sagen i Samarbejdsenheden"

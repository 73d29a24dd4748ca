"""What a citizen can ask for, within its clock; who else is heard; and the paper that says who was told what."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.audit.models import Act, LogRow
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.law.kinds import Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import acting
from samsvar.retention import jobs as retention_jobs
from samsvar.rights import jobs, selectors, services
from samsvar.rights.models import Breach, Exemption, Hearing, LogReview, OutsideLook, Remark, RightsRequest, Why
from samsvar.sharing.services import contribute, pass_on
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.cases.table import NUMBER, raised
from tests.clients import sit
from tests.letters.desk import on_paper
from tests.tasks.test_jobs import change
from tests.world import World

STRANGER = "6201805678"


def asked(world: World, seat: str = "social.dpo", **fields: Any) -> RightsRequest:
    """A citizen asks social services for insight today."""
    with acting(world.seats[seat].token) as actor:
        return services.register(
            actor,
            **{
                "kind": "insight",
                "who": "Aage Prøvesen",
                "identified_by": "MitID",
                "text": "Hvad har I om mig?",
                "received_on": timezone.localdate(),
                **fields,
            },
        )


def as_form(**fields: Any) -> dict[str, Any]:
    """A request as a browser sends it."""
    return {
        "kind": "insight",
        "who": "Aage Prøvesen",
        "identified_by": "MitID",
        "text": "Hvad har I om mig?",
        "received_on": timezone.localdate().isoformat(),
        **fields,
    }


class TestTheRegister:
    """A request, its clock, the others, what is kept back, the answer."""

    def test_a_request_is_written_down_and_its_clock_runs(self, world: World) -> None:
        case = raised(world)
        dpo = sit(world, "social.dpo")
        answer = dpo.post("/rettigheder/ny/", as_form(number=NUMBER, reference=case.reference), follow=True)
        assert answer.status_code == 200
        with acting(world.seats["social.member"].token) as actor:
            (found,) = selectors.open_requests(actor)
            # A leader sees the request; the clock lies on the data protection officer's table.
            assert found.due_on == found.received_on + timedelta(days=28)
            assert found.about_case_id == case.pk
        with acting(world.seats["social.dpo"].token) as actor:
            assert list(open_tasks(actor).values_list("kind", "due_on")) == [(TaskKind.ATTENTION, found.due_on)]
        assert NUMBER not in dpo.get(f"/rettigheder/{found.pk}/").content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [{"received_on": "2199-01-01"}, {"kind": "x"}, {"number": "1"}, {"reference": "NEJ-2026-001"}, {"who": ""}],
    )
    def test_what_cannot_be_is_answered_beside_the_field(self, world: World, wrong: dict[str, str]) -> None:
        answer = sit(world, "social.dpo").post("/rettigheder/ny/", as_form(**wrong))
        assert answer.status_code == 400
        assert set(answer.context["form"].errors) == set(wrong)

    def test_a_case_that_is_only_others_is_no_case(self, world: World) -> None:
        case = raised(world, parties=("psychiatry",))
        answer = sit(world, "social.dpo").post("/rettigheder/ny/", as_form(reference=case.reference))
        assert "ingen sag med det nummer" in answer.content.decode()

    @pytest.mark.parametrize("seat", ["police.dpo", "social.frontline", "social.admin", "outside.dpo"])
    def test_it_is_the_own_controllers(self, world: World, seat: str) -> None:
        request = asked(world)
        assert sit(world, seat).get(f"/rettigheder/{request.pk}/").status_code in {403, 404}
        with acting(world.seats[seat].token):
            assert not RightsRequest.objects.exists()

    def test_an_answer_ends_it_and_stands(self, world: World) -> None:
        request = asked(world)
        dpo = sit(world, "social.dpo")
        assert dpo.post(f"/rettigheder/{request.pk}/svar/", {"outcome": "granted"}).status_code == 400
        given = {"outcome": "granted", "answer": "Papiret er udleveret."}
        assert dpo.post(f"/rettigheder/{request.pk}/svar/", given).status_code == 302
        again = dpo.post(f"/rettigheder/{request.pk}/svar/", {"outcome": "refused", "answer": "Nej"})
        assert "besvaret i mellemtiden" in again.content.decode()
        with acting(world.seats["social.dpo"].token) as actor:
            assert not open_tasks(actor).exists()
            assert list(selectors.open_requests(actor)) == []

    @pytest.mark.req("LR-000-42", "R-000-126")
    def test_what_is_wrong_is_mended_or_answered_why_not_and_the_log_says_so(self, world: World) -> None:
        request = asked(world, kind="correction", text="Jeg har aldrig boet på Prøvevej")
        dpo = sit(world, "social.dpo")
        page = dpo.get(f"/rettigheder/{request.pk}/").content.decode()
        assert "Rettelse" in page
        assert "Jeg har aldrig boet på Prøvevej" in page
        given = {"outcome": "granted", "answer": "Adressen er rettet i sagen."}
        assert dpo.post(f"/rettigheder/{request.pk}/svar/", given).status_code == 302
        assert "Adressen er rettet i sagen." in dpo.get(f"/rettigheder/{request.pk}/").content.decode()
        with acting(world.seats["social.dpo"].token):
            acts = set(LogRow.objects.filter(subject_id=request.pk).values_list("act", flat=True))
        assert {"create", "change"} <= acts

    @pytest.mark.parametrize(("days", "fine"), [(20, False), (60, True), (89, True), (90, False)])
    def test_it_may_take_three_months_for_a_reason(self, world: World, days: int, fine: bool) -> None:
        request = asked(world)
        until = (timezone.localdate() + timedelta(days=days)).isoformat()
        answer = sit(world, "social.dpo").post(
            f"/rettigheder/{request.pk}/laengere/", {"until": until, "because": "Mange sager"}
        )
        assert answer.status_code == (302 if fine else 400)

    def test_the_others_are_heard_and_answer_for_their_own(self, world: World) -> None:
        case = raised(world)
        request = asked(world, reference=case.reference)
        dpo = sit(world, "social.dpo")
        form = {"other": world.authorities["outside"], "question": "Hvad giver I indsigt i?"}
        assert dpo.post(f"/rettigheder/{request.pk}/hoer/", form).status_code == 400
        form["other"] = world.authorities["police"]
        assert dpo.post(f"/rettigheder/{request.pk}/hoer/", form).status_code == 302
        with acting(world.seats["police.dpo"].token):
            hearing = Hearing.objects.get()
            assert not RightsRequest.objects.exists()
        police = sit(world, "police.dpo")
        assert f"/rettigheder/hoering/{hearing.pk}/" in police.get("/").content.decode()
        text = police.get(f"/rettigheder/hoering/{hearing.pk}/").content.decode()
        assert case.reference in text
        assert "Prøvesen" not in text
        police.post(f"/rettigheder/hoering/{hearing.pk}/", {"answer": "Vi svarer selv efter egne regler."})
        assert "efter egne regler" in dpo.get(f"/rettigheder/{request.pk}/").content.decode()
        assert sit(world, "psychiatry.dpo").get(f"/rettigheder/hoering/{hearing.pk}/").status_code == 404

    def test_nobody_is_heard_who_was_not_in_the_case(self, world: World, app_connection: psycopg.Connection) -> None:
        case = raised(world, parties=("social",))
        request = asked(world, reference=case.reference)
        with acting(world.seats["social.dpo"].token) as actor:
            assert [one.kind for one in selectors.may_be_heard(actor, request)] == ["police"]
        app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats["social.dpo"].token])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(
                "insert into rights_hearing (id, partnership_id, request_id, authority_id, to_authority_id, reference,"
                " question, asked_by_id, asked_at, answer) values "
                " (gen_random_uuid(), %s, %s, %s, %s, '', 'x', %s, now(), '')",
                [
                    *(world.partnership, request.pk, world.authorities["social"], world.authorities["psychiatry"]),
                    world.seats["social.dpo"].person,
                ],
            )

    @pytest.mark.req("R-000-123")
    def test_what_is_kept_back_has_paragraph_number_reason_and_a_day(self, world: World) -> None:
        request = asked(world)
        dpo = sit(world, "social.dpo")
        url = f"/rettigheder/{request.pk}/undtag/"
        form = {
            "what": "Anmelderens navn",
            "paragraph": "databeskyttelsesloven § 22",
            "number": "stk. 2, nr. 3",
            "reason": "Anmelderen er lovet fortrolighed",
            "review_on": (timezone.localdate() + timedelta(days=90)).isoformat(),
        }
        assert set(dpo.post(url, {"what": "", "paragraph": ""}).context["form"].errors) == set(form)
        assert dpo.post(url, {**form, "review_on": timezone.localdate().isoformat()}).status_code == 400
        assert dpo.post(url, form).status_code == 302
        assert "stk. 2, nr. 3" in dpo.get(f"/rettigheder/{request.pk}/").content.decode()
        with acting(world.seats["social.dpo"].token):
            assert Exemption.objects.get().by_id == world.seats["social.dpo"].person

    def test_an_answered_request_outlives_its_case_and_goes_in_its_own_time(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        request = asked(world, number=NUMBER)
        with acting(world.seats["social.dpo"].token) as actor:
            services.close(actor, request, "granted", "Udleveret")
        assert retention_jobs.propose(0) == 0
        change(owner_connection, "update rights_rightsrequest set answered_on = today() - 800")
        assert retention_jobs.propose(0) == 1


class TestRemarks:
    """The citizen's own words go where the text goes."""

    @pytest.mark.req("R-000-124")
    def test_a_remark_is_read_by_all_who_read_the_case(self, world: World) -> None:
        case = raised(world, parties=("social",))
        text = "Jeg har ikke sovet ude, jeg boede hos min søster."
        answer = sit(world, "social.member").post(f"/rettigheder/sag/{case.pk}/bemaerkning/", {"text": text})
        assert answer.status_code == 302
        for seat in ("police.member", "social.member"):
            page = sit(world, seat).get(f"/sager/{case.pk}/").content.decode()
            assert text in page
            assert "Prøveby Kommune" in page
        for seat in ("psychiatry.member", "outside.member", "police.dpo"):
            with acting(world.seats[seat].token):
                assert not Remark.objects.exists()
            assert sit(world, seat).get(f"/rettigheder/sag/{case.pk}/bemaerkning/").status_code == 404

    def test_a_remark_goes_with_the_case_when_its_time_is_up(
        self, world: World, caretaker_connection: psycopg.Connection
    ) -> None:
        case = raised(world)
        with acting(world.seats["social.member"].token) as actor:
            services.remark(actor, case, "Mit")
        caretaker_connection.execute("select retention_dispose('case', %s, null)", [case.pk])
        assert caretaker_connection.execute("select count(*) from rights_remark").fetchone() == (0,)
        caretaker_connection.rollback()


class TestTold:
    """One paper per controller, in a minute: who was told what, on what basis, when; and every look."""

    def _told(self, world: World, seat: str, case: Case) -> list[selectors.Controller]:
        assert case.citizen_id is not None
        with acting(world.seats[seat].token) as actor:
            return selectors.told(actor, case.citizen_id)

    @pytest.fixture
    def case(self, world: World) -> Case:
        """Police raise, psychiatry tells social services something, social services look."""
        case = raised(world)
        with acting(world.seats["psychiatry.member"].token) as actor:
            contribution = contribute(
                actor, case, "contributes", text="Stoppede med medicinen", information_type="health"
            )
            receivers = [Authority.objects.get(pk=world.authorities["social"])]
            pass_on(actor, case, contribution, receivers, necessity="Før besøget", purpose=Purpose.HELP)
        sit(world, "social.member").get(f"/sager/{case.pk}/")
        sit(world, "social.member").get("/sager/")
        return case

    @pytest.mark.req("R-000-125")
    @pytest.mark.req("R-003-51")
    def test_the_own_part_is_whole(self, world: World, case: Case) -> None:
        mine, *others = self._told(world, "psychiatry.dpo", case)
        assert mine.own
        health = [one for one in mine.told if one.what == "helbred og behandling"]
        assert [one.to for one in health] == [("Prøveby Kommune",)]
        assert "§" in health[0].basis
        assert health[0].purpose == "indsatsen for borgeren"
        assert [part.name for part in others] == ["Prøvekredsens Politi"]

    @pytest.mark.req("R-000-125")
    def test_the_own_part_comes_on_paper_in_both_languages_without_a_staff_name(self, world: World, case: Case) -> None:
        address = reverse("rights:told_on_paper", args=[case.citizen_id])
        client = sit(world, "psychiatry.dpo")
        for query, told in (("", "helbred og behandling"), ("?sprog=en", "health and treatment")):
            answer = client.get(address + query)
            assert answer["Content-Disposition"] == 'attachment; filename="hvem-har-faaet-hvad-at-vide.pdf"'
            words = " ".join(on_paper(answer).split())
            assert told in words
            assert "Prøveby Kommune" in words
            assert "Member" not in words
            assert "Prøvekredsens Politi" not in words
        assert sit(world, "psychiatry.member").get(address).status_code == 403

    def test_others_are_there_with_what_they_told_us_and_no_more(self, world: World, case: Case) -> None:
        mine, police, psychiatry = sorted(
            self._told(world, "social.dpo", case), key=lambda part: (not part.own, part.name)
        )
        assert (mine.told, police.looks, psychiatry.looks) == ([], [], [])
        assert {one.what for one in psychiatry.told} == {"helbred og behandling"}
        # What psychiatry told social services alone, the police's paper does not know.
        theirs = self._told(world, "police.dpo", case)
        assert [part.name for part in theirs] == ["Prøvekredsens Politi"]

    @pytest.mark.req("R-003-58", "LR-000-68")
    def test_every_look_is_there_with_day_and_purpose_and_no_name(self, world: World, case: Case) -> None:
        mine = self._told(world, "social.dpo", case)[0]
        assert {look.purpose for look in mine.looks} >= {"arbejdet med sagen", "overblik over sager"}
        assert {look.on for look in mine.looks} == {timezone.localdate()}
        text = sit(world, "social.dpo").get(f"/rettigheder/fortalt/{case.citizen_id}/").content.decode()
        main = text[text.index("<main") :]
        assert "arbejdet med sagen" in main
        for word in ("Member", "Prøvesen", "Stoppede", NUMBER, case.reference):
            assert word not in main
        assert "Member" not in repr(mine)

    def test_a_citizen_that_nobody_here_knows_has_an_empty_paper(self, world: World, case: Case) -> None:
        for key in (case.citizen_id, uuid4()):
            page = sit(world, "outside.dpo").get(f"/rettigheder/fortalt/{key}/").content.decode()
            assert "Intet." in page
            assert "Politi" not in page[page.index("<main") :]

    @pytest.mark.parametrize("seat", ["social.member", "social.admin", "social.frontline"])
    def test_nobody_but_the_dpo_makes_it(self, world: World, case: Case, seat: str) -> None:
        assert sit(world, seat).get(f"/rettigheder/fortalt/{case.citizen_id}/").status_code == 403

    def test_it_costs_as_many_queries_for_many_disclosures_as_for_one(self, world: World, case: Case) -> None:
        def count() -> int:
            with acting(world.seats["psychiatry.dpo"].token) as actor, CaptureQueriesContext(connection) as asked:
                assert case.citizen_id is not None
                selectors.told(actor, case.citizen_id)
            return len(asked)

        first = count()
        for _number in range(4):
            with acting(world.seats["psychiatry.member"].token) as actor:
                contribution = contribute(actor, case, "contributes", text="Mere", information_type="health")
                receivers = list(Authority.objects.filter(pk=world.authorities["police"]))
                pass_on(actor, case, contribution, receivers, necessity="Før besøget", purpose=Purpose.HELP)
                record(actor, Act.LOOK, "case", case.pk, case_id=case.pk)
        assert count() == first


class TestOutsideOnesReach:
    """Everybody gets the same answer; those it may concern are told; the log tells of it."""

    def _ask(self, client: Client, world: World, **about: str) -> Any:
        form = {"place": str(world.partnership), "reason": "visit", **about}
        return client.post("/rettigheder/spoerg/", form, follow=True)

    def test_the_same_answer_for_the_known_and_the_unknown(self, world: World) -> None:
        case = raised(world)
        client = sit(world, "psychiatry.frontline")
        pages = [
            self._ask(client, world, **about).content
            for about in (
                {"number": NUMBER},
                {"number": STRANGER},
                {"reference": case.reference},
                {"reference": "TST-2026-999"},
            )
        ]
        assert b"Vi giver besked til dem, det m\xc3\xa5tte vedr\xc3\xb8re" in pages[0]
        assert (
            len({re.sub(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+', b"", page) for page in pages})
            == 1
        )

    def test_the_parties_members_are_told_who_asks_and_why_for_a_day(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        case = raised(world, parties=("social",))
        self._ask(sit(world, "psychiatry.frontline"), world, number=NUMBER)
        for seat in ("police.member", "social.member"):
            with acting(world.seats[seat].token) as actor:
                task = open_tasks(actor).get(subject_kind="outside")
                assert task.reference == case.reference
        page = sit(world, "police.member").get(f"/rettigheder/spurgt/{task.subject_id}/").content.decode()
        assert "Frontline Psychiatry" in page
        assert "Jeg skal på besøg" in page
        assert "Prøvesen" not in page
        with acting(world.seats["psychiatry.member"].token):
            assert not Task.objects.filter(subject_kind="outside").exists()
            assert not OutsideLook.objects.exists()
        change(owner_connection, "update rights_outsidelook set expires_at = now() - interval '1 minute'")
        assert sit(world, "police.member").get(f"/rettigheder/spurgt/{task.subject_id}/").status_code == 404
        assert jobs.end_questions(0) == 2

    def test_it_stands_out_in_the_log_and_is_always_drawn(self, world: World) -> None:
        raised(world)
        self._ask(sit(world, "psychiatry.frontline"), world, number=NUMBER)
        jobs.draw(0)
        with acting(world.seats["psychiatry.dpo"].token):
            assert LogReview.objects.filter(why=Why.OUTSIDE).count() == 1
        text = sit(world, "psychiatry.dpo").get("/log/", {"act": "search"}).content.decode()
        assert "spørgsmål uden for egne sager" in text
        assert "Jeg skal på besøg" in text

    @pytest.mark.parametrize("wrong", [{}, {"number": NUMBER, "reference": "TST-2026-001"}, {"number": "1"}])
    def test_one_of_the_two_is_asked_for(self, world: World, wrong: dict[str, str]) -> None:
        form = {"place": str(world.partnership), "reason": "visit", **wrong}
        assert sit(world, "psychiatry.frontline").post("/rettigheder/spoerg/", form).status_code == 400

    @pytest.mark.parametrize("seat", ["police.admin", "police.dpo"])
    def test_who_works_with_nobody_asks_about_nobody(self, world: World, seat: str) -> None:
        assert sit(world, seat).get("/rettigheder/spoerg/").status_code == 403

    def test_a_number_that_became_nothing_is_forgotten(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        raised(world)
        self._ask(sit(world, "psychiatry.frontline"), world, number=STRANGER)
        assert owner_connection.execute("select count(*) from citizens_citizen").fetchone() == (2,)
        change(owner_connection, "update citizens_citizen set created_at = now() - interval '3 days'")
        retention_jobs.dispose(0)
        assert owner_connection.execute("select count(*) from citizens_citizen").fetchone() == (1,)


class TestBreaches:
    """What, since when, told whom; and the clock of seventy-two hours."""

    def _new(self, world: World, seat: str = "police.dpo") -> Any:
        return sit(world, seat).post(
            "/rettigheder/brud/nyt/",
            {
                "kind": "seen",
                "what": "En liste lå på printeren",
                "known_on": timezone.localdate().isoformat(),
                "known_hour": "0",
                "people": "3",
            },
        )

    def test_the_clock_runs_from_when_it_was_known(self, world: World) -> None:
        assert self._new(world).status_code == 302
        with acting(world.seats["police.dpo"].token) as actor:
            breach = Breach.objects.get()
            assert selectors.breach_due(breach) == breach.known_at + timedelta(hours=72)
            task = open_tasks(actor).get(subject_kind="breach")
            assert (task.acute, task.due_on) == (True, timezone.localdate() + timedelta(days=3))
        assert f"/rettigheder/brud/{breach.pk}/" in sit(world, "police.dpo").get("/").content.decode()

    def test_it_ends_when_those_who_should_know_know_or_it_says_why_not(self, world: World) -> None:
        self._new(world)
        with acting(world.seats["police.dpo"].token):
            breach = Breach.objects.get()
        dpo = sit(world, "police.dpo")
        form = {"kind": "seen", "what": "En liste lå på printeren", "over": "on"}
        url = f"/rettigheder/brud/{breach.pk}/"
        assert "hvem der har fået besked" in dpo.post(url, form).content.decode()
        form |= {
            "measures": "Listen er makuleret",
            "told_supervisor_on": timezone.localdate().isoformat(),
            "why_not_citizens": "Ingen uvedkommende så den",
        }
        assert dpo.post(url, form).status_code == 302
        with acting(world.seats["police.dpo"].token) as actor:
            assert Breach.objects.get().closed_at is not None
            assert not open_tasks(actor).exists()
        assert "besked" not in dpo.post(url, form).headers.get("Location", "")

    @pytest.mark.parametrize("seat", ["social.dpo", "police.member", "police.frontline"])
    def test_it_is_the_own_officers_and_administrators(self, world: World, seat: str) -> None:
        self._new(world)
        with acting(world.seats[seat].token):
            assert not Breach.objects.exists()
        if not seat.endswith("dpo"):
            assert sit(world, seat).get("/rettigheder/brud/").status_code == 403

    def test_impossible_times_are_refused(self, world: World) -> None:
        later = (timezone.localdate() + timedelta(days=1)).isoformat()
        form = {"kind": "seen", "what": "x", "known_on": later, "known_hour": "5"}
        assert sit(world, "police.dpo").post("/rettigheder/brud/nyt/", form).status_code == 400
        assert sit(world, "police.dpo").post("/rettigheder/brud/nyt/", {**form, "known_hour": "25"}).status_code == 400


def test_the_dpo_sees_that_the_half_yearly_review_is_late(world: World, owner_connection: psycopg.Connection) -> None:
    text = sit(world, "police.dpo").get("/log/").content.decode()
    assert "5 af jeres poster" in text
    change(owner_connection, "update partnerships_capacity set reviewed_on = today()")
    assert "af jeres poster" not in sit(world, "police.dpo").get("/log/").content.decode()

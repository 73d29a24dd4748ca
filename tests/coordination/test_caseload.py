"""How many citizens each tovholder has, and how many hours for them: for the leaders, and for oneself."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError
from django.urls import reverse

from samsvar.calendar.agreements import agreements
from samsvar.coordination.models import CareNetwork, CoordinatorPost
from samsvar.coordination.selectors import caseload as selectors
from samsvar.coordination.services import CoordinationError
from samsvar.coordination.services.caseload import set_hours
from samsvar.coordination.services.coordinators import Named, appoint
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import acting, attempt
from tests.clients import sit
from tests.coordination.ground import named, opened
from tests.world import SINCE, World

# Table 2 of the report, 26 August 2011: weekly hours and cases of the eight tovholdere (invented names).
TABLE_2 = [
    *(("Anna", 10, 6), ("Bo", 8, 5), ("Carla", 37, 15), ("Dorthe", 31, 9)),
    *(("Eva", 37, 13), ("Finn", 10, 2), ("Gry", 10, 1), ("Hans", 10, 1)),
]


def colleague(world: World, owner: psycopg.Connection, name: str) -> Capacity:
    """One more post of the municipality."""
    person, post = uuid4(), uuid4()
    owner.execute(
        "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
        " values (%s, %s, %s, '!', 'da', true, now())",
        [person, f"{person.hex[:8]}@eksempel.dk", f"{name} Prøvesen"],
    )
    owner.execute(
        "insert into partnerships_capacity"
        " (id, person_id, authority_id, function, roles, phone, hours, since, end_reason)"
        " values (%s, %s, %s, 'tovholder', '{frontline}', '20202020', 'hverdage 9-12', %s, '')",
        [post, person, world.authorities["social"], SINCE],
    )
    owner.commit()
    return Capacity(pk=post)


class TestCaseload:
    """Cases, hours, and hours for each case."""

    @pytest.mark.req("R-003-75", "R-003-74")
    def test_the_reports_table_comes_out_of_its_own_data(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        posts = {name: colleague(world, owner_connection, name) for name, *_ in TABLE_2}
        with acting(world.seats["social.member"].token) as actor:
            for name, hours, cases in TABLE_2:
                post = Capacity.objects.select_related("person").get(pk=posts[name].pk)
                set_hours(actor, post.pk, hours)
                for number in range(cases):
                    appoint(actor, opened(actor, cpr="", name=f"Borger {name} {number}"), Named(post=post))
            load = selectors.caseload(actor)
            assert (load.hours, load.cases) == (153, 52)
            assert load.per_case == pytest.approx(153 / 52)
            ratios = {one.name.split()[0]: one.per_case for one in load.rows}
            assert (ratios["Bo"], ratios["Hans"]) == (1.6, 10.0)
            # Under 12 hours a week: five of the eight.
            assert sorted(one.name.split()[0] for one in load.rows if one.few) == ["Anna", "Bo", "Finn", "Gry", "Hans"]
            # The project leader has three, and nobody has written the hours for those.
            for number in range(3):
                named(actor, opened(actor, cpr="", name=f"Tre {number}"), name="Projektlederen")
            load = selectors.caseload(actor)
            assert (load.hours, load.cases, load.unknown) == (153, 55, 1)
            assert load.per_case == pytest.approx(153 / 52)
        page = sit(world, "social.member").get(reverse("coordination:caseload")).content.decode()
        assert "2,9" in page
        assert page.count("Få timer") == 5

    @pytest.mark.req("R-003-76")
    def test_the_least_hours_are_dated_data_with_a_source_and_can_be_others(self, tmp_path: Path) -> None:
        least = agreements().least_hours
        assert (least.value, least.status) == (12, "unverified")
        assert "rapport 003" in least.source("da")
        assert "report 003" in least.source("en")
        file = tmp_path / "a.toml"
        own = (
            '\n[least_weekly_hours]\nvalue = 15\nsource_da = "Os"\nsource_en = "Us"\n'
            'status = "verified"\nin_force_from = 2026-01-01\n'
        )
        file.write_text("rules = []\n[repeated]\nadmissions = 2\nmonths = 6\n", encoding="utf-8")
        assert agreements(str(file)).least_hours.value == 12
        other = tmp_path / "b.toml"
        other.write_text(file.read_text(encoding="utf-8") + own, encoding="utf-8")
        assert agreements(str(other)).least_hours.value == 15
        third = tmp_path / "c.toml"
        third.write_text(other.read_text(encoding="utf-8").replace('"Os"', '""'), encoding="utf-8")
        with pytest.raises(ValueError, match="no source"):
            agreements(str(third))


class TestWhoSees:
    """A tovholder sees the own hours, the leaders all of them, and nobody else any."""

    @pytest.fixture
    def hours(self, world: World, network: CareNetwork) -> CareNetwork:
        """The worker is tovholder with ten hours, and a leader has written thirty of the own."""
        seats = world.seats
        with acting(seats["social.member"].token) as actor:
            set_hours(actor, seats["social.frontline"].post, 10)
            set_hours(actor, seats["social.member"].post, 30)
            post = Capacity.objects.select_related("person").get(pk=seats["social.frontline"].post)
            appoint(actor, network, Named(phone="20 20 20 20", hours="9-12", post=post))
        return network

    def test_a_tovholder_sees_and_writes_the_own_and_no_others(self, world: World, hours: CareNetwork) -> None:
        seats = world.seats
        with acting(seats["social.frontline"].token) as actor:
            rows = selectors.caseload(actor).rows
            assert [(one.cases, one.hours) for one in rows] == [(1, 10)]
            assert CoordinatorPost.objects.count() == 1
            with pytest.raises(CoordinationError):
                set_hours(actor, seats["social.member"].post, 5)
            set_hours(actor, actor.capacity_id, 14)
            assert not selectors.caseload(actor).rows[0].few
        browser = sit(world, "social.frontline")
        other = reverse("coordination:hours", args=[seats["social.member"].post])
        assert (browser.get(other).status_code, browser.post(other, {"hours": 5}).status_code) == (404, 404)

    @pytest.mark.parametrize("seat", ["psychiatry.member", "police.member", "outside.member", "social.admin"])
    def test_nobody_else_sees_or_writes_a_number(self, world: World, hours: CareNetwork, seat: str) -> None:
        with acting(world.seats[seat].token) as actor:
            assert not CoordinatorPost.objects.exists()
            with pytest.raises(CoordinationError):
                set_hours(actor, world.seats["social.frontline"].post, 5)
            assert not CoordinatorPost.objects.update(weekly_hours=5)
            whose = world.seats["social.screener"].post
            for authority in (world.authorities["social"], world.seats[seat].authority):
                row = CoordinatorPost(authority_id=authority, capacity_id=whose, weekly_hours=5)
                with pytest.raises(ProgrammingError), attempt():
                    row.save(force_insert=True)
        assert sit(world, seat).get(reverse("coordination:caseload")).status_code in (
            (200,) if seat == "outside.member" else (404,)
        )

    @pytest.mark.parametrize("typed", ["0", "81", "x", "", "-3", "99999999999999999999"])
    def test_a_bad_number_gets_a_message_and_comes_back(self, world: World, hours: CareNetwork, typed: str) -> None:
        browser = sit(world, "social.member")
        path = reverse("coordination:hours", args=[world.seats["social.frontline"].post])
        answer = browser.post(path, {"hours": typed})
        assert answer.status_code == 400
        assert "form-error-message" in answer.content.decode()
        with acting(world.seats["social.member"].token) as actor:
            assert {one.hours for one in selectors.caseload(actor).rows} == {10, 30}


def test_the_home_page_leads_there(world: World, lets_in: Callable[..., object]) -> None:
    path = reverse("coordination:caseload")
    assert path in sit(world, "social.frontline").get(reverse("coordination:home")).content.decode()
    assert path not in sit(world, "psychiatry.frontline").get(reverse("coordination:home")).content.decode()

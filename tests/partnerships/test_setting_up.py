"""A partnership sets itself up through the screens, and an authority looks after its own people."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.accounts.models import User
from samsvar.audit.models import LogRow
from samsvar.partnerships.models import Agreement, Area, Capacity, Group, GroupFunction, Membership, Participation
from samsvar.postgres.actor import acting
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.services import lay
from tests.clients import sit
from tests.world import World

PAGES_FOR_ALL = ("setup", "contacts", "card")


def url(name: str, *args: object) -> str:
    return reverse(f"partnerships:{name}", args=args)


def make_coordinator(owner: psycopg.Connection, world: World, seat: str) -> None:
    """Let a seat coordinate the group, as the owner may."""
    owner.execute(
        "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
        " values (%s, %s, %s, 'coordinator', '2020-01-01', '')",
        [uuid4(), world.group, world.seats[seat].post],
    )
    owner.commit()


class TestGroups:
    """Levels and ways of building them are rows, not code."""

    def test_a_step_that_is_refused_leaves_neither_rows_nor_a_trace_of_them(self, world: World) -> None:
        wrong = {"name": "Rådet", "level": "operative", "model": "district_council", "rhythm": "monthly"}
        answer = sit(world, "police.admin").post(url("group_new", world.partnership), {**wrong, "new_areas": "Nyby"})
        assert answer.status_code == 200
        with acting(world.seats["police.dpo"].token):
            assert not Area.objects.filter(name="Nyby").exists()
            assert not LogRow.objects.filter(subject_kind="area").exists()

    @pytest.mark.req("R-001-2")
    @pytest.mark.req("R-000-1")
    @pytest.mark.parametrize(
        ("level", "model"),
        [
            ("strategic", "district_council"),
            ("strategic", "steering_group"),
            ("strategic", "committee"),
            ("steering", "local_council"),
            ("steering", "local_council_appoints"),
            ("steering", "several_councils"),
            ("steering", "joins_neighbour"),
            ("steering", "catchment"),
            ("steering", "existing_forum"),
            ("operative", "operative_group"),
        ],
    )
    def test_every_way_of_the_leaflet_can_be_set_up(self, world: World, level: str, model: str) -> None:
        client = sit(world, "police.admin")
        answer = client.post(
            url("group_new", world.partnership),
            {"name": "Den nye", "word": "praksisgruppe", "level": level, "model": model, "rhythm": "quarterly"},
        )
        assert answer.status_code == 302, answer.context["form"].errors
        with acting(world.seats["police.admin"].token):
            made = Group.objects.get(name="Den nye")
            assert (made.level, made.model, made.word) == (level, model, "praksisgruppe")

    def test_a_model_of_another_level_is_explained(self, world: World) -> None:
        answer = sit(world, "police.admin").post(
            url("group_new", world.partnership),
            {"name": "Den nye", "word": "gruppe", "level": "operative", "model": "committee", "rhythm": "monthly"},
        )
        assert "hører til et andet niveau" in answer.content.decode()
        assert "Den nye" in answer.content.decode()

    @pytest.mark.req("R-000-155")
    def test_the_group_has_its_own_word(self, world: World) -> None:
        client = sit(world, "police.admin")
        data = {"name": "Amager", "word": "praksisgruppe", "model": "operative_group", "rhythm": "every_second_month"}
        assert client.post(url("group_edit", world.group), data).status_code == 302
        assert "praksisgruppe" in client.get(url("group", world.group)).content.decode()

    @pytest.mark.req("R-000-159")
    @pytest.mark.req("R-001-6")
    def test_a_group_may_meet_only_on_need(self, world: World) -> None:
        client = sit(world, "police.admin")
        data = {"name": "Fanø", "word": "operativgruppe", "model": "operative_group", "rhythm": "on_need"}
        assert client.post(url("group_edit", world.group), data).status_code == 302
        assert "efter behov" in client.get(url("group", world.group)).content.decode()

    def test_a_group_never_changes_level(self, world: World) -> None:
        client = sit(world, "police.admin")
        data = {"name": "G", "word": "g", "level": "strategic", "model": "operative_group", "rhythm": "monthly"}
        client.post(url("group_edit", world.group), data)
        with acting(world.seats["police.admin"].token):
            assert Group.objects.get(pk=world.group).level == "operative"

    @pytest.mark.req("R-000-3")
    def test_a_missing_sector_and_a_missing_coordinator_are_pointed_out(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute(
            "update partnerships_membership set until = '2020-01-02' where capacity_id = %s",
            [world.seats["psychiatry.member"].post],
        )
        owner_connection.commit()
        page = sit(world, "police.admin").get(url("partnership", world.partnership)).content.decode()
        assert "Mangler ved bordet: psykiatri" in page
        assert "Ingen er koordinator" in page


class TestSeats:
    """Who sits at the table, on whose word."""

    @pytest.mark.req("R-000-2")
    @pytest.mark.req("R-001-4")
    @pytest.mark.req("R-001-5")
    def test_the_own_administrator_seats_a_colleague_with_mandate(self, world: World) -> None:
        client = sit(world, "police.admin")
        answer = client.post(
            url("seat_new", world.group),
            {
                "capacity": world.seats["police.screener"].post,
                "kind": "ad_hoc",
                "may_decide": "on",
                "mandate": "kan aftale patruljer",
                "network": "lokalpolitiet",
            },
        )
        assert answer.status_code == 302
        page = client.get(url("group", world.group)).content.decode()
        assert "kan aftale patruljer" in page
        assert "lokalpolitiet" in page
        with acting(world.seats["police.screener"].token) as actor:
            assert world.group in actor.group_ids
            assert actor.is_any("member")

    def test_nobody_is_seated_by_another_authoritys_administrator(self, world: World) -> None:
        client = sit(world, "social.admin")
        answer = client.post(
            url("seat_new", world.group), {"capacity": world.seats["police.screener"].post, "kind": "permanent"}
        )
        assert answer.status_code == 200
        assert answer.context["form"].errors["capacity"]

    def test_nobody_seats_oneself(self, world: World) -> None:
        answer = sit(world, "police.admin").post(
            url("seat_new", world.group), {"capacity": world.seats["police.admin"].post, "kind": "permanent"}
        )
        assert answer.status_code == 200
        with acting(world.seats["police.admin"].token) as actor:
            assert not actor.group_ids

    def test_a_deputy_stands_for_somebody_of_the_same_authority(self, world: World) -> None:
        client = sit(world, "police.admin")
        with acting(world.seats["police.admin"].token):
            seats = {seat.capacity_id: seat.pk for seat in Membership.objects.all()}
        form = {"capacity": world.seats["police.screener"].post, "kind": "deputy"}
        wrong = client.post(
            url("seat_new", world.group), {**form, "deputises_for": seats[world.seats["social.member"].post]}
        )
        assert "En stedfortræder kommer fra samme myndighed" in wrong.content.decode()
        right = client.post(
            url("seat_new", world.group), {**form, "deputises_for": seats[world.seats["police.member"].post]}
        )
        assert right.status_code == 302

    @pytest.mark.req("R-000-4")
    @pytest.mark.req("R-001-21")
    def test_a_small_municipality_joins_its_neighbours_group(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        make_coordinator(owner_connection, world, "social.screener")
        client = sit(world, "social.screener")
        outside = world.authorities["outside"]
        joined = client.post(url("participants", world.partnership), {"authority": outside})
        assert joined.status_code == 302
        seated = client.post(
            url("seat_new", world.group), {"capacity": world.seats["outside.screener"].post, "kind": "permanent"}
        )
        assert seated.status_code == 302
        with acting(world.seats["outside.screener"].token) as actor:
            assert world.group in actor.group_ids


class TestFunctions:
    """Coordinator, chair and secretariat move, with their history."""

    @pytest.mark.req("R-000-6")
    @pytest.mark.req("R-000-7")
    @pytest.mark.req("R-000-8")
    def test_the_function_moves_to_another_authority_and_the_history_stays(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        make_coordinator(owner_connection, world, "social.screener")
        client = sit(world, "social.screener")
        answer = client.post(
            url("function_give", world.group),
            {
                "function": "coordinator",
                "capacity": world.seats["police.member"].post,
                "reason": "PSP blev landsdækkende",
            },
        )
        assert answer.status_code == 302
        with acting(world.seats["police.member"].token) as actor:
            assert actor.is_any("coordinator")
            before, now = GroupFunction.objects.order_by("since")
            assert before.until == now.since - timedelta(days=1)
            assert now.until is None
        with acting(world.seats["social.screener"].token) as actor:
            assert not actor.is_any("coordinator")
        page = sit(world, "police.frontline").get(url("group", world.group)).content.decode()
        assert "PSP blev landsdækkende" in page

    def test_an_administrator_fills_an_empty_one_but_does_not_take_it_from_another_authority(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        wanted = {"function": "chair", "capacity": world.seats["police.member"].post}
        assert sit(world, "police.admin").post(url("function_give", world.group), wanted).status_code == 302
        grab = {"function": "chair", "capacity": world.seats["social.member"].post}
        answer = sit(world, "social.admin").post(url("function_give", world.group), grab)
        assert "Funktionen flyttes af den, der leder gruppen" in answer.content.decode()
        with acting(world.seats["police.member"].token) as actor:
            assert actor.is_any("chair")

    def test_one_person_may_combine_them(self, world: World) -> None:
        client = sit(world, "police.admin")
        for function in ("coordinator", "chair", "secretariat"):
            form = {"function": function, "capacity": world.seats["police.member"].post}
            assert client.post(url("function_give", world.group), form).status_code == 302
        with acting(world.seats["police.member"].token) as actor:
            assert {"coordinator", "chair", "secretariat"} <= actor.roles


class TestAgreement:
    """One agreement per district, kept in versions."""

    @pytest.mark.req("R-001-3")
    def test_a_new_version_keeps_the_old_one_and_needs_the_region(self, world: World) -> None:
        client = sit(world, "police.admin")
        bodies = world.authorities
        form = {"text": "Vi mødes.", "in_force_from": "2020-01-01", "parties": [bodies["police"], bodies["social"]]}
        without = client.post(url("agreement_new", world.partnership), form)
        assert "Regionen skal være part" in without.content.decode()
        assert "Vi mødes." in without.content.decode()
        form["parties"] = [bodies["police"], bodies["psychiatry"]]
        assert client.post(url("agreement_new", world.partnership), form).status_code == 302
        form["text"] = "Vi mødes hver måned."
        assert client.post(url("agreement_new", world.partnership), form).status_code == 302
        page = sit(world, "social.frontline").get(url("agreement", world.partnership)).content.decode()
        assert "Vi mødes hver måned." in page
        assert "Vi mødes." in page
        with acting(world.seats["police.admin"].token):
            assert list(Agreement.objects.order_by("version").values_list("version", flat=True)) == [1, 2]

    def test_a_stranger_is_no_party(self, world: World) -> None:
        answer = sit(world, "police.admin").post(
            url("agreement_new", world.partnership),
            {"text": "x", "in_force_from": "2020-01-01", "parties": [world.authorities["outside"]]},
        )
        assert answer.context["form"].errors["parties"]


class TestParameters:
    """What differs between places is set, not written in code."""

    @pytest.mark.req("R-000-158")
    def test_every_parameter_can_be_set(self, world: World) -> None:
        client = sit(world, "police.admin")
        form = {
            "name": "Prøvekredsen",
            "reference_prefix": "abc",
            "age_limit": "15",
            "run_off_days": "14",
            "stale_days": "60",
            "purpose": "Ingen falder imellem.",
        }
        assert client.post(url("parameters", world.partnership), form).status_code == 302
        page = client.get(url("partnership", world.partnership)).content.decode()
        for words in ("ABC-", "siges ved bordet", "ikke et krav", "tælles ikke", "60 dage", "Ingen falder imellem."):
            assert words in page

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("reference_prefix", "F1"),
            ("reference_prefix", "x" * 300),
            ("age_limit", "-3"),
            ("stale_days", "æ"),
            ("name", "\x00"),
        ],
    )
    def test_a_bad_value_is_answered_beside_the_field(self, world: World, name: str, value: str) -> None:
        form = {"name": "P", "reference_prefix": "ABC", "age_limit": "18", "run_off_days": "30", "stale_days": "30"}
        answer = sit(world, "police.admin").post(url("parameters", world.partnership), {**form, name: value})
        assert answer.status_code == 200
        assert name in answer.context["form"].errors

    def test_criteria_and_categories_are_worded_here_and_never_deleted(self, world: World) -> None:
        client = sit(world, "police.admin")
        added = {"which": "criterion", "kriterium-danish": "Bor i sin bil", "kriterium-english": "Lives in a car"}
        assert client.post(url("words", world.partnership), added).status_code == 302
        again = client.post(url("words", world.partnership), added)
        assert "Det står allerede på listen" in again.content.decode()
        row = client.get(url("words", world.partnership)).context["criteria"].get(danish="Bor i sin bil")
        change = {"danish": "Bor i sin bil", "english": "", "position": "0"}
        assert client.post(url("criterion", world.partnership, row.pk), change).status_code == 302
        page = client.get(url("words", world.partnership)).content.decode()
        assert "bruges ikke mere" in page

    def test_the_places_own_numbers(self, world: World) -> None:
        client = sit(world, "police.admin")
        assert client.post(url("numbers", world.partnership), {"name": "Vagtchefen", "phone": "114"}).status_code == 302
        assert "Vagtchefen" in sit(world, "social.frontline").get(url("contacts")).content.decode()
        row = client.get(url("numbers", world.partnership)).context["numbers"].get()
        assert client.post(url("number_remove", world.partnership, row.pk)).status_code == 302
        assert not client.get(url("numbers", world.partnership)).context["numbers"]

    def test_an_authority_leaves(self, world: World) -> None:
        client = sit(world, "police.admin")
        with acting(world.seats["police.admin"].token):
            row = Participation.objects.get(authority_id=world.authorities["police"])
        early = client.post(url("leave", row.pk), {"until": "2019-01-01"})
        assert "kan ikke slutte, før den begynder" in early.content.decode()
        assert client.post(url("leave", row.pk), {"until": "2020-02-01"}).status_code == 302
        with acting(world.seats["police.member"].token) as actor:
            assert not actor.partnership_ids


class TestOwnPeople:
    """The local administrator invites, ends and reviews the own people, and nobody else's."""

    def _invite(self, client: Client, email: str = "ny@eksempel.dk", **more: object) -> object:
        form = {"name": "Nina Prøve", "email": email, "function": "Betjent", "roles": ["frontline"], **more}
        return client.post(url("invite"), form)

    def test_an_invited_person_gets_a_mail_with_nothing_about_anybody(self, world: World) -> None:
        assert self._invite(sit(world, "police.admin")).status_code == 302  # type: ignore[attr-defined]
        assert mail.outbox[0].to == ["ny@eksempel.dk"]
        assert "/konto/adgangskode/ny/" in mail.outbox[0].body
        assert "Nina" not in mail.outbox[0].body

    def test_somebody_known_elsewhere_is_invited_with_the_same_answer(self, world: World) -> None:
        with acting(world.seats["police.admin"].token):
            known = User.objects.get(pk=world.seats["social.member"].person)
        client = sit(world, "police.admin")
        answers = [self._invite(client, email) for email in (known.email.upper(), "ny@eksempel.dk")]
        assert [answer.status_code for answer in answers] == [302, 302]  # type: ignore[attr-defined]
        with acting(world.seats["police.admin"].token):
            assert Capacity.objects.filter(person_id=known.pk).count() == 2
            assert User.objects.get(pk=known.pk).name == known.name

    def test_only_the_own_authoritys_people_are_seen_and_touched(self, world: World) -> None:
        client = sit(world, "police.admin")
        page = client.get(url("people"))
        assert {post.authority_id for post in page.context["posts"]} == {world.authorities["police"]}
        theirs, nobody = world.seats["social.frontline"].post, uuid4()
        for name in ("post_edit", "post_end"):
            answers = [client.get(url(name, post)) for post in (theirs, nobody)]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content

    def test_an_ended_post_opens_nothing_from_the_same_moment(self, world: World) -> None:
        seat = world.seats["police.frontline"]
        theirs = sit(world, "police.frontline")
        assert theirs.get(url("contacts")).status_code == 200
        answer = sit(world, "police.admin").post(url("post_end", seat.post), {"reason": "nyt job"})
        assert answer.status_code == 302
        assert theirs.get(url("contacts")).status_code == 302

    def test_the_last_administrator_stays(self, world: World) -> None:
        client = sit(world, "police.admin")
        own = world.seats["police.admin"].post
        assert client.get(url("post_end", own)).status_code == 403
        assert client.get(url("post_edit", own)).status_code == 403

    def test_the_half_yearly_review(self, world: World, owner_connection: psycopg.Connection) -> None:
        client = sit(world, "police.admin")
        assert "ikke set efter i et halvt år" in client.get(url("setup")).content.decode()
        with acting(world.seats["police.admin"].token) as actor:
            lay(
                actor,
                TaskKind.REVIEW_PEOPLE,
                partnership_id=world.partnership,
                authority_id=actor.authority_id,
                subject_kind="people",
                subject_id=actor.authority_id,
                role="local_admin",
            )
        keep = [world.seats["police.member"].post, world.seats["police.admin"].post]
        answer = client.post(url("review"), {"kept": keep}, follow=True)
        assert "3 personer er ikke krydset af" in answer.content.decode()
        with acting(world.seats["police.admin"].token):
            reviewed = set(Capacity.objects.filter(reviewed_on=timezone.localdate()).values_list("pk", flat=True))
            assert not Task.objects.filter(done_at=None).exists()
        assert reviewed == set(keep)

    def test_another_authoritys_people_cannot_be_reviewed(self, world: World) -> None:
        answer = sit(world, "police.admin").post(url("review"), {"kept": [world.seats["social.member"].post, "x"]})
        assert answer.status_code == 200
        assert answer.context["form"].errors

    def test_units_and_measures(self, world: World) -> None:
        client = sit(world, "police.admin")
        assert client.post(url("units"), {"name": "Lokalpolitiet", "phone": "12 34"}).status_code == 302
        unit = client.get(url("units")).context["units"].get()
        assert client.post(url("unit_edit", unit.pk), {"name": "Lokalpolitiet Nord"}).status_code == 302
        assert client.post(url("measures"), {"name": "Forebyggende samtale"}).status_code == 302
        measure = client.get(url("measures")).context["measures"].get()
        assert client.post(url("measure_edit", measure.pk), {"name": "Samtale"}).status_code == 302
        assert sit(world, "social.admin").get(url("measure_edit", measure.pk)).status_code == 404


class TestContacts:
    """A named person with a number."""

    @pytest.mark.req("R-000-13")
    @pytest.mark.req("R-000-14")
    def test_the_frontline_sees_its_own_member_first_and_everybody_at_the_table(self, world: World) -> None:
        page = sit(world, "police.frontline").get(url("contacts"))
        assert [seat.capacity_id for seat in page.context["ours"]] == [world.seats["police.member"].post]
        words = page.content.decode()
        for who in ("Member Police", "Member Social", "Member Psychiatry"):
            assert who in words
        assert "Member Outside" not in words
        assert "@eksempel.dk" in words

    def test_the_own_card_is_mended_and_seen(self, world: World) -> None:
        client = sit(world, "police.member")
        assert client.post(url("card"), {"phone": "12 34 56 78", "hours": "hverdage 9-14"}).status_code == 302
        assert "12 34 56 78" in sit(world, "social.frontline").get(url("contacts")).content.decode()

    def test_a_card_takes_no_script(self, world: World) -> None:
        answer = sit(world, "police.member").post(url("card"), {"phone": "<script>", "hours": "\u202e"})
        assert {"phone", "hours"} <= set(answer.context["form"].errors)


def _addresses(world: World, membership: UUID, participation: UUID) -> list[str]:
    place = ("parameters", "participants", "authority_new", "agreement_new", "words", "numbers", "group_new")
    table = ("group_edit", "seat_new", "function_give")
    return [
        *(url(name, world.partnership) for name in place),
        *(url(name, world.group) for name in table),
        *(url(name, membership) for name in ("seat_edit", "hand_over", "unseat")),
        url("leave", participation),
        *(url(name) for name in ("people", "invite", "review", "units", "measures")),
    ]


@pytest.mark.parametrize("seat", ["police.frontline", "police.member", "police.screener", "police.dpo"])
def test_who_may_not_set_up_may_not(world: World, seat: str) -> None:
    with acting(world.seats["police.admin"].token):
        membership = Membership.objects.get(capacity_id=world.seats["police.member"].post).pk
        participation = Participation.objects.get(authority_id=world.authorities["police"]).pk
    client = sit(world, seat)
    for address in _addresses(world, membership, participation):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {}).status_code in {403, 405}, address


def test_a_foreign_partnership_is_not_there(world: World) -> None:
    client = sit(world, "outside.admin")
    with acting(world.seats["police.admin"].token):
        membership = Membership.objects.get(capacity_id=world.seats["police.member"].post).pk
    for name, key in (
        ("partnership", world.partnership),
        ("parameters", world.partnership),
        ("agreement", world.partnership),
        ("group", world.group),
        ("group_edit", world.group),
        ("seat_edit", membership),
        ("authority_edit", world.authorities["police"]),
    ):
        theirs, nobodys = client.get(url(name, key)), client.get(url(name, uuid4()))
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content


@pytest.mark.parametrize("name", PAGES_FOR_ALL)
def test_everybody_reads_how_it_is(world: World, name: str) -> None:
    for seat in ("police.frontline", "social.member", "psychiatry.dpo"):
        assert sit(world, seat).get(url(name)).status_code == 200

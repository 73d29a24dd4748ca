"""A partnership puts its meetings together out of parts; the page, the table and the minutes follow them."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.services.errors import Overtaken
from samsvar.documents.word import render_word
from samsvar.meetings.models import Decision, ItemKind, Meeting, MeetingKind, MeetingState, Part
from samsvar.meetings.papers.minutes import paper_of
from samsvar.meetings.selectors import agendas, kinds
from samsvar.meetings.selectors.minutes import minutes_of
from samsvar.meetings.services import conducting
from samsvar.meetings.services import kinds as services
from samsvar.partnerships.models import Group, Partnership
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.meetings.test_meeting import on_the_day, outcome, plan_one, raise_one
from tests.world import SINCE, World

# The seven of issue 4 and the 29 of 002 chapter 3.
OWN = ("operative", "network", "theme", "steering", "local_council", "district_council", "constitution")


def make(world: World, *parts: Part, decides: bool = True, name: str = "Vores") -> MeetingKind:
    """A kind that the police's administrator has put together."""
    with acting(world.seats["police.admin"].token) as actor:
        shape = services.Shape(name, "", "", [part.value for part in parts], decides, 60, 7)
        return services.make(actor, Partnership.objects.get(pk=world.partnership), shape)


def plan_kind(world: World, kind: MeetingKind, days: int = 7) -> Meeting:
    """A planned meeting of that kind."""
    with acting(world.seats["social.member"].token) as actor:
        group = Group.objects.select_related("partnership").get(pk=world.group)
        return conducting.plan(actor, group, timezone.now() + timedelta(days=days), kind=kind)


def read(world: World, name: str, meeting: Meeting, seat: str = "social.member", **query: str) -> str:
    """A page of the meeting."""
    page = sit(world, seat).get(reverse(f"meetings:{name}", args=[meeting.pk]), query)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.req("R-002-99")
def test_all_kinds_of_the_report_are_there_to_begin_from() -> None:
    found = {one.code: one for one in kinds.templates()}
    assert list(found) == [*OWN, *(f"M{number:02}" for number in range(1, 30))]
    for one in found.values():
        assert one.name_da
        assert one.name_en
        assert one.purpose_da
        assert one.purpose_en
        assert one.participants_da
        assert len(one.name_da) <= 80
        assert len(one.purpose_da) <= 400
        assert one.parts
        assert one.source
    # A feedback meeting of the clinic decides nothing for the others (M01, M03).
    assert not found["M01"].decides
    assert found["M11"].decides
    # What needs no persons takes none.
    for code in ("theme", "steering", "local_council", "district_council", "M16", "M26", "M29"):
        assert Part.CASES not in found[code].parts


class TestSetUp:
    """Put together on a page, without code."""

    def typed(self, **more: Any) -> dict[str, Any]:
        """What somebody types."""
        return {"name": "Temamøde", "minutes": "180", "notice_days": "14", **more}

    def test_from_a_template_to_a_kind_that_can_be_chosen(self, world: World) -> None:
        client = sit(world, "police.admin")
        assert "Adviseringsmøde" in client.get(reverse("meetings:kinds")).content.decode()
        url = reverse("meetings:kind_new", args=[world.partnership]) + "?skabelon=M06"
        form = client.get(url).context["form"]
        given = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
        assert given["name"] == "Adviseringsmøde"
        assert client.post(url, given).status_code == 302
        with acting(world.seats["police.admin"].token):
            kind = MeetingKind.objects.get()
        assert (kind.template, kind.decides) == ("M06", False)
        assert kind.parts == ["approval", "orientation", "cases", "skills"]
        page = sit(world, "social.member").get(reverse("meetings:list")).content.decode()
        assert f'<option value="{kind.pk}">Adviseringsmøde</option>' in page

    def test_parts_stand_in_the_order_one_gives_them(self, world: World) -> None:
        client = sit(world, "police.admin")
        url = reverse("meetings:kind_new", args=[world.partnership])
        assert client.post(url, self.typed(part_theme="2", part_gaps="1", part_other="3")).status_code == 302
        with acting(world.seats["police.admin"].token):
            assert MeetingKind.objects.get().parts == ["gaps", "theme", "other"]

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({}, "part_approval"),
            ({"part_theme": "99"}, "part_theme"),
            ({"part_theme": "1", "minutes": "9999"}, "minutes"),
            ({"part_theme": "1", "name": ""}, "name"),
            ({"part_theme": "1", "name": "611180-1234"}, "name"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(self, world: World, more: dict[str, str], field: str) -> None:
        url = reverse("meetings:kind_new", args=[world.partnership])
        answer = sit(world, "police.admin").post(url, self.typed(purpose="Lært udenad", **more))
        assert answer.status_code == 400
        assert field in answer.context["form"].errors
        assert "Lært udenad" in answer.content.decode()

    def test_two_kinds_have_not_one_name(self, world: World) -> None:
        make(world, Part.THEME, name="Temamøde")
        url = reverse("meetings:kind_new", args=[world.partnership])
        answer = sit(world, "police.admin").post(url, self.typed(part_theme="1"))
        assert "I har allerede en mødetype med det navn." in answer.content.decode()

    def test_of_two_who_change_it_the_second_is_told(self, world: World) -> None:
        kind = make(world, Part.THEME)
        with acting(world.seats["police.admin"].token) as actor:
            kind = kinds.find_kind(actor, kind.pk) or kind
            shape = services.Shape("Nyt", "", "", ["theme"], True, 60, 7)
            services.change(actor, kind, shape, seen=services.stamp(kind))
            with pytest.raises(Overtaken):
                services.change(actor, kind, shape, seen=services.stamp(kind))

    def test_who_does_not_set_the_partnership_up_reads_and_no_more(self, world: World) -> None:
        kind = make(world, Part.THEME)
        client = sit(world, "social.frontline")
        assert "Vores" in client.get(reverse("meetings:kinds")).content.decode()
        assert client.get(reverse("meetings:kind", args=[kind.pk])).status_code == 403
        assert client.post(reverse("meetings:kind_retire", args=[kind.pk])).status_code == 403
        assert client.get(reverse("meetings:kind_new", args=[world.partnership])).status_code == 403
        stranger = sit(world, "outside.admin")
        assert "Vores" not in stranger.get(reverse("meetings:kinds")).content.decode()
        assert stranger.get(reverse("meetings:kind", args=[kind.pk])).status_code == 404
        assert stranger.get(reverse("meetings:kind_new", args=[world.partnership])).status_code == 404

    def test_the_verbs_themselves_turn_away_who_does_not_set_the_partnership_up(self, world: World) -> None:
        kind = make(world, Part.THEME)
        shape = services.Shape("Nyt", "", "", ["theme"], True, 60, 7)
        with acting(world.seats["social.frontline"].token) as actor:
            kind = kinds.find_kind(actor, kind.pk) or kind
            with pytest.raises(PartnershipError, match="lokal administrator"):
                services.make(actor, kind.partnership, shape)
            with pytest.raises(PartnershipError, match="lokal administrator"):
                services.change(actor, kind, shape, seen=services.stamp(kind))
            with pytest.raises(PartnershipError, match="lokal administrator"):
                services.retire(actor, kind)

    def test_a_kind_out_of_use_stays_with_the_meetings_it_was_chosen_for(self, world: World) -> None:
        kind = make(world, Part.THEME)
        meeting = plan_kind(world, kind)
        client = sit(world, "police.admin")
        assert client.post(reverse("meetings:kind_retire", args=[kind.pk])).status_code == 302
        assert "Vores" in read(world, "meeting", meeting)
        page = sit(world, "social.member").get(reverse("meetings:list")).content.decode()
        assert f'<option value="{kind.pk}">' not in page

    @pytest.mark.req("R-002-102")
    def test_shorter_notice_than_the_kind_is_called_with_is_pointed_out(self, world: World) -> None:
        kind = make(world, Part.THEME)
        client = sit(world, "social.member")
        day = timezone.localdate() + timedelta(days=2)
        given = {"day": day.isoformat(), "hour": "09:00", "notify_days": "0", "kind": str(kind.pk)}
        answer = client.post(reverse("meetings:plan"), {**given, "group": str(world.group)}, follow=True)
        assert "Varslet er kort: der er 2 dage til mødet." in answer.content.decode()


def chosen(world: World, kind: str, days: int = 20, **more: str) -> dict[str, str]:
    """The form for a single meeting, filled in with a kind."""
    day = timezone.localdate() + timedelta(days=days)
    given = {"group": str(world.group), "day": day.isoformat(), "hour": "09:00", "notify_days": "0"}
    return {**given, "kind": kind, **more}


class TestOneMeeting:
    """Whoever runs the group finds the templates where a single meeting is planned."""

    def test_the_coordinator_plans_from_a_template_and_it_is_theirs_from_then_on(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        lead(world, owner_connection, "social.member")
        client = sit(world, "social.member")
        page = client.get(reverse("meetings:list")).content.decode()
        assert "Slags møde" in page
        assert '<option value="skabelon:theme">Temadag</option>' in page
        assert client.post(reverse("meetings:plan"), chosen(world, "skabelon:theme")).status_code == 302
        with acting(world.seats["social.member"].token) as actor:
            (meeting,) = agendas.coming(actor)
            kind = MeetingKind.objects.get()
        assert (meeting.kind, kind.template, kind.name) == (kind, "theme", "Temadag")
        assert meeting.parts == ["theme", "gaps", "skills", "division", "other"]
        assert meeting.theme_day
        # The name of its kind says so, and it is said once.
        assert client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode().count("Temadag") == 1
        line = client.get(reverse("meetings:list")).content.decode().partition(f"/moeder/{meeting.pk}/")[2]
        assert line.partition("</li>")[0].count("Temadag") == 1
        # It stands among the own now, and a second meeting makes no second kind.
        again = client.get(reverse("meetings:list")).content.decode()
        assert "skabelon:theme" not in again
        assert f'<option value="{kind.pk}">Temadag</option>' in again
        with acting(world.seats["social.member"].token) as actor:
            place = Partnership.objects.get(pk=world.partnership)
            theme = kinds.template("theme")
            assert theme
            assert services.of_template(actor, place, theme) == kind

    def test_a_member_without_a_function_chooses_among_the_own_alone(self, world: World) -> None:
        make(world, Part.THEME)
        client = sit(world, "social.member")
        page = client.get(reverse("meetings:list")).content.decode()
        assert "Slags møde" in page
        assert "skabelon:" not in page
        answer = client.post(reverse("meetings:plan"), chosen(world, "skabelon:theme"))
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == ["kind"]
        with acting(world.seats["social.member"].token) as actor:
            assert agendas.coming(actor) == []
            template = kinds.template("theme")
            assert template
            with pytest.raises(PartnershipError):
                services.of_template(actor, Partnership.objects.get(pk=world.partnership), template)

    def test_a_template_whose_name_is_taken_says_so_and_plans_nothing(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        lead(world, owner_connection, "social.member")
        make(world, Part.THEME, name="Temadag")
        client = sit(world, "social.member")
        answer = client.post(reverse("meetings:plan"), chosen(world, "skabelon:theme", place="Kantinen"))
        assert answer.status_code == 400
        assert answer.context["form"].errors["kind"] == ["I har allerede en mødetype med det navn."]
        assert 'value="Kantinen"' in answer.content.decode()
        with acting(world.seats["social.member"].token) as actor:
            assert agendas.coming(actor) == []

    def test_a_meeting_that_cannot_be_planned_leaves_no_kind_behind(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        lead(world, owner_connection, "social.member")
        client = sit(world, "social.member")
        assert client.post(reverse("meetings:plan"), chosen(world, "")).status_code == 302
        answer = client.post(reverse("meetings:plan"), chosen(world, "skabelon:theme"))
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == ["day"]
        with acting(world.seats["social.member"].token):
            assert not MeetingKind.objects.exists()

    def test_the_page_of_kinds_is_short_and_the_administrator_finds_it_in_the_menu(self, world: World) -> None:
        make(world, Part.THEME)
        admin = sit(world, "police.admin")
        assert f'href="{reverse("meetings:kinds")}"' in admin.get("/").content.decode()
        assert f'href="{reverse("meetings:kinds")}"' not in sit(world, "police.frontline").get("/").content.decode()
        page = admin.get(reverse("meetings:kinds"))
        tiers = page.context["tiers"]
        assert [tier.value for tier, _of_tier in tiers] == ["group", "above", "standing", "citizen"]
        assert sum(len(of_tier) for _tier, of_tier in tiers) == 36
        # One line for each, and what is more to say lies folded in it.
        html = page.content.decode()
        assert html.count('<details class="details kind-line">') == 37
        assert html.count("Brug den<span") == 36


class TestParts:
    """The page and the minutes are what the meeting is made of."""

    def test_what_is_no_part_is_not_there(self, world: World) -> None:
        case = raise_one(world)
        meeting = plan_kind(world, make(world, Part.THEME, Part.DIVISION))
        for name in ("meeting", "live", "minutes"):
            page = read(world, name, meeting)
            assert case.reference not in page
            assert "Opfølgning på gamle sager" not in page
            assert "Orientering fra områderne" not in page
        page = read(world, "meeting", meeting)
        assert page.index('id="theme"') < page.index('id="division"')
        client = sit(world, "social.member")
        assert client.post(reverse("meetings:orient", args=[meeting.pk]), {}).status_code == 404
        assert client.get(reverse("meetings:item", args=[meeting.pk, case.pk])).status_code == 404

    def test_a_part_is_written_read_and_ends_in_the_minutes(self, world: World) -> None:
        meeting = plan_kind(world, make(world, Part.THEME, Part.CASES, Part.OTHER))
        client = sit(world, "social.member")
        for part, said in (("theme", "Unge uden bolig"), ("other", "Kaffen er ny")):
            url = reverse("meetings:part", args=[meeting.pk, part])
            assert client.post(url, {f"{part}-text": said, f"{part}-seen": ""}).status_code == 302
        page = read(world, "minutes", meeting, "police.member")
        assert page.index("Unge uden bolig") < page.index("<h2>Sager</h2>") < page.index("Kaffen er ny")
        with acting(world.seats["police.member"].token) as actor:
            found = agendas.find(actor, meeting.pk)
            assert found
            word = render_word(paper_of(minutes_of(actor, found)))
        assert len(word) > 1000

    def test_two_write_in_one_part_and_nothing_is_lost(self, world: World) -> None:
        meeting = plan_kind(world, make(world, Part.THEME))
        url = reverse("meetings:part", args=[meeting.pk, "theme"])
        first, second = sit(world, "social.member"), sit(world, "police.member")
        assert first.post(url, {"theme-text": "Det ene", "theme-seen": ""}).status_code == 302
        answer = second.post(url, {"theme-text": "Det andet", "theme-seen": ""})
        assert answer.status_code == 409
        assert "Det andet" in answer.content.decode()
        again = {
            "theme-text": "Det ene. Det andet",
            "theme-seen": answer.context["sections"][0]["form"]["seen"].value(),
        }
        assert second.post(url, again).status_code == 302
        assert "Det ene. Det andet" in read(world, "minutes", meeting)

    def test_a_number_of_a_person_does_not_come_into_a_part(self, world: World) -> None:
        meeting = plan_kind(world, make(world, Part.THEME))
        url = reverse("meetings:part", args=[meeting.pk, "theme"])
        answer = sit(world, "social.member").post(url, {"theme-text": "Se 611180-1234", "theme-seen": ""})
        assert "ligner et CPR-nummer" in answer.content.decode()

    def test_at_the_live_table_a_part_is_written_too(self, world: World) -> None:
        meeting = plan_kind(world, make(world, Part.THEME))
        url = reverse("meetings:live_part", args=[meeting.pk, "theme"])
        client = sit(world, "social.member")
        assert client.post(url, {"theme-text": "Unge uden bolig", "theme-seen": ""}).status_code == 200
        assert "Unge uden bolig" in read(world, "live", meeting, "police.member")
        draft = client.post(reverse("meetings:live_draft", args=[meeting.pk]), {"theme.text": "Halvt"})
        assert draft.json()["kept"] == ["theme.text"]

    def test_a_theme_day_takes_no_case_out_of_the_row(self, world: World) -> None:
        """Neither prepared for it, nor postponed by it, nor old because of it."""
        case = raise_one(world)
        theme = plan_kind(world, make(world, Part.THEME), 3)
        with acting(world.seats["social.member"].token) as actor:
            assert not open_tasks(actor).filter(kind=TaskKind.PREPARE).exists()
            with on_the_day(theme):
                conducting.end(actor, theme)
        meeting = plan_one(world, 7)
        with acting(world.seats["social.member"].token) as actor, on_the_day(meeting):
            (line,) = agendas.agenda(actor, meeting).lines
            assert (line.case.pk, line.kind, line.item) == (case.pk, ItemKind.NEW, None)
            assert agendas.agenda(actor, meeting).before == theme
            conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Han har fået seng."))
            conducting.end(actor, meeting)

    @pytest.mark.req("R-002-100")
    def test_a_kind_that_cannot_decide_says_so(self, world: World) -> None:
        meeting = plan_kind(world, make(world, Part.CASES, decides=False))
        for name in ("meeting", "live", "minutes"):
            assert "Det er ikke et beslutningsmøde." in read(world, name, meeting)

    def test_changing_a_kind_changes_no_meeting_that_stands(self, world: World) -> None:
        kind = make(world, Part.THEME)
        meeting = plan_kind(world, kind)
        with acting(world.seats["police.admin"].token) as actor:
            found = kinds.find_kind(actor, kind.pk)
            assert found
            shape = services.Shape("Vores", "", "", ["cases"], False, 60, 7)
            services.change(actor, found, shape, seen=services.stamp(found))
        assert 'id="theme"' in read(world, "meeting", meeting)


def lead(world: World, owner: psycopg.Connection, seat: str, function: str = "coordinator") -> None:
    """Let somebody hold a function of the world's group."""
    owner.execute(
        "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
        " values (%s, %s, %s, %s, %s, '')",
        [uuid4(), world.group, world.seats[seat].post, function, SINCE],
    )
    owner.commit()


class TestConstitution:
    """The group chooses chair, coordinator and secretariat at a meeting, with history."""

    def test_the_group_chooses_and_the_time_before_stays(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        lead(world, owner_connection, "police.member")
        meeting = plan_kind(world, make(world, Part.CONSTITUTION))
        client = sit(world, "police.member")
        form = client.get(reverse("meetings:meeting", args=[meeting.pk])).context["constitution"]
        given = {field.html_name: field.value() or "" for field in form}
        assert given["coordinator"] == str(world.seats["police.member"].post)
        given |= {
            "coordinator": str(world.seats["social.member"].post),
            "chair": str(world.seats["psychiatry.member"].post),
        }
        url = reverse("meetings:constitute", args=[meeting.pk])
        assert client.post(url, given).status_code == 302
        rows = owner_connection.execute(
            "select function, capacity_id, until is null from partnerships_groupfunction where group_id = %s"
            " order by function, until nulls first",
            [world.group],
        ).fetchall()
        assert rows == [
            ("chair", world.seats["psychiatry.member"].post, True),
            ("coordinator", world.seats["social.member"].post, True),
            ("coordinator", world.seats["police.member"].post, False),
        ]
        # Sent once more from the old page: somebody has moved it meanwhile.
        late = sit(world, "social.member").post(url, {**given, "coordinator": str(world.seats["police.member"].post)})
        assert late.status_code == 400
        assert "En anden har netop flyttet en af funktionerne" in late.content.decode()

    def test_nobody_chooses_oneself_and_nobody_without_a_function_chooses(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        lead(world, owner_connection, "police.member")
        meeting = plan_kind(world, make(world, Part.CONSTITUTION))
        url = reverse("meetings:constitute", args=[meeting.pk])
        own = {"chair": str(world.seats["police.member"].post)}
        held = {"seen_coordinator": str(world.seats["police.member"].post)}
        for seat, given in (("police.member", own), ("social.member", own)):
            answer = sit(world, seat).post(url, {**given, **held})
            assert answer.status_code == 400
        assert not owner_connection.execute(
            "select 1 from partnerships_groupfunction where function = 'chair'"
        ).fetchall()

    def test_a_meeting_without_the_part_gives_nothing_away(self, world: World) -> None:
        meeting = plan_one(world)
        url = reverse("meetings:constitute", args=[meeting.pk])
        assert sit(world, "police.member").post(url, {}).status_code == 404


class TestSteering:
    """A steering group meets at a table of its own, and knows of no person there."""

    @pytest.fixture
    def table(self, world: World, owner_connection: psycopg.Connection) -> UUID:
        """A steering group in which the social services' administrator sits."""
        key = uuid4()
        owner_connection.execute(
            "insert into partnerships_group (id, partnership_id, name, word, level, model, reference_prefix, rhythm,"
            " place, duty_to_attend, deputies_allowed, channels, instruction)"
            " values (%s, %s, 'Styregruppen', 'styregruppe', 'steering', 'steering_group', '', 'quarterly', '', false,"
            " true, '{}', '')",
            [key, world.partnership],
        )
        owner_connection.execute(
            "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
            " duty_to_attend, mandate, network, since, end_reason)"
            " values (%s, %s, %s, 'permanent', true, true, false, '', '', %s, '')",
            [uuid4(), key, world.seats["social.admin"].post, SINCE],
        )
        owner_connection.commit()
        return key

    def test_it_plans_meets_and_writes_its_minutes(self, world: World, table: UUID) -> None:
        case = raise_one(world)
        client = sit(world, "social.admin")
        day = timezone.localdate() + timedelta(days=1)
        given = {"group": str(table), "day": day.isoformat(), "hour": "09:00", "notify_days": "0"}
        assert client.post(reverse("meetings:plan"), given).status_code == 302
        with acting(world.seats["social.admin"].token) as actor:
            (meeting,) = agendas.coming(actor)
            assert tuple(meeting.part_list) == conducting.STEERING_PARTS
        url = reverse("meetings:part", args=[meeting.pk, "decisions"])
        assert client.post(url, {"decisions-text": "Vi køber en bil", "decisions-seen": ""}).status_code == 302
        for name in ("meeting", "live", "minutes"):
            page = read(world, name, meeting, "social.admin")
            assert case.reference not in page
            assert "Vi køber en bil" in page
        with acting(world.seats["social.admin"].token) as actor, on_the_day(meeting):
            conducting.end(actor, meeting)
            assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.HELD

    def test_those_at_the_operative_table_do_not_see_it(self, world: World, table: UUID) -> None:
        client = sit(world, "social.admin")
        day = timezone.localdate() + timedelta(days=1)
        given = {"group": str(table), "day": day.isoformat(), "hour": "09:00", "notify_days": "0"}
        client.post(reverse("meetings:plan"), given)
        with acting(world.seats["social.admin"].token) as actor:
            (meeting,) = agendas.coming(actor)
        for seat in ("police.member", "social.frontline", "outside.member"):
            answer = sit(world, seat).get(reverse("meetings:meeting", args=[meeting.pk]))
            assert answer.status_code == 404


@pytest.mark.req("R-003-100")
def test_the_short_minutes_are_the_conclusion_and_the_full_ones_the_rest(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["police.member"].token) as actor, on_the_day(meeting):
        conducting.orient(actor, meeting, "Ny vagtleder", seen="")
        decided = outcome(
            case, Decision.FOLLOWED_UP, note="Kommunen har ringet rundt", next_step="Ring igen", next_on=None
        )
        conducting.decide(actor, meeting, case, decided)
        conducting.end(actor, meeting)
    full, short = read(world, "minutes", meeting), read(world, "minutes", meeting, laengde="kort")
    for said in ("Ny vagtleder", "Kommunen har ringet rundt"):
        assert said in full
        assert said not in short
    for said in ("Ring igen", "Fulgt op", case.reference):
        assert said in full
        assert said in short
    assert re.search(r'href="[^"]+/referat/pdf/\?laengde=kort"', short)
    client = sit(world, "police.member")
    for name in ("minutes_pdf", "minutes_word"):
        paper = client.get(reverse(f"meetings:{name}", args=[meeting.pk]), {"laengde": "kort"})
        assert paper.status_code == 200

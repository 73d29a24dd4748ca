"""Before the meeting: where the own house stands, and a pack on paper with nothing of the others' in it."""

import psycopg
import pytest

from samsvar.audit.models import LogRow
from samsvar.cases.models import Case
from samsvar.cases.services import editing
from samsvar.meetings.services import conducting
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Answer
from samsvar.sharing.services import contribute
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import World

OURS, THEIRS = "Har været på hotellet siden maj", "Kommet til skade i trafikken"


def says(world: World, seat: str, case: Case, answer: Answer, text: str = "") -> None:
    """What an authority writes about a case at home."""
    with acting(world.seats[seat].token) as actor:
        contribute(actor, case, answer=answer, text=text, information_type="social")


@pytest.mark.req("R-000-58")
@pytest.mark.req("R-000-68")
def test_each_authority_sees_where_it_stands_itself(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    url = f"/moeder/{meeting.pk}/forberedelse/"
    says(world, "social.member", case, Answer.BACK_LATER)
    ours = sit(world, "social.member").get(url).content.decode()
    assert "Vi finder ud af det" in ours
    assert "I har set på alle sagerne." in ours
    theirs = sit(world, "psychiatry.member").get(url).content.decode()
    assert "Ikke forberedt" in theirs
    assert "1 sag mangler jeres svar." in theirs
    assert "Vi finder ud af det" not in theirs


@pytest.mark.req("R-000-59")
def test_preparation_shows_references_and_no_name(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    read = sit(world, "police.member").get(f"/moeder/{meeting.pk}/forberedelse/").content.decode()
    assert case.reference in read
    assert "Prøvesen" not in read


def test_the_pack_holds_the_own_words_alone_and_every_citizen_is_logged(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    says(world, "social.member", case, Answer.CONTRIBUTES, OURS)
    says(world, "psychiatry.member", case, Answer.CONTRIBUTES, THEIRS)
    read = sit(world, "social.member").get(f"/moeder/{meeting.pk}/mappe/").content.decode()
    assert OURS in read
    assert THEIRS not in read
    assert "ikke videregivet" in read
    with acting(world.seats["social.dpo"].token):
        assert LogRow.objects.filter(act="print", case_id=case.pk, citizen_id=case.citizen_id).count() == 1


@pytest.mark.req("R-000-58")
def test_nobody_is_asked_to_look_up_somebody_whose_name_has_not_been_said(
    world: World, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update partnerships_partnership set name_in_advance = false")
    owner_connection.commit()
    case, meeting = raise_one(world), plan_one(world)

    def asked(seat: str) -> int:
        with acting(world.seats[seat].token) as actor:
            return open_tasks(actor).filter(kind=TaskKind.PREPARE, subject_id=case.pk).count()

    url = f"/moeder/{meeting.pk}/forberedelse/"
    # The raiser knows who it is.
    assert (asked("police.member"), asked("social.member"), asked("psychiatry.member")) == (1, 0, 0)
    before = sit(world, "social.member").get(url).content.decode()
    assert "Navnet siges ved bordet" in before
    assert "mangler jeres svar" not in before
    with acting(world.seats["police.member"].token) as actor:
        editing.say_name(actor, case)
        conducting.prepare(actor, meeting.group)
    assert (asked("social.member"), asked("psychiatry.member")) == (1, 1)
    assert "1 sag mangler jeres svar." in sit(world, "social.member").get(url).content.decode()


@pytest.mark.req("R-000-58")
def test_a_screened_concern_asks_only_those_who_know_the_name_to_look_it_up(
    world: World, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update partnerships_partnership set name_in_advance = false")
    owner_connection.commit()
    case = raise_one(world)
    with acting(world.seats["police.member"].token) as actor:
        editing.ask_to_prepare(actor, case, list(Authority.objects.filter(pk__in=case.party_ids)))
    with acting(world.seats["social.member"].token) as actor:
        assert not open_tasks(actor).filter(kind=TaskKind.PREPARE).exists()


def test_nobody_prepares_for_a_table_that_is_not_theirs(world: World) -> None:
    meeting = plan_one(world)
    for seat in ("outside.member", "police.frontline", "police.admin"):
        for page in ("forberedelse", "mappe"):
            assert sit(world, seat).get(f"/moeder/{meeting.pk}/{page}/").status_code == 404

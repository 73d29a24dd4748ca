"""Before the meeting: where the own house stands, and a pack on paper with nothing of the others' in it."""

import pytest

from samsvar.audit.models import LogRow
from samsvar.cases.models import Case
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Answer
from samsvar.sharing.services import contribute
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


def test_nobody_prepares_for_a_table_that_is_not_theirs(world: World) -> None:
    meeting = plan_one(world)
    for seat in ("outside.member", "police.frontline", "police.admin"):
        for page in ("forberedelse", "mappe"):
            assert sit(world, seat).get(f"/moeder/{meeting.pk}/{page}/").status_code == 404

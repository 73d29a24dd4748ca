"""Pressed twice, or gone back and sent again: one concern, one judgement, one case, and the first result is shown."""

import threading
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from samsvar.cases.models import AcuteContact, Case, Concern, Feedback, NetworkCase, Screening
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure
from tests.cases.test_screening import CASE, PAGES, judge, second, tell
from tests.clients import sit
from tests.world import World

AGAIN = "Den er allerede sendt."


def crossing(*posts: tuple[Client, str, dict[str, object]]) -> list[str]:
    """Send them at the same moment; gives where each of them lands."""
    landed: list[str] = [""] * len(posts)
    ready = threading.Barrier(len(posts), timeout=20)

    def press(number: int) -> None:
        client, address, typed = posts[number]
        try:
            ready.wait()
            landed[number] = client.post(address, typed).headers.get("Location", "")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[number]) for number in range(len(posts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return landed


def test_a_concern_sent_again_from_the_same_page_shows_the_first(world: World) -> None:
    officer = sit(world, "police.frontline")
    address = officer.get("/bekymringer/ny/")["Location"]
    form = officer.get(address).context["form"]
    typed = {"text": "Sover ude", "once": str(form["once"].value())}
    first = officer.post(address, typed)
    back = officer.get(address)
    assert back["Location"] == first["Location"], "the page is no longer an empty form when one goes back to it"
    again = officer.post(address, typed | {"text": "Sover ude igen"}, follow=True)
    assert again.redirect_chain[0][0] == first["Location"]
    assert AGAIN in again.content.decode()
    with acting(world.seats["police.screener"].token):
        assert Concern.objects.get().text == "Sover ude"


def test_two_presses_at_once_are_one_concern(world: World) -> None:
    typed = {"event_reference": "A-1", "once": str(uuid4())}
    one, two = (sit(world, "police.frontline") for _press in range(2))
    landed = crossing((one, "/bekymringer/ny/", typed), (two, "/bekymringer/ny/", typed))
    assert landed[0] == landed[1] != ""
    with acting(world.seats["police.screener"].token):
        assert Concern.objects.count() == 1


@pytest.mark.attack
def test_the_key_of_somebody_elses_concern_is_a_new_form(world: World) -> None:
    theirs = tell(world, "social.frontline")
    officer = sit(world, "police.frontline")
    assert officer.get(f"/bekymringer/ny/?formular={theirs.pk}").status_code == 200
    assert officer.get("/bekymringer/ny/?formular=%00", follow=True).status_code == 200


def _typed(world: World, way: str) -> dict[str, object]:
    social = str(world.authorities["social"])
    return {
        "agenda": {**CASE, "parties": [social]},
        "network": {"others": [social], "subject": "Uro i opgangen", "necessity": "De kender gården"},
        "acute": {"to": social, "trigger": "children", "necessity": "Ingen passer børnene"},
        "elsewhere": {"authority": social, "necessity": "De har boligen"},
        "not_psp": {"reason": "En enkelt episode"},
    }[way]


@pytest.mark.parametrize("way", ["agenda", "network", "acute", "elsewhere", "not_psp"])
def test_a_judgement_sent_again_shows_the_first_ones_result(world: World, way: str) -> None:
    concern = tell(world)
    member = sit(world, "police.member")
    page = f"/visitering/{concern.pk}/{PAGES.get(way, 'ikke-psp')}/"
    first = second(member, concern, PAGES.get(way, "ikke-psp"), member.get(page), **_typed(world, way))
    assert first.status_code == 302, first.context["form"].errors
    member.get(first["Location"])
    for again in (member.post(page, _typed(world, way), follow=True), member.get(page, follow=True)):
        said = again.content.decode()
        assert AGAIN in said
        assert "af en anden imens" not in said
    if way in {"agenda", "network", "acute"}:
        assert again.redirect_chain[-1][0] == first["Location"]
    with acting(world.seats["police.member"].token):
        assert Screening.objects.count() == 1
        assert Case.objects.count() + NetworkCase.objects.count() + AcuteContact.objects.count() <= 1
    with acting(world.seats["police.frontline"].token):
        assert Feedback.objects.count() == 1


@pytest.mark.parametrize("way", ["agenda", "elsewhere", "not_psp"])
def test_two_presses_at_once_are_one_judgement(world: World, way: str) -> None:
    concern = tell(world)
    one, two = (sit(world, "police.member") for _press in range(2))
    page = f"/visitering/{concern.pk}/{PAGES.get(way, 'ikke-psp')}/"
    landed = crossing((one, page, _typed(world, way)), (two, page, _typed(world, way)))
    assert all(landed), "both land on a page and neither sees a refusal"
    with acting(world.seats["police.member"].token):
        assert Screening.objects.count() == 1
        assert Case.objects.count() == (1 if way == "agenda" else 0)
        assert Disclosure.objects.filter(subject_kind="concern").count() == (0 if way == "not_psp" else 1)


def test_the_raised_case_is_where_its_raiser_lands(world: World) -> None:
    for seat in ("police.member", "police.screener"):
        concern = tell(world)
        client = sit(world, seat)
        done = second(client, concern, "dagsorden", judge(client, concern, "agenda"), **CASE)
        landed = client.get(done["Location"])
        assert landed.status_code == 200
        with acting(world.seats[seat].token):
            assert Concern.objects.get(pk=concern.pk).case.reference in landed.content.decode()

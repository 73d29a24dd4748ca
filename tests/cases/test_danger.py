"""Before a visit: yes, no or unknown, with advice and an end; never convictions (V-10). And mødeforbud (V-04)."""

import psycopg
import pytest

from samsvar.cases.models import DangerAdvice, MeetingBan
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Override
from samsvar.tasks.models import TaskKind
from tests.cases.table import Screen, asking, raised, tasks_at
from tests.world import World

ADVICE = "Gå to sammen og ring først"


@pytest.mark.req("R-000-113")
def test_advice_stays_at_home_until_it_is_passed_on_and_others_do_not_know(world: World) -> None:
    case = raised(world)
    police, social, psychiatry = (Screen(world, f"{kind}.member") for kind in ("police", "social", "psychiatry"))
    assert police.post("advise", case.pk, answer="yes", advice=ADVICE, until=asking(20)).status_code == 302
    assert ADVICE in police.text("case", case.pk)
    before = psychiatry.text("case", case.pk)
    assert ADVICE not in social.text("case", case.pk)
    with acting(world.seats["police.member"].token):
        advice = DangerAdvice.objects.get()
    sent = {"receivers": world.authorities["social"], "necessity": "De skal på hjemmebesøg i morgen"}
    assert police.post("pass_advice_on", case.pk, advice.pk, **sent).status_code == 302
    assert ADVICE in social.text("case", case.pk)
    assert _visible(psychiatry.text("case", case.pk)) == _visible(before)


def _visible(page: str) -> str:
    """The page between its heading and its foot, without what differs from one request to the next."""
    main = page[page.index("<h1") : page.index("</main>")]
    return "\n".join(line for line in main.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.req("R-000-113")
@pytest.mark.parametrize("advice", ["Dømt for vold", "Tidligere straffet, pas på", "Sigtet for trusler i maj"])
def test_convictions_and_charges_are_refused_and_the_text_is_kept(world: World, advice: str) -> None:
    case = raised(world)
    answer = Screen(world, "police.member").post("advise", case.pk, answer="yes", advice=advice, until=asking(20))
    assert "Domme og sigtelser hører ikke til her" in answer.content.decode()
    assert advice in answer.content.decode()
    with acting(world.seats["police.member"].token):
        assert not DangerAdvice.objects.exists()


def test_unknown_is_an_answer_and_a_yes_needs_advice(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "police.member")
    assert screen.post("advise", case.pk, answer="unknown", until=asking(20)).status_code == 302
    assert screen.post("advise", case.pk, answer="yes", until=asking(20)).status_code == 200
    assert screen.post("advise", case.pk, answer="no", until=asking(-1)).status_code == 200


def test_advice_lapses(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    screen = Screen(world, "police.member")
    screen.post("advise", case.pk, answer="yes", advice=ADVICE, until=asking(1))
    owner_connection.execute("update cases_dangeradvice set until = today() - 1")
    owner_connection.commit()
    assert ADVICE not in screen.text("case", case.pk)


def test_advice_cannot_be_searched(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "police.member")
    screen.post("advise", case.pk, answer="yes", advice="Kobberkedel ved døren", until=asking(20))
    assert case.reference not in screen.post("search", q="Kobberkedel").content.decode()


def test_a_ban_names_who_keeps_contact_and_can_be_lifted_by_its_authority_alone(world: World) -> None:
    case = raised(world)
    social, police = Screen(world, "social.member"), Screen(world, "police.member")
    worker = world.seats["social.frontline"].post
    sent = {"place": "Borgerservice", "until": asking(60), "contact_kept_by": "Lokalbetjenten", "caseworker": worker}
    assert social.post("ban", case.pk, **sent).status_code == 302
    page = police.text("case", case.pk)
    for words in ("Borgerservice", "Lokalbetjenten holder kontakten", "Fortæl Frontline Social"):
        assert words in page
    with acting(world.seats["social.member"].token):
        ban = MeetingBan.objects.get()
    police.post("lift_ban", case.pk, ban.pk)
    assert "Borgerservice" in police.text("case", case.pk)
    social.post("lift_ban", case.pk, ban.pk)
    assert "holder kontakten" not in police.text("case", case.pk)


def test_how_it_goes_is_told_to_the_caseworker_and_lies_on_no_other_table(world: World) -> None:
    case = raised(world)
    Screen(world, "social.member").post(
        "ban", case.pk, place="Borgerservice", caseworker=world.seats["social.frontline"].post
    )
    sent = {
        "answer": "contributes",
        "text": "Han har det roligt og spiser",
        "information_type": "contact",
        "search_by": "look_up",
        "receivers": world.authorities["social"],
        "necessity": "Sagsbehandleren må ikke miste forbindelsen",
        "heed": "on",
        "way": "pass",
    }
    assert Screen(world, "police.member").post("contribute", case.pk, **sent).status_code == 302
    assert tasks_at(world, "social.frontline", TaskKind.ATTENTION) == 1
    assert tasks_at(world, "social.member", TaskKind.ATTENTION) == 0
    assert "Han har det roligt" in Screen(world, "social.frontline").text("case", case.pk)
    assert "Han har det roligt" not in Screen(world, "psychiatry.member").text("case", case.pk)


@pytest.mark.req("R-002-68", "R-002-69")
def test_advice_goes_against_the_citizens_no_only_with_a_reason(world: World) -> None:
    case = raised(world)
    police = Screen(world, "police.member")
    police.post("advise", case.pk, answer="yes", advice=ADVICE, until=asking(20))
    police.post("say_no", case.pk, to="sharing", words="Det rager ikke kommunen")
    with acting(world.seats["police.member"].token):
        advice = DangerAdvice.objects.get()
    page = police.text("pass_advice_on", case.pk, advice.pk)
    assert "Det rager ikke kommunen" in page
    assert 'name="against_no"' in page
    sent = {"receivers": world.authorities["social"], "necessity": "De skal på hjemmebesøg"}
    assert police.post("pass_advice_on", case.pk, advice.pk, **sent).status_code == 200
    assert ADVICE not in Screen(world, "social.member").text("case", case.pk)
    why = {"against_no": "De kan komme i fare ved døren"}
    assert police.post("pass_advice_on", case.pk, advice.pk, **sent, **why).status_code == 302
    with acting(world.seats["police.member"].token):
        assert Override.objects.get().reason == why["against_no"]

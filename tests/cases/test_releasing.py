"""Health information leaves through a named person of the authority that holds it, and through nobody else (L11)."""

import re
from uuid import uuid4

import psycopg
import pytest
from django.urls import reverse

from samsvar.cases.models import Case
from samsvar.partnerships import services as setting_up
from samsvar.partnerships.models import Authority, Capacity, Releaser
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Contribution, Disclosure, Release
from samsvar.tasks.models import TaskKind
from tests.cases.table import Screen, raised, tasks_at
from tests.clients import sit
from tests.world import World

TEXT = "Har ikke hentet sin medicin siden maj"
pytestmark = pytest.mark.req("R-000-101")


def sent(world: World, **more: object) -> dict[str, object]:
    """What is filled in to tell the social services."""
    return {
        "text": TEXT,
        "information_type": "health",
        "receivers": [world.authorities["social"]],
        "necessity": "De skal vide, hvornår de skal hjælpe",
        "way": "pass",
        **more,
    }


def listed(world: World, seat: str, **more: object) -> None:
    """Psychiatry's administrator puts somebody on the list."""
    with acting(world.seats["psychiatry.admin"].token) as actor:
        setting_up.name_releaser(
            actor,
            Authority.objects.get(pk=world.authorities["psychiatry"]),
            Capacity.objects.get(pk=world.seats[seat].post),
            **more,  # type: ignore[arg-type]
        )


def drafted(world: World) -> tuple[Case, Release]:
    """The member drafts; only the screener, who does not reach the case, may release."""
    listed(world, "psychiatry.screener")
    case = raised(world)
    assert Screen(world, "psychiatry.member").post("contribute", case.pk, **sent(world)).status_code == 302
    with acting(world.seats["psychiatry.screener"].token):
        return case, Release.objects.get()


def test_a_writer_who_is_not_on_the_list_drafts_and_nothing_has_passed(world: World) -> None:
    case, _row = drafted(world)
    assert TEXT not in Screen(world, "social.member").text("case", case.pk)
    assert "Venter på frigivelse" in Screen(world, "psychiatry.member").text("case", case.pk)
    assert tasks_at(world, "psychiatry.screener", TaskKind.RELEASE) == 1
    for seat in ("psychiatry.member", "psychiatry.frontline", "social.member", "police.member"):
        assert tasks_at(world, seat, TaskKind.RELEASE) == 0, seat


def test_the_releaser_passes_it_on_in_the_own_name_and_sees_no_more_of_the_case(world: World) -> None:
    case, row = drafted(world)
    client = sit(world, "psychiatry.screener")
    address = reverse("cases:release", args=[row.pk])
    shown = client.get(address).content.decode()
    assert TEXT in shown
    assert "Prøveby Kommune" in shown
    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 404
    assert client.post(address, {"way": "release"}).status_code == 302
    assert TEXT in Screen(world, "social.member").text("case", case.pk)
    assert TEXT not in Screen(world, "police.member").text("case", case.pk)
    assert tasks_at(world, "psychiatry.screener", TaskKind.RELEASE) == 0
    with acting(world.seats["social.member"].token):
        assert Disclosure.objects.get(subject_kind="contribution").by_id == world.seats["psychiatry.screener"].person
    # The draft is answered: the releaser's window onto it is shut again.
    with acting(world.seats["psychiatry.screener"].token):
        assert not Contribution.objects.exists()
    assert client.post(address, {"way": "release"}).status_code == 404


def test_the_releaser_sends_it_back_with_what_it_lacks(world: World) -> None:
    case, row = drafted(world)
    client = sit(world, "psychiatry.screener")
    address = reverse("cases:release", args=[row.pk])
    assert "Skriv, hvad der mangler." in client.post(address, {"way": "back", "note": " "}).content.decode()
    assert client.post(address, {"way": "back", "note": "Skriv, hvad de skal gøre"}).status_code == 302
    assert tasks_at(world, "psychiatry.member", TaskKind.SENT_BACK) == 1
    assert "Skriv, hvad de skal gøre" in Screen(world, "psychiatry.member").text("case", case.pk)
    assert TEXT not in Screen(world, "social.member").text("case", case.pk)


@pytest.mark.parametrize("seat", ["psychiatry.frontline", "social.member", "police.member", "outside.member"])
def test_nobody_else_meets_the_draft(world: World, seat: str) -> None:
    _case, row = drafted(world)
    client = sit(world, seat)
    address = reverse("cases:release", args=[row.pk])
    unknown = reverse("cases:release", args=[uuid4()])
    assert client.get(address).status_code == client.get(unknown).status_code == 404
    assert client.post(address, {"way": "release"}).status_code == 404


def test_the_database_refuses_whoever_is_not_on_the_list(
    world: World, app_connection: psycopg.Connection, owner_connection: psycopg.Connection
) -> None:
    case, row = drafted(world)
    for kind in ("contribution", "danger", "treatment"):
        for seat, taken in (("psychiatry.member", False), ("psychiatry.screener", True)):
            app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats[seat].token])
            insert = (
                "insert into sharing_disclosure (id, partnership_id, authority_id, case_id, subject_kind, subject_id,"
                " information_type, purpose, necessity, rule, pack, reasons, channel, by_id, capacity_id, at)"
                " values (gen_random_uuid(), %s, %s, %s, %s, %s, 'health', 'help', 'Nødvendigt', 'L1', 'x', '[]',"
                " 'here', %s, %s, now())"
            )
            values = [
                *(world.partnership, world.authorities["psychiatry"], case.pk, kind, row.contribution_id),
                *(world.seats[seat].person, world.seats[seat].post),
            ]
            if taken:
                app_connection.execute(insert, values)
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app_connection.execute(insert, values)
            app_connection.rollback()
    app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats["psychiatry.member"].token])
    changed = app_connection.execute("update sharing_release set answer = 'released'").rowcount
    app_connection.rollback()
    assert changed == 0


def test_without_a_list_it_is_the_leaders_whose_post_says_so(world: World) -> None:
    case = raised(world)
    assert Screen(world, "psychiatry.member").post("contribute", case.pk, **sent(world)).status_code == 302
    assert TEXT in Screen(world, "social.member").text("case", case.pk)


def test_elsewhere_a_frontline_worker_drafts_for_a_leader(world: World) -> None:
    case = raised(world)
    Screen(world, "social.member").post(
        "assign", case.pk, capacity=world.seats["social.frontline"].post, reason="Kører ud"
    )
    told = sent(world, information_type="social", receivers=[world.authorities["police"]])
    assert Screen(world, "social.frontline").post("contribute", case.pk, **told).status_code == 302
    assert TEXT not in Screen(world, "police.member").text("case", case.pk)
    with acting(world.seats["social.screener"].token):
        row = Release.objects.get()
    assert (
        sit(world, "social.screener").post(reverse("cases:release", args=[row.pk]), {"way": "release"}).status_code
        == 302
    )
    assert TEXT in Screen(world, "police.member").text("case", case.pk)


def test_other_authorities_have_no_such_list(world: World) -> None:
    assert sit(world, "psychiatry.admin").get(reverse("partnerships:releasers")).status_code == 200
    assert sit(world, "social.admin").get(reverse("partnerships:releasers")).status_code in (403, 404)


def test_the_administrator_keeps_the_list_with_deputies_and_nights(world: World) -> None:
    admin = sit(world, "psychiatry.admin")
    address = reverse("partnerships:releasers")
    post = str(world.seats["psychiatry.screener"].post)
    sent_in = {"post": post, "deputy": "on", "hours": "hverdage 8-15", "nights": "on"}
    assert admin.post(address, sent_in).status_code == 302
    shown = admin.get(address).content.decode()
    for words in ("Screener Psychiatry", "stedfortræder", "hverdage 8-15", "også aften, nat og weekend"):
        assert words in shown
    assert "Personen står allerede på listen." in admin.post(address, sent_in).content.decode()
    case = raised(world)
    assert "hverdage 8-15" in Screen(world, "psychiatry.member").text("contribute", case.pk)
    found = admin.get(address).content.decode()
    row = re.findall(r"/os/frigivere/([0-9a-f-]{36})/af/", found)[0]
    assert admin.post(reverse("partnerships:releaser_end", args=[row])).status_code == 302
    assert "/af/" not in admin.get(address).content.decode()
    # Nobody puts oneself on it, nor somebody else's people.
    for other in ("psychiatry.admin", "social.member"):
        admin.post(address, {"post": str(world.seats[other].post)})
    with acting(world.seats["psychiatry.admin"].token):
        assert not Releaser.objects.filter(until=None).exists()


def test_what_waited_does_not_reach_a_receiver_who_has_left_meanwhile(world: World) -> None:
    case, row = drafted(world)
    assert Screen(world, "social.member").post("step_out", case.pk, why="Kender ham ikke").status_code == 302
    client, address = sit(world, "psychiatry.screener"), reverse("cases:release", args=[row.pk])
    refused = client.post(address, {"way": "release"})
    assert "ikke part i sagen længere" in refused.content.decode()
    assert TEXT not in Screen(world, "social.member").text("case", case.pk)
    with acting(world.seats["psychiatry.screener"].token):
        assert not Disclosure.objects.filter(subject_kind="contribution").exists()
    assert client.post(address, {"way": "back", "note": "De er gået"}).status_code == 302


def test_what_waited_does_not_pass_once_the_case_is_closed(world: World) -> None:
    case, row = drafted(world)
    closing = {"reason": "solved", "note": "Løst", "proposals": "dropped"}
    assert Screen(world, "police.member").post("close", case.pk, **closing).status_code == 302
    refused = sit(world, "psychiatry.screener").post(reverse("cases:release", args=[row.pk]), {"way": "release"})
    assert "afsluttet" in refused.content.decode()
    assert TEXT not in Screen(world, "social.member").text("case", case.pk)


def test_a_no_that_was_said_meanwhile_stops_a_releaser_who_does_not_see_it(world: World) -> None:
    case, row = drafted(world)
    assert Screen(world, "police.member").post("say_no", case.pk, to="sharing", words="Nej tak").status_code == 302
    address = reverse("cases:release", args=[row.pk])
    refused = sit(world, "psychiatry.screener").post(address, {"way": "release"})
    assert "Borgeren har sagt nej" in refused.content.decode()
    assert TEXT not in Screen(world, "social.member").text("case", case.pk)

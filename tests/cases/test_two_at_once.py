"""Two people answer the same thing: one wins, and the other is told instead of meeting an error (proof.md)."""

from collections.abc import Callable
from typing import Any

import pytest

from samsvar.postgres.actor import Actor, acting
from samsvar.sharing import services
from samsvar.sharing.models import Consent, Contribution, InformationRequest, Override, Release, RequestState
from samsvar.sharing.services import NothingSaid
from tests.cases.table import authority, raised
from tests.cases.test_asking import put
from tests.cases.test_consent import said_no, taken
from tests.cases.test_releasing import drafted
from tests.world import World


def second_comes_late(world: World, seat: str, read: Callable[[], Any], verb: Callable[[Actor, Any], None]) -> None:
    """Both have the row on their screens; what the second sends is refused in words."""
    with acting(world.seats[seat].token):
        first, second = read(), read()
    with acting(world.seats[seat].token) as actor:
        verb(actor, first)
    with acting(world.seats[seat].token) as actor, pytest.raises(NothingSaid):
        verb(actor, second)


def test_a_question_is_answered_once(world: World) -> None:
    put(world)
    second_comes_late(
        world,
        "psychiatry.member",
        InformationRequest.objects.get,
        lambda actor, row: services.answer_request(actor, row, RequestState.DECLINED),
    )


def test_a_question_that_has_been_answered_is_not_taken_back(world: World) -> None:
    put(world)
    with acting(world.seats["social.member"].token):
        row = InformationRequest.objects.get()
    with acting(world.seats["psychiatry.member"].token) as actor:
        services.answer_request(actor, InformationRequest.objects.get(), RequestState.DECLINED)
    with acting(world.seats["social.member"].token) as actor, pytest.raises(NothingSaid):
        services.withdraw_request(actor, row)


def test_a_draft_is_released_once(world: World) -> None:
    drafted(world)
    second_comes_late(
        world,
        "psychiatry.screener",
        Release.objects.select_related("contribution").get,
        lambda actor, row: services.release(actor, row),
    )


def test_a_consent_is_withdrawn_once_and_two_parents_may_say_yes_at_once(world: World) -> None:
    row = taken(world, raised(world), given="Mor", missing="Far\nFarmor")
    with acting(world.seats["social.member"].token):
        stale = Consent.objects.get(pk=row.pk)
    with acting(world.seats["social.member"].token) as actor:
        services.says_yes_too(actor, Consent.objects.get(pk=row.pk), "Far")
    with acting(world.seats["social.member"].token) as actor:
        services.says_yes_too(actor, stale, "Farmor")
    with acting(world.seats["social.member"].token):
        now = Consent.objects.get(pk=row.pk)
        assert (now.given, now.missing) == (["Mor", "Far", "Farmor"], [])
    second_comes_late(world, "social.member", Consent.objects.get, services.withdraw_consent)


def test_a_leader_looks_once_at_what_was_done_against_a_no(world: World) -> None:
    case = said_no(world)
    with acting(world.seats["social.member"].token) as actor:
        services.heed_no(actor, case, [authority(world, "police")], case.pk, "Han fryser ihjel i nat")
    second_comes_late(
        world,
        "social.screener",
        Override.objects.get,
        lambda actor, row: services.review_override(actor, row, "Rigtigt gjort"),
    )


def test_two_may_tell_the_same_contribution_to_two_parties(world: World) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token) as actor:
        services.contribute(actor, case, "contributes", text="Har mistet sin bolig", information_type="social")
    with acting(world.seats["social.member"].token):
        first, second = Contribution.objects.get(), Contribution.objects.get()
    for row, key in ((first, "police"), (second, "psychiatry")):
        with acting(world.seats["social.member"].token) as actor:
            services.pass_on(actor, case, row, [authority(world, key)], necessity="De skal kunne finde ham")
    with acting(world.seats["psychiatry.member"].token):
        assert Contribution.objects.get().disclosed_at is not None

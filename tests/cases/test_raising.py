"""A concern becomes a case with one holder from the first moment."""

import psycopg
import pytest
from django.db import connection

from samsvar.cases.models import Case, CaseParty, Responsibility
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.raising import Facts, bring_in, raise_case
from samsvar.cases.services.responsibility import current, place
from samsvar.citizens.services import identify
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import acting
from samsvar.sharing.services import NotLawful
from tests.cases.table import Screen, authority, raised
from tests.world import World


def _raise(world: World) -> Case:
    with acting(world.seats["police.member"].token) as actor:
        identity = identify(actor, partnership_id=world.partnership, name="Aage Prøvesen", cpr="6111801234")
        return raise_case(
            actor,
            group=Group.objects.select_related("partnership").get(pk=world.group),
            identity=identity,
            parties=list(
                Authority.objects.filter(pk__in=[world.authorities["social"], world.authorities["psychiatry"]])
            ),
            facts=Facts(
                why_serious="Sover ude i frost", means_exhausted="Patruljen kan ikke gøre mere", traits=["invisible"]
            ),
            necessity="De andre skal kunne slå op, om de kender ham.",
        )


@pytest.mark.req("R-000-77")
def test_the_raisers_authority_holds_from_the_raise(world: World) -> None:
    case = _raise(world)
    with acting(world.seats["social.member"].token):
        assert current(case).authority_id == world.authorities["police"]
        assert Case.objects.get().identity.name == "Aage Prøvesen"


@pytest.mark.req("R-000-78")
def test_responsibility_moves_with_its_history(world: World) -> None:
    case = _raise(world)
    with acting(world.seats["social.member"].token) as actor:
        place(
            actor, case, Authority.objects.get(pk=world.authorities["social"]), reason="Boligen", seen=current(case).pk
        )
    with acting(world.seats["psychiatry.member"].token):
        first, second = Responsibility.objects.order_by("period")
        assert first.period.upper == second.period.lower
        assert second.authority_id == world.authorities["social"]


def test_a_foreign_authority_sees_nothing(world: World) -> None:
    _raise(world)
    with acting(world.seats["outside.member"].token):
        assert not Case.objects.exists()
        assert not CaseParty.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('samsvar.token', '', true)")
    assert not Case.objects.exists()


@pytest.mark.req("R-001-8")
def test_the_raiser_says_why_own_means_are_not_enough_where_the_place_asks_for_it(
    world: World, owner_connection: psycopg.Connection
) -> None:
    with pytest.raises(CaseError, match="egne midler"):
        raised(world, means_exhausted="  ")
    assert "Patruljen kan ikke gøre mere" in Screen(world, "social.member").text("case", raised(world).pk)
    owner_connection.execute("update partnerships_partnership set means_required = false")
    owner_connection.commit()
    assert raised(world, means_exhausted="", name="Birthe Prøve", cpr="6201805678").means_exhausted == ""


@pytest.mark.req("R-000-39")
def test_no_case_is_put_on_a_table_for_an_investigation(world: World) -> None:
    case = raised(world, parties=["social"])
    with acting(world.seats["police.member"].token) as actor, pytest.raises(NotLawful, match="efterforsk"):
        bring_in(actor, case, [authority(world, "psychiatry")], necessity="Til sagen", purpose="efterforskning")  # type: ignore[arg-type]
    assert Screen(world, "psychiatry.member").get("case", case.pk).status_code == 404


@pytest.mark.req("R-001-7")
def test_a_case_needs_a_criterion_or_the_groups_own_reason(world: World) -> None:
    with pytest.raises(CaseError, match="kriterium"):
        raised(world, traits=[])
    assert raised(world, traits=[], own_reason="Gruppen er enig").own_reason == "Gruppen er enig"

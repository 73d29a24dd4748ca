"""The first set-up, before anybody can act: the owner of the database makes it, and nobody else."""

from datetime import date

import pytest

from samsvar.accounts.models import User
from samsvar.audit.models import LogRow
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships import services
from samsvar.partnerships.models import Authority, Capacity, Criterion, Group, GroupFunction, Membership, Partnership
from tests.conftest import Database
from tests.world import World


@pytest.mark.req("R-000-1")
@pytest.mark.req("R-001-1")
def test_the_owner_sets_up_a_whole_partnership(as_owner: None) -> None:
    place = services.found_partnership(None, name="Prøvekredsen", reference_prefix="PRV", age_limit=15)
    police = services.add_authority(None, name="Prøvepolitiet", short_name="Politi", kind=AuthorityKind.POLICE)
    region = services.add_authority(
        None, name="Prøvepsykiatrien", short_name="Psykiatri", kind=AuthorityKind.PSYCHIATRY
    )
    for authority in (police, region):
        services.join(None, authority, place, date(2020, 1, 1))
    steering = services.add_group(None, place, name="Styregruppen", level="strategic")
    group = services.add_group(
        None,
        place,
        name="Praksisgruppen",
        word="praksisgruppe",
        parent=steering,
        areas=[services.add_area(None, "Prøveby")],
        channels=["duty_officer"],
    )
    unit = services.add_unit(None, police, name="Lokalpolitiet", phone="12 34 56 78")
    person = User.objects.create_user("kim@eksempel.dk", "Kim Prøve")
    post = services.appoint(None, person, police, function="Vagtleder", roles=["screener"], unit=unit)
    services.seat(None, group, post, mandate="kan aftale indsatser")
    services.give_function(None, group, post, "coordinator")
    services.adopt_agreement(
        None, place, text="Vi mødes hver måned.", in_force_from=date(2020, 1, 1), parties=[police, region], by=person
    )
    services.add_emergency_contact(None, place, name="Vagtchefen", phone="114")
    services.add_measure(None, police, "Forebyggende samtale")

    assert police.regime == "rhl"
    assert region.regime == "gdpr"
    assert Criterion.objects.filter(partnership=place).count() == 10
    assert Membership.objects.get().capacity_id == post.pk
    assert GroupFunction.objects.get().function == "coordinator"
    assert Group.objects.get(parent=steering).areas.get().name == "Prøveby"
    assert {row.subject_kind for row in LogRow.objects.filter(authority_id=police.pk)} >= {"authority", "post", "unit"}


def test_nobody_else_can_act_as_nobody(world: World) -> None:
    with pytest.raises(PermissionError):
        services.found_partnership(None, name="Falsk", reference_prefix="FAL")
    with pytest.raises(PermissionError):
        services.add_measure(None, Authority.objects.first(), "Falsk indsats")


def test_the_first_administrator_gets_a_link_and_no_more(as_owner: None) -> None:
    wanted = {
        "email": "admin@eksempel.dk",
        "name": "Anna Prøve",
        "authority": "Prøveby Kommune",
        "kind": "social",
        "partnership": "Prøvekredsen",
    }
    post, link = services.first_administrator(**wanted)
    assert link.startswith("http://127.0.0.1:8000/konto/")
    assert post.roles == ["local_admin"]
    assert not User.objects.get().has_usable_password()
    services.first_administrator(
        **{**wanted, "email": "to@eksempel.dk", "authority": "Prøvepolitiet", "kind": "police"}
    )
    assert Partnership.objects.count() == 1
    assert Authority.objects.count() == Capacity.objects.count() == 2


def test_the_owner_is_who_the_database_says(fresh_database: Database) -> None:
    with pytest.raises(PermissionError):
        services.add_area(None, "Prøveby")

"""Whose area a citizen's area is, and when group and area do not fit (R-000-5; 000 section 1.11)."""

from uuid import UUID, uuid4

import psycopg
import pytest

from samsvar.cases.selectors.concerns import candidates
from samsvar.cases.services.concerns import Report, Who, raise_concern
from samsvar.partnerships.models import Area, Group
from samsvar.partnerships.selectors import catchment_warning
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.world import World


def _area(owner: psycopg.Connection, name: str, *, authorities: list[UUID] = (), groups: list[UUID] = ()) -> UUID:  # type: ignore[assignment]
    key = uuid4()
    owner.execute("insert into partnerships_area (id, name) values (%s, %s)", [key, name])
    for authority in authorities:
        owner.execute(
            "insert into partnerships_authority_areas (authority_id, area_id) values (%s, %s)", [authority, key]
        )
    for group in groups:
        owner.execute("insert into partnerships_group_areas (group_id, area_id) values (%s, %s)", [group, key])
    owner.commit()
    return key


@pytest.mark.req("R-000-5")
def test_an_area_outside_the_social_services_is_pointed_out(world: World, owner_connection: psycopg.Connection) -> None:
    # As on Amager: police cover more than the social centre does.
    bodies = world.authorities
    home = _area(owner_connection, "Amager", authorities=[bodies["social"], bodies["psychiatry"]], groups=[world.group])
    beyond = _area(owner_connection, "Dragør", groups=[world.group])
    with acting(world.seats["police.member"].token) as actor:
        group = Group.objects.select_related("partnership").get(pk=world.group)
        inside, outside = Area.objects.get(pk=home), Area.objects.get(pk=beyond)
        assert catchment_warning(group, inside) is None
        asked = {area.pk: candidates(actor, group, area_id=area.pk) for area in (inside, outside)}
        proposed = {one.authority.pk for one in asked[home] if one.proposed}
        assert proposed == {bodies["social"], bodies["psychiatry"]}
        assert not any(one.proposed for one in asked[beyond])
        warning = catchment_warning(group, outside)
        assert warning is not None
        assert not warning.outside_group
        assert [kind.value for kind in warning.missing_kinds] == ["social", "psychiatry"]
        assert "Ved bordet mangler for dette område: sociale myndigheder, psykiatri." in warning.sentences


@pytest.mark.req("R-000-5")
def test_another_group_of_the_area_is_named(world: World, owner_connection: psycopg.Connection) -> None:
    other = uuid4()
    owner_connection.execute(
        "insert into partnerships_group (id, partnership_id, name, word, level, model, reference_prefix, rhythm, place,"
        " duty_to_attend, deputies_allowed, channels, instruction) values (%s, %s, 'Gruppe Syd', 'operativgruppe',"
        " 'operative', 'operative_group', '', 'monthly', '', false, true, '{}', '')",
        [other, world.partnership],
    )
    _area(owner_connection, "Nord", groups=[world.group])
    south = _area(owner_connection, "Syd", groups=[other])
    with acting(world.seats["police.member"].token):
        group = Group.objects.get(pk=world.group)
        warning = catchment_warning(group, Area.objects.get(pk=south))
        assert warning is not None
        assert warning.outside_group
        assert [table.name for table in warning.better_groups] == ["Gruppe Syd"]


def test_without_an_area_there_is_nothing_to_warn_of(world: World) -> None:
    with acting(world.seats["police.member"].token):
        group = Group.objects.get(pk=world.group)
        assert catchment_warning(group, None) is None


@pytest.mark.req("R-000-5")
def test_whoever_screens_is_told_on_the_page(world: World, owner_connection: psycopg.Connection) -> None:
    beyond = _area(owner_connection, "Dragør", groups=[world.group])
    _area(owner_connection, "Amager", authorities=[world.authorities["social"]], groups=[world.group])
    with acting(world.seats["police.member"].token) as actor:
        concern = raise_concern(
            actor, Report(uuid4(), world.partnership, world.group, text="Råber", who=Who("Bo", area_id=beyond))
        )
    page = sit(world, "police.member").get(f"/visitering/{concern.pk}/").content.decode()
    assert "Ikke deres område: Prøveby Kommune." in page

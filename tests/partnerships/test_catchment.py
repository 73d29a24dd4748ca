"""Whose area a citizen's area is, and when group and area do not fit (R-000-5; 000 section 1.11)."""

from uuid import UUID, uuid4

import psycopg
import pytest

from samsvar.partnerships.models import Area, Group
from samsvar.partnerships.selectors import catchment_warning, relevant_authorities
from samsvar.postgres.actor import acting
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
    with acting(world.seats["police.member"].token):
        group = Group.objects.get(pk=world.group)
        inside, outside = Area.objects.get(pk=home), Area.objects.get(pk=beyond)
        assert catchment_warning(group, inside) is None
        assert {body.pk for body in relevant_authorities(group, inside)} == {
            bodies["police"],
            bodies["social"],
            bodies["psychiatry"],
        }
        assert [body.pk for body in relevant_authorities(group, outside)] == [bodies["police"]]
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
        assert len(relevant_authorities(group, None)) == 3

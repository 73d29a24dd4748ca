"""Vordingborg's eleven units in the demonstration: found, telephoned to and written to."""

import psycopg
import pytest

from samsvar.demo.directory import KEEPERS
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.selectors.entries import find
from samsvar.referrals import services
from samsvar.referrals.services import Whom
from tests.conftest import Database
from tests.demo.conftest import at_work

PLACE = "Samarbejdet i Vordingborg"


def test_the_eleven_units_have_staff_hours_and_numbers_that_cannot_be_called(owner: psycopg.Connection) -> None:
    found = owner.execute(
        "select e.kind, e.hours, coalesce(nullif(e.phone, ''), u.phone), e.staff, e.outside, e.confirmed_on is not null"
        " from directory_directoryentry e join partnerships_partnership p on p.id = e.partnership_id"
        " left join partnerships_unit u on u.id = e.unit_id where p.name = %s",
        [PLACE],
    ).fetchall()
    assert {row[0] for row in found} == set(KEEPERS)
    for kind, hours, phone, staff, outside, confirmed in found:
        assert hours, kind
        assert phone.startswith("00 "), "no Danish number begins with 0"
        assert staff[0]["name"], kind
        assert staff[0]["function"], kind
        assert not outside, "whoever is outside cannot be written to"
        assert confirmed, kind


@pytest.mark.req("R-002-1", "R-002-2", "R-002-52")
def test_the_job_consultant_finds_the_door_and_starts_the_referral(
    told: Database, owner: psycopg.Connection, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock(), at_work(told, owner, "Jobkonsulent", "Vordingborg") as actor:  # type: ignore[attr-defined]
        door = find(actor, "hvem bevilger bostøtte efter § 85 til en borger")[0].entry
        assert door.kind == "adult_authority"
        assert door.open_when == "Visitator: kun tirsdag 9-12"
        mine = DirectoryEntry.objects.select_related("authority").get(kind="jobcentre", partnership__name=PLACE)
        row = services.start(actor, mine, door, "support_85", Whom("Mads Prøvesen Stensby", "6408831237"))
        assert row.sent_at is None


@pytest.mark.req("R-002-51")
def test_in_odsherred_whoever_does_not_open_the_door_leads_to_the_outreach_team(
    told: Database, owner: psycopg.Connection, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock(), at_work(told, owner, "Jobkonsulent", "Odsherred") as actor:  # type: ignore[attr-defined]
        door = find(actor, "en borger lukker ikke op")[0].entry
        assert (door.kind, door.unit.name) == ("outreach_99", "SKP-teamet")
        mine = DirectoryEntry.objects.select_related("authority").get(kind="jobcentre")
        row = services.start(actor, mine, door, "outreach", Whom("Mads Prøvesen Rørvig", "6408831237"))
        assert row.to_unit_id == door.unit_id

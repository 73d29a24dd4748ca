"""A network that has ended leaves when its time is up, with all that hangs on it."""

from collections.abc import Callable

import psycopg
import pytest
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork
from samsvar.coordination.services import meetings, plans
from samsvar.coordination.services.contacts import Contact
from samsvar.postgres.actor import acting
from tests.coordination.ground import named
from tests.world import World


def _left(owner: psycopg.Connection, table: str) -> int:
    row = owner.execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return row[0]


@pytest.mark.req("R-000-134")
def test_everything_of_an_ended_network_goes_and_nothing_of_an_open_one(
    world: World,
    network: CareNetwork,
    lets_in: Callable[..., object],
    caretaker_connection: psycopg.Connection,
    owner_connection: psycopg.Connection,
) -> None:
    owner_connection.execute("update coordination_coordinatorrequest set child = true")
    owner_connection.commit()
    with acting(world.seats["social.member"].token) as actor:
        lets_in(actor, network)
        named(actor, network)
        services.hand_out(actor, network, "hand")
        services.write_mandate(actor, network, "Ringer", "", confirmed_with="borgeren")
        services.write_section(actor, network, "works", "Ring først", "", agreed=services.Agreed("talk"))
        services.write_entry(actor, network, services.Entry("contact", "Ringede"))
        services.write_memo(actor, network, "Spørg til katten")
        services.substitute(actor, network, "Gør rent", "bostøtte")
        services.draw(actor, network, services.Mark("Mor", "private", 1, "both"))
        sister = services.write_contact(actor, network, Contact("relative", "Søster Prøvesen"))
        services.tell_relative(actor, sister)
        meeting = meetings.call(actor, network, meetings.Frame("Søsteren"))
        meetings.write_wishes(actor, meeting, "Min søster")
        meetings.put_on(actor, meeting, sister)
        meetings.agree(actor, meeting, meetings.Agreed("Ringer", "Søsteren"))
        plan = plans.start_plan(actor, network, "joint", plans.Wanted("En hund", timezone.localdate()), meeting=meeting)
        plans.put_in_force(actor, plan, plans.Said("yes"))
    # While it is open it stays, whatever is asked.
    caretaker_connection.execute("select retention_dispose('care', %s, today())", [network.pk])
    caretaker_connection.commit()
    assert _left(owner_connection, "coordination_carenetwork") == 1
    with acting(world.seats["social.member"].token) as actor:
        services.close(actor, network, "no_need")
    caretaker_connection.execute("select retention_dispose('care', %s, today())", [network.pk])
    caretaker_connection.commit()
    owner_connection.rollback()
    for table in (
        *(f"coordination_{name}" for name in ("carenetwork", "carecoordinator", "coordinatorrequest", "mandate")),
        *(f"coordination_{name}" for name in ("networkreader", "networkcontact", "coordinatornews", "handedout")),
        *(
            f"coordination_{name}"
            for name in ("summarysection", "recordentry", "ownmemo", "substitutetask", "drawnperson")
        ),
        *(f"coordination_network{name}" for name in ("meeting", "invitee", "agreement")),
        "coordination_meetingwishes",
        *(f"coordination_plan{name}" for name in ("", "version", "line", "answer")),
        *("sharing_consent", "sharing_disclosure", "sharing_receipt", "citizens_identity", "citizens_citizen"),
    ):
        assert _left(owner_connection, table) == 0, table

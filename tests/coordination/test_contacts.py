"""When somebody else takes over from a helper, all who may know the helpers know both names (R-002-7)."""

from collections.abc import Callable

import pytest

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork, Category, ContactRole, CoordinatorNews, NetworkContact
from samsvar.coordination.papers.card import who_helps
from samsvar.coordination.selectors import networks as selectors
from samsvar.coordination.services import CoordinationError
from samsvar.coordination.services.contacts import Contact
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure
from tests.clients import sit
from tests.world import World

Lets = Callable[..., object]

WARD = "psychiatry.frontline"
INSIDE = "social.member"
NEW = {"name": "Nanna Prøvesen", "phone": "30 30 30 30", "hours": "", "place": "", "decides": ""}


@pytest.fixture
def caseworker(world: World, network: CareNetwork) -> NetworkContact:
    """A caseworker around the citizen."""
    with acting(world.seats[INSIDE].token) as actor:
        return services.write_contact(actor, network, Contact(ContactRole.CASEWORKER, "Gerda Gammel"))


@pytest.mark.req("R-002-7")
def test_those_let_in_hear_both_names_and_the_citizen_has_them_on_paper(
    world: World, network: CareNetwork, caseworker: NetworkContact, lets_in: Lets
) -> None:
    with acting(world.seats[INSIDE].token) as actor:
        lets_in(actor, network, "psychiatry", True, Category.COORDINATOR, Category.CONTACTS)
    client = sit(world, INSIDE)
    address = f"/tovholder/{network.pk}/kontakt/{caseworker.pk}/ny/"
    assert "Hvem kommer i stedet for Gerda Gammel?" in client.get(address).content.decode()
    with acting(world.seats[INSIDE].token):
        told = Disclosure.objects.count()
    answer = client.post(address, NEW, follow=True).content.decode()
    assert "Før: Gerda Gammel" in answer
    with acting(world.seats[INSIDE].token):
        assert Disclosure.objects.count() == told + 1
    ward = sit(world, WARD)
    assert "Ny kontakt: sagsbehandler" in ward.get("/").content.decode()
    assert "Nanna" not in ward.get("/").content.decode()
    page = ward.get(f"/tovholder/{network.pk}/").content.decode()
    assert "Nanna Prøvesen er sagsbehandler nu. Før var det Gerda Gammel." in page
    with acting(world.seats[INSIDE].token) as actor:
        assert "før var det Gerda Gammel" in who_helps(selectors.page(actor, network))[0]


def test_one_who_may_not_know_the_helpers_hears_nothing(
    world: World, network: CareNetwork, caseworker: NetworkContact, lets_in: Lets
) -> None:
    with acting(world.seats[INSIDE].token) as actor:
        lets_in(actor, network, "psychiatry", True, Category.COORDINATOR)
    with acting(world.seats[INSIDE].token) as actor:
        assert services.replace_contact(actor, caseworker, Contact("", "Nanna Prøvesen")) == 0
    with acting(world.seats[WARD].token):
        assert not CoordinatorNews.objects.exclude(role="").exists()


def test_the_name_of_one_whom_the_citizen_does_not_want_is_told_to_nobody(
    world: World, network: CareNetwork, caseworker: NetworkContact, lets_in: Lets
) -> None:
    with acting(world.seats[INSIDE].token) as actor:
        lets_in(actor, network, "psychiatry", True, Category.CONTACTS)
    with acting(world.seats[INSIDE].token) as actor:
        services.set_unwanted(actor, caseworker, unwanted=True)
        services.replace_contact(actor, NetworkContact.objects.get(pk=caseworker.pk), Contact("", "Nanna Prøvesen"))
    page = sit(world, WARD).get(f"/tovholder/{network.pk}/").content.decode()
    assert "Nanna Prøvesen er sagsbehandler nu." in page
    assert "Gerda" not in page


def test_the_second_who_does_it_is_told_so(world: World, network: CareNetwork, caseworker: NetworkContact) -> None:
    with acting(world.seats[INSIDE].token) as actor:
        services.replace_contact(actor, caseworker, Contact("", "Nanna Prøvesen"))
    with acting(world.seats[INSIDE].token) as actor, pytest.raises(CoordinationError):
        services.replace_contact(actor, caseworker, Contact("", "Niels Prøvesen"))

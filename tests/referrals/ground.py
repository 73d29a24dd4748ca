"""Units with pages in the directory, people in them, and a way to send something from one to another."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from uuid import UUID

import psycopg
import pytest

from samsvar.directory import services as directory
from samsvar.directory.models import DirectoryEntry
from samsvar.postgres.actor import Actor, acting
from samsvar.referrals import services
from samsvar.referrals.models import Referral
from samsvar.referrals.services import Whom, Yes
from tests.coordination.ground import practice, unit
from tests.world import World

NAME = "Jens Prøvesen"
CPR = "6111801234"
WORDS = (
    "Kommer ikke til møderne siden marts. Sover om dagen og åbner ikke døren. "
    "Han siger, at han ikke kan være blandt mange. "
    "Har mistet sin mor i foråret og bor alene i en lejlighed uden møbler."
)
# Whether the family has been told, by whom and when.
TOLD = {"told": {"text": "yes", "who": "Betjenten, i går"}}
YES = Yes(given=[NAME], informed=True)
PAGES = (
    # Key, unit's name, kind, seat that keeps the page, sector, seat in the unit, authority.
    ("job", "Jobcenteret", "jobcentre", "social", "municipality", "social.frontline"),
    ("adult", "Myndigheden", "adult_authority", "social", "municipality", "social.member"),
    ("outreach", "De opsøgende", "outreach_99", "social", "municipality", ""),
    ("child", "Børn og Unge", "child_authority", "social", "municipality", "social.screener"),
    ("substance", "Center for Rusmidler", "substance", "social", "municipality", ""),
    ("district", "Distriktspsykiatrien", "district", "psychiatry", "region", "psychiatry.frontline"),
    ("pvk", "Visitationsklinikken", "pvk", "psychiatry", "region", "psychiatry.member"),
    ("pam", "Akutmodtagelsen", "pam", "psychiatry", "region", "psychiatry.screener"),
    ("buk", "B&U-klinikken", "buk", "psychiatry", "region", ""),
    ("prison", "Arresthuset", "prison", "police", "justice", ""),
    ("police", "Lokalpolitiet", "police", "police", "justice", "police.frontline"),
    ("gp", "Lægehuset Prøvegade", "gp", "practice", "practice", ""),
)


class Units:
    """The pages by a short name, and who works where."""

    def __init__(self, world: World, owner: psycopg.Connection) -> None:
        self.world, self.owner = world, owner
        practice(world, owner)
        owner.execute(
            "update partnerships_capacity set roles = '{frontline,local_admin}' where id = %s",
            [world.seats["practice.frontline"].post],
        )
        owner.commit()
        world.seats["practice.admin"] = world.seats["practice.frontline"]
        self.units: dict[str, UUID | None] = {}
        self.pages: dict[str, DirectoryEntry] = {}
        for key, name, kind, of, sector, seat in PAGES:
            # A practice is one room: everybody there is the unit.
            self.units[key] = None if key == "gp" else unit(world, owner, name, seat, of)
            with acting(world.seats[f"{of}.admin"].token) as actor:
                self.pages[key] = directory.keep(
                    actor, world.partnership, name=name, kind=kind, sector=sector, purpose=name, unit_id=self.units[key]
                )

    def sit(self, seat: str, key: str) -> None:
        """Put somebody in a unit."""
        self.owner.execute(
            "update partnerships_capacity set unit_id = %s where id = %s",
            [self.units[key], self.world.seats[seat].post],
        )
        self.owner.commit()

    def at(self, seat: str) -> AbstractContextManager[Actor]:
        """Act as somebody."""
        return acting(self.world.seats[seat].token)


def said(*keys: str, text: str = WORDS, **more: str) -> dict[str, dict[str, str]]:
    """The same words in these fields; the rest by name."""
    return {key: {"text": text} for key in keys} | {key: {"text": one} for key, one in more.items()}


def drafted(
    actor: Actor,
    units: Units,
    sender: str,
    receiver: str,
    template: str,
    *,
    cpr: str = "",
    follows: Referral | None = None,
) -> Referral:
    """A draft from one unit to another."""
    return services.start(actor, units.pages[sender], units.pages[receiver], template, Whom(NAME, cpr), follows)


def sent(
    actor: Actor,
    units: Units,
    sender: str,
    receiver: str,
    template: str,
    words: Mapping[str, Mapping[str, str]],
    *,
    cpr: str = "",
    basis: str = "consent",
) -> Referral:
    """Sent at once, on the citizen's yes where that is the ground."""
    row = drafted(actor, units, sender, receiver, template, cpr=cpr)
    if basis == "consent":
        services.take_yes(actor, row, YES)
    return services.send(actor, row, words, basis)


def again(row: Referral) -> Referral:
    """The row as the actor sees it now."""
    return Referral.objects.select_related("from_entry", "to_entry").get(pk=row.pk)


@pytest.fixture
def units(world: World, owner_connection: psycopg.Connection) -> Units:
    """Twelve units of four authorities."""
    return Units(world, owner_connection)

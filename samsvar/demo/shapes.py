"""What a place consists of, as plain data: bodies, people, tables (000 chapters 1 and 9)."""

from dataclasses import dataclass, field
from datetime import date

from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import CapacityRole, GroupModel, Level, MembershipKind, ReportingChannel, Rhythm

FRONTLINE = (CapacityRole.FRONTLINE,)
SCREENER = (CapacityRole.SCREENER, CapacityRole.RELEASER)
RELEASER = (CapacityRole.RELEASER,)
LOCAL_ADMIN = (CapacityRole.LOCAL_ADMIN,)
DPO = (CapacityRole.DPO,)
JURIST = (CapacityRole.JURIST,)
NOTHING: tuple[CapacityRole, ...] = ()


@dataclass(frozen=True)
class Someone:
    """A post. `key` is unique within the place; the name is given when the place is set up."""

    key: str
    function: str
    roles: tuple[CapacityRole, ...] = NOTHING
    unit: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Body:
    """An authority with its units, its people and the measures it has. `parent` is a name, made without people."""

    key: str
    name: str
    short: str
    kind: AuthorityKind
    areas: tuple[str, ...]
    people: tuple[Someone, ...]
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    parent: str = ""
    since: date = date(2009, 4, 1)


@dataclass(frozen=True)
class Chair:
    """A seat at a table, by the post's key."""

    who: str
    kind: MembershipKind = MembershipKind.PERMANENT
    for_whom: str = ""
    mandate: str = ""
    network: str = ""
    may_decide: bool = True
    since: date | None = None


@dataclass(frozen=True)
class Held:
    """A function of a group held by a post since a day, and why it came there."""

    function: str
    who: str
    since: date = date(2009, 4, 1)
    reason: str = ""


@dataclass(frozen=True)
class Table:
    """A group with its seats and functions, in the order in which functions were held."""

    key: str
    name: str
    level: Level
    model: GroupModel
    areas: tuple[str, ...] = ()
    seats: tuple[Chair, ...] = ()
    functions: tuple[Held, ...] = ()
    parent: str = ""
    word: str = "operativgruppe"
    prefix: str = ""
    rhythm: Rhythm = Rhythm.MONTHLY
    place: str = ""
    duty_to_attend: bool = False
    deputies: bool = True
    theme_day_every: int | None = None
    channels: tuple[ReportingChannel, ...] = ()
    instruction: str = ""


@dataclass(frozen=True)
class Place:
    """A partnership as the report describes it."""

    key: str
    name: str
    district: str
    prefix: str
    purpose: str
    founded: date
    bodies: tuple[Body, ...]
    tables: tuple[Table, ...]
    agreement: str
    emergency: tuple[tuple[str, str, str], ...]
    name_in_advance: bool = True
    count_network_cases: bool = True
    means_required: bool = True
    stale_days: int = 30
    later_agreement: str = ""
    area_of_citizens: tuple[str, ...] = field(default_factory=tuple)

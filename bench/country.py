"""Who there is: partnerships, authorities, staff and seats of a country, computed from nothing but its scale."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

DISTRICTS, REGIONS, CENTRES, SELF_OWNING = 12, 5, 22, 79
PARTNERSHIPS = 110
YEARS = 8
RAN_OFF_DAYS = 30


@dataclass(frozen=True)
class Scale:
    """How much of a country: how many of its partnerships (the largest first), and what share of the rows of each."""

    name: str
    partnerships: int
    share: float

    @property
    def database(self) -> str:
        return f"bench_{self.name}"


FULL = Scale("full", PARTNERSHIPS, 1.0)
ROWS = Scale("rows", PARTNERSHIPS, 0.01)
PLACES = Scale("places", 1, 1.0)
SCALES = {scale.name: scale for scale in (FULL, ROWS, PLACES)}

# Of the whole country at full scale.
CASES, CITIZENS, STAFF, LOG_ROWS = 250_000, 200_000, 3_000, 5_000_000
CONTRIBUTIONS, NOTES, ACTIONS, EVENTS, FOLLOW_UPS = 1_200_000, 200_000, 150_000, 400_000, 50_000
OPEN_SHARE = 0.03
# Rows on one page of a list.
PER_PAGE = 20
HUNDRED = 100


def ident(*about: object) -> str:
    """A UUID that the same words always give."""
    digits = hashlib.md5("/".join(map(str, about)).encode(), usedforsecurity=False).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@dataclass(frozen=True)
class Authority:
    """A data controller and its staff, by number."""

    number: int
    kind: str
    name: str
    staff: int

    @cached_property
    def id(self) -> str:
        return ident("authority", self.number)

    def person(self, number: int) -> str:
        return ident("person", self.number, number % self.staff)

    def post(self, number: int) -> str:
        return ident("post", self.number, number % self.staff)


@dataclass(frozen=True)
class Seat:
    """A person in a post, for the benchmark's actors."""

    authority: Authority
    number: int

    @property
    def person(self) -> str:
        return self.authority.person(self.number)

    @property
    def post(self) -> str:
        return self.authority.post(self.number)


class Country:
    """The structure of a scale."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.everyone = list(_authorities())
        weights = [1 / (place + 8) ** 0.9 for place in range(PARTNERSHIPS)]
        self.weights = [weight / sum(weights) for weight in weights]
        self.places = range(scale.partnerships)
        self.parties = {place: self._parties(place) for place in self.places}
        present = {authority.number for parties in self.parties.values() for authority in parties}
        self.authorities = [authority for authority in self.everyone if authority.number in present]

    def _parties(self, place: int) -> list[Authority]:
        """Police, social services, psychiatry; then those who are brought in now and then."""
        everyone = self.everyone
        social = DISTRICTS
        region = social + PARTNERSHIPS
        centre = region + REGIONS
        probation = centre + CENTRES
        jobcentre = probation + DISTRICTS
        self_owning = jobcentre + PARTNERSHIPS
        return [
            everyone[place % DISTRICTS],
            everyone[social + place],
            everyone[region + place % REGIONS],
            everyone[probation + place % DISTRICTS],
            everyone[jobcentre + place],
            everyone[centre + place % CENTRES],
            everyone[self_owning + place % SELF_OWNING],
        ]

    def cases_of(self, place: int) -> int:
        return max(4, round(CASES * self.weights[place] * self.scale.share))

    def log_rows_of(self, authority: Authority) -> int:
        """Police and psychiatry look up for many places, and so do most of the looking."""
        share = sum(
            self.weights[place] * (0.3, 0.35, 0.25, 0.03, 0.04, 0.02, 0.01)[parties.index(authority)]
            for place, parties in self.parties.items()
            if authority in parties
        )
        return round(LOG_ROWS * share * self.scale.share)

    def members(self, place: int) -> list[Seat]:
        """Who sits in the place's operative group; the first is its coordinator, the second its chair."""
        police, social, region, probation, jobcentre, *_ = self.parties[place]
        return [
            Seat(social, 0),
            Seat(police, 0),
            Seat(social, 1),
            Seat(social, 2),
            Seat(police, 1 + place // DISTRICTS),
            # One person of each region sits in all of its groups.
            Seat(region, 0),
            Seat(region, 1 + place // REGIONS),
            Seat(probation, 0),
            Seat(jobcentre, 0),
        ]

    @property
    def coordinator(self) -> Seat:
        """Of the largest group."""
        return self.members(0)[0]

    @property
    def table(self) -> Seat:
        """The coordinator whose table has nearest to a hundred open cases (issue 4, Measures)."""
        return self.members(self.nearest(HUNDRED))[0]

    def nearest(self, open_cases: int) -> int:
        """The place whose group has nearest to so many open cases."""
        return min(self.places, key=lambda place: abs(self.cases_of(place) * OPEN_SHARE - open_cases))

    @property
    def region(self) -> Seat:
        """Psychiatry in every group of a region."""
        return self.members(0)[5]

    @property
    def frontline(self) -> Seat:
        """A caseworker with fifteen assigned cases."""
        return Seat(self.parties[0][1], FRONTLINE)

    def group(self, place: int) -> str:
        return ident("group", place)

    def partnership(self, place: int) -> str:
        return ident("partnership", place)

    def case(self, place: int, number: int) -> str:
        return ident("case", place, number)

    def random(self, *about: object) -> Random:
        return Random(f"samsvar/{'/'.join(map(str, about))}")


# Posts in the order of an authority's staff: those who sit at tables first, then screeners, then the frontline.
SITTING, SCREENERS = 4, 2
FRONTLINE = SITTING + SCREENERS
ASSIGNED = 15


def _authorities() -> Iterator[Authority]:
    kinds = [
        ("police", "Politikreds", DISTRICTS, 28),
        ("social", "Kommune", PARTNERSHIPS, 12),
        ("psychiatry", "Psykiatrien i region", REGIONS, 80),
        ("forensic_psychiatry", "Psykiatrisk center", CENTRES, 8),
        ("probation", "Kriminalforsorgen afdeling", DISTRICTS, 8),
        ("jobcentre", "Jobcenter", PARTNERSHIPS, 4),
        ("self_owning", "Værested", SELF_OWNING, 2),
    ]
    number = 0
    for kind, name, count, staff in kinds:
        for place in range(count):
            yield Authority(number, kind, f"{name} {place + 1}", staff)
            number += 1

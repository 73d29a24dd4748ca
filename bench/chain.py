"""One authority's log: a whole chain, as audit_write would have made it."""

from collections.abc import Iterator
from hashlib import sha256

from bench.country import Authority, Country
from bench.load import NULL
from bench.story import DAY, stamp

COLUMNS = (
    *("seq", "authority_id", "at", "person_id", "capacity_id", "partnership_id", "act", "subject_kind", "subject_id"),
    *("case_id", "citizen_id", "purpose", "detail", "previous", "hash"),
)
MONTHS = 25
_SPAN = 24 * 30 * DAY
_PIECE = 100_000
_ACTS = (*["look"] * 17, "search", "create", "change")


def pieces(country: Country, authority: Authority, origin: int) -> Iterator[tuple[list[str], bytes]]:
    """Lines of COPY's text form in pieces, oldest first, each with the hash of its last row."""
    total, owner = country.log_rows_of(authority), authority.id
    random = country.random("log", authority.number)
    draw = random.random
    places = [place for place in country.places if authority in country.parties[place]]
    # The same few people look at a case many times.
    looked_at = [
        (country.partnership(place), country.case(place, int(draw() * country.cases_of(place))))
        for place in random.choices(places, [country.cases_of(place) for place in places], k=total // 15 + 1)
    ]
    people = [(authority.person(number), authority.post(number)) for number in range(authority.staff)]
    lines: list[str] = []
    link = b"\x00"
    for seq in range(1, total + 1):
        moment, micro = stamp(origin - _SPAN + _SPAN * seq // (total + 1)), f"{int(draw() * 1e6):06}"
        person, post = people[int(draw() * len(people))]
        act = _ACTS[int(draw() * len(_ACTS))]
        if act == "search" or draw() < 0.2:
            kind, detail, partnership, subject = "case_list", '{"count": 20}', NULL, NULL
            said_place = said_subject = "null"
        else:
            partnership, subject = looked_at[int(draw() * len(looked_at))]
            kind, detail, said_place, said_subject = "case", "{}", f'"{partnership}"', f'"{subject}"'
        previous = link
        # Letter for letter what audit_link reads.
        said = (
            f'[{seq}, "{owner}", "{moment[:10]}T{moment[11:19]}.{micro}", "{person}", "{post}", {said_place}, "{act}",'
            f' "{kind}", {said_subject}, {said_subject}, null, "", {detail}]'
        )
        link = sha256(previous + said.encode()).digest()
        lines.append(
            f"{seq}\t{owner}\t{moment[:19]}.{micro}+00\t{person}\t{post}\t{partnership}\t{act}\t{kind}\t{subject}"
            f"\t{subject}\t{NULL}\t\t{detail}\t\\\\x{previous.hex()}\t\\\\x{link.hex()}"
        )
        if len(lines) == _PIECE:
            yield lines, link
            lines = []
    if lines:
        yield lines, link

"""Random partnerships against a small model of the rule: whoever sees a row in the database sees it in the model.

The model is written from house.md and decisions.md, not from the policies: whose authority one acts for (with those it
succeeded), at which tables one sits today, what one is assigned to or has raised, who is party and until when one may
still read, what has been told to whom, and that having been at the meeting opens nothing.
"""

import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsvar.postgres.provision import APP
from tests.filled import Pen

EXAMPLES = 20_000 if os.environ.get("HYPOTHESIS_PROFILE") == "drill" else 200
TODAY = date.today()
PAST, FUTURE = TODAY - timedelta(days=3), TODAY + timedelta(days=3)
# From and until: whoever begins today or ends today has the day, and whoever begins tomorrow has not begun.
PERIODS: list[tuple[date, date | None]] = [
    *((PAST, until) for until in (None, PAST, TODAY - timedelta(days=1), TODAY, FUTURE)),
    *((TODAY, until) for until in (None, TODAY, FUTURE)),
    *((TODAY + timedelta(days=1), until) for until in (None, FUTURE)),
]
AUTHORITIES, GROUPS, PEOPLE = 4, 2, 3
WORKING = {"frontline", "screener", "releaser"}


@dataclass
class Seat:
    """A seat at a table: from when, until when, and whether whoever has it was at the table's meeting."""

    group: int
    period: tuple[date, date | None]
    came: bool


@dataclass
class Post:
    """A post: its person, authority, roles, first and last day, and seats."""

    person: int
    authority: int
    roles: list[str]
    period: tuple[date, date | None]
    seats: list[Seat]
    key: UUID = field(default_factory=uuid4)
    token: str = field(default_factory=lambda: uuid4().hex)


@dataclass
class Party:
    """An authority in a case: whether it has left, how many seconds from now it may still read, and what it heard.

    What is written in the case was said while it sat there (`heard`), or after it had gone.
    """

    authority: int
    left: bool
    reads_on: int
    heard: bool


@dataclass
class File:
    """A case with its parties, its contributions as (authority, told to), and its assignments as (post, ended).

    Whoever raised it wrote a concern about a person first, tied to the case or still on its way to the table; both the
    concern and the name have been told to some, as (authority, ended).
    """

    group: int
    raiser: int
    raised_for: int
    closed: bool
    parties: list[Party]
    contributions: list[tuple[int, list[tuple[int, bool]]]]
    assigned: list[tuple[int, bool]]
    tied: bool
    concern_told: list[tuple[int, bool]]
    name_told: list[tuple[int, bool]]
    key: UUID = field(default_factory=uuid4)
    concern: UUID = field(default_factory=uuid4)
    identity: UUID = field(default_factory=uuid4)
    item: UUID = field(default_factory=uuid4)
    # Beside each contribution, the disclosure of it, and the receipts of that by who received it.
    disclosures: list[UUID | None] = field(default_factory=list)
    receipts: list[dict[int, UUID]] = field(default_factory=list)
    contribution_keys: list[UUID] = field(default_factory=list)
    # Beside each contribution, by table: what its authority wrote, and in which way others are to see it.
    beside: dict[str, list[UUID]] = field(default_factory=dict)


@dataclass
class Place:
    """A partnership: `successor[n]` is the authority that took over from authority n."""

    successor: list[int | None]
    posts: list[Post]
    files: list[File]
    # A meeting of each table, and who came to it, as (table, key).
    meetings: list[UUID] = field(default_factory=list)
    attendances: list[tuple[int, UUID]] = field(default_factory=list)


periods = st.sampled_from(PERIODS)
authority = st.integers(0, AUTHORITIES - 1)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A partnership of four authorities, two tables, a few posts and cases."""
    # An authority is only succeeded by a later one, so that chains end.
    successor = [
        draw(st.none() | st.integers(n + 1, AUTHORITIES - 1)) if n < AUTHORITIES - 1 else None
        for n in range(AUTHORITIES)
    ]
    seat = st.builds(Seat, group=st.integers(0, GROUPS - 1), period=periods, came=st.booleans())
    posts = draw(
        st.lists(
            st.builds(
                Post,
                person=st.integers(0, PEOPLE - 1),
                authority=authority,
                roles=st.lists(
                    st.sampled_from(["frontline", "screener", "releaser", "dpo", "local_admin"]), max_size=2
                ),
                period=periods,
                seats=st.lists(seat, max_size=2, unique_by=lambda s: s.group),
                key=st.builds(uuid4),
                token=st.builds(lambda: uuid4().hex),
            ),
            min_size=2,
            max_size=4,
        )
    )
    party = st.builds(
        Party,
        authority=authority,
        left=st.booleans(),
        reads_on=st.sampled_from([-1, 0, 1]),
        heard=st.booleans(),
    )
    told = st.lists(st.tuples(authority, st.booleans()), max_size=2, unique_by=lambda pair: pair[0])
    files = draw(
        st.lists(
            st.builds(
                File,
                group=st.integers(0, GROUPS - 1),
                raiser=st.integers(0, PEOPLE - 1),
                raised_for=authority,
                closed=st.booleans(),
                parties=st.lists(party, max_size=3, unique_by=lambda p: p.authority),
                contributions=st.lists(st.tuples(authority, told), max_size=2),
                assigned=st.lists(
                    st.tuples(st.integers(0, len(posts) - 1), st.booleans()), max_size=2, unique_by=lambda pair: pair[0]
                ),
                tied=st.booleans(),
                concern_told=told,
                name_told=told,
                key=st.builds(uuid4),
                concern=st.builds(uuid4),
                identity=st.builds(uuid4),
                item=st.builds(uuid4),
                disclosures=st.builds(list),
                receipts=st.builds(list),
                contribution_keys=st.builds(list),
                beside=st.builds(dict),
            ),
            min_size=1,
            max_size=3,
        )
    )
    return Place(successor, posts, files)


def runs(period: tuple[date, date | None]) -> bool:
    """Whether today is in it; the first and the last day are."""
    since, until = period
    return since <= TODAY and (until is None or until >= TODAY)


class Model:
    """What one post may see of a place."""

    def __init__(self, place: Place, post: Post) -> None:
        self.place, self.post = place, post
        acts = runs(post.period)
        self.roles = set(post.roles) if acts else set()
        self.authorities = {post.authority} if acts else set()
        for _ in range(AUTHORITIES):
            self.authorities |= {n for n, heir in enumerate(place.successor) if heir in self.authorities}
        self.tables = {seat.group for seat in post.seats if runs(seat.period)} if acts else set()
        self.works = acts and bool(WORKING & self.roles or self.tables)

    def reaches(self, file: File) -> bool:
        """A table one sits at, a case one is assigned to, or one's own raised and still open."""
        return file.group in self.tables or self.named(file)

    def named(self, file: File) -> bool:
        """A case one is assigned to, or one's own raised and still open."""
        assigned = any(self.place.posts[n] is self.post and not ended for n, ended in file.assigned)
        return self.works and (assigned or (not file.closed and self.raised(file)))

    def raised(self, file: File) -> bool:
        """Whether one raised it, for the authority one still acts for."""
        return file.raiser == self.post.person and file.raised_for in self.authorities

    def party(self, file: File) -> bool:
        """Whether the own authority is in the case, or has left and may still read."""
        return any(
            party.authority in self.authorities and (not party.left or party.reads_on > 0) for party in file.parties
        )

    def told(self, receivers: list[tuple[int, bool]]) -> bool:
        """Whether the own authority was told and still may know it; of use only to those who work with people."""
        return self.works and any(to in self.authorities and not ended for to, ended in receivers)

    def sees_case(self, file: File) -> bool:
        """Those who raised a case see it closed as well, while their authority may read."""
        return self.works and (self.reaches(file) or self.raised(file)) and self.party(file)

    def sees_row(self, file: File) -> bool:
        """A row of the case that tells nothing said there."""
        return self.reaches(file) and self.party(file)

    def hears(self, file: File) -> bool:
        """What is said at the table is told to those who sit there; who has left hears nothing that comes after."""
        return self.reaches(file) and self.heard(file)

    def heard(self, file: File) -> bool:
        """Whether the own authority sat there when it was said, and may still read."""
        return any(
            party.authority in self.authorities and (not party.left or (party.heard and party.reads_on > 0))
            for party in file.parties
        )

    def sees_beside(self, file: File, table: str, number: int) -> bool:
        """A row that was written with a contribution: by whom it may be read is said in BESIDE."""
        owner, _ = file.contributions[number]
        own, pair = owner in self.authorities, asked(owner) in self.authorities
        return {
            "own": self.reaches(file) and own,
            "mine": self.reaches(file) and own and self.post.person == author(owner),
            "own while party": self.sees_row(file) and own,
            "pair": self.sees_row(file) and (own or pair),
            "all parties": self.hears(file),
            "with the case": self.sees_case(file) and self.heard(file),
            "told": self.sees_contribution(file, number),
        }[BESIDE[table]]

    def sees_contribution(self, file: File, number: int) -> bool:
        """The own authority's, or one told to it while it may read."""
        owner, told = file.contributions[number]
        return self.reaches(file) and (owner in self.authorities or (self.told(told) and self.party(file)))

    def sees_concern(self, file: File) -> bool:
        """One's own; those of the authority, and those told to it, by whoever screens or has the table or the case."""
        own = file.raised_for in self.authorities and self.works
        if own and file.raiser == self.post.person:
            return True
        told = self.told(file.concern_told) and (not file.tied or self.party(file))
        needs = self.sees_case(file) if file.tied else file.group in self.tables
        return (own or told) and ("screener" in self.roles or needs)

    def sees_identity(self, file: File) -> bool:
        """Whoever wrote it down and whoever screens at home; everybody else behind a case or concern that is seen."""
        own = file.raised_for in self.authorities
        if own and ("screener" in self.roles or (self.works and file.raiser == self.post.person)):
            return True
        return (own or self.told(file.name_told)) and (self.sees_case(file) or self.sees_concern(file))

    def sees_disclosure(self, file: File, number: int) -> bool:
        """Who did it and the own officer; sender and receiver with the case, and a receiver assigned to it."""
        owner, told = file.contributions[number]
        own, reached = owner in self.authorities, self.told(told)
        if own and (author(owner) == self.post.person or "dpo" in self.roles):
            return True
        return ((own or reached) and self.sees_case(file)) or (reached and self.named(file))

    def sees_receipt(self, file: File, number: int, to: int) -> bool:
        """Sender and that receiver: what others were told of the same is not said."""
        owner = file.contributions[number][0]
        return self.sees_disclosure(file, number) and bool({owner, to} & self.authorities)


# Who reads what stands beside a contribution (house.md, law.md): its own authority at the table, its author alone, both
# ends of a question, everybody in the case, or those who were told.
BESIDE = {
    "letters_notice": "own",
    "letters_citizenword": "own",
    "letters_journalmark": "own",
    "sharing_ownnote": "mine",
    "sharing_consent": "own while party",
    "sharing_weighed": "own",
    "sharing_helpdecision": "own",
    "sharing_informationrequest": "pair",
    "sharing_citizensno": "all parties",
    "rights_remark": "with the case",
    "cases_dangeradvice": "told",
}
# What a table demands besides.
DEMANDS: dict[str, dict[str, Any]] = {
    "letters_notice": {"told": True, "how": "letter", "told_on": PAST, "language": "da"},
    "sharing_consent": {"scope": "share", "form": "written", "given_on": PAST, "valid_to": FUTURE},
    "cases_dangeradvice": {"answer": "yes", "until": FUTURE},
    "letters_journalmark": {"until": PAST},
    "letters_citizenword": {"speaker": "citizen"},
    "sharing_citizensno": {"to": "contact", "ended_at": None},
    "sharing_helpdecision": {"since": PAST, "review_on": PAST, "until": FUTURE},
    "sharing_ownnote": {"reach": "person"},
    "sharing_informationrequest": {"state": "open"},
}


def author(owner: int) -> int:
    """The person who writes for an authority."""
    return owner % PEOPLE


def asked(owner: int) -> int:
    """The authority that an authority asks."""
    return (owner + 1) % AUTHORITIES


def write(pen: Pen, place: Place) -> None:
    """Put a place into the database."""
    here = pen.put("partnerships_partnership", name="Tilfældigheden", cooperation="psp", reference_prefix="TIL")
    (now,) = pen.owner.execute("select now()").fetchone() or (None,)
    assert isinstance(now, datetime)
    keys = [uuid4() for _ in range(AUTHORITIES)]
    for number in reversed(range(AUTHORITIES)):
        heir = place.successor[number]
        pen.put(
            "partnerships_authority",
            id=keys[number],
            name=f"Myndighed {number}",
            kind="social",
            regime="gdpr",
            successor_id=None if heir is None else keys[heir],
        )
        pen.put("partnerships_participation", partnership_id=here, authority_id=keys[number], since=PAST)
    groups = [pen.put("partnerships_group", partnership_id=here, name="G", level="operative") for _ in range(GROUPS)]
    people = [
        pen.put("accounts_user", email=f"{uuid4().hex}@eksempel.dk", name="P", is_active=True) for _ in range(PEOPLE)
    ]
    meetings = place.meetings = [
        pen.put("meetings_meeting", partnership_id=here, group_id=group, starts_at=now, state="held")
        for group in groups
    ]
    for post in place.posts:
        pen.put(
            "partnerships_capacity",
            id=post.key,
            person_id=people[post.person],
            authority_id=keys[post.authority],
            roles=post.roles,
            since=PAST,
        )
        pen.owner.execute(
            "select actor_open(%s, %s, %s, now() + interval '1 day')", [post.token, people[post.person], post.key]
        )
        pen.owner.execute(
            "update partnerships_capacity set since = %s, until = %s where id = %s", [*post.period, post.key]
        )
        for seat in post.seats:
            since, until = seat.period
            group = groups[seat.group]
            seated = pen.put("partnerships_membership", group_id=group, capacity_id=post.key, since=since, until=until)
            if seat.came:
                meeting = {"meeting_id": meetings[seat.group], "group_id": group, "partnership_id": here}
                place.attendances.append(
                    (seat.group, pen.put("meetings_attendance", **meeting, membership_id=seated, state="present"))
                )
    for file in place.files:
        common = {"partnership_id": here, "group_id": groups[file.group]}
        citizen = pen.put("citizens_citizen", partnership_id=here)
        pen.put(
            "citizens_identity",
            id=file.identity,
            partnership_id=here,
            authority_id=keys[file.raised_for],
            citizen_id=citizen,
            created_by_id=people[file.raiser],
            name="N",
        )
        pen.put(
            "cases_case",
            id=file.key,
            **common,
            citizen_id=citizen,
            identity_id=file.identity,
            reference=uuid4().hex[:20],
            raised_by_authority_id=keys[file.raised_for],
            raised_by_id=people[file.raiser],
            standing="closed" if file.closed else "raised",
            closed_at=TODAY if file.closed else None,
            close_reason="solved" if file.closed else "",
        )
        row = {**common, "case_id": file.key}
        for party in file.parties:
            pen.put(
                "cases_caseparty",
                **row,
                authority_id=keys[party.authority],
                added_by_id=people[file.raiser],
                until=(now if party.heard else PAST) if party.left else None,
                read_until=now + timedelta(seconds=party.reads_on) if party.left else None,
            )
        pen.put(
            "cases_concern",
            id=file.concern,
            **common,
            case_id=file.key if file.tied else None,
            identity_id=file.identity,
            authority_id=keys[file.raised_for],
            raised_by_id=people[file.raiser],
            capacity_id=uuid4(),
            channel="lines",
            text="T",
            state="agenda" if file.tied else "raised",
        )
        pen.put("meetings_agendaitem", id=file.item, **row, meeting_id=meetings[file.group], kind="new", decided_at=now)
        for subject, told in ((file.concern, file.concern_told), (file.identity, file.name_told)):
            for to, ended in told:
                pen.put(
                    "sharing_receipt",
                    partnership_id=here,
                    disclosure_id=uuid4(),
                    subject_id=subject,
                    authority_id=keys[to],
                    from_authority_id=keys[file.raised_for],
                    ended_at=TODAY if ended else None,
                )
        pen.put(
            "cases_caseevent",
            **row,
            at=now,
            kind="raised",
            authority_id=keys[file.raised_for],
            by_id=people[file.raiser],
        )
        for owner, told in file.contributions:
            made = pen.put(
                "sharing_contribution", **row, answer="contributes", authority_id=keys[owner], by_id=people[0]
            )
            file.contribution_keys.append(made)
            for table in BESIDE:
                values = {**row, "authority_id": keys[owner], "by_id": people[author(owner)], **DEMANDS.get(table, {})}
                if table == "sharing_informationrequest":
                    values["to_authority_id"] = keys[asked(owner)]
                if table == "rights_remark":
                    del values["group_id"]
                file.beside.setdefault(table, []).append(pen.put(table, **values))
            disclosure = None
            if told:
                disclosure = pen.put(
                    "sharing_disclosure",
                    partnership_id=here,
                    authority_id=keys[owner],
                    case_id=file.key,
                    subject_kind="contribution",
                    subject_id=made,
                    by_id=people[author(owner)],
                    capacity_id=uuid4(),
                )
            file.disclosures.append(disclosure)
            file.receipts.append({})
            for to, ended in told:
                receipt = {
                    "partnership_id": here,
                    "authority_id": keys[to],
                    "from_authority_id": keys[owner],
                    "ended_at": TODAY if ended else None,
                }
                file.receipts[-1][to] = pen.put("sharing_receipt", **receipt, disclosure_id=disclosure, subject_id=made)
                advice = file.beside["cases_dangeradvice"][-1]
                pen.put("sharing_receipt", **receipt, disclosure_id=uuid4(), subject_id=advice)
        for number, ended in file.assigned:
            pen.put(
                "cases_assignment",
                partnership_id=here,
                case_id=file.key,
                authority_id=keys[place.posts[number].authority],
                capacity_id=place.posts[number].key,
                added_by_id=people[0],
                until=TODAY if ended else None,
            )


def seen(connection: psycopg.Connection, table: str, column: str = "id") -> set[Any]:
    """The keys that whoever acts finds in a table."""
    return {row[0] for row in connection.execute(f"select {column} from {table}").fetchall()}  # type: ignore[call-overload]


def expected(place: Place, model: Model) -> dict[str, dict[Any, bool]]:
    """Each row of the place by table, and whether this post is to see it. Who is in a case is named by the case."""
    rows: dict[str, dict[Any, bool]] = {
        "cases_case": {f.key: model.sees_case(f) for f in place.files},
        "cases_caseevent": {f.key: model.hears(f) for f in place.files},
        "cases_caseparty": {f.key: model.sees_row(f) for f in place.files if f.parties},
        "cases_concern": {f.concern: model.sees_concern(f) for f in place.files},
        "citizens_identity": {f.identity: model.sees_identity(f) for f in place.files},
        # Who came to a meeting is seen by the table; what was said about a case by the parties to it alone.
        "meetings_meeting": {key: group in model.tables for group, key in enumerate(place.meetings)},
        "meetings_attendance": {key: group in model.tables for group, key in place.attendances},
        "meetings_agendaitem": {f.item: model.hears(f) for f in place.files},
    }
    written = [(f, number) for f in place.files for number in range(len(f.contributions))]
    rows["sharing_contribution"] = {f.contribution_keys[n]: model.sees_contribution(f, n) for f, n in written}
    rows["sharing_disclosure"] = {f.disclosures[n]: model.sees_disclosure(f, n) for f, n in written if f.disclosures[n]}
    rows["sharing_receipt"] = {
        key: model.sees_receipt(f, n, to) for f, n in written for to, key in f.receipts[n].items()
    }
    for table in BESIDE:
        rows[table] = {f.beside[table][n]: model.sees_beside(f, table, n) for f, n in written}
    return rows


BY_CASE = {"cases_caseevent": "case_id", "cases_caseparty": "case_id"}
ENOUGH = 20


@pytest.mark.req("R-000-150", "LR-000-34", "R-002-64", "R-003-45", "R-003-54", "R-003-65")
def test_the_database_and_the_rule_agree(superuser: psycopg.Connection) -> None:
    met: Counter[tuple[str, bool]] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(place=places())
    def agree(place: Place) -> None:
        with superuser.transaction(force_rollback=True):
            write(Pen(superuser), place)
            # The parties of today, recomputed from the facts (row-policies.md).
            for key, kept in superuser.execute(
                "select id, party_ids from cases_case where id = any(%s)", [[f.key for f in place.files]]
            ):
                facts = superuser.execute(
                    "select coalesce(array_agg(distinct authority_id), '{}') from cases_caseparty"
                    " where case_id = %s and until is null",
                    [key],
                ).fetchone()
                assert set(kept) == set(facts[0])  # type: ignore[index]
            superuser.execute(f"set local session authorization {APP}")
            for post in place.posts:
                superuser.execute("select set_config('samsvar.token', %s, true)", [post.token])
                for table, rows in expected(place, Model(place, post)).items():
                    found = seen(superuser, table, BY_CASE.get(table, "id"))
                    assert found == {key for key, is_seen in rows.items() if is_seen}, table
                    met.update((table, is_seen) for is_seen in rows.values())

    agree()
    # Every kind of row was met on both sides of the wall, often enough to mean something; chance may want more goes.
    tables = {table for table, _ in met}
    assert len(tables) == 11 + len(BESIDE)
    places_met = [(table, is_seen) for table in sorted(tables) for is_seen in (True, False)]
    for _more in range(3):
        if any(met[place] < ENOUGH for place in places_met):
            agree()
    assert [place for place in places_met if met[place] < ENOUGH] == []
    sys.stdout.write(f"{sum(met.values()):,} rows in {EXAMPLES:,} places, of {len(tables)} kinds\n")

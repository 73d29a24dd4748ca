"""Random partnerships against a small model of the rule: whoever sees a row in the database sees it in the model.

The model is written from house.md and decisions.md, not from the policies: whose authority one acts for (with those it
succeeded), at which tables one sits today, what one is assigned to or has raised, who is party and until when one may
still read, and what has been told to whom.
"""

import os
from dataclasses import dataclass, field
from datetime import date, timedelta
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
AUTHORITIES, GROUPS, PEOPLE = 4, 2, 3
WORKING = {"frontline", "screener", "releaser"}


@dataclass
class Post:
    """A post: its person, authority, roles, last day, and seats as (group, last day)."""

    person: int
    authority: int
    roles: list[str]
    until: date | None
    seats: list[tuple[int, date | None]]
    key: UUID = field(default_factory=uuid4)
    token: str = field(default_factory=lambda: uuid4().hex)


@dataclass
class Party:
    """An authority in a case: whether it has left, and the day until which it may read on."""

    authority: int
    left: bool
    reads_until: date | None


@dataclass
class File:
    """A case with its parties, its contributions as (authority, told to), and its assignments as (post, ended)."""

    group: int
    raiser: int
    raised_for: int
    closed: bool
    parties: list[Party]
    contributions: list[tuple[int, list[tuple[int, bool]]]]
    assigned: list[tuple[int, bool]]
    key: UUID = field(default_factory=uuid4)
    contribution_keys: list[UUID] = field(default_factory=list)
    # Beside each contribution, by table: what its authority wrote, and in which way others are to see it.
    beside: dict[str, list[UUID]] = field(default_factory=dict)


@dataclass
class Place:
    """A partnership: `successor[n]` is the authority that took over from authority n."""

    successor: list[int | None]
    posts: list[Post]
    files: list[File]


days = st.sampled_from([None, PAST, TODAY, FUTURE])
authority = st.integers(0, AUTHORITIES - 1)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A partnership of four authorities, two tables, a few posts and cases."""
    # An authority is only succeeded by a later one, so that chains end.
    successor = [
        draw(st.none() | st.integers(n + 1, AUTHORITIES - 1)) if n < AUTHORITIES - 1 else None
        for n in range(AUTHORITIES)
    ]
    seat = st.tuples(st.integers(0, GROUPS - 1), days)
    posts = draw(
        st.lists(
            st.builds(
                Post,
                person=st.integers(0, PEOPLE - 1),
                authority=authority,
                roles=st.lists(
                    st.sampled_from(["frontline", "screener", "releaser", "dpo", "local_admin"]), max_size=2
                ),
                until=days,
                seats=st.lists(seat, max_size=2, unique_by=lambda pair: pair[0]),
                key=st.builds(uuid4),
                token=st.builds(lambda: uuid4().hex),
            ),
            min_size=2,
            max_size=4,
        )
    )
    party = st.builds(Party, authority=authority, left=st.booleans(), reads_until=st.sampled_from([PAST, FUTURE]))
    told = st.lists(st.tuples(authority, st.booleans()), max_size=2)
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
                key=st.builds(uuid4),
                contribution_keys=st.builds(list),
                beside=st.builds(dict),
            ),
            min_size=1,
            max_size=3,
        )
    )
    return Place(successor, posts, files)


class Model:
    """What one post may see of a place."""

    def __init__(self, place: Place, post: Post) -> None:
        self.place, self.post = place, post
        acts = post.until is None or post.until >= TODAY
        self.authorities = {post.authority} if acts else set()
        for _ in range(AUTHORITIES):
            self.authorities |= {n for n, heir in enumerate(place.successor) if heir in self.authorities}
        self.tables = {group for group, until in post.seats if until is None or until >= TODAY} if acts else set()
        self.works = acts and bool(WORKING & set(post.roles) or self.tables)

    def reaches(self, file: File) -> bool:
        """A table one sits at, a case one is assigned to, or one's own raised and still open."""
        assigned = any(self.place.posts[n] is self.post and not ended for n, ended in file.assigned)
        return self.works and (file.group in self.tables or assigned or (not file.closed and self.raised(file)))

    def raised(self, file: File) -> bool:
        """Whether one raised it, for the authority one still acts for."""
        return file.raiser == self.post.person and file.raised_for in self.authorities

    def party(self, file: File) -> bool:
        """Whether the own authority is in the case, or has left and may still read."""
        return any(
            party.authority in self.authorities and (not party.left or party.reads_until == FUTURE)
            for party in file.parties
        )

    def sees_case(self, file: File) -> bool:
        """Those who raised a case see it closed as well, while their authority may read."""
        return self.works and (self.reaches(file) or self.raised(file)) and self.party(file)

    def sees_row(self, file: File) -> bool:
        """A row that the parties share."""
        return self.reaches(file) and self.party(file)

    def sees_beside(self, file: File, table: str, number: int) -> bool:
        """A row that was written with a contribution: by whom it may be read is said in BESIDE."""
        owner, _ = file.contributions[number]
        own, pair = owner in self.authorities, asked(owner) in self.authorities
        return {
            "own": self.reaches(file) and own,
            "mine": self.reaches(file) and own and self.post.person == author(owner),
            "own while party": self.sees_row(file) and own,
            "pair": self.sees_row(file) and (own or pair),
            "all parties": self.sees_row(file),
            "with the case": self.sees_case(file),
            "told": self.sees_contribution(file, number),
        }[BESIDE[table]]

    def sees_contribution(self, file: File, number: int) -> bool:
        """The own authority's, or one told to it while it may read."""
        owner, told = file.contributions[number]
        received = any(to in self.authorities and not ended for to, ended in told)
        return self.reaches(file) and (owner in self.authorities or (received and self.party(file)))


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
    "sharing_citizensno": {"to": "contact"},
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
        pen.owner.execute("update partnerships_capacity set until = %s where id = %s", [post.until, post.key])
        for group, until in post.seats:
            pen.put("partnerships_membership", group_id=groups[group], capacity_id=post.key, since=PAST, until=until)
    for file in place.files:
        common = {"partnership_id": here, "group_id": groups[file.group]}
        pen.put(
            "cases_case",
            id=file.key,
            **common,
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
                until=PAST if party.left else None,
                read_until=party.reads_until if party.left else None,
            )
        pen.put("cases_caseevent", **row, kind="raised", authority_id=keys[file.raised_for], by_id=people[file.raiser])
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
            for to, ended in told:
                disclosure = pen.put(
                    "sharing_disclosure",
                    partnership_id=here,
                    authority_id=keys[owner],
                    subject_kind="contribution",
                    subject_id=made,
                    by_id=people[0],
                    capacity_id=uuid4(),
                )
                pen.put(
                    "sharing_receipt",
                    partnership_id=here,
                    disclosure_id=disclosure,
                    subject_id=made,
                    authority_id=keys[to],
                    from_authority_id=keys[owner],
                    ended_at=TODAY if ended else None,
                )
                pen.put(
                    "sharing_receipt",
                    partnership_id=here,
                    disclosure_id=disclosure,
                    subject_id=file.beside["cases_dangeradvice"][-1],
                    authority_id=keys[to],
                    from_authority_id=keys[owner],
                    ended_at=TODAY if ended else None,
                )
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


@pytest.mark.req("R-000-150")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=places())
def test_the_database_and_the_rule_agree(superuser: psycopg.Connection, place: Place) -> None:
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
            model = Model(place, post)
            superuser.execute("select set_config('samsvar.token', %s, true)", [post.token])
            assert seen(superuser, "cases_case") == {f.key for f in place.files if model.sees_case(f)}
            rows = {f.key for f in place.files if model.sees_row(f)}
            assert seen(superuser, "cases_caseevent", "case_id") == rows
            assert seen(superuser, "cases_caseparty", "case_id") == {
                f.key for f in place.files if f.key in rows and f.parties
            }
            assert seen(superuser, "sharing_contribution") == {
                key
                for f in place.files
                for number, key in enumerate(f.contribution_keys)
                if model.sees_contribution(f, number)
            }
            for table in BESIDE:
                assert seen(superuser, table) == {
                    key
                    for f in place.files
                    for number, key in enumerate(f.beside.get(table, ()))
                    if model.sees_beside(f, table, number)
                }, table

"""The main pages as a person reads them, and the same rows fetched by hand-written SQL.

The rows by hand are the limit: what the page would cost if nothing but its rows mattered. They are read as the owner,
whose policies are `true`, with the actor's groups and authorities written out.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from psycopg.rows import tuple_row

from bench.country import PER_PAGE, SCALES, Country, Seat, ident
from bench.gauge import Counter, work
from bench.words import COMMON, RARE, USUAL
from samsvar.postgres.provision import connect

CASES_READ = 25
# By which the concerns raised and the answers given here are known and taken away again.
MARK = "MAALING"
MANY = 40
CITIZENS_READ = 25
SITTING = ("coordinator", "region")
EVERYBODY = (*SITTING, "frontline")
OFFICER = ("officer",)
# Who runs a table of a hundred open cases, beside the coordinator of the largest, who has three times as many.
TABLES = ("table", "coordinator")


@dataclass(frozen=True)
class Person:
    """An actor of the benchmark, signed in."""

    seat: Seat
    client: Client
    authority: str
    groups: list[str]
    cases: list[str]
    # Whose papers the data protection officer writes, and what is looked for in the log.
    citizens: list[str]
    colleague: str
    # The next meeting of the first of the groups.
    meeting: str = ""


@dataclass(frozen=True)
class Page:
    """A page: how one turn of it is asked for, and its rows by hand (None: nothing to compare with)."""

    ask: Callable[[Person, int], Any]
    by_hand: Callable[[psycopg.Connection, Person, int], None] | None = None
    actors: tuple[str, ...] = EVERYBODY
    # A form that was taken leads on; one that comes back with a message would be measured for nothing.
    status: int = 200


class Reader:
    """Signs the actors in and reads pages for them."""

    def __init__(self, scale: str, owner_url: str) -> None:
        settings.ALLOWED_HOSTS = ["testserver"]
        self.country = Country(SCALES[scale])
        self.owner = connect(owner_url, autocommit=True)
        self.people = {name: self._person(getattr(self.country, name)) for name in EVERYBODY}
        self.people["table"] = self._person(self.country.table)
        self.people["officer"] = self._officer()
        for name in SITTING:
            self._fill(self.people[name])

    def pages(self) -> dict[str, list[str]]:
        """Those pages that this installation has, by actor."""
        there = [name for name, address in ADDRESSES.items() if _has(address)]
        return {actor: [name for name in there if actor in PAGES[name].actors] for actor in self.people}

    def read(self, actor: str, name: str, turn: int) -> dict[str, float]:
        """One request and its rows by hand: `page`, `work`, `sql`, `hand` in seconds, `queries`, and `rows` shown."""
        person, page = self.people[actor], PAGES[name]
        counter = Counter()
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            backends = [cursor.fetchone()[0]]
        with connection.execute_wrapper(counter):
            worked, began = work(backends), time.perf_counter()
            answer = page.ask(person, turn)
            took, worked = time.perf_counter() - began, work(backends) - worked
        if answer.status_code != page.status:
            raise RuntimeError(f"{name} answered {answer.status_code} to the {actor}")
        hand = 0.0
        if page.by_hand:
            began = time.perf_counter()
            page.by_hand(self.owner, person, turn)
            hand = time.perf_counter() - began
        shown = len(set(_SHOWN.findall(answer.content)))
        return {
            "page": took,
            "work": worked,
            "sql": counter.seconds,
            "queries": counter.count,
            "hand": hand,
            "rows": shown,
        }

    def close(self) -> None:
        """Take away what was raised here, so that the next run finds the country as it was."""
        raised = f"(select id from cases_concern where event_reference like '{MARK}-%')"
        self.owner.execute(f"delete from tasks_task where subject_id in {raised}")
        self.owner.execute(f"delete from cases_feedback where concern_id in {raised}")
        self.owner.execute(f"delete from cases_concern where id in {raised}")
        given = f"(select id from sharing_contribution where text like '{MARK} %')"
        told = f"(select id from sharing_disclosure where subject_id in {given})"
        self.owner.execute(f"delete from sharing_receipt where disclosure_id in {told}")
        self.owner.execute(f"delete from sharing_disclosure where subject_id in {given}")
        self.owner.execute(f"delete from sharing_contribution where id in {given}")
        # The officer's seat stays: its sessions and its rows in the log speak of it.
        self.owner.close()

    def _person(self, seat: Seat) -> Person:
        client = Client()
        answer = client.post(reverse("accounts:demo_sit"), {"post": seat.post})
        if answer.status_code != 302:
            raise RuntimeError(f"{seat} could not sit down: {answer.status_code}")
        groups = [
            str(row[0])
            for row in self.owner.execute(
                "select m.group_id from partnerships_membership m where m.capacity_id = %s", [seat.post]
            )
        ]
        cases = [
            str(row[0])
            for row in self.owner.execute(
                "select id from cases_case where closed_at is null and %s = any(party_ids)"
                " and (group_id = any(%s) or id in (select case_id from cases_assignment where capacity_id = %s))"
                " order by last_activity_at desc limit %s",
                [seat.authority.id, groups, seat.post, CASES_READ],
            )
        ]
        meeting = self.owner.execute(
            "select id from meetings_meeting where group_id = any(%s) and state = 'planned' order by starts_at limit 1",
            [groups],
        ).fetchone()
        return Person(seat, client, seat.authority.id, groups, cases, [], "", str(meeting[0]) if meeting else "")

    def _officer(self) -> Person:
        """The data protection officer of the authority whose log is the longest."""
        authority = max(self.country.authorities, key=self.country.log_rows_of)
        seat = Seat(authority, 0)
        post = ident("officer", authority.number)
        self.owner.execute(
            "insert into partnerships_capacity (id, person_id, authority_id, function, roles, phone, hours, since,"
            " end_reason) values (%s, %s, %s, 'databeskyttelsesrådgiver', '{dpo}', '', '', '2020-01-01', '')"
            " on conflict (id) do nothing",
            [post, seat.person, authority.id],
        )
        client = Client()
        answer = client.post(reverse("accounts:demo_sit"), {"post": post})
        if answer.status_code != 302:
            raise RuntimeError(f"the officer could not sit down: {answer.status_code}")
        citizens = [
            str(row[0])
            for row in self.owner.execute(
                "select k.citizen_id from cases_case k join sharing_disclosure d on d.case_id = k.id"
                " where k.raised_by_authority_id = %s group by 1 order by count(*) desc, 1 limit %s",
                [authority.id, CITIZENS_READ],
            )
        ]
        return Person(seat, client, authority.id, [], [], citizens, authority.person(1))

    def _fill(self, person: Person) -> None:
        """Let the first of a person's cases have forty contributions."""
        self.owner.execute(
            "insert into sharing_contribution (id, partnership_id, case_id, group_id, authority_id, answer,"
            " information_type, text, by_id, at, third_party, hypothesis)"
            " select gen_random_uuid(), k.partnership_id, k.id, k.group_id, %s, 'contributes', 'social',"
            f" '{MARK} ' || repeat('Kom ikke til samtalen og svarer ikke telefonen. ', 6), %s, now(), false, false"
            " from cases_case k, generate_series(1, %s - (select count(*)::int from sharing_contribution c"
            " where c.case_id = %s)) where k.id = %s",
            [person.authority, person.seat.person, MANY, person.cases[0], person.cases[0]],
        )
        for case, to in self.owner.execute(
            "select case_id, min(authority_id::text) from cases_caseparty where case_id = any(%s) and until is null"
            " and authority_id <> %s group by 1",
            [person.cases, person.authority],
        ):
            _RECEIVERS[person.authority, str(case)] = to


def _has(address: str) -> bool:
    try:
        reverse(address, args=[ident("nobody")] if address in OF_ONE else [])
    except NoReverseMatch:
        return False
    return True


OF_ONE = {"cases:case", "cases:contribute", "rights:told", "meetings:meeting", "meetings:live", "meetings:live_parts"}
# A case as a list, an agenda or a live table names it.
_SHOWN = re.compile(rb'(?:href="/sager/|href="/moeder/[0-9a-f-]{36}/sag/|data-open=")([0-9a-f-]{36})')


def _words(person: Person, turn: int) -> str:
    """A common, a usual and a rare word, a name and a reference in turn."""
    return (COMMON, USUAL, RARE, "Rigmor", "K1-2026")[turn % 5]


def _case(person: Person, turn: int) -> str:
    return person.cases[turn % len(person.cases)]


_REACH = "(k.group_id = any(%(groups)s) or k.id = any(%(cases)s))"


def _rows(owner: psycopg.Connection, statement: str, **values: Any) -> list[tuple]:
    return owner.cursor(row_factory=tuple_row).execute(statement, values).fetchall()


def _list_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    ids = [
        row[0]
        for row in _rows(
            owner,
            "select k.*, i.name, i.known_as from cases_case k left join citizens_identity i on i.id = k.identity_id"
            f" where k.closed_at is null and {_REACH} and %(us)s::uuid = any(k.party_ids)"
            f" order by k.last_activity_at desc limit {PER_PAGE}",
            groups=person.groups,
            cases=person.cases,
            us=person.authority,
        )
    ]
    _lines_by_hand(owner, ids)


def _lines_by_hand(owner: psycopg.Connection, ids: list) -> None:
    _rows(
        owner,
        "select p.*, a.name, a.short_name from cases_caseparty p join partnerships_authority a on a.id = p.authority_id"
        " where p.case_id = any(%(ids)s) and p.until is null",
        ids=ids,
    )
    _rows(owner, "select * from cases_responsibility where case_id = any(%(ids)s) and upper_inf(period)", ids=ids)
    _rows(owner, "select * from cases_action where case_id = any(%(ids)s) and state = 'agreed'", ids=ids)


_CASE_TABLES = (
    *("cases_caseparty", "cases_responsibility", "cases_action", "cases_caseevent", "cases_followup"),
    *("cases_involvement", "cases_meetingban", "cases_dangeradvice", "cases_acutecontact", "cases_concern"),
    *("cases_assignment", "cases_recurrence", "sharing_ownnote", "sharing_disclosure"),
)


def _case_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    case = _case(person, turn)
    _rows(
        owner,
        "select k.*, i.* from cases_case k left join citizens_identity i on i.id = k.identity_id where k.id = %(case)s",
        case=case,
    )
    for table in _CASE_TABLES:
        _rows(owner, f"select * from {table} where case_id = %(case)s", case=case)
    _rows(
        owner,
        "select c.* from sharing_contribution c where c.case_id = %(case)s and (c.authority_id = %(us)s or exists"
        " (select 1 from sharing_receipt r where r.subject_id = c.id and r.authority_id = %(us)s))",
        case=case,
        us=person.authority,
    )


def _first_case_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    _case_by_hand(owner, person, 0)


def _answered(person: Person, turn: int) -> Any:
    """The own answer to a case, passed on to another party: seen, weighed, written and logged."""
    case = person.cases[-1 - turn % (len(person.cases) - 1)]
    sent = {
        "text": f"{MARK} {turn}: kom ikke til samtalen, og svarer ikke telefonen",
        "information_type": "social",
        "search_by": "look_up",
        "receivers": [_receiver(person, case)],
        "necessity": "De skal vide det, før de tager ud til ham",
        "way": "pass",
        "looked": "1",
    }
    return person.client.post(reverse("cases:contribute", args=[case]), sent)


# Asked before the clock runs, since the person sees it on the page.
_RECEIVERS: dict[tuple[str, str], str] = {}


def _receiver(person: Person, case: str) -> str:
    return _RECEIVERS[person.authority, case]


def _answer_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    """The rows that an answer leaves, written and taken back."""
    case = person.cases[-1 - turn % (len(person.cases) - 1)]
    with owner.transaction(force_rollback=True):
        row = _rows(
            owner,
            "select partnership_id, group_id, citizen_id from cases_case where id = %(case)s for update",
            case=case,
        )[0]
        facts = {"place": row[0], "group": row[1], "citizen": row[2], "case": case, "us": person.authority}
        facts |= {"me": person.seat.person, "post": person.seat.post, "to": _receiver(person, case)}
        owner.execute(
            "with given as (insert into sharing_contribution (id, partnership_id, case_id, group_id, authority_id,"
            " answer, information_type, text, by_id, at, third_party, hypothesis) values (gen_random_uuid(),"
            " %(place)s, %(case)s, %(group)s, %(us)s, 'contributes', 'social', 'x', %(me)s, now(), false, false)"
            " returning id), told as (insert into sharing_disclosure (id, partnership_id, authority_id, case_id,"
            " citizen_id, subject_kind, subject_id, information_type, purpose, necessity, rule, pack, reasons, channel,"
            " by_id, capacity_id, at) select gen_random_uuid(), %(place)s, %(us)s, %(case)s, %(citizen)s,"
            " 'contribution', id, 'social', 'help', 'x', 'L1', 'dk-2026', '[]', 'here', %(me)s, %(post)s, now()"
            " from given returning id, subject_id) insert into sharing_receipt (id, partnership_id, disclosure_id,"
            " subject_id, authority_id, from_authority_id, brought_in) select gen_random_uuid(), %(place)s, id,"
            " subject_id, %(to)s, %(us)s, false from told",
            facts,
        )
        owner.execute("update cases_case set last_activity_at = now() where id = %s", [case])


def _log_query(person: Person, turn: int) -> dict[str, str]:
    """The newest rows, one person's, one kind of act, and one person's of that kind, in turn."""
    return ({}, {"person": person.colleague}, {"act": "search"}, {"person": person.colleague, "act": "look"})[turn % 4]


def _log_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    query = _log_query(person, turn)
    where = "".join(f" and {column} = %({key})s" for key, column in LOG_COLUMNS.items() if key in query)
    _rows(
        owner,
        "select l.*, u.name, c.function from audit_logrow l left join accounts_user u on u.id = l.person_id"
        " left join partnerships_capacity c on c.id = l.capacity_id"
        f" where l.authority_id = %(us)s{where} order by l.at desc, l.seq desc limit 51",
        us=person.authority,
        **query,
    )


LOG_COLUMNS = {"person": "l.person_id", "act": "l.act"}


def _citizen(person: Person, turn: int) -> str:
    return person.citizens[turn % len(person.citizens)]


def _told_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    who = _citizen(person, turn)
    cases = [row[0] for row in _rows(owner, "select id from cases_case where citizen_id = %(who)s", who=who)]
    _rows(
        owner,
        "select d.*, a.name from sharing_disclosure d join sharing_receipt r on r.disclosure_id = d.id"
        " join partnerships_authority a on a.id = r.authority_id where d.case_id = any(%(cases)s)"
        " and (d.authority_id = %(us)s or r.authority_id = %(us)s)",
        us=person.authority,
        cases=cases,
    )
    _rows(
        owner,
        "select at, purpose, act from audit_logrow where authority_id = %(us)s and case_id = any(%(cases)s)"
        " order by at",
        us=person.authority,
        cases=cases,
    )


def _desk_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    _rows(
        owner,
        "select * from tasks_task where done_at is null and authority_id = %(us)s and (person_id = %(me)s or"
        " person_id is null and role = 'member' and group_id = any(%(groups)s))"
        " order by acute desc, due_on, created_at limit 50",
        us=person.authority,
        me=person.seat.person,
        groups=person.groups,
    )
    _rows(
        owner,
        "select * from cases_action where authority_id = %(us)s and state in ('proposed', 'agreed') and group_id ="
        " any(%(groups)s) order by due_on limit 50",
        us=person.authority,
        groups=person.groups,
    )
    _rows(
        owner,
        f"select k.* from cases_case k where k.closed_at is null and {_REACH} and %(us)s::uuid = any(k.party_ids)"
        f" and k.last_activity_at < now() - interval '30 days' order by k.last_activity_at limit {PER_PAGE}",
        groups=person.groups,
        cases=person.cases,
        us=person.authority,
    )
    _rows(
        owner,
        "select * from meetings_meeting where group_id = any(%(groups)s) and state = 'planned'"
        " order by starts_at limit 1",
        groups=person.groups,
    )


def _search_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    word = _words(person, turn)
    ids = [
        row[0]
        for row in _rows(
            owner,
            f"select k.id from cases_case k where k.closed_at is null and {_REACH} and %(us)s::uuid = any(k.party_ids)"
            " and (k.search @@ websearch_to_tsquery('danish', %(word)s) or k.reference = %(word)s or exists"
            " (select 1 from sharing_contribution c where c.case_id = k.id"
            " and c.search @@ websearch_to_tsquery('danish', %(word)s)))"
            " order by k.last_activity_at desc limit 20",
            groups=person.groups,
            cases=person.cases,
            us=person.authority,
            word=word,
        )
    ]
    _rows(
        owner,
        "select k.*, i.name from cases_case k left join citizens_identity i on i.id = k.identity_id"
        " where k.id = any(%(ids)s)",
        ids=ids,
    )
    _lines_by_hand(owner, ids)


def _agenda_by_hand(owner: psycopg.Connection, person: Person, turn: int) -> None:
    """A meeting's open cases with who it is, what was decided and who holds each, and who sits at the table."""
    facts = {"meeting": person.meeting, "us": person.authority}
    group = _rows(owner, "select group_id from meetings_meeting where id = %(meeting)s", **facts)[0][0]
    _rows(
        owner,
        "select * from meetings_meeting where group_id = %(group)s and state = 'held' order by starts_at desc limit 1",
        group=group,
    )
    ids = [
        row[0]
        for row in _rows(
            owner,
            "select k.*, i.* from cases_case k left join citizens_identity i on i.id = k.identity_id"
            " where k.group_id = %(group)s and k.closed_at is null and %(us)s::uuid = any(k.party_ids)"
            " order by k.raised_at",
            group=group,
            **facts,
        )
    ]
    _rows(owner, "select * from meetings_agendaitem where meeting_id = %(meeting)s", **facts)
    _rows(
        owner,
        "select r.*, a.name from cases_responsibility r join partnerships_authority a on a.id = r.authority_id"
        " where r.case_id = any(%(ids)s) and upper_inf(r.period)",
        ids=ids,
    )
    _rows(
        owner,
        "select m.*, u.name, a.name from partnerships_membership m join partnerships_capacity c on c.id = m.capacity_id"
        " join accounts_user u on u.id = c.person_id join partnerships_authority a on a.id = c.authority_id"
        " where m.group_id = %(group)s",
        group=group,
    )


ADDRESSES = {
    "help": "web:help",
    "desk": "web:desk",
    "list": "cases:list",
    "closed": "cases:list",
    "case": "cases:case",
    "search": "cases:search",
    "raise": "cases:raise",
    "many": "cases:case",
    "disclose": "cases:contribute",
    "log": "rights:log",
    "report": "rights:told",
    "agenda": "meetings:meeting",
    "live": "meetings:live",
    "live item": "meetings:live_parts",
}

PAGES = {
    # The constant page of the limit: the whole frame, none of the rows.
    "help": Page(lambda person, turn: person.client.get(reverse("web:help")), actors=(*EVERYBODY, *OFFICER, "table")),
    "desk": Page(lambda person, turn: person.client.get(reverse("web:desk")), _desk_by_hand),
    "list": Page(lambda person, turn: person.client.get(reverse("cases:list")), _list_by_hand),
    "closed": Page(lambda person, turn: person.client.get(reverse("cases:list"), {"vis": "afsluttede"})),
    "case": Page(
        lambda person, turn: person.client.get(reverse("cases:case", args=[_case(person, turn)])), _case_by_hand
    ),
    "search": Page(
        lambda person, turn: person.client.post(reverse("cases:search"), {"q": _words(person, turn)}), _search_by_hand
    ),
    "raise": Page(
        lambda person, turn: person.client.post(
            reverse("cases:raise"),
            {"event_reference": f"{MARK}-{turn}", "place": person.groups[0] if person.groups else ""},
        ),
        status=302,
    ),
    "many": Page(
        lambda person, turn: person.client.get(reverse("cases:case", args=[person.cases[0]])),
        _first_case_by_hand,
        SITTING,
    ),
    "disclose": Page(_answered, _answer_by_hand, SITTING, status=302),
    "log": Page(
        lambda person, turn: person.client.get(reverse("rights:log"), _log_query(person, turn)), _log_by_hand, OFFICER
    ),
    "report": Page(
        lambda person, turn: person.client.get(reverse("rights:told", args=[_citizen(person, turn)])),
        _told_by_hand,
        OFFICER,
    ),
    "agenda": Page(
        lambda person, turn: person.client.get(reverse("meetings:meeting", args=[person.meeting])),
        _agenda_by_hand,
        TABLES,
    ),
    "live": Page(
        lambda person, turn: person.client.get(reverse("meetings:live", args=[person.meeting])),
        _agenda_by_hand,
        TABLES,
    ),
    "live item": Page(
        lambda person, turn: person.client.get(
            reverse("meetings:live_parts", args=[person.meeting]), {"sag": _case(person, turn)}
        ),
        _agenda_by_hand,
        TABLES,
    ),
}

"""Every address x every role x own and foreign authority x every state of a case (proof.md, Nothing leaks)."""

import contextlib
import difflib
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse
from psycopg import sql

from samsvar.postgres import provision
from tests.attack.walk import Answer, Route, Walker, address, routes, targets
from tests.conftest import Server
from tests.filled import CPR, SECRETS, WORD, Filled
from tests.postgres.test_policies import AUDIENCE, LOG_TABLES, NOBODYS, person_tables

pytestmark = pytest.mark.attack

SEATS = [
    *("police.member", "police.screener", "police.frontline", "police.coordinator", "police.othergroup"),
    *("police.assigned", "police.colleague", "police.admin", "police.dpo", "police.steering", "police.jurist"),
    *("social.member", "social.screener", "social.frontline"),
    *("psychiatry.member", "psychiatry.frontline"),
    *("outside.member", "outside.screener", "outside.admin"),
    None,
]
# Who has no row about any citizen, and so may meet no word about one.
SEES_NOBODY = {
    *("police.colleague", "police.admin", "police.steering", "police.jurist", "social.frontline"),
    *("psychiatry.frontline", "outside.admin", None),
}
# Where one of them reads what it wrote itself: a young person on the list, and its paper, of somebody in no unit.
READS_OWN = {("referrals:transitions", "psychiatry.frontline"), ("referrals:transitions_paper", "psychiatry.frontline")}
# 204: nothing new to show. One logs out, or writes what is not a person's: their answers are proven in their room.
FINE = {200, 204, 302, 400, 403, 404, 405, 409, 422}
WHO_SEES = {row: seats for table in AUDIENCE.values() for row, seats in table.items()}
WHO_SEES["kept"] = {"police.frontline"}


def hidden(filling: dict[str, tuple[str, Any]], seat: str | None) -> frozenset[str]:
    """The parts of an address that name a row which this person does not see. Structure is seen by all."""
    return frozenset(part for part, (row, _) in filling.items() if row in WHO_SEES and seat not in WHO_SEES[row])


@cache
def may_name(walked: Filled, seat: str | None) -> tuple[set[str], set[str]]:
    """The citizens' names and the case numbers that this person may meet."""
    names = {
        f"Kanariesen-{row.removeprefix('identity.').replace('_', '')}"
        for row, seats in AUDIENCE["citizens_identity"].items()
        if seat in seats
    }
    # A network has its citizen's name itself, for those inside and those let in.
    if seat in AUDIENCE["coordination_carenetwork"]["care"]:
        names.add("Kanariesen-care")
    # So have a transition and a hand-over, for the units that stand in them.
    if any(
        seat in seats
        for table in ("transition", "handover", "pathway")
        for seats in AUDIENCE[f"referrals_{table}"].values()
    ):
        names.add("Kanariesen-care")
    # What a unit asks of another has it too.
    if seat in AUDIENCE["referrals_referral"]["ref"]:
        names.add("Kanariesen-ref")
    return names, walked.references_of(seat, AUDIENCE)


# Which pages have shown a person, by the name of their address, and to whom; each has left a row in the log.
SHOWN: dict[str, set[str]] = {}
# A question to the group speaks of nobody (R-000-48): what stands in it is no row about a person.
OF_NOBODY = {"cases:consult", "cases:consults"}


def check(walked: Filled, seat: str | None, answer: Answer, where: str, name: str = "") -> list[str]:
    """What an answer should not have told this person."""
    wrong = []
    names, references = may_name(walked, seat)
    if answer.status not in FINE:
        wrong.append(f"{where}: {answer.status} {answer.broke}")
    if answer.names - names:
        wrong.append(f"{where}: names {answer.names - names}")
    if answer.references - references:
        wrong.append(f"{where}: references {answer.references - references}")
    if answer.shows_number:
        wrong.append(f"{where}: a number in clear")
    if seat in SEES_NOBODY and (told := [secret for secret in SECRETS if secret in answer.whole]):
        wrong.append(f"{where}: tells {told}")
    # A task says that something waits and where, never about whom.
    shown = answer.names | (answer.references - {walked.references["task.person"]})
    if answer.status == 200 and (shown or (WORD in answer.whole and name not in OF_NOBODY)):
        SHOWN.setdefault(name, set()).add(str(seat))
        if not answer.acts:
            wrong.append(f"{where}: shows a person without a row in the log")
    return wrong


# What every seat was answered, by address, rows named in it, and seat: "GET own 200", "POST foreign 404".
TABLE: dict[tuple[str, str], dict[str, set[str]]] = {}
SIDES: dict[tuple[str, str, str], set[str]] = {}
ATTEMPTS = {"number": 0}
# In the normal run every seat takes every filling of an address, by GET or by POST in turn, and the first filling and
# the first on either side of the wall by both; `make drill` takes all of them by both.
EVERY = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "drill" else 2
ENOUGH = 20_000
# The rooms in which some page shows a person: none of them may have been walked past.
SHOW_PEOPLE = {
    *("cases", "conferences", "coordination", "letters", "meetings", "outcomes", "outreach", "referrals", "retention"),
    "rights",
}
ARTEFACT = Path(__file__).resolve().parents[2] / "artefacts" / "attack.tsv"


def fillings(route: Route, walked: Filled, seat: str | None, method: str) -> list[dict[str, tuple[str, Any]]]:
    """What this seat walks of an address by this method."""
    every = list(targets(route, walked))
    shift = SEATS.index(seat) + len(route.name) + (method == "POST")
    taken = []
    for place, filling in enumerate(every):
        alike = [other for other in SEATS if bool(hidden(filling, other)) == bool(hidden(filling, seat))]
        if place == 0 or (place + shift) % EVERY == 0 or seat == alike[0]:
            taken.append(filling)
    return taken


def state_of(filling: dict[str, tuple[str, Any]]) -> str:
    """The rows that an address names, which stand for the states of a case."""
    return " ".join(str(row) for row, _ in filling.values()) or "-"


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.req("R-000-151", "R-002-80", "R-003-58", "LR-000-34", "LR-000-68")
def test_nobody_meets_what_is_not_theirs(walker: Walker, walked: Filled, seat: str | None) -> None:
    wrong: list[str] = []
    for route in routes():
        for method in ("GET", "POST"):
            # By what is hidden, and what is seen beside it: two cases that one sees may well ask differently.
            nobodys: dict[tuple[frozenset[str], tuple[str, ...]], tuple[Answer, list[UUID]]] = {}
            is_taken = True
            for filling in fillings(route, walked, seat, method):
                strange, state = hidden(filling, seat), state_of(filling)
                side = "foreign" if strange else "own"
                cell = TABLE.setdefault((route.name, state), {}).setdefault(str(seat), set())
                SIDES.setdefault((route.name, method, state), set()).add(side)
                if not is_taken:
                    cell.add(f"{method} {side} 405")
                    continue
                url, ids = address(route, filling)
                answer = walker.ask(seat, method, url)
                ATTEMPTS["number"] += 1
                where = f"{method} {route.name} {[row for row, _ in filling.values()]}"
                cell.add(f"{method} {side} {answer.status}")
                # A method that an address does not take is refused before any row is read, whichever is named.
                is_taken = answer.status != 405
                wrong += check(walked, seat, answer, where, route.name)
                if not strange:
                    continue
                place = strange, tuple(row for part, (row, _) in filling.items() if part not in strange)
                if place not in nobodys:
                    other_url, other_ids = address(route, filling, strange)
                    nobodys[place] = walker.ask(seat, method, other_url), other_ids
                    ATTEMPTS["number"] += 1
                other, other_ids = nobodys[place]
                if answer.status == 200:
                    wrong.append(f"{where}: answered")
                if answer.without(*ids) != other.without(*other_ids):
                    wrong.append(f"{where}: another answer than for an id that is nobody's")
                if len(answer.queries) != len(other.queries):
                    wrong.append(f"{where}: {len(answer.queries)} queries, {len(other.queries)} for nobody's id")
    assert wrong == [], "\n".join(wrong)


def test_the_table_of_answers_has_no_empty_cell(walked: Filled) -> None:
    """Kept as artefacts/attack.tsv: a line for each address and the rows named in it, a column for each seat."""
    seats = [str(seat) for seat in SEATS]
    lines = [["address", "rows", *seats]]
    for (name, state), cells in sorted(TABLE.items()):
        lines.append([name, state, *(" / ".join(sorted(cells.get(seat, ()))) for seat in seats)])
    ARTEFACT.parent.mkdir(exist_ok=True)
    ARTEFACT.write_text("\n".join("\t".join(line) for line in lines) + "\n")
    sys.stdout.write(f"{ATTEMPTS['number']:,} attempts, {len(lines) - 1:,} lines in {ARTEFACT.name}\n")
    sys.stdout.write(f"{len(SHOWN)} pages have shown a person, each with a row in the log\n")
    assert {name.partition(":")[0] for name in SHOWN} >= SHOW_PEOPLE
    assert set(TABLE) == {(route.name, state_of(filling)) for route in routes() for filling in targets(route, walked)}
    assert [line[:2] for line in lines if not all(line)] == []
    assert ATTEMPTS["number"] >= ENOUGH
    # A case whose run-off is over is nobody's any more; every other state was walked from both sides, by both methods.
    of_cases = {place: sides for place, sides in SIDES.items() if place[2].startswith(("case.", "concern."))}
    assert len(of_cases) > 500
    one_sided = [place for place, sides in of_cases.items() if sides != {"own", "foreign"}]
    seen = [place for place in one_sided if _somebody_sees(place[2].split())]
    assert [place for place in seen if not place[2].startswith("case.run_off")] == []


def _somebody_sees(rows: list[str]) -> bool:
    """Whether any seat sees all these rows; those of two cases that no seat has in common have one side only."""
    return any(all(row not in WHO_SEES or seat in WHO_SEES[row] for row in rows) for seat in SEATS)


def test_a_new_kind_of_id_must_be_named(walked: Filled) -> None:
    with pytest.raises(AssertionError, match="say in ROWS"):
        list(targets(Route("cases:new", ("something_new_id",)), walked))


# What somebody may type to learn whether another is known, and the same for one who is not.
TYPED = {
    "Kanariesen-open": "Kanariesen-qqqq",
    "Fuglemanden open": "Fuglemanden qqqq",
    "FLT-2026-001": "FLT-2026-999",
}
TYPED_BY_STRANGERS = {
    **TYPED,
    WORD: "q" * len(WORD),
    "Kanariesen": "Qanariesen",
    CPR: "6201805678",
    f"{CPR[:6]}-{CPR[6:]}": "620180-5678",
    "0700-76114-00001-26": "0700-76114-99999-26",
}
SEARCHES = [route for route in routes() if "search" in route.name and not route.parts]


@pytest.mark.parametrize(
    "seat",
    [
        seat
        for seat in SEATS
        if seat not in AUDIENCE["cases_case"]["case.open"] | AUDIENCE["citizens_identity"]["identity.open"]
    ],
)
def test_a_search_for_one_who_is_known_answers_as_for_one_who_is_not(walker: Walker, seat: str | None) -> None:
    assert SEARCHES != []
    for route in SEARCHES:
        for known, unknown in (TYPED_BY_STRANGERS if seat in SEES_NOBODY else TYPED).items():
            found, other = (
                (walker.ask(seat, "POST", reverse(route.name), {"q": word, "closed": "on"}), word)
                for word in (known, unknown)
            )
            answers = [(*answer.without(word), len(answer.queries)) for answer, word in (found, other)]
            assert answers[0] == answers[1], f"{route.name}: {known}"


def _differences(one: tuple, other: tuple) -> Iterator[str]:
    """Where two answers part: status, lines of the body, headers, number of queries."""
    for name, here, there in zip(("status", "body", "headers", "queries"), one, other, strict=True):
        if here != there and name == "body":
            lines = (body.decode(errors="replace").splitlines() for body in (here, there))
            yield from difflib.unified_diff(*lines, n=0, lineterm="")
        elif here != there:
            yield f"{name}: {here} {there}"


# The key of a form that is sent once, and the clock in one that begins now.
NEW_EACH_TIME = re.compile(rb'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=value=")\d\d\.\d\d(?=")')


def test_a_page_is_the_same_whether_or_not_there_is_anybody(
    walker: Walker, walked: Filled, database_server: Server
) -> None:
    """Lists, counts, the desk, titles and headers: those who see no citizen cannot tell a full place from an empty one.

    The last of this file, since it empties the database.
    """
    plain = [route.name for route in routes() if not route.parts and not route.name.startswith("mfa_")]
    places = [(name, seat) for name in plain for seat in SEATS if seat in SEES_NOBODY]

    def page(name: str, seat: str | None) -> tuple:
        answer = walker.ask(seat, "GET", reverse(name))
        status, body, headers = answer.without()
        plainly = {header: NEW_EACH_TIME.sub(b"-", value.encode()) for header, value in headers.items()}
        return status, NEW_EACH_TIME.sub(b"-", body), plainly, len(answer.queries)

    def every_page() -> dict[tuple[str, str | None], tuple]:
        return {place: page(*place) for place in places}

    full = every_page()
    assert len(full) > 500
    address = provision.with_database(database_server.cluster.url(), connection.settings_dict["NAME"])
    with contextlib.closing(provision.connect(address, autocommit=True)) as admin:
        admin.execute("set session_replication_role = replica")
        for table in person_tables():
            if table not in NOBODYS | LOG_TABLES and not table.startswith("directory_"):
                # That a table without persons meets tells of nobody: its own meeting stays.
                admin.execute(
                    sql.SQL("delete from {} t where to_jsonb(t) ->> 'id' is distinct from %s").format(
                        sql.Identifier(table)
                    ),
                    [str(walked.ids["meeting.steering"])],
                )
        assert admin.execute("select count(*) from cases_case").fetchone() == (0,)
    empty = every_page()
    parts = {place: list(_differences(full[place], empty[place])) for place in places}
    told = [f"{place}: {line}" for place in places if place not in READS_OWN for line in parts[place]]
    assert told == [], "\n".join(told)
    assert all(parts[place] for place in READS_OWN)

"""Every address x every role x own and foreign authority x every state of a case (proof.md, Nothing leaks)."""

import os
import sys
from typing import Any
from uuid import UUID

import pytest

from tests.attack.walk import Answer, Route, Walker, address, routes, targets
from tests.filled import SECRETS, Filled
from tests.postgres.test_policies import AUDIENCE

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
# One logs out, or writes what is not a person's: their answers are proven in their room.
FINE = {200, 302, 400, 403, 404, 405, 409, 422}
WHO_SEES = {row: seats for table in AUDIENCE.values() for row, seats in table.items()}
WHO_SEES["kept"] = {"police.frontline"}


def hidden(filling: dict[str, tuple[str, Any]], seat: str | None) -> frozenset[str]:
    """The parts of an address that name a row which this person does not see. Structure is seen by all."""
    return frozenset(part for part, (row, _) in filling.items() if row in WHO_SEES and seat not in WHO_SEES[row])


def may_name(walked: Filled, seat: str | None) -> tuple[set[str], set[str]]:
    """The citizens' names and the case numbers that this person may meet."""
    names = {
        f"Kanariesen-{row.removeprefix('identity.').replace('_', '')}"
        for row, seats in AUDIENCE["citizens_identity"].items()
        if seat in seats
    }
    return names, walked.references_of(seat, AUDIENCE)


def check(walked: Filled, seat: str | None, answer: Answer, where: str) -> list[str]:
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
    if shown and answer.status == 200 and not answer.acts:
        wrong.append(f"{where}: shows a person without a row in the log")
    return wrong


# Answers by address, method and seat; and by address, method and state of the case, for own and foreign.
TABLE: dict[tuple[str, str], dict[str, set[int]]] = {}
STATES: dict[tuple[str, str, str], dict[str, set[int]]] = {}
# In the normal run each seat takes the first filling of an address and every fifth of the others, shifted from seat to
# seat; `make drill` takes all of them.
EVERY = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "drill" else 5


def fillings(route: Route, walked: Filled, seat: str | None) -> list[dict[str, tuple[str, Any]]]:
    """What this seat walks of an address."""
    every = list(targets(route, walked))
    shift = SEATS.index(seat) + len(route.name)
    taken = []
    for place, filling in enumerate(every):
        alike = [other for other in SEATS if bool(hidden(filling, other)) == bool(hidden(filling, seat))]
        # The first on either side of the wall always, so that no cell of the table stays empty.
        if place == 0 or (place + shift) % EVERY == 0 or seat == alike[0]:
            taken.append(filling)
    return taken


@pytest.mark.parametrize("seat", SEATS)
def test_nobody_meets_what_is_not_theirs(walker: Walker, walked: Filled, seat: str | None) -> None:
    wrong: list[str] = []
    for route in routes():
        for method in ("GET", "POST"):
            cell = TABLE.setdefault((route.name, method), {}).setdefault(str(seat), set())
            nobodys: dict[frozenset[str], tuple[Answer, list[UUID]]] = {}
            for filling in fillings(route, walked, seat):
                url, ids = address(route, filling)
                answer = walker.ask(seat, method, url)
                where = f"{method} {route.name} {[row for row, _ in filling.values()]}"
                cell.add(answer.status)
                strange = hidden(filling, seat)
                state = filling.get("case_id", filling.get("concern_id", ("",)))[0]
                side = "foreign" if strange else "own"
                STATES.setdefault((route.name, method, state), {}).setdefault(side, set()).add(answer.status)
                wrong += check(walked, seat, answer, where)
                if not strange:
                    continue
                if strange not in nobodys:
                    other_url, other_ids = address(route, filling, strange)
                    nobodys[strange] = walker.ask(seat, method, other_url), other_ids
                other, other_ids = nobodys[strange]
                if answer.status == 200:
                    wrong.append(f"{where}: answered")
                if answer.without(*ids) != other.without(*other_ids):
                    wrong.append(f"{where}: another answer than for an id that is nobody's")
                if len(answer.queries) != len(other.queries):
                    wrong.append(f"{where}: {len(answer.queries)} queries, {len(other.queries)} for nobody's id")
    assert wrong == [], "\n".join(wrong)


def test_the_table_of_answers_has_no_empty_cell() -> None:
    """Prints it: one line per address and method, one column per seat. Run with -s to read it."""
    seats = [str(seat) for seat in SEATS]
    lines = [["address", "", *seats]]
    for (name, method), cells in sorted(TABLE.items()):
        lines.append([name, method, *("/".join(map(str, sorted(cells.get(seat, ())))) for seat in seats)])
    lines.append(["address", "", "state", "own", "foreign"])
    for place, sides in sorted(STATES.items()):
        lines.append([*place, *("/".join(map(str, sorted(sides.get(side, ())))) for side in ("own", "foreign"))])
    sys.stdout.write("\n".join("\t".join(line) for line in lines) + "\n")
    assert len(TABLE) == 2 * len(routes())
    assert all(cells.get(seat) for cells in TABLE.values() for seat in seats)
    # A case whose run-off is over is nobody's any more; every other state was walked from both sides.
    of_cases = {place: sides for place, sides in STATES.items() if place[2].startswith(("case.", "concern."))}
    assert len(of_cases) > 300
    one_sided = [place for place, sides in of_cases.items() if set(sides) != {"own", "foreign"}]
    assert [place for place in one_sided if place[2] != "case.run_off"] == []


def test_a_new_kind_of_id_must_be_named(walked: Filled) -> None:
    with pytest.raises(AssertionError, match="say in ROWS"):
        list(targets(Route("cases:new", ("something_new_id",)), walked))

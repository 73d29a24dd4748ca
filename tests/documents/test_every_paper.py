"""Each paper that the product makes, read by a reading program: tagged, titled, in its language, tables with heads.

Which papers there are is read from the code: a new page that answers with a PDF is found and must be shown here.
"""

import contextlib
import inspect
import io
from collections.abc import Iterator

import pytest
from django.db import connections
from django.urls import resolve
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from samsvar.documents.paper import Paper, render, table, text
from samsvar.postgres import provision
from tests.attack.walk import Answer, Route, Walker, address, routes, targets
from tests.conftest import Server
from tests.documents.test_documents import tags
from tests.filled import Filled
from tests.meetings.test_sheet import make_secretariat

# Between them they can take out every paper.
SEATS = (
    *("police.member", "police.coordinator", "police.screener", "police.dpo"),
    *("social.member", "psychiatry.member", "social.dpo"),
)

FOR_THE_CITIZEN = {"letters:notice_letter", "letters:outside_paper", "rights:told_on_paper"}


@pytest.fixture(autouse=True, scope="module")
def _somebody_keeps_the_sheets(walked: Filled, database_server: Server) -> None:
    """Only a meeting's secretariat takes its sheet out."""
    name = connections["default"].settings_dict["NAME"]
    there = provision.addresses_of(database_server.cluster.url(), name, database_server.passwords)
    with contextlib.closing(provision.connect(there.owner)) as owner:
        make_secretariat(owner, walked.world, "police.member")


def papers(walked: Filled) -> list[Route]:
    """The addresses whose page answers with a PDF, by the words of its own code."""
    found = []
    for route in routes():
        if ":" not in route.name:
            continue
        url, _ids = address(route, next(targets(route, walked)))
        view = inspect.unwrap(resolve(url).func)
        if "as_pdf(" in inspect.getsource(view):
            found.append(route)
    return found


def taken_out(walker: Walker, walked: Filled, route: Route, language: str) -> Answer | None:
    """The paper of the first row and the first person that gives one."""
    for filling in targets(route, walked):
        url, _ids = address(route, filling)
        for seat in SEATS:
            for method in ("GET", "POST"):
                answer = walker.ask(seat, method, url, language=language)
                if answer.status == 200 and answer.headers.get("Content-Type") == "application/pdf":
                    return answer
    return None


def tables(node: object) -> Iterator[list[str]]:
    """The kinds of cells in the first row of each table, in the order of reading."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from tables(one)
    elif isinstance(node, DictionaryObject):
        if node.get("/S") == "/Table":
            yield _first_row(node)
        yield from tables(node.get("/K"))


def _first_row(node: object) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return next((row for row in map(_first_row, node) if row), [])
    if not isinstance(node, DictionaryObject):
        return []
    if node.get("/S") == "/TR":
        cells = node["/K"].get_object() if hasattr(node["/K"], "get_object") else node["/K"]
        return [str(cell.get_object()["/S"]) for cell in (cells if isinstance(cells, list) else [cells])]
    return _first_row(node.get("/K"))


def faults(pdf: bytes, language: str) -> list[str]:
    """What somebody who hears the paper read would miss."""
    reader = PdfReader(io.BytesIO(pdf))
    root, kinds = reader.trailer["/Root"], tags(pdf)
    title = (reader.metadata.title or "") if reader.metadata else ""
    wrong = {
        "not marked": not root.get("/MarkInfo", {}).get("/Marked"),
        "no structure": not {"/H1", "/P"} <= kinds,
        f"language {root.get('/Lang')}": root.get("/Lang") != language,
        "no title": not title.strip(),
        "title not shown": not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"),
        "a table without heads": any(set(row) != {"/TH"} for row in tables(root["/StructTreeRoot"])),
        "a picture without words": "/Figure" in kinds and b"/Alt" not in pdf,
        "no text": not any(page.extract_text().strip() for page in reader.pages),
    }
    return [name for name, is_so in wrong.items() if is_so]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_paper_can_be_heard_as_well_as_read(walker: Walker, walked: Filled, language: str) -> None:
    found = papers(walked)
    assert len(found) >= 5, [route.name for route in found]
    missing, wrong = [], {}
    for route in found:
        paper = taken_out(walker, walked, route, language)
        if paper is None:
            missing.append(route.name)
        # What is written for the citizen keeps the citizen's language, whoever takes it out.
        elif broken := faults(paper.body, "da" if route.name in FOR_THE_CITIZEN else language):
            wrong[route.name] = broken
    assert missing == [], "nobody here could take it out"
    assert wrong == {}


def test_a_paper_without_heads_is_noticed() -> None:
    good = render("sheet", Paper("Skema", [text("Ord"), table(["A", "B"], [["1", "2"]])]))
    assert faults(good, "da") == []
    assert "language da" in faults(good, "en")
    assert [set(row) for row in tables(PdfReader(io.BytesIO(good)).trailer["/Root"]["/StructTreeRoot"])] == [{"/TH"}]

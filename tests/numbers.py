"""A watch over the whole test run: no CPR number in clear in a response, a header, a log line, a mail or a file name.

Loaded as a plugin (pyproject), so that every test works for it. The numbers of the tests are those of nobody: the day
is raised by 60, and ten such figures are found wherever they stand alone. Whoever typed a number sees it again in the
answer to that very form, and others see it only in words that were sent again after a warning; a page that shows one
when asked is named below with its reason. Anything else fails the run.
"""

import email.message
import io
import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

import pypdf
import pytest
from django.core.handlers.base import BaseHandler
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tests.environment import TEMPORARY

# Addresses that answer with a number, by their names, and why.
ASKED_FOR = {
    "cases:show_number": "the purpose was given and logged, and the number is the answer",
    "meetings:count": "the group's coordinator asked for the numbers of a year; each is a row in the log (R-000-131)",
}
# A day from 61 to 91, a month, a year and four figures, in one piece or with one separator. Neither letters nor further
# figures or hyphens stand beside it, as they do in the middle of a UUID or a sum.
_NUMBER = re.compile(
    r"(?<![\w\-.])(?:6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d{2}[ \-\u2010-\u2015\u00a0]?\d{4}(?![\w\-])", re.ASCII
)
# The form's own example of how a number looks in the demonstration.
_EXAMPLE = re.compile(r"(?:fx|such as) 610190-1234")
_FIGURES = re.compile(r"\D", re.ASCII)


def numbers_in(text: str) -> set[str]:
    """The CPR numbers of nobody that stand in a text, as ten figures."""
    return {_FIGURES.sub("", found) for found in _NUMBER.findall(text)}


@dataclass
class Watch:
    """What was found, as (test, place, number with the last four figures hidden); and how much was read."""

    found: list[tuple[str, str, str]] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    test: str = "(between tests)"
    # Numbers inside words that somebody sent in this test a second time, after being told of them.
    insisted: set[str] = field(default_factory=set)

    def look(self, kind: str, place: str, text: str, allowed: Iterable[str] = ()) -> None:
        """Read one text. `kind`: response, header, log line, audit row, mail or file name."""
        self.read[kind] = self.read.get(kind, 0) + 1
        for number in sorted(numbers_in(_EXAMPLE.sub("", text)) - set(allowed)):
            hit = (self.test, f"{kind}: {place}", f"{number[:6]}-####")
            if hit not in self.found:
                self.found.append(hit)

    def answer(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Read an answer: its headers, its cookies and its body."""
        match = request.resolver_match
        name = match.view_name if match else ""
        place = f"{request.method} {name or 'no address'} {response.status_code}"
        for header, value in response.items():
            self.look("header", f"{place} {header}", unquote_plus(f"{header}: {value}"))
        for cookie in response.cookies.values():
            self.look("header", f"{place} cookie", unquote_plus(cookie.OutputString()))
        if name in ASKED_FOR and request.method == "POST":
            return
        # What is posted is parsed by whoever needs it, and by nobody else.
        posted = getattr(request, "_post", None) or {}
        typed = numbers_in("\n".join(value for key in posted for value in posted.getlist(key)))
        if posted and posted.get("looked"):
            self.insisted |= typed
        typed |= self.insisted
        if response.streaming:
            pieces = response.streaming_content  # type: ignore[attr-defined]
            response.streaming_content = self._passing(pieces, place, typed)  # type: ignore[attr-defined]
        else:
            self.body(response.get("Content-Type", ""), response.content, place, typed)  # type: ignore[attr-defined]

    def _passing(self, pieces: Iterable[bytes], place: str, typed: set[str]) -> Iterator[bytes]:
        last = b""
        for piece in pieces:
            self.body("", last + piece, place, typed)
            last = piece[-64:]
            yield piece

    def body(self, kind: str, content: bytes, place: str, typed: set[str]) -> None:
        """Read a body; of a PDF what is printed in it."""
        if kind.startswith("application/pdf"):
            pages = pypdf.PdfReader(io.BytesIO(content)).pages
            text = "\n".join(page.extract_text() for page in pages)
        else:
            text = content.decode(errors="replace")
        self.look("response", place, text, typed)

    def record(self, record: logging.LogRecord) -> None:
        """Read a line of a log as it will be written, with what was raised."""
        told = [record.getMessage()]
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        while error is not None:
            told.append(str(error))
            error = error.__cause__ or error.__context__
        self.look("log line", record.name, unquote_plus("\n".join(told)))

    def mail(self, message: EmailMessage) -> None:
        """Read a mail as it leaves: its headers, its bodies and the names of what is attached."""
        whole: email.message.Message = message.message()
        for header, value in whole.items():
            self.look("mail", header, str(value))
        for part in whole.walk():
            self.look("mail", "attachment's name", part.get_filename() or "")
            if part.get_content_maintype() == "text":
                self.look("mail", "body", (part.get_payload(decode=True) or b"").decode(errors="replace"))  # type: ignore[union-attr]


WATCH = Watch()


def _watch_answers() -> None:
    kept = BaseHandler.get_response

    def get_response(handler: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        response = kept(handler, request)
        WATCH.answer(request, response)
        return response

    BaseHandler.get_response = get_response  # type: ignore[method-assign]


def _watch_records() -> None:
    kept = logging.Logger.callHandlers

    def call_handlers(logger: logging.Logger, record: logging.LogRecord) -> None:
        # The tests' own tools speak of what they are told to type.
        if not record.name.startswith(("asyncio", "faker", "PIL")):
            WATCH.record(record)
        kept(logger, record)

    logging.Logger.callHandlers = call_handlers  # type: ignore[method-assign]


def _watch_files() -> None:
    def opened(event: str, args: tuple) -> None:
        # Whoever only reads made no name.
        if event == "open" and args[1] not in {"r", "rb", "rt"} and not isinstance(args[0], int):
            WATCH.look("file name", "opened", str(args[0]))

    sys.addaudithook(opened)


def _watch_mails() -> None:
    kept = EmailMessage.send

    def send(message: EmailMessage, fail_silently: bool = False) -> int:
        WATCH.mail(message)
        return kept(message, fail_silently)

    EmailMessage.send = send  # type: ignore[method-assign]


def _watch_audit() -> None:
    # The room's code can be read once Django has its settings.
    from samsvar.audit import services
    from samsvar.postgres.actor import log_is_written_by

    kept = services.write_rows

    def write_rows(rows: list[dict]) -> None:
        WATCH.look("audit row", "audit_write", json.dumps(rows, default=str))
        kept(rows)

    services.write_rows = write_rows
    log_is_written_by(write_rows)


def pytest_sessionstart() -> None:
    """Stand at every door through which a number could leave."""
    _watch_answers()
    _watch_records()
    _watch_files()
    _watch_mails()
    _watch_audit()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Know which test it was."""
    WATCH.test, WATCH.insisted = item.nodeid, set()
    try:
        return (yield)
    finally:
        WATCH.test = "(between tests)"


def _names_and_logs_left_behind() -> None:
    for path in TEMPORARY.rglob("*"):
        WATCH.look("file name", "left behind", path.name)
        if path.suffix in {".log", ".jsonl"} and path.is_file():
            WATCH.look("log line", path.name, path.read_text(errors="replace"))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what one of several processes of the same run found and read (pytest-xdist)."""
    told = getattr(node, "workeroutput", None) or {}
    WATCH.found += [tuple(hit) for hit in told.get("numbers_found", ()) if tuple(hit) not in WATCH.found]
    for kind, count in told.get("numbers_read", {}).items():
        WATCH.read[kind] = WATCH.read.get(kind, 0) + count


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """One number in clear fails the whole run."""
    _names_and_logs_left_behind()
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told |= {"numbers_found": WATCH.found, "numbers_read": WATCH.read}
    if WATCH.found and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much was read, and what was found."""
    read = ", ".join(f"{count:,} {kind}s" for kind, count in sorted(WATCH.read.items()))
    terminalreporter.write_line(f"CPR numbers in clear: {len(WATCH.found)} in {read}")
    for test, place, number in WATCH.found:
        terminalreporter.write_line(f"  {test}\n    {place}: {number}", red=True)

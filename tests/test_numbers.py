"""The watch for CPR numbers finds what it is to find, at every door."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse

from samsvar.documents import paper
from tests import numbers
from tests.numbers import Watch, numbers_in

WHOLE, PARTED = "6111801234", "611180-1234"


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A watch of the test's own, so that what is found here does not fail the run."""
    own = Watch()
    monkeypatch.setattr(numbers, "WATCH", own)
    return own


@pytest.mark.parametrize(
    "text", [WHOLE, PARTED, "611180 1234", "611180–1234", f"({PARTED})", f"<b>{WHOLE}</b>", f"/{WHOLE}/"]
)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert numbers_in(text) == {WHOLE}


@pytest.mark.parametrize(
    "text",
    [
        "611180-••••",
        "1111801234",
        "6113801234",
        "a6111801234",
        "00-6111801234-0",
        "61118012345",
        "96111801234",
        "6111.80",
    ],
)
def test_other_figures_are_not(text: str) -> None:
    assert numbers_in(text) == set()


def answered(watch: Watch, response: Any, **posted: str) -> list[str]:
    request = HttpRequest()
    request.method = "POST" if posted else "GET"
    if posted:
        request._post = QueryDict(mutable=True)  # type: ignore[attr-defined]
        request._post.update(posted)  # type: ignore[attr-defined]
    watch.answer(request, response)
    if response.streaming:
        list(response.streaming_content)
    return [place for _, place, _ in watch.found]


class TestEveryDoor:
    """A number in clear is found wherever it goes out."""

    def test_a_body(self, watch: Watch) -> None:
        assert answered(watch, HttpResponse(f"<p>{PARTED}</p>")) == ["response: GET no address 200"]

    def test_a_body_that_comes_in_pieces(self, watch: Watch) -> None:
        assert answered(watch, StreamingHttpResponse([b"<p>611180", b"-1234</p>"])) != []

    def test_a_paper(self, watch: Watch) -> None:
        drawn = paper.render("letter", paper.Paper("Brev", [paper.text(f"Om {PARTED}")]))
        assert answered(watch, HttpResponse(drawn, content_type="application/pdf")) != []

    def test_a_header_and_a_cookie(self, watch: Watch) -> None:
        response = HttpResponse(headers={"Location": "/sager/?q=611180%2D1234"})
        response.set_cookie("last", WHOLE)
        assert answered(watch, response) == ["header: GET no address 200 Location", "header: GET no address 200 cookie"]

    def test_what_the_form_brought_may_stand_in_its_answer_and_nothing_else(self, watch: Watch) -> None:
        assert answered(watch, HttpResponse(f"value={PARTED}"), person=f"Aage {WHOLE}") == []
        assert answered(watch, HttpResponse(f"value={PARTED}"), person="Aage") != []

    def test_words_that_were_sent_again_after_a_warning_may_be_read(self, watch: Watch) -> None:
        answered(watch, HttpResponse(""), text=f"Nummer {PARTED}")
        assert answered(watch, HttpResponse(f"Nummer {PARTED}")) != []
        watch.found.clear()
        answered(watch, HttpResponse(""), text=f"Nummer {PARTED}", looked="1")
        assert answered(watch, HttpResponse(f"Nummer {PARTED}")) == []

    def test_the_forms_example_is_nobodys_number(self, watch: Watch) -> None:
        assert answered(watch, HttpResponse("opdigtede numre, fx 610190-1234.")) == []
        assert answered(watch, HttpResponse("610190-1234")) != []

    def test_a_log_line_and_what_was_raised(self, watch: Watch) -> None:
        logging.getLogger("samsvar.tests").warning("om %s", PARTED)
        try:
            raise ValueError(WHOLE)
        except ValueError:
            logging.getLogger("samsvar.tests").exception("gik galt")
        assert len(watch.found) == 1, "the same place and number is told once"
        assert watch.read["log line"] == 2

    def test_a_mail(self, watch: Watch) -> None:
        message = mail.EmailMessage(f"Om {PARTED}", "x", "fra@eksempel.dk", ["til@eksempel.dk"])
        message.attach(f"{WHOLE}.txt", "x", "text/plain")
        message.send()
        assert [place for _, place, _ in watch.found] == ["mail: Subject", "mail: attachment's name"]

    def test_a_file_name(self, watch: Watch, tmp_path: Path) -> None:
        path = tmp_path / f"{WHOLE}.pdf"
        path.write_bytes(b"")
        path.unlink()
        assert [place for _, place, _ in watch.found] == ["file name: opened"]


def test_what_is_found_is_told_without_the_number(watch: Watch) -> None:
    watch.look("response", "somewhere", PARTED)
    assert watch.found[0][2] == "611180-####"


def test_the_watch_stands(watch: Watch) -> None:
    """The doors are watched in this very run, not only in the tests above."""
    logging.getLogger("samsvar.tests").warning("nothing")
    assert watch.read["log line"] == 1

"""Whatever is typed on the pages of a way is answered with a message, and nothing is lost."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.referrals.views.pathways import STEPS as PAGES
from tests.clients import sit
from tests.referrals.ground import NAME, Units
from tests.scenarios.test_network import Worker

WRONG = ("", "\x00", "x" * 9000, "611180-1234", "00000000-0000-4000-8000-000000000000", "2026-02-31", "‮", "-1")
STEPS = {
    "vurdering": ("words",),
    "trin": ("step", "words"),
    "pause": ("standing", "why", "look_again"),
    "svar/?om=wish": ("answer", "words"),
    "begynd/?om=buk_treatment": ("on",),
    "klaret/?om=buk_letter": ("on",),
    "sted": ("words",),
    "slut": ("reason", "receiver", "nobody"),
}


@pytest.fixture
def worker(units: Units) -> Worker:
    """Somebody at the clinic."""
    units.sit("psychiatry.frontline", "buk")
    return Worker(units.world, "psychiatry.frontline")


def _address(page: str, step: str) -> str:
    return page + (step if "/" in step else f"{step}/")


def test_no_text_is_a_fault(worker: Worker) -> None:
    page = worker.does(reverse("referrals:pathway_new"), name=NAME, cpr="")
    for step, fields in STEPS.items():
        if step == "slut":
            continue
        for wrong in WRONG:
            answer = worker.browser.post(_address(page, step), dict.fromkeys(fields, wrong))
            assert answer.status_code in (302, 400), (step, wrong)
    for wrong in WRONG:
        assert worker.browser.post(_address(page, "slut"), {"reason": wrong, "receiver": wrong}).status_code == 400
        assert worker.browser.post(page + "tryk/", {"what": f"can:{wrong}"}).status_code in (302, 404)
        assert worker.browser.post(page + "tryk/", {"what": wrong}).status_code == 404
        assert worker.browser.get(page + "svar/", {"om": wrong}).status_code == 404
        assert worker.browser.get(page + "klaret/", {"om": wrong}).status_code == 404
    assert worker.browser.get(page + "tryk/")["Location"] == page
    assert worker.browser.get(page + "ukendt/").status_code == 404


def test_what_was_typed_stands_there_when_something_is_wrong(worker: Worker) -> None:
    page = worker.does(reverse("referrals:pathway_new"), name=NAME, cpr="")
    gone = (timezone.localdate() - timedelta(days=1)).isoformat()
    seen = worker.does(page + "pause/", status=400, standing="paused", why="Er rejst til Island", look_again=gone)
    assert "Er rejst til Island" in seen
    assert "Skriv en dag inden for et år" in seen
    # A colleague was first: said, and the text is there.
    worker.does(page + "trin/", step="assess", words="Er kommet til samtale")
    seen = worker.does(page + "vurdering/", status=400, words="Angst i store rum", version="1")
    assert "En kollega har rettet det imens" in seen
    assert "Angst i store rum" in seen


# What each form says yes to, so that a refusal is for who asks.
TYPED = {
    "words": "Bor alene.",
    "items": "Lægens ord",
    "step": "assess",
    "standing": "paused",
    "why": "Ferie",
    "look_again": "2999-01-01",
    "answer": "yes",
    "on": "2026-01-01",
    "reason": "done",
    "receiver": "Andre",
}


def _blank(answer: HttpResponse, key: UUID) -> tuple[int, bytes]:
    """The answer without the form's own token and the id that was asked for."""
    body = re.sub(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+', rb"\1", answer.content)
    return answer.status_code, body.replace(str(key).encode(), b"-")


@pytest.mark.parametrize("seat", ["social.frontline", "social.admin", "psychiatry.member", "police.member"])
def test_no_act_tells_another_unit_that_there_is_a_way(worker: Worker, units: Units, seat: str) -> None:
    """Each form and each button, asked for and sent: as if there were none."""
    opened = worker.does(reverse("referrals:pathway_new"), page="0", name=NAME, cpr="")
    there, none = UUID(opened.strip("/").rpartition("/")[2]), uuid4()
    before = units.owner.execute("select to_jsonb(p) from referrals_pathway p").fetchall()
    # Every form is there for whoever has the citizen: those that ask about something, asked about it.
    own = [answer.status_code for answer in islice(_each(worker.browser, there), len(PAGES) + 3)]
    assert (own.count(200), own.count(404)) == (len(PAGES), 3)
    browser = sit(units.world, seat)

    def asked(key: UUID) -> list[tuple[int, bytes]]:
        return [_blank(one, key) for one in _each(browser, key)]

    answers = asked(there)
    assert {status for status, _body in answers} == {404}
    assert answers == asked(none)
    assert before == units.owner.execute("select to_jsonb(p) from referrals_pathway p").fetchall()
    units.owner.rollback()


def _each(browser: Client, key: UUID) -> Iterator[HttpResponse]:
    forms = [reverse("referrals:pathway_step", args=[key, step]) for step in PAGES]
    forms += [
        f"{reverse('referrals:pathway_step', args=[key, step])}?om={about}"
        for step, about in (("svar", "wish"), ("begynd", "buk_treatment"), ("klaret", "buk_letter"))
    ]
    press = reverse("referrals:pathway_press", args=[key])
    presses = ("take", "resume", "review", "can:0", "wants:0", "told:0", "")
    yield from (browser.get(form) for form in forms)
    yield browser.get(reverse("referrals:pathway", args=[key]))
    yield from (browser.post(form, TYPED) for form in forms)
    yield from (browser.post(press, {"what": what}) for what in presses)

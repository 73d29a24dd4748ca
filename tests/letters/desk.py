"""What tests of this room begin with: a nurse who has told something, and what can be read on paper."""

import io
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader

from samsvar.cases.models import Case
from tests.cases.table import Screen, raised
from tests.clients import sit
from tests.world import World

TOLD = "Stoppede medicinen i maj"


def told_case(world: World, *, to: str = "social", **more: Any) -> Case:
    """A case in which psychiatry has told another authority something, and so owes the citizen a word."""
    case = raised(world, **more)
    sent = {
        "answer": "contributes",
        "text": TOLD,
        "information_type": "health",
        "search_by": "look_up",
        "receivers": [world.authorities[to]],
        "necessity": "De skal ringe til afsnittet, før de tager ud",
        "way": "pass",
    }
    answer = Screen(world, "psychiatry.member").post("contribute", case.pk, **sent)
    assert answer.status_code == 302, answer.content.decode()
    return case


class Writer:
    """Somebody who writes letters in one post."""

    def __init__(self, world: World, seat: str, language: str = "da") -> None:
        self.client = sit(world, seat, language)

    def get(self, name: str, /, *args: Any, **query: Any) -> HttpResponse:
        """Open a page by the name of its address."""
        return self.client.get(reverse(f"letters:{name}", args=args), query)

    def post(self, name: str, /, *args: Any, **data: Any) -> HttpResponse:
        """Send a form."""
        return self.client.post(reverse(f"letters:{name}", args=args), data)

    def text(self, name: str, /, *args: Any, **query: Any) -> str:
        """What a page says; it must answer."""
        answer = self.get(name, *args, **query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


def on_paper(answer: HttpResponse) -> str:
    """The words of a PDF that was handed over."""
    assert answer["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)

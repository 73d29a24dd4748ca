"""What tests of the case begin with: a case on the table, and a person who sits at the screen."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.models import Case, Responsibility
from samsvar.cases.services import responsibility
from samsvar.cases.services.raising import Facts, raise_case
from samsvar.citizens.services import identify
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.world import World

NAME, NUMBER = "Aage Prøvesen", "6111801234"
NECESSARY = "De andre skal kunne slå op, om de kender ham."


def raised(
    world: World,
    *,
    by: str = "police.member",
    parties: Sequence[str] = ("social", "psychiatry"),
    name: str = NAME,
    cpr: str = NUMBER,
    **facts: Any,
) -> Case:
    """A case of the police's, with social services and psychiatry at the table unless told."""
    with acting(world.seats[by].token) as actor:
        identity = identify(actor, partnership_id=world.partnership, name=name, cpr=cpr) if name else None
        return raise_case(
            actor,
            group=Group.objects.select_related("partnership").get(pk=world.group),
            identity=identity,
            parties=list(Authority.objects.filter(pk__in=[world.authorities[key] for key in parties])),
            facts=Facts(
                **{
                    "why_serious": "Sover ude i frost",
                    "means_exhausted": "Patruljen kan ikke gøre mere",
                    "traits": ["invisible"],
                    **facts,
                }
            ),
            necessity=NECESSARY,
        )


def authority(world: World, key: str) -> Authority:
    """One of the world's authorities by its short key."""
    return Authority.objects.get(pk=world.authorities[key])


def taken_by(world: World, case: Case, key: str, reason: str = "Boligen") -> Responsibility:
    """The handlingsansvar, taken between meetings by the member of an authority for the own authority."""
    with acting(world.seats[f"{key}.member"].token) as actor:
        seen = responsibility.current(case).pk
        return responsibility.place(actor, case, authority(world, key), reason=reason, seen=seen)


def asking(day: int) -> str:
    """A day so many days ahead (or back), as a form sends it."""
    return (timezone.localdate() + timedelta(days=day)).isoformat()


def tasks_at(world: World, seat: str, kind: TaskKind, case: Case | None = None) -> int:
    """How many open tasks of this kind lie on the table of one who sits in this seat."""
    with acting(world.seats[seat].token) as actor:
        mine = open_tasks(actor).filter(kind=kind)
        return mine.filter(case_id=case.pk).count() if case else mine.count()


class Screen:
    """A person signed in and acting in one post, with a browser without JavaScript."""

    def __init__(self, world: World, seat: str) -> None:
        self.client = sit(world, seat)

    def get(self, name: str, /, *args: Any, **query: Any) -> HttpResponse:
        """Open a page by the name of its address."""
        return self.client.get(reverse(f"cases:{name}", args=args), query)

    def post(self, name: str, /, *args: Any, **data: Any) -> HttpResponse:
        """Send a form."""
        return self.client.post(reverse(f"cases:{name}", args=args), data)

    def text(self, name: str, /, *args: Any, **query: Any) -> str:
        """What a page says; it must answer."""
        answer = self.get(name, *args, **query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

"""Who writes a plan: those inside, or a ward that of its own discharge; and whom it reaches then."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from samsvar.coordination.models import CareNetwork, Plan, PlanVersion
from samsvar.coordination.models.networks import place_words
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent


@dataclass(frozen=True)
class Reached:
    """One place that reads a ward's plan once it is in force. `facts` are what the law asks of the yes behind it."""

    authority: Authority
    unit: Unit | None
    facts: dict[str, Any]

    @property
    def who(self) -> str:
        """The place in words."""
        return place_words(self.unit, self.authority)

    @property
    def consent(self) -> Consent:
        """The yes by its facts: the row is its taker's, and the ward cannot read it."""
        days = {name: date.fromisoformat(self.facts[name]) for name in ("given_on", "valid_to")}
        return Consent(**{**self.facts, **days}, missing=[])


def begins(actor: Actor, network: CareNetwork) -> bool:
    """Whether the actor's ward may write the plan of a discharge here: the citizen's yes to plans names it."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(coordination_begins())", [network.pk])
        return bool(cursor.fetchone()[0]) and network.ended_on is None


def writes(actor: Actor, plan: Plan) -> bool:
    """Whether the actor writes this plan: from inside, or as the ward whose plan it is."""
    if not actor.owns(plan.authority_id):
        return False
    if not plan.of_ward:
        return bool(getattr(plan.network, "inside", False))
    return plan.unit_id == actor.unit_id and begins(actor, plan.network)


def reaches(actor: Actor, version: PlanVersion) -> list[Reached]:
    """Whom the version of a ward's plan reaches when it is put in force; nobody for one who may not do that."""
    with connection.cursor() as cursor:
        cursor.execute("select coordination_plan_reaches(%s)", [version.pk])
        answer = cursor.fetchone()[0]
    found = json.loads(answer) if isinstance(answer, str) else answer
    authorities = Authority.objects.in_bulk([one["authority"] for one in found])
    units = Unit.objects.in_bulk([one["unit"] for one in found if one["unit"]])
    by_key = {str(key): one for key, one in {**authorities, **units}.items()}
    return sorted(
        (Reached(by_key[one["authority"]], by_key.get(one["unit"] or ""), one["yes"]) for one in found),  # type: ignore[arg-type]
        key=lambda one: one.who,
    )

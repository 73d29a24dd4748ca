"""Verbs of those who steer: terms, the yearly evaluation, decisions that go down."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.law.warnings import has_cpr
from samsvar.partnerships.models import Group, Level
from samsvar.partnerships.selectors import functions_of, seats_of
from samsvar.postgres.actor import Actor
from samsvar.steering import selectors
from samsvar.steering.models import DecisionReceipt, EvaluationAnswer, SteeringDecision, Terms
from samsvar.steering.questions import BY_KEY
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay


class SteeringError(Exception):
    """The step cannot be done. The message is shown as it stands; nothing was changed."""


def _require(actor: Actor, group: Group, *texts: str) -> None:
    if group.pk not in selectors.seats(actor):
        raise SteeringError(_("Det kan kun de, der sidder i gruppen."))
    if any(has_cpr(text) for text in texts):
        raise SteeringError(_("Der står noget, der ligner et CPR-nummer. Her må der ikke stå noget om en borger."))


def set_terms(
    actor: Actor, group: Group, *, purpose: str, tasks: str, working: str, mandate: str, in_force_from: date
) -> Terms:
    """Write a new version of a group's terms of reference; the earlier ones stay. Raises SteeringError."""
    _require(actor, group, purpose, tasks, working, mandate)
    latest = Terms.objects.filter(group=group).aggregate(latest=Max("version"))["latest"] or 0
    terms = Terms(
        id=uuid4(),
        partnership_id=group.partnership_id,
        group=group,
        version=latest + 1,
        purpose=purpose,
        tasks=tasks,
        working=working,
        mandate=mandate,
        in_force_from=in_force_from,
        authority_id=actor.authority_id,
    )
    try:
        with transaction.atomic():
            terms.save(force_insert=True)
    except IntegrityError as clash:
        raise SteeringError(_("En anden har netop skrevet en ny udgave. Se den først.")) from clash
    record(actor, Act.CREATE, "terms", terms.pk, partnership_id=group.partnership_id)
    return terms


def evaluate(actor: Actor, group: Group, year: int, answers: Mapping[str, str], *, seen: str) -> int:
    """Keep what the own authority says to the year's questions; returns how many answers changed.

    `seen` is the stamp of the page. Raises SteeringError when a colleague has written meanwhile: the text stays on
    the screen.
    """
    _require(actor, group, *answers.values())
    own = {one.question: one for one in selectors.own_answers(actor, group, year)}
    if selectors.stamp(list(own.values())) != seen:
        raise SteeringError(_("En kollega har skrevet imens. Din tekst står her endnu; åbn siden på ny og se deres."))
    changed = 0
    for key, text in answers.items():
        if key not in BY_KEY or text == (own[key].text if key in own else ""):
            continue
        changed += 1
        if key in own:
            EvaluationAnswer.objects.filter(pk=own[key].pk).update(text=text, at=timezone.now())
        else:
            EvaluationAnswer(
                id=uuid4(),
                partnership_id=group.partnership_id,
                group=group,
                year=year,
                question=key,
                authority_id=actor.authority_id,
                text=text,
            ).save(force_insert=True)
    if changed:
        record(actor, Act.CHANGE, "evaluation", group.pk, partnership_id=group.partnership_id, detail={"year": year})
    return changed


def decide(
    actor: Actor, group: Group, *, decided_on: date, title: str, text: str, to: Sequence[Group]
) -> SteeringDecision:
    """Write down what a steering group has decided, and lay it before the coordinators of the groups it goes to.

    A group without a coordinator has it on the desks of all who sit in it. Raises SteeringError.
    """
    _require(actor, group, title, text)
    if group.level == Level.OPERATIVE:
        raise SteeringError(_("Kun en gruppe, der styrer, kan beslutte for andre."))
    decision = SteeringDecision(
        id=uuid4(),
        partnership_id=group.partnership_id,
        group=group,
        decided_on=decided_on,
        title=title,
        text=text,
        authority_id=actor.authority_id,
    )
    decision.save(force_insert=True)
    for receiver in to:
        receipt = DecisionReceipt(
            id=uuid4(), partnership_id=group.partnership_id, decision=decision, group=receiver, done=""
        )
        receipt.save(force_insert=True)
        posts = [one.capacity for one in functions_of(receiver) if one.function == "coordinator"]
        for post in posts or [seat.capacity for seat in seats_of(receiver)]:
            lay(
                actor,
                TaskKind.DECISION,
                partnership_id=group.partnership_id,
                authority_id=post.authority_id,
                person_id=post.person_id,
                subject_kind="steering",
                subject_id=decision.pk,
            )
    record(actor, Act.CREATE, "steering", decision.pk, partnership_id=group.partnership_id)
    return decision


def take_in(actor: Actor, receipt: DecisionReceipt, done: str) -> None:
    """Say what the group has done with a decision. Can be written again when more has been done."""
    _require(actor, receipt.group, done)
    DecisionReceipt.objects.filter(pk=receipt.pk).update(done=done, taken_on=timezone.localdate())
    finish(actor, TaskKind.DECISION, receipt.decision_id)
    record(actor, Act.CHANGE, "steering", receipt.decision_id, partnership_id=receipt.partnership_id)

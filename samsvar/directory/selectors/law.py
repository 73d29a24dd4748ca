"""The rules in force where one works, changes, doubts and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from samsvar.directory.models import LawAnswer, LawChange, LawQuestion
from samsvar.law import packs
from samsvar.law.packs import CORE_RULES, Pack, RuleChange
from samsvar.partnerships.models import Authority, Capacity, Participation
from samsvar.postgres.actor import Actor


def pack_in_force(actor: Actor, partnership_id: UUID, on: date) -> Pack | None:
    """The pack of the day with what the partnership's lawyers have changed; None before the first. One query."""
    pack = packs.find(on)
    if pack is None:
        return None
    rows = LawChange.objects.filter(partnership_id=partnership_id, approved_at__isnull=False)
    return pack.amended([change for row in rows if _fits(change := row.as_law(), pack)], on)


def _fits(change: object, pack: Pack) -> bool:
    # A change was made for the pack of its day; a later one may have another idea of what carries the rest.
    if not isinstance(change, RuleChange):
        return True
    return change.rule in pack.rules and not (change.on is False and change.rule in CORE_RULES)


def changes(actor: Actor, partnership_id: UUID) -> list[LawChange]:
    """All changes of a partnership, the latest first, with who drafted, approved and ended them."""
    return list(
        LawChange.objects.filter(partnership_id=partnership_id)
        .select_related("created_by", "approved_by", "ended_by")
        .order_by("-number")
    )


def change_of(actor: Actor, change_id: UUID) -> LawChange | None:
    """One change, if the actor may see it."""
    return LawChange.objects.select_related("created_by", "approved_by", "ended_by").filter(pk=change_id).first()


@dataclass(frozen=True)
class Kinds:
    """What somebody is in doubt about; empty values are not decided yet."""

    basis: str = ""
    cooperation: str = ""
    sender: str = ""
    receiver: str = ""
    purpose: str = ""


def answers(actor: Actor, partnership_id: UUID, kinds: Kinds | None = None) -> QuerySet[LawAnswer]:
    """Answers that can be used again, newest first; with `kinds`, those that say nothing else than these."""
    found = (
        LawAnswer.objects.filter(partnership_id=partnership_id, retired_at=None)
        .exclude(general="")
        .select_related("by", "authority")
        .order_by("-at", "id")
    )
    if kinds is not None:
        for name in ("basis", "cooperation", "sender", "receiver", "purpose"):
            # What the one who asks has left open is no reason to hold an answer back.
            if given := getattr(kinds, name):
                found = found.filter(Q(**{name: ""}) | Q(**{name: given}))
    return found


def answer_of(actor: Actor, answer_id: UUID) -> LawAnswer | None:
    """One answer, if the actor may see it."""
    return LawAnswer.objects.filter(pk=answer_id).first()


def own_questions(actor: Actor) -> QuerySet[LawQuestion]:
    """What the actor has asked, newest first, with the answers."""
    return (
        LawQuestion.objects.filter(asked_by_id=actor.person_id)
        .select_related("answer", "to_authority")
        .order_by("-asked_at", "id")
    )


def questions_to_us(actor: Actor) -> Sequence[LawQuestion]:
    """What waits for the actor as lawyer, oldest first; nothing for others."""
    if not actor.is_any("jurist"):
        return []
    return list(
        LawQuestion.objects.filter(to_authority_id__in=actor.authority_ids, answer=None)
        .select_related("authority")
        .order_by("asked_at", "id")
    )


def question_of(actor: Actor, question_id: UUID) -> LawQuestion | None:
    """One question, if the actor asked it or is asked."""
    return LawQuestion.objects.select_related("authority", "to_authority").filter(pk=question_id).first()


def answer_to(actor: Actor, question: LawQuestion) -> LawAnswer | None:
    """What was answered, if anything was."""
    return LawAnswer.objects.select_related("by", "authority").filter(question_id=question.pk).first()


def lawyers(actor: Actor, partnership_id: UUID, on: date) -> list[Authority]:
    """The authorities of a partnership that have a lawyer, the actor's own first."""
    taking_part = Participation.objects.filter(
        Q(until=None) | Q(until__gte=on), partnership_id=partnership_id, since__lte=on
    ).values("authority_id")
    found = (
        Capacity.objects.filter(
            Q(until=None) | Q(until__gte=on), authority_id__in=taking_part, roles__contains=["jurist"], since__lte=on
        )
        .values_list("authority_id", flat=True)
        .distinct()
    )
    bodies = Authority.objects.filter(pk__in=list(found)).order_by("name")
    return sorted(bodies, key=lambda body: not actor.owns(body.pk))

"""Rules, what is on its way out, what is held back, and the stones."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from samsvar.postgres.actor import Actor
from samsvar.retention.defaults import reference
from samsvar.retention.models import DEFAULT_MONTHS, Disposal, Hold, Kind, RetentionRule, Stone


@dataclass(frozen=True)
class Rule:
    """How long the own authority keeps one kind; `own` is None while the default holds."""

    kind: Kind
    months: int
    reference: str
    own: RetentionRule | None


@dataclass(frozen=True)
class Line:
    """Something on its way out, and whether it is held back."""

    disposal: Disposal
    held: bool


def rules(actor: Actor) -> list[Rule]:
    """One line for each kind."""
    found = {
        rule.kind: rule
        for rule in RetentionRule.objects.filter(authority_id=actor.authority_id).select_related("set_by")
    }
    default = reference(actor.authority_kind)
    return [
        Rule(kind, own.months, own.reference, own)
        if (own := found.get(kind))
        else Rule(kind, DEFAULT_MONTHS[kind], default, None)
        for kind in Kind
    ]


def rule(actor: Actor, kind: str) -> Rule | None:
    """The rule of one kind, or None for a kind that there is not."""
    return next((one for one in rules(actor) if one.kind == kind), None)


def disposals(actor: Actor) -> QuerySet[Disposal]:
    """What the own authority has on its way out: first what waits longest."""
    return Disposal.objects.select_related("proposed_by", "approved_by").order_by("due_on", "id")


def lines(actor: Actor, page: list[Disposal]) -> list[Line]:
    """A page of it, with what is held back; one query."""
    if not page:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from retention_disposal where id = any(%s) and retention_held(kind, subject_id, authority_id)",
            [[one.pk for one in page]],
        )
        held = {row[0] for row in cursor.fetchall()}
    return [Line(one, one.pk in held) for one in page]


def find(actor: Actor, disposal_id: UUID) -> Disposal | None:
    """One of them, or None."""
    return Disposal.objects.filter(pk=disposal_id).first()


def holds(actor: Actor) -> QuerySet[Hold]:
    """What the own authority holds back, first what is to be looked at again."""
    return Hold.objects.filter(lifted_at=None).select_related("by").order_by("review_on", "id")


def find_hold(actor: Actor, hold_id: UUID) -> Hold | None:
    """One hold in force of the own authority, or None."""
    return Hold.objects.filter(pk=hold_id, lifted_at=None).first()


def subject_named(actor: Actor, kind: str, number: str) -> UUID | None:
    """The case or network case with this number, where the own authority is or was in it."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_subject(%s, %s)", [kind, number])
        return cursor.fetchone()[0]


def stones(actor: Actor) -> QuerySet[Stone]:
    """What has been disposed of in the own authority, newest first."""
    return Stone.objects.order_by("-disposed_on", "id")

"""What of this room stands on somebody's desk: read at once, since a desk asks the database few questions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import DateTimeField, Exists, F, JSONField, OuterRef, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.partnerships.models import Capacity
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import WAITS, HandOver, HandOverState, Pathway, Referral, ReferralEntry, ReferralState
from samsvar.referrals.pack import Kind, pack
from samsvar.referrals.services import may_use, of_receiver, of_sender
from samsvar.referrals.services.sides import handed_to_us

MOST = 200
# The colour of a notification on which somebody acts at once (R-002-56).
RED = "red"
# So long an answer is news on the desk of whoever asked.
NEWS_FOR = timedelta(days=7)
# What both kinds of rows have, and what only a referral has.
_OF_BOTH = ("pk", "citizen_id", "name", "state", "at", "by_id", "authority_id", "unit_id")
_TO = ("to_authority_id", "to_unit_id")
_OF_ONE = ("template_key", "due_at", "sent_at", "answered_at", "said")


@dataclass(frozen=True)
class Asked:
    """Something asked of a unit, as a desk shows it.

    `red`: the own unit has judged that somebody must act now. `held`: a colleague works with the citizen (R-002-22).
    """

    row: Referral
    red: bool = False
    held: bool = False

    @property
    def stands(self) -> str:
        """How far it has come, in words."""
        if self.red:
            return pack().answers[RED].label
        stands = self.row.get_state_display()
        # Whoever notifies is owed no answer, only that it is taken up.
        answered = self.row.state in (ReferralState.ACCEPTED, ReferralState.REFUSED, ReferralState.CLOSED)
        if answered and self.row.kind is not Kind.NOTIFICATION:
            return _("Svar er kommet: %(stands)s") % {"stands": stands.lower()}
        return stands

    @property
    def due(self) -> datetime | None:
        """Until when an answer is waited for; None when it has come."""
        return self.row.due_at if self.row.state in WAITS else None


def on_desk(actor: Actor) -> tuple[list[Asked], list[HandOver]]:
    """What waits for the actor's unit, what is late first, and what has been handed to it. One query.

    Unanswered at the receiver, and a red notification until somebody acts on it; come back, not attended or just
    answered at the sender.
    """
    if not may_use(actor):
        return [], []
    news = timezone.now() - NEWS_FOR
    to_do = Q(state__in=[*WAITS, ReferralState.RETURNED, ReferralState.NO_SHOW]) | Q(
        answered_at__gt=news, state__in=[ReferralState.ACCEPTED, ReferralState.REFUSED, ReferralState.CLOSED]
    )
    # The colour is a line of the receiver's own.
    colours = ReferralEntry.objects.filter(referral=OuterRef("pk"), inner=True, items__contains=[RED])
    posts = Capacity.objects.filter(current(), person=OuterRef("worker"), authority=OuterRef("authority"))
    # Whoever has gone to another unit works with the citizens of the old one no more.
    works_there = Q(Exists(posts.filter(unit=OuterRef("unit")))) | Q(Exists(posts), unit=None)
    with_others = Pathway.objects.filter(
        works_there, citizen=OuterRef("citizen_id"), entry=OuterRef("to_entry_id"), ended_on=None
    ).exclude(worker_id=actor.person_id)
    asked = (
        Referral.objects.annotate(handed=Value(False), red=Exists(colours), held=Exists(with_others))
        .filter(to_do | Q(state=ReferralState.ACCEPTED, red=True))
        .order_by("due_at", "sent_at", "id")
        .values("handed", "red", "held", *_OF_BOTH, *_TO, *_OF_ONE)[:MOST]
    )
    never = Value(None, output_field=DateTimeField())
    given = (
        HandOver.objects.filter(handed_to_us(actor), state=HandOverState.OPEN)
        .annotate(
            handed=Value(True),
            red=Value(False),
            held=Value(False),
            template_key=F("kind"),
            due_at=never,
            sent_at=never,
            answered=never,
            said=Value({}, output_field=JSONField()),
        )
        .order_by("at", "id")
        .values("handed", "red", "held", *_OF_BOTH, *_TO, "template_key", "due_at", "sent_at", "answered", "said")[
            :MOST
        ]
    )
    rows = list(asked.union(given, all=True))
    asked_rows = [
        Asked(Referral(**_fields(row)), bool(row["red"]), bool(row["held"])) for row in rows if not row["handed"]
    ]
    handed = [
        HandOver(pk=row["pk"], citizen_id=row["citizen_id"], name=row["name"], at=row["at"])
        for row in rows
        if row["handed"]
    ]
    far = timezone.now() + timedelta(days=9999)
    asked_rows.sort(key=lambda one: (one.row.due_at or far, one.row.sent_at or far))
    return [one for one in asked_rows if _stands(actor, one)], sorted(handed, key=lambda one: one.at)


def _fields(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in ("handed", "red", "held")}


def _stands(actor: Actor, one: Asked) -> bool:
    row = one.row
    if row.state in WAITS:
        if one.held and not row.is_silent and of_receiver(actor, row):
            return False
        # With the sender it stands when nobody answers, and when nobody has an appointment.
        return of_receiver(actor, row) or row.is_silent or row.has_gap
    if one.red and row.state == ReferralState.ACCEPTED and of_receiver(actor, row):
        return True
    return of_sender(actor, row)

"""Finding one's way: what may be sent from here to there, what has been, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import get_language

from samsvar.directory.cards import Card, cards_of
from samsvar.directory.kinds import UNITS, UnitKind
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.routes import Answer, find_way
from samsvar.directory.selectors.entries import entries, entries_of_kind
from samsvar.law.kinds import Basis
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import RECEIVERS_STEPS, SENDERS_STEPS, Pathway, Referral, ReferralEntry, ReferralState
from samsvar.referrals.pack import Kind, Open, Track, open_between, pack, template
from samsvar.referrals.selectors.known import open_ways
from samsvar.referrals.services import of_receiver, of_sender
from samsvar.referrals.services.asking import bases_of, basis_rule, receipt_of
from samsvar.referrals.services.passing import consent_of
from samsvar.referrals.transitions import waiting_rule
from samsvar.sharing.models import Consent

LISTED = 100


def own_entries(actor: Actor, place_id: UUID) -> list[DirectoryEntry]:
    """The pages of the actor's own unit, in whose name it can send."""
    own = entries(actor, place_id).filter(authority_id__in=actor.authority_ids, outside="")
    return list((own.filter(unit_id=actor.unit_id) if actor.unit_id else own.filter(unit=None))[:10])


@dataclass(frozen=True)
class Choice:
    """What can go from one's unit to another: the open templates, or the right way round."""

    sender: DirectoryEntry
    receiver: DirectoryEntry
    answer: Answer
    opened: tuple[Open, ...]
    # Where the right way begins, and which units stand there.
    first: UnitKind | None = None
    doors: Sequence[DirectoryEntry] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether the matrix says nothing of a referral."""
        return not self.answer.ways


def choice(actor: Actor, sender: DirectoryEntry, receiver: DirectoryEntry) -> Choice:
    """What the actor's unit may ask of another, and where to go when it may not go straight."""
    one, two = UnitKind(sender.kind), UnitKind(receiver.kind)
    answer = find_way(one, two)
    first = answer.stations[1] if answer.is_shut else None
    doors = list(entries_of_kind(actor, receiver.partnership_id, first)) if first else []
    # To a unit that is not here nothing goes; one writes or rings.
    opened = () if receiver.outside or receiver.closed_on else open_between(one, two)
    return Choice(sender, receiver, answer, opened, first, doors)


def _rows() -> QuerySet[Referral]:
    names = ("from_entry", "to_entry", "by")
    heavy = [f"{one}__{column}" for one in names[:2] for column in DirectoryEntry.FOR_SEARCH]
    return Referral.objects.select_related(*names).defer(*heavy)


@dataclass(frozen=True)
class Box:
    """A unit's own: drafts, what is asked of it, and what it has asked."""

    drafts: list[Referral] = field(default_factory=list)
    received: list[Referral] = field(default_factory=list)
    sent: list[Referral] = field(default_factory=list)
    over: list[Referral] = field(default_factory=list)
    page: Page | None = None

    @property
    def citizen_ids(self) -> list[str]:
        """For the log: whose names stand in it."""
        rows = (*self.drafts, *self.received, *self.sent, *self.over)
        return sorted({str(row.citizen_id) for row in rows})


def box(actor: Actor, side: str | None = None) -> Box:
    """A page of all that the actor's unit has a part in; what waits longest stands first. Two queries."""
    rows = _rows().order_by(F("closed_at").desc(nulls_first=True), "due_at", "sent_at", "at", "id")
    found = Box(page=Paginator(rows, LISTED).get_page(side))
    for row in found.page or ():
        if row.state == ReferralState.DRAFT:
            found.drafts.append(row)
        elif row.is_over:
            found.over.append(row)
        elif of_receiver(actor, row):
            found.received.append(row)
        else:
            found.sent.append(row)
    return found


def find_referral(actor: Actor, referral_id: UUID) -> Referral | None:
    """One that the actor's unit has a part in, or None."""
    return _rows().filter(pk=referral_id).first()


def find_wish(actor: Actor, referral_id: UUID) -> Referral | None:
    """Another unit's wish for a tovholder, sent to the actor's unit (R-003-17), or None."""
    return _sent_here(actor, referral_id, Kind.COORDINATOR)


def find_tip(actor: Actor, referral_id: UUID) -> Referral | None:
    """Another unit's wish that somebody is sought out, sent to the actor's unit (L2497-2505), or None."""
    return _sent_here(actor, referral_id, Kind.OUTREACH)


def _sent_here(actor: Actor, referral_id: UUID, kind: Kind) -> Referral | None:
    row = find_referral(actor, referral_id)
    return row if row is not None and row.kind is kind and of_receiver(actor, row) else None


def receivers(actor: Actor) -> list[DirectoryEntry]:
    """The units to which the matrix lets the actor's own unit send, in all its partnerships."""
    found: list[DirectoryEntry] = []
    for place_id in actor.partnership_ids:
        own = own_entries(actor, place_id)
        kinds = {
            two.value
            for one in own
            for two in UNITS
            if [each for each in open_between(UnitKind(one.kind), two) if each.template.key != "statement"]
        }
        there = entries(actor, place_id).filter(kind__in=kinds, outside="").exclude(pk__in=[one.pk for one in own])
        found += there[:LISTED]
    return found


def better_doors(actor: Actor, row: Referral) -> list[DirectoryEntry]:
    """Units that whoever says no may point at: all of the directory but the two."""
    there = entries(actor, row.partnership_id).exclude(pk__in=[row.from_entry_id, row.to_entry_id])
    return list(there[:LISTED])


@dataclass(frozen=True)
class ReferralPage:
    """One of them as one side sees it."""

    row: Referral
    sender: bool
    receiver: bool
    entries: list[ReferralEntry]
    consent: Consent | None
    missing: list[str]
    loop: list[Referral]
    alongside: list[Referral]
    colour: str
    earlier: list[Referral]
    # The citizen's open way in the unit that has received it (R-002-22).
    pathway: Pathway | None = None
    # The sender's kind of authority keeps in touch with those who wait (AS-33).
    can_wait_with: bool = False
    # What it can be sent on now; one where nobody is asked to choose.
    bases: tuple[Basis, ...] = ()

    @property
    def receipt(self) -> str:
        """What the sender was told when it was there (R-002-57)."""
        return receipt_of(self.row)

    @property
    def own_rule(self) -> str:
        """The rule on which one's own authority is told without a yes, with what is not checked of it; else empty."""
        return _law(Basis.OWN) if self.bases == (Basis.OWN,) else ""

    @property
    def basis_help(self) -> str:
        """Where several can be chosen, the rule of the cooperation, with what is not checked of it."""
        return _law(Basis.COOPERATION) if len(self.bases) > 1 and Basis.COOPERATION in self.bases else ""

    @property
    def needs_yes(self) -> bool:
        """Whether the citizen's yes is the first step: no other ground would carry it."""
        stands = self.consent is not None and self.consent.stands()
        return self.bases == (Basis.CONSENT,) and not stands

    @property
    def half_yes(self) -> Consent | None:
        """A yes that others must give too: it carries nothing yet (R-002-67)."""
        consent = self.consent
        return consent if consent and consent.missing and not consent.is_withdrawn() else None

    @property
    def asked_too(self) -> list[tuple[str, bool]]:
        """Who must say yes too, and whether they have said no."""
        half = self.half_yes
        return [(name, name in half.refused) for name in half.missing] if half else []

    @property
    def cards(self) -> list[Card]:
        """What the sender may do without anybody's yes."""
        return [card for card in cards_of(self.row.from_kind)[0] if card.without_consent]

    @property
    def tracks(self) -> list[tuple[Track, list[Referral]]]:
        """Both tracks of a dual diagnosis with what is under way on each; empty where only one is (R-002-141)."""
        return _by_track([one for one in (self.row, *self.alongside) if not one.is_over])

    @property
    def loop_tracks(self) -> list[tuple[Track, list[Referral]]]:
        """Both tracks, where each of them says that the other goes first."""
        return _by_track(self.loop)

    @property
    def can(self) -> frozenset[str]:
        """Which states the receiver may bring it to now, by name."""
        return (
            frozenset(two.value for one, two in RECEIVERS_STEPS if one == self.row.state)
            if self.receiver
            else frozenset()
        )

    @property
    def can_withdraw(self) -> bool:
        """Whether the sender may take it back now."""
        return self.sender and (self.row.state, ReferralState.WITHDRAWN) in SENDERS_STEPS

    @property
    def can_say(self) -> bool:
        """Whether the thread takes a message from this side."""
        return not self.row.is_over and (self.sender or self.row.kind is not Kind.NOTIFICATION)


def page(actor: Actor, row: Referral) -> ReferralPage:
    """What a page shows; a constant number of queries."""
    thread = list(
        ReferralEntry.objects.filter(referral=row).select_related("authority", "by", "instead").order_by("at", "id")
    )
    others = list(_rows().filter(citizen_id=row.citizen_id).exclude(pk=row.pk).order_by("-at", "id")[:LISTED])
    missing: list[str] = next((one.items for one in reversed(thread) if one.kind == "returned"), [])
    colour = next((one.items[0] for one in reversed(thread) if one.inner and one.items), "")
    sender = of_sender(actor, row)
    ways = open_ways(actor, row.citizen_id).filter(entry=row.to_entry_id).order_by("id")
    return ReferralPage(
        row=row,
        sender=sender,
        receiver=of_receiver(actor, row),
        entries=thread,
        consent=consent_of(row),
        missing=missing if row.state == ReferralState.RETURNED else [],
        loop=_loop([row, *others]),
        alongside=[one for one in others if sender and not one.is_over and of_sender(actor, one)],
        colour=pack().answers[colour].label if colour in pack().answers else "",
        # All notifications about one child stand together (R-002-54).
        earlier=[
            one for one in others if one.kind is Kind.NOTIFICATION and row.kind is Kind.NOTIFICATION and one.sent_at
        ],
        pathway=ways.first() if of_receiver(actor, row) else None,
        bases=bases_of(actor, row),
        can_wait_with=sender and row.is_waiting and waiting_rule(actor.authority_kind) is not None,
    )


def _law(basis: Basis) -> str:
    rule = basis_rule(basis)
    lang = get_language()
    return f"{rule.short(lang)}. {rule.caution(lang)}".strip() if rule else ""


def _by_track(rows: Sequence[Referral]) -> list[tuple[Track, list[Referral]]]:
    """What belongs to which track; empty unless each has some."""
    given = [one for one in rows if one.kind is Kind.REFERRAL]
    found = [(track, [one for one in given if one.to_kind in track.kinds]) for track in pack().tracks]
    return found if all(theirs for _track, theirs in found) else []


def _loop(rows: Sequence[Referral]) -> list[Referral]:
    """Refusals of one citizen in which each of two units says that another must go first; empty when there is none."""
    found = [one for one in rows if one.state == ReferralState.REFUSED and _loops(one)]
    return found if len({one.to_entry_id for one in found}) > 1 else []


def _loops(row: Referral) -> bool:
    reason = pack().reasons.get(row.reason)
    return bool(reason and reason.loops)


@dataclass(frozen=True)
class Raised:
    """Something for a leader, without a citizen: what, which units, from whom, what was asked, since when."""

    what: str
    units: list[str]
    sender: str
    template: str
    since: datetime

    @property
    def is_loop(self) -> bool:
        """Whether two units say that the other must go first."""
        return self.what == "loop"

    @property
    def is_soon(self) -> bool:
        """Whether its hours are not out yet, and will be (R-002-55)."""
        return self.what == "soon"

    @property
    def asked(self) -> str:
        """What was asked, in the reader's language."""
        return template(self.template).label if self.template else ""


def raised(actor: Actor) -> list[Raised]:
    """What a leader should see: past its day in the own authority, and refusals that go in a ring."""
    if not actor.is_any("releaser"):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select what, units, sender, template, since from referrals_raised()")
        return [Raised(*row) for row in cursor.fetchall()]

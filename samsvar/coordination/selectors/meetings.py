"""What a network meeting shows: last time's agreements first, then who comes and what for."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from samsvar.coordination.models import (
    AgreementState,
    CareNetwork,
    MeetingState,
    MeetingWishes,
    NetworkAgreement,
    NetworkContact,
    NetworkInvitee,
    NetworkMeeting,
)
from samsvar.coordination.selectors.networks import around
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class MeetingPage:
    """One network meeting, for those inside."""

    meeting: NetworkMeeting
    left: list[NetworkAgreement]
    agreed: list[NetworkAgreement]
    invitees: list[NetworkInvitee]
    others: list[NetworkContact]
    wishes: MeetingWishes | None

    @property
    def can_invite(self) -> bool:
        """Whether the citizen has said who comes, and there is a purpose, a day and a place."""
        one = self.meeting
        return bool(self.wishes and one.clear and one.starts_at and one.place)

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come."""
        return self.meeting.starts_at is not None and self.meeting.starts_at <= timezone.now()

    @property
    def waits(self) -> bool:
        """Whether somebody on the list is not invited yet."""
        return any(one.invited_on is None for one in self.invitees)


@dataclass(frozen=True)
class Meetings:
    """The network meetings of one citizen, as a network's page has them."""

    coming: list[NetworkMeeting]
    held: list[NetworkMeeting]
    open: list[NetworkAgreement]


def meetings_of(actor: Actor, network: CareNetwork) -> Meetings:
    """Those to come, the nearest first, those held, and what was agreed and is not in effect yet."""
    rows = list(
        NetworkMeeting.objects.filter(network=network)
        .exclude(state=MeetingState.CALLED_OFF)
        .order_by("starts_at", "at", "id")
    )
    agreements = NetworkAgreement.objects.filter(network=network, state=AgreementState.OPEN)
    return Meetings(
        coming=[one for one in rows if one.is_open],
        held=[one for one in reversed(rows) if not one.is_open],
        open=list(agreements.order_by("due_on", "at", "id")),
    )


def find_meeting(actor: Actor, network: CareNetwork, meeting_id: UUID) -> NetworkMeeting | None:
    """A meeting of this network."""
    return NetworkMeeting.objects.select_related("network").filter(network=network, pk=meeting_id).first()


def meeting_page(actor: Actor, meeting: NetworkMeeting) -> MeetingPage:
    """All of one meeting; a constant number of queries."""
    agreements = list(
        NetworkAgreement.objects.filter(network=meeting.network)
        .select_related("meeting")
        .order_by("due_on", "at", "id")
    )
    invitees = list(
        NetworkInvitee.objects.filter(meeting=meeting).select_related("contact").order_by("contact__name", "id")
    )
    on = {one.contact_id for one in invitees}
    contacts = around(actor, meeting.network)
    return MeetingPage(
        meeting=meeting,
        left=[one for one in agreements if one.state == AgreementState.OPEN and _before(one.meeting, meeting)],
        agreed=[one for one in agreements if one.meeting_id == meeting.pk],
        invitees=invitees,
        wishes=wishes_of(actor, meeting),
        others=[one for one in contacts.order_by("role", "name", "id") if one.pk not in on],
    )


def wishes_of(actor: Actor, meeting: NetworkMeeting) -> MeetingWishes | None:
    """What the citizen has said about who comes."""
    return MeetingWishes.objects.filter(meeting=meeting).first()


def _before(one: NetworkMeeting, other: NetworkMeeting) -> bool:
    """Whether one meeting lies before the other; one without a day comes after all that have one."""
    if one.pk == other.pk or one.starts_at is None:
        return False
    return other.starts_at is None or one.starts_at < other.starts_at


def find_invitee(actor: Actor, meeting: NetworkMeeting, invitee_id: UUID) -> NetworkInvitee | None:
    """Somebody on the list of a meeting."""
    return (
        NetworkInvitee.objects.select_related("contact", "meeting__network")
        .filter(meeting=meeting, pk=invitee_id)
        .first()
    )


def find_agreement(actor: Actor, network: CareNetwork, agreement_id: UUID) -> NetworkAgreement | None:
    """Something agreed in this network."""
    return NetworkAgreement.objects.select_related("network").filter(network=network, pk=agreement_id).first()

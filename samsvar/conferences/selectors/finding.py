"""The conferences of the actor's groups, and each row of one that the actor may see."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from samsvar.conferences.models import (
    ConferenceCase,
    ConferenceItem,
    ConferenceStep,
    MatterParty,
    MatterPerson,
    Participant,
)
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.partnerships.models import Authority, Group, GroupModel
from samsvar.postgres.actor import Actor

MOST_HELD = 60


MOST_MATTERS = 300


def groups(actor: Actor) -> list[Group]:
    """The groups of this kind at whose table the actor sits."""
    return list(
        Group.objects.filter(pk__in=actor.group_ids, model=GroupModel.CONFERENCE)
        .select_related("partnership")
        .order_by("name", "id")
    )


def meetings_of(actor: Actor, of: Sequence[Group]) -> list[Meeting]:
    """The coming meetings of these groups, the nearest first, and then the newest held."""
    rows = Meeting.objects.filter(group__in=of).exclude(state=MeetingState.CALLED_OFF)
    coming = list(rows.filter(state=MeetingState.PLANNED).order_by("starts_at", "id")[:MOST_HELD])
    return coming + list(rows.filter(state=MeetingState.HELD).order_by("-starts_at", "id")[:MOST_HELD])


def coming(actor: Actor, group_id: UUID) -> list[Meeting]:
    """The group's next meetings, at which a matter can be raised."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.filter(group_id=group_id, state=MeetingState.PLANNED, starts_at__gte=today)
    return list(rows.order_by("starts_at", "id")[:4])


def matters_of(actor: Actor, of: Sequence[Group]) -> list[ConferenceCase]:
    """The matters that the actor's authority works with, the newest first, with how often each was raised."""
    return list(
        ConferenceCase.objects.filter(group_id__in=[one.pk for one in of], pk__in=_mine(actor))
        .annotate(times=Count("items"))
        .order_by("-number", "id")[:MOST_MATTERS]
    )


def _mine(actor: Actor) -> Iterable[UUID]:
    return MatterParty.objects.filter(authority_id__in=actor.authority_ids).values_list("matter_id", flat=True)


def mine(actor: Actor, group_id: UUID) -> list[UUID]:
    """Ids of the matters of a group that the actor's authority works with."""
    return list(
        MatterParty.objects.filter(authority_id__in=actor.authority_ids, group_id=group_id).values_list(
            "matter_id", flat=True
        )
    )


def seated(actor: Actor, group_id: UUID) -> list[Authority]:
    """The authorities that sit in a group today."""
    today = timezone.localdate()
    return list(
        Authority.objects.filter(
            Q(capacities__memberships__until=None) | Q(capacities__memberships__until__gte=today),
            capacities__memberships__group=group_id,
        )
        .distinct()
        .order_by("name", "id")
    )


def find_meeting(actor: Actor, meeting_id: UUID) -> Meeting | None:
    """A meeting of a Samarbejdsenhed in which the actor sits, or None."""
    return (
        Meeting.objects.select_related("group__partnership")
        .filter(pk=meeting_id, group__model=GroupModel.CONFERENCE, group_id__in=actor.group_ids)
        .first()
    )


def find_item(actor: Actor, item_id: UUID) -> ConferenceItem | None:
    """An item whose words the actor reads, or None: to others there is a number and no page."""
    return (
        ConferenceItem.objects.select_related(
            "matter", "meeting__group__partnership", "authority", "presenter", "words"
        )
        .filter(pk=item_id, matter__in=_mine(actor))
        .first()
    )


def find_slot(actor: Actor, item_id: UUID) -> ConferenceItem | None:
    """An item as the group sees it: its place in the order, whoever works with it."""
    return (
        ConferenceItem.objects.select_related("meeting__group__partnership", "matter")
        .filter(pk=item_id, meeting__group__model=GroupModel.CONFERENCE)
        .first()
    )


def find_matter(actor: Actor, matter_id: UUID) -> ConferenceCase | None:
    """A matter that the actor's authority works with, or None."""
    return ConferenceCase.objects.select_related("authority").filter(pk=matter_id, pk__in=_mine(actor)).first()


def find_step(actor: Actor, step_id: UUID) -> ConferenceStep | None:
    """A step of a matter that the actor's authority works with, or None."""
    return ConferenceStep.objects.select_related("matter", "item").filter(pk=step_id).first()


def find_person(actor: Actor, matter: ConferenceCase, who_id: UUID) -> MatterPerson | None:
    """The own authority's row of who a matter is about, or None."""
    return MatterPerson.objects.filter(pk=who_id, matter=matter, authority_id__in=actor.authority_ids).first()


def find_participant(actor: Actor, meeting: Meeting, participant_id: UUID) -> Participant | None:
    """Somebody without an account at this meeting, or None."""
    return Participant.objects.filter(pk=participant_id, meeting=meeting).first()


def persons_of(actor: Actor, matter_id: UUID) -> list[MatterPerson]:
    """Whom the actor knows of those that a matter is about."""
    return list(
        MatterPerson.objects.filter(matter=matter_id).select_related("authority", "consent").order_by("at", "id")
    )


def parties_of(actor: Actor, matter_id: UUID) -> list[Authority]:
    """The authorities that work with a matter, in the order in which they came."""
    rows = MatterParty.objects.filter(matter=matter_id).select_related("authority").order_by("at", "id")
    return [row.authority for row in rows]

"""Writing, sending, reading, approving and amending the minutes (000 section 3.2; R-000-128, R-000-130)."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.cases.services.errors import Overtaken
from samsvar.meetings.models import AgendaItem, Amendment, Meeting, MeetingState, MinutesRead
from samsvar.meetings.selectors.minutes import Doubt, Minutes, doubts, minutes_of
from samsvar.meetings.services.errors import MeetingError, refuse_cpr
from samsvar.partnerships.models import GroupModel
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish_own, lay


class InDoubt(MeetingError):
    """Some places may show who a citizen is. Sending all the same must be said once more; nothing was sent."""

    def __init__(self, places: Sequence[Doubt]) -> None:
        self.places = list(places)
        super().__init__(
            ngettext(
                "Se på %(count)s sted, før referatet sendes.",
                "Se på %(count)s steder, før referatet sendes.",
                len(self.places),
            )
            % {"count": len(self.places)}
        )


def add_words(actor: Actor, meeting: Meeting, case: Case, text: str, *, seen: str) -> None:
    """Add words to a case's section until the minutes are approved.

    `seen` is the text that was being edited. Raises Overtaken when somebody else has written meanwhile, or the minutes
    have been approved; MeetingError while the meeting runs, or for a CPR number.
    """
    refuse_cpr(text)
    if meeting.state != MeetingState.HELD:
        raise MeetingError(_("Mødet er ikke slut. Skriv det i beslutningen."))
    item = AgendaItem.objects.filter(meeting=meeting, case=case)
    if not item.filter(added=seen, meeting__approved_at=None).update(added=text, added_at=timezone.now()):
        raise Overtaken(_("En anden har skrevet imens, eller referatet er godkendt. Din tekst er ikke gemt."))
    changed(meeting, frame=False)
    _log(actor, Act.CHANGE, meeting, {"part": "words"}, case)


def changed(meeting: Meeting, *, frame: bool = True) -> None:
    """What has been sent has a new version when it is changed, so that one sees who has read the old.

    `frame` is what the whole group reads; a section's row says itself when it was changed, to those who read it.
    """
    Meeting.objects.filter(pk=meeting.pk, approved_at=None).exclude(minutes_sent_at=None).update(
        minutes_version=F("minutes_version") + 1, **({"frame_changed_at": timezone.now()} if frame else {})
    )


def finish(actor: Actor, meeting: Meeting) -> None:
    """What follows when a meeting is over: who raised a worry hears that it was acted on (R-000-25)."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings_answer_raisers(%s)", [meeting.pk])


def send(actor: Actor, meeting: Meeting, *, all_the_same: bool = False) -> Minutes:
    """Put the minutes on the table of each who sits in the group today, and of nobody else.

    They are looked through first, as far as the actor reads them; the rest was looked through when it was typed. Raises
    InDoubt with the places, unless `all_the_same`; MeetingError for a meeting that is not over or was sent before.
    """
    here = Meeting.objects.select_related("group__partnership").filter(pk=meeting.pk, state=MeetingState.HELD).first()
    if here is None:
        raise MeetingError(_("Mødet er ikke slut, så der er intet referat at sende."))
    minutes = minutes_of(actor, here)
    found = doubts(minutes)
    if found and not all_the_same:
        raise InDoubt(found)
    if not Meeting.objects.filter(pk=here.pk, minutes_sent_at=None, approved_at=None).update(
        minutes_sent_at=timezone.now()
    ):
        raise MeetingError(_("Referatet er allerede sendt."))
    is_conference = here.group.model == GroupModel.CONFERENCE
    for one in minutes.members:
        capacity = one.membership.capacity
        if capacity.person_id != actor.person_id and one.membership.until is None:
            lay(
                actor,
                TaskKind.READ_MINUTES,
                partnership_id=here.partnership_id,
                authority_id=capacity.authority_id,
                subject_kind="conference_minutes" if is_conference else "minutes",
                subject_id=here.pk,
                group_id=here.group_id,
                person_id=capacity.person_id,
            )
    _log(actor, Act.CHANGE, here, {"part": "sent", "in_doubt": len(found)})
    mark_read(actor, here)
    return minutes


def mark_read(actor: Actor, meeting: Meeting) -> None:
    """The actor has read the minutes as they stand now. Safe to repeat; nothing for minutes that have not been sent."""
    version = (
        Meeting.objects.filter(pk=meeting.pk)
        .exclude(minutes_sent_at=None)
        .values_list("minutes_version", flat=True)
        .first()
    )
    if version is None:
        raise MeetingError(_("Referatet er ikke sendt endnu."))
    MinutesRead.objects.bulk_create(
        [
            MinutesRead(
                partnership_id=meeting.partnership_id,
                meeting=meeting,
                group_id=meeting.group_id,
                person_id=actor.person_id,
                authority_id=actor.authority_id,
                version=version,
            )
        ],
        ignore_conflicts=True,
    )
    finish_own(actor, TaskKind.READ_MINUTES, meeting.pk)
    _log(actor, Act.CHANGE, meeting, {"part": "read", "version": version})


def amend(actor: Actor, meeting: Meeting, text: str, reason: str, case: Case | None = None) -> Amendment:
    """Add to approved minutes what they should have said, and why.

    Raises MeetingError before they are approved, without a why, or for a CPR number.
    """
    refuse_cpr(text, reason)
    if not Meeting.objects.filter(pk=meeting.pk).exclude(approved_at=None).exists():
        raise MeetingError(_("Referatet er ikke godkendt endnu, så ret det i stedet."))
    if not (text.strip() and reason.strip()):
        raise MeetingError(_("Skriv rettelsen, og hvorfor den er nødvendig."))
    row = Amendment(
        partnership_id=meeting.partnership_id,
        meeting=meeting,
        group_id=meeting.group_id,
        case=case,
        authority_id=actor.authority_id,
        text=text.strip(),
        reason=reason.strip(),
        by_id=actor.person_id,
    )
    row.save(force_insert=True)
    _log(actor, Act.CHANGE, meeting, {"part": "amended"}, case)
    return row


def _log(actor: Actor, act: Act, meeting: Meeting, detail: dict, case: Case | None = None) -> None:
    if case is None:
        record(actor, act, "minutes", meeting.pk, partnership_id=meeting.partnership_id, detail=detail)
        return
    record(
        actor,
        act,
        "minutes",
        meeting.pk,
        partnership_id=meeting.partnership_id,
        case_id=case.pk,
        citizen_id=case.citizen_id,
        detail=detail,
    )

"""The invitation to a network meeting and its minutes, for the citizen and for those the citizen wants there."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.calendar.words import clock
from samsvar.coordination.models import CareCoordinator, NetworkAgreement, NetworkMeeting
from samsvar.coordination.papers import on_paper
from samsvar.coordination.selectors.meetings import MeetingPage
from samsvar.documents.paper import Part, facts, heading, points, text
from samsvar.documents.words import in_full


def invitation(meeting: NetworkMeeting, coordinator: CareCoordinator | None) -> bytes:
    """One letter for all who are invited: it names no citizen and says nothing of why there is a network."""
    return on_paper(
        meeting.network,
        _("Invitation til netværksmøde"),
        [
            text(_("Du er inviteret, fordi den, mødet handler om, gerne vil have dig med.")),
            facts([*when(meeting), (_("Hvad det er til"), meeting.purpose)]),
            text(_("Det er ikke et beslutningsmøde. Vi taler om, hvad der kan hjælpe, og hvem der gør hvad.")),
            *(
                [
                    heading(_("Ring, og sig, om du kommer")),
                    facts(
                        [
                            (_("Tovholder"), coordinator.name),
                            (_("Telefon"), coordinator.phone),
                            (_("Træffes"), coordinator.hours),
                        ]
                    ),
                ]
                if coordinator
                else []
            ),
        ],
    )


def minutes(page: MeetingPage) -> bytes:
    """What was said and agreed, in the order in which the citizen will read it: the agreements first."""
    meeting = page.meeting
    parts: list[Part] = [facts([*when(meeting), (_("Hvad det var til"), meeting.purpose or _("Ikke skrevet"))])]
    if page.agreed:
        parts += [heading(_("Det blev aftalt")), points(agreement(one) for one in page.agreed)]
    if meeting.minutes:
        parts += [heading(_("Det talte vi om")), text(meeting.minutes)]
    if page.left:
        parts += [
            heading(_("Det står stadig fra før")),
            points(agreement(one) for one in page.left),
        ]
    return on_paper(meeting.network, _("Referat af netværksmøde"), parts)


def agreement(one: NetworkAgreement) -> str:
    """What was agreed on one line: whose it is, what, and until when."""
    return f"{one.owner}: {one.said} ({in_full(one.due_on)})" if one.due_on else f"{one.owner}: {one.said}"


def when(meeting: NetworkMeeting) -> list[tuple[str, str]]:
    """When and where it is, as far as that is agreed."""
    if meeting.starts_at is None:
        return [(_("Hvornår"), _("Ikke aftalt endnu"))]
    local = timezone.localtime(meeting.starts_at)
    said = f"{in_full(local.date())} {clock(local.time(), translation.get_language())}"
    return [(_("Hvornår"), said), (_("Hvor"), meeting.place or _("Ikke aftalt endnu"))]

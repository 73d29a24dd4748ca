"""What happened to a citizen, and whom it was told: an admission at night is known within the minute (002 section 2.3).

An event is written and released by a named person of the authority that holds it. It goes by itself only to those whom
the citizen's standing yes names for events; each delivery is a disclosure (decisions.md).
"""

from datetime import date, datetime, time
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models.doctor import ANSWERS, FROM_DOCTOR, TO_DOCTOR, Aftercare, MessageAnswer
from samsvar.coordination.models.meetings import NetworkMeeting
from samsvar.coordination.models.networks import CareNetwork, NetworkReader, place_words
from samsvar.partnerships.models import Authority, Notice, Unit
from samsvar.postgres.models import PartnershipRow


class EventKind(models.TextChoices):
    """What can happen that others must know of."""

    ADMISSION = "admission", _("Indlagt")
    DISCHARGE = "discharge", _("Udskrevet")
    LEAVE = "leave", _("På udgang")
    PLAN_CHANGE = "plan_change", _("Planen er ændret")
    NO_SHOW = "no_show", _("Udeblevet")
    IMPRISONMENT = "imprisonment", _("Fængslet")
    RELEASE = "release", _("Løsladt")
    MOVE = "move", _("Flyttet")
    WORSE = "worse", _("Har det meget dårligt")
    PAUSE = "pause", _("Vi holder pause")
    RESUME = "resume", _("Vi er i gang igen")
    # Each has a page or a button of its own (ASIDE below).
    CALL = "call", _("Indkalder til netværksmøde")
    ASK = "ask", _("Spørgsmål til jer")
    CONTACT = "contact", _("Har kontakten")
    # Messages to and from the own doctor (models/doctor.py).
    BREAKDOWN = "breakdown", _("På vej mod sammenbrud")
    COMPULSION = "compulsion", _("Tvangsindlæggelse overvejes")
    MEDICINE = "medicine", _("Medicinen ændres")
    AFTERCARE = "aftercare", _("Efterbehandling")
    CONFERENCE = "conference", _("Behandlingskonference holdt")
    EPIKRISE = "epikrise", _("Epikrise sendt")
    INVITATION = "invitation", _("Invitation til netværksmøde")
    REFERRAL = "referral", _("Fælles henvisning")
    CONCERN = "concern", _("Bekymringsbrev fra egen læge")


# A network meeting called from outside, which the tovholder gets; a question to one place; who holds the contact there.
ASIDE = (EventKind.CALL, EventKind.ASK, EventKind.CONTACT)
# Whoever stands back for a while says so for the own place, and why; and says when it is over (002/AS-19).
STANDS_BACK = (EventKind.PAUSE, EventKind.RESUME)

# What anybody let in for events can tell; the rest passes between the own doctor and the others, or has a page.
HAPPENINGS = [one for one in EventKind.choices if one[0] not in (*TO_DOCTOR, *FROM_DOCTOR, *ASIDE)]

# What can be told before the day (R-002-88).
PLANNED = (EventKind.ADMISSION, EventKind.DISCHARGE, EventKind.LEAVE, EventKind.RELEASE, EventKind.MOVE)


# To these there is nothing to say back: an invitation has answers of its own, and an epikrise is only read.
NOT_ANSWERED = ("invitation", "epikrise")
# A day without an hour: the first moment of it. Nobody writes midnight of a thing to come and means the minute.
NO_CLOCK = time(0)


class Urgency(models.TextChoices):
    """How an admission came about (R-004-121)."""

    ACUTE = "acute", _("Akut")
    PLANNED = "planned", _("Planlagt")


# Here there is a talk or a conference, to which the tovholder belongs (R-003-11).
TALKED_OVER = (EventKind.ADMISSION, EventKind.DISCHARGE)


class CareEvent(PartnershipRow):
    """Hændelse: one line about what happened. A draft is its unit's own; once released nothing of it is rewritten."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="events")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("hvad er der sket"), max_length=12, choices=EventKind.choices)
    happened_at = models.DateTimeField(_("hvornår"))
    text = models.CharField(_("med få ord"), max_length=600, blank=True)
    # Both of an admission alone.
    urgency = models.CharField(_("akut eller planlagt"), max_length=8, choices=Urgency.choices, blank=True)
    long_stay = models.BooleanField(_("ventes at vare en måned eller mere"), default=False)
    # The next four are of messages to and from the own doctor.
    call = models.CharField(_("ring til"), max_length=120, blank=True)
    aftercare = models.CharField(_("efterbehandling"), max_length=8, choices=Aftercare.choices, blank=True)
    # The citizen's yes to being visited by both the first time (R-003-140).
    joint = models.BooleanField(_("må komme sammen første gang"), default=False)
    meeting = models.ForeignKey(NetworkMeeting, on_delete=models.PROTECT, null=True, related_name="+")
    # Counts the times a draft was written anew: nobody overwrites or releases what they have not seen.
    version = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("hændelse")
        indexes = [models.Index(fields=["network", "-happened_at"], name="care_event_by_network")]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None, released_at=None)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="care_event_is_released_by_somebody",
                violation_error_message=_("En hændelse frigives af en person med navn."),
            ),
            models.CheckConstraint(
                condition=Q(kind="invitation") & Q(meeting__isnull=False) | ~Q(kind="invitation") & Q(meeting=None),
                name="care_event_invites_to_a_meeting",
                violation_error_message=_("Vælg det netværksmøde, lægen inviteres til."),
            ),
        ]

    @property
    def is_ahead(self) -> bool:
        """Whether it is planned, and has not happened yet."""
        return self.happened_at > timezone.now()

    @property
    def moment(self) -> date | datetime:
        """When it happened; of what was planned without an hour, the day."""
        then = timezone.localtime(self.happened_at)
        return then.date() if self.kind in PLANNED and then.time() == NO_CLOCK else self.happened_at

    @property
    def what(self) -> str:
        """The kind in words; what lies ahead is said to be planned."""
        said = str(EventKind(self.kind).label)
        if self.urgency == Urgency.ACUTE:
            said = gettext("%(what)s akut") % {"what": said}
        elif self.urgency == Urgency.PLANNED and not self.is_ahead:
            said = gettext("%(what)s som planlagt") % {"what": said}
        return gettext("%(what)s (planlagt)") % {"what": said} if self.is_ahead and self.kind in PLANNED else said

    @property
    def advice(self) -> str:
        """What the text of a discharge always tells the citizen (R-002-47); empty for other kinds."""
        return gettext("Kom igen, hvis det bliver værre.") if self.kind == EventKind.DISCHARGE else ""

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What a receiver can say back in the press that says it is read."""
        return [] if self.kind in NOT_ANSWERED else [(one.value, str(one.label)) for one in MessageAnswer]

    @property
    def joint_words(self) -> str:
        """Whether both may come together the first time; empty for all but a joint referral."""
        if self.kind != EventKind.REFERRAL:
            return ""
        if self.joint:
            return gettext("Borgeren har sagt ja til, at I kommer sammen første gang.")
        return gettext("I må ikke komme sammen første gang. Det har borgeren ikke sagt ja til.")

    @property
    def who(self) -> str:
        """The unit and authority that tells it."""
        return place_words(self.unit, self.authority)


def receiver_words(reader_id: UUID | None, unit: Unit | None, authority: Authority) -> str:
    """Whom an event reaches: the place behind a door, or without one those inside."""
    if reader_id is None:
        return gettext("Tovholderen, %(place)s") % {"place": authority.name}
    return place_words(unit, authority)


class CareEventDelivery(PartnershipRow):
    """One receiver that a released event reached: at once, and read by whom, when.

    `reader` is the door that the citizen opened; without one the receiver is those inside, the tovholder.
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(CareEvent, on_delete=models.PROTECT, related_name="deliveries")
    reader = models.ForeignKey(NetworkReader, on_delete=models.PROTECT, null=True, related_name="+")
    from_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # As the receiver wanted it on the day it was told (R-002-6).
    form = models.CharField(
        _("sådan vil de have besked"),
        max_length=8,
        choices=Notice.choices,
        default=Notice.SCREEN,
        db_default=Notice.SCREEN,
    )
    read_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    # What a practice says to an invitation, which is read by answering; or what anybody says back to a message.
    answer = models.CharField(_("svar"), max_length=10, choices=ANSWERS, blank=True)

    class Meta:
        verbose_name = _("besked om en hændelse")
        indexes = [
            models.Index(fields=["event"], name="event_delivery_by_event"),
            models.Index(fields=["authority"], condition=Q(read_at=None), name="event_delivery_not_read"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "reader"],
                nulls_distinct=False,
                name="event_delivered_once",
                violation_error_message=_("De har allerede fået besked."),
            ),
            models.CheckConstraint(
                condition=Q(read_by=None, read_at=None) | Q(read_by__isnull=False, read_at__isnull=False),
                name="event_delivery_is_read_by_somebody",
                violation_error_message=_("Det er læst af en person med navn."),
            ),
        ]

    @property
    def who(self) -> str:
        """The receiver in words."""
        return receiver_words(self.reader_id, self.unit, self.authority)

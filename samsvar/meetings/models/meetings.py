"""A meeting: a date, a group, its cases and one decision each (000 sections 2.9 to 2.11)."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.calendar import words
from samsvar.meetings.models.kinds import DEFAULT_PARTS, TEXT_PARTS, Part
from samsvar.partnerships.models import Hearing
from samsvar.postgres.models import PartnershipRow, Row


class MeetingState(models.TextChoices):
    """A meeting is planned, held, or called off."""

    PLANNED = "planned", _("Planlagt")
    HELD = "held", _("Holdt")
    CALLED_OFF = "called_off", _("Aflyst")


class Meeting(PartnershipRow):
    """When a group meets. Holds no citizen: its items do."""

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("hvornår"))
    minutes = models.PositiveSmallIntegerField(_("varighed i minutter"), default=120, db_default=120)
    place = models.CharField(_("hvor"), max_length=120, blank=True)
    kind = models.ForeignKey("meetings.MeetingKind", on_delete=models.PROTECT, null=True, related_name="+")
    # Its own copy of what its kind was when it was planned; none is what an operative group always has.
    parts = ArrayField(models.CharField(max_length=16, choices=Part.choices), default=list, blank=True, db_default=[])
    decides = models.BooleanField(_("mødet kan beslutte"), default=True, db_default=True)
    # The series it belongs to, the day the rule gave it, and whether it has since been moved by itself.
    series = models.ForeignKey("meetings.MeetingSeries", on_delete=models.PROTECT, null=True, related_name="meetings")
    series_day = models.DateField(null=True)
    moved_alone = models.BooleanField(default=False, db_default=False)
    # How often day, hour, length or place have changed: calendars take the highest for the latest (RFC 5545, SEQUENCE).
    sequence = models.PositiveSmallIntegerField(default=0, db_default=0)
    # The sequence at which day or hour last changed: what was answered before it was answered about another hour.
    asked_sequence = models.PositiveSmallIntegerField(default=0, db_default=0)
    state = models.CharField(_("status"), max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    theme_day = models.BooleanField(_("temadag"), default=False)
    notify_until = models.DateTimeField(_("sidste frist for at melde sager"), null=True, blank=True)
    orientation = models.TextField(_("orientering fra områderne"), max_length=4000, blank=True)
    general = models.TextField(_("generelle emner"), max_length=4000, blank=True)
    # What was written in the other parts, by the part's name.
    notes = models.JSONField(default=dict, blank=True, db_default={})
    held_at = models.DateTimeField(null=True)
    # When a later meeting of the group said that the minutes of this one are right.
    approved_at = models.DateTimeField(null=True)
    # When its minutes went to the members, and how often they have been changed since.
    minutes_sent_at = models.DateTimeField(null=True)
    minutes_version = models.PositiveSmallIntegerField(default=1, db_default=1)
    # When what the whole group reads of sent minutes was last changed; a section's own change stands with the section.
    frame_changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("møde")
        indexes = [models.Index(fields=["group", "starts_at"], name="meeting_by_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "starts_at"],
                # A meeting that is called off holds no hour: another one may be put there.
                condition=~models.Q(state=MeetingState.CALLED_OFF),
                name="meeting_once",
                violation_error_message=_("Gruppen har allerede et møde på det tidspunkt."),
            ),
            # Whatever becomes of it, the series has had its meeting of that day and does not plan it again.
            models.UniqueConstraint(fields=["series", "series_day"], name="series_day_once"),
        ]

    @property
    def said(self) -> str:
        """Day and hour in words; a meeting is never without its hour."""
        now = timezone.localtime()
        return words.moment(timezone.localtime(self.starts_at), now, get_language())

    @property
    def tells_theme(self) -> bool:
        """Whether it is to be said that it is a theme day: not where the name of its kind says so already."""
        return self.theme_day and not (self.kind and "temadag" in self.kind.name.casefold())

    @property
    def ends_at(self) -> datetime:
        """When it is meant to be over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def over_at(self) -> datetime:
        """When a held meeting was over."""
        return self.held_at or self.starts_at

    @property
    def part_list(self) -> list[Part]:
        """Its parts in order."""
        return [Part(name) for name in self.parts or DEFAULT_PARTS]

    @property
    def takes_cases(self) -> bool:
        """Whether cases are up at it."""
        return Part.CASES in self.part_list

    def text_of(self, part: str) -> str:
        """What stands in one of its parts."""
        if part in {Part.ORIENTATION, Part.GENERAL}:
            return str(getattr(self, part))
        return str(self.notes.get(part, ""))

    @property
    def written(self) -> list[tuple[Part, str]]:
        """The parts that somebody has written in, in order; last those that the meeting no longer is made of."""
        order = [*self.part_list, *(part for part in TEXT_PARTS if part not in self.part_list)]
        return [(part, text) for part in order if (text := self.text_of(part))]

    @property
    def takes_notice(self) -> bool:
        """Whether the last day for putting cases forward is still to come."""
        return self.notify_until is not None and self.notify_until > timezone.now()


class ItemKind(models.TextChoices):
    """The two kinds of case items."""

    FOLLOW_UP = "follow_up", _("Opfølgning på gamle sager")
    NEW = "new", _("Nye sager")


class Decision(models.TextChoices):
    """One decision per item (R-000-76 and decisions.md). None of them leaves a case without a holder."""

    PLACED = "placed", _("Handlingsansvaret placeres")
    NOTHING_NEW = "nothing_new", _("Intet nyt")
    FOLLOWED_UP = "followed_up", _("Fulgt op")
    AWAITING_INFORMATION = "awaiting_information", _("Afventer oplysninger")
    AWAITING_MANDATE = "awaiting_mandate", _("Afventer kompetence")
    WAIT_UNTIL = "wait_until", _("Afvent til en dato")
    NOT_PSP = "not_psp", _("Ikke PSP")
    GENERAL = "general", _("Generelt emne")
    NETWORK_MEETING = "network", _("Netværksmøde")
    # What the meeting did not come to, so that no item is without an outcome when it ends.
    POSTPONED = "postponed", _("Ikke nået: på næste dagsorden")
    CLOSED = "closed", _("Sagen afsluttes")


class AgendaItem(PartnershipRow):
    """One case at one meeting, and what was decided about it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    group_id = models.UUIDField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="agenda_items")
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(_("beslutning"), max_length=24, choices=Decision.choices, blank=True)
    note = models.TextField(_("indsats og fordeling"), max_length=1500, blank=True)
    dissent = models.CharField(_("afvigende mening"), max_length=400, blank=True)
    # Words for the minutes alone, until they are approved.
    added = models.TextField(_("føjet til referatet"), max_length=1500, blank=True, db_default="")
    added_at = models.DateTimeField(null=True)
    # How it stood when it was decided: a held meeting tells what was agreed, not what has happened since.
    holder = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, null=True, related_name="+")
    next_step = models.CharField(_("næste skridt"), max_length=200, blank=True)
    next_on = models.DateField(_("næste skridt hvornår"), null=True, blank=True)
    # What the table did about those who are not in the case (000 section 2.17, R-000-72).
    hearing = models.CharField(
        _("de, der ikke er med i sagen"), max_length=12, choices=Hearing.choices, blank=True, db_default=""
    )
    away = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name=_("ude under punktet"))
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    late = models.BooleanField(_("kom på ved mødet"), default=False)
    # The clock of the item: since when it is up at the table, and how long it was up before.
    opened_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("dagsordenspunkt")
        indexes = [models.Index(fields=["case"], name="item_by_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"],
                name="case_once_per_meeting",
                violation_error_message=_("Sagen er allerede på dagsordenen."),
            )
        ]


class Attendance(PartnershipRow):
    """Who came, who sent word, who stayed away (R-000-65)."""

    class State(models.TextChoices):
        PRESENT = "present", _("Til stede")
        PHONE = "phone", _("På telefon")
        EXCUSED = "excused", _("Afbud")
        ABSENT = "absent", _("Udeblevet")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    group_id = models.UUIDField()
    membership = models.ForeignKey("partnerships.Membership", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices)

    class Meta:
        verbose_name = _("fremmøde")
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="attendance_once")]


class GuestKind(models.TextChoices):
    """Who can be asked to come to one item (R-000-119; 000 section 4.8: the citizen and those the citizen chooses)."""

    CITIZEN = "citizen", _("Borgeren")
    COMPANION = "companion", _("Borgerens bisidder")
    OMBUD = "ombud", _("Borgerens personlige ombud")
    OTHER = "other", _("En anden, som borgeren har sagt ja til")


class Guest(PartnershipRow):
    """Somebody without an account who is there for one item, and for nothing before or after it.

    Whoever else than the citizen comes hears of the case, so there is a disclosure behind the row that rests on the
    citizen's yes. A guest has no login, no link and no minutes: when the item is over, so is the guest's part in it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="guests")
    group_id = models.UUIDField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(_("hvem kommer"), max_length=10, choices=GuestKind.choices)
    # Empty for the citizen, who is in the case.
    name = models.CharField(_("navn"), max_length=160, blank=True)
    comes_at = models.DateTimeField(_("hvornår"))
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("gæst ved et punkt")
        indexes = [models.Index(fields=["meeting", "case"], name="guest_by_item")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(who="citizen", name="") | (~models.Q(who="citizen") & ~models.Q(name="")),
                name="guest_has_a_name_or_is_the_citizen",
                violation_error_message=_("Skriv, hvem der kommer."),
            )
        ]

    @property
    def is_here(self) -> bool:
        """Whether the guest sits at the table now."""
        return self.arrived_at is not None and self.left_at is None

    @property
    def hour(self) -> str:
        """When the guest is expected, as the clock says it."""
        return words.clock(timezone.localtime(self.comes_at).time(), get_language())


class Invitation(PartnershipRow):
    """What a member has been sent about a meeting, and what the member answered. One row per seat and meeting."""

    class Answer(models.TextChoices):
        COMING = "coming", _("Kommer")
        PHONE = "phone", _("På telefon")
        DEPUTY = "deputy", _("Stedfortræder kommer")
        NOT_COMING = "not_coming", _("Kommer ikke")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    group_id = models.UUIDField()
    membership = models.ForeignKey("partnerships.Membership", on_delete=models.PROTECT, related_name="+")
    # What the last mail said; null before there was one. Written by the job that sends alone.
    sent_sequence = models.PositiveSmallIntegerField(null=True)
    sent_off = models.BooleanField(default=False, db_default=False)
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(_("svar"), max_length=12, choices=Answer.choices, blank=True, db_default="")
    answered_at = models.DateTimeField(null=True)
    answered_sequence = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("indkaldelse")
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="invitation_once")]


class MinutesRead(PartnershipRow):
    """A member's word that the minutes have been read, as they stood in this version."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reads")
    group_id = models.UUIDField()
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("læst referat")
        constraints = [models.UniqueConstraint(fields=["meeting", "person", "version"], name="minutes_read_once")]


class Amendment(PartnershipRow):
    """What is added to minutes that are approved: they stand as they were, and this beside them, with its reason.

    Without a case it belongs to the frame and the group reads it; with one it is its case's parties' (decisions.md).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="amendments")
    group_id = models.UUIDField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("rettelse"), max_length=1500)
    reason = models.CharField(_("hvorfor"), max_length=400)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rettelse til referat")
        indexes = [models.Index(fields=["meeting", "at"], name="amendment_by_meeting")]


class CalendarFeed(Row):
    """An address at which a calendar program fetches the meetings of one post. Who knows it reads, hence hashed."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    capacity = models.ForeignKey("partnerships.Capacity", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("kalenderadresse")
        constraints = [
            models.UniqueConstraint(
                fields=["capacity"], condition=models.Q(ended_at=None), name="one_calendar_feed_per_post"
            )
        ]


class Draft(PartnershipRow):
    """What somebody is writing at the live table: own row per person, item and field, gone when it is sent."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    # None for the frame of the meeting.
    case_id = models.UUIDField(null=True)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    text = models.TextField(max_length=4000)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kladde")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case_id", "person", "field"], name="draft_once", nulls_distinct=False
            )
        ]


class Pulse(Row):
    """How many times something has changed; `id` is a group's (what its whole table sees) or a case's. Never what."""

    version = models.BigIntegerField(default=0)
    changed_in = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("puls")

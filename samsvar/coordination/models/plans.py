"""Plans: the citizen's own goals first, then who does what by when (psykiatriloven §§ 13 a-b; serviceloven § 141).

A plan in force is never rewritten: a change is a new version, and the former stands. A line for another authority is a
proposal until that authority has accepted it.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models.meetings import NetworkMeeting
from samsvar.coordination.models.networks import CareNetwork, place_words
from samsvar.postgres.models import PartnershipRow


class PlanKind(models.TextChoices):
    """What kind of plan it is. Whether the citizen signs decides between the two at a discharge."""

    ACTION = "action", _("Handleplan")
    DISCHARGE = "discharge", _("Udskrivningsaftale")
    COORDINATION = "coordination", _("Koordinationsplan")
    JOINT = "joint", _("Fælles plan")
    CRISIS = "crisis", _("Kriseplan")
    ELSEWHERE = "elsewhere", _("Plan et andet sted")


# Both are the plan of a discharge; without the citizen's signature it is a koordinationsplan (L13).
OF_DISCHARGE = (PlanKind.DISCHARGE, PlanKind.COORDINATION)
# An admission opens these for revision: the gap in the agreement (R-004-131).
OPENED_BY_ADMISSION = (PlanKind.ACTION, PlanKind.JOINT)


class Discharge(models.TextChoices):
    """What kind of discharge it is (R-004-125), or a passage that asks for the same meeting (R-002-104)."""

    SIMPLE = "simple", _("Ukompliceret")
    COMPLEX = "complex", _("Kompliceret")
    SUDDEN = "sudden", _("Uvarslet")
    REGIONAL = "regional", _("Fra et regionalt tilbud til kommunen")


# Here one meets before the plan can be put in force.
MEETS_FIRST = (Discharge.COMPLEX, Discharge.REGIONAL)


class Plan(PartnershipRow):
    """One plan through all its versions, and which of them is in force."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="plans")
    # Whose plan it is: of those inside, or of the ward that discharges, then with its unit.
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("hvad for en plan"), max_length=12, choices=PlanKind.choices)
    # The network meeting that it grew out of (R-003-66).
    meeting = models.ForeignKey(NetworkMeeting, on_delete=models.PROTECT, null=True, related_name="plans")
    in_force = models.PositiveSmallIntegerField(null=True)
    # What does not go together with another plan, as somebody who read both saw it (R-004-129).
    clash = models.CharField(_("det passer ikke sammen med en anden plan"), max_length=300, blank=True)
    ended_on = models.DateField(null=True)
    end_why = models.CharField(_("hvorfor"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("plan")
        indexes = [models.Index(fields=["network"], name="plan_by_network")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(end_why=""),
                name="plan_ends_with_a_reason",
                violation_error_message=_("Skriv, hvorfor planen slutter."),
            )
        ]

    @property
    def of_ward(self) -> bool:
        """Whether a ward writes it, and not those inside. Needs the network."""
        return self.authority_id != self.network.authority_id

    @property
    def place(self) -> str:
        """Whose plan it is, in words."""
        return place_words(self.unit, self.authority)

    @property
    def of_discharge(self) -> bool:
        """Whether it is the plan of a discharge, signed or not."""
        return self.kind in OF_DISCHARGE

    @property
    def is_elsewhere(self) -> bool:
        """Whether it only says where another plan stands."""
        return self.kind == PlanKind.ELSEWHERE

    @property
    def advice(self) -> str:
        """What the text of a discharge always tells the citizen (R-002-47); empty for other kinds."""
        return gettext("Kom igen, hvis det bliver værre.") if self.of_discharge else ""


class PlanVersion(PartnershipRow):
    """One version: a draft that is written on, until it is put in force and stands as it is."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(_("udgave"))
    goals = models.TextField(_("det vil borgeren selv"), max_length=2000, blank=True)
    # Where the plan stands, and who keeps it, when it is another's.
    reference = models.CharField(_("hvor planen står"), max_length=300, blank=True)
    review_on = models.DateField(_("ses igennem"), null=True)
    discharge = models.CharField(_("udskrivning"), max_length=8, choices=Discharge.choices, blank=True)
    # The citizen is afraid, or does not want help afterwards (002, AS-30).
    declines = models.BooleanField(_("borgeren vil ikke have hjælp bagefter"), default=False)
    why_no_meeting = models.CharField(_("hvorfor uden møde"), max_length=300, blank=True)
    # Counts each change of a draft, so that nobody writes over what a colleague has just written.
    edits = models.PositiveSmallIntegerField(default=0)
    in_force_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    in_force_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("udgave af en plan")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "version"],
                name="plan_version_once",
                violation_error_message=_("En anden har lige begyndt på en ny udgave. Se siden igen."),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(in_force_at=None),
                name="one_draft_of_a_plan",
                violation_error_message=_("Der er allerede et udkast. Skriv videre i det."),
            ),
            models.CheckConstraint(
                condition=~Q(goals="") | ~Q(reference=""),
                name="plan_version_says_something",
                violation_error_message=_("Skriv, hvad borgeren selv vil, eller hvor planen står."),
            ),
            models.CheckConstraint(
                condition=Q(in_force_by=None, in_force_at=None)
                | Q(in_force_by__isnull=False, in_force_at__isnull=False),
                name="plan_version_put_in_force_by_somebody",
                violation_error_message=_("En plan sættes i kraft af en person med navn."),
            ),
        ]

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written on."""
        return self.in_force_at is None

    @property
    def meets_first(self) -> bool:
        """Whether one meets before it can be put in force."""
        return self.discharge in MEETS_FIRST

    @property
    def is_due(self) -> bool:
        """Whether its day of review has come."""
        return self.review_on is not None and self.review_on <= timezone.localdate()


class LinePart(models.TextChoices):
    """When a line is done: as planned, when that fails, or when the citizen stays away (R-003-117, R-004-128)."""

    STEP = "step", _("Som planlagt")
    FALLBACK = "fallback", _("I stedet, hvis det ikke går")
    AWAY = "away", _("Hvis borgeren bliver væk")


class PlanLine(PartnershipRow):
    """Who does what by when; each line has one owner. `party` is the owner's authority, where it is one."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(_("linje"))
    part = models.CharField(_("hvornår det gælder"), max_length=8, choices=LinePart.choices, default=LinePart.STEP)
    what = models.CharField(_("hvad"), max_length=300)
    owner = models.CharField(_("hvem"), max_length=340)
    party = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("hvornår"), null=True)
    condition = models.CharField(_("kun hvis"), max_length=200, blank=True)
    reason = models.CharField(_("hvorfor det i stedet"), max_length=200, blank=True)
    # The number of the line that must be done first (002, AS-28).
    after = models.PositiveSmallIntegerField(_("venter på linje"), null=True)
    # A municipal offer that is new or becomes another one (R-002-116).
    changed = models.BooleanField(_("ny eller ændret hjælp"), default=False)
    # The version in which the line was written: who accepted it then has accepted it still.
    since = models.PositiveSmallIntegerField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("linje i en plan")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="plan_line_number_once",
                violation_error_message=_("En anden har lige skrevet en linje. Send igen."),
            ),
            models.CheckConstraint(
                condition=~Q(part="fallback") | ~Q(reason=""),
                name="plan_fallback_has_a_reason",
                violation_error_message=_("Skriv, hvorfor det er det, I gør i stedet."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="plan_line_done_by_somebody",
                violation_error_message=_("Det er gjort på en dag, og af en, der siger det."),
            ),
        ]


class PlanReply(models.TextChoices):
    """What a party or the citizen says to a version."""

    YES = "yes", _("Siger ja")
    BUT = "but", _("Siger ja med forbehold")
    NO = "no", _("Vil ikke skrive under")


class PlanAnswer(PartnershipRow):
    """What somebody said to a version, and when: the citizen or one around the citizen, or a party for its own lines.

    `authority` is the party that answers for itself; without one `who` said it to those inside. What was said stands.
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    # Whose network it is.
    owner_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="answers")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(_("hvem"), max_length=340)
    reply = models.CharField(_("svar"), max_length=4, choices=PlanReply.choices)
    words = models.CharField(_("forbehold"), max_length=300, blank=True)
    on = models.DateField(_("hvornår"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("svar på en plan")
        indexes = [models.Index(fields=["version"], name="plan_answer_by_version")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reply="but") | ~Q(words=""),
                name="plan_reservation_has_words",
                violation_error_message=_("Skriv, hvad forbeholdet er."),
            )
        ]

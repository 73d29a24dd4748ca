"""The case: its parties, who holds the handlingsansvar, the story so far (000 sections 2.11-2.15; 001 section 4.3)."""

import re

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow, Row


class YesNoUnknown(models.TextChoices):
    """Unknown is an answer."""

    YES = "yes", _("Ja")
    NO = "no", _("Nej")
    UNKNOWN = "unknown", _("Ved ikke")


class Standing(models.TextChoices):
    """How an open case stands. Each of them has a holder (decisions.md)."""

    RAISED = "raised", _("Afventer første møde")
    PLACED = "placed", _("Handlingsansvaret er placeret")
    AWAITING_INFORMATION = "awaiting_information", _("Afventer oplysninger")
    AWAITING_MANDATE = "awaiting_mandate", _("Afventer kompetence")
    WAIT_UNTIL = "wait_until", _("Afvent til en dato")
    CLOSED = "closed", _("Afsluttet")


class CloseReason(models.TextChoices):
    """A case closes with a solution, or for another stated reason (R-000-90, R-001-10)."""

    SOLVED = "solved", _("Løst")
    RESTING = "resting", _("I bero: ingen problemer eller reaktioner i en tid")
    ORDINARY = "ordinary", _("Overtaget af almindelig sagsbehandling")
    NOT_PSP = "not_psp", _("Viste sig ikke at være en PSP-sag")


class OutcomeType(models.TextChoices):
    """What came of it (R-000-96); registered without saying what is good or bad."""

    HOME_KEPT = "home_kept", _("Bolig bevaret")
    TREATMENT = "treatment", _("Kom i behandling")
    TREATMENT_NOT_SENTENCE = "treatment_not_sentence", _("Behandling i stedet for dom")
    POLICE_AVOIDED = "police_avoided", _("Politiindgriben undgået")
    CONTACT = "contact", _("Kontakt genoprettet")
    SUPPORT = "support", _("Støtte i hjemmet")
    ADMITTED = "admitted", _("Indlagt")
    CHILDREN_SAFE = "children_safe", _("Børnene er i sikkerhed")
    NONE = "none", _("Intet af dette")


class Case(PartnershipRow):
    """A citizen's case at one table. Closed once, never opened again; a return is a new case (R-000-91)."""

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("sag"), max_length=24)
    citizen = models.ForeignKey("citizens.Citizen", on_delete=models.PROTECT, null=True, related_name="+")
    identity = models.ForeignKey("citizens.Identity", on_delete=models.PROTECT, null=True, related_name="+")
    raised_by_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    link_person = models.CharField(_("bindeled"), max_length=160, blank=True)
    standing = models.CharField(_("status"), max_length=24, choices=Standing.choices, default=Standing.RAISED)
    standing_note = models.CharField(_("hvad ventes der på"), max_length=400, blank=True)
    wait_until = models.DateField(_("afvent til"), null=True, blank=True)
    acute_trigger = models.CharField(_("akut"), max_length=12, blank=True)

    social = models.CharField(_("sociale problemer"), max_length=8, choices=YesNoUnknown.choices, default="unknown")
    psychiatric = models.CharField(
        _("psykiatriske problemer"), max_length=8, choices=YesNoUnknown.choices, default="unknown"
    )
    crime = models.CharField(_("kriminalitet"), max_length=8, choices=YesNoUnknown.choices, default="unknown")
    grey_zone = models.CharField(_("hvorfor alligevel"), max_length=400, blank=True)
    category = models.ForeignKey(
        "partnerships.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    traits = ArrayField(models.SlugField(max_length=40), default=list, blank=True, verbose_name=_("kriterier"))
    own_reason = models.CharField(_("gruppens egen grund"), max_length=400, blank=True)
    why_serious = models.TextField(_("hvorfor er det alvorligt"), max_length=1500)
    means_exhausted = models.TextField(_("hvorfor slår egne midler ikke til"), max_length=1500, blank=True)
    tried_before = models.TextField(_("hvad er prøvet før, og hvorfor lykkedes det ikke"), max_length=1500, blank=True)
    special_problems = models.TextField(_("særlige problemer"), max_length=1000, blank=True)

    children = models.CharField(_("børn i hjemmet"), max_length=8, choices=YesNoUnknown.choices, default="unknown")
    children_decision = models.TextField(_("beslutning om børnene"), max_length=1000, blank=True)
    children_decided_at = models.DateTimeField(null=True, blank=True)
    children_decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    next_step = models.CharField(_("næste skridt"), max_length=200, blank=True)
    next_on = models.DateField(_("næste skridt hvornår"), null=True, blank=True)
    last_activity_at = models.DateTimeField(auto_now_add=True)

    # The parties of today, denormalised by a trigger for the policy's first cut (row-policies.md, D8).
    party_ids = ArrayField(models.UUIDField(), default=list)

    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    close_reason = models.CharField(
        _("hvorfor afsluttes sagen"), max_length=12, choices=CloseReason.choices, blank=True
    )
    close_note = models.TextField(_("begrundelse"), max_length=1000, blank=True)
    outcome = models.CharField(_("hvad kom der ud af det"), max_length=24, choices=OutcomeType.choices, blank=True)
    good_for_citizen = models.TextField(_("var det godt for borgeren"), max_length=1000, blank=True)

    search = models.GeneratedField(
        expression=SearchVector(
            "reference",
            "why_serious",
            "means_exhausted",
            "tried_before",
            "special_problems",
            "next_step",
            config="danish",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("PSP-sag")
        indexes = [
            models.Index(fields=["group", "-last_activity_at"], name="case_open_by_group", condition=Q(closed_at=None)),
            models.Index(fields=["group", "-closed_at"], name="case_closed_by_group", condition=~Q(closed_at=None)),
            models.Index(fields=["citizen"], name="case_by_citizen"),
            models.Index(fields=["raised_by"], name="case_by_raiser", condition=Q(closed_at=None)),
            models.Index(fields=["identity"], name="case_by_identity"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "reference"], name="case_reference_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, close_reason="")
                | (~Q(closed_at=None) & ~Q(close_reason="") & Q(standing="closed")),
                name="case_closes_for_a_reason",
                violation_error_message=_("En sag afsluttes med en grund."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(children="yes") | ~Q(children_decided_at=None),
                name="case_with_children_has_a_decision",
                violation_error_message=_(
                    "Der er børn i hjemmet. Skriv, hvad I har besluttet om dem, før sagen afsluttes."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseParty(PartnershipRow):
    """An authority with access to a case. `read_until` is the run-off after it has left (decisions.md)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("hvorfor med"), max_length=200, blank=True)
    brought_in = models.BooleanField(_("inddraget"), default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    read_until = models.DateTimeField(null=True)
    end_reason = models.CharField(_("hvorfor udtrådt"), max_length=200, blank=True)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("part i sagen")
        indexes = [
            models.Index(fields=["authority", "case"], name="party_by_authority"),
            models.Index(fields=["authority", "read_until"], name="party_run_off", condition=~Q(read_until=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "authority"],
                condition=Q(until=None),
                name="party_once",
                violation_error_message=_("Myndigheden er allerede part i sagen."),
            )
        ]


class Assignment(PartnershipRow):
    """A person outside the group who works on the case and so may see it (R-000-150)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    capacity = models.ForeignKey("partnerships.Capacity", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("hvorfor"), max_length=200, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("tildeling")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "capacity"],
                condition=Q(until=None),
                name="assignment_once",
                violation_error_message=_("Personen er allerede med på sagen."),
            )
        ]


class Responsibility(PartnershipRow):
    """Handlingsansvaret: exactly one authority at any time, without gap or overlap (R-000-77, R-000-78)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responsibilities")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    reason = models.CharField(_("hvorfor her"), max_length=400)
    placed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(auto_now_add=True)
    meeting_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("handlingsansvar")
        constraints = [
            ExclusionConstraint(
                name="exactly_one_holder",
                expressions=[(F("case"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                violation_error_message=_("En anden har netop fået handlingsansvaret. Se sagen igen."),
            )
        ]


class Recurrence(PartnershipRow):
    """This case is the citizen's return: which case came before, and how many there have been (R-000-91, R-000-92)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="recurrence")
    group_id = models.UUIDField()
    earlier = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("genganger")


class EventKind(models.TextChoices):
    """The verbs of a case's story."""

    RAISED = "raised", _("Sagen blev rejst")
    PARTY_ADDED = "party_added", _("Ny part i sagen")
    PARTY_LEFT = "party_left", _("En part er trådt ud")
    NAME_DISCLOSED = "name_disclosed", _("Borgerens navn blev sagt ved bordet")
    CONCERN_ADDED = "concern_added", _("Ny bekymring om borgeren")
    PLACED = "placed", _("Handlingsansvaret blev placeret")
    MOVED = "moved", _("Handlingsansvaret flyttede")
    STANDING = "standing", _("Status ændret")
    ACTION_AGREED = "action_agreed", _("Aftale: hvem gør hvad")
    ACTION_PROPOSED = "action_proposed", _("Forslag til en anden myndighed")
    ACTION_TAKEN = "action_taken", _("Forslaget er taget")
    ACTION_DECLINED = "action_declined", _("Forslaget er ikke taget")
    ACTION_DONE = "action_done", _("Gjort")
    ACTION_NO_SHOW = "action_no_show", _("Borgeren kom ikke; vi bliver ved")
    ACTION_STOPPED = "action_stopped", _("Stoppet")
    FOLLOWED_UP = "followed_up", _("Fulgt op")
    INVOLVEMENT = "involvement", _("Inddragelse af borgeren")
    CHILDREN = "children", _("Beslutning om børnene")
    BAN = "ban", _("Mødeforbud")
    DANGER = "danger", _("Råd før et besøg")
    ACUTE = "acute", _("Akut kontakt")
    CONTRIBUTION = "contribution", _("Bidrag")
    EDITED = "edited", _("Oplysninger rettet")
    DECIDED = "decided", _("Beslutning på mødet")
    CLOSED = "closed", _("Afsluttet")


_WRITTEN_BY_THE_PROGRAM = frozenset(
    {EventKind.CLOSED, EventKind.STANDING, EventKind.INVOLVEMENT, EventKind.ACUTE, EventKind.EDITED, EventKind.BAN}
)
_AFTER_A_LABEL = re.compile(r"(?<=.)(?:\. |: |\.?$)")
_LONGEST_LABEL = 100


class CaseEvent(PartnershipRow):
    """One step of the story that the parties share. Append-only: who did what, while the log is for investigation."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    group_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.CharField(max_length=500, blank=True)
    about_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("hændelse i sagen")
        indexes = [models.Index(fields=["case", "-at"], name="event_by_case")]

    @property
    def words(self) -> str:
        """The text in the reader's language, as far as the program wrote it; what a person wrote stays as it is.

        The story is kept in Danish (`services.story.danish`): a label first, then what was typed, or labels alone.
        """
        if not self.text or self.kind not in _WRITTEN_BY_THE_PROGRAM:
            return self.text
        if self.kind == EventKind.EDITED:
            return ", ".join(gettext(label) for label in self.text.split(", "))
        # A label may hold such a sign itself, so the longest lead that is a label counts.
        for end in sorted((sign.start() for sign in _AFTER_A_LABEL.finditer(self.text[:_LONGEST_LABEL])), reverse=True):
            if (said := gettext(self.text[:end])) != self.text[:end]:
                return said + self.text[end:]
        return self.text


class ReferenceCounter(Row):
    """The last number given in a partnership, a prefix and a year. Reached through a definer function only."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("nummer")
        constraints = [models.UniqueConstraint(fields=["partnership", "prefix", "year"], name="counter_once")]

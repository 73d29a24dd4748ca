"""Rules, holds and disposal (law L19, L23; R-000-134). What is disposed of leaves a stone without personal data."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import Row


class Kind(models.TextChoices):
    """What has a period of its own. Everything else goes with what it belongs to."""

    CASE = "case", _("Afsluttet PSP-sag")
    NETWORK = "network", _("Afsluttet NP-sag")
    CONCERN = "concern", _("Bekymring, der ikke blev en sag")
    CONSULT = "consult", _("Anonym sparring")
    IDENTITY = "identity", _("Navn uden sag eller bekymring")
    CARE = "care", _("Afsluttet netværk om en borger")
    OUTREACH = "outreach", _("Afsluttet kontaktforløb, eller henvendelse uden forløb")
    REFERRAL = "referral", _("Afsluttet henvisning, eller kladde")
    RIGHTS = "rights", _("Besvaret anmodning fra en borger")
    LOG = "log", _("Log")


# Months after the end. Each authority can set its own; the log's six to sixty months need a reason (L19).
DEFAULT_MONTHS = {Kind.CASE: 12, Kind.NETWORK: 12, Kind.CONCERN: 3, Kind.CONSULT: 3, Kind.IDENTITY: 3}
DEFAULT_MONTHS |= {Kind.CARE: 12, Kind.REFERRAL: 12, Kind.OUTREACH: 12, Kind.RIGHTS: 24, Kind.LOG: 24}
LOG_MONTHS = (6, 60)


class RetentionRule(Row):
    """How long one authority keeps one kind, by which rule, and why it chose so."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    months = models.PositiveSmallIntegerField(_("måneder efter afslutning"))
    reference = models.CharField(_("lov eller arkivregel"), max_length=200)
    reason = models.CharField(_("hvorfor så længe"), max_length=400)
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("regel for opbevaring")
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind"], name="retention_rule_once"),
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(reason=""),
                name="retention_rule_has_source_and_reason",
                violation_error_message=_("Skriv, hvilken regel det følger, og hvorfor så længe."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="log") & Q(months__gte=LOG_MONTHS[0], months__lte=LOG_MONTHS[1]))
                | (~Q(kind="log") & Q(months__gte=1, months__lte=120)),
                name="retention_rule_within_limits",
                violation_error_message=_("Loggen gemmes 6 til 60 måneder, alt andet 1 til 120."),
            ),
        ]


class Hold(Row):
    """Something that may not be disposed of for now, whatever its rule says: a complaint, a lawsuit, a request."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    subject_id = models.UUIDField()
    reason = models.CharField(_("hvorfor"), max_length=400)
    review_on = models.DateField(_("se på det igen"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("tilbageholdelse")
        indexes = [models.Index(fields=["kind", "subject_id"], name="hold_in_force", condition=Q(lifted_at=None))]


class DisposalState(models.TextChoices):
    """On the way out: two people, neither of them alone."""

    DUE = "due", _("Tiden er gået")
    PROPOSED = "proposed", _("Foreslået kasseret")
    APPROVED = "approved", _("Godkendt, kasseres om lidt")


class Disposal(Row):
    """Something whose time is up, until it is gone. Written by the caretaker and by definer functions alone."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    subject_id = models.UUIDField()
    reference = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField()
    due_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=DisposalState.choices, default=DisposalState.DUE)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("kassation")
        indexes = [models.Index(fields=["authority", "state", "due_on"], name="disposal_by_authority")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="disposal_once"),
            models.CheckConstraint(
                condition=Q(state="due", proposed_by=None, approved_by=None)
                | Q(state="proposed", proposed_by__isnull=False, approved_by=None)
                | (Q(state="approved", proposed_by__isnull=False) & ~Q(approved_by=F("proposed_by"))),
                name="disposal_takes_two",
                violation_error_message=_("En anden end den, der foreslog det, skal godkende."),
            ),
        ]


class Stone(Row):
    """What is left: which thing, of which kind, by which rule, when, and how many rows. Nothing about anybody."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    subject_id = models.UUIDField()
    rule = models.CharField(max_length=200)
    until = models.DateField(null=True)
    disposed_on = models.DateField()
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("sten")
        indexes = [models.Index(fields=["authority", "-disposed_on"], name="stone_by_authority")]

    @property
    def row_count(self) -> int:
        """How many rows of all tables went."""
        return sum(self.counts.values())


class Remainder(Row):
    """A disposed case as statistics may keep it: no key of anything, no day, nothing that leads back (L18)."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    months_open = models.PositiveSmallIntegerField()
    raised_by_kind = models.CharField(max_length=24, blank=True)
    category = models.CharField(max_length=40, blank=True)
    social = models.CharField(max_length=8, blank=True)
    psychiatric = models.CharField(max_length=8, blank=True)
    crime = models.CharField(max_length=8, blank=True)
    close_reason = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    parties = models.PositiveSmallIntegerField(default=0)
    moves = models.PositiveSmallIntegerField(default=0)
    disclosures = models.PositiveSmallIntegerField(default=0)
    was_return = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("rest til statistik")
        indexes = [models.Index(fields=["partnership", "year"], name="remainder_by_year")]

"""A course: somebody who is sought, under a name that the worker chose, and all that hangs on it.

Every row is one unit's (house.md, own rows). The codes of method, rung and phase are those of the reporting form.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samsvar.outreach.words import short, word
from samsvar.postgres.models import PartnershipRow

METHODS, RUNGS, PHASES, END_REASONS, RESULTS = range(1, 7), range(1, 10), range(1, 6), range(1, 9), range(1, 5)
# From this rung on the two have met, and a visit is one of these methods.
MET, VISITS, MESSAGES = 6, (1, 5), 4


class UnitRow(PartnershipRow):
    """A row that one unit of one authority has written, and nobody else reads."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Known(models.TextChoices):
    """Whether a case or a referral was there before, or the outreach found the citizen (R-004-24)."""

    KNOWN = "known", _("Kendt: der er en sag eller en henvisning")
    UNKNOWN = "unknown", _("Ukendt: fundet ved opsøgende arbejde")


class MeaningKind(models.TextChoices):
    """What isolation is to this citizen (R-004-19)."""

    DEFENCE = "defence", _("Et værn mod angst")
    SAFETY = "safety", _("At holde fast i det kendte og trygge")
    SELF_CARE = "self_care", _("At passe på sig selv")
    OTHER = "other", _("Noget andet")


class Course(UnitRow):
    """Kontaktforløb. May be taken up again, and is never ended because nobody opens."""

    number = models.CharField(max_length=9)
    pseudonym = models.CharField(max_length=40)
    known = models.CharField(max_length=8, choices=Known.choices)
    # Tells the own unit that it seeks behind this door already; from it no address can be learnt.
    door = models.BinaryField(max_length=32, null=True)
    # § 99: the citizen alone lifts it, and the name stands nowhere before.
    lifted_on = models.DateField(null=True)
    lifted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    lifted_how = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=160, blank=True)
    # Q15 and Q16: asked about, and first approached. When the two first met (Q17) is read from the log.
    asked_on = models.DateField(null=True)
    started_on = models.DateField()
    phase = models.PositiveSmallIntegerField(default=1)
    phase_since = models.DateField()
    slipped_on = models.DateField(null=True)
    worker = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    not_alone = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=200, blank=True)
    meaning_kind = models.CharField(max_length=9, choices=MeaningKind.choices, blank=True)
    meaning = models.TextField(max_length=1000, blank=True)
    angle = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)
    end_reason = models.PositiveSmallIntegerField(null=True)
    end_text = models.CharField(max_length=400, blank=True)
    # The codes of Q42 to Q46, by the question.
    results = models.JSONField(default=dict, blank=True)
    taken_up = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kontaktforløb")
        indexes = [models.Index(fields=["unit", "ended_on"], name="course_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="course_number_once",
                violation_error_message=_("Nummeret blev brugt af en anden. Prøv igen."),
            ),
            models.UniqueConstraint(
                fields=["unit", "pseudonym"],
                condition=Q(ended_on=None),
                name="course_pseudonym_once",
                violation_error_message=_("Det kaldenavn bruger I allerede. Vælg et andet."),
            ),
            models.CheckConstraint(
                condition=Q(name="") | Q(lifted_on__isnull=False),
                name="course_named_by_the_citizen",
                violation_error_message=_("Navnet skrives først, når borgeren selv har ophævet anonymiteten."),
            ),
            models.CheckConstraint(
                condition=Q(phase__in=PHASES),
                name="course_phase_of_the_form",
                violation_error_message=_("Vælg en af faserne."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason=None) | Q(ended_on__isnull=False, end_reason__in=END_REASONS),
                name="course_ends_for_a_reason",
                violation_error_message=_("Vælg, hvorfor forløbet slutter."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pseudonym} · {self.number}"

    @property
    def phase_words(self) -> str:
        """The phase in a word or two."""
        return short(word("q29", self.phase))

    @property
    def is_open(self) -> bool:
        """Whether it runs."""
        return self.ended_on is None


class CourseRow(UnitRow):
    """What hangs on a course."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Attempt(CourseRow):
    """One attempt at contact: when, in which form, who went, and which rung it reached (R-004-35)."""

    on = models.DateTimeField()
    method = models.PositiveSmallIntegerField()
    rung = models.PositiveSmallIntegerField(null=True)
    # Whoever came along, who watched: one log for both.
    partner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    card_left = models.BooleanField(default=False)
    # Part of the run of messages before it: counted once (R-004-37).
    same_run = models.BooleanField(default=False)
    next_on = models.DateField(null=True)
    # What the page sent it under, so that a form sent twice is one attempt.
    sent = models.UUIDField()

    class Meta:
        verbose_name = _("kontaktforsøg")
        indexes = [models.Index(fields=["course", "-on"], name="attempt_by_course")]
        constraints = [
            models.UniqueConstraint(fields=["course", "sent"], name="attempt_once"),
            models.CheckConstraint(
                condition=Q(same_run=False) | Q(method=4),
                name="attempt_run_is_of_messages",
                violation_error_message=_("Kun sms'er og opkald hører til et forløb."),
            ),
            models.CheckConstraint(
                condition=Q(method__in=METHODS),
                name="attempt_method_of_the_form",
                violation_error_message=_("Vælg, hvordan du prøvede."),
            ),
            models.CheckConstraint(
                condition=Q(rung=None) | Q(rung__in=RUNGS),
                name="attempt_rung_of_the_ladder",
                violation_error_message=_("Vælg et trin på stigen."),
            ),
        ]

    @property
    def is_futile(self) -> bool:
        """Whether nobody was met or heard."""
        return self.rung in (None, 1)

    @property
    def method_words(self) -> str:
        """The method in the form's words."""
        return word("q27", self.method)

    @property
    def rung_words(self) -> str:
        """The rung in the form's words."""
        return word("q28", self.rung)


class Demand(models.TextChoices):
    """What stands still while contact is sought (R-004-45)."""

    BENEFIT = "benefit", _("Stop af ydelse")
    EVICTION = "eviction", _("Udsættelse af boligen")
    DUTY = "duty", _("Mødepligt og andre krav")
    DEBT = "debt", _("Inddrivelse af gæld")
    OTHER = "other", _("Andet")


class Protection(CourseRow):
    """Fredet: demands on hold while contact is sought, who agreed to it on which basis, and when it is looked at."""

    demands = ArrayField(models.CharField(max_length=8, choices=Demand.choices))
    place = models.CharField(max_length=160)
    agreed_with = models.CharField(max_length=160)
    basis = models.CharField(max_length=300)
    since = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("fredning")
        indexes = [models.Index(fields=["course"], name="protection_by_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(demands__len__gt=0) & ~Q(place="") & ~Q(agreed_with="") & ~Q(basis=""),
                name="protection_is_agreed",
                violation_error_message=_("Skriv, hvad der står stille, hvem der har sagt ja, og på hvilket grundlag."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("since")),
                name="protection_reviewed_after_its_start",
                violation_error_message=_("Dagen, I ser på det igen, ligger før det begynder."),
            ),
        ]

    @property
    def words(self) -> str:
        """What stands still."""
        return ", ".join(str(Demand(one).label) for one in self.demands)


class Stance(models.TextChoices):
    """What the citizen says to a proposal (R-004-53)."""

    GREEN = "green", _("Grøn: helt med")
    YELLOW = "yellow", _("Gul: usikker, eller kun på en betingelse")
    RED = "red", _("Rød: ikke med")


class Proposal(CourseRow):
    """Something that could be done, and what the citizen says to it. A red or unanswered one is never carried out."""

    text = models.CharField(max_length=300)
    stance = models.CharField(max_length=6, choices=Stance.choices, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    met = models.BooleanField(default=False)
    said_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("forslag til borgeren")
        indexes = [models.Index(fields=["course"], name="proposal_by_course")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stance="yellow") | ~Q(condition=""),
                name="proposal_yellow_has_a_condition",
                violation_error_message=_("Skriv, hvad borgeren er usikker på, eller hvilken betingelse der er."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(stance="green") | Q(stance="yellow", met=True),
                name="proposal_done_with_the_citizen",
                violation_error_message=_("Det kan først gøres, når borgeren er med på det."),
            ),
        ]

    @property
    def may_be_done(self) -> bool:
        """Whether the citizen is with it."""
        return self.stance == Stance.GREEN or (self.stance == Stance.YELLOW and self.met)


class HandoverKind(models.TextChoices):
    """To whom the trust goes over."""

    WORKER = "worker", _("En anden i teamet")
    OFFER = "offer", _("Et andet tilbud")


class Handover(CourseRow):
    """Trust handed over: to a colleague, for a reason the citizen hears, or to another offer (R-004-57, R-004-59)."""

    kind = models.CharField(max_length=6, choices=HandoverKind.choices)
    to = models.CharField(max_length=160)
    contact = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=300)
    told_on = models.DateField(null=True)
    on = models.DateField()
    follow_up_on = models.DateField(null=True)
    followed_on = models.DateField(null=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("aflevering")
        indexes = [models.Index(fields=["course"], name="handover_by_course")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(to=""),
                name="handover_has_a_reason",
                violation_error_message=_("Skriv til hvem, og hvorfor."),
            ),
            models.CheckConstraint(
                condition=Q(kind="worker") | (~Q(contact="") & Q(follow_up_on__isnull=False)),
                name="handover_to_somebody",
                violation_error_message=_("Skriv, hvem der er kontaktperson dér, og hvornår I følger op."),
            ),
        ]

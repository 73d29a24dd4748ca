"""What is done about a case: who does what, follow-up, the citizen's part, and safety (000 sections 2.12 and 2.13)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsvar.cases.models.case import Case, YesNoUnknown
from samsvar.postgres.models import PartnershipRow


class CaseRow(PartnershipRow):
    """A row that the parties to a case share."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)s_rows")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class ActionState(models.TextChoices):
    """For another authority an action is a proposal until taken."""

    PROPOSED = "proposed", _("Foreslået")
    AGREED = "agreed", _("Aftalt")
    DECLINED = "declined", _("Ikke taget")
    DONE = "done", _("Gjort")
    STOPPED = "stopped", _("Stoppet")
    ENDED = "ended", _("Sluttede med sagen")


class ProposalEnd(models.TextChoices):
    """What becomes of a proposal that nobody has answered when its case is closed."""

    DROPPED = "dropped", _("Det falder bort sammen med sagen")
    OUTSIDE = "outside", _("Vi tager det op med dem uden for sagen")


class Action(CaseRow):
    """Hvem gør hvad, hvornår, og hvad hvis aftalen ikke holder (R-000-80, R-001-11). `authority` is who shall do it."""

    proposed_by_authority_id = models.UUIDField()
    what = models.CharField(_("hvad"), max_length=300)
    measure = models.ForeignKey(
        "partnerships.Measure", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(_("hvem"), max_length=160, blank=True)
    who_capacity = models.ForeignKey(
        "partnerships.Capacity", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("hvornår"), null=True, blank=True)
    if_it_slips = models.CharField(_("hvad hvis aftalen ikke holder"), max_length=300)
    supports = models.BooleanField(_("støtter den, der har ansvaret"), default=True)
    safety_until = models.DateField(_("gælder til"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActionState.choices)
    result = models.CharField(_("hvad skete der"), max_length=500, blank=True)
    no_shows = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    # Between meetings the handlingsansvar is proposed, never laid upon another; `what` is then why they should have it.
    hands_over = models.BooleanField(_("giver handlingsansvaret videre"), default=False)

    class Meta:
        verbose_name = _("aftale")
        indexes = [
            models.Index(fields=["case", "at"], name="action_by_case"),
            models.Index(
                fields=["authority", "due_on"], name="action_open", condition=Q(state__in=["proposed", "agreed"])
            ),
        ]

    @property
    def said(self) -> str:
        """What it is about, in the words of the screen."""
        return gettext("Tage handlingsansvaret. %(why)s") % {"why": self.what} if self.hands_over else self.what


class FollowUp(CaseRow):
    """How it goes: who did what since last, what happened to the citizen (R-000-88), is exchange needed (R-001-12)."""

    meeting_id = models.UUIDField(null=True)
    what_happened = models.TextField(_("hvad er der sket siden sidst"), max_length=1500, blank=True)
    nothing_new = models.BooleanField(_("intet nyt"), default=False)
    still_necessary = models.CharField(
        _("er det stadig nødvendigt at dele"), max_length=8, choices=YesNoUnknown.choices, default="yes"
    )
    criteria_met = models.CharField(
        _("er kriterierne stadig opfyldt"), max_length=8, choices=YesNoUnknown.choices, default="yes"
    )

    class Meta:
        verbose_name = _("opfølgning")
        indexes = [models.Index(fields=["case", "-at"], name="follow_up_by_case")]


class InvolvementState(models.TextChoices):
    """Whether the citizen is involved: a judgement that can be seen (R-001-13, R-000-121)."""

    INVOLVED = "involved", _("Inddraget")
    LATER = "later", _("Senere")
    NOT = "not", _("Ikke inddraget")


class Involvement(CaseRow):
    """One judgement of whether and how the citizen is involved; the newest counts."""

    state = models.CharField(_("er borgeren inddraget"), max_length=8, choices=InvolvementState.choices)
    reason = models.CharField(_("hvorfor"), max_length=400, blank=True)
    review_on = models.DateField(_("se på det igen"), null=True, blank=True)
    citizens_view = models.TextField(_("borgerens egne ord"), max_length=1500, blank=True)

    class Meta:
        verbose_name = _("inddragelse")
        indexes = [models.Index(fields=["case", "-at"], name="involvement_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="involved") | (~Q(reason="") & ~Q(review_on=None)),
                name="not_involved_has_reason_and_review",
                violation_error_message=_("Skriv hvorfor, og hvornår I ser på det igen."),
            )
        ]


class MeetingBan(CaseRow):
    """Mødeforbud: banned from an office, so somebody else keeps contact and tells the caseworker only (V-04)."""

    place = models.CharField(_("hvor gælder det"), max_length=120)
    until = models.DateField(_("til"), null=True, blank=True)
    contact_kept_by = models.CharField(_("hvem holder kontakten"), max_length=160, blank=True)
    caseworker = models.ForeignKey(
        "partnerships.Capacity", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mødeforbud")


class DangerAdvice(CaseRow):
    """May a visit be dangerous: an answer with advice and an end; never convictions (V-10). Own until disclosed."""

    answer = models.CharField(_("kan et besøg være farligt"), max_length=8, choices=YesNoUnknown.choices)
    advice = models.CharField(_("råd"), max_length=300, blank=True)
    until = models.DateField(_("gælder til"))

    class Meta:
        verbose_name = _("råd før et besøg")
        indexes = [models.Index(fields=["case", "-at"], name="danger_by_case")]

"""From a worry to an answer: the concern, its screening, and what its raiser hears (000 sections 2.1 to 2.3, 2.13)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow


class ConcernChannel(models.TextChoices):
    """How the concern came in (R-000-17, R-000-20 to R-000-22)."""

    TAG = "tag", _("Mærket hændelse")
    LINES = "lines", _("Skrevet her")
    PHONE = "phone", _("Telefonopkald skrevet ind")
    MAIL = "mail", _("Mail sat ind")
    NIGHT_REPORT = "night_report", _("Fra døgnrapporten")
    OUTSIDE = "outside", _("Fra nogen udenfor")


class ConcernState(models.TextChoices):
    """Where a concern is on its way; each end gives the raiser an answer (R-000-25)."""

    RAISED = "raised", _("Venter på visitering")
    NOT_PSP = "not_psp", _("Ikke PSP")
    NETWORK = "network", _("NP-sag")
    AGENDA = "agenda", _("På dagsordenen")
    ACUTE = "acute", _("Akut")
    TO_HOLDER = "to_holder", _("Givet videre til den, der har sagen")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class AcuteTrigger(models.TextChoices):
    """What cannot wait for a meeting (000 section 2.8, R-000-49)."""

    CHILDREN = "children", _("Børn i fare")
    EVICTION = "eviction", _("Udsættelse af boligen")
    SUICIDE = "suicide", _("Selvmordsrisiko")
    COMMITMENT = "commitment", _("Tvangsindlæggelse")
    DANGER = "danger", _("Fare for andre")


class Concern(PartnershipRow):
    """A worry about somebody, known or not: a tag with a reference, or ten lines. Own row of the raiser's authority."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raised_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    capacity_id = models.UUIDField()
    raised_at = models.DateTimeField(auto_now_add=True)
    happened_on = models.DateField(_("hvornår"), null=True, blank=True)
    channel = models.CharField(_("kanal"), max_length=16, choices=ConcernChannel.choices)
    event_reference = models.CharField(_("journalnummer"), max_length=40, blank=True)
    text = models.TextField(_("hvad er du bekymret for"), max_length=2000, blank=True)
    identity = models.ForeignKey("citizens.Identity", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    repeat_mark = models.BooleanField(_("genganger hos politiet"), default=False)
    acute_trigger = models.CharField(_("kan ikke vente"), max_length=12, choices=AcuteTrigger.choices, blank=True)
    why_without_consent = models.CharField(_("hvorfor uden samtykke"), max_length=400, blank=True)
    state = models.CharField(_("status"), max_length=12, choices=ConcernState.choices, default=ConcernState.RAISED)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    search = models.GeneratedField(
        expression=SearchVector("text", "event_reference", config="danish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("bekymring")
        indexes = [
            models.Index(fields=["authority", "raised_at"], name="concern_to_screen", condition=Q(state="raised")),
            models.Index(fields=["raised_by", "-raised_at"], name="concern_by_raiser"),
            models.Index(fields=["case"], name="concern_by_case"),
            GinIndex(fields=["search"], name="concern_text"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~(Q(text="") & Q(event_reference="")),
                name="concern_says_something",
                violation_error_message=_("Skriv et journalnummer eller nogle linjer."),
            )
        ]


class NotifierKind(models.TextChoices):
    """Outsiders who may come to a member with a worry (000 section 2.1)."""

    HOUSING = "housing", _("Boligorganisation")
    INSTITUTION = "institution", _("Institution")
    BAILIFF = "bailiff", _("Foged")
    NEIGHBOUR = "neighbour", _("Nabo")
    RELATIVE = "relative", _("Pårørende")
    PRACTICE = "practice", _("Egen læge")
    OTHER = "other", _("Anden")


class OutsideNotifier(PartnershipRow):
    """Who came from outside. Stays at home, whatever is disclosed; gets nothing back but thanks (R-000-22, V-32)."""

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="notifier")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("hvem"), max_length=12, choices=NotifierKind.choices)
    name = models.CharField(_("navn og telefon"), max_length=160, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("udefrakommende")


class ScreeningOutcome(models.TextChoices):
    """The four ways out (R-000-23), and the holder of an open case."""

    NOT_PSP = "not_psp", _("Ikke PSP")
    NETWORK = "network", _("NP-sag")
    AGENDA = "agenda", _("På dagsordenen")
    ACUTE = "acute", _("Akut")
    TO_HOLDER = "to_holder", _("Giv den til sagen, der er åben")
    ELSEWHERE = "elsewhere", _("Send til en anden myndigheds visitator")


class Screening(PartnershipRow):
    """One look at one concern by one who may judge it: which traits, which way, why, who and when (R-000-24)."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="screenings")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("udfald"), max_length=12, choices=ScreeningOutcome.choices)
    traits = ArrayField(models.SlugField(max_length=40), default=list, blank=True, verbose_name=_("kriterier"))
    own_reason = models.CharField(_("egen grund"), max_length=400, blank=True)
    reason = models.TextField(_("begrundelse"), max_length=1000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("visitering")
        indexes = [models.Index(fields=["concern", "at"], name="screening_by_concern")]


class FeedbackKind(models.TextChoices):
    """That and how a concern was acted on; never anything about the person (R-000-26, V-38)."""

    RECEIVED = "received", _("Vi har læst din bekymring og ser på den.")
    NOT_PSP = "not_psp", _("Vi har set på din bekymring. Den bliver ikke en PSP-sag.")
    OTHER_WAY = "other_way", _("Vi har givet din bekymring videre til dem, der kan handle på den.")
    NETWORK = "network", _("Myndigheder taler sammen om det, du meldte.")
    ON_TABLE = "on_table", _("Din bekymring er taget op i samarbejdet.")
    ACTED = "acted", _("Vi har reageret på din bekymring. En myndighed har ansvaret for at handle.")
    ACUTE = "acute", _("Din bekymring bliver behandlet som akut.")
    CLOSED = "closed", _("Det, du meldte, er fulgt til dørs.")


class Feedback(PartnershipRow):
    """What the raiser hears back."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="feedback")
    to = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    to_authority_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=FeedbackKind.choices)
    thanks = models.CharField(_("en hilsen"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tilbagemelding")
        indexes = [
            models.Index(fields=["to", "-at"], name="feedback_by_raiser"),
            models.Index(fields=["concern", "at"], name="feedback_by_concern"),
        ]

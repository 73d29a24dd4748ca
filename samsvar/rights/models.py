"""The citizen's rights, and how a data protection officer proves that each look was lawful (L17, L19-L21)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow, Row


class LogWatch(Row):
    """What one authority's data protection officer wants drawn from the log by itself."""

    authority = models.OneToOneField("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    hours_from = models.PositiveSmallIntegerField(
        _("almindelig arbejdstid fra klokken"), default=6, validators=[MaxValueValidator(24)]
    )
    hours_until = models.PositiveSmallIntegerField(
        _("til klokken"), default=20, validators=[MinValueValidator(0), MaxValueValidator(24)]
    )
    weekends = models.BooleanField(_("weekend er almindelig arbejdstid"), default=False)
    many_per_hour = models.PositiveSmallIntegerField(_("mange opslag på en time er flere end"), default=30)
    draws_per_week = models.PositiveSmallIntegerField(_("tilfældige opslag om ugen"), default=5)
    drawn_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("vagt over loggen")


class Why(models.TextChoices):
    """Why a row of the log was drawn for a second look (screens.md, Log)."""

    RANDOM = "random", _("Tilfældigt udtaget")
    NIGHT = "night", _("Uden for arbejdstid")
    ALONE = "alone", _("Opslag uden nogen handling før eller efter")
    MANY = "many", _("Mange opslag på kort tid")
    NAME = "name", _("Borgeren hedder som en kollega")
    AREA = "area", _("Borgeren bor uden for jeres område")
    LEAVER = "leaver", _("Kort før personen holdt op")
    OUTSIDE = "outside", _("Spurgte om en borger uden for egne sager")


class Verdict(models.TextChoices):
    """What the data protection officer found."""

    LAWFUL = "lawful", _("I orden: opslaget hører til arbejdet")
    EXPLAINED = "explained", _("I orden, efter at personen har forklaret det")
    NOT_LAWFUL = "not_lawful", _("Ikke i orden")


class LogReview(Row):
    """A row of the log that was drawn, and the written verdict on it: once, by a name, at a time."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    row_at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    why = models.CharField(_("hvorfor udtaget"), max_length=8, choices=Why.choices)
    drawn_at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(_("vurdering"), max_length=12, choices=Verdict.choices, blank=True)
    note = models.TextField(_("begrundelse"), max_length=1000, blank=True)
    judged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("gennemsyn af loggen")
        indexes = [
            models.Index(fields=["authority", "drawn_at"], name="review_open", condition=Q(verdict="")),
            models.Index(fields=["authority", "-judged_at"], name="review_judged", condition=~Q(verdict="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["authority", "seq", "why"], name="review_once_for_a_reason"),
            models.CheckConstraint(
                condition=Q(verdict="", judged_at=None) | (~Q(verdict="") & ~Q(note="") & ~Q(judged_at=None)),
                name="review_has_words",
                violation_error_message=_("Skriv med et par ord, hvad du lægger vægt på."),
            ),
        ]


class RequestKind(models.TextChoices):
    """What a citizen can ask a controller for (L34)."""

    INSIGHT = "insight", _("Indsigt")
    CORRECTION = "correction", _("Rettelse")
    ERASURE = "erasure", _("Sletning")
    RESTRICTION = "restriction", _("Begrænsning")
    OBJECTION = "objection", _("Indsigelse")


class Outcome(models.TextChoices):
    """How a request ended; empty while it is open."""

    GRANTED = "granted", _("Imødekommet")
    PARTLY = "partly", _("Delvis imødekommet")
    REFUSED = "refused", _("Afslået")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class RightsRequest(PartnershipRow):
    """What a citizen has asked one controller for, with its clock. It has a period of its own and outlives the case.

    `about_id` and `about_case_id` are named so that disposal of citizen and case passes them by.
    """

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("hvad beder borgeren om"), max_length=12, choices=RequestKind.choices)
    who = models.CharField(_("borgerens navn"), max_length=160)
    about_id = models.UUIDField(null=True)
    about_case_id = models.UUIDField(null=True)
    reference = models.CharField(_("sagsnummer"), max_length=24, blank=True)
    identified_by = models.CharField(_("hvordan ved I, hvem det er"), max_length=200)
    text = models.TextField(_("med borgerens ord"), max_length=2000)
    received_on = models.DateField(_("modtaget"))
    due_on = models.DateField(_("svar senest"))
    extended_because = models.CharField(_("hvorfor tager det længere tid"), max_length=400, blank=True)
    outcome = models.CharField(_("udfald"), max_length=12, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("svaret, kort"), max_length=2000, blank=True)
    answered_on = models.DateField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("anmodning om rettigheder")
        indexes = [
            models.Index(fields=["authority", "due_on"], name="request_open", condition=Q(outcome="")),
            models.Index(fields=["authority", "-answered_on"], name="request_closed", condition=~Q(outcome="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None) | (~Q(outcome="") & ~Q(answer="") & ~Q(answered_on=None)),
                name="request_ends_with_an_answer",
                violation_error_message=_("Skriv, hvad I har svaret."),
            )
        ]


class Hearing(PartnershipRow):
    """Another controller is asked about its own part: each answers for what is its own (decisions.md)."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="hearings")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    to_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=24)
    question = models.CharField(_("hvad spørger I om"), max_length=400)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("svar"), max_length=2000, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("høring")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "to_authority"],
                name="heard_once",
                violation_error_message=_("I har allerede spurgt den myndighed."),
            )
        ]


class Exemption(PartnershipRow):
    """What a citizen is not given, by which number of which paragraph, why, and when it is looked at again (L21)."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="exemptions")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("hvad undtages"), max_length=200)
    paragraph = models.CharField(_("paragraf"), max_length=80)
    number = models.CharField(_("stykke og nummer"), max_length=40)
    reason = models.CharField(_("begrundelse"), max_length=400)
    review_on = models.DateField(_("se på det igen"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("undtagelse")


class Remark(PartnershipRow):
    """The citizen's own remark on what is said in a case. It travels: whoever reads the case reads the remark."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField()
    text = models.TextField(_("borgerens bemærkning"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("borgerens bemærkning")
        indexes = [models.Index(fields=["case_id", "at"], name="remark_by_case")]


class OutsideReason(models.TextChoices):
    """Why somebody asks about a citizen outside the own cases. A closed list: what one knows is not told by asking."""

    VISIT = "visit", _("Jeg skal på besøg")
    HERE = "here", _("Borgeren er hos mig nu")
    CONTACT = "contact", _("Jeg kan ikke få kontakt")
    WORRY = "worry", _("Jeg er bekymret og vil ikke gå forbi nogen")


class OutsideLook(PartnershipRow):
    """A question about a citizen outside one's reach: answered the same for everybody, told to those it may concern.

    It is open for a day, and it always stands out in the log (L17, L37; decisions.md, Existence).
    """

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    capacity = models.ForeignKey("partnerships.Capacity", on_delete=models.PROTECT, related_name="+")
    citizen_id = models.UUIDField(null=True)
    reason = models.CharField(_("hvorfor"), max_length=8, choices=OutsideReason.choices)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("spørgsmål uden for egne sager")
        indexes = [models.Index(fields=["by", "-at"], name="outside_by_person")]


class BreachKind(models.TextChoices):
    """What was breached (GDPR 4(12))."""

    SEEN = "seen", _("Nogen har set eller fået, hvad de ikke måtte")
    CHANGED = "changed", _("Noget er ændret, så det ikke passer")
    LOST = "lost", _("Noget er tabt eller kan ikke nås")


class Breach(Row):
    """A personal data breach: what, since when it is known, how many, who has been told. Names nobody (GDPR 33, 34)."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("slags"), max_length=8, choices=BreachKind.choices)
    what = models.TextField(_("hvad er der sket"), max_length=2000)
    happened_on = models.DateField(_("hvornår skete det"), null=True, blank=True)
    known_at = models.DateTimeField(_("hvornår blev det kendt"))
    people = models.PositiveIntegerField(_("hvor mange borgere, cirka"), null=True, blank=True)
    consequences = models.TextField(_("hvad kan det betyde for dem"), max_length=2000, blank=True)
    measures = models.TextField(_("hvad er der gjort"), max_length=2000, blank=True)
    told_supervisor_at = models.DateTimeField(_("anmeldt til Datatilsynet"), null=True, blank=True)
    why_not_supervisor = models.CharField(_("hvorfor ikke anmeldt"), max_length=400, blank=True)
    told_citizens_on = models.DateField(_("borgerne fik besked"), null=True, blank=True)
    why_not_citizens = models.CharField(_("hvorfor fik borgerne ikke besked"), max_length=400, blank=True)
    closed_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("brud på persondatasikkerheden")
        indexes = [models.Index(fields=["authority", "-known_at"], name="breach_by_authority")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | (
                    (~Q(told_supervisor_at=None) | ~Q(why_not_supervisor=""))
                    & (~Q(told_citizens_on=None) | ~Q(why_not_citizens=""))
                    & ~Q(measures="")
                ),
                name="breach_ends_told_or_explained",
                violation_error_message=_(
                    "Skriv, hvad der er gjort, og hvem der har fået besked, eller hvorfor de ikke har."
                ),
            )
        ]

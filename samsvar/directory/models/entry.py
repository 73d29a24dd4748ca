"""A page of the directory: a unit, its doors, and what it can and cannot do. No citizen anywhere."""

from datetime import timedelta
from typing import TypedDict

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.directory.kinds import UNITS, Sector, Step, UnitKind
from samsvar.postgres.models import PartnershipRow

# Owners look at their page twice a year (issue 6); after that it is shown as old.
CONFIRM_EVERY = timedelta(days=182)
# R-002-9: psychiatry says SKP of § 85, § 99, mentors and others (L6288-6291).
SKP_ALONE = _("»SKP« bruges om flere slags støtte. Vælg, hvilken det er: § 85, § 99 eller mentor.")


class Someone(TypedDict):
    """A professional on a unit's page."""

    name: str
    function: str
    phone: str


_SPOKEN = Func(F("name"), Value(", "), F("known_as"), template="lower(%(expressions)s)", arg_joiner=" || ")


class DirectoryEntry(PartnershipRow):
    """One unit as its owner tells it: who it is for, which door, what to bring, what it cannot do (R-002-1, R-002-2).

    `authority` keeps the page. `outside` names who runs the unit when somebody else does, as with a general practice.
    A unit that the authority has set up (`unit`) lends its phone, hours and shared inbox where the page has none.
    """

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    outside = models.CharField(_("hører under"), max_length=120, blank=True)
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("navn"), max_length=120)
    known_as = models.CharField(_("kaldes også"), max_length=300, blank=True)
    sector = models.CharField(_("sektor"), max_length=16, choices=Sector.choices())
    kind = models.CharField(_("slags"), max_length=20, choices=[(kind.value, kind.da) for kind in UNITS])
    part_of = models.CharField(_("afdeling"), max_length=120, blank=True)
    age_from = models.PositiveSmallIntegerField(_("fra alder"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("til alder"), null=True, blank=True)
    purpose = models.TextField(_("hvad vi gør"), max_length=800)
    open_door = models.BooleanField(_("man kan komme uden henvisning"), default=False)
    ways_in = models.TextField(_("veje ind"), max_length=1500, blank=True)
    bring = models.TextField(_("det skal med"), max_length=800, blank=True)
    pathway = models.TextField(_("forløbet"), max_length=1500, blank=True)
    # The steps of the unit's way, in their order; none: as units of its kind have them (referrals.pathways).
    stages = ArrayField(
        models.CharField(max_length=10, choices=Step.choices()), verbose_name=_("trin"), default=list, blank=True
    )
    deadlines = models.TextField(_("frister"), max_length=800, blank=True)
    legal = models.CharField(_("lovgrundlag"), max_length=300, blank=True)
    cannot = models.TextField(_("det kan vi ikke"), max_length=800, blank=True)
    asked_as = models.TextField(_("ord, folk spørger med"), max_length=800, blank=True)
    procedure = models.URLField(_("vores procedure"), max_length=300, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    hours = models.CharField(_("åbningstid"), max_length=120, blank=True)
    inbox = models.EmailField(_("fælles postkasse"), blank=True)
    staff = models.JSONField(_("hvem man taler med"), default=list, blank=True)
    source = models.CharField(_("kilde"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    confirmed_on = models.DateField(_("bekræftet"), null=True, blank=True)
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("lukket"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What the search looks in, made by the database: the names as one text and each by itself, the words by which
    # a unit is asked for, and what its page tells.
    spoken = models.GeneratedField(expression=_SPOKEN, output_field=models.TextField(), db_persist=True)
    names = models.GeneratedField(
        expression=Func(_SPOKEN, Value(", "), function="string_to_array"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )
    said = models.GeneratedField(
        expression=SearchVector("name", "known_as", "asked_as", config="danish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    told = models.GeneratedField(
        expression=SearchVector(
            *("purpose", "part_of", "outside", "ways_in", "bring", "pathway", "deadlines", "legal"), config="danish"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("side i vejviseren")
        indexes = [
            GinIndex(fields=["said"], name="directory_entry_said", fastupdate=False),
            GinIndex(fields=["told"], name="directory_entry_told", fastupdate=False),
            GinIndex(fields=["names"], name="directory_entry_names", fastupdate=False),
            GinIndex(fields=["spoken"], opclasses=["gin_trgm_ops"], name="directory_entry_spoken", fastupdate=False),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name", "sector"],
                condition=Q(closed_on=None),
                name="directory_entry_name_once",
                violation_error_message=_("Der er allerede en side med det navn i vejviseren."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in UNITS]),
                name="directory_entry_of_a_kind",
                violation_error_message=SKP_ALONE,
            ),
            models.CheckConstraint(
                condition=Q(age_to=None) | Q(age_from=None) | Q(age_to__gte=F("age_from")),
                name="directory_entry_ages_in_order",
                violation_error_message=_("Den højeste alder kan ikke være lavere end den laveste."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # What only the search reads; nobody fetches it with a page.
    FOR_SEARCH = ("spoken", "names", "said", "told")

    @property
    def takes_letters(self) -> bool:
        """Whether it can be written to here: it is open, and its people use Samsvar."""
        return not self.outside and self.closed_on is None

    @property
    def whose(self) -> str:
        """Who runs it, so that Børn og Unge and B&U are told apart wherever they stand (R-002-10)."""
        return self.outside or self.authority.name

    @property
    def sector_word(self) -> str:
        """The sector in the reader's language."""
        return Sector(self.sector).label(get_language())

    @property
    def kind_word(self) -> str:
        """What it is, in the reader's language."""
        return UnitKind(self.kind).label(get_language())

    @property
    def stage_words(self) -> list[str]:
        """The steps of its way in the reader's language, where the unit has said which."""
        return [Step(one).label(get_language()) for one in self.stages]

    @property
    def doors(self) -> list[str]:
        """The ways in, one a line."""
        return [line for line in self.ways_in.splitlines() if line.strip()]

    @property
    def call(self) -> str:
        """The telephone: the page's own, else the unit's."""
        return self.phone or (self.unit.phone if self.unit else "")

    @property
    def rings(self) -> str:
        """The telephone as a link dials it; empty where more than a number stands there."""
        number = self.call.replace(" ", "")
        return number if number.removeprefix("+").isdigit() else ""

    @property
    def open_when(self) -> str:
        """The hours: the page's own, else the unit's."""
        return self.hours or (self.unit.hours if self.unit else "")

    @property
    def post(self) -> str:
        """The shared inbox: the page's own, else the unit's (R-002-5)."""
        return self.inbox or (self.unit.inbox if self.unit else "")

    @property
    def is_stale(self) -> bool:
        """Whether the owner has not looked at the page for half a year, or never has."""
        return self.confirmed_on is None or self.confirmed_on < timezone.localdate() - CONFIRM_EVERY

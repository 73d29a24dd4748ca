"""Who the citizens are: an opaque row that all share, and what each authority knows of them (house.md, Identity).

That an authority knows somebody is itself information (L37). Hence the shared `Citizen` row holds nothing but a blind
index that nobody can read, and names stand in `Identity` rows, which are the authority's own until disclosed.
There is no field for race, religion, politics, union or ethnicity (R-000-112); a catalogue test says so.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow


class Citizen(PartnershipRow):
    """An opaque person. Two rows that turn out to be one are merged, and can be taken apart again."""

    blind_index = models.BinaryField(max_length=32, null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("borger")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "blind_index"], condition=~Q(blind_index=None), name="citizen_once"
            )
        ]


class Sex(models.TextChoices):
    """As Bilag 11 asks (000 section 3.1)."""

    FEMALE = "female", _("Kvinde")
    MALE = "male", _("Mand")
    UNKNOWN = "unknown", _("Ikke oplyst")


class Identity(PartnershipRow):
    """What one authority knows of who a citizen is. Either a name, or what the person is called and looks like."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="identities")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("navn"), max_length=160, blank=True)
    name_key = models.CharField(max_length=320, blank=True)
    known_as = models.CharField(_("kaldes / kendetegn"), max_length=160, blank=True)
    # Beside a name that the worker chose, a number that the system made: two called the same are told apart.
    pseudonym_number = models.CharField(_("nummer for kaldenavn"), max_length=8, blank=True, db_default="")
    cpr_cipher = models.BinaryField(null=True)
    cpr_key_id = models.CharField(max_length=16, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("fødselsår"), null=True, blank=True)
    sex = models.CharField(_("køn"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    address = models.CharField(_("adresse eller opholdssted"), max_length=200, blank=True)
    area = models.ForeignKey("partnerships.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    protected_until = models.DateField(_("adressebeskyttet til"), null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("identitet")
        indexes = [
            models.Index(fields=["authority", "name_key"], name="identity_by_name"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="identity_name_parts"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "authority"],
                name="identity_once_per_authority",
                violation_error_message=_("Jeres myndighed har allerede skrevet, hvem borgeren er."),
            ),
            models.UniqueConstraint(
                fields=["authority", "pseudonym_number"],
                condition=~Q(pseudonym_number=""),
                name="pseudonym_number_once",
                violation_error_message=_("Det nummer er brugt til en anden."),
            ),
            models.CheckConstraint(
                condition=~(Q(name="") & Q(known_as="")),
                name="identity_has_a_name",
                violation_error_message=_("Skriv et navn, eller hvad borgeren kaldes."),
            ),
        ]

    def __str__(self) -> str:
        if self.name or not self.pseudonym_number:
            return self.name or self.known_as
        return f"{self.known_as} ({self.pseudonym_number})"

    @property
    def is_pseudonym(self) -> bool:
        """Whether nobody has written down who the person is: no name and no number of the state's (R-004-62)."""
        return not self.name and not self.cpr_key_id


class Merge(PartnershipRow):
    """Two rows found to be one person, by whom and why, until undone."""

    kept = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("hvorfor"), max_length=400)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("sammenlægning")

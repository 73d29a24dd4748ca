"""What a citizen has said yes and no to, and what was done against a no."""

import re
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.law import assess
from samsvar.law.kinds import AuthorityKind, InformationType, Purpose
from samsvar.postgres.models import PartnershipRow

STALE_AFTER = timedelta(days=182)


def receiver_key(name: str) -> str:
    """How a receiver is told again: the id of an authority, or a name outside the circle, however it is typed."""
    return " ".join(name.split()).casefold()


class Scope(models.TextChoices):
    """What the yes is to. A yes to one of them is none to the others (R-002-67, R-004-69)."""

    SHARE = "share", _("At dele oplysninger")
    TREAT = "treat", _("At modtage behandling")
    RESEARCH = "research", _("At være med i en undersøgelse")


class ConsentForm(models.TextChoices):
    """Written is the rule; oral needs a reason (R-000-107)."""

    WRITTEN = "written", _("Skriftligt")
    ORAL = "oral", _("Mundtligt")


class Consent(PartnershipRow):
    """A yes: to what, for whom, why, in which form, by whom, until when (L10, R-000-107, R-002-65, R-004-66).

    An own row of whoever took it. `given` and `missing` are the names of those who must say yes (custody holders: all).
    Nothing of it can be rewritten; it is withdrawn, and a new one is taken.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    # Instead of a case: a matter of a Samarbejdsenhed, which lies in a room above.
    matter_id = models.UUIDField(null=True)
    # Or the network of a citizen, which belongs to no group.
    network_id = models.UUIDField(null=True)
    # Or one thing that a unit asks of another.
    referral_id = models.UUIDField(null=True)
    group_id = models.UUIDField(null=True)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(_("ja til"), max_length=8, choices=Scope.choices, default=Scope.SHARE)
    study = models.CharField(_("hvilken undersøgelse"), max_length=160, blank=True)
    information_types = ArrayField(models.CharField(max_length=24, choices=InformationType.choices()), default=list)
    receiver_ids = ArrayField(models.UUIDField(), default=list)
    others = models.CharField(_("andre, der må få det at vide"), max_length=200, blank=True)
    purposes = ArrayField(models.CharField(max_length=16, choices=Purpose.choices()), default=list)
    form = models.CharField(_("form"), max_length=8, choices=ConsentForm.choices, default=ConsentForm.WRITTEN)
    why_oral = models.CharField(_("hvorfor mundtligt"), max_length=200, blank=True)
    informed = models.BooleanField(_("borgeren ved, hvad det betyder"), default=False)
    given = ArrayField(models.CharField(max_length=120))
    missing = ArrayField(models.CharField(max_length=120), default=list)
    # Those of the missing who have said no: as long as one has, nothing rests on the yes of the others (R-002-67).
    refused = ArrayField(models.CharField(max_length=120), default=list)
    given_on = models.DateField(_("givet"))
    valid_to = models.DateField(_("gælder til og med"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(_("trukket tilbage"), null=True)

    class Meta:
        verbose_name = _("samtykke")
        indexes = [models.Index(fields=["case", "-at"], name="consent_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    case__isnull=False, matter_id=None, network_id=None, referral_id=None, group_id__isnull=False
                )
                | Q(case=None, matter_id__isnull=False, network_id=None, referral_id=None, group_id__isnull=False)
                | Q(case=None, matter_id=None, network_id__isnull=False, referral_id=None, group_id=None)
                | Q(case=None, matter_id=None, network_id=None, referral_id__isnull=False, group_id=None),
                name="consent_is_of_one_thing",
                violation_error_message=_("Et samtykke hører til én sag, ét netværk eller én henvisning."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("given_on")) & Q(valid_to__lte=F("given_on") + timedelta(days=366)),
                name="consent_lasts_a_year_at_most",
                violation_error_message=_("Et samtykke gælder højst et år."),
            ),
            models.CheckConstraint(
                condition=Q(refused__contained_by=F("missing")),
                name="consent_a_no_is_a_missing_yes",
                violation_error_message=_("Den, der har sagt nej, mangler at sige ja."),
            ),
            models.CheckConstraint(
                condition=Q(form="written") | ~Q(why_oral=""),
                name="oral_consent_has_a_reason",
                violation_error_message=_("Skriv, hvorfor samtykket er mundtligt."),
            ),
            # R-004-69: research looks into records only on a dated, written yes to that very study.
            models.CheckConstraint(
                condition=~Q(scope="research") | (Q(form="written") & ~Q(study="")),
                name="research_consent_is_written_and_names_its_study",
                violation_error_message=_("Et ja til en undersøgelse skal være skriftligt og gælde én undersøgelse."),
            ),
        ]

    def stands(self, on: date | None = None) -> bool:
        """Whether it can be rested on: everybody has said yes, it has not lapsed and not been withdrawn."""
        day = on or timezone.localdate()
        return not self.missing and self.given_on <= day <= self.valid_to and not self.is_withdrawn(day)

    def is_withdrawn(self, on: date | None = None) -> bool:
        """Whether it has been withdrawn by that day. What was told before stays told."""
        return self.withdrawn_on is not None and self.withdrawn_on <= (on or timezone.localdate())

    @property
    def keys(self) -> frozenset[str]:
        """Whom it names: ids of authorities and names of those outside the circle."""
        outside = [self.others, *re.split(r"[,;\n]", self.others)]
        return frozenset(str(one) for one in self.receiver_ids) | {receiver_key(one) for one in outside if one.strip()}

    @property
    def is_stale(self) -> bool:
        """Whether it is so old that one asks again, although it stands (R-002-66)."""
        return self.stands() and timezone.localdate() - self.given_on > STALE_AFTER

    def for_law(self, *, by_kind: str = "") -> assess.Consent:
        """As the law is asked about it. `by_kind` is the kind of authority that took it."""
        return assess.Consent(
            given_on=self.given_on,
            receivers=self.keys,
            information_types=frozenset(InformationType(one) for one in self.information_types),
            purposes=frozenset(self.purposes),
            informed=self.informed,
            written=self.form == ConsentForm.WRITTEN,
            why_not_written=self.why_oral,
            valid_to=self.valid_to,
            withdrawn_on=self.withdrawn_on,
            all_givers=not self.missing and self.scope == Scope.SHARE,
            taken_by_police=by_kind == AuthorityKind.POLICE,
        )


class NoTo(models.TextChoices):
    """What the citizen has said no to."""

    SHARING = "sharing", _("At oplysninger deles")
    CONTACT = "contact", _("At blive kontaktet")
    PERSON = "person", _("En bestemt person")


class CitizensNo(PartnershipRow):
    """A no, seen by whoever at the table is about to act against it (R-002-69)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    to = models.CharField(_("nej til"), max_length=8, choices=NoTo.choices)
    about_authority = models.ForeignKey(
        "partnerships.Authority", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.CharField(_("hvem"), max_length=160, blank=True)
    words = models.CharField(_("borgerens ord"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("borgerens nej")
        indexes = [models.Index(fields=["case"], name="no_by_case")]


class Override(PartnershipRow):
    """What was passed on against a no: why, by whom, and what a leader said of it afterwards (R-002-68)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    reference = models.CharField(max_length=24)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    reason = models.CharField(_("hvorfor alligevel"), max_length=400)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(_("lederens vurdering"), max_length=400, blank=True)
    reviewed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tilsidesat nej")
        indexes = [models.Index(fields=["authority", "-at"], name="override_by_authority")]

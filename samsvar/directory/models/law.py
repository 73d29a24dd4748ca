"""What a lawyer changes in the rules, and the doubts people bring. No person anywhere (house.md, Roles: jurist)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, Purpose, Regime
from samsvar.law.packs import CellChange, RuleChange, Status
from samsvar.postgres.models import PartnershipRow


class Combination(models.Model):
    """Which rows of the lawyer's table something is about; empty is every value. Never a person."""

    basis = models.CharField(_("hjemmel"), max_length=16, choices=Basis.choices(), blank=True)
    cooperation = models.CharField(_("samarbejdsform"), max_length=8, choices=Cooperation.choices(), blank=True)
    sender = models.CharField(_("fra"), max_length=24, choices=AuthorityKind.choices(), blank=True)
    receiver = models.CharField(_("til"), max_length=24, choices=AuthorityKind.choices(), blank=True)
    purpose = models.CharField(_("formål"), max_length=16, choices=Purpose.choices(), blank=True)

    class Meta:
        abstract = True

    @property
    def in_words(self) -> str:
        """Basis, sender, receiver and purpose in the reader's language."""
        lang = get_language()
        every = {"da": "alle", "en": "everyone"}["en" if (lang or "").startswith("en") else "da"]
        sender = AuthorityKind(self.sender).label(lang) if self.sender else every
        receiver = AuthorityKind(self.receiver).label(lang) if self.receiver else every
        words = [
            *([Basis(self.basis).label(lang)] if self.basis else []),
            f"{sender} → {receiver}",
            *([Purpose(self.purpose).label(lang)] if self.purpose else []),
            *([self.cooperation.upper()] if self.cooperation else []),
        ]
        return ", ".join(words)


class LawChange(PartnershipRow, Combination):
    """A lawyer's dated change of the rule pack: drafted by one, approved by a second, in force from a day (R-000-105).

    Either rows of the table (a basis opened or shut between kinds), or one rule (checked, switched on or off).
    """

    number = models.PositiveIntegerField(_("nummer"))
    rule = models.CharField(_("regel"), max_length=8, blank=True)
    regime = models.CharField(_("regler for persondata"), max_length=8, choices=Regime.choices(), blank=True)
    opens = models.BooleanField(_("åbner"), null=True)
    status = models.CharField(_("efterprøvet"), max_length=12, blank=True, choices=[(s.value, s.value) for s in Status])
    switch = models.BooleanField(_("slået til"), null=True)
    why = models.TextField(_("hvorfor, og med hvilken kilde"), max_length=2000)
    since = models.DateField(_("gælder fra"))
    until = models.DateField(_("til og med"), null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("ændring af reglerne")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"],
                name="law_change_number_once",
                violation_error_message=_("En anden skrev en ændring på samme tid. Send igen."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("created_by")),
                name="law_change_second_person",
                violation_error_message=_("En anden end den, der skrev kladden, skal godkende den."),
            ),
            models.CheckConstraint(
                condition=Q(rule="", opens__isnull=False, status="", switch=None) & ~Q(basis="")
                | ~Q(rule="") & Q(opens=None, basis="", cooperation="", sender="", receiver="", purpose="", regime=""),
                name="law_change_of_rows_or_of_a_rule",
                violation_error_message=_("En ændring gælder enten rækker i tabellen eller én regel."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")) | ~Q(ended_at=None),
                name="law_change_ends_after_it_begins",
                violation_error_message=_("En ændring kan ikke slutte, før den begynder."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def begins(self) -> date:
        """From which day it counts: never before the day on which it was approved."""
        return max(self.since, self.approved_at.date()) if self.approved_at else self.since

    @property
    def is_draft(self) -> bool:
        """Whether it waits for a second person."""
        return self.approved_at is None and self.ended_at is None

    def counts(self, on: date) -> bool:
        """Whether it is in force on the day."""
        return self.approved_at is not None and self.begins <= on and (self.until is None or on <= self.until)

    def as_law(self) -> CellChange | RuleChange:
        """The change as the law room knows it; only an approved one should be asked."""
        if self.rule:
            return RuleChange(
                self.number,
                self.rule,
                since=self.begins,
                until=self.until,
                status=Status(self.status) if self.status else None,
                on=self.switch,
            )
        kinds: dict[str, Any] = {
            "cooperation": Cooperation(self.cooperation) if self.cooperation else None,
            "sender": AuthorityKind(self.sender) if self.sender else None,
            "receiver": AuthorityKind(self.receiver) if self.receiver else None,
            "purpose": Purpose(self.purpose) if self.purpose else None,
            "regime": Regime(self.regime) if self.regime else None,
        }
        return CellChange(
            self.number, Basis(self.basis), bool(self.opens), since=self.begins, until=self.until, **kinds
        )


class LawQuestion(PartnershipRow, Combination):
    """Tvivl: what a professional asks a lawyer, by the kinds of the act and without a person (R-000-111)."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    to_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(_("spørgsmål, uden navn og nummer"), max_length=1500)

    class Meta:
        verbose_name = _("tvivl")
        indexes = [models.Index(fields=["to_authority", "-asked_at"], name="law_question_by_lawyer")]


class LawAnswer(PartnershipRow, Combination):
    """A lawyer's answer. One that others may use again says the question in general, in the lawyer's own words."""

    question = models.OneToOneField(LawQuestion, on_delete=models.PROTECT, related_name="answer")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    pack = models.CharField(_("regelsæt"), max_length=24)
    text = models.TextField(_("svar"), max_length=3000)
    general = models.CharField(_("spørgsmålet i almindelighed"), max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("svar på tvivl")
        indexes = [models.Index(fields=["partnership", "-at"], name="law_answer_by_place")]

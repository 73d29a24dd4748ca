"""Those whom a unit will hand over to others one day, and each hand-over, open until its receiver has accepted it.

The list is the unit's own: whoever works with the young person writes the name once, and the days follow from the
day of birth (samsvar.referrals.transitions). A receiver sees the hand-over that it was sent, and never the list.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.citizens.words import initials
from samsvar.forms.fields import YesNoUnknown
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.models import PartnershipRow


class TransitionEnd(models.TextChoices):
    """How somebody left the list."""

    RECEIVED = "received", _("En anden har taget over")
    NO_RECEIVER = "no_receiver", _("Slut uden nogen, der tog over")
    NO_NEED = "no_need", _("Der er ikke brug for hjælp mere")
    CITIZENS_WISH = "citizens_wish", _("Borgeren ønsker det ikke")
    MOVED = "moved", _("Flyttet fra kommunen")
    MISTAKE = "mistake", _("Skrevet ved en fejl")


class Transition(PartnershipRow):
    """One citizen on one unit's transition list. The days are computed, never stored (docs/decisions/0114)."""

    citizen = models.ForeignKey("citizens.Citizen", on_delete=models.PROTECT, related_name="+")
    # As whoever wrote it did; what the authority knows besides is its own, and no hand-over opens it.
    name = models.CharField(_("navn"), max_length=160)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("overgang"), max_length=24)
    # Read once from the number that was typed; nobody deciphers a vault to find out who grows up.
    born_on = models.DateField(_("født"), null=True)
    day = models.DateField(_("dag"), null=True)
    moved_to = models.DateField(_("flyttet til"), null=True)
    moved_why = models.CharField(_("faglig grund"), max_length=400, blank=True)
    last_contact = models.DateField(_("sidste kontakt"), null=True)
    # Whether the municipality has a case, as far as the unit knows (R-002-126).
    case_known = models.CharField(
        _("sag i kommunen"), max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    # Lines of the checklist that are settled: key, day, and by whom.
    checked = models.JSONField(default=dict)
    # How far the worker has said it: begun, late, past the turn (docs/decisions/0114).
    said = models.PositiveSmallIntegerField(default=0)
    # Counts every writing, so that two do not write over each other.
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("slut"), null=True)
    end_reason = models.CharField(_("hvordan"), max_length=16, choices=TransitionEnd.choices, blank=True)

    # What the door needs to know of it (sharing.services.about.AboutCase): there is no case and no group behind it.
    group_id = None
    reference = ""

    class Meta:
        verbose_name = _("overgang")
        indexes = [
            models.Index(fields=["authority", "unit"], condition=Q(ended_on=None), name="transition_open_by_unit"),
            models.Index(fields=["citizen"], name="transition_by_citizen"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "authority", "unit", "kind"],
                condition=Q(ended_on=None, unit__isnull=False),
                name="transition_once",
                violation_error_message=_("Borgeren står allerede på jeres liste med den overgang."),
            ),
            # A post in no unit sees its own rows alone, and is refused for no others: it learns whom no colleague has.
            models.UniqueConstraint(
                fields=["citizen", "authority", "kind", "by"],
                condition=Q(ended_on=None, unit=None),
                name="transition_once_of_one",
                violation_error_message=_("Borgeren står allerede på jeres liste med den overgang."),
            ),
            models.CheckConstraint(
                condition=Q(born_on__isnull=False) | Q(day__isnull=False),
                name="transition_has_a_day",
                violation_error_message=_("Skriv den dag, overgangen regnes fra."),
            ),
            models.CheckConstraint(
                condition=Q(moved_to=None) | ~Q(moved_why=""),
                name="transition_moved_with_a_reason",
                violation_error_message=_("Skriv den faglige grund til at flytte dagen."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="transition_ends_with_a_reason",
                violation_error_message=_("Vælg, hvordan det endte."),
            ),
        ]


class HandOverState(models.TextChoices):
    """Where a hand-over stands: open until the receiver has accepted it (R-002-136)."""

    OPEN = "open", _("Venter på svar")
    ACCEPTED = "accepted", _("Taget imod")
    DECLINED = "declined", _("Afvist")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class HandOver(PartnershipRow):
    """What one unit hands to another of a transition; a pair row, with all that the receiver is told in it."""

    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="hand_overs")
    citizen = models.ForeignKey("citizens.Citizen", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    receiver = models.CharField(_("til"), max_length=24)
    to_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("navn"), max_length=160)
    born_on = models.DateField(_("født"), null=True)
    # The day on which the citizen changes hands, as it was when this was sent.
    turns_on = models.DateField(_("overgang"), null=True)
    # Function, needs and what has been done; never what the receiver should offer (R-002-38).
    words = models.TextField(_("det skal I vide"), max_length=2000)
    call = models.CharField(_("hvem I kan ringe til"), max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=HandOverState.choices, default=HandOverState.OPEN)
    answer = models.CharField(_("svar"), max_length=400, blank=True)
    # Who takes over, by name, and when the citizen is seen first: what the sender may tell the citizen.
    who = models.CharField(_("kontaktperson"), max_length=160, blank=True)
    first_on = models.DateField(_("første tid"), null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("overdragelse")
        indexes = [
            models.Index(fields=["to_authority", "to_unit"], condition=Q(state="open"), name="hand_over_open_by_unit"),
            models.Index(fields=["transition"], name="hand_over_by_transition"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "to_authority", "to_unit"],
                condition=Q(state="open"),
                nulls_distinct=False,
                name="hand_over_open_once",
                violation_error_message=_("De har fået den og har ikke svaret endnu."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="hand_over_declined_with_a_reason",
                violation_error_message=_("Skriv hvorfor. Afsenderen skal kunne komme videre."),
            ),
        ]

    @property
    def initials(self) -> str:
        """Whom it is about where no name stands."""
        return initials(self.name)

    @property
    def sender(self) -> str:
        """Who sent it: a unit and its authority, or the authority."""
        return _place(self.unit, self.authority)

    @property
    def to(self) -> str:
        """Whom it was sent to."""
        return _place(self.to_unit, self.to_authority)

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered."""
        return self.state == HandOverState.OPEN


def _place(unit: Unit | None, authority: Authority) -> str:
    return f"{unit.name}, {authority.name}" if unit else authority.name

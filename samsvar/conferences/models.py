"""The conference of a Samarbejdsenhed: open matters, under a number that lasts (003 chapter 2 and section 5.2).

What the whole group reads (numbers, order, times) stands in other tables than what is said in a matter, and that again
in another than who it is about: each has a row policy of its own. Here no decision is taken (R-003-46).
"""

from datetime import datetime
from hashlib import sha256

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow


class Conference(PartnershipRow):
    """What a meeting has besides its date when it is a conference: who leads, who writes, what is closed (R-003-28)."""

    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    chair = models.CharField(_("mødeleder"), max_length=160, blank=True)
    minute_taker = models.CharField(_("referent"), max_length=160, blank=True)
    # The first part of a PSP meeting is for the parties alone; the others come when it is over (R-003-48).
    psp_minutes = models.PositiveSmallIntegerField(_("minutter til PSP-sager"), default=0)

    class Meta:
        verbose_name = _("konference")

    @property
    def stamp(self) -> str:
        """What a form shows it has seen of it."""
        return sha256(f"{self.chair}\0{self.minute_taker}\0{self.psp_minutes}".encode()).hexdigest()


class Participant(PartnershipRow):
    """Somebody in the room who has no account: a name, and one or more places of work (R-003-31, R-003-32)."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    name = models.CharField(_("navn"), max_length=160)
    affiliations = ArrayField(models.CharField(max_length=120), verbose_name=_("kommer fra"))
    # Came for one item and for nothing before or after. Which one stands with its words, for those who work with it.
    one_item = models.BooleanField(_("kun med til ét punkt"), default=False, db_default=False)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("deltager")
        indexes = [models.Index(fields=["meeting"], name="participant_by_meeting")]

    @property
    def said(self) -> str:
        """Name and where from, as lists have it."""
        return ", ".join((self.name, *self.affiliations))


class About(models.TextChoices):
    """Whom a matter is about (R-003-34)."""

    CITIZEN = "citizen", _("En borger")
    FAMILY = "family", _("En familie")
    GENERAL = "general", _("Et generelt emne, ingen borger")


class ConferenceCase(PartnershipRow):
    """A matter and its number. Never closed, never locked: it can always be raised again (R-003-35, R-003-36)."""

    group_id = models.UUIDField()
    number = models.PositiveIntegerField()
    about = models.CharField(_("om"), max_length=8, choices=About.choices)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sag i Samarbejdsenheden")
        constraints = [
            models.UniqueConstraint(
                fields=["group_id", "number"],
                name="matter_number_once",
                violation_error_message=_("Nummeret er lige blevet brugt. Prøv igen."),
            )
        ]


class MatterParty(PartnershipRow):
    """An authority that works with a matter, and so reads what is said: registered, never by attending (R-003-45)."""

    matter = models.ForeignKey(ConferenceCase, on_delete=models.PROTECT, related_name="parties")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("med om sagen")
        constraints = [models.UniqueConstraint(fields=["matter", "authority"], name="matter_party_once")]


class MatterPerson(PartnershipRow):
    """Who a matter is about: the presenter's authority's own row. Others read it on a consent alone (R-003-37, -38)."""

    matter = models.ForeignKey(ConferenceCase, on_delete=models.PROTECT, related_name="persons")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("navn"), max_length=160)
    citizen_id = models.UUIDField(null=True)
    # The yes that the name was said on last; who is answerable for it stands in that row (R-003-39).
    consent = models.ForeignKey("sharing.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(_("samtykke trukket tilbage"), null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hvem sagen handler om")
        indexes = [models.Index(fields=["matter"], name="person_by_matter")]

    def __str__(self) -> str:
        return self.name


class ItemType(models.TextChoices):
    """Why a matter is raised (R-003-33; 003/S32)."""

    NEW = "new", _("Ny sag")
    FOLLOW_UP = "follow_up", _("Opfølgning")
    CONTINUATION = "continuation", _("Videre med en sag")
    ORIENTATION = "orientation", _("Orientering")
    WORRY = "worry", _("Bekymring")
    GENERAL = "general", _("Generelt emne")


class Level(models.TextChoices):
    """In this order: whoever is not needed any more can leave (R-003-30)."""

    REGIONAL = "regional", _("Også andre end kommunen")
    MUNICIPAL = "municipal", _("Kun kommunen")
    GENERAL = "general", _("Generelle emner")


class Named(models.TextChoices):
    """Whether the citizen has agreed to be named. It must be answered; no answer is a no (R-003-37)."""

    YES = "yes", _("Ja, der er samtykke, og jeg svarer for det")
    NO = "no", _("Nej, sagen er uden navn")
    NOBODY = "nobody", _("Ingen borger")


class ConferenceItem(PartnershipRow):
    """One matter at one meeting, as the whole group reads it: who brings it, when it is up, how long it takes."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(ConferenceCase, on_delete=models.PROTECT, related_name="items")
    group_id = models.UUIDField()
    kind = models.CharField(_("slags"), max_length=12, choices=ItemType.choices)
    level = models.CharField(_("hvem angår den"), max_length=9, choices=Level.choices)
    position = models.PositiveSmallIntegerField(null=True)
    moved_why = models.CharField(_("hvorfor flyttet"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutter"), default=15)
    named = models.CharField(_("samtykke til navnet"), max_length=6, choices=Named.choices)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    # Who put it on, and answers for the consent; beside it whoever brings it and has no account.
    presenter = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    presented_by = models.CharField(_("hvem har sagen med"), max_length=160, blank=True)
    presented_from = models.CharField(_("kommer fra"), max_length=160, blank=True)
    late = models.BooleanField(_("kom på under mødet"), default=False)
    at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("punkt")
        indexes = [models.Index(fields=["matter", "-at"], name="conference_item_by_matter")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "matter"],
                name="matter_once_per_meeting",
                violation_error_message=_("Sagen er allerede på mødet."),
            ),
            models.CheckConstraint(
                condition=~Q(named="yes") | Q(presented_by=""),
                name="who_answers_for_consent_has_an_account",
                violation_error_message=_("Kun den, der har adgang her, kan svare for et samtykke."),
            ),
        ]

    @property
    def is_short(self) -> bool:
        """A three-minute matter (003 section 2.11)."""
        return self.minutes <= SHORT


SHORT = 3
USUAL = 15


class Conclusion(models.TextChoices):
    """What an item comes to. "Still unclear" is one (R-003-42); none of them is a decision about anybody (R-003-46)."""

    AGREED = "agreed", _("Aftalt: næste skridt")
    UNCLEAR = "unclear", _("Stadig uklart")
    ORIENTED = "oriented", _("Taget til orientering")
    PASSED_ON = "passed_on", _("Skal afgøres et andet sted")
    # Who holds it together is no decision about what somebody gets (R-003-15, R-003-18).
    COORDINATOR = "coordinator", _("Besluttet: hvem der er tovholder")
    LEAVES = "leaves", _("Kræver ikke mere nu")
    NOT_REACHED = "not_reached", _("Ikke nået")


class ToldCitizen(models.TextChoices):
    """Whether the citizen knows that the matter is talked about here (R-003-57)."""

    YES = "yes", _("Ja")
    NO = "no", _("Nej")
    LATER = "later", _("Bliver spurgt bagefter")


class ItemWords(PartnershipRow):
    """What is said of a matter at a meeting, for those who work with it."""

    item = models.OneToOneField(ConferenceItem, on_delete=models.PROTECT, related_name="words")
    matter = models.ForeignKey(ConferenceCase, on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    text = models.TextField(_("hvad sagen handler om"), max_length=4000, blank=True)
    # Brought along by whoever has spoken with the citizen, and read when the item is up.
    own_words = models.TextField(_("borgerens egne ord"), max_length=2000, blank=True)
    informed = models.CharField(_("ved borgeren det"), max_length=5, choices=ToldCitizen.choices, blank=True)
    informed_on = models.DateField(_("hvornår fik borgeren det at vide"), null=True)
    conclusion = models.CharField(_("konklusion"), max_length=12, choices=Conclusion.choices, blank=True)
    conclusion_text = models.TextField(_("konklusionen med ord"), max_length=2000, blank=True)
    # Who talked, who asked, who listened and reflected, and for how long; no word of what they said (R-003-148).
    talk = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # Who was there while it was up, where somebody said otherwise than the meeting's list: "id", "said" in the words of
    # then, and "here". With the approval all stand here, and nothing else counts from then on.
    there = models.JSONField(_("til stede ved punktet"), null=True, encoder=DjangoJSONEncoder)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("det sagte")

    @property
    def stamp(self) -> str:
        """What a form shows it has seen: the words alone. A clock or a name in the room overtakes nobody's text."""
        said = (self.text, self.own_words, self.informed, str(self.informed_on), self.conclusion, self.conclusion_text)
        return sha256("\0".join(said).encode()).hexdigest()


class StepState(models.TextChoices):
    """How a step went, judged at a later meeting (003/S26, R-003-43)."""

    OPEN = "open", _("I gang")
    DONE = "done", _("Lykkedes")
    TAKEN_OVER = "taken_over", _("En anden tager over")
    DROPPED = "dropped", _("Ikke længere nødvendigt")


class ConferenceStep(PartnershipRow):
    """A next step: who, what, by when, on what condition, and what else (R-003-43)."""

    matter = models.ForeignKey(ConferenceCase, on_delete=models.PROTECT, related_name="steps")
    item = models.ForeignKey(ConferenceItem, on_delete=models.PROTECT, related_name="steps")
    group_id = models.UUIDField()
    what = models.CharField(_("hvad"), max_length=300)
    owner_ids = ArrayField(models.UUIDField(), verbose_name=_("hvem"))
    who = models.CharField(_("hvem hos dem"), max_length=160, blank=True)
    due_on = models.DateField(_("senest"), null=True)
    condition = models.CharField(_("hvis"), max_length=200, blank=True)
    fallback = models.CharField(_("ellers"), max_length=200, blank=True)
    # Where a decision about the citizen belongs: a named place in the line, never here (R-003-46).
    decided_at = models.CharField(_("afgøres hos"), max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    judged_at = models.DateTimeField(null=True)
    verdict = models.CharField(_("hvordan gik det"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("skridt")
        indexes = [models.Index(fields=["group_id", "state", "due_on"], name="conference_step_open")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(owner_ids=[]),
                name="conference_step_has_an_owner",
                violation_error_message=_("Vælg mindst én, der gør det."),
            )
        ]


def talked(entry: dict, now: datetime) -> int:
    """The seconds of one voice of a reflecting conversation, the running one's up to now."""
    since = entry.get("since")
    running = (now - datetime.fromisoformat(since)).total_seconds() if since else 0
    return int(entry.get("seconds", 0) + max(0, running))

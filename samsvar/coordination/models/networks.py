"""The network of one citizen: who holds it together, who helps, and whom the citizen has let in (003 chapter 1).

Being party to a case makes nobody part of a network (house.md, The wall, 4). The row that all hangs on holds nothing
that could not be read by everyone who is let in; why somebody asked for a tovholder stands in a table of its own.
No table here has a place for a decision or a grant: the tovholder has none to make (R-003-15).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsvar.citizens.words import initials
from samsvar.law.kinds import InformationType
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.models import PartnershipRow


class Ending(models.TextChoices):
    """Why a tovholder stopped, or a network ended (R-003-19)."""

    REPLACED = "replaced", _("En anden har overtaget")
    NO_NEED = "no_need", _("Der er ikke brug for en tovholder mere")
    CITIZENS_WISH = "citizens_wish", _("Borgeren ønsker det ikke mere")
    MOVED = "moved", _("Borgeren er flyttet til en anden kommune")
    LEFT_POST = "left_post", _("Tovholderen er holdt op i stillingen")
    DEAD = "dead", _("Borgeren er død")


class CareNetwork(PartnershipRow):
    """Borgerens netværk: one citizen, and the authority whose tovholder holds it together."""

    citizen = models.ForeignKey("citizens.Citizen", on_delete=models.PROTECT, related_name="+")
    # As whoever opened it wrote it. What the authority knows besides (address, number, what people call them) is its
    # own, and no yes of a network opens it.
    name = models.CharField(_("navn"), max_length=160)
    name_key = models.CharField(max_length=320)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    # Whoever opened it reaches it until there is a tovholder.
    capacity = models.ForeignKey("partnerships.Capacity", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("slut"), null=True)
    end_reason = models.CharField(_("hvorfor"), max_length=16, choices=Ending.choices, blank=True)

    class Meta:
        verbose_name = _("borgerens netværk")
        indexes = [models.Index(fields=["citizen"], name="network_by_citizen")]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "authority"],
                condition=Q(ended_on=None),
                name="network_once_per_citizen",
                violation_error_message=_("Borgeren har allerede et netværk hos jer. Spørg jeres leder."),
            )
        ]

    # What the door needs to know of it (sharing.services.about.AboutCase): there is no case and no group behind it.
    group_id = None
    reference = ""

    @property
    def initials(self) -> str:
        """Who it is on a page that bears no names: enough for one who knows the citizen, and for nobody else."""
        return initials(self.name)


class AskedBy(models.TextChoices):
    """Who can ask for a tovholder (R-003-17)."""

    PROFESSIONAL = "professional", _("En fagperson")
    CITIZEN = "citizen", _("Borgeren selv")
    RELATIVE = "relative", _("En pårørende")


class Rope(models.TextChoices):
    """The areas that a tovholder can hold when there are several (002 chapter 3; R-003-63)."""

    WORK = "work", _("Beskæftigelse")
    CHILDREN = "children", _("Børn og unge")
    ADULTS = "adults", _("Voksne og social")
    HEALTH = "health", _("Sundhed")
    REGION = "region", _("Behandling i regionen")
    HOUSING = "housing", _("Bolig")
    MONEY = "money", _("Økonomi")


class CoordinatorRequest(PartnershipRow):
    """Somebody asks for a tovholder, and why: the agreement's two signs, or another reason (R-003-17, R-003-20)."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="requests")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(_("hvem spørger"), max_length=12, choices=AskedBy.choices)
    who = models.CharField(_("navn"), max_length=160, blank=True)
    complex = models.BooleanField(_("sammensatte problemer"), default=False)
    several = models.BooleanField(_("hjælp fra flere afdelinger"), default=False)
    why = models.CharField(_("hvorfor"), max_length=400, blank=True)
    # Only here do the relatives get the tovholder's number without being asked about it (R-003-7).
    child = models.BooleanField(_("barn eller ung"), default=False)
    asked_on = models.DateField(_("spurgt"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answered_on = models.DateField(null=True)
    # Empty once there is a tovholder; else why none was found.
    none_found = models.CharField(_("hvorfor ingen er fundet"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("ønske om tovholder")
        indexes = [models.Index(fields=["network"], name="coordinator_request_by_network")]
        constraints = [
            models.CheckConstraint(
                condition=Q(complex=True, several=True) | ~Q(why=""),
                name="coordinator_request_has_a_reason",
                violation_error_message=_("Skriv, hvorfor der alligevel er brug for en tovholder."),
            )
        ]

    @property
    def days(self) -> int:
        """How long it took, or has taken until today (R-003-88)."""
        return ((self.answered_on or timezone.localdate()) - self.asked_on).days


class CoordinatorState(models.TextChoices):
    """Where a tovholder stands; may be taken up again (decisions.md; R-003-19)."""

    ACTIVE = "active", _("Aktiv")
    RESTING = "resting", _("I bero")
    ENDED = "ended", _("Slut")


class CareCoordinator(PartnershipRow):
    """Tovholder: always a person, with a name, a phone and hours (R-003-3). Coordinates, and grants nothing.

    At most one is responsible at a time (R-003-1); others may help (R-003-2). A change is a new row.
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="coordinators")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    # The post it is held in; empty for one who does not work here with Samsvar.
    capacity = models.ForeignKey("partnerships.Capacity", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("tovholderens navn"), max_length=160)
    phone = models.CharField(_("telefon"), max_length=40)
    hours = models.CharField(_("træffes"), max_length=120)
    responsible = models.BooleanField(_("ansvarlig tovholder"), default=True)
    acting = models.BooleanField(_("fungerende"), default=False)
    areas = ArrayField(models.CharField(max_length=12, choices=Rope.choices), default=list, blank=True)
    # The meeting of a Samarbejdsenhed that decided it, whose minutes say so (R-003-18).
    decided_on = models.DateField(_("besluttet på møde"), null=True)
    state = models.CharField(max_length=8, choices=CoordinatorState.choices, default=CoordinatorState.ACTIVE)
    since = models.DateField(_("fra"))
    until = models.DateField(_("til"), null=True)
    why = models.CharField(_("hvorfor"), max_length=200, blank=True)
    end_reason = models.CharField(_("hvorfor slut"), max_length=16, choices=Ending.choices, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tovholder")
        indexes = [
            models.Index(fields=["network", "-since"], name="coordinator_by_network"),
            models.Index(fields=["capacity"], condition=Q(until=None), name="coordinator_by_post"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone="") & ~Q(hours=""),
                name="coordinator_can_be_reached",
                violation_error_message=_("En tovholder har et navn, en telefon og en træffetid."),
            ),
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(until=None, responsible=True),
                name="one_responsible_coordinator",
                violation_error_message=_("En anden er lige blevet ansvarlig tovholder. Se siden igen."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) & ~Q(state="ended") | ~Q(until=None) & Q(state="ended") & ~Q(end_reason=""),
                name="coordinator_ends_with_a_reason",
                violation_error_message=_("Vælg, hvorfor tovholderen stopper."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ropes(self) -> list[str]:
        """The areas it holds, in words."""
        return [str(Rope(one).label) for one in self.areas]

    @property
    def team(self) -> str:
        """The unit it is held from: a team of tovholdere or a line unit, which differ in nothing else (R-003-68)."""
        return self.capacity.unit.name if self.capacity and self.capacity.unit else ""

    @property
    def is_current(self) -> bool:
        """Whether it is held today."""
        return self.until is None


class Mandate(PartnershipRow):
    """What the tovholder does here, and where others take over; each version stands (R-003-12, R-003-13)."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="mandates")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("udgave"))
    text = models.TextField(_("det gør tovholderen"), max_length=2000)
    interfaces = models.TextField(_("det gør andre"), max_length=2000, blank=True)
    confirmed_on = models.DateField(_("aftalt"))
    confirmed_with = models.CharField(_("aftalt med"), max_length=300)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("opgave for tovholderen")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "version"],
                name="mandate_version_once",
                violation_error_message=_("En anden har lige skrevet en ny udgave. Se den, og skriv så din."),
            )
        ]


class Category(models.TextChoices):
    """What a citizen can let somebody know, one by one."""

    COORDINATOR = "coordinator", _("Hvem der er tovholder")
    CONTACTS = "contacts", _("Hvem der hjælper med hvad")
    MEETINGS = "meetings", _("Netværksmøder og aftaler")
    # The sections of what is told once (R-003-60); their texts stand in models/summary.py.
    ILLNESS = "illness", _("Sygdomsforløb")
    SITUATION = "situation", _("Situationen nu")
    HELP_REGION = "help_region", _("Hjælp fra psykiatrien")
    HELP_MUNICIPALITY = "help_municipality", _("Hjælp fra kommunen")
    WORKS = "works", _("Hvad der hjælper, og hvad der gør det værre")
    WISHES = "wishes", _("Borgerens ønsker")
    EVENTS = "events", _("Indlæggelse, udskrivning og andre hændelser")
    PLANS = "plans", _("Planer")

    @property
    def information_type(self) -> InformationType:
        """As the law names what this tells."""
        return {
            Category.COORDINATOR: InformationType.RESPONSIBILITY,
            Category.CONTACTS: InformationType.CONTACT,
            Category.MEETINGS: InformationType.ACTION,
            Category.ILLNESS: InformationType.HEALTH,
            Category.SITUATION: InformationType.SOCIAL,
            Category.HELP_REGION: InformationType.HEALTH,
            Category.HELP_MUNICIPALITY: InformationType.SOCIAL,
            Category.WORKS: InformationType.CITIZENS_VIEW,
            Category.WISHES: InformationType.CITIZENS_VIEW,
            Category.EVENTS: InformationType.HEALTH,
            Category.PLANS: InformationType.HEALTH,
        }[self]


def place_words(unit: Unit | None, authority: Authority) -> str:
    """A unit and its authority, or the authority alone."""
    return f"{unit.name}, {authority.name}" if unit else authority.name


class NetworkReader(PartnershipRow):
    """Somebody whom the citizen has let in: an authority or one unit of it, for what, and on which yes.

    This row with its consent is what opens the network; the disclosure beside it is the record (decisions.md).
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="readers")
    # Whose network it is: its policies cannot ask the network's own, which ask for this table.
    owner_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    categories = ArrayField(models.CharField(max_length=24, choices=Category.choices))
    consent = models.ForeignKey("sharing.Consent", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hvem borgeren har lukket ind")
        indexes = [
            models.Index(fields=["network"], name="network_reader_by_network"),
            models.Index(fields=["authority"], condition=Q(until=None), name="network_reader_by_authority"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(categories__len__gt=0),
                name="network_reader_reads_something",
                violation_error_message=_("Vælg, hvad der må ses."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="network_reader_ends_after_it_begins",
                violation_error_message=_("En adgang kan ikke slutte, før den begynder."),
            ),
        ]

    @property
    def who(self) -> str:
        """The unit and its authority, or the authority."""
        return place_words(self.unit, self.authority)

    @property
    def words(self) -> list[str]:
        """What it opens, in words."""
        return [str(Category(one).label) for one in self.categories]

    @property
    def stands(self) -> bool:
        """Whether it opens anything today. Needs the consent."""
        today = timezone.localdate()
        return self.consent.stands() and self.since <= today and (self.until is None or self.until > today)


class ContactRole(models.TextChoices):
    """In which role somebody stands beside the citizen (R-003-4, R-003-61; 002 chapter 4)."""

    PRIMARY = "primary", _("Primærbehandler")
    WARD = "ward", _("Kontaktperson på afdelingen")
    CASEWORKER = "caseworker", _("Sagsbehandler")
    SUPERVISOR = "supervisor", _("Tilsynsførende")
    MISUSE = "misuse", _("Misbrugsbehandler")
    SUPPORT = "support", _("Støtte-kontaktperson (SKP)")
    HOME = "home", _("Bostøtte")
    DOCTOR = "doctor", _("Egen læge")
    RELATIVE = "relative", _("Pårørende")
    FRIEND = "friend", _("Ven eller nabo")
    COMPANION = "companion", _("Bisidder")
    OTHER = "other", _("En anden")


PRIVATE = (ContactRole.RELATIVE, ContactRole.FRIEND, ContactRole.COMPANION)


class Pause(models.TextChoices):
    """Why somebody stands back for a while: general words, which all who see the contact may know (002/AS-19)."""

    REST = "rest", _("Borgeren har brug for ro")
    WISH = "wish", _("Borgeren ønsker det")
    OTHERS_FIRST = "first", _("Andres hjælp går forud lige nu")


class NetworkContact(PartnershipRow):
    """Somebody around the citizen: in which role, and what they can decide (R-003-16, R-003-61).

    Whom the citizen does not want told or invited is `unwanted`; only those inside see that (R-003-26).
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="contacts")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("rolle"), max_length=12, choices=ContactRole.choices)
    name = models.CharField(_("navn"), max_length=160)
    place = models.CharField(_("hvorfra"), max_length=160, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    hours = models.CharField(_("træffes"), max_length=120, blank=True)
    decides = models.CharField(_("kan afgøre"), max_length=200, blank=True)
    # Whose place somebody took: the citizen has both names on paper (R-002-7).
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # The practice that is the citizen's own doctor, where it takes part: nobody else's door opens to a practice.
    body = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, null=True, related_name="+")
    unwanted = models.BooleanField(_("borgeren vil ikke have personen med"), default=False)
    paused_on = models.DateField(_("sat på pause"), null=True)
    pause = models.CharField(_("hvorfor"), max_length=8, choices=Pause.choices, blank=True)
    until = models.DateField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kontakt i netværket")
        indexes = [models.Index(fields=["network"], name="network_contact_by_network")]
        constraints = [
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(until=None, body__isnull=False),
                name="one_own_doctor",
                violation_error_message=_("En anden har lige valgt en anden egen læge. Se siden igen."),
            ),
            models.CheckConstraint(
                condition=Q(body=None) | Q(role="doctor"),
                name="only_the_own_doctor_is_a_practice",
                violation_error_message=_("Kun egen læge kan være en praksis."),
            ),
        ]

    @property
    def is_private(self) -> bool:
        """Whether it is one of the citizen's own people."""
        return self.role in PRIVATE


class CoordinatorNews(PartnershipRow):
    """Everybody knows: one row for each reader whom a change of tovholder, or of a contact, reached (R-003-9, R-002-7).

    What it says stands as it was said. Who read it, and that it is noted in the own journal, is the receiver's to say.
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(NetworkReader, on_delete=models.PROTECT, related_name="news")
    owner_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    # The role of the contact that changed; empty for the tovholder.
    role = models.CharField(_("rolle"), max_length=12, choices=ContactRole.choices, blank=True)
    before = models.CharField(_("før"), max_length=160, blank=True)
    after = models.CharField(_("nu"), max_length=160, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    hours = models.CharField(_("træffes"), max_length=120, blank=True)
    why = models.CharField(_("hvorfor"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("nyt om tovholderen")
        indexes = [
            models.Index(fields=["network", "-at"], name="coordinator_news_by_network"),
            models.Index(fields=["authority"], condition=Q(noted_at=None), name="coordinator_news_not_noted"),
        ]

    @property
    def headline(self) -> str:
        """What it is about, without a name: it stands on the desk too."""
        if not self.role:
            return gettext("Nyt om tovholderen")
        return gettext("Ny kontakt: %(role)s") % {"role": self.get_role_display().lower()}


class Way(models.TextChoices):
    """How something was given to the citizen."""

    HAND = "hand", _("I hånden")
    TALK = "talk", _("I en samtale")
    POST = "post", _("Med post")


class HandedOut(PartnershipRow):
    """The tovholder's number, and what a tovholder can and cannot do, given to the citizen (R-003-5, R-003-14)."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="handed_out")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey(CareCoordinator, on_delete=models.PROTECT, related_name="+")
    # A relative of a child; empty for the citizen.
    contact = models.ForeignKey(NetworkContact, on_delete=models.PROTECT, null=True, related_name="+")
    # Which wording of the card, and which version of what was agreed.
    card = models.CharField(max_length=12)
    mandate_version = models.PositiveSmallIntegerField(null=True)
    how = models.CharField(_("hvordan"), max_length=8, choices=Way.choices)
    on = models.DateField(_("hvornår"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("givet til borgeren")
        indexes = [models.Index(fields=["network", "-on"], name="handed_out_by_network")]

"""Who cooperates: partnerships, authorities, units, groups, and the posts that people act in.

001 sections 3 and 4; 000 chapters 1 and 9: everything that differs between partnerships is a row or a setting here.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.law.kinds import AuthorityKind, Cooperation, Regime, is_english
from samsvar.postgres.models import Period, Row


class Hearing(models.TextChoices):
    """What a table does with an item that does not concern one of its municipalities (000 section 2.17, R-000-72)."""

    ALL_HEAR = "all_hear", _("Alle hører med")
    ANONYMISE = "anonymise", _("Sagen drøftes uden navn")
    LEAVE_ROOM = "leave_room", _("De andre går ud")


class Partnership(Row):
    """Authorities that cooperate under one agreement and one set of rules, normally within a police district."""

    name = models.CharField(_("navn"), max_length=120)
    cooperation = models.CharField(_("samarbejdsform"), max_length=8, choices=Cooperation.choices(), default="psp")
    police_district = models.CharField(_("politikreds"), max_length=120, blank=True)
    purpose = models.TextField(_("formål og målgruppe"), blank=True)
    reference_prefix = models.CharField(_("sagspræfiks"), max_length=6)
    name_in_advance = models.BooleanField(_("navn kan ses før mødet"), default=True)
    age_limit = models.PositiveSmallIntegerField(_("aldersgrænse"), default=18)
    means_required = models.BooleanField(_("kræv, at egne midler er udtømt"), default=True)
    count_network_cases = models.BooleanField(_("tæl NP-sager"), default=True)
    run_off_days = models.PositiveSmallIntegerField(_("dage med læseadgang efter udtræden"), default=30)
    stale_days = models.PositiveSmallIntegerField(_("dage før en sag kaldes stille"), default=30)
    hearing = models.CharField(
        _("når flere kommuner sidder ved bordet"),
        max_length=12,
        choices=Hearing.choices,
        default=Hearing.ALL_HEAR,
        db_default=Hearing.ALL_HEAR,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("samarbejde")

    def __str__(self) -> str:
        return self.name

    @property
    def cooperation_word(self) -> str:
        """The form of cooperation in the reader's language."""
        return Cooperation(self.cooperation).label(get_language())


class Area(Row):
    """A municipality or part of one; catchments of authorities and groups are made of these (R-000-5)."""

    name = models.CharField(_("navn"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("område")

    def __str__(self) -> str:
        return self.name


class Notice(models.TextChoices):
    """How a place wants to be told of what happens: the sender writes once, and each gets its own (R-002-6)."""

    SCREEN = "screen", _("På skærmen")
    TEXT = "text", _("Som tekst til vores eget system")
    LETTER = "letter", _("Som brev (PDF)")


def notice_field() -> "models.CharField[str, str]":
    """The form in which an authority, or a unit of it, wants its notices."""
    return models.CharField(
        _("sådan vil vi have besked"),
        max_length=8,
        choices=Notice.choices,
        default=Notice.SCREEN,
        db_default=Notice.SCREEN,
    )


# The agreement puts the tovholder in the municipality (003 section 1.1); its job centre can be an authority of its own.
APPOINTS = (AuthorityKind.SOCIAL, AuthorityKind.JOBCENTRE)


class Authority(Row):
    """The data controller. A local body with own competence is one of its own (L28): see `parent`."""

    name = models.CharField(_("navn"), max_length=120)
    short_name = models.CharField(_("kort navn"), max_length=24)
    kind = models.CharField(_("slags"), max_length=24, choices=AuthorityKind.choices())
    regime = models.CharField(_("regler for persondata"), max_length=8, choices=Regime.choices(), default="gdpr")
    notice = notice_field()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    areas = models.ManyToManyField(Area, blank=True, related_name="authorities")
    valid_from = models.DateField(_("fra"), null=True, blank=True)
    valid_until = models.DateField(_("til"), null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    # Off: one tovholder answers for it all. On: each holds areas, and the page marks what nobody or two hold.
    several_coordinators = models.BooleanField(
        _("flere tovholdere, hver med sit område"), default=False, db_default=False
    )

    class Meta:
        verbose_name = _("myndighed")
        constraints = [
            models.CheckConstraint(
                condition=~Q(successor=F("id")),
                name="authority_not_its_own_successor",
                violation_error_message=_("En myndighed kan ikke afløse sig selv."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def appoints(self) -> bool:
        """Whether a tovholder is appointed here."""
        return self.kind in APPOINTS


class Unit(Row):
    """Part of an authority: a ward, a job centre, a local police station."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("navn"), max_length=120)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    hours = models.CharField(_("åbningstid"), max_length=120, blank=True)
    inbox = models.EmailField(_("fælles postkasse"), blank=True)
    notice = notice_field()

    class Meta:
        verbose_name = _("enhed")

    def __str__(self) -> str:
        return self.name


class Participation(Period, Row):
    """An authority takes part in a partnership, from a day to a day."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="participations")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="participations")

    class Meta:
        verbose_name = _("deltagelse")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "authority"],
                condition=Q(until=None),
                name="participation_once",
                violation_error_message=_("Myndigheden er allerede med i samarbejdet."),
            )
        ]


class Level(models.TextChoices):
    """The three levels of 001 section 3; only the operative one must exist."""

    STRATEGIC = "strategic", _("Strategisk")
    STEERING = "steering", _("Styrende")
    OPERATIVE = "operative", _("Udførende")


class GroupModel(models.TextChoices):
    """The organisational variants of 001 sections 3.1 and 3.2: ways of composing groups (R-001-2)."""

    DISTRICT_COUNCIL = "district_council", _("Kredsrådet, udvidet med en PSP-repræsentant fra regionen")
    STEERING_GROUP = "steering_group", _("PSP-styregruppe under kredsrådet")
    COMMITTEE = "committee", _("PSP-udvalg under kredsrådet")
    LOCAL_COUNCIL = "local_council", _("Lokalrådet er styregruppe")
    LOCAL_COUNCIL_APPOINTS = "local_council_appoints", _("Lokalrådet udpeger en styregruppe")
    SEVERAL_COUNCILS = "several_councils", _("Flere lokalråd sammen")
    JOINS_NEIGHBOUR = "joins_neighbour", _("En lille kommune går med hos en større nabo")
    CATCHMENT = "catchment", _("Én styregruppe pr. psykiatrisk optageområde")
    EXISTING_FORUM = "existing_forum", _("Et forum, der allerede findes")
    OPERATIVE_GROUP = "operative_group", _("Operativgruppe")
    CONFERENCE = "conference", _("Samarbejdsenhed: åbne sagskonferencer")


class Rhythm(models.TextChoices):
    """How often a group meets."""

    WEEKLY = "weekly", _("hver uge")
    THIRD_WEDNESDAY = "third_wednesday", _("3. onsdag i måneden")
    MONTHLY = "monthly", _("hver måned")
    EVERY_SECOND_MONTH = "every_second_month", _("hver anden måned")
    QUARTERLY = "quarterly", _("hvert kvartal")
    YEARLY = "yearly", _("en gang om året")
    ON_NEED = "on_need", _("efter behov")


class ReportingChannel(models.TextChoices):
    """How police concerns reach the group (000 section 2.2, R-000-20)."""

    SHARED_INBOX = "shared_inbox", _("Funktionspostkasse")
    DUTY_OFFICER = "duty_officer", _("Vagthavende gennemgår døgnrapporter")
    SECRETARIAT_SEARCH = "secretariat_search", _("Sekretariatet søger på a-journalnumre")
    NIGHT_REPORT = "night_report", _("Døgnrapport og socialrapport")


class Group(Row):
    """A table at which authorities sit: strategic, steering or operative. Its own word may differ (praksisgruppe)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("navn"), max_length=120)
    word = models.CharField(_("kaldes her"), max_length=40, default="operativgruppe")
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices)
    model = models.CharField(_("bygget som"), max_length=24, choices=GroupModel.choices, default="operative_group")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    reference_prefix = models.CharField(_("sagspræfiks"), max_length=6, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="groups")
    rhythm = models.CharField(_("rytme"), max_length=20, choices=Rhythm.choices, default="monthly")
    place = models.CharField(_("sted"), max_length=120, blank=True)
    duty_to_attend = models.BooleanField(_("mødepligt"), default=False)
    deputies_allowed = models.BooleanField(_("stedfortrædere"), default=True)
    # decisions.md, PSP sharing: a group that is PSP for one meeting a month shares nothing between its meetings.
    only_at_meetings = models.BooleanField(_("deler kun på møder"), default=False, db_default=False)
    theme_day_every = models.PositiveSmallIntegerField(_("temadag hver n'te gang"), null=True, blank=True)
    channels = ArrayField(
        models.CharField(max_length=24, choices=ReportingChannel.choices),
        default=list,
        blank=True,
        verbose_name=_("politiets kanaler"),
    )
    instruction = models.TextField(_("sådan melder du"), blank=True)
    since = models.DateField(_("fra"), null=True, blank=True)
    until = models.DateField(_("til"), null=True, blank=True)

    class Meta:
        verbose_name = _("gruppe")

    def __str__(self) -> str:
        return self.name

    @property
    def channel_words(self) -> list[str]:
        """How police concerns reach the group, in words."""
        return [str(ReportingChannel(channel).label) for channel in self.channels]


class CapacityRole(models.TextChoices):
    """What a post gives access to by itself; seats in groups and functions add theirs (house.md, Roles)."""

    FRONTLINE = "frontline", _("Frontlinje")
    SCREENER = "screener", _("Visitator (vagthavende)")
    RELEASER = "releaser", _("Leder, der kan frigive")
    LOCAL_ADMIN = "local_admin", _("Lokal administrator")
    DPO = "dpo", _("Databeskyttelsesrådgiver")
    JURIST = "jurist", _("Jurist")


class Capacity(Period, Row):
    """The post a person acts in: one authority, a function, roles. A person with two posts acts in one at a time."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="capacities")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="capacities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="capacities")
    function = models.CharField(_("funktion"), max_length=80)
    roles = ArrayField(
        models.CharField(max_length=16, choices=CapacityRole.choices),
        default=list,
        blank=True,
        verbose_name=_("roller"),
    )
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    hours = models.CharField(_("træffes"), max_length=120, blank=True)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_on = models.DateField(_("gennemgået"), null=True, blank=True)
    end_reason = models.CharField(_("hvorfor ophørt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="capacity_ends_after_it_begins",
                violation_error_message=_("En post kan ikke slutte, før den begynder."),
            )
        ]

    def __str__(self) -> str:
        return self.function

    @property
    def role_words(self) -> str:
        """What the post can do by itself, in words."""
        return ", ".join(str(CapacityRole(role).label) for role in self.roles)


class MembershipKind(models.TextChoices):
    """Permanent and ad hoc members are told apart in the source (000 section 1.3)."""

    PERMANENT = "permanent", _("Fast medlem")
    AD_HOC = "ad_hoc", _("Ad hoc")
    DEPUTY = "deputy", _("Stedfortræder")


class Membership(Period, Row):
    """A seat at a table, held in a post (R-000-2, R-001-4, R-001-5)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(_("slags"), max_length=12, choices=MembershipKind.choices, default="permanent")
    deputises_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies")
    may_decide = models.BooleanField(_("kan beslutte ved bordet"), default=True)
    close_to_practice = models.BooleanField(_("tæt på borgersager"), default=True)
    duty_to_attend = models.BooleanField(_("mødepligt"), default=False)
    mandate = models.CharField(_("mandat"), max_length=200, blank=True)
    network = models.CharField(_("kan inddrage"), max_length=200, blank=True)
    end_reason = models.CharField(_("hvorfor udtrådt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("medlemskab")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "capacity"],
                condition=Q(until=None),
                name="membership_once",
                violation_error_message=_("Personen sidder allerede i gruppen."),
            )
        ]


class GroupFunction(Period, Row):
    """Coordinator, chair, secretariat: functions that move between authorities with history (R-000-7, R-000-8)."""

    class Function(models.TextChoices):
        COORDINATOR = "coordinator", _("Koordinator")
        CHAIR = "chair", _("Formand")
        SECRETARIAT = "secretariat", _("Sekretariat")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="functions")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="functions")
    function = models.CharField(_("funktion"), max_length=12, choices=Function.choices)
    reason = models.CharField(_("hvorfor flyttet"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("gruppefunktion")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "function"],
                condition=Q(until=None),
                name="one_holder_of_a_function",
                violation_error_message=_("En anden har allerede denne funktion i gruppen."),
            )
        ]


class Agreement(Row):
    """The district's agreement, an annex to kredsrådets samarbejdsplan; the region is a party (R-001-3)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField(_("udgave"))
    text = models.TextField(_("aftalens ord"))
    in_force_from = models.DateField(_("gælder fra"))
    parties = models.ManyToManyField(Authority, related_name="+", verbose_name=_("parter"))
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("aftale")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"],
                name="agreement_version_once",
                violation_error_message=_("Den udgave af aftalen findes allerede."),
            )
        ]


def _worded(danish: str, english: str) -> str:
    """A partnership's own word in the reader's language; Danish when it has given no other."""
    return english if english and is_english(get_language()) else danish


class Criterion(Row):
    """One trait of the target group as this partnership words it; the ten of L26 to begin with (R-001-7)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=40)
    danish = models.CharField(_("dansk"), max_length=200)
    english = models.CharField(_("engelsk"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(_("bruges"), default=True)

    class Meta:
        verbose_name = _("kriterium")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key"], name="criterion_once", violation_error_message=_("Kriteriet findes.")
            )
        ]

    def __str__(self) -> str:
        return _worded(self.danish, self.english)


class Category(Row):
    """A category of cases (usynlig, udadreagerende ...). Never on paper that leaves the group (R-000-40, R-000-41)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="categories")
    key = models.SlugField(max_length=40)
    danish = models.CharField(_("dansk"), max_length=80)
    english = models.CharField(_("engelsk"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(_("bruges"), default=True)

    class Meta:
        verbose_name = _("kategori")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key"], name="category_once", violation_error_message=_("Kategorien findes.")
            )
        ]

    def __str__(self) -> str:
        return _worded(self.danish, self.english)


class EmergencyContact(Row):
    """Who to call when it cannot wait: the place's own numbers (R-000-51)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="emergency_contacts")
    name = models.CharField(_("hvem"), max_length=120)
    phone = models.CharField(_("telefon"), max_length=40)
    hours = models.CharField(_("hvornår"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("akut kontakt")
        ordering = ["position", "id"]


class Releaser(Period, Row):
    """A named person who releases health information for an authority or one of its units (L11, R-000-101)."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="releasers")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deputy = models.BooleanField(_("stedfortræder"), default=False)
    hours = models.CharField(_("hvornår"), max_length=120, blank=True)
    nights = models.BooleanField(_("også aften, nat og weekend"), default=False)

    class Meta:
        verbose_name = _("frigiver")
        ordering = ["deputy", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["capacity"],
                condition=Q(until=None),
                name="releaser_once",
                violation_error_message=_("Personen står allerede på listen."),
            )
        ]


class Measure(Row):
    """A measure that an authority already has: only such can be agreed on (R-000-82, R-000-84)."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(_("indsats"), max_length=120)
    active = models.BooleanField(_("bruges"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("indsats")
        ordering = ["position", "name", "id"]

    def __str__(self) -> str:
        return self.name

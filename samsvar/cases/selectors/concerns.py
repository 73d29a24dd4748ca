"""Concerns as their raiser sees them, and as those see them who screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language

from samsvar.cases.models import Concern, ConcernState, Feedback, NetworkCase, Screening, ScreeningOutcome
from samsvar.cases.services.concerns import MAY_SCREEN, shows_who
from samsvar.law import packs
from samsvar.law.kinds import AuthorityKind, Cooperation
from samsvar.law.sentences import Notice
from samsvar.law.warnings import suspicious
from samsvar.partnerships.models import (
    Area,
    Authority,
    Category,
    Criterion,
    EmergencyContact,
    Group,
    Level,
    Membership,
    Participation,
    Partnership,
    ReportingChannel,
)
from samsvar.partnerships.selectors import catchment_warning, covers
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor

FIRST_WORDS = 80


def my_concerns(actor: Actor) -> QuerySet[Concern]:
    """What the actor has raised, newest first, each with its answers in `answers`."""
    return (
        Concern.objects.filter(raised_by_id=actor.person_id)
        .defer("search")
        .select_related("identity__area", "group")
        .prefetch_related(Prefetch("feedback", Feedback.objects.order_by("at", "id"), to_attr="answers"))
        .order_by("-raised_at", "id")
    )


def unread_answers(actor: Actor) -> int:
    """How many answers the actor has not seen yet."""
    return Feedback.objects.filter(to_id=actor.person_id, read_at=None).count()


def concern_of(actor: Actor, concern_id: UUID) -> Concern | None:
    """One concern with what its page shows, or None: not found and not yours are the same."""
    return (
        Concern.objects.defer("search")
        .select_related(
            "identity__area", "authority", "unit", "raised_by", "group__partnership", "partnership", "notifier"
        )
        .filter(pk=concern_id)
        .first()
    )


def tagged_before(actor: Actor, concern: Concern) -> list[Concern]:
    """The actor's own earlier concerns with the same number, newest first.

    A colleague's are not among them: whoever is at the front line hears of what is their own, and of nothing else.
    """
    if not concern.event_reference:
        return []
    mine = Concern.objects.defer("search").filter(
        raised_by_id=actor.person_id, event_reference__iexact=concern.event_reference, raised_at__lte=concern.raised_at
    )
    return list(mine.exclude(pk=concern.pk).exclude(state=ConcernState.WITHDRAWN).order_by("-raised_at", "id")[:5])


def answers_of(actor: Actor, concern: Concern) -> list[Feedback]:
    """What the raiser of a concern has heard, oldest first."""
    return list(Feedback.objects.filter(concern=concern).order_by("at", "id"))


def to_screen(actor: Actor) -> QuerySet[Concern]:
    """What waits to be judged: the own authority's concerns and those sent to it, acute first, then oldest.

    Nothing for those who do not screen, though they see their own. What the own authority has sent on waits elsewhere.
    """
    if not actor.is_any(*MAY_SCREEN):
        return Concern.objects.none()
    sent_on = Screening.objects.filter(concern=OuterRef("pk"), outcome=ScreeningOutcome.ELSEWHERE)
    return (
        Concern.objects.filter(~Exists(sent_on), state=ConcernState.RAISED)
        .defer("search")
        .select_related("identity", "authority", "unit", "group", "raised_by")
        .order_by(ExpressionWrapper(Q(acute_trigger=""), BooleanField()), "raised_at", "id")
    )


@dataclass(frozen=True)
class Line:
    """A line of a list of concerns. `words` are the first of the own authority's text; `days` since it was raised.

    `shows_who`: whether what is known of the citizen may stand there.
    """

    concern: Concern
    own: bool
    words: str
    days: int
    shows_who: bool


def lines_of(actor: Actor, concerns: Iterable[Concern]) -> list[Line]:
    """The lines of these concerns, in the order given."""
    lines = []
    for concern in concerns:
        own = actor.owns(concern.authority_id)
        days = (timezone.localdate() - timezone.localtime(concern.raised_at).date()).days
        lines.append(Line(concern, own, first_words(concern.text) if own else "", days, shows_who(actor, concern)))
    return lines


def first_words(text: str) -> str:
    """Enough of a text to know it again."""
    return Truncator(" ".join(text.split())).chars(FIRST_WORDS)


def can_be_screened(actor: Actor, concern: Concern) -> bool:
    """Whether the actor may judge this concern now."""
    return to_screen(actor).filter(pk=concern.pk).exists()


def can_be_raised(actor: Actor, concern: Concern) -> bool:
    """Whether a case may come of it: unscreened, or settled between meetings and not raised yet."""
    open_ways = (ConcernState.NETWORK, ConcernState.ACUTE)
    if not actor.is_any(*MAY_SCREEN) or concern.case_id is not None:
        return False
    return concern.state in open_ways or can_be_screened(actor, concern)


def screenings_of(actor: Actor, concern: Concern) -> list[Screening]:
    """How the own authority has judged this concern, oldest first; its reasons stay at home."""
    return list(Screening.objects.select_related("by").filter(concern=concern).order_by("at", "id"))


def network_cases_of(actor: Actor, concern: Concern) -> list[NetworkCase]:
    """The NP-sager that came of a concern."""
    return list(NetworkCase.objects.filter(concern=concern).order_by("opened_at", "id"))


@dataclass(frozen=True)
class Place:
    """A group that a concern may be meant for. `own`: the actor's authority has a seat at its table."""

    group: Group
    own: bool

    @property
    def label(self) -> str:
        """The group, with its partnership where names could be the same."""
        return f"{self.group.name} ({self.group.partnership.name})"

    @property
    def channels(self) -> list[str]:
        """The ways in which police concerns reach this group, in words (R-000-20)."""
        return [str(ReportingChannel(channel).label) for channel in self.group.channels]


def places(actor: Actor) -> list[Place]:
    """The operative groups a worry may be meant for: those where the own authority sits, else all in reach."""
    groups = (
        Group.objects.filter(
            Q(until=None) | Q(until__gte=timezone.localdate()),
            partnership_id__in=actor.partnership_ids,
            level=Level.OPERATIVE,
        )
        .annotate(
            own=Exists(
                Membership.objects.filter(
                    current(),
                    group=OuterRef("pk"),
                    capacity__authority_id__in=actor.authority_ids,
                )
            )
        )
        .select_related("partnership")
        .order_by("partnership__name", "name", "id")
    )
    found = [Place(group, group.own) for group in groups]
    own = [place for place in found if place.own]
    return own or found


def usual_place(actor: Actor, options: Sequence[Place]) -> Place | None:
    """The place to propose: the only one, the one of the actor's latest concern, the own table; else nobody knows."""
    if len(options) == 1:
        return options[0]
    latest = (
        Concern.objects.filter(raised_by_id=actor.person_id)
        .exclude(group=None)
        .order_by("-raised_at")
        .values_list("group_id", flat=True)
        .first()
    )
    for place in options:
        if place.group.pk == latest:
            return place
    return next((place for place in options if place.group.pk in actor.group_ids), None)


def areas(actor: Actor) -> list[Area]:
    """The areas of the actor's partnerships: those that groups and authorities in them cover."""
    return list(
        Area.objects.filter(
            Q(groups__partnership_id__in=actor.partnership_ids)
            | Q(authorities__participations__partnership_id__in=actor.partnership_ids)
        )
        .distinct()
        .order_by("name")
    )


def emergency_contacts(actor: Actor, partnership_ids: Sequence[UUID] | None = None) -> list[EmergencyContact]:
    """Who to call when it cannot wait, in the place's own order (R-000-51)."""
    wanted = [key for key in (partnership_ids or actor.partnership_ids) if key in actor.partnership_ids]
    return list(EmergencyContact.objects.filter(partnership_id__in=wanted).order_by("partnership", "position", "id"))


def traits_of(partnership: Partnership) -> list[tuple[str, str]]:
    """Key and words of each trait of the target group, as the partnership words them; else the ten of L26."""
    english = (get_language() or "").startswith("en")
    own = [
        (criterion.key, criterion.english or criterion.danish if english else criterion.danish)
        for criterion in Criterion.objects.filter(partnership=partnership, active=True)
    ]
    if own:
        return own
    pack = packs.find(timezone.localdate())
    return [(trait.key, trait.label(get_language())) for trait in pack.traits] if pack else []


def categories_of(partnership: Partnership) -> list[tuple[str, str]]:
    """Id and words of each category in use (R-000-40)."""
    english = (get_language() or "").startswith("en")
    return [
        (str(category.pk), category.english or category.danish if english else category.danish)
        for category in Category.objects.filter(partnership=partnership, active=True)
    ]


@dataclass(frozen=True)
class Candidate:
    """An authority that can be asked to the table; `brought_in`: only by choosing it (L3)."""

    authority: Authority
    proposed: bool
    brought_in: bool


def candidates(
    actor: Actor, group: Group, *, area_id: UUID | None = None, raised_by: UUID | None = None
) -> list[Candidate]:
    """The other authorities of the partnership that § 115 reaches, proposed from area, seat and kind (decisions.md).

    `raised_by` is the authority behind the concern, which is always proposed. Kinds that § 115 reaches only by
    agreement, and forensic psychiatry, have to do with few of the citizens: whoever raises the case knows of which.
    """
    pack = packs.find(timezone.localdate())
    coverage = pack.matrix.get(Cooperation(group.partnership.cooperation)) if pack else None
    if coverage is None:
        return []
    lawful = coverage.covered | coverage.by_agreement | coverage.brought_in
    usual = coverage.covered - {AuthorityKind.FORENSIC_PSYCHIATRY}
    authorities = (
        Authority.objects.filter(
            pk__in=Participation.objects.filter(current(), partnership_id=group.partnership_id).values("authority_id"),
            kind__in=[kind.value for kind in lawful],
        )
        .exclude(pk__in=actor.authority_ids)
        .annotate(
            seated=Exists(
                Membership.objects.filter(
                    current(),
                    group=group,
                    capacity__authority_id=OuterRef("pk"),
                )
            )
        )
        .prefetch_related("areas")
        .order_by("kind", "name", "id")
    )
    found = []
    for authority in authorities:
        near = covers(authority, area_id)
        outside = AuthorityKind(authority.kind) in coverage.brought_in
        found.append(
            Candidate(
                authority,
                proposed=(authority.seated and near and AuthorityKind(authority.kind) in usual)
                or authority.pk == raised_by,
                brought_in=outside,
            )
        )
    return found


@dataclass(frozen=True)
class Warnings:
    """What the one who screens should look at once more; none of it stops anybody (R-000-5, R-000-29, R-000-30, L5).

    `catchment` are sentences about a citizen's area that the group or its authorities do not cover.
    """

    catchment: tuple[str, ...] = ()
    under_age: int = 0
    notices: tuple[Notice, ...] = ()


def warnings_for(actor: Actor, concern: Concern, group: Group | None) -> Warnings:
    """The catchment, the age limit, words of an investigation, a number in the text."""
    identity = concern.identity
    young = 0
    elsewhere = catchment_warning(group, identity.area) if identity is not None and group is not None else None
    if identity is not None and identity.birth_year:
        age = _age_at_most(identity.birth_year, timezone.localdate())
        if age <= concern.partnership.age_limit:
            young = concern.partnership.age_limit
    return Warnings(tuple(elsewhere.sentences) if elsewhere else (), young, suspicious(concern.text))


def _age_at_most(birth_year: int, today: date) -> int:
    """Whoever may still be under the limit this year is worth a look."""
    return today.year - birth_year

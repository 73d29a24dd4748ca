"""The plans of a network as the actor may read them: side by side, one by one, and which wait to be looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from samsvar.coordination.models import (
    OPENED_BY_ADMISSION,
    CareCoordinator,
    CareEvent,
    CareNetwork,
    Category,
    ContactRole,
    EventKind,
    LinePart,
    NetworkContact,
    NetworkReader,
    Plan,
    PlanAnswer,
    PlanLine,
    PlanReply,
    PlanVersion,
)
from samsvar.coordination.models.networks import place_words
from samsvar.coordination.selectors.networks import around, coordinator_of, receivers
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import Actor

MOST_PLANS = 100
WARDS = (AuthorityKind.PSYCHIATRY, AuthorityKind.FORENSIC_PSYCHIATRY)


@dataclass(frozen=True)
class Owner:
    """Somebody who can have a line: the citizen, one around the citizen, or a place."""

    key: str
    name: str
    party: Authority | None = None
    unit: Unit | None = None
    role: str = ""

    @property
    def is_person(self) -> bool:
        """The citizen or one around the citizen; else an authority or one of its units."""
        return not self.key.startswith(("a-", "u-"))

    @property
    def words(self) -> str:
        """As the list of a form says it; a line holds the name alone."""
        return f"{self.name}, {self.role}" if self.role else self.name


@dataclass(frozen=True)
class LineRow:
    """One line: whether its owner has said yes, as far as the actor may know, and what it waits for."""

    line: PlanLine
    accepted: PlanAnswer | None
    proposed: bool
    waits: bool
    fresh: bool


@dataclass(frozen=True)
class VersionView:
    """One version with its lines in the parts that they belong to, and what was said to it."""

    version: PlanVersion
    lines: list[LineRow]
    answers: list[PlanAnswer]

    @property
    def steps(self) -> list[LineRow]:
        """What is planned."""
        return [one for one in self.lines if one.line.part == LinePart.STEP]

    @property
    def fallbacks(self) -> list[LineRow]:
        """What is done when that fails."""
        return [one for one in self.lines if one.line.part == LinePart.FALLBACK]

    @property
    def away(self) -> list[LineRow]:
        """What is done when the citizen stays away."""
        return [one for one in self.lines if one.line.part == LinePart.AWAY]

    @property
    def changed(self) -> list[str]:
        """Whose help is new or becomes another one (R-002-116)."""
        return list(dict.fromkeys(one.line.owner for one in self.lines if one.line.changed))

    @property
    def parties(self) -> list[str]:
        """Who has a line."""
        return list(dict.fromkeys(one.line.owner for one in self.lines))

    @property
    def accepted_by(self) -> list[str]:
        """Who has said yes, as far as the actor may know."""
        return list(dict.fromkeys(one.who for one in self.answers if one.reply != PlanReply.NO))


@dataclass(frozen=True)
class PlanView:
    """One plan: the version in force, a draft beside it, and the former ones."""

    plan: Plan
    now: VersionView | None
    draft: VersionView | None
    former: list[VersionView]
    reopened: bool
    clashes: list[str] = field(default_factory=list)

    @property
    def shown(self) -> VersionView | None:
        """The version that the table of all plans tells of."""
        return self.now or self.draft

    @property
    def is_due(self) -> bool:
        """Whether somebody shall look it through: its day has come, or the citizen has been admitted since."""
        return self.plan.ended_on is None and bool(self.now and (self.now.version.is_due or self.reopened))


def tells_plans(actor: Actor, network: CareNetwork) -> bool:
    """Whether the actor may read plans: from inside, or let in for them."""
    return bool(getattr(network, "inside", False)) or any(
        Category.PLANS in categories
        for categories in NetworkReader.objects.filter(
            network=network, authority_id__in=actor.authority_ids, until=None
        ).values_list("categories", flat=True)
    )


def plans(actor: Actor, network: CareNetwork) -> list[PlanView]:
    """All plans that the actor may read, those in force first; a constant number of queries."""
    rows = list(
        Plan.objects.filter(network=network)
        .select_related("network__authority", "meeting", "authority", "unit")
        .order_by("ended_on", "at", "id")[:MOST_PLANS]
    )
    views = _views(actor, network, rows)
    return [PlanView(**{**vars(one), "clashes": _clashes(one, views)}) for one in views]


def latest(actor: Actor, network: CareNetwork) -> PlanView | None:
    """The plan that was put in force last, of those that the actor may read."""
    standing = [one for one in plans(actor, network) if one.now is not None and one.plan.ended_on is None]
    return max(standing, key=_since, default=None)


def _since(view: PlanView) -> datetime:
    assert view.now is not None
    assert view.now.version.in_force_at is not None
    return view.now.version.in_force_at


def find_plan(actor: Actor, network: CareNetwork, plan_id: UUID) -> Plan | None:
    """A plan of this network."""
    rows = Plan.objects.select_related("authority", "unit", "meeting")
    found = rows.filter(network=network, pk=plan_id).first()
    if found is not None:
        # With what the actor is in it.
        found.network = network
    return found


def plan_view(actor: Actor, plan: Plan) -> PlanView:
    """One plan, with what does not go together with the others."""
    found = next((one for one in plans(actor, plan.network) if one.plan.pk == plan.pk), None)
    return found or _views(actor, plan.network, [plan])[0]


def find_line(actor: Actor, plan: Plan, line_id: UUID) -> PlanLine | None:
    """A line of this plan."""
    return PlanLine.objects.select_related("network", "version").filter(version__plan=plan, pk=line_id).first()


def draft_of(actor: Actor, plan: Plan) -> PlanVersion | None:
    """The version that is being written."""
    return PlanVersion.objects.filter(plan=plan, in_force_at=None).first()


def text_of(actor: Actor, version: PlanVersion) -> str:
    """All that a version says, to be looked over once more before others read it."""
    lines = PlanLine.objects.filter(version=version).values_list("what", "condition", "reason")
    return "\n".join([version.goals, version.reference, *(text for line in lines for text in line)])


def stamp(actor: Actor, draft: PlanVersion) -> str:
    """Another one after each change of a draft or of its lines: what was gone through is what is put in force."""
    lines = PlanLine.objects.filter(version=draft).aggregate(number=Count("id"), newest=Max("at"))
    newest = lines["newest"].isoformat() if lines["newest"] else ""
    return f"{draft.edits} {lines['number']} {newest}"


def owners(actor: Actor, network: CareNetwork) -> list[Owner]:
    """Who can have a line. Whom the citizen does not want is never among them."""
    holder = coordinator_of(actor, network)
    found = [Owner("citizen", network.name)]
    if holder is not None:
        found.append(Owner(f"k-{holder.pk}", holder.name, network.authority))
    found += [
        Owner(f"c-{one.pk}", one.name, role=str(one.get_role_display()).lower()) for one in to_meet(actor, network)
    ]
    for body, units in receivers(actor, network):
        found.append(Owner(f"a-{body.pk}", body.name, body))
        found += [Owner(f"u-{unit.pk}", place_words(unit, body), body, unit) for unit in units]
    return found


def askable(view: VersionView) -> list[str]:
    """Those around the citizen who have a line and can be asked by those inside."""
    return list(dict.fromkeys(one.line.owner for one in view.lines if one.line.party_id is None))


def own_lines(actor: Actor, view: PlanView) -> list[LineRow]:
    """The lines of the version in force that wait for a yes of the actor's own place."""
    if view.now is None or view.plan.ended_on is not None or actor.owns(view.plan.authority_id):
        return []
    return [
        one
        for one in view.now.lines
        if one.proposed
        and one.line.party_id is not None
        and actor.owns(one.line.party_id)
        and one.line.unit_id in (None, actor.unit_id)
    ]


def told_of_discharge(actor: Actor, network: CareNetwork) -> list[str]:
    """Whom the citizen's yes names for events: they hear of the discharge when it is released."""
    rows = NetworkReader.objects.filter(
        network=network, until=None, categories__contains=[Category.EVENTS]
    ).select_related("authority", "unit", "consent")
    return sorted(one.who for one in rows if one.stands)


def to_meet(actor: Actor, network: CareNetwork) -> list[NetworkContact]:
    """Whom to ask to the meeting about a discharge: those around the citizen whom the citizen wants (R-002-103)."""
    return list(around(actor, network).order_by("role", "name", "id"))


def planning_with(actor: Actor, network: CareNetwork) -> list[NetworkContact]:
    """Whom the ward calls to a planlægningsmøde when it admits one whom the misuse treatment knows too (R-002-142)."""
    if actor.authority_kind not in WARDS:
        return []
    return list(around(actor, network).filter(role=ContactRole.MISUSE).order_by("name", "id"))


def due(actor: Actor) -> QuerySet[PlanVersion]:
    """Versions in force that the actor shall look through: as tovholder, or as leader where none works with Samsvar."""
    today = timezone.localdate()
    holders = CareCoordinator.objects.filter(network=OuterRef("network"), until=None, capacity__isnull=False)
    admitted = CareEvent.objects.filter(
        network=OuterRef("network"), kind=EventKind.ADMISSION, released_at__gt=OuterRef("in_force_at")
    )
    ours = {"version": OuterRef("pk"), "unit": None}
    asked = PlanLine.objects.filter(
        ~Q(authority__in=actor.authority_ids), party__in=actor.authority_ids, done_on=None, **ours
    )
    said = PlanAnswer.objects.filter(authority__in=actor.authority_ids, **ours)
    return (
        PlanVersion.objects.filter(
            Exists(holders.filter(capacity=actor.capacity_id)) | ~Exists(holders),
            Q(review_on__lte=today)
            | Q(Exists(admitted), plan__kind__in=OPENED_BY_ADMISSION)
            # Another's plan has lines for us that nobody here has said yes to.
            | Q(Exists(asked), ~Exists(said)),
            network__authority_id__in=actor.authority_ids,
            network__ended_on=None,
            plan__ended_on=None,
            plan__in_force=F("version"),
        )
        .select_related("plan", "network")
        .order_by("review_on", "id")
    )


def _views(actor: Actor, network: CareNetwork, rows: Sequence[Plan]) -> list[PlanView]:
    versions: dict[UUID, list[PlanVersion]] = {}
    for version in (
        PlanVersion.objects.filter(plan__in=rows).select_related("by", "in_force_by").order_by("-version", "id")
    ):
        versions.setdefault(version.plan_id, []).append(version)
    lines: dict[UUID, list[PlanLine]] = {}
    for line in (
        PlanLine.objects.filter(version__plan__in=rows)
        .select_related("party", "unit", "done_by")
        .order_by("number", "id")
    ):
        lines.setdefault(line.version_id, []).append(line)
    answers: dict[UUID, list[PlanAnswer]] = {}
    for answer in (
        PlanAnswer.objects.filter(network=network).select_related("version", "by").order_by("-on", "-at", "id")
    ):
        answers.setdefault(answer.version.plan_id, []).append(answer)
    admitted = (
        CareEvent.objects.filter(network=network, kind=EventKind.ADMISSION, released_at__isnull=False)
        .order_by("-released_at")
        .values_list("released_at", flat=True)
        .first()
    )
    found = []
    for plan in rows:
        said = answers.get(plan.pk, [])
        views = [_version_view(actor, plan, one, lines.get(one.pk, []), said) for one in versions.get(plan.pk, [])]
        now = next((one for one in views if one.version.version == plan.in_force), None)
        draft = next((one for one in views if one.version.is_draft), None)
        since = now.version.in_force_at if now else None
        found.append(
            PlanView(
                plan,
                now,
                draft,
                [one for one in views if one is not now and one is not draft],
                plan.kind in OPENED_BY_ADMISSION and bool(admitted and since and admitted > since),
            )
        )
    return found


def _version_view(
    actor: Actor, plan: Plan, version: PlanVersion, lines: Sequence[PlanLine], said: Sequence[PlanAnswer]
) -> VersionView:
    left = {line.number for line in lines if line.done_on is None}
    return VersionView(
        version,
        [_line_row(actor, plan, version, line, said, left) for line in lines],
        [one for one in said if one.version_id == version.pk],
    )


def _line_row(
    actor: Actor, plan: Plan, version: PlanVersion, line: PlanLine, said: Sequence[PlanAnswer], left: set[int]
) -> LineRow:
    newest = next(
        (
            one
            for one in said
            # A yes to a version holds for the lines that stood there, as long as they stand.
            if line.since <= one.version.version <= version.version
            and one.authority_id == line.party_id
            and (one.unit_id == line.unit_id if line.party_id else one.who == line.owner)
        ),
        None,
    )
    accepted = newest if newest is not None and newest.reply != PlanReply.NO else None
    # What another party said is not the actor's to know, unless from inside.
    known = line.party_id is None or actor.owns(plan.authority_id) or actor.owns(line.party_id)
    return LineRow(
        line,
        accepted,
        proposed=known and accepted is None and line.party_id != plan.authority_id,
        waits=line.after in left,
        fresh=line.since == version.version and version.version > 1,
    )


def _clashes(view: PlanView, others: Sequence[PlanView]) -> list[str]:
    """What a reader should look at: two plans of one kind in force, or the same one busy twice on one day."""
    if view.now is None or view.plan.ended_on is not None:
        return []
    found: list[str] = []
    mine = _days(view.now)
    for other in others:
        if other is view or other.now is None or other.plan.ended_on is not None:
            continue
        name = str(other.plan.get_kind_display())
        if other.plan.kind == view.plan.kind and not view.plan.is_elsewhere:
            found.append(name)
        found += [f"{name}: {owner}" for owner, day in sorted(mine & _days(other.now))]
    return list(dict.fromkeys(found))


def _days(view: VersionView) -> set[tuple[str, date]]:
    return {(one.line.owner, one.line.due_on) for one in view.steps if one.line.due_on and one.line.done_on is None}

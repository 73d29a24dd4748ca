"""What the citizen has told, section by section, as the actor may read it."""

from dataclasses import dataclass, field
from uuid import UUID

from samsvar.coordination.models import SECTIONS, CareNetwork, Category, NetworkReader, SummarySection
from samsvar.law.kinds import AuthorityKind
from samsvar.postgres.actor import Actor

HEALTH = (AuthorityKind.PSYCHIATRY, AuthorityKind.FORENSIC_PSYCHIATRY, AuthorityKind.PRACTICE)
_HEALTH_FIRST = (
    Category.ILLNESS,
    Category.HELP_REGION,
    Category.WORKS,
    Category.SITUATION,
    Category.HELP_MUNICIPALITY,
    Category.WISHES,
)


@dataclass(frozen=True)
class Section:
    """One section: the text in force, a newer draft, the former versions, and who reads it."""

    category: Category
    now: SummarySection | None
    draft: SummarySection | None
    former: list[SummarySection] = field(default_factory=list)
    readers: list[NetworkReader] = field(default_factory=list)

    @property
    def newest(self) -> SummarySection | None:
        """The version that a writer goes on from."""
        written = [one for one in (self.now, self.draft, *self.former) if one is not None]
        return max(written, key=lambda one: one.version, default=None)


def order_for(kind: str) -> tuple[Category, ...]:
    """How everyday life works comes first for the social side, health first for the health side."""
    return _HEALTH_FIRST if kind in HEALTH else SECTIONS


def sections(actor: Actor, network: CareNetwork) -> list[Section]:
    """The sections that the actor may read, in the order of the actor's side; two queries.

    To one let in: those that a standing yes names, each with the text in force or none.
    """
    inside = bool(getattr(network, "inside", False))
    readers = list(
        NetworkReader.objects.filter(network=network)
        .select_related("authority", "unit", *(["consent"] if inside else []))
        .order_by("authority__name", "id")
    )
    rows: dict[str, list[SummarySection]] = {}
    for row in SummarySection.objects.filter(network=network).select_related("by").order_by("-version", "id"):
        rows.setdefault(row.category, []).append(row)
    open_here = {one for reader in readers if actor.owns(reader.authority_id) for one in reader.categories}
    return [
        _section(
            category,
            rows.get(category, []),
            [one for one in readers if category in one.categories and one.stands] if inside else [],
        )
        for category in order_for(actor.authority_kind)
        if inside or category in open_here
    ]


def of_receiver(actor: Actor, network: CareNetwork, reader: NetworkReader) -> list[Section]:
    """What a receiver reads, for those inside: the sections in force that its yes names, in the receiver's order."""
    written = {one.category: one for one in sections(actor, network) if one.now is not None}
    return [
        written[category]
        for category in order_for(reader.authority.kind)
        if category in written and category in reader.categories
    ]


def with_brief(written: list[Section]) -> set[UUID]:
    """The doors behind which some section can be read."""
    return {reader.pk for one in written if one.now is not None for reader in one.readers}


def find_section(actor: Actor, network: CareNetwork, section_id: UUID) -> SummarySection | None:
    """A version of a section that nothing has taken the place of."""
    return SummarySection.objects.select_related("network").filter(network=network, pk=section_id, until=None).first()


def _section(category: Category, rows: list[SummarySection], readers: list[NetworkReader]) -> Section:
    now = next((one for one in rows if not one.is_draft and one.until is None), None)
    newest = rows[0] if rows else None
    draft = newest if newest is not None and newest.is_draft else None
    return Section(category, now, draft, [one for one in rows if one is not now and one is not draft], readers)

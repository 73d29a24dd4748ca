"""Bilag 11, the registration form: the meeting's cases with exactly its six columns (R-000-129, 000 section 3.1).

It is drawn from the cases each time and kept nowhere (decisions.md, Sheets). A category and a trait stand in no column.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.cases.models import Action, ActionState, Case
from samsvar.documents.words import in_full
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors.agendas import agenda
from samsvar.partnerships.models import GroupFunction
from samsvar.postgres.actor import Actor

# Word for word as the form has them.
COLUMNS = (
    gettext_lazy("Navn / Alder / Køn / Status"),
    gettext_lazy("Dato / Hvem har rejst problemet"),
    gettext_lazy("Nærmere beskrivelse af problemstilling"),
    gettext_lazy("Eventuelle tidligere indsatser"),
    gettext_lazy("Hvem-gør-hvad-aftaler og opfølgning samt ansvarlige, herunder gerne dato"),
    gettext_lazy("Fremhæves specielle problemer"),
)


@dataclass(frozen=True)
class SheetRow:
    """One citizen's row; `cells` in the order of COLUMNS."""

    case: Case
    cells: tuple[str, str, str, str, str, str]


def is_secretariat(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor is the secretariat of the meeting's group today: nobody else takes the form out on paper."""
    today = timezone.localdate()
    return GroupFunction.objects.filter(
        Q(until=None) | Q(until__gte=today),
        group_id=meeting.group_id,
        capacity_id=actor.capacity_id,
        function=GroupFunction.Function.SECRETARIAT,
        since__lte=today,
    ).exists()


def sheet(actor: Actor, meeting: Meeting) -> list[SheetRow]:
    """The rows of the cases to which the actor's authority is party, in the order of the agenda."""
    lines = agenda(actor, meeting).lines
    ids = [line.case.pk for line in lines]
    cases = Case.objects.select_related("identity", "raised_by_authority").defer("search").in_bulk(ids)
    actions: dict[UUID, list[Action]] = defaultdict(list)
    agreed = Action.objects.filter(case__in=ids, state__in=[ActionState.AGREED, ActionState.PROPOSED, ActionState.DONE])
    for action in agreed.select_related("authority").order_by("due_on", "at", "id"):
        actions[action.case_id].append(action)
    holders = {line.case.pk: line.holding.authority.name for line in lines if line.holding}
    return [_row(cases[key], holders.get(key, ""), actions[key]) for key in ids if key in cases]


def _row(case: Case, holder: str, actions: Sequence[Action]) -> SheetRow:
    who = case.identity
    born = who.birth_year if who else None
    cells = (
        [
            (who.name or who.known_as) if who else case.reference,
            _("ca. %(age)s år") % {"age": timezone.localdate().year - born} if born else "",
            who.get_sex_display() if who else "",
            case.get_standing_display(),
        ],
        [in_full(timezone.localtime(case.raised_at).date()), case.raised_by_authority.name],
        [case.why_serious],
        [case.tried_before, case.means_exhausted],
        [
            _("Handlingsansvar: %(who)s") % {"who": holder} if holder else "",
            *(_agreed(action) for action in actions),
            f"{case.next_step}{f', {in_full(case.next_on)}' if case.next_on else ''}" if case.next_step else "",
        ],
        [case.special_problems],
    )
    first, second, third, fourth, fifth, sixth = ("\n".join(part for part in cell if part) for cell in cells)
    return SheetRow(case, (first, second, third, fourth, fifth, sixth))


def _agreed(action: Action) -> str:
    words = [f"{action.authority.short_name}: {action.what}"]
    if action.who:
        words.append(action.who)
    if action.due_on:
        words.append(in_full(action.due_on))
    if action.state != ActionState.AGREED:
        words.append(action.get_state_display().lower())
    return ", ".join(words)

"""Before the meeting: what the own authority knows, does not know and will find out, case by case; and on paper."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.audit.models import Act
from samsvar.cases.models import Action, ActionState
from samsvar.cases.services.rows import log_in_case
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors import agendas
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Answer, Contribution

# How an authority stands before a case, in the words of the table (R-000-68).
SAID: dict[str, str | Promise] = {
    Answer.CONTRIBUTES: _("Vi ved noget"),
    Answer.NOT_KNOWN: _("Vi kender ikke borgeren"),
    Answer.BACK_LATER: _("Vi finder ud af det"),
    Answer.DECLINES: _("Vi videregiver ikke"),
}


@dataclass(frozen=True)
class Prepared:
    """One case as its own party takes it to the table: nothing that another authority has told."""

    line: agendas.Line
    answers: list[Contribution] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    @property
    def nameless(self) -> bool:
        """Whether it waits for the name, which is said at the table: nobody can look up whom they do not know of."""
        return not self.answers and self.line.case.identity_id is not None and self.line.case.identity is None

    @property
    def said(self) -> str | Promise:
        """Where the own authority stands, by its newest answer."""
        if self.nameless:
            return _("Navnet siges ved bordet; slå op bagefter")
        return SAID[self.answers[-1].answer] if self.answers else _("Ikke forberedt")

    @property
    def ready(self) -> bool:
        """Whether somebody at home has looked."""
        return bool(self.answers)


def prepared(actor: Actor, meeting: Meeting) -> list[Prepared]:
    """The meeting's cases with the own authority's part in each. Two queries besides the agenda's (R-000-58)."""
    lines = agendas.agenda(actor, meeting).lines
    of_ours = {"case__in": [line.case.pk for line in lines], "authority_id__in": actor.authority_ids}
    answers: dict[UUID, list[Contribution]] = defaultdict(list)
    for one in Contribution.objects.filter(**of_ours).select_related("by").defer("search").order_by("at", "id"):
        answers[one.case_id].append(one)
    actions: dict[UUID, list[Action]] = defaultdict(list)
    still = Action.objects.filter(**of_ours, state__in=[ActionState.AGREED, ActionState.PROPOSED])
    for action in still.order_by("due_on", "id"):
        actions[action.case_id].append(action)
    return [Prepared(line, answers[line.case.pk], actions[line.case.pk]) for line in lines]


def take_out(actor: Actor, meeting: Meeting) -> list[Prepared]:
    """The same for paper: logged as a print for every citizen, since paper is beyond recall."""
    found = prepared(actor, meeting)
    for one in found:
        case = one.line.case
        log_in_case(actor, Act.PRINT, case, detail={"meeting": str(meeting.pk)})
    return found

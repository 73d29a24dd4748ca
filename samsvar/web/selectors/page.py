"""Mit bord: what needs me now, in order. References only: no citizen's name stands on a start page."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models import Case, Count, Q, When, Window
from django.utils import timezone

from samsvar.cases.models import Feedback
from samsvar.cases.selectors import lists
from samsvar.cases.services.concerns import may_raise
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors.agendas import next_meeting
from samsvar.partnerships.models import Level, Membership, MembershipKind
from samsvar.postgres.actor import Actor
from samsvar.referrals.selectors.desk import on_desk
from samsvar.web.selectors.news import agreed_lines, care_news, referral_lines
from samsvar.web.selectors.parts import Part, Quiet, Section, length_of
from samsvar.web.selectors.places import address_of
from samsvar.web.selectors.tasks import ORDER, task_sections

MOST_MEMBERS = 6


_PARTS = {"answers", "quiet", "news", "agreed", "referrals", *(key for key, *_rest in ORDER)}


@dataclass(frozen=True)
class Desk:
    """One person's desk in one post. `case_ids` are those whose references stand on it."""

    sections: list[Section]
    meeting: Meeting | None
    answers: Part
    quiet: Part
    news: Part
    agreed: Part
    referrals: Part
    members: list[Membership]
    may_raise: bool
    whole: str
    works: bool
    reads_log: bool
    once: UUID

    @property
    def is_empty(self) -> bool:
        """Nothing needs this person now, which is a good state."""
        parts = (self.answers, self.quiet, self.news, self.agreed, self.referrals)
        return not self.sections and not any(part.rows for part in parts)

    @property
    def case_ids(self) -> list[str]:
        """For the log."""
        shown = {line.task.case_id for section in self.sections for line in section.lines if line.task.case_id}
        return sorted(str(one) for one in shown | {row.case_id for row in self.quiet.rows})

    @property
    def subject_ids(self) -> list[str]:
        """For the log: the concerns and calls whose number stands on the desk, and the networks with news."""
        shown = {line.task.subject_id for section in self.sections for line in section.lines}
        shown |= {one.network_id for one in [*self.news.rows, *self.agreed.rows, *self.referrals.rows]}
        return sorted(str(one) for one in shown | {answer.concern_id for answer in self.answers.rows})


def desk(actor: Actor, whole: str = "") -> Desk:
    """The actor's desk; a constant number of queries. Those who work with no person see none (R-000-154).

    `whole` is the key of the part that is shown to its end; of the others the first lines.
    """
    works = may_raise(actor)
    sits = actor.is_any("member")
    asked, handed = on_desk(actor) if works else ([], [])
    whole = whole if whole in _PARTS else ""
    return Desk(
        sections=task_sections(actor, whole),
        meeting=next_meeting(actor) if sits else None,
        answers=_unread_answers(actor, whole) if works else Part(),
        quiet=_quiet(actor, whole) if works else Part(),
        news=care_news(actor, whole, handed) if works else Part(),
        agreed=agreed_lines(actor, whole) if works else Part(),
        referrals=referral_lines(asked, whole),
        members=_own_members(actor) if works and not sits else [],
        may_raise=works,
        whole=whole,
        works=works,
        reads_log=actor.is_any("dpo"),
        once=uuid4(),
    )


def _quiet(actor: Actor, whole: str) -> Part:
    quiet = lists.stale_cases(actor).select_related(None).only("reference", "last_activity_at")
    found = list(quiet.annotate(of=Window(Count("*")))[: length_of("quiet", whole)])
    holders = lists.holders(actor, found)
    return Part(
        [
            Quiet(
                case.pk,
                case.reference,
                holders.get(case.pk),
                lists.whole_days(case.last_activity_at),
                address_of("cases:case", case.pk),
            )
            for case in found
        ],
        found[0].of if found else 0,
    )


def _unread_answers(actor: Actor, whole: str) -> Part:
    """The newest answers to the actor's own concerns that have not been read."""
    found = list(
        Feedback.objects.filter(to_id=actor.person_id, read_at=None)
        .select_related("concern", "authority")
        .defer("concern__search", "concern__text")
        .annotate(of=Window(Count("*")))
        .order_by("-at", "id")[: length_of("answers", whole)]
    )
    return Part(found, found[0].of if found else 0)


def _own_members(actor: Actor) -> list[Membership]:
    """The cards of those who sit at a table for the actor's authority, permanent members first (R-001-4)."""
    today = timezone.localdate()
    return list(
        Membership.objects.filter(
            Q(until=None) | Q(until__gte=today),
            Q(capacity__until=None) | Q(capacity__until__gte=today),
            since__lte=today,
            capacity__authority_id__in=actor.authority_ids,
            group__level=Level.OPERATIVE,
            group__partnership_id__in=actor.partnership_ids,
        )
        .exclude(capacity_id=actor.capacity_id)
        .select_related("capacity__person", "capacity__unit", "group")
        .annotate(first=Case(When(kind=MembershipKind.PERMANENT, then=0), default=1))
        .order_by("first", "group__name", "capacity__person__name", "id")[:MOST_MEMBERS]
    )

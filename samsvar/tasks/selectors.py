"""What waits for the actor."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from samsvar.postgres.actor import Actor
from samsvar.tasks.models import Task, TaskKind

# These are laid with the day on which they become somebody's business.
WAITS_FOR_ITS_DAY = (TaskKind.FOLLOW_UP, TaskKind.INVOLVE_CITIZEN, TaskKind.TELL_CITIZEN)

# Done when the person says so; all others end by the act that they ask for.
TICKED_OFF = (
    TaskKind.PREPARE,
    TaskKind.LOOK_UP,
    TaskKind.OUTREACH,
    TaskKind.FOLLOW_UP,
    TaskKind.REMIND_CLOSING,
    TaskKind.ATTENTION,
    TaskKind.SENT_BACK,
    TaskKind.TELL_CITIZEN,
    TaskKind.LAW_ANSWERED,
)

# One duty for each case, however many in the house gave rise to it.
ONCE_A_CASE = (TaskKind.TELL_CITIZEN,)

# What the duty to tell is about when it is the receiver's: what another authority sent, and what became no case.
RECEIVED = "received"


def told_by_notice(task: Task) -> bool:
    """Whether the duty to tell the citizen ends by a notice: told, or not told with a reason (L12, L21)."""
    return task.kind == TaskKind.TELL_CITIZEN and (task.case_id is not None or task.subject_kind == RECEIVED)


def open_tasks(actor: Actor) -> QuerySet[Task]:
    """The actor's open tasks: acute first, then what is due, then the oldest."""
    return Task.objects.filter(done_at=None).order_by("-acute", "due_on", "created_at", "id")


def waiting_now(actor: Actor) -> QuerySet[Task]:
    """The open tasks whose day has come, if they wait for one."""
    return open_tasks(actor).exclude(Q(kind__in=WAITS_FOR_ITS_DAY) & Q(due_on__gt=timezone.localdate()))

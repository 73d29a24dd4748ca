"""A concern that another authority sent: the citizen is told that it was received, or why not yet (GDPR art. 14)."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Concern
from samsvar.cases.services.errors import CaseError
from samsvar.law import exemptions
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import WhyNot
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import RECEIVED, open_tasks
from samsvar.tasks.services import finish, lay


def owe_a_word(actor: Actor, concern: Concern) -> None:
    """What another authority sent never reached a table: its receiver tells the citizen, where the law asks for it.

    Only of a person who was named: nobody is looked for in order to be told.
    """
    today = timezone.localdate()
    if (
        actor.owns(concern.authority_id)
        or concern.identity is None
        or not exemptions.receivers_duty(actor.regime, today)
    ):
        return
    _lay(actor, concern)


def owes(actor: Actor, concern: Concern) -> bool:
    """Whether the own authority has still to tell the citizen of it."""
    return open_tasks(actor).filter(kind=TaskKind.TELL_CITIZEN, subject_kind=RECEIVED, subject_id=concern.pk).exists()


def told(actor: Actor, concern: Concern) -> None:
    """The citizen knows that the concern was received, and from whom. Raises CaseError when that was said before."""
    _end(actor, concern)
    _log(actor, concern, told=True)


def not_told(actor: Actor, concern: Concern, *, why_not: WhyNot | str, paragraph: str, review_on: date) -> None:
    """The citizen is not told for now; on `review_on` the duty stands on the table again (L21, R-002-76).

    The log has why and by which exemption, and no word of the person. Raises CaseError.
    """
    today = timezone.localdate()
    if paragraph not in {one.key for one in exemptions.usable(actor.authority_kind, actor.regime, today)}:
        raise CaseError(_("Vælg en regel, som jeres myndighed kan bruge i dag."))
    if not today < review_on or (review_on - today).days > exemptions.LONGEST_DAYS:
        raise CaseError(_("Vælg en dag fra i morgen og højst et halvt år frem."))
    _end(actor, concern)
    _lay(actor, concern, review_on)
    _log(actor, concern, told=False, why_not=str(why_not), paragraph=paragraph, review_on=review_on.isoformat())


def _end(actor: Actor, concern: Concern) -> None:
    if not finish(actor, TaskKind.TELL_CITIZEN, concern.pk):
        raise CaseError(_("En kollega har allerede svaret på det."))


def _lay(actor: Actor, concern: Concern, due_on: date | None = None) -> None:
    for role in ("screener", "member"):
        lay(
            actor,
            TaskKind.TELL_CITIZEN,
            partnership_id=concern.partnership_id,
            authority_id=actor.authority_id,
            subject_kind=RECEIVED,
            subject_id=concern.pk,
            role=role,
            due_on=due_on,
        )


def _log(actor: Actor, concern: Concern, **detail: object) -> None:
    record(
        actor,
        Act.CREATE,
        "notice",
        concern.pk,
        partnership_id=concern.partnership_id,
        citizen_id=concern.identity.citizen_id if concern.identity is not None else None,
        detail=detail,
    )

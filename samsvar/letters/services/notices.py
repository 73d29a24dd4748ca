"""Telling the citizen, or not telling for now, and writing down what the citizen says (L12, L21, R-000-102)."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.cases.services.rows import lay_in_case, log_in_case, of_case
from samsvar.law import exemptions
from samsvar.letters.models import CitizenWord, How, Notice, Speaker
from samsvar.letters.selectors.notices import untold
from samsvar.letters.services.errors import LetterError
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import WhyNot
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from samsvar.tasks.services import finish


def tell(
    actor: Actor,
    case: Case,
    *,
    how: How | str,
    told_on: date,
    words: str = "",
    language: str = "da",
    companion: str = "",
) -> Notice:
    """The citizen has been told what the own authority has passed on until now. Ends the duty to tell.

    Raises LetterError for a letter without words, a companion without a name, and a day that has not come.
    """
    if told_on > timezone.localdate():
        raise LetterError(_("Skriv den dag, borgeren fik det at vide. Den kan ikke ligge i fremtiden."))
    if how == How.LETTER and not words.strip():
        raise LetterError(_("Skriv brevet først."))
    if how == How.COMPANION and not companion.strip():
        raise LetterError(_("Skriv, hvem borgeren havde med."))
    notice = _write(
        actor,
        case,
        told=True,
        how=str(how),
        told_on=told_on,
        words=words.strip() if how == How.LETTER else "",
        language="en" if language == "en" else "da",
        companion=companion.strip(),
    )
    _end_duty(actor, case)
    _log(actor, case, "notice", notice.pk, told=True, how=str(how), disclosures=len(notice.disclosures))
    return notice


def hold_back(
    actor: Actor,
    case: Case,
    *,
    why_not: WhyNot | str,
    reason: str,
    paragraph: str,
    leader: Capacity,
    review_on: date,
) -> Notice:
    """The citizen is not told for now: a leader answers for it, and on `review_on` the duty stands on the table again.

    `paragraph` is the key of an exemption that the own authority can use today (samsvar.law.exemptions).
    Raises LetterError for another one, without a reason in words, or for a day that has passed or lies more than half a
    year ahead.
    """
    today = timezone.localdate()
    if paragraph not in {one.key for one in exemptions.usable(actor.authority_kind, actor.regime, today)}:
        raise LetterError(_("Vælg en regel, som jeres myndighed kan bruge i dag."))
    if not any(sign.isalpha() for sign in reason):
        raise LetterError(_("Skriv med dine egne ord, hvorfor borgeren ikke skal vide det endnu."))
    if not today < review_on or (review_on - today).days > exemptions.LONGEST_DAYS:
        raise LetterError(_("Vælg en dag fra i morgen og højst et halvt år frem."))
    notice = _write(
        actor,
        case,
        told=False,
        why_not=str(why_not),
        reason=reason.strip(),
        paragraph=paragraph,
        leader_id=leader.pk,
        review_on=review_on,
    )
    _end_duty(actor, case)
    # By its own subject, so that a later disclosure still lays a duty of its own.
    lay_in_case(actor, case, TaskKind.TELL_CITIZEN, actor.authority_id, about=("notice", notice.pk), due_on=review_on)
    _log(actor, case, "notice", notice.pk, told=False, why_not=str(why_not), paragraph=paragraph)
    return notice


def hear(
    actor: Actor, case: Case, text: str, *, speaker: Speaker | str = Speaker.CITIZEN, name: str = ""
) -> CitizenWord:
    """Write down what the citizen, a bisidder or an ombud has said. Raises LetterError without words."""
    if not text.strip():
        raise LetterError(_("Skriv ordene først."))
    word = CitizenWord(
        **of_case(actor, case),
        speaker=str(speaker),
        name="" if speaker == Speaker.CITIZEN else name.strip(),
        text=text.strip(),
    )
    word.save(force_insert=True)
    _log(actor, case, "citizen_word", word.pk, speaker=str(speaker))
    return word


def printed(actor: Actor, notice: Notice) -> None:
    """Log that the letter was taken out on paper."""
    record(
        actor,
        Act.PRINT,
        "notice",
        notice.pk,
        partnership_id=notice.partnership_id,
        case_id=notice.case_id,
        citizen_id=notice.case.citizen_id,
    )


def _write(actor: Actor, case: Case, **values: object) -> Notice:
    notice = Notice(
        **of_case(actor, case),
        disclosures=[one.pk for one in untold(actor, case)],
        **values,
    )
    notice.save(force_insert=True)
    return notice


def _end_duty(actor: Actor, case: Case) -> None:
    lapsing = Notice.objects.filter(case=case, told=False).values_list("pk", flat=True)
    laid = open_tasks(actor).filter(kind=TaskKind.TELL_CITIZEN, case_id=case.pk).values_list("subject_id", flat=True)
    for subject in {case.pk, *lapsing, *laid}:
        finish(actor, TaskKind.TELL_CITIZEN, subject)


def _log(actor: Actor, case: Case, kind: str, subject: UUID, **detail: object) -> None:
    log_in_case(actor, Act.CREATE, case, kind, subject, detail=dict(detail))

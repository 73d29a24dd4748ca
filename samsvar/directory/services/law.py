"""Drafting, approving and ending a change of the rules; asking a lawyer and answering."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.directory.models import LawAnswer, LawChange, LawQuestion
from samsvar.directory.selectors.law import Kinds, lawyers, pack_in_force
from samsvar.directory.services.errors import DirectoryError
from samsvar.law.packs import CORE_RULES
from samsvar.law.warnings import has_cpr
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay


def _require_lawyer(actor: Actor) -> None:
    if not actor.is_any("jurist"):
        raise DirectoryError(_("Det kan kun en jurist gøre."))


def draft(actor: Actor, partnership_id: UUID, *, since: date, why: str, **what: Any) -> LawChange:
    """A change that nobody works under yet: rows (`basis`, `opens`, kinds) or a rule (`rule`, `status`, `switch`).

    Raises DirectoryError for what would carry nothing, for a day that has been, and for a rule that carries others.
    """
    _require_lawyer(actor)
    if since < timezone.localdate():
        raise DirectoryError(_("En ændring kan ikke gælde for en dag, der er gået."))
    if what.get("until") and what["until"] < since:
        raise DirectoryError(_("En ændring kan ikke slutte, før den begynder."))
    pack = pack_in_force(actor, partnership_id, since)
    rule = what.get("rule")
    if rule and (pack is None or rule not in pack.rules):
        raise DirectoryError(_("Den regel findes ikke i regelsættet."))
    if rule and what.get("switch") is None and not what.get("status"):
        raise DirectoryError(_("Vælg, hvad der skal ændres ved reglen."))
    if rule in CORE_RULES and what.get("switch") is False:
        raise DirectoryError(_("Den regel bærer de andre og kan ikke slås fra."))
    last = LawChange.objects.filter(partnership_id=partnership_id).aggregate(last=Max("number"))["last"] or 0
    change = LawChange(
        id=uuid4(),
        partnership_id=partnership_id,
        number=last + 1,
        since=since,
        why=why.strip(),
        created_by_id=actor.person_id,
        **what,
    )
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError as error:
        raise DirectoryError(_("En anden skrev en ændring på samme tid. Send igen.")) from error
    _log(actor, Act.CREATE, change, "drafted")
    return change


def approve(actor: Actor, change: LawChange) -> None:
    """Put another's draft in force from its day, today at the earliest. Raises DirectoryError for the own draft."""
    _require_lawyer(actor)
    if change.created_by_id == actor.person_id:
        raise DirectoryError(_("En anden end den, der skrev kladden, skal godkende den."))
    if not LawChange.objects.filter(pk=change.pk, approved_at=None, ended_at=None).update(
        approved_by_id=actor.person_id, approved_at=timezone.now()
    ):
        raise DirectoryError(_("Kladden er allerede afgjort."))
    _log(actor, Act.CHANGE, change, "approved")


def end(actor: Actor, change: LawChange) -> None:
    """Throw a draft away, or let a change count no longer, at once. What was told under it stays as it was told."""
    _require_lawyer(actor)
    if not LawChange.objects.filter(pk=change.pk, ended_at=None).update(
        ended_by_id=actor.person_id, ended_at=timezone.now(), until=timezone.localdate() - timedelta(days=1)
    ):
        raise DirectoryError(_("Ændringen er allerede slut."))
    _log(actor, Act.CHANGE, change, "ended")


def _log(actor: Actor, act: Act, change: LawChange, step: str) -> None:
    record(
        actor,
        act,
        "law_change",
        change.pk,
        partnership_id=change.partnership_id,
        detail={"step": step, "number": change.number},
    )


def _without_person(text: str) -> str:
    if has_cpr(text):
        raise DirectoryError(_("Her står noget, der ligner et CPR-nummer. Skriv spørgsmålet uden personen."))
    return text.strip()


def ask(actor: Actor, partnership_id: UUID, kinds: Kinds, text: str, question_id: UUID | None = None) -> LawQuestion:
    """Bring a doubt to the lawyers of the own authority, or of another in the partnership. No person in it.

    `question_id` makes a second sending find the first. Raises DirectoryError for a CPR number, or when no lawyer
    is there.
    """
    bodies = lawyers(actor, partnership_id, timezone.localdate())
    if not bodies:
        raise DirectoryError(_("Der er ingen jurist i samarbejdet endnu."))
    key = question_id or uuid4()
    sent = LawQuestion.objects.filter(pk=key).first()
    if sent is not None:
        return sent
    question = LawQuestion(
        id=key,
        partnership_id=partnership_id,
        authority_id=actor.authority_id,
        to_authority=bodies[0],
        asked_by_id=actor.person_id,
        text=_without_person(text),
        **vars(kinds),
    )
    try:
        with transaction.atomic():
            question.save(force_insert=True)
    except IntegrityError:
        # The id is taken by a row that the actor does not see; whoever asked must not notice.
        question.id = uuid4()
        question.save(force_insert=True)
    lay(
        actor,
        TaskKind.ANSWER_LAW,
        partnership_id=partnership_id,
        authority_id=bodies[0].pk,
        subject_kind="law_question",
        subject_id=question.pk,
        role="jurist",
    )
    record(actor, Act.CREATE, "law_question", question.pk, partnership_id=partnership_id)
    return question


def answer(actor: Actor, question: LawQuestion, text: str, general: str = "") -> LawAnswer:
    """Answer a doubt; with `general`, the question in the lawyer's words, others find the answer too (R-000-111)."""
    _require_lawyer(actor)
    pack = pack_in_force(actor, question.partnership_id, timezone.localdate())
    made = LawAnswer(
        id=uuid4(),
        partnership_id=question.partnership_id,
        question=question,
        authority_id=actor.authority_id,
        by_id=actor.person_id,
        pack=pack.stamp if pack else "",
        text=_without_person(text),
        general=_without_person(general),
        **{name: getattr(question, name) for name in ("basis", "cooperation", "sender", "receiver", "purpose")},
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as answered:
        raise DirectoryError(_("Spørgsmålet er besvaret.")) from answered
    finish(actor, TaskKind.ANSWER_LAW, question.pk)
    lay(
        actor,
        TaskKind.LAW_ANSWERED,
        partnership_id=question.partnership_id,
        authority_id=question.authority_id,
        subject_kind="law_question",
        subject_id=question.pk,
        person_id=question.asked_by_id,
    )
    record(actor, Act.CREATE, "law_answer", made.pk, partnership_id=made.partnership_id)
    return made


def retire(actor: Actor, found: LawAnswer) -> None:
    """Let an answer no longer be shown to others; the one who asked keeps it."""
    _require_lawyer(actor)
    found.retired_at = timezone.now()
    found.save(update_fields=["retired_at"])
    record(actor, Act.CHANGE, "law_answer", found.pk, partnership_id=found.partnership_id, detail={"retired": True})

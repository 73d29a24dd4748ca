"""Mødeforbud and advice before a visit (V-04, V-10): for those who knock on the door, never a register."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.cases.models import Case, DangerAdvice, EventKind, MeetingBan, YesNoUnknown
from samsvar.cases.services.editing import assign, brought_in_ids
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.raising import subject_of
from samsvar.cases.services.rows import log_in_case, of_case
from samsvar.cases.services.seats import locked
from samsvar.cases.services.story import danish, stir, tell
from samsvar.law.kinds import InformationType, Purpose
from samsvar.law.warnings import suspicious
from samsvar.partnerships.models import Authority, Capacity
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Disclosure, SubjectKind
from samsvar.sharing.services import disclose, heed_no

_NOT_ADVICE = {"investigation_word", "conviction_word"}


def ban(
    actor: Actor,
    case: Case,
    *,
    place: str,
    until: date | None = None,
    contact_kept_by: str = "",
    caseworker: Capacity | None = None,
) -> MeetingBan:
    """The citizen may not come to an office of ours; somebody keeps contact and tells the caseworker only (V-04).

    The caseworker is one of the own people and gets the case in reach. Raises CaseError.
    """
    if not place.strip():
        raise CaseError(_("Skriv, hvor mødeforbuddet gælder."))
    if until is not None and until < timezone.localdate():
        raise CaseError(_("Vælg en dag, der ikke er gået."))
    here = locked(case)
    if caseworker is not None:
        assign(actor, here, caseworker, reason=danish(MeetingBan._meta.verbose_name or ""))
    row = MeetingBan(
        **of_case(actor, here),
        place=place.strip()[:120],
        until=until,
        contact_kept_by=contact_kept_by.strip()[:160],
        caseworker=caseworker,
    )
    row.save(force_insert=True)
    tell(actor, here, EventKind.BAN, place)
    _log(actor, here, "ban", row)
    return row


def lift_ban(actor: Actor, row: MeetingBan) -> None:
    """The own authority lets the citizen come again. Raises CaseError for another authority's ban."""
    if not actor.owns(row.authority_id):
        raise CaseError(_("Det er den myndighed, der har givet mødeforbuddet, som kan ophæve det."))
    here = locked(row.case)
    if MeetingBan.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=timezone.now()):
        lifted = danish(gettext_lazy("Ophævet"))
        tell(actor, here, EventKind.BAN, f"{lifted}: {row.place}")
        _log(actor, here, "ban", row)


def advise(actor: Actor, case: Case, answer: YesNoUnknown | str, *, advice: str = "", until: date) -> DangerAdvice:
    """Whether a visit may be dangerous, as the own authority knows it, with advice and an end (V-10, R-000-86).

    It stays at home until `pass_advice_on`. Raises CaseError for a yes without advice, for a day that has passed, and
    for words of charges and convictions, which have no place here (R-000-69, R-000-113).
    """
    if answer == YesNoUnknown.YES and not advice.strip():
        raise CaseError(_("Skriv et råd, fx »gå to sammen«."))
    if until < timezone.localdate():
        raise CaseError(_("Vælg en dag, der ikke er gået."))
    if any(notice.key in _NOT_ADVICE for notice in suspicious(advice)):
        raise CaseError(_("Skriv kun et råd til den, der skal på besøg. Domme og sigtelser hører ikke til her."))
    here = locked(case)
    row = DangerAdvice(
        **of_case(actor, here),
        answer=answer,
        advice=advice.strip()[:300],
        until=until,
    )
    row.save(force_insert=True)
    _log(actor, here, "danger", row)
    return row


def pass_advice_on(
    actor: Actor, case: Case, row: DangerAdvice, receivers: Sequence[Authority], *, necessity: str, against_no: str = ""
) -> Disclosure:
    """Give the own advice to those who are going on a visit. The others do not see that there is any.

    Raises CaseError for advice that has lapsed, sharing.services.NotLawful, and SaidNo against a no without a reason.
    """
    here = locked(case)
    if row.until < timezone.localdate():
        raise CaseError(_("Rådet er udløbet. Skriv et nyt, hvis det stadig gælder."))
    heed_no(actor, here, receivers, row.pk, against_no)
    made = disclose(
        actor,
        subject_of(here, SubjectKind.DANGER, row.pk),
        receivers,
        information_type=InformationType.DANGER,
        purpose=Purpose.SAFETY,
        necessity=necessity,
        brought_in=brought_in_ids(here),
    )
    stir(here)
    return made


def _log(actor: Actor, case: Case, kind: str, row: MeetingBan | DangerAdvice) -> None:
    log_in_case(actor, Act.CHANGE, case, kind, row.pk)

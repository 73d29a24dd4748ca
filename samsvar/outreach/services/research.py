"""A citizen is asked to be in a study, says yes or no, and may take a yes back (004/AS-4, R-004-69, R-004-70)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.outreach.models import Course, Research, StudyAnswer
from samsvar.outreach.models.research import same_study
from samsvar.outreach.services.errors import OutreachError, held, log, of, without_number, write
from samsvar.postgres.actor import Actor

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """Which study, what came of asking, and for a yes the day it was signed and where it lies."""

    study: str
    answer: str
    given_on: date | None = None
    kept: str = ""


def ask_about_study(actor: Actor, course: Course, asked: Asked) -> Research:
    """Write down that a citizen was asked. Also once a course has ended: many a yes came late (004, L3675)."""
    found = held(actor, course)
    today = timezone.localdate()
    study = " ".join(asked.study.split())
    without_number(study, asked.kept)
    if not study or asked.answer not in StudyAnswer.values:
        raise OutreachError(_("Skriv hvilken undersøgelse, og vælg et svar."))
    if asked.given_on and asked.given_on > today:
        raise OutreachError(_("Dagen kan ikke være i fremtiden."))
    rows = Research.objects.filter(unit_id=found.unit_id).order_by("-at", "-id")
    same = [row for row in rows if same_study(row.study) == same_study(study)]
    newest = next((row for row in same if row.course_id == found.pk), None)
    if newest and newest.stands():
        raise OutreachError(_("Borgeren har allerede sagt ja. Træk det tilbage først, hvis borgeren har fortrudt."))
    says_yes = asked.answer == StudyAnswer.YES
    row = Research(
        **of(actor, found),
        study=same[-1].study if same else study,
        asked_on=today,
        answer=asked.answer,
        given_on=asked.given_on if says_yes else None,
        valid_to=asked.given_on + YEAR if says_yes and asked.given_on else None,
        kept=asked.kept.strip() if says_yes else "",
    )
    write(row)
    log(actor, Act.CREATE, found, "study", key=row.pk)
    return row


def withdraw_from_study(actor: Actor, asked: Research) -> None:
    """The citizen takes the yes back: from now on no research reads the record."""
    found = held(actor, asked)
    if found.answer != StudyAnswer.YES or found.withdrawn_on:
        raise OutreachError(_("Der er intet ja at trække tilbage."))
    found.withdrawn_on = timezone.localdate()
    write(found, new=False, fields=("withdrawn_on",))
    log(actor, Act.CHANGE, found.course, "study_withdrawn", key=found.pk)

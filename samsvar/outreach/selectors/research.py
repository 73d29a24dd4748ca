"""Studies, whom they have asked, and the records that they may read: of those alone whose written yes stands."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.accounts.models import User
from samsvar.forms.names import Renaming
from samsvar.forms.sheet import safe
from samsvar.law.minutes import sentences
from samsvar.law.names import also_a_word, name_like
from samsvar.law.warnings import blot_address, blot_cpr
from samsvar.outreach.models import Attempt, Course, Handover, HandoverKind, Research, StudyAnswer
from samsvar.outreach.models.research import same_study
from samsvar.outreach.selectors.reported import MOST_LINES, answers_of
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Study:
    """One study: whom it asked, what they said, how many records it may read today. `key` is one of its rows."""

    name: str
    key: UUID
    asked: int
    said: list[tuple[str, int]]
    readable: int


def asked_of(actor: Actor, course: Course) -> list[Research]:
    """What a citizen was asked to be in, the newest first."""
    return list(Research.objects.filter(course=course).order_by("-at", "-id"))


def find_asked(actor: Actor, course: Course, research_id: UUID) -> Research | None:
    """One asking of this course."""
    return Research.objects.select_related("course").filter(course=course, pk=research_id).first()


def _newest(study: str | None = None) -> list[Research]:
    """What each citizen said last to each study: a later no ends an earlier yes."""
    newest: dict[tuple[UUID, str], Research] = {}
    for row in Research.objects.order_by("course", "-at", "-id"):
        key = same_study(row.study)
        if study is None or key == same_study(study):
            newest.setdefault((row.course_id, key), row)
    return list(newest.values())


def study_names(actor: Actor) -> list[str]:
    """The studies that the unit has asked about, each once."""
    rows = Research.objects.order_by("at", "id").values_list("study", flat=True)
    return sorted({same_study(name): name for name in reversed(rows)}.values())


def studies(actor: Actor) -> list[Study]:
    """The unit's register of studies, by name (R-004-70)."""
    today = timezone.localdate()
    found: dict[str, list[Research]] = {}
    for row in _newest():
        found.setdefault(same_study(row.study), []).append(row)
    return [
        Study(
            rows[0].study,
            rows[0].pk,
            len(rows),
            [
                (str(answer.label), number)
                for answer in StudyAnswer
                if (number := sum(row.answer == answer for row in rows))
            ],
            sum(row.stands(today) for row in rows),
        )
        for _key, rows in sorted(found.items())[:MOST_LINES]
    ]


def find_study(actor: Actor, research_id: UUID) -> str | None:
    """The study that a row is of."""
    return Research.objects.filter(pk=research_id).values_list("study", flat=True).first()


def readable_courses(actor: Actor, study: str, day: date | None = None) -> list[Course]:
    """The courses whose citizens have a written yes to this very study that stands on the day."""
    day = day or timezone.localdate()
    keys = [row.course_id for row in _newest(study) if row.stands(day)]
    return list(Course.objects.filter(pk__in=keys).order_by("number"))


def _named(name: str) -> set[str]:
    """A name, and the parts of it that somebody is called by."""
    return {name, *(word for word in name.split() if len(word) > 2)}


def _workers() -> set[str]:
    """How everybody who has worked in the unit is called, whatever their post is today, or was."""
    been = (
        Capacity.objects.filter(unit__in=Course.objects.values("unit")).values("person"),
        Course.objects.values("worker"),
        Course.objects.values("by"),
        Attempt.objects.values("by"),
        Attempt.objects.filter(partner__isnull=False).values("partner"),
    )
    names = set(User.objects.filter(reduce(or_, (Q(pk__in=one) for one in been))).values_list("name", flat=True))
    # A name can have changed since.
    names |= set(Handover.objects.filter(kind=HandoverKind.WORKER).values_list("to", flat=True))
    return {part for name in names for part in _named(name)}


def _called(course: Course) -> set[str]:
    """How a citizen is called. Whoever has said the name is also called by a part of it."""
    return {course.pseudonym, course.number} | _named(course.name)


def _names(courses: list[Course]) -> dict[UUID, Renaming]:
    """What stands instead of each name that the unit knows, in the records of each course."""
    known, workers = list(Course.objects.all()), _workers()
    citizens = {name for one in known for name in _called(one)}
    # A pseudonym was chosen to be written: it is struck as a word too.
    words = filter(also_a_word, (workers | citizens) - {one.pseudonym for one in known})
    everybody = Renaming(
        dict.fromkeys(workers, _("en medarbejder")) | dict.fromkeys(citizens, _("en anden borger")), words=words
    )
    return {one.pk: Renaming(dict.fromkeys(_called(one), _("borgeren")), everybody) for one in courses}


# A telephone, an account, a birthday; a plate is two letters before five figures.
_FIGURES = re.compile(r"(?<!\w)(?:\+\d{2} ?)?(?:[A-ZÆØÅ]{2} ?)?\d(?:[ .\-/]?\d){4,}(?!\w)")
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")


def struck(text: str, names: Renaming) -> str:
    """A note as a study gets it: without names that the unit knows, and without what reads as one or as an address.

    So are mail addresses, and numbers that can be called or looked up. It errs towards striking: whoever reads sees
    that something stood there, and the unit has the note itself.
    """
    text = blot_cpr(blot_address(names.of(text), _("[adresse]")), _("[nummer]"))
    text = _MAIL.sub(_("[mail]"), _FIGURES.sub(_("[nummer]"), text))
    for sentence in list(sentences(text)):
        # The longest first: of "A. Prøvesen" the initial is found too. As the note writes it: with the full stop, and
        # with whatever lies between two words.
        for one in sorted(name_like(sentence), key=len, reverse=True):
            written = r"\.?\s+".join(map(re.escape, one.split()))
            text = re.sub(rf"(?<!\w){written}(?!\w)", _("[navn]"), text)
    return text


def records(actor: Actor, courses: list[Course]) -> str:
    """The records of these courses as a CSV file by the system's number, without a worker.

    In what somebody wrote stands no name that the unit knows, neither of the citizen nor of another: see `struck`.
    """
    numbers = {one.pk: one.number for one in courses}
    names = _names(courses)

    rows: list[list[str]] = []
    for one in Attempt.objects.filter(course__in=numbers).order_by("course", "on", "id"):
        day = timezone.localdate(one.on).isoformat()
        note = struck(one.note, names[one.course_id])
        rows.append([numbers[one.course_id], day, _("Kontaktforsøg"), one.method_words, one.rung_words, note])
    for course, month, answers in answers_of(actor, list(numbers)):
        for field, answer in sorted(answers.items()):
            codes = answer if isinstance(answer, list) else [answer]
            said = " ".join(str(code) for code in codes)
            # What was written stands in fields of its own; a code and a day are no text.
            if isinstance(answer, str) and not field.endswith("_date"):
                said = struck(said, names[course])
            rows.append([numbers[course], month.isoformat(), _("Indberetning"), field, said, ""])
    out = io.StringIO(newline="")
    pen = csv.writer(out, delimiter=";", lineterminator="\r\n")
    pen.writerow([_("Forløb"), _("Dag"), _("Hvad"), _("Spørgsmål eller form"), _("Svar eller trin"), _("Note")])
    pen.writerows([safe(cell) for cell in row] for row in sorted(rows, key=lambda row: row[:3]))
    return "\ufeff" + out.getvalue()

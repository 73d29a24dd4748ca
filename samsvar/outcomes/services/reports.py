"""The verbs of a month's report: keep a draft, send it, and take it back within a week."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.instruments.flow import Answer, cleaned, fields_of, problems
from samsvar.instruments.instrument import Occasion
from samsvar.instruments.schedule import Month
from samsvar.outcomes.files.table import END, ISBRYDER, OTHERS
from samsvar.outcomes.models import Report
from samsvar.outcomes.policies import OPEN_DAYS
from samsvar.outcomes.selectors.reports import ReportPage, find_page, plain
from samsvar.outcomes.services.errors import ReportError, Unanswered
from samsvar.outreach.models import Assessment, Course
from samsvar.outreach.selectors.reported import late_in_unit
from samsvar.outreach.services.courses import into_phase
from samsvar.outreach.services.errors import held, log, of, without_number, write
from samsvar.outreach.words import in_group
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish


def _page(actor: Actor, course: Course, month: Month) -> ReportPage:
    page = find_page(actor, course, month)
    if page is None:
        raise ReportError(_("Kontaktforløbet var ikke i gang i den måned."))
    if page.report and page.report.is_sent:
        raise ReportError(_("Indberetningen er sendt. Tag den tilbage, hvis noget skal rettes."))
    return page


def save_draft(actor: Actor, course: Course, month: Month, answers: Mapping[str, Answer]) -> Report:
    """Keep what has been answered so far. What another answer has closed goes with it; nothing else is lost."""
    found = held(actor, course)
    return _keep(actor, found, _page(actor, found, month), answers, whole=False)


def _keep(actor: Actor, course: Course, page: ReportPage, answers: Mapping[str, Answer], *, whole: bool) -> Report:
    """Write the answers. A draft holds only what the log does not say itself, so that it follows the log."""
    kept = cleaned(page.form, page.occasions, answers, page.before)
    if wrong := problems(page.form, page.occasions, kept, page.before):
        raise ReportError(_("Nogle svar passer ikke sammen."), wrong)
    without_number(*(one for one in kept.values() if isinstance(one, str)))
    row = page.report
    if row is None:
        row = Report(**of(actor, course), month=page.month.first)
    row.form = page.form.stamp
    row.answers = plain({field: one for field, one in kept.items() if whole or page.log.get(field) != one})
    if page.report is None:
        write(row)
        log(actor, Act.CREATE, course, "report", key=row.pk)
    else:
        write(row, new=False, fields=("form", "answers"))
    return row


def send(actor: Actor, course: Course, month: Month, answers: Mapping[str, Answer]) -> Report:
    """Send a month's report, once it is over. Raises ReportError with what is missing.

    The one place where a month's rung and phase are said: the newest month's phase is where the course is.
    """
    found = held(actor, course)
    page = _page(actor, found, month)
    if month == Month.of(timezone.localdate()) and found.is_open:
        raise ReportError(_("Måneden er ikke gået endnu. Gem den, og send den, når den er slut."))
    # What a report that was taken back had said of the phase may be put right by it.
    said_before = page.report.answers.get("q29") if page.report and page.report.asked else None
    row = _keep(actor, found, page, answers, whole=True)
    kept = cleaned(page.form, page.occasions, answers, page.before)
    if waits := page.waiting(kept):
        missing = [Unanswered(field) for one in waits for field in fields_of(one, kept) if field not in kept]
        raise ReportError(_("Der mangler svar. 77 eller »ved ikke« er også et svar."), missing=tuple(missing))
    row.filled, row.asked = page.shares(kept)
    row.wave, row.target = _wave(found, page), _target(found)
    row.sent_at, row.sent_by_id = timezone.now(), actor.person_id
    write(row, new=False, fields=("filled", "asked", "wave", "target", "sent_at", "sent_by"))
    phase = kept.get("q29")
    if isinstance(phase, int):
        _go_on(found, month, phase, said_before)
    finish(actor, TaskKind.REPORT, found.pk)
    if not late_in_unit(actor, found):
        finish(actor, TaskKind.LATE_REPORTS, found.unit_id)
    log(actor, Act.CHANGE, found, "report_sent", key=row.pk)
    return row


def _go_on(course: Course, month: Month, phase: int, said_before: object) -> None:
    """Let the course be in the phase its newest report tells; what somebody has moved since is not taken back."""
    newest = not Report.objects.filter(course=course, month__gt=month.first).exclude(sent_at=None).exists()
    stood = course.phase_since <= month.last or course.phase == said_before
    if newest and stood and course.is_open and phase != course.phase:
        into_phase(course, phase)


def _wave(course: Course, page: ReportPage) -> int | None:
    """Months from the start, or the end; none for a month that asks only of itself. A start is never an end."""
    if Occasion.WAVE not in page.occasions:
        return None
    first = Month.of(course.started_on)
    elapsed = (page.month.year - first.year) * 12 + page.month.number - first.number
    return END if Occasion.EXIT in page.occasions and elapsed else elapsed


def _target(course: Course) -> int | None:
    """The group the target group was assessed to be; nobody is put in either without an assessment."""
    newest = Assessment.objects.filter(course=course).order_by("-at", "-id").first()
    belongs = in_group(newest) if newest else None
    return None if belongs is None else ISBRYDER if belongs else OTHERS


def take_back(actor: Actor, report: Report) -> Report:
    """Make a report that is in a draft again, so that something can be put right: within a week."""
    if not report.sent_at or report.sent_at < timezone.now() - timedelta(days=OPEN_DAYS):
        raise ReportError(_("En indberetning kan tages tilbage i syv dage, efter at den er sendt."))
    row = held(actor, report)
    row.sent_at = row.sent_by_id = None
    write(row, new=False, fields=("sent_at", "sent_by"))
    log(actor, Act.CHANGE, row.course, "report_back", key=row.pk)
    return row

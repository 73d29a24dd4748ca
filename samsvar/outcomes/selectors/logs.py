"""What the unit's logs hold until a day, for the indicators: numbers, codes and days, and no text (R-004-113)."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from samsvar.instruments.instrument import quarterly
from samsvar.outcomes.files.table import Table
from samsvar.outcomes.indicators.logs import Asking, CourseLine, Logs, Quarter, Round, Try
from samsvar.outcomes.models import Journal
from samsvar.outreach.models import (
    Assessment,
    Attempt,
    Course,
    Handover,
    HandoverKind,
    Inquiry,
    Known,
    Proposal,
    Search,
)
from samsvar.postgres.actor import Actor


def logs_of(actor: Actor, day: date, table: Table) -> Logs:
    """The logs of the own unit as they were before a day, beside the copy of the answers. A constant number of queries.

    The wall lets the actor read no other unit's.
    """
    moment = timezone.make_aware(datetime(day.year, day.month, day.day))
    belongs = dict(
        Assessment.objects.filter(at__lt=moment)
        .order_by("course", "-at")
        .distinct("course")
        .values_list("course", "belongs")
    )
    handed = set(Handover.objects.filter(at__lt=moment, kind=HandoverKind.OFFER).values_list("course", flat=True))
    return Logs(
        day=day,
        courses=_courses(moment, day, belongs, handed),
        tries=_tries(moment),
        asked=_inquiries(moment, day),
        rounds=[
            Round(key, kind, place, float(hours), reviewed, concerns)
            for key, kind, place, hours, reviewed, concerns in Search.objects.filter(at__lt=moment).values_list(
                "id", "kind", "place", "hours", "reviewed", "concerns"
            )
        ],
        proposals=_proposals(Proposal.objects.filter(at__lt=moment, said_on__lt=day)),
        persons=table.persons,
        quarters=_quarters(moment),
    )


def _quarters(moment: datetime) -> list[Quarter]:
    """Yes, no and hours, of the questions that the form says; the team's own words of partners are in no figure."""
    forms = {form.stamp: form for form in quarterly() if form.counts}
    found = []
    rows = Journal.objects.filter(at__lt=moment, form__in=list(forms))
    for quarter, stamp, answers in rows.values_list("quarter", "form", "answers"):
        form = forms[stamp]
        said = {name: answers.get(key) for name, key in form.counts.items()}
        partner = form.question(form.counts["partner"]).options.get(said["partner"])
        if partner is None:
            continue
        met, agreed = said["met"] == 1, said["agreed"] == 1
        spent = [said[f"{name}_hours"] for name, held in (("met", met), ("agreed", agreed)) if held]
        hours = sum(one for one in spent if isinstance(one, int))
        found.append(Quarter(quarter, partner.said, met, agreed, hours))
    return found


def _courses(moment: datetime, day: date, belongs: dict, handed: set) -> list[CourseLine]:
    names = ("id", "number", "known", "started_on", "ended_on", "end_reason", "results", "taken_up", "worker")
    return [
        CourseLine(
            number=number,
            unknown=known == Known.UNKNOWN,
            started_on=started_on,
            ended_on=ended_on,
            end_reason=end_reason if ended_on and ended_on < day else None,
            results=results or {},
            taken_up=taken_up > 0,
            worker=worker,
            belongs=belongs.get(key),
            handed_over=key in handed,
        )
        for key, number, known, started_on, ended_on, end_reason, results, taken_up, worker in Course.objects.filter(
            at__lt=moment
        ).values_list(*names)
    ]


def _tries(moment: datetime) -> list[Try]:
    rows = Attempt.objects.filter(at__lt=moment, same_run=False).values_list(
        "course__number", "on", "method", "rung", "minutes", "by"
    )
    return [
        Try(number, timezone.localtime(on), method, rung or 0, minutes or 0, worker)
        for number, on, method, rung, minutes, worker in rows.iterator(chunk_size=5_000)
    ]


def _inquiries(moment: datetime, day: date) -> list[Asking]:
    rows = Inquiry.objects.filter(at__lt=moment).order_by("at", "id")
    found = []
    for source, search, kind, number, outcome, received_on, followed_on in rows.values_list(
        "source", "search", "search__kind", "course__number", "outcome", "received_on", "followed_on"
    ):
        days = (followed_on - received_on).days if followed_on and followed_on < day else None
        done = days is not None
        found.append(Asking(source, search, kind or "", (number or "") if done else "", outcome if done else "", days))
    return found


def _proposals(rows: QuerySet[Proposal]) -> dict[str, bool]:
    """Whether the citizen of a course has been with any proposal."""
    found: dict[str, bool] = {}
    for one in rows.select_related("course"):
        found[one.course.number] = found.get(one.course.number, False) or one.may_be_done
    return found

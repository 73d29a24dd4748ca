"""Cases as pages show them, from the lines that their room has read: `{% load case_picture %}`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from samsvar.cases.models import CloseReason, Standing
from samsvar.cases.selectors.lists import Row
from samsvar.web.moments import say
from samsvar.web.picture import Chair, TablePicture
from samsvar.web.templatetags.dkfds import badge, small_drawing, table_picture, when

register = template.Library()


@dataclass(frozen=True)
class CaseLine:
    """One case of a list, in the words and drawing that its row shows; `closed` is the reason for a closed case.

    `stirred` is when something last happened in it, by which a list is ordered.
    """

    url: str
    reference: str
    who: str
    group: str
    drawing: SafeString
    holder: str
    next: str
    marks: SafeString
    since: str
    closed: str
    closed_at: SafeString
    stirred: SafeString


@register.simple_tag
def case_picture(row: Row, size: str = "big") -> SafeString:
    """`{% case_picture view.row %}` on a case."""
    return table_picture(picture_of(row), size)


@register.simple_tag
def case_marks(row: Row) -> SafeString:
    """`{% case_marks view.row %}`: how the case stands, where that is not just "placed"."""
    case, marks = row.case, SafeString("")
    if case.closed_at:
        marks += badge(gettext("Afsluttet"))
    elif case.standing != Standing.PLACED:
        marks += badge(str(Standing(case.standing).label), "info")
        if case.wait_until:
            marks += format_html(' <span class="case-mark-text">{}</span>', when(case.wait_until))
    if case.acute_trigger and not case.closed_at:
        marks += badge(gettext("Akut"), "error")
    if row.is_stale:
        pile = ngettext(
            "Ender i en bunke? Intet er sket i %(days)s dag",
            "Ender i en bunke? Intet er sket i %(days)s dage",
            row.quiet_days,
        )
        marks += badge(pile % {"days": row.quiet_days}, "warning")
    return format_html('<span class="case-marks">{}</span>', marks)


@register.simple_tag
def case_lines(rows: Sequence[Row]) -> list[CaseLine]:
    """`{% case_lines rows as lines %}`: a list shows many, so what a line says is put together outside the template."""
    return [_line(row) for row in rows]


def _line(row: Row) -> CaseLine:
    case = row.case
    table = picture_of(row)
    closed = case.closed_at is not None
    return CaseLine(
        url=reverse("cases:case", args=[case.pk]),
        reference=case.reference,
        who=str(case.identity) if case.identity else "",
        group=case.group.name,
        drawing=SafeString("") if closed else small_drawing(table),
        holder="" if closed else table.holder_sentence,
        next="" if closed else table.next_sentence,
        marks=SafeString("") if closed else case_marks(row),
        since=date_format(row.since, gettext("j. b Y")) if row.since else "",
        closed=str(CloseReason(case.close_reason).label) if closed else "",
        closed_at=when(case.closed_at),
        stirred=when(case.last_activity_at),
    )


@register.filter
def in_own_language(text: str) -> str:
    """A reason that the program gave, in the reader's language; what a person typed stays as it is."""
    return gettext(text) if text else ""


def picture_of(row: Row) -> TablePicture:
    """One chair per party authority, the holder's with the rope; the next step with its day."""
    step = row.case.next_step
    if step and row.case.next_on:
        step = gettext("%(step)s (%(when)s)") % {"step": step, "when": say(row.case.next_on)}
    return TablePicture(
        chairs=[
            Chair(
                authority_short=seat.authority.short_name,
                authority_name=seat.authority.name,
                kind=seat.authority.kind,
                is_holder=seat.is_holder,
                days=seat.days if seat.is_holder else 0,
                supports=seat.supports and not seat.is_holder,
                told=seat.told,
                raised=seat.authority.pk == row.case.raised_by_authority_id,
            )
            for seat in row.seats
        ],
        since=row.since,
        next_step=step,
        asked=[(one.authority.name, one.says) for one in row.asked],
    )

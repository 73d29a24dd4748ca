"""The table picture of a case, from the line or page that its room has read: `{% load case_picture %}`."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samsvar.cases.selectors.cases import Row
from samsvar.web.moments import say
from samsvar.web.picture import Chair, TablePicture
from samsvar.web.templatetags.dkfds import table_picture

register = template.Library()


@register.simple_tag
def case_picture(row: Row, size: str = "big") -> SafeString:
    """`{% case_picture row "small" %}` in a list of `selectors.cases.rows`, `{% case_picture view.row %}` on a case."""
    return table_picture(picture_of(row), size)


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
    )

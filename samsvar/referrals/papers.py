"""What this room prints: the list that one takes along to the quarterly transition meeting (R-002-108)."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsvar.calendar.words import language
from samsvar.documents.paper import Paper, Part, heading, render, table, text
from samsvar.documents.words import in_full
from samsvar.postgres.actor import Actor
from samsvar.referrals.selectors.transitions import Forum, TransitionLine

WIDTHS = (4, 4, 3, 5, 4)


def forum_paper(actor: Actor, forum: Forum) -> bytes:
    """The own unit's list as PDF/UA-1: whom one must talk about, and to whom the citizen has said yes.

    It is nobody else's: what is said at the table of somebody is told by whoever has asked the citizen.
    """
    lang = language(translation.get_language())
    today, until = in_full(timezone.localdate()), in_full(forum.until)
    parts: list[Part] = [
        text(
            _("Dem, I skal tale om nu, og dem, der kommer til inden den %(day)s. Regnet ud fra fødselsdagene.")
            % {"day": until}
        ),
        text(
            _(
                "Fortroligt: listen er jeres egen og deles ikke ud. Tal kun om en borger ved navn med dem, borgeren "
                "har sagt ja til. Om de andre: bed borgeren om lov først. Makuleres efter brug."
            )
        ),
    ]
    columns = [_("Navn og alder"), _("Overgang"), _("Dagen"), _("Mangler"), _("Borgeren har sagt ja til")]
    for title, lines in forum.groups:
        if lines:
            parts += [heading(title), table(columns, [_cells(forum, line) for line in lines], WIDTHS)]
    if forum.is_empty:
        parts.append(text(_("Der er ingen at tale om denne gang.")))
    if forum.more:
        left_out = ngettext("%(number)s mere er ikke med her.", "%(number)s flere er ikke med her.", forum.more)
        parts.append(text(left_out % {"number": forum.more}))
    sender = actor.authority_name
    paper = Paper(title=_("Liste til overgangsmødet"), parts=parts, sender=(sender,), footer=f"{sender}, {today}")
    return render("sheet", paper, lang=lang)


def _cells(forum: Forum, line: TransitionLine) -> tuple[str, ...]:
    age = _("%(age)s år") % {"age": line.age} if line.age else ""
    days = line.days
    return (
        ", ".join(one for one in (line.row.name, age) if one),
        "\n".join([line.kind, *([_("Ingen sag i kommunen")] if line.no_case else [])]),
        in_full(days.turns) if days and days.turns else "",
        "\n".join(str(one.line) for one in line.checks if one.on is None),
        "\n".join(forum.may_hear(line)) or _("Ingen endnu"),
    )

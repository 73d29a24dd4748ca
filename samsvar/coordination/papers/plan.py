"""One plan on paper, in plain words: for the citizen to keep."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samsvar.coordination.models import CareCoordinator, PlanReply
from samsvar.coordination.papers import on_paper
from samsvar.coordination.selectors.plans import LineRow, PlanView
from samsvar.documents.paper import Part, facts, heading, points, quote, table, text
from samsvar.documents.words import in_full


def plan(view: PlanView, coordinator: CareCoordinator | None) -> bytes:
    """The version in force as PDF/UA-1, else the draft: the citizen's words first, then who does what."""
    shown = view.shown
    assert shown is not None
    version, row = shown.version, view.plan
    parts: list[Part] = []
    if view.now is None:
        parts.append(text(_("Det her er et udkast. Det gælder ikke endnu.")))
    if version.goals:
        parts += [heading(_("Det vil du selv")), quote(version.goals)]
    if version.reference:
        parts += [heading(_("Planen står et andet sted")), text(version.reference)]
    if shown.steps:
        parts += [heading(_("Hvem gør hvad")), _lines(shown.steps)]
    if shown.fallbacks:
        parts += [heading(_("Hvis det ikke går")), _instead(shown.fallbacks)]
    if shown.away:
        parts += [heading(_("Hvis du bliver væk")), _lines(shown.away)]
    if row.advice:
        parts += [heading(_("Husk")), text(row.advice)]
    if version.declines:
        who = (
            _("Afdelingen giver visitator i kommunen besked om, at du er udskrevet.")
            if row.of_ward
            else _("Din tovholder har skrevet, at visitator i kommunen skal have besked om, at du er udskrevet.")
        )
        yours = _("Du bestemmer selv, om du vil lukke op, når nogen kommer.")
        parts.append(text(f"{who} {yours}"))
    said = [one for one in shown.answers if one.reply != PlanReply.NO]
    if said:
        parts += [
            heading(_("De har sagt ja")),
            points(
                _("%(who)s, %(day)s%(words)s")
                % {"who": one.who, "day": in_full(one.on), "words": f": {one.words}" if one.words else ""}
                for one in said
            ),
        ]
    when = [(_("Ses igennem"), in_full(version.review_on))] if version.review_on else []
    reach = (
        [(_("Tovholder"), coordinator.name), (_("Telefon"), coordinator.phone), (_("Træffes"), coordinator.hours)]
        if coordinator
        else []
    )
    if when or reach:
        parts += [heading(_("Passer det ikke mere, så ring")), facts([*reach, *when])]
    title = _("%(kind)s, udgave %(version)s") % {"kind": row.get_kind_display(), "version": version.version}
    return on_paper(row.network, title, parts, row.network.name)


def _lines(rows: Sequence[LineRow]) -> Part:
    return table(
        [_("Hvem"), _("Gør hvad"), _("Hvornår")],
        [[one.line.owner, _what(one), _when(one)] for one in rows],
        [3, 5, 2],
    )


def _instead(rows: Sequence[LineRow]) -> Part:
    return table(
        [_("Hvem"), _("Gør hvad"), _("Hvorfor")],
        [[one.line.owner, _what(one), one.line.reason] for one in rows],
        [3, 4, 3],
    )


def _what(row: LineRow) -> str:
    said = row.line.what
    if row.line.condition:
        said = _("%(what)s (hvis %(condition)s)") % {"what": said, "condition": row.line.condition}
    if row.proposed:
        said = _("%(what)s. Foreslået, ikke lovet endnu") % {"what": said}
    return said


def _when(row: LineRow) -> str:
    if row.line.done_on:
        return _("Gjort")
    return in_full(row.line.due_on) if row.line.due_on else ""

"""The citizen's report on paper: who was told what, and every look, one paper per controller (L20, R-000-125).

Others are heard and answer for themselves; so a paper holds one controller's own part and nothing of the others'.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.calendar.words import full, language
from samsvar.documents.paper import Paper, heading, render, table, text


class Told(Protocol):
    """One disclosure as the citizen hears of it: no staff name, no text."""

    @property
    def at(self) -> datetime: ...
    @property
    def to(self) -> Sequence[str]: ...
    @property
    def what(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def basis(self) -> str: ...


class Look(Protocol):
    """The looks of one day for one purpose."""

    @property
    def on(self) -> date: ...
    @property
    def purpose(self) -> str: ...
    @property
    def times(self) -> int: ...


class Controller(Protocol):
    """One controller's own part."""

    @property
    def name(self) -> str: ...
    @property
    def regime(self) -> str: ...
    @property
    def told(self) -> Sequence[Told]: ...
    @property
    def looks(self) -> Sequence[Look]: ...


def told_paper(controller: Controller, today: date, *, lang: str = "da") -> bytes:
    """The report of one controller as PDF, in plain words; some thousand lines take a few seconds."""
    code = language(lang)
    with translation.override(code):
        told = [
            (full(timezone.localtime(one.at).date(), code), ", ".join(one.to), one.what, one.purpose, one.basis)
            for one in controller.told
        ]
        looks = [(full(one.on, code), one.purpose, str(one.times)) for one in controller.looks]
        paper = Paper(
            title=_("Hvem har fået hvad at vide"),
            sender=(controller.name,),
            date=full(today, code),
            footer=controller.name,
            parts=[
                text(
                    _(
                        "Her står, hvad vi har fortalt andre om dig, og hver gang nogen hos os har set på dine "
                        "oplysninger. Navne på medarbejdere står her ikke. Andre myndigheder svarer for sig selv."
                    )
                ),
                text(_("Vi følger %(law)s.") % {"law": controller.regime}),
                heading(_("Det har vi fortalt")),
                table([_("Dag"), _("Til hvem"), _("Hvad"), _("Hvorfor"), _("Regel")], told, (3, 4, 4, 4, 4))
                if told
                else text(_("Vi har ikke fortalt noget til andre.")),
                heading(_("Så mange gange er dine oplysninger set hos os")),
                table([_("Dag"), _("Formål"), _("Gange")], looks, (3, 8, 2))
                if looks
                else text(_("Ingen hos os har set på dine oplysninger i den tid, loggen går tilbage.")),
                heading(_("Det kan du gøre")),
                text(
                    _(
                        "Er noget forkert, kan du få det rettet. Du kan sige, hvad du selv mener, og få det lagt ved. "
                        "Du kan klage til Datatilsynet, datatilsynet.dk."
                    )
                ),
            ],
        )
    return render("report", paper, lang=code)

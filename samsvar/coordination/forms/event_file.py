"""A file of events from another system, taken apart row by row. Nothing of it is kept but what becomes a draft."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samsvar.coordination.models import EventKind
from samsvar.coordination.services.event_file import EventRow, Refused
from samsvar.forms.cpr import parse_cpr
from samsvar.forms.fields import ClockField, DayField
from samsvar.forms.sheet import MissingColumns, NoRows, NotText, SheetRow, UnknownColumns, letters, read

COLUMNS = {"cpr": "cpr", "reference": "reference", "kind": "hændelse", "at": "tidspunkt", "unit": "enhed"}
NEEDED = ("kind", "at")
MOST_BYTES, MOST_ROWS = 200_000, 200
_MOMENT = re.compile(r"(\S+?)(?:T|\s+(?:kl\.?\s*)?)(\S+)", re.IGNORECASE)


class EventFileForm(forms.Form):
    """One file, CSV in UTF-8 or as Windows writes it."""

    file = forms.FileField(
        label=gettext_lazy("Filen"),
        error_messages={
            "required": gettext_lazy("Vælg en CSV-fil, højst 200 kB."),
            "empty": gettext_lazy("Filen er tom."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy("CSV med overskrifter. Højst 200 rækker ad gangen."),
    )

    rows: list[EventRow]
    refused: list[Refused]

    def clean_file(self) -> None:
        """Takes the file apart into `rows` and `refused`. Raises ValidationError for one that is no sheet."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("Filen er for stor. Højst 200 kB."))
        try:
            rows = read(_text(upload.read()), COLUMNS, NEEDED)
        except UnknownColumns as wrong:
            # A number may stand where a heading should: it is not said again.
            raise ValidationError(_("Filen har overskrifter, som vi ikke kender. Brug dem nedenfor.")) from wrong
        except MissingColumns as wrong:
            raise ValidationError(_("Disse overskrifter mangler: %(headings)s") % {"headings": wrong}) from wrong
        except NoRows as wrong:
            raise ValidationError(_("Der er ingen rækker under overskrifterne.")) from wrong
        if len(rows) > MOST_ROWS:
            raise ValidationError(_("Filen har for mange rækker. Højst %(most)s ad gangen.") % {"most": MOST_ROWS})
        self.rows, self.refused = [], []
        for row in rows:
            try:
                self.rows.append(_event(row))
            except ValueError as wrong:
                self.refused.append(Refused(row.number, str(wrong)))


def _text(content: bytes) -> str:
    """The letters of a file. Raises ValidationError where it holds none."""
    try:
        return letters(content)
    except NotText as wrong:
        raise ValidationError(_("Filen er ikke en CSV-fil. Gem den som CSV, og prøv igen.")) from wrong


def _event(row: SheetRow) -> EventRow:
    """One row. Raises ValueError with the reason, which never says what stood in the row."""
    cells = row.values
    cpr, reference = cells.get("cpr", ""), cells.get("reference", "")
    if bool(cpr) == bool(reference):
        raise ValueError(_("Skriv enten CPR-nummer eller reference."))
    try:
        number = parse_cpr(cpr, demo=settings.DEMO) if cpr else ""
    except ValueError as wrong:
        raise ValueError(_("Det er ikke et CPR-nummer, vi kan læse.")) from wrong
    try:
        network_id = UUID(reference) if reference else None
    except ValueError as wrong:
        raise ValueError(_("Det er ikke en reference, vi kan læse.")) from wrong
    return EventRow(
        number=row.number,
        cpr=number,
        network_id=network_id,
        kind=_kind(cells.get("kind", "")),
        at=_moment(cells.get("at", "")),
        unit=cells.get("unit", ""),
    )


def _kind(typed: str) -> str:
    with override("da"):
        kinds = {str(label).casefold(): value for value, label in EventKind.choices}
    found = kinds.get(typed.casefold()) or (typed if typed in EventKind.values else "")
    if not found:
        raise ValueError(_("Vi kender ikke hændelsen. Skriv fx Indlagt eller Udskrevet."))
    return found


def _moment(typed: str) -> datetime:
    parts = _MOMENT.fullmatch(typed)
    try:
        if parts is None:
            raise ValidationError("")
        day: Any = DayField().clean(parts[1])
        clock: Any = ClockField().clean(parts[2])
    except ValidationError as wrong:
        raise ValueError(_("Skriv tidspunktet som 4.3.2026 14.30.")) from wrong
    return timezone.make_aware(datetime.combine(day, clock))

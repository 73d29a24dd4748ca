"""What an owner writes about a unit, and what people ask the directory with."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.directory.kinds import UNITS, Sector, Step, UnitKind
from samsvar.directory.models import SKP_ALONE, DirectoryEntry
from samsvar.directory.models.entry import Someone
from samsvar.directory.services.entries import TakenIn
from samsvar.directory.sheet import COLUMNS, read, read_file
from samsvar.forms import LineField, MailField, NumberField, ParagraphField, PickField
from samsvar.forms.fields import PickManyField, demanded_at_times, offer
from samsvar.forms.sheet import MissingColumns, NoRows, SheetError, SheetRow, UnknownColumns
from samsvar.law.kinds import Labelled
from samsvar.partnerships.models import Unit

# R-002-9: a word that psychiatry uses of several kinds of support is no kind.
_SKP = {"skp", "skp'er", "en skp", "støttekontaktperson", "støtte-kontaktperson", "støtte- og kontaktperson"}
_PHONE = RegexValidator(r"^[0-9+() .\-/]*$", _("Skriv nummeret med tal, fx 55 36 36 36."))
MOST_STAFF = 20


def is_skp_alone(text: str) -> bool:
    """Whether a text says SKP and no more."""
    return text.strip(' .»«"').lower() in _SKP


class KindField(PickField):
    """One of a closed list, by its value or by its word in either language: a sheet is written by people."""

    def __init__(self, *, kinds: Iterable[Labelled], **kwargs: Any) -> None:
        self.kinds = tuple(kinds)
        super().__init__(choices=[(kind.value, kind.da) for kind in self.kinds], **kwargs)

    def to_python(self, value: Any) -> str:
        """The value. Raises ValidationError for SKP by itself."""
        said = str(value or "").strip()
        if is_skp_alone(said):
            raise ValidationError(SKP_ALONE, code="skp")
        for kind in self.kinds:
            if said.lower() in {kind.value, kind.da.lower(), kind.en.lower()}:
                return kind.value
        return said


class EntryForm(forms.Form):
    """A unit's page. The first six say enough to be found; the rest makes it good."""

    name = LineField(label=_("Navn"), max_length=120, number=False, help_text=_("Skriv det helt ud: »Børn og Unge«."))
    kind = KindField(label=_("Hvad er det?"), kinds=UNITS)
    sector = KindField(label=_("Hvem driver det?"), kinds=Sector)
    purpose = ParagraphField(
        label=_("Hvad gør I, og for hvem?"),
        max_length=800,
        rows=3,
        number=False,
        help_text=_("Lov ikke noget på andres vegne."),
    )
    ways_in = ParagraphField(
        label=_("Veje ind"),
        max_length=1500,
        rows=4,
        number=False,
        required=False,
        help_text=_("En vej på hver linje. Den vigtigste først."),
    )
    phone = LineField(label=_("Telefon"), max_length=40, required=False, validators=[_PHONE], number=False)
    open_door = forms.BooleanField(label=_("Man kan komme uden henvisning eller visitation"), required=False)
    hours = LineField(label=_("Hvornår kan man ringe eller komme?"), max_length=120, required=False, number=False)
    inbox = MailField(
        label=_("Fælles postkasse"),
        required=False,
        error_messages={"invalid": _("Skriv en e-mailadresse, fx navn@kommune.dk.")},
    )
    unit = forms.ModelChoiceField(
        label=_("Enheden hos jer"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Ingen"),
        help_text=_("Telefon, åbningstid og postkasse hentes her, når de står tomme på siden."),
        error_messages={"invalid_choice": _("Vælg en af mulighederne.")},
    )
    known_as = LineField(
        label=_("Kaldes også"),
        max_length=300,
        required=False,
        number=False,
        help_text=_("Korte navne med komma imellem: »PAM, psykiatrisk skadestue«."),
    )
    asked_as = ParagraphField(
        label=_("Ord, folk spørger med"),
        max_length=800,
        rows=3,
        required=False,
        number=False,
        help_text=_("De ord, en kollega ville søge på."),
    )
    part_of = LineField(label=_("Afdeling"), max_length=120, required=False, number=False)
    outside = LineField(
        label=_("Hører under"),
        max_length=120,
        required=False,
        number=False,
        help_text=_("Kun når det ikke er jer selv, fx en lægepraksis eller et privat bosted."),
    )
    age_from = NumberField(label=_("Fra alder"), required=False, min_value=0, max_value=130)
    age_to = NumberField(label=_("Til alder"), required=False, min_value=0, max_value=130)
    bring = ParagraphField(label=_("Det skal med"), max_length=800, rows=3, required=False, number=False)
    pathway = ParagraphField(label=_("Sådan er forløbet"), max_length=1500, rows=4, required=False, number=False)
    deadlines = ParagraphField(label=_("Frister"), max_length=800, rows=3, required=False, number=False)
    legal = LineField(label=_("Lovgrundlag"), max_length=300, required=False, number=False)
    cannot = ParagraphField(label=_("Det kan vi ikke"), max_length=800, rows=3, required=False, number=False)
    procedure = LineField(
        label=_("Link til jeres procedure"), max_length=300, required=False, help_text=_("Begynder med https://")
    )
    staff = ParagraphField(
        label=_("Hvem kan man tale med?"),
        max_length=3000,
        rows=4,
        required=False,
        number=False,
        help_text=_("En fagperson på hver linje: navn; funktion; telefon. Aldrig en borger."),
    )
    stages = PickManyField(
        label=_("Trin i jeres forløb"),
        choices=Step.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Vælg ingen, så gælder det, der er almindeligt for jeres slags enhed. Uden bevilling er I åbne."),
    )
    source = LineField(label=_("Kilde"), max_length=200, required=False, number=False)

    # What stands open on the page; the rest is folded.
    first = ("name", "kind", "sector", "purpose", "ways_in", "phone", "hours", "inbox", "open_door")

    def __init__(self, *args: Any, units: Iterable[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language()
        offer(self, "kind", [("", _("Vælg")), *((kind.value, kind.label(lang)) for kind in UNITS)])
        offer(self, "sector", [("", _("Vælg")), *Sector.choices(lang)])
        offer(self, "stages", [(one.value, one.label(lang).capitalize()) for one in Step])
        own = list(units)
        if own:
            self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in own])  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    @property
    def first_fields(self) -> list[BoundField]:
        """Those that stand open."""
        return [self[name] for name in self.first]

    @property
    def more_fields(self) -> list[BoundField]:
        """Those that are folded."""
        return [self[name] for name in self.fields if name not in self.first]

    @property
    def more_open(self) -> bool:
        """Whether one of the folded ones has an error."""
        return any(bound.errors for bound in self.more_fields)

    def clean_name(self) -> str:
        """The name. Raises ValidationError for SKP by itself."""
        name = str(self.cleaned_data["name"])
        if is_skp_alone(name):
            raise ValidationError(SKP_ALONE, code="skp")
        return name

    def clean_known_as(self) -> str:
        """The short names with one comma and one space between them, as the index takes them apart."""
        names = [one.strip() for one in str(self.cleaned_data["known_as"]).split(",")]
        return ", ".join(dict.fromkeys(name for name in names if name))

    def clean_procedure(self) -> str:
        """An address that a browser opens, and nothing else."""
        address = str(self.cleaned_data["procedure"])
        if address:
            try:
                URLValidator(schemes=["https", "http"])(address)
            except ValidationError as wrong:
                raise ValidationError(_("Skriv en adresse, der begynder med https://"), code="address") from wrong
        return address

    def clean_staff(self) -> list[Someone]:
        """Each line taken apart. Raises ValidationError with the line that cannot be read."""
        found: list[Someone] = []
        for line in str(self.cleaned_data["staff"]).splitlines():
            parts = [part.strip() for part in line.split(";")]
            if not any(parts):
                continue
            if len(parts) not in (2, 3) or not parts[0] or not parts[1]:
                raise ValidationError(
                    _("Skriv navn; funktion; telefon på hver linje. Denne linje kan ikke læses: %(line)s"),
                    params={"line": line[:80]},
                )
            found.append({"name": parts[0], "function": parts[1], "phone": parts[2] if len(parts) == 3 else ""})
        if len(found) > MOST_STAFF:
            raise ValidationError(_("Der er plads til %(most)d personer på siden."), params={"most": MOST_STAFF})
        return found

    def clean(self) -> dict[str, Any]:
        """The ages in their order."""
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("age_from"), cleaned.get("age_to")
        if low is not None and high is not None and high < low:
            self.add_error("age_to", _("Den højeste alder kan ikke være lavere end den laveste."))
        return cleaned


def staff_as_text(staff: Iterable[Someone]) -> str:
    """The people of a page as the form and the sheet write them."""
    return "\n".join("; ".join(part for part in (one["name"], one["function"], one["phone"]) if part) for one in staff)


def row_of(entry: DirectoryEntry) -> dict[str, str]:
    """A page as a row of the sheet; what it is in Danish words, since people read it."""
    row = {field: str(value) for field in COLUMNS if (value := getattr(entry, field)) is not None}
    return row | {
        "kind": UnitKind(entry.kind).da,
        "sector": Sector(entry.sector).da,
        "open_door": "ja" if entry.open_door else "",
        "staff": staff_as_text(entry.staff),
    }


def pages_of(rows: Iterable[SheetRow]) -> tuple[list[tuple[int, dict[str, Any]]], TakenIn]:
    """The rows that the form takes, with their numbers, and the refused ones with what the form says of each field."""
    good, left_out = [], TakenIn()
    for row in rows:
        form = EntryForm(dict(row.values))
        if form.is_valid():
            # A sheet says nothing of the steps, and leaves those that stand.
            good.append((row.number, {name: form.cleaned_data[name] for name in form.cleaned_data if name != "stages"}))
            continue
        said = [
            f"{form.fields[name].label if name in form.fields else ''}: {text}".removeprefix(": ")
            for name, texts in form.errors.items()
            for text in texts
        ]
        left_out.refuse(row.number, row.values.get("name", ""), *said)
    return good, left_out


class AskForm(forms.Form):
    """One box. Sent empty it shows the whole list."""

    q = LineField(label=_("Hvad leder du efter?"), max_length=300, required=False, number=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "q")


class WayForm(forms.Form):
    """From where to where."""

    fra = PickField(label=_("Fra"), required=False)
    til = PickField(label=_("Til"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language()
        demanded_at_times(self, "fra", "til")
        by_word = sorted(UnitKind, key=lambda kind: kind.label(lang).lower())
        offer(self, "fra", [("", _("Vælg")), *((kind.value, kind.label(lang)) for kind in by_word)])
        offer(
            self, "til", [("", _("Vælg")), *((kind.value, kind.label(lang)) for kind in by_word if kind in set(UNITS))]
        )


MOST_BYTES = 1024 * 1024


class SheetForm(forms.Form):
    """A whole directory from a spreadsheet: a file, or pasted."""

    file = forms.FileField(
        label=_("Fil fra Excel"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("En .xlsx- eller CSV-fil på højst 1 MB, med overskrifterne i første række."),
        error_messages={"empty": _("Filen er tom.")},
    )
    sheet = ParagraphField(
        label=_("Eller sæt arket ind"),
        max_length=250_000,
        rows=12,
        number=False,
        required=False,
        help_text=_("Kopiér rækkerne fra regnearket, med overskrifterne, og sæt dem ind her. CSV kan også sættes ind."),
    )

    rows: Sequence[SheetRow] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "file", "sheet")

    def clean_file(self) -> Any:
        """Takes the file apart into `rows`. Raises ValidationError with what is wrong with it."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        if upload.size > MOST_BYTES:
            raise ValidationError(_("Filen er for stor. Den må højst fylde 1 MB."))
        content = upload.read()
        self.rows = _taken_apart(lambda: read_file(content))
        return upload

    def clean_sheet(self) -> str:
        """Takes the sheet apart into `rows`, where no file was sent."""
        text = str(self.cleaned_data["sheet"])
        if text and not self.files.get("file"):
            self.rows = _taken_apart(lambda: read(text))
        return text

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.rows:
            self.add_error("file", _("Vælg en fil på højst 1 MB, eller sæt arket ind nedenfor."))
        return cleaned


def _taken_apart(reading: Callable[[], list[SheetRow]]) -> list[SheetRow]:
    """The rows. Raises ValidationError with the headings that are wrong, or what the file is not."""
    try:
        return reading()
    except UnknownColumns as wrong:
        raise ValidationError(
            _("Disse overskrifter kendes ikke: %(headings)s"), params={"headings": str(wrong)[:300]}
        ) from wrong
    except MissingColumns as wrong:
        raise ValidationError(_("Disse overskrifter mangler: %(headings)s"), params={"headings": str(wrong)}) from wrong
    except NoRows as wrong:
        raise ValidationError(_("Der er ingen rækker under overskrifterne.")) from wrong
    except SheetError as wrong:
        raise ValidationError(
            _("Filen kan ikke læses. Gem den som Excel-projektmappe (.xlsx) uden adgangskode, eller som CSV.")
        ) from wrong


class PackForm(forms.Form):
    """Begin with what others have gathered."""

    sector = PickField(label=_("Hvilke enheder tager I ind?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "sector", [("", _("Alle elleve")), *Sector.choices(get_language())])

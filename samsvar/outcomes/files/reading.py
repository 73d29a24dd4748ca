"""A file of answers taken apart, whoever made it: every cell is checked, and what is wrong is told line by line."""

import csv
import io
import re
from collections.abc import Mapping

from samsvar.instruments.flow import Answer
from samsvar.instruments.instrument import Instrument, Kind, Question, instrument
from samsvar.instruments.scales import ScaleSet, Settings, scales
from samsvar.outcomes.files import sheets
from samsvar.outcomes.files.table import (
    END,
    FACTS,
    GROUP,
    GROUPS,
    MOST_COLUMNS,
    MOST_COUNTED,
    NUMBER,
    TIMES,
    WAVE,
    Person,
    Report,
    Table,
)

_EMPTY = {"", ".", "na", "n/a", "nan", "null", "-"}
_ALIASES = {
    **dict.fromkeys(("nr", "number", "loebenummer", "systemnummer"), NUMBER),
    **dict.fromkeys(("group", "maalgruppe"), GROUP),
    **dict.fromkeys(("wave", "maalingsnr", "maaned", "boelge"), WAVE),
    "koen": "q3",
    "sex": "q3",
    "alder": "q4",
    "age": "q4",
    "oprindelse": "q8",
    "oprindelsesland": "q8",
}
_NEVER = {"q2", "navn", "name", "kaldenavn", "pseudonym", "cpr", "cprnr", "cpr_nummer", "personnummer", "adresse"}
_CPR = re.compile(r"\d{6}-?\d{4}")
_SHOWN = 10


class TableError(ValueError):
    """A file that cannot be read as answers; the message, Danish and English, says what to do."""


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            "Filen er et gammelt regneark: gem det som .xlsx. / This is an old workbook: save it as .xlsx."
        )
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise TableError("Filen kan ikke læses som tekst. / The file cannot be read as text.")


def plain(heading: str) -> str:
    """A heading without capitals, Danish letters and signs: "Måling" is "maaling", "Q20.1" and "sp20_1" are "q20_1"."""
    text = heading.strip().lower()
    for letter, plainly in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        text = text.replace(letter, plainly)
    text = re.sub(r"[^a-z0-9]+", "_", text).strip("_")
    text = re.sub(r"^(?:spm|sp|q)?_?(\d+[a-z]?(?:_\w+)?)$", r"q\1", text)
    return _ALIASES.get(text, text)


def _known(form: Instrument, measures: ScaleSet) -> dict[str, Question | None]:
    """What a column may hold: a field of the form, a box of a question with several, a score, or a fact."""
    known: dict[str, Question | None] = {name: question for name, question, _ in form.variables()}
    for question in form.questions:
        if question.kind is Kind.MANY:
            known |= {f"{question.key}_{code}": question for code in question.options}
    return known | dict.fromkeys((*measures.scales, *TIMES, NUMBER, GROUP, WAVE))


def _figure(text: str) -> float:
    return float("".join(text.split()).replace(",", "."))


def _whole(text: str) -> int:
    value = _figure(text)
    if value != int(value):
        raise ValueError
    return int(value)


def _count(text: str) -> int:
    """So many minutes or times: whole, and no more than the form itself takes."""
    value = _whole(text)
    if not 0 <= value <= MOST_COUNTED:
        raise ValueError
    return value


def _rows(data: bytes) -> tuple[list[list[str]], str, str]:
    """The rows of a file as text, whatever program wrote it; how it was written is known of a CSV file alone."""
    try:
        if data.startswith(b"PK"):
            return sheets.rows_of_xlsx(data), "", ""
        if data.startswith((b"$FL2", b"$FL3")):
            return sheets.rows_of_sav(data), "", ""
    except sheets.SheetError as error:
        raise TableError(str(error)) from error
    text, encoding = _decoded(data)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max((";", "\t", ","), key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), encoding, delimiter
    except csv.Error as error:
        raise TableError(f"Filen er ikke en CSV-fil ({error}). / The file is no CSV file.") from error


def read(data: bytes, form: Instrument | None = None, measures: ScaleSet | None = None) -> Table:
    """The persons of a CSV, Excel or SPSS file. Raises TableError with what is wrong and on which lines."""
    form, measures = form or instrument(), measures or scales()
    rows, encoding, delimiter = _rows(data)
    numbered = [(line, row) for line, row in enumerate(rows, 1) if any(value.strip() for value in row)]
    if not numbered:
        raise TableError("Filen er tom. / The file is empty.")
    if len(numbered[0][1]) > MOST_COLUMNS:
        raise TableError(
            f"Filen har for mange kolonner. Højst {MOST_COLUMNS}. / "
            f"The file has too many columns. At most {MOST_COLUMNS}."
        )
    headings = [plain(heading) for heading in numbered[0][1]]
    if twice := sorted({one for one in headings if one and headings.count(one) > 1}):
        raise TableError(f"Kolonnen {', '.join(twice)} er der to gange. / The column is there twice.")
    if absent := [one for one in (NUMBER, GROUP, WAVE) if one not in headings]:
        raise TableError(
            f"Kolonnen {', '.join(absent)} mangler i første linje. / "
            f"The first line lacks the column {', '.join(absent)}."
        )
    if never := sorted(_NEVER.intersection(headings)):
        raise TableError(
            f"Kolonnen {', '.join(never)} må ikke være med: her bruges kun nummeret. / "
            f"The column {', '.join(never)} must not be there: only the number is used."
        )
    reader = _Reader(form, measures, _known(form, measures))
    for line, row in numbered[1:]:
        reader.take(line, dict(zip(headings, (value.strip() for value in row), strict=False)), len(row) - len(headings))
    if reader.wrong:
        more = len(reader.wrong) - _SHOWN
        rest = [f"... og {more} til / and {more} more"] if more > 0 else []
        raise TableError("\n".join([*reader.wrong[:_SHOWN], *rest]))
    columns = frozenset(headings) & frozenset(reader.known)
    ignored = tuple(one for one in headings if one and one not in columns)
    plainly = {heading.strip(): plain(heading) for heading in numbered[0][1]}
    return Table(tuple(reader.persons.values()), columns, ignored, encoding, delimiter, plainly)


class _Reader:
    """Takes line after line and keeps what is wrong."""

    def __init__(self, form: Instrument, measures: ScaleSet, known: Mapping[str, Question | None]) -> None:
        self.form, self.measures, self.known = form, measures, known
        self.persons: dict[str, Person] = {}
        self.wrong: list[str] = []

    def no(self, line: int, da: str, en: str) -> None:
        self.wrong.append(f"Linje {line}: {da} / Line {line}: {en}")

    def take(self, line: int, row: Mapping[str, str], too_many: int) -> None:
        """One line of the file."""
        if too_many > 0:
            self.no(line, "der er flere felter end kolonner.", "there are more fields than columns.")
            return
        number = row.get(NUMBER, "")
        if not number or _CPR.fullmatch(number):
            self.no(
                line, "nummeret mangler eller ligner et CPR-nummer.", "no number, or one that looks like a CPR number."
            )
            return
        try:
            group = _whole(row.get(GROUP, ""))
            wave = END if row.get(WAVE, "").lower() in {"slut", "end", "exit"} else _whole(row.get(WAVE, ""))
        except (ValueError, OverflowError):
            group, wave = 0, -1
        if group not in GROUPS or not 0 <= wave <= END:
            self.no(
                line,
                "gruppe er 1 eller 2, og maaling er måneder fra start eller »slut«.",
                'gruppe is 1 or 2, and maaling is months from the start or "slut".',
            )
            return
        person = self.persons.setdefault(number, Person(number, group))
        if person.group != group:
            self.no(line, f"nummer {number} er i to grupper.", f"number {number} is in two groups.")
        elif wave in person.waves:
            self.no(line, f"nummer {number} har målingen to gange.", f"number {number} has this wave twice.")
        else:
            person.waves[wave] = self._report(line, row, person, wave)

    def _report(self, line: int, row: Mapping[str, str], person: Person, wave: int) -> Report:
        answers: dict[str, Answer] = {}
        scores: dict[str, float] = {}
        ticked: dict[str, set[int]] = {}
        for name, text in row.items():
            if name not in self.known or name in {NUMBER, GROUP, WAVE} or text.lower() in _EMPTY:
                continue
            question = self.known[name]
            try:
                if name in TIMES:
                    person.keep(name, self._time(text), wave)
                elif name in self.measures.scales:
                    self._score(scores, name, text)
                elif question:
                    self._answer(answers, ticked, question, name, text)
            except (ValueError, OverflowError):
                self.no(line, f"»{text[:20]}« kan ikke stå i {name}.", f'"{text[:20]}" cannot stand in {name}.')
        for key, codes in ticked.items():
            answers.setdefault(key, tuple(sorted(codes)))
        for name in FACTS:
            code = answers.get(name)
            if isinstance(code, int) and not self.form.is_missing(name, code):
                person.keep(name, code, wave)
        return Report(answers, scores)

    @staticmethod
    def _time(text: str) -> float:
        value = _figure(text)
        if not 0 <= value < 1e6:
            raise ValueError
        return value

    def _score(self, scores: dict[str, float], name: str, text: str) -> None:
        value, scale = _figure(text), self.measures.scales[name]
        low, high = scale.range(Settings())
        # Only where a score cannot be 77 is a 77 what the form means by it.
        if value == self.form.missing:
            return
        if not low <= value <= high:
            raise ValueError
        scores[name] = value

    def _answer(
        self, answers: dict[str, Answer], ticked: dict[str, set[int]], question: Question, name: str, text: str
    ) -> None:
        if question.kind is Kind.MANY:
            if name == question.key:
                codes = {int(code) for code in re.split(r"[\s,;+|]+", text) if code}
            else:
                # A box of its own: 1 is a cross, 0 is none.
                code = int(name.removeprefix(f"{question.key}_"))
                ticked.setdefault(question.key, set())
                if _whole(text) not in {0, 1}:
                    raise ValueError
                codes = {code} if _whole(text) else set()
            if not codes <= set(question.options):
                raise ValueError
            ticked.setdefault(question.key, set()).update(codes)
        elif question.options:
            code = _whole(text)
            if code in question.options:
                answers[name] = code
            elif code != self.form.missing:
                raise ValueError
        elif question.kind in {Kind.NUMBER, Kind.NUMBERS}:
            answers[name] = _count(text)

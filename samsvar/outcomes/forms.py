"""A report's questions as fields, made from the form's own definition: no question is known to the code."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.forms.fields import DayField, InlineRadioSelect, LineField, NumberField, ParagraphField, PickField, offer
from samsvar.instruments.flow import Answer, decides, fields_of, items_of
from samsvar.instruments.instrument import Instrument, Kind, Question, quarterly
from samsvar.instruments.schedule import Month
from samsvar.outcomes.files.reading import TableError, read
from samsvar.outcomes.files.table import MOST_COUNTED, Table
from samsvar.outcomes.services.errors import ReportError
from samsvar.outcomes.shown.reports import in_words
from samsvar.outreach.forms.courses import CodeField, CodesField
from samsvar.outreach.words import short

# This quarter, and those before it that somebody may still write of.
_QUARTERS = 5
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Asked:
    """One question as the page draws it. `decides`: what comes after hangs on it.

    `known`: the answers as the log has them, in words, where nobody has said otherwise; such a question is folded.
    """

    number: str
    label: str
    short: str
    note: str
    fields: list[BoundField]
    from_log: bool
    several: bool
    decides: bool
    known: list[tuple[str, str]]


@dataclass(frozen=True)
class AskedPart:
    """A part of the form, and its questions."""

    label: str
    questions: list[Asked]


def _field(question: Question, label: str, lang: str | None) -> forms.Field:
    choices = [(one.code, one.said.label(lang)) for one in question.options.values()]
    if question.kind is Kind.MANY:
        return CodesField(label=label, choices=choices)
    if question.kind is Kind.GRID:
        return CodeField(label=label, choices=choices, required=False, widget=InlineRadioSelect)
    if question.kind is Kind.ONE:
        return CodeField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
    if question.kind is Kind.DATE:
        return DayField(label=label, required=False)
    if question.kind is Kind.TEXT:
        return ParagraphField(label=label, required=False, max_length=1000, number=False)
    return NumberField(label=label, required=False, min_value=0, max_value=MOST_COUNTED)


class AnswersFileForm(forms.Form):
    """Old answers: an Excel, SPSS or CSV file in the codebook's columns."""

    file = forms.FileField(
        label=_("Filen"),
        error_messages={"required": _("Vælg en fil, højst 1 MB."), "empty": _("Filen er tom.")},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx,.sav"}),
        help_text=_(
            "Excel (.xlsx, første ark), SPSS (.sav) eller CSV med kodebogens kolonner. Kun numre, aldrig navne."
        ),
    )

    table: Table

    def clean_file(self) -> None:
        """Take the file apart into `table`. Raises ValidationError with what is wrong and on which lines."""
        upload = self.cleaned_data["file"]
        if upload.size > _MOST_BYTES:
            raise ValidationError(_("Filen er for stor. Højst 1 MB."))
        try:
            self.table = read(upload.read())
        except TableError as wrong:
            raise ValidationError(str(wrong).splitlines()) from wrong


class Drawn(Protocol):
    """What questions are drawn from: a month's report, or a journal."""

    @property
    def form(self) -> Instrument:
        """The form."""

    @property
    def log(self) -> Mapping[str, Answer]:
        """What the log knows."""

    def questions(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions as far as the answers decide."""


class QuarterForm(forms.Form):
    """Which quarter a journal is of, and in which form where there are several."""

    quarter = forms.TypedChoiceField(
        label=_("Kvartal"), coerce=date.fromisoformat, error_messages={"invalid_choice": _("Vælg et kvartal.")}
    )
    form = PickField(label=_("Skema"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = Month.of(timezone.localdate())
        begins = [this.plus(-((this.number - 1) % 3) - 3 * back).first for back in range(_QUARTERS)]
        offer(self, "quarter", [(day.isoformat(), f"{(day.month + 2) // 3}/{day.year}") for day in begins])
        offer(self, "form", [(one.stamp, one.title.label(get_language())) for one in quarterly()])
        if len(quarterly()) == 1:
            self.fields["form"].widget = forms.HiddenInput()
            self.fields["form"].initial = quarterly()[0].stamp


class ReportForm(forms.Form):
    """The questions that a report asks, as far as its answers decide."""

    def __init__(
        self, page: Drawn, answers: Mapping[str, Answer], *args: Any, shown: Collection[str] = (), **kwargs: Any
    ) -> None:
        self.page, self.lang, self.drawn = page, get_language(), answers
        # What comes back is read by the questions that stood on the page; which were asked next is decided after.
        self.questions = tuple(one for one in page.form.questions if one.key in shown) or page.questions(answers)
        self.open_too = bool(shown)
        kwargs["initial"] = {field: list(one) if isinstance(one, tuple) else one for field, one in answers.items()}
        super().__init__(*args, **kwargs)
        for question in self.questions:
            for name, label in self._names(question, answers):
                self.fields[name] = _field(question, label, self.lang)
                self.fields[name].at_times = True  # type: ignore[attr-defined]
            for option in question.options.values():
                name = f"{question.key}_{option.asks}"
                if option.asks and name not in self.fields:
                    words = option.said.label(self.lang)
                    self.fields[name] = (
                        DayField(label=words, required=False)
                        if option.asks == "date"
                        else LineField(label=words, required=False, max_length=300, number=False)
                    )

    def _names(self, question: Question, answers: Mapping[str, Answer]) -> Iterator[tuple[str, str]]:
        if question.items:
            for item in items_of(question, answers, open_too=self.open_too):
                yield item.field, item.said.label(self.lang)
        else:
            yield question.key, f"{question.key.removeprefix('q')}. {question.said.label(self.lang)}"

    def parts(self) -> list[AskedPart]:
        """The questions by the form's parts, each with its fields."""
        found: dict[int, list[Asked]] = {}
        deciding = decides(self.page.form)
        for question in self.questions:
            names = [name for name in self.fields if name == question.key or name in question.fields()]
            names += [name for name in (f"{question.key}_text", f"{question.key}_date") if name in self.fields]
            known = any(name in self.page.log for name in names)
            note = question.note.label(self.lang) if question.note else ""
            found.setdefault(question.part, []).append(
                Asked(
                    question.key.removeprefix("q"),
                    question.said.label(self.lang),
                    short(question.said.label(self.lang)),
                    note,
                    [self[name] for name in dict.fromkeys(names)],
                    known,
                    bool(question.items),
                    question.key in deciding or any(item.only_if for item in question.items),
                    self._known(question),
                )
            )
        return [AskedPart(self.page.form.parts[one].said.label(self.lang), rows) for one, rows in found.items()]

    def _known(self, question: Question) -> list[tuple[str, str]]:
        """What the log says of a question, where it stands so. A page that comes back with something wrong is open."""
        fields = fields_of(question, self.drawn)
        if self.is_bound or any(
            one not in self.page.log or self.drawn.get(one) != self.page.log[one] for one in fields
        ):
            return []
        items = {one.field: one.said.label(self.lang) for one in question.items}
        return [(items.get(one, ""), in_words(question, self.drawn[one], self.lang)) for one in fields]

    def answers(self) -> dict[str, Answer]:
        """What was answered. No cross at all is an answer only where the form says so."""
        found: dict[str, Answer] = {}
        value: Any
        for question in self.questions:
            for name in (*question.fields(), f"{question.key}_text", f"{question.key}_date"):
                value = self.cleaned_data.get(name)
                if question.kind is Kind.MANY and name == question.key and name in self.cleaned_data:
                    if value or question.may_be_empty:
                        found[name] = tuple(sorted(value))
                elif isinstance(value, date | int) or value:
                    found[name] = value
        # A text or a day without the answer that asks for it was left there by another.
        for question in self.questions:
            wanted = fields_of(question, found)
            for name in (f"{question.key}_text", f"{question.key}_date"):
                if name in found and name not in wanted and name != question.key:
                    del found[name]
        return found

    def shown(self) -> str:
        """The questions that stand on the page, for the way back."""
        return " ".join(one.key for one in self.questions)

    def over(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Answers with those of the page over them."""
        mine = {f"{one.key}{end}" for one in self.questions for end in ("_text", "_date")}
        mine |= {name for one in self.questions for name in one.fields()}
        return {**{name: one for name, one in answers.items() if name not in mine}, **self.answers()}

    def take(self, refused: ReportError) -> None:
        """Put what is wrong or missing beside the fields it is about."""
        for problem in refused.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.said.label(self.lang))
        for one in refused.missing:
            self.add_error(one.field if one.field in self.fields else None, _("Mangler svar."))
        if not refused.problems and not refused.missing:
            self.add_error(None, str(refused))

"""A report that is in, as a page tells it."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from samsvar.instruments.flow import Answer, codes_of, fields_of
from samsvar.instruments.instrument import Kind, Question
from samsvar.outcomes.selectors.reports import ReportPage


def answered(page: ReportPage) -> Iterator[tuple[str, str]]:
    """Each question that was answered, and the answer in words."""
    lang = get_language()
    for question in page.questions(page.answers):
        for field in fields_of(question, page.answers):
            value = page.answers.get(field)
            if value is None:
                continue
            item = next((one.said.label(lang) for one in question.items if one.field == field), "")
            label = f"{question.key.removeprefix('q')}. {question.said.label(lang)}"
            yield f"{label} {item}".strip(), in_words(question, value, lang)


def in_words(question: Question, value: Answer, lang: str | None) -> str:
    """One answer in words."""
    words = [question.options[code].said.label(lang) for code in codes_of(value) if code in question.options]
    if question.kind is Kind.MANY and not words:
        return "–"
    return date_format(value) if isinstance(value, date) else "; ".join(words) if words else str(value or "0")

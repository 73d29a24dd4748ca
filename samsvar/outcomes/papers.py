"""The form on paper, from the same definition as the screen's (R-004-92)."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.calendar.words import language
from samsvar.documents.paper import Paper, Part, facts, heading, points, render, table, text
from samsvar.documents.words import in_full
from samsvar.instruments.flow import Answer, codes_of
from samsvar.instruments.instrument import Kind, Question
from samsvar.outcomes.selectors.journals import JournalPage
from samsvar.outcomes.selectors.reports import ReportPage

_BOX, _CROSS, _LINE = "[  ]", "[x]", "................................"


def on_paper(page: ReportPage) -> bytes:
    """A month's questions as PDF/UA-1: all that could be asked, with what is known already. No name in it."""
    lang = language(get_language())
    known = page.answers
    parts: list[Part] = [
        facts([(_("Kontaktforløb"), page.course.number), (_("Måned"), date_format(page.month.first, "F Y"))]),
        text(_("Det, loggen ved, er krydset af. Ret det, der ikke passer.")),
        text(page.form.proxy.label(lang)),
    ]
    part = 0
    for question in page.form.questions:
        if question.filled or not question.when & page.occasions:
            continue
        if question.part != part:
            part = question.part
            parts.append(heading(page.form.parts[part].said.label(lang)))
        parts += _question(question, known, lang)
    return render(
        "report",
        Paper(
            title=_("Indberetning af et kontaktforløb"),
            parts=parts,
            sender=(page.course.authority.name,),
            date=in_full(timezone.localdate()),
            footer=page.form.stamp,
        ),
        lang=lang,
    )


def journal_on_paper(page: JournalPage) -> bytes:
    """A quarterly journal as PDF/UA-1: every question of its form, with what has been answered."""
    lang = language(get_language())
    parts: list[Part] = [
        facts([(_("Enhed"), page.journal.unit.name), (_("Kvartal"), page.number)]),
        text(page.form.proxy.label(lang)),
    ]
    part = 0
    for question in page.form.questions:
        if question.part != part:
            part = question.part
            parts.append(heading(page.form.parts[part].said.label(lang)))
        parts += _question(question, page.answers, lang)
    return render(
        "report",
        Paper(
            title=page.form.title.label(lang),
            parts=parts,
            sender=(page.journal.authority.name,),
            date=in_full(timezone.localdate()),
            footer=page.form.stamp,
        ),
        lang=lang,
    )


def _question(question: Question, known: dict[str, Answer] | object, lang: str) -> list[Part]:
    answers = known if isinstance(known, dict) else {}
    parts: list[Part] = [text(f"{question.key.removeprefix('q')}. {question.said.label(lang)}")]
    if question.note:
        parts.append(text(question.note.label(lang)))
    codes = [f"{one.code} {one.said.label(lang)}" for one in question.options.values()]
    if question.kind is Kind.GRID:
        rows = [
            (
                item.said.label(lang),
                "   ".join(f"{_mark(code, answers.get(item.field))} {code}" for code in question.options),
            )
            for item in question.items
        ]
        parts += [text(" · ".join(codes)), table([_("Udsagn"), _("Svar")], rows, [3, 2])]
    elif question.options:
        chosen = answers.get(question.key)
        parts.append(
            points(f"{_mark(code, chosen)} {words}" for code, words in zip(question.options, codes, strict=True))
        )
    elif question.items:
        parts.append(facts((item.said.label(lang), _said(answers.get(item.field))) for item in question.items))
    else:
        parts.append(text(_said(answers.get(question.key))))
    return parts


def _mark(code: int, chosen: Answer | None) -> str:
    return _CROSS if code in codes_of(chosen) else _BOX


def _said(answer: Answer | None) -> str:
    return _LINE if answer is None else str(answer)

"""Which questions a report asks, given what has been answered; and what is wrong with answers (R-004-78 to R-004-86).

Answers are a mapping from fields to codes, tuples of codes, numbers, dates or texts. What was answered in earlier
reports of the course (the modules hang on Q9) is handed over as `before`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from samsvar.instruments.instrument import Condition, Instrument, Item, Kind, Occasion, Option, Question, Said

Answer = int | float | str | date | tuple[int, ...]
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer, to stand beside its field."""

    field: str
    said: Said


def codes_of(answer: Answer | None) -> tuple[int, ...]:
    """The codes of an answer, one or many."""
    if isinstance(answer, bool) or answer is None:
        return ()
    if isinstance(answer, int):
        return (answer,)
    return tuple(answer) if isinstance(answer, tuple | list | set | frozenset) else ()


def holds(condition: Condition | None, answers: Answers, *, open_too: bool = False) -> bool:
    """Whether what a question or an item waits for has been answered; with `open_too`, also where it still can be."""
    if condition is None or (open_too and condition[0] not in answers):
        return True
    return bool(condition[1].intersection(codes_of(answers.get(condition[0]))))


def decides(form: Instrument) -> frozenset[str]:
    """The questions whose answer decides what else is asked."""
    conditions = [part.only_if for part in form.parts.values()] + [question.only_if for question in form.questions]
    named = {condition[0] for condition in conditions if condition}
    return frozenset(
        question.key
        for question in form.questions
        if question.key in named or question.to or any(option.to for option in question.options.values())
    )


def chosen(question: Question, answers: Answers) -> list[Option]:
    """The answers ticked, without codes that the form does not have."""
    return [question.options[code] for code in codes_of(answers.get(question.key)) if code in question.options]


def _leads_to(question: Question, answers: Answers) -> str:
    if question.key not in answers:
        return ""
    return next((option.to for option in chosen(question, answers) if option.to), question.to)


def asked(
    form: Instrument, occasions: Collection[Occasion], answers: Answers, before: Answers | None = None
) -> tuple[Question, ...]:
    """The questions of a report in their order, as far as the answers decide.

    The way ends at the first unanswered question on which others hang: what comes after is not known yet.
    """
    return _way(form, occasions, answers, before, open_too=False)


def _way(
    form: Instrument, occasions: Collection[Occasion], answers: Answers, before: Answers | None, *, open_too: bool
) -> tuple[Question, ...]:
    """The way through the form; with `open_too` past what is undecided, since an answer there is not wrong yet."""
    known = {**(before or {}), **answers}
    deciding, found, skip_to = decides(form), [], ""
    for question in form.questions:
        if skip_to and question.key != skip_to:
            continue
        skip_to = ""
        if not question.when.intersection(occasions):
            continue
        conditions = (form.parts[question.part].only_if, question.only_if)
        if not all(holds(condition, known, open_too=open_too) for condition in conditions):
            continue
        found.append(question)
        if question.key in deciding and question.key not in answers and not open_too:
            break
        skip_to = _leads_to(question, answers)
    return tuple(found)


def items_of(question: Question, answers: Answers, *, open_too: bool = False) -> tuple[Item, ...]:
    """The items asked: Q38's second only where there are relatives (R-004-82)."""
    return tuple(item for item in question.items if holds(item.only_if, answers, open_too=open_too))


def fields_of(question: Question, answers: Answers, *, open_too: bool = False) -> tuple[str, ...]:
    """The fields that a question asks for just now, with the text or date that an answer asks for besides."""
    if question.items:
        return tuple(item.field for item in items_of(question, answers, open_too=open_too))
    return (question.key, *(f"{question.key}_{option.asks}" for option in chosen(question, answers) if option.asks))


def next_questions(
    form: Instrument, occasions: Collection[Occasion], answers: Answers, before: Answers | None = None
) -> tuple[Question, ...]:
    """The questions still to be answered. Empty: the report is whole.

    What the system fills in, what may stay empty and a text that somebody may add are nobody's left work.
    """
    return tuple(
        question
        for question in asked(form, occasions, answers, before)
        if not question.filled and any(_waits(question, field, answers) for field in fields_of(question, answers))
    )


def _waits(question: Question, field: str, answers: Answers) -> bool:
    return field not in answers and not question.may_be_empty and not field.endswith("_text")


def cleaned(
    form: Instrument, occasions: Collection[Occasion], answers: Answers, before: Answers | None = None
) -> dict[str, Answer]:
    """The answers without those whose question is not asked: what was ticked before another answer closed it."""
    kept = dict(answers)
    while not set(kept) <= (wanted := _wanted(form, occasions, kept, before)):
        kept = {field: answer for field, answer in kept.items() if field in wanted}
    return kept


def _wanted(
    form: Instrument, occasions: Collection[Occasion], answers: Answers, before: Answers | None
) -> frozenset[str]:
    questions = _way(form, occasions, answers, before, open_too=True)
    return frozenset(field for question in questions for field in fields_of(question, answers, open_too=True))


def problems(
    form: Instrument, occasions: Collection[Occasion], answers: Answers, before: Answers | None = None
) -> tuple[Problem, ...]:
    """What is wrong with answers: codes that do not exist, impossible figures, answers to what was not asked."""
    found: list[Problem] = []
    questions = _way(form, occasions, answers, before, open_too=True)
    wanted = _wanted(form, occasions, answers, before)
    for field in answers:
        if field not in wanted:
            found.append(
                Problem(
                    field,
                    Said("Der er svaret på noget, der ikke spørges om her.", "This was answered but is not asked."),
                )
            )
    for question in questions:
        for field in fields_of(question, answers, open_too=True):
            if field in answers:
                found += [Problem(field, said) for said in _wrong(question, field, answers[field])]
    return (*found, *_sums(answers), *_order(answers))


def _wrong(question: Question, field: str, answer: Answer) -> Iterator[Said]:
    if field == f"{question.key}_text" or question.kind is Kind.TEXT:
        if not isinstance(answer, str):
            yield Said("Skriv en tekst.", "Write a text.")
    elif field == f"{question.key}_date" or question.kind is Kind.DATE:
        if not isinstance(answer, date) or isinstance(answer, datetime):
            yield Said("Skriv en dato.", "Write a date.")
    elif question.kind in {Kind.NUMBER, Kind.NUMBERS}:
        if isinstance(answer, bool) or not isinstance(answer, int) or answer < 0:
            yield Said("Skriv et helt tal, nul eller derover.", "Write a whole number, zero or more.")
    else:
        yield from _wrong_codes(question, answer)


def _wrong_codes(question: Question, answer: Answer) -> Iterator[Said]:
    codes = codes_of(answer)
    several = question.kind is Kind.MANY
    if several != isinstance(answer, tuple | list | set | frozenset) or len(set(codes)) != len(codes):
        yield Said("Svaret kan ikke læses.", "The answer cannot be read.")
    elif not codes and not question.may_be_empty:
        yield Said("Vælg et svar.", "Choose an answer.")
    elif unknown := [code for code in codes if code not in question.options]:
        codes_da = ", ".join(str(code) for code in unknown)
        yield Said(f"Koden {codes_da} findes ikke i spørgsmålet.", f"The question has no code {codes_da}.")
    elif len(codes) > 1 and any(question.options[code].alone for code in codes):
        yield Said("Det ene svar udelukker de andre.", "One of these answers excludes the others.")


def _sums(answers: Answers) -> Iterator[Problem]:
    """R-004-84: the futile visits before and after the first meeting are all the futile visits."""
    total, before, after = (answers.get(key) for key in ("q49", "q50", "q51"))
    if isinstance(total, int) and isinstance(before, int) and isinstance(after, int) and before + after != total:
        yield Problem(
            "q49",
            Said(
                f"Før og efter det første samværsmøde er det {before + after} i alt, ikke {total}.",
                f"Before and after the first meeting that makes {before + after} in all, not {total}.",
            ),
        )


def _order(answers: Answers) -> Iterator[Problem]:
    """R-004-44: a meeting spent together cannot come before the first approach."""
    first, meeting = answers.get("q16_date"), answers.get("q17_date")
    if isinstance(first, date) and isinstance(meeting, date) and meeting < first:
        yield Problem(
            "q17_date",
            Said(
                "Det første samværsmøde kan ikke ligge før den første henvendelse til brugeren.",
                "The first meeting cannot come before the user was first approached.",
            ),
        )


def succeeded(form: Instrument, answers: Answers) -> bool:
    """Whether the course ended because its purpose was met (R-004-86)."""
    return any(option.success for option in chosen(form.question("q41"), answers))


def results(form: Instrument, answers: Answers) -> frozenset[str]:
    """In which fields a course that succeeded had results: "personal", "health", "social", "private" (R-004-86)."""
    if not succeeded(form, answers):
        return frozenset()
    return frozenset(option.result for option in chosen(form.question("q42"), answers) if option.result)

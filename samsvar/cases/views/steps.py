"""How every step in a case is answered over HTTP: find the case, ask, do one thing, go back to the case."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.accounts import steps
from samsvar.accounts.steps import Words, found_or_404, points_out
from samsvar.audit.models import Act
from samsvar.audit.services import record_refusal
from samsvar.cases.models import Case
from samsvar.cases.selectors import whole
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.rows import log_in_case
from samsvar.law.warnings import suspicious
from samsvar.postgres.actor import Actor, attempt
from samsvar.sharing.selectors import noes_of
from samsvar.sharing.services import NothingSaid, NotLawful

__all__ = ["Words", "found_or_404", "points_out"]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; every view of this room runs as somebody."""
    return request.actor  # type: ignore[attr-defined]


def lang() -> str:
    """The language of the screen, for the law's own sentences."""
    return get_language() or "da"


def case_or_404(request: HttpRequest, case_id: UUID) -> Case:
    """The case, or the one answer for a case that does not exist and for one that is not the actor's to see."""
    actor = actor_of(request)
    case = whole.find_case(actor, case_id)
    if case is None:
        record_refusal(actor, "case", case_id, "not_in_reach")
        raise Http404
    return case


def look(actor: Actor, case: Case, page: str) -> None:
    """Log that the actor saw a page about the case (L19)."""
    log_in_case(actor, Act.LOOK, case, detail={"page": page})


def step(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Words | None],
    *,
    title: Words,
    send: Words,
    page: str,
    template: str = "cases/table/step.html",
    more: dict[str, Any] | None = None,
    second_look: Callable[[dict[str, Any]], Sequence[str]] | None = None,
    closed_too: bool = False,
) -> HttpResponse:
    """Show a form about a case, or do what it asks. `act` gets the cleaned data and returns what is said afterwards.

    An error of the service stands at the form, with all that was typed; who was overtaken gets the status 409.
    `second_look` says what the writer should look at once more before it reaches others; sending again sends it.
    A closed case says so at once and gives back what was typed, but for the steps that it takes too.
    """
    actor = actor_of(request)
    status, looks_again = 200, False
    if request.method == "POST" and form.is_valid() and second_look and request.POST.get("looked") != "1":
        looks_again = points_out(form, second_look(form.cleaned_data))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                said = act(form.cleaned_data)
        except (CaseError, NothingSaid, NotLawful) as refused:
            status = 409 if isinstance(refused, Overtaken) else 200
            form.add_error(None, explain(actor, case, refused))
        else:
            after(request, said, None if second_look else form)
            return redirect("cases:case", case.pk)
    look(actor, case, page)
    return render(
        request,
        template,
        {
            "case": case,
            "form": form,
            "title": title,
            "send": send,
            "overtaken": status == 409,
            "looks_again": looks_again,
            "noes": noes_of(actor, case.pk),
            "is_over": case.closed_at is not None and not closed_too,
            "base": "cases/table/part.html" if request.headers.get("HX-Request") else "base.html",
            **(more or {}),
        },
        status=status,
    )


def done(
    form: forms.Form,
    act: Callable[[], object],
    field: str | None = None,
    refusals: tuple[type[Exception], ...] = (CaseError,),
) -> bool:
    """Whether what a form asks was done. A refusal stands at `field`, and nothing of the step is left behind."""
    return steps.done(form, act, field, refusals=refusals)


def pressed(
    request: HttpRequest,
    act: Callable[[], object],
    said: Words = "",
    refusals: tuple[type[Exception], ...] = (CaseError,),
) -> None:
    """Do what one button asks; what came of it stands at the top of the next page."""
    steps.pressed(request, act, said, refusals=refusals)


def press(request: HttpRequest, case: Case, act: Callable[[], Words | None]) -> HttpResponse:
    """Do what one button asks and go back to the case; an error is said at the top of it."""
    actor = actor_of(request)
    try:
        with attempt():
            said = act()
    except (CaseError, NothingSaid, NotLawful) as refused:
        messages.error(request, explain(actor, case, refused))
    else:
        after(request, said)
    return redirect("cases:case", case.pk)


def explain(actor: Actor, about: Model, refused: Exception) -> str:
    """What a refusal says to the person at the keyboard. What the law does not allow is logged as refused."""
    if isinstance(refused, NotLawful):
        record_refusal(actor, "disclosure", about.pk, "not_lawful")
        needs = [need.text(lang()) for need in refused.assessment.needs]
        return " ".join([refused.assessment.explain(lang()), *needs])
    return str(refused) or _("Det kunne ikke lade sig gøre.")


def after(request: HttpRequest, said: Words | None, form: forms.Form | None = None) -> None:
    """Say that it is done, and point at words that the writer should look at once more (R-000-98)."""
    if said:
        messages.success(request, str(said))
    texts = [value for value in form.cleaned_data.values() if isinstance(value, str)] if form else []
    for notice in suspicious("\n".join(texts)):
        messages.warning(request, notice.text(lang()))

"""How a step is answered over HTTP in every room: do one thing, and say at the form or at the top what came of it."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samsvar.postgres.actor import attempt

Words = str | Promise
Row = TypeVar("Row")
# A page that shows one form and takes it.
either = require_http_methods(["GET", "HEAD", "POST"])


def found_or_404(row: Row | None) -> Row:
    """A row, or a plain 404."""
    if row is None:
        raise Http404
    return row


def points_out(form: forms.Form, notices: Sequence[str]) -> bool:
    """Put what should be looked at once more at the form (R-000-98, R-000-113). Sending again sends it as it stands."""
    for notice in notices:
        form.add_error(None, notice)
    if notices:
        form.add_error(None, _("Er det rigtigt, som det står, så send igen."))
    return bool(notices)


def done(
    form: forms.Form,
    act: Callable[[], object],
    field: str | None = None,
    *,
    refusals: tuple[type[Exception], ...],
    words: Callable[[Exception], str] = str,
) -> bool:
    """Whether what a form asks was done. A refusal stands at `field`, and nothing of the step is left behind.

    `words` says what a refusal says to the person at the keyboard, where its own words are for others.
    """
    if not form.is_valid():
        return False
    try:
        with attempt():
            act()
    except refusals as refused:
        form.add_error(field, words(refused))
        return False
    return True


def taken(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    said: Words,
    refusals: tuple[type[Exception], ...],
    second_look: Callable[[dict[str, Any]], Sequence[str]] | None = None,
    words: Callable[[Exception], str] = str,
) -> tuple[bool, bool]:
    """Whether what a page's one form asks was done, and whether it should be looked at once more before it is.

    `second_look` says what the writer should look at before it reaches others; sending again sends it.
    """
    looks_again = False
    if request.method != "POST":
        return False, looks_again
    if second_look and request.POST.get("looked") != "1" and form.is_valid():
        looks_again = points_out(form, second_look(form.cleaned_data))
    is_done = done(form, lambda: act(form.cleaned_data), refusals=refusals, words=words)
    if is_done:
        messages.success(request, str(said))
    return is_done, looks_again


def one_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    template: str,
    told: dict[str, Any],
    more: dict[str, Any] | None = None,
    back_url: str,
    look: Callable[[], None],
    said: Words,
    refusals: tuple[type[Exception], ...],
    second_look: Callable[[dict[str, Any]], Sequence[str]] | None = None,
    words: Callable[[Exception], str] = str,
) -> HttpResponse:
    """Show one form about something, or do what it asks and go to `back_url`: the page of what it is about.

    `told` is what the page says beside the form, and `more` what the act itself may add to it. `look` logs that
    somebody saw it, which a step that is done does not.
    """
    is_done, looks_again = taken(request, form, act, said=said, refusals=refusals, second_look=second_look, words=words)
    if is_done:
        return redirect(back_url)
    look()
    return render(
        request,
        template,
        {"form": form, "back_url": back_url, "looks_again": looks_again, **told, **(more or {})},
        status=400 if form.errors else 200,
    )


def version_seen(request: HttpRequest) -> int | None:
    """The version that was on the page from which something was pressed, or None where the page said none."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None


def pressed(
    request: HttpRequest,
    act: Callable[[], object],
    said: Words = "",
    *,
    refusals: tuple[type[Exception], ...],
    words: Callable[[Exception], str] = str,
) -> bool:
    """Do what one button asks; what came of it stands at the top of the next page. Whether it was done."""
    try:
        with attempt():
            act()
    except refusals as refused:
        messages.error(request, words(refused))
        return False
    if said:
        messages.success(request, str(said))
    return True

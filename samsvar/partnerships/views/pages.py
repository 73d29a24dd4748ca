"""What the pages of this room have in common."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.accounts.guards import turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.partnerships import services
from samsvar.partnerships.services import PartnershipError
from samsvar.postgres.actor import attempt as undone_when_refused

Row = TypeVar("Row")
Text = str | Promise
Crumbs = Sequence[tuple[Text, str]]


def address(name: str, *args: Any) -> str:
    """The address of one of this room's pages."""
    return reverse(f"partnerships:{name}", args=args)


def areas_of(request: ActingRequest, data: dict[str, Any]) -> list[Any]:
    """The areas that a form of areas names, taken out of its data; those that are new are made."""
    new = [services.add_area(request.actor, name) for name in data.pop("new_areas")]
    return [*data.pop("areas", ()), *new]


def found(row: Row | None) -> Row:
    """The row, or the one 404 for "not there" and "not yours"."""
    if row is None:
        raise Http404
    return row


def allowed(request: ActingRequest, may: bool) -> None:
    """403 with its own page for what one may see but not change; the attempt is logged."""
    if not may:
        page = request.resolver_match.url_name if request.resolver_match else None
        turn_away(request.actor, "set_up", page or "")


def crumbs(*further: tuple[Text, str]) -> Crumbs:
    """Where one is: set-up first, then the pages above this one."""
    return [(_("Opsætning"), reverse("partnerships:setup")), *further]


def attempt(request: HttpRequest, form: BaseForm, verb: Callable[[], object]) -> bool:
    """Do it in one piece. What the service says against it is shown on the form, with everything typed kept."""
    try:
        with undone_when_refused():
            verb()
    except PartnershipError as error:
        form.add_error(None, str(error))
        return False
    return True


def form_page(
    request: HttpRequest,
    form: BaseForm,
    verb: Callable[[dict[str, Any]], object],
    *,
    title: Text,
    back: str,
    above: Crumbs,
    done: Text = "",
    intro: Text = "",
    submit: Text = "",
    variant: str = "primary",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page with one form: shown, or sent to `verb` with its cleaned data and then on to `back`."""
    if request.method == "POST" and form.is_valid() and attempt(request, form, lambda: verb(form.cleaned_data)):
        messages.success(request, str(done or _("Gemt.")))
        return HttpResponseRedirect(back)
    context = {
        "form": form,
        "title": title,
        "intro": intro,
        "submit": submit or _("Gem"),
        "variant": variant,
        "back": back,
        "crumbs": above,
        **(extra or {}),
    }
    return render(request, "partnerships/form.html", context)

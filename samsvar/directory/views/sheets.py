"""The directory as a sheet: taken in from Excel or by pasting, given out as Excel or CSV, begun from a pack."""

from collections.abc import Callable, Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.directory import services, sheet
from samsvar.directory.forms.entries import PackForm, SheetForm, pages_of, row_of
from samsvar.directory.selectors import entries as selectors
from samsvar.directory.views.entries import for_keepers, place_of
from samsvar.forms import workbook


@require_http_methods(["GET", "POST"])
def take_in(request: ActingRequest) -> HttpResponse:
    """Paste a sheet. What is refused is listed with its reason, and the text stands where it stood."""
    for_keepers(request)
    place = place_of(request)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    result = None
    if request.method == "POST" and form.is_valid():
        good, result = pages_of(form.rows)
        services.take_in(request.actor, place.pk, good, result)
        if not result.refused:
            messages.success(request, _said(len(result.made), len(result.changed)))
            return redirect("directory:units")
    return render(
        request,
        "directory/entries/sheet.html",
        {"form": form, "place": place, "result": result, "columns": sheet.COLUMNS.items(), "needed": sheet.NEEDED},
        status=400 if form.errors else 200,
    )


def _said(made: int, changed: int) -> str:
    return _("Taget ind: %(made)d nye sider og %(changed)d rettede. Se dem igennem, og bekræft dem.") % {
        "made": made,
        "changed": changed,
    }


@require_http_methods(["GET", "POST"])
def pack(request: ActingRequest) -> HttpResponse:
    """Begin with Vordingborg's eleven units of 2014."""
    for_keepers(request)
    place = place_of(request)
    form = PackForm(request.POST if request.method == "POST" else None)
    result = None
    if request.method == "POST" and form.is_valid():
        only = form.cleaned_data["sector"]
        good, result = pages_of([row for row in sheet.pack() if not only or row.values["sector"] == only])
        services.take_in(request.actor, place.pk, good, result)
        if not result.refused:
            messages.success(request, _said(len(result.made), len(result.changed)))
            return redirect("directory:units")
    return render(
        request,
        "directory/entries/pack.html",
        {"form": form, "place": place, "result": result, "rows": [row.values for row in sheet.pack()]},
        status=400 if form.errors else 200,
    )


@require_GET
def as_csv(request: ActingRequest) -> HttpResponse:
    """Every page of the partnership's directory, as a CSV file."""
    return _file(request, sheet.write, "text/csv; charset=utf-8", "csv")


@require_GET
def as_workbook(request: ActingRequest) -> HttpResponse:
    """Every page of the partnership's directory, as an Excel workbook."""
    return _file(request, sheet.write_workbook, workbook.CONTENT_TYPE, "xlsx")


def _file(
    request: ActingRequest, write: Callable[[Iterable[Mapping[str, str]]], str | bytes], kind: str, ending: str
) -> HttpResponse:
    place = place_of(request)
    rows = [row_of(entry) for entry in selectors.entries(request.actor, place.pk)]
    record(
        request.actor,
        Act.EXPORT,
        "directory_entry",
        partnership_id=place.pk,
        detail={"pages": len(rows), "format": ending},
    )
    return HttpResponse(
        write(rows),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="vejviser.{ending}"', "Cache-Control": "no-store"},
    )

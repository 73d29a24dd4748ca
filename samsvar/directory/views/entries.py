"""Vejviser: one box, a unit's page, and the way from one unit to another. No citizen anywhere."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.directory import services
from samsvar.directory.cards import cards_of
from samsvar.directory.forms.entries import AskForm, EntryForm, WayForm, is_skp_alone, staff_as_text
from samsvar.directory.kinds import UnitKind, kind_of
from samsvar.directory.models import SKP_ALONE, DirectoryEntry
from samsvar.directory.routes import Answer, find_way, matrix
from samsvar.directory.selectors import entries as selectors
from samsvar.directory.services import DirectoryError
from samsvar.directory.services.entries import Overtaken
from samsvar.directory.topics import hear
from samsvar.partnerships.models import Partnership
from samsvar.partnerships.selectors import partnerships_of, units_of
from samsvar.postgres.actor import WITH_CITIZENS, Actor, attempt

# So many doors stand large; the rest are lines.
LARGE = 3
# Without a question, so many names are listed.
LISTED = 60


def places_of(request: ActingRequest) -> list[Partnership]:
    """Where the actor's authority takes part."""
    return list(partnerships_of(request.actor))


def place_of(request: ActingRequest, among: list[Partnership] | None = None) -> Partnership:
    """The partnership that the address names, or the first; 404 for one whose authority takes part in none.

    `among` are all of them, where they are known already.
    """
    places = places_of(request) if among is None else among
    if not places:
        raise Http404
    given = request.GET.get("place", "")
    return next((place for place in places if str(place.pk) == given), places[0])


def for_keepers(request: ActingRequest, authority_id: UUID | None = None) -> None:
    """403 for those who may read pages but not write this one."""
    if not request.actor.is_any("local_admin") or (authority_id and not request.actor.owns(authority_id)):
        turn_away(request.actor, "directory_entry")


def _own_kind(actor: Actor) -> UnitKind | None:
    return kind_of(actor.authority_kind)


def _from_us(actor: Actor, kind: str) -> Answer | None:
    """How the actor's own unit comes there, where the matrix says anything and one knows what one comes from."""
    own = _own_kind(actor)
    answer = find_way(own, UnitKind(kind)) if own else None
    return answer if answer and answer.ways else None


@require_http_methods(["GET", "POST"])
def search(request: ActingRequest) -> HttpResponse:
    """One box. What is typed is neither logged nor put into an address: somebody may type a person."""
    places = places_of(request)
    place = place_of(request, places)
    form = AskForm(request.POST if request.method == "POST" else None)
    found, danger = None, False
    if form.is_bound and form.is_valid() and form.cleaned_data["q"]:
        found = selectors.find(request.actor, form.cleaned_data["q"])
        danger = hear(form.cleaned_data["q"]).danger
    large = [
        (one.entry, one.why, one.is_mapped, _from_us(request.actor, one.entry.kind)) for one in (found or [])[:LARGE]
    ]
    listed = list(selectors.entries(request.actor, place.pk)[: LISTED + 1]) if found is None else []
    admin = request.actor.is_any("local_admin")
    return render(
        request,
        "directory/entries/search.html",
        {
            "form": form,
            "place": place,
            "places": places,
            "asked": found is not None,
            "danger": danger,
            "emergency": next((one.entry for one in found or [] if danger and one.entry.kind == UnitKind.PAM), None),
            "large": large,
            "unsure": all(one.is_weak for one in (found or [])[:LARGE]),
            "small": (found or [])[LARGE:],
            "listed": listed[:LISTED],
            "more": len(listed) > LISTED,
            "skp": SKP_ALONE if form.is_bound and is_skp_alone(form.data.get("q", "")) else "",
            "is_admin": admin,
            "stale": selectors.to_look_at(request.actor, place.pk)[:LISTED] if admin and found is None else [],
            "own_kind": _own_kind(request.actor) or "",
            "writes": request.actor.is_any(*WITH_CITIZENS),
        },
        status=400 if form.errors else 200,
    )


def _entry(request: ActingRequest, entry_id: UUID) -> DirectoryEntry:
    found = selectors.entry_of(request.actor, entry_id)
    if found is None:
        raise Http404
    return found


@require_GET
def entry(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """A unit's page."""
    found = _entry(request, entry_id)
    may, may_not = cards_of(found.kind)
    return render(
        request,
        "directory/entries/entry.html",
        {
            "entry": found,
            "answer": _from_us(request.actor, found.kind),
            "may": may,
            "may_not": may_not,
            "keeps": request.actor.is_any("local_admin") and request.actor.owns(found.authority_id),
            "own_kind": _own_kind(request.actor) or "",
            "writes": request.actor.is_any(*WITH_CITIZENS),
        },
    )


@require_GET
def way(request: ActingRequest) -> HttpResponse:
    """Hvordan kommer man fra X til Y. A shut way shows the right one; one that nobody has told is said to be so."""
    place = place_of(request)
    form = WayForm(request.GET or None)
    answer = None
    if form.is_bound and form.is_valid() and form.cleaned_data["fra"] and form.cleaned_data["til"]:
        answer = find_way(UnitKind(form.cleaned_data["fra"]), UnitKind(form.cleaned_data["til"]))
    # Where one goes next: the first station of the right way, else the unit itself.
    goal = (answer.stations[1] if answer.stations else answer.receiver) if answer else None
    return render(
        request,
        "directory/entries/way.html",
        {
            "form": form,
            "place": place,
            "answer": answer,
            "matrix": matrix(),
            "goal": goal,
            "writes": request.actor.is_any(*WITH_CITIZENS),
            "units": selectors.entries_of_kind(request.actor, place.pk, goal) if goal else [],
            "there": selectors.entries_of_kind(request.actor, place.pk, answer.receiver)
            if answer and goal != answer.receiver
            else [],
        },
        status=400 if form.errors else 200,
    )


def _written(
    request: ActingRequest, place: Partnership, page: DirectoryEntry | None, initial: dict[str, Any]
) -> HttpResponse:
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        units=units_of(request.actor, request.actor.authority_id),
    )
    version = request.POST.get("version", str(page.version) if page else "")
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                kept = services.keep(
                    request.actor,
                    place.pk,
                    page,
                    version=int(version) if version.isdecimal() and len(version) < 9 else None,
                    **form.cleaned_data,
                )
        except DirectoryError as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Overtaken):
                # The next press is made knowing what the other wrote.
                status, version = 409, str(_entry(request, page.pk).version) if page else ""
        else:
            messages.success(request, _("Siden er gemt og bekræftet i dag."))
            return redirect("directory:entry", kept.pk)
    return render(
        request,
        "directory/entries/form.html",
        {"form": form, "entry": page, "place": place, "version": version},
        status=400 if form.errors and status == 200 else status,
    )


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """A new page."""
    for_keepers(request)
    return _written(request, place_of(request), None, {})


@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """Mend an own page."""
    found = _entry(request, entry_id)
    for_keepers(request, found.authority_id)
    if found.closed_on:
        raise Http404
    initial = {name: getattr(found, name) for name in EntryForm.base_fields if name not in {"staff", "unit"}}
    initial |= {"staff": staff_as_text(found.staff), "unit": found.unit_id}
    return _written(request, found.partnership, found, initial)


def _press(request: ActingRequest, entry_id: UUID, verb: Callable[[Actor, DirectoryEntry], None], said: str) -> None:
    found = _entry(request, entry_id)
    for_keepers(request, found.authority_id)
    try:
        with attempt():
            verb(request.actor, found)
    except DirectoryError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


@require_POST
def confirm(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """Say that the page is right today."""
    _press(request, entry_id, services.confirm, _("Tak. Siden er bekræftet i dag."))
    return redirect("directory:entry", entry_id)


@require_POST
def close(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """Take a page out of the directory."""
    _press(request, entry_id, services.close, _("Siden er taget ud af vejviseren."))
    return redirect("directory:units")

"""A group's table: who sits there, who does what, who takes over from whom."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samsvar.accounts.middleware import ActingRequest
from samsvar.partnerships import selectors, services
from samsvar.partnerships.forms import FunctionForm, GroupForm, HandOverForm, ProfileForm, ReasonForm, SeatForm
from samsvar.partnerships.models import Group, Membership
from samsvar.partnerships.views.pages import address, allowed, areas_of, crumbs, form_page, found

_PROFILE = ("kind", "deputises_for", "may_decide", "close_to_practice", "duty_to_attend", "mandate", "network")
_FIELDS = (
    "name",
    "word",
    "model",
    "parent",
    "rhythm",
    "place",
    "theme_day_every",
    "duty_to_attend",
    "deputies_allowed",
    "only_at_meetings",
    "channels",
    "instruction",
    "reference_prefix",
    "since",
    "until",
)


def _above(table: Group, *, itself: bool = True) -> list[tuple[Any, str]]:
    place = table.partnership
    own = [(table.name, address("group", table.pk))] if itself else []
    return list(crumbs((place.name, address("partnership", place.pk)), *own))


@require_http_methods(["GET", "POST"])
def group_new(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """A new table in a partnership."""
    actor = request.actor
    place = found(selectors.partnership(actor, partnership_id))
    allowed(request, selectors.rights(actor, place).sets_up)

    def add(data: dict[str, Any]) -> None:
        data = dict(data)
        services.add_group(actor, place, areas=areas_of(request, data), **data)

    return form_page(
        request,
        GroupForm(request.POST or None, areas=selectors.areas(actor), groups=selectors.groups_of(actor, place)),
        add,
        title=_("Ny gruppe"),
        back=address("partnership", place.pk),
        above=crumbs((place.name, address("partnership", place.pk))),
    )


@require_http_methods(["GET", "POST"])
def group_edit(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """How a group works: rhythm, place, word, channels, catchment."""
    actor = request.actor
    table = found(selectors.group(actor, group_id))
    allowed(request, selectors.rights(actor, table.partnership).sets_up)

    def mend(data: dict[str, Any]) -> None:
        data = dict(data)
        services.change_group(actor, table, areas=areas_of(request, data), **data)

    form = GroupForm(
        request.POST or None,
        areas=selectors.areas(actor),
        groups=selectors.groups_of(actor, table.partnership).exclude(pk=table.pk),
        known=True,
        initial={
            **{name: getattr(table, name) for name in _FIELDS},
            "areas": [area.pk for area in table.areas.all()],
        },
    )
    return form_page(request, form, mend, title=table.name, back=address("group", table.pk), above=_above(table))


@require_GET
def group(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """Everybody at the table, the three functions with their history, and who sat here before."""
    actor = request.actor
    table = found(selectors.group(actor, group_id))
    return render(
        request,
        "partnerships/group.html",
        {
            "table": table,
            "crumbs": _above(table, itself=False),
            "seats": selectors.seats_of(table),
            "former": selectors.former_seats(table),
            "functions": selectors.functions_of(table),
            "history": selectors.function_history(table),
            "rights": selectors.rights(actor, table.partnership),
            "leads": selectors.leads(actor, table),
            "own": actor.authority_ids,
            "me": actor.person_id,
        },
    )


def _may_seat(request: ActingRequest, table: Group) -> bool:
    return selectors.leads(request.actor, table) or request.actor.is_any("local_admin")


@require_http_methods(["GET", "POST"])
def seat_new(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """Somebody sits down at the table."""
    actor = request.actor
    table = found(selectors.group(actor, group_id))
    allowed(request, _may_seat(request, table))

    def sit(data: dict[str, Any]) -> None:
        data = dict(data)
        services.seat(actor, table, data.pop("capacity"), **data)

    form = SeatForm(
        request.POST or None,
        posts=selectors.may_be_seated(actor, table),
        seats=selectors.seats_of(table),
        initial={"duty_to_attend": table.duty_to_attend},
    )
    return form_page(request, form, sit, title=_("Ny ved bordet"), back=address("group", table.pk), above=_above(table))


def _seat(request: ActingRequest, membership_id: UUID) -> Membership:
    seat = found(selectors.membership(request.actor, membership_id))
    allowed(
        request,
        selectors.leads(request.actor, seat.group)
        or (request.actor.is_any("local_admin") and request.actor.owns(seat.capacity.authority_id)),
    )
    return seat


@require_http_methods(["GET", "POST"])
def seat_edit(request: ActingRequest, membership_id: UUID) -> HttpResponse:
    """Mend a seat's mandate and duties."""
    seat = _seat(request, membership_id)
    form = ProfileForm(
        request.POST or None,
        seats=selectors.seats_of(seat.group).exclude(pk=seat.pk),
        initial={name: getattr(seat, name) for name in _PROFILE},
    )
    return form_page(
        request,
        form,
        lambda data: services.change_seat(request.actor, seat, **data),
        title=seat.capacity.person.name,
        back=address("group", seat.group_id),
        above=_above(seat.group),
    )


@require_http_methods(["GET", "POST"])
def hand_over(request: ActingRequest, membership_id: UUID) -> HttpResponse:
    """A member leaves and a successor sits down, with everything that was open (R-000-11)."""
    seat = _seat(request, membership_id)
    form = HandOverForm(request.POST or None, posts=selectors.successors_of(request.actor, seat))
    return form_page(
        request,
        form,
        lambda data: services.hand_over(request.actor, seat, data["successor"], data["reason"]),
        title=_("%(name)s giver videre") % {"name": seat.capacity.person.name},
        intro=_(
            "Afløseren får pladsen, funktionerne, de åbne opgaver, sagerne og aftalerne ved dette bord. "
            "Har afløseren intet telefonnummer, følger det også med."
        ),
        submit=_("Giv videre"),
        done=_("Afløseren sidder nu ved bordet."),
        back=address("group", seat.group_id),
        above=_above(seat.group),
    )


@require_http_methods(["GET", "POST"])
def unseat(request: ActingRequest, membership_id: UUID) -> HttpResponse:
    """A seat ends without a successor."""
    seat = _seat(request, membership_id)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.unseat(request.actor, seat, data["reason"]),
        title=_("%(name)s træder ud") % {"name": seat.capacity.person.name},
        intro=_("Åbne opgaver og aftaler bliver hos personen. Er der en afløser, så giv hellere videre."),
        submit=_("Træd ud"),
        variant="warning",
        back=address("group", seat.group_id),
        above=_above(seat.group),
    )


@require_http_methods(["GET", "POST"])
def function_give(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """Coordinator, chair or secretariat moves to somebody, also in another authority (R-000-7, R-000-8)."""
    actor = request.actor
    table = found(selectors.group(actor, group_id))
    allowed(request, _may_seat(request, table))
    return form_page(
        request,
        FunctionForm(request.POST or None, posts=selectors.may_hold_function(actor, table)),
        lambda data: services.give_function(actor, table, data["capacity"], data["function"], reason=data["reason"]),
        title=_("Flyt en funktion"),
        intro=_("Den, der har den nu, slipper den. Historien bliver stående."),
        back=address("group", table.pk),
        above=_above(table),
    )

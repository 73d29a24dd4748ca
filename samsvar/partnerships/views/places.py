"""A partnership sets itself up: parameters, authorities, agreement, words and numbers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.partnerships import selectors, services
from samsvar.partnerships.forms import (
    AgreementForm,
    AuthorityForm,
    ChangeWordForm,
    EndForm,
    JoinForm,
    NumberForm,
    ParametersForm,
    WordForm,
)
from samsvar.partnerships.models import Authority, Partnership
from samsvar.partnerships.views.pages import address, allowed, areas_of, attempt, crumbs, form_page, found


def _place(request: ActingRequest, partnership_id: UUID, *, change: bool = True) -> Partnership:
    """The partnership, when it is the actor's own and, with `change`, when the actor may set it up."""
    place = found(selectors.partnership(request.actor, partnership_id))
    if change:
        allowed(request, selectors.rights(request.actor, place).sets_up)
    return place


def _above(place: Partnership) -> list[tuple[Any, str]]:
    return list(crumbs((place.name, address("partnership", place.pk))))


@require_GET
def setup(request: ActingRequest) -> HttpResponse:
    """Where a partnership and an authority set themselves up. Everybody may read how it is."""
    actor = request.actor
    return render(
        request,
        "partnerships/setup.html",
        {
            "places": [
                (place, selectors.advice(actor, place), selectors.rights(actor, place))
                for place in selectors.partnerships_of(actor)
            ],
            "administers": actor.is_any("local_admin"),
            "releases": selectors.holds_health(actor),
            "due": len(selectors.due_for_review(selectors.people_of(actor))) if actor.is_any("local_admin") else 0,
        },
    )


@require_GET
def partnership(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """One partnership as it is set up."""
    place = _place(request, partnership_id, change=False)
    actor = request.actor
    return render(
        request,
        "partnerships/partnership.html",
        {
            "place": place,
            "crumbs": crumbs(),
            "rights": selectors.rights(actor, place),
            "advice": selectors.advice(actor, place),
            "tables": selectors.tables(actor, place),
            "participants": selectors.participants(actor, place),
            "agreement": selectors.agreement_in_force(actor, place),
            "criteria": [row for row in selectors.criteria(actor, place) if row.active],
            "categories": [row for row in selectors.categories(actor, place) if row.active],
            "numbers": selectors.numbers(actor, place),
        },
    )


@require_http_methods(["GET", "POST"])
def parameters(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """What differs between partnerships."""
    place = _place(request, partnership_id)
    return form_page(
        request,
        ParametersForm(request.POST or None, instance=place),
        lambda data: services.set_parameters(request.actor, place, **data),
        title=_("Vilkår"),
        back=address("partnership", place.pk),
        above=_above(place),
    )


@require_http_methods(["GET", "POST"])
def participants(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """Who takes part, and letting an authority join."""
    place = _place(request, partnership_id)
    actor = request.actor
    outside = selectors.authorities_outside(actor, place)
    return form_page(
        request,
        JoinForm(request.POST or None, authorities=outside),
        lambda data: services.join(actor, data["authority"], place, data["since"]),
        title=_("Myndigheder"),
        submit=_("Lad den være med"),
        back=address("participants", place.pk),
        above=_above(place),
        extra={
            "place": place,
            "participants": selectors.participants(actor, place),
            "former": selectors.former_participants(actor, place),
            "anybody_outside": outside.exists(),
            "own": actor.authority_ids,
            "template_part": "partnerships/participants.html",
        },
    )


@require_http_methods(["GET", "POST"])
def authority_new(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """A new authority, which takes part from the day it is valid."""
    place = _place(request, partnership_id)
    actor = request.actor

    def add(data: dict[str, Any]) -> None:
        data = dict(data)
        body = services.add_authority(actor, areas=areas_of(request, data), **data)
        services.join(actor, body, place, data["valid_from"])

    return form_page(
        request,
        AuthorityForm(request.POST or None, areas=selectors.areas(actor)),
        add,
        title=_("Ny myndighed"),
        intro=_("En afdeling med egen kompetence kan være sin egen myndighed. Så går væggen også mellem dem."),
        back=address("participants", place.pk),
        above=[*_above(place), (_("Myndigheder"), address("participants", place.pk))],
    )


@require_http_methods(["GET", "POST"])
def authority_edit(request: ActingRequest, authority_id: UUID) -> HttpResponse:
    """Mend an authority's name, area and regime."""
    actor = request.actor
    body = found(selectors.authority(actor, authority_id))
    allowed(request, _may_mend(request, body))

    def mend(data: dict[str, Any]) -> None:
        data = dict(data)
        data["regime"] = data["regime"] or body.regime
        services.change_authority(actor, body, areas=areas_of(request, data), **data)

    form = AuthorityForm(
        request.POST or None,
        areas=selectors.areas(actor),
        known=True,
        # Who can be tovholder is the authority's own business.
        appoints=body.appoints and actor.owns(body.pk) and actor.is_any("local_admin"),
        initial={
            "several_coordinators": body.several_coordinators,
            "name": body.name,
            "short_name": body.short_name,
            "regime": body.regime,
            "valid_from": body.valid_from,
            "notice": body.notice,
            "areas": [area.pk for area in body.areas.all()],
        },
    )
    return form_page(request, form, mend, title=body.name, back=address("setup"), above=crumbs())


def _may_mend(request: ActingRequest, body: Authority) -> bool:
    return request.actor.is_any("local_admin", "coordinator", "chair", "secretariat") and (
        request.actor.owns(body.pk) or not selectors.has_people(body)
    )


@require_http_methods(["GET", "POST"])
def leave(request: ActingRequest, participation_id: UUID) -> HttpResponse:
    """An authority leaves the partnership."""
    actor = request.actor
    taking_part = found(selectors.participation(actor, participation_id))
    place = taking_part.partnership
    allowed(request, selectors.rights(actor, place).sets_up)
    return form_page(
        request,
        EndForm(request.POST or None),
        lambda data: services.leave(actor, taking_part, data["until"]),
        title=_("%(name)s træder ud") % {"name": taking_part.authority.name},
        intro=_(
            "Myndigheden kan derefter hverken fortælle eller få noget at vide her. Det, der er fortalt, er fortalt."
        ),
        submit=_("Træd ud"),
        variant="warning",
        back=address("participants", place.pk),
        above=[*_above(place), (_("Myndigheder"), address("participants", place.pk))],
    )


@require_GET
def agreement(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """The district's agreement and its earlier versions; everybody in the partnership may read it."""
    place = _place(request, partnership_id, change=False)
    versions = list(selectors.agreements(request.actor, place))
    return render(
        request,
        "partnerships/agreement.html",
        {
            "place": place,
            "crumbs": _above(place),
            "versions": versions,
            "in_force": selectors.agreement_in_force(request.actor, place),
            "rights": selectors.rights(request.actor, place),
        },
    )


@require_http_methods(["GET", "POST"])
def agreement_new(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """A new version, beginning with the words of the latest."""
    place = _place(request, partnership_id)
    actor = request.actor
    latest = selectors.agreements(actor, place).first()
    bodies = selectors.authorities_in(actor, place)
    initial = {"text": latest.text, "parties": [party.pk for party in latest.parties.all()]} if latest else {}
    return form_page(
        request,
        AgreementForm(request.POST or None, authorities=bodies, initial=initial),
        lambda data: services.adopt_agreement(actor, place, **{**data, "parties": list(data["parties"])}),
        title=_("Ny udgave af aftalen"),
        intro=_("Den er et bilag til kredsrådets samarbejdsplan. De gamle udgaver bliver liggende."),
        back=address("agreement", place.pk),
        above=[*_above(place), (_("Aftalen"), address("agreement", place.pk))],
    )


@require_http_methods(["GET", "POST"])
def words(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """Criteria and categories as this partnership words them."""
    place = _place(request, partnership_id)
    actor = request.actor
    which = request.POST.get("which", "")
    criterion_form = WordForm(request.POST if which == "criterion" else None, prefix="kriterium")
    category_form = WordForm(request.POST if which == "category" else None, prefix="kategori")
    for form, add in ((criterion_form, services.add_criterion), (category_form, services.add_category)):
        if form.is_bound and form.is_valid():
            data = form.cleaned_data
            if attempt(request, form, lambda add=add, data=data: add(actor, place, data["danish"], data["english"])):  # type: ignore[misc]
                return HttpResponseRedirect(address("words", place.pk))
    return render(
        request,
        "partnerships/words.html",
        {
            "place": place,
            "crumbs": _above(place),
            "criteria": selectors.criteria(actor, place),
            "categories": selectors.categories(actor, place),
            "criterion_form": criterion_form,
            "category_form": category_form,
        },
    )


def _word(request: ActingRequest, partnership_id: UUID, row_id: UUID, rows: Any) -> HttpResponse:
    place = _place(request, partnership_id)
    row = found(rows(request.actor, place).filter(pk=row_id).first())
    names = ("danish", "english", "position", "active")
    return form_page(
        request,
        ChangeWordForm(request.POST or None, initial={name: getattr(row, name) for name in names}),
        lambda data: services.change_rule(request.actor, row, **data),
        title=row.danish,
        back=address("words", place.pk),
        above=[*_above(place), (_("Ord"), address("words", place.pk))],
    )


@require_http_methods(["GET", "POST"])
def criterion(request: ActingRequest, partnership_id: UUID, row_id: UUID) -> HttpResponse:
    """Reword a criterion or take it out of use."""
    return _word(request, partnership_id, row_id, selectors.criteria)


@require_http_methods(["GET", "POST"])
def category(request: ActingRequest, partnership_id: UUID, row_id: UUID) -> HttpResponse:
    """Reword a category or take it out of use."""
    return _word(request, partnership_id, row_id, selectors.categories)


@require_http_methods(["GET", "POST"])
def numbers(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """The place's own numbers for what cannot wait."""
    place = _place(request, partnership_id)
    return form_page(
        request,
        NumberForm(request.POST or None),
        lambda data: services.add_emergency_contact(request.actor, place, **data),
        title=_("Akutte numre"),
        intro=_("De vises, når noget ikke kan vente. Samsvar er ikke en nødtjeneste."),
        submit=_("Sæt på listen"),
        back=address("numbers", place.pk),
        above=_above(place),
        extra={
            "place": place,
            "numbers": selectors.numbers(request.actor, place),
            "template_part": "partnerships/numbers.html",
        },
    )


@require_POST
def number_remove(request: ActingRequest, partnership_id: UUID, row_id: UUID) -> HttpResponse:
    """Take a number off the list."""
    place = _place(request, partnership_id)
    services.remove_emergency_contact(
        request.actor, found(selectors.numbers(request.actor, place).filter(pk=row_id).first())
    )
    return HttpResponseRedirect(address("numbers", place.pk))

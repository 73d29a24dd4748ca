"""Anonym sparring, NP-sager, and the acute path."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.forms.between import (
    ActedForm,
    AnswerForm,
    CallForm,
    ConsultForm,
    EndNetworkForm,
    NetworkForm,
    ReleaseForm,
    moment,
)
from samsvar.cases.models import AcuteContact, Case, Concern, Consult, NetworkCase, NetworkOutcome
from samsvar.cases.selectors import between as selectors
from samsvar.cases.selectors import concerns as concern_selectors
from samsvar.cases.services import between as services
from samsvar.cases.services.concerns import Report, may_raise, raise_concern, shows_who
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.concerns import PER_PAGE, actor_of, add_law_errors
from samsvar.postgres.actor import Actor, attempt
from samsvar.sharing.services import NotLawful


def _may_come_here(actor: Actor, what: str) -> None:
    if not may_raise(actor):
        turn_away(actor, what)


@require_http_methods(["GET", "POST"])
def consults(request: HttpRequest) -> HttpResponse:
    """Ask without a person; see the answers."""
    actor = actor_of(request)
    _may_come_here(actor, "consult")
    options = concern_selectors.places(actor)
    form = ConsultForm(
        request.POST if request.method == "POST" else None,
        options=options,
        usual=concern_selectors.usual_place(actor, options),
    )
    if request.method == "POST" and form.is_valid() and options:
        try:
            with attempt():
                services.ask(
                    actor,
                    consult_id=form.cleaned_data["once"],
                    group=form.chosen_place.group,
                    question=form.cleaned_data["question"],
                    own_only=form.cleaned_data["to"] == "own",
                )
        except CaseError as error:
            form.add_error("question", str(error))
        else:
            messages.success(request, _("Spørgsmålet er sendt. Svaret kommer her."))
            return redirect("cases:consults")
    page = Paginator(selectors.consults(actor), PER_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "cases/intake/consults.html",
        {"form": form if options else None, "page": page},
        status=400 if form.errors else 200,
    )


def _consult(actor: Actor, consult_id: UUID) -> Consult:
    found = selectors.consult_of(actor, consult_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, consult_id: UUID) -> HttpResponse:
    """One question and its answer."""
    actor = actor_of(request)
    found = _consult(actor, consult_id)
    may_answer = selectors.may_answer(actor, found)
    form = AnswerForm(request.POST if request.method == "POST" and may_answer else None)
    if request.method == "POST":
        if not may_answer:
            messages.error(request, _("Spørgsmålet er besvaret."))
            return redirect("cases:consult", found.pk)
        if form.is_valid():
            try:
                with attempt():
                    services.answer_consult(actor, found, form.cleaned_data["answer"])
            except CaseError as error:
                form.add_error("answer", str(error))
            else:
                messages.success(request, _("Svaret er sendt."))
                return redirect("cases:consult", found.pk)
    return render(
        request,
        "cases/intake/consult.html",
        {"consult": found, "form": form if may_answer else None},
        status=400 if form.errors else 200,
    )


@require_GET
def network_cases(request: HttpRequest) -> HttpResponse:
    """NP-sager of the own authority, counted by themselves."""
    actor = actor_of(request)
    _may_come_here(actor, "network")
    page = Paginator(selectors.network_cases(actor), PER_PAGE).get_page(request.GET.get("side"))
    record(actor, Act.LOOK, "networks", detail={"ids": [str(found.pk) for found in page]})
    return render(
        request,
        "cases/intake/network_cases.html",
        {"page": page, "may_open": bool(_network_places(actor))},
    )


def _network_places(actor: Actor) -> list[concern_selectors.Place]:
    """Where the actor may open an NP-sag: at the own tables, in partnerships that register them (R-000-47)."""
    return [
        place
        for place in concern_selectors.places(actor)
        if place.group.pk in actor.group_ids and place.group.partnership.count_network_cases
    ]


@require_http_methods(["GET", "POST"])
def network_open(request: HttpRequest) -> HttpResponse:
    """Open an NP-sag that no concern stands behind."""
    actor = actor_of(request)
    places = {str(place.group.pk): place for place in _network_places(actor)}
    if not places:
        turn_away(actor, "network")
    chosen = request.POST.get("place") or request.GET.get("gruppe") or ""
    place = places.get(chosen) or next(iter(places.values()))
    candidates = concern_selectors.candidates(actor, place.group)
    form = NetworkForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                opened = services.open_network_case(
                    actor,
                    network_case_id=form.cleaned_data["once"],
                    group=place.group,
                    others=[candidate.authority for candidate in form.chosen],
                    subject=form.cleaned_data["subject"],
                    necessity=form.cleaned_data["necessity"],
                )
        except CaseError as error:
            form.add_error(None, str(error))
        except NotLawful as error:
            add_law_errors(form, error, actor)
        else:
            messages.success(request, _("NP-sagen er åbnet. De andre har fået besked."))
            return redirect("cases:network_case", opened.pk)
    return render(
        request,
        "cases/intake/network_open.html",
        {"form": form, "place": place, "others": [option for option in places.values() if option != place]},
        status=400 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def network_case(request: HttpRequest, network_case_id: UUID) -> HttpResponse:
    """One NP-sag: who is in it, what it is about, and how it ended."""
    actor = actor_of(request)
    found = selectors.network_case_of(actor, network_case_id)
    if found is None:
        raise Http404
    form = EndNetworkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        outcome = NetworkOutcome(form.cleaned_data["outcome"])
        try:
            with attempt():
                services.end_network_case(actor, found, outcome=outcome, note=form.cleaned_data["note"])
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            if outcome == NetworkOutcome.TO_PSP:
                return _on_to_psp(actor, found)
            messages.success(request, _("NP-sagen er afsluttet."))
            return redirect("cases:network_case", found.pk)
    record(
        actor,
        Act.LOOK,
        "network",
        found.pk,
        partnership_id=found.partnership_id,
        citizen_id=found.concern.identity.citizen_id if found.concern and found.concern.identity else None,
    )
    return render(
        request,
        "cases/intake/network_case.html",
        {
            "network_case": found,
            "participants": selectors.sides(actor, found),
            "basis": selectors.basis_of(actor, found.pk),
            "shows_who": found.concern is not None and shows_who(actor, found.concern),
            "form": form if found.ended_at is None else None,
            "to_raise": found.outcome == NetworkOutcome.TO_PSP and found.case_id is None and actor.is_any("member"),
        },
        status=400 if form.errors else 200,
    )


@require_POST
def network_to_psp(request: HttpRequest, network_case_id: UUID) -> HttpResponse:
    """On to the page that raises the case, for an NP-sag that ended there but has no case yet."""
    actor = actor_of(request)
    found = selectors.network_case_of(actor, network_case_id)
    if found is None or found.outcome != NetworkOutcome.TO_PSP or found.case_id is not None:
        raise Http404
    return _on_to_psp(actor, found)


def _on_to_psp(actor: Actor, found: NetworkCase) -> HttpResponse:
    concern: Concern | None = None
    if found.concern_id is not None:
        concern = concern_selectors.concern_of(actor, found.concern_id)
    if concern is None:
        # Nobody's concern stands behind it: the one who brings it to the table is its raiser.
        concern = raise_concern(
            actor,
            Report(
                # Pressed twice, it is one concern all the same.
                id=uuid5(found.pk, str(actor.person_id)),
                partnership_id=found.partnership_id,
                group_id=found.group_id,
                text=f"{found.reference}: {found.subject}",
                happened_on=timezone.localdate(),
            ),
        )
        return redirect(f"{reverse('cases:screen', args=[concern.pk])}?np={found.pk}")
    return redirect(f"{reverse('cases:screen_agenda', args=[concern.pk])}?np={found.pk}")


def _related(actor: Actor, source: Any) -> tuple[Concern | None, Case | None]:
    """The concern or the case that a call is about, as far as the actor sees them."""
    found: list[Any] = []
    for name, selector in (
        ("bekymring", concern_selectors.concern_of),
        ("sag", selectors.case_for_call),
    ):
        try:
            found.append(selector(actor, UUID(source.get(name, ""))))
        except ValueError:
            found.append(None)
    return found[0], found[1]


@require_http_methods(["GET", "POST"])
def acute(request: HttpRequest) -> HttpResponse:
    """Who to call, and writing down who was called; then the calls so far, with the time that has passed."""
    actor = actor_of(request)
    _may_come_here(actor, "acute")
    options = concern_selectors.places(actor)
    usual = concern_selectors.usual_place(actor, options) or (options[0] if options else None)
    concern, case = _related(actor, request.POST if request.method == "POST" else request.GET)
    subject = case or concern
    if subject is not None:
        usual = next((place for place in options if place.group.pk == subject.group_id), usual)
    if request.POST.get("place"):
        usual = next((place for place in options if str(place.group.pk) == request.POST["place"]), usual)
    candidates = concern_selectors.candidates(actor, usual.group) if usual else []
    form = CallForm(
        request.POST if request.method == "POST" else None,
        candidates=candidates,
        options=[place for place in options if usual and place.group.partnership_id == usual.group.partnership_id],
        usual=usual,
        initial={
            "bekymring": concern.pk if concern else "",
            "sag": case.pk if case else "",
            "trigger": concern.acute_trigger if concern else "",
        },
    )
    if request.method == "POST" and form.is_valid() and form.chosen_place is not None:
        contact = _log_call(actor, form, concern, case)
        if contact is not None:
            messages.success(request, _("Opkaldet er skrevet ned og fortælles på næste møde."))
            return redirect("cases:acute_contact", contact.pk)
    page = Paginator(selectors.acute_contacts(actor), PER_PAGE).get_page(request.GET.get("side"))
    record(actor, Act.LOOK, "acutes", detail={"ids": [str(found.pk) for found in page]})
    return render(
        request,
        "cases/intake/acute.html",
        {
            "form": form if candidates else None,
            "page": page,
            "contacts": concern_selectors.emergency_contacts(actor),
            "concern": concern,
            "shows_who": concern is not None and shows_who(actor, concern),
            "case": case,
            "basis": _basis(actor, form, usual),
        },
        status=400 if form.errors else 200,
    )


def _basis(actor: Actor, form: CallForm, place: concern_selectors.Place | None) -> str:
    first = next(iter(form.candidates.values()), None)
    if place is None or first is None:
        return ""
    assessment = services.weigh_call(
        actor, first.authority, _("skrives herunder"), partnership_id=place.group.partnership_id
    )
    return assessment.explain(get_language())


def _log_call(actor: Actor, form: CallForm, concern: Concern | None, case: Case | None) -> AcuteContact | None:
    data, place, about = form.cleaned_data, form.chosen_place, concern or case
    assert place is not None
    call = services.Call(
        id=data["once"],
        to_authority=form.candidates[data["to"]].authority,
        trigger=data["trigger"],
        called_at=form.called_at,
        necessity=data["necessity"],
        spoke_with=data["spoke_with"],
        what=data["what"],
        doubt=data["doubt"],
    )
    try:
        with attempt():
            return services.log_call(
                actor,
                call,
                partnership_id=place.group.partnership_id,
                group_id=place.group.pk,
                concern=concern,
                case=case,
            )
    except CaseError as error:
        form.add_error(None, str(error))
    except NotLawful as error:
        add_law_errors(form, error, actor, about.pk if about else None)
        form.add_error("doubt", _("Er du i tvivl, så sæt kryds her: opkaldet skrives ned, og en kollega ser på det."))
    return None


def _contact(actor: Actor, contact_id: UUID) -> AcuteContact:
    found = selectors.acute_contact_of(actor, contact_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def acute_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """One acute call: who, when, why, on what basis, and when somebody acted."""
    actor = actor_of(request)
    found = _contact(actor, contact_id)
    form = ActedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        acted_at = moment(form.cleaned_data["on"], form.cleaned_data["at"])
        try:
            with attempt():
                services.note_acted(actor, found, acted_at or timezone.now())
        except CaseError as error:
            form.add_error("at", str(error))
        else:
            messages.success(request, _("Skrevet ned."))
            return redirect("cases:acute_contact", found.pk)
    return _contact_page(request, actor, found, form, ReleaseForm(initial={"necessity": found.necessity}))


def _contact_page(
    request: HttpRequest, actor: Actor, found: AcuteContact, form: ActedForm, release: ReleaseForm
) -> HttpResponse:
    basis = selectors.basis_of(actor, found.pk)
    identity = found.concern.identity if found.concern is not None else None
    record(
        actor,
        Act.LOOK,
        "acute",
        found.pk,
        partnership_id=found.partnership_id,
        case_id=found.case_id,
        citizen_id=identity.citizen_id if identity is not None else None,
    )
    return render(
        request,
        "cases/intake/acute_contact.html",
        {
            "contact": found,
            "basis": basis,
            "shows_who": found.concern is not None and shows_who(actor, found.concern),
            "form": form if found.acted_at is None else None,
            "release": release
            if basis is None and actor.owns(found.authority_id) and services.may_release(actor)
            else None,
            "passed": services.time_passed(found),
        },
        status=400 if form.errors or release.errors else 200,
    )


@require_POST
def acute_release(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The own member lets the authority that was called see the call here."""
    actor = actor_of(request)
    found = _contact(actor, contact_id)
    if not actor.owns(found.authority_id) or selectors.basis_of(actor, found.pk) is not None:
        raise Http404
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            with attempt():
                services.release_call(actor, found, form.cleaned_data["necessity"])
        except NotLawful as error:
            add_law_errors(form, error, actor, found.pk)
        else:
            messages.success(request, _("%(who)s kan nu se opkaldet.") % {"who": found.to_authority.name})
            return redirect("cases:acute_contact", found.pk)
    return _contact_page(request, actor, found, ActedForm(), form)

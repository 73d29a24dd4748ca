"""Rejs bekymring, mine bekymringer, Visitering."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.forms.between import ScreenAcuteForm, ScreenNetworkForm
from samsvar.cases.forms.concerns import (
    AgendaForm,
    ConcernForm,
    ElsewhereForm,
    JudgementForm,
    MoreForm,
    NotPspForm,
    ToHolderForm,
)
from samsvar.cases.models import Concern, ConcernState, NetworkCase, ScreeningOutcome, YesNoUnknown
from samsvar.cases.selectors import between as between_selectors
from samsvar.cases.selectors import concerns as selectors
from samsvar.cases.selectors.whole import find_case
from samsvar.cases.services import concerns as services
from samsvar.cases.services import screening
from samsvar.cases.services.between import Call
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import actor_of
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Group
from samsvar.postgres.actor import Actor, attempt
from samsvar.sharing.services import NotLawful

PER_PAGE = 25
FORM_KEY = "formular"

Result = TypeVar("Result")
StepView = Callable[[HttpRequest, Actor, Concern], HttpResponse]


def add_law_errors(form: Form, error: NotLawful, actor: Actor, about: UUID | None = None) -> None:
    """Put what the rules say beside the field that can mend it, else on top of the form; the refusal is logged."""
    record_refusal(actor, "disclosure", about, "not_lawful")
    assessment, language = error.assessment, get_language()
    for need in assessment.needs or assessment.reasons:
        beside = "necessity" if need.key in {"necessity", "without_number"} and "necessity" in form.fields else None
        form.add_error(beside, need.text(language))


def found_concern(actor: Actor, concern_id: UUID) -> Concern:
    """The concern, or the same 404 for one that is not there and one that is not the actor's."""
    concern = selectors.concern_of(actor, concern_id)
    if concern is None:
        raise Http404
    return concern


def look(actor: Actor, concern: Concern) -> None:
    """Log that a concern was seen."""
    record(
        actor,
        Act.LOOK,
        "concern",
        concern.pk,
        partnership_id=concern.partnership_id,
        case_id=concern.case_id,
        citizen_id=concern.identity.citizen_id if concern.identity is not None else None,
    )


@require_http_methods(["GET", "POST"])
def raise_concern(request: HttpRequest) -> HttpResponse:
    """A tag in ten seconds or ten lines.

    The form's key stands in the address, so that a browser that goes back finds the same form, and not an empty key.
    """
    actor = actor_of(request)
    if not services.may_raise(actor):
        turn_away(actor, "concern")
    key = _form_key(request)
    if request.method == "GET":
        if key is None:
            return redirect(f"{reverse('cases:raise')}?{FORM_KEY}={uuid4()}")
        made = services.sent_before(actor, key)
        if made is not None:
            return _thank(request, made, again=True)
    options = selectors.places(actor)
    usual = selectors.usual_place(actor, options)
    form = ConcernForm(
        request.POST if request.method == "POST" else None,
        initial={"once": key},
        options=options,
        usual=usual,
        areas=selectors.areas(actor),
        police=actor.authority_kind == AuthorityKind.POLICE,
    )
    if request.method == "POST" and form.is_valid():
        report = form.report(usual)
        if report is None:
            form.add_error(None, _("Jeres myndighed er ikke med i et samarbejde med en gruppe endnu."))
        else:
            with attempt():
                concern, again = services.send_once(actor, report)
            return _thank(request, concern, again=again)
    return render(
        request,
        "cases/intake/raise.html",
        {"form": form, "usual": usual, "police": actor.authority_kind == AuthorityKind.POLICE},
        status=400 if form.errors else 200,
    )


def _form_key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get(FORM_KEY, ""))
    except ValueError:
        return None


def _thank(request: HttpRequest, concern: Concern, *, again: bool) -> HttpResponse:
    if again:
        messages.info(request, _("Den er allerede sendt."))
    return redirect("cases:raised", concern.pk)


@require_GET
def raised(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Thanks, what happens now, and a way back."""
    actor = actor_of(request)
    concern = found_concern(actor, concern_id)
    if concern.raised_by_id != actor.person_id:
        raise Http404
    look(actor, concern)
    return render(
        request,
        "cases/intake/raised.html",
        {
            "concern": concern,
            "contacts": selectors.emergency_contacts(actor, [concern.partnership_id]) if concern.acute_trigger else [],
            "can_withdraw": services.can_say_more(actor, concern),
            "before": selectors.tagged_before(actor, concern),
        },
    )


@require_GET
def concerns(request: HttpRequest) -> HttpResponse:
    """What I have raised, and what became of it."""
    actor = actor_of(request)
    page = Paginator(selectors.my_concerns(actor), PER_PAGE).get_page(request.GET.get("side"))
    record(actor, Act.LOOK, "concerns", detail={"ids": [str(concern.pk) for concern in page]})
    return render(
        request,
        "cases/intake/concerns.html",
        {
            "page": page,
            "lines": selectors.lines_of(actor, page),
            "unread": selectors.unread_answers(actor),
            "mine": True,
        },
    )


@require_POST
def answers_read(request: HttpRequest) -> HttpResponse:
    """All answers so far have been read."""
    services.mark_answers_read(actor_of(request))
    return redirect("cases:concerns")


@require_http_methods(["GET", "POST"])
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One concern: what was said, what became of it, and more lines while it is still at home."""
    actor = actor_of(request)
    found = found_concern(actor, concern_id)
    form = _more_form(actor, found, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not services.can_say_more(actor, found):
            messages.error(request, _("Bekymringen er visiteret, så den kan ikke ændres. Rejs en ny."))
            return redirect("cases:concern", found.pk)
        if form.is_valid() and _say_more(actor, found, form):
            messages.success(request, _("Det er skrevet til."))
            return redirect("cases:concern", found.pk)
    look(actor, found)
    mine = found.raised_by_id == actor.person_id
    return render(
        request,
        "cases/intake/concern.html",
        {
            "concern": found,
            "mine": mine,
            "own": actor.owns(found.authority_id),
            "shows_who": services.shows_who(actor, found),
            "answers": selectors.answers_of(actor, found),
            "screenings": selectors.screenings_of(actor, found),
            "network_cases": selectors.network_cases_of(actor, found) if actor.is_any("member") else [],
            "can_withdraw": mine and services.can_say_more(actor, found),
            "can_screen": selectors.can_be_screened(actor, found),
            "can_raise": found.state != ConcernState.RAISED and selectors.can_be_raised(actor, found),
            "form": form if services.can_say_more(actor, found) else None,
        },
        status=400 if form.errors else 200,
    )


def _more_form(actor: Actor, found: Concern, sent: QueryDict | None = None) -> MoreForm:
    return MoreForm(
        sent,
        areas=selectors.areas(actor),
        identified=found.identity_id is not None,
    )


def _say_more(actor: Actor, found: Concern, form: MoreForm) -> bool:
    try:
        with attempt():
            services.say_more(actor, found, text=form.cleaned_data["text"], who=form.who)
    except CaseError as error:
        form.add_error("text", str(error))
        return False
    return True


@require_POST
def withdraw(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Take it back while nobody has screened it."""
    actor = actor_of(request)
    found = found_concern(actor, concern_id)
    try:
        with attempt():
            services.withdraw(actor, found)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Bekymringen er trukket tilbage. Ingen ser mere på den."))
    return redirect("cases:concerns")


@require_POST
def thanked(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The one who came from outside has been thanked."""
    actor = actor_of(request)
    found = found_concern(actor, concern_id)
    if not actor.owns(found.authority_id):
        raise Http404
    services.thank_notifier(actor, found)
    return redirect("cases:concern", found.pk)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Visitering: what waits to be judged, acute first, then the oldest."""
    actor = actor_of(request)
    page = Paginator(selectors.to_screen(actor), PER_PAGE).get_page(request.GET.get("side"))
    record(actor, Act.LOOK, "concerns", detail={"ids": [str(found.pk) for found in page]})
    return render(
        request,
        "cases/intake/screening.html",
        {
            "page": page,
            "rows": selectors.lines_of(actor, page),
            "may_screen": actor.is_any(*services.MAY_SCREEN),
        },
    )


@require_GET
def screen(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One concern and the ways out, each a page of its own that asks for what this way needs."""
    actor = actor_of(request)
    found = found_concern(actor, concern_id)
    if not selectors.can_be_screened(actor, found):
        return _not_to_screen(request, actor, found)
    return _screen_page(request, actor, found, _more_form(actor, found))


def _not_to_screen(request: HttpRequest, actor: Actor, found: Concern, way: str = "") -> HttpResponse:
    """Sent before, somebody was faster, or the actor does not screen: who may read it is shown it, others nothing."""
    if not actor.is_any(*services.MAY_SCREEN):
        raise Http404
    sent = _sent_before(request, actor, found, way)
    if sent is not None:
        return sent
    if request.method == "POST":
        messages.error(request, _("Bekymringen er visiteret af en anden imens. Din visitering er ikke gemt."))
    return redirect("cases:concern", found.pk)


def _sent_before(request: HttpRequest, actor: Actor, found: Concern, way: str) -> HttpResponse | None:
    """What came of it, when this very person has sent the concern this very way before; else None."""
    mine = [one for one in selectors.screenings_of(actor, found) if one.by_id == actor.person_id]
    if not mine or mine[-1].outcome != way:
        return None
    messages.info(request, _("Den er allerede sendt."))
    case = find_case(actor, found.case_id) if found.case_id else None
    if case is not None:
        return redirect("cases:case", case.pk)
    if way == ScreeningOutcome.NETWORK:
        for network_case in selectors.network_cases_of(actor, found):
            return redirect("cases:network_case", network_case.pk)
    if way == ScreeningOutcome.ACUTE:
        for contact in between_selectors.acute_contacts(actor).filter(concern=found)[:1]:
            return redirect("cases:acute_contact", contact.pk)
    return redirect("cases:concern", found.pk)


def _screen_page(request: HttpRequest, actor: Actor, found: Concern, more: MoreForm) -> HttpResponse:
    look(actor, found)
    group = found.group or _usual_group(actor, found)
    case, known = screening.open_case_of(actor, found)
    warnings = selectors.warnings_for(actor, found, group)
    language = get_language()
    return render(
        request,
        "cases/intake/screen.html",
        {
            "concern": found,
            "more": more if services.can_say_more(actor, found) else None,
            "own": actor.owns(found.authority_id),
            "shows_who": services.shows_who(actor, found),
            "warnings": warnings,
            "notices": [notice.text(language) for notice in warnings.notices],
            "open_case": case,
            "known_to_colleague": known and case is None,
            "earlier": screening.earlier_case_of(actor, found),
            "traits": [words for _key, words in selectors.traits_of(found.partnership)],
            "can_go_elsewhere": screening.can_go_elsewhere(actor, found),
            "network_case": request.GET.get("np", ""),
        },
        status=400 if more.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def screen_more(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Whoever screens writes what has been looked up: lines, or who it is."""
    if request.method == "GET":
        return redirect("cases:screen", concern_id)
    actor = actor_of(request)
    found = found_concern(actor, concern_id)
    if not selectors.can_be_screened(actor, found) or not services.can_say_more(actor, found):
        return _not_to_screen(request, actor, found)
    more = _more_form(actor, found, request.POST)
    if more.is_valid() and _say_more(actor, found, more):
        messages.success(request, _("Det er skrevet til."))
        return redirect("cases:screen", found.pk)
    return _screen_page(request, actor, found, more)


def _usual_group(actor: Actor, found: Concern) -> Group | None:
    """The group to propose for a concern that names none."""
    groups = _groups(actor, found)
    return next((group for group in groups if group.pk in actor.group_ids), groups[0] if groups else None)


def _groups(actor: Actor, found: Concern) -> list[Group]:
    """The groups of the concern's partnership that the actor may bring it to."""
    return [place.group for place in selectors.places(actor) if place.group.partnership_id == found.partnership_id]


def _step(
    request: HttpRequest, actor: Actor, found: Concern, template: str, form: JudgementForm, **context: Any
) -> HttpResponse:
    """The page of one way out."""
    look(actor, found)
    return render(
        request,
        f"cases/intake/{template}.html",
        {
            "concern": found,
            "form": form,
            "own": actor.owns(found.authority_id),
            "shows_who": services.shows_who(actor, found),
            "earlier": screening.earlier_case_of(actor, found),
            **context,
        },
        status=400 if form.errors else 200,
    )


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, or None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def _try(form: Form, actor: Actor, about: Concern, act: Callable[[], Result]) -> Result | None:
    """Do it; a refusal stands at the form, and None is returned."""
    try:
        with attempt():
            return act()
    except CaseError as error:
        form.add_error(None, str(error))
    except NotLawful as error:
        add_law_errors(form, error, actor, about.pk)
    return None


def _way_out(
    way: ScreeningOutcome, may: Callable[[Actor, Concern], bool] = selectors.can_be_screened
) -> Callable[[StepView], Callable[[HttpRequest, UUID], HttpResponse]]:
    """The page of one way out of the screening. Sent a second time it shows what came of the first."""

    def decorate(view: StepView) -> Callable[[HttpRequest, UUID], HttpResponse]:
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def step(request: HttpRequest, concern_id: UUID) -> HttpResponse:
            actor = actor_of(request)
            found = found_concern(actor, concern_id)
            if not may(actor, found):
                return _not_to_screen(request, actor, found, way)
            response = view(request, actor, found)
            # Pressed twice, the two presses may have crossed: the second waited for the first, and was refused.
            crossed = request.method == "POST" and response.status_code == HTTPStatus.BAD_REQUEST
            return (crossed and _sent_before(request, actor, found_concern(actor, concern_id), way)) or response

        return step

    return decorate


@_way_out(ScreeningOutcome.NOT_PSP)
def screen_not_psp(request: HttpRequest, actor: Actor, found: Concern) -> HttpResponse:
    """Not PSP: why, and an answer to the raiser."""
    form = NotPspForm(_sent(request), identity=found.identity)
    if form.is_valid():
        _try(
            form,
            actor,
            found,
            lambda: screening.dismiss(actor, found, form.judgement, other_way=form.cleaned_data["other_way"]),
        )
        if not form.errors:
            messages.success(request, _("Visiteret. Melderen har fået svar."))
            return redirect("cases:screening")
    return _step(request, actor, found, "not_psp", form)


@_way_out(ScreeningOutcome.AGENDA, selectors.can_be_raised)
def agenda(request: HttpRequest, actor: Actor, found: Concern) -> HttpResponse:
    """Raise the case; also from an NP-sag or an acute contact."""
    groups = _groups(actor, found)
    group = found.group if found.group in groups else _usual_group(actor, found)
    group = next((option for option in groups if str(option.pk) == request.POST.get("group")), group)
    if group is None:
        raise Http404
    candidates = selectors.candidates(
        actor,
        group,
        area_id=found.identity.area_id if found.identity is not None else None,
        raised_by=found.authority_id,
    )
    form = AgendaForm(
        _sent(request),
        initial=_judged_before(actor, found)
        | {
            "why_serious": found.text[:1500],
            "children": YesNoUnknown.YES if found.acute_trigger == "children" else None,
            "group": str(group.pk),
            "network_case": request.GET.get("np", ""),
        },
        traits=selectors.traits_of(found.partnership),
        identity=found.identity,
        groups=[(str(option.pk), option.name) for option in groups],
        candidates=candidates,
        categories=selectors.categories_of(found.partnership),
        means_required=found.partnership.means_required,
    )
    if form.is_valid():
        case = _try(
            form,
            actor,
            found,
            lambda: screening.put_on_agenda(
                actor,
                found,
                form.judgement,
                group=group,
                parties=[candidate.authority for candidate in form.chosen],
                facts=form.facts,
                necessity=form.cleaned_data["necessity"],
                network_case=_network_case(actor, form.cleaned_data["network_case"]),
            ),
        )
        if case is not None:
            _say_who_was_left_out(request, form)
            messages.success(request, _("Sagen %(case)s er rejst. Melderen har fået svar.") % {"case": case.reference})
            return redirect("cases:case", case.pk)
    return _step(
        request, actor, found, "agenda", form, group=group, basis=_basis(actor, found, candidates, group),
        purpose=found.partnership.purpose,
    )  # fmt: skip


def _judged_before(actor: Actor, found: Concern) -> dict[str, Any]:
    """The ticks of the own authority's latest judgement, for a concern that was first settled in another way."""
    earlier = selectors.screenings_of(actor, found)
    return {"traits": earlier[-1].traits, "own_reason": earlier[-1].own_reason} if earlier else {}


def _network_case(actor: Actor, typed: str) -> NetworkCase | None:
    try:
        return between_selectors.network_case_of(actor, UUID(typed))
    except ValueError:
        return None


def _say_who_was_left_out(request: HttpRequest, form: AgendaForm) -> None:
    chosen = {candidate.authority.pk for candidate in form.chosen}
    left = [item.authority.name for item in form.candidates.values() if item.authority.pk not in chosen]
    if left:
        messages.info(request, _("%(names)s ser ikke sagen.") % {"names": "; ".join(left)})


def _basis(actor: Actor, found: Concern, candidates: list[selectors.Candidate], group: Group) -> str:
    """The sentence of the rule pack for what is proposed, as it would be with a necessity written."""
    proposed = [candidate.authority for candidate in candidates if candidate.proposed]
    others = proposed or [candidate.authority for candidate in candidates if not candidate.brought_in]
    assessment = screening.weigh_agenda(actor, group.partnership_id, others, _("skrives herunder"))
    return assessment.explain(get_language())


@_way_out(ScreeningOutcome.NETWORK)
def screen_network(request: HttpRequest, actor: Actor, found: Concern) -> HttpResponse:
    """Solved between authorities before the next meeting."""
    group = found.group or _usual_group(actor, found)
    if group is None:
        raise Http404
    registered = found.partnership.count_network_cases
    candidates = selectors.candidates(actor, group, raised_by=found.authority_id)
    form = ScreenNetworkForm(_sent(request), identity=found.identity, candidates=candidates, registered=registered)
    if form.is_valid():
        data = form.cleaned_data
        opened = _try(
            form,
            actor,
            found,
            lambda: screening.settle_between(
                actor,
                found,
                form.judgement,
                network_case_id=data["once"],
                group=group,
                others=[candidate.authority for candidate in form.chosen] if registered else [],
                subject=data["subject"],
                necessity=data.get("necessity", ""),
            ),
        )
        if not form.errors:
            messages.success(request, _("Melderen har fået svar."))
            return redirect("cases:network_case", opened.pk) if opened else redirect("cases:screening")
    return _step(
        request,
        actor,
        found,
        "network",
        form,
        registered=registered,
        basis=_basis(actor, found, candidates, group) if registered else "",
    )


@_way_out(ScreeningOutcome.ACUTE)
def screen_acute(request: HttpRequest, actor: Actor, found: Concern) -> HttpResponse:
    """Somebody has been called, and that is written down."""
    group = found.group or _usual_group(actor, found)
    if group is None:
        raise Http404
    candidates = selectors.candidates(actor, group, raised_by=found.authority_id)
    form = ScreenAcuteForm(
        _sent(request), initial={"trigger": found.acute_trigger}, identity=found.identity, candidates=candidates
    )
    if form.is_valid():
        data = form.cleaned_data
        call = Call(
            id=data["once"],
            to_authority=form.candidates[data["to"]].authority,
            trigger=data["trigger"],
            called_at=form.called_at,
            necessity=data["necessity"],
            spoke_with=data["spoke_with"],
            what=data["what"],
            doubt=data["doubt"],
        )
        contact = _try(
            form, actor, found, lambda: screening.act_at_once(actor, found, form.judgement, call, group_id=group.pk)
        )
        if contact is not None:
            messages.success(request, _("Opkaldet er skrevet ned. Melderen har fået svar."))
            return redirect("cases:acute_contact", contact.pk)
    return _step(
        request,
        actor,
        found,
        "screen_acute",
        form,
        contacts=selectors.emergency_contacts(actor, [found.partnership_id]),
        basis=_basis(actor, found, candidates, group),
    )


@_way_out(ScreeningOutcome.TO_HOLDER)
def screen_to_holder(request: HttpRequest, actor: Actor, found: Concern) -> HttpResponse:
    """To the open case of the citizen."""
    case, _known = screening.open_case_of(actor, found)
    if case is None:
        raise Http404
    form = ToHolderForm(_sent(request), identity=found.identity)
    if form.is_valid():
        _try(
            form,
            actor,
            found,
            lambda: screening.hand_to_holder(actor, found, form.judgement, necessity=form.cleaned_data["necessity"]),
        )
        if not form.errors:
            messages.success(
                request, _("Bekymringen er lagt til %(case)s. Melderen har fået svar.") % {"case": case.reference}
            )
            return redirect("cases:screening")
    return _step(request, actor, found, "to_holder", form, case=case)


@_way_out(ScreeningOutcome.ELSEWHERE)
def screen_elsewhere(request: HttpRequest, actor: Actor, found: Concern) -> HttpResponse:
    """To the screener of another authority."""
    group = found.group or _usual_group(actor, found)
    if group is None or not screening.can_go_elsewhere(actor, found):
        raise Http404
    candidates = [item for item in selectors.candidates(actor, group) if not item.brought_in]
    form = ElsewhereForm(
        _sent(request), identity=found.identity, candidates=candidates, named=found.identity is not None
    )
    if form.is_valid():
        data = form.cleaned_data
        authority = form.candidates[data["authority"]].authority
        _try(
            form,
            actor,
            found,
            lambda: screening.send_elsewhere(
                actor,
                found,
                form.judgement,
                authority,
                necessity=data["necessity"],
                with_name=data.get("with_name", False),
            ),
        )
        if not form.errors:
            messages.success(request, _("Sendt til %(who)s. Melderen har fået svar.") % {"who": authority.name})
            return redirect("cases:screening")
    return _step(request, actor, found, "elsewhere", form, basis=_basis(actor, found, candidates, group))

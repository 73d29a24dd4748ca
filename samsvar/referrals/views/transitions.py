"""The transition list of a unit, one transition, and what has been handed to the unit."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either, one_form, version_seen
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.services.concerns import Who
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import done, explain, pressed
from samsvar.documents.answers import as_pdf
from samsvar.forms.fields import YesNoUnknown
from samsvar.partnerships.selectors import partnerships_of
from samsvar.referrals.forms import transitions as forms
from samsvar.referrals.models import HandOver, Transition
from samsvar.referrals.papers import forum_paper
from samsvar.referrals.roles import may_use
from samsvar.referrals.selectors import transitions as selectors
from samsvar.referrals.selectors.referrals import find_referral
from samsvar.referrals.selectors.transitions import TransitionLine
from samsvar.referrals.services import transitions as services
from samsvar.referrals.transitions import rules_of
from samsvar.sharing.services import NotLawful


def _works_or_404(request: ActingRequest) -> None:
    if not may_use(request.actor):
        raise Http404


def _line_or_404(request: ActingRequest, key: UUID) -> TransitionLine:
    line = selectors.find_transition(request.actor, key)
    if line is None:
        record_refusal(request.actor, "transition", key, "not_in_reach")
        raise Http404
    return line


def _given_or_404(request: ActingRequest, transition_id: UUID, hand_over_id: UUID) -> HandOver:
    row = next((one for one in _line_or_404(request, transition_id).given if one.pk == hand_over_id), None)
    if row is None:
        raise Http404
    return row


def _look(request: ActingRequest, row: Transition | HandOver, kind: str, part: str, act: Act = Act.LOOK) -> None:
    record(
        request.actor,
        act,
        kind,
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"part": part},
    )


@require_GET
def board(request: ActingRequest) -> HttpResponse:
    """Who is to be handed over, in the order in which somebody must do something."""
    _works_or_404(request)
    found = selectors.board(request.actor, request.GET.get("side"))
    if not found.is_empty:
        record(request.actor, Act.LOOK, "transitions", detail={"ids": found.citizen_ids})
    return render(
        request,
        "referrals/transitions.html",
        {
            "board": found,
            "may_list": services.may_list(request.actor),
            # Where no transition follows from a birthday there is no meeting on them.
            "meets": any(one.by_birth for one in rules_of(request.actor.authority_kind)),
        },
    )


@require_GET
def forum(request: ActingRequest) -> HttpResponse:
    """The list for the quarterly meeting on paper; logged for each person on it."""
    _works_or_404(request)
    found = selectors.forum(request.actor)
    for line in found.lines:
        _look(request, line.row, "transition", "forum", Act.PRINT)
    return as_pdf(forum_paper(request.actor, found), _("liste-til-overgangsmoede"))


@either
def new(request: ActingRequest) -> HttpResponse:
    """Write somebody on the list."""
    actor = request.actor
    if not services.may_list(actor):
        raise Http404
    form = forms.ListForm(
        request.POST or None, rules=rules_of(actor.authority_kind), places=list(partnerships_of(actor))
    )
    made: list[Transition] = []

    def act() -> None:
        data = form.cleaned_data
        made.append(
            services.put_on_list(
                actor,
                form.place_id,
                Who(name=data["name"], cpr=data["cpr"]),
                data["kind"],
                data["day"],
                data.get("case_known", YesNoUnknown.UNKNOWN),
            )
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Borgeren står på listen. Den dag, arbejdet begynder, får du besked."))
        return redirect("referrals:transition", made[0].pk)
    return render(request, "referrals/transition_new.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def wait_with(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """Keep in touch while somebody waits for what one's unit has asked of another."""
    asked = find_referral(request.actor, referral_id)
    if asked is None:
        record_refusal(request.actor, "referral", referral_id, "not_in_reach")
        raise Http404
    made: list[Transition] = []
    said = _("Borgeren står på listen. Hver gang det er tid til en kontakt, får du besked.")
    pressed(request, lambda: made.append(services.wait_with(request.actor, asked)), said)
    return redirect("referrals:transition", made[0].pk) if made else redirect("referrals:referral", referral_id)


@require_GET
def transition(request: ActingRequest, transition_id: UUID) -> HttpResponse:
    """One transition: its days, its checklist, and who has been asked to take over."""
    line = _line_or_404(request, transition_id)
    _look(request, line.row, "transition", "page")
    return render(
        request,
        "referrals/transition.html",
        {"line": line, "row": line.row, "given": selectors.given_of(line)},
    )


@require_POST
def check(request: ActingRequest, transition_id: UUID) -> HttpResponse:
    """One line of the checklist is settled, or is not after all."""
    line = _line_or_404(request, transition_id)
    key = request.POST.get("line", "")[:40]
    pressed(request, lambda: services.check(request.actor, line.row, key, version_seen(request)))
    return redirect("referrals:transition", transition_id)


def _step(
    request: ActingRequest,
    line: TransitionLine,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    send: str,
    said: str,
    note: str = "",
) -> HttpResponse:
    return one_form(
        request,
        form,
        act,
        template="referrals/transition_step.html",
        told={"line": line, "row": line.row, "title": title, "send": send, "note": note},
        back_url=reverse("referrals:transition", args=[line.row.pk]),
        look=lambda: _look(request, line.row, "transition", "step"),
        said=said,
        refusals=(CaseError, NotLawful),
        words=lambda refused: explain(request.actor, line.row, refused),
    )


@either
def move(request: ActingRequest, transition_id: UUID) -> HttpResponse:
    """Move the day, with a professional reason."""
    line = _line_or_404(request, transition_id)
    form = forms.MoveForm(request.POST or None)
    return _step(
        request,
        line,
        form,
        lambda data: services.move_turn(request.actor, line.row, data["to"], data["why"], version_seen(request)),
        title=_("Flyt dagen"),
        send=_("Flyt dagen"),
        said=_("Dagen er flyttet."),
        note=_("Loven har en alder, faget har en grund. Skriv grunden, så den næste kan forstå den."),
    )


@either
def contact(request: ActingRequest, transition_id: UUID) -> HttpResponse:
    """A contact with one who waits."""
    line = _line_or_404(request, transition_id)
    form = forms.ContactDayForm(request.POST or None, initial={"on": timezone.localdate()})
    return _step(
        request,
        line,
        form,
        lambda data: services.note_contact(request.actor, line.row, data["on"], version_seen(request)),
        title=_("Kontakt, mens borgeren venter"),
        send=_("Gem kontakten"),
        said=_("Kontakten er gemt."),
    )


@either
def case_known(request: ActingRequest, transition_id: UUID) -> HttpResponse:
    """Whether the municipality has a case."""
    line = _line_or_404(request, transition_id)
    form = forms.CaseForm(request.POST or None, initial={"case_known": line.row.case_known})
    return _step(
        request,
        line,
        form,
        lambda data: services.note_case(request.actor, line.row, data["case_known"], version_seen(request)),
        title=_("Er der en sag i kommunen?"),
        send=_("Gem"),
        said=_("Det er gemt."),
    )


@either
def end(request: ActingRequest, transition_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    line = _line_or_404(request, transition_id)
    form = forms.EndForm(request.POST or None)
    return _step(
        request,
        line,
        form,
        lambda data: services.end_transition(request.actor, line.row, data["reason"]),
        title=_("Tag af listen"),
        send=_("Tag af listen"),
        said=_("Borgeren er taget af listen."),
    )


@either
def hand_over(request: ActingRequest, transition_id: UUID) -> HttpResponse:
    """Hand over to one receiver, on the citizen's yes."""
    line = _line_or_404(request, transition_id)
    if line.rule is None or line.row.ended_on is not None:
        raise Http404
    rule = line.rule
    form = forms.HandOverForm(
        request.POST or None,
        rule=rule,
        places=selectors.places_for(request.actor, line.row.partnership_id, rule),
        initial={"call": request.actor.name, "given": line.row.name},
    )

    def act(data: dict[str, Any]) -> object:
        body, unit = form.places[data["to"]]
        return services.hand_over(
            request.actor,
            line.row,
            services.Handed(
                receiver=data["receiver"],
                to=body,
                to_unit=unit,
                words=data["words"],
                call=data["call"],
                yes=form.yes,
            ),
        )

    return _step(
        request,
        line,
        form,
        act,
        title=_("Overdrag"),
        send=_("Send overdragelsen"),
        said=_("Overdragelsen er sendt. Borgeren er jeres, til de har taget imod."),
        note=_("De ser det, du skriver her, og borgerens navn. De ser ikke jeres liste."),
    )


@require_POST
def withdraw(request: ActingRequest, transition_id: UUID, hand_over_id: UUID) -> HttpResponse:
    """Take back what nobody has answered."""
    row = _given_or_404(request, transition_id, hand_over_id)
    pressed(request, lambda: services.withdraw(request.actor, row), _("Overdragelsen er trukket tilbage."))
    return redirect("referrals:transition", transition_id)


@require_POST
def yes_back(request: ActingRequest, transition_id: UUID, hand_over_id: UUID) -> HttpResponse:
    """The citizen takes back the yes on which something was handed over."""
    row = _given_or_404(request, transition_id, hand_over_id)
    said = _("Borgerens ja er trukket tilbage. Der går intet nyt til modtageren.")
    pressed(request, lambda: services.take_back_yes(request.actor, row), said)
    return redirect("referrals:transition", transition_id)


@either
def received(request: ActingRequest, hand_over_id: UUID) -> HttpResponse:
    """What has been handed to the unit, and its answer."""
    row = selectors.find_received(request.actor, hand_over_id)
    if row is None:
        record_refusal(request.actor, "hand_over", hand_over_id, "not_in_reach")
        raise Http404
    form = forms.AnswerForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        if data["answer"] == "accept":
            services.accept(request.actor, row, data["who"], data["first_on"], data["words"])
        else:
            services.decline(request.actor, row, data["words"])

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Svaret er sendt til afsenderen."))
        return redirect("referrals:received", row.pk)
    _look(request, row, "hand_over", "page")
    return render(
        request,
        "referrals/received.html",
        {
            "row": row,
            "form": form,
            "late": selectors.too_late(row),
            "kind": selectors.kind_words(row),
            "yes": selectors.yes_of(request.actor, row),
        },
        status=400 if form.errors else 200,
    )

"""Whom a unit has, and one citizen's way in it. Every step is one small form at one address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either, one_form, pressed, taken, version_seen
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.services.concerns import Who
from samsvar.cases.services.errors import CaseError
from samsvar.referrals.forms import pathways as forms
from samsvar.referrals.models import Pathway
from samsvar.referrals.pathways import clock_of, questions_of, steps_of
from samsvar.referrals.roles import may_use
from samsvar.referrals.selectors import pathways as selectors
from samsvar.referrals.selectors.referrals import find_referral
from samsvar.referrals.services import ReferralError
from samsvar.referrals.services import pathways as services
from samsvar.referrals.services.sides import of_receiver

REFUSALS = (ReferralError, CaseError)


def _row_or_404(request: ActingRequest, key: UUID) -> Pathway:
    row = selectors.find_pathway(request.actor, key)
    if row is None:
        record_refusal(request.actor, "pathway", key, "not_in_reach")
        raise Http404
    return row


def _look(request: ActingRequest, row: Pathway, part: str) -> None:
    record(
        request.actor,
        Act.LOOK,
        "pathway",
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"part": part},
    )


@require_GET
def board(request: ActingRequest) -> HttpResponse:
    """Whom the unit has, in which step and for how long, and who left without anybody to take over."""
    if not may_use(request.actor):
        turn_away(request.actor, "pathways")
    found = selectors.board(request.actor, request.GET.get("side"))
    if not found.is_empty:
        record(request.actor, Act.LOOK, "pathways", detail={"ids": found.citizen_ids})
    return render(
        request, "referrals/pathways.html", {"board": found, "may_open": bool(selectors.pages_of(request.actor))}
    )


@either
def new(request: ActingRequest) -> HttpResponse:
    """Somebody came by themselves."""
    if not may_use(request.actor):
        turn_away(request.actor, "pathways")
    pages = selectors.pages_of(request.actor)
    if not pages:
        raise Http404
    form = forms.OpenForm(request.POST or None, pages=pages)
    made: list[Pathway] = []

    def act(data: dict[str, Any]) -> None:
        made.append(services.open_new(request.actor, form.page, Who(name=data["name"], cpr=data["cpr"])))

    is_done, _again = taken(request, form, act, said=_("Forløbet er begyndt."), refusals=REFUSALS)
    if is_done:
        return redirect("referrals:pathway", made[0].pk)
    return render(request, "referrals/pathway_new.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def from_referral(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """Begin with what was received."""
    row = find_referral(request.actor, referral_id)
    if row is None or not of_receiver(request.actor, row):
        record_refusal(request.actor, "referral", referral_id, "not_in_reach")
        raise Http404
    made: list[Pathway] = []
    if pressed(
        request,
        lambda: made.append(services.open_from(request.actor, row)),
        _("Forløbet er begyndt."),
        refusals=REFUSALS,
    ):
        return redirect("referrals:pathway", made[0].pk)
    return redirect("referrals:referral", row.pk)


@require_GET
def pathway(request: ActingRequest, pathway_id: UUID) -> HttpResponse:
    """One citizen's way: where it is, what waits, what is asked, and what has happened."""
    row = _row_or_404(request, pathway_id)
    _look(request, row, "page")
    return render(request, "referrals/pathway.html", {"page": selectors.page(request.actor, row), "row": row})


@dataclass(frozen=True)
class _Step:
    """One form of a way: what it is called, what is typed, what is done with it."""

    title: str | Promise
    said: str | Promise
    form: Callable[[ActingRequest, Pathway], django_forms.Form]
    act: Callable[..., None]
    note: str | Promise = ""
    send: str | Promise = ""
    # What is said instead where nobody grants.
    ungated: str | Promise | None = None


def _about(request: ActingRequest) -> str:
    """Which question or clock of the way the form is about."""
    return request.GET.get("om", "")


def _asked(request: ActingRequest, row: Pathway) -> Any:
    found = next((one for one in questions_of(row.entry.kind) if one.key == _about(request)), None)
    if found is None:
        raise Http404
    return found


def _timed(request: ActingRequest) -> Any:
    found = clock_of(_about(request))
    if found is None:
        raise Http404
    return found


def _steps(row: Pathway) -> list[tuple[str, str]]:
    return [
        (one.value, one.label(get_language()).capitalize()) for one in steps_of(row.entry) if one.value != row.stage
    ]


def _day(request: ActingRequest, row: Pathway) -> django_forms.Form:
    _timed(request)
    return forms.DayForm(request.POST or None, initial={"on": timezone.localdate()})


STEPS = {
    "vurdering": _Step(
        _("Vurdering"),
        _("Vurderingen er gemt."),
        lambda request, row: forms.WordsForm(request.POST or None, label=_("Det er vi nået frem til")),
        lambda request, row, data, seen: services.assess(request.actor, row, data["words"], seen),
        _("Skriv, hvad borgeren har brug for, og hvad I bygger det på. En anden bevilger."),
        ungated=_("Skriv, hvad borgeren har brug for, og hvad I bygger det på."),
    ),
    "bevilling": _Step(
        _("Bevilg"),
        _("Det er bevilget."),
        lambda request, row: forms.WordsForm(request.POST or None, label=_("Det er bevilget"), longest=400),
        lambda request, row, data, seen: services.grant(request.actor, row, data["words"], seen),
        _("Hvad, hvor meget og til hvornår. Borgeren får sin afgørelse fra jeres eget system, med klagevejledning."),
        _("Bevilg"),
    ),
    "mangler": _Step(
        _("Der mangler noget"),
        _("Sendt tilbage til vurdering med listen."),
        lambda request, row: forms.LacksForm(request.POST or None),
        lambda request, row, data, seen: services.send_back(request.actor, row, data["items"].splitlines(), seen),
        send=_("Send tilbage"),
    ),
    "trin": _Step(
        _("Et andet trin"),
        _("Flyttet."),
        lambda request, row: forms.MoveForm(request.POST or None, steps=_steps(row)),
        lambda request, row, data, seen: services.move(request.actor, row, data["step"], data["words"], seen),
        _("Ændres indsatsen eller økonomien, så gå tilbage til bevilling. Den skal bevilges på ny."),
        ungated="",
    ),
    "pause": _Step(
        _("Pause"),
        _("Gemt. I får besked den dag, I ser på det igen."),
        lambda request, row: forms.StandForm(request.POST or None),
        lambda request, row, data, seen: services.stand(
            request.actor, row, data["standing"], data["why"], data["look_again"], seen
        ),
        _("Forløbet er ikke slut. Fortæl borgeren, hvorfor der er stille, og hvornår I ser på det igen."),
    ),
    "svar": _Step(
        _("Svar"),
        _("Svaret er gemt."),
        lambda request, row: forms.AnswerForm(
            request.POST or None,
            label=_asked(request, row).words,
            initial=row.facts.get(_about(request), {}),
        ),
        lambda request, row, data, seen: services.answer(
            request.actor, row, _about(request), data["answer"], data["words"], seen
        ),
    ),
    "begynd": _Step(
        _("Frist"),
        _("Fristen løber."),
        _day,
        lambda request, row, data, seen: services.begin_clock(request.actor, row, _about(request), data["on"], seen),
        _("Fristen regnes fra den dag."),
    ),
    "klaret": _Step(
        _("Frist"),
        _("Gemt."),
        _day,
        lambda request, row, data, seen: services.meet_clock(request.actor, row, _about(request), data["on"], seen),
        _("Hvilken dag skete det?"),
    ),
    "udlevering": _Step(
        _("Udlevering"),
        _("Udleveringen er skrevet ned."),
        lambda request, row: forms.WordsForm(request.POST or None, label=_("Det er udleveret"), longest=400),
        lambda request, row, data, seen: services.dispense(request.actor, row, data["words"], seen),
    ),
    "sted": _Step(
        _("Et sted, der måske kan"),
        _("Stedet er skrevet op."),
        lambda request, row: forms.PlaceForm(request.POST or None),
        lambda request, row, data, seen: services.ask_place(request.actor, row, data["words"], seen),
        _("Borgeren hører først om stedet, når det både kan og vil."),
    ),
    "slut": _Step(
        _("Afslut"),
        _("Forløbet er slut."),
        lambda request, row: forms.EndForm(request.POST or None),
        lambda request, row, data, seen: services.end(
            request.actor, row, data["reason"], data["receiver"], data["nobody"], seen
        ),
        _("Tager ingen over, så står borgeren på listen, til en kollega har set på det."),
        _("Afslut"),
    ),
}


@either
def step(request: ActingRequest, pathway_id: UUID, step: str) -> HttpResponse:
    """One form about it."""
    row = _row_or_404(request, pathway_id)
    found = STEPS.get(step)
    if found is None or not row.is_open:
        raise Http404
    form = found.form(request, row)
    seen = version_seen(request)
    title, note = found.title, found.note if row.gated or found.ungated is None else found.ungated
    if step == "svar":
        title, note = _asked(request, row).label, selectors.law_of(_asked(request, row))
    elif step in ("begynd", "klaret"):
        timed = _timed(request)
        title = timed.begun if step == "begynd" and timed.begun else timed.label.capitalize()
    return one_form(
        request,
        form,
        lambda data: found.act(request, row, data, seen),
        template="referrals/pathway_step.html",
        told={"row": row, "title": title, "send": found.send or _("Gem"), "note": note},
        back_url=reverse("referrals:pathway", args=[row.pk]),
        look=lambda: _look(request, row, "step"),
        said=found.said,
        refusals=REFUSALS,
    )


@require_POST
def press(request: ActingRequest, pathway_id: UUID) -> HttpResponse:
    """What one button does: take the citizen, go on, look at an exit, or say what a place has answered."""
    row = _row_or_404(request, pathway_id)
    what, _colon, number = request.POST.get("what", "").partition(":")
    seen = version_seen(request)
    acts: dict[str, tuple[Callable[[], None], str | Promise]] = {
        "take": (lambda: services.take(request.actor, row, seen), _("Du har borgeren nu.")),
        "resume": (lambda: services.resume(request.actor, row, seen), _("Forløbet er i gang igen.")),
        "review": (lambda: services.review(request.actor, row), _("Gemt. Borgeren er taget af listen.")),
    }
    if what in (services.CAN, services.WANTS, services.TOLD) and number.isascii() and number.isdigit():
        place = int(number[:4])
        acts[what] = (lambda: services.confirm_place(request.actor, row, place, what, seen), _("Gemt."))
    if what not in acts:
        raise Http404
    act, said = acts[what]
    pressed(request, act, said, refusals=REFUSALS)
    return redirect("referrals:pathways") if what == "review" else redirect("referrals:pathway", row.pk)

"""The board, the quick log, and the pages of one course."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.views.steps import done, found_or_404, points_out, pressed
from samsvar.outreach import services
from samsvar.outreach.forms import courses as forms
from samsvar.outreach.models import Course, HandoverKind
from samsvar.outreach.roles import leads, may_work
from samsvar.outreach.selectors import courses as selectors
from samsvar.outreach.selectors import inquiries as inquiry_selectors
from samsvar.outreach.services import About, Begun, Ended, Peace, Visit
from samsvar.outreach.services.courses import NO_CONTACT, RESULT_QUESTIONS
from samsvar.outreach.views.steps import course_or_404, look_at, step, working_or_404
from samsvar.outreach.words import phase_models


@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """The team's board."""
    works = may_work(request.actor)
    if works:
        record(request.actor, Act.LOOK, "courses")
    return render(
        request,
        "outreach/board.html",
        {
            "works": works,
            "leads": leads(request.actor),
            "board": selectors.board(request.actor) if works else None,
            "caseload": selectors.caseload(request.actor) if works else [],
            "share": inquiry_selectors.share(request.actor) if works else None,
        },
    )


@require_safe
def ended(request: ActingRequest) -> HttpResponse:
    """Courses that have ended."""
    working_or_404(request)
    record(request.actor, Act.LOOK, "courses", detail={"ended": True})
    return render(request, "outreach/ended.html", {"courses": selectors.ended_courses(request.actor)})


@either
def start(request: ActingRequest, inquiry_id: UUID | None = None) -> HttpResponse:
    """Begin to seek somebody; a door that the team knows already is pointed out, by its course's name alone."""
    working_or_404(request)
    inquiry = found_or_404(inquiry_selectors.find_inquiry(request.actor, inquiry_id)) if inquiry_id else None
    form = (forms.StartOnForm if inquiry else forms.StartForm)(request.POST or None)
    begun: list[Course] = []
    looks_again = False

    def act() -> None:
        data = dict(form.cleaned_data)
        answered = data.pop("answered", "")
        begun.append(services.start_course(request.actor, Begun(**data), inquiry, answered))

    if request.method == "POST" and request.POST.get("looked") != "1" and form.is_valid():
        twins = selectors.same_door(request.actor, services.door_of(form.cleaned_data["door"]))
        looks_again = points_out(
            form, [_("I søger allerede bag den dør: %(course)s.") % {"course": one} for one in twins]
        )
    if request.method == "POST" and done(form, act):
        messages.success(request, _("Kontaktforløbet er begyndt."))
        return redirect("outreach:course", begun[0].pk)
    record(request.actor, Act.LOOK, "courses", detail={"new": True})
    return render(
        request,
        "outreach/start.html",
        {"form": form, "inquiry": inquiry, "looks_again": looks_again},
        status=400 if form.errors else 200,
    )


@require_safe
def course(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """One course: where it is, what was tried, what was agreed."""
    found = course_or_404(request, course_id)
    look_at(request, found)
    return render(
        request,
        "outreach/course.html",
        {
            "course": found,
            "page": selectors.page(request.actor, found),
            "me": request.actor.person_id,
            "models": phase_models(),
        },
    )


@either
def quick(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """The log on a landing: how, which rung, save."""
    found = course_or_404(request, course_id)
    actor = request.actor
    team = [pair for pair in services.colleagues(actor) if pair[0] != actor.person_id]
    runs = selectors.last_message(actor, found) is not None
    form = forms.LogForm(team, request.POST or None, runs=runs, two=bool(found.not_alone))

    def act() -> None:
        data = dict(form.cleaned_data)
        sent = data.pop("sent") or uuid4()
        services.log_attempt(actor, found, Visit(**data), sent)

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Skrevet i loggen."))
        return redirect("outreach:course", found.pk)
    look_at(request, found, part="log")
    return render(request, "outreach/log.html", {"course": found, "form": form}, status=400 if form.errors else 200)


@require_POST
def undo(request: ActingRequest, course_id: UUID, attempt_id: UUID) -> HttpResponse:
    """Take a slip of the finger back."""
    found = course_or_404(request, course_id)
    row = found_or_404(selectors.find_attempt(request.actor, found, attempt_id))
    pressed(request, lambda: services.undo_attempt(request.actor, row), _("Det er taget ud af loggen."))
    return redirect("outreach:course", found.pk)


@either
def about(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """What the team keeps in mind."""
    found = course_or_404(request, course_id)
    names = ("not_alone", "way", "meaning_kind", "meaning", "angle")
    return step(
        request,
        found,
        forms.AboutForm(request.POST or None, initial={name: getattr(found, name) for name in names}),
        lambda data: services.keep_in_mind(request.actor, found, About(**data)),
        title=_("Husk om borgeren"),
        send=_("Gem"),
        said=_("Det er gemt."),
    )


@either
def lift(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """The citizen lifts the anonymity."""
    found = course_or_404(request, course_id)
    return step(
        request,
        found,
        forms.LiftForm(request.POST or None),
        lambda data: services.lift_anonymity(request.actor, found, data["name"], data["how"]),
        title=_("Borgeren vil være kendt"),
        send=_("Ophæv anonymiteten"),
        said=_("Anonymiteten er ophævet. Navnet ses kun af jeres enhed."),
        note=_("Kun borgeren selv kan gøre det, og borgeren kan altid fortryde. Andre får ikke navnet at vide af det."),
    )


@require_POST
def unlift(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """The citizen wants to be unknown again."""
    found = course_or_404(request, course_id)
    pressed(request, lambda: services.restore_anonymity(request.actor, found), _("Navnet er slettet her."))
    return redirect("outreach:course", found.pk)


@either
def phase(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """Forward, or back."""
    found = course_or_404(request, course_id)
    return step(
        request,
        found,
        forms.PhaseForm(request.POST or None, initial={"phase": found.phase}),
        lambda data: services.move_phase(request.actor, found, data["phase"]),
        title=_("Skift fase"),
        send=_("Gem fasen"),
        said=_("Fasen er skiftet."),
        note=_("Et forløb må gerne gå tilbage. Det er en del af arbejdet."),
    )


@either
def protect(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """Demands stand still."""
    found = course_or_404(request, course_id)
    return step(
        request,
        found,
        forms.PeaceForm(request.POST or None, initial={"review_on": services.review_day(timezone.localdate())}),
        lambda data: services.protect(request.actor, found, Peace(**data)),
        title=_("Fred borgeren"),
        send=_("Gem fredningen"),
        said=_("Borgeren er fredet."),
        note=_(
            "Kravene står stille, mens I søger kontakt. Det stopper ikke af sig selv: I ser på det den dag, I vælger."
        ),
    )


@either
def review(request: ActingRequest, course_id: UUID, protection_id: UUID) -> HttpResponse:
    """A protection goes on, or ends."""
    found = course_or_404(request, course_id)
    row = found_or_404(selectors.find_protection(request.actor, found, protection_id))
    return step(
        request,
        found,
        forms.ReviewForm(request.POST or None),
        lambda data: services.review_protection(request.actor, row, data["review_on"], data["end_why"]),
        title=_("Se på fredningen"),
        send=_("Gem"),
        said=_("Fredningen er set igennem."),
        more={"protection": row},
    )


@either
def proposal(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """Something that could be done."""
    found = course_or_404(request, course_id)
    return step(
        request,
        found,
        forms.ProposalForm(request.POST or None),
        lambda data: services.propose(request.actor, found, data["text"], data["stance"], data["condition"]),
        title=_("Nyt forslag"),
        send=_("Gem forslaget"),
        said=_("Forslaget er skrevet."),
    )


@either
def stance(request: ActingRequest, course_id: UUID, proposal_id: UUID) -> HttpResponse:
    """What the citizen says now."""
    found = course_or_404(request, course_id)
    row = found_or_404(selectors.find_proposal(request.actor, found, proposal_id))
    return step(
        request,
        found,
        forms.AnswerForm(
            request.POST or None, initial={"stance": row.stance, "condition": row.condition, "met": row.met}
        ),
        lambda data: services.take_stance(request.actor, row, data["stance"], data["condition"], met=data["met"]),
        title=_("Hvad siger borgeren"),
        send=_("Gem"),
        said=_("Svaret er skrevet."),
        note=row.text,
    )


@require_POST
def carry_out(request: ActingRequest, course_id: UUID, proposal_id: UUID) -> HttpResponse:
    """It is done."""
    found = course_or_404(request, course_id)
    row = found_or_404(selectors.find_proposal(request.actor, found, proposal_id))
    pressed(request, lambda: services.carry_out(request.actor, row), _("Det er gjort."))
    return redirect("outreach:course", found.pk)


@either
def colleague(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """Somebody else of the team takes over."""
    found = course_or_404(request, course_id)
    team = [pair for pair in services.colleagues(request.actor) if pair[0] != found.worker_id]
    return step(
        request,
        found,
        forms.ColleagueForm(team, request.POST or None),
        lambda data: services.hand_to_colleague(request.actor, found, **data),
        title=_("En anden i teamet tager over"),
        send=_("Giv videre"),
        said=_("Forløbet er givet videre."),
        note=_(
            "Et skift, borgeren ikke får forklaret, kan koste tilliden. Gå derhen sammen den første gang, hvis I kan."
        ),
    )


@either
def offer(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """The trust goes over to another offer."""
    found = course_or_404(request, course_id)
    return step(
        request,
        found,
        forms.OfferForm(request.POST or None),
        lambda data: services.hand_over(request.actor, found, **data),
        title=_("Aflever til et andet tilbud"),
        send=_("Skriv afleveringen"),
        said=_("Afleveringen er skrevet. Forløbet er stadig jeres, til du slutter det."),
        note=_("Her står kun, at det er sket. Det, tilbuddet skal vide, fortæller I med borgerens samtykke."),
    )


@either
def follow(request: ActingRequest, course_id: UUID, handover_id: UUID) -> HttpResponse:
    """How it goes after a hand-over."""
    found = course_or_404(request, course_id)
    row = found_or_404(selectors.find_handover(request.actor, found, handover_id))
    form = forms.FollowForm(request.POST or None, initial={"told_on": row.told_on})
    if row.kind == HandoverKind.WORKER:
        form.fields["result"].label = _("Hvordan tog borgeren det")
    return step(
        request,
        found,
        form,
        lambda data: services.follow_handover(request.actor, row, data["result"], data["told_on"]),
        title=_("Følg op på afleveringen"),
        send=_("Gem"),
        said=_("Opfølgningen er skrevet."),
        note=row.to,
    )


@either
def end(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """End a course for one of the form's reasons."""
    found = course_or_404(request, course_id)

    def act(data: dict[str, Any]) -> None:
        details = {key: data[key] for key in RESULT_QUESTIONS.values()}
        services.end_course(request.actor, found, Ended(data["reason"], tuple(data["results"]), details, data["text"]))

    return step(
        request,
        found,
        forms.EndForm(request.POST or None),
        act,
        title=_("Slut kontaktforløbet"),
        send=_("Slut kontaktforløbet"),
        said=_("Forløbet er slut. Det kan altid tages op igen."),
        note=_("Ingen slippes, fordi døren ikke bliver åbnet. Vent hellere, og prøv på en anden måde."),
        more={"no_contact": NO_CONTACT},
    )


@require_POST
def again(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """Somebody comes back."""
    found = course_or_404(request, course_id)
    pressed(request, lambda: services.take_up(request.actor, found), _("Forløbet er taget op igen, med samme nummer."))
    return redirect("outreach:course", found.pk)

"""The pages of a network: who is tovholder, one citizen's network, and each step in it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.services.concerns import Who
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.coordination import services
from samsvar.coordination.forms import networks as forms
from samsvar.coordination.models import CareNetwork, CoordinatorState
from samsvar.coordination.papers.card import card as card_paper
from samsvar.coordination.selectors import asides, events, meetings, plans, ropes
from samsvar.coordination.selectors import networks as selectors
from samsvar.coordination.selectors import record as record_selectors
from samsvar.coordination.selectors import summary as summary_selectors
from samsvar.coordination.selectors.ahead import ahead
from samsvar.coordination.selectors.discharge import begins
from samsvar.coordination.selectors.doctor import is_practice
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.coordinators import Named
from samsvar.coordination.views.steps import inside_or_404, look_at, network_or_404, step
from samsvar.documents.answers import as_pdf
from samsvar.partnerships.selectors import partnerships_of
from samsvar.referrals.selectors.referrals import find_wish
from samsvar.referrals.views.links import linked
from samsvar.sharing.services import lapses_latest


@require_GET
def home(request: ActingRequest) -> HttpResponse:
    """The question "who is the tovholder?", and the networks that the actor is inside or let into."""
    return _home(request)


def _home(request: ActingRequest, form: forms.LookForm | None = None, *, neutral: bool = False) -> HttpResponse:
    lines = selectors.networks(request.actor)
    if lines:
        record(
            request.actor,
            Act.LOOK,
            "care_networks",
            detail={"networks": [str(line.network.pk) for line in lines]},
        )
    return render(
        request,
        "coordination/home.html",
        {
            "form": form or forms.LookForm(),
            "neutral": neutral,
            "inside": [line for line in lines if line.inside],
            "let_in": [line for line in lines if not line.inside],
            "unread": record_selectors.unread(request.actor),
            "may_open": services.may_open(request.actor),
            "practice": is_practice(request.actor),
        },
        status=400 if form is not None and form.errors else 200,
    )


@require_POST
def look(request: ActingRequest) -> HttpResponse:
    """From a number to the tovholder. Whoever may not know gets the same answer as for somebody whom nobody knows."""
    form = forms.LookForm(request.POST)
    if not form.is_valid():
        return _home(request, form)
    found = services.look_for(request.actor, form.cleaned_data["cpr"])
    if found is not None:
        return redirect("coordination:network", found.pk)
    return _home(request, neutral=True)


@either
def open_one(request: ActingRequest) -> HttpResponse:
    """Somebody asks for a tovholder."""
    actor = request.actor
    if not services.may_open(actor):
        raise Http404
    wish = linked(request, find_wish)
    form = forms.OpenForm(request.POST or None, places=list(partnerships_of(actor)), wish=wish)
    made: list[CareNetwork] = []

    def act() -> None:
        data = form.cleaned_data
        made.append(
            services.open_network(
                actor,
                form.place_id,
                Who(name=data["name"], cpr=data["cpr"]),
                services.Asked(
                    by=data["asked_by"],
                    who=data["who"],
                    complex="complex" in data["signs"],
                    several="several" in data["signs"],
                    why=data["why"],
                    on=data["asked_on"],
                    child=data["child"],
                ),
            )
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Netværket er oprettet. Nu mangler der en tovholder."))
        return redirect("coordination:network", made[0].pk)
    return render(request, "coordination/open.html", {"form": form, "wish": wish}, status=400 if form.errors else 200)


@require_GET
def network(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """One citizen's network: the tovholder first, then who helps with what, then whom the citizen has let in."""
    found = network_or_404(request, care_network_id)
    look_at(request, found)
    sections = summary_selectors.sections(request.actor, found)
    lines = events.events(request.actor, found)
    meeting_lines = meetings.meetings_of(request.actor, found)
    plan_lines = plans.plans(request.actor, found)
    inside = bool(getattr(found, "inside", False))
    return render(
        request,
        "coordination/network.html",
        {
            "page": selectors.page(request.actor, found),
            "resting": CoordinatorState.RESTING,
            "sections": sections,
            "briefs": summary_selectors.with_brief(sections),
            "events": lines,
            "course": events.course(found, lines),
            "meetings": meeting_lines,
            "ahead": ahead(found, lines, meeting_lines, plan_lines),
            "waiting": ropes.waiting(request.actor, found),
            "plans": plan_lines,
            "settled": ropes.settled(request.actor, found),
            "may_convene": not inside and asides.may_convene(request.actor, found),
            "named_contact": None if inside else asides.named_contact(request.actor, found),
            "planning": plans.planning_with(request.actor, found),
            "begins": begins(request.actor, found),
        },
    )


@either
def appoint(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Name the tovholder: a colleague in one choice."""
    found = inside_or_404(request, care_network_id)
    by_area = found.authority.several_coordinators
    form = forms.AppointForm(request.POST or None, posts=selectors.colleagues(request.actor), by_area=by_area)

    def act(data: dict[str, Any]) -> object:
        return services.appoint(
            request.actor,
            found,
            Named(
                name=data["name"],
                phone=data["phone"],
                hours=data["hours"],
                post=form.posts.get(data["post"]),
                responsible=data["part"] != "helper",
                acting=data["part"] == "acting",
                why=data["why"],
                areas=data.get("areas", ()),
                decided_on=data["decided_on"],
            ),
        )

    return step(
        request,
        found,
        form,
        act,
        title=_("Udpeg tovholder"),
        send=_("Udpeg"),
        said=_("Tovholderen er udpeget. Er det en ny ansvarlig, kan de, borgeren har lukket ind til det, se det nu."),
        note=_("En ny ansvarlig tovholder afløser den nuværende."),
    )


@either
def none_found(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Nobody has been found, because."""
    found = inside_or_404(request, care_network_id)
    return step(
        request,
        found,
        forms.NoneFoundForm(request.POST or None),
        lambda data: services.none_found(request.actor, found, data["why"]),
        title=_("Ingen tovholder fundet"),
        send=_("Gem"),
        said=_("Det er gemt. Jeres leder kan se det."),
    )


@either
def mandate(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """What the tovholder does for this citizen: the version there is stands in the form."""
    found = inside_or_404(request, care_network_id)
    now = selectors.mandate_of(request.actor, found)
    initial = {
        "text": now.text if now else "",
        "interfaces": now.interfaces if now else "",
        "confirmed_on": timezone.localdate(),
        "seen": now.version if now else 0,
    }
    form = forms.MandateForm(request.POST or None, initial=initial)

    def theirs(data: dict[str, Any]) -> list[str]:
        """What a colleague wrote while one wrote: it is shown before it is written over."""
        if now is None or data["seen"] == now.version:
            return []
        words = {"version": now.version, "text": " ".join([now.text, now.interfaces])}
        return [_("En anden har skrevet udgave %(version)s imens: %(text)s") % words]

    return step(
        request,
        found,
        form,
        lambda data: services.write_mandate(
            request.actor,
            found,
            data["text"],
            data["interfaces"],
            confirmed_with=data["confirmed_with"],
            confirmed_on=data["confirmed_on"],
            # Whoever sends again has seen the newest one.
            seen=now.version if now and request.POST.get("looked") == "1" else data["seen"],
        ),
        second_look=theirs,
        title=_("Det gør tovholderen"),
        send=_("Gem ny udgave"),
        said=_("Det er gemt som en ny udgave."),
        note=_("Skriv det sammen med borgeren og dem, det angår."),
    )


@either
def let_in(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The citizen says yes to somebody."""
    found = inside_or_404(request, care_network_id)
    form = forms.LetInForm(request.POST or None, receivers=selectors.receivers(request.actor, found))
    more: dict[str, Any] = {}

    def act(data: dict[str, Any]) -> None:
        body, unit = form.receivers[data["receiver"]]
        said = services.Yes(
            given=[data["given"]],
            form=data["form"],
            why_oral=data["why_oral"],
            informed=data["informed"],
            valid_to=data["valid_to"],
        )
        try:
            services.let_in(request.actor, found, body, unit, data["categories"], said, data["seen"], ask=True)
        except services.LetInAlready as already:
            # What stands is shown beside what it would become, and sending again means that it was seen.
            more["change"] = selectors.DoorChange(
                already.door, data["categories"], data["valid_to"] or lapses_latest(timezone.localdate())
            )
            typed = request.POST.copy()
            typed["seen"] = str(already.door.pk)
            form.data = typed
            raise

    return step(
        request,
        found,
        form,
        act,
        title=_("Luk nogen ind"),
        send=_("Gem borgerens ja"),
        said=_("Det er gemt, og de kan se det nu."),
        note=_(
            "Kun det, borgeren har sagt ja til, kan ses. Alle andre ser ingenting, heller ikke at der er et netværk."
        ),
        template="coordination/let_in.html",
        more=more,
    )


@require_POST
def take_back(request: ActingRequest, care_network_id: UUID, reader_id: UUID) -> HttpResponse:
    """The citizen takes the yes back."""
    found = inside_or_404(request, care_network_id)
    reader = found_or_404(selectors.find_reader(request.actor, found, reader_id))
    pressed(
        request,
        lambda: services.take_back(request.actor, reader),
        _("Døren er lukket. Det, der er fortalt, står stadig."),
    )
    return redirect("coordination:network", found.pk)


@either
def contact(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Write down somebody around the citizen."""
    found = inside_or_404(request, care_network_id)
    return step(
        request,
        found,
        forms.ContactForm(request.POST or None),
        lambda data: services.write_contact(request.actor, found, Contact(**data)),
        title=_("En kontakt"),
        send=_("Gem"),
        said=_("Kontakten er gemt."),
    )


@either
def contact_new(request: ActingRequest, care_network_id: UUID, network_contact_id: UUID) -> HttpResponse:
    """Somebody else takes over from a contact; what does not change stands in the form."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_contact(request.actor, found, network_contact_id))
    kept = {"place": row.place, "phone": row.phone, "hours": row.hours, "decides": row.decides}
    return step(
        request,
        found,
        forms.SuccessorForm(request.POST or None, initial=kept),
        lambda data: services.replace_contact(request.actor, row, Contact(role=row.role, **data)),
        title=_("Hvem kommer i stedet for %(name)s?") % {"name": row.name},
        send=_("Gem, og giv besked"),
        said=_(
            "Det er gemt. De, borgeren har lukket ind til hjælperne, har fået begge navne. Giv borgeren siden på papir."
        ),
    )


@require_POST
def contact_off(request: ActingRequest, care_network_id: UUID, network_contact_id: UUID) -> HttpResponse:
    """Somebody is no longer around the citizen."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_contact(request.actor, found, network_contact_id))
    pressed(request, lambda: services.end_contact(request.actor, row), _("Kontakten er taget af."))
    return redirect("coordination:network", found.pk)


@require_POST
def unwanted(request: ActingRequest, care_network_id: UUID, network_contact_id: UUID) -> HttpResponse:
    """The citizen does not want somebody told or invited, or has changed the choice."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_contact(request.actor, found, network_contact_id))
    off = not row.unwanted
    pressed(
        request,
        lambda: services.set_unwanted(request.actor, row, unwanted=off),
        _("Personen får intet at vide og bliver ikke inviteret.") if off else _("Personen er med igen."),
    )
    return redirect("coordination:network", found.pk)


@require_POST
def rest(request: ActingRequest, care_network_id: UUID, coordinator_id: UUID) -> HttpResponse:
    """Let the work rest, or take it up again."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_coordinator(request.actor, found, coordinator_id))
    resting = row.state == CoordinatorState.RESTING
    verb = services.resume if resting else services.rest
    pressed(
        request,
        lambda: verb(request.actor, row),
        _("Tovholderen er aktiv igen.")
        if resting
        else _("Opgaven er i bero. Tovholderen er stadig den, man ringer til."),
    )
    return redirect("coordination:network", found.pk)


@either
def end(request: ActingRequest, care_network_id: UUID, coordinator_id: UUID) -> HttpResponse:
    """The tovholder stops."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_coordinator(request.actor, found, coordinator_id))
    return step(
        request,
        found,
        forms.EndForm(request.POST or None),
        lambda data: services.end(request.actor, row, data["reason"]),
        title=_("%(name)s stopper som tovholder") % {"name": row.name},
        send=_("Gem"),
        said=_("Det er gemt. Var det den ansvarlige, kan de, borgeren har lukket ind til det, se det nu."),
        note=_("Har I en ny, så udpeg den i stedet: så er der aldrig ingen."),
    )


@either
def hand_out(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The citizen has got the card."""
    found = inside_or_404(request, care_network_id)
    return step(
        request,
        found,
        forms.HandOutForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda data: services.hand_out(request.actor, found, data["how"], data["on"]),
        title=_("Borgeren har fået kortet"),
        send=_("Gem"),
        said=_("Det er gemt."),
    )


@require_GET
def card(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The card on paper, for the citizen to keep."""
    found = inside_or_404(request, care_network_id)
    page = selectors.page(request.actor, found)
    if page.coordinator is None:
        messages.error(request, _("Der er ingen tovholder at fortælle om endnu."))
        return redirect("coordination:network", found.pk)
    look_at(request, found, Act.PRINT, "card")
    return as_pdf(card_paper(page), _("din-tovholder"))


@require_POST
def read_news(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """It is read."""
    found = network_or_404(request, care_network_id)
    pressed(request, lambda: services.read_news(request.actor, found), _("Det er gemt."))
    return redirect("coordination:network", found.pk)


@require_POST
def note_news(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """It is noted in the own journal."""
    found = network_or_404(request, care_network_id)
    pressed(request, lambda: services.note_news(request.actor, found), _("Det er noteret."))
    return redirect("coordination:network", found.pk)


@either
def close(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The network ends."""
    found = inside_or_404(request, care_network_id)
    return step(
        request,
        found,
        forms.EndForm(request.POST or None),
        lambda data: services.close(request.actor, found, data["reason"]),
        title=_("Afslut netværket"),
        send=_("Afslut netværket"),
        said=_("Netværket er slut. Ingen andre kan se det mere."),
        note=_("Alle døre lukkes, og tovholderen stopper. Det kan ikke gøres om, men et nyt netværk kan oprettes."),
    )

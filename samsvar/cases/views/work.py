"""What is done in a case: agreements, follow-up, the citizen's part, safety and notes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsvar.accounts.steps import either
from samsvar.cases.forms import work as forms
from samsvar.cases.models import InvolvementState
from samsvar.cases.selectors import around, whole
from samsvar.cases.services import children, safety
from samsvar.cases.services import work as services
from samsvar.cases.views.steps import actor_of, case_or_404, found_or_404, press, step
from samsvar.sharing import services as sharing


@either
def agree(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Agree who does what, or propose it. `?spoerg=besoeg` asks another whether a visit may be dangerous."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    asks = request.GET.get("spoerg") == "besoeg"
    form = forms.ActionForm(
        request.POST or None,
        parties=around.parties_of(actor, case),
        measures=around.measures_of(actor, case),
        people=around.own_people(actor),
        initial={
            "authority": None if asks else actor.authority_id,
            "what": _("Fortæl os, om et besøg kan være farligt, og om I vil med") if asks else "",
            "if_it_slips": _("Vi ringer til jer, før vi tager ud") if asks else "",
        },
    )

    def act(data: dict[str, Any]) -> str:
        services.agree(actor, case, data.pop("authority"), **data)
        return _("Aftalen er skrevet ned.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Aftal hvem gør hvad"),
        send=_("Gem aftalen"),
        page="agree",
        template="cases/table/agree.html",
    )


@either
def take(request: HttpRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """Take what another authority has proposed."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    action = found_or_404(whole.find_action(actor, case, action_id))
    hands_over = action.hands_over
    form = (
        forms.TakeOverForm(request.POST or None)
        if hands_over
        else forms.TakeForm(request.POST or None, initial={"who": action.who, "due_on": action.due_on})
    )

    def act(data: dict[str, Any]) -> str:
        services.take(actor, action, who=data.get("who", ""), due_on=data.get("due_on"))
        return _("I har handlingsansvaret nu.") if hands_over else _("I har taget opgaven.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Tag handlingsansvaret") if hands_over else _("Tag opgaven"),
        send=_("Vi tager det") if hands_over else _("Vi tager den"),
        page="take",
        more={"action": action, "holding": whole.holding_of(actor, case)},
    )


@require_POST
def decline(request: HttpRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """Do not take what another authority has proposed; no reason is asked for."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    action = found_or_404(whole.find_action(actor, case, action_id))

    def act() -> str:
        services.decline(actor, action)
        if action.hands_over:
            return _("I har svaret, at I ikke tager handlingsansvaret. Det ligger, hvor det lå.")
        return _("I har svaret, at I ikke tager opgaven. Det er et helt almindeligt svar.")

    return press(request, case, act)


@either
def done(request: HttpRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """What was agreed has been done."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    action = found_or_404(whole.find_action(actor, case, action_id))

    def act(data: dict[str, Any]) -> str:
        services.done(actor, action, **data)
        return _("Det er skrevet ned, at det er gjort.")

    return step(
        request,
        case,
        forms.DoneForm(request.POST or None),
        act,
        title=_("Det er gjort"),
        send=_("Gem"),
        page="done",
        more={"action": action},
    )


@either
def no_show(request: HttpRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """The citizen did not come: what is tried next."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    action = found_or_404(whole.find_action(actor, case, action_id))

    def act(data: dict[str, Any]) -> str:
        services.no_show(actor, action, **data)
        return _("Aftalen gælder stadig, med et nyt forsøg.")

    return step(
        request,
        case,
        forms.NoShowForm(request.POST or None),
        act,
        title=_("Borgeren kom ikke. Hvad så nu?"),
        send=_("Vi bliver ved"),
        page="no_show",
        more={"action": action},
    )


@either
def stop(request: HttpRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """Take back an own agreement or proposal."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    action = found_or_404(whole.find_action(actor, case, action_id))

    def act(data: dict[str, Any]) -> str:
        services.stop(actor, action, **data)
        return _("Aftalen er stoppet.")

    return step(
        request,
        case,
        forms.StopForm(request.POST or None),
        act,
        title=_("Stop aftalen"),
        send=_("Stop"),
        page="stop",
        more={"action": action},
    )


@either
def follow_up(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How it goes, and what is next."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        services.follow_up(actor, case, **data)
        return _("Opfølgningen er gemt.")

    return step(
        request,
        case,
        forms.FollowUpForm(request.POST or None),
        act,
        title=_("Følg op"),
        send=_("Gem opfølgningen"),
        page="follow_up",
    )


@require_POST
def nothing_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Intet nyt, in one key."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act() -> str:
        services.nothing_new(actor, case)
        return _("Intet nyt er skrevet ned. Ansvar, næste skridt og dato er, som de var.")

    return press(request, case, act)


@either
def involve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Whether and how the citizen is involved."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        services.involve(actor, case, InvolvementState(data.pop("state")), **data)
        return _("Det er skrevet ned, hvordan borgeren er inddraget.")

    return step(
        request,
        case,
        forms.InvolvementForm(request.POST or None),
        act,
        title=_("Inddrag borgeren"),
        send=_("Gem"),
        page="involve",
    )


@either
def decide_on_children(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has been decided about the children in the home."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        children.decide_on_children(actor, case, data["decision"])
        return _("Beslutningen om børnene er skrevet ned.")

    return step(
        request,
        case,
        forms.ChildrenForm(request.POST or None),
        act,
        title=_("Børn i hjemmet"),
        send=_("Gem beslutningen"),
        page="children",
    )


@either
def ban(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The citizen may not come to an office of the own authority."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        safety.ban(actor, case, **data)
        return _("Mødeforbuddet er skrevet ned.")

    return step(
        request,
        case,
        forms.BanForm(request.POST or None, people=around.own_people(actor)),
        act,
        title=_("Mødeforbud"),
        send=_("Gem"),
        page="ban",
    )


@require_POST
def lift_ban(request: HttpRequest, case_id: UUID, ban_id: UUID) -> HttpResponse:
    """The citizen may come again."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    found = found_or_404(whole.find_ban(actor, case, ban_id))

    def act() -> str:
        safety.lift_ban(actor, found)
        return _("Mødeforbuddet er ophævet.")

    return press(request, case, act)


@either
def advise(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Advice before a visit, kept at home until it is passed on."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        safety.advise(actor, case, data["answer"], advice=data["advice"], until=data["until"])
        return _("Rådet ligger hos jer selv. Videregiv det til dem, der skal på besøg.")

    return step(
        request,
        case,
        forms.AdviceForm(request.POST or None),
        act,
        title=_("Råd før et besøg"),
        send=_("Gem hos os"),
        page="advise",
        template="cases/table/advise.html",
    )


@either
def note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A note on the own side of the wall."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        sharing.keep_note(actor, case, data["text"], data["reach"])
        return _("Noten ligger hos jer selv.")

    return step(
        request,
        case,
        forms.NoteForm(request.POST or None),
        act,
        title=_("Egen note"),
        send=_("Gem noten"),
        page="note",
        template="cases/table/note.html",
        closed_too=True,
    )


@require_POST
def forget_note(request: HttpRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Throw away a note of one's own."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    found = found_or_404(whole.find_note(actor, case, note_id))

    def act() -> str:
        if not sharing.forget_note(actor, found):
            raise sharing.NothingSaid(_("Kun den, der har skrevet noten, kan slette den."))
        return _("Noten er slettet.")

    return press(request, case, act)

"""The list of cases, one case, search, and the steps that change who sits at the table and how the case stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.forms import case as forms
from samsvar.cases.models import Case, CloseReason, Standing
from samsvar.cases.selectors import around, finding, lists, whole
from samsvar.cases.services import closing, editing, responsibility, type_in, work
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.rows import log_in_case
from samsvar.cases.services.seats import at_table, has_left
from samsvar.cases.views.steps import actor_of, after, case_or_404, explain, found_or_404, lang, look, press, step
from samsvar.citizens.services import merge, undo_merge, unmask
from samsvar.postgres.actor import WITH_CITIZENS, attempt
from samsvar.postgres.pages import Pages
from samsvar.sharing.services import NotLawful, may_tell

PER_PAGE = 20
TYPE_IN_ROWS = 10


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases in reach: who holds each, since when, what is next."""
    actor = actor_of(request)
    form = forms.ListForm(request.GET, groups=lists.groups_of(actor))
    chosen = form.cleaned_data if form.is_valid() else {}
    group, show = chosen.get("gruppe"), chosen.get("vis", "")
    filters = lists.Filters(
        group_id=group.pk if group else None,
        mine=show == "vores",
        stale=show == "stille",
        waiting=show == "venter",
        closed=show == "afsluttede",
    )
    page = Pages(lists.case_list(actor, filters), PER_PAGE).get_page(request.GET.get("side"))
    rows = lists.rows(actor, page.object_list)
    record(actor, Act.LOOK, "case_list", detail={"ids": [str(row.case.pk) for row in rows]})
    return render(
        request,
        "cases/table/list.html",
        {
            "form": form,
            "page": page,
            "rows": rows,
            "filters": filters,
            "narrowed": bool(group or show),
            "sits": bool(actor.group_ids),
            "several_groups": len(actor.group_ids) > 1,
        },
    )


@require_GET
def case_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case whole: the table, the next step, who does what, the story, and the own side of the wall."""
    actor = actor_of(request)
    case = case_or_404(request, case_id)
    look(actor, case, "case")
    return render(request, "cases/table/case.html", _whole(request, case))


@require_GET
def paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case as a document: without category, traits and the own room's notes. Logged as a print.

    What is marked as being about somebody else, or as a hypothesis, comes with it only when asked for (R-002-79).
    """
    actor = actor_of(request)
    case = case_or_404(request, case_id)
    with_marked = request.GET.get("maerkede") == "med"
    log_in_case(actor, Act.PRINT, case, detail={"marked": True} if with_marked else {})
    whole = _whole(request, case)
    whole |= {"with_marked": with_marked, "has_marked": any(one.is_marked for one in whole["view"].contributions)}
    return render(request, "cases/table/paper.html", whole)


def _whole(request: HttpRequest, case: Case) -> dict[str, Any]:
    actor = actor_of(request)
    view = whole.case_view(actor, case)
    sits = at_table(actor, case) and case.closed_at is None and not has_left(actor, case)
    return {
        "case": case,
        "view": view,
        "sits": sits,
        "is_open": case.closed_at is None and not has_left(actor, case),
        "we_hold": bool(view.holding and actor.owns(view.holding.authority_id)),
        "own_authorities": actor.authority_ids,
        "may_tell_conditions": may_tell(actor) and case.closed_at is None,
        "pseudonym": sits and whole.has_own_pseudonym(actor, case),
        "lacks_name": editing.who_lacks_the_name(actor, case) if sits else [],
        "english": lang().startswith("en"),
        "lang": lang(),
    }


@either
def search(request: HttpRequest) -> HttpResponse:
    """Search in the own reach. What was typed is neither logged nor put into an address."""
    actor = actor_of(request)
    form = forms.SearchForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        most = finding.MOST_FOUND if "all" in request.POST else finding.FIRST_FOUND
        found = finding.search(actor, form.cleaned_data["q"], closed=form.cleaned_data["closed"], most=most)
        record(actor, Act.SEARCH, "case", detail={"ids": [str(case.pk) for case in found.cases]})
    rows = lists.rows(actor, found.cases) if found else []
    return render(
        request,
        "cases/table/search.html",
        {
            "form": form,
            "found": found,
            "rows": rows,
            "first": len(rows) <= finding.FIRST_FOUND,
            # Offered for every number alike: who may know of a tovholder is answered there, and there alone.
            "asks_for_coordinator": actor.is_any(*WITH_CITIZENS),
        },
    )


@either
def place(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the handlingsansvar, or propose that another of the parties does."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    parties = around.parties_of(actor, case)
    holding = whole.holding_of(actor, case)
    form = forms.PlaceForm(request.POST or None, parties=parties, initial={"seen": holding.pk if holding else None})

    def act(data: dict[str, Any]) -> str:
        who = data["authority"]
        if actor.owns(who.pk) or (holding and holding.authority_id == who.pk):
            responsibility.place(actor, case, who, reason=data["reason"], seen=data["seen"])
            return _("%(who)s har handlingsansvaret nu.") % {"who": who.name}
        work.hand_over(actor, case, who, reason=data["reason"], seen=data["seen"])
        return _("%(who)s er spurgt. Handlingsansvaret ligger, hvor det lå, til de siger ja.") % {"who": who.name}

    return step(
        request,
        case,
        form,
        act,
        title=_("Placér handlingsansvaret"),
        send=_("Gem"),
        page="place",
        more={"holding": holding},
        template="cases/table/place.html",
    )


@either
def wait(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let the case wait for information, for a mandate or until a day."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        responsibility.wait(actor, case, Standing(data["standing"]), note=data["note"], until=data["until"])
        return _("Sagen venter. Handlingsansvaret ligger, hvor det lå.")

    return step(
        request, case, forms.WaitForm(request.POST or None), act, title=_("Lad sagen vente"), send=_("Gem"), page="wait"
    )


@require_POST
def resume(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The wait is over."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act() -> str:
        responsibility.resume(actor, case)
        return _("Sagen venter ikke længere.")

    return press(request, case, act)


@either
def edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Mend the facts; when two do it at once, one is told and keeps the text."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    names = [name for name in editing.FACTS if name != "category_id"]
    initial = {name: getattr(case, name) for name in names} | {
        "category": case.category_id,
        "seen": editing.stamp(case),
    }
    form = forms.EditForm(
        request.POST or None,
        initial=initial,
        criteria=around.criteria_of(actor, case),
        categories=around.categories_of(actor, case),
        english=lang().startswith("en"),
    )

    def act(data: dict[str, Any]) -> str:
        category = data.pop("category")
        facts = data | {"category_id": category.pk if category else None}
        changed = editing.edit(actor, case, facts, seen=data["seen"])
        return _("Rettelsen er gemt.") if changed else _("Der var ikke noget at rette.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Ret oplysninger"),
        send=_("Gem"),
        page="edit",
        template="cases/table/edit.html",
        more={"stamp": editing.stamp(case)},
    )


@either
def bring_in(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let another authority join the table."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    form = forms.BringInForm(request.POST or None, possible=around.possible_parties(actor, case))

    def act(data: dict[str, Any]) -> str:
        joining = list(data["authorities"])
        editing.let_in(actor, case, joining, necessity=data["necessity"])
        return _("%(who)s er med nu.") % {"who": "; ".join(one.name for one in joining)}

    return step(
        request,
        case,
        form,
        act,
        title=_("Tag en myndighed med i sagen"),
        send=_("Tag med"),
        page="bring_in",
        template="cases/table/bring_in.html",
    )


@either
def step_out(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The own authority leaves the table."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        closing.step_out(actor, case, why=data["why"])
        return _("I er trådt ud af sagen.")

    return step(
        request,
        case,
        forms.StepOutForm(request.POST or None),
        act,
        title=_("Træd ud af sagen"),
        send=_("Træd ud"),
        page="step_out",
        template="cases/table/step_out.html",
    )


@require_POST
def say_name(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say the citizen's name at the table, with one key."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act() -> str:
        told = editing.say_name(actor, case)
        if not told:
            return _("Alle parter kender navnet.")
        return _("Navnet er sagt til %(who)s.") % {"who": "; ".join(one.name for one in told)}

    return press(request, case, act)


@either
def lift_pseudonym(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The citizen says who they are: the name may be used from now on."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    if not whole.has_own_pseudonym(actor, case):
        found_or_404(None)

    def act(data: dict[str, Any]) -> str:
        told = editing.lift_pseudonym(actor, case, data["name"], words=data["words"])
        if not told:
            return _("Navnet er skrevet ned hos jer selv.")
        return _("Navnet er skrevet ned, og %(who)s ser det nu.") % {"who": "; ".join(one.name for one in told)}

    return step(
        request,
        case,
        forms.LiftForm(request.POST or None),
        act,
        title=_("Borgeren siger, hvem de er"),
        send=_("Skriv navnet ned"),
        page="lift_pseudonym",
        template="cases/table/lift_pseudonym.html",
    )


@either
def assign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put one of the own people on the case."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    form = forms.AssignForm(request.POST or None, people=around.own_people(actor))

    def act(data: dict[str, Any]) -> str:
        editing.assign(actor, case, data["capacity"], reason=data["reason"])
        return _("%(who)s kan se sagen nu.") % {"who": data["capacity"].person.name}

    return step(request, case, form, act, title=_("Sæt en kollega på"), send=_("Sæt på"), page="assign")


@require_POST
def unassign(request: HttpRequest, case_id: UUID, assignment_id: UUID) -> HttpResponse:
    """Take one of the own people off the case."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    assignment = found_or_404(whole.find_assignment(actor, case, assignment_id))

    def act() -> str:
        editing.unassign(actor, assignment)
        return _("Personen ser ikke længere sagen.")

    return press(request, case, act)


@either
def show_number(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The CPR number, for one who says why. It is shown once, in the answer to this very request."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    identity = found_or_404(case.identity)
    form = forms.UnmaskForm(request.POST or None)
    number = ""
    if request.method == "POST" and form.is_valid():
        number = unmask(actor, identity, form.cleaned_data["purpose"])
    look(actor, case, "number")
    return render(
        request,
        "cases/table/number.html",
        {
            "case": case,
            "form": form,
            "number": number,
            "asked": request.method == "POST" and form.is_valid(),
            "base": "cases/table/part.html" if request.headers.get("HX-Request") else "base.html",
        },
    )


@either
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Close the case, after naming what ends with it."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    before = whole.before_closing(actor, case)

    def act(data: dict[str, Any]) -> str:
        closing.close(
            actor,
            case,
            CloseReason(data["reason"]),
            note=data["note"],
            outcome=data["outcome"],
            good_for_citizen=data["good_for_citizen"],
            proposals=data.get("proposals", ""),
        )
        return _("Sagen er afsluttet.")

    return step(
        request,
        case,
        forms.CloseForm(request.POST or None, unanswered=bool(before.proposals)),
        act,
        title=_("Afslut sagen"),
        send=_("Afslut sagen"),
        page="close",
        template="cases/table/close.html",
        more={"before": before},
    )


@either
def same_person(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Two citizens turn out to be one: logged, and can be undone."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    found_or_404(case.identity)
    form = forms.SamePersonForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        other = finding.case_by_reference(actor, case.partnership_id, data["other"])
        if other is None or other.identity is None or case.identity is None:
            raise CaseError(_("Der er ingen sag med det nummer, hvor du kan se, hvem borgeren er."))
        if merge(actor, case.identity, other.identity, data["reason"]) is None:
            raise CaseError(_("De to kunne ikke lægges sammen. Måske er de lagt sammen i forvejen."))
        return _("De to er én borger nu. Det kan fortrydes.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Det er den samme borger"),
        send=_("Læg sammen"),
        page="same_person",
        closed_too=True,
    )


@require_POST
def not_same_person(request: HttpRequest, case_id: UUID, merge_id: UUID) -> HttpResponse:
    """Take two citizens apart again."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    found = found_or_404(whole.find_merge(actor, case, merge_id))

    def act() -> str:
        if not undo_merge(actor, found.pk):
            raise CaseError(_("Det kunne ikke fortrydes."))
        return _("De to er skilt ad igen.")

    return press(request, case, act)


@either
def type_in_page(request: HttpRequest) -> HttpResponse:
    """Type in today's open cases when a group goes live: ten rows at a time, all saved or none."""
    actor = actor_of(request)
    groups = lists.groups_of(actor)
    others = around.fellow_authorities(actor)
    head = forms.TypeInHeadForm(request.POST or None, groups=groups, prefix="h")
    rows = formset_factory(forms.TypeInRow, extra=TYPE_IN_ROWS, max_num=TYPE_IN_ROWS, absolute_max=TYPE_IN_ROWS)(
        request.POST or None, form_kwargs={"others": others}, prefix="r"
    )
    if request.method == "POST" and head.is_valid() and rows.is_valid():
        wanted = [form for form in rows if form.has_changed()]
        made = _typed_in(request, head, wanted)
        if made is not None:
            messages.success(
                request,
                ngettext("%(count)s sag er skrevet ind.", "%(count)s sager er skrevet ind.", made) % {"count": made},
            )
            return redirect("cases:list")
    return render(request, "cases/table/type_in.html", {"head": head, "rows": rows, "sits": bool(actor.group_ids)})


def _typed_in(request: HttpRequest, head: forms.TypeInHeadForm, wanted: list[forms.TypeInRow]) -> int | None:
    """How many cases were made; None when a row was refused, which then says why."""
    actor = actor_of(request)
    if not wanted:
        head.add_error(None, _("Skriv mindst én sag."))
        return None
    current = wanted[0]
    try:
        with attempt():
            for current in wanted:
                type_in.type_in(
                    actor,
                    head.cleaned_data["group"],
                    type_in.OpenCase(**current.cleaned_data),
                    necessity=head.cleaned_data["necessity"],
                )
    except (CaseError, NotLawful) as refused:
        current.add_error(None, explain(actor, head.cleaned_data["group"], refused))
        return None
    after(request, None, head)
    return len(wanted)

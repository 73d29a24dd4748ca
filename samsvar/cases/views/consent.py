"""The citizen's yes and no on the case, and what leaders read of what was done against a no."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.forms import telling as forms
from samsvar.cases.selectors import around
from samsvar.cases.services.editing import brought_in_ids
from samsvar.cases.services.seats import locked
from samsvar.cases.views.steps import actor_of, case_or_404, found_or_404, lang, press, step
from samsvar.law.kinds import AuthorityKind
from samsvar.postgres.actor import attempt
from samsvar.sharing import selectors as door
from samsvar.sharing import services as sharing


@either
def take(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down what the citizen has said yes to."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    others = around.others_of(actor, case)
    form = forms.ConsentForm(
        request.POST or None,
        others=others,
        lang=lang(),
        initial={
            "receivers": list(others) if len(others) == 1 else [],
            "given": case.identity.name if case.identity else "",
        },
    )

    def act(data: dict[str, Any]) -> str:
        row = sharing.take_consent(actor, locked(case), **data)
        if row.missing:
            return _("Samtykket gælder først, når alle har sagt ja.")
        return _("Samtykket er skrevet ned.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Borgerens samtykke"),
        send=_("Gem samtykket"),
        page="consent",
        template="cases/table/consent.html",
        more={"by_police": actor.authority_kind == AuthorityKind.POLICE},
    )


@require_POST
def says_yes_too(request: HttpRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """One who was missing has said yes."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    row = found_or_404(door.find_consent(actor, case.pk, consent_id))

    def act() -> str:
        sharing.says_yes_too(actor, row, request.POST.get("who", ""))
        return _("Samtykket gælder nu.") if not row.missing else _("Der mangler stadig nogen at sige ja.")

    return press(request, case, act)


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """The citizen takes the yes back."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    row = found_or_404(door.find_consent(actor, case.pk, consent_id))

    def act() -> str:
        sharing.withdraw_consent(actor, row)
        return _("Samtykket er trukket tilbage. Intet mere kan bygge på det; det, der er fortalt, er fortalt.")

    return press(request, case, act)


@either
def say_no(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down what the citizen says no to, for all at the table."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    form = forms.NoForm(request.POST or None, parties=around.parties_of(actor, case))

    def act(data: dict[str, Any]) -> str:
        sharing.note_no(actor, locked(case), data.pop("to"), **data)
        return _("Borgerens nej står øverst i sagen, så alle ser det.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Borgeren siger nej"),
        send=_("Gem"),
        page="no",
        template="cases/table/say_no.html",
    )


@require_POST
def end_no(request: HttpRequest, case_id: UUID, no_id: UUID) -> HttpResponse:
    """The citizen no longer says no."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    row = found_or_404(door.find_no(actor, case.pk, no_id))

    def act() -> str:
        sharing.end_no(actor, row)
        return _("Borgeren siger ikke længere nej.")

    return press(request, case, act)


@either
def contact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down who of the own people is in touch with the citizen."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        sharing.write_contact(actor, locked(case), **data)
        return _("Kontakten er skrevet ned hos jer selv.")

    return step(
        request,
        case,
        forms.ContactForm(request.POST or None),
        act,
        title=_("Kontakt til borgeren"),
        send=_("Gem hos os"),
        page="contact",
        template="cases/table/contact.html",
    )


@either
def tell_contact(request: HttpRequest, case_id: UUID, unit_contact_id: UUID) -> HttpResponse:
    """Tell named parties of a contact; one under § 99 only those whom the citizen has said yes to."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    row = found_or_404(door.find_contact(actor, case.pk, unit_contact_id))
    form = forms.TellForm(request.POST or None, others=around.others_of(actor, case))

    def act(data: dict[str, Any]) -> str:
        here = locked(case)
        given = {**data, "receivers": list(data["receivers"])}
        sharing.tell_contact(actor, here, row, brought_in=brought_in_ids(here), **given)
        return _("Kontakten er fortalt til dem, I valgte.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Fortæl om kontakten"),
        send=_("Videregiv til de valgte"),
        page="tell_contact",
        template="cases/table/tell_contact.html",
        more={"contact": row},
    )


@require_POST
def end_contact(request: HttpRequest, case_id: UUID, unit_contact_id: UUID) -> HttpResponse:
    """The contact has ended."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    row = found_or_404(door.find_contact(actor, case.pk, unit_contact_id))

    def act() -> str:
        sharing.end_contact(actor, case, row)
        return _("Kontakten er taget ud hos alle.")

    return press(request, case, act)


@either
def help_without_consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down a decision to help without the citizen's consent."""
    actor, case = actor_of(request), case_or_404(request, case_id)

    def act(data: dict[str, Any]) -> str:
        sharing.decide_help(actor, locked(case), **data)
        return _("Afgørelsen er skrevet ned hos jer selv.")

    return step(
        request,
        case,
        forms.HelpForm(request.POST or None),
        act,
        title=_("Hjælp uden samtykke (servicelovens § 82)"),
        send=_("Gem hos os"),
        page="help",
        template="cases/table/help.html",
    )


@require_GET
def overrides(request: HttpRequest) -> HttpResponse:
    """What the own authority passed on although the citizen had said no, for its leaders."""
    actor = actor_of(request)
    if not actor.is_any("releaser"):
        found_or_404(None)
    rows = door.overrides_of(actor)
    record(actor, Act.LOOK, "override_list", detail={"ids": [str(row.pk) for row in rows]})
    return render(
        request,
        "cases/table/overrides.html",
        {"rows": rows, "form": forms.VerdictForm(), "me": actor.person_id},
    )


@require_POST
def review(request: HttpRequest, override_id: UUID) -> HttpResponse:
    """A leader's view of one of them."""
    actor = actor_of(request)
    row = found_or_404(door.find_override(actor, override_id))
    form = forms.VerdictForm(request.POST)
    try:
        with attempt():
            sharing.review_override(actor, row, form.cleaned_data["verdict"] if form.is_valid() else "")
    except sharing.NothingSaid as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Din vurdering er gemt."))
    return redirect("cases:overrides")

"""Telling the citizen what has been passed on, from the task on Mit bord to the letter on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samsvar.accounts.steps import either
from samsvar.cases.models import Case
from samsvar.cases.views.steps import actor_of, case_or_404, found_or_404, look
from samsvar.documents.answers import as_pdf
from samsvar.law.exemptions import usable
from samsvar.law.kinds import AuthorityKind
from samsvar.law.packs import current
from samsvar.letters import drafts, papers
from samsvar.letters.forms.notices import HearForm, HoldBackForm, TellForm
from samsvar.letters.selectors import notices as selectors
from samsvar.letters.services import notices as services
from samsvar.letters.services.errors import LetterError
from samsvar.postgres.actor import Actor, attempt


def _is_health(actor: Actor) -> bool:
    """Whether the duty to tell is the health law's (L12)."""
    return AuthorityKind(actor.authority_kind) in current(timezone.localdate()).health_kinds


def _draft(actor: Actor, case: Case, letter_lang: str) -> str:
    sender = selectors.sender_of(actor)
    return drafts.to_the_citizen(
        selectors.as_passed(actor, selectors.untold(actor, case)),
        name=case.identity.name if case.identity else "",
        unit=sender.unit,
        phone=sender.phone,
        is_health=_is_health(actor),
        lang=letter_lang,
    )


@either
def tell(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the citizen has not been told yet, a letter that tells it, and the reasoned way not to."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    letter_lang = "en" if request.GET.get("sprog") == "en" else "da"
    sent = request.POST.get("form")
    telling = TellForm(
        request.POST if sent == "tell" else None,
        initial={"words": _draft(actor, case, letter_lang), "language": letter_lang},
    )
    holding = HoldBackForm(
        request.POST if sent == "hold_back" else None,
        leaders=selectors.leaders_of(actor, timezone.localdate()),
        exemptions=usable(actor.authority_kind, actor.regime, timezone.localdate()),
    )
    hearing = HearForm(request.POST if sent == "hear" else None)
    if request.method == "POST":
        form = {"tell": telling, "hold_back": holding, "hear": hearing}.get(sent or "")
        if form is not None and form.is_valid():
            try:
                with attempt():
                    if form is telling:
                        notice = services.tell(actor, case, **telling.cleaned_data)
                        messages.success(request, _("Det er skrevet ned, at borgeren har fået det at vide."))
                        return redirect("letters:notice", notice.pk)
                    if form is holding:
                        services.hold_back(actor, case, **holding.cleaned_data)
                        messages.success(
                            request, _("Det er skrevet ned, hvorfor borgeren ikke har fået det at vide endnu.")
                        )
                    else:
                        services.hear(actor, case, **hearing.cleaned_data)
                        messages.success(request, _("Ordene er skrevet ned."))
                return redirect("letters:tell", case.pk)
            except LetterError as refused:
                form.add_error(None, str(refused))
    look(actor, case, "tell_citizen")
    return render(
        request,
        "letters/tell.html",
        {
            "case": case,
            "telling": telling,
            "holding": holding,
            "hearing": hearing,
            "open": sent or "",
            "untold": selectors.as_passed(actor, selectors.untold(actor, case)),
            "notices": list(selectors.notices_of(actor, case)),
            "words": list(selectors.words_of(actor, case)),
            "letter_lang": letter_lang,
        },
    )


@require_safe
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice as it was made."""
    actor = actor_of(request)
    found = found_or_404(selectors.find_notice(actor, notice_id))
    look(actor, found.case, "notice")
    return render(request, "letters/notice.html", {"notice": found, "case": found.case})


@require_safe
def notice_letter(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The letter to the citizen on paper; taking it out is logged."""
    actor = actor_of(request)
    found = found_or_404(selectors.find_notice(actor, notice_id))
    found_or_404(found.words or None)
    services.printed(actor, found)
    paper = papers.citizen_letter(found, selectors.sender_of(actor), selectors.own_identity(actor, found.case))
    return as_pdf(paper, "brev-til-borgeren")

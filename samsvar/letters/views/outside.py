"""Letters to those outside the circle."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samsvar.accounts.steps import either
from samsvar.cases.models import Case
from samsvar.cases.views.steps import actor_of, case_or_404, explain, found_or_404, lang, look
from samsvar.documents.answers import as_pdf
from samsvar.law.kinds import InformationType, Purpose
from samsvar.law.warnings import suspicious
from samsvar.letters import drafts, papers
from samsvar.letters.forms.outside import AcknowledgeForm, OutsideForm
from samsvar.letters.models import OutsideKind
from samsvar.letters.selectors import outside as selectors
from samsvar.letters.selectors.notices import sender_of
from samsvar.letters.services import outside as services
from samsvar.letters.services.errors import LetterError
from samsvar.postgres.actor import Actor, attempt
from samsvar.sharing.services import NothingSaid, NotLawful

USUAL = {
    OutsideKind.OWN_DOCTOR: [InformationType.CONCERN, InformationType.HEALTH],
    OutsideKind.HOUSING: [InformationType.CONCERN, InformationType.HOUSING],
}


def _first(actor: Actor, case: Case, kind: OutsideKind, letter_lang: str) -> dict[str, object]:
    sender = sender_of(actor)
    born = case.identity.birth_year if case.identity else None
    citizen = f"{case.identity.name}{f' ({born})' if born else ''}" if case.identity and case.identity.name else ""
    return {
        "words": drafts.to_an_outsider(
            kind,
            name="",
            citizen=citizen,
            unit=sender.unit,
            phone=sender.phone,
            contact=selectors.psychiatry_at_the_table(actor, case),
            lang=letter_lang,
        ),
        "language": letter_lang,
        "information_types": [one.value for one in USUAL.get(kind, [InformationType.CONCERN])],
        "purpose": Purpose.HELP.value,
        "consent_by": case.identity.name if case.identity else "",
        "secrecy_order": True,
    }


@either
def write(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write to the own doctor, a housing association, a relative or another, one way."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    asked = request.GET.get("til", "")
    kind = OutsideKind(asked) if asked in OutsideKind else OutsideKind.OWN_DOCTOR
    letter_lang = "en" if request.GET.get("sprog") == "en" else "da"
    form = OutsideForm(request.POST or None, kind=kind, initial=_first(actor, case, kind, letter_lang))
    looks_again = False
    if request.method == "POST" and form.is_valid():
        content = form.content(kind)
        notices = [notice.text(lang()) for notice in suspicious(f"{content.words}\n{content.necessity}")]
        if services.carries_marked(actor, case, content.words):
            notices.append(str(services.MARKED))
        if notices and request.POST.get("looked") != "1":
            looks_again = True
            for one in [*notices, _("Er det rigtigt, som det står, så send igen.")]:
                form.add_error(None, one)
        else:
            try:
                with attempt():
                    letter = services.send_letter(
                        actor, case, content, form.grounds(), deliberate=request.POST.get("looked") == "1"
                    )
            except (LetterError, NothingSaid, NotLawful) as refused:
                form.add_error(None, explain(actor, case, refused))
            else:
                messages.success(request, _("Brevet er skrevet ned som en videregivelse. Skriv det ud, og send det."))
                return redirect("letters:outside_letter", letter.pk)
    look(actor, case, "outside_letter")
    return render(
        request,
        "letters/write.html",
        {
            "case": case,
            "form": form,
            "kinds": [(one, one.label) for one in OutsideKind],
            "kind": kind,
            "looks_again": looks_again,
            "letters": list(selectors.letters_of(actor, case)),
            "letter_lang": letter_lang,
            "consents": selectors.consents_outside(actor, case),
            "contact": selectors.psychiatry_at_the_table(actor, case),
        },
    )


@either
def outside_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter as it was sent, and whether its receiver has said yes to the order of secrecy."""
    actor = actor_of(request)
    letter = found_or_404(selectors.find_letter(actor, letter_id))
    form = AcknowledgeForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.acknowledge(actor, letter, form.cleaned_data["on"])
        except LetterError as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("Det er skrevet ned, at modtageren har sagt ja."))
            return redirect("letters:outside_letter", letter.pk)
    look(actor, letter.case, "outside_letter")
    return render(
        request,
        "letters/outside.html",
        {
            "letter": letter,
            "case": letter.case,
            "form": form,
            "passed": selectors.disclosures_of_letter(actor, letter),
        },
    )


@require_safe
def outside_paper(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter on paper; taking it out is logged."""
    actor = actor_of(request)
    letter = found_or_404(selectors.find_letter(actor, letter_id))
    services.printed(actor, letter)
    return as_pdf(papers.outside_letter(letter, sender_of(actor)), "brev")

"""Telling the citizen of a concern that was received and never became a case here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samsvar.cases.forms.notice import ConcernNoticeForm
from samsvar.cases.services import notice as services
from samsvar.cases.services.concerns import shows_who
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.concerns import found_concern, look
from samsvar.cases.views.steps import actor_of, found_or_404, lang
from samsvar.law.exemptions import receivers_duty, usable
from samsvar.postgres.actor import attempt


@require_http_methods(["GET", "POST"])
def concern_notice(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The citizen knows now, or does not know yet for a reason that lapses."""
    actor, found = actor_of(request), found_concern(actor_of(request), concern_id)
    found_or_404(services.owes(actor, found) or None)
    today = timezone.localdate()
    duty = receivers_duty(actor.regime, today)
    form = ConcernNoticeForm(
        request.POST if request.method == "POST" else None,
        exemptions=usable(actor.authority_kind, actor.regime, today),
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            with attempt():
                if form.is_told:
                    services.told(actor, found)
                else:
                    services.not_told(
                        actor,
                        found,
                        why_not=given["why_not"],
                        paragraph=given["paragraph"],
                        review_on=given["review_on"],
                    )
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("Det er skrevet ned, at borgeren ved det.")
                if form.is_told
                else _("Det er skrevet ned, hvorfor borgeren ikke ved det endnu."),
            )
            return redirect("web:desk")
    look(actor, found)
    return render(
        request,
        "cases/intake/notice.html",
        {
            "concern": found,
            "form": form,
            "own": actor.owns(found.authority_id),
            "shows_who": shows_who(actor, found),
            "law": duty.source(lang()) if duty else "",
        },
        status=400 if form.errors else 200,
    )

"""Who sits at our table, and the own card."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samsvar.accounts.middleware import ActingRequest
from samsvar.partnerships import selectors, services
from samsvar.partnerships.forms import CardForm
from samsvar.partnerships.views.pages import form_page


@require_GET
def contacts(request: ActingRequest) -> HttpResponse:
    """Named people with phone and hours; the own members first, whom one asks before others (R-000-13, R-000-14)."""
    actor = request.actor
    places = [(place, selectors.tables(actor, place)) for place in selectors.partnerships_of(actor)]
    return render(
        request,
        "partnerships/contacts.html",
        {
            "ours": selectors.our_members(actor),
            "places": places,
            "numbers": selectors.emergency_contacts(actor),
        },
    )


@require_http_methods(["GET", "POST"])
def card(request: ActingRequest) -> HttpResponse:
    """Mend the own card."""
    post = selectors.own_post(request.actor)
    form = CardForm(request.POST or None, initial={"phone": post.phone, "hours": post.hours})
    return form_page(
        request,
        form,
        lambda data: services.edit_own_card(request.actor, phone=data["phone"], hours=data["hours"]),
        title=_("Mit kort"),
        intro=_("Det står i kontaktlisten. Kolleger ringer til et menneske, ikke til en postkasse."),
        back=reverse("partnerships:contacts"),
        above=[(_("Kontakter"), reverse("partnerships:contacts"))],
    )

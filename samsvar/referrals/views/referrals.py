"""From one unit to another: choose what and whom, write, send, answer, and follow it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import done, either, found_or_404, one_form, points_out, pressed, version_seen
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.views.steps import explain
from samsvar.directory.cards import cards_of
from samsvar.directory.selectors.entries import entry_of
from samsvar.referrals import services
from samsvar.referrals.forms import referrals as forms
from samsvar.referrals.forms.yes import YesForm
from samsvar.referrals.models import Referral, ReferralState
from samsvar.referrals.selectors import referrals as selectors
from samsvar.referrals.services import ReferralError
from samsvar.referrals.views.links import look_at_referral
from samsvar.referrals.warnings import advice, notices
from samsvar.sharing.services import NotLawful

REFUSALS = (ReferralError, NotLawful)


def _found(request: ActingRequest, referral_id: UUID) -> Referral:
    """One that the actor's unit has a part in, or the one answer for none and for somebody else's."""
    row = selectors.find_referral(request.actor, referral_id)
    if row is None:
        record_refusal(request.actor, "referral", referral_id, "not_in_reach")
        raise Http404
    return row


@require_GET
def box(request: ActingRequest) -> HttpResponse:
    """What one's unit has been asked, and what it has asked."""
    if not services.may_use(request.actor):
        turn_away(request.actor, "referral")
    found = selectors.box(request.actor, request.GET.get("side"))
    if found.citizen_ids:
        record(request.actor, Act.LOOK, "referrals", detail={"ids": found.citizen_ids})
    return render(request, "referrals/box.html", {"box": found, "raised": selectors.raised(request.actor)})


@require_GET
def choose(request: ActingRequest) -> HttpResponse:
    """The units to which one's own may send, by the matrix; the rest are found in the directory."""
    if not services.may_use(request.actor):
        turn_away(request.actor, "referral")
    follows = _followed(request)
    return render(
        request,
        "referrals/choose.html",
        {"doors": selectors.receivers(request.actor), "follows": follows},
    )


def _followed(request: ActingRequest) -> Referral | None:
    """What the new one goes on from, as the address names it."""
    given = request.GET.get("efter", "")
    if not given:
        return None
    try:
        row = _found(request, UUID(given))
    except ValueError as error:
        raise Http404 from error
    look_at_referral(request, row)
    return row


@either
def start(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """Ask something of a unit. A shut way shows the right one; one that nobody knows shows the shared inbox."""
    if not services.may_use(request.actor):
        turn_away(request.actor, "referral")
    receiver = found_or_404(entry_of(request.actor, entry_id))
    follows = _followed(request)
    senders = selectors.own_entries(request.actor, receiver.partnership_id)
    sender = next(
        (one for one in senders if str(one.pk) == request.POST.get("sender")), senders[0] if senders else None
    )
    found = selectors.choice(request.actor, sender, receiver) if sender else None
    form = None
    if found and found.opened:
        form = forms.StartForm(request.POST or None, opened=found.opened, senders=senders, known=follows is not None)
        made: list[Referral] = []

        def act() -> None:
            key = form.cleaned_data["template"]
            made.append(services.start(request.actor, form.own_page, receiver, key, form.whom, follows))

        if request.method == "POST" and done(form, act, refusals=REFUSALS):
            return redirect("referrals:referral", made[0].pk)
    return render(
        request,
        "referrals/start.html",
        {
            "entry": receiver,
            "choice": found,
            "form": form,
            "follows": follows,
            # What the law keeps them from, before they are asked for it.
            "may_not": cards_of(receiver.kind)[1],
        },
        status=400 if form is not None and form.errors else 200,
    )


@either
def referral(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """A draft to write, what has come back to mend, or the thread."""
    row = _found(request, referral_id)
    look_at_referral(request, row)
    page = selectors.page(request.actor, row)
    if page.sender and row.state in (ReferralState.DRAFT, ReferralState.RETURNED):
        return _write(request, page)
    if request.method == "POST":
        return redirect("referrals:referral", row.pk)
    return render(request, "referrals/referral.html", {"page": page})


def _write(request: ActingRequest, page: selectors.ReferralPage) -> HttpResponse:
    row = page.row
    form = forms.WriteForm(
        request.POST or None,
        template=row.template,
        said=row.said,
        basis=row.basis,
        bases=page.bases,
        basis_help=page.basis_help,
    )
    version = version_seen(request)
    looks_again, status = False, 200
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST or "yes" in request.POST:
            # What has come back is read by the receiver: it is changed by sending it again, and no draft of it is kept.
            if row.state == ReferralState.RETURNED or done(
                form, lambda: services.write(request.actor, row, form.said, version), refusals=REFUSALS
            ):
                return redirect("referrals:yes" if "yes" in request.POST else "referrals:referral", row.pk)
        elif form.demand_all() and request.POST.get("looked") != "1":
            looks_again = points_out(form, notices(row.template, form.said))
        if not form.errors and _sent(request, row, form, version):
            messages.success(request, _("Sendt. Kvitteringen står i tråden."))
            return redirect("referrals:referral", row.pk)
    if form.is_bound and form.errors:
        status = 400
    return render(
        request,
        "referrals/write.html",
        {
            "page": page,
            "form": form,
            "yes": YesForm(initial={"given": row.name}) if page.needs_yes else None,
            "looks_again": looks_again,
        },
        status=status,
    )


def _sent(request: ActingRequest, row: Referral, form: forms.WriteForm, version: int | None) -> bool:
    """Whether it was sent. What the law lacks is said in its own words."""
    return done(
        form,
        lambda: services.send(request.actor, row, form.said, form.basis, version),
        refusals=REFUSALS,
        words=_explained(request, row),
    )


def _explained(request: ActingRequest, row: Referral) -> Callable[[Exception], str]:
    """What a refusal says; what the law does not allow is explained, and logged as refused."""
    return lambda refused: explain(request.actor, row, refused)


def _step(
    request: ActingRequest,
    row: Referral,
    form: Any,
    act: Callable[[], object],
    *,
    title: str,
    send: str,
    said: str,
    note: str = "",
    second_look: Callable[[dict[str, Any]], Sequence[str]] | None = None,
) -> HttpResponse:
    """Show one form about it, or do what it asks and go back to it."""
    return one_form(
        request,
        form,
        lambda _data: act(),
        template="referrals/step.html",
        told={"row": row, "title": title, "send": send, "note": note},
        back_url=reverse("referrals:referral", args=[row.pk]),
        look=lambda: look_at_referral(request, row),
        said=said,
        refusals=REFUSALS,
        second_look=second_look,
        words=_explained(request, row),
    )


@either
def yes(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """The citizen's yes."""
    row = _found(request, referral_id)
    if not services.of_sender(request.actor, row):
        raise Http404
    for key, agrees, said in (
        ("too", True, _("Skrevet ned: der er sagt ja.")),
        ("against", False, _("Skrevet ned: der er sagt nej. Det kan ikke sendes på det samtykke.")),
    ):
        if name := request.POST.get(key, "")[:120]:
            act = partial(services.hear_another, name=name, agrees=agrees)
            return _pressed(request, row, act, said)
    form = YesForm(request.POST or None, initial={"given": row.name})
    return _step(
        request,
        row,
        form,
        lambda: services.take_yes(request.actor, row, form.yes),
        title=_("Borgerens ja"),
        send=_("Borgeren har sagt ja"),
        said=_("Borgerens ja er skrevet ned."),
        note=_yes_note(row),
    )


def _yes_note(row: Referral) -> str:
    return _("Ja til, at %(one)s og %(other)s skriver sammen om det her, og til ikke andet.") % {
        "one": row.from_entry.name,
        "other": row.to_entry.name,
    }


def _for_receiver(request: ActingRequest, referral_id: UUID) -> Referral:
    row = _found(request, referral_id)
    if not services.of_receiver(request.actor, row):
        raise Http404
    return row


@either
def missing(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """Back to the sender with what is missing."""
    row = _for_receiver(request, referral_id)
    form = forms.MissingForm(request.POST or None)
    return _step(
        request,
        row,
        form,
        lambda: services.send_back(request.actor, row, form.missing),
        title=_("Der mangler noget"),
        send=_("Send tilbage"),
        said=_("Sendt tilbage med listen. Afsenderen skal ikke skrive det hele igen."),
    )


@either
def answer(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """The receiver's answer."""
    row = _for_receiver(request, referral_id)
    form = forms.AnswerForm(request.POST or None, row=row, doors=selectors.better_doors(request.actor, row))
    return _step(
        request,
        row,
        form,
        lambda: services.answer(request.actor, row, form.reply),
        title=_("Svar"),
        send=_("Send svaret"),
        said=_("Svaret er sendt."),
        second_look=lambda data: advice(data["text"]),
    )


@either
def change(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """What is given has changed: it is looked at again."""
    row = _for_receiver(request, referral_id)
    form = forms.WordsForm(request.POST or None)
    return _step(
        request,
        row,
        form,
        lambda: services.change_measure(request.actor, row, form.cleaned_data["text"]),
        title=_("Indsatsen er ændret"),
        send=_("Tag den op igen"),
        said=_("Den skal bevilges igen."),
        note=_("Når indsatsen eller økonomien ændres, skal den bevilges på ny."),
    )


@either
def no_show(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """The citizen did not come."""
    row = _for_receiver(request, referral_id)
    form = forms.WordsForm(request.POST or None, required=False)
    return _step(
        request,
        row,
        form,
        lambda: services.did_not_come(request.actor, row, form.cleaned_data["text"]),
        title=_("Mødte ikke op"),
        send=_("Fortæl afsenderen det"),
        said=_("Afsenderen kan se det nu."),
    )


@either
def close(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """It is over."""
    row = _for_receiver(request, referral_id)
    form = forms.WordsForm(request.POST or None, required=False)
    return _step(
        request,
        row,
        form,
        lambda: services.finish(request.actor, row, form.cleaned_data["text"]),
        title=_("Afslut"),
        send=_("Afslut"),
        said=_("Afsluttet."),
    )


@either
def withdraw(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """The sender takes it back."""
    row = _found(request, referral_id)
    if not services.of_sender(request.actor, row):
        raise Http404
    form = forms.WithdrawForm(request.POST or None, required=False)
    return _step(
        request,
        row,
        form,
        lambda: services.withdraw(
            request.actor, row, form.cleaned_data["text"], yes_taken_back=form.cleaned_data["yes_taken_back"]
        ),
        title=_("Træk tilbage"),
        send=_("Træk tilbage"),
        said=_("Trukket tilbage. Modtageren kan se det."),
        note=_("Det, modtageren har læst, er læst."),
    )


@either
def message(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """A message in the thread."""
    row = _found(request, referral_id)
    form = forms.WordsForm(request.POST or None)
    return _step(
        request,
        row,
        form,
        lambda: services.say(request.actor, row, form.cleaned_data["text"]),
        title=_("Besked"),
        send=_("Send"),
        said=_("Beskeden er sendt."),
    )


def _pressed(request: ActingRequest, row: Referral, act: Callable[..., object], said: str) -> HttpResponse:
    pressed(request, lambda: act(request.actor, row), said, refusals=REFUSALS, words=_explained(request, row))
    return redirect("referrals:referral", row.pk)


@require_POST
def look_into(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """The receiver begins to assess it."""
    row = _for_receiver(request, referral_id)
    return _pressed(request, row, services.look_into, _("Afsenderen kan se, at I vurderer den."))


@require_POST
def begin(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """The citizen has begun."""
    row = _for_receiver(request, referral_id)
    return _pressed(request, row, services.begin, _("I gang. Ventetiden er slut."))


@require_POST
def discard(request: ActingRequest, referral_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    row = _found(request, referral_id)
    if pressed(request, lambda: services.discard(request.actor, row), _("Kladden er slettet."), refusals=REFUSALS):
        return redirect("referrals:box")
    return redirect("referrals:referral", row.pk)

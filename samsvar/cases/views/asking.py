"""Questions between the parties to a case: asked, answered, answered in part, not answered, withdrawn."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsvar.accounts.steps import either
from samsvar.cases.forms import telling as forms
from samsvar.cases.selectors import around, telling
from samsvar.cases.services import answering
from samsvar.cases.views.steps import actor_of, case_or_404, found_or_404, lang, press, step
from samsvar.cases.views.telling import who_releases
from samsvar.partnerships.selectors import may_release
from samsvar.sharing import services as sharing
from samsvar.sharing.models import RequestState
from samsvar.sharing.selectors import find_request


@either
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask one party up to three things, each with its why."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    others = around.others_of(actor, case)
    form = forms.AskForm(request.POST or None, others=others, lang=lang())

    def act(data: dict[str, Any]) -> str:
        answering.ask(actor, case, data["to"], form.questions, purpose=data["purpose"], call_back=data["call_back"])
        return _("%(who)s er spurgt. De bestemmer selv, om og hvornår de svarer.") % {"who": data["to"].name}

    def again(data: dict[str, Any]) -> list[str]:
        return telling.second_look(
            actor,
            case,
            "\n".join(f"{question} {why}" for question, why in form.questions),
            [data["to"]],
            necessity=form.questions[0][1],
            information_type="concern",
            purpose=data["purpose"],
            lang=lang(),
        )

    return step(
        request,
        case,
        form,
        act,
        title=_("Spørg en anden myndighed"),
        send=_("Spørg"),
        page="ask",
        template="cases/table/ask.html",
        second_look=again,
    )


@either
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The page of one question: for the one who is asked to answer, for the one who asked to see how it goes."""
    actor = actor_of(request)
    row = found_or_404(find_request(actor, request_id))
    case = case_or_404(request, row.case_id)
    ours, releases = actor.owns(row.to_authority_id), may_release(actor)
    if request.method == "POST" and not (ours and row.is_open):
        found_or_404(None)
    form = forms.ReplyForm(request.POST or None, kind=actor.authority_kind, lang=lang())

    def act(data: dict[str, Any]) -> str:
        told = answering.reply(
            actor,
            case,
            row,
            text=data["text"],
            information_type=data["information_type"],
            partly=data["partly"],
            marks=form.marks,
            against_no=data["against_no"],
        )
        if not told:
            return _("Udkastet ligger hos dem, der kan frigive det. Ingen andre har fået det.")
        return _("Svaret er givet til %(who)s.") % {"who": row.authority.name}

    def again(data: dict[str, Any]) -> list[str]:
        return telling.second_look(
            actor,
            case,
            data["text"],
            [row.authority],
            necessity=row.why,
            information_type=data["information_type"],
            purpose=row.purpose,
            lang=lang(),
        )

    return step(
        request,
        case,
        form,
        act,
        title=_("Svar på et spørgsmål") if ours else _("Jeres spørgsmål"),
        send=_("Svar") if releases else _("Bed om frigivelse"),
        page="request",
        template="cases/table/request.html",
        second_look=again,
        more={
            "row": row,
            "ours": ours,
            **who_releases(actor, releases),
            "asks": ours and not releases,
        },
    )


@require_POST
def decline(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Not answered. No reason is asked for."""
    actor = actor_of(request)
    row = found_or_404(find_request(actor, request_id))

    def act() -> str:
        sharing.answer_request(actor, row, RequestState.DECLINED)
        return _("I svarer ikke på spørgsmålet. Det er et helt almindeligt svar.")

    return press(request, case_or_404(request, row.case_id), act)


@require_POST
def done(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The question has been answered in another way: on the phone, at the meeting, or by a release since."""
    actor = actor_of(request)
    row = found_or_404(find_request(actor, request_id))

    def act() -> str:
        sharing.answer_request(actor, row, RequestState.ANSWERED)
        return _("Det er skrevet ned, at spørgsmålet er besvaret.")

    return press(request, case_or_404(request, row.case_id), act)


@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The own question is no longer asked."""
    actor = actor_of(request)
    row = found_or_404(find_request(actor, request_id))

    def act() -> str:
        sharing.withdraw_request(actor, row)
        return _("Spørgsmålet er trukket tilbage.")

    return press(request, case_or_404(request, row.case_id), act)

"""The door on the case: the own authority's answer, to whom and why, advice before a visit, and conditions."""

from collections.abc import Sequence
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
from samsvar.cases.models import Case
from samsvar.cases.selectors import around, telling, whole
from samsvar.cases.services import answering, safety
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import actor_of, case_or_404, explain, found_or_404, lang, look, press, step
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.partnerships.models import Authority
from samsvar.partnerships.selectors import authorities_named, may_release, releasers_of
from samsvar.postgres.actor import Actor, attempt
from samsvar.sharing import services as sharing
from samsvar.sharing.models import Answer, Contribution, Release
from samsvar.sharing.selectors import find_release
from samsvar.tasks.models import TaskKind


@either
def contribute(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The own authority's answer: passed on, kept at home, or one of the short answers; all are equal."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    others = around.others_of(actor, case)
    form = forms.AnswerForm(
        request.POST or None,
        others=others,
        kind=actor.authority_kind,
        lang=lang(),
        initial={"receivers": list(others) if len(others) == 1 else []},
    )
    short, releases = form.short, may_release(actor)

    def act(data: dict[str, Any]) -> str:
        made = answering.answer(
            actor,
            case,
            short or Answer.CONTRIBUTES,
            text=data["text"],
            information_type="" if short else data["information_type"],
            necessity="" if short else data["necessity"],
            search_by=TaskKind(data["search_by"] or TaskKind.LOOK_UP),
            marks=form.marks,
        )
        if short:
            return _short_words(short)
        if not form.passes:
            return _("Svaret ligger hos jer selv. Ingen andre kan se det.")
        purpose = data["purpose"] or Purpose.HELP
        return _told(actor, case, made, form, purpose, releases=releases, heed=data["heed"], deliberate=True)

    def again(data: dict[str, Any]) -> list[str]:
        if short:
            return telling.told_before(actor, case)
        return telling.second_look(
            actor,
            case,
            data["text"],
            list(data["receivers"]),
            necessity=data["necessity"],
            information_type=data["information_type"],
            purpose=data["purpose"] or Purpose.HELP,
            lang=lang(),
        )

    return step(
        request,
        case,
        form,
        act,
        title=_("Jeres svar i sagen"),
        send=_("Videregiv til de valgte") if releases else _("Bed om frigivelse"),
        page="contribute",
        template="cases/table/answer.html",
        second_look=again if form.passes or short == Answer.NOT_KNOWN else None,
        more={**_prospect(request, case, others, form), **who_releases(actor, releases)},
    )


def _told(
    actor: Actor,
    case: Case,
    contribution: Contribution,
    form: forms.AnswerForm | forms.TellOnForm,
    purpose: Purpose | str,
    *,
    releases: bool,
    deliberate: bool,
    heed: bool = False,
) -> str:
    """Pass an answer on as the form says, or lay it before those who may; what is said afterwards."""
    data = form.cleaned_data
    receivers = list(data["receivers"])
    given: dict[str, Any] = {
        "necessity": data["necessity"],
        "purpose": purpose,
        "against_no": data["against_no"],
        "ground": form.ground,
    }
    if not releases:
        answering.ask_release(actor, case, contribution, receivers, **given)
        return _asked_words()
    answering.tell_parties(actor, case, contribution, receivers, **given, deliberate=deliberate, heed=heed)
    return _("Svaret er videregivet til %(who)s.") % {"who": "; ".join(one.name for one in receivers)}


def who_releases(actor: Actor, releases: bool) -> dict[str, Any]:
    """For one who may not release: who can be asked."""
    return {"asks": not releases, "releasers": [] if releases else list(releasers_of(actor, actor.authority_id))}


def _asked_words() -> str:
    return _("Udkastet ligger hos dem, der kan frigive det. Ingen andre har fået det.")


def _short_words(short: Answer) -> str:
    return {
        Answer.NOT_KNOWN: _("I har svaret, at I ikke kender borgeren. Det ligger hos jer selv."),
        Answer.BACK_LATER: _("I har svaret, at I vender tilbage. Det er et helt almindeligt svar."),
        Answer.DECLINES: _("I videregiver ikke. Det er et helt almindeligt svar."),
    }[short]


@require_GET
def effect(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the ticks on the page would do, while they are being set: a piece of the page, without what is written."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    others = around.others_of(actor, case)
    form = forms.EffectForm(request.GET, others=others)
    look(actor, case, "effect")
    return render(request, "cases/table/effect.html", _prospect(request, case, others, form))


def _prospect(request: HttpRequest, case: Case, others: Any, form: Any, **given: Any) -> dict[str, Any]:
    """Who hears it and who does not, on what basis, and what follows, as the form stands."""
    data = form.cleaned_data if form.is_bound and form.is_valid() else getattr(form, "cleaned_data", {})
    chosen: Sequence[Authority] = list(data.get("receivers") or form.initial.get("receivers") or [])
    return {
        "case": case,
        "prospect": telling.prospect(
            actor_of(request),
            case,
            chosen,
            list(others),
            information_type=given.get("information_type") or data.get("information_type") or InformationType.SOCIAL,
            purpose=given.get("purpose") or data.get("purpose") or Purpose.HELP,
            lang=lang(),
            basis=Basis(data.get("basis") or Basis.COOPERATION),
        ),
    }


@either
def pass_on(request: HttpRequest, case_id: UUID, contribution_id: UUID) -> HttpResponse:
    """Pass on an answer that has been kept at home until now, or told to somebody else before."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    contribution = found_or_404(whole.find_contribution(actor, case, contribution_id))
    if contribution.answer == Answer.DECLINES:
        found_or_404(None)
    others = around.others_of(actor, case)
    form = forms.TellOnForm(
        request.POST or None,
        others=others,
        lang=lang(),
        marked=contribution.is_marked,
        initial={"purpose": Purpose.HELP},
    )

    releases = may_release(actor)

    def act(data: dict[str, Any]) -> str:
        deliberate = data.get("deliberate", False)
        if not releases:
            sharing.require_deliberate(contribution, deliberate)
        return _told(
            actor, case, contribution, form, Purpose(data["purpose"]), releases=releases, deliberate=deliberate
        )

    def again(data: dict[str, Any]) -> list[str]:
        return telling.second_look(
            actor,
            case,
            contribution.text,
            list(data["receivers"]),
            necessity=data["necessity"],
            information_type=contribution.information_type,
            purpose=data["purpose"],
            lang=lang(),
        )

    return step(
        request,
        case,
        form,
        act,
        title=_("Videregiv"),
        send=_("Videregiv til de valgte") if releases else _("Bed om frigivelse"),
        page="pass_on",
        template="cases/table/pass_on.html",
        second_look=again,
        more={
            **who_releases(actor, releases),
            "told": contribution.text or contribution.get_answer_display(),
            "marked": contribution,
            "kind_told": contribution.information_type,
            **_prospect(request, case, others, form, information_type=contribution.information_type),
        },
    )


@either
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """A draft of a colleague's, for one who may release: pass it on in one's own name, or send it back."""
    actor = actor_of(request)
    row = found_or_404(find_release(actor, release_id))
    form = forms.ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                said = _answer_release(actor, row, form)
        except (CaseError, sharing.NothingSaid, sharing.NotLawful) as refused:
            form.add_error(None, explain(actor, row, refused))
        else:
            messages.success(request, said)
            return redirect("web:desk")
    record(
        actor,
        Act.LOOK,
        "release",
        row.pk,
        partnership_id=row.partnership_id,
        case_id=row.case_id,
        citizen_id=row.citizen_id,
    )
    return render(
        request,
        "cases/table/release.html",
        {
            "row": row,
            "form": form,
            "receivers": authorities_named(actor, row.receiver_ids),
            "purpose": Purpose(row.purpose).label(lang()),
            "basis": Basis(row.basis).label(lang()),
            "information_type": InformationType(row.contribution.information_type).label(lang()),
            "may_release": may_release(actor),
        },
    )


def _answer_release(actor: Actor, row: Release, form: forms.ReleaseForm) -> str:
    if form.data.get("way") == "back":
        sharing.send_back(actor, row, form.cleaned_data["note"])
        return _("Udkastet er sendt tilbage. Intet er videregivet.")
    answering.release(actor, row)
    return _("Bidraget er videregivet i dit navn.")


@either
def pass_advice_on(request: HttpRequest, case_id: UUID, advice_id: UUID) -> HttpResponse:
    """Give the own advice to those who are going on a visit."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    advice = found_or_404(whole.find_advice(actor, case, advice_id))
    others = around.others_of(actor, case)
    form = forms.TellForm(request.POST or None, others=others)

    def act(data: dict[str, Any]) -> str:
        safety.pass_advice_on(
            actor,
            case,
            advice,
            list(data["receivers"]),
            necessity=data["necessity"],
            against_no=data["against_no"],
        )
        return _("Rådet er videregivet.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Videregiv rådet"),
        send=_("Videregiv til de valgte"),
        page="pass_advice_on",
        template="cases/table/pass_on.html",
        more={
            "told": advice.advice or advice.get_answer_display(),
            **_prospect(
                request,
                case,
                others,
                form,
                information_type=InformationType.DANGER,
                purpose=Purpose.SAFETY,
            ),
        },
    )


@either
def conditions(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Behandlingsdom: vilkår, written by a leader who may release; kept at home until passed on."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    if not sharing.may_tell(actor):
        found_or_404(None)

    def act(data: dict[str, Any]) -> str:
        answering.write_conditions(actor, case, **data)
        return _("Vilkårene ligger hos jer selv. Videregiv dem til dem, der skal kende dem.")

    return step(
        request,
        case,
        forms.ConditionsForm(request.POST or None),
        act,
        title=_("Behandlingsdom: vilkår"),
        send=_("Gem hos os"),
        page="conditions",
        template="cases/table/conditions.html",
    )


@either
def pass_conditions_on(request: HttpRequest, case_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Tell named parties the conditions."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    row = found_or_404(telling.find_conditions(actor, case, sentence_id))
    others = around.others_of(actor, case)
    form = forms.PassOnForm(request.POST or None, others=others, lang=lang(), initial={"purpose": Purpose.HELP})

    def act(data: dict[str, Any]) -> str:
        answering.tell_conditions(
            actor,
            case,
            row,
            list(data["receivers"]),
            necessity=data["necessity"],
            purpose=Purpose(data["purpose"]),
            against_no=data["against_no"],
        )
        return _("Vilkårene er videregivet.")

    return step(
        request,
        case,
        form,
        act,
        title=_("Videregiv vilkårene"),
        send=_("Videregiv til de valgte"),
        page="pass_conditions_on",
        template="cases/table/pass_on.html",
        more={
            "told": row.conditions,
            **_prospect(request, case, others, form, information_type=InformationType.TREATMENT_SENTENCE),
        },
    )


@require_POST
def take_conditions_away(request: HttpRequest, case_id: UUID, sentence_id: UUID) -> HttpResponse:
    """The conditions no longer hold."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    row = found_or_404(telling.find_conditions(actor, case, sentence_id))

    def act() -> str:
        if not sharing.take_conditions_away(actor, case, row):
            raise CaseError(_("Det kunne ikke lade sig gøre."))
        return _("Vilkårene er fjernet hos alle.")

    return press(request, case, act)

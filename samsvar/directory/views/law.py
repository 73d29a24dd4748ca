"""Regler: the table and the rules, a lawyer's changes, and what people are in doubt about."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.directory import services
from samsvar.directory.forms.law import (
    KINDS,
    AnswerForm,
    DoubtForm,
    QuestionForm,
    RowsChangeForm,
    RuleChangeForm,
    TableForm,
)
from samsvar.directory.models import LawChange, LawQuestion
from samsvar.directory.selectors import law as selectors
from samsvar.directory.services import DirectoryError
from samsvar.law import matrix
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, Purpose, Regime
from samsvar.law.packs import Pack
from samsvar.law.report import report_rules
from samsvar.partnerships.models import Partnership
from samsvar.partnerships.selectors import partnerships_of
from samsvar.postgres.actor import Actor, attempt


def _places(request: ActingRequest) -> list[Partnership]:
    return list(partnerships_of(request.actor))


def _place(request: ActingRequest, given: str = "") -> Partnership:
    """The partnership that is asked about, or the first; 404 for one whose authority takes part in none."""
    places = _places(request)
    if not places:
        raise Http404
    return next((place for place in places if str(place.pk) == given), places[0])


def _pack(request: ActingRequest, place: Partnership) -> Pack:
    found = selectors.pack_in_force(request.actor, place.pk, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _lawyer(request: ActingRequest) -> None:
    if not request.actor.is_any("jurist"):
        turn_away(request.actor, "law_change")


def _with_defaults(given: QueryDict, place: Partnership) -> QueryDict:
    data = given.copy()
    for name, value in (("cooperation", place.cooperation), ("basis", "s115"), ("purpose", "help")):
        if not data.get(name):
            data[name] = value
    return data


@require_GET
def rules(request: ActingRequest) -> HttpResponse:
    """The table: who may tell whom, on which basis, filtered."""
    places = _places(request)
    place = _place(request, request.GET.get("place", ""))
    form = TableForm(_with_defaults(request.GET, place), places=places)
    pack = _pack(request, place)
    drawn: list[Any] = []
    columns: list[AuthorityKind] = []
    if form.is_valid():
        chosen = form.cleaned_data
        receiver = AuthorityKind(chosen["receiver"]) if chosen["receiver"] else None
        columns = [receiver] if receiver else list(AuthorityKind)
        drawn = matrix.grid(
            pack,
            timezone.localdate(),
            Cooperation(chosen["cooperation"] or place.cooperation),
            Basis(chosen["basis"] or Basis.COOPERATION),
            Purpose(chosen["purpose"] or Purpose.HELP),
            Regime(chosen["regime"]) if chosen["regime"] else None,
            AuthorityKind(chosen["sender"]) if chosen["sender"] else None,
            receiver,
        )
    return render(
        request,
        "directory/law/rules.html",
        {
            "form": form,
            "pack": pack,
            "place": place,
            "grid": drawn,
            "columns": columns,
            "drafts": [one for one in selectors.changes(request.actor, place.pk) if one.is_draft],
            "questions": selectors.questions_to_us(request.actor),
            "is_lawyer": request.actor.is_any("jurist"),
        },
        status=400 if form.errors else 200,
    )


@require_GET
def rule_list(request: ActingRequest) -> HttpResponse:
    """The rules with source, summary and whether a lawyer has checked them."""
    place = _place(request, request.GET.get("place", ""))
    pack = _pack(request, place)
    return render(
        request,
        "directory/law/rule_list.html",
        {
            "pack": pack,
            "place": place,
            "rules": list(pack.rules.values()),
            "is_lawyer": request.actor.is_any("jurist"),
        },
    )


@require_GET
def report(request: ActingRequest) -> HttpResponse:
    """The rules of the research report, and what the program does about each."""
    return render(request, "directory/law/report.html", {"rules": report_rules()})


def _asked_row(pack: Pack, given: QueryDict, place: Partnership, on: date) -> matrix.Row | None:
    """The row that an address names; None when it names none."""
    try:
        sender = AuthorityKind(given.get("sender", ""))
        regime = given.get("regime", "")
        return matrix.row(
            pack,
            on,
            Cooperation(given.get("cooperation") or place.cooperation),
            sender,
            AuthorityKind(given.get("receiver", "")),
            Basis(given.get("basis") or Basis.COOPERATION),
            Regime(regime) if regime else pack.regime_of(sender),
            Purpose(given.get("purpose") or Purpose.HELP),
        )
    except ValueError:
        return None


@require_GET
def row(request: ActingRequest) -> HttpResponse:
    """One row of the table, explained."""
    place = _place(request, request.GET.get("place", ""))
    pack = _pack(request, place)
    found = _asked_row(pack, request.GET, place, timezone.localdate())
    if found is None:
        raise Http404
    kinds = selectors.Kinds(found.basis, found.cooperation, found.sender, found.receiver, found.purpose)
    return render(
        request,
        "directory/law/row.html",
        {
            "row": found,
            "rule": pack.rules[found.rule],
            "pack": pack,
            "place": place,
            "answers": selectors.answers(request.actor, place.pk, kinds),
            "is_lawyer": request.actor.is_any("jurist"),
        },
    )


@require_GET
def changes(request: ActingRequest) -> HttpResponse:
    """What the lawyers of the partnership have changed, drafts first."""
    place = _place(request, request.GET.get("place", ""))
    found = selectors.changes(request.actor, place.pk)
    today = timezone.localdate()
    return render(
        request,
        "directory/law/changes.html",
        {
            "place": place,
            "drafts": [one for one in found if one.is_draft],
            "counting": [one for one in found if one.counts(today)],
            "others": [one for one in found if not one.is_draft and not one.counts(today)],
            "is_lawyer": request.actor.is_any("jurist"),
        },
    )


def _draft_page(request: ActingRequest, form: Any, place: Partnership, title: str, **what: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                made = services.draft(request.actor, place.pk, **form.what(), **what)
        except DirectoryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kladden er gemt. En anden jurist skal godkende den."))
            return HttpResponseRedirect(reverse("directory:change", args=[made.pk]))
    return render(
        request,
        "directory/law/draft.html",
        {"form": form, "title": title, "place": place},
        status=400 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def rows_change(request: ActingRequest) -> HttpResponse:
    """Draft a change of rows of the table."""
    _lawyer(request)
    place = _place(request, request.GET.get("place", ""))
    given = {name: request.GET.get(name, "") for name in KINDS}
    initial = {**given, "since": timezone.localdate()}
    form = RowsChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    return _draft_page(request, form, place, _("Foreslå en ændring i tabellen"))


@require_http_methods(["GET", "POST"])
def rule_change(request: ActingRequest, key: str) -> HttpResponse:
    """Draft a change of one rule."""
    _lawyer(request)
    place = _place(request, request.GET.get("place", ""))
    rule = _pack(request, place).rules.get(key)
    if rule is None:
        raise Http404
    form = RuleChangeForm(request.POST if request.method == "POST" else None, initial={"since": timezone.localdate()})
    return _draft_page(request, form, place, _("Foreslå en ændring af %(rule)s") % {"rule": rule.id}, rule=rule.id)


def _change(request: ActingRequest, change_id: UUID) -> LawChange:
    found = selectors.change_of(request.actor, change_id)
    if found is None:
        raise Http404
    return found


@require_GET
def change(request: ActingRequest, change_id: UUID) -> HttpResponse:
    """One change: what, why, by whom; approve it or end it."""
    found = _change(request, change_id)
    lawyer = request.actor.is_any("jurist")
    return render(
        request,
        "directory/law/change.html",
        {
            "change": found,
            "counts": found.counts(timezone.localdate()),
            "may_approve": lawyer and found.is_draft and found.created_by_id != request.actor.person_id,
            "waits_for_other": lawyer and found.is_draft and found.created_by_id == request.actor.person_id,
            "may_end": lawyer and found.ended_at is None,
        },
    )


def _step(request: ActingRequest, change_id: UUID, verb: Callable[[Actor, LawChange], None], done: str) -> HttpResponse:
    _lawyer(request)
    found = _change(request, change_id)
    try:
        with attempt():
            verb(request.actor, found)
    except DirectoryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("directory:change", change_id)


@require_POST
def approve(request: ActingRequest, change_id: UUID) -> HttpResponse:
    """Approve another lawyer's draft."""
    return _step(request, change_id, services.approve, _("Godkendt. Ændringen gælder fra sin dag."))


@require_POST
def end(request: ActingRequest, change_id: UUID) -> HttpResponse:
    """Throw a draft away, or end a change."""
    return _step(request, change_id, services.end, _("Ændringen er slut."))


@require_http_methods(["GET", "POST"])
def doubt(request: ActingRequest) -> HttpResponse:
    """Tvivl: choose the kinds, read what the rules and earlier answers say, ask if that is not enough."""
    places = _places(request)
    place = _place(request, request.GET.get("place", ""))
    data = request.GET.copy()
    asked = any(name in data for name in ("sender", "receiver", "basis", "purpose"))
    data.setdefault("sender", request.actor.authority_kind)
    form = DoubtForm(data, places=places)
    valid = form.is_valid()
    kinds = form.kinds(place.cooperation) if valid else selectors.Kinds(cooperation=place.cooperation)
    question_form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and valid and question_form.is_valid():
        try:
            with attempt():
                made = services.ask(
                    request.actor,
                    place.pk,
                    kinds,
                    question_form.cleaned_data["text"],
                    question_form.cleaned_data["once"],
                )
        except DirectoryError as error:
            question_form.add_error("text", str(error))
        else:
            messages.success(request, _("Spørgsmålet er sendt. Svaret kommer på dit bord."))
            return redirect("directory:question", made.pk)
    pack = _pack(request, place)
    return render(
        request,
        "directory/law/doubt.html",
        {
            "form": form,
            "place": place,
            "asked": asked and valid,
            "row": _asked_row(pack, data, place, timezone.localdate()) if valid and kinds.basis else None,
            "answers": selectors.answers(request.actor, place.pk, kinds) if asked and valid else [],
            "question_form": question_form,
            "lawyers": selectors.lawyers(request.actor, place.pk, timezone.localdate()),
        },
        status=400 if form.errors or question_form.errors else 200,
    )


@require_GET
def questions(request: ActingRequest) -> HttpResponse:
    """What one has asked, and for a lawyer what waits."""
    return render(
        request,
        "directory/law/questions.html",
        {
            "own": selectors.own_questions(request.actor)[:50],
            "waiting": selectors.questions_to_us(request.actor),
            "is_lawyer": request.actor.is_any("jurist"),
        },
    )


def _question(request: ActingRequest, question_id: UUID) -> LawQuestion:
    found = selectors.question_of(request.actor, question_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def question(request: ActingRequest, question_id: UUID) -> HttpResponse:
    """One question and its answer; a lawyer who is asked answers here."""
    found = _question(request, question_id)
    said = selectors.answer_to(request.actor, found)
    may_answer = said is None and request.actor.is_any("jurist") and request.actor.owns(found.to_authority_id)
    form = AnswerForm(request.POST if request.method == "POST" and may_answer else None)
    if request.method == "POST":
        if not may_answer:
            messages.error(request, _("Spørgsmålet er besvaret, eller det er ikke dit at besvare."))
            return redirect("directory:question", found.pk)
        if form.is_valid():
            try:
                with attempt():
                    services.answer(request.actor, found, form.cleaned_data["text"], form.cleaned_data["general"])
            except DirectoryError as error:
                form.add_error("text", str(error))
            else:
                messages.success(request, _("Svaret er sendt."))
                return redirect("directory:question", found.pk)
    kinds = selectors.Kinds(found.basis, found.cooperation, found.sender, found.receiver, found.purpose)
    return render(
        request,
        "directory/law/question.html",
        {
            "question": found,
            "answer": said,
            "form": form if may_answer else None,
            "answers": selectors.answers(request.actor, found.partnership_id, kinds) if may_answer else [],
            "may_retire": said is not None
            and bool(said.general)
            and said.retired_at is None
            and request.actor.is_any("jurist")
            and request.actor.owns(said.authority_id),
        },
        status=400 if form.errors else 200,
    )


@require_GET
def answers(request: ActingRequest) -> HttpResponse:
    """Every answer that can be used again."""
    place = _place(request, request.GET.get("place", ""))
    return render(
        request,
        "directory/law/answers.html",
        {"place": place, "answers": selectors.answers(request.actor, place.pk)[:200]},
    )


@require_POST
def retire(request: ActingRequest, answer_id: UUID) -> HttpResponse:
    """Let an answer no longer be used again."""
    found = selectors.answer_of(request.actor, answer_id)
    if found is None:
        raise Http404
    if not (request.actor.is_any("jurist") and request.actor.owns(found.authority_id)):
        turn_away(request.actor, "law_answer")
    services.retire(request.actor, found)
    messages.success(request, _("Svaret vises ikke længere for andre."))
    return redirect("directory:question", found.question_id)

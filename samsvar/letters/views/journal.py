"""Notes for the own journal: copied or downloaded, marked as journalised, and the list of what waits."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.views.steps import actor_of, case_or_404, look
from samsvar.documents.answers import as_text
from samsvar.letters.forms.journal import MarkForm
from samsvar.letters.selectors import journal as selectors
from samsvar.letters.services import journal as services
from samsvar.letters.services.errors import LetterError
from samsvar.postgres.actor import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the own journal lacks of a case, and marking it as journalised."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    note = selectors.journal_note(actor, case)
    form = MarkForm(
        request.POST or None, initial={"number": note.number, "theme": note.theme[:120], "until": note.until}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.mark(actor, case, **form.cleaned_data)
        except LetterError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Det er skrevet ned som journaliseret."))
            return redirect("letters:journal", case.pk)
    look(actor, case, "journal_note")
    return render(
        request,
        "letters/journal.html",
        {"case": case, "note": note, "form": form, "marks": list(selectors.marks_of(actor, case))},
    )


@require_safe
def journal_text(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The note as a text file for the own system; logged as taken out."""
    actor, case = actor_of(request), case_or_404(request, case_id)
    services.taken_out(actor, case)
    return as_text(selectors.journal_note(actor, case).text, "journalnotat")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The cases of which the own journal lacks something, the oldest first."""
    actor = actor_of(request)
    found = selectors.waiting_for_journal(actor)
    record(actor, Act.LOOK, "journal_list", detail={"cases": [str(one.case.pk) for one in found]})
    return render(request, "letters/waiting.html", {"found": found, "most": selectors.MOST_WAITING})

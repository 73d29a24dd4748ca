"""The pages of "Fortæl det én gang": what the citizen has agreed that others may read, section by section."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.cases.services.errors import Overtaken
from samsvar.cases.views.steps import found_or_404, lang, pressed
from samsvar.coordination import services
from samsvar.coordination.forms.summary import ApproveForm, SectionForm
from samsvar.coordination.models import SummarySection
from samsvar.coordination.papers.summary import summary as summary_paper
from samsvar.coordination.selectors import networks as networks
from samsvar.coordination.selectors import summary as selectors
from samsvar.coordination.services import Agreed
from samsvar.coordination.views.steps import inside_or_404, look_at, network_or_404, step
from samsvar.documents.answers import as_pdf
from samsvar.law.warnings import suspicious


@require_GET
def summary(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """All that the citizen has told: to those inside with drafts and versions, to one let in what the yes names."""
    found = network_or_404(request, care_network_id)
    sections = selectors.sections(request.actor, found)
    if not sections:
        raise Http404
    look_at(request, found, part="summary")
    return render(
        request,
        "coordination/summary.html",
        {
            "network": found,
            "inside": getattr(found, "inside", False),
            "writes": getattr(found, "inside", False) and found.ended_on is None,
            "sections": sections,
            "written": any(one.now for one in sections),
        },
    )


@either
def section(request: ActingRequest, care_network_id: UUID, category: str) -> HttpResponse:
    """Write a new version of one section; the version there is stands in the form."""
    found = inside_or_404(request, care_network_id)
    here = found_or_404(
        next((one for one in selectors.sections(request.actor, found) if one.category == category), None)
    )
    newest = here.newest
    form = SectionForm(
        request.POST or None,
        initial={
            "own_words": newest.own_words if newest else "",
            "words": newest.words if newest else "",
            "seen": newest.version if newest else 0,
        },
    )
    more: dict[str, Any] = {}

    def act(data: dict[str, Any]) -> object:
        try:
            return services.write_section(
                request.actor,
                found,
                category,
                data["own_words"],
                data["words"],
                agreed=Agreed(data["how"], data["on"]) if data["how"] else None,
                seen=data["seen"],
            )
        except Overtaken:
            # The other's text is shown beside the own one, which can then be sent as the next version.
            more["overtaken"] = newest
            form.data = {**request.POST.dict(), "seen": str(newest.version if newest else 0)}
            raise

    return step(
        request,
        found,
        form,
        act,
        title=str(here.category.label),
        send=_("Gem ny udgave"),
        said=_("Det er gemt som en ny udgave."),
        note=_("Skriv kun det, andre har brug for at vide, og skriv det sammen med borgeren."),
        back="summary",
        template="coordination/section.html",
        more=more,
        second_look=lambda data: _look_again(data["own_words"], data["words"]) if data["how"] else [],
    )


@either
def approve(request: ActingRequest, care_network_id: UUID, section_id: UUID) -> HttpResponse:
    """The citizen has agreed to a draft, which stands on the page."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_section(request.actor, found, section_id))
    return step(
        request,
        found,
        ApproveForm(request.POST or None),
        lambda data: services.approve_section(request.actor, row, Agreed(data["how"], data["on"])),
        title=_("Borgeren har godkendt: %(what)s") % {"what": row.get_category_display()},
        send=_("Borgeren har godkendt"),
        said=_("Det er gemt. De, borgeren har sagt ja til, kan læse det nu."),
        note=_("Læs teksten højt eller vis den, før borgeren siger ja."),
        back="summary",
        template="coordination/section.html",
        more={"draft": row},
        second_look=lambda _data: _look_again(row.own_words, row.words),
    )


@require_POST
def take_off(request: ActingRequest, care_network_id: UUID, section_id: UUID) -> HttpResponse:
    """The citizen does not want a text shown any more."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_section(request.actor, found, section_id))
    pressed(
        request,
        lambda: services.take_off(request.actor, row),
        _("Teksten er taget af. Ingen uden for jeres kreds kan læse den mere."),
    )
    return redirect("coordination:summary", found.pk)


@require_GET
def paper(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """What the citizen has agreed to, on paper, for the citizen to carry."""
    found = inside_or_404(request, care_network_id)
    written = [one for one in selectors.sections(request.actor, found) if one.now]
    look_at(request, found, Act.PRINT, "summary")
    return as_pdf(summary_paper(found, _now(written)), _("fortalt-en-gang"))


@require_GET
def brief(request: ActingRequest, care_network_id: UUID, reader_id: UUID) -> HttpResponse:
    """The situation in its larger context, for one who is to grant: no more than the citizen's yes to them names."""
    found = inside_or_404(request, care_network_id)
    reader = found_or_404(networks.find_reader(request.actor, found, reader_id))
    if not reader.stands:
        raise Http404
    written = selectors.of_receiver(request.actor, found, reader)
    look_at(request, found, Act.PRINT, "brief")
    return as_pdf(summary_paper(found, _now(written), reader), _("situationen"))


def _now(sections: Sequence[selectors.Section]) -> list[SummarySection]:
    return [one.now for one in sections if one.now is not None]


def _look_again(*texts: str) -> list[str]:
    return [notice.text(lang()) for notice in suspicious("\n".join(texts))]

"""What the agreements ask of one's own place at an event: written down when it is done."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.views.steps import found_or_404
from samsvar.coordination import services
from samsvar.coordination.forms.agreed import AgreedForm
from samsvar.coordination.selectors import agreed as selectors
from samsvar.coordination.views.steps import network_or_404, step


@either
def agreed(request: ActingRequest, care_network_id: UUID, care_event_id: UUID, rule: str) -> HttpResponse:
    """One task of the agreements: what was done, and when."""
    found = network_or_404(request, care_network_id)
    task = found_or_404(selectors.find_task(request.actor, found, care_event_id, rule))
    form = AgreedForm(request.POST or None, task=task)

    def act(data: dict[str, Any]) -> object:
        return services.write_agreed(
            request.actor, task.event, task.rule.key, data.get("said", ""), data.get("name", ""), form.moment
        )

    return step(
        request,
        found,
        form,
        act,
        title=task.what,
        send=_("Gem"),
        said=_("Det er gemt."),
        note=_("Efter aftalen: %(source)s") % {"source": task.source},
    )

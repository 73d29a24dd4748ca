"""`{% citizen_remarks case.pk %}`: what the citizen has remarked on what is said in a case, wherever it is shown."""

from typing import Any
from uuid import UUID

from django import template
from django.template.context import Context

from samsvar.rights.selectors import remarks_of

register = template.Library()


@register.inclusion_tag("rights/remarks.html", takes_context=True)
def citizen_remarks(context: Context, case_id: UUID) -> dict[str, Any]:
    """Wants `request` with an actor in the context; one query."""
    remarks = remarks_of(context["request"].actor, case_id)
    return {"case_id": case_id, "remarks": remarks, "paper": context.get("paper", False)}

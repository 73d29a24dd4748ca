"""The log's page: what can be searched for, and rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.accounts.models import User
from samsvar.audit.models import Act, LogRow
from samsvar.audit.selectors import Filters
from samsvar.forms import DayField
from samsvar.law.kinds import Purpose
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import Actor

_SUBJECTS: dict[str, str | Promise] = {
    "acute": _("akut kontakt"),
    "action": _("aftale"),
    "agenda_item": _("dagsordenspunkt"),
    "case": _("sag"),
    "cases": _("liste over sager"),
    "chain": _("logkæde"),
    "concern": _("bekymring"),
    "concerns": _("liste over bekymringer"),
    "consult": _("anonym sparring"),
    "contribution": _("bidrag"),
    "desk": _("Mit bord"),
    "follow_up": _("opfølgning"),
    "identity": _("hvem borgeren er"),
    "involvement": _("inddragelse"),
    "law_answer": _("svar på tvivl"),
    "law_change": _("ændring af reglerne"),
    "law_question": _("tvivl"),
    "log": _("log"),
    "meeting": _("møde"),
    "network": _("NP-sag"),
    "responsibility": _("handlingsansvar"),
    "session": _("session"),
    "task": _("opgave"),
}


class LogForm(forms.Form):
    """Search by day and person; both days included."""

    since = DayField(label=_("Fra dag"), required=False)
    until = DayField(label=_("Til dag"), required=False)
    person = forms.ChoiceField(label=_("Hvem"), required=False)
    act = forms.ChoiceField(label=_("Hvad"), choices=[("", _("Alt")), *Act.choices], required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alle")), *people]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("Den sidste dag ligger før den første."))
        return cleaned

    def filters(self) -> Filters:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Filters(
            since=given["since"],
            until=given["until"],
            person_id=UUID(given["person"]) if given["person"] else None,
            act=given["act"],
        )

    def searched(self) -> dict[str, str]:
        """What was asked for, as the log keeps it of its own reading."""
        return {name: str(value) for name, value in getattr(self, "cleaned_data", {}).items() if value}


def people_of_log(actor: Actor) -> list[tuple[str, str]]:
    """Everybody who has or had a post in the own authority."""
    found = (
        Capacity.objects.filter(authority_id__in=actor.authority_ids)
        .values_list("person_id", "person__name")
        .order_by("person__name", "person_id")
        .distinct()
    )
    return [(str(key), name) for key, name in found]


@dataclass(frozen=True)
class Entry:
    """One row of the log in words."""

    row: LogRow
    who: str
    why: str | Promise
    what: str | Promise


def described(actor: Actor, rows: Sequence[LogRow]) -> list[Entry]:
    """The rows with names; one query."""
    names = dict(User.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name"))
    purposes: dict[str, str] = dict(Purpose.choices(get_language()))
    return [
        Entry(
            row,
            names.get(row.person_id, "") if row.person_id else "",
            "" if row.purpose == "system" else purposes.get(row.purpose, row.purpose),
            _SUBJECTS.get(row.subject_kind, row.subject_kind),
        )
        for row in rows
    ]

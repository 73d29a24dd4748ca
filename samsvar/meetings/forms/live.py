"""What is typed at the live table; the same rules as on the pages, in the few fields that the table needs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.case import AuthorityChoice
from samsvar.cases.forms.concerns import OnceForm
from samsvar.cases.forms.telling import AgainstNoField, types_of
from samsvar.cases.models import GapPlace
from samsvar.cases.services.gaps import Hole
from samsvar.forms import DayField, LineField, ParagraphField, PickField, offer
from samsvar.meetings.forms.meetings import OFFERED, DecisionForm
from samsvar.meetings.models import Attendance, Decision
from samsvar.meetings.selectors.agendas import ItemPage, Presence
from samsvar.meetings.services.conducting import Outcome
from samsvar.partnerships.models import Authority, Group, Hearing

# One key each; `?` shows them.
KEYS = {
    Decision.PLACED: "h",
    Decision.FOLLOWED_UP: "o",
    Decision.AWAITING_INFORMATION: "a",
    Decision.AWAITING_MANDATE: "k",
    Decision.WAIT_UNTIL: "v",
    Decision.NETWORK_MEETING: "w",
    Decision.GENERAL: "e",
    Decision.NOT_PSP: "p",
    Decision.CLOSED: "x",
}
_MOST_KEYS = 9


def picks() -> list[tuple[str, str]]:
    """The outcomes that are chosen with a key and then saved, in the order of the table."""
    return [(one.value, str(one.label)) for one in OFFERED]


def _drafted(form: forms.Form, place: str, *fields: str) -> None:
    """Let these fields be kept while they are typed."""
    for field in fields:
        form.fields[field].widget.attrs["data-draft"] = f"{place}.{field}"


def _chairs(parties: Sequence[Authority], members: Sequence[Presence]) -> list[tuple[str, Authority, str]]:
    """The case's parties as the table sits, each with its id and its key.

    The key is the authority's place among those who sit in the group, so it is the same for every case of the meeting.
    A party that nobody sits there for has none, and no more than nine fit the keyboard.
    """
    seated = list(dict.fromkeys(one.membership.capacity.authority_id for one in members))
    places = {authority_id: number for number, authority_id in enumerate(seated, start=1)}
    ordered = sorted(parties, key=lambda one: (places.get(one.pk, len(seated) + 1), one.name))
    keys = {pk: str(number) for pk, number in places.items() if number <= _MOST_KEYS}
    return [(str(one.pk), one, keys.get(one.pk, "")) for one in ordered]


class TableForm(DecisionForm):
    """One outcome with a single key. Who is in the room has been noted before, and comes with the item."""

    def __init__(self, *args: Any, page: ItemPage, members: list[Presence], **kwargs: Any) -> None:
        super().__init__(*args, page=page, members=members, **kwargs)
        self.item = page.line.item
        self.chairs = _chairs(page.parties, members)
        offer(
            self,
            "decision",
            [(Decision.NOTHING_NEW.value, str(Decision.NOTHING_NEW.label)), *self.fields["decision"].choices],  # type: ignore[attr-defined]
        )
        self.fields.pop("away")
        self.fields.pop("hearing", None)
        _drafted(self, "beslut", "note", "next_step", "dissent")

    def clean(self) -> dict[str, Any]:
        """A new date without words belongs to the step that stands."""
        given = self.cleaned_data
        if given.get("next_on") and not given.get("next_step") and "next_step" not in self.errors:
            given["next_step"] = self.stands
        return super().clean()

    def outcome(self) -> Outcome:
        """The decision of a valid form, with the room as it was noted for this item."""
        self.cleaned_data |= {
            "away": [str(one) for one in self.item.away] if self.item else [],
            "hearing": self.item.hearing if self.item else "",
        }
        return super().outcome()


class RoomForm(forms.Form):
    """Who has left for this item, and what was agreed about those who stay."""

    away = forms.MultipleChoiceField(required=False)
    hearing = forms.ChoiceField(choices=[("", ""), *Hearing.choices], required=False)

    def __init__(self, *args: Any, members: list[Presence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["away"].choices = [(str(one.membership.pk), "") for one in members]  # type: ignore[attr-defined]

    @property
    def gone(self) -> list[UUID]:
        """Memberships, of a valid form."""
        return [UUID(value) for value in self.cleaned_data["away"]]


class PresenceForm(forms.Form):
    """How one member takes part."""

    member = forms.ChoiceField()
    state = forms.ChoiceField(choices=Attendance.State.choices)

    def __init__(self, *args: Any, members: list[Presence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [(str(one.membership.pk), "") for one in members]  # type: ignore[attr-defined]


class AgreeForm(forms.Form):
    """Who does what, by when, and what if it slips (R-000-80)."""

    authority = AuthorityChoice(label=_("Hvem gør det"))
    what = LineField(label=_("Hvad"), max_length=300)
    due_on = DayField(label=_("Hvornår"), required=False)
    if_it_slips = LineField(label=_("Hvad gør I, hvis aftalen ikke holder"), max_length=300)

    def __init__(self, *args: Any, parties: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = parties  # type: ignore[attr-defined]
        _drafted(self, "aftale", "what", "if_it_slips")

    def clean_due_on(self) -> Any:
        """Not a day that has gone."""
        day = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("Vælg en dag, der ikke er gået."))
        return day


class ContributeForm(forms.Form):
    """What the own authority can say, and why the others need to know; at home until it is told."""

    text = ParagraphField(label=_("Kun det, der er strengt nødvendigt i netop denne sag"), max_length=2000, rows=2)
    information_type = forms.ChoiceField(label=_("Hvad handler det om"))
    necessity = LineField(label=_("Hvorfor er det nødvendigt, at de får det at vide"), max_length=400, number=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["information_type"].choices = types_of(kind, get_language() or "da")  # type: ignore[attr-defined]
        _drafted(self, "bidrag", "text", "necessity")


class HoleForm(OnceForm):
    """A hole in the system that the item has shown: short, what happens, and whether it goes up at once."""

    title = LineField(label=_("Hvad er hullet, kort"), max_length=120)
    what = ParagraphField(
        label=_("Hvad sker der, når borgere falder i det"),
        max_length=1500,
        rows=2,
        help_text=_("Skriv om borgere i almindelighed: uden navn, nummer, sted og dato."),
    )
    proposal = LineField(label=_("Jeres forslag"), max_length=400, required=False)
    place = PickField(label=_("Hvor er det"), choices=GapPlace.choices, initial=GapPlace.PROCEDURE)
    to_group = PickField(label=_("Hvem skal svare"), required=False)

    def __init__(self, *args: Any, above: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.above = {str(one.pk): one for one in above}
        choices = [(key, one.name) for key, one in self.above.items()]
        self.fields["to_group"].choices = [*choices, ("", _("Gruppen selv: det parkeres her"))]  # type: ignore[attr-defined]
        self.fields["to_group"].initial = choices[0][0] if choices else ""
        _drafted(self, "hul", "title", "what", "proposal")

    def hole(self) -> Hole:
        """What was typed, as the service takes it."""
        given = self.cleaned_data
        return Hole(given["title"], given["place"], given["what"], (), given["proposal"])

    @property
    def chosen(self) -> Group | None:
        """Who is to answer it, of a valid form; None while it stays with the group."""
        return self.above.get(self.cleaned_data["to_group"])


class TellForm(forms.Form):
    """What is still asked when a contribution is told: a why that nobody wrote beforehand, a mark, a citizen's no."""

    necessity = LineField(
        label=_("Hvorfor er det nødvendigt, at de får det at vide"), max_length=400, required=False, number=False
    )
    deliberate = forms.BooleanField(label=_("Det skal videre alligevel"), required=False)
    against_no = AgainstNoField()

"""What is typed about a citizen's way in a unit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsvar.directory.models import DirectoryEntry
from samsvar.forms import CprField
from samsvar.forms.fields import (
    DayField,
    InlineRadioSelect,
    LineField,
    ParagraphField,
    PickField,
    YesNoUnknownField,
    demanded_at_times,
    offer,
)
from samsvar.referrals.models import PathwayEnd, Standing

_PICK = {"required": _("Vælg en af mulighederne.")}


class OpenForm(forms.Form):
    """Somebody who came by themselves."""

    name = LineField(label=_("Borgerens navn"), max_length=160, number=False)
    cpr = CprField(
        label=_("CPR-nummer"),
        required=False,
        help_text=_("Så ses det, hvis I kender borgeren. Nummeret vises ikke igen."),
    )
    entry = PickField(label=_("Hos"), error_messages=_PICK)

    def __init__(self, *args: Any, pages: Sequence[DirectoryEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = {str(one.pk): one for one in pages}
        offer(self, "entry", [(key, one.name) for key, one in self.pages.items()])
        if len(self.pages) == 1:
            del self.fields["entry"]

    @property
    def page(self) -> DirectoryEntry:
        """The page of the unit in which it begins, of a valid form."""
        return self.pages[self.cleaned_data.get("entry") or next(iter(self.pages))]


class WordsForm(forms.Form):
    """A few words, under a heading that says which."""

    words = ParagraphField(max_length=2000, rows=5, number=False)

    def __init__(self, *args: Any, label: Any, longest: int = 2000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = ParagraphField(label=label, max_length=longest, rows=5, number=False)


class PlaceForm(forms.Form):
    """A place that may be able to help."""

    words = LineField(label=_("Hvem spørger I?"), max_length=160, number=False)


class MoveForm(forms.Form):
    """Another step, and why."""

    step = PickField(label=_("Hvor er borgeren nu?"), widget=forms.RadioSelect, error_messages=_PICK)
    words = ParagraphField(label=_("Hvorfor?"), max_length=400, rows=3, number=False)

    def __init__(self, *args: Any, steps: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "step", steps)


class LacksForm(forms.Form):
    """What must be lit up first."""

    items = ParagraphField(
        label=_("Det mangler vi"), max_length=2000, help_text=_("Én ting på hver linje."), number=False
    )


class StandForm(forms.Form):
    """Nothing happens for a while."""

    standing = PickField(
        label=_("Hvad gør I?"),
        choices=[(Standing.PAUSED, _("Sætter forløbet på pause")), (Standing.BACK, _("Trækker os for en tid"))],
        widget=InlineRadioSelect,
        error_messages=_PICK,
    )
    why = LineField(label=_("Hvorfor?"), max_length=400, number=False)
    look_again = DayField(label=_("Se på det igen"))


class AnswerForm(forms.Form):
    """One answer, and a few words."""

    answer = YesNoUnknownField(label=_("Svar"))
    words = ParagraphField(max_length=400, rows=3, required=False, number=False)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = ParagraphField(label=label, max_length=400, rows=3, required=False, number=False)


class DayForm(forms.Form):
    """The day on which something happened."""

    on = DayField(label=_("Dag"))


class EndForm(forms.Form):
    """How it ended, and who takes over."""

    reason = PickField(
        label=_("Hvordan endte det?"), choices=[("", _("Vælg")), *PathwayEnd.choices], error_messages=_PICK
    )
    receiver = LineField(label=_("Hvem tager over?"), max_length=160, required=False, number=False)
    nobody = forms.BooleanField(label=_("Ingen tager over"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "receiver", "nobody")

    def clean(self) -> dict[str, Any]:
        """Somebody, or said that there is nobody."""
        data = super().clean() or {}
        if "receiver" not in self.errors and bool(data.get("receiver")) == bool(data.get("nobody")):
            self.add_error("receiver", _("Skriv, hvem der tager over, eller at ingen gør."))
        return data

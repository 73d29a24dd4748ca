"""Forms about holes in the system."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.concerns import CarriedField, OnceForm
from samsvar.cases.models import GapAnswer, GapPlace, GapStepKind
from samsvar.cases.services.gaps import Hole, Move
from samsvar.forms import LineField, ParagraphField, PickField, PickManyField, demanded_at_times, offer
from samsvar.law.kinds import AuthorityKind
from samsvar.law.minutes import look_again
from samsvar.partnerships.models import Capacity, Group


class NoPersonForm(forms.Form):
    """Points once at what may lead to a person; sent again, it passes: a person decides."""

    looked = CarriedField()
    texts: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        """Adds what should be looked at once more, unless it has been shown before."""
        cleaned = super().clean() or {}
        if cleaned.get("looked") == "1":
            return cleaned
        found = False
        for name in self.texts:
            text = cleaned.get(name) or ""
            notices = [notice.text(get_language() or "da") for notice in look_again(text) if notice.key != "cpr"]
            for notice in notices:
                found = True
                self.add_error(name, notice)
        if found:
            self.add_error(None, _("Er der ingen borger i teksten, så send igen."))
            self.data = cast(QueryDict, self.data).copy()
            self.data["looked"] = "1"
        return cleaned


def _named(owners: Mapping[str, Capacity]) -> list[tuple[str, str]]:
    return [(key, f"{one.person.name}, {one.authority.short_name}") for key, one in owners.items()]


class GapForm(OnceForm, NoPersonForm):
    """A hole in the system, without a person."""

    group = PickField(label=_("Hvilken gruppe"))
    title = LineField(label=_("Hvad er hullet, kort"), max_length=120)
    place = PickField(label=_("Hvor er det"), choices=GapPlace.choices, widget=forms.RadioSelect)
    between = PickManyField(label=_("Mellem hvilke myndigheder"), required=False, widget=forms.CheckboxSelectMultiple)
    what = ParagraphField(
        label=_("Hvad sker der, når borgere falder i det"),
        max_length=1500,
        help_text=_("Skriv om borgere i almindelighed: uden navn, nummer, sted og dato."),
    )
    proposal = ParagraphField(label=_("Jeres forslag"), max_length=1000, rows=3, required=False)
    owner = PickField(label=_("Hvem sørger for, at det kommer videre"))

    texts = ("title", "what", "proposal")

    def __init__(self, *args: Any, groups: Sequence[Group], owners: Sequence[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(one.pk): one for one in groups}
        self.owners = {str(one.pk): one for one in owners}
        offer(self, "owner", _named(self.owners))
        lang = get_language() or "da"
        offer(self, "between", [(kind.value, kind.label(lang)) for kind in AuthorityKind if kind != "private"])
        if len(self.groups) > 1:
            offer(self, "group", [(key, one.name) for key, one in self.groups.items()])
        else:
            del self.fields["group"]

    @property
    def chosen_group(self) -> Group:
        """The group of a valid form."""
        chosen = self.cleaned_data.get("group")
        return self.groups[chosen] if chosen else next(iter(self.groups.values()))

    @property
    def chosen_owner(self) -> Capacity:
        """The owner of a valid form."""
        return self.owners[self.cleaned_data["owner"]]

    def hole(self) -> Hole:
        """What was written in a valid form."""
        given = self.cleaned_data
        return Hole(given["title"], given["place"], given["what"], given["between"], given["proposal"])


SAID = {
    GapStepKind.FORWARDED: _("Send det videre opad"),
    GapStepKind.THEME_DAY: _("Tag det med til næste temadag"),
    GapStepKind.LINE: _("Send det ad ledelseslinjen, uden for samarbejdet"),
    GapStepKind.ANSWERED: _("Svar gruppen"),
    GapStepKind.NEWS: _("Skriv, hvad der er nyt"),
    GapStepKind.OWNER: _("Giv det en anden ejer"),
    GapStepKind.PARKED: _("Tag det af temadagen"),
    GapStepKind.CLOSED: _("Luk det"),
}


class MoveForm(NoPersonForm):
    """What happens to a hole now."""

    kind = PickField(label=_("Hvad sker der nu"), widget=forms.RadioSelect)
    to_group = PickField(label=_("Hvem sendes det til"), required=False)
    owner = PickField(label=_("Ny ejer"), required=False)
    answer = PickField(label=_("Hvad er svaret"), required=False, choices=[("", _("Vælg")), *GapAnswer.choices])
    text = ParagraphField(label=_("Med hvilke ord"), max_length=1500, rows=4, required=False)
    seen = CarriedField()

    texts = ("text",)

    def __init__(
        self,
        *args: Any,
        moves: Sequence[GapStepKind],
        above: Sequence[Group],
        owners: Sequence[Capacity],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(one.pk): one for one in above}
        self.owners = {str(one.pk): one for one in owners}
        offer(self, "kind", [(kind.value, SAID[kind]) for kind in moves])
        offer(self, "to_group", [(key, one.name) for key, one in self.groups.items()])
        offer(self, "owner", [("", _("Vælg")), *_named(self.owners)])
        needed = {"to_group": GapStepKind.FORWARDED, "owner": GapStepKind.OWNER, "answer": GapStepKind.ANSWERED}
        for name, kind in needed.items():
            if kind not in moves:
                del self.fields[name]
        demanded_at_times(self, "to_group", "owner", "answer", "text")

    def clean(self) -> dict[str, Any]:
        """What each step cannot be without."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == GapStepKind.ANSWERED and not cleaned.get("answer"):
            self.add_error("answer", ValidationError(_("Vælg, hvad svaret er.")))
        if kind == GapStepKind.OWNER and not cleaned.get("owner"):
            self.add_error("owner", ValidationError(_("Vælg, hvem der ejer systemhullet.")))
        if kind in {GapStepKind.ANSWERED, GapStepKind.NEWS} and "text" in cleaned and not cleaned["text"]:
            self.add_error("text", ValidationError(_("Skriv det med et par ord.")))
        return cleaned

    def move(self) -> Move:
        """The step of a valid form."""
        given = self.cleaned_data
        kind = GapStepKind(given["kind"])
        return Move(
            kind,
            given["seen"],
            given["text"],
            given.get("answer", "") if kind == GapStepKind.ANSWERED else "",
            self.groups.get(given.get("to_group", "")) if kind == GapStepKind.FORWARDED else None,
            self.owners.get(given.get("owner", "")) if kind == GapStepKind.OWNER else None,
        )

"""What is typed when one unit asks something of another. The fields of a text are the template's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.directory.models import DirectoryEntry
from samsvar.forms import CprField
from samsvar.forms.fields import (
    InlineRadioSelect,
    LineField,
    NumberField,
    ParagraphField,
    PickField,
    YesNoUnknown,
    demanded_at_times,
    offer,
)
from samsvar.law.kinds import Basis
from samsvar.referrals.models import Referral
from samsvar.referrals.pack import NO, YES, Field, Open, Perspective, Template, pack
from samsvar.referrals.services import Missing, Reply, Whom

_PICK = {"required": _("Vælg en af mulighederne.")}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class StartForm(forms.Form):
    """What is asked, in whose name, and about whom. What it goes on from says the last by itself."""

    template = PickField(label=_("Hvad vil I?"), widget=forms.RadioSelect, error_messages=_PICK)
    sender = PickField(label=_("Fra"), error_messages=_PICK)
    name = LineField(label=_("Borgerens navn"), max_length=160, number=False)
    cpr = CprField(
        label=_("CPR-nummer"), required=False, help_text=_("Så kan flere henvisninger om samme borger ses sammen.")
    )
    birth_year = NumberField(label=_("Fødselsår"), required=False, min_value=1900, max_value=2100)

    def __init__(
        self, *args: Any, opened: Sequence[Open], senders: Sequence[DirectoryEntry], known: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.senders = {str(one.pk): one for one in senders}
        offer(self, "template", [(one.template.key, one.template.label) for one in opened])
        self.fields["template"].initial = opened[0].template.key if opened else None
        offer(self, "sender", [(key, one.name) for key, one in self.senders.items()])
        if len(self.senders) == 1:
            del self.fields["sender"]
        if known:
            for name in ("name", "cpr", "birth_year"):
                del self.fields[name]

    @property
    def own_page(self) -> DirectoryEntry:
        """The page of one's own unit."""
        if "sender" in self.fields:
            return self.senders[self.cleaned_data["sender"]]
        return next(iter(self.senders.values()))

    @property
    def whom(self) -> Whom | None:
        """Whom it is about; None where that is known."""
        if "name" not in self.fields:
            return None
        given = self.cleaned_data
        return Whom(given["name"], given["cpr"] or "", given["birth_year"])


class WriteForm(forms.Form):
    """The template's fields, with whose words they are. What stands there already is filled in."""

    def __init__(
        self,
        *args: Any,
        template: Template,
        said: Mapping[str, Mapping[str, str]],
        basis: str,
        bases: Sequence[Basis] = (),
        basis_help: str = "",
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.template, self.bases = template, bases or template.bases
        for one in template.fields:
            self._add(one, said.get(one.key, {}))
        if len(self.bases) > 1:
            self.fields["basis"] = PickField(
                label=_("Hjemmel"),
                choices=[(one.value, capfirst(one.label(get_language()))) for one in self.bases],
                widget=InlineRadioSelect,
                initial=basis or self.bases[0].value,
                help_text=basis_help,
                required=False,
            )
            demanded_at_times(self, "basis")

    def _add(self, one: Field, stands: Mapping[str, str]) -> None:
        """A field of the template, with what stands in it, and whose words that is."""
        if one.yes_no:
            self.fields[one.key] = PickField(
                label=one.label,
                help_text=one.help,
                choices=[(key, words) for key, words in YesNoUnknown.choices if key in (YES, NO)],
                widget=InlineRadioSelect,
                required=False,
                initial=stands.get("text", ""),
            )
        else:
            theirs = one.whose != "ask" and stands.get("whose") == Perspective.OTHER and stands.get("who")
            self.fields[one.key] = ParagraphField(
                label=one.label,
                help_text=_("Taget med fra %(who)s. Ret det, hvis I selv har set noget andet.") % {"who": stands["who"]}
                if theirs and not one.who
                else one.help,
                rows=one.rows,
                required=False,
                number=False,
                initial=stands.get("text", ""),
            )
        # Demanded when it is sent, not while it is a draft.
        self.fields[one.key].at_times = one.key in self.template.required  # type: ignore[attr-defined]
        if one.whose == "ask":
            self.fields[f"{one.key}_whose"] = PickField(
                label=_("Hvem siger det? (%(field)s)") % {"field": one.label},
                choices=[(each.value, capfirst(each.label(get_language()))) for each in Perspective],
                required=False,
                initial=stands.get("whose") or Perspective.OWN.value,
            )
            demanded_at_times(self, f"{one.key}_whose")
        if one.who:
            self.fields[f"{one.key}_who"] = LineField(
                label=one.who_label or _("Hvem siger det, og hvornår? (%(field)s)") % {"field": one.label},
                max_length=120,
                required=False,
                number=False,
                initial=stands.get("who", ""),
                help_text="" if one.who_label else _("En fagperson med navn eller sted. Uden det tæller det ikke."),
            )
            demanded_at_times(self, f"{one.key}_who")

    def demand_all(self) -> bool:
        """Whether all is there that the way demands; what is not is said beside its field. Only for sending."""
        for one in self.template.fields:
            text = self.cleaned_data.get(one.key, "")
            if one.key in self.template.required and not text:
                self.add_error(one.key, _("Skriv det, der mangler her."))
            if text and one.lacks_who({"text": text, "who": self.cleaned_data.get(f"{one.key}_who", "")}):
                self.add_error(f"{one.key}_who", _("Skriv, hvem der siger det."))
        return not self.errors

    @property
    def said(self) -> dict[str, dict[str, str]]:
        """What was written, field by field."""
        given = self.cleaned_data
        return {
            one.key: {
                "text": given.get(one.key, ""),
                "whose": given.get(f"{one.key}_whose", "") or "",
                "who": given.get(f"{one.key}_who", "") or "",
            }
            for one in self.template.fields
        }

    @property
    def basis(self) -> Basis:
        """What it is sent on."""
        return Basis(self.cleaned_data.get("basis") or self.bases[0])


class MissingForm(forms.Form):
    """Back with a list of what is missing."""

    items = ParagraphField(
        label=_("Det mangler vi"), max_length=2000, help_text=_("Én ting på hver linje."), number=False
    )

    @property
    def missing(self) -> Missing:
        """The list."""
        return Missing(_lines(self.cleaned_data["items"]))


class AnswerForm(forms.Form):
    """The template's answers, a reason where it is a no, and the better door."""

    answer = PickField(label=_("Svar"), widget=forms.RadioSelect, error_messages=_PICK)
    reason = PickField(label=_("Hvis nej: hvorfor?"), required=False)
    instead = PickField(label=_("Hvis nej: hvem kan i stedet?"), required=False)
    text = ParagraphField(label=_("Med få ord"), max_length=2000, rows=4, required=False, number=False)

    def __init__(self, *args: Any, row: Referral, doors: Sequence[DirectoryEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        template = row.template
        self.doors = {str(one.pk): one for one in doors}
        offer(self, "answer", [(one.key, one.label) for one in template.answers])
        if any(one.state == "refused" for one in template.answers):
            offer(self, "reason", [("", _("Vælg")), *((one.key, one.label) for one in pack().reasons.values())])
            offer(self, "instead", [("", _("Ved ikke")), *((key, one.name) for key, one in self.doors.items())])
            demanded_at_times(self, "reason", "instead")
        else:
            del self.fields["reason"], self.fields["instead"]
        demanded_at_times(self, "text")
        if template.voices:
            self._three_voices(template)

    def _three_voices(self, template: Template) -> None:
        """One's own words, the citizen's and others', each in a field of its own (R-002-154)."""
        self.fields["text"].label = _("Det vurderer vi selv")
        self.fields["text"].help_text = template.says
        self.fields["citizen"] = ParagraphField(
            label=_("Det siger borgeren selv"), max_length=2000, rows=3, required=False, number=False
        )
        self.fields["others"] = ParagraphField(
            label=_("Det siger andre"), max_length=2000, rows=3, required=False, number=False
        )
        self.fields["others_who"] = LineField(
            label=_("Hvem af de andre siger det?"), max_length=120, required=False, number=False
        )
        demanded_at_times(self, "citizen", "others", "others_who")

    def clean(self) -> dict[str, Any]:
        """What others say has somebody who says it."""
        data = super().clean() or {}
        if data.get("others") and not data.get("others_who"):
            self.add_error("others_who", _("Skriv, hvem der siger det."))
        return data

    @property
    def reply(self) -> Reply:
        """What is answered."""
        given = self.cleaned_data
        instead = self.doors.get(given.get("instead") or "")
        voices = {key: given.get(key, "") for key in ("citizen", "others", "others_who")}
        return Reply(given["answer"], given["text"], given.get("reason") or "", instead, **voices)


class WordsForm(forms.Form):
    """A few words."""

    text = ParagraphField(label=_("Med få ord"), max_length=2000, rows=4, number=False)

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = required


class WithdrawForm(WordsForm):
    """Taken back, and whether it is the citizen who has taken the yes back."""

    yes_taken_back = forms.BooleanField(label=_("Borgeren har trukket sit ja tilbage"), required=False)

"""What is typed about a plan."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import OF_DISCHARGE, Discharge, LinePart, PlanKind, PlanReply
from samsvar.coordination.models.plans import MEETS_FIRST
from samsvar.coordination.selectors.plans import Owner
from samsvar.coordination.services.plans import Wanted
from samsvar.forms.fields import DayField, LineField, ParagraphField, PickField, demanded_at_times, offer

_PICK = {"required": _("Vælg en af mulighederne.")}
# Nobody says yes by not choosing.
_REPLIES = [("", _("Vælg")), *PlanReply.choices]
REVIEW_AFTER = timedelta(days=90)
KINDS = [one for one in PlanKind.choices if one[0] != PlanKind.COORDINATION]


class GoalsForm(forms.Form):
    """The citizen's own goals first, then the day on which the plan is looked through."""

    kind = PickField(
        label=_("Hvad for en plan"),
        choices=KINDS,
        error_messages=_PICK,
        help_text=_("Skriver borgeren ikke under ved en udskrivning, bliver aftalen til en koordinationsplan."),
    )
    goals = ParagraphField(
        label=_("Hvad vil borgeren selv"),
        max_length=2000,
        rows=4,
        required=False,
        number=False,
        help_text=_("Med borgerens egne ord."),
    )
    review_on = DayField(label=_("Ses igennem senest"), required=False)
    discharge = PickField(
        label=_("Ved udskrivning: hvordan"),
        choices=[("", _("Ved ikke endnu")), *Discharge.choices],
        required=False,
        help_text=_("Er den kompliceret, mødes I, før planen gælder."),
    )
    reference = LineField(
        label=_("Ved en plan et andet sted: hvor, og hvem har den"), max_length=300, required=False, number=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=30000)

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_kind = kind
        self.fields["review_on"].initial = timezone.localdate() + REVIEW_AFTER
        demanded_at_times(self, "goals", "review_on", "discharge", "reference")
        if kind:
            # A plan keeps its kind; only what belongs to that kind is asked.
            del self.fields["kind"]
            if kind not in OF_DISCHARGE:
                del self.fields["discharge"]
            if kind != PlanKind.ELSEWHERE:
                del self.fields["reference"]
            else:
                del self.fields["goals"]

    def clean(self) -> dict[str, Any]:
        """The citizen's goals, or where the plan stands."""
        data = super().clean() or {}
        kind = self.of_kind or data.get("kind")
        if kind == PlanKind.ELSEWHERE:
            if not data.get("reference") and "reference" not in self.errors:
                self.add_error("reference", _("Skriv, hvor planen står, og hvem der har den."))
        elif kind and not data.get("goals") and "goals" not in self.errors:
            self.add_error("goals", _("Begynd med, hvad borgeren selv vil."))
        return data

    @property
    def wanted(self) -> Wanted:
        """What a valid form says."""
        data = self.cleaned_data
        return Wanted(
            goals=data.get("goals", ""),
            review_on=data["review_on"],
            discharge=data.get("discharge", ""),
            reference=data.get("reference", ""),
        )


class LineForm(forms.Form):
    """Who does what by when; the rest only where it is needed."""

    owner = PickField(label=_("Hvem"), error_messages=_PICK)
    what = LineField(label=_("Gør hvad"), max_length=300, number=False)
    due_on = DayField(label=_("Hvornår"), required=False)
    part = PickField(
        label=_("Gælder"), choices=LinePart.choices, initial=LinePart.STEP, required=False, error_messages=_PICK
    )
    reason = LineField(
        label=_("Hvorfor det i stedet"),
        max_length=200,
        required=False,
        number=False,
        help_text=_("Skrives, når linjen er det, I gør i stedet."),
    )
    condition = LineField(
        label=_("Kun hvis"), max_length=200, required=False, number=False, help_text=_("Fx hvis lejligheden er ledig.")
    )
    after = PickField(label=_("Venter på"), required=False)
    changed = forms.BooleanField(label=_("Det er ny eller ændret hjælp"), required=False)

    def __init__(
        self, *args: Any, owners: Sequence[Owner], lines: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {one.key: one for one in owners}
        people = [(key, one.words) for key, one in self.owners.items() if one.is_person]
        places = [(key, one.words) for key, one in self.owners.items() if not one.is_person]
        # A doctor who works alone is both a person around the citizen and a place: the group says which is meant.
        offer(self, "owner", [("", _("Vælg")), (_("Mennesker"), people), *([(_("Steder"), places)] if places else [])])
        if lines:
            offer(self, "after", [("", _("Ingen linje")), *((str(n), f"{n}. {what}") for n, what in lines)])
        else:
            del self.fields["after"]

    def clean(self) -> dict[str, Any]:
        """What is done instead has a reason."""
        data = super().clean() or {}
        if data.get("part") == LinePart.FALLBACK and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Skriv, hvorfor det er det, I gør i stedet."))
        return data

    @property
    def more(self) -> list[forms.BoundField]:
        """What few lines need."""
        return [self[name] for name in self.fields if name not in {"owner", "what", "due_on"}]

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was written; whose line it would have been, or what kind, says nothing by itself."""
        return not any(self.data.get(name, "").strip() for name in ("what", "due_on", "reason", "condition"))

    @property
    def more_open(self) -> bool:
        """Whether something stands there to be seen."""
        return any(
            self.errors.get(name) or (self.is_bound and self.data.get(name) and name != "part")
            for name in self.fields
            if name not in {"owner", "what", "due_on"}
        )


class _ReplyForm(forms.Form):
    """A reply to a plan, today if nothing else is said; `reply`, `words` and `on` are the form's own fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        demanded_at_times(self, "words")

    def clean(self) -> dict[str, Any]:
        """A reservation has words."""
        data = super().clean() or {}
        if data.get("reply") == PlanReply.BUT and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Skriv, hvad forbeholdet er."))
        return data


class ForceForm(_ReplyForm):
    """What the citizen says to the draft, and why one could not meet."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    reply = PickField(label=_("Hvad siger borgeren"), choices=_REPLIES, error_messages=_PICK)
    words = LineField(
        label=_("Forbehold, med borgerens ord"),
        max_length=300,
        required=False,
        number=False,
        help_text=_("Alle, der må læse planen, kan læse det."),
    )
    on = DayField(label=_("Svaret den"))
    declines = forms.BooleanField(
        label=_("Borgeren vil ikke have hjælp efter udskrivningen"),
        required=False,
        help_text=_("Giv visitator besked. Det står på borgerens papir, og at man ikke behøver at lukke op."),
    )
    why_no_meeting = LineField(label=_("Hvis I ikke har mødtes: hvorfor"), max_length=300, required=False, number=False)

    def __init__(self, *args: Any, of_discharge: bool, discharge: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "why_no_meeting")
        if not of_discharge:
            del self.fields["declines"]
        if discharge not in MEETS_FIRST:
            del self.fields["why_no_meeting"]


class AnswerForm(_ReplyForm):
    """What one of those around the citizen says."""

    who = PickField(label=_("Hvem"), error_messages=_PICK)
    reply = PickField(label=_("Svar"), choices=_REPLIES, error_messages=_PICK)
    words = LineField(label=_("Forbehold"), max_length=300, required=False, number=False)
    on = DayField(label=_("Svaret den"))

    def __init__(self, *args: Any, who: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "who", [("", _("Vælg")), *((one, one) for one in who)])


class ClashForm(forms.Form):
    """What does not go together with another plan."""

    clash = LineField(
        label=_("Det passer ikke sammen"),
        max_length=300,
        required=False,
        number=False,
        help_text=_("Fx: to planer siger hver sin adresse. Lad feltet stå tomt, når det passer igen."),
    )


class EndPlanForm(forms.Form):
    """Why a plan holds no more."""

    why = LineField(label=_("Hvorfor"), max_length=200, number=False)

"""What is typed at a meeting and about its date."""

import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.calendar import words
from samsvar.cases.models import Case, CloseReason, OutcomeType, ProposalEnd
from samsvar.forms.fields import (
    ClockField,
    DayField,
    LineField,
    NumberField,
    ParagraphField,
    PickField,
    demanded_at_times,
    offer,
)
from samsvar.meetings.forms.folded import FoldedForm
from samsvar.meetings.forms.series import TEMPLATE, kind_choices
from samsvar.meetings.models import LONGEST, SHORTEST, AgendaItem, Attendance, Decision, Invitation, MeetingKind
from samsvar.meetings.selectors.agendas import ItemPage, Presence, Proposal, at, next_monday, room, usual_hour
from samsvar.meetings.selectors.kinds import Choice, Template
from samsvar.meetings.services.conducting import ENDINGS, Outcome
from samsvar.partnerships.models import Group, GroupModel, Hearing

CLOSE_REASONS = [choice for choice in CloseReason.choices if choice[0] != CloseReason.NOT_PSP]


class PlanForm(FoldedForm):
    """One meeting on a day of one's own choice."""

    FOLDED = ("minutes", "notify_days", "theme_day")

    group = forms.ChoiceField(label=_("Gruppe"))
    kind = PickField(label=_("Slags møde"), required=False)
    day = DayField(label=_("Dag"))
    hour = ClockField(label=_("Klokken"), initial=datetime.time(9, 0))
    place = LineField(label=_("Sted"), max_length=120, required=False)
    notify_days = NumberField(
        label=_("Frist for at melde sager (dage før mødet)"),
        initial=3,
        min_value=0,
        max_value=60,
        error_messages={
            "invalid": _("Skriv et antal dage, fx 3."),
            "min_value": _("Skriv et antal dage fra 0 til 60."),
            "max_value": _("Skriv et antal dage fra 0 til 60."),
        },
    )
    minutes = NumberField(
        label=_("Varighed i minutter"),
        help_text=_("Tomt: som mødetypen siger, ellers to timer."),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages={
            name: _("Skriv et antal minutter fra 15 til 720.") for name in ("invalid", "min_value", "max_value")
        },
    )
    theme_day = forms.BooleanField(label=_("Temadag: længere møde om generelle emner"), required=False)

    def __init__(self, *args: Any, groups: list[Group], choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {str(kind.pk): kind for kind in choice.own}
        self.templates = {f"{TEMPLATE}{one.code}": one for one in choice.templates}
        self.sets_up = choice.sets_up
        offer(self, "kind", kind_choices(choice.own, choice.templates))
        if self.templates:
            self.fields["kind"].help_text = str(
                _("En skabelon bliver jeres egen mødetype, når I bruger den. Ret den til under Mødetyper.")
            )
        if not (self.kinds or self.templates):
            del self.fields["kind"]
        self.groups = {str(group.pk): group for group in groups}
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, group.name) for key, group in self.groups.items()]
        if groups and all(group.model == GroupModel.CONFERENCE for group in groups):
            # A Samarbejdsenhed meets on Mondays from one to three until somebody says otherwise (R-003-28).
            self.fields["day"].initial = next_monday()
            self.fields["hour"].initial = usual_hour(groups[0])
        if len(groups) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(groups[0].pk)

    @property
    def group_chosen(self) -> Group:
        """The group of a valid form."""
        return self.groups[self.cleaned_data["group"]]

    def clean(self) -> dict[str, Any]:
        """A kind belongs to the partnership of the group, and a template is used where one may make it one's own."""
        cleaned = super().clean() or {}
        chosen, group = cleaned.get("kind", ""), self.groups.get(cleaned.get("group", ""))
        kind = self.kinds.get(chosen)
        if kind and group and kind.partnership_id != group.partnership_id:
            self.add_error("kind", _("Mødetypen hører til et andet samarbejde end gruppen."))
        if chosen in self.templates and group and group.partnership_id not in self.sets_up:
            self.add_error("kind", _("I det samarbejde kan du ikke bruge en skabelon. Vælg en af de andre."))
        return cleaned

    @property
    def kind_chosen(self) -> MeetingKind | Template | None:
        """The kind of a valid form, or the template that is to become one."""
        chosen = self.cleaned_data.get("kind", "")
        return self.kinds.get(chosen) or self.templates.get(chosen)

    @property
    def starts_at(self) -> datetime.datetime:
        """When the meeting of a valid form begins."""
        return at(self.cleaned_data["day"], self.cleaned_data["hour"])


class ProposalsForm(forms.Form):
    """Some of the dates that the rhythm gives, in one step."""

    days = forms.MultipleChoiceField(
        label=_("Datoer efter gruppens rytme"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Sæt kryds ved mindst én dato."),
            "invalid_choice": _("En af datoerne er ikke ledig længere. Se listen igen."),
        },
    )

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = {proposal.value: proposal for proposal in proposals}
        field = self.fields["days"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(value, _label(proposal)) for value, proposal in self.proposals.items()]
        field.initial = list(self.proposals)

    @property
    def chosen(self) -> list[Proposal]:
        """The proposals of a valid form."""
        return [self.proposals[value] for value in self.cleaned_data["days"]]


def _label(proposal: Proposal) -> str:
    text = words.moment(timezone.localtime(proposal.starts_at), lang=get_language())
    return f"{text} ({_('temadag')})" if proposal.theme_day else text


class AnswerForm(forms.Form):
    """Whether somebody comes."""

    answer = PickField(choices=Invitation.Answer.choices)


class FrameForm(forms.Form):
    """A part of the frame that the whole group reads, so without citizens."""

    text = ParagraphField(
        label=_("Tekst"),
        help_text=_("Hele gruppen læser den, også de myndigheder, der ikke er part i en sag. Skriv ikke om en borger."),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, label: str | Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = str(label)

    def clean_seen(self) -> str:
        """The text that was on the screen, with one kind of line break as it was saved."""
        return self.cleaned_data["seen"].replace("\r\n", "\n")


class WordsForm(forms.Form):
    """Words added to one case's section of the minutes."""

    text = ParagraphField(
        label=_("Føj til referatet"),
        max_length=1500,
        rows=3,
        help_text=_("Læses af alle parter i sagen. Uden navne, numre og diagnoser."),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean_seen(self) -> str:
        """The text that was on the screen, with one kind of line break as it was saved."""
        return self.cleaned_data["seen"].replace("\r\n", "\n")


class AmendmentForm(forms.Form):
    """What approved minutes should have said, and why."""

    text = ParagraphField(label=_("Rettelse"), max_length=1500, rows=3)
    reason = LineField(label=_("Hvorfor"), max_length=400)


class CountForm(forms.Form):
    """Which year, and that somebody wants to see the numbers."""

    year = NumberField(
        label=_("År"),
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": _("Skriv et årstal, fx 2026."),
            "min_value": _("Skriv et årstal fra 2000 til 2100."),
            "max_value": _("Skriv et årstal fra 2000 til 2100."),
        },
    )


class AttendanceForm(forms.Form):
    """Who came: one choice per member."""

    def __init__(self, *args: Any, members: list[Presence], gathered: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for presence in members:
            # Before people gather only an excuse can be noted, beside what somebody has noted already.
            open_now = [
                (value, label)
                for value, label in Attendance.State.choices
                if gathered or value in {Attendance.State.EXCUSED, presence.state}
            ]
            person = presence.membership.capacity
            self.fields[presence.field] = forms.ChoiceField(
                label=f"{person.person.name}, {person.authority.short_name}",
                choices=[("", str(_("Ikke noteret"))), *open_now],
                initial=presence.state,
                required=False,
            )

    @property
    def states(self) -> dict[UUID, str]:
        """By membership id, from a valid form."""
        return {presence.membership.pk: self.cleaned_data[presence.field] for presence in self.members}

    @property
    def all_here(self) -> dict[UUID, str]:
        """The same, with those about whom nothing is said as having come."""
        return {key: state or Attendance.State.PRESENT for key, state in self.states.items()}


class DecisionForm(forms.Form):
    """One outcome for one case, with what follows from it."""

    decision = forms.ChoiceField(
        label=_("Hvad beslutter I?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad I beslutter.")},
    )
    holder = forms.ChoiceField(label=_("Hvem får handlingsansvaret?"), required=False)
    note = ParagraphField(
        label=_("Indsats og fordeling"),
        max_length=1500,
        rows=2,
        required=False,
    )
    next_step = LineField(label=_("Næste skridt"), required=False)
    next_on = DayField(label=_("Hvornår?"), required=False)
    close_reason = forms.ChoiceField(
        label=_("Hvorfor afsluttes sagen?"), choices=[("", _("Vælg")), *CLOSE_REASONS], required=False
    )
    result = forms.ChoiceField(
        label=_("Hvad kom der ud af det?"), choices=[("", _("Vælg")), *OutcomeType.choices], required=False
    )
    proposals = forms.ChoiceField(
        label=_("Hvad bliver der af det, der ikke er svaret på?"),
        choices=[("", _("Vælg")), *ProposalEnd.choices],
        required=False,
    )
    sure = forms.BooleanField(label=_("Ja, afslut sagen. Den kan ikke åbnes igen."), required=False)
    wait_until = DayField(label=_("Afvent til"), help_text=_("Kun når I afventer til en dato."), required=False)
    dissent = LineField(label=_("Afvigende mening"), max_length=400, required=False)
    away = forms.MultipleChoiceField(
        label=_("Ude af rummet under punktet"), widget=forms.CheckboxSelectMultiple, required=False
    )
    hearing = forms.ChoiceField(
        label=_("Nogen i rummet er ikke med i sagen. Hvad gjorde I?"),
        choices=Hearing.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    holding = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, page: ItemPage, members: list[Presence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "holder", "note", "next_step", "next_on", "close_reason", "wait_until")
        self.stands, self.passed = page.line.case.next_step, page.line.step_passed
        if self.passed:
            self.fields["next_on"].help_text = str(_("Dagen gik: %(day)s. Sæt en ny.")) % {"day": self._passed_said}
        self.authorities = {str(authority.pk): authority for authority in page.parties}
        readers = ", ".join(authority.short_name for authority in page.parties)
        self.fields["note"].help_text = str(_("Læses af alle parter: %(readers)s.")) % {"readers": readers}
        self.fields["dissent"].help_text = str(_("Læses af alle parter."))
        if not page.proposed:
            del self.fields["proposals"]
        offer(self, "decision", [(one.value, str(one.label)) for one in OFFERED])
        offer(self, "holder", [(key, authority.name) for key, authority in self.authorities.items()])
        offer(
            self,
            "away",
            [(str(one.membership.pk), f"{one.membership.capacity.person.name}") for one in members],
        )
        if not room(members, page.parties).strangers:
            del self.fields["hearing"]

    def clean(self) -> dict[str, Any]:
        """A new holder only with the decision that places it; a date only with a step it belongs to."""
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if decision == Decision.WAIT_UNTIL and "wait_until" in cleaned and not cleaned["wait_until"]:
            self.add_error("wait_until", _("Skriv, hvilken dag I venter til."))
        wait_until = cleaned.get("wait_until")
        if decision == Decision.WAIT_UNTIL and wait_until and wait_until <= timezone.localdate():
            self.add_error("wait_until", _("Vælg en dag, der ikke er gået."))
        if decision in ENDINGS:
            if decision == Decision.CLOSED and not cleaned.get("close_reason"):
                self.add_error("close_reason", _("Vælg, hvorfor sagen afsluttes."))
            if "proposals" in self.fields and not cleaned.get("proposals"):
                self.add_error("proposals", _("Vælg, hvad der bliver af det forslag, som ikke er besvaret."))
            if not cleaned.get("sure"):
                self.add_error("sure", _("Sæt kryds, hvis sagen skal afsluttes nu."))
        if decision in NEEDS_WORDS and "note" in cleaned and not cleaned["note"]:
            self.add_error("note", NEEDS_WORDS[decision])
        if cleaned.get("next_on") and cleaned["next_on"] < timezone.localdate():
            self.add_error("next_on", _("Vælg en dag, der ikke er gået."))
        if cleaned.get("next_on") and "next_step" in cleaned and not cleaned["next_step"]:
            self.add_error("next_step", _("Skriv, hvad der skal ske den dag."))
        self._ask_for_a_day(cleaned)
        return cleaned

    @property
    def _passed_said(self) -> str:
        return words.day(self.passed, timezone.localtime(), get_language()) if self.passed else ""

    def _ask_for_a_day(self, cleaned: dict[str, Any]) -> None:
        """A step whose day has gone goes on with a new one, or another step comes instead; it is not let go unseen."""
        same = cleaned.get("next_step", "") in ("", self.stands)
        given = cleaned.get("next_on") or "next_on" in self.errors or "next_step" in self.errors
        if self.passed and same and not given and cleaned.get("decision") not in ENDINGS:
            self.add_error(
                "next_on",
                _("Dagen for næste skridt gik: %(day)s. Sæt en ny dag, eller skriv et andet næste skridt.")
                % {"day": self._passed_said},
            )

    def outcome(self) -> Outcome:
        """The decision of a valid form."""
        given = self.cleaned_data
        return Outcome(
            decision=Decision(given["decision"]),
            seen_holding=given["holding"],
            note=given["note"],
            holder=self.authorities.get(given["holder"]) if given["decision"] == Decision.PLACED else None,
            next_step=given["next_step"],
            next_on=given["next_on"],
            close_reason=given["close_reason"],
            result=given["result"],
            proposals=given.get("proposals", ""),
            wait_until=given["wait_until"] if given["decision"] == Decision.WAIT_UNTIL else None,
            dissent=given["dissent"],
            away=[UUID(value) for value in given["away"]],
            hearing=given.get("hearing", ""),
        )


OFFERED = (
    Decision.PLACED,
    Decision.FOLLOWED_UP,
    Decision.AWAITING_INFORMATION,
    Decision.AWAITING_MANDATE,
    Decision.WAIT_UNTIL,
    Decision.NETWORK_MEETING,
    Decision.GENERAL,
    Decision.NOT_PSP,
    Decision.CLOSED,
)
NEEDS_WORDS = {
    Decision.FOLLOWED_UP: _("Skriv, hvad der er sket, eller vælg »Intet nyt«."),
    Decision.AWAITING_INFORMATION: _("Skriv, hvad der ventes på, og hvem der gør noget ved det."),
    Decision.AWAITING_MANDATE: _("Skriv, hvad der ventes på, og hvem der gør noget ved det."),
    Decision.WAIT_UNTIL: _("Skriv, hvad der ventes på, og hvem der gør noget ved det."),
    Decision.NETWORK_MEETING: _("Skriv, hvem der skal mødes, og hvem der indkalder."),
    Decision.NOT_PSP: _("Skriv kort, hvorfor det ikke er en PSP-sag."),
    Decision.CLOSED: _("Skriv kort, hvorfor sagen afsluttes."),
}


def first_values(case: Case, item: AgendaItem | None, holding_id: UUID, holder_id: UUID, stamp: str) -> dict[str, Any]:
    """What the form shows before anybody has typed."""
    return {
        "decision": item.decision if item else "",
        "holder": str(holder_id),
        "note": item.note if item else "",
        "dissent": item.dissent if item else "",
        "away": [str(one) for one in item.away] if item else [],
        "hearing": (item.hearing if item else "") or case.partnership.hearing,
        "next_step": case.next_step,
        # A day that has gone stands in words beside the field, which waits for a new one.
        "next_on": case.next_on if case.next_on and case.next_on >= timezone.localdate() else None,
        "wait_until": case.wait_until,
        "holding": holding_id,
        "seen": stamp,
    }

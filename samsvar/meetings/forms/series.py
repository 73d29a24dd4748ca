"""What is typed about how a group meets: a series, another hour for one meeting, a kind, a period."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.calendar import rhythms
from samsvar.calendar.words import WEEKDAYS, language
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
from samsvar.meetings.models import LONGEST, MOST_AHEAD, SHORTEST, MeetingKind, MeetingSeries, Part
from samsvar.meetings.models.series import Plan
from samsvar.meetings.selectors.agendas import Presence, at, usual_hour
from samsvar.meetings.selectors.kinds import Template, by_tier
from samsvar.meetings.services.kinds import Shape
from samsvar.partnerships.models import Group, GroupFunction, GroupModel

# Before the code of a template that somebody chooses among the kinds.
TEMPLATE = "skabelon:"
WEEKLY, NTH, DATE, NEED = "weekly", "monthly_weekday", "monthly", "on_need"
_HOW = (
    (WEEKLY, _("Ugedag: fx hver mandag eller hver anden mandag")),
    (NTH, _("Ugedag i måneden: fx 3. onsdag")),
    (DATE, _("Dato i måneden: fx den 1.")),
    (NEED, _("Efter behov: ingen faste dage")),
)
_PLACES = (
    (1, _("1. i måneden")),
    (2, _("2. i måneden")),
    (3, _("3. i måneden")),
    (4, _("4. i måneden")),
    (-1, _("sidste i måneden")),
)


def number(label: Any, low: int, high: int, **more: Any) -> NumberField:
    """A whole number between two others, both included."""
    return NumberField(
        label=label,
        min_value=low,
        max_value=high,
        error_messages={
            "invalid": _("Skriv et helt tal."),
            "required": _("Skriv et helt tal."),
            "min_value": _("Skriv mindst %(limit_value)s."),
            "max_value": _("Skriv højst %(limit_value)s."),
        },
        **more,
    )


def minutes_field(**more: Any) -> NumberField:
    """How long a meeting lasts."""
    return number(_("Varighed i minutter"), SHORTEST, LONGEST, **more)


def kind_choices(kinds: Sequence[MeetingKind], templates: Sequence[Template] = ()) -> list[tuple[str, Any]]:
    """A group's own usual meeting, one of these kinds, or a template, by tier."""
    usual, own = ("", str(_("Som gruppen plejer"))), [(str(kind.pk), kind.name) for kind in kinds]
    if not templates:
        return [usual, *own]
    return [
        usual,
        *([(str(_("Jeres egne mødetyper")), own)] if own else []),
        *(
            (f"{_('Skabeloner')}: {tier.label}", [(f"{TEMPLATE}{one.code}", one.name) for one in of_tier])
            for tier, of_tier in by_tier(templates)
        ),
    ]


class SeriesForm(FoldedForm):
    """How a group meets."""

    FOLDED = ("until", "minutes", "kind", "if_closed", "notify_days", "ahead")

    how = PickField(label=_("Hvordan falder møderne?"), choices=_HOW, widget=forms.RadioSelect, initial=NTH)
    weekday = PickField(label=_("Ugedag"), initial="2", required=False)
    place_in_month = PickField(label=_("Hvilken i måneden"), choices=_PLACES, initial="3", required=False)
    day = number(_("Dato"), 1, 31, required=False, help_text=_("I korte måneder bliver det den sidste dag."))
    every = number(_("Hvor tit"), 1, 12, initial=1, help_text=_("1 er hver gang, 2 er hver anden."))
    since = DayField(label=_("Fra og med"), help_text=_("Hver anden uge eller måned tælles herfra."))
    until = DayField(label=_("Til og med"), required=False)
    hour = ClockField(label=_("Klokken"), initial=datetime.time(9, 0))
    minutes = minutes_field(initial=120)
    place = LineField(label=_("Sted"), max_length=120, required=False)
    kind = PickField(label=_("Slags møde"), required=False)
    if_closed = PickField(label=_("Når dagen er en helligdag"), choices=MeetingSeries.IfClosed.choices, initial="next")
    notify_days = number(_("Frist for at melde sager (dage før mødet)"), 0, 60, initial=3)
    ahead = number(_("Antal møder, der lægges i kalenderen"), 1, MOST_AHEAD, initial=6)
    planned = PickField(
        label=_("Hvad sker der med de møder, der allerede er planlagt?"),
        choices=(
            ("move", _("De flytter til de nye dage, og medlemmerne får besked")),
            ("keep", _("De bliver stående, og det nye gælder efter det sidste af dem")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad der sker med de planlagte møder.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, group: Group, kinds: Sequence[MeetingKind], changes_planned: bool = False, **kwargs: Any
    ) -> None:
        usual: dict[str, Any] = {"since": timezone.localdate(), "place": group.place}
        if group.model == GroupModel.CONFERENCE:
            # Every Monday from one to three (R-003-28); any other day is as good.
            usual |= {"how": WEEKLY, "weekday": "0", "hour": usual_hour(group), "if_closed": "skip"}
        kwargs["initial"] = usual | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.kinds = {str(kind.pk): kind for kind in kinds}
        names = WEEKDAYS[language(get_language())]
        offer(self, "weekday", [(str(place), name) for place, name in enumerate(names)])
        offer(self, "kind", kind_choices(kinds))
        demanded_at_times(self, "weekday", "place_in_month", "day")
        if not changes_planned:
            del self.fields["planned"]

    def clean(self) -> dict[str, Any]:
        """What each rule needs, and a series that does not end before it begins."""
        cleaned = super().clean() or {}
        how = cleaned.get("how")
        if how in {WEEKLY, NTH} and "weekday" in cleaned and not cleaned["weekday"]:
            self.add_error("weekday", _("Vælg en ugedag."))
        if how == NTH and "place_in_month" in cleaned and not cleaned["place_in_month"]:
            self.add_error("place_in_month", _("Vælg, hvilken i måneden."))
        if how == DATE and "day" in cleaned and not cleaned["day"]:
            self.add_error("day", _("Skriv en dato fra 1 til 31."))
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Serien kan ikke slutte, før den begynder."))
        return cleaned

    @property
    def move_planned(self) -> bool:
        """Whether a valid form wants the planned meetings to move."""
        return self.cleaned_data.get("planned", "move") == "move"

    def plan(self) -> Plan:
        """The plan of a valid form."""
        return self._plan(self.cleaned_data)

    def shown(self) -> Plan | None:
        """The plan as the page stands: what was sent when that is a plan, and before that what the form begins with."""
        if self.is_bound:
            return self.plan() if self.is_valid() else None
        return self._plan({name: self.get_initial_for_field(field, name) for name, field in self.fields.items()})

    def _plan(self, given: dict[str, Any]) -> Plan:
        return Plan(
            rule=self._rule(given),
            if_closed=given["if_closed"],
            hour=given["hour"].replace(second=0, microsecond=0),
            minutes=given["minutes"],
            place=given["place"],
            notify_days=given["notify_days"],
            ahead=given["ahead"],
            since=given["since"],
            until=given["until"],
            kind=self.kinds.get(given["kind"] or ""),
        )

    def _rule(self, given: dict[str, Any]) -> rhythms.Rhythm:
        since, every = given["since"], given["every"]
        if given["how"] == WEEKLY:
            return rhythms.Weekly(int(given["weekday"]), every, first=since)
        if given["how"] == NTH:
            return rhythms.MonthlyWeekday(
                int(given["weekday"]), int(given["place_in_month"]), every=every, first_month=since.month
            )
        if given["how"] == DATE:
            return rhythms.Monthly(given["day"], every=every, first_month=since.month)
        return rhythms.OnNeed()


def series_values(series: MeetingSeries, seen: str) -> dict[str, Any]:
    """What the form shows of a series as it stands."""
    rule = series.rule
    return {
        "how": rule["kind"],
        "weekday": str(rule.get("weekday", 2)),
        "place_in_month": str(rule.get("nth", 3)),
        "day": rule.get("day"),
        "every": rule.get("every", 1),
        "since": series.since,
        "until": series.until,
        "hour": series.hour,
        "minutes": series.minutes,
        "place": series.place,
        "kind": str(series.kind_id or ""),
        "if_closed": series.if_closed,
        "notify_days": series.notify_days,
        "ahead": series.ahead,
        "seen": seen,
    }


class MoveForm(forms.Form):
    """Another hour, length or place for one meeting."""

    day = DayField(label=_("Dag"))
    hour = ClockField(label=_("Klokken"))
    minutes = minutes_field()
    place = LineField(label=_("Sted"), max_length=120, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32767)

    @property
    def starts_at(self) -> datetime.datetime:
        """When the meeting of a valid form begins."""
        return at(self.cleaned_data["day"], self.cleaned_data["hour"])


class KindForm(forms.Form):
    """A kind of meeting: its name, whether it can decide, and a place for each part."""

    name = LineField(label=_("Navn"), max_length=80)
    purpose = ParagraphField(label=_("Formål"), max_length=400, rows=2, required=False)
    participants = ParagraphField(label=_("Hvem plejer at være med"), max_length=400, rows=2, required=False)
    decides = forms.BooleanField(
        label=_("Mødet kan beslutte"),
        required=False,
        initial=True,
        help_text=_("Uden kryds står der på mødet og i referatet, at det ikke er et beslutningsmøde."),
    )
    minutes = minutes_field(initial=120)
    notice_days = number(_("Indkaldes så mange dage før"), 0, 90, initial=7)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", str(_("Ikke med"))), *((str(place), f"{place}.") for place in range(1, len(Part) + 1))]
        for part in Part:
            self.fields[self._field(part)] = PickField(label=part.label, choices=places, required=False)
        demanded_at_times(self, *map(self._field, Part))

    @staticmethod
    def _field(part: Part) -> str:
        return f"part_{part.value}"

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields before the parts."""
        return [self[name] for name in self.fields if not name.startswith("part_") and name != "seen"]

    @property
    def part_fields(self) -> list[forms.BoundField]:
        """One field per part."""
        return [self[self._field(part)] for part in Part]

    def clean(self) -> dict[str, Any]:
        """A meeting is made of something."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(self._field(part)) for part in Part):
            self.add_error(self._field(Part.APPROVAL), _("Giv mindst én del en plads på dagsordenen."))
        return cleaned

    def shape(self) -> Shape:
        """The kind of a valid form. Parts that were given the same place stand in the order of the list."""
        given = self.cleaned_data
        placed = [(int(given[self._field(part)]), part.value) for part in Part if given[self._field(part)]]
        return Shape(
            name=given["name"],
            purpose=given["purpose"],
            participants=given["participants"],
            parts=[part for _place, part in sorted(placed, key=lambda pair: pair[0])],
            decides=given["decides"],
            minutes=given["minutes"],
            notice_days=given["notice_days"],
        )


def kind_values(kind: MeetingKind | Template, seen: str = "") -> dict[str, Any]:
    """What the form shows of a kind, or of the template that somebody begins from."""
    return {
        "name": kind.name,
        "purpose": kind.purpose,
        "participants": kind.participants,
        "decides": kind.decides,
        "minutes": kind.minutes,
        "notice_days": kind.notice_days,
        "seen": seen,
        **{f"part_{Part(part).value}": str(place) for place, part in enumerate(kind.parts, 1)},
    }


class ConstitutionForm(forms.Form):
    """Whom the group has chosen."""

    def __init__(self, *args: Any, members: Sequence[Presence], held: dict[str, GroupFunction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = {str(one.membership.capacity_id): one.membership.capacity for one in members}
        posts |= {str(row.capacity_id): row.capacity for row in held.values()}
        self.posts = posts
        choices = [("", str(_("Ingen valgt")))]
        choices += [(key, f"{post.person.name}, {post.authority.short_name}") for key, post in posts.items()]
        for function in GroupFunction.Function:
            row = held.get(function.value)
            now = str(row.capacity_id) if row else ""
            self.fields[function.value] = PickField(label=function.label, choices=choices, initial=now, required=False)
            self.fields[f"seen_{function.value}"] = forms.UUIDField(
                widget=forms.HiddenInput, initial=now, required=False
            )

    @property
    def chosen(self) -> dict[str, Any]:
        """The post that each function was given to, from a valid form."""
        given = self.cleaned_data
        return {name: self.posts[given[name]] for name in GroupFunction.Function.values if given[name]}

    @property
    def seen(self) -> dict[str, Any]:
        """Who had each function when the page was shown."""
        return {name: self.cleaned_data[f"seen_{name}"] for name in GroupFunction.Function.values}


class PeriodForm(forms.Form):
    """From one day to another."""

    since = DayField(label=_("Fra og med"))
    until = DayField(label=_("Til og med"))

    def clean(self) -> dict[str, Any]:
        """Not backwards."""
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("Slutdagen ligger før den første dag."))
        return cleaned

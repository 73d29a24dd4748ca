"""What is typed to and from the own doctor: few fields, since both have ten minutes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import ALERTS, Aftercare, DoctorAnswer, EventKind, NetworkMeeting
from samsvar.forms.fields import DayField, LineField, ParagraphField, PickField, offer
from samsvar.partnerships.models import Authority

_PICK = {"required": _("Vælg en af mulighederne.")}
_LINE = _("Kun det, lægen skal bruge. Skriv intet CPR-nummer.")


class NameForm(forms.Form):
    """Which practice is the own doctor, and how it is reached."""

    practice = PickField(label=_("Lægepraksis"), error_messages=_PICK)
    phone = LineField(label=_("Telefon"), max_length=40, required=False, number=False)
    hours = LineField(
        label=_("Træffes"), max_length=120, required=False, number=False, help_text=_("Fx telefontid kl. 8-9.")
    )

    def __init__(self, *args: Any, practices: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practices = {str(one.pk): one for one in practices}
        offer(self, "practice", [("", _("Vælg")), *((key, one.name) for key, one in self.practices.items())])


class AlertForm(forms.Form):
    """A short warning."""

    kind = PickField(
        label=_("Hvad skal lægen vide"),
        choices=[(one, EventKind(one).label) for one in ALERTS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad lægen skal vide.")},
    )
    text = ParagraphField(label=_("Med få ord"), max_length=300, rows=3, number=False, help_text=_LINE)
    call = LineField(
        label=_("Lægen kan ringe til"),
        max_length=120,
        required=False,
        number=False,
        help_text=_("Navn og telefon, fx 00 00 55 20."),
    )


class CopyForm(forms.Form):
    """What came of a behandlingskonference."""

    text = ParagraphField(label=_("Det kom der ud af det"), max_length=600, rows=5, number=False, help_text=_LINE)


class EpikriseForm(forms.Form):
    """The day on which the epikrise was sent, and what happens afterwards."""

    on = DayField(label=_("Sendt den"))
    aftercare = PickField(
        label=_("Efter udskrivningen"),
        choices=Aftercare.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad der sker efter udskrivningen.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class InviteForm(forms.Form):
    """Which meeting, and the one item that the doctor is asked to."""

    meeting = PickField(label=_("Netværksmøde"), error_messages=_PICK)
    item = ParagraphField(
        label=_("Punktet, lægen er med til"),
        max_length=300,
        rows=2,
        number=False,
        help_text=_("Lægen får tid, sted og det her punkt. Resten af mødet ser lægen ikke."),
    )

    def __init__(self, *args: Any, meetings: Sequence[NetworkMeeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(one.pk): one for one in meetings}
        offer(
            self,
            "meeting",
            [
                (key, f"{date_format(timezone.localtime(one.starts_at), 'SHORT_DATETIME_FORMAT')}, {one.place}")
                for key, one in self.meetings.items()
                if one.starts_at
            ],
        )


class ConcernForm(forms.Form):
    """What worries the practice."""

    text = ParagraphField(
        label=_("Hvad bekymrer jer"),
        max_length=600,
        rows=5,
        number=False,
        help_text=_("Kun det, tovholderen skal bruge. Skriv intet CPR-nummer."),
    )


class ReferralForm(forms.Form):
    """A joint referral, and whether both may come together the first time."""

    text = ParagraphField(label=_("Hvad er der brug for"), max_length=600, rows=5, number=False)
    joint = forms.BooleanField(label=_("Borgeren har sagt ja til, at begge kommer sammen første gang"), required=False)


class AnswerForm(forms.Form):
    """What the practice answers to an invitation."""

    answer = PickField(
        label=_("Jeres svar"), choices=DoctorAnswer.choices, widget=forms.RadioSelect, error_messages=_PICK
    )

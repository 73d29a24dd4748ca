"""What is typed about a network."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import AskedBy, Category, ContactRole, Ending, Rope, Way
from samsvar.forms import CprField
from samsvar.forms.fields import (
    DayField,
    InlineRadioSelect,
    LineField,
    ParagraphField,
    PickField,
    PickManyField,
    demanded_at_times,
    offer,
)
from samsvar.partnerships.models import Authority, Capacity, Partnership, Unit
from samsvar.referrals.models import Referral
from samsvar.sharing.models import ConsentForm
from samsvar.sharing.services import lapses_latest

_PICK = {"required": _("Vælg en af mulighederne.")}
ENDINGS = [one for one in Ending.choices if one[0] != Ending.REPLACED]


class LookForm(forms.Form):
    """The one field of the question "who is the tovholder?"."""

    cpr = CprField(label=_("CPR-nummer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever comes here by key types the number next.
        self.fields["cpr"].widget.attrs["autofocus"] = True


class OpenForm(forms.Form):
    """Somebody asks for a tovholder: who it is for, who asks, and why."""

    cpr = CprField(label=_("CPR-nummer"), required=False)
    name = LineField(label=_("Borgerens navn"), max_length=160, number=False)
    asked_by = PickField(
        label=_("Hvem spørger"),
        choices=AskedBy.choices,
        widget=InlineRadioSelect,
        initial=AskedBy.PROFESSIONAL,
        error_messages=_PICK,
    )
    who = LineField(label=_("Hvad hedder den, der spørger"), max_length=160, required=False, number=False)
    signs = PickManyField(
        label=_("Det taler for en tovholder"),
        choices=[
            ("complex", _("Problemerne er sammensatte")),
            ("several", _("Borgeren får hjælp fra flere afdelinger")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = LineField(
        label=_("Hvorfor alligevel"),
        max_length=400,
        required=False,
        number=False,
        help_text=_("Skrives, når ikke begge dele passer."),
    )
    child = forms.BooleanField(
        label=_("Barn eller ung"),
        required=False,
        help_text=_("Så får de pårørende brev om, hvem tovholderen er. En voksen giver selv sit kort videre."),
    )
    asked_on = DayField(label=_("Spurgt"), required=False)
    partnership = PickField(label=_("Samarbejde"), required=False)

    def __init__(self, *args: Any, places: Sequence[Partnership], wish: Referral | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = [one for one in places if wish is None or one.pk == wish.partnership_id]
        if len(self.places) > 1:
            offer(self, "partnership", [(str(one.pk), one.name) for one in self.places])
            self.fields["partnership"].required = True
        else:
            del self.fields["partnership"]
        demanded_at_times(self, "why")
        self.fields["asked_on"].initial = timezone.localdate()
        if wish is not None and wish.sent_at is not None:
            self.initial = {
                "name": wish.name,
                "who": wish.from_entry.name[:160],
                "why": wish.said["signs"]["text"][:400],
                "asked_on": timezone.localdate(wish.sent_at),
            }

    def clean(self) -> dict[str, Any]:
        """A reason where the two signs are not both there."""
        data = super().clean() or {}
        if set(data.get("signs") or ()) != {"complex", "several"} and not data.get("why") and "why" not in self.errors:
            self.add_error("why", _("Skriv, hvorfor der alligevel er brug for en tovholder."))
        return data

    @property
    def place_id(self) -> UUID:
        """The partnership of a valid form."""
        return UUID(self.cleaned_data["partnership"]) if "partnership" in self.fields else self.places[0].pk


class AppointForm(forms.Form):
    """Who is to be tovholder. A colleague's phone and hours stand there already when the post has them."""

    post = PickField(label=_("Kollega"), required=False)
    name = LineField(
        label=_("Eller et navn"),
        max_length=160,
        required=False,
        number=False,
        help_text=_("For en tovholder, der ikke selv bruger Samsvar."),
    )
    phone = LineField(label=_("Telefon"), max_length=40, required=False, number=False)
    hours = LineField(
        label=_("Træffes"), max_length=120, required=False, number=False, help_text=_("Fx hverdage kl. 9-12.")
    )
    part = PickField(
        label=_("Som"),
        choices=[
            ("responsible", _("Ansvarlig tovholder")),
            ("acting", _("Fungerende, indtil en anden er fundet")),
            ("helper", _("Medtovholder")),
        ],
        initial="responsible",
        error_messages=_PICK,
    )
    areas = PickManyField(
        label=_("Holder rebet for"), choices=Rope.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    why = LineField(label=_("Hvorfor"), max_length=200, required=False, number=False)
    decided_on = DayField(
        label=_("Besluttet på møde i Samarbejdsenheden"),
        required=False,
        help_text=_("Står det i et referat, så skriv mødets dag."),
    )

    def __init__(self, *args: Any, posts: Sequence[Capacity], by_area: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_area:
            del self.fields["areas"]
        self.posts = {str(one.pk): one for one in posts}
        offer(
            self,
            "post",
            [("", _("Vælg")), *((key, f"{one.person.name}, {one.function}") for key, one in self.posts.items())],
        )
        demanded_at_times(self, "post", "name", "phone", "hours")

    def clean(self) -> dict[str, Any]:
        """Each of the three has its own message (R-003-3)."""
        data = super().clean() or {}
        post = self.posts.get(data.get("post") or "")
        if post is not None and data.get("name"):
            self.add_error("name", _("Vælg en kollega, eller skriv et navn. Ikke begge dele."))
        if post is None and not data.get("name") and not self.errors:
            self.add_error("post", _("Vælg en kollega, eller skriv et navn."))
        if not data.get("phone") and not (post and post.phone) and "phone" not in self.errors:
            self.add_error("phone", _("Skriv et telefonnummer. Uden det kan ingen få fat i tovholderen."))
        if not data.get("hours") and not (post and post.hours) and "hours" not in self.errors:
            self.add_error("hours", _("Skriv, hvornår tovholderen kan træffes."))
        return data


class EndForm(forms.Form):
    """Why the tovholder stops, or the network ends."""

    reason = PickField(label=_("Hvorfor"), choices=ENDINGS, error_messages=_PICK)


class NoneFoundForm(forms.Form):
    """Why nobody has been found yet."""

    why = LineField(label=_("Der er ikke fundet en tovholder, fordi"), max_length=400, number=False)


class MandateForm(forms.Form):
    """What the tovholder does here, what others do, and with whom it is agreed."""

    text = ParagraphField(label=_("Det gør tovholderen"), max_length=2000, rows=4, number=False)
    interfaces = ParagraphField(label=_("Det gør andre"), max_length=2000, rows=4, required=False, number=False)
    confirmed_with = LineField(
        label=_("Aftalt med"), max_length=300, number=False, help_text=_("Fx borgeren, bostøtten og søsteren.")
    )
    confirmed_on = DayField(label=_("Aftalt den"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=30000)


class LetInForm(forms.Form):
    """Whom the citizen lets in, for what, and the yes as it was given."""

    receiver = PickField(label=_("Hvem må se det"), error_messages=_PICK)
    categories = PickManyField(
        label=_("Hvad må de se"),
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Category.COORDINATOR],
        help_text=_(
            "Med hændelser får tovholderen også besked fra dem. Med planer kan en psykiatrisk afdeling også skrive "
            "udskrivningsaftalen. Egen læge får også korte beskeder."
        ),
        error_messages=_PICK,
    )
    given = LineField(
        label=_("Hvem har sagt ja"), max_length=120, number=False, help_text=_("Borgeren eller en værge.")
    )
    form = PickField(
        label=_("Hvordan"), choices=ConsentForm.choices, widget=InlineRadioSelect, initial=ConsentForm.WRITTEN
    )
    why_oral = LineField(label=_("Hvorfor mundtligt"), max_length=200, required=False, number=False)
    informed = forms.BooleanField(
        label=_("Borgeren ved, hvad det betyder, og at det kan trækkes tilbage"),
        error_messages={"required": _("Forklar borgeren det først. Så kan det gemmes.")},
    )
    valid_to = DayField(
        label=_("Gælder til"), required=False, help_text=_("Højst et år. Står der intet, er det et år.")
    )
    # The door that was shown as standing already: whoever saw it means to replace it.
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, receivers: Sequence[tuple[Authority, list[Unit]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers: dict[str, tuple[Authority, Unit | None]] = {}
        choices: list[tuple[str, str]] = [("", str(_("Vælg")))]
        for body, units in receivers:
            self.receivers[str(body.pk)] = (body, None)
            choices.append(
                (str(body.pk), str(_("%(name)s, alle enheder") % {"name": body.name}) if units else body.name)
            )
            for unit in units:
                self.receivers[str(unit.pk)] = (body, unit)
                choices.append((str(unit.pk), f"{unit.name}, {body.name}"))
        offer(self, "receiver", choices)
        demanded_at_times(self, "why_oral")

    def clean_valid_to(self) -> date | None:
        """A day on which the yes can still stand: nothing is cut in silence."""
        day: date | None = self.cleaned_data["valid_to"]
        last = lapses_latest(timezone.localdate())
        if day is not None and day > last:
            raise ValidationError(
                _("Et ja gælder højst et år: til %(day)s. Ret dagen, eller lad feltet stå tomt.")
                % {"day": date_format(last, "SHORT_DATE_FORMAT")}
            )
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("Dagen er gået. Skriv en dag, der kommer, eller lad feltet stå tomt."))
        return day


class ContactForm(forms.Form):
    """Somebody around the citizen."""

    role = PickField(label=_("Rolle"), choices=[("", _("Vælg")), *ContactRole.choices], error_messages=_PICK)
    name = LineField(label=_("Navn"), max_length=160, number=False)
    place = LineField(label=_("Hvorfra"), max_length=160, required=False, number=False)
    phone = LineField(label=_("Telefon"), max_length=40, required=False, number=False)
    hours = LineField(label=_("Træffes"), max_length=120, required=False, number=False)
    decides = LineField(
        label=_("Kan afgøre"),
        max_length=200,
        required=False,
        number=False,
        help_text=_("Fx bostøtte eller ydelse. Tovholderen afgør ikke noget."),
    )


class SuccessorForm(ContactForm):
    """Who takes over from a contact: the role stays."""

    role = None  # type: ignore[assignment]
    field_order = ("name", "phone", "hours", "place", "decides")


class HandOutForm(forms.Form):
    """How the citizen got the card, and when."""

    how = PickField(
        label=_("Hvordan"), choices=Way.choices, widget=InlineRadioSelect, initial=Way.HAND, error_messages=_PICK
    )
    on = DayField(label=_("Hvornår"))

"""A URL conf that runs the shell alone, with every component on one page, before and beside the rooms."""

from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from samsvar.forms import CprField, DayField, LineField, ParagraphField, ReferenceField, YesNoUnknownField
from samsvar.web.picture import Chair, TablePicture

handler400 = "samsvar.web.errors.bad_request"
handler500 = "samsvar.web.errors.server_error"


class Actor:
    """The least that the shell asks of an actor."""

    name = "Kunigunde Bartholomæussen-Østergaard"
    authority_name = "Region Hovedstadens Psykiatri, Psykiatrisk Center Frederiksberg-Bispebjerg"
    roles = ("koordinator",)


class GalleryForm(forms.Form):
    """One of each field."""

    reference = ReferenceField(label="Sagens nummer hos jer", help_text="Fx journalnummer. Aldrig CPR-nummer.")
    words = ParagraphField(label="Hvad er du bekymret for?", max_length=100, help_text="Ti linjer er nok.")
    short = LineField(label="Kort", required=False)
    cpr = CprField(label="CPR-nummer", required=False)
    day = DayField(label="Hvornår?", required=False)
    children = YesNoUnknownField(label="Er der børn i hjemmet?")
    unit = forms.ChoiceField(label="Enhed", choices=[("", "Vælg"), ("a", "Lokalpsykiatrien"), ("b", "Jobcenteret")])
    traits = forms.MultipleChoiceField(
        label="Kendetegn",
        required=False,
        choices=[("a", "Bor på gaden"), ("b", "Misbrugsbehandlingsinstitutionsmedarbejder kender borgeren")],
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(
        label="Hvad skal der ske?",
        choices=[("np", "NP-sag"), ("agenda", "Dagsorden"), ("acute", "Akut"), ("no", "Ikke PSP")],
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label="Jeg har talt med borgeren", required=False, help_text="Ikke et krav.")
    hidden = forms.CharField(widget=forms.HiddenInput, initial="h")


def a_table(chairs: int = 3) -> TablePicture:
    """A table with the second chair holding the rope."""
    names = [
        ("Politi", "Københavns Vestegns Politi"),
        ("Frederiksberg", "Frederiksberg Kommune, Socialafdelingen"),
        ("Psykiatrien", "Region Hovedstadens Psykiatri"),
        ("Kriminalforsorg", "Kriminalforsorgen Hovedstaden"),
        ("Boligselskabet", "Boligselskabet Havrevangen"),
        ("Jobcenter Øst", "Jobcenter Østerbro-Nordhavn"),
        ("Misbrugsbehandlingsinstitutionen", "Misbrugsbehandlingsinstitutionen Sankt Ansgar"),
        ("Almen praksis", "Lægehuset Ved Åen"),
        ("Døgnhuset", "Den selvejende institution Døgnhuset"),
    ]
    return TablePicture(
        chairs=[
            Chair(short, name, is_holder=index == 1, days=12, supports=index in (2, 4), told=index != 3)
            for index, (short, name) in enumerate(names[:chairs])
        ],
        since=timezone.now(),
        next_step="opfølgning på mødet onsdag den 4. marts",
    )


GALLERY = (Path(__file__).parent / "gallery.html").read_text(encoding="utf-8")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component; `?alle` adds the largest and the smallest table."""
    request.actor = Actor()
    form = GalleryForm(request.POST or None, initial={"reference": "0700-76114-00034-26"})
    context = {
        "form": form,
        "table": a_table(),
        "many": a_table(9),
        "two": a_table(2),
        "all": "alle" in request.GET,
        "moment": timezone.now() + timezone.timedelta(days=3),
        "names": ["Hvem", "Hvad", "Send"],
        "page": Paginator(range(30), 10).page(2),
    }
    return HttpResponse(engines["django"].from_string(GALLERY).render(context, request))


def placeholder(request: HttpRequest) -> HttpResponse:
    """Stands in for a room's page."""
    return render(request, "web/help.html")


def as_member(request: HttpRequest) -> HttpResponse:
    """Stands in for a room's page that somebody sees who is logged in."""
    request.actor = Actor()
    return placeholder(request)


def broken(request: HttpRequest) -> HttpResponse:
    """Fails as a bug would."""
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("", gallery, name="gallery"),
    path("broken/", broken),
    path("", include("samsvar.web.urls")),
    path("sager/", include(([path("", as_member, name="list"), path("rejs/", as_member, name="raise")], "cases"))),
    path("konto/", include(([path("laas/", placeholder, name="lock")], "accounts"))),
]

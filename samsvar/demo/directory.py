"""Vordingborg's eleven units in the directory, each page written by its own administrator from the pack of 2014."""

from datetime import timedelta

from samsvar.demo.setting import Scene
from samsvar.demo.teller import Teller
from samsvar.directory import services, sheet
from samsvar.directory.forms.entries import pages_of
from samsvar.partnerships.models import Unit

# Which unit, by what it is: who keeps its page, the unit there, who answers, when, and a number that cannot be called.
KEEPERS = {
    "child_authority": ("boern_admin", "boern", "", "modtager", "Hverdage 8-15", "00 00 66 11"),
    # The visitator answers one day a week (L3309-3313).
    "adult_authority": ("voksen_admin", "voksen", "Myndigheden", "visitator", "Visitator: kun tirsdag 9-12", ""),
    "drop_in": ("voksen_admin", "voksen", "Værestedet Oasen", "oasen", "Alle hverdage 10-17", ""),
    "jobcentre": ("job_admin", "job", "", "jobkonsulent", "Hverdage 9-14", "00 00 66 12"),
    "stu": ("uuss_admin", "uuss", "", "stu", "Hverdage 8-14", "00 00 66 13"),
    "substance": ("rus_admin", "rus", "", "behandler", "Hverdage 9-15, torsdag til 18", "00 00 66 14"),
    "pam": ("region_admin", "region", "Akutmodtagelsen", "triage", "Hele døgnet", "00 00 66 01"),
    "buk": ("region_admin", "region", "Børne- og ungdomsklinikken", "buk", "Hverdage 8-15", ""),
    "ward": ("region_admin", "region", "Sengeafsnit", "afsnit", "Socialrådgiver: hverdage 8-15", ""),
    "district": ("region_admin", "region", "Distriktspsykiatrien", "primaer", "Hverdage 8.30-9.30", ""),
    "gp": ("sekretaer", "laegehus", "", "laege", "Telefontid 8-9", "00 00 66 15"),
}


def tell_directory(scene: Scene) -> None:
    """Write the eleven pages, some weeks ago; whoever wrote each has confirmed it."""
    teller = Teller(scene)
    teller.now = teller.real_now - timedelta(days=40)
    pages, refused = pages_of(sheet.pack())
    if refused.refused or {page["kind"] for _number, page in pages} != set(KEEPERS):
        raise RuntimeError(f"the pack is not the eleven units: {refused.refused}")
    for _number, page in pages:
        keeper, body, unit, who, hours, phone = KEEPERS[page["kind"]]
        post = teller.post(who)
        function = next(one.function for one in _people(scene) if one.key == who)
        own = Unit.objects.get(authority_id=scene.authorities[body], name=unit) if unit else None
        number = phone or (own.phone if own else "")
        with teller.acting(keeper) as actor:
            services.keep(
                actor,
                scene.partnership,
                # Whoever keeps the page is the unit's own, so that it can be written to.
                **page
                | {
                    "outside": "",
                    "unit_id": own.pk if own else None,
                    "phone": phone,
                    "hours": hours,
                    "staff": [{"name": post.name, "function": function, "phone": number}],
                },
            )
    teller.leave()


def _people(scene: Scene) -> list:
    return [someone for body in scene.place.bodies for someone in body.people]

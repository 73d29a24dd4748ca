"""Vordingborg: the eleven units of the mapping of 2014, each with its own people, who find each other (002 chapter 1).

Nobody in it is real, and no number can be called. What the units do is read from the directory's pack.
"""

from datetime import date

from samsvar.demo.shapes import FRONTLINE, LOCAL_ADMIN, RELEASER, Body, Chair, Held, Place, Someone, Table
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import GroupModel, Level, Rhythm

_SINCE = date(2014, 12, 1)
_AREA = ("Vordingborg",)
_TOWN = "Vordingborg Kommune"

VORDINGBORG = Place(
    key="vordingborg",
    name="Samarbejdet i Vordingborg",
    district="Sydsjællands og Lolland-Falsters Politi",
    prefix="VOR",
    purpose=(
        "Elleve enheder i kommunen, regionen og almen praksis, som finder hinandens døre og skriver til hinanden om en "
        "borger."
    ),
    founded=_SINCE,
    agreement="Enhver kan finde den rigtige dør. Ingen lover noget på andres vegne.",
    emergency=(
        ("Alarmcentralen, ved fare lige nu", "1-1-2", "Hele døgnet"),
        ("Psykiatrisk Akutmodtagelse", "00 00 66 01", "Hele døgnet"),
    ),
    area_of_citizens=_AREA,
    bodies=(
        Body(
            "boern",
            "Vordingborg Kommune, Børn og Familie",
            "Børn og Familie",
            AuthorityKind.SOCIAL,
            _AREA,
            parent=_TOWN,
            since=_SINCE,
            measures=("Børnefaglig undersøgelse", "Kontaktperson til barnet"),
            people=(
                Someone("modtager", "Socialrådgiver i modtageteamet", RELEASER, "", "Hverdage 8-15"),
                Someone("boern_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "voksen",
            "Vordingborg Kommune, Psykiatri og Handicap",
            "Psykiatri og Handicap",
            AuthorityKind.SOCIAL,
            _AREA,
            units=("Myndigheden", "Værestedet Oasen"),
            parent=_TOWN,
            since=_SINCE,
            measures=("Bostøtte i hjemmet", "Opsøgende kontakt", "Botilbud"),
            people=(
                Someone("visitator", "Visitator", RELEASER, "Myndigheden", "Telefon: kun tirsdag 9-12"),
                Someone("oasen", "Opsøgende medarbejder", FRONTLINE, "Værestedet Oasen", "Hverdage 10-17"),
                Someone("voksen_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "job",
            "Vordingborg Kommune, Borger og Arbejdsmarked",
            "Jobcenteret",
            AuthorityKind.JOBCENTRE,
            _AREA,
            parent=_TOWN,
            since=_SINCE,
            measures=("Mentor", "Ressourceforløb"),
            people=(
                Someone("jobkonsulent", "Jobkonsulent", RELEASER, "", "Hverdage 9-14"),
                Someone("job_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "uuss",
            "Ungdommens Uddannelsesvejledning Sjælland Syd",
            "UU Sjælland Syd",
            AuthorityKind.SOCIAL,
            _AREA,
            since=_SINCE,
            people=(
                Someone("stu", "STU-vejleder", FRONTLINE, "", "Hverdage 8-14"),
                Someone("uuss_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "rus",
            "Vordingborg Kommune, Sundhed",
            "Center for Rusmidler",
            AuthorityKind.SOCIAL,
            _AREA,
            parent=_TOWN,
            since=_SINCE,
            measures=("Samtale om rusmidler",),
            people=(
                Someone("behandler", "Misbrugsbehandler", FRONTLINE, "", "Hverdage 9-15, torsdag til 18"),
                Someone("rus_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "region",
            "Region Sjælland, Psykiatrien i Vordingborg",
            "Psykiatrien",
            AuthorityKind.PSYCHIATRY,
            _AREA,
            units=("Akutmodtagelsen", "Børne- og ungdomsklinikken", "Sengeafsnit", "Distriktspsykiatrien"),
            parent="Region Sjælland",
            since=_SINCE,
            measures=("Vurdering i akutmodtagelsen", "Behandling i distriktet"),
            people=(
                Someone("triage", "Triagesygeplejerske", FRONTLINE, "Akutmodtagelsen", "Hele døgnet"),
                Someone("buk", "Psykolog", FRONTLINE, "Børne- og ungdomsklinikken", "Hverdage 8-15"),
                Someone("afsnit", "Socialrådgiver", FRONTLINE, "Sengeafsnit", "Hverdage 8-15"),
                Someone("primaer", "Primærbehandler", RELEASER, "Distriktspsykiatrien", "Hverdage 8.30-9.30"),
                Someone("region_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "laegehus",
            "Lægehuset Prøvebroen",
            "Lægehuset",
            AuthorityKind.PRACTICE,
            _AREA,
            since=_SINCE,
            people=(
                Someone("laege", "Praktiserende læge", FRONTLINE, "", "Telefontid 8-9"),
                Someone("sekretaer", "Lægesekretær", LOCAL_ADMIN),
            ),
        ),
        Body(
            "politi",
            "Sydsjællands og Lolland-Falsters Politi, Vordingborg",
            "Lokalpolitiet",
            AuthorityKind.POLICE,
            _AREA,
            parent="Sydsjællands og Lolland-Falsters Politi",
            since=_SINCE,
            measures=("Holder øje på patruljen",),
            people=(Someone("lokalbetjent", "Lokalbetjent", RELEASER, "", "Vagtskema"),),
        ),
    ),
    tables=(
        Table(
            "samarbejde",
            "Samarbejdet i Vordingborg",
            Level.OPERATIVE,
            GroupModel.CONFERENCE,
            areas=_AREA,
            word="samarbejde",
            rhythm=Rhythm.QUARTERLY,
            place="Værestedet Oasen",
            seats=tuple(Chair(who) for who in ("visitator", "modtager", "jobkonsulent", "primaer", "lokalbetjent")),
            functions=tuple(
                Held(function, "visitator", _SINCE) for function in ("chair", "secretariat", "coordinator")
            ),
        ),
    ),
)

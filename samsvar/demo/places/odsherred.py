"""Odsherred: a Samarbejdsenhed that meets every Monday, with the police on the last of the month (003 chapter 2).

Nobody and nothing in it is real but the names of the authorities. It has conferences and no PSP cases.
"""

from datetime import date

from samsvar.demo.shapes import DPO, FRONTLINE, LOCAL_ADMIN, RELEASER, Body, Chair, Held, Place, Someone, Table
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import GroupModel, Level, Rhythm

_SINCE = date(2010, 5, 1)

ODSHERRED = Place(
    key="odsherred",
    name="Samarbejdsenheden Odsherred",
    district="Midt- og Vestsjællands Politi",
    prefix="ODS",
    purpose=(
        "Borgere og familier i Odsherred, som får hjælp flere steder, og hvor vi er i tvivl om, hvad vi skal gøre. "
        "Alle ansatte i kommune og region kan komme med en sag. Her afgøres ikke noget."
    ),
    founded=_SINCE,
    agreement=(
        "Åbne møder hver mandag. Ingen dagsorden på forhånd. Sagerne er uden navn, medmindre borgeren har sagt ja. "
        "På månedens sidste møde er politiet med."
    ),
    emergency=(
        ("Alarmcentralen, ved fare lige nu", "1-1-2", "Hele døgnet"),
        ("Psykiatrisk modtagelse", "00 00 55 01", "Hele døgnet"),
    ),
    area_of_citizens=("Odsherred",),
    bodies=(
        Body(
            "socialpsykiatri",
            "Odsherred Kommune, Socialpsykiatrien",
            "Socialpsykiatrien",
            AuthorityKind.SOCIAL,
            ("Odsherred",),
            units=("Bostøtten", "Botilbuddet"),
            parent="Odsherred Kommune",
            since=_SINCE,
            measures=("Bostøtte i hjemmet", "Støtte-kontaktperson", "Tovholder"),
            people=(
                Someone("tovholder", "Tovholder", RELEASER, "Bostøtten", "Hverdage 9-15"),
                Someone("bostoette", "Bostøtte", (), "Bostøtten", "Hverdage 8-14"),
                Someone("se_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("se_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "boern",
            "Odsherred Kommune, Børn og Familie",
            "Børn og Familie",
            AuthorityKind.SOCIAL,
            ("Odsherred",),
            parent="Odsherred Kommune",
            since=_SINCE,
            measures=("Familiekonsulent", "Kontaktperson til barnet"),
            people=(Someone("familie", "Familiekonsulent", RELEASER, "", "Hverdage 8-15"),),
        ),
        Body(
            "job",
            "Odsherred Kommune, Job- og Voksencenter",
            "Jobcentret",
            AuthorityKind.JOBCENTRE,
            ("Odsherred",),
            parent="Odsherred Kommune",
            since=_SINCE,
            measures=("Virksomhedspraktik", "Mentor"),
            people=(
                Someone("jobkonsulent", "Jobkonsulent", RELEASER, "", "Hverdage 9-14"),
                Someone("job_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "distrikt",
            "Region Sjælland, Distriktspsykiatrien",
            "Distriktspsykiatrien",
            AuthorityKind.PSYCHIATRY,
            ("Odsherred",),
            units=("Ambulatoriet", "Afsnit H3"),
            parent="Region Sjælland",
            since=_SINCE,
            measures=("Samtaler i ambulatoriet", "Hjemmebesøg", "Behandlingskonference"),
            people=(
                Someone("teamleder", "Teamleder", RELEASER, "Ambulatoriet", "Hverdage 8-16"),
                Someone("distriktssygeplejerske", "Distriktssygeplejerske", (), "Ambulatoriet", "Hverdage 8-15"),
                Someone("afsnit", "Socialrådgiver", (), "Afsnit H3", "Hverdage 8-15"),
                Someone("ds_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "politi",
            "Midt- og Vestsjællands Politi, Nykøbing",
            "Lokalpolitiet",
            AuthorityKind.POLICE,
            ("Odsherred",),
            parent="Midt- og Vestsjællands Politi",
            since=_SINCE,
            measures=("Holder øje på patruljen",),
            people=(Someone("lokalbetjent", "Lokalbetjent", RELEASER, "", "Vagtskema"),),
        ),
        # Invented, and at no table: a practice hears of its own patients alone.
        Body(
            "laegehus",
            "Lægehuset Prøvehavnen",
            "Lægehuset",
            AuthorityKind.PRACTICE,
            ("Odsherred",),
            since=_SINCE,
            people=(
                Someone("laege", "Praktiserende læge", FRONTLINE, "", "Telefontid 8-9"),
                Someone("sekretaer", "Lægesekretær", LOCAL_ADMIN),
            ),
        ),
        # At no table either: support and contact persons stand apart from whoever decides (004, O4).
        Body(
            "skp",
            "Odsherred Kommune, Støtte- og kontaktpersoner",
            "SKP-teamet",
            AuthorityKind.SOCIAL,
            ("Odsherred",),
            units=("SKP-teamet",),
            parent="Odsherred Kommune",
            since=_SINCE,
            people=(
                Someone("skp", "Støtte- og kontaktperson", FRONTLINE, "SKP-teamet", "Hverdage 9-16"),
                Someone("skp_to", "Støtte- og kontaktperson", FRONTLINE, "SKP-teamet", "Hverdage 9-16"),
                Someone("skp_leder", "Teamleder", RELEASER, "SKP-teamet", "Hverdage 9-15"),
                Someone("skp_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
    ),
    tables=(
        Table(
            "samarbejdsenhed",
            "Samarbejdsenheden",
            Level.OPERATIVE,
            GroupModel.CONFERENCE,
            areas=("Odsherred",),
            word="samarbejdsenhed",
            rhythm=Rhythm.WEEKLY,
            place="Mødestedet ved havnen",
            seats=tuple(
                Chair(who)
                for who in (
                    *("tovholder", "bostoette", "familie", "jobkonsulent", "teamleder", "distriktssygeplejerske"),
                    *("afsnit", "lokalbetjent"),
                )
            ),
            functions=(
                Held("chair", "teamleder", _SINCE),
                Held("secretariat", "tovholder", _SINCE),
                Held("coordinator", "tovholder", _SINCE),
            ),
        ),
    ),
)

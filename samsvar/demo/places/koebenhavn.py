"""Amager and København: four praksisgrupper, the narrow model, chaired by the social services (000 section 1.4)."""

from datetime import date

from samsvar.demo.shapes import (
    DPO,
    FRONTLINE,
    JURIST,
    LOCAL_ADMIN,
    NOTHING,
    RELEASER,
    SCREENER,
    Body,
    Chair,
    Held,
    Place,
    Someone,
    Table,
)
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import GroupModel, Level, ReportingChannel, Rhythm

_SOCIAL = (
    "Støtte-kontaktperson",
    "Bostøtte i hjemmet",
    "Betaler husleje og regninger",
    "Hovedrengøring",
    "Kontakt til fogeden",
)
_PSYK = ("OP-teamet opsøger borgeren", "Ambulant behandling", "Indlæggelse", "Samtale om medicin")


def _praksisgruppe(key: str, name: str, area: str, prefix: str, seats: tuple[str, ...]) -> Table:
    """One of the other praksisgrupper, with one seat per authority."""
    return Table(
        key,
        f"Praksisgruppen {name}",
        Level.OPERATIVE,
        GroupModel.OPERATIVE_GROUP,
        areas=(area,),
        parent="styregruppe",
        word="praksisgruppe",
        prefix=prefix,
        rhythm=Rhythm.EVERY_SECOND_MONTH,
        channels=(ReportingChannel.DUTY_OFFICER,),
        seats=tuple(Chair(who) for who in seats),
        functions=(Held("chair", seats[1]), Held("secretariat", seats[1])),
    )


KOEBENHAVN = Place(
    key="koebenhavn",
    name="PSP København",
    district="Københavns Politi",
    prefix="KBH",
    purpose=(
        "Voksne borgere, der går igen hos politiet uden at det er en straffesag, og som de sociale myndigheder og "
        "psykiatrien "
        "hver for sig ikke når. Kun de tre myndigheder, der kan træffe beslutninger, sidder med."
    ),
    founded=date(2009, 4, 1),
    agreement=(
        "Fire praksisgrupper under én styregruppe. Socialforvaltningen er formand og sekretariat. Vagthavende giver et "
        "journalnummer til dem, der går igen."
    ),
    emergency=(
        ("Alarmcentralen, ved fare lige nu", "1-1-2", "Hele døgnet"),
        ("Vagthavende, Station Amager", "00 00 33 01", "Hele døgnet"),
        ("Psykiatrisk akutmodtagelse, Amager", "00 00 33 02", "Hele døgnet"),
        ("Den sociale døgnvagt", "00 00 33 03", "Hele døgnet"),
    ),
    stale_days=60,
    area_of_citizens=("Amager", "Amager", "Tårnby", "Dragør"),
    bodies=(
        Body(
            "politi",
            "Københavns Politi, Amager og City",
            "Københavns Politi",
            AuthorityKind.POLICE,
            ("Amager", "Tårnby", "Dragør", "Indre By", "Nørrebro", "Vanløse"),
            units=("Station Amager", "Lokalpolitiet Amager", "Station City", "Station Bellahøj"),
            parent="Københavns Politi",
            measures=("Holder øje på patruljen", "Kontakter borgeren på gaden", "Tager med på hjemmebesøg"),
            people=(
                Someone("patrulje", "Betjent", FRONTLINE, "Station Amager", "Vagtskema"),
                Someone("patrulje2", "Betjent", FRONTLINE, "Lokalpolitiet Amager", "Hverdage 8-16"),
                Someone("vagthavende", "Vagthavende", SCREENER, "Station Amager", "Hele døgnet"),
                Someone("station", "Vicepolitikommissær", RELEASER, "Station Amager", "Hverdage 8-16"),
                Someone("lokalpoliti", "Leder af lokalpolitiet", RELEASER, "Lokalpolitiet Amager", "Hverdage 8-16"),
                Someone("city_politi", "Vicepolitikommissær", SCREENER, "Station City", "Hverdage 8-16"),
                Someone("bel_politi", "Vicepolitikommissær", SCREENER, "Station Bellahøj", "Hverdage 8-16"),
                Someone("politi_chef", "Chefpolitiinspektør"),
                Someone("politi_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("politi_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "social",
            "Københavns Kommune, Socialforvaltningen",
            "Socialforvaltningen",
            AuthorityKind.SOCIAL,
            ("Amager", "Indre By", "Nørrebro", "Vanløse"),
            units=("Socialcenter Amager", "Socialcenter City", "Socialcenter Bellahøj", "Hjemløseenheden"),
            measures=(*_SOCIAL, "Hjemløseenheden opsøger"),
            people=(
                Someone("sagsbehandler", "Sagsbehandler", FRONTLINE, "Socialcenter Amager", "Hverdage 9-14"),
                Someone("skp", "Støtte-kontaktperson", FRONTLINE, "Socialcenter Amager", "Hverdage 8-15"),
                Someone("hjemmehjaelp", "Visitator i ældreplejen", FRONTLINE, "Socialcenter Amager"),
                Someone("visitator", "Visitator", SCREENER, "Socialcenter Amager", "Hverdage 9-14"),
                Someone("formand", "Afdelingsleder", RELEASER, "Socialcenter Amager", "Hverdage 9-15"),
                Someone("social_medlem", "Faglig leder", RELEASER, "Hjemløseenheden", "Hverdage 9-15"),
                Someone("city_social", "Afdelingsleder", SCREENER, "Socialcenter City", "Hverdage 9-15"),
                Someone("bel_social", "Afdelingsleder", SCREENER, "Socialcenter Bellahøj", "Hverdage 9-15"),
                Someone("social_chef", "Vicedirektør"),
                Someone("social_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("social_dpo", "Databeskyttelsesrådgiver", DPO),
                Someone("social_jurist", "Jurist", JURIST),
            ),
        ),
        Body(
            "psykiatri",
            "Psykiatrisk Center Amager",
            "PC Amager",
            AuthorityKind.PSYCHIATRY,
            ("Amager", "Tårnby"),
            units=("OP-teamet", "Distriktspsykiatrisk Center", "Sengeafsnit", "Ambulatoriet"),
            parent="Region Hovedstaden",
            measures=_PSYK,
            people=(
                Someone("sygeplejerske", "Sygeplejerske", FRONTLINE, "Sengeafsnit", "Vagtskema"),
                Someone("op", "Opsøgende medarbejder", FRONTLINE, "OP-teamet", "Hverdage 8-16"),
                Someone("psyk_visitator", "Visiterende sygeplejerske", SCREENER, "Ambulatoriet", "Hverdage 8-15"),
                Someone("op_leder", "Leder af OP-teamet", RELEASER, "OP-teamet", "Hverdage 8-16"),
                Someone("dpc", "Ledende socialrådgiver", RELEASER, "Distriktspsykiatrisk Center", "Hverdage 8-15"),
                Someone("psyk_medlem", "Afdelingssygeplejerske", RELEASER, "Sengeafsnit", "Hverdage 7-15"),
                Someone("ambulatorium", "Afdelingslæge", RELEASER, "Ambulatoriet", "Hverdage 9-15"),
                Someone("psyk_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("psyk_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "kbh_psykiatri",
            "Psykiatrisk Center København",
            "PC København",
            AuthorityKind.PSYCHIATRY,
            ("Indre By", "Nørrebro", "Vanløse"),
            parent="Region Hovedstaden",
            measures=_PSYK[:3],
            people=(
                Someone("city_psyk", "Afdelingssygeplejerske", SCREENER, "", "Hverdage 8-15"),
                Someone("bel_psyk", "Ledende socialrådgiver", SCREENER, "", "Hverdage 8-15"),
                Someone("region_chef", "Vicedirektør i Regionens Psykiatri", NOTHING),
                Someone("kbh_psyk_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "taarnby",
            "Tårnby Kommune",
            "Tårnby Kommune",
            AuthorityKind.SOCIAL,
            ("Tårnby",),
            measures=_SOCIAL[:3],
            people=(
                Someone("taarnby_leder", "Afdelingsleder", SCREENER, "", "Hverdage 9-14"),
                Someone("taarnby_sb", "Sagsbehandler", FRONTLINE, "", "Hverdage 9-14"),
                Someone("taarnby_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "dragoer",
            "Dragør Kommune",
            "Dragør Kommune",
            AuthorityKind.SOCIAL,
            ("Dragør",),
            measures=_SOCIAL[:2],
            people=(
                Someone("dragoer_leder", "Socialchef", SCREENER, "", "Hverdage 9-14"),
                Someone("dragoer_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
    ),
    tables=(
        Table(
            "styregruppe",
            "Styregruppen København",
            Level.STRATEGIC,
            GroupModel.STEERING_GROUP,
            word="styregruppe",
            rhythm=Rhythm.QUARTERLY,
            seats=(Chair("politi_chef"), Chair("social_chef"), Chair("region_chef")),
        ),
        Table(
            "operativ",
            "Praksisgruppen Amager",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Amager", "Tårnby", "Dragør"),
            parent="styregruppe",
            word="praksisgruppe",
            prefix="AMA",
            rhythm=Rhythm.EVERY_SECOND_MONTH,
            place="Socialcenter Amager, 2. sal",
            channels=(ReportingChannel.DUTY_OFFICER,),
            instruction=(
                "Møder du en, der går igen, så sig det til vagthavende, eller mærk hændelsen her. Vagthavende giver "
                "den et "
                "journalnummer."
            ),
            seats=(
                Chair("formand", mandate="Støtte efter serviceloven", network="Socialcenter Amager"),
                Chair("social_medlem", mandate="Hjemløse borgere", network="Hjemløseenheden"),
                Chair("station", mandate="Politiets indsats på Amager", network="Station Amager"),
                Chair("lokalpoliti", network="Lokalpolitiet"),
                Chair("op_leder", mandate="Sender OP-teamet ud", network="OP-teamet"),
                Chair("dpc", mandate="Behandling i distriktet"),
                Chair("psyk_medlem", mandate="Indlæggelse"),
                Chair("ambulatorium", mandate="Ambulant behandling"),
                Chair("taarnby_leder", mandate="Støtte efter serviceloven"),
                Chair("dragoer_leder", mandate="Henter mandat hjemme", may_decide=False),
            ),
            functions=(
                Held("chair", "formand"),
                Held("secretariat", "formand"),
                Held("coordinator", "formand"),
            ),
        ),
        _praksisgruppe("city", "City", "Indre By", "CTY", ("city_politi", "city_social", "city_psyk")),
        _praksisgruppe("bellahoej_oest", "Bellahøj Øst", "Nørrebro", "BØ", ("bel_politi", "bel_social", "bel_psyk")),
        _praksisgruppe("bellahoej_vest", "Bellahøj Vest", "Vanløse", "BV", ("bel_politi", "bel_social", "bel_psyk")),
    ),
)

"""Frederiksberg: where it began. Three authorities, three seats each, a coordinator between (000 section 1.2).

The name is said at the table and not before; nobody counts network cases; all have a duty to attend (000 chapter 9).
"""

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

FREDERIKSBERG = Place(
    key="frederiksberg",
    name="PSP Frederiksberg",
    district="Københavns Politi",
    prefix="FRB",
    purpose=(
        "Borgere på Frederiksberg, som ingen af os kan hjælpe alene: flere problemer på én gang, og i fare for at gå "
        "til "
        "grunde eller gøre skade. Vi begyndte i 2004, fordi de samme mennesker gik igen hos os alle tre."
    ),
    founded=date(2005, 1, 3),
    name_in_advance=False,
    count_network_cases=False,
    agreement=(
        "Politi, socialforvaltning og psykiatri på Frederiksberg mødes den 3. onsdag i måneden om borgere, som har "
        "brug for os "
        "alle. Én af os har handlingsansvaret, og hver sag følges til dørs."
    ),
    later_agreement=(
        "Som hidtil. Nyt: borgeren får som udgangspunkt besked om, at vi har talt sammen, og regionen er part i "
        "aftalen."
    ),
    emergency=(
        ("Alarmcentralen, ved fare lige nu", "1-1-2", "Hele døgnet"),
        ("Vagtleder, Station Bellahøj", "00 00 11 01", "Hele døgnet"),
        ("Psykiatrisk Skadestue", "00 00 11 02", "Hele døgnet"),
        ("Social døgnvagt", "00 00 11 03", "Hverdage 15-8 og weekend"),
    ),
    area_of_citizens=("Frederiksberg", "Frederiksberg", "Frederiksberg", "Vanløse"),
    bodies=(
        Body(
            "politi",
            "Københavns Politi, Station Bellahøj",
            "Politiet Bellahøj",
            AuthorityKind.POLICE,
            ("Frederiksberg", "Vanløse"),
            units=("Station Bellahøj", "Frederiksberg Lokalpoliti"),
            parent="Københavns Politi",
            since=date(2005, 1, 3),
            measures=(
                "Kontakter borgeren på gaden",
                "Holder øje på patruljen",
                "Tager med på hjemmebesøg",
                "Taler med naboer og vicevært",
            ),
            people=(
                Someone("patrulje", "Betjent", FRONTLINE, "Station Bellahøj", "Vagtskema"),
                Someone("patrulje2", "Betjent", FRONTLINE, "Station Bellahøj", "Vagtskema"),
                Someone("naerbetjent", "Politiassistent", FRONTLINE, "Frederiksberg Lokalpoliti", "Hverdage 8-16"),
                Someone("vagtleder", "Vagtleder", SCREENER, "Station Bellahøj", "Hele døgnet"),
                Someone("vpk", "Vicepolitikommissær", RELEASER, "Station Bellahøj", "Hverdage 8-16"),
                Someone("lokalpoliti", "Politiassistent", RELEASER, "Frederiksberg Lokalpoliti", "Hverdage 8-15"),
                Someone("vpi", "Vicepolitiinspektør", NOTHING, "Station Bellahøj"),
                Someone("politi_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("politi_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "social",
            "Frederiksberg Kommune, Socialforvaltningen",
            "Frb. Kommune",
            AuthorityKind.SOCIAL,
            ("Frederiksberg",),
            units=("Jobcentret", "Pensionsafdelingen", "SKP-ordningen", "Familieafdelingen"),
            since=date(2005, 1, 3),
            measures=(
                "Støtte-kontaktperson",
                "Hovedrengøring",
                "Betaler husleje og regninger",
                "Kontakt til fogeden",
                "Bostøtte i hjemmet",
                "Socialfaglig støtte til familien",
            ),
            people=(
                Someone("skp", "Støtte-kontaktperson", FRONTLINE, "SKP-ordningen", "Hverdage 8-15"),
                Someone("sagsbehandler", "Sagsbehandler", FRONTLINE, "Pensionsafdelingen", "Tirsdag og torsdag 9-12"),
                Someone("hjemmehjaelp", "Konsulent på ældreområdet", FRONTLINE, "Pensionsafdelingen"),
                Someone("visitator", "Visitator", SCREENER, "Jobcentret", "Hverdage 9-14"),
                Someone("jobcenter", "Teamleder", RELEASER, "Jobcentret", "Hverdage 9-15"),
                Someone("pension", "Kontorchef", RELEASER, "Pensionsafdelingen", "Hverdage 10-14"),
                Someone("skp_leder", "Leder af SKP-ordningen", RELEASER, "SKP-ordningen", "Hverdage 8-15"),
                Someone("koordinator", "Socialpsykiatrisk konsulent", RELEASER, "", "Hverdage 8-16"),
                Someone("social_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("social_dpo", "Databeskyttelsesrådgiver", DPO),
                Someone("social_jurist", "Jurist", JURIST),
            ),
        ),
        Body(
            "psykiatri",
            "Psykiatrisk Center Frederiksberg",
            "PC Frederiksberg",
            AuthorityKind.PSYCHIATRY,
            ("Frederiksberg", "Vanløse"),
            units=("OP-teamet", "Psykiatrisk Skadestue", "Distriktspsykiatrisk Center"),
            parent="Region Hovedstaden",
            since=date(2005, 1, 3),
            measures=(
                "OP-teamet opsøger borgeren",
                "Samtale om medicin",
                "Indlæggelse",
                "Vurdering i Psykiatrisk Skadestue",
                "Samarbejdsplan ved udskrivning",
            ),
            people=(
                Someone("sygeplejerske", "Sygeplejerske", FRONTLINE, "Psykiatrisk Skadestue", "Vagtskema"),
                Someone("op", "Opsøgende medarbejder", FRONTLINE, "OP-teamet", "Hverdage 8-16"),
                Someone("psyk_visitator", "Visiterende sygeplejerske", SCREENER, "OP-teamet", "Hverdage 8-15"),
                Someone("op_leder", "Leder af OP-teamet", RELEASER, "OP-teamet", "Hverdage 8-16"),
                Someone("skadestue", "Afdelingssygeplejerske", RELEASER, "Psykiatrisk Skadestue", "Hverdage 7-15"),
                Someone("dpc", "Ledende socialrådgiver", RELEASER, "Distriktspsykiatrisk Center", "Hverdage 8-15"),
                Someone("centerchef", "Chef for Psykiatrisk Center"),
                Someone("psyk_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("psyk_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
    ),
    tables=(
        Table(
            "styregruppe",
            "Styregruppen Frederiksberg",
            Level.STRATEGIC,
            GroupModel.STEERING_GROUP,
            word="styregruppe",
            rhythm=Rhythm.QUARTERLY,
            seats=(Chair("centerchef"), Chair("vpi"), Chair("koordinator")),
            functions=(Held("secretariat", "koordinator", date(2005, 1, 3)),),
        ),
        Table(
            "operativ",
            "Operativgruppen Frederiksberg",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Frederiksberg", "Vanløse"),
            parent="styregruppe",
            rhythm=Rhythm.THIRD_WEDNESDAY,
            place="Rådhuset, mødelokale 4",
            duty_to_attend=True,
            deputies=False,
            channels=(ReportingChannel.NIGHT_REPORT,),
            instruction=(
                "Skriv et par linjer om det, du så, eller journalnummeret fra døgnrapporten. Vagtlederen læser dem "
                "hver morgen. "
                "Du behøver ikke vide, hvem borgeren er."
            ),
            seats=(
                Chair("jobcenter", mandate="Aftaler om kontanthjælp og tilbud", network="Jobcentrets teams"),
                Chair("pension", mandate="Aftaler om pension og husleje", network="Pensionsafdelingen, fogeden"),
                Chair("skp_leder", mandate="Sætter en støtte-kontaktperson på", network="SKP og bostøtte"),
                Chair("op_leder", mandate="Sender OP-teamet ud", network="OP-teamet"),
                Chair("skadestue", mandate="Vurdering samme dag", network="Skadestuen og lukket afsnit"),
                Chair("dpc", mandate="Behandling i distriktet", network="Distriktspsykiatrien"),
                Chair("vagtleder", mandate="Patruljens opgaver", network="Station Bellahøj"),
                Chair("vpk", mandate="Politiets deltagelse ved besøg", network="Station Bellahøj"),
                Chair("lokalpoliti", mandate="Kontakt i lokalområdet", network="Lokalpolitiet"),
                Chair("koordinator", network="Styregruppen og områdeledermødet"),
            ),
            functions=(
                Held("coordinator", "koordinator", date(2005, 1, 3)),
                Held("secretariat", "koordinator", date(2005, 1, 3)),
            ),
        ),
    ),
)

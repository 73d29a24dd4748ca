"""Esbjerg: a police secretariat serves western Jutland; Fanø meets only when there is a case (000 section 1.5)."""

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

_KOMMUNE = ("Bostøtte i hjemmet", "Støtte-kontaktperson", "Betaler husleje og regninger", "Hovedrengøring")


def _kommune(key: str, name: str) -> Body:
    """One of the neighbouring municipalities."""
    return Body(
        key,
        f"{name} Kommune",
        f"{name} Kommune",
        AuthorityKind.SOCIAL,
        (name,),
        measures=_KOMMUNE[:3],
        people=(
            Someone(f"{key}_leder", "Afdelingsleder", SCREENER, "", "Hverdage 9-14"),
            Someone(f"{key}_sb", "Sagsbehandler", FRONTLINE, "", "Hverdage 9-14"),
            Someone(f"{key}_admin", "Lokal administrator", LOCAL_ADMIN),
        ),
    )


ESBJERG = Place(
    key="esbjerg",
    name="PSP Syd- og Sønderjylland",
    district="Syd- og Sønderjyllands Politi",
    prefix="SSJ",
    purpose=(
        "Borgere over 18 år, som går igen i vores registre, uden at nogen af os har kunnet handle. Sekretariatet hos "
        "politiet "
        "samler trådene, så betjenten kun skal bruge ti sekunder."
    ),
    founded=date(2009, 4, 1),
    agreement=(
        "Kredsrådet sætter rammen. To styregruppeområder, Vestjylland og Sønderjylland. PSP-sekretariatet i Det "
        "Kriminalpræventive Sekretariat betjener grupperne. Små kommuner mødes efter behov."
    ),
    emergency=(
        ("Alarmcentralen, ved fare lige nu", "1-1-2", "Hele døgnet"),
        ("Vagtcentralen i Esbjerg", "00 00 44 01", "Hele døgnet"),
        ("Psykiatrisk modtagelse, Esbjerg", "00 00 44 02", "Hele døgnet"),
        ("Den sociale vagt, Esbjerg Kommune", "00 00 44 03", "Uden for åbningstid"),
    ),
    area_of_citizens=("Esbjerg",),
    bodies=(
        Body(
            "politi",
            "Syd- og Sønderjyllands Politi",
            "SSJ Politi",
            AuthorityKind.POLICE,
            ("Esbjerg", "Varde", "Vejen", "Billund", "Fanø"),
            units=(
                "Det Kriminalpræventive Sekretariat",
                "Lokalpolitiet Esbjerg",
                "Lokalpolitiet Ribe",
                "Forebyggelsessekretariatet Esbjerg",
                "Politiets Forebyggelsesafdeling Ribe",
                "Vagtcentralen",
            ),
            measures=("Holder øje på patruljen", "Kontakter borgeren på gaden", "Tager med på hjemmebesøg"),
            people=(
                Someone("patrulje", "Betjent", FRONTLINE, "Lokalpolitiet Esbjerg", "Vagtskema"),
                Someone("patrulje2", "Betjent", FRONTLINE, "Lokalpolitiet Ribe", "Vagtskema"),
                Someone("vagthavende", "Vagthavende", SCREENER, "Vagtcentralen", "Hele døgnet"),
                Someone("sekretariat", "PSP-sekretær", SCREENER, "Det Kriminalpræventive Sekretariat", "Hverdage 8-16"),
                Someone(
                    "formand", "Sekretariatsleder", SCREENER, "Det Kriminalpræventive Sekretariat", "Hverdage 8-16"
                ),
                Someone("lokalpoliti", "Lokalpolitileder", RELEASER, "Lokalpolitiet Esbjerg", "Hverdage 8-16"),
                Someone("ribe", "Leder", RELEASER, "Politiets Forebyggelsesafdeling Ribe", "Hverdage 8-16"),
                Someone("politi_chef", "Chefpolitiinspektør", NOTHING),
                Someone("politi_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("politi_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "social",
            "Esbjerg Kommune",
            "Esbjerg Kommune",
            AuthorityKind.SOCIAL,
            ("Esbjerg",),
            units=("Socialcentret", "Jobcentret", "Familie og børn", "Pleje og omsorg"),
            measures=(*_KOMMUNE, "Akut bolig", "Socialfaglig støtte til familien"),
            people=(
                Someone("sagsbehandler", "Sagsbehandler", FRONTLINE, "Jobcentret", "Hverdage 9-14"),
                Someone("skp", "Støtte-kontaktperson", FRONTLINE, "Socialcentret", "Hverdage 8-15"),
                Someone("hjemmehjaelp", "Konsulent på ældreområdet", FRONTLINE, "Pleje og omsorg"),
                Someone("visitator", "Visitator", SCREENER, "Socialcentret", "Hverdage 9-14"),
                Someone("social_medlem", "Afdelingsleder", RELEASER, "Socialcentret", "Hverdage 9-15"),
                Someone("social_chef", "Direktør"),
                Someone("social_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("social_dpo", "Databeskyttelsesrådgiver", DPO),
                Someone("social_jurist", "Jurist", JURIST),
            ),
        ),
        Body(
            "psykiatri",
            "Psykiatrisk Afdeling Esbjerg",
            "Psykiatrien Esbjerg",
            AuthorityKind.PSYCHIATRY,
            ("Esbjerg", "Varde", "Vejen", "Billund", "Fanø"),
            units=("Sygehuspsykiatrien", "Distriktspsykiatrien"),
            parent="Region Syddanmark",
            measures=("Opsøgende team", "Samtale om medicin", "Indlæggelse", "Samarbejdsplan ved udskrivning"),
            people=(
                Someone("sygeplejerske", "Sygeplejerske", FRONTLINE, "Sygehuspsykiatrien", "Vagtskema"),
                Someone("op", "Opsøgende medarbejder", FRONTLINE, "Distriktspsykiatrien", "Hverdage 8-16"),
                Someone(
                    "psyk_visitator", "Visiterende sygeplejerske", SCREENER, "Distriktspsykiatrien", "Hverdage 8-15"
                ),
                Someone("psyk_medlem", "Oversygeplejerske", RELEASER, "Sygehuspsykiatrien", "Hverdage 8-15"),
                Someone("dpc", "Ledende socialrådgiver", RELEASER, "Distriktspsykiatrien", "Hverdage 8-15"),
                Someone("psyk_chef", "Ledende overlæge", NOTHING, "Sygehuspsykiatrien"),
                Someone("psyk_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("psyk_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "retspsykiatri",
            "Retspsykiatrisk Afsnit Esbjerg",
            "Retspsykiatrien",
            AuthorityKind.FORENSIC_PSYCHIATRY,
            ("Esbjerg", "Varde", "Vejen", "Billund", "Fanø"),
            parent="Region Syddanmark",
            people=(
                Someone("rets_medlem", "Afdelingssygeplejerske", SCREENER, "", "Hverdage 8-15"),
                Someone("rets_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "kriminalforsorg",
            "Kriminalforsorgen Esbjerg",
            "Kriminalforsorgen",
            AuthorityKind.PROBATION,
            ("Esbjerg", "Varde", "Vejen", "Billund", "Fanø"),
            measures=("Tilsyn", "Handleplan sammen med kommunen"),
            people=(
                Someone("kif_medlem", "Afdelingsleder", SCREENER, "", "Hverdage 9-15"),
                Someone("kif_sb", "Tilsynsførende", FRONTLINE, "", "Hverdage 9-15"),
                Someone("kif_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        _kommune("varde", "Varde"),
        _kommune("vejen", "Vejen"),
        _kommune("billund", "Billund"),
        _kommune("fanoe", "Fanø"),
    ),
    tables=(
        Table(
            "kredsraad",
            "Kredsrådet, med regionen",
            Level.STRATEGIC,
            GroupModel.DISTRICT_COUNCIL,
            word="kredsråd",
            rhythm=Rhythm.YEARLY,
            seats=(Chair("politi_chef"), Chair("social_chef"), Chair("psyk_chef")),
        ),
        Table(
            "vestjylland",
            "Styregruppen Vestjylland",
            Level.STEERING,
            GroupModel.CATCHMENT,
            areas=("Esbjerg", "Varde", "Vejen", "Billund", "Fanø"),
            parent="kredsraad",
            word="styregruppe",
            rhythm=Rhythm.QUARTERLY,
            seats=(
                Chair("psyk_chef"),
                Chair("dpc"),
                Chair("rets_medlem"),
                Chair("kif_medlem"),
                Chair("politi_chef"),
                Chair("social_chef"),
                Chair("varde_leder"),
                Chair("vejen_leder"),
                Chair("billund_leder"),
                Chair("fanoe_leder"),
            ),
            functions=(Held("secretariat", "formand"),),
        ),
        Table(
            "soenderjylland",
            "Styregruppen Sønderjylland",
            Level.STEERING,
            GroupModel.CATCHMENT,
            parent="kredsraad",
            word="styregruppe",
            rhythm=Rhythm.QUARTERLY,
            functions=(Held("secretariat", "formand"),),
        ),
        Table(
            "operativ",
            "Operativgruppen Esbjerg",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Esbjerg",),
            parent="vestjylland",
            prefix="ESB",
            rhythm=Rhythm.MONTHLY,
            place="Politigården i Esbjerg",
            channels=(ReportingChannel.SECRETARIAT_SEARCH, ReportingChannel.DUTY_OFFICER),
            instruction=(
                "Giv hændelsen et a-journalnummer, og mærk den her. Det tager ti sekunder, og sekretariatet gør "
                "resten. Du hører "
                "tilbage, når nogen har reageret."
            ),
            seats=(
                Chair("formand", mandate="Politiets indsats", network="Sekretariatet"),
                Chair("sekretariat", network="Vagtcentralen"),
                Chair("lokalpoliti", network="Lokalpolitiet Esbjerg"),
                Chair("ribe", network="Ribe"),
                Chair("psyk_medlem", mandate="Indlæggelse", network="Sygehuspsykiatrien"),
                Chair("dpc", mandate="Behandling i distriktet", network="Distriktspsykiatrien"),
                Chair("social_medlem", mandate="Støtte efter serviceloven", network="Socialcentret"),
                Chair("kif_medlem", mandate="Tilsyn og vilkår"),
            ),
            functions=(
                Held("chair", "formand"),
                Held("secretariat", "sekretariat"),
                Held("coordinator", "formand"),
            ),
        ),
        Table(
            "varde",
            "Operativgruppen Varde",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Varde",),
            parent="vestjylland",
            prefix="VAR",
            rhythm=Rhythm.EVERY_SECOND_MONTH,
            channels=(ReportingChannel.SECRETARIAT_SEARCH,),
            seats=(Chair("formand"), Chair("varde_leder"), Chair("dpc"), Chair("kif_medlem")),
            functions=(Held("chair", "formand"), Held("secretariat", "sekretariat")),
        ),
        Table(
            "vejen_billund",
            "Operativgruppen Vejen og Billund",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Vejen", "Billund"),
            parent="vestjylland",
            prefix="VEB",
            rhythm=Rhythm.EVERY_SECOND_MONTH,
            channels=(ReportingChannel.SECRETARIAT_SEARCH,),
            seats=(Chair("formand"), Chair("vejen_leder"), Chair("billund_leder"), Chair("dpc"), Chair("kif_medlem")),
            functions=(Held("chair", "formand"), Held("secretariat", "sekretariat")),
        ),
        Table(
            "fanoe",
            "Operativgruppen Fanø",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Fanø",),
            parent="vestjylland",
            prefix="FAN",
            rhythm=Rhythm.ON_NEED,
            channels=(ReportingChannel.DUTY_OFFICER,),
            instruction="Vi er få og mødes kun, når der er en sag. Ring til os.",
            seats=(Chair("lokalpoliti"), Chair("fanoe_leder"), Chair("dpc")),
            functions=(Held("chair", "lokalpoliti"), Held("secretariat", "lokalpoliti")),
        ),
    ),
)

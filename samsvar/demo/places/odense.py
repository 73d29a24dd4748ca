"""Odense: three operative groups under one steering group for Fyn, theme days, a chair that moved (000 section 1.3)."""

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
from samsvar.partnerships.models import GroupModel, Level, MembershipKind, ReportingChannel, Rhythm

_KOMMUNE = ("Bostøtte i hjemmet", "Støtte-kontaktperson", "Betaler husleje og regninger", "Hovedrengøring")
_DISTRIKT = ("Opsøgende psykoseteam", "Samtale om medicin", "Indlæggelse", "Bekymringsmøde med egen læge")
_FRIHED = ("Tilsyn", "Handleplan sammen med kommunen", "Samtale om vilkår")


def _kommune(key: str, name: str, area: str) -> Body:
    """One of the smaller municipalities: one seat, one deputy and one who meets the citizens."""
    return Body(
        key,
        f"{name} Kommune",
        f"{name} Kommune",
        AuthorityKind.SOCIAL,
        (area,),
        units=("Voksenstøtte",),
        measures=_KOMMUNE[:3],
        people=(
            Someone(f"{key}_leder", "Socialchef", SCREENER, "Voksenstøtte", "Hverdage 9-14"),
            Someone(f"{key}_sb", "Sagsbehandler", FRONTLINE, "Voksenstøtte", "Hverdage 9-14"),
            Someone(f"{key}_admin", "Lokal administrator", LOCAL_ADMIN),
        ),
    )


ODENSE = Place(
    key="odense",
    name="PSP Fyn",
    district="Fyns Politi",
    prefix="FYN",
    purpose=(
        "Voksne borgere på Fyn med flere samtidige problemer, typisk sindslidelse sammen med misbrug, boligløshed "
        "eller "
        "uro omkring dem, hvor den myndighed, der kender dem, ikke kan løse det alene."
    ),
    founded=date(2007, 9, 3),
    agreement=(
        "Kommissorium 2007: Odense Kommune leder forsøget. Operativgruppen mødes hver måned, hver tredje gang til "
        "temadag. "
        "Sager, som to af os kan løse mellem møderne, tæller vi for sig."
    ),
    later_agreement=(
        "Gælder hele Fyn: tre operativgrupper under én styregruppe. Politiet har formandskabet og sekretariatet. "
        "Kriminalforsorgen "
        "er fast medlem. Regionen er part."
    ),
    emergency=(
        ("Alarmcentralen, ved fare lige nu", "1-1-2", "Hele døgnet"),
        ("Vagthavende, Fyns Politi", "00 00 22 01", "Hele døgnet"),
        ("Psykiatrisk akutmodtagelse, Odense", "00 00 22 02", "Hele døgnet"),
        ("Den sociale vagt, Odense Kommune", "00 00 22 03", "Hele døgnet"),
    ),
    area_of_citizens=("Odense", "Odense", "Odense", "Kerteminde"),
    bodies=(
        Body(
            "politi",
            "Fyns Politi",
            "Fyns Politi",
            AuthorityKind.POLICE,
            (
                "Odense",
                "Kerteminde",
                "Middelfart",
                "Assens",
                "Nordfyn",
                "Svendborg",
                "Nyborg",
                "Faaborg-Midtfyn",
                "Langeland",
                "Ærø",
            ),
            units=(
                "Lokalpolitiet Odense",
                "Lokalpolitiet Svendborg",
                "Lokalpolitiet Middelfart",
                "PSP-sekretariatet",
                "Vagtcentralen",
            ),
            since=date(2007, 9, 3),
            measures=(
                "Kontakter borgeren på gaden",
                "Holder øje på patruljen",
                "Tager med på hjemmebesøg",
                "Taler med naboerne",
            ),
            people=(
                Someone("patrulje", "Betjent", FRONTLINE, "Lokalpolitiet Odense", "Vagtskema"),
                Someone("patrulje2", "Betjent", FRONTLINE, "Lokalpolitiet Odense", "Vagtskema"),
                Someone("svb_patrulje", "Betjent", FRONTLINE, "Lokalpolitiet Svendborg", "Vagtskema"),
                Someone("vagthavende", "Vagthavende", SCREENER, "Vagtcentralen", "Hele døgnet"),
                Someone("sekretariat", "Sekretær i PSP-sekretariatet", SCREENER, "PSP-sekretariatet", "Hverdage 8-15"),
                Someone("formand", "Vicepolitikommissær", RELEASER, "Lokalpolitiet Odense", "Hverdage 8-16"),
                Someone("formand_stf", "Politikommissær", RELEASER, "Lokalpolitiet Odense", "Hverdage 8-16"),
                Someone("svb_politi", "Lokalpolitileder", SCREENER, "Lokalpolitiet Svendborg", "Hverdage 8-16"),
                Someone("mid_politi", "Lokalpolitileder", SCREENER, "Lokalpolitiet Middelfart", "Hverdage 8-16"),
                Someone("politi_chef", "Chefpolitiinspektør", NOTHING, "Lokalpolitiet Odense"),
                Someone("politi_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("politi_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "social",
            "Odense Kommune",
            "Odense Kommune",
            AuthorityKind.SOCIAL,
            ("Odense",),
            units=("Socialafdelingen", "Jobcentret", "Familieafdelingen", "Ældre og handicap"),
            since=date(2007, 9, 3),
            measures=(*_KOMMUNE, "Akut bolig", "Socialfaglig støtte til familien"),
            people=(
                Someone("sagsbehandler", "Sagsbehandler", FRONTLINE, "Jobcentret", "Hverdage 9-14"),
                Someone("skp", "Støtte-kontaktperson", FRONTLINE, "Socialafdelingen", "Hverdage 8-15"),
                Someone("hjemmehjaelp", "Konsulent på ældreområdet", FRONTLINE, "Ældre og handicap"),
                Someone("visitator", "Visitator", SCREENER, "Socialafdelingen", "Hverdage 9-14"),
                Someone("social_medlem", "Afdelingsleder", RELEASER, "Socialafdelingen", "Hverdage 9-15"),
                Someone("social_stf", "Teamleder", RELEASER, "Socialafdelingen", "Hverdage 9-15"),
                Someone("social_chef", "Socialchef"),
                Someone("social_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("social_dpo", "Databeskyttelsesrådgiver", DPO),
                Someone("social_jurist", "Jurist", JURIST),
            ),
        ),
        Body(
            "psykiatri",
            "Psykiatrisk Afdeling Odense",
            "Psykiatrien Odense",
            AuthorityKind.PSYCHIATRY,
            ("Odense", "Kerteminde", "Nordfyn"),
            units=("Sengeafsnit", "Distriktspsykiatrisk Center Odense", "Psykoseteamet"),
            parent="Region Syddanmark",
            since=date(2007, 9, 3),
            measures=_DISTRIKT,
            people=(
                Someone("sygeplejerske", "Sygeplejerske", FRONTLINE, "Sengeafsnit", "Vagtskema"),
                Someone("op", "Opsøgende medarbejder", FRONTLINE, "Psykoseteamet", "Hverdage 8-16"),
                Someone("psyk_visitator", "Visiterende sygeplejerske", SCREENER, "Sengeafsnit", "Hverdage 8-15"),
                Someone("psyk_medlem", "Oversygeplejerske", RELEASER, "Sengeafsnit", "Hverdage 8-15"),
                Someone(
                    "dpc", "Ledende socialrådgiver", RELEASER, "Distriktspsykiatrisk Center Odense", "Hverdage 8-15"
                ),
                Someone("psyk_chef", "Ledende overlæge", NOTHING, "Sengeafsnit"),
                Someone("dpc_chef", "Centerchef", NOTHING, "Distriktspsykiatrisk Center Odense"),
                Someone("psyk_admin", "Lokal administrator", LOCAL_ADMIN),
                Someone("psyk_dpo", "Databeskyttelsesrådgiver", DPO),
            ),
        ),
        Body(
            "retspsykiatri",
            "Retspsykiatrisk Afdeling Middelfart",
            "Retspsykiatrien",
            AuthorityKind.FORENSIC_PSYCHIATRY,
            (
                "Odense",
                "Kerteminde",
                "Middelfart",
                "Assens",
                "Nordfyn",
                "Svendborg",
                "Nyborg",
                "Faaborg-Midtfyn",
                "Langeland",
                "Ærø",
            ),
            units=("Ambulatoriet",),
            parent="Region Syddanmark",
            measures=("Samarbejdsplan ved udskrivning", "Vilkår i behandlingsdom forklares"),
            people=(
                Someone("rets_medlem", "Afdelingssygeplejerske", SCREENER, "Ambulatoriet", "Hverdage 8-15"),
                Someone("rets_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "kriminalforsorg",
            "Kriminalforsorgen Odense",
            "Kriminalforsorgen",
            AuthorityKind.PROBATION,
            ("Odense", "Kerteminde"),
            measures=_FRIHED,
            since=date(2007, 9, 3),
            people=(
                Someone("kif_medlem", "Afdelingsleder", SCREENER, "", "Hverdage 9-15"),
                Someone("kif_sb", "Tilsynsførende", FRONTLINE, "", "Hverdage 9-15"),
                Someone("kif_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        _kommune("kerteminde", "Kerteminde", "Kerteminde"),
        _kommune("middelfart", "Middelfart", "Middelfart"),
        _kommune("assens", "Assens", "Assens"),
        _kommune("nordfyn", "Nordfyns", "Nordfyn"),
        _kommune("svendborg", "Svendborg", "Svendborg"),
        _kommune("nyborg", "Nyborg", "Nyborg"),
        _kommune("faaborg", "Faaborg-Midtfyn", "Faaborg-Midtfyn"),
        _kommune("langeland", "Langeland", "Langeland"),
        _kommune("aeroe", "Ærø", "Ærø"),
        Body(
            "svb_psykiatri",
            "Psykiatrisk Afdeling Svendborg",
            "Psykiatrien Svendborg",
            AuthorityKind.PSYCHIATRY,
            ("Svendborg", "Nyborg", "Faaborg-Midtfyn", "Langeland", "Ærø"),
            parent="Region Syddanmark",
            measures=_DISTRIKT[:3],
            people=(
                Someone("svb_psyk", "Afdelingssygeplejerske", SCREENER, "", "Hverdage 8-15"),
                Someone("svb_psyk_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "mid_psykiatri",
            "Psykiatrisk Afdeling Middelfart",
            "Psykiatrien Middelfart",
            AuthorityKind.PSYCHIATRY,
            ("Middelfart", "Assens", "Nordfyn"),
            parent="Region Syddanmark",
            measures=_DISTRIKT[:3],
            people=(
                Someone("mid_psyk", "Afdelingssygeplejerske", SCREENER, "", "Hverdage 8-15"),
                Someone("mid_psyk_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
        Body(
            "svb_kriminalforsorg",
            "Kriminalforsorgen Svendborg",
            "KiF Svendborg",
            AuthorityKind.PROBATION,
            ("Svendborg", "Nyborg", "Faaborg-Midtfyn", "Langeland", "Ærø"),
            measures=_FRIHED[:2],
            people=(
                Someone("svb_kif", "Afdelingsleder", SCREENER, "", "Hverdage 9-15"),
                Someone("svb_kif_admin", "Lokal administrator", LOCAL_ADMIN),
            ),
        ),
    ),
    tables=(
        Table(
            "styregruppe",
            "Styregruppen Fyn",
            Level.STRATEGIC,
            GroupModel.STEERING_GROUP,
            word="styregruppe",
            rhythm=Rhythm.QUARTERLY,
            seats=(
                Chair("politi_chef"),
                Chair("psyk_chef"),
                Chair("dpc_chef"),
                Chair("social_chef"),
                Chair("middelfart_leder"),
            ),
        ),
        Table(
            "operativ",
            "Operativgruppen Odense",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Odense", "Kerteminde"),
            parent="styregruppe",
            prefix="ODE",
            rhythm=Rhythm.MONTHLY,
            place="Politigården i Odense, lokale 12",
            duty_to_attend=True,
            theme_day_every=3,
            channels=(
                ReportingChannel.SHARED_INBOX,
                ReportingChannel.DUTY_OFFICER,
                ReportingChannel.SECRETARIAT_SEARCH,
            ),
            instruction=(
                "Skriv ti linjer, når du møder en, du bliver bekymret for, og det hverken er en indlæggelse eller en "
                "anmeldelse. Sekretariatet læser med hver dag, og du hører tilbage."
            ),
            seats=(
                Chair("formand", mandate="Politiets indsats i Odense", network="Lokalpolitiet"),
                Chair("sekretariat", network="Vagtcentralen og vagthavende"),
                Chair("psyk_medlem", mandate="Indlæggelse og vurdering", network="Sengeafsnit"),
                Chair("dpc", mandate="Behandling i distriktet", network="Distriktspsykiatrien"),
                Chair("social_medlem", mandate="Støtte efter serviceloven", network="Socialafdelingen"),
                Chair("kerteminde_leder", mandate="Støtte efter serviceloven", may_decide=True),
                Chair("kif_medlem", mandate="Tilsyn og vilkår", since=date(2010, 1, 4)),
                Chair("rets_medlem", MembershipKind.AD_HOC, mandate="Oplyser om vilkår", may_decide=False),
                Chair("formand_stf", MembershipKind.DEPUTY, for_whom="formand"),
                Chair("social_stf", MembershipKind.DEPUTY, for_whom="social_medlem"),
            ),
            functions=(
                Held("chair", "social_medlem", date(2007, 9, 3)),
                Held("secretariat", "social_medlem", date(2007, 9, 3)),
                Held("chair", "formand", date(2009, 4, 1), "PSP blev landsdækkende, og politiet fik formandskabet"),
                Held("secretariat", "sekretariat", date(2009, 4, 1), "Fulgte med formandskabet"),
                Held("coordinator", "sekretariat", date(2009, 4, 1)),
            ),
        ),
        Table(
            "middelfart",
            "Operativgruppen Middelfart",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Middelfart", "Assens", "Nordfyn"),
            parent="styregruppe",
            prefix="MID",
            place="Middelfart Rådhus",
            channels=(ReportingChannel.SHARED_INBOX,),
            seats=(
                Chair("mid_politi"),
                Chair("mid_psyk"),
                Chair("middelfart_leder"),
                Chair("assens_leder"),
                Chair("nordfyn_leder"),
                Chair("rets_medlem", MembershipKind.AD_HOC, may_decide=False),
            ),
            functions=(Held("chair", "mid_politi"), Held("secretariat", "mid_politi")),
        ),
        Table(
            "svendborg",
            "Operativgruppen Svendborg",
            Level.OPERATIVE,
            GroupModel.OPERATIVE_GROUP,
            areas=("Svendborg", "Nyborg", "Faaborg-Midtfyn", "Langeland", "Ærø"),
            parent="styregruppe",
            prefix="SVB",
            place="Lokalpolitiet i Svendborg",
            channels=(ReportingChannel.SHARED_INBOX,),
            seats=(
                Chair("svb_politi"),
                Chair("svb_psyk"),
                Chair("svendborg_leder"),
                Chair("nyborg_leder"),
                Chair("faaborg_leder"),
                Chair("langeland_leder"),
                Chair("aeroe_leder"),
                Chair("svb_kif"),
                Chair("rets_medlem", MembershipKind.AD_HOC, may_decide=False),
            ),
            functions=(Held("chair", "svb_politi"), Held("secretariat", "svb_politi")),
        ),
    ),
)

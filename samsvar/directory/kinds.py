"""What a unit is: the ends of the routes of 002 section 1.14, and the sectors of R-002-1. No framework here."""

from samsvar.law.kinds import AuthorityKind, Labelled


class Sector(Labelled):
    """Who runs a unit (R-002-1)."""

    MUNICIPALITY = "municipality", "kommune", "municipality"
    REGION = "region", "region", "region"
    PRACTICE = "practice", "almen praksis", "general practice"
    JUSTICE = "justice", "politi og kriminalforsorg", "police and probation"
    PRIVATE = "private", "privat eller selvejende", "private or self-owning"


class UnitKind(Labelled):
    """What a unit is. A label says whose it is, so that Børn og Unge and B&U are never the same word (R-002-10)."""

    CHILD_AUTHORITY = (
        "child_authority",
        "Børn og Unge (kommunens myndighed)",
        "Children and youth (the municipality's authority)",
    )
    ADULT_AUTHORITY = (
        "adult_authority",
        "myndigheden for voksne (psykiatri og handicap)",
        "the authority for adults (psychiatry and disability)",
    )
    DROP_IN = "drop_in", "værested", "drop-in centre"
    JOBCENTRE = "jobcentre", "jobcenter", "job centre"
    STU = "stu", "ungdommens uddannelsesvejledning, STU-team", "youth guidance, STU team"
    SUBSTANCE = "substance", "rusmiddelcenter", "substance use centre"
    PAM = "pam", "psykiatrisk akutmodtagelse (PAM)", "psychiatric emergency unit (PAM)"
    BUK = (
        "buk",
        "børne- og ungdomspsykiatri (regionens klinik, »B&U«)",
        "child and adolescent psychiatry (the region's clinic, »B&U«)",
    )
    WARD = "ward", "psykiatrisk sengeafsnit", "psychiatric ward"
    DISTRICT = "district", "distriktspsykiatri", "district psychiatry"
    GP = "gp", "praktiserende læge", "general practitioner"
    PVK = "pvk", "Psykiatrisk Visitationsklinik (PVK)", "psychiatric referral clinic (PVK)"
    BUF = (
        "buf",
        "Børne- og Ungdomspsykiatrisk Forum (BUF)",
        "forum for child and adolescent psychiatry (BUF)",
    )
    PPR = "ppr", "PPR og forebyggelse", "educational psychology service (PPR)"
    SUPPORT_85 = "support_85", "socialpsykiatri, støtte efter § 85", "social psychiatry, support under section 85"
    OUTREACH_99 = (
        "outreach_99",
        "opsøgende støttekontaktperson efter § 99",
        "outreach support contact person under section 99",
    )
    MENTOR = "mentor", "mentor fra jobcentret", "mentor from the job centre"
    HOUSING = "housing", "bosted eller opholdssted", "supported housing"
    CHILD_BOARD = "child_board", "visitationsudvalg for børn", "granting board for children"
    REHAB_TEAM = "rehab_team", "rehabiliteringsteam", "rehabilitation team"
    JOB_BOARD = "job_board", "jobcentrets visitationsteam", "the job centre's granting team"
    STU_BOARD = "stu_board", "visitationsudvalg for STU", "granting board for STU"
    CLINIC = "clinic", "anden psykiatrisk klinik", "other psychiatric clinic"
    ADULT_PSYCHIATRY = "adult_psychiatry", "voksenpsykiatrien", "adult psychiatry"
    PAEDIATRIC = "paediatric", "børneafdeling på sygehus", "paediatric ward"
    HOSPITAL = "hospital", "sygehus", "hospital"
    SPECIALIST = "specialist", "privat speciallæge", "private specialist"
    DENTIST = "dentist", "tandlæge", "dentist"
    HEALTH_VISITOR = "health_visitor", "sundhedsplejerske", "health visitor"
    SCHOOL = "school", "skole", "school"
    HOME_NURSING = "home_nursing", "hjemmesygepleje og hjemmepleje", "home nursing and care"
    BENEFITS = "benefits", "boligkontor eller ydelseskontor", "housing or benefits office"
    POLICE = "police", "politi", "police"
    PROBATION = "probation", "kriminalforsorg", "probation service"
    PRISON = "prison", "arresthus", "remand prison"
    OTHER = "other", "andet", "other"
    # Who can go a way without being a unit.
    CITIZEN = "citizen", "borgeren selv", "the citizen"
    PARENTS = "parents", "forældre", "parents"
    RELATIVES = "relatives", "pårørende", "relatives"


class Step(Labelled):
    """Where somebody is on a unit's way; the report's sixth, round again, goes from one to an earlier (R-002-16)."""

    INTAKE = "intake", "modtagelse", "intake"
    ASSESS = "assess", "vurdering", "assessment"
    GRANT = "grant", "bevilling", "granting"
    DELIVER = "deliver", "indsats", "help"
    EVALUATE = "evaluate", "opfølgning", "evaluation"


NO_UNITS = frozenset({UnitKind.CITIZEN, UnitKind.PARENTS, UnitKind.RELATIVES})
UNITS = tuple(kind for kind in UnitKind if kind not in NO_UNITS)
# Where what an authority is says what its units are; a municipality or a region has many kinds of them.
_OF_AUTHORITY = {
    AuthorityKind.POLICE: UnitKind.POLICE,
    AuthorityKind.JOBCENTRE: UnitKind.JOBCENTRE,
    AuthorityKind.PROBATION: UnitKind.PROBATION,
    AuthorityKind.PRACTICE: UnitKind.GP,
}


def kind_of(authority: AuthorityKind | str) -> UnitKind | None:
    """The kind of unit that whoever acts for such an authority comes from; None where there are several."""
    return _OF_AUTHORITY.get(AuthorityKind(authority))

"""The log's rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.accounts.models import User
from samsvar.audit.models import Act, LogRow
from samsvar.law.kinds import Purpose
from samsvar.postgres.actor import Actor
from samsvar.rights.models import OutsideReason


class SearchReason(TextChoices):
    """Why somebody's number is typed into the log's search. A closed list: free text could tell of the person."""

    INSIGHT = "insight", _("Borgeren har bedt om indsigt")
    COMPLAINT = "complaint", _("Klage eller mistanke om misbrug")
    BREACH = "breach", _("Brud på persondatasikkerheden")
    CONTROL = "control", _("Egen kontrol")


SUBJECTS: dict[str, str | Promise] = {
    "action": _("aftale"),
    "acute": _("akut kontakt"),
    "acutes": _("liste over akutte kontakter"),
    "agenda_item": _("dagsordenspunkt"),
    "agreement": _("samarbejdsaftale"),
    "area": _("område"),
    "assignment": _("opgave i sagen til en medarbejder"),
    "authority": _("myndighed"),
    "ban": _("mødeforbud"),
    "breach": _("brud på persondatasikkerheden"),
    "calendar_feed": _("kalender"),
    "card": _("kontaktkort"),
    "care_event": _("hændelse i borgerens netværk"),
    "care": _("borgerens netværk"),
    "care_network": _("borgerens netværk"),
    "care_networks": _("liste over borgeres netværk"),
    "referral": _("henvisning"),
    "referrals": _("liste over henvisninger"),
    "coordinator_hours": _("timer som tovholder"),
    "care_plan": _("plan for en udskrivning"),
    "case": _("sag"),
    "case_list": _("liste over sager"),
    "case_sheet": _("personliste"),
    "cases": _("liste over sager"),
    "category": _("kategori"),
    "chain": _("logkæde"),
    "citizen_word": _("borgerens ord"),
    "concern": _("bekymring"),
    "concerns": _("liste over bekymringer"),
    "conference": _("møde i Samarbejdsenheden"),
    "conference_case": _("sag i Samarbejdsenheden"),
    "conference_item": _("punkt i Samarbejdsenheden"),
    "conference_minutes": _("referat fra Samarbejdsenheden"),
    "consent": _("samtykke"),
    "consult": _("anonym sparring"),
    "contribution": _("bidrag"),
    "criterion": _("kriterium"),
    "danger": _("råd før et besøg"),
    "desk": _("Mit bord"),
    "disclosure": _("videregivelse"),
    "disposal": _("kassation"),
    "emergency_contact": _("nødkontakt"),
    "evaluation": _("evaluering"),
    "exemption": _("undtagelse"),
    "follow_up": _("opfølgning"),
    "function": _("funktion i en gruppe"),
    "gap": _("systemhul"),
    "gap_link": _("henvisning til et systemhul"),
    "group": _("gruppe"),
    "guest": _("gæst på et møde"),
    "hand_over": _("overdragelse"),
    "hearing": _("høring"),
    "help_decision": _("hjælp uden samtykke"),
    "hold": _("tilbageholdelse"),
    "identity": _("hvem borgeren er"),
    "involvement": _("inddragelse"),
    "journal_list": _("liste over det, journalen mangler"),
    "journal_note": _("journalnotat"),
    "kept_form": _("gemt tekst"),
    "directory_entry": _("side i vejviseren"),
    "law_answer": _("svar på tvivl"),
    "law_change": _("ændring af reglerne"),
    "law_question": _("tvivl"),
    "letter": _("brev ud af kredsen"),
    "log": _("log"),
    "log_review": _("gennemsyn af loggen"),
    "log_watch": _("vagt over loggen"),
    "login": _("log ind"),
    "measure": _("indsats"),
    "meeting": _("møde"),
    "meeting_kind": _("mødetype"),
    "meeting_series": _("mødeserie"),
    "membership": _("plads i en gruppe"),
    "merge": _("to borgere lagt sammen"),
    "minutes": _("referat"),
    "network": _("NP-sag"),
    "networks": _("liste over NP-sager"),
    "no": _("borgerens nej"),
    "notice": _("borgerorientering"),
    "outside": _("spørgsmål uden for egne sager"),
    "outside_letter": _("brev ud af kredsen"),
    "override": _("tilsidesat nej"),
    "override_list": _("liste over tilsidesatte nej"),
    "own_note": _("egen note"),
    "participation": _("deltagelse i et samarbejde"),
    "partnership": _("samarbejde"),
    "party": _("part i sagen"),
    "person": _("medarbejder"),
    "person_count": _("optælling af personer"),
    "post": _("stilling"),
    "release": _("frigivelse"),
    "releaser": _("ret til at frigive"),
    "remark": _("borgerens bemærkning"),
    "request": _("spørgsmål til en myndighed"),
    "responsibility": _("handlingsansvar"),
    "retention_rule": _("regel for opbevaring"),
    "rights": _("besvaret anmodning fra en borger"),
    "rights_request": _("anmodning fra en borger"),
    "session": _("session"),
    "set_up": _("opsætning"),
    "steering": _("beslutning i styregruppen"),
    "task": _("opgave"),
    "terms": _("kommissorium"),
    "told": _("hvem har fået hvad at vide"),
    "treatment": _("behandlingsdom, vilkår"),
    "unit": _("enhed"),
    "unit_contact": _("kontakt til borgeren"),
    "course": _("kontaktforløb"),
    "courses": _("liste over kontaktforløb"),
    "inquiry": _("henvendelse"),
    "inquiries": _("liste over henvendelser"),
    "outreach_search": _("opsporing"),
    "outreach": _("afsluttet kontaktforløb"),
    "phone": _("telefon til opsøgende arbejde"),
    "transition": _("overgang"),
    "transitions": _("liste over overgange"),
    "pathway": _("forløb i en enhed"),
    "pathways": _("liste over forløb i en enhed"),
    "reports": _("liste over indberetninger"),
    "effect": _("tal om effekt"),
    "research": _("undersøgelse"),
    "journal": _("kvartalsjournal"),
}


# The acts by which somebody has seen something.
LOOKS = tuple(act.value for act in (Act.LOOK, Act.SEARCH, Act.UNMASK, Act.PRINT, Act.EXPORT))

# What a look was for, in words that a citizen reads.
_LOOKED_FOR: dict[str, str | Promise] = {
    "case": _("arbejdet med sagen"),
    "case_list": _("overblik over sager"),
    "concern": _("vurdering af en bekymring"),
    "concerns": _("overblik over bekymringer"),
    "conference": _("arbejdet med sagen i Samarbejdsenheden"),
    "conference_case": _("arbejdet med sagen i Samarbejdsenheden"),
    "conference_item": _("arbejdet med sagen i Samarbejdsenheden"),
    "conference_minutes": _("arbejdet med sagen i Samarbejdsenheden"),
    "desk": _("overblik over opgaver"),
    "disposal": _("sletning, når tiden er gået"),
    "guest": _("møde mellem myndighederne"),
    "identity": _("hvem borgeren er"),
    "log": _("tilsyn med, hvem der har set hvad"),
    "log_review": _("tilsyn med, hvem der har set hvad"),
    "meeting": _("møde mellem myndighederne"),
    "rights_request": _("svar til borgeren selv"),
    "told": _("svar til borgeren selv"),
}


def looked_for(row: LogRow) -> str:
    """Why somebody looked, for the citizen: the purpose that was said, else what the page is for."""
    said = purpose_word(row.purpose)
    return said or str(_LOOKED_FOR.get(row.subject_kind, _("arbejdet med sagen")))


@dataclass(frozen=True)
class Entry:
    """One row of the log in words. `reference` is the number of the case that it is about."""

    row: LogRow
    who: str
    why: str | Promise
    what: str | Promise
    reference: str = ""

    @property
    def loose_id(self) -> UUID | None:
        """The id of what it is about, where no case number says it better."""
        return None if self.reference and self.row.subject_id == self.row.case_id else self.row.subject_id


def purpose_word(purpose: str) -> str:
    """Why something was done, in the reader's language; the system's own work has no purpose to tell."""
    if purpose == "system":
        return ""
    for choices in (SearchReason, OutsideReason):
        if purpose in choices.values:
            return str(choices(purpose).label)
    return dict(Purpose.choices(get_language())).get(purpose, purpose)


def _references(rows: Sequence[LogRow]) -> dict[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, reference from rights_references(%s)", [[row.case_id for row in rows if row.case_id]]
        )
        return dict(cursor.fetchall())


def described(actor: Actor, rows: Sequence[LogRow]) -> list[Entry]:
    """The rows with names and case numbers; two queries."""
    references = _references(rows)
    names = dict(User.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name"))
    return [
        Entry(
            row,
            names.get(row.person_id, "") if row.person_id else "",
            purpose_word(row.purpose),
            SUBJECTS.get(row.subject_kind, row.subject_kind),
            references.get(row.case_id, "") if row.case_id else "",
        )
        for row in rows
    ]

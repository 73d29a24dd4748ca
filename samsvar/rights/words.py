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
    "acute": _("akut kontakt"),
    "acutes": _("liste over akutte kontakter"),
    "action": _("aftale"),
    "agenda_item": _("dagsordenspunkt"),
    "breach": _("brud på persondatasikkerheden"),
    "case": _("sag"),
    "case_list": _("liste over sager"),
    "cases": _("liste over sager"),
    "chain": _("logkæde"),
    "concern": _("bekymring"),
    "concerns": _("liste over bekymringer"),
    "consult": _("anonym sparring"),
    "contribution": _("bidrag"),
    "danger": _("råd før et besøg"),
    "desk": _("Mit bord"),
    "disposal": _("kassation"),
    "exemption": _("undtagelse"),
    "hearing": _("høring"),
    "follow_up": _("opfølgning"),
    "hold": _("tilbageholdelse"),
    "retention_rule": _("regel for opbevaring"),
    "identity": _("hvem borgeren er"),
    "involvement": _("inddragelse"),
    "law_answer": _("svar på tvivl"),
    "law_change": _("ændring af reglerne"),
    "law_question": _("tvivl"),
    "kept_form": _("gemt tekst"),
    "log": _("log"),
    "log_review": _("gennemsyn af loggen"),
    "log_watch": _("vagt over loggen"),
    "meeting": _("møde"),
    "merge": _("to borgere lagt sammen"),
    "network": _("NP-sag"),
    "networks": _("liste over NP-sager"),
    "outside": _("spørgsmål uden for egne sager"),
    "own_note": _("egen note"),
    "remark": _("borgerens bemærkning"),
    "rights_request": _("anmodning fra en borger"),
    "told": _("hvem har fået hvad at vide"),
    "responsibility": _("handlingsansvar"),
    "session": _("session"),
    "task": _("opgave"),
}


# The acts by which somebody has seen something.
LOOKS = tuple(act.value for act in (Act.LOOK, Act.SEARCH, Act.UNMASK, Act.PRINT, Act.EXPORT))

# What a look was for, in words that a citizen reads.
_LOOKED_FOR: dict[str, str | Promise] = {
    "case": _("arbejdet med sagen"),
    "case_list": _("overblik over sager"),
    "concern": _("vurdering af en bekymring"),
    "concerns": _("overblik over bekymringer"),
    "desk": _("overblik over opgaver"),
    "disposal": _("sletning, når tiden er gået"),
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
        cursor.execute("select id, reference from rights_references(%s)", [[row.case_id for row in rows if row.case_id]])
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

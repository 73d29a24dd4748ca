"""Inquiries, rounds of looking, and whether somebody belongs to the target group."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.outreach.models import Answered, Assessment, Course, Inquiry, Outcome, Search, SearchKind
from samsvar.outreach.services.errors import OutreachError, held, log, of, running, team, without_number, write
from samsvar.outreach.words import form, profile
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Said:
    """What somebody said, who it was, and whether the citizen may know."""

    source: int
    text: str
    raiser: str = ""
    hidden: bool = False
    received_on: date | None = None


@dataclass(frozen=True)
class Followed:
    """What an inquiry turned out to be, what was done, and what whoever asked has heard."""

    outcome: str
    did: str
    sent_to: str = ""
    answered: str = ""


@dataclass(frozen=True)
class Looked:
    """One round of looking and what it counted."""

    kind: str
    place: str
    basis: str = ""
    hours: Decimal = Decimal(0)
    reviewed: int = 0
    concerns: int = 0
    seen: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Judged:
    """The four criteria, each by itself, and the worker's own judgement of the whole."""

    profile: str
    illness: str
    isolation: str
    conditions: str
    home: str
    belongs: bool
    rationale: str
    risk: int
    illness_note: str = ""
    isolation_note: str = ""
    conditions_note: str = ""
    home_note: str = ""
    items: Sequence[str] = ()
    judged_by: Sequence[str] = ()
    dwelling: Sequence[int] = ()
    homeless: bool = False
    helped: bool = False
    helped_why: str = ""


def receive(actor: Actor, said: Said, search: Search | None = None) -> Inquiry:
    """Write down that somebody asks about a citizen (R-004-21)."""
    row = team(actor)
    today = timezone.localdate()
    if not said.text.strip():
        raise OutreachError(_("Skriv, hvad der blev sagt."))
    if (said.received_on or today) > today:
        raise OutreachError(_("Dagen kan ikke være i fremtiden."))
    without_number(said.text, said.raiser)
    found = Search.objects.filter(pk=search.pk, unit_id=row["unit_id"]).first() if search else None
    if search and found is None:
        raise OutreachError(_("Det er ikke jeres."))
    inquiry = Inquiry(
        **row,
        received_on=said.received_on or today,
        source=said.source,
        text=said.text.strip(),
        raiser=said.raiser.strip(),
        hidden=said.hidden,
        search=found,
    )
    write(inquiry)
    log(actor, Act.CREATE, inquiry, "received", "inquiry")
    return inquiry


def follow_up(actor: Actor, inquiry: Inquiry, followed: Followed) -> None:
    """End an inquiry: what it was, what was done, and what whoever asked hears (R-004-22, R-004-23)."""
    found = held(actor, inquiry)
    if found.followed_on:
        raise OutreachError(_("Henvendelsen er allerede fulgt op."))
    if followed.outcome not in Outcome.values:
        raise OutreachError(_("Vælg en af mulighederne."))
    if followed.answered not in Answered.values:
        raise OutreachError(_("Vælg, hvad den, der spurgte, har fået at vide."))
    without_number(followed.did, followed.sent_to)
    found.outcome, found.did, found.sent_to = followed.outcome, followed.did.strip(), followed.sent_to.strip()
    found.answered, found.followed_on, found.followed_by_id = followed.answered, timezone.localdate(), actor.person_id
    write(found, new=False, fields=("outcome", "did", "sent_to", "answered", "followed_on", "followed_by"))
    log(actor, Act.CHANGE, found, "followed", "inquiry")


def look_for_some(actor: Actor, looked: Looked) -> Search:
    """Write down a round of looking; one through a list only on a legal basis (R-004-28, R-004-29)."""
    row = team(actor)
    today = timezone.localdate()
    if looked.kind not in SearchKind.values or not looked.place.strip():
        raise OutreachError(_("Vælg, hvordan I har ledt, og skriv hvor."))
    if (looked.on or today) > today:
        raise OutreachError(_("Dagen kan ikke være i fremtiden."))
    values = asdict(looked) | {"on": looked.on or today}
    without_number(looked.place, looked.basis, looked.seen)
    search = Search(**row, **{key: value.strip() if isinstance(value, str) else value for key, value in values.items()})
    write(search)
    log(actor, Act.CREATE, search, "search", "outreach_search")
    return search


def assess(actor: Actor, course: Course, judged: Judged) -> Assessment:
    """Judge whether somebody belongs to the target group. An earlier judgement stands as it was (R-004-1, R-004-12)."""
    found = running(actor, course)
    try:
        known = {trait.key for trait in profile(judged.profile).traits}
    except LookupError as error:
        raise OutreachError(_("Vælg en profil.")) from error
    if not set(judged.items) <= known or not set(judged.dwelling) <= set(form().question("q21").options):
        raise OutreachError(_("Vælg blandt mulighederne."))
    if len(judged.dwelling) > 1 and 77 in judged.dwelling:
        raise OutreachError(_("»Ved ikke« kan ikke stå sammen med andre svar om boligen."))
    values = {key: value.strip() if isinstance(value, str) else value for key, value in asdict(judged).items()}
    without_number(*(value for value in values.values() if isinstance(value, str)))
    lists = {key: list(values.pop(key)) for key in ("items", "judged_by", "dwelling")}
    row = Assessment(**of(actor, found), on=timezone.localdate(), **values, **lists)
    write(row)
    log(actor, Act.CREATE, found, "assessment", key=row.pk)
    return row

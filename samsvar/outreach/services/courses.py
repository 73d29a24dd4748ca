"""A course begins, is worked on, is handed over, ends and is taken up again."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.citizens.vault import blind_index
from samsvar.outreach.models import Answered, Attempt, Course, Handover, HandoverKind, Inquiry, Known, MeaningKind
from samsvar.outreach.models.courses import MESSAGES, VISITS
from samsvar.outreach.policies import COURSE_BACK_YEARS
from samsvar.outreach.services.agreed import looked_after
from samsvar.outreach.services.errors import OutreachError, held, log, of, running, team, without_number, write
from samsvar.outreach.words import form, team_settings
from samsvar.partnerships.models import Capacity
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import WITH_CITIZENS, Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish

# Letters and figures that cannot be taken for each other when a number is read aloud.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
# Reasons of Q41 that hang on something more than themselves.
NO_CONTACT, PURPOSE_MET = 1, 4
RESULT_QUESTIONS = {1: "q43", 2: "q44", 3: "q45", 4: "q46"}


@dataclass(frozen=True)
class Begun:
    """Who is sought, under which name, and since when."""

    pseudonym: str
    known: str = Known.UNKNOWN
    started_on: date | None = None
    door: str = ""
    not_alone: str = ""


@dataclass(frozen=True)
class Visit:
    """One attempt at contact: the form, the rung it reached, who came along, and what is next."""

    method: int
    rung: int | None = None
    partner: UUID | None = None
    alone: bool = False
    note: str = ""
    minutes: int | None = None
    card_left: bool = False
    same_run: bool = False
    next_on: date | None = None
    on: datetime | None = None


@dataclass(frozen=True)
class About:
    """What the team keeps in mind about somebody: nothing of it is demanded."""

    not_alone: str = ""
    way: str = ""
    meaning_kind: str = ""
    meaning: str = ""
    angle: str = ""


@dataclass(frozen=True)
class Ended:
    """Why a course ends (Q41), with the codes of its results (Q42 to Q46) and what is to be remembered."""

    reason: int
    results: tuple[int, ...] = ()
    details: dict[str, list[int]] = field(default_factory=dict)
    text: str = ""


def door_of(place: str) -> bytes | None:
    """What is kept of a door: by it the same door is known again, and nothing else can be learnt."""
    plain = "".join(sign for sign in place.casefold() if sign.isalnum())
    return blind_index(f"door {plain}") if plain else None


def start_course(actor: Actor, begun: Begun, inquiry: Inquiry | None = None, answered: str = "") -> Course:
    """Begin to seek somebody, after an inquiry, `answered` to whoever asked, or without one (R-004-62)."""
    row = team(actor)
    if not begun.pseudonym.strip():
        raise OutreachError(_("Find på et kaldenavn."))
    if begun.known not in Known.values:
        raise OutreachError(_("Vælg, om borgeren er kendt eller ukendt."))
    without_number(begun.pseudonym, begun.not_alone)
    today = timezone.localdate()
    day = begun.started_on or today
    if day > today:
        raise OutreachError(_("Forløbet begynder, når I henvender jer. Dagen kan ikke være i fremtiden."))
    if day < today - timedelta(days=365 * COURSE_BACK_YEARS):
        raise OutreachError(_("Se efter, om årstallet er rigtigt."))
    asked = held(actor, inquiry) if inquiry else None
    if asked and asked.followed_on:
        raise OutreachError(_("Henvendelsen er allerede fulgt op."))
    if asked and answered not in Answered.values:
        raise OutreachError(_("Vælg, hvad den, der spurgte, har fået at vide."))
    course = Course(
        **row,
        number="KF-" + "".join(secrets.choice(_SIGNS) for _place in range(6)),
        pseudonym=begun.pseudonym.strip(),
        known=begun.known,
        door=door_of(begun.door),
        asked_on=asked.received_on if asked else None,
        started_on=day,
        phase_since=day,
        worker_id=actor.person_id,
        not_alone=begun.not_alone.strip(),
    )
    write(course)
    log(actor, Act.CREATE, course, "begun")
    if asked:
        asked.course, asked.outcome = course, "target"
        asked.did = _("Kontaktforløbet %(number)s") % {"number": course.number}
        asked.followed_on, asked.followed_by_id, asked.answered = today, actor.person_id, answered
        write(asked, new=False, fields=("course", "outcome", "did", "followed_on", "followed_by", "answered"))
        log(actor, Act.CHANGE, asked, "followed", "inquiry")
    return course


def log_attempt(actor: Actor, course: Course, visit: Visit, sent: UUID) -> Attempt:
    """Write an attempt in the log that all of the team share. Sent twice it is one (R-004-35, R-004-37)."""
    found = running(actor, course)
    if there := Attempt.objects.filter(course=found, sent=sent).first():
        return there
    now = timezone.now()
    when = visit.on or now
    if when > now + timedelta(minutes=5) or timezone.localdate(when) < found.started_on:
        raise OutreachError(_("Tidspunktet ligger i fremtiden eller før forløbet begyndte."))
    back = team_settings().log_back_days
    if when < now - timedelta(days=back):
        raise OutreachError(_("Et besøg kan skrives op til %(days)s dage efter.") % {"days": back})
    if visit.next_on and visit.next_on < timezone.localdate():
        raise OutreachError(_("Næste besøg ligger i fortiden."))
    if found.not_alone and visit.method in VISITS and visit.partner is None and not visit.alone:
        raise OutreachError(_("Her går ingen alene. Vælg, hvem du var sammen med, eller skriv, at du gik alene."))
    if visit.partner == actor.person_id or (
        visit.partner and visit.partner not in {one for one, _n in colleagues(actor)}
    ):
        raise OutreachError(_("Vælg en fra teamet, der var med."))
    without_number(visit.note)
    # What is planned stands until its day has come; a visit in between takes nothing off the calendar.
    newest = Attempt.objects.filter(course=found).order_by("-on", "-id").values_list("next_on", flat=True).first()
    planned = newest if newest and newest > timezone.localdate(when) else None
    row = Attempt(
        **of(actor, found),
        on=when,
        method=visit.method,
        rung=visit.rung,
        partner_id=visit.partner,
        minutes=visit.minutes,
        note=visit.note.strip(),
        card_left=visit.card_left,
        same_run=visit.same_run and visit.method == MESSAGES,
        next_on=visit.next_on or planned,
        sent=sent,
    )
    write(row)
    log(actor, Act.CREATE, found, "attempt", key=row.pk)
    return row


def undo_attempt(actor: Actor, attempt: Attempt) -> None:
    """Take a slip of the finger back, within the time for it; the log keeps that it was there."""
    found = held(actor, attempt.course)
    since = timezone.now() - timedelta(minutes=team_settings().undo_minutes)
    if not Attempt.objects.filter(pk=attempt.pk, by_id=actor.person_id, at__gt=since).delete()[0]:
        said = _("Kun den, der skrev det, kan fortryde, og kun de første %(minutes)s minutter.")
        raise OutreachError(said % {"minutes": team_settings().undo_minutes})
    log(actor, Act.CHANGE, found, "attempt_undone", key=attempt.pk)


def keep_in_mind(actor: Actor, course: Course, about: About) -> None:
    """Write what is to be remembered of somebody (R-004-19, R-004-48, R-004-51, R-004-54)."""
    found = running(actor, course)
    texts = {"not_alone": about.not_alone, "way": about.way, "meaning": about.meaning, "angle": about.angle}
    without_number(*texts.values())
    if about.meaning_kind not in {"", *MeaningKind.values}:
        raise OutreachError(_("Vælg en af mulighederne."))
    for name, text in texts.items():
        setattr(found, name, text.strip())
    found.meaning_kind = about.meaning_kind
    write(found, new=False, fields=(*texts, "meaning_kind"))
    log(actor, Act.CHANGE, found, "about")


def lift_anonymity(actor: Actor, course: Course, name: str, how: str) -> None:
    """The citizen lifts the anonymity, and says who it is. Nobody else can (L35, R-004-63)."""
    found = running(actor, course)
    if found.lifted_on:
        raise OutreachError(_("Borgeren har allerede ophævet anonymiteten."))
    if not name.strip() or not how.strip():
        raise OutreachError(_("Skriv borgerens navn, og hvordan borgeren sagde det."))
    without_number(name, how)
    found.name, found.lifted_how = name.strip(), how.strip()
    found.lifted_on, found.lifted_by_id = timezone.localdate(), actor.person_id
    write(found, new=False, fields=("name", "lifted_how", "lifted_on", "lifted_by"))
    log(actor, Act.CHANGE, found, "anonymity_lifted")


def restore_anonymity(actor: Actor, course: Course) -> None:
    """The citizen wants to be unknown again: the name goes, and that it was lifted stays in the log (R-004-63)."""
    found = running(actor, course)
    if not found.lifted_on:
        raise OutreachError(_("Borgeren er allerede anonym."))
    found.name = found.lifted_how = ""
    found.lifted_on = found.lifted_by_id = None
    write(found, new=False, fields=("name", "lifted_how", "lifted_on", "lifted_by"))
    log(actor, Act.CHANGE, found, "anonymity_restored")


def move_phase(actor: Actor, course: Course, phase: int) -> None:
    """The course has gone forward, or back (R-004-41)."""
    found = running(actor, course)
    if phase == found.phase:
        raise OutreachError(_("Forløbet er allerede i den fase."))
    into_phase(found, phase)
    log(actor, Act.CHANGE, found, "phase_forward" if found.slipped_on is None else "phase_back")


def into_phase(found: Course, phase: int) -> None:
    """Write the phase of a course that is held; going back is remembered until it goes forward again."""
    today = timezone.localdate()
    found.slipped_on = today if phase < found.phase else None
    found.phase, found.phase_since = phase, today
    write(found, new=False, fields=("phase", "phase_since", "slipped_on"))


def colleagues(actor: Actor) -> list[tuple[UUID, str]]:
    """Those of the own unit today, the actor included, by name."""
    if actor.unit_id is None:
        return []
    posts = Capacity.objects.filter(current(), unit_id=actor.unit_id).select_related("person")
    people = {post.person_id: post.person.name for post in posts if set(WITH_CITIZENS) & set(post.roles)}
    return sorted(people.items(), key=lambda pair: (pair[1], pair[0]))


def hand_to_colleague(actor: Actor, course: Course, person: UUID, reason: str, told_on: date | None = None) -> Handover:
    """Somebody else of the team takes over, for a reason that the citizen hears (R-004-59)."""
    found = running(actor, course)
    names = dict(colleagues(actor))
    if person not in names or person == found.worker_id:
        raise OutreachError(_("Vælg en anden fra teamet."))
    row = _handed(actor, found, HandoverKind.WORKER, names[person], reason, told_on=told_on)
    found.worker_id = person
    write(found, new=False, fields=("worker",))
    # What lay on the table of whoever had it is laid on the new one's, next time reminders are.
    for kind in (TaskKind.REPORT, TaskKind.FOLLOW_UP):
        finish(actor, kind, found.pk)
    return row


def hand_over(
    actor: Actor, course: Course, to: str, contact: str, reason: str, follow_up_on: date, told_on: date | None = None
) -> Handover:
    """The trust goes over to another offer, with a named contact there and a day to follow up (R-004-57)."""
    found = running(actor, course)
    if follow_up_on < timezone.localdate():
        raise OutreachError(_("Vælg en dag, der kommer, til at følge op."))
    more = {"contact": contact.strip(), "follow_up_on": follow_up_on}
    return _handed(actor, found, HandoverKind.OFFER, to, reason, told_on=told_on, **more)


def _handed(actor: Actor, course: Course, kind: HandoverKind, to: str, reason: str, **more: Any) -> Handover:
    without_number(to, reason, more.get("contact", ""))
    today = timezone.localdate()
    if more.get("told_on") and more["told_on"] > today:
        raise OutreachError(_("Borgeren kan ikke have fået det at vide på en dag, der kommer."))
    row = Handover(**of(actor, course), kind=kind, to=to.strip(), reason=reason.strip(), on=today, **more)
    write(row)
    log(actor, Act.CHANGE, course, "handover", key=row.pk)
    return row


def follow_handover(actor: Actor, handover: Handover, result: str, told_on: date | None = None) -> None:
    """How it goes at the new place, or that the citizen has been told."""
    found = held(actor, handover)
    if found.followed_on:
        raise OutreachError(_("Der er allerede fulgt op."))
    if not result.strip():
        raise OutreachError(_("Skriv, hvordan det går."))
    without_number(result)
    today = timezone.localdate()
    if told_on and told_on > today:
        raise OutreachError(_("Borgeren kan ikke have fået det at vide på en dag, der kommer."))
    found.result, found.followed_on, found.told_on = result.strip(), today, told_on or found.told_on
    write(found, new=False, fields=("result", "followed_on", "told_on"))
    looked_after(actor, found.course)
    log(actor, Act.CHANGE, found.course, "handover_followed", key=found.pk)


def end_course(actor: Actor, course: Course, ended: Ended) -> None:
    """End a course for one of the form's reasons. A door that stays shut is none of them (R-004-85, R-004-86)."""
    found = running(actor, course)
    text = ended.text.strip()
    without_number(text)
    if ended.reason not in form().question("q41").options:
        raise OutreachError(_("Vælg, hvorfor forløbet slutter."))
    if ended.reason == NO_CONTACT and not text:
        raise OutreachError(_("Skriv, hvordan borgeren har sagt nej. Ingen slippes, fordi døren ikke bliver åbnet."))
    found.results = _results(ended) if ended.reason == PURPOSE_MET else {}
    found.ended_on, found.end_reason, found.end_text = timezone.localdate(), ended.reason, text
    write(found, new=False, fields=("ended_on", "end_reason", "end_text", "results"))
    log(actor, Act.CHANGE, found, "ended")


def _results(ended: Ended) -> dict[str, list[int]]:
    """The results with the codes that the form has, and no details of what was not ticked."""
    if not ended.results:
        raise OutreachError(_("Vælg mindst ét område, hvor der er kommet noget ud af det."))
    kept = {"q42": sorted(set(ended.results))}
    for code in kept["q42"]:
        if details := ended.details.get(RESULT_QUESTIONS.get(code, ""), []):
            kept[RESULT_QUESTIONS[code]] = sorted(set(details))
    for key, codes in kept.items():
        if not set(codes) <= set(form().question(key).options):
            raise OutreachError(_("Vælg blandt mulighederne."))
    return kept


def take_up(actor: Actor, course: Course) -> None:
    """Somebody comes back: the same course under the same number (R-004-41)."""
    found = held(actor, course)
    if found.is_open:
        raise OutreachError(_("Forløbet er i gang."))
    found.ended_on = found.end_reason = None
    found.end_text, found.results, found.taken_up = "", {}, found.taken_up + 1
    found.worker_id, found.phase_since = actor.person_id, timezone.localdate()
    write(
        found,
        new=False,
        fields=("ended_on", "end_reason", "end_text", "results", "taken_up", "worker", "phase_since"),
    )
    log(actor, Act.CHANGE, found, "taken_up")

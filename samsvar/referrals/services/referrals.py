"""Asking something of another unit about a citizen, and answering it. All of it passes through the door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.citizens.services import identify
from samsvar.directory.kinds import UnitKind
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.routes import Answer, find_way
from samsvar.law import packs
from samsvar.law.assess import says_something
from samsvar.law.kinds import Basis, Purpose
from samsvar.law.packs import Rule
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import (
    OVER,
    RECEIVERS_STEPS,
    SENDERS_STEPS,
    EntryKind,
    Referral,
    ReferralEntry,
    ReferralState,
)
from samsvar.referrals.roles import may_use, stands_for_all
from samsvar.referrals.services.errors import NoWay, Overtaken, ReferralError, without_number
from samsvar.referrals.services.yes import Yes
from samsvar.referrals.templates import NO, YES, Field, Kind, Open, Perspective, Template, open_between, pack
from samsvar.referrals.transitions import answer_out, answer_words
from samsvar.sharing.models import Consent, Scope, SubjectKind
from samsvar.sharing.services import (
    NothingSaid,
    NotLawful,
    Subject,
    asks_for_everything,
    disclose,
    says_no,
    says_yes_too,
    take_consent,
    withdraw_consent,
)
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish as take_off

LONGEST_FIELD = 4000
LONGEST_MESSAGE = 2000
MOST_MISSING = 12
# What goes on from these to a notification is about the child; from others it is about a grown-up who has one.
ABOUT_CHILDREN = frozenset(
    {
        UnitKind.CHILD_AUTHORITY,
        UnitKind.CHILD_BOARD,
        UnitKind.BUK,
        UnitKind.BUF,
        UnitKind.PPR,
        UnitKind.PAEDIATRIC,
        UnitKind.HEALTH_VISITOR,
        UnitKind.SCHOOL,
    }
)


@dataclass(frozen=True)
class Whom:
    """Whom it is about. `cpr` is ten characters, or empty."""

    name: str
    cpr: str = ""
    birth_year: int | None = None


@dataclass(frozen=True)
class Reply:
    """What the receiver answers. `instead` is the better door of a refusal (R-002-40).

    `text` is the own voice; `citizen` and `others` are what the citizen and others say, with `others_who` (R-002-154).
    """

    answer: str
    text: str = ""
    reason: str = ""
    instead: DirectoryEntry | None = None
    citizen: str = ""
    others: str = ""
    others_who: str = ""


@dataclass(frozen=True)
class Missing:
    """What must be added before it can be assessed (R-002-19)."""

    items: Sequence[str] = field(default_factory=list)
    text: str = ""


def of_sender(actor: Actor, row: Referral) -> bool:
    """Whether the actor is of the unit that sends; the row policy says the rest."""
    mine = row.unit_id == actor.unit_id or row.unit_id is None
    return (
        actor.owns(row.authority_id)
        and mine
        and (row.unit_id is not None or stands_for_all(actor) or row.by_id == actor.person_id)
    )


def of_receiver(actor: Actor, row: Referral) -> bool:
    """Whether it was sent to the actor's unit."""
    mine = row.to_unit_id == actor.unit_id or row.to_unit_id is None
    return (
        row.sent_at is not None
        and actor.owns(row.to_authority_id)
        and mine
        and (row.to_unit_id is not None or stands_for_all(actor))
    )


def sends_from(actor: Actor, entry: DirectoryEntry) -> bool:
    """Whether the actor can send in the name of this page's unit."""
    return (
        actor.owns(entry.authority_id) and not entry.outside and entry.unit_id == actor.unit_id and not entry.closed_on
    )


def start(
    actor: Actor,
    sender: DirectoryEntry,
    receiver: DirectoryEntry,
    key: str,
    whom: Whom | None,
    follows: Referral | None = None,
) -> Referral:
    """A draft of the sender's unit. Raises NoWay where the matrix lets nothing pass, whatever page or program asks.

    `follows` is what it goes on from: its citizen and its words are taken over, so that nothing is typed twice.
    """
    if not may_use(actor) or not sends_from(actor, sender):
        raise ReferralError(
            _("Jeres enhed har ikke en side i vejviseren endnu. Bed jeres lokale administrator om at skrive den.")
        )
    opened = require_way(UnitKind(sender.kind), UnitKind(receiver.kind), key)
    if receiver.outside or receiver.closed_on or receiver.partnership_id != sender.partnership_id:
        raise ReferralError(
            _("Enheden bruger ikke Samsvar. Ring eller skriv til den, uden navn og nummer på borgeren.")
        )
    if receiver.pk == sender.pk:
        raise ReferralError(_("Vælg en anden enhed end jeres egen."))
    if follows is None:
        citizen, name, year = _who(actor, sender.partnership_id, whom)
    else:
        before = Referral.objects.filter(pk=follows.pk).first()
        if before is None:
            raise ReferralError(_("Det, du vil bygge videre på, kan du ikke se."))
        if opened.template.kind is Kind.NOTIFICATION and not _of_a_child(before):
            raise ReferralError(_("En underretning handler om barnet. Begynd en ny, og skriv barnets navn."))
        citizen, name, year = before.citizen_id, before.name, before.birth_year
        follows = before
    row = Referral(
        id=uuid4(),
        partnership_id=sender.partnership_id,
        follows_id=follows.pk if follows else None,
        citizen_id=citizen,
        name=name,
        birth_year=year,
        authority_id=sender.authority_id,
        unit_id=sender.unit_id,
        from_entry=sender,
        from_kind=sender.kind,
        to_authority_id=receiver.authority_id,
        to_unit_id=receiver.unit_id,
        to_entry=receiver,
        to_kind=receiver.kind,
        template_key=opened.template.key,
        way=opened.way,
        said=_carried_over(actor, opened.template, follows),
        by_id=actor.person_id,
    )
    row.save(force_insert=True)
    _log(actor, Act.CREATE, row, "draft")
    return row


def _of_a_child(row: Referral) -> bool:
    return row.kind is Kind.NOTIFICATION or bool(ABOUT_CHILDREN & {row.from_kind, row.to_kind})


def require_way(sender: UnitKind, receiver: UnitKind, key: str) -> Open:
    """The open way for a template. Raises NoWay with the right one (R-002-52)."""
    found = next((one for one in open_between(sender, receiver) if one.template.key == key), None)
    if found is not None:
        return found
    answer: Answer = find_way(sender, receiver)
    if answer.is_shut:
        raise NoWay(answer.ways[0].why_da, answer)
    raise NoWay(_("Ingen kendt vej. Spørg enheden uden navn og nummer på borgeren."), answer)


def _who(actor: Actor, partnership_id: UUID, whom: Whom | None) -> tuple[UUID, str, int | None]:
    if whom is None or not says_something(whom.name):
        raise ReferralError(_("Skriv borgerens navn."))
    without_number(whom.name)
    name = " ".join(whom.name.split())[:160]
    identity = identify(actor, partnership_id=partnership_id, name=name, cpr=whom.cpr, birth_year=whom.birth_year)
    return identity.citizen_id, name, whom.birth_year or identity.birth_year


def _carried_over(actor: Actor, template: Template, before: Referral | None) -> dict[str, Any]:
    """What stands already under the same names; the other side's words are marked as a professional's (R-002-37)."""
    if before is None:
        return {}
    mine = of_sender(actor, before)
    found: dict[str, Any] = {}
    for wanted in template.fields:
        one = next((before.said[name] for name in wanted.names if name in before.said), None)
        if one is None:
            continue
        from_them = {"whose": Perspective.OTHER.value, "who": one.get("who") or before.from_entry.name}
        found[wanted.key] = dict(one) if mine else {**one, **from_them}
    return found


def take_yes(actor: Actor, row: Referral, yes: Yes) -> Consent:
    """The citizen says yes to that these two write to each other about this (R-002-82). Raises ReferralError."""
    here = _held(actor, row, of_sender)
    if here.state not in (ReferralState.DRAFT, ReferralState.RETURNED):
        raise ReferralError(_("Det er allerede sendt."))
    now = consent_of(here)
    if now is not None and now.stands():
        raise ReferralError(_("Borgeren har allerede sagt ja."))
    if now is not None and now.missing and not now.withdrawn_on and now.valid_to >= timezone.localdate():
        # A new yes does not pass over somebody who has said no, or has yet to answer.
        names = ", ".join(now.missing)
        raise ReferralError(_("Skriv først, hvad de andre svarer: %(names)s.") % {"names": names})
    if not yes.informed:
        raise ReferralError(_("Fortæl borgeren, hvad det betyder, og at det kan trækkes tilbage."))
    both = {here.authority_id, here.to_authority_id}
    try:
        consent = take_consent(
            actor,
            _Case(here),
            scope=Scope.SHARE,
            information_types=[here.template.about.value],
            receivers=list(Authority.objects.filter(pk__in=both)),
            purposes=[Purpose.HELP],
            given=yes.given,
            missing=yes.missing,
            form=yes.form,
            why_oral=yes.why_oral,
            informed=yes.informed,
            referral_id=here.pk,
        )
    except NothingSaid as error:
        raise ReferralError(str(error)) from error
    # What has come back is read by the receiver, and names the new yes when it is sent again.
    named = {"consent_id": consent.pk, "basis": Basis.CONSENT} if here.state == ReferralState.DRAFT else {}
    Referral.objects.filter(pk=here.pk).update(**named, version=F("version") + 1)
    return consent


def hear_another(actor: Actor, row: Referral, name: str, *, agrees: bool) -> Consent:
    """One who was missing, as another with custody, has said yes or no (R-002-67). One no and nothing is sent on it.

    Raises ReferralError.
    """
    here = _held(actor, row, of_sender)
    consent = consent_of(here)
    if consent is None:
        raise ReferralError(_("Skriv først, hvem der har sagt ja."))
    try:
        (says_yes_too if agrees else says_no)(actor, consent, name)
    except NothingSaid as error:
        raise ReferralError(str(error)) from error
    return consent


class _Case:
    """What the room of sharing asks of whatever a yes is about; there is no case and no table here."""

    group_id = None

    def __init__(self, row: Referral) -> None:
        self.id, self.partnership_id, self.citizen_id, self.reference = row.pk, row.partnership_id, row.citizen_id, ""


def write(actor: Actor, row: Referral, said: Mapping[str, Mapping[str, str]], version: int | None = None) -> Referral:
    """Keep a draft. What has come back is kept by sending it again, since the receiver reads it."""
    here = _held(actor, row, of_sender)
    if here.state != ReferralState.DRAFT:
        raise ReferralError(_("Det er allerede sendt."))
    _change(here, version, said=_checked(here.template, said, here.said))
    _log(actor, Act.CHANGE, here, "written")
    return here


def discard(actor: Actor, row: Referral) -> None:
    """Throw a draft away, with the yes that was taken for it."""
    here = _held(actor, row, of_sender)
    if here.state != ReferralState.DRAFT:
        raise ReferralError(_("Det er allerede sendt."))
    Consent.objects.filter(referral_id=here.pk).delete()
    Referral.objects.filter(pk=here.pk).delete()
    _log(actor, Act.CHANGE, here, "discarded")


def send(
    actor: Actor,
    row: Referral,
    said: Mapping[str, Mapping[str, str]],
    basis: Basis | str = Basis.CONSENT,
    version: int | None = None,
) -> Referral:
    """Send it, or send it again when it has come back. The receipt is written by itself (R-002-57).

    Raises ReferralError for what is missing, NotLawful when the law does not carry it.
    """
    here = _held(actor, row, of_sender)
    template = here.template
    again = here.state == ReferralState.RETURNED
    if here.state not in (ReferralState.DRAFT, ReferralState.RETURNED):
        raise Overtaken(_("En kollega har allerede sendt det."))
    ground = Basis(basis)
    if ground not in bases_of(actor, here):
        raise ReferralError(_("Det kan ikke sendes på den hjemmel."))
    # The way may have shut, or the page changed, since the draft was begun.
    require_way(UnitKind(here.from_kind), UnitKind(here.to_kind), template.key)
    new = _checked(template, said, here.said)
    require_whole(template, new)
    now = timezone.now()
    # Where it does not go on a yes, the receiver reads of none.
    consent = consent_of(here) if ground is Basis.CONSENT else None
    here.said, here.basis, here.consent_id = new, ground.value, consent.pk if consent else None
    _pass(actor, here, EntryKind.AGAIN if again else EntryKind.SENT)
    _change(
        here,
        version,
        said=new,
        basis=here.basis,
        consent_id=here.consent_id,
        state=ReferralState.RECEIVED,
        sent_at=here.sent_at or now,
        due_at=due_at(here, now),
    )
    _note(actor, here, EntryKind.AGAIN if again else EntryKind.SENT, receiver=False)
    if not again:
        _note(actor, here, EntryKind.RECEIPT, receiver=False, text=receipt_of(here))
    _log(actor, Act.CHANGE, here, "sent")
    return here


def bases_of(actor: Actor, row: Referral) -> tuple[Basis, ...]:
    """What it can be sent on. What need not wait for a yes is, inside one's own authority, told to nobody else.

    There the law's rule on sharing within an authority answers, and § 115 says nothing (L17; docs/decisions/0131): it
    alone, for it asks for less than every other basis. Where it is not in force those others stand, of which the
    reading of the templates sees to it that there is one.
    """
    bases = row.template.bases
    if not actor.owns(row.to_authority_id) or Basis.COOPERATION not in bases:
        return bases
    return (Basis.OWN,) if basis_rule(Basis.OWN) else tuple(one for one in bases if one is not Basis.COOPERATION)


def basis_rule(basis: Basis) -> Rule | None:
    """The rule that a basis stands on, as the pack of today has it; None where it is not in force."""
    today = timezone.localdate()
    known = packs.find(today)
    rule = known.rules[known.bases[basis].rule] if known else None
    return rule if rule and rule.in_force(today) else None


def receipt_of(row: Referral) -> str:
    """What the sender is told at once: that it is there, and what comes back (R-002-57, R-002-58)."""
    words = _("Fremme hos %(unit)s.") % {"unit": row.to_entry.name}
    if row.kind is Kind.NOTIFICATION and row.template.answer_by:
        return (
            words
            + " "
            + _("Den bliver vurderet inden %(length)s. I får at vide, om den er taget op, ikke hvad der sker.")
            % {"length": answer_words(row.template.answer_by, timezone.localdate(), get_language())}
        )
    return words


def due_at(row: Referral, now: datetime) -> datetime | None:
    """Until when an answer is asked for; never on § 115, where nobody owes one (L6)."""
    key = row.template.answer_by
    if row.basis == Basis.COOPERATION or not key:
        return None
    return answer_out(key, now, timezone.localdate(now))


def require_whole(template: Template, said: Mapping[str, Mapping[str, str]]) -> None:
    """Raises ReferralError for what the route demands and does not stand there."""
    gone = [one.label for one in template.fields if one.key in template.required and one.key not in said]
    if gone:
        raise ReferralError(_("Skriv også: %(fields)s.") % {"fields": ", ".join(gone)})
    unsigned = [one.label for one in template.fields if one.key in said and one.lacks_who(said[one.key])]
    if unsigned:
        raise ReferralError(_("Skriv, hvem der siger det: %(fields)s.") % {"fields": ", ".join(unsigned)})


def _checked(
    template: Template, said: Mapping[str, Mapping[str, str]], stood: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Only what the template asks, so that no program can bring a recommendation where none belongs (R-002-38).

    What stood there as another's words stays another's where the form has no place to say so (R-002-37).
    """
    found: dict[str, dict[str, str]] = {}
    for one in template.fields:
        given = said.get(one.key) or {}
        text = str(given.get("text", "")).strip()
        if not text or (one.yes_no and text not in (YES, NO)):
            continue
        who = " ".join(str(given.get("who", "")).split())[:120]
        without_number(text, who)
        if len(text) > LONGEST_FIELD:
            raise ReferralError(_("Skriv det kortere: højst %(number)s tegn.") % {"number": LONGEST_FIELD})
        if one.key == "question" and asks_for_everything(text):
            raise ReferralError(_("Hele journalen kan man ikke bede om. Spørg om det, I mangler at vide."))
        whose = str(given.get("whose", ""))
        if whose not in tuple(Perspective):
            whose, who = _by_nature(one, text, who, stood.get(one.key) or {})
        found[one.key] = {"text": text, "whose": whose, "who": who}
    return found


def _by_nature(one: Field, text: str, who: str, before: Mapping[str, str]) -> tuple[str, str]:
    """Whose words a field holds where nobody is asked, and who says so."""
    words = str(before.get("text", ""))
    if before.get("whose") == Perspective.OTHER and words and words in text:
        return Perspective.OTHER.value, who or str(before.get("who", ""))
    return (Perspective.OWN.value if one.whose == "ask" else one.whose), who


def look_into(actor: Actor, row: Referral) -> None:
    """The receiver begins: the sender sees it."""
    _step(actor, row, ReferralState.ASSESSING, EntryKind.ASSESSING)


def send_back(actor: Actor, row: Referral, missing: Missing) -> None:
    """Not enough to go by: back with a list of what is missing (R-002-19)."""
    items = [" ".join(one.split())[:200] for one in missing.items if says_something(one)][:MOST_MISSING]
    if not items:
        raise ReferralError(_("Skriv, hvad der mangler. Én ting på hver linje."))
    without_number(*items)
    _step(actor, row, ReferralState.RETURNED, EntryKind.RETURNED, missing.text, items=items)


def answer(actor: Actor, row: Referral, reply: Reply) -> None:
    """Answer it: one of the template's answers, a refusal with its reason (R-002-40)."""
    found = row.template.reply(reply.answer)
    if found is None:
        raise ReferralError(_("Vælg et svar."))
    state = ReferralState(found.state)
    if state == ReferralState.REFUSED and reply.reason not in pack().reasons:
        raise ReferralError(_("Vælg, hvorfor I siger nej."))
    if found.why and not says_something(reply.text):
        raise ReferralError(_("Skriv svaret med få ord."))
    inner = found.inner
    voices = _voices(reply) if row.template.voices and not inner else []
    _step(
        actor,
        row,
        state,
        EntryKind.ANSWER,
        "" if inner else reply.text,
        instead=reply.instead if state == ReferralState.REFUSED else None,
        voices=voices,
        answered_at=timezone.now(),
        **({} if inner else {"answer": found.key}),
        **({"reason": reply.reason} if state == ReferralState.REFUSED else {}),
    )
    if row.kind is Kind.NOTIFICATION:
        # What the leaders were reminded of is done.
        take_off(actor, TaskKind.ATTENTION, row.pk)
    if inner:
        here = Referral.objects.get(pk=row.pk)
        _note(actor, here, EntryKind.ANSWER, receiver=True, text=_text(reply.text), items=[found.key], inner=True)


def _voices(reply: Reply) -> list[dict[str, str]]:
    """What the citizen and others say, apart from what the unit itself says (R-002-154)."""
    found = []
    for whose, text, who in (
        (Perspective.CITIZEN, reply.citizen, ""),
        (Perspective.OTHER, reply.others, " ".join(reply.others_who.split())[:120]),
    ):
        words = _text(text)
        without_number(who)
        if words and whose is Perspective.OTHER and not says_something(who):
            raise ReferralError(_("Skriv, hvem af de andre der siger det."))
        if words:
            found.append({"whose": whose.value, "text": words, "who": who})
    return found


def begin(actor: Actor, row: Referral) -> None:
    """The citizen has begun: waiting ends (R-002-27)."""
    _step(actor, row, ReferralState.STARTED, EntryKind.STARTED, started_at=timezone.now())


def did_not_come(actor: Actor, row: Referral, text: str = "") -> None:
    """The citizen did not turn up; the sender learns it (002/AS-25)."""
    _step(actor, row, ReferralState.NO_SHOW, EntryKind.NO_SHOW, text)


def change_measure(actor: Actor, row: Referral, text: str) -> None:
    """What is given, or its money, changes: granting opens again (R-002-21)."""
    if not says_something(text):
        raise ReferralError(_("Skriv, hvad der er ændret."))
    _step(actor, row, ReferralState.ASSESSING, EntryKind.REOPENED, text, answered_at=None)


def finish(actor: Actor, row: Referral, text: str = "") -> None:
    """It is over on the receiver's side."""
    _step(actor, row, ReferralState.CLOSED, EntryKind.CLOSED, text)


def withdraw(actor: Actor, row: Referral, text: str = "", yes_taken_back: bool = False) -> None:
    """The sender takes it back, since it is no longer needed or the citizen has taken the yes back (L10)."""
    here = _held(actor, row, of_sender)
    _require_step(here, ReferralState.WITHDRAWN, SENDERS_STEPS)
    said, consent = "" if yes_taken_back else _text(text), consent_of(here)
    if said:
        try:
            _pass(actor, here, EntryKind.WITHDRAWN)
        except (NotLawful, ReferralError):
            # The yes is gone: that it is taken back is all that the others see.
            said = ""
    _change(here, None, state=ReferralState.WITHDRAWN, closed_at=timezone.now())
    _note(actor, here, EntryKind.WITHDRAWN, receiver=False, text=said)
    if yes_taken_back and consent is not None and consent.withdrawn_on is None:
        withdraw_consent(actor, consent)
    _log(actor, Act.CHANGE, here, "withdrawn")


def say(actor: Actor, row: Referral, text: str) -> None:
    """A message in the thread, from either side."""
    here = Referral.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if here is None or here.sent_at is None or not (of_sender(actor, here) or of_receiver(actor, here)):
        raise ReferralError(_("Det er ikke jeres, eller det er ikke sendt endnu."))
    if here.state in OVER:
        raise ReferralError(_("Det er afsluttet."))
    said = _text(text)
    if not said:
        raise ReferralError(_("Skriv en besked."))
    receiver = not of_sender(actor, here)
    if receiver and here.kind is Kind.NOTIFICATION:
        raise ReferralError(_("I en underretning går der kun kvittering tilbage. Ring, hvis I må fortælle mere."))
    _pass(actor, here, EntryKind.MESSAGE, receiver=receiver)
    _note(actor, here, EntryKind.MESSAGE, receiver=receiver, text=said)
    _log(actor, Act.CHANGE, here, "message")


def _step(
    actor: Actor,
    row: Referral,
    state: ReferralState,
    kind: EntryKind,
    text: str = "",
    *,
    items: Sequence[str] = (),
    instead: DirectoryEntry | None = None,
    voices: Sequence[Mapping[str, str]] = (),
    **more: Any,
) -> None:
    """A step of the receiver: held, lawful, written, told, logged."""
    here = _held(actor, row, of_receiver)
    _require_step(here, state, RECEIVERS_STEPS)
    said = _text(text)
    if here.kind is Kind.NOTIFICATION and not actor.owns(here.authority_id):
        # Only that it is there and taken up goes back; what is said of the child does not (R-002-58).
        if items:
            raise ReferralError(_("I en underretning går der kun kvittering tilbage. Ring, hvis I mangler noget."))
        said = ""
    try:
        _pass(actor, here, kind, receiver=True)
    except NotLawful:
        # The yes is gone: nothing more is told, and what is over can still be put away.
        if state != ReferralState.CLOSED:
            raise
        said, voices, more = "", (), {}
    over = {"closed_at": timezone.now()} if state in OVER else {}
    _change(here, None, state=state, **over, **more)
    _note(actor, here, kind, receiver=True, text=said, items=items, instead=instead, voices=voices)
    _log(actor, Act.CHANGE, here, kind.value)


def _require_step(row: Referral, state: ReferralState, steps: Sequence[tuple[ReferralState, ReferralState]]) -> None:
    if (row.state, state) not in steps:
        raise Overtaken(_("Det kan ikke gøres nu. Se siden igen."))


def _held(actor: Actor, row: Referral, side: Any) -> Referral:
    """The row, held until the verb is done, for one of that side. Raises ReferralError."""
    here = Referral.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if here is None or not may_use(actor) or not side(actor, here):
        raise ReferralError(_("Det er ikke jer, der kan gøre det her."))
    return here


def _change(row: Referral, version: int | None, **values: Any) -> None:
    """Write a step. Raises Overtaken when a colleague has written since `version`."""
    asked = Referral.objects.filter(pk=row.pk, version=row.version)
    if version is not None and version != row.version:
        raise Overtaken(_("En kollega har rettet det imens. Din tekst står her endnu: se den igennem, og send igen."))
    if not asked.update(**values, version=F("version") + 1):
        raise Overtaken(_("En anden var først. Se siden igen."))
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1


def consent_of(row: Referral) -> Consent | None:
    """The yes that it is sent on. Of what has come back, the latest that is seen: sending it again names it."""
    given = Consent.objects.filter(referral_id=row.pk)
    if row.state == ReferralState.RETURNED:
        return given.order_by("-at", "-id").first()
    return given.filter(pk=row.consent_id).first() if row.consent_id else None


def _pass(actor: Actor, row: Referral, kind: EntryKind, receiver: bool = False) -> None:
    """Record that the other side is told. Raises NotLawful, ReferralError without the yes that it asks for.

    Another unit of the own authority is told too, on the same yes, and is no other authority (docs/decisions/0111).
    """
    to = row.authority_id if receiver else row.to_authority_id
    consent = consent_of(row)
    if row.kind is Kind.NOTIFICATION and receiver:
        # Only that it is there and taken up: the receipt that is owed to whoever must notify.
        return
    if row.basis == Basis.CONSENT and (consent is None or not consent.stands()) and not receiver:
        if consent is not None and consent.missing:
            raise ReferralError(_("Vent, til de også har sagt ja: %(who)s.") % {"who": ", ".join(consent.missing)})
        if len(row.template.bases) > 1:
            raise ReferralError(_("Skriv først, at borgeren har sagt ja, eller vælg en anden hjemmel."))
        raise ReferralError(_("Skriv først, at borgeren har sagt ja."))
    if actor.owns(to):
        return
    disclose(
        actor,
        Subject(SubjectKind.REFERRAL, row.pk, row.partnership_id, citizen_id=row.citizen_id),
        [Authority.objects.get(pk=to)],
        information_type=row.template.about,
        purpose=Purpose.HELP,
        necessity=_("%(what)s til %(unit)s: %(step)s")
        % {"what": row.template.da, "unit": (row.from_entry if receiver else row.to_entry).name, "step": kind.label},
        basis=Basis(row.basis),
        consent=consent if row.basis == Basis.CONSENT else None,
        child_at_risk=row.kind is Kind.NOTIFICATION,
    )


def _note(
    actor: Actor,
    row: Referral,
    kind: EntryKind,
    *,
    receiver: bool,
    text: str = "",
    items: Sequence[str] = (),
    instead: DirectoryEntry | None = None,
    voices: Sequence[Mapping[str, str]] = (),
    inner: bool = False,
) -> None:
    ReferralEntry(
        partnership_id=row.partnership_id,
        referral=row,
        authority_id=row.to_authority_id if receiver else row.authority_id,
        of_receiver=receiver,
        kind=kind,
        text=text,
        items=list(items),
        voices=[dict(one) for one in voices],
        instead=instead,
        inner=inner,
        by_id=actor.person_id,
    ).save(force_insert=True)


def _text(text: str) -> str:
    said = text.strip()
    without_number(said)
    if len(said) > LONGEST_MESSAGE:
        raise ReferralError(_("Skriv det kortere: højst %(number)s tegn.") % {"number": LONGEST_MESSAGE})
    return said


def _log(actor: Actor, act: Act, row: Referral, step: str) -> None:
    record(
        actor,
        act,
        "referral",
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"step": step, "template": row.template_key},
    )

"""Answering what another unit asks, and what both sides say of it later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.directory.models import DirectoryEntry
from samsvar.law.assess import says_something
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import OVER, RECEIVERS_STEPS, EntryKind, Referral, ReferralState
from samsvar.referrals.pack import Kind, Perspective, pack
from samsvar.referrals.services.errors import ReferralError, without_number
from samsvar.referrals.services.passing import change, log, note, require_step, said_in, tell
from samsvar.referrals.services.sides import held, of_receiver, of_sender
from samsvar.sharing.services import NotLawful
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish as take_off

MOST_MISSING = 12


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
        note(actor, here, EntryKind.ANSWER, receiver=True, text=said_in(reply.text), items=[found.key], inner=True)


def _voices(reply: Reply) -> list[dict[str, str]]:
    """What the citizen and others say, apart from what the unit itself says (R-002-154)."""
    found = []
    for whose, text, who in (
        (Perspective.CITIZEN, reply.citizen, ""),
        (Perspective.OTHER, reply.others, " ".join(reply.others_who.split())[:120]),
    ):
        words = said_in(text)
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


def say(actor: Actor, row: Referral, text: str) -> None:
    """A message in the thread, from either side."""
    here = Referral.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if here is None or here.sent_at is None or not (of_sender(actor, here) or of_receiver(actor, here)):
        raise ReferralError(_("Det er ikke jeres, eller det er ikke sendt endnu."))
    if here.state in OVER:
        raise ReferralError(_("Det er afsluttet."))
    said = said_in(text)
    if not said:
        raise ReferralError(_("Skriv en besked."))
    receiver = not of_sender(actor, here)
    if receiver and here.kind is Kind.NOTIFICATION:
        raise ReferralError(_("I en underretning går der kun kvittering tilbage. Ring, hvis I må fortælle mere."))
    tell(actor, here, EntryKind.MESSAGE, receiver=receiver)
    note(actor, here, EntryKind.MESSAGE, receiver=receiver, text=said)
    log(actor, Act.CHANGE, here, "message")


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
    here = held(actor, row, of_receiver)
    require_step(here, state, RECEIVERS_STEPS)
    said = said_in(text)
    if here.kind is Kind.NOTIFICATION and not actor.owns(here.authority_id):
        # Only that it is there and taken up goes back; what is said of the child does not (R-002-58).
        if items:
            raise ReferralError(_("I en underretning går der kun kvittering tilbage. Ring, hvis I mangler noget."))
        said = ""
    try:
        tell(actor, here, kind, receiver=True)
    except NotLawful:
        # The yes is gone: nothing more is told, and what is over can still be put away.
        if state != ReferralState.CLOSED:
            raise
        said, voices, more = "", (), {}
    over = {"closed_at": timezone.now()} if state in OVER else {}
    change(here, None, state=state, **over, **more)
    note(actor, here, kind, receiver=True, text=said, items=items, instead=instead, voices=voices)
    log(actor, Act.CHANGE, here, kind.value)

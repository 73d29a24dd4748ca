"""Asking something of another unit about a citizen. All of it passes through the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
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
from samsvar.referrals.models import SENDERS_STEPS, EntryKind, Referral, ReferralState
from samsvar.referrals.pack import NO, YES, Field, Kind, Open, Perspective, Template, open_between
from samsvar.referrals.roles import may_use
from samsvar.referrals.services.errors import NoWay, Overtaken, ReferralError, without_number
from samsvar.referrals.services.passing import change, consent_of, log, note, require_step, said_in, tell
from samsvar.referrals.services.sides import held, of_sender, sends_from
from samsvar.referrals.services.yes import Yes
from samsvar.referrals.transitions import answer_out, answer_words
from samsvar.sharing.models import Consent, Scope
from samsvar.sharing.services import (
    NothingSaid,
    NotLawful,
    asks_for_everything,
    says_no,
    says_yes_too,
    take_consent,
    withdraw_consent,
)

LONGEST_FIELD = 4000
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
    log(actor, Act.CREATE, row, "draft")
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
    here = held(actor, row, of_sender)
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
    here = held(actor, row, of_sender)
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
    here = held(actor, row, of_sender)
    if here.state != ReferralState.DRAFT:
        raise ReferralError(_("Det er allerede sendt."))
    change(here, version, said=_checked(here.template, said, here.said))
    log(actor, Act.CHANGE, here, "written")
    return here


def discard(actor: Actor, row: Referral) -> None:
    """Throw a draft away, with the yes that was taken for it."""
    here = held(actor, row, of_sender)
    if here.state != ReferralState.DRAFT:
        raise ReferralError(_("Det er allerede sendt."))
    Consent.objects.filter(referral_id=here.pk).delete()
    Referral.objects.filter(pk=here.pk).delete()
    log(actor, Act.CHANGE, here, "discarded")


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
    here = held(actor, row, of_sender)
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
    tell(actor, here, EntryKind.AGAIN if again else EntryKind.SENT)
    change(
        here,
        version,
        said=new,
        basis=here.basis,
        consent_id=here.consent_id,
        state=ReferralState.RECEIVED,
        sent_at=here.sent_at or now,
        due_at=due_at(here, now),
    )
    note(actor, here, EntryKind.AGAIN if again else EntryKind.SENT, receiver=False)
    if not again:
        note(actor, here, EntryKind.RECEIPT, receiver=False)
    log(actor, Act.CHANGE, here, "sent")
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


def withdraw(actor: Actor, row: Referral, text: str = "", yes_taken_back: bool = False) -> None:
    """The sender takes it back, since it is no longer needed or the citizen has taken the yes back (L10)."""
    here = held(actor, row, of_sender)
    require_step(here, ReferralState.WITHDRAWN, SENDERS_STEPS)
    said, consent = "" if yes_taken_back else said_in(text), consent_of(here)
    if said:
        try:
            tell(actor, here, EntryKind.WITHDRAWN)
        except (NotLawful, ReferralError):
            # The yes is gone: that it is taken back is all that the others see.
            said = ""
    change(here, None, state=ReferralState.WITHDRAWN, closed_at=timezone.now())
    note(actor, here, EntryKind.WITHDRAWN, receiver=False, text=said)
    if yes_taken_back and consent is not None and consent.withdrawn_on is None:
        withdraw_consent(actor, consent)
    log(actor, Act.CHANGE, here, "withdrawn")

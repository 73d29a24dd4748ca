"""Writing somebody on the unit's transition list, and handing over what others are to take on (002 chapter 5)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.calendar.deadlines import add_months
from samsvar.cases.services.concerns import Who, who_row
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.citizens.services import birth_date_of
from samsvar.forms.fields import YesNoUnknown
from samsvar.law.kinds import AuthorityKind, Basis, InformationType, Purpose
from samsvar.partnerships.models import Authority, Participation, Unit
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import HandOver, HandOverState, Referral, Transition, TransitionEnd
from samsvar.referrals.roles import may_use
from samsvar.referrals.selectors.transitions import facts_of, standing_yeses
from samsvar.referrals.services.sides import of_sender
from samsvar.referrals.services.yes import Yes
from samsvar.referrals.transitions import Rule, days_of, rule_of, rules_of, waiting_rule
from samsvar.sharing.models import Scope, SubjectKind
from samsvar.sharing.services import NothingSaid, NotLawful, Subject, disclose, take_consent, withdraw_consent
from samsvar.sharing.services.about import no_number_or
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish


class TransitionError(CaseError):
    """The step cannot be done. The message is shown as it stands; nothing was changed."""


without_number = no_number_or(TransitionError)


@dataclass(frozen=True)
class Handed:
    """What is handed over, and to whom."""

    receiver: str
    to: Authority
    to_unit: Unit | None = None
    words: str = ""
    call: str = ""
    yes: Yes = field(default_factory=Yes)


def may_list(actor: Actor) -> bool:
    """Whether the actor's post is one that works with citizens, in an authority that has transitions."""
    return may_use(actor) and bool(rules_of(actor.authority_kind))


def put_on_list(
    actor: Actor,
    partnership_id: UUID,
    who: Who,
    kind: str,
    day: date | None = None,
    case_known: str = YesNoUnknown.UNKNOWN,
) -> Transition:
    """Write a citizen on the own unit's list, once; from then on nobody has to remember. Raises TransitionError."""
    rule = _own_rule(actor, kind)
    name = who.name.strip()[:160]
    if not name:
        raise TransitionError(_("Skriv borgerens navn."))
    if partnership_id not in actor.partnership_ids:
        raise TransitionError(_("Det er ikke jeres samarbejde."))
    without_number(name)
    if case_known not in YesNoUnknown.values:
        raise TransitionError(_("Vælg, om der er en sag i kommunen."))
    born_on = birth_date_of(who.cpr) if who.cpr else None
    today = timezone.localdate()
    if rule.by_birth:
        if born_on is None:
            raise TransitionError(_("Skriv CPR-nummeret. Dagene regnes fra fødselsdagen."))
        day = None
    elif day is None or abs((day - today).days) > 366 * 5:
        raise TransitionError(_("Skriv dagen. Se efter, om årstallet er rigtigt."))
    elif rule.past and day > today:
        raise TransitionError(_("Dagen kan ikke ligge i fremtiden."))
    identity = who_row(actor, partnership_id, who)
    _not_listed(actor, identity.citizen_id, rule)
    row = Transition(
        id=uuid4(),
        partnership_id=partnership_id,
        citizen_id=identity.citizen_id,
        name=name,
        authority_id=actor.authority_id,
        unit_id=actor.unit_id,
        kind=rule.key,
        born_on=born_on if rule.by_birth else None,
        day=day,
        case_known=case_known,
        by_id=actor.person_id,
    )
    _write(actor, row)
    _log(actor, Act.CREATE, row, "listed")
    return row


def wait_with(actor: Actor, asked: Referral) -> Transition:
    """Keep in touch while somebody waits for what one has asked of others: name and day are the request's (AS-33).

    Nothing is typed again, and nobody else sees it. Raises TransitionError.
    """
    rule = waiting_rule(actor.authority_kind)
    here = Referral.objects.filter(pk=asked.pk).first()
    if rule is None or here is None or not of_sender(actor, here) or not here.is_waiting:
        raise TransitionError(_("Det er ikke noget, I venter på."))
    _not_listed(actor, here.citizen_id, rule)
    row = Transition(
        id=uuid4(),
        partnership_id=here.partnership_id,
        citizen_id=here.citizen_id,
        name=here.name,
        authority_id=actor.authority_id,
        unit_id=actor.unit_id,
        kind=_own_rule(actor, rule.key).key,
        day=timezone.localdate(here.sent_at),
        by_id=actor.person_id,
    )
    _write(actor, row)
    _log(actor, Act.CREATE, row, "listed")
    return row


def _not_listed(actor: Actor, citizen_id: UUID, rule: Rule) -> None:
    """Refuse what already stands on a list that the actor sees; of a colleague's own nothing is said."""
    mine = Transition.objects.filter(citizen=citizen_id, kind=rule.key, ended_on=None, authority=actor.authority_id)
    if mine.filter(unit=actor.unit_id).exists():
        raise TransitionError(_("Borgeren står allerede på jeres liste med den overgang."))


def move_turn(actor: Actor, row: Transition, to: date, why: str, version: int | None = None) -> None:
    """Move the day on which the citizen changes hands, with a professional reason (R-002-128). Raises TransitionError.

    What follows from a birthday moves no further than the policy of its kind.
    """
    here, rule = _open(row), _rule(row)
    reason = " ".join(why.split())[:400]
    if not reason:
        raise TransitionError(_("Skriv den faglige grund til at flytte dagen."))
    without_number(reason)
    usual = days_of(facts_of(here, rule, moved=False), timezone.localdate()).turns
    if usual is None or rule.within or rule.again:
        raise TransitionError(_("Den dag kan ikke flyttes."))
    if to < timezone.localdate():
        raise TransitionError(_("Dagen kan ikke flyttes til en dag, der er gået."))
    months = rule.move_months if rule.by_birth else 12
    if not add_months(usual, -months) <= to <= add_months(usual, months):
        raise TransitionError(
            _("Dagen kan flyttes højst %(months)s måneder fra den %(day)s.")
            % {"months": months, "day": f"{usual.day}.{usual.month}.{usual.year}"}
        )
    _change(actor, here, version, "moved", moved_to=to, moved_why=reason)


def check(actor: Actor, row: Transition, key: str, version: int | None = None) -> None:
    """Say that a line of the checklist is settled, or that it is open again after all."""
    here, rule = _open(row), _rule(row)
    if key not in {one.key for one in rule.checks}:
        raise TransitionError(_("Det punkt er ikke på listen."))
    checked = dict(here.checked)
    if checked.pop(key, None) is None:
        checked[key] = {"on": timezone.localdate().isoformat(), "by": actor.name[:160]}
    _change(actor, here, version, "checked", checked=checked)


def note_contact(actor: Actor, row: Transition, on: date, version: int | None = None) -> None:
    """Write down a contact while the citizen waits: the clock begins anew (R-002-124; AS-33)."""
    here, rule = _open(row), _rule(row)
    if not rule.again:
        raise TransitionError(_("Her holdes der ikke øje med kontakter."))
    today = timezone.localdate()
    if on > today or on < (here.last_contact or here.day or today):
        raise TransitionError(_("Dagen ligger efter den sidste kontakt og ikke i fremtiden."))
    _change(actor, here, version, "contact", last_contact=on, said=0)
    finish(actor, TaskKind.ATTENTION, here.pk)


def note_case(actor: Actor, row: Transition, case_known: str, version: int | None = None) -> None:
    """Write whether the municipality has a case (R-002-126). Raises TransitionError."""
    here = _open(row)
    if case_known not in YesNoUnknown.values:
        raise TransitionError(_("Vælg, om der er en sag i kommunen."))
    _change(actor, here, version, "case_known", case_known=case_known)


def end_transition(actor: Actor, row: Transition, reason: str) -> None:
    """Take somebody off the list. Raises TransitionError while somebody has not answered, or for a reason untrue.

    An exit without a receiver is allowed, and listed (002 chapter 5, general).
    """
    here = _open(row)
    if reason not in TransitionEnd.values:
        raise TransitionError(_("Vælg, hvordan det endte."))
    given = list(HandOver.objects.filter(transition=here))
    if any(one.state == HandOverState.OPEN for one in given):
        raise TransitionError(_("En modtager har ikke svaret endnu. Ring, eller træk overdragelsen tilbage."))
    if reason == TransitionEnd.RECEIVED and not any(one.state == HandOverState.ACCEPTED for one in given):
        raise TransitionError(_("Ingen har taget imod endnu."))
    _change(actor, here, None, "ended", ended_on=timezone.localdate(), end_reason=reason)
    finish(actor, TaskKind.ATTENTION, here.pk)


def hand_over(actor: Actor, row: Transition, handed: Handed) -> HandOver:
    """Hand over to one receiver: a disclosure on the citizen's yes, open until it is accepted (R-002-136).

    Another unit of the own authority is told too, and is no other authority; there too the citizen has been asked.
    Raises TransitionError.
    """
    here, rule = _open(row), _rule(row)
    receiver = rule.receiver(handed.receiver)
    if receiver is None or handed.to.kind not in receiver.of:
        raise TransitionError(_("Vælg, hvem der skal tage over."))
    if not Participation.objects.filter(current(), partnership=here.partnership_id, authority=handed.to).exists():
        raise TransitionError(_("Vælg en myndighed, der er med i samarbejdet."))
    if handed.to_unit is not None and handed.to_unit.authority_id != handed.to.pk:
        raise TransitionError(_("Enheden hører til en anden myndighed."))
    unit_id = handed.to_unit.pk if handed.to_unit else None
    if actor.owns(handed.to.pk) and unit_id == here.unit_id:
        raise TransitionError(_("Det er jer selv. Vælg den enhed, der skal tage over."))
    words, call = handed.words.strip(), " ".join(handed.call.split())[:160]
    if not words:
        raise TransitionError(_("Skriv med få ord, hvad de skal vide."))
    if len(words) > 2000:
        raise TransitionError(_("Skriv det kortere: højst %(number)s tegn.") % {"number": 2000})
    without_number(words, call)
    new = HandOver(
        id=uuid4(),
        partnership_id=here.partnership_id,
        transition=here,
        citizen_id=here.citizen_id,
        kind=here.kind,
        authority_id=here.authority_id,
        unit_id=here.unit_id,
        receiver=receiver.key,
        to_authority=handed.to,
        to_unit=handed.to_unit,
        name=here.name,
        born_on=here.born_on,
        turns_on=days_of(facts_of(here, rule), timezone.localdate()).turns,
        words=words,
        call=call,
        by_id=actor.person_id,
    )
    _write(actor, new)
    try:
        _tell(actor, here, new, rule, handed)
    except NothingSaid as error:
        raise TransitionError(str(error)) from error
    _log(actor, Act.CHANGE, here, "handed_over", new.pk)
    return new


def _tell(actor: Actor, here: Transition, new: HandOver, rule: Rule, handed: Handed) -> None:
    if not handed.yes.informed:
        raise TransitionError(_("Fortæl borgeren, hvad det betyder, og at det kan trækkes tilbage."))
    health = actor.authority_kind in (AuthorityKind.PSYCHIATRY, AuthorityKind.FORENSIC_PSYCHIATRY)
    about = InformationType.HEALTH if health else InformationType.SOCIAL
    consent = take_consent(
        actor,
        here,
        scope=Scope.SHARE,
        information_types=[about],
        # The answer goes back on the same yes.
        receivers=list(Authority.objects.filter(pk__in={here.authority_id, handed.to.pk})),
        purposes=[Purpose.HANDOVER],
        given=handed.yes.given,
        missing=handed.yes.missing,
        form=handed.yes.form,
        why_oral=handed.yes.why_oral,
        informed=handed.yes.informed,
        referral_id=here.pk,
    )
    if not consent.stands():
        # Nothing is handed over on half a yes, at home neither (R-002-67).
        raise TransitionError(_("Vent, til de også har sagt ja: %(who)s.") % {"who": ", ".join(consent.missing)})
    if actor.owns(handed.to.pk):
        return
    disclose(
        actor,
        Subject(SubjectKind.HAND_OVER, new.pk, here.partnership_id, citizen_id=here.citizen_id),
        [handed.to],
        information_type=about,
        purpose=Purpose.HANDOVER,
        necessity=_("Borgeren har sagt ja til, at I tager over: %(what)s") % {"what": str(rule)},
        basis=Basis.CONSENT,
        consent=consent,
    )


def accept(actor: Actor, row: HandOver, who: str, first_on: date | None = None, answer: str = "") -> None:
    """The receiver takes over, and says by whom; the sender sees it (R-002-136, R-002-137). Raises TransitionError."""
    who, answer = " ".join(who.split())[:160], answer.strip()[:400]
    if not who:
        raise TransitionError(_("Skriv, hvem borgeren kan ringe til hos jer."))
    if first_on is not None and abs((first_on - timezone.localdate()).days) > 732:
        raise TransitionError(_("Se efter, om årstallet er rigtigt."))
    without_number(who, answer)
    _answer(actor, row, state=HandOverState.ACCEPTED, who=who, first_on=first_on, answer=answer)


def decline(actor: Actor, row: HandOver, answer: str) -> None:
    """The receiver does not take over, and says why; the sender still has the citizen. Raises TransitionError."""
    answer = answer.strip()[:400]
    if not answer:
        raise TransitionError(_("Skriv hvorfor. Afsenderen skal kunne komme videre."))
    without_number(answer)
    _answer(actor, row, state=HandOverState.DECLINED, answer=answer)


def withdraw(actor: Actor, row: HandOver) -> None:
    """The sender takes back what nobody has answered; what was told stays told. Raises TransitionError."""
    here = HandOver.objects.filter(pk=row.pk, state=HandOverState.OPEN, transition__ended_on=None).first()
    if here is None or not Transition.objects.filter(pk=here.transition_id).exists():
        raise TransitionError(_("Den er besvaret, eller det er ikke jer, der har sendt den."))
    if not HandOver.objects.filter(pk=here.pk, state=HandOverState.OPEN).update(state=HandOverState.WITHDRAWN):
        raise Overtaken(_("Modtageren har lige svaret. Se svaret."))
    _log_hand_over(actor, here, "withdrawn")


def take_back_yes(actor: Actor, row: HandOver) -> None:
    """The citizen takes the yes to this authority back, while the transition lasts or after it (R-002-67).

    Nothing more is told it, and what it has not answered falls; what was told stays told (L10). Raises TransitionError.
    """
    here = HandOver.objects.filter(pk=row.pk).first()
    yeses = standing_yeses(here) if here is not None and actor.owns(here.authority_id) else []
    if here is None or not yeses:
        raise TransitionError(_("Borgerens ja gælder ikke mere. Se siden igen."))
    for yes in yeses:
        try:
            withdraw_consent(actor, yes)
        except NothingSaid as error:
            raise Overtaken(str(error)) from error
    for other in HandOver.objects.filter(
        transition=here.transition_id, to_authority=here.to_authority_id, state=HandOverState.OPEN
    ):
        if HandOver.objects.filter(pk=other.pk, state=HandOverState.OPEN).update(state=HandOverState.WITHDRAWN):
            _log_hand_over(actor, other, "withdrawn")


def _answer(actor: Actor, row: HandOver, **answer: Any) -> None:
    here = HandOver.objects.filter(pk=row.pk).first()
    if here is None or not is_to_us(actor, here):
        raise TransitionError(_("Det er ikke jer, der skal svare."))
    now = timezone.now()
    if not HandOver.objects.filter(pk=here.pk, state=HandOverState.OPEN).update(
        **answer, answered_by_id=actor.person_id, answered_at=now
    ):
        raise Overtaken(_("En kollega har lige svaret, eller den er trukket tilbage. Se siden igen."))
    if not actor.owns(here.authority_id):
        _tell_back(actor, here)
    _log_hand_over(actor, here, answer["state"])


def _tell_back(actor: Actor, here: HandOver) -> None:
    """The answer is a disclosure too, on the yes on which the question came."""
    consent = next(iter(standing_yeses(here)), None)
    try:
        if consent is None:
            raise NothingSaid
        disclose(
            actor,
            Subject(SubjectKind.HAND_OVER, here.pk, here.partnership_id, citizen_id=here.citizen_id),
            [Authority.objects.get(pk=here.authority_id)],
            information_type=InformationType(consent.information_types[0]),
            purpose=Purpose.HANDOVER,
            necessity=_("Svar på overdragelsen."),
            basis=Basis.CONSENT,
            consent=consent,
        )
    except (NothingSaid, NotLawful) as error:
        raise TransitionError(_("Borgerens ja gælder ikke mere. Ring til dem, der har spurgt.")) from error


def is_to_us(actor: Actor, row: HandOver) -> bool:
    """Whether a hand-over that the actor sees was sent to the actor's unit, and not by it."""
    return actor.owns(row.to_authority_id) and row.to_unit_id in (None, actor.unit_id)


def _own_rule(actor: Actor, kind: str) -> Rule:
    if not may_list(actor):
        raise TransitionError(_("Overgange skrives af dem, der arbejder med borgeren."))
    rule = next((one for one in rules_of(actor.authority_kind) if one.key == kind), None)
    if rule is None:
        raise TransitionError(_("Vælg en overgang."))
    return rule


def _rule(row: Transition) -> Rule:
    rule = rule_of(row.kind)
    if rule is None:
        raise TransitionError(_("Den overgang findes ikke mere i reglerne. Spørg jeres driftsansvarlige."))
    return rule


def _open(row: Transition) -> Transition:
    found = Transition.objects.filter(pk=row.pk, ended_on=None).first()
    if found is None:
        raise TransitionError(_("Overgangen er slut, eller den er ikke jeres."))
    return found


def _change(actor: Actor, here: Transition, version: int | None, part: str, **values: Any) -> None:
    rows = Transition.objects.filter(pk=here.pk, ended_on=None, version=version or here.version)
    if not rows.update(**values, version=F("version") + 1):
        raise Overtaken(_("En kollega har lige ændret den. Se siden igen."))
    _log(actor, Act.CHANGE, here, part)


def _write(actor: Actor, row: models.Model) -> None:
    try:
        row.validate_constraints()
        with transaction.atomic():
            row.save(force_insert=True)
    except ValidationError as error:
        raise TransitionError(" ".join(error.messages)) from error
    except IntegrityError as error:
        record_refusal(actor, "transition", None, "there_is_one")
        raise TransitionError(_("En kollega har lige skrevet det samme. Se listen.")) from error


def _log(actor: Actor, act: Act, row: Transition, part: str, key: UUID | None = None) -> None:
    record(
        actor,
        act,
        "transition",
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"part": part, **({"id": str(key)} if key else {})},
    )


def _log_hand_over(actor: Actor, row: HandOver, part: str) -> None:
    record(
        actor,
        Act.CHANGE,
        "hand_over",
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"part": str(part)},
    )

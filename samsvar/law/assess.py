"""May this be told to them? The one question that stands between a room and the door.

Pure and total: the same act gives the same answer, whatever the clock says, and every act gets an answer. The program
proposes and explains; a person decides. The law is in the rule packs, the sentences in `samsvar.law.sentences`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from samsvar.law import packs, warnings
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, InformationType, PlanKind, Purpose, Regime, is_english
from samsvar.law.sentences import Duty, Need, Notice, Reason


class Outcome(StrEnum):
    """The three answers. `NEEDS` is not a no: `Assessment.needs` says what would make it a yes."""

    MAY = "may"
    MAY_NOT = "may_not"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Receiver:
    """One authority, institution or person that would be told.

    `party`: party to the cooperation on this case (L1). `brought_in`: has a recorded row "inddraget" on this case (L3).
    `own`: the sender's own authority (L17). `treats`: treats the citizen now (L30). `in_plan`: part of the plan (L13).
    `key` is how a consent names it.
    """

    kind: AuthorityKind
    party: bool = False
    brought_in: bool = False
    name: str = ""
    key: str = ""
    regime: Regime | None = None
    own: bool = False
    treats: bool = False
    in_plan: bool = False

    def label(self, lang: str | None = "da") -> str:
        """The name, or the kind where no name is known."""
        return self.name.strip() or self.kind.label(lang)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a citizen has said yes to (L10).

    `receivers` are keys of receivers. `valid_to` may be earlier than the law's limit, and never counts beyond it.
    `all_givers`: everyone who must say yes has done so (custody holders: all).
    """

    given_on: date
    receivers: frozenset[str]
    information_types: frozenset[InformationType]
    purposes: frozenset[str]
    informed: bool = True
    written: bool = True
    why_not_written: str = ""
    valid_to: date | None = None
    withdrawn_on: date | None = None
    all_givers: bool = True
    taken_by_police: bool = False


@dataclass(frozen=True, slots=True)
class Weighing:
    """The five questions of the overriding-interest rule and the leader who answers for them (L8, LR-000-80 to 84)."""

    own_sake: str = ""
    concrete: str = ""
    outweighs: str = ""
    consent_tried: str = ""
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A discharge agreement or a coordination plan (L13). `being_made`: what is told is needed in order to make it."""

    kind: PlanKind
    agreed_on: date | None = None
    ended_on: date | None = None
    being_made: bool = False

    def holds(self, on: date) -> bool:
        """Whether it is being made or in force on the day."""
        begun = self.being_made or (self.agreed_on is not None and self.agreed_on <= on)
        return begun and (self.ended_on is None or on <= self.ended_on)


@dataclass(frozen=True, slots=True)
class Act:
    """One disclosure that somebody is about to make.

    `released_by_holder`: the acting person holds the health information and may release it (L11).
    `earlier_same_necessity`: how many earlier disclosures of this sender carry the very same necessity (L4).
    `purpose` is a text because it comes from outside; only the values of `Purpose` are lawful.
    `recurring`: a standing or periodic arrangement rather than this one time (L8, R-000-104).
    `anonymous`: nobody could know whom it is about. `said_no`: the citizen's no to sharing stands on record.
    """

    cooperation: Cooperation
    sender: AuthorityKind
    receivers: tuple[Receiver, ...]
    purpose: str
    necessity: str
    information_types: tuple[InformationType, ...]
    on: date
    released_by_holder: bool = False
    sender_brought_in: bool = False
    earlier_same_necessity: int = 0
    basis: Basis = Basis.COOPERATION
    sender_regime: Regime | None = None
    consent: Consent | None = None
    weighing: Weighing | None = None
    plan: Plan | None = None
    child_at_risk: bool = False
    opted_out: bool = False
    said_no: bool = False
    recurring: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer with its grounds. `rule` and `pack` ("dk-2026 2026.1") are what a disclosure stores.

    A disclosure rests on this only when `allowed`; the reasons of a no or a not-yet come all at once.
    """

    outcome: Outcome
    rule: str
    pack: str
    reasons: tuple[Reason, ...]
    needs: tuple[Need, ...] = ()
    duties: tuple[Duty, ...] = ()
    warnings: tuple[Notice, ...] = ()
    basis: Basis = Basis.COOPERATION

    @property
    def allowed(self) -> bool:
        """Whether the act may be done as it stands."""
        return self.outcome is Outcome.MAY

    @property
    def shut(self) -> bool:
        """Whether nothing that a person could add would let this basis carry the act."""
        return self.outcome is Outcome.MAY_NOT or bool(SHUT & {need.key for need in self.needs})

    def explain(self, lang: str | None = "da") -> str:
        """The reasons as running text."""
        return " ".join(reason.text(lang) for reason in self.reasons)


# What is missing when it is the basis itself that does not reach.
SHUT = frozenset({"another_basis", "other_basis", "other_purpose", "rule_pack", "form"})


@dataclass(slots=True)
class _Findings:
    """What the rules found on the way; the gravest of them decides."""

    basis: Basis
    refusals: list[Reason] = field(default_factory=list)
    gaps: list[Reason] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    grounds: list[Reason] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def lack(self, reason: str, need: str, rule: str = "", **words: str) -> None:
        """Note a gap together with what would close it."""
        self.gaps.append(Reason.say(reason, rule=rule, **words))
        self.needs.append(Need.say(need, **words))

    def answer(self, pack: str) -> Assessment:
        """The assessment that the findings add up to."""
        notices = tuple(dict.fromkeys(self.notices))
        if self.refusals:
            return self._say(Outcome.MAY_NOT, self.refusals, pack, (), (), notices)
        needs, duties = tuple(dict.fromkeys(self.needs)), tuple(dict.fromkeys(self.duties))
        if self.gaps:
            return self._say(Outcome.NEEDS, self.gaps, pack, needs, duties, notices)
        return self._say(Outcome.MAY, self.grounds, pack, (), duties, notices)

    def _say(
        self,
        outcome: Outcome,
        said: list[Reason],
        pack: str,
        needs: tuple[Need, ...],
        duties: tuple[Duty, ...],
        notices: tuple[Notice, ...],
    ) -> Assessment:
        return Assessment(outcome, said[0].rule, pack, tuple(dict.fromkeys(said)), needs, duties, notices, self.basis)


def says_something(text: str) -> bool:
    """Whether a text holds at least one letter: a blank, a dash or a row of dots is no reason (L4)."""
    return any(character.isalpha() for character in text)


def assess(act: Act, pack: packs.Pack | None = None) -> Assessment:
    """Whether the act is lawful on its basis and its date, and why, in sentences for the person who acts.

    `pack` is the one in force where a partnership's lawyer has changed it (`Pack.amended`); else the one of `act.on`.
    Never raises for an act of the declared types.
    """
    on = act.on.date() if isinstance(act.on, datetime) else act.on
    found = _Findings(act.basis)
    if act.anonymous:
        found.grounds.append(Reason.say("nobody_named"))
        found.notices.extend(warnings.suspicious(act.necessity))
        known = pack or packs.find(on)
        return found.answer(known.stamp if known else "")
    _purpose(act, found)
    pack = pack or packs.find(on)
    if pack is None:
        found.lack("no_pack", "rule_pack")
        return found.answer("")
    if act.basis is Basis.NONE:
        _without(act, pack, found)
        return found.answer(pack.stamp)
    _reach(act, pack, on, found)
    _HOLDS[act.basis](act, pack, on, found)
    _routine(act, found)
    _release(act, pack, on, found)
    _necessity(act, pack, found)
    _beside(act, pack, on, found)
    return found.answer(pack.stamp)


def bases_for(act: Act, pack: packs.Pack | None = None) -> tuple[Assessment, ...]:
    """The bases that could carry this act, each with what it still needs; those that carry it already come first.

    Empty when none does: then it is not told. Order within is the order of `Basis`, so § 115 is proposed first.
    """
    answers = [assess(replace(act, basis=basis), pack) for basis in Basis if basis is not Basis.NONE]
    open_ones = [answer for answer in answers if not answer.shut]
    return tuple(sorted(open_ones, key=lambda answer: not answer.allowed))


def _purpose(act: Act, found: _Findings) -> None:
    """L5: the list is closed, and investigation is not on it, whatever the basis."""
    if act.purpose in tuple(Purpose):
        return
    if not says_something(act.purpose):
        found.lack("purpose_missing", "purpose")
    elif warnings.is_investigation(act.purpose):
        found.refusals.append(Reason.say("investigation"))
    else:
        found.refusals.append(Reason.say("purpose_unknown"))


def _without(act: Act, pack: packs.Pack, found: _Findings) -> None:
    """L29: secrecy holds where nothing lifts it. It does not bind a neighbour or a housing association (L7)."""
    if act.sender in pack.free_senders:
        sender = {"sender_da": act.sender.da, "sender_en": act.sender.en}
        found.grounds.append(Reason.say("free_to_tell", **sender))
        found.duties.append(Duty.say("nothing_back"))
    else:
        found.refusals.append(Reason.say("no_basis"))


def _words(act: Act, receiver: Receiver) -> dict[str, str]:
    return {
        "who_da": receiver.label("da"),
        "who_en": receiver.label("en"),
        "sender_da": act.sender.da,
        "sender_en": act.sender.en,
    }


def _reach(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """How far the basis reaches: its rule is in force, and sender, receivers, purpose and regime lie within it."""
    ground = pack.bases[act.basis]
    if not pack.applies(ground.rule, on):
        found.lack("basis_off", "other_basis", rule=ground.rule)
    if not act.receivers:
        found.lack("receivers_missing", "receivers")
    if act.purpose in tuple(Purpose) and act.purpose not in ground.purposes:
        found.lack("purpose_not_for_basis", "other_purpose", rule=ground.rule)
    if any(kind not in ground.types for kind in act.information_types):
        found.lack("more_than_basis", "less", rule=ground.rule)
    regime = act.sender_regime or pack.regime_of(act.sender)
    coverage = pack.matrix.get(act.cooperation)
    if act.basis is Basis.COOPERATION and coverage is None:
        found.lack("form_unknown", "form")
        return
    sender_said = False
    for receiver in act.receivers:
        words = _words(act, receiver)
        changed = pack.changed(act.basis, act.cooperation, act.sender, receiver.kind, act.purpose, regime)
        if changed is not None and not changed.opens:
            found.lack("shut_by_lawyer", "other_basis", rule=ground.rule, **words)
        elif changed is not None:
            found.grounds.append(Reason.say("opened_by_lawyer", rule=ground.rule, **words))
            if act.basis is Basis.COOPERATION and not (receiver.party or receiver.brought_in):
                found.lack("not_party", "party", **words)
        elif act.basis is Basis.COOPERATION and coverage is not None:
            if not sender_said:
                sender_said = True
                _sender(act, coverage, found)
            _receiver(receiver, coverage, words, found)
        elif act.sender not in ground.senders or receiver.kind not in ground.receivers or regime not in ground.regimes:
            found.lack("basis_not_here", "other_basis", rule=ground.rule, **words)
        if receiver.kind is AuthorityKind.POLICE:
            found.duties.append(Duty.say("not_for_investigation"))
    if act.basis is Basis.COOPERATION and coverage is not None and not act.receivers:
        _sender(act, coverage, found)


def _sender(act: Act, coverage: packs.Coverage, found: _Findings) -> None:
    """L1, L3, L7: the sender is a kind of this cooperation."""
    sender = {"who_da": act.sender.da, "who_en": act.sender.en}
    if act.sender in coverage.brought_in and not act.sender_brought_in:
        found.lack("not_brought_in", "brought_in", **sender)
    elif act.sender not in coverage.covered | coverage.by_agreement | coverage.brought_in:
        found.lack("sender_outside", "another_basis", **sender)
    if act.sender in coverage.by_agreement:
        found.notices.append(Notice.say("by_agreement", **sender))


def _receiver(receiver: Receiver, coverage: packs.Coverage, words: dict[str, str], found: _Findings) -> None:
    """L1, L3, L7: the receiver is a kind of this cooperation, and party to it."""
    if receiver.kind in coverage.brought_in:
        if receiver.brought_in:
            found.grounds.append(Reason.say("brought_in", **words))
        else:
            found.lack("not_brought_in", "brought_in", **words)
    elif receiver.kind not in coverage.covered | coverage.by_agreement:
        found.lack("receiver_outside", "another_basis", **words)
        found.duties.append(Duty.say("offer_secrecy_order", **words))
    elif not receiver.party:
        found.lack("not_party", "party", **words)
    if receiver.kind in coverage.by_agreement:
        found.notices.append(Notice.say("by_agreement", **words))


def _cooperation(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L1: the cooperation itself is the ground; what it asks of sender and receivers is asked in `_reach`."""
    found.grounds.insert(0, Reason.say("covered"))


def _consent(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L10: given, informed, for these receivers and this, by all who must, still valid and not withdrawn."""
    found.grounds.insert(0, Reason.say("consent"))
    given = act.consent
    if given is None:
        found.lack("consent_missing", "consent")
        return
    # A consent that is gone is gone: what it once covered is not worth saying.
    if given.withdrawn_on is not None and given.withdrawn_on <= on:
        found.lack("consent_withdrawn", "consent")
        return
    if on < given.given_on:
        found.lack("consent_not_yet", "consent")
        return
    if on > min(given.valid_to or date.max, months_after(given.given_on, pack.consent_months)):
        found.lack("consent_lapsed", "consent")
        return
    if not given.informed:
        found.lack("consent_not_informed", "consent")
    if not given.all_givers:
        found.lack("consent_giver", "consent")
    for receiver in act.receivers:
        if (receiver.key or receiver.name) not in given.receivers:
            found.lack("consent_not_for_them", "wider_consent", **_words(act, receiver))
    if not given.information_types.issuperset(act.information_types) or act.purpose not in given.purposes:
        found.lack("consent_not_for_this", "wider_consent")
    if pack.consent_written and not given.written and not says_something(given.why_not_written):
        found.lack("consent_oral", "consent_form")
    if given.taken_by_police:
        found.notices.append(Notice.say("consent_from_police"))
    if act.sender in pack.health_kinds:
        found.duties.append(Duty.say("note_consent"))


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _overriding(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L8: five answers, one of them a leader's name."""
    found.grounds.insert(0, Reason.say("overriding"))
    given = act.weighing or Weighing()
    missing = [
        question
        for question in ("own_sake", "concrete", "outweighs", "consent_tried", "leader")
        if not says_something(getattr(given, question))
    ]
    if missing:
        found.gaps.append(Reason.say("overriding_incomplete"))
        found.needs.extend(Need.say(question) for question in missing)


def _treatment(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L30: both treat the citizen now, and the citizen has not said no."""
    found.grounds.insert(0, Reason.say("treatment"))
    if act.opted_out:
        found.refusals.append(Reason.say("opted_out"))
    for receiver in act.receivers:
        if not receiver.treats:
            found.lack("not_treating", "treating", **_words(act, receiver))


def _plan(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L13: only with such a plan, and only to those in it."""
    found.grounds.insert(0, Reason.say("plan"))
    if act.plan is None or not act.plan.holds(on):
        found.lack("plan_missing", "plan")
    for receiver in act.receivers:
        if not receiver.in_plan:
            found.lack("not_in_plan", "in_plan", **_words(act, receiver))


def _own(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L17, L28: within one authority, which is not the same as within one municipality."""
    found.grounds.insert(0, Reason.say("own"))
    for receiver in act.receivers:
        if not receiver.own or receiver.kind is not act.sender:
            found.lack("not_own", "other_basis", **_words(act, receiver))


def _duty(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L24: there is a child to be concerned about; then it is no choice, and no consent is asked for."""
    found.grounds.insert(0, Reason.say("duty"))
    if not act.child_at_risk:
        found.lack("no_child", "child")
    found.duties.append(Duty.say("must_notify"))


def _call_out(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L14: the rule carries it, once a lawyer has switched it on."""
    found.grounds.insert(0, Reason.say("call_out"))


_HOLDS = {
    Basis.COOPERATION: _cooperation,
    Basis.CONSENT: _consent,
    Basis.OVERRIDING: _overriding,
    Basis.TREATMENT: _treatment,
    Basis.PLAN: _plan,
    Basis.OWN: _own,
    Basis.DUTY: _duty,
    Basis.CALL_OUT: _call_out,
}


def _routine(act: Act, found: _Findings) -> None:
    """L8 and R-000-104: nothing passes between authorities by itself, whatever the basis."""
    if act.recurring and act.basis is not Basis.OWN:
        found.refusals.append(Reason.say("routine"))


def _release(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L11 and L12: the one who holds health information decides, and the citizen is told."""
    ground = pack.bases[act.basis]
    if act.sender not in pack.health_kinds:
        return
    if ground.needs_release and not act.released_by_holder:
        found.lack("not_released", "releaser")
    if ground.tells_citizen and pack.applies("L12", on):
        found.duties.append(Duty.say("tell_citizen"))


def _necessity(act: Act, pack: packs.Pack, found: _Findings) -> None:
    """L4: what is told and why, in the words of the one who tells it."""
    if not act.information_types:
        found.lack("information_missing", "information")
    if not says_something(act.necessity):
        found.lack("necessity_missing", "necessity")
    elif act.earlier_same_necessity >= pack.same_necessity_warns_at:
        found.notices.append(Notice.say("same_necessity"))
    if InformationType.TREATMENT_SENTENCE in act.information_types:
        found.notices.append(Notice.say("conditions_only"))
    found.notices.extend(warnings.suspicious(act.necessity))


def _beside(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """What stands beside the answer: one way (L7), another regime (L9), on request (L31), a no, an unchecked rule."""
    ground = pack.bases[act.basis]
    coverage = pack.matrix.get(act.cooperation)
    inside = coverage.covered | coverage.by_agreement | coverage.brought_in if coverage else frozenset()
    for receiver in act.receivers:
        if act.basis in (Basis.CONSENT, Basis.OVERRIDING) and receiver.kind not in inside:
            found.duties.append(Duty.say("offer_secrecy_order", **_words(act, receiver)))
        if (
            pack.applies("L9", on)
            and receiver.regime is not None
            and act.sender_regime is not None
            and receiver.regime is not act.sender_regime
        ):
            found.notices.append(Notice.say("other_regime", **_words(act, receiver)))
    if ground.request_duty and pack.applies("L31", on):
        found.notices.append(Notice.say("on_request"))
    if act.said_no and act.basis not in (Basis.OWN, Basis.DUTY):
        found.notices.append(Notice.say("said_no"))
    if act.basis is not Basis.COOPERATION and pack.rules[ground.rule].status is packs.Status.UNVERIFIED:
        found.notices.append(Notice.say("not_verified", rule=ground.rule))


def may_decline(on: date) -> Assessment:
    """Whether an authority may keep what it knows to itself: always, without a reason (L6, R-000-99)."""
    pack = packs.find(on)
    return Assessment(Outcome.MAY, "L6", pack.stamp if pack else "", (Reason.say("decline"),))


def existence_answer(lang: str | None = "da") -> str:
    """The answer to a look outside one's reach (L37).

    It takes nothing about the citizen, so it cannot differ between a person who is known and one who is not.
    """
    if is_english(lang):
        return "We let those know whom it may concern."
    return "Vi giver besked til dem, det måtte vedrøre."


def meets_target_group(traits: Iterable[str], own_reason: str = "") -> bool:
    """Whether a case may leave draft: at least one trait, or the group's own reason (L26).

    `traits` are keys; a partnership edits its list, so they are not compared with those of a pack.
    """
    return any(trait.strip() for trait in traits) or says_something(own_reason)

"""May this be told to them? The one question that stands between a room and the door.

Pure and total: the same act gives the same answer, whatever the clock says, and every act gets an answer. The program
proposes and explains; a person decides. The law is in the rule packs, the sentences in `samsvar.law.sentences`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from samsvar.law import packs, warnings
from samsvar.law.kinds import AuthorityKind, Cooperation, InformationType, Purpose, is_english
from samsvar.law.sentences import Duty, Need, Notice, Reason


class Outcome(StrEnum):
    """The three answers. `NEEDS` is not a no: `Assessment.needs` says what would make it a yes."""

    MAY = "may"
    MAY_NOT = "may_not"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Receiver:
    """One authority or institution that would be told.

    `party`: party to the cooperation on this case (L1). `brought_in`: has a recorded row "inddraget" on this case (L3).
    """

    kind: AuthorityKind
    party: bool = False
    brought_in: bool = False
    name: str = ""

    def label(self, lang: str | None = "da") -> str:
        """The name, or the kind where no name is known."""
        return self.name.strip() or self.kind.label(lang)


@dataclass(frozen=True, slots=True)
class Act:
    """One disclosure that somebody is about to make.

    `released_by_holder`: the acting person holds the health information and may release it (L11).
    `earlier_same_necessity`: how many earlier disclosures of this sender carry the very same necessity (L4).
    `purpose` is a text because it comes from outside; only the values of `Purpose` are lawful.
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

    @property
    def allowed(self) -> bool:
        """Whether the act may be done as it stands."""
        return self.outcome is Outcome.MAY

    def explain(self, lang: str | None = "da") -> str:
        """The reasons as running text."""
        return " ".join(reason.text(lang) for reason in self.reasons)


@dataclass(slots=True)
class _Findings:
    """What the rules found on the way; the gravest of them decides."""

    refusals: list[Reason] = field(default_factory=list)
    gaps: list[Reason] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    grounds: list[Reason] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def lack(self, reason: str, need: str, who_da: str = "", who_en: str = "") -> None:
        """Note a gap together with what would close it."""
        self.gaps.append(Reason.say(reason, who_da=who_da, who_en=who_en))
        self.needs.append(Need.say(need, who_da=who_da, who_en=who_en))

    def answer(self, pack: str) -> Assessment:
        """The assessment that the findings add up to."""
        notices = tuple(dict.fromkeys(self.notices))
        if self.refusals:
            return Assessment(Outcome.MAY_NOT, self.refusals[0].rule, pack, _once(self.refusals), warnings=notices)
        needs, duties = tuple(dict.fromkeys(self.needs)), tuple(dict.fromkeys(self.duties))
        if self.gaps:
            return Assessment(Outcome.NEEDS, self.gaps[0].rule, pack, _once(self.gaps), needs, duties, notices)
        return Assessment(Outcome.MAY, self.grounds[0].rule, pack, _once(self.grounds), (), duties, notices)


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))


def says_something(text: str) -> bool:
    """Whether a text holds at least one letter: a blank, a dash or a row of dots is no reason (L4)."""
    return any(character.isalpha() for character in text)


def assess(act: Act) -> Assessment:
    """Whether the act is lawful under § 115 on its date, and why, in sentences for the person who acts.

    Rules L1 to L5, L7, L11, L12 of the pack in force on `act.on`. Never raises for an act of the declared types.
    """
    on = act.on.date() if isinstance(act.on, datetime) else act.on
    found = _Findings()
    _purpose(act, found)
    pack = packs.find(on)
    if pack is None:
        found.lack("no_pack", "rule_pack")
        return found.answer("")
    _who(act, pack, found)
    _release(act, pack, on, found)
    _necessity(act, pack, found)
    return found.answer(pack.stamp)


def _purpose(act: Act, found: _Findings) -> None:
    """L5: the list is closed, and investigation is not on it."""
    if act.purpose in tuple(Purpose):
        return
    if not says_something(act.purpose):
        found.lack("purpose_missing", "purpose")
    elif warnings.is_investigation(act.purpose):
        found.refusals.append(Reason.say("investigation"))
    else:
        found.refusals.append(Reason.say("purpose_unknown"))


def _who(act: Act, pack: packs.Pack, found: _Findings) -> None:
    """L1, L2, L3, L7: sender and receivers are kinds of this cooperation, and party to it."""
    coverage = pack.matrix.get(act.cooperation)
    if coverage is None:
        found.lack("form_unknown", "form")
        return
    covered = coverage.covered | coverage.by_agreement
    sender = {"who_da": act.sender.da, "who_en": act.sender.en}
    if act.sender in coverage.brought_in and not act.sender_brought_in:
        found.lack("not_brought_in", "brought_in", **sender)
    elif act.sender not in covered | coverage.brought_in:
        found.lack("sender_outside", "another_basis", **sender)
    if not act.receivers:
        found.lack("receivers_missing", "receivers")
    for receiver in act.receivers:
        who = {"who_da": receiver.label("da"), "who_en": receiver.label("en")}
        if receiver.kind in coverage.brought_in:
            if receiver.brought_in:
                found.grounds.append(Reason.say("brought_in", **who))
            else:
                found.lack("not_brought_in", "brought_in", **who)
        elif receiver.kind not in covered:
            found.lack("receiver_outside", "another_basis", **who)
            found.duties.append(Duty.say("offer_secrecy_order", **who))
        elif not receiver.party:
            found.lack("not_party", "party", **who)
        if receiver.kind in coverage.by_agreement:
            found.notices.append(Notice.say("by_agreement", **who))
        if receiver.kind is AuthorityKind.POLICE:
            found.duties.append(Duty.say("not_for_investigation"))
    if act.sender in coverage.by_agreement:
        found.notices.append(Notice.say("by_agreement", **sender))
    found.grounds.insert(0, Reason.say("covered"))


def _release(act: Act, pack: packs.Pack, on: date, found: _Findings) -> None:
    """L11 and L12: the one who holds health information decides, and the citizen is told."""
    if act.sender not in pack.health_kinds:
        return
    if not act.released_by_holder:
        found.lack("not_released", "releaser")
    if pack.applies("L12", on):
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

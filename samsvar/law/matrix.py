"""The lawyer's table: who may tell whom on which basis, made by asking `assess` with nothing given and with all.

So the page, the guide and the answer at the keyboard cannot say different things.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from samsvar.law.assess import Act, Assessment, Consent, Outcome, Plan, Receiver, Weighing, assess
from samsvar.law.kinds import (
    AuthorityKind,
    Basis,
    Cooperation,
    InformationType,
    Labelled,
    PlanKind,
    Purpose,
    Regime,
    is_english,
)
from samsvar.law.packs import Pack
from samsvar.law.sentences import Duty, Need, Notice, Reason


class Answer(Labelled):
    """What a row of the table says."""

    MAY = "may", "ja", "yes"
    WHEN = "when", "når", "when"
    NO = "no", "nej", "no"


# What a row asks for, in a word or two; several needs of one basis are one condition.
_CONDITIONS = {
    "releaser": ("frigivet", "released"),
    "brought_in": ("inddraget", "brought in"),
    "consent": ("samtykke", "consent"),
    "own_sake": ("fem svar og en leder", "five answers and a leader"),
    "treating": ("behandler borgeren", "treats the citizen"),
    "plan": ("med i planen", "in the plan"),
    "child": ("bekymring for et barn", "concern for a child"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `needs` are what a WHEN asks for; `change` is the number of a lawyer's change, if any."""

    cooperation: Cooperation
    sender: AuthorityKind
    receiver: AuthorityKind
    basis: Basis
    regime: Regime
    purpose: Purpose
    answer: Answer
    rule: str
    reasons: tuple[Reason, ...]
    needs: tuple[Need, ...]
    duties: tuple[Duty, ...]
    notices: tuple[Notice, ...]
    change: int | None

    def conditions(self, lang: str | None = "da") -> str:
        """What it asks for, in a few words; empty unless the answer is WHEN."""
        words = [_CONDITIONS[need.key][is_english(lang)] for need in self.needs if need.key in _CONDITIONS]
        return ", ".join(dict.fromkeys(words))

    def short(self, lang: str | None = "da") -> str:
        """The answer in a cell: "ja", "når: samtykke", "nej"."""
        word = self.answer.label(lang)
        return f"{word}: {self.conditions(lang)}" if self.answer is Answer.WHEN else word


def example(
    pack: Pack,
    on: date,
    cooperation: Cooperation,
    sender: AuthorityKind,
    receiver: AuthorityKind,
    basis: Basis,
    regime: Regime,
    purpose: Purpose,
) -> Act:
    """A disclosure with nothing wrong with it, and nothing given yet of what its basis asks for."""
    ground = pack.bases.get(basis)
    types = [kind for kind in InformationType if ground is None or kind in ground.types]
    return Act(
        cooperation=cooperation,
        sender=sender,
        receivers=(Receiver(receiver, party=True, key="receiver", own=sender is receiver),),
        purpose=purpose.value,
        necessity="Det er nødvendigt i sagen.",
        information_types=(types[0],),
        on=on,
        basis=basis,
        sender_regime=regime,
    )


def with_everything(act: Act) -> Act:
    """The same act with everything given that any basis can ask for: consent, leader, plan, release and the rest."""
    return replace(
        act,
        receivers=tuple(replace(one, brought_in=True, treats=True, in_plan=True) for one in act.receivers),
        released_by_holder=True,
        sender_brought_in=True,
        consent=Consent(
            act.on,
            frozenset(one.key or one.name for one in act.receivers),
            frozenset(act.information_types),
            frozenset({act.purpose}),
        ),
        weighing=Weighing("ja", "ja", "ja", "ja", "en leder"),
        plan=Plan(PlanKind.COORDINATION, agreed_on=act.on),
        child_at_risk=True,
    )


def row(
    pack: Pack,
    on: date,
    cooperation: Cooperation,
    sender: AuthorityKind,
    receiver: AuthorityKind,
    basis: Basis,
    regime: Regime,
    purpose: Purpose,
) -> Row:
    """One row of the table on a day, under a pack."""
    act = example(pack, on, cooperation, sender, receiver, basis, regime, purpose)
    bare, whole = assess(act, pack), assess(with_everything(act), pack)
    change = pack.changed(basis, cooperation, sender, receiver, purpose.value, regime)
    answer = _answer(bare, whole)
    shown = whole if answer is Answer.NO else bare
    return Row(
        cooperation,
        sender,
        receiver,
        basis,
        regime,
        purpose,
        answer,
        shown.rule,
        (bare if answer is Answer.WHEN else whole).reasons,
        bare.needs if answer is Answer.WHEN else (),
        () if answer is Answer.NO else whole.duties,
        whole.warnings,
        change.number if change else None,
    )


def _answer(bare: Assessment, whole: Assessment) -> Answer:
    if whole.outcome is not Outcome.MAY:
        return Answer.NO
    return Answer.MAY if bare.outcome is Outcome.MAY else Answer.WHEN


def grid(
    pack: Pack,
    on: date,
    cooperation: Cooperation,
    basis: Basis,
    purpose: Purpose = Purpose.HELP,
    regime: Regime | None = None,
    sender: AuthorityKind | None = None,
    receiver: AuthorityKind | None = None,
) -> list[tuple[AuthorityKind, list[Row]]]:
    """Senders with their rows, one for each receiver. Without a regime each sender works under the usual one (L9)."""
    senders = [sender] if sender else list(AuthorityKind)
    receivers = [receiver] if receiver else list(AuthorityKind)
    return [
        (one, [row(pack, on, cooperation, one, to, basis, regime or pack.regime_of(one), purpose) for to in receivers])
        for one in senders
    ]


def combinations() -> Iterator[tuple[Cooperation, AuthorityKind, AuthorityKind, Basis, Regime, Purpose]]:
    """Every row that the table can have."""
    for cooperation in Cooperation:
        for sender in AuthorityKind:
            for receiver in AuthorityKind:
                for basis in Basis:
                    for regime in Regime:
                        for purpose in Purpose:
                            yield cooperation, sender, receiver, basis, regime, purpose

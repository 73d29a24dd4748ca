"""The report's legal chapter: every rule has its place in the program, and 2009 answers as it was written there."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest

from samsvar.law import guide, packs
from samsvar.law.assess import Act, Consent, Outcome, Plan, Receiver, Weighing, assess, may_decline
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, InformationType, PlanKind, Purpose
from samsvar.law.report import Way, report_rules
from samsvar.law.warnings import suspicious

# The numbers that 000-psp chapter 4 gives: 4.1, 4.2, 4.3, 4.4, 4.5, 4.6.
NUMBERS = [*range(1, 13), *range(20, 35), *range(40, 55), *range(60, 69), *range(70, 75), *range(80, 90)]
DAY = date(2010, 5, 4)
POLICE, SOCIAL, WARD, DOCTOR, HOUSING, PRIVATE, SHELTER = (
    AuthorityKind.POLICE,
    AuthorityKind.SOCIAL,
    AuthorityKind.PSYCHIATRY,
    AuthorityKind.PRACTICE,
    AuthorityKind.HOUSING,
    AuthorityKind.PRIVATE,
    AuthorityKind.SELF_OWNING,
)


def to(*kinds: AuthorityKind, **facts) -> tuple[Receiver, ...]:
    """Receivers of these kinds, party to the case unless told."""
    return tuple(Receiver(kind, **{"party": True, "key": kind.value, **facts}) for kind in kinds)


def act(sender: AuthorityKind, receivers: tuple[Receiver, ...], **facts) -> Act:
    """One disclosure in 2010 with nothing else wrong with it."""
    return Act(
        **{
            "cooperation": Cooperation.PSP,
            "sender": sender,
            "receivers": receivers,
            "purpose": "help",
            "necessity": "Borgeren er ved at miste sin bolig.",
            "information_types": (InformationType.SOCIAL,),
            "on": DAY,
            **facts,
        }
    )


YES = Consent(DAY, frozenset({"practice"}), frozenset({InformationType.SOCIAL}), frozenset({"help"}))
FIVE = Weighing("For hendes skyld.", "Netop nu.", "Livet er i fare.", "Hun kan ikke svare.", "Leder Madsen")
MAY, MAY_NOT, NEEDS = Outcome.MAY, Outcome.MAY_NOT, Outcome.NEEDS
to_doctor = act(SOCIAL, to(DOCTOR))
from_ward = act(WARD, to(SOCIAL), released_by_holder=True)


def rule(number: int, disclosure: Act, outcome: Outcome, found: str) -> object:
    """One rule of the report as a case."""
    key = f"LR-000-{number}"
    return pytest.param(disclosure, outcome, found, id=f"{key}-{outcome.value}-{found}", marks=pytest.mark.req(key))


RULES = [
    rule(2, act(POLICE, to(SOCIAL, WARD)), MAY, "L1"),
    rule(3, act(SOCIAL, to(POLICE, WARD)), MAY, "L1"),
    rule(4, act(SOCIAL, to(POLICE), purpose="efterforskning af straffesager"), MAY_NOT, "L5"),
    rule(5, act(POLICE, to(SHELTER)), NEEDS, "L3"),
    rule(5, act(POLICE, to(SHELTER, brought_in=True)), MAY, "L1"),
    rule(5, act(SHELTER, to(POLICE), sender_brought_in=True), MAY, "L1"),
    rule(7, to_doctor, NEEDS, "L7"),
    rule(7, act(POLICE, to(HOUSING)), NEEDS, "L7"),
    rule(7, act(POLICE, to(PRIVATE)), NEEDS, "L7"),
    rule(9, act(POLICE, to(SOCIAL), purpose="clarify"), MAY, "L1"),
    rule(11, act(POLICE, to(SOCIAL), necessity=""), NEEDS, "L4"),
    rule(20, replace(to_doctor, basis=Basis.NONE), MAY_NOT, "L29"),
    rule(22, act(POLICE, to(SOCIAL), basis=Basis.NONE), MAY_NOT, "L29"),
    rule(23, replace(to_doctor, basis=Basis.CONSENT, consent=YES), MAY, "L10"),
    rule(24, act(WARD, to(SOCIAL), basis=Basis.DUTY, child_at_risk=True), MAY, "L24"),
    rule(25, replace(to_doctor, basis=Basis.OVERRIDING, weighing=FIVE), MAY, "L8"),
    rule(28, replace(to_doctor, basis=Basis.CONSENT, consent=replace(YES, written=False)), NEEDS, "L10"),
    rule(28, replace(to_doctor, basis=Basis.CONSENT, consent=replace(YES, receivers=frozenset())), NEEDS, "L10"),
    rule(29, replace(to_doctor, basis=Basis.CONSENT, consent=YES, on=date(2011, 5, 5)), NEEDS, "L10"),
    rule(29, replace(to_doctor, basis=Basis.CONSENT, consent=YES, on=date(2011, 5, 4)), MAY, "L10"),
    rule(30, act(SOCIAL, to(SOCIAL), basis=Basis.OWN), NEEDS, "L28"),
    rule(45, replace(from_ward, released_by_holder=False, information_types=(InformationType.HEALTH,)), NEEDS, "L11"),
    rule(48, replace(to_doctor, basis=Basis.NONE), MAY_NOT, "L29"),
    rule(48, replace(to_doctor, basis=Basis.OVERRIDING, weighing=FIVE), MAY, "L8"),
    rule(61, replace(from_ward, basis=Basis.TREATMENT, receivers=to(DOCTOR, treats=True)), MAY, "L30"),
    rule(
        62, replace(from_ward, basis=Basis.TREATMENT, receivers=to(DOCTOR, treats=True), opted_out=True), MAY_NOT, "L30"
    ),
    rule(63, replace(from_ward, released_by_holder=False), NEEDS, "L11"),
    rule(64, replace(from_ward, receivers=to(DOCTOR), basis=Basis.OVERRIDING, weighing=FIVE), MAY, "L8"),
    rule(64, replace(from_ward, receivers=to(DOCTOR), basis=Basis.OVERRIDING), NEEDS, "L8"),
    rule(66, replace(from_ward, receivers=to(DOCTOR), basis=Basis.CONSENT, consent=YES), MAY, "L10"),
    rule(74, replace(from_ward, basis=Basis.PLAN), NEEDS, "L13"),
    rule(
        74,
        replace(
            from_ward,
            basis=Basis.PLAN,
            plan=Plan(PlanKind.DISCHARGE, agreed_on=DAY),
            receivers=to(SOCIAL, in_plan=True),
        ),
        MAY,
        "L13",
    ),
    *(
        rule(number, replace(to_doctor, basis=Basis.OVERRIDING, weighing=replace(FIVE, **{question: ""})), NEEDS, "L8")
        for number, question in (
            (80, "own_sake"),
            (81, "concrete"),
            (82, "leader"),
            (83, "outweighs"),
            (84, "consent_tried"),
        )
    ),
    rule(85, replace(to_doctor, basis=Basis.OVERRIDING, weighing=FIVE, recurring=True), MAY_NOT, "L8"),
    rule(86, replace(from_ward, recurring=True), MAY_NOT, "L8"),
]


@pytest.mark.parametrize(("disclosure", "outcome", "found"), RULES)
def test_the_2009_wording_answers_as_the_report_says(disclosure, outcome, found):
    answer = assess(disclosure)
    assert (answer.outcome, answer.rule) == (outcome, found)
    assert answer.pack == "dk-2009 2009.1"


VIGNETTES = [
    # The police find somebody who cannot consent: psychiatry and the municipality may both be told.
    ("V-02", act(POLICE, to(SOCIAL, WARD)), MAY, "L1"),
    ("V-06", act(WARD, to(POLICE), purpose="acute", released_by_holder=True), MAY, "L1"),
    ("V-08", act(HOUSING, to(SOCIAL), basis=Basis.NONE), MAY, "L7"),
    ("V-10", act(POLICE, to(SOCIAL), purpose="safety", information_types=(InformationType.DANGER,)), MAY, "L1"),
    ("V-12", act(POLICE, to(SOCIAL, WARD), purpose="acute", information_types=(InformationType.CHILDREN,)), MAY, "L1"),
    ("V-14", act(POLICE, to(SOCIAL)), MAY, "L1"),
    ("V-23", to_doctor, NEEDS, "L7"),
    ("V-23", replace(to_doctor, basis=Basis.OVERRIDING, weighing=FIVE), MAY, "L8"),
    ("V-25", act(POLICE, to(SOCIAL), anonymous=True, information_types=(), necessity=""), MAY, "L4"),
    ("V-28", act(WARD, to(POLICE), purpose="efterforskning", released_by_holder=True), MAY_NOT, "L5"),
    ("V-29", act(POLICE, to(SOCIAL), purpose="clarify"), MAY, "L1"),
    ("V-32", act(SOCIAL, to(HOUSING)), NEEDS, "L7"),
    ("V-33", act(WARD, to(SOCIAL), information_types=(InformationType.HEALTH,)), NEEDS, "L11"),
    ("V-33", replace(from_ward, information_types=(InformationType.HEALTH,)), MAY, "L1"),
    ("V-37", act(POLICE, to(WARD), on=date(2006, 6, 1)), NEEDS, "L1"),
]


@pytest.mark.parametrize(("vignette", "disclosure", "outcome", "found"), VIGNETTES)
def test_the_vignettes_are_answered_as_they_went(vignette, disclosure, outcome, found):
    answer = assess(disclosure)
    assert (answer.outcome, answer.rule) == (outcome, found), vignette


@pytest.mark.req("LR-000-6", "LR-000-10", "LR-000-21", "LR-000-65")
def test_the_duties_of_the_report_follow():
    told = {duty.key for duty in assess(from_ward).duties}
    assert "tell_citizen" in told  # LR-000-65
    letter = assess(replace(to_doctor, basis=Basis.CONSENT, consent=YES))
    assert "offer_secrecy_order" in {duty.key for duty in letter.duties}  # LR-000-21
    assert may_decline(DAY).rule == "L6"  # LR-000-6, LR-000-10
    assert "nothing_back" in {d.key for d in assess(act(HOUSING, to(SOCIAL), basis=Basis.NONE)).duties}  # V-32


@pytest.mark.req("LR-000-12")
def test_the_word_is_deprived_of_liberty():
    assert [notice.key for notice in suspicious("Han blev anholdt i går")] == ["detained_word"]
    assert suspicious("Han blev frihedsberøvet i går") == ()


def test_every_rule_of_the_chapter_is_in_the_table_once():
    assert [one.id for one in report_rules()] == [f"LR-000-{number}" for number in NUMBERS]


@pytest.mark.parametrize("one", report_rules(), ids=lambda one: one.id)
def test_each_rule_is_where_the_table_says(one):
    assert all((one.text("da").strip(), one.text("en").strip()))
    assert one.text("da") != one.text("en")
    if one.rule:
        assert one.way is Way.SHOWS
        assert all(one.rule in pack.rules for pack in packs.available())
        return
    parts = one.place.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        break
    for name in parts[cut:]:
        found = getattr(found, name)
    assert found is not None


def test_the_guide_is_the_one_these_rules_print():
    assert guide.GUIDE.read_text(encoding="utf-8") == guide.guide(), "run python -m samsvar.law.guide"


def test_the_guide_tells_every_rule_and_what_is_not_checked():
    text = guide.guide()
    for pack in packs.available():
        assert pack.stamp in text
    assert all(f"| {one.id} |" in text for one in report_rules())
    assert "ikke efterprøvet" in text
    assert "kladde, ikke godkendt" in text


def test_purposes_of_2009_are_those_of_today():
    assert all(assess(act(POLICE, to(SOCIAL), purpose=purpose)).allowed for purpose in Purpose)

"""What a person who is about to tell something is answered, and why."""

import ast
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samsvar.law
from samsvar.law import packs
from samsvar.law.assess import Act, Outcome, Receiver, assess, existence_answer, may_decline, meets_target_group
from samsvar.law.kinds import AuthorityKind, Cooperation, InformationType, Purpose, Regime
from samsvar.law.sentences import Duty, Need, Notice, Reason

POLICE, SOCIAL, HOUSING, WARD = (
    AuthorityKind.POLICE,
    AuthorityKind.SOCIAL,
    AuthorityKind.HOUSING,
    AuthorityKind.PSYCHIATRY,
)
PLAIN = Act(
    cooperation=Cooperation.PSP,
    sender=POLICE,
    receivers=(Receiver(SOCIAL, party=True, name="Søndersø Kommune"),),
    purpose=Purpose.HELP,
    necessity="Borgeren sover på gaden i frost, og kommunen kan skaffe en plads.",
    information_types=(InformationType.CONCERN,),
    on=date(2026, 3, 2),
)


def keys(sentences):
    """The keys of what was said."""
    return [sentence.key for sentence in sentences]


@pytest.mark.req("R-000-108")
def test_police_may_tell_the_municipality_what_is_necessary_without_consent():
    answer = assess(PLAIN)
    assert (answer.outcome, answer.rule, answer.pack) == (Outcome.MAY, "L1", "dk-2026 2026.1")
    assert answer.allowed
    assert answer.warnings == ()
    assert answer.explain("da") == (
        "Myndighederne er med i samarbejdet og må fortælle hinanden det, der er nødvendigt."
    )
    assert answer.explain("en-gb").startswith("The authorities are part of the cooperation")


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "-", "...", "\u200b", "\x00", "123"])
@pytest.mark.req("LR-000-27", "R-003-55")
def test_a_reason_must_be_written(blank):
    answer = assess(replace(PLAIN, necessity=blank))
    assert (answer.outcome, answer.rule, keys(answer.needs)) == (Outcome.NEEDS, "L4", ["necessity"])


@pytest.mark.parametrize(("earlier", "warned"), [(0, False), (2, False), (3, True), (50, True)])
def test_the_same_reason_many_times_warns_and_does_not_stop(earlier, warned):
    answer = assess(replace(PLAIN, earlier_same_necessity=earlier))
    assert answer.outcome is Outcome.MAY
    assert ("same_necessity" in keys(answer.warnings)) is warned


@pytest.mark.req("R-000-98")
def test_a_reason_that_smells_of_investigation_or_carries_a_number_warns():
    answer = assess(replace(PLAIN, necessity="Til brug for efterforskningen mod 610101-1234"))
    assert (answer.outcome, keys(answer.warnings)) == (Outcome.MAY, ["investigation_word", "cpr"])


@pytest.mark.req("R-000-102")
def test_the_duty_to_tell_ends_when_a_lawyer_ends_it(monkeypatch):
    text = (packs.DATA / "dk-2026.toml").read_text(encoding="utf-8")
    pack = packs.parse(text.replace('id = "L12"', 'id = "L12"\nin_force_to = 2026-06-30'))
    monkeypatch.setattr(packs, "available", lambda: (pack,))
    ward = replace(PLAIN, sender=WARD, released_by_holder=True, on=date(2026, 6, 30))
    assert keys(assess(ward).duties) == ["tell_citizen"]
    assert keys(assess(replace(ward, on=date(2026, 7, 1))).duties) == []


@pytest.mark.req("R-000-97")
def test_what_and_to_whom_must_be_said():
    answer = assess(replace(PLAIN, receivers=(), information_types=()))
    assert answer.outcome is Outcome.NEEDS
    assert set(keys(answer.needs)) == {"receivers", "information"}


def test_a_purpose_not_chosen_yet_is_a_question_not_a_no():
    answer = assess(replace(PLAIN, purpose=" "))
    assert (answer.outcome, answer.rule, keys(answer.needs)) == (Outcome.NEEDS, "L5", ["purpose"])


@pytest.mark.req("LR-000-40")
def test_the_purposes_hold_no_investigation():
    assert {purpose.value for purpose in Purpose} == {"clarify", "help", "acute", "follow_up", "safety", "handover"}


def test_a_receiver_that_is_no_party_gets_nothing():
    answer = assess(replace(PLAIN, receivers=(*PLAIN.receivers, Receiver(WARD, party=False, name="Distrikt Nord"))))
    assert (answer.outcome, answer.rule, keys(answer.needs)) == (Outcome.NEEDS, "L1", ["party"])
    assert "Distrikt Nord" in answer.needs[0].text("da")


@pytest.mark.req("R-000-115")
def test_the_housing_association_needs_another_basis_and_may_be_put_under_secrecy():
    answer = assess(replace(PLAIN, receivers=(*PLAIN.receivers, Receiver(HOUSING, party=True, name="Bo{da}"))))
    assert (answer.outcome, answer.rule) == (Outcome.NEEDS, "L7")
    assert keys(answer.needs) == ["another_basis"]
    assert "offer_secrecy_order" in keys(answer.duties)
    assert answer.explain("da").startswith("Bo{da} er ikke dækket af § 115")


def test_a_self_owning_institution_may_get_and_give_once_it_is_brought_in():
    shelter = Receiver(AuthorityKind.SELF_OWNING, brought_in=True, name="Herberget")
    answer = assess(replace(PLAIN, receivers=(shelter,)))
    assert answer.outcome is Outcome.MAY
    assert keys(answer.reasons) == ["covered", "brought_in"]
    gives = replace(PLAIN, sender=AuthorityKind.SELF_OWNING, sender_brought_in=True)
    assert assess(gives).outcome is Outcome.MAY
    assert assess(replace(gives, sender_brought_in=False)).rule == "L3"


def test_being_brought_in_does_not_open_the_door_for_a_private_firm():
    firm = Receiver(AuthorityKind.PRIVATE, party=True, brought_in=True)
    assert assess(replace(PLAIN, receivers=(firm,))).rule == "L7"


@pytest.mark.req("R-000-101")
def test_nobody_but_the_holder_releases_what_psychiatry_knows():
    ward = replace(PLAIN, sender=WARD, receivers=(Receiver(POLICE, party=True),))
    answer = assess(ward)
    assert (answer.outcome, answer.rule, keys(answer.needs)) == (Outcome.NEEDS, "L11", ["releaser"])
    assert assess(replace(ward, released_by_holder=True)).outcome is Outcome.MAY


def test_releasing_is_no_way_round_the_other_rules():
    answer = assess(replace(PLAIN, sender=WARD, released_by_holder=True, receivers=(Receiver(HOUSING),)))
    assert (answer.outcome, answer.rule) == (Outcome.NEEDS, "L7")


def test_police_is_reminded_that_this_is_not_for_investigation():
    answer = assess(replace(PLAIN, sender=SOCIAL, receivers=(Receiver(POLICE, party=True),)))
    assert keys(answer.duties) == ["not_for_investigation"]


def test_a_kind_that_only_the_agreement_names_is_marked():
    answer = assess(replace(PLAIN, receivers=(Receiver(AuthorityKind.PROBATION, party=True),)))
    assert (answer.outcome, keys(answer.warnings)) == (Outcome.MAY, ["by_agreement"])


@pytest.mark.req("R-001-14")
def test_a_sentence_to_treatment_is_told_by_its_conditions():
    answer = assess(replace(PLAIN, information_types=(InformationType.TREATMENT_SENTENCE,)))
    assert (answer.outcome, keys(answer.warnings)) == (Outcome.MAY, ["conditions_only"])


@pytest.mark.req("R-000-113", "LR-000-47", "LR-000-49")
def test_no_kind_of_information_is_a_register_of_convictions():
    forbidden = ("conviction", "charge", "sentence_list", "race", "ethnic", "religion", "politic", "union")
    assert not [kind for kind in InformationType for word in forbidden if word in kind.value]


def test_all_that_is_missing_is_said_at_once():
    answer = assess(replace(PLAIN, sender=WARD, receivers=(Receiver(HOUSING),), necessity="", information_types=()))
    assert set(keys(answer.needs)) == {"another_basis", "releaser", "necessity", "information"}
    assert len(answer.reasons) == len(answer.needs)


def test_before_april_2009_there_is_no_such_door():
    answer = assess(replace(PLAIN, on=date(2009, 3, 31)))
    assert (answer.outcome, answer.pack) == (Outcome.NEEDS, "")
    assert assess(replace(PLAIN, on=date(2009, 4, 1))).pack == "dk-2009 2009.1"


@pytest.mark.req("R-000-99")
@pytest.mark.parametrize("on", [date(2009, 4, 1), date(2026, 1, 1), date(1, 1, 1)])
def test_declining_is_always_allowed_and_needs_nothing(on):
    answer = may_decline(on)
    assert (answer.outcome, answer.rule, answer.needs, answer.duties) == (Outcome.MAY, "L6", (), ())


def test_the_answer_about_existence_is_neutral():
    assert existence_answer("da") == "Vi giver besked til dem, det måtte vedrøre."
    assert existence_answer("en") == "We let those know whom it may concern."


@pytest.mark.req("R-001-12")
@pytest.mark.parametrize(
    ("traits", "own", "met"),
    [((), "", False), ((" ",), " - ", False), (("invisible",), "", True), ((), "Naboerne er bange", True)],
)
def test_a_case_needs_one_trait_or_the_groups_own_reason(traits, own, met):
    assert meets_target_group(traits, own) is met


kinds = st.sampled_from(AuthorityKind)
acts = st.builds(
    Act,
    cooperation=st.sampled_from(Cooperation),
    sender=kinds,
    receivers=st.lists(
        st.builds(Receiver, kind=kinds, party=st.booleans(), brought_in=st.booleans(), name=st.text(max_size=20)),
        max_size=4,
    ).map(tuple),
    purpose=st.one_of(st.sampled_from(Purpose), st.text()),
    necessity=st.text(),
    information_types=st.lists(st.sampled_from(InformationType), max_size=4).map(tuple),
    on=st.one_of(st.dates(), st.datetimes()),
    released_by_holder=st.booleans(),
    sender_brought_in=st.booleans(),
    earlier_same_necessity=st.integers(),
)


@given(acts)
@settings(max_examples=400)
def test_every_act_gets_one_answer_with_a_reason_in_both_languages(act):
    answer = assess(act)
    assert answer == assess(act)
    assert answer.reasons
    assert answer.rule == answer.reasons[0].rule
    assert bool(answer.needs) == (answer.outcome is Outcome.NEEDS)
    for said in (*answer.reasons, *answer.needs, *answer.duties, *answer.warnings):
        assert said.text("da").strip()
        assert said.text("en").strip()
        assert said.text("da") != said.text("en")


@given(acts)
@settings(max_examples=400)
def test_the_door_opens_for_nothing_less_than_the_whole(act):
    if assess(act).allowed:
        assert act.purpose in set(Purpose)
        assert act.necessity.strip()
        assert act.information_types
        assert act.receivers
        assert all(receiver.party or receiver.brought_in for receiver in act.receivers)
        assert {act.sender, *(receiver.kind for receiver in act.receivers)}.isdisjoint(
            {AuthorityKind.PRACTICE, AuthorityKind.HOUSING, AuthorityKind.PRIVATE}
        )
        assert act.released_by_holder or act.sender not in {WARD, AuthorityKind.FORENSIC_PSYCHIATRY}
        assert act.on.isoformat()[:10] >= "2009-04-01"


@given(acts, kinds)
@settings(max_examples=200)
def test_one_more_receiver_never_turns_a_no_into_a_yes(act, kind):
    wider = replace(act, receivers=(*act.receivers, Receiver(kind)))
    if act.receivers and not assess(act).allowed:
        assert not assess(wider).allowed


def test_the_answer_and_the_question_cannot_be_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        PLAIN.purpose = "investigation"
    with pytest.raises(FrozenInstanceError):
        assess(PLAIN).outcome = Outcome.MAY


def test_a_point_in_time_counts_as_its_day():
    assert assess(replace(PLAIN, on=datetime(2026, 1, 1, 0, 5))).pack == "dk-2026 2026.1"


def test_the_law_asks_no_clock_and_no_framework():
    for path in Path(samsvar.law.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert called.isdisjoint({"now", "today", "utcnow", "environ", "random"}), path.name
    code = "import sys, samsvar.law.assess; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


@pytest.mark.parametrize("words", [AuthorityKind, Regime, Cooperation, Purpose, InformationType])
def test_every_choice_has_a_danish_and_an_english_word(words):
    for lang in ("da", "en"):
        labels = [label for _, label in words.choices(lang)]
        assert all(labels)
        assert len(set(labels)) == len(labels)
    assert words(next(iter(words)).value).label("en") == next(iter(words)).en


@pytest.mark.parametrize("kind", [Reason, Need, Duty, Notice])
def test_every_sentence_fills_its_gaps_and_speaks_two_languages(kind):
    for key in kind.vocabulary:
        said = kind.say(key, who_da="Herberget", who_en="the shelter", found="ordet")
        assert said.text("da") != said.text("en")
        assert "{" not in said.text("da") + said.text("en")
        assert said.text("da").endswith((".", "?"))
        assert said.text("en").endswith((".", "?"))

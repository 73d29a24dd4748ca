"""Every basis besides the cooperation itself: what carries it, what it asks for, and where it ends."""

from dataclasses import replace
from datetime import date

import pytest

from samsvar.law import packs
from samsvar.law.assess import Act, Consent, Outcome, Plan, Receiver, Weighing, assess, bases_for, months_after
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, InformationType, PlanKind, Purpose, Regime
from samsvar.law.matrix import Answer, combinations, example, grid, row, with_everything
from samsvar.law.packs import CellChange, PackError, RuleChange, Status

DAY = date(2026, 3, 2)
DOCTOR = Receiver(AuthorityKind.PRACTICE, name="Lægehuset", key="doctor")
TO_DOCTOR = Act(
    cooperation=Cooperation.PSP,
    sender=AuthorityKind.SOCIAL,
    receivers=(DOCTOR,),
    purpose=Purpose.HELP,
    necessity="Lægen skal kende til, at medicinen er stoppet.",
    information_types=(InformationType.HEALTH,),
    on=DAY,
)
YES = Consent(
    given_on=date(2026, 2, 1),
    receivers=frozenset({"doctor"}),
    information_types=frozenset({InformationType.HEALTH}),
    purposes=frozenset({"help"}),
)
BY_CONSENT = replace(TO_DOCTOR, basis=Basis.CONSENT, consent=YES)
WEIGHED = Weighing("Hun sulter.", "Hun har ikke spist i fire dage.", "Livet er i fare.", "Hun svarer ikke.", "A. Leder")
BY_LEADER = replace(TO_DOCTOR, basis=Basis.OVERRIDING, weighing=WEIGHED)
PACKS = {pack.id: pack for pack in packs.available()}


def keys(sentences):
    """The keys of what was said."""
    return [sentence.key for sentence in sentences]


@pytest.fixture(scope="module", params=PACKS, ids=str)
def table(request):
    """Every row of the lawyer's table under one pack, with both answers behind it."""
    pack = PACKS[request.param]
    return pack, [
        (combination, assess(act, pack), assess(with_everything(act), pack))
        for combination in combinations()
        for act in [example(pack, pack.in_force_from, *combination)]
    ]


@pytest.mark.req("R-000-105")
def test_every_combination_has_one_answer_that_is_explained_in_both_languages(table):
    pack, rows = table
    assert len(rows) == 3 * 10 * 10 * 9 * 2 * 6
    for combination, bare, whole in rows:
        for answer in (bare, whole):
            assert answer.reasons, combination
            assert answer.rule in pack.rules, combination
            assert answer.pack == pack.stamp
            assert bool(answer.needs) == (answer.outcome is Outcome.NEEDS), combination
            for said in (*answer.reasons, *answer.needs, *answer.duties, *answer.warnings):
                assert all((said.text_da.strip(), said.text_en.strip())), combination
                assert said.text_da != said.text_en, combination
                assert said.rule in pack.rules, (combination, said.key)


def test_having_more_never_turns_a_yes_into_a_no(table):
    for combination, bare, whole in table[1]:
        if bare.allowed:
            assert whole.allowed, combination


def test_a_no_that_cannot_be_mended_is_known_as_such_before_anything_is_typed(table):
    """What is proposed at the keyboard is what could be; the rest of the bases is not offered."""
    for combination, bare, whole in table[1]:
        assert bare.shut == (not whole.allowed), combination


def test_without_a_basis_nothing_passes_but_what_a_neighbour_has_seen(table):
    pack, rows = table
    for (_, sender, _, basis, _, _), bare, _ in rows:
        if basis is Basis.NONE:
            expected = Outcome.MAY if sender in pack.free_senders else Outcome.MAY_NOT
            assert bare.outcome is expected, sender


@pytest.mark.req("R-000-101")
def test_health_never_passes_unreleased_but_for_a_child_and_at_home(table):
    pack, rows = table
    for (_, sender, _, basis, _, _), bare, _ in rows:
        if sender in pack.health_kinds and basis not in (Basis.OWN, Basis.DUTY):
            assert not bare.allowed


@pytest.mark.req("R-000-107")
def test_a_consent_carries_what_it_names():
    answer = assess(BY_CONSENT)
    assert (answer.outcome, answer.rule, answer.basis) == (Outcome.MAY, "L10", Basis.CONSENT)
    assert keys(answer.duties) == ["offer_secrecy_order"]


@pytest.mark.req("R-000-107")
@pytest.mark.parametrize(
    ("consent", "need"),
    [
        (None, "consent"),
        (replace(YES, withdrawn_on=DAY), "consent"),
        (replace(YES, given_on=date(2025, 3, 1)), "consent"),
        (replace(YES, valid_to=date(2026, 3, 1)), "consent"),
        (replace(YES, given_on=date(2026, 3, 3)), "consent"),
        (replace(YES, informed=False), "consent"),
        (replace(YES, all_givers=False), "consent"),
        (replace(YES, receivers=frozenset({"somebody else"})), "wider_consent"),
        (replace(YES, information_types=frozenset({InformationType.HOUSING})), "wider_consent"),
        (replace(YES, purposes=frozenset({"acute"})), "wider_consent"),
    ],
)
def test_a_consent_that_is_short_of_it_does_not(consent, need):
    answer = assess(replace(BY_CONSENT, consent=consent))
    assert (answer.outcome, answer.rule, keys(answer.needs)) == (Outcome.NEEDS, "L10", [need])


@pytest.mark.parametrize(("given", "last"), [((2025, 3, 2), (2026, 3, 2)), ((2028, 2, 29), (2029, 2, 28))])
def test_a_consent_lapses_after_a_year_to_the_day(given, last):
    last = date(*last)
    on_last = replace(BY_CONSENT, consent=replace(YES, given_on=date(*given)), on=last)
    assert assess(on_last, PACKS["dk-2026"]).allowed
    day_after = replace(on_last, on=date.fromordinal(last.toordinal() + 1))
    assert keys(assess(day_after, PACKS["dk-2026"]).reasons) == ["consent_lapsed"]
    # A longer life cannot be given to it.
    long = replace(day_after, consent=replace(day_after.consent, valid_to=date(2099, 1, 1)))
    assert not assess(long, PACKS["dk-2026"]).allowed


def test_months_end_where_the_calendar_does():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(9999, 12, 31), 12) == date.max


def test_writing_was_asked_for_in_2009_and_can_be_waived_for_cause():
    oral = replace(BY_CONSENT, on=date(2009, 6, 1), consent=replace(YES, given_on=date(2009, 5, 1), written=False))
    assert keys(assess(oral).needs) == ["consent_form"]
    waived = replace(oral, consent=replace(oral.consent, why_not_written="Kan ikke holde på en pen."))
    assert assess(waived).allowed
    assert assess(replace(BY_CONSENT, consent=replace(YES, written=False))).allowed


@pytest.mark.req("R-000-109")
def test_a_consent_taken_by_police_asks_whether_it_was_free():
    answer = assess(replace(BY_CONSENT, consent=replace(YES, taken_by_police=True)))
    assert answer.allowed
    assert "consent_from_police" in keys(answer.warnings)


@pytest.mark.req("R-000-103")
@pytest.mark.parametrize("question", ["own_sake", "concrete", "outweighs", "consent_tried", "leader"])
@pytest.mark.parametrize("blank", ["", "  ", "-", "..."])
def test_overriding_interest_wants_five_answers_and_a_leaders_name(question, blank):
    assert assess(BY_LEADER).rule == "L8"
    assert assess(BY_LEADER).allowed
    answer = assess(replace(BY_LEADER, weighing=replace(WEIGHED, **{question: blank})))
    assert (answer.outcome, answer.rule, keys(answer.needs)) == (Outcome.NEEDS, "L8", [question])


@pytest.mark.req("R-000-104")
@pytest.mark.parametrize("basis", [basis for basis in Basis if basis not in (Basis.OWN, Basis.NONE)])
def test_nothing_passes_by_itself_on_any_basis(basis):
    act = with_everything(
        example(
            PACKS["dk-2026"],
            DAY,
            Cooperation.PSP,
            AuthorityKind.PSYCHIATRY,
            AuthorityKind.SOCIAL,
            basis,
            Regime.GDPR,
            Purpose.ACUTE,
        )
    )
    answer = assess(replace(act, recurring=True))
    assert (answer.outcome, keys(answer.reasons)) == (Outcome.MAY_NOT, ["routine"])


@pytest.mark.req("R-000-99")
def test_the_duty_to_answer_is_said_only_beside_another_basis_than_115():
    assert "on_request" in keys(assess(BY_LEADER).warnings)
    assert "on_request" in keys(assess(BY_CONSENT).warnings)
    within = replace(TO_DOCTOR, receivers=(Receiver(AuthorityKind.POLICE, party=True),))
    assert assess(within).allowed
    assert "on_request" not in keys(assess(within).warnings)


@pytest.mark.req("R-000-102")
def test_the_citizen_is_told_where_a_health_professional_went_without_consent():
    ward = replace(BY_LEADER, sender=AuthorityKind.PSYCHIATRY, released_by_holder=True)
    assert "tell_citizen" in keys(assess(ward).duties)
    asked = replace(ward, basis=Basis.CONSENT, consent=YES)
    assert "tell_citizen" not in keys(assess(asked).duties)
    assert "note_consent" in keys(assess(asked).duties)


def test_treatment_is_for_those_who_treat_and_ends_with_a_no():
    card = (InformationType.RESPONSIBILITY,)
    treats = replace(
        TO_DOCTOR,
        sender=AuthorityKind.PSYCHIATRY,
        basis=Basis.TREATMENT,
        receivers=(replace(DOCTOR, treats=True),),
        information_types=card,
        released_by_holder=True,
    )
    assert assess(treats).allowed
    assert keys(assess(replace(treats, receivers=(DOCTOR,))).needs) == ["treating"]
    assert assess(replace(treats, opted_out=True)).outcome is Outcome.MAY_NOT
    assert assess(replace(treats, sender=AuthorityKind.SOCIAL)).shut
    # The tovholder's card at most, and never what stands in a journal.
    assert keys(assess(replace(treats, information_types=(InformationType.HEALTH,))).needs) == ["less"]


def test_a_plan_carries_only_while_it_holds_and_only_to_those_in_it():
    plan = Plan(PlanKind.COORDINATION, agreed_on=date(2026, 1, 1))
    act = replace(TO_DOCTOR, basis=Basis.PLAN, plan=plan, receivers=(replace(DOCTOR, in_plan=True),))
    assert assess(act).rule == "L13"
    assert assess(act).allowed
    assert keys(assess(replace(act, plan=None)).needs) == ["plan"]
    assert keys(assess(replace(act, plan=replace(plan, ended_on=date(2026, 3, 1)))).needs) == ["plan"]
    assert keys(assess(replace(act, receivers=(DOCTOR,))).needs) == ["in_plan"]
    assert assess(replace(act, plan=Plan(PlanKind.DISCHARGE, being_made=True))).allowed


def test_another_department_is_another_authority():
    home = replace(TO_DOCTOR, basis=Basis.OWN, receivers=(Receiver(AuthorityKind.SOCIAL, own=True),))
    assert assess(home).rule == "L17"
    assert assess(home).allowed
    other = assess(replace(home, receivers=(Receiver(AuthorityKind.SOCIAL, party=True, name="Jobcentret"),)))
    assert (other.rule, other.shut) == ("L28", True)


def test_a_child_is_told_about_whatever_the_adults_say():
    act = replace(
        TO_DOCTOR,
        sender=AuthorityKind.PSYCHIATRY,
        basis=Basis.DUTY,
        receivers=(Receiver(AuthorityKind.SOCIAL),),
        child_at_risk=True,
        said_no=True,
    )
    answer = assess(act)
    assert (answer.outcome, answer.rule, keys(answer.duties)) == (Outcome.MAY, "L24", ["must_notify"])
    assert "said_no" not in keys(answer.warnings)
    assert keys(assess(replace(act, child_at_risk=False)).needs) == ["child"]


def test_the_joint_call_out_waits_for_a_lawyer():
    act = replace(
        TO_DOCTOR,
        basis=Basis.CALL_OUT,
        purpose=Purpose.ACUTE,
        receivers=(Receiver(AuthorityKind.POLICE, party=True),),
    )
    assert (assess(act).rule, assess(act).shut) == ("L14", True)
    on = PACKS["dk-2026"].amended([RuleChange(1, "L14", since=DAY, on=True, status=Status.VERIFIED)], DAY)
    assert assess(act, on).allowed


def test_the_citizens_no_is_seen_and_does_not_decide():
    within = replace(TO_DOCTOR, receivers=(Receiver(AuthorityKind.POLICE, party=True),), said_no=True)
    assert assess(within).allowed
    assert "said_no" in keys(assess(within).warnings)


def test_two_regimes_are_told_apart_once_they_are_known():
    police = Receiver(AuthorityKind.POLICE, party=True, regime=Regime.RHL)
    act = replace(TO_DOCTOR, receivers=(police,), sender_regime=Regime.GDPR)
    assert "other_regime" in keys(assess(act).warnings)
    assert "other_regime" not in keys(assess(replace(act, sender_regime=Regime.RHL)).warnings)


def test_what_could_carry_it_is_proposed_with_115_first_and_what_carries_it_now_before_all():
    within = replace(TO_DOCTOR, receivers=(Receiver(AuthorityKind.POLICE, party=True),))
    assert next(one.basis for one in bases_for(within)) is Basis.COOPERATION
    to_doctor = bases_for(replace(TO_DOCTOR, weighing=WEIGHED))
    assert [one.basis for one in to_doctor] == [Basis.OVERRIDING, Basis.CONSENT, Basis.PLAN]
    assert [one.allowed for one in to_doctor] == [True, False, False]
    assert bases_for(replace(TO_DOCTOR, purpose="efterforskning")) == ()


def test_a_name_with_braces_stays_a_name():
    answer = assess(replace(TO_DOCTOR, receivers=(replace(DOCTOR, name="{sender}{who}"),), basis=Basis.PLAN))
    assert "{sender}{who} er ikke med i planen." in answer.explain("da")


# --- What a lawyer changes -------------------------------------------------------------------------------------------


@pytest.mark.req("R-000-105")
def test_a_lawyer_opens_and_shuts_rows_from_a_day_to_a_day():
    pack = PACKS["dk-2026"]
    opens = CellChange(
        7,
        Basis.PLAN,
        True,
        since=DAY,
        until=date(2026, 3, 31),
        sender=AuthorityKind.SOCIAL,
        receiver=AuthorityKind.POLICE,
    )
    where = (Cooperation.PSP, AuthorityKind.SOCIAL, AuthorityKind.POLICE, Basis.PLAN, Regime.GDPR, Purpose.HELP)
    assert row(pack, DAY, *where).answer is Answer.NO
    changed = row(pack.amended([opens], DAY), DAY, *where)
    assert (changed.answer, changed.conditions(), changed.change) == (Answer.WHEN, "med i planen", 7)
    assert pack.amended([opens], DAY).stamp == "dk-2026 2026.1+7"
    for outside in (date(2026, 3, 1), date(2026, 4, 1)):
        assert pack.amended([opens], outside) is pack
    shuts = CellChange(8, Basis.PLAN, False, since=DAY, sender=AuthorityKind.SOCIAL)
    assert row(pack.amended([shuts, opens], DAY), DAY, *where).answer is Answer.NO


@pytest.mark.req("R-000-98")
def test_no_lawyer_opens_for_investigation_or_lifts_a_release():
    opens = [CellChange(number, basis, True, since=DAY) for number, basis in enumerate(Basis)]
    pack = PACKS["dk-2026"].amended(opens, DAY)
    everywhere = replace(TO_DOCTOR, receivers=(Receiver(AuthorityKind.POLICE, party=True),))
    for basis in Basis:
        assert assess(replace(everywhere, basis=basis, purpose="efterforskning"), pack).outcome is Outcome.MAY_NOT
    ward = replace(everywhere, sender=AuthorityKind.PSYCHIATRY)
    assert "releaser" in keys(assess(ward, pack).needs)
    assert assess(replace(everywhere, basis=Basis.NONE), pack).outcome is Outcome.MAY_NOT
    assert "necessity" in keys(assess(replace(everywhere, necessity=""), pack).needs)


def test_what_carries_others_cannot_be_switched_off():
    with pytest.raises(PackError, match="L5"):
        PACKS["dk-2026"].amended([RuleChange(1, "L5", since=DAY, on=False)], DAY)
    with pytest.raises(PackError, match="L99"):
        PACKS["dk-2026"].amended([RuleChange(1, "L99", since=DAY)], DAY)


@pytest.mark.req("R-000-102")
def test_a_lawyer_turns_the_duty_to_tell_off():
    pack = PACKS["dk-2026"].amended([RuleChange(3, "L12", since=DAY, on=False)], DAY)
    ward = replace(
        TO_DOCTOR,
        sender=AuthorityKind.PSYCHIATRY,
        receivers=(Receiver(AuthorityKind.SOCIAL, party=True),),
        released_by_holder=True,
    )
    assert "tell_citizen" in keys(assess(ward).duties)
    assert "tell_citizen" not in keys(assess(ward, pack).duties)


def test_the_grid_is_the_rows():
    pack = PACKS["dk-2026"]
    drawn = grid(pack, DAY, Cooperation.PSP, Basis.CONSENT, sender=AuthorityKind.SOCIAL)
    assert [sender for sender, _ in drawn] == [AuthorityKind.SOCIAL]
    assert [one.short("en") for one in drawn[0][1]] == ["when: consent"] * 10

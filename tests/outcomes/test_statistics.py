"""The report's tests: its fixtures to six digits, 5,000 random data sets by another route, rules by name."""

import math
import random
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.power import TTestPower
from statsmodels.stats.weightstats import DescrStatsW

from samsvar.outcomes.analysis.rules import Test, Verdict, ruleset, rulesets
from samsvar.outcomes.analysis.statistics import anova, detectable, holm, paired, regression

MODERN, REPORT = ruleset(), ruleset("isbryder-2011")


def six(value: float | None) -> float:
    assert value is not None
    return round(value, 6)


@pytest.mark.req("R-004-100", "R-004-109")
def test_f1_a_change_in_eight() -> None:
    found = paired([2, 3, 1, 4, 2, 5, 3, 2], [4, 3, 3, 5, 2, 6, 6, 3])
    assert (found.n, found.difference, found.df) == (8, 1.25, 7)
    assert (six(found.sd), six(found.t), six(found.p)) == (1.035098, 3.415650, 0.011201)
    assert (six(found.before), six(found.after)) == (2.75, 4.0)


@pytest.mark.req("R-004-100", "R-004-102", "R-004-109")
def test_f2_a_change_in_six_is_a_finding_by_the_old_rules_alone() -> None:
    found = paired([1, 2, 3, 2, 4, 3], [3, 2, 4, 1, 5, 5])
    assert (found.n, six(found.difference), found.df) == (6, 0.833333, 5)
    assert (six(found.t), six(found.p)) == (1.746076, 0.141235)
    assert REPORT.verdict(Test.PAIRED, found.n, found.p) is Verdict.YES
    assert MODERN.verdict(Test.PAIRED, found.n, found.p) is Verdict.NO


@pytest.mark.req("R-004-103", "R-004-109")
@pytest.mark.parametrize("p", [0.0, 0.000001, 0.2, 1.0, None])
@pytest.mark.parametrize("n", range(5))
def test_f3_of_fewer_than_five_nothing_is_shown(n: int, p: float | None) -> None:
    for rules in rulesets():
        for test in Test:
            assert rules.verdict(test, n, p) is Verdict.HIDDEN


@pytest.mark.req("R-004-104", "R-004-109")
def test_f5_two_groups() -> None:
    found = anova({"isbryder": [1, 2, 2, 3, 1], "skp": [3, 4, 2, 4, 5, 3]})
    assert found.df == (1, 9)
    assert (six(found.f), six(found.p)) == (8.546550, 0.016937)
    assert (six(found.between), six(found.within)) == (7.881818, 8.3)


@pytest.mark.req("R-004-105", "R-004-109")
def test_f6_time_with_the_three_controls() -> None:
    found = regression(
        [2, 4, 3, 6, 5, 7, 6, 8, 9, 8],
        {
            "hours": list(range(1, 11)),
            "sex": [0, 1, 0, 1, 0, 1, 1, 0, 1, 0],
            "age": [1, 3, 2, 4, 5, 3, 2, 6, 4, 5],
            "minority": [0, 0, 1, 0, 0, 1, 0, 0, 0, 1],
        },
    )
    hours = found.coefficients["hours"]
    assert (six(hours.b), six(hours.se), six(hours.t), six(hours.p)) == (0.540362, 0.089171, 6.059864, 0.001766)
    assert (six(found.r2), found.df, found.n) == (0.966646, 5, 10)


@pytest.mark.req("R-004-102", "R-004-103", "R-004-109")
@pytest.mark.parametrize(
    ("n", "p", "verdict"),
    [
        *((4, 0.01, Verdict.HIDDEN), (5, 0.20, Verdict.YES), (5, 0.21, Verdict.NO), (19, 0.20, Verdict.YES)),
        *((20, 0.06, Verdict.NO), (20, 0.05, Verdict.YES), (5, None, Verdict.NONE)),
    ],
)
def test_n_13_the_thresholds_of_the_report(n: int, p: float | None, verdict: Verdict) -> None:
    assert REPORT.verdict(Test.PAIRED, n, p) is verdict


@pytest.mark.req("R-004-104", "R-004-105")
def test_the_report_took_020_for_groups_and_regressions_whatever_their_size() -> None:
    for test in (Test.ANOVA, Test.REGRESSION):
        assert REPORT.threshold(test, 5) == REPORT.threshold(test, 5000) == 0.20
        assert MODERN.threshold(test, 5) == MODERN.threshold(test, 5000) == 0.05
    assert (REPORT.historical, MODERN.historical) == (True, False)
    assert rulesets()[0] is MODERN
    assert REPORT.in_force_to is not None
    for rules in rulesets():
        assert rules.least == 5
        assert (rules.warns(19), rules.warns(20)) == (True, False)
        words = f"{rules.caution.da} {rules.caution.en} {rules.said.da}"
        assert "95" not in words, "p is not how sure one is"


def test_no_other_name_is_a_rule_set() -> None:
    with pytest.raises(LookupError):
        ruleset("isbryder")


# Random data sets: half with scores and their ties, half without.


def draws(seed: int) -> random.Random:
    return random.Random(20260101 + seed)


def values(draw: random.Random, n: int) -> list[float]:
    return [float(draw.randint(0, 12)) if n % 2 else draw.gauss(6, 3) for _ in range(n)]


def close(ours: float | None, theirs: float) -> bool:
    return ours is not None and math.isclose(ours, float(theirs), rel_tol=1e-8, abs_tol=1e-10)


@pytest.mark.req("R-004-100")
def test_1700_changes_by_another_route() -> None:
    """statsmodels' one-sample test of the differences against scipy's paired one; intervals as well."""
    for seed in range(1700):
        draw = draws(seed)
        before = values(draw, draw.randint(5, 60))
        after = [one + shift for one, shift in zip(before, values(draw, len(before)), strict=True)]
        found = paired(before, after)
        if found.why:
            continue
        other = DescrStatsW(np.array(after) - np.array(before))
        t, p, df = other.ttest_mean(0)
        low, high = other.tconfint_mean()
        assert close(found.t, t)
        assert close(found.p, p)
        assert found.df == df
        assert found.interval is not None
        assert close(found.interval.low, low)
        assert close(found.interval.high, high)
        assert close(found.sd, other.std_mean * math.sqrt(found.n))
        assert found.d_interval is not None
        assert found.d is not None
        assert found.d_interval.low < found.d < found.d_interval.high


@pytest.mark.req("R-004-104")
def test_1700_comparisons_of_groups_by_another_route() -> None:
    """statsmodels' analysis of variance against scipy's."""
    for seed in range(1700):
        draw = draws(seed)
        groups = {str(number): values(draw, draw.randint(5, 30)) for number in range(draw.randint(2, 6))}
        found = anova(groups)
        other = anova_oneway([np.array(one) for one in groups.values()], use_var="equal")
        assert close(found.f, other.statistic)
        assert close(found.p, other.pvalue)
        assert found.df == tuple(other.df)
        assert found.eta_interval is not None
        # The share seen is itself too large: where groups hardly differ, the interval ends at zero, below it.
        assert 0 <= found.eta_interval.low <= found.eta_interval.high <= 1
        assert found.eta is not None
        assert found.eta_interval.low <= found.eta


@pytest.mark.req("R-004-105")
def test_1700_regressions_by_another_route() -> None:
    """The normal equations and scipy's t against statsmodels."""
    for seed in range(1700):
        draw = draws(seed)
        n, names = draw.randint(12, 60), ["hours", "bridging", "length", "age"]
        columns = {name: values(draw, n) for name in names}
        columns["sex"] = [float(place % 2) for place in range(n)]
        outcome = [a / 3 + noise for a, noise in zip(columns["hours"], values(draw, n), strict=True)]
        found = regression(outcome, columns)
        x = np.column_stack([np.ones(n), *columns.values()])
        inverse = np.linalg.inv(x.T @ x)
        b = inverse @ x.T @ np.array(outcome)
        rest = np.array(outcome) - x @ b
        se = np.sqrt(np.diag(inverse) * (rest @ rest) / (n - 6))
        for place, name in enumerate(columns, 1):
            line = found.coefficients[name]
            assert math.isclose(line.b, b[place], rel_tol=1e-6, abs_tol=1e-9)
            assert math.isclose(line.se, se[place], rel_tol=1e-6)
            p = 2 * stats.t.sf(abs(b[place] / se[place]), n - 6)
            assert math.isclose(line.p, p, rel_tol=1e-5, abs_tol=1e-12)
            assert line.interval.low < line.b < line.interval.high


# Effect sizes, power, multiplicity.


@pytest.mark.parametrize("seed", range(40))
def test_the_interval_of_an_effect_size_turns_the_test_around(seed: int) -> None:
    """At its lower end the effect seen is just too large, at its upper just too small, by the non-central t and F."""
    draw = draws(seed)
    n = draw.randint(5, 60)
    found = paired([0.0] * n, [draw.gauss(0.5, 1) for _ in range(n)])
    assert found.d_interval is not None
    assert stats.nct.sf(found.t, n - 1, found.d_interval.low * math.sqrt(n)) == pytest.approx(0.025, abs=1e-6)
    assert stats.nct.cdf(found.t, n - 1, found.d_interval.high * math.sqrt(n)) == pytest.approx(0.025, abs=1e-6)
    groups = anova({str(g): [draw.gauss(g, 2) for _ in range(n)] for g in range(3)})
    assert groups.eta_interval is not None
    upper = groups.eta_interval.high
    nc = upper / (1 - upper) * groups.n
    assert stats.ncf.cdf(groups.f, *groups.df, nc) == pytest.approx(0.025, abs=1e-6)


@pytest.mark.req("R-004-102")
def test_what_so_many_persons_could_show() -> None:
    """Cohen: 34 pairs find half a standard deviation with 80 per cent power at 0.05."""
    assert detectable(34, 0.05) == pytest.approx(0.5, abs=0.01)
    for n in (5, 12, 20, 100):
        effect = detectable(n, 0.05)
        df, limit = n - 1, stats.t.isf(0.025, n - 1)
        power = stats.nct.sf(limit, df, effect * math.sqrt(n)) + stats.nct.cdf(-limit, df, effect * math.sqrt(n))
        assert power == pytest.approx(0.8, abs=1e-4)
        assert TTestPower().power(effect, n, 0.05) == pytest.approx(0.8, abs=1e-4)


def test_holm_by_another_route() -> None:
    draw = draws(0)
    for size in (1, 2, 5, 12, 30):
        ps = [draw.random() ** 3 for _ in range(size)]
        assert holm(ps) == pytest.approx(list(multipletests(ps, method="holm")[1]))
    assert holm([0.04, 0.04, 0.04]) == pytest.approx([0.12, 0.12, 0.12])
    assert holm([0.01, None, 0.04, 0.03]) == pytest.approx([0.03, None, 0.06, 0.06])
    assert holm([None, 0.02, None]) == [None, 0.02, None]
    assert holm([None]) == [None]
    assert holm([]) == []


# Where there is nothing to compute, that is said, and nothing breaks.


@pytest.mark.parametrize("shift", [0, 1, 0.1])
def test_no_variation_is_no_finding(shift: float) -> None:
    found = paired([1, 2, 3, 4, 5], [one + shift for one in (1, 2, 3, 4, 5)])
    assert found.p is found.t is found.interval is found.wilcoxon_p is None
    assert found.difference == pytest.approx(shift)
    assert found.why is not None
    assert anova({"a": [1, 1, 1], "b": [2, 2, 2]}).why is not None
    assert anova({"a": [1], "b": [2]}).why is not None


def test_few_persons_and_few_codes_never_break_a_test() -> None:
    """Ties, noughts, thirds and single persons: each figure is finite, or there is a reason in words."""
    draw = draws(1)

    def codes(n: int) -> list[float]:
        return [draw.randint(0, 3) / draw.choice([1, 1, 3, 7]) for _ in range(n)]

    for _ in range(400):
        n = draw.randint(2, 9)
        change = paired(codes(n), codes(n))
        groups = anova({name: codes(draw.randint(1, 6)) for name in "abc"})
        lines = regression(codes(n), {"a": codes(n), "b": codes(n)})
        told = [change.t, change.p, change.d, change.wilcoxon_p] if not change.why else []
        told += [groups.f, groups.p, groups.eta, groups.kruskal_p] if not groups.why else []
        told += [line.p for line in lines.coefficients.values()]
        assert bool(lines.why) != bool(lines.coefficients)
        assert all(one is not None and math.isfinite(one) for one in told)


def test_an_interval_that_the_library_cannot_count_is_left_out() -> None:
    for n in (10, 60):
        for little in (1e-6, 1e-9):
            assert paired([0.0] * n, [*[1.0] * (n - 1), 1 + little]).d_interval is None
            apart = anova({"a": [1.0] * n, "b": [*[2.0] * (n - 1), 2 + little]})
            assert apart.eta_interval is None
            # Groups that nothing unites are never called alike.
            assert apart.p is None or apart.p < 1e-9


@pytest.mark.parametrize("times", [3, 7, 9])
def test_equal_means_are_no_difference_and_not_nothing(times: int) -> None:
    """Values whose sums round differently: their F was -0.0, and without a p."""
    draw = draws(times)
    for _ in range(50):
        values = [draw.random() / 3 for _ in range(times)]
        found = anova({"a": values, "b": values[::-1], "c": [*values[1:], values[0]]})
        assert found.f == pytest.approx(0, abs=1e-12)
        assert found.p == pytest.approx(1)


def test_a_regression_says_what_stands_in_its_way() -> None:
    y = [1.0, 2.0, 2.0, 5.0, 4.0, 6.0]
    same = regression(y, {"timer": [2.0] * 6})
    assert same.why is not None
    assert "timer" in same.why.da
    x = [1.0, 2.0, 3.0, 4.0, 5.0, 7.0]
    assert regression(y, {"a": x, "b": [2 * one + 1 for one in x]}).why is not None
    assert regression(x, {"a": [2 * one + 1 for one in x]}).why is not None
    assert regression([3.0] * 6, {"a": x}).why is not None
    assert regression(y[:2], {"a": x[:2]}).why is not None
    assert regression(y, {"a": x}).why is None


def test_what_does_not_belong_together_is_refused() -> None:
    for before, after in (([1.0], [1.0]), ([1.0, 2.0], [1.0])):
        with pytest.raises(ValueError, match="paired"):
            paired(before, after)
    for groups in ({"a": [1.0, 2.0]}, {"a": [1.0], "b": []}):
        with pytest.raises(ValueError, match="two groups"):
            anova(groups)
    with pytest.raises(ValueError, match="one for each"):
        regression([1.0, 2.0], {"a": [1.0]})


def test_ordinary_pages_do_not_wait_for_the_libraries() -> None:
    """scipy and statsmodels take seconds to load, and are loaded by the first test that is run."""
    code = (
        "import sys, samsvar.outcomes.analysis.statistics, samsvar.outcomes.analysis.privacy;"
        "import samsvar.instruments.scales, samsvar.cli;"
        "print(sorted({'scipy', 'statsmodels', 'numpy', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_two_libraries_agree_on_a_plain_line() -> None:
    x, y = [1.0, 2.0, 3.0, 4.0, 6.0], [2.0, 1.0, 4.0, 3.0, 7.0]
    line, found = stats.linregress(x, y), regression(y, {"x": x})
    assert found.coefficients["x"].b == pytest.approx(line.slope)
    assert found.coefficients["x"].p == pytest.approx(line.pvalue)
    assert found.coefficients["x"].beta == pytest.approx(line.rvalue)
    assert OLS(y, np.column_stack([np.ones(5), x])).fit().rsquared == pytest.approx(found.r2)


def test_the_smallest_change_is_known_of_many_persons_too() -> None:
    assert detectable(999, 0.05) == pytest.approx(detectable(1_000, 0.05), rel=2e-3)
    assert detectable(4_000, 0.05) == pytest.approx(0.0443, abs=1e-3)

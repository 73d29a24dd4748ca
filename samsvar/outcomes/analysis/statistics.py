"""The tests of the report (R-004-100 to R-004-105): paired t with Wilcoxon beside it, ANOVA, multiple regression.

scipy and statsmodels do the arithmetic; they are imported when a test is run, since they take a second to load.
All tests are two-sided (R-004-108). Where a test does not exist for the data, its figures are None and `why` says so.
Who may see a result is for `rules` and `privacy` to say.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from samsvar.instruments.instrument import Said

# Up to here the rank test is counted out; beyond it, and with ties, it is approximated.
_EXACT = 50
# From so many persons on a t-test is as good as a normal one.
_MANY = 1_000
# Beyond this the library counts the non-central F wrongly; nothing that people answer comes near it.
_LARGEST = 1e8
# A sum of squares that is less than this of another is the noise of arithmetic.
_NOISE = 1e-14

NO_VARIATION = Said("Alle tal er ens; der er intet at prøve.", "All figures are equal; there is nothing to test.")
TOO_FEW = Said("Der er for få personer til denne prøve.", "There are too few persons for this test.")


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure's interval at the confidence of the rule set."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Change in the same persons. `d`: the mean difference in standard deviations of the differences (Cohen's d_z)."""

    n: int
    before: float
    after: float
    difference: float
    sd: float
    interval: Interval | None
    t: float | None
    df: int
    p: float | None
    d: float | None
    d_interval: Interval | None
    wilcoxon: float | None
    wilcoxon_p: float | None
    why: Said | None = None


@dataclass(frozen=True, slots=True)
class Anova:
    """A difference between groups. `eta`: the share of the variation that the groups account for (eta squared)."""

    n: int
    groups: Mapping[str, tuple[int, float]]
    between: float
    within: float
    f: float | None
    df: tuple[int, int]
    p: float | None
    eta: float | None
    eta_interval: Interval | None
    kruskal_p: float | None
    why: Said | None = None


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One line of a regression. `beta` is in standard deviations of both sides; the constant has none."""

    b: float
    se: float
    t: float
    p: float
    interval: Interval
    beta: float | None


@dataclass(frozen=True, slots=True)
class Regression:
    """An outcome explained by several figures at once. `f2`: Cohen's effect size of the whole."""

    n: int
    df: int
    r2: float | None
    adjusted_r2: float | None
    f2: float | None
    constant: Coefficient | None
    coefficients: Mapping[str, Coefficient]
    why: Said | None = None


def _equal(values: Sequence[float]) -> bool:
    """Whether values are one but for the noise of arithmetic."""
    return max(values) - min(values) <= 1e-12 * max(1.0, *(abs(value) for value in values))


def _where(grows: Callable[[float], float], target: float, start: float) -> float | None:
    """Where a falling function of the non-centrality meets a target; None beyond what the library can count."""
    from scipy.optimize import brentq

    low, high = start - 1.0, start + 1.0
    for _ in range(60):
        at_low, at_high = grows(low), grows(high)
        if math.isnan(at_low) or math.isnan(at_high):
            return None
        if at_low >= target >= at_high:
            try:
                return float(brentq(lambda nc: grows(nc) - target, low, high, xtol=1e-12))
            except ValueError:  # not a number somewhere on the way
                return None
        low, high = (low - 2 * (high - low), high) if at_low < target else (low, high + 2 * (high - low))
    return None


def _d_interval(t: float, n: int, confidence: float) -> Interval | None:
    """The interval of d_z, by turning the non-central t around."""
    from scipy.special import nctdtr

    tail = (1 - confidence) / 2
    low = _where(lambda nc: float(nctdtr(n - 1, nc, t)), 1 - tail, t)
    high = _where(lambda nc: float(nctdtr(n - 1, nc, t)), tail, t)
    return None if low is None or high is None else Interval(low / math.sqrt(n), high / math.sqrt(n))


def _eta_interval(f: float, df: tuple[int, int], n: int, confidence: float) -> Interval | None:
    """The interval of eta squared, by turning the non-central F around; it cannot go below zero."""
    from scipy.special import ncfdtr

    tail = (1 - confidence) / 2
    if f > _LARGEST:
        return None

    def falls(nc: float) -> float:
        return float(ncfdtr(df[0], df[1], max(nc, 0.0), f)) if nc > -1e9 else 1.0

    ends = []
    for target in (1 - tail, tail):
        nc = 0.0 if falls(0.0) <= target else _where(falls, target, max(1.0, f * df[0]))
        if nc is None:
            return None
        ends.append(max(nc, 0.0) / (max(nc, 0.0) + n))
    return Interval(*ends)


def paired(before: Sequence[float], after: Sequence[float], confidence: float = 0.95) -> Paired:
    """Student's paired t-test of after minus before, with Wilcoxon's signed ranks beside it.

    Raises ValueError where the two do not belong together or are fewer than two.
    """
    if len(before) != len(after) or len(before) < 2:
        raise ValueError("A paired test needs two figures for each of at least two persons.")
    from scipy import stats

    differences = [b - a for a, b in zip(before, after, strict=True)]
    n = len(differences)
    mean = math.fsum(differences) / n
    first, last = math.fsum(before) / n, math.fsum(after) / n
    if _equal(differences):
        # With no change at all the ranks are empty too.
        return Paired(n, first, last, mean, 0.0, None, None, n - 1, None, None, None, None, None, NO_VARIATION)
    result = stats.ttest_rel(after, before)
    ends = result.confidence_interval(confidence)
    sd = math.sqrt(math.fsum((one - mean) ** 2 for one in differences) / (n - 1))
    sizes = [abs(one) for one in differences if one]
    plain = len(sizes) == n and len({round(size, 12) for size in sizes}) == n and n <= _EXACT
    ranks = stats.wilcoxon(differences, method="exact" if plain else "asymptotic")
    t = float(result.statistic)
    return Paired(
        n=n,
        before=first,
        after=last,
        difference=mean,
        sd=sd,
        interval=Interval(float(ends.low), float(ends.high)),
        t=t,
        df=n - 1,
        p=float(result.pvalue),
        d=mean / sd,
        d_interval=_d_interval(t, n, confidence),
        wilcoxon=float(ranks.statistic),
        wilcoxon_p=float(ranks.pvalue),
    )


@lru_cache(maxsize=1024)
def detectable(n: int, alpha: float, power: float = 0.8) -> float:
    """The smallest change, in standard deviations, that so many persons would show with this power (R-004-115)."""
    from statsmodels.stats.power import TTestPower

    if n >= _MANY:
        # statsmodels' search finds no end among so many; the normal distribution is as good there.
        normal = NormalDist()
        return (normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)) / n**0.5
    return float(TTestPower().solve_power(nobs=n, alpha=alpha, power=power, alternative="two-sided"))


def anova(groups: Mapping[str, Sequence[float]], confidence: float = 0.95) -> Anova:
    """One-way analysis of variance between groups, with Kruskal and Wallis's ranks beside it.

    Raises ValueError for fewer than two groups or an empty one.
    """
    if len(groups) < 2 or not all(groups.values()):
        raise ValueError("An analysis of variance needs at least two groups, each with persons in it.")
    from scipy import stats

    everything = [value for values in groups.values() for value in values]
    n, grand = len(everything), math.fsum(everything) / len(everything)
    means = {name: (len(values), math.fsum(values) / len(values)) for name, values in groups.items()}
    between = math.fsum(size * (mean - grand) ** 2 for size, mean in means.values())
    within = math.fsum((value - means[name][1]) ** 2 for name, values in groups.items() for value in values)
    df = (len(groups) - 1, n - len(groups))
    no_test = TOO_FEW if df[1] < 1 else NO_VARIATION if within <= _NOISE * (between + within) else None
    if no_test:
        return Anova(n, means, between, within, None, df, None, None, None, None, no_test)
    f, p = (float(one) for one in stats.f_oneway(*groups.values()))
    if between <= _NOISE * within:
        # Where the means are equal, scipy's F can fall below zero by a rounding, and then has no p.
        f, p = 0.0, 1.0
    return Anova(
        n=n,
        groups=means,
        between=between,
        within=within,
        f=f,
        df=df,
        p=p,
        eta=between / (between + within),
        eta_interval=_eta_interval(f, df, n, confidence),
        kruskal_p=float(stats.kruskal(*groups.values()).pvalue),
    )


def regression(
    outcome: Sequence[float], predictors: Mapping[str, Sequence[float]], confidence: float = 0.95
) -> Regression:
    """Ordinary least squares of an outcome on figures, each coefficient tested with t.

    Raises ValueError where the columns are not of one length. A figure that never varies, or follows from the others,
    leaves nothing to compute, and `why` names it.
    """
    n, df = len(outcome), len(outcome) - len(predictors) - 1
    if not predictors or any(len(column) != n for column in predictors.values()):
        raise ValueError("A regression needs figures, one for each outcome.")

    def none(why: Said) -> Regression:
        return Regression(n, df, None, None, None, None, {}, why)

    if df < 1:
        return none(TOO_FEW)
    for name, column in predictors.items():
        if _equal(column):
            return none(Said(f"{name} er ens for alle.", f"{name} is the same for everybody."))
    if _equal(outcome):
        return none(NO_VARIATION)
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    columns = np.column_stack([np.ones(n), *(np.asarray(column, float) for column in predictors.values())])
    spread = columns[:, 1:].std(axis=0, ddof=1)
    if np.linalg.matrix_rank((columns[:, 1:] - columns[:, 1:].mean(axis=0)) / spread, tol=1e-9) < len(predictors):
        return none(Said("Nogle af tallene følger af de andre.", "Some of the figures follow from the others."))
    values = np.asarray(outcome, float)
    fit = OLS(values, columns).fit()
    ends = fit.conf_int(1 - confidence)
    betas = [None, *(float(one) for one in fit.params[1:] * spread / values.std(ddof=1))]
    if fit.ssr <= 1e-20 * max(1.0, float(fit.centered_tss)):
        return none(
            Said("Tallene passer uden rest; der er intet at prøve.", "The fit is perfect; there is nothing to test.")
        )
    lines = [
        Coefficient(
            b=float(fit.params[place]),
            se=float(fit.bse[place]),
            t=float(fit.tvalues[place]),
            p=float(fit.pvalues[place]),
            interval=Interval(float(ends[place][0]), float(ends[place][1])),
            beta=betas[place],
        )
        for place in range(len(predictors) + 1)
    ]
    r2 = float(fit.rsquared)
    return Regression(
        n=n,
        df=df,
        r2=r2,
        adjusted_r2=float(fit.rsquared_adj),
        f2=r2 / (1 - r2),
        constant=lines[0],
        coefficients=dict(zip(predictors, lines[1:], strict=True)),
    )


def holm(ps: Sequence[float | None]) -> list[float | None]:
    """The p values adjusted by Holm for how many were tested together; what was not tested stays None.

    By hand, since statsmodels' function empties Python's rubbish each time, half a second in a running server.
    """
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    largest = 0.0
    for rank, (p, place) in enumerate(tested):
        largest = max(largest, min(1.0, (len(tested) - rank) * p))
        adjusted[place] = largest
    return adjusted

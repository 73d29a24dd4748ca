"""What changed for whom, as a page tells it in one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format

from samsvar.outcomes.analysis.effect import HIDDEN, Effect, Time, group_name
from samsvar.outcomes.analysis.reference import NO_CAUSE, WHOSE
from samsvar.outcomes.analysis.rules import Verdict
from samsvar.outcomes.analysis.statistics import Interval
from samsvar.outcomes.files.table import TIMES


@dataclass(frozen=True)
class Row:
    """One line of a table of figures. `hidden`: nothing may be shown of it; `few`: so few that shares say little."""

    scale: str
    who: str
    n: str = ""
    figures: tuple[str, ...] = ()
    verdict: str = ""
    hidden: str = ""
    few: bool = False


@dataclass(frozen=True)
class Seen:
    """An effect as the page draws it."""

    whose: str
    no_cause: str
    rules: list[str]
    caution: str
    tests: int
    changes: list[Row]
    groups: list[Row]
    times: list[Row]
    alphas: list[Row]
    no_times: str
    weak: bool


def _figure(value: float | None, places: int = 2) -> str:
    return "–" if value is None else number_format(round(value, places), places, use_l10n=True)


def _p(value: float | None) -> str:
    """A p: none is nothing, however small."""
    return f"< {_figure(0.001, 3)}" if value is not None and value < 0.001 else _figure(value, 3)


def _between(one: Interval | None) -> str:
    return "–" if one is None else f"{_figure(one.low)} – {_figure(one.high)}"


def _times(effect: Effect, one: Time, lang: str | None) -> Iterator[Row]:
    scale = one.scale.said.label(lang)
    if one.result is None or one.result.why:
        yield Row(scale, "", hidden=(one.result.why if one.result and one.result.why else HIDDEN).label(lang))
        return
    for name, verdict in one.verdicts.items():
        line = one.result.coefficients[name]
        p = one.adjusted.get(name)
        yield Row(
            scale,
            TIMES[name].label(lang),
            str(one.result.n),
            (_figure(line.b, 3), _between(line.interval), _p(line.p if p is None else p)),
            verdict.said.label(lang),
            few=effect.rules.warns(one.result.n),
        )


def _changes(effect: Effect, lang: str | None) -> Iterator[Row]:
    for change in effect.changes:
        scale, who, r = change.scale.said.label(lang), group_name(change.group, lang), change.result
        if r is None or r.why:
            yield Row(scale, who, hidden=(r.why if r and r.why else HIDDEN).label(lang))
            continue
        p = r.p if change.adjusted is None else change.adjusted
        figures = (
            _figure(r.before),
            _figure(r.after),
            _figure(r.difference),
            _between(r.interval),
            _figure(r.d),
            _p(p),
            _between(r.d_interval),
            _p(r.wilcoxon_p),
            _figure(change.smallest),
        )
        yield Row(scale, who, str(r.n), figures, change.verdict.said.label(lang), few=effect.rules.warns(r.n))


def _groups(effect: Effect, lang: str | None) -> Iterator[Row]:
    for one in effect.groups:
        scale, who, g = one.scale.said.label(lang), one.split.said.label(lang), one.result
        if g is None or g.why:
            yield Row(scale, who, hidden=(g.why if g and g.why else HIDDEN).label(lang))
            continue
        p = g.p if one.adjusted is None else one.adjusted
        figures = (_figure(g.eta), _between(g.eta_interval), _p(p))
        yield Row(scale, who, str(g.n), figures, one.verdict.said.label(lang), few=effect.rules.warns(g.n))


def _alphas(effect: Effect, lang: str | None) -> Iterator[Row]:
    for alpha in effect.alphas:
        scale, printed = alpha.scale.said.label(lang), _figure(alpha.scale.reference_alpha)
        if alpha.n is None:
            yield Row(scale, printed, hidden=HIDDEN.label(lang))
        else:
            band = alpha.band.label(lang) if alpha.band else ""
            yield Row(scale, printed, str(alpha.n), (_figure(alpha.alpha),), band)


def seen(effect: Effect, lang: str | None) -> Seen:
    """The figures in words: first the difference and its interval, then how large it is, and p last."""
    told = [one for one in effect.changes if one.result]
    return Seen(
        whose=WHOSE.label(lang),
        no_cause=NO_CAUSE.label(lang),
        rules=[one.label(lang) for one in effect.settings.rules()],
        caution=effect.rules.caution.label(lang),
        tests=effect.tests,
        changes=list(_changes(effect, lang)),
        groups=list(_groups(effect, lang)),
        times=[row for one in effect.times for row in _times(effect, one, lang)],
        alphas=list(_alphas(effect, lang)),
        no_times=", ".join(effect.no_times),
        weak=not any(
            one.verdict is Verdict.YES and one.result and not effect.rules.warns(one.result.n) for one in told
        ),
    )

"""What `samsvar effekt` prints: scales, alphas and tests of a file, with the rules they were made by."""

from collections.abc import Iterator

from samsvar.instruments.instrument import Instrument, Said
from samsvar.instruments.scales import ScaleSet
from samsvar.outcomes.analysis.effect import HIDDEN, SPLITS, Change, Effect, Groups, Time, figures
from samsvar.outcomes.analysis.reference import NO_CAUSE, WHOSE
from samsvar.outcomes.analysis.rules import Verdict
from samsvar.outcomes.analysis.statistics import Interval
from samsvar.outcomes.files.table import END, GROUPS, ISBRYDER, OTHERS, TIMES, Table

_HISTORICAL = Said(
    "Historiske regler: de er her, så rapportens analyser kan laves igen.",
    "Historical rules: they are here so that the report's analyses can be made again.",
)
_MIXED = Said(
    "Nogle blev spurgt om alle udsagn og andre ikke: skalaen er ikke lige lang for alle.",
    "Some were asked all items and others not: the scale is not of one length for all.",
)
_SMALL = Said("Under 20 personer: andele og p siger lidt.", "Fewer than 20 persons: shares and p say little.")


_NAMES = {**TIMES, **{split.key: split.said for split in SPLITS}}


_GROUP_NAMES = {
    "isbryder": GROUPS[ISBRYDER],
    "oevrige": GROUPS[OTHERS],
    "mand": Said("mænd", "men"),
    "kvinde": Said("kvinder", "women"),
    "nej": Said("nej", "no"),
    "ja": Said("ja", "yes"),
}


class _Printer:
    """Says things in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, da: str, en: str) -> str:
        return en if self.lang == "en" else da

    def figure(self, value: float | None) -> str:
        """Six decimals; nothing where there is no figure."""
        return "-" if value is None else f"{value:.6f}" if self.lang == "en" else f"{value:.6f}".replace(".", ",")

    def interval(self, one: Interval | None) -> str:
        return "-" if one is None else f"[{self.figure(one.low)}; {self.figure(one.high)}]"


def report(effect: Effect, table: Table, measures: ScaleSet, form: Instrument, lang: str = "da") -> Iterator[str]:
    """The lines of the report."""
    say = _Printer(lang)
    rules = effect.rules
    yield say("EFFEKT", "EFFECT")
    yield WHOSE.label(lang)
    yield form.proxy.label(lang)
    yield NO_CAUSE.label(lang)
    yield ""
    yield f"{say('Skema', 'Form')}: {form.stamp}. {say('Skalaer', 'Scales')}: {measures.stamp}."
    yield f"{say('Regelsæt', 'Rule set')}: {rules.key}: {rules.said.label(lang)}. {rules.caution.label(lang)}"
    if rules.historical:
        yield _HISTORICAL.label(lang)
    for rule in effect.settings.rules():
        yield f"- {rule.label(lang)}"
    yield say(
        f"Prøver: {effect.tests}, alle tosidede. Sammenlignet: {effect.outcome.said.da}. "
        f"Under {rules.least} personer vises intet.",
        f"Tests: {effect.tests}, all two-sided. Compared: {effect.outcome.said.en}. "
        f"Of fewer than {rules.least} persons nothing is shown.",
    )
    if table.encoding == "cp1252":
        yield say("Filen er læst som Windows-1252.", "The file was read as Windows-1252.")
    if table.ignored:
        yield say("Kolonner, der ikke er brugt: ", "Columns that were not used: ") + ", ".join(table.ignored)
    yield from _alphas(effect, say)
    yield from _changes(effect, say)
    yield from _groups(effect, say)
    yield from _times(effect, say)


def _alphas(effect: Effect, say: _Printer) -> Iterator[str]:
    if effect.alphas:
        yield ""
        yield say("HÆNGER SKALAERNE SAMMEN? (Cronbachs alfa, første måling)", "DO THE SCALES HOLD TOGETHER? (alpha)")
    for one in effect.alphas:
        printed = say.figure(one.scale.reference_alpha)[:4]
        beside = say(f"rapporten: {printed}", f"the report: {printed}")
        if one.n is None:
            yield f"{one.scale.said.label(say.lang)}: {HIDDEN.label(say.lang)} ({beside})"
        elif one.alpha is None or one.band is None:
            same = say("ingen forskelle", "no differences")
            yield f"{one.scale.said.label(say.lang)}: n = {one.n}, {same} ({beside})"
        else:
            band = one.band.label(say.lang)
            yield f"{one.scale.said.label(say.lang)}: n = {one.n}, alfa = {say.figure(one.alpha)}, {band} ({beside})"


def _judged(verdict: Verdict, adjusted: float | None, say: _Printer, *, corrected: bool) -> str:
    more = f", p (Holm) = {say.figure(adjusted)}" if corrected and adjusted is not None else ""
    return f"{more}: {verdict.said.label(say.lang)}"


def _changes(effect: Effect, say: _Printer) -> Iterator[str]:
    if effect.changes:
        yield ""
        yield say("HVAD HAR ÆNDRET SIG? (parret t-test)", "WHAT HAS CHANGED? (paired t-test)")
    for one in effect.changes:
        wave = say("seneste måling", "latest wave") if one.wave is None else say("måling ved slut", "wave at the end")
        if one.wave not in {None, END}:
            wave = say(f"måling {one.wave}", f"wave {one.wave}")
        head = f"{one.scale.said.label(say.lang)}, {GROUPS[one.group].label(say.lang)}, {wave}"
        yield from _change(head, one, effect, say)


def _change(head: str, one: Change, effect: Effect, say: _Printer) -> Iterator[str]:
    found = one.result
    if found is None:
        yield f"{head}: {HIDDEN.label(say.lang)}"
        return
    better = {"high": say("højere er bedre", "higher is better"), "low": say("lavere er bedre", "lower is better")}
    yield f"{head} ({better[one.scale.better]})"
    yield (
        f"  n = {found.n}, {say('før', 'before')} {say.figure(found.before)}, {say('efter', 'after')} "
        f"{say.figure(found.after)}, {say('forskel', 'difference')} {say.figure(found.difference)} "
        f"{say.interval(found.interval)}, sd = {say.figure(found.sd)}"
    )
    if found.why:
        yield f"  {found.why.label(say.lang)}"
        return
    verdict = _judged(one.verdict, one.adjusted, say, corrected=effect.rules.correction != "none")
    yield f"  t = {say.figure(found.t)}, df = {found.df}, p = {say.figure(found.p)}{verdict}"
    yield (
        f"  d = {say.figure(found.d)} {say.interval(found.d_interval)}; Wilcoxon p = {say.figure(found.wilcoxon_p)}; "
        + say("mindste d, som så mange ville vise med 80 %: ", "smallest d that so many would show with 80 per cent: ")
        + say.figure(one.smallest)
    )
    if effect.rules.warns(found.n):
        yield f"  {_SMALL.label(say.lang)}"
    if one.mixed:
        yield f"  {_MIXED.label(say.lang)}"


def _groups(effect: Effect, say: _Printer) -> Iterator[str]:
    if effect.groups:
        yield ""
        yield say("FORSKELLE MELLEM GRUPPER (ANOVA)", "DIFFERENCES BETWEEN GROUPS (ANOVA)")
    for one in effect.groups:
        yield from _group(one, effect, say)


def _group(one: Groups, effect: Effect, say: _Printer) -> Iterator[str]:
    head = f"{one.scale.said.label(say.lang)}, {one.split.said.label(say.lang)}"
    found = one.result
    if found is None:
        yield f"{head}: {HIDDEN.label(say.lang)}"
        return
    names = {name: _GROUP_NAMES.get(name, Said(name, name)).label(say.lang) for name in found.groups}
    means = "; ".join(f"{names[name]}: n = {n}, {say.figure(mean)}" for name, (n, mean) in found.groups.items())
    yield f"{head}: {means}"
    if found.why:
        yield f"  {found.why.label(say.lang)}"
    else:
        verdict = _judged(one.verdict, one.adjusted, say, corrected=effect.rules.correction != "none")
        yield f"  F({found.df[0]}, {found.df[1]}) = {say.figure(found.f)}, p = {say.figure(found.p)}{verdict}"
        yield (
            f"  eta² = {say.figure(found.eta)} {say.interval(found.eta_interval)}; "
            f"Kruskal-Wallis p = {say.figure(found.kruskal_p)}"
        )
    if one.left_out:
        yield "  " + say("Små grupper er ikke med.", "Small groups are left out.")


def _times(effect: Effect, say: _Printer) -> Iterator[str]:
    yield ""
    yield say(
        "TID OG RESULTAT (regression; køn, alder og minoritet holdt fast)",
        "TIME AND RESULT (regression, controlled for sex, age and minority)",
    )
    if effect.no_times:
        yield say("Regnes ikke: filen mangler ", "Not computed: the file lacks ") + ", ".join(effect.no_times)
    for one in effect.times:
        yield from _time(one, effect, say)


def _time(one: Time, effect: Effect, say: _Printer) -> Iterator[str]:
    head = one.scale.said.label(say.lang)
    found = one.result
    if found is None:
        yield f"{head}: {HIDDEN.label(say.lang)}"
    elif found.why:
        yield f"{head}: n = {found.n}. {found.why.label(say.lang)}"
    else:
        yield f"{head}: n = {found.n}, df = {found.df}, R² = {say.figure(found.r2)}, f² = {say.figure(found.f2)}"
        for name, line in found.coefficients.items():
            verdict = (
                _judged(one.verdicts[name], one.adjusted.get(name), say, corrected=effect.rules.correction != "none")
                if name in one.verdicts
                else say(" (holdt fast)", " (controlled for)")
            )
            label = _NAMES[name].label(say.lang)
            yield (
                f"  {label}: b = {say.figure(line.b)} {say.interval(line.interval)}, SE = {say.figure(line.se)}, "
                f"t = {say.figure(line.t)}, p = {say.figure(line.p)}{verdict}"
            )


def plain_figures(effect: Effect) -> Iterator[str]:
    """Each figure on a line, tabs between, with points: what the script prints too."""
    for name, values in figures(effect):
        yield "\t".join([name, *(f"{value:.6f}" for value in values.values())])

"""A script that computes every figure of an analysis again, from the same file and without Samsvar."""

from pathlib import Path
from pprint import pformat
from typing import Any

from samsvar.instruments.instrument import Instrument
from samsvar.instruments.scales import ScaleSet
from samsvar.outcomes.analysis.effect import SPLITS, Effect
from samsvar.outcomes.files.table import CONTROLS, Table

_SOURCE = Path(__file__).with_name("reproduce.py")
_PLACE = "SPEC: dict[str, Any] = {}\n"


def _figures(effect: Effect) -> list[list[Any]]:
    found: list[list[Any]] = [["alpha", one.scale.key] for one in effect.alphas if one.alpha is not None]
    for change in effect.changes:
        if change.result and change.result.p is not None:
            found.append(["change", change.scale.key, change.group, "latest" if change.wave is None else change.wave])
    for one in effect.groups:
        if one.result and one.result.p is not None:
            codes = {name: code for code, name in one.split.codes.items()}
            found.append(["groups", one.scale.key, one.split.key, [codes[name] for name in one.result.groups]])
    for time in effect.times:
        if time.result and time.result.coefficients:
            found.append(["time", time.scale.key, list(time.result.coefficients)])
    return found


def script(effect: Effect, table: Table, measures: ScaleSet, form: Instrument) -> str:
    """The text of the script. It computes what is shown, and nothing of what is hidden."""
    scales = {
        scale.key: {
            "fields": list(scale.fields),
            "low": scale.low,
            "high": scale.high,
            "ticks": scale.ticks,
            "missing": sorted(scale.missing_codes),
            "reverse": sorted(scale.reverse),
            "conditional": {
                name: [item.only_if[0], sorted(item.only_if[1])]
                for name, item in scale.conditional.items()
                if item.only_if
            },
        }
        for scale in measures.measured()
    }
    spec = {
        "settings": {name: str(value) if isinstance(value, str) else value for name, value in _settings(effect)},
        "outcome": str(effect.outcome),
        "unknown": form.missing,
        "scales": scales,
        "figures": _figures(effect),
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "headings": dict(table.headings),
        "facts": {name: sorted(form.question(name).missing) for name in CONTROLS},
    }
    source = _SOURCE.read_text(encoding="utf-8")
    if _PLACE not in source:
        raise AssertionError("The script has no place for its analysis.")
    about = f"# {form.stamp}; {measures.stamp}; {effect.rules.key}; {', '.join(split.key for split in SPLITS)}\n"
    return source.replace(_PLACE, f"{about}SPEC: dict[str, Any] = {pformat(spec, width=118, sort_dicts=False)}\n")


def _settings(effect: Effect) -> list[tuple[str, Any]]:
    return list(effect.settings.as_data().items())

"""Computes the figures of an analysis again, from the file alone: python script.py FILE.csv

Needs numpy, scipy and statsmodels, and nothing of Samsvar. Prints each figure's name and its values, tabs between.
"""

import csv
import io
import sys
from typing import Any

# This file is also a module of Samsvar: the script is its text, with the analysis in the next line.
SPEC: dict[str, Any] = {}

Row = dict[str, str]
Scale = dict[str, Any]
Scores = list[tuple[int, float]]
Everybody = dict[str, dict[int, Row]]


def number(text: str) -> float | None:
    """A figure as it is written here, with a point or a comma."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return None if value != value else value


def item(row: Row, name: str, scale: Scale) -> float | None:
    """One item as a number; None where it is missing."""
    if scale["ticks"]:
        boxes = [number(row.get(f"{name}_{code}", "")) for code in range(1, scale["ticks"] + 1)]
        if row.get(f"{name}_77", "").strip() == "1" or row.get(name, "").strip() == "77":
            return None
        if any(box is not None for box in boxes):
            return float(sum(box == 1 for box in boxes))
        text = row.get(name, "").strip()
        for sign in ",;+|":
            text = text.replace(sign, " ")
        return float(len(set(text.split()))) if text else None
    value = number(row.get(name, ""))
    if value is None or value in scale["missing"]:
        return None
    return scale["low"] + scale["high"] - value if SPEC["settings"]["reverse"] and name in scale["reverse"] else value


def items(row: Row, scale: Scale) -> list[float | None]:
    """The items that count, by the rule for those that were not asked."""
    found: list[float | None] = []
    for name in scale["fields"]:
        condition = scale["conditional"].get(name)
        if condition and item(row, name, scale) is None and not row.get(name, "").strip():
            first = item(row, condition[0], {**scale, "reverse": []})
            if first is not None and first not in condition[1]:
                rule = SPEC["settings"]["not_asked"]
                found += [0.0] if rule == "zero" else [None] if rule == "missing" else []
                continue
        found.append(item(row, name, scale))
    return found


def score(row: Row, key: str) -> float | None:
    """A report's score on a scale: the file's own column, or from the items."""
    scale = SPEC["scales"][key]
    own = number(row.get(key, ""))
    if own is not None and own != SPEC["unknown"]:
        return own
    found = items(row, scale)
    known = [one for one in found if one is not None]
    if not known or (len(known) < len(found) if SPEC["settings"]["missing"] == "all" else 2 * len(known) < len(found)):
        return None
    mean = sum(known) / len(known)
    if SPEC["settings"]["method"] == "mean":
        return mean
    return sum(known) if len(known) == len(found) else mean * len(found)


def persons(path: str) -> Everybody:
    """The rows of each person by wave, with plain headings."""
    with open(path, "rb") as file:
        text: str = file.read().decode(SPEC["encoding"])
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=SPEC["delimiter"]) if any(row)]
    headings = [SPEC["headings"].get(one.strip(), one.strip()) for one in rows[0]]
    found: Everybody = {}
    for row in rows[1:]:
        line = dict(zip(headings, (one.strip() for one in row)))  # noqa: B905
        wave = 10000 if line["maaling"].lower() in {"slut", "end", "exit"} else int(number(line["maaling"]) or 0)
        found.setdefault(line["nummer"], {})[wave] = line
    return found


def scores(waves: dict[int, Row], key: str) -> Scores:
    """A person's scores in the order of the waves."""
    pairs = [(wave, score(row, key)) for wave, row in sorted(waves.items())]
    return [(wave, value) for wave, value in pairs if value is not None]


def outcome(found: Scores) -> float | None:
    """What groups and times are compared on."""
    if not found or (SPEC["outcome"] == "change" and len(found) < 2):
        return None
    first, latest = found[0][1], found[-1][1]
    return {"first": first, "latest": latest, "change": latest - first}[SPEC["outcome"]]


def fact(waves: dict[int, Row], name: str) -> float | None:
    """What is known of a person, from the last report that says it."""
    if name == "gruppe":
        return number(next(iter(waves.values()))["gruppe"])
    column = {"koen": "q3", "alder": "q4", "minoritet": "q8"}.get(name, name)
    values = [number(row.get(column, "")) for _, row in sorted(waves.items())]
    known = [value for value in values if value is not None and value not in SPEC["facts"].get(column, [])]
    if not known:
        return None
    return float(known[-1] != 1) if name == "minoritet" else known[-1]


def alpha(everybody: Everybody, key: str) -> tuple[float, ...]:
    """Cronbach's alpha at the first wave."""
    scale = SPEC["scales"][key]
    rows = [items(waves[min(waves)], scale) for waves in everybody.values()]
    table = np.array([row for row in rows if len(row) == len(scale["fields"]) and None not in row])
    count = table.shape[1]
    return len(table), count / (count - 1) * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))


def change(everybody: Everybody, key: str, group: int, wave: str | int) -> tuple[float, ...]:
    """One group's change, with the paired t-test."""
    pairs = []
    for waves in everybody.values():
        found = scores(waves, key)
        if fact(waves, "gruppe") == group and len(found) > 1:
            later = found[-1][1] if wave == "latest" else dict(found[1:]).get(int(wave))
            if later is not None:
                pairs.append((found[0][1], later))
    before, after = np.array(pairs).T
    result = stats.ttest_rel(after, before)
    rest = after - before
    return len(rest), rest.mean(), rest.std(ddof=1), result.statistic, len(rest) - 1, result.pvalue


def groups(everybody: Everybody, key: str, by: str, codes: list[int]) -> tuple[float, ...]:
    """A comparison of groups."""
    values: dict[float, list[float]] = {code: [] for code in codes}
    for waves in everybody.values():
        value, code = outcome(scores(waves, key)), fact(waves, by)
        if value is not None and code is not None and code in values:
            values[code].append(value)
    f, p = stats.f_oneway(*values.values())
    means = [np.mean(one) for one in values.values()]
    if max(means) - min(means) < 1e-9:
        # Where the means are equal, F can fall below zero by a rounding, and then has no p.
        f, p = 0.0, 1.0
    n = sum(len(one) for one in values.values())
    return n, f, len(values) - 1, n - len(values), p


def time(everybody: Everybody, key: str, names: list[str]) -> dict[str, tuple[float, ...]]:
    """What time explains, with the controls."""
    rows = []
    for waves in everybody.values():
        row = [outcome(scores(waves, key)), *(fact(waves, name) for name in names)]
        if None not in row:
            rows.append(row)
    table = np.array(rows, float)
    table[:, 1 + names.index("koen")] -= 1
    fit = sm.OLS(table[:, 0], sm.add_constant(table[:, 1:], has_constant="add")).fit()
    return {
        name: (len(table), fit.params[place], fit.bse[place], fit.tvalues[place], fit.pvalues[place], fit.rsquared)
        for place, name in enumerate(names, 1)
    }


def main(path: str) -> None:
    """Print every figure."""
    everybody = persons(path)
    lines: list[tuple[str, tuple[float, ...]]] = []
    for kind, key, *rest in SPEC["figures"]:
        if kind == "time":
            lines += [(f"time.{key}.{name}", values) for name, values in time(everybody, key, *rest).items()]
        else:
            name = ".".join([kind, key, *(str(one) for one in (rest[:1] if kind == "groups" else rest))])
            functions: dict[str, Any] = {"alpha": alpha, "change": change, "groups": groups}
            lines.append((name, functions[kind](everybody, key, *rest)))
    for name, values in lines:
        sys.stdout.write("\t".join([name, *(f"{float(value):.6f}" for value in values)]) + "\n")


if __name__ == "__main__":
    import numpy as np
    import statsmodels.api as sm
    from scipy import stats

    main(sys.argv[1])

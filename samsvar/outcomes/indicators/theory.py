"""The theory of change of each municipality, as data and as a drawing: what is done, and what it is done for.

R-004-116. Each node names the indicators that say something of it (R-004-117). Coordinates are strings, since Danish
number formatting would put commas into the drawing; the table beside it says the same in words.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

from samsvar.instruments.instrument import Said
from samsvar.outcomes import DATA
from samsvar.outcomes.indicators.catalogue import indicators

WIDTH, ROW, BOX_WIDTH, BOX_HEIGHT = 960, 150, 200, 92
_LETTERS, _LINES = 27, 3


class TheoryError(ValueError):
    """A theory of change that may not be used; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is done, or that should come of it."""

    key: str
    level: str
    said: Said
    source: str
    leads: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theory:
    """One municipality's. Levels from what is done upwards."""

    key: str
    said: Said
    source: str
    levels: Mapping[str, Said]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a box is, from its middle: its sides, and where its number and its indicators stand inside."""

    left: int = -BOX_WIDTH // 2
    top: int = -BOX_HEIGHT // 2
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT
    number_x: int = -BOX_WIDTH // 2 + 8
    keys_x: int = BOX_WIDTH // 2 - 8
    head_y: int = -BOX_HEIGHT // 2 + 18


@dataclass(frozen=True, slots=True)
class Box:
    """A node in the drawing, under its number."""

    number: int
    node: Node
    level: str
    words: str
    x: str
    y: str
    lines: tuple[tuple[str, str], ...]
    leads: str


@dataclass(frozen=True, slots=True)
class TheoryDrawing:
    """All that the picture and its table hold. `rows` are the names of the levels and where they stand."""

    boxes: list[Box]
    paths: list[str]
    rows: list[tuple[str, str]]
    width: int
    height: int
    frame: Frame = Frame()


def _theory(raw: Mapping[str, Any]) -> Theory:
    levels = {one["key"]: Said(one["da"], one["en"]) for one in raw["levels"]}
    nodes = tuple(
        Node(
            one["key"],
            one["level"],
            Said(one["da"], one["en"]),
            one["source"],
            tuple(one["leads"]),
            tuple(one["indicators"]),
        )
        for one in raw["nodes"]
    )
    keys = {one.key: one for one in nodes}
    order = list(levels)
    for one in nodes:
        if one.level not in levels or set(one.leads) - set(keys) or set(one.indicators) - set(indicators()):
            raise TheoryError(f"{raw['key']}: {one.key} names something that is not there.")
        if any(order.index(keys[lead].level) <= order.index(one.level) for lead in one.leads):
            raise TheoryError(f"{raw['key']}: {one.key} leads to nothing above it.")
        if not (one.leads or one.level == order[-1]):
            raise TheoryError(f"{raw['key']}: {one.key} leads nowhere.")
    if len(keys) != len(nodes):
        raise TheoryError(f"{raw['key']}: a node is there twice.")
    return Theory(raw["key"], Said(raw["da"], raw["en"]), raw["source"], levels, nodes)


def read(text: str) -> tuple[Theory, ...]:
    """Theories from the text of a file. Raises TheoryError."""
    try:
        return tuple(_theory(raw) for raw in tomllib.loads(text)["theories"])
    except TheoryError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise TheoryError(f"The theories cannot be read: {error}") from error


@cache
def theories() -> tuple[Theory, ...]:
    """The theories that come with the product."""
    return read((DATA / "theories.toml").read_text(encoding="utf-8"))


def draw(theory: Theory, lang: str | None = "da") -> TheoryDrawing:
    """The theory as boxes on lines, what is done lowest; numbered as they stand in the table, from below."""
    order = list(theory.levels)
    height = len(order) * ROW
    where: dict[str, tuple[float, float]] = {}
    for level, key in enumerate(order):
        on = [one for one in theory.nodes if one.level == key]
        for place, node in enumerate(on):
            where[node.key] = (WIDTH * (place + 0.5) / len(on), height - ROW * (level + 0.5) + 12)
    numbers = {node.key: number for number, node in enumerate(theory.nodes, 1)}
    boxes = [
        Box(
            numbers[node.key],
            node,
            theory.levels[node.level].label(lang),
            node.said.label(lang),
            f"{where[node.key][0]:.1f}",
            f"{where[node.key][1]:.1f}",
            _lines(node.said.label(lang)),
            ", ".join(str(numbers[lead]) for lead in node.leads),
        )
        for node in theory.nodes
    ]
    paths = []
    for node in theory.nodes:
        for lead in node.leads:
            (x, y), (to_x, to_y) = where[node.key], where[lead]
            paths.append(f"M{x:.1f} {y - BOX_HEIGHT / 2:.1f} L{to_x:.1f} {to_y + BOX_HEIGHT / 2:.1f}")
    rows = [
        (theory.levels[key].label(lang), f"{height - ROW * (level + 1) + 14:.1f}") for level, key in enumerate(order)
    ]
    return TheoryDrawing(boxes, paths, rows, WIDTH, height + 12)


def _lines(words: str) -> tuple[tuple[str, str], ...]:
    """The words in as many lines as the box takes, each with its place."""
    found = wrap(words, _LETTERS)
    if len(found) > _LINES:
        found = [*found[: _LINES - 1], f"{found[_LINES - 1][: _LETTERS - 1].rstrip()}…"]
    return tuple((line, f"{-BOX_HEIGHT / 2 + 38 + 18 * place:.1f}") for place, line in enumerate(found))

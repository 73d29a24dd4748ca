"""The network map from above: the citizen in the middle, three rings, and everybody where the citizen put them.

Pure: takes rows that a selector has let the reader see, gives coordinates as strings, since Danish number formatting
would put commas into the drawing. The table beside it says the same in words; shape and sign say what a colour does.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from samsvar.coordination.models import DrawnPerson, Ring

SIZE, CENTRE = 480, 240
RADII = {Ring.NEAR: 92, Ring.BETWEEN: 148, Ring.FAR: 204}
LETTERS = 10
# More than these on the map, and only their numbers fit.
MOST_NAMES = 16


@dataclass(frozen=True)
class Place:
    """Where somebody stands in the drawing, under which number."""

    person: DrawnPerson
    number: int
    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Drawing:
    """All that the picture holds."""

    places: list[Place]
    rings: list[str]
    size: int = SIZE
    centre: int = CENTRE


def drawing(persons: Sequence[DrawnPerson]) -> Drawing:
    """Everybody on their ring, evenly spread; each ring begins a little further round, so that names do not meet."""
    places: list[Place] = []
    number = 0
    for ring in Ring:
        on = [one for one in persons if one.ring == ring]
        for index, person in enumerate(on):
            number += 1
            turn = math.tau * (index / len(on)) - math.pi / 2 + 0.6 * (ring - 1)
            x, y = CENTRE + RADII[ring] * math.cos(turn), CENTRE + RADII[ring] * math.sin(turn)
            places.append(Place(person, number, f"{x:.1f}", f"{y:.1f}", _label(person.name, len(persons))))
    return Drawing(places, [str(radius) for radius in RADII.values()])


def _label(name: str, many: int) -> str:
    if many > MOST_NAMES:
        return ""
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"

"""The table seen from above: one chair per authority, the rope, who supports, who has been told.

Pure: takes facts that a selector has already let the reader see, gives coordinates and sentences. All coordinates are
strings, since Danish number formatting would put commas into the drawing.
"""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

NAME_LINE = 15
SAID = 90
NARROW = 106
MIN_CHAIRS, MAX_CHAIRS = 1, 9


@dataclass(frozen=True)
class Chair:
    """One party authority at the table. `days` counts whole days with the rope; 0 is the day it was placed.

    `kind` is the law's word for what the authority is; `raised`: it brought the case.
    """

    authority_short: str
    authority_name: str
    kind: str = ""
    is_holder: bool = False
    days: int = 0
    supports: bool = False
    told: bool = False
    raised: bool = False


@dataclass(frozen=True)
class TablePicture:
    """The facts of one case's table. `since` is when the rope came to the holder; `next_step` is one line or empty.

    `asked` are the proposals that wait for an answer: the name of the authority and what it is asked.
    """

    chairs: Sequence[Chair]
    since: datetime.date | datetime.datetime | None = None
    next_step: str = ""
    asked: Sequence[tuple[str, str]] = ()

    @property
    def holder(self) -> Chair | None:
        """The one authority that holds the handlingsansvar, or None when the case is closed."""
        return next((chair for chair in self.chairs if chair.is_holder), None)

    @property
    def drawable(self) -> bool:
        """Whether its chairs can stand round a table."""
        return MIN_CHAIRS <= len(self.chairs) <= MAX_CHAIRS

    @property
    def outline(self) -> tuple[int, int | None, tuple[int, ...]]:
        """What the small drawing depends on: how many chairs, the holder's place, the places of those who support."""
        holder = next((place for place, chair in enumerate(self.chairs) if chair.is_holder), None)
        return len(self.chairs), holder, tuple(place for place, chair in enumerate(self.chairs) if chair.supports)

    @property
    def holder_sentence(self) -> str:
        """Who holds it and on which day, as one sentence."""
        holder = self.holder
        if holder is None:
            return gettext("Ingen har handlingsansvaret nu.")
        if holder.days <= 0:
            return gettext("%(name)s har handlingsansvaret, fra i dag.") % {"name": holder.authority_name}
        return gettext("%(name)s har handlingsansvaret, på %(day)s. dag.") % {
            "name": holder.authority_name,
            "day": holder.days,
        }

    @property
    def next_sentence(self) -> str:
        """The next step; else what waits for an answer, or that nothing is agreed."""
        if self.next_step:
            return gettext("Næste: %(step)s") % {"step": self.next_step}
        return self.asked_sentence or gettext("Næste skridt er ikke aftalt.")

    @property
    def asked_sentence(self) -> str:
        """What has been proposed to whom, the oldest first; empty when nothing waits for an answer."""
        if not self.asked:
            return ""
        who, what = self.asked[0]
        said = gettext("Foreslået til %(who)s: %(what)s – afventer svar.") % {
            "who": who,
            "what": Truncator(what).chars(SAID).rstrip(". "),
        }
        more = len(self.asked) - 1
        if not more:
            return said
        others = ngettext("Og %(count)s forslag mere.", "Og %(count)s forslag mere.", more) % {"count": more}
        return f"{said} {others}"

    @property
    def since_text(self) -> str:
        """The day the rope came to the holder, in full."""
        return date_format(self.since, gettext("j. F Y")) if self.since else ""

    @property
    def told_names(self) -> str:
        """The authorities that have been told something, by full name."""
        return ", ".join(chair.authority_name for chair in self.chairs if chair.told)

    @property
    def supporting_names(self) -> str:
        """The authorities with an action of their own, by full name."""
        return ", ".join(chair.authority_name for chair in self.chairs if chair.supports)

    @property
    def text(self) -> str:
        """Everything the drawing shows, in sentences: for the description of the drawing."""
        parts = [self.holder_sentence, self.next_sentence]
        if self.next_step and self.asked:
            parts.append(self.asked_sentence)
        if self.supporting_names:
            parts.append(gettext("Støtter: %(names)s.") % {"names": self.supporting_names})
        parts.append(
            gettext("Har fået noget at vide: %(names)s.") % {"names": self.told_names}
            if self.told_names
            else gettext("Ingen har fået noget at vide endnu.")
        )
        return " ".join(parts)


@dataclass(frozen=True)
class Shape:
    """The measures of one size of the drawing, in the units of its viewBox."""

    width: int
    height: int
    table: tuple[int, int]
    ring: tuple[int, int]
    seat: int
    names: bool


BIG = Shape(width=560, height=300, table=(78, 56), ring=(118, 86), seat=32, names=True)
SMALL = Shape(width=72, height=56, table=(15, 11), ring=(27, 20), seat=10, names=False)


def kind_word(kind: str) -> str:
    """One short word for a kind of authority, where there is no room for its name; empty for a kind not known."""
    return {
        "police": gettext("Politi"),
        "social": gettext("Kommune"),
        "psychiatry": gettext("Psykiatri"),
        "forensic_psychiatry": gettext("Retspsyk."),
        "probation": gettext("Krim.fors."),
        "jobcentre": gettext("Jobcenter"),
        "self_owning": gettext("Selvejende"),
        "practice": gettext("Læge"),
        "housing": gettext("Bolig"),
    }.get(kind, "")


@dataclass(frozen=True)
class PlacedChair:
    """A chair with its place: `turn` in degrees so that its back is outward; `rope` and `support` are path data."""

    chair: Chair
    number: int
    x: str
    y: str
    turn: str
    rope: str
    support: str
    door_x: str
    door_y: str
    name_x: str
    name_y: str
    name_anchor: str
    name_lines: list[str] = field(default_factory=list)
    word: str = ""
    word_x: str = ""
    word_y: str = ""


@dataclass(frozen=True)
class Drawing:
    """What the SVG template draws."""

    picture: TablePicture
    shape: Shape
    chairs: list[PlacedChair]
    centre_x: str
    centre_y: str
    days_text: str
    title: str


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def name_lines(name: str, width: int = NAME_LINE) -> list[str]:
    """A name on at most two lines of about `width` characters; a longer rest ends in an ellipsis."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [str(Truncator(line).chars(width + 1)) for line in lines]


def draw(picture: TablePicture, shape: Shape = BIG) -> Drawing:
    """Places one to nine chairs evenly round the table, the first at the top, clockwise.

    Raises ValueError for no chair or more than nine: the caller shows the list instead.
    """
    if not picture.drawable:
        raise ValueError(f"a table has {MIN_CHAIRS} to {MAX_CHAIRS} chairs")
    centre_x, centre_y = shape.width / 2, shape.height / 2
    placed = []
    for index, chair in enumerate(picture.chairs):
        angle = -math.pi / 2 + index * 2 * math.pi / len(picture.chairs)
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = centre_x + shape.ring[0] * cos, centre_y + shape.ring[1] * sin
        # The rope hangs a little, so that it never looks like the straight line of a support.
        bend_x, bend_y = centre_x + (x - centre_x) * 0.55 - 14 * sin, centre_y + (y - centre_y) * 0.55 + 14 * cos
        line = f"M{_number(centre_x)} {_number(centre_y)}"
        side = abs(cos) > 0.2
        lines = name_lines(chair.authority_short) if shape.names else []
        reach = shape.seat / 2 + 12
        placed.append(
            PlacedChair(
                chair=chair,
                number=index + 1,
                x=_number(x),
                y=_number(y),
                turn=_number(math.degrees(math.atan2(sin, cos)) + 90),
                rope=f"{line} Q{_number(bend_x)} {_number(bend_y)} {_number(x)} {_number(y)}"
                if chair.is_holder
                else "",
                support=f"{line} L{_number(x)} {_number(y)}" if chair.supports and not chair.is_holder else "",
                door_x=_number(x - (shape.seat / 2 + 10) * sin),
                door_y=_number(y + (shape.seat / 2 + 10) * cos),
                name_x=_number(x + math.copysign(reach + 6, cos) if side else x),
                name_y=_number(
                    y + 5 - 8 * (len(lines) - 1)
                    if side
                    else (y + reach + 16 if sin > 0 else y - reach - 2 - 16 * (len(lines) - 1))
                ),
                name_anchor=("start" if cos > 0 else "end") if side else "middle",
                name_lines=lines,
                word=kind_word(chair.kind) if shape.names else "",
                # A phone shows the middle of the drawing; the word stands under the chair, and above it at the top.
                word_x=_number(min(max(x, centre_x - NARROW), centre_x + NARROW)),
                word_y=_number(y - reach - 2 if sin < -0.9 else y + reach + 20),
            )
        )
    holder = picture.holder
    return Drawing(
        picture=picture,
        shape=shape,
        chairs=placed,
        centre_x=_number(centre_x),
        centre_y=_number(centre_y),
        days_text=(gettext("%(day)s. dag") % {"day": holder.days} if holder.days > 0 else gettext("i dag"))
        if holder
        else "",
        title=ngettext("Bord med %(count)s myndighed", "Bord med %(count)s myndigheder", len(picture.chairs))
        % {"count": len(picture.chairs)},
    )

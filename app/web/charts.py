"""Charts as boxes to draw: stacked bars from left to right, or stacked columns side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, log10

WIDTH = 480  # of the drawing; it is as wide as the page lets it be
LABEL = 120  # room for a bar's name
NUMBER = 36  # room for its number, behind it
ROW = 20
BAR = 14
HEIGHT = 160  # of the columns
AXIS = 30  # room for the scale's numbers
FOOT = 16  # room for the columns' names
MOST_NAMES = 10  # of columns; more would overlap

Part = tuple[str, int]  # what it is, and how many


@dataclass(frozen=True, slots=True)
class Box:
    """One part of a bar or column."""

    x: float
    y: float
    width: float
    height: float
    part: str
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar or column with its name; ``x`` and ``y`` are where the name stands."""

    name: str
    total: int
    x: float
    y: float
    named: bool
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready for its template."""

    height: float
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, int], ...] = ()  # of the scale: where, and which number
    width: float = WIDTH


def bars(rows: Sequence[tuple[str, Sequence[Part]]]) -> Chart:
    """A bar for each row, the longest as long as there is room."""
    most = max((_total(parts) for _, parts in rows), default=0) or 1
    scale = (WIDTH - LABEL - NUMBER) / most
    drawn = []
    for number, (name, parts) in enumerate(rows):
        y = number * ROW
        boxes = tuple(
            Box(LABEL + start * scale, y, count * scale, BAR, part, count)
            for part, start, count in _stacked(parts)
        )
        drawn.append(Bar(name, _total(parts), 0, y + BAR - 3, True, boxes))
    return Chart(max(len(rows), 1) * ROW, tuple(drawn))


def columns(rows: Sequence[tuple[str, Sequence[Part]]]) -> Chart:
    """A column for each row, in their order; names stand below as many as there is room for."""
    most = max((_total(parts) for _, parts in rows), default=0)
    step = _step(most)
    top = max(step * ceil(most / step), step)
    scale, each = HEIGHT / top, (WIDTH - AXIS) / max(len(rows), 1)
    apart = ceil(len(rows) / MOST_NAMES)
    drawn = []
    for number, (name, parts) in enumerate(rows):
        x = AXIS + number * each
        boxes = tuple(
            Box(x + each * 0.1, HEIGHT - (start + count) * scale, each * 0.8, count * scale, part, count)
            for part, start, count in _stacked(parts)
        )
        drawn.append(Bar(name, _total(parts), x + each / 2, HEIGHT + FOOT - 4, number % apart == 0, boxes))
    marks = tuple((HEIGHT - number * scale, number) for number in range(0, top + 1, step))
    return Chart(HEIGHT + FOOT, tuple(drawn), marks)


def _stacked(parts: Sequence[Part]) -> Iterator[tuple[str, int, int]]:
    """Each part that is not empty, with where it starts."""
    starts = accumulate((count for _, count in parts), initial=0)
    return ((part, start, count) for (part, count), start in zip(parts, starts, strict=False) if count)


def _total(parts: Sequence[Part]) -> int:
    return sum(count for _, count in parts)


def _step(most: int) -> int:
    """A round number that goes into the scale at most five times."""
    if most <= 5:
        return 1
    ten: int = 10 ** int(log10(most / 5))
    return next(step * ten for step in (1, 2, 5, 10) if step * ten * 5 >= most)

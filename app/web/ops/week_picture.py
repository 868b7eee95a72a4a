"""A week's picture as boxes to draw: days from the top down, hours from left to right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from routing.notation import clock
from routing.picture import Day, Picture, days
from routing.week import DAY_MINUTES

LABEL = 90  # room on the left for the day's name
WIDTH = 720  # of 24 hours
TAG = 30  # room on the right for the tag of a band's language
TOP = 18  # room above for the hours
HEAT = 14  # the height of the band that shows how many languages are answered
STRIP = 10  # the height of one language's band
GAP = 8
DARKEST = 4  # so many languages or more have the darkest colour


@dataclass(frozen=True, slots=True)
class Box:
    """One stretch of hours through which ``languages`` are answered."""

    x: float
    y: float
    width: float
    height: float
    languages: tuple[str, ...]
    look: str  # its class: heat-1 to heat-4 by their number, strip-0 or strip-1 in a language's own band
    hours: str  # 09:00-17:00


@dataclass(frozen=True, slots=True)
class Row:
    """One day: where its name stands, its boxes, and each language's hours in words."""

    day: date
    y: float
    boxes: tuple[Box, ...]
    tags: tuple[tuple[float, str], ...]  # where each language's band is named
    hours: tuple[tuple[str, str], ...]  # language, "09:00-12:00, 13:00-17:00"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture ready for its template."""

    picture: Picture
    rows: tuple[Row, ...]
    height: float
    width: int = LABEL + WIDTH + TAG
    right: int = LABEL + WIDTH
    marks: tuple[tuple[float, str], ...] = tuple(
        (LABEL + hour * WIDTH / 24, f"{hour:02}:00") for hour in range(0, 24, 3)
    )


def drawn(picture: Picture) -> Drawing:
    """The boxes of a department's week."""
    height = HEAT + len(picture.strips) * STRIP + GAP
    rows = tuple(_row(day, TOP + number * height) for number, day in enumerate(days(picture)))
    return Drawing(picture, rows, TOP + 7 * height)


def _row(day: Day, y: float) -> Row:
    hours = tuple(
        (language, ", ".join(_hours(start, end) for start, end in windows))
        for language, windows in day.windows
    )
    tags = tuple((y + HEAT + (n + 1) * STRIP - 2, language) for n, (language, _) in enumerate(hours))
    return Row(day.date, y, tuple(_boxes(day, y)), tags, hours)


def _boxes(day: Day, y: float) -> Iterator[Box]:
    for run in day.runs:
        yield _box(run.start, run.end, y, HEAT, run.languages, f"heat-{min(len(run.languages), DARKEST)}")
    for number, (language, windows) in enumerate(day.windows):
        for start, end in windows:
            yield _box(start, end, y + HEAT + number * STRIP, STRIP - 1, (language,), f"strip-{number % 2}")


def _box(start: int, end: int, y: float, height: float, languages: tuple[str, ...], look: str) -> Box:
    x, width = LABEL + start * WIDTH / DAY_MINUTES, (end - start) * WIDTH / DAY_MINUTES
    return Box(x, y, width, height, languages, look, _hours(start, end))


def _hours(start: int, end: int) -> str:
    return f"{clock(start)}-{clock(end)}"

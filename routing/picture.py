"""A department's week as a picture: when each language is answered, on whichever clock it is looked at.

The spans are those of the desks themselves, so calendars, closures and emergencies count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from routing.desks import Board, Desk
from routing.moment import Moment, moment
from routing.table import Overlay
from routing.week import DAY_MINUTES, Window, union
from routing.zones import DAY as DAY_SECONDS
from routing.zones import EPOCH, pieces
from routing.zones import zone as zone_of

Span = tuple[datetime, datetime]  # aware, on the picture's clock; the end is exclusive


@dataclass(frozen=True, slots=True)
class Strip:
    """One language of the department: its desk's natural key and queue, and when it answers."""

    language: str
    key: str
    queue: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A department's week on one clock, from a Monday 00:00 to the next."""

    department: str
    zone: str
    start: datetime
    end: datetime
    strips: tuple[Strip, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody answers all week."""
        return not any(strip.spans for strip in self.strips)


@dataclass(frozen=True, slots=True)
class Run:
    """Minutes of a day through which the same languages are answered."""

    start: int
    end: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the wall clock: each language's minutes, and how many languages are answered when."""

    date: date
    windows: tuple[tuple[str, tuple[Window, ...]], ...]
    runs: tuple[Run, ...]

    def hourly(self) -> tuple[int, ...]:
        """How many languages are answered at some time in each of the day's 24 hours."""
        return tuple(
            sum(
                any(start < (hour + 1) * 60 and hour * 60 < end for start, end in windows)
                for _, windows in self.windows
            )
            for hour in range(24)
        )


def picture(board: Board, overlay: Overlay, department: str, at: datetime, zone: str) -> Picture:
    """The week that holds the aware instant ``at`` on the clock of ``zone``.

    Raises:
        UnknownZone: no such IANA zone.
    """
    there = zone_of(zone)
    today = at.astimezone(there).date()
    monday = today - timedelta(days=today.weekday())
    start, end = _midnight(monday, there), _midnight(monday + timedelta(days=7), there)
    first = moment(start, overlay, board.territory)
    strips = tuple(
        Strip(desk.language, desk.key, desk.queue, _spans(first, desk, end, there))
        for desk in board.of(department)
    )
    return Picture(department, zone, start, end, strips)


def days(seen: Picture) -> tuple[Day, ...]:
    """The picture's seven days, in minutes of their wall clock.

    Where the clock is put back, an hour that is answered either time counts as answered.
    """
    walls = [(strip.language, _walls(strip.spans, seen.zone)) for strip in seen.strips]
    dates = [seen.start.date() + timedelta(days=number) for number in range(7)]
    return tuple(_day(day, [(language, wall.get(day, [])) for language, wall in walls]) for day in dates)


def _midnight(day: date, there: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=there)


def _spans(first: Moment, desk: Desk, end: datetime, there: ZoneInfo) -> tuple[Span, ...]:
    until = int((end - EPOCH).total_seconds())
    return tuple(
        (datetime.fromtimestamp(low, there), datetime.fromtimestamp(high, there))
        for low, high in first.spans(desk, until)
    )


def _walls(spans: tuple[Span, ...], zone: str) -> dict[date, list[Window]]:
    """Spans as minutes of each date that the clock of a zone shows."""
    found: dict[date, list[Window]] = {}
    for low, high in ((int((at - EPOCH).total_seconds()) for at in span) for span in spans):
        for start, end, ahead in _pieces(zone, low, high):
            for number in range((start + ahead) // DAY_SECONDS, (end + ahead - 1) // DAY_SECONDS + 1):
                shift = number * DAY_SECONDS - ahead
                minutes = (max(start - shift, 0) // 60, min(-(-(end - shift) // 60), DAY_MINUTES))
                found.setdefault((EPOCH + timedelta(days=number)).date(), []).append(minutes)
    return found


def _pieces(zone: str, low: int, high: int) -> Iterator[tuple[int, int, int]]:
    """A span cut at UTC midnights and where the zone's offset changes: from, until, seconds ahead."""
    for day in range(low // DAY_SECONDS, (high - 1) // DAY_SECONDS + 1):
        for start, end, ahead in pieces(zone, day):
            if max(low, start) < min(high, end):
                yield max(low, start), min(high, end), ahead


def _day(day: date, windows: list[tuple[str, list[Window]]]) -> Day:
    tidy = tuple((language, tuple(union(minutes))) for language, minutes in windows)
    marks = sorted({mark for _, minutes in tidy for window in minutes for mark in window})
    runs = (Run(start, end, _answered(tidy, start)) for start, end in pairwise(marks))
    return Day(day, tidy, tuple(run for run in runs if run.languages))


def _answered(windows: tuple[tuple[str, tuple[Window, ...]], ...], minute: int) -> tuple[str, ...]:
    return tuple(
        language for language, minutes in windows if any(start <= minute < end for start, end in minutes)
    )

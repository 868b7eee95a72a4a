"""One day of one desk: its weekly windows after calendar, dated closures and special openings.

Precedence: a dated closure, then a special opening, then the calendar, then weekly hours. Where a closure
and an opening both cover a minute the closure wins, however narrow the opening.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from routing import keys
from routing.calendars import Calendar
from routing.table import Closure, Coverage
from routing.week import DAY_MINUTES, Week

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes of a day, the end exclusive, and the row they come from; empty: the weekly hours."""

    start: int
    end: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What starts on a day, what is cut out of its wall clock, and what a closure took away."""

    windows: tuple[Stretch, ...]
    cuts: tuple[Stretch, ...] = ()
    lost: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """The closures and special openings in a desk's scope, by day of the epoch, and its calendar."""

    by_day: dict[int, tuple[Closure, ...]]
    calendar: Calendar | None

    def __bool__(self) -> bool:
        return bool(self.by_day) or self.calendar is not None

    def day(self, number: int, week: Week) -> Day:
        """The day of the epoch ``number`` (0: 1970-01-01) of a desk with these weekly hours."""
        weekly = tuple(Stretch(start, end) for start, end in week.days[(number + 3) % 7])
        dated = self.by_day.get(number, ())
        if not dated and self.calendar is None:
            return Day(weekly)
        special = [row for row in dated if row.effect == "open"]
        windows, lost = self._after_calendar(number, weekly, special)
        windows += tuple(_stretch(row, overnight=True) for row in special if _has_times(row))
        closed = [row for row in dated if row.effect != "open"]
        whole = [row for row in closed if not _has_times(row)]
        if whole:
            lost += tuple(Stretch(w.start, w.end, keys.closure(whole[0])) for w in windows)
            windows = ()
        return Day(windows, tuple(_stretch(row, overnight=False) for row in closed if _has_times(row)), lost)

    def _after_calendar(
        self, number: int, weekly: tuple[Stretch, ...], special: list[Closure]
    ) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
        day = date.fromordinal(number + EPOCH_ORDINAL)
        if self.calendar is None or day not in self.calendar:
            return weekly, ()
        whole = [row for row in special if not _has_times(row)]
        if whole:
            return tuple(Stretch(w.start, w.end, keys.closure(whole[0])) for w in weekly), ()
        because = f"calendar/{self.calendar.name}/{day.isoformat()}"
        return (), tuple(Stretch(w.start, w.end, because) for w in weekly)


def in_scope(rows: Iterable[Closure], desk: Coverage, territory: str) -> dict[int, tuple[Closure, ...]]:
    """The closures that reach a desk serving ``territory``, by day of the epoch."""
    found: dict[int, tuple[Closure, ...]] = {}
    for row in rows:
        scope = (row.cloud, desk.cloud), (row.territory, territory), (row.department, desk.department)
        if all(wanted in {"*", own} for wanted, own in (*scope, (row.language, desk.language))):
            number = row.day.toordinal() - EPOCH_ORDINAL
            found[number] = (*found.get(number, ()), row)
    return found


def _has_times(row: Closure) -> bool:
    return row.start is not None or row.end is not None


def _stretch(row: Closure, *, overnight: bool) -> Stretch:
    """The row's minutes; an opening may end the next day, a closure ends with its own."""
    start = _minute(row.start) if row.start else 0
    end = _minute(row.end) if row.end else DAY_MINUTES
    if end <= start:
        end = end + DAY_MINUTES if overnight else DAY_MINUTES
    return Stretch(start, end, keys.closure(row))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute

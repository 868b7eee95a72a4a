"""When a desk answers: its weekly windows on the wall clock of its zone, after calendar and dated closures.

A desk is open at an instant if the wall clock it shows then lies in a window: hours that a clock change
repeats count twice, hours it skips not at all. Instants are whole seconds of the epoch; times of day are
wall-clock minutes.
"""

from bisect import bisect_right
from dataclasses import dataclass

from routing.special_days import Day, SpecialDays, Stretch
from routing.week import DAY_MINUTES, Week, union
from routing.zones import DAY, FIRST_INSTANT, LAST_INSTANT, Clock, pieces

SEARCH_DAYS = 400  # a desk that does not open within them never opens, as far as callers are told
_TOLD_DAYS = 14  # closures this far ahead are named as the reason of a late opening


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of instants through which a desk stays as it is."""

    start: int
    end: int  # exclusive
    open: bool
    opening: int | None  # the next one; None: open, or never
    because: tuple[str, ...]  # closures, calendars and special openings that decided


class Hours:
    """The hours of one desk. Immutable but for a memo of the last spell, which is replaced in one step."""

    __slots__ = ("_always", "_clock", "_ends", "_last", "_plain", "_special_days", "_starts", "_week")

    def __init__(self, week: Week, clock: Clock, special_days: SpecialDays) -> None:
        self._week = week
        self._clock = clock
        self._special_days = special_days
        self._plain = not special_days
        self._always = week.always and self._plain
        self._starts = week.starts
        self._ends = week.ends
        self._last = Spell(0, 0, open=False, opening=None, because=())

    def is_open(self, second: int) -> bool:
        """Whether the desk answers at this instant."""
        if self._always:
            return True
        if self._plain:
            minute = self._clock.minute_of_week(second)
            found = bisect_right(self._starts, minute)
            return found > 0 and minute < self._ends[found - 1]
        return self._spell(second).open

    def opening(self, second: int) -> int | None:
        """The first instant from this one on at which the desk, closed now, answers; None: never."""
        if not self._plain:
            return self._spell(second).opening
        clock = self._clock
        wait = self._week.wait(clock.minute_of_week(second))
        if wait is None:
            return None
        found = (second // 60 + wait) * 60
        # While the clock is not changed in between, wall time runs as the instants do.
        if clock.ahead(found) == clock.ahead(second):
            return found
        return self._spell(second).opening

    def because(self, second: int) -> tuple[str, ...]:
        """The closures, calendars and special openings that decide at this instant; none: weekly hours do."""
        return () if self._plain else self._spell(second).because

    def ahead(self, second: int) -> int:
        """Seconds the desk's clock is ahead of UTC at an instant."""
        return self._clock.ahead(second)

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches from one instant to another through which the desk answers; ends are exclusive."""
        found = [(start, end)] if self._always else []
        if not self._always:
            found = [span for day in range(start // DAY, (end - 1) // DAY + 1) for span in self._spans(day)]
        clipped = [(max(low, start), min(high, end)) for low, high in found]
        return union([(low, high) for low, high in clipped if low < high])

    def _spell(self, second: int) -> Spell:
        last = self._last
        if last.start <= second < last.end:
            return last
        self._last = found = self._find(second)
        return found

    def _find(self, second: int) -> Spell:
        today = second // DAY
        before = today * DAY
        for start, end in self._spans(today):
            if start <= second < end:
                return Spell(start, end, open=True, opening=None, because=self._told_open(second))
            if second < start:
                return Spell(
                    before, start, open=False, opening=start, because=self._told_closed(second, start)
                )
            before = end
        for day in range(today + 1, today + 1 + SEARCH_DAYS):
            found = self._spans(day)
            if found:
                start = found[0][0]
                return Spell(
                    before, start, open=False, opening=start, because=self._told_closed(second, start)
                )
        return Spell(
            before, (today + 1) * DAY, open=False, opening=None, because=self._told_closed(second, None)
        )

    def _spans(self, day: int) -> list[tuple[int, int]]:
        """The open spans of a UTC day, in seconds of the epoch."""
        if not FIRST_INSTANT < day * DAY < LAST_INSTANT:
            return []
        found: list[tuple[int, int]] = []
        for start, end, ahead in pieces(self._clock.key, day):
            for wall_day in range((start + ahead) // DAY, (end + ahead - 1) // DAY + 1):
                shift = wall_day * DAY - ahead
                for first, last in self._open_minutes(wall_day):
                    low, high = max(start, first * 60 + shift), min(end, last * 60 + shift)
                    if low < high:
                        found.append((low, high))
        return union(found)

    def _open_minutes(self, wall_day: int) -> list[tuple[int, int]]:
        """The open minutes of one date on the wall clock, also of windows that started the day before."""
        here = self._day(wall_day)
        parts = [(w.start, min(w.end, DAY_MINUTES)) for w in here.windows]
        parts += [(0, w.end - DAY_MINUTES) for w in self._day(wall_day - 1).windows if w.end > DAY_MINUTES]
        found = union(parts)
        for cut in here.cuts:
            found = [part for span in found for part in _without(span, cut) if part[0] < part[1]]
        return found

    def _day(self, wall_day: int) -> Day:
        return self._special_days.day(wall_day, self._week)

    def _wall(self, second: int) -> tuple[int, int]:
        return divmod((second + self._clock.ahead(second)) // 60, DAY_MINUTES)

    def _told_open(self, second: int) -> tuple[str, ...]:
        day, minute = self._wall(second)
        told = [w.because for w in self._day(day).windows if w.start <= minute < w.end]
        told += [w.because for w in self._day(day - 1).windows if w.start <= minute + DAY_MINUTES < w.end]
        return () if "" in told else tuple(dict.fromkeys(told))

    def _told_closed(self, second: int, opening: int | None) -> tuple[str, ...]:
        day, minute = self._wall(second)
        last = day + _TOLD_DAYS if opening is None else min(self._wall(opening)[0], day + _TOLD_DAYS)
        told = [s.because for s in self._day(day - 1).lost if minute + DAY_MINUTES < s.end]
        for number in range(day, last + 1):
            found = self._day(number)
            told += [s.because for s in found.lost]
            told += [cut.because for cut in found.cuts if self._takes(number, cut)]
        return tuple(dict.fromkeys(told))

    def _takes(self, wall_day: int, cut: Stretch) -> bool:
        windows = [(w.start, w.end) for w in self._day(wall_day).windows]
        windows += [(w.start - DAY_MINUTES, w.end - DAY_MINUTES) for w in self._day(wall_day - 1).windows]
        return any(start < cut.end and cut.start < end for start, end in windows)


def _without(span: tuple[int, int], cut: Stretch) -> tuple[tuple[int, int], tuple[int, int]]:
    start, end = span
    return (start, min(end, cut.start)), (max(start, cut.end), end)

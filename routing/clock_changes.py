"""Windows that a clock change cuts short or doubles, with the dates."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib import metadata

from routing.special_days import EPOCH_ORDINAL
from routing.week import DAY_MINUTES, Week
from routing.zones import DAY, offset_at, pieces
from routing.zones import zone as zone_of

# The years looked at: that of the pinned zone data and the next, so that a table is judged alike on every
# day.
FIRST_YEAR = int(metadata.version("tzdata")[:4])


def clock_changes(week: Week, zone: str) -> Iterator[str]:
    """One sentence, with its dates, for each hour that clock changes skip or repeat and a window meets.

    A window meets it by starting or by ending within it.
    """
    dates: dict[tuple[str, str], list[str]] = {}
    for number, first, last, skips in _changes(zone):
        today = week.days[(number + 3) % 7]
        nights = [(start - DAY_MINUTES, end - DAY_MINUTES) for start, end in week.days[(number + 2) % 7]]
        day = date.fromordinal(number + EPOCH_ORDINAL).isoformat()
        what = f"the clock {'skips' if skips else 'repeats'} {_clock(first)}-{_clock(last)}"
        for start, end in (*nights, *today):
            if first <= start < last:
                dates.setdefault((what, "starts"), []).append(day)
            if first < end < last:
                dates.setdefault((what, "ends"), []).append(day)
    for (what, edge), days in dates.items():
        yield f"on {' and '.join(dict.fromkeys(days))} {what}, where this window {edge}"


@lru_cache(maxsize=512)
def _changes(zone: str) -> tuple[tuple[int, int, int, bool], ...]:
    """The zone's changes: wall day of the epoch, first and last minute of the hour, whether it is skipped."""
    found = []
    for day in _days_of_changes(zone):
        (_, until, before), (since, _, after) = pieces(zone, day)
        walls = sorted((until + before, since + after))
        number = walls[0] // DAY
        first, last = ((wall - number * DAY) // 60 for wall in walls)
        found.append((number, first, last, after > before))
    return tuple(found)


def _days_of_changes(zone: str) -> Iterator[int]:
    """The UTC days (of the epoch) of these years that end at another offset than they begin with."""
    start, there = date(FIRST_YEAR, 1, 1).toordinal() - EPOCH_ORDINAL, zone_of(zone)
    before = offset_at(there, start * DAY)
    for day in range(start, start + 730):
        after = offset_at(there, (day + 1) * DAY)
        if after != before and len(pieces(zone, day)) > 1:
            yield day
        before = after


def _clock(minute: int) -> str:
    return f"{minute % DAY_MINUTES // 60:02}:{minute % 60:02}"

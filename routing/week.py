"""Weekly hours of the ``opening_hours`` notation, as windows that belong to the day they start on.

``opening-hours-py`` says whether a text is the notation at all. The windows are derived here, because a
closure closes the windows that *start* on its day, and that library merges windows across midnight and lets
``Tu off`` cut the end of Monday's night shift.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stub leaves it out

DAY_MINUTES = 1440
WEEK_MINUTES = 7 * DAY_MINUTES
DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

Window = tuple[int, int]  # minutes from the midnight its day starts with; the end is exclusive, at most 48 h

_NAME = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_NAME}(?:-{_NAME})?(?:\s*,\s*{_NAME}(?:-{_NAME})?)*"
_SPAN = r"[0-9]{1,2}:[0-9]{2}\s*-\s*[0-9]{1,2}:[0-9]{2}"
_RULE = re.compile(
    rf"\s*(?:(?P<days>{_DAYS})\s*)?(?P<what>off|closed|24/7|{_SPAN}(?:\s*,\s*{_SPAN})*)\s*", re.IGNORECASE
)
# A comma before a weekday, after hours or "off", starts a rule that adds to its days; a semicolon one that
# replaces.
_ADDED = re.compile(rf"(?<=[0-9fFdD])\s*,\s*(?={_NAME})", re.IGNORECASE)


class NotHours(ValueError):  # noqa: N818 - says what is wrong, in the data rather than the program
    """The text is no weekly hours; the message is one sentence that says what would be right."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of windows, Monday first, and the same as intervals of one round week."""

    days: tuple[tuple[Window, ...], ...]
    starts: tuple[int, ...]  # of the merged intervals, in minutes of the week, ascending
    ends: tuple[int, ...]

    def wait(self, minute: int) -> int | None:
        """Minutes from a minute of the week that no window covers to the next start; None: there is none."""
        if not self.starts:
            return None
        found = bisect_right(self.starts, minute)
        if found < len(self.starts):
            return self.starts[found] - minute
        return self.starts[0] + WEEK_MINUTES - minute

    @property
    def always(self) -> bool:
        """Whether no minute of the week is left out."""
        return self.starts == (0,) and self.ends == (WEEK_MINUTES,)


@lru_cache(maxsize=4096)
def week(text: str) -> Week:
    """The week an ``opening_hours`` text describes.

    Takes weekdays, several windows a day, ``24/7``, ``off``, nights (``21:00-05:00``) and extended hours
    (``12:00-36:00``). A later rule replaces the windows of its days, and no others.

    Raises:
        NotHours: anything else, months, holidays and comments among it.
    """
    _refuse_other_notation(text)
    days: list[tuple[Window, ...]] = [()] * 7
    for rule in text.split(";"):
        for place, part in enumerate(_ADDED.split(rule)):
            found = _RULE.fullmatch(part)
            if found is None:
                raise NotHours(
                    f'"{_short(text)}" is not weekly: "{_short(part.strip())}" cannot be used here; '
                    "write weekdays and hours such as Mo-Fr 09:00-17:00, 24/7 or off, "
                    "and dates as closures or a calendar"
                )
            windows = _windows(found["what"], text)
            for day in _days(found["days"]):
                days[day] = tuple(sorted({*days[day], *windows})) if place and windows else windows
    return Week(tuple(days), *_merged(days))


def _refuse_other_notation(text: str) -> None:
    try:
        OpeningHours(text)
    except ParserError as error:
        place = re.search(r"--> 1:([0-9]+)", str(error))
        where = f" (at character {place[1]})" if place else ""
        raise NotHours(
            f'"{_short(text)}" is not opening_hours notation{where}; write for example Mo-Fr 09:00-17:00'
        ) from None


def _days(text: str | None) -> list[int]:
    if text is None:
        return list(range(7))
    found: list[int] = []
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        start, end = _day(first), _day(last or first)
        found += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return found


def _day(name: str) -> int:
    return DAY_NAMES.index(name.strip().capitalize())


def _windows(what: str, text: str) -> tuple[Window, ...]:
    if what.lower() in {"off", "closed"}:
        return ()
    if what == "24/7":
        return ((0, DAY_MINUTES),)
    return tuple(sorted({_window(span, text) for span in what.split(",")}))


def _window(span: str, text: str) -> Window:
    start, end = (_minutes(part) for part in span.split("-"))
    if start == end:
        raise NotHours(
            f'"{_short(text)}": {span.strip()} starts where it ends; write 00:00-24:00 for a whole day'
        )
    return (start, end + DAY_MINUTES if end < start else end)


def _minutes(clock: str) -> int:
    hours, minutes = clock.strip().split(":")
    return int(hours) * 60 + int(minutes)


def _merged(days: list[tuple[Window, ...]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """All windows of a round week, the part that runs past Sunday midnight carried over to Monday."""
    parts: list[Window] = []
    for day, windows in enumerate(days):
        for start, end in windows:
            first, last = day * DAY_MINUTES + start, day * DAY_MINUTES + end
            parts.append((first, min(last, WEEK_MINUTES)))
            if last > WEEK_MINUTES:
                parts.append((0, last - WEEK_MINUTES))
    merged = union(parts)
    return tuple(start for start, _ in merged), tuple(end for _, end in merged)


def union(parts: list[Window]) -> list[Window]:
    """Intervals in ascending order, those that touch made one."""
    merged: list[Window] = []
    for start, end in sorted(parts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."

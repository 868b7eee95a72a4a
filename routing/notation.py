"""A week's windows as a person would write them, in ``opening_hours`` notation."""

from collections.abc import Iterable, Sequence

from routing.week import DAY_MINUTES, DAY_NAMES, Window

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALWAYS = ((0, DAY_MINUTES),)


def text(days: Sequence[Sequence[Window]]) -> str:
    """The notation of seven days of windows, Monday first: ``Mo-Fr 09:00-17:00; Sa 10:00-12:00``.

    ``routing.week.week`` reads the same windows back, in their order of time and each once.
    """
    tidy = [tuple(sorted(set(windows))) for windows in days]
    if not any(tidy):
        return "off"
    if all(windows == _ALWAYS for windows in tidy):
        return "24/7"
    alike: dict[tuple[Window, ...], list[int]] = {}
    for day, windows in enumerate(tidy):
        if windows:
            alike.setdefault(windows, []).append(day)
    return "; ".join(
        f"{_days(numbers)} {','.join(_span(window) for window in windows)}"
        for windows, numbers in alike.items()
    )


def ends(day: int, window: Window) -> str:
    """When a window that runs past midnight ends, in words: ``ends Tuesday 06:00``; else nothing.

    ``day`` is the day it starts on, 0 being Monday.
    """
    _, end = window
    if end <= DAY_MINUTES:
        return ""
    later, minute = divmod(end, DAY_MINUTES)
    return f"ends {_NAMES[(day + later) % 7]} {clock(minute)}"


def clock(minute: int) -> str:
    """``09:30`` for 570; past midnight the hours go on: ``30:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _span(window: Window) -> str:
    start, end = window
    # Read back, an end that comes before its start is the next day's.
    shown = end - DAY_MINUTES if DAY_MINUTES < end < start + DAY_MINUTES else end
    return f"{clock(start)}-{clock(shown)}"


def _days(numbers: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(
        DAY_NAMES[run[0]] if len(run) == 1 else f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}" for run in runs
    )

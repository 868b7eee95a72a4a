"""Two documents to sentences that say what changed."""

from typing import Any

from routing import words
from routing.sections import SECTIONS, Section
from routing.table import CalendarDay, Closure, Coverage, Document, Line, Notice, Queue, Schedule, Territory
from routing.week import NotHours, Window, week

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHOWN = 60  # characters of a text


def sentences(old: Document, new: Document) -> list[str]:
    """What ``new`` changes, one sentence each, section by section; empty when both say the same."""
    return [sentence for found in by_section(old, new).values() for sentence in found]


def by_section(old: Document, new: Document) -> dict[str, list[str]]:
    """What ``new`` changes in each section that it changes, by the section's name."""
    names = {row.key: row.name for row in (*old.territories, *new.territories)}
    found = {section.name: _sentences(section, old, new, names) for section in SECTIONS}
    return {name: changed for name, changed in found.items() if changed}


def _sentences(section: Section, old: Document, new: Document, names: dict[str, str]) -> list[str]:
    if getattr(old, section.name) == getattr(new, section.name):
        return []
    before = {section.key(row): row for row in getattr(old, section.name)}
    after = {section.key(row): row for row in getattr(new, section.name)}
    found = [f"{_title(row, names)}: removed" for key, row in before.items() if key not in after]
    for key, row in after.items():
        if key not in before:
            found.append(f"{_title(row, names)}: added{_of(row)}")
        else:
            found += [f"{_title(row, names)}: {change}" for change in _changes(before[key], row)]
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        found.append(f"The order of the {section.name} changed")
    return found


def _changes(before: Any, after: Any) -> list[str]:
    found = []
    for name in after.__dataclass_fields__:
        one, other = getattr(before, name), getattr(after, name)
        if one == other:
            continue
        if name == "hours":
            found += _hours(one, other)
        elif isinstance(one, tuple) and isinstance(other, tuple):
            found += _members(name, one, other)
        else:
            found.append(_field(name, _shown(one), _shown(other)))
    return found


def _field(name: str, one: str, other: str) -> str:
    label = name.replace("_", " ")
    if not one:
        return f"{label} {other} added"
    return f"{label} {one} removed" if not other else f"{label} changed from {one} to {other}"


def _members(name: str, one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    label = name.replace("_", " ")
    added = [member for member in other if member not in one]
    removed = [member for member in one if member not in other]
    found = [
        f"{label}: {', '.join(part)} {what}"
        for part, what in ((added, "added"), (removed, "removed"))
        if part
    ]
    return found or [f"{label}: the order is now {', '.join(other)}"]


def _hours(one: str, other: str) -> list[str]:
    """Weekday by weekday: what was added and removed."""
    try:
        before, after = week(one).days, week(other).days
    except NotHours:
        return [_field("hours", one, other)]
    found = _spoken({day: [w for w in after[day] if w not in before[day]] for day in range(7)}, "added")
    found += _spoken({day: [w for w in before[day] if w not in after[day]] for day in range(7)}, "removed")
    return found or [f"hours are now written {other}"]


def _spoken(windows: dict[int, list[Window]], what: str) -> list[str]:
    """Days next to each other with the same windows are told together."""
    runs: list[tuple[int, int, list[Window]]] = []
    for day, found in windows.items():
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == found:
            runs[-1] = (runs[-1][0], day, found)
        else:
            runs.append((day, day, found))
    return [
        f"{_DAYS[first] if first == last else f'{_DAYS[first]} to {_DAYS[last]}'} "
        f"{', '.join(_window(window) for window in found)} {what}"
        for first, last, found in runs
        if found
    ]


def _window(window: Window) -> str:
    start, end = window
    if window == (0, 24 * 60):
        return "all day"
    return f"{start // 60:02}:{start % 60:02}-{_end(end)}"


def _end(minute: int) -> str:
    if minute <= 24 * 60:
        return f"{minute // 60:02}:{minute % 60:02}"
    return f"{minute // 60 - 24:02}:{minute % 60:02} of the next day"


def _of(row: Any) -> str:
    """What is said of a row that is new."""
    match row:
        case Coverage():
            hours = row.hours or f"schedule {row.schedule}"
            return f", {hours} in {row.zone or 'its own zone'}"
        case Line():
            return f" for {', '.join(row.territories)}"
        case Queue():
            return f", to {row.target}" if row.target else ""
        case Schedule():
            return f", {row.hours}"
        case Closure() if row.reason:
            return f" ({row.reason})"
        case _:
            return ""


def _shown(value: Any) -> str:
    text = str(value) if value is not None else ""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _place(key: str, names: dict[str, str], *more: str) -> str:
    name = "every territory" if key == "*" else names.get(key, key)
    return " ".join([name, *(f"({text})" for text in more if text)])


def _title(row: Any, names: dict[str, str]) -> str:
    """What a row is about, for people."""
    match row:
        case Line():
            return f"Line {_place(row.name, {}, row.cloud)}"
        case Coverage() | Closure() | Notice():
            return _scoped(row, names)
        case CalendarDay():
            days = row.day.isoformat() if row.day else f"public holidays of {row.country}"
            return f"Calendar {row.calendar}, {days}"
        case Territory():
            return row.name
        case _:
            return f"{type(row).__name__} {row.name}"


def _scoped(row: Coverage | Closure | Notice, names: dict[str, str]) -> str:
    match row:
        case Coverage():
            severity = f"severity {row.severity}" if row.severity else ""
            place = _place(row.territory, names, row.variant, row.cloud, severity)
            return f"{words.department(row.department)}, {place}, {words.language(row.language)}"
        case Closure():
            return _closure(row, names)
        case Notice():
            place = _place(row.territory, names)
            return f"{row.kind.capitalize()} notice, {place}, {words.language(row.language)}"


def _closure(row: Closure, names: dict[str, str]) -> str:
    cloud = "" if row.cloud == "*" else row.cloud
    scope = [words.department(row.department), _place(row.territory, names, cloud)]
    scope += [] if row.language == "*" else [words.language(row.language)]
    times = ""
    if row.start or row.end:
        start = row.start.strftime("%H:%M") if row.start else "00:00"
        times = f" {start}-{row.end.strftime('%H:%M') if row.end else '24:00'}"
    what = "Special opening" if row.effect == "open" else "Closure"
    return f"{what} on {row.day.isoformat()}{times}, {', '.join(scope)}"

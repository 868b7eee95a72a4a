"""Languages: days of the week on which nobody in the world answers one that somebody speaks."""

from collections.abc import Iterator

from routing import words
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.fields import hours as wrong_hours
from routing.locate import Placed, placed
from routing.remarks import Origins, Remark
from routing.table import Coverage
from routing.week import DAY_MINUTES, week

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def language_warnings(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """One remark for each department and language, at the first of its rows."""
    schedules = {row.name: row.hours for row in table.document.schedules}
    first: dict[tuple[str, str], Placed] = {}
    answered: dict[tuple[str, str], set[int]] = {}
    for place in placed(table.document, "coverage", origins):
        row: Coverage = place.row
        desk = row.department, row.language
        first.setdefault(desk, place)
        answered.setdefault(desk, set()).update(_days(row.hours or schedules.get(row.schedule, "")))
    for (department, language), place in first.items():
        silent = [day for number, day in enumerate(_DAYS) if number not in answered[department, language]]
        # A desk that never opens at all is remarked on by itself.
        if silent and len(silent) < len(_DAYS) and department in DEPARTMENTS:
            spoken = words.language(language)
            yield place.warning("hours", f"nobody answers {department} {spoken} on {_listed(silent)}")


def _days(text: str) -> Iterator[int]:
    """The weekdays some of whose minutes these hours cover, the morning after a night shift among them."""
    if wrong_hours(text):
        return
    hours = week(text)
    for start, end in zip(hours.starts, hours.ends, strict=True):
        yield from range(start // DAY_MINUTES, (end - 1) // DAY_MINUTES + 1)


def _listed(days: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(days[:-1]), days[-1])))

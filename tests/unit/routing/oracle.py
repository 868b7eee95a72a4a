"""What the sample's rows mean, minute by minute: written apart from the product, to judge it by.

Nothing of ``routing`` is used here: the CSV cells, ``datetime`` and the zones of ``tzdata`` suffice.
``rows()`` gives every row; ``open_at``, ``next_opening`` and ``languages_at`` answer for an aware instant;
``served_by`` says which territories of a line a caller's region may mean.
"""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parents[3] / "routing" / "tables"
DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
MINUTE = timedelta(minutes=1)
WALK = 9 * 24 * 60  # minutes; weekly hours open again within a week, whatever the clocks do

# Regions whose numbers are handed out from one range: no number, or no mobile's, tells them apart.
TWINS = [{"GP", "BL", "MF"}]
MOBILE_TWINS = [{"AU", "CC", "CX"}]


@dataclass(frozen=True)
class Row:
    """One CSV row, with what the tests need of it."""

    territory: str
    country: str
    variant: str
    cloud: str
    severity: str
    department: str
    language: str
    hours: str
    zone: str
    inferred: bool
    numbers: tuple[str, ...]


@cache
def rows() -> tuple[Row, ...]:
    """Every row of both files, in their order."""
    return tuple(_row(cells) for name in ("support_lines", "sovereign_lines") for cells in _cells(name))


def _cells(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _row(cells: dict[str, str]) -> Row:
    numbers = [cells["number_e164"], *(part.strip() for part in cells["alternative_number_e164"].split("|"))]
    return Row(
        cells["territory_key"],
        cells["country_code"],
        cells["variant"],
        cells.get("cloud", ""),
        cells.get("severity", ""),
        cells["department"],
        cells["language"],
        cells["hours"],
        cells["timezone"],
        cells["timezone_source"] == "inferred",
        tuple(number for number in numbers if number),
    )


@cache
def zone(key: str) -> ZoneInfo:
    """The zone as the pinned package has it; the machine's own copy may be another."""
    with resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=key)


@cache
def windows(hours: str) -> dict[int, list[tuple[int, int]]]:
    """Minutes from the midnight each weekday starts with; Monday is 0."""
    if hours == "24/7":
        return {day: [(0, 1440)] for day in range(7)}
    days, _, times = hours.rpartition(" ")
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in times.split("-"))
    first, _, last = days.partition("-")
    one, other = (DAYS.index(first), DAYS.index(last)) if days else (0, 6)
    spoken = {(one + step) % 7 for step in range((other - one) % 7 + 1)}
    return {day: [(start, end if end > start else end + 1440)] if day in spoken else [] for day in range(7)}


def open_at(row: Row, at: datetime) -> bool:
    """Whether the wall clock of the row's zone lies in a window that started today or yesterday."""
    there = at.astimezone(zone(row.zone))
    minute, day, week = there.hour * 60 + there.minute, there.weekday(), windows(row.hours)
    return any(start <= minute < end for start, end in week[day]) or any(
        start <= minute + 1440 < end for start, end in week[day - 1 if day else 6]
    )


def next_opening(row: Row, at: datetime) -> datetime | None:
    """The first whole minute from ``at`` on at which the row is open; None when it is open at ``at``."""
    if open_at(row, at):
        return None
    step = at.astimezone(UTC).replace(second=0, microsecond=0)
    step = step if step >= at else step + MINUTE
    for _ in range(WALK):
        if open_at(row, step):
            return step.astimezone(zone(row.zone))
        step += MINUTE
    return None


def desks(row: Row) -> list[Row]:
    """The rows that serve callers of this row's place, severity and department: one a language."""
    place = row.territory, row.variant, row.cloud, row.severity, row.department
    return [
        other
        for other in (*rows(), *_defaults(row))
        if (other.territory, other.variant, other.cloud, other.severity, other.department) == place
    ]


def languages_at(row: Row, at: datetime) -> list[str]:
    """The languages in which the row's department answers at an instant, in the order of the rows."""
    return [desk.language for desk in desks(row) if open_at(desk, at)]


def _defaults(row: Row) -> list[Row]:
    """English where the territory's rows have none: technical round the clock, billing in office hours."""
    if row.cloud:
        return []
    own = [o for o in rows() if (o.territory, o.variant, o.cloud) == (row.territory, row.variant, "")]
    clock = next(other.zone for other in own if other.inferred)
    hours = {"technical": "24/7", "billing": "Mo-Fr 09:00-17:00"}[row.department]
    if any((other.department, other.language) == (row.department, "en") for other in own):
        return []
    place = row.territory, row.country, row.variant, "", ""
    return [Row(*place, row.department, "en", hours, clock, inferred=True, numbers=())]


@cache
def changes(key: str, year: int) -> tuple[datetime, ...]:
    """The instants of a year at which a zone's clocks change, found by looking at every quarter hour."""
    step, found = datetime(year, 1, 1, tzinfo=UTC), []
    while step.year == year:
        day = step + timedelta(days=1)
        if _offset(key, step) != _offset(key, day):
            found += [
                quarter
                for quarter in (step + 15 * count * MINUTE for count in range(1, 97))
                if _offset(key, quarter) != _offset(key, quarter - 15 * MINUTE)
            ]
        step = day
    return tuple(found)


def _offset(key: str, at: datetime) -> timedelta | None:
    return at.astimezone(zone(key)).utcoffset()


@cache
def lines() -> dict[str, tuple[str, ...]]:
    """Every number that can be dialled -> the territories it is printed for, in the order of the rows."""
    found: dict[str, dict[str, None]] = {}
    for row in rows():
        for number in row.numbers:
            found.setdefault(number, {})[row.territory] = None
    return {number: tuple(territories) for number, territories in found.items()}


def served_by(number: str, region: str, *, mobile: bool = False) -> list[str]:
    """The territories of a line that a caller from a region (ISO 3166-1) may mean."""
    country = {row.territory: row.country for row in rows()}
    near = next((twins for twins in TWINS + MOBILE_TWINS * mobile if region in twins), {region})
    served = lines()[number]
    return list(served) if len(served) == 1 else [key for key in served if country[key] in near]

"""Reports: recorded calls counted by day, country, queue or language; ``docs/reports.md`` says how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.ports.aftercare import Opinions, Surveys
from app.ports.records import By, Counting, Records, Tally
from app.services.wrong import Wrong
from routing.zones import UnknownZone
from routing.zones import zone as zone_of

USUAL_DAYS = 7
MOST_DAYS = 366
_FILTERS = ("territory", "department", "language", "queue")
_LONGEST = 100  # letters of a filter; nothing in a table is longer
_LAST_DAY = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: its rows, its days (both ends included) on the clock of a zone, and which calls."""

    by: By
    first: date
    last: date
    zone: str
    territory: str = ""
    department: str = ""
    language: str = ""
    queue: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report's rows in their order, and all its calls in one row."""

    wanted: Wanted
    rows: tuple[Tally, ...]
    total: Tally


@dataclass(frozen=True, slots=True)
class Reports:
    """Counts recorded calls. Raises Fault LEDGER_AWAY."""

    records: Records

    def report(self, wanted: Wanted) -> Report:
        """The report: days in their order, each of them; other rows by their calls, the most first."""
        found = {tally.key: tally for tally in self.records.tallies(_counting(wanted, wanted.by))}
        total = next(iter(self.records.tallies(_counting(wanted, None))), Tally(""))
        if wanted.by is By.DAY:
            rows = [found.get(name, Tally(name)) for name, _ in _days(wanted)]
        else:
            rows = sorted(found.values(), key=lambda row: (-row.calls, row.key))
        return Report(wanted, tuple(rows), total)


def opinions(surveys: Surveys, wanted: Wanted) -> list[Opinions]:
    """What callers answered at the end of calls of these days; country and department are not kept of it."""
    counting = _counting(wanted, None)
    return [
        one
        for one in surveys.opinions(counting.start, counting.end)
        if wanted.queue in {"", one.queue} and wanted.language in {"", one.language}
    ]


def read(values: Mapping[str, str], now: datetime, zone: str) -> Wanted | Wrong:
    """The report somebody asks for by ``by``, ``from``, ``to``, ``zone`` and filters; else the last 7 days.

    ``zone`` is the reader's own, meant where none is given.
    """
    faults: dict[str, str] = {}
    named = values.get("zone", "").strip() or zone
    try:
        today = now.astimezone(zone_of(named)).date()
    except UnknownZone:
        faults["zone"] = f"There is no zone {named[:40]}: write it as in Europe/Rome."
        today = now.astimezone(UTC).date()
    last = _day(values.get("to", ""), today, "to", faults)
    first = _day(values.get("from", ""), last - timedelta(days=USUAL_DAYS - 1), "from", faults)
    by = values.get("by", "").strip() or By.DAY.value
    if by not in list(By):
        faults["by"] = f"Rows can be by {', '.join(By)}."
    if not faults:
        faults.update(_wrong_span(first, last))
    if faults:
        return Wrong(faults)
    return Wanted(By(by), first, last, named, **{name: values.get(name, "")[:_LONGEST] for name in _FILTERS})


def _wrong_span(first: date, last: date) -> dict[str, str]:
    if last < first:
        return {"to": f"The last day is before the first: give {first} or a later day."}
    if (last - first).days >= MOST_DAYS:
        return {"from": f"A report has at most {MOST_DAYS} days: give a first day nearer to the last."}
    return {}


def _day(text: str, usual: date, field: str, faults: dict[str, str]) -> date:
    if not text.strip():
        return usual
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or not date(1970, 1, 2) <= found < _LAST_DAY:
        faults[field] = f"“{text.strip()[:40]}” is no day: write it as in 2026-12-24."
        return usual
    return found


def _counting(wanted: Wanted, by: By | None) -> Counting:
    days = _days(wanted)
    end = _begins(wanted.last + timedelta(days=1), wanted.zone)
    filters = {name: getattr(wanted, name) for name in _FILTERS}
    return Counting(days, end, by, **filters)


def _days(wanted: Wanted) -> tuple[tuple[str, datetime], ...]:
    """Each day's name and its beginning on the clock of the zone."""
    number = (wanted.last - wanted.first).days + 1
    days = [wanted.first + timedelta(days=after) for after in range(number)]
    return tuple((day.isoformat(), _begins(day, wanted.zone)) for day in days)


def _begins(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), zone_of(zone)).astimezone(UTC)

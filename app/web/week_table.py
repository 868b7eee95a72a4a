"""A department's week as a table: a day a row, a column for the languages that keep the same hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.services.offers import DepartmentHours
from routing.picture import Span

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one day, on the clock both instants carry."""

    start: datetime
    end: datetime
    whole_day: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One row: what each column has open that day."""

    date: date
    today: bool
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """The languages of each column, and seven days."""

    columns: tuple[tuple[str, ...], ...]
    days: tuple[Day, ...]


def week_table(department: DepartmentHours, monday: date, today: date) -> WeekTable:
    """The week that begins on ``monday``, cut at the midnights of the clock its instants carry."""
    columns: dict[tuple[Span, ...], tuple[str, ...]] = {}
    for desk in department.desks:
        columns[desk.week] = (*columns.get(desk.week, ()), desk.language)
    by_day = [_pieces(week) for week in columns]
    dates = [monday + number * _DAY for number in range(7)]
    return WeekTable(
        columns=tuple(columns.values()),
        days=tuple(
            Day(day, day == today, tuple(tuple(pieces.get(day, ())) for pieces in by_day)) for day in dates
        ),
    )


def _pieces(week: Iterable[Span]) -> dict[date, list[Piece]]:
    found: dict[date, list[Piece]] = {}
    for start, end in week:
        # Compared as instants: two times on a clock that is set back that night do not tell which is first.
        while start.timestamp() < end.timestamp():
            midnight = _midnight_after(start)
            until = min(end, midnight, key=datetime.timestamp)
            whole = start == _midnight_of(start) and until == midnight
            found.setdefault(start.date(), []).append(Piece(start, until, whole))
            start = until  # noqa: PLW2901 - what is left of the span
    return found


def _midnight_of(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _midnight_after(at: datetime) -> datetime:
    return _midnight_of(at) + _DAY

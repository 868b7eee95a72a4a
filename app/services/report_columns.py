"""The columns of a report, as its CSV file and the API name them."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.ports.records import Tally
from app.services.reports import Report

#: How a caller was verified, strongest first.
WAYS: Final = ("email", "text", "voice", "agent", "number_attested", "number_matched")
_COUNTS: Final = (
    "calls",
    "running",
    "connected",
    "callback",
    "message",
    "abandoned",
    "nobody",
    "closed",
    "left",
    "asked_desk",
    "closed_hits",
    "took_language",
    "took_department",
    "queued",
    "fallback",
)
_CODES: Final = ("asked", "sent", "delivered", "keyed", "accepted")

COLUMNS: Final = (
    *_COUNTS,
    *(f"verified_{way}" for way in WAYS),
    *(f"codes_{stage}" for stage in _CODES),
    "waits",
    "wait_median_seconds",
    "wait_90_seconds",
)


def values(row: Tally) -> dict[str, int | None]:
    """A row's numbers by column; None: nobody waited, so that there is no wait to tell."""
    return {
        **{name: getattr(row, name) for name in _COUNTS},
        **{f"verified_{way}": row.verified.get(way, 0) for way in WAYS},
        **{f"codes_{stage}": getattr(row.codes, stage) for stage in _CODES},
        "waits": row.waits,
        "wait_median_seconds": row.wait_median,
        "wait_90_seconds": row.wait_90,
    }


def cells(report: Report) -> Iterator[list[str]]:
    """The report as rows of text, its head first; the total is the last."""
    yield [report.wanted.by.value, *COLUMNS]
    rows: Iterable[tuple[str, Tally]] = ((row.key, row) for row in report.rows)
    for name, row in (*rows, ("total", report.total)):
        yield [name, *("" if number is None else str(number) for number in values(row).values())]

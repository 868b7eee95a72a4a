"""Reports: calls by day, country, queue or language, as charts and tables, and as a CSV file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request

from app.access.model import Right
from app.ports.aftercare import Opinions, Surveys
from app.ports.records import By, Tally
from app.services.report_columns import WAYS, cells
from app.services.reports import Report, Reports, Wanted, opinions, read
from app.services.tables import Tables
from app.services.wrong import Wrong
from app.web import charts
from app.web.code_words import named
from app.web.csv_file import csv_file
from app.web.pages import actor, gettext, gettext_noop, needs, show
from routing import words
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.targets import queue_of

_PARTS = ("connected", "callback", "message", "abandoned", "nobody", "closed", "left", "running")
_STAGES = {
    "asked": gettext_noop("Asked for"),
    "sent": gettext_noop("Sent"),
    "delivered": gettext_noop("Delivered"),
    "keyed": gettext_noop("Keyed"),
    "accepted": gettext_noop("Accepted"),
}
_NAMELESS = {  # what a row is called that has no country, no queue, no language
    By.COUNTRY: gettext_noop("no country told"),
    By.QUEUE: gettext_noop("no queue"),
    By.LANGUAGE: gettext_noop("no desk asked for"),
}
_FORM = ("by", "from", "to", "zone", "territory", "department", "language", "queue")
_CHARTED = 15  # bars in a chart; the table has every row


@dataclass(frozen=True, slots=True)
class Drawn:
    """The charts of a report."""

    calls: charts.Chart
    codes: charts.Chart
    verified: charts.Chart


@dataclass(frozen=True, slots=True)
class ReportPages:
    """What the report's pages are made from."""

    reports: Reports
    surveys: Surveys
    tables: Tables
    now: Callable[[], datetime]

    def wanted(self) -> Wanted | Wrong:
        """What this request asks for."""
        return read(request.args, self.now(), actor().zone)

    def page(self) -> Response:
        """The report, or the form with what is wrong in it."""
        wanted, table = self.wanted(), self.tables.current()
        report = drawn = None
        answers: list[Opinions] = []
        if isinstance(wanted, Wanted):
            report = self.reports.report(wanted)
            drawn = _drawn(report, table)
            answers = opinions(self.surveys, wanted)
        return show(
            "ops/reports.html",
            status=422 if isinstance(wanted, Wrong) else 200,
            values=_values(wanted),
            faults=wanted.faults if isinstance(wanted, Wrong) else {},
            choices=_choices(table),
            report=report,
            opinions=answers,
            drawn=drawn,
            names={row.key: _name(row, report.wanted.by, table) for row in report.rows} if report else {},
            parts=_PARTS,
            ways={way: named(way) for way in WAYS},
        )


def blueprint(pages: ReportPages) -> Blueprint:
    """``/ops/reports`` and ``/ops/reports.csv``."""
    made = Blueprint("reports", __name__)

    @made.get("/ops/reports")
    @needs(Right.VIEW)
    def index() -> Response:
        return pages.page()

    @made.get("/ops/reports.csv")
    @needs(Right.VIEW)
    def file() -> Response:
        wanted = pages.wanted()
        if isinstance(wanted, Wrong):
            return pages.page()
        name = f"calls-by-{wanted.by}-{wanted.first}-to-{wanted.last}.csv"
        return csv_file(name, cells(pages.reports.report(wanted)))

    return made


def _values(wanted: Wanted | Wrong) -> dict[str, str]:
    """The form's fields: as asked for, or as they were written where something is wrong."""
    if isinstance(wanted, Wrong):
        return {name: request.args.get(name, "") for name in _FORM}
    own = {name: getattr(wanted, name) for name in ("zone", "territory", "department", "language", "queue")}
    return {"by": wanted.by.value, "from": wanted.first.isoformat(), "to": wanted.last.isoformat(), **own}


def _choices(table: RoutingTable) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: everything the live table has."""
    document = table.document
    languages = {row.language: words.language(row.language) for row in document.coverage}
    queues = {row.name for row in document.queues} | {queue_of(row) for row in document.coverage}
    return {
        "territory": sorted(((row.key, row.name) for row in document.territories), key=lambda pair: pair[1]),
        "department": [(name, named(name)) for name in DEPARTMENTS],
        "language": sorted(languages.items(), key=lambda pair: pair[1]),
        "queue": [(name, name) for name in sorted({*queues, "fallback"})],
    }


def _name(row: Tally, by: By, table: RoutingTable) -> str:
    """What a row is called for people."""
    if not row.key:
        return gettext(_NAMELESS[by]) if by in _NAMELESS else ""
    if by is By.COUNTRY:
        territory = table.territory(row.key)
        return territory.name if territory else row.key
    return words.language(row.key) if by is By.LANGUAGE else row.key


def _drawn(report: Report, table: RoutingTable) -> Drawn:
    by, total = report.wanted.by, report.total
    rows = [
        (_name(row, by, table), tuple((part, int(getattr(row, part))) for part in _PARTS))
        for row in report.rows
    ]
    return Drawn(
        calls=charts.columns(rows) if by is By.DAY else charts.bars(rows[:_CHARTED]),
        codes=charts.bars(
            [
                (gettext(name), (("codes", int(getattr(total.codes, stage))),))
                for stage, name in _STAGES.items()
            ]
        ),
        verified=charts.bars(_ways(total.verified)),
    )


def _ways(verified: Mapping[str, int]) -> list[tuple[str, tuple[tuple[str, int]]]]:
    return [(named(way), (("calls", verified.get(way, 0)),)) for way in WAYS]

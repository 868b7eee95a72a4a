"""``/api/v1/reports``: recorded calls counted, as on the reports page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint

from app.access.model import Right
from app.ports.records import By, Tally
from app.services import report_columns
from app.services.reports import Reports, read
from app.services.wrong import Wrong
from app.web.api.operation import Asked, Operation, add, refuse
from app.web.api.schema import DEPARTMENT, TEXT, listing, text, thing
from app.web.pages import actor

_DAY = {"type": "string", "maxLength": 10, "description": "A date, as in 2026-12-24."}
_NUMBER_OR_NONE = {"type": ["integer", "null"]}
_ROW = thing({"key": TEXT, **dict.fromkeys(report_columns.COLUMNS, _NUMBER_OR_NONE)})
SHOWN = Operation(
    "showReport",
    "GET",
    "/api/v1/reports",
    "Calls by day, country, queue or language; without from and to, of the last 7 days.",
    "reports",
    Right.VIEW,
    thing({"by": TEXT, "from": TEXT, "to": TEXT, "zone": TEXT, "rows": listing(_ROW), "total": _ROW}),
    query={
        "by": {"type": "string", "enum": list(By), "default": By.DAY.value},
        "from": _DAY,
        "to": _DAY,
        "zone": {**text(64), "description": "An IANA zone, as in Europe/Rome; the token owner's by default."},
        "territory": text(40),
        "department": {**DEPARTMENT, "enum": DEPARTMENT["enum"][1:]},
        "language": text(35),
        "queue": text(100),
    },
)
OPERATIONS = (SHOWN,)


def blueprint(reports: Reports, now: Callable[[], datetime]) -> Blueprint:
    """Reading reports."""
    found = Blueprint("api_reports", __name__)

    def shown(asked: Asked) -> dict[str, Any]:
        wanted = read({name: str(value) for name, value in asked.query.items()}, now(), actor().zone)
        if isinstance(wanted, Wrong):
            refuse(422, "bad_input", "This is no report: see the fields.", wanted.faults)
        report = reports.report(wanted)
        return {
            "by": wanted.by.value,
            "from": wanted.first.isoformat(),
            "to": wanted.last.isoformat(),
            "zone": wanted.zone,
            "rows": [_row(row.key, row) for row in report.rows],
            "total": _row("total", report.total),
        }

    add(found, SHOWN, shown)
    return found


def _row(name: str, row: Tally) -> dict[str, Any]:
    return {"key": name, **report_columns.values(row)}

"""``/api/v1/history`` and ``/api/v1/table``: the versions, and any of them whole."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from app.access.model import Right
from app.faults import Fault, FaultCode
from app.ports import TableStore
from app.services.history import HistoryDesk
from app.web.api import told
from app.web.api.operation import Asked, Operation, add
from app.web.api.schema import FLAG, NUMBER, PAGE, named, page_of, text, thing
from routing.document import to_json

LISTED = Operation(
    "listVersions",
    "GET",
    "/api/v1/history",
    "The published versions, newest first: who, when, what changed.",
    "table",
    Right.VIEW,
    page_of("versions", told.VERSION),
    query={"q": text(200), **PAGE},
)
ONE = Operation(
    "showVersion",
    "GET",
    "/api/v1/history/{version}",
    "One version, without its document.",
    "table",
    Right.VIEW,
    thing({**told.VERSION["properties"], "live": FLAG}),
    places={"version": NUMBER},
)
TABLE = Operation(
    "exportTable",
    "GET",
    "/api/v1/table",
    "The whole table of the live version, or of another; an ETag tells whether it changed.",
    "table",
    Right.VIEW,
    thing({"version": NUMBER, "document": named("Table")}),
    query={"version": NUMBER},
)
OPERATIONS = (LISTED, ONE, TABLE)


def blueprint(desk: HistoryDesk, tables: TableStore) -> Blueprint:
    """Reading versions."""
    found = Blueprint("api_history", __name__)

    def listed(asked: Asked) -> dict[str, Any]:
        page = {name: asked.query[name] for name in PAGE}
        rows, total = desk.page(asked.query.get("q", ""), **page)
        return {"total": total, **page, "versions": [told.version(row) for row in rows]}

    def one(asked: Asked) -> dict[str, Any]:
        row = desk.get(asked.places["version"])
        return {**told.version(row), "live": desk.live() == row.version}

    def table(asked: Asked) -> Response:
        version = asked.query.get("version") or tables.latest()
        if not version:
            raise Fault(FaultCode.NO_TABLE, "No routing table is published.")
        response = jsonify({"version": version, "document": to_json(tables.read(version))})
        response.set_etag(f"version-{version}")  # a version never changes
        response.headers["Cache-Control"] = "private, no-cache"
        return response.make_conditional(request)  # type: ignore[return-value]  # Flask's own response

    for operation, view in ((LISTED, listed), (ONE, one), (TABLE, table)):
        add(found, operation, view)
    return found

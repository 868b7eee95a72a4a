"""``/api/v1/closures``, ``/announcements``, ``/incidents``: what holds beside the table, as on the pages."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from flask import Blueprint

from app.faults import Fault, FaultCode
from app.ports.closings import Phase, Selected
from app.services.emergencies import Closing, Shown
from app.services.emergency_wanted import Wanted
from app.services.wrong import Wrong
from app.web.api import told
from app.web.api.closures_schema import ANNOUNCEMENTS, CLOSURES, INCIDENT
from app.web.api.conform import instant
from app.web.api.operation import Asked, add, refuse
from app.web.api.schema import PAGE
from app.web.pages import actor

Now = Callable[[], datetime]


def blueprint(closing: Closing, now: Now) -> Blueprint:
    """Closures, announcements and incidents."""
    found = Blueprint("api_closures", __name__)
    views: tuple[Callable[..., Any], ...] = (_list, _add, _show, _end, _move_end)
    for closes, operations in ((True, CLOSURES), (False, ANNOUNCEMENTS)):
        for operation, view in zip(operations, views, strict=True):
            add(found, operation, partial(view, closing, closes, now))

    def end_incident(asked: Asked) -> dict[str, Any]:
        ended = closing.end_incident(asked.body["incident"], actor=actor(), now=now())
        return {"ended": len(ended)}

    add(found, INCIDENT, end_incident)
    return found


def _list(closing: Closing, closes: bool, now: Now, asked: Asked) -> dict[str, Any]:
    at, page = now(), {name: asked.query[name] for name in PAGE}
    rows, total = closing.page(Selected(Phase(asked.query["show"]), closes), at, **page)
    return {
        "total": total,
        **page,
        "closures" if closes else "announcements": [told.entry(row, at) for row in rows],
    }


def _add(closing: Closing, closes: bool, now: Now, asked: Asked) -> tuple[dict[str, Any], int]:
    at, body = now(), asked.body
    start, end = _instant(body.get("from")), _instant(body["until"])
    assert end is not None  # noqa: S101 - the schema asks for it
    names = ("territory", "department", "language", "reason", "incident", "text")
    wanted = Wanted(closes, start, end, **{name: body[name] for name in names if name in body})
    shown = closing.add(wanted, actor=actor(), now=at)
    return told.entry(_right(shown), at), 201


def _show(closing: Closing, closes: bool, now: Now, asked: Asked) -> dict[str, Any]:
    return told.entry(_of_kind(closing, closes, asked), now())


def _end(closing: Closing, closes: bool, now: Now, asked: Asked) -> dict[str, Any]:
    number = _of_kind(closing, closes, asked).entry.number
    at = now()
    return told.entry(closing.end(number, actor=actor(), now=at), at)


def _move_end(closing: Closing, closes: bool, now: Now, asked: Asked) -> dict[str, Any]:
    number = _of_kind(closing, closes, asked).entry.number
    at, end, expecting = now(), _instant(asked.body["until"]), _instant(asked.body["expecting"])
    assert end is not None and expecting is not None  # noqa: PT018, S101 - the schema asks for them
    shown = closing.move_end(number, end, expecting=expecting, actor=actor(), now=at)
    return told.entry(_right(shown), at)


def _of_kind(closing: Closing, closes: bool, asked: Asked) -> Shown:
    shown = closing.get(asked.places["number"])
    if shown.closes is not closes:
        raise Fault(FaultCode.NOT_FOUND, f"No {'closure' if closes else 'announcement'} has this number.")
    return shown


def _right(found: Shown | Wrong) -> Shown:
    if isinstance(found, Wrong):
        names = {"start": "from", "end": "until"}
        faults = {names.get(name, name): sentence for name, sentence in found.faults.items()}
        refuse(422, "bad_input", "This cannot be put in force: see the fields. Nothing was changed.", faults)
    return found


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant(text)

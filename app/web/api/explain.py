"""``/api/v1/table/explain``: what becomes of a call, and every row that decides."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint

from app.access.model import Right
from app.handover.order import MOST_PRIORITY
from app.services.ranking import minutes_earlier
from app.services.what_if import WhatIf
from app.services.what_if_form import LEVELS, read
from app.services.wrong import Wrong
from app.web.api.conform import instant
from app.web.api.operation import Asked, Operation, add, refuse
from app.web.api.schema import COUNT, FLAG, INSTANT, INSTANT_OR_NONE, TEXT, listing, text, thing
from routing.compiled import DEPARTMENTS
from routing.explain import as_json

_TEXTS = listing(TEXT)
_DECISION = thing(
    {
        "decision": TEXT,
        "question": TEXT,
        "territory": TEXT,
        "guessed": FLAG,
        "ask": _TEXTS,
        "department": TEXT,
        "language": TEXT,
        "open": FLAG,
        "next_opening": INSTANT_OR_NONE,
        "queue": TEXT,
        "languages": _TEXTS,
        "other_department": TEXT,
        "because": _TEXTS,
        "version": COUNT,
    }
)
_HEAD_START = {
    **COUNT,
    "description": "Minutes earlier than it began that the call ranks while it waits; 0 unless asked.",
}
EXPLAINED = Operation(
    "explain",
    "POST",
    "/api/v1/table/explain",
    "Which desk would take a call, against the live table, a version or a draft; nothing is changed.",
    "table",
    Right.VIEW,
    thing({"at": INSTANT, "decision": _DECISION, "sentences": _TEXTS, "head_start": _HEAD_START}),
    body=thing(
        {},
        {
            "dnis": {**text(200), "description": "The number dialled, E.164 or a SIP address."},
            "ani": {**text(60), "description": "The caller's number; empty: withheld."},
            "territory": text(40),
            "department": {"type": "string", "enum": ["", *DEPARTMENTS]},
            "language": text(35),
            "cloud": text(60),
            "variant": text(200),
            "at": {**INSTANT, "description": "Now if not given."},
            "against": {**text(20), "description": "live, version-7 or draft-3."},
            "priority": {**COUNT, "maximum": MOST_PRIORITY, "description": "The organisation's."},
            "level": {"type": "string", "enum": ["", *LEVELS], "description": "Of verification."},
        },
    ),
)
OPERATIONS = (EXPLAINED,)


def blueprint(what_if: WhatIf, now: Callable[[], datetime]) -> Blueprint:
    """Trying calls."""
    found = Blueprint("api_explain", __name__)

    def explained(asked: Asked) -> dict[str, Any]:
        at = instant(asked.body.get("at", "")) or now()
        values = {name: str(value) for name, value in asked.body.items() if name != "at"}
        wanted = read(values, at, "UTC")
        if isinstance(wanted, Wrong):
            refuse(422, "bad_input", "This is no call that can be tried: see the fields.", wanted.faults)
        answer = what_if.answer(wanted)
        return {
            "at": at.isoformat(),
            "decision": as_json(answer.told.decision),
            "sentences": list(answer.told.sentences),
            "head_start": minutes_earlier(*wanted.caller) if wanted.caller else 0,
        }

    add(found, EXPLAINED, explained)
    return found

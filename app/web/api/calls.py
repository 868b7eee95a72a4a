"""``/api/v1/calls``: recorded calls, and each with its timeline."""

from typing import Any

from flask import Blueprint

from app.access.model import Right
from app.callflow.happened import Kind
from app.ports.records import Outcome
from app.ports.stories import SoughtCalls
from app.services.call_story import CallStories, as_json, facts_as_json
from app.verification.model import Level
from app.web.api.conform import instant
from app.web.api.operation import Asked, Operation, add, refuse
from app.web.api.schema import COUNT, INSTANT, INSTANT_OR_NONE, PAGE, TEXT, listing, page_of, text, thing

_LEVEL = {"type": "string", "enum": [level.name.lower() for level in Level]}
_OUTCOME = {"type": "string", "enum": list(Outcome)}
_NUMBER_OR_NONE = {"type": ["integer", "null"]}
_FACTS = {
    "id": TEXT,
    "started_at": INSTANT,
    "ended_at": INSTANT_OR_NONE,
    "ani": {"type": ["string", "null"], "description": "The caller's number, E.164; null: withheld."},
    "dnis": TEXT,
    "territory": TEXT,
    "department": TEXT,
    "language": TEXT,
    "asked_department": TEXT,
    "asked_language": TEXT,
    "queue": TEXT,
    "queued_at": INSTANT_OR_NONE,
    "connected_at": INSTANT_OR_NONE,
    "wait_seconds": _NUMBER_OR_NONE,
    "level": _LEVEL,
    "method": TEXT,
    "organisation": _NUMBER_OR_NONE,
    "organisation_name": TEXT,
    "table_version": COUNT,
    "state": TEXT,
    "outcome": _OUTCOME,
    "ended": TEXT,
    "parent": {**TEXT, "description": "Of a call back: the id of the call in which it was asked for."},
}
_ENTRY = thing(
    {
        "at": INSTANT,
        "kind": {"type": "string", "enum": list(Kind)},
        "what": TEXT,
        "text": TEXT,
        "detail": TEXT,
        "reasons": listing(
            thing({"key": TEXT, "sentence": TEXT}), description="The rows that decided; empty where none did."
        ),
    }
)
LISTED = Operation(
    "listCalls",
    "GET",
    "/api/v1/calls",
    "Recorded calls, newest first; since is included, until is not.",
    "calls",
    Right.VIEW,
    page_of("calls", thing(_FACTS)),
    query={
        "q": {
            **text(200),
            "description": "A number, an organisation, its account, how an id begins, a territory, a queue.",
        },
        "since": INSTANT,
        "until": INSTANT,
        "level": _LEVEL,
        "outcome": _OUTCOME,
        "territory": text(40),
        "queue": text(100),
        **PAGE,
    },
)
SHOWN = Operation(
    "showCall",
    "GET",
    "/api/v1/calls/{id}",
    "One call with its timeline, oldest first; of its id, as much as tells it from all others is enough.",
    "calls",
    Right.VIEW,
    thing({**_FACTS, "timeline": listing(_ENTRY)}),
    places={"id": text(100, least=1)},
)
OPERATIONS = (LISTED, SHOWN)


def blueprint(stories: CallStories) -> Blueprint:
    """Reading calls."""
    found = Blueprint("api_calls", __name__)

    def listed(asked: Asked) -> dict[str, Any]:
        page = {name: asked.query[name] for name in PAGE}
        sought = _sought(asked)
        calls = [facts_as_json(call) for call in stories.found(sought, **page)]
        return {"total": stories.count(sought), **page, "calls": calls}

    def shown(asked: Asked) -> dict[str, Any]:
        story = stories.story(asked.places["id"])
        if story is None:
            refuse(404, "not_found", "There is no such call.")
        return as_json(story)

    add(found, LISTED, listed)
    add(found, SHOWN, shown)
    return found


def _sought(asked: Asked) -> SoughtCalls:
    query = asked.query
    return SoughtCalls(
        text=query.get("q", "").strip(),
        since=instant(query.get("since", "")),
        until=instant(query.get("until", "")),
        level=query.get("level", ""),
        outcome=Outcome(query["outcome"]) if "outcome" in query else None,
        territory=query.get("territory", ""),
        queue=query.get("queue", ""),
    )

"""What the endpoints around closures, announcements and incidents take and give."""

from app.access.model import Right
from app.ports.closings import Phase
from app.services.emergency_wanted import LONGEST_INCIDENT, LONGEST_REASON, LONGEST_TEXT
from app.web.api import told
from app.web.api.operation import Operation
from app.web.api.schema import (
    COUNT,
    DEPARTMENT,
    INSTANT,
    NUMBER,
    PAGE,
    Schema,
    by_name,
    page_of,
    text,
    thing,
)

_SHOW = {"show": {"type": "string", "enum": list(Phase), "default": Phase.IN_FORCE.value}}
_ONE = {"number": NUMBER}
_SCOPE: Schema = {
    "from": INSTANT,
    "territory": text(40),
    "department": DEPARTMENT,
    "language": text(35),
    "text": by_name(text(LONGEST_TEXT)),
}
_CLOSURE = thing(
    {"until": INSTANT, "reason": text(LONGEST_REASON, least=1)},
    {**_SCOPE, "incident": text(LONGEST_INCIDENT)},
)
_ANNOUNCEMENT = thing(
    {"until": INSTANT, "incident": text(LONGEST_INCIDENT, least=1), "text": by_name(text(LONGEST_TEXT))},
    {**_SCOPE, "reason": text(LONGEST_REASON)},
)
_MOVED = thing({"until": INSTANT, "expecting": INSTANT})
_END = "End it now, earlier than it says."
_MOVE = "Extend or shorten; expecting is the end it has, so that nobody's change is undone unseen."


def _operations(name: str, words: str, body: Schema) -> tuple[Operation, ...]:
    """List, add, show, end, move the end: alike for closures and announcements."""
    title, tag, path = name.capitalize(), f"{name}s", f"/api/v1/{name}s"
    one, what = f"{path}/{{number}}", f"{name}s in force, to come or over.".capitalize()
    page = {**_SHOW, **PAGE}
    entry, view, publish = told.ENTRY, Right.VIEW, Right.PUBLISH
    return (
        Operation(f"list{title}s", "GET", path, what, tag, view, page_of(tag, entry), query=page),
        Operation(f"add{title}", "POST", path, words, tag, publish, entry, body=body, status=201),
        Operation(f"show{title}", "GET", one, f"One {name}.", tag, view, entry, places=_ONE),
        Operation(f"end{title}", "POST", f"{one}/end", _END, tag, publish, entry, places=_ONE),
        Operation(
            f"move{title}End",
            "POST",
            f"{one}/move-end",
            _MOVE,
            tag,
            publish,
            entry,
            places=_ONE,
            body=_MOVED,
        ),
    )


CLOSURES = _operations("closure", "Close desks, at once or from an instant, until an instant.", _CLOSURE)
ANNOUNCEMENTS = _operations("announcement", "Say something to callers until an instant.", _ANNOUNCEMENT)
INCIDENT = Operation(
    "endIncident",
    "POST",
    "/api/v1/incidents/end",
    "End every closure and announcement of an incident.",
    "announcements",
    Right.PUBLISH,
    thing({"ended": COUNT}),
    body=thing({"incident": text(LONGEST_INCIDENT, least=1)}),
)
OPERATIONS = (*CLOSURES, *ANNOUNCEMENTS, INCIDENT)

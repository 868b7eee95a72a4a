"""``/api/v1/audit``: who did what, when and from where."""

from typing import Any

from flask import Blueprint

from app.access.model import Right
from app.ports.audit import Sought
from app.services.audit import AuditDesk, plain
from app.web.api.conform import instant
from app.web.api.operation import Asked, Operation, add
from app.web.api.schema import COUNT, INSTANT, PAGE, TEXT, page_of, text, thing

_NUMBER_OR_NONE = {"type": ["integer", "null"]}
_TEXTS = ("who", "where", "what", "detail", "before", "after", "call", "account")
_ACT = thing(
    {
        "id": COUNT,
        "at": INSTANT,
        **dict.fromkeys(_TEXTS, TEXT),
        "organisation": _NUMBER_OR_NONE,
        "contact": _NUMBER_OR_NONE,
    }
)
LISTED = Operation(
    "listActs",
    "GET",
    "/api/v1/audit",
    "Acts, newest first; since is included, until is not.",
    "audit",
    Right.EDIT,
    page_of("acts", _ACT),
    query={
        "who": text(200),
        "what": text(200),
        "account": text(200),
        "q": text(200),
        "since": INSTANT,
        "until": INSTANT,
        **PAGE,
    },
)
OPERATIONS = (LISTED,)


def blueprint(desk: AuditDesk) -> Blueprint:
    """Reading the audit."""
    found = Blueprint("api_audit", __name__)

    def listed(asked: Asked) -> dict[str, Any]:
        query, page = asked.query, {name: asked.query[name] for name in PAGE}
        sought = Sought(
            who=query.get("who", ""),
            what=query.get("what", ""),
            since=instant(query.get("since", "")),
            until=instant(query.get("until", "")),
            account=query.get("account", ""),
            text=query.get("q", ""),
        )
        return {
            "total": desk.count(sought),
            **page,
            "acts": [plain(act) for act in desk.page(sought, **page)],
        }

    add(found, LISTED, listed)
    return found

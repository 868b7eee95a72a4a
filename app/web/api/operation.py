"""One operation of the API: the document and the endpoint are made of the same description."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, make_response

from app.access.model import STRONG, Right, roles_for
from app.web.api.asked import Asked, read, refuse
from app.web.api.schema import Schema, named
from app.web.pages import needs

__all__ = ["Asked", "Operation", "View", "add", "paths", "refuse"]

_PLACE = re.compile(r"\{(\w+)\}")
_USUAL_SIZE = 64 * 1024
_ERRORS = {
    400: "The body is no JSON.",
    401: "No API token, or one that counts no more.",
    403: "The token's role does not include this.",
    404: "There is nothing of this name or number.",
    409: "Somebody else was first, or something has to be settled before: the sentence says what.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Something was not understood or cannot work: see the fields. Nothing was changed.",
    503: "The database is away; calls go on. Try again shortly.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What an endpoint takes and gives. ``places`` are the parts of its path, ``query`` its arguments."""

    name: str
    method: str
    path: str
    summary: str
    tag: str
    right: Right
    answer: Schema
    query: Mapping[str, Schema] = field(default_factory=dict)
    places: Mapping[str, Schema] = field(default_factory=dict)
    body: Schema | None = None
    largest: int = _USUAL_SIZE  # bytes of its body
    others: Mapping[int, tuple[str, Schema]] = field(default_factory=dict)  # further good answers by status
    status: int = 200


View = Callable[[Asked], Response | dict[str, Any] | tuple[dict[str, Any], int]]


def add(blueprint: Blueprint, operation: Operation, view: View) -> None:
    """Let a blueprint answer an operation; whatever does not fit its schemas never reaches the view."""

    @needs(operation.right)
    def answer(**places: Any) -> Response:
        asked = read(
            places,
            of_path=operation.places,
            of_query=operation.query,
            body=operation.body,
            largest=operation.largest,
        )
        response = make_response(view(asked))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    rule = _PLACE.sub(lambda found: _converted(found[1], operation.places), operation.path)
    blueprint.add_url_rule(rule, operation.name, answer, methods=[operation.method])


def paths(operations: Iterable[Operation]) -> dict[str, Any]:
    """The operations as the paths of an OpenAPI document."""
    found: dict[str, Any] = {}
    for operation in operations:
        found.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return found


def _described(operation: Operation) -> dict[str, Any]:
    good = {operation.status: ("Done.", operation.answer), **operation.others}
    errors = {status: (words, named("Error")) for status, words in _ERRORS.items()}
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": f"For tokens with the role {_who(operation.right)}.",
        "tags": [operation.tag],
        "responses": {
            str(status): {"description": words, "content": {"application/json": {"schema": schema}}}
            for status, (words, schema) in {**good, **errors}.items()
        },
    }
    parameters = [
        {"name": name, "in": kind, "required": kind == "path", "schema": schema}
        for kind, schemas in (("path", operation.places), ("query", operation.query))
        for name, schema in schemas.items()
    ]
    if parameters:
        described["parameters"] = parameters
    if operation.body is not None:
        content = {"application/json": {"schema": operation.body}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _who(right: Right) -> str:
    """The roles that a token may have, as words: ``publisher or admin, made by a session with a code``."""
    *most, last = roles_for(right)
    roles = f"{', '.join(most)} or {last}" if most else last
    return f"{roles}, made by a session with a one-time code" if right in STRONG else roles


def _converted(name: str, places: Mapping[str, Schema]) -> str:
    return f"<int:{name}>" if places[name]["type"] == "integer" else f"<{name}>"

"""A request as its operation describes it, or refused before any view sees it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from flask import abort, jsonify, request

from app.web.api.components import COMPONENTS
from app.web.api.conform import faults
from app.web.api.schema import Schema


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that fits its operation. Arguments that were left out have their defaults, or are absent."""

    places: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Mapping[str, Any]


def read(
    places: Mapping[str, Any],
    *,
    of_path: Mapping[str, Schema],
    of_query: Mapping[str, Schema],
    body: Schema | None,
    largest: int,
) -> Asked:
    """This request, its path's parts being ``places``; ``largest``: bytes of the body."""
    return Asked(_places(of_path, places), _query(of_query), _body(body, largest))


def refuse(status: int, code: str, sentence: str, fields: Mapping[str, str] | None = None) -> NoReturn:
    """Answer with an error: its code for programs, one sentence for people, and what is wrong by field."""
    error = {"code": code, "sentence": sentence, "fields": dict(fields or {})}
    response = jsonify({"error": error})
    response.status_code = status
    abort(response)


def _places(schemas: Mapping[str, Schema], places: Mapping[str, Any]) -> Mapping[str, Any]:
    for name, value in places.items():
        if faults(value, schemas[name], COMPONENTS):
            abort(404)
    return places


def _query(schemas: Mapping[str, Schema]) -> dict[str, Any]:
    found = {name: schema["default"] for name, schema in schemas.items() if "default" in schema}
    wrong: dict[str, str] = {}
    for name in request.args:
        values = request.args.getlist(name)
        if name not in schemas:
            known = ", ".join(schemas) or "none"
            wrong[name[:60]] = f"This is not known here; known are {known}."
        elif len(values) > 1:
            wrong[name] = "Give this once."
        else:
            found[name] = _argument(values[0], schemas[name])
            if sentences := faults(found[name], schemas[name], COMPONENTS):
                wrong[name] = " ".join(sentences.values())
    if wrong:
        refuse(422, "bad_input", "The arguments were not understood: see the fields.", wrong)
    return found


def _argument(text: str, schema: Schema) -> Any:
    """An argument's value; the text itself, which will not fit, where it is none."""
    if schema["type"] == "integer" and text.isascii() and text.isdigit() and len(text) < 12:
        return int(text)
    if schema["type"] == "boolean" and text in {"true", "false"}:
        return text == "true"
    return text


def _body(schema: Schema | None, largest: int) -> dict[str, Any]:
    if schema is None:
        return {}
    if request.mimetype != "application/json":
        abort(415)
    request.max_content_length = largest
    try:
        value = json.loads(request.get_data(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        refuse(400, "no_json", "The body is no JSON in UTF-8.")
    wrong = faults(value, schema, COMPONENTS)
    if wrong:
        refuse(422, "bad_input", "The body was not understood: see the fields. Nothing was changed.", wrong)
    return dict(value)


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)

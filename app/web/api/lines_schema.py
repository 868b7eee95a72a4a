"""What ``/api/v1/lines`` takes and gives, for the OpenAPI document."""

from typing import Any

from app.web.api.lines import FURTHEST, MOST, USUAL
from app.web.lines import LONGEST_QUERY
from app.web.words import ENGLISH, shipped
from routing.compiled import DEPARTMENTS
from routing.fields import CHARGES, KINDS

_TEXT = {"type": "string"}
_FLAG = {"type": "boolean"}
_INSTANT = {"type": "string", "format": "date-time"}
_INSTANT_OR_NONE = {"type": ["string", "null"], "format": "date-time"}


def lines_paths() -> dict[str, Any]:
    """The paths of the public lines, as an OpenAPI 3.1 document holds them under ``paths``."""
    language = _argument("language", {"type": "string", "enum": list(shipped()), "default": ENGLISH})
    return {
        "/api/v1/lines": {"get": _listed(language)},
        "/api/v1/lines/{key}": {"get": _country(language)},
    }


def _listed(language: dict[str, Any]) -> dict[str, Any]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    offset = {"type": "integer", "minimum": 0, "maximum": FURTHEST, "default": 0}
    pages = {"language": _TEXT, "total": _COUNT, "limit": _COUNT, "offset": _COUNT}
    return {
        "operationId": "listLines",
        "summary": "Countries with their numbers, and which departments answer now.",
        "tags": ["lines"],
        "security": [],
        "parameters": [
            _argument("q", {"type": "string", "maxLength": LONGEST_QUERY}),
            language,
            _argument("limit", limit),
            _argument("offset", offset),
        ],
        "responses": {
            "200": _json("A part of the list.", _object({**pages, "countries": _list(_ENTRY)})),
            **_ERRORS,
        },
    }


def _country(language: dict[str, Any]) -> dict[str, Any]:
    key = {"name": "key", "in": "path", "required": True, "schema": _TEXT, "example": "IT"}
    return {
        "operationId": "showLine",
        "summary": "One country: numbers, charges, hours of this week, what is open now.",
        "tags": ["lines"],
        "security": [],
        "parameters": [key, language],
        "responses": {
            "200": _json("The country.", _WHOLE),
            **_ERRORS,
            "404": _json("There is no such country, or no table is published yet.", _ERROR),
        },
    }


def _argument(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_COUNT = {"type": "integer", "minimum": 0}
_DEPARTMENT = {"type": "string", "enum": list(DEPARTMENTS)}
_NAMED = {"key": _TEXT, "country_code": _TEXT, "name": _TEXT, "english_name": _TEXT}
_NUMBER = _object(
    {
        "printed": _TEXT,
        "number": _TEXT,
        "uri": _TEXT,
        "kind": {"type": "string", "enum": sorted(KINDS)},
        "charges": {"type": "string", "enum": sorted(CHARGES)},
        "alternative": _FLAG,
        "cloud": _TEXT,
        "variant": _TEXT,
        "post_dial_digits": _TEXT,
        "menu_hint": _TEXT,
        "shared": _FLAG,
    }
)
_ENTRY = _object({**_NAMED, "section": _TEXT, "numbers": _list(_NUMBER), "open": _list(_DEPARTMENT)})
_SPAN = _object({"from": _INSTANT, "until": _INSTANT})
_DESK = _object({"language": _TEXT, "open": _FLAG, "next_opening": _INSTANT_OR_NONE, "week": _list(_SPAN)})
_DEPARTMENT_HOURS = _object(
    {
        "department": _DEPARTMENT,
        "open": _FLAG,
        "next_opening": _INSTANT_OR_NONE,
        "languages": _list(_DESK),
    }
)
_OFFER = _object(
    {
        "cloud": _TEXT,
        "variant": _TEXT,
        "numbers": _list(_NUMBER),
        "departments": _list(_DEPARTMENT_HOURS),
    }
)
_MESSAGE = _object({"department": _TEXT, "language": _TEXT, "until": _INSTANT, "text": _TEXT})
_WHOLE = _object(
    {
        **_NAMED,
        "section": _TEXT,
        "zone": _TEXT,
        "at": _INSTANT,
        "version": _COUNT,
        "has_line": _FLAG,
        "instead": _TEXT,
        "offers": _list(_OFFER),
        "closures": _list(_MESSAGE),
        "announcements": _list(_MESSAGE),
        "groups": _list(_object(_NAMED)),
    }
)
_ERROR = _object(
    {
        "error": _object(
            {
                "code": _TEXT,
                "sentence": _TEXT,
                "fields": {"type": "object", "additionalProperties": _TEXT},
            }
        )
    }
)
_ERRORS = {
    "404": _json("No table is published yet.", _ERROR),
    "422": _json("An argument was not understood; nothing was looked up.", _ERROR),
}

"""Words to write JSON schemas with: the same schema is in the OpenAPI document and judges what is sent."""

from typing import Any, Final

from routing.compiled import DEPARTMENTS

Schema = dict[str, Any]

LARGEST_NUMBER: Final = 2**31 - 1
TEXT: Final[Schema] = {"type": "string"}
FLAG: Final[Schema] = {"type": "boolean"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
NUMBER: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER}
INSTANT: Final[Schema] = {"type": "string", "format": "date-time"}
INSTANT_OR_NONE: Final[Schema] = {"type": ["string", "null"], "format": "date-time"}
DEPARTMENT: Final[Schema] = {"type": "string", "enum": ["*", *DEPARTMENTS]}
LIMIT: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": 250, "default": 50}
OFFSET: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0}
PAGE: Final = {"limit": LIMIT, "offset": OFFSET}


def text(longest: int, *, least: int = 0, **more: Any) -> Schema:
    """A text of so many characters."""
    least_length = {"minLength": least} if least else {}
    return {"type": "string", **least_length, "maxLength": longest, **more}


def thing(needed: Schema, optional: Schema | None = None) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
        "additionalProperties": False,
    }


def listing(items: Schema, **more: Any) -> Schema:
    """A list of these."""
    return {"type": "array", "items": items, **more}


def by_name(values: Schema) -> Schema:
    """An object of any names with values like these."""
    return {"type": "object", "additionalProperties": values}


def page_of(name: str, items: Schema) -> Schema:
    """One page of a list: ``total`` says how many there are in all."""
    return thing({"total": COUNT, "limit": COUNT, "offset": COUNT, name: listing(items)})


def named(component: str) -> Schema:
    """A schema that stands under the document's components."""
    return {"$ref": f"#/components/schemas/{component}"}

"""Whether a JSON value is as a schema says: of JSON Schema just the words our schemas are written with."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.web.api.schema import Schema

_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
}
_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
Fault = tuple[str, str]  # where, as in rows[3].hours, and one sentence
_MOST_FAULTS = 100


def faults(value: Any, schema: Schema, components: Mapping[str, Schema]) -> dict[str, str]:
    """What is wrong with a value, by place: at most a hundred sentences."""
    found: dict[str, str] = {}
    for where, sentence in _faults(value, schema, components, ""):
        found.setdefault(where, sentence)
        if len(found) == _MOST_FAULTS:
            break
    return found


def _faults(value: Any, schema: Schema, components: Mapping[str, Schema], where: str) -> Iterator[Fault]:
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(_TYPES[kind](value) for kind in kinds):
        yield where, f"This has to be {' or '.join(_WORDS[kind] for kind in kinds)}."
        return
    match value:
        case str():
            yield from _text(value, schema, where)
        case int() if not isinstance(value, bool):
            yield from _number(value, schema, where)
        case list():
            yield from _list(value, schema, components, where)
        case dict():
            yield from _object(value, schema, components, where)


def _text(value: str, schema: Schema, where: str) -> Iterator[Fault]:
    if not _can_be_kept(value):
        yield where, "This has characters that no text has."
    elif "enum" in schema and value not in schema["enum"]:
        yield where, f"One of {', '.join(repr(choice) for choice in schema['enum'])} is needed."
    elif len(value) < schema.get("minLength", 0):
        yield where, "This cannot be empty."
    elif len(value) > schema.get("maxLength", len(value)):
        yield where, f"At most {schema['maxLength']} characters fit."
    elif schema.get("format") == "date-time" and instant(value) is None:
        yield where, "An instant with an offset is needed, as in 2026-12-24T12:00:00+01:00."


def _number(value: int, schema: Schema, where: str) -> Iterator[Fault]:
    least, most = schema.get("minimum", value), schema.get("maximum", value)
    if not least <= value <= most:
        limit = f"from {least} to {most}" if "maximum" in schema else f"of at least {least}"
        yield where, f"A whole number {limit} is needed."


def _list(value: list[Any], schema: Schema, components: Mapping[str, Schema], where: str) -> Iterator[Fault]:
    if len(value) > schema.get("maxItems", len(value)):
        yield where, f"At most {schema['maxItems']} fit."
        return
    for index, item in enumerate(value):
        yield from _faults(item, schema["items"], components, f"{where}[{index}]")


def _object(
    value: dict[str, Any], schema: Schema, components: Mapping[str, Schema], where: str
) -> Iterator[Fault]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield _at(where, name), "This is needed."
    for name, item in value.items():
        more = properties.get(name, schema.get("additionalProperties", False))
        place = _at(where, name)
        if not _can_be_kept(name):
            yield where, "A name has characters that no text has."
        elif more is False:
            yield place, f"This is not known here; known are {', '.join(properties)}."
        else:
            yield from _faults(item, more, components, place)


def instant(text: str) -> datetime | None:
    """The RFC 3339 instant a text is; None when it is none."""
    if not (len(text) >= 20 and text[10] in "Tt" and text[13] == text[16] == ":"):
        return None
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return at if at.tzinfo is not None and 1970 <= at.year <= 9000 else None


def _can_be_kept(text: str) -> bool:
    """Whether both engines can store a text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _at(where: str, name: str) -> str:
    shown = name[:60].encode("utf-8", "replace").decode()
    return f"{where}.{shown}" if where else shown

"""A document as one JSON value, for storage, and back."""

from dataclasses import MISSING, fields
from datetime import date, time
from typing import Any, Final

from routing.sections import SECTIONS, Column, Kind, Section
from routing.table import Document

SCHEMA: Final = 1  # raised when a stored document of before could no longer be read as it is


class NotADocument(ValueError):  # noqa: N818 - says what is wrong, in the data rather than the program
    """The value is no table document this program can read; the message is one sentence."""


def to_json(document: Document) -> dict[str, Any]:
    """The document as dicts, lists and strings; ``from_json`` gives an equal one back."""
    sections = {
        section.name: [_plain(row, section) for row in getattr(document, section.name)]
        for section in SECTIONS
    }
    return {"schema": SCHEMA, **sections}


def from_json(value: Any) -> Document:
    """The document of a value made by ``to_json``, by this or an earlier version of the program.

    Raises:
        NotADocument: another schema, or not what ``to_json`` makes.
    """
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        found = value.get("schema") if isinstance(value, dict) else None
        raise NotADocument(f"the table document has schema {found!r}; this program reads schema {SCHEMA}")
    try:
        sections = {section.name: _rows(value.get(section.name, []), section) for section in SECTIONS}
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise NotADocument(f"the table document cannot be read: {error}") from None
    return Document(**sections)


def _plain(row: Any, section: Section) -> dict[str, Any]:
    """A row without the fields that have their default value: documents stay small and readable."""
    defaults = {field.name: field.default for field in fields(row)}
    values = {column.name: getattr(row, column.name) for column in section.columns}
    return {name: _value(value) for name, value in values.items() if value != defaults.get(name, MISSING)}


def _value(value: Any) -> Any:
    match value:
        case tuple():
            return list(value)
        case date() | time():
            return value.isoformat()
        case _:
            return value


def _rows(rows: list[dict[str, Any]], section: Section) -> tuple[Any, ...]:
    columns = {column.name: column for column in section.columns}
    return tuple(
        section.row(**{name: _read(columns[name], value) for name, value in row.items()}) for row in rows
    )


def _read(column: Column, value: Any) -> Any:
    match column.kind:
        case Kind.WORDS:
            return tuple(_string(word) for word in value)
        case Kind.DATE:
            return date.fromisoformat(value)
        case Kind.TIME:
            return time.fromisoformat(value)
        case Kind.WHOLE:
            return _whole(value)
        case Kind.TEXT:
            return _string(value)


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value

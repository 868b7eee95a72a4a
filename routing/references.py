"""Which rows name which: who uses a schedule, calendar, queue or territory, and a new name for all."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from routing import edit
from routing.table import Document

# Section -> the columns of other rows, by section, in which its rows are named.
_NAMED_IN: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "schedules": {"coverage": ("schedule",)},
        "calendars": {"coverage": ("calendar",)},
        "queues": {"coverage": ("queue",), "queues": ("overflow",)},
        "territories": {
            "lines": ("territories", "default"),
            "coverage": ("territory",),
            "closures": ("territory",),
            "notices": ("territory",),
        },
    }
)
#: The column that holds the name others know a row by.
NAMED_BY: Mapping[str, str] = MappingProxyType(
    {"schedules": "name", "calendars": "calendar", "queues": "name", "territories": "key"}
)


class Use(NamedTuple):
    """A row that names another."""

    section: str
    key: str


def uses(document: Document, section: str) -> dict[str, tuple[Use, ...]]:
    """Who names each row of a section, by the name used; rows nobody names are left out."""
    found: dict[str, list[Use]] = {}
    for where, columns in _NAMED_IN.get(section, {}).items():
        for key, row in edit.keyed(document, where):
            for name in dict.fromkeys(name for column in columns for name in _names(getattr(row, column))):
                found.setdefault(name, []).append(Use(where, key))
    return {name: tuple(users) for name, users in found.items()}


def renamed(document: Document, section: str, old: str, new: str) -> Document:
    """The document in which every row that named ``old`` of this section names ``new``."""
    for where, columns in _NAMED_IN.get(section, {}).items():
        rows = tuple(_renamed(row, columns, old, new) for row in getattr(document, where))
        document = replace(document, **{where: rows})
    return document


def _names(held: Any) -> tuple[str, ...]:
    return held if isinstance(held, tuple) else (held,) if held else ()


def _renamed(row: Any, columns: tuple[str, ...], old: str, new: str) -> Any:
    changed = {
        column: tuple(new if name == old else name for name in held) if isinstance(held, tuple) else new
        for column in columns
        if old in _names(held := getattr(row, column))
    }
    return replace(row, **changed) if changed else row

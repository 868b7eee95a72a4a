"""How each column of a row is asked for: by a choice, a date, a line of text with suggestions, or hours."""

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache

from babel import Locale

from app.web.code_words import named
from app.web.pages import gettext
from routing import fields as cells
from routing import values, words
from routing.desks import ANYWHERE
from routing.sections import Column, Kind, section_of
from routing.table import Document
from routing.targets import VOICEMAIL, queue_of
from routing.zones import names

Choice = tuple[str, str]  # value, words

_FIXED = {
    "role": cells.ROLES,
    "kind": cells.KINDS,
    "charges": cells.CHARGES,
    "department": cells.DEPARTMENTS,
    "effect": cells.EFFECTS,
    "unverified": cells.UNVERIFIED,
}
_TYPES = {Kind.DATE: "date", Kind.TIME: "time", Kind.WHOLE: "number"}
_LONG = {"online_only", "note", "text", "menu_hint"}


@dataclass(frozen=True, slots=True)
class Input:
    """One column's input. ``choices`` are those of a select, or what a line of text suggests."""

    name: str
    kind: str  # text | textarea | select | date | time | number | hours
    required: bool
    choices: tuple[Choice, ...] = ()


def inputs(section: str, document: Document) -> tuple[Input, ...]:
    """The inputs of a section's form, in the order of its columns; a schedule is part of the hours."""
    return tuple(
        _input(section, column, document)
        for column in section_of(section).columns
        if (section, column.name) != ("coverage", "schedule")
    )


def empty_row(section: str) -> dict[str, str]:
    """The cells of a row nobody filled in yet."""
    defaults = {field.name: field.default for field in fields(section_of(section).row)}
    return {
        column.name: "" if defaults[column.name] is MISSING else values.text(defaults[column.name])
        for column in section_of(section).columns
    }


def territories(document: Document, everywhere: str = "") -> tuple[Choice, ...]:
    """The territories by name; ``everywhere`` are the words for all of them, where that may be chosen."""
    named = sorted(((row.key, f"{row.name} ({row.key})") for row in document.territories), key=lambda c: c[1])
    return (*(((ANYWHERE, everywhere),) if everywhere else ()), *named)


def languages(document: Document) -> tuple[Choice, ...]:
    """The languages of the document's desks, then every other one with a code of two letters."""
    spoken = {row.language for row in document.coverage}
    ours = sorted(((tag, f"{words.language(tag)} ({tag})") for tag in spoken), key=lambda c: c[1])
    return (*ours, *(choice for choice in _every_language() if choice[0] not in spoken))


def departments() -> tuple[Choice, ...]:
    """The departments."""
    return tuple((name, named(name)) for name in cells.DEPARTMENTS)


def _input(section: str, column: Column, document: Document) -> Input:
    name = column.name
    if name == "hours":
        return Input(name, "hours", column.required)
    if column.kind in _TYPES:
        return Input(name, _TYPES[column.kind], column.required)
    if name in _LONG:
        return Input(name, "textarea", column.required)
    chosen = _chosen(section, name, document)
    if chosen is not None:
        empty: tuple[Choice, ...] = () if column.required or name in _FIXED else (("", "-"),)
        return Input(name, "select", column.required, (*empty, *chosen))
    return Input(name, "text", column.required, _suggested(section, name, document))


def _chosen(section: str, name: str, document: Document) -> tuple[Choice, ...] | None:
    """What a column's value must be one of; None: anything may be written."""
    fixed = cells.NOTICES if (section, name) == ("notices", "kind") else _FIXED.get(name)
    if fixed is not None:
        return tuple((value, named(value)) for value in fixed)
    match section, name:
        case _, "territory":
            anywhere = gettext("Everywhere else") if section == "coverage" else gettext("Everywhere")
            return territories(document, anywhere)
        case _, "default":
            return territories(document)
        case "coverage", "language":
            return languages(document)
        case "coverage", "calendar":
            return _bare(row.calendar for row in document.calendars)
        case _:
            return None


def _suggested(section: str, name: str, document: Document) -> tuple[Choice, ...]:
    match name:
        case "zone":
            return _bare(sorted(names()))
        case "queue":
            return _queues(document)
        case "overflow":
            return (*_queues(document), (VOICEMAIL, gettext("The caller leaves a message")))
        case "whisper_language" | "language":
            return languages(document)
        case "section" | "cloud" | "variant" | "severity" | "calendar":
            return _bare(getattr(row, name) for row in getattr(document, section))
        case _:
            return ()


def _queues(document: Document) -> tuple[Choice, ...]:
    named = {queue_of(row) for row in document.coverage}
    return _bare(sorted({row.name for row in document.queues} | named))


def _bare(texts: Iterable[str]) -> tuple[Choice, ...]:
    """Names that say what they are by themselves, each once."""
    return tuple((text, text) for text in dict.fromkeys(texts) if text)


@lru_cache(maxsize=1)
def _every_language() -> tuple[Choice, ...]:
    found = ((str(tag), str(name)) for tag, name in Locale("en").languages.items())
    named = ((tag, f"{name} ({tag})") for tag, name in found if len(tag) == 2)
    return tuple(sorted(named, key=lambda choice: choice[1]))

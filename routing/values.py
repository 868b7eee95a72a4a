"""A row's values as the text of its cells, and back: one way for files, forms and the desk's interface.

Cells that hold several values separate them by blanks.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, time
from typing import Any

from routing.sections import Column, Kind, Section

_DAY_END = "24:00"


def value(column: Column, text: str) -> tuple[Any | None, str]:
    """A cell's value and what is wrong with it; no value: the field's default."""
    if not text:
        return None, "must not be empty" if column.required else ""
    match column.kind:
        case Kind.DATE:
            return _day(text)
        case Kind.TIME:
            return _time(column, text)
        case Kind.WHOLE:
            sentence = column.check(text) if column.check else ""
            return (None, sentence) if sentence else (int(text), "")
        case Kind.WORDS:
            words = tuple(text.split())
            return words, next(filter(None, (column.check(word) for word in words if column.check)), "")
        case Kind.TEXT:
            sentence = column.check(text) if column.check else ""
            return (None, sentence) if sentence and not column.required else (text, sentence)


def values(section: Section, texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a row's cells that have one, and what is wrong with the others, by column."""
    found: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for column in section.columns:
        held, sentence = value(column, texts.get(column.name, ""))
        if sentence:
            faults[column.name] = sentence
        if held is not None:
            found[column.name] = held
    return found, faults


def built(section: Section, held: Mapping[str, Any]) -> Any | None:
    """The row, or None where a cell it cannot be without is empty or faulty."""
    if any(column.required and column.name not in held for column in section.columns):
        return None
    bare = {field.name: "" for field in fields(section.row) if field.default is MISSING}
    return section.row(**(bare | dict(held)))


def text(held: Any) -> str:
    """A value as a cell's text; ``value`` reads it back."""
    match held:
        case None:
            return ""
        case tuple():
            return " ".join(held)
        case date():
            return held.isoformat()
        case time():
            return held.strftime("%H:%M")
        case _:
            return str(held)


def _day(text: str) -> tuple[date | None, str]:
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, f'"{text[:40]}" is no date; write 2026-12-24'


def _time(column: Column, text: str) -> tuple[time | None, str]:
    if text == _DAY_END and column.name == "end":
        return None, ""  # an end left out is the end of the day
    try:
        found = time.fromisoformat(f"0{text}" if text[1:2] == ":" else text)  # 9:00, as spreadsheets save it
    except ValueError:
        return None, f'"{text[:40]}" is no time of day; write 09:00'
    whole = found.second == found.microsecond == 0 and found.tzinfo is None
    return (found, "") if whole else (None, f'"{text[:40]}": write hours and minutes only, such as 09:00')

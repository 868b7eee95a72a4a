"""The sections of a table document: files, columns, what a cell may hold, each row's natural key."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from routing import fields, keys
from routing.table import CalendarDay, Closure, Coverage, Line, Notice, Queue, Schedule, Territory


class Kind(Enum):
    """How a cell's text becomes a value."""

    TEXT = auto()
    WORDS = auto()  # several, separated by blanks
    DATE = auto()  # 2026-12-24
    TIME = auto()  # 09:00
    WHOLE = auto()  # 300; the column's check lets nothing else pass


@dataclass(frozen=True, slots=True)
class Column:
    """One column; its name is the field's."""

    name: str
    kind: Kind = Kind.TEXT
    check: Callable[[str], str] | None = (
        None  # of a cell that is not empty, word by word: what is wrong with it
    )
    required: bool = False  # neither the column nor a cell may be left out


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the document, ``name`` being its field there and its file's name."""

    name: str
    row: type[Any]
    columns: tuple[Column, ...]
    key: Callable[[Any], str]

    @property
    def file(self) -> str:
        """The file it is read from and written to."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column:
        """The column of this name. Raises KeyError: there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _choice(*words: str) -> Callable[[str], str]:
    return lambda text: fields.one_of(text, words)


def _or_all(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "" if text == "*" else check(text)


_TERRITORY_OR_ALL = _or_all(fields.territory_key)

SECTIONS = (
    Section(
        "territories",
        Territory,
        (
            Column("key", check=fields.territory_key, required=True),
            Column("country_code", check=fields.country),
            Column("name", required=True),
            Column("section"),
            Column("zones", Kind.WORDS, fields.zone),
            Column("prompt_languages", Kind.WORDS, fields.tag),
            Column("members", Kind.WORDS, fields.country),
            Column("online_only"),
        ),
        lambda row: f"territory/{row.key}",
    ),
    Section(
        "lines",
        Line,
        (
            Column("name", required=True),
            Column("number", check=fields.e164),
            Column("printed", required=True),
            Column("territories", Kind.WORDS, fields.territory_key, required=True),
            Column("default", check=fields.territory_key, required=True),
            Column("cloud", check=fields.name),
            Column("variant"),
            Column("role", check=_choice(*fields.ROLES)),
            Column("kind", check=_choice(*fields.KINDS)),
            Column("charges", check=_choice(*fields.CHARGES)),
            Column("note"),
            Column("post_dial_digits"),
            Column("menu_hint"),
            Column("reached_as", Kind.WORDS, fields.address),
        ),
        keys.line,
    ),
    Section(
        "coverage",
        Coverage,
        (
            Column("territory", check=_TERRITORY_OR_ALL, required=True),
            Column("department", check=_choice(*fields.DEPARTMENTS), required=True),
            Column("language", check=fields.language, required=True),
            Column("hours", check=fields.hours),
            Column("schedule", check=fields.name),
            Column("zone", check=fields.zone),
            Column("calendar", check=fields.name),
            Column("queue", check=fields.queue),
            Column("cloud", check=fields.name),
            Column("variant"),
            Column("severity", check=fields.name),
            Column("note"),
        ),
        keys.coverage,
    ),
    Section(
        "schedules",
        Schedule,
        (
            Column("name", check=fields.name, required=True),
            Column("hours", check=fields.hours, required=True),
        ),
        lambda row: f"schedule/{row.name}",
    ),
    Section(
        "queues",
        Queue,
        (
            Column("name", check=fields.queue, required=True),
            Column("target", check=fields.target),
            Column("overflow", check=fields.overflow),
            Column("overflow_after", Kind.WHOLE, fields.waiting),
            Column("backup", check=fields.backup),
            Column("whisper_language", check=fields.tag),
            Column("unverified", check=_choice(*fields.UNVERIFIED)),
        ),
        lambda row: f"queue/{row.name}",
    ),
    Section(
        "calendars",
        CalendarDay,
        (
            Column("calendar", check=fields.name, required=True),
            Column("day", Kind.DATE),
            Column("country", check=fields.region),
            Column("name"),
        ),
        keys.calendar_day,
    ),
    Section(
        "closures",
        Closure,
        (
            Column("day", Kind.DATE, required=True),
            Column("effect", check=_choice(*fields.EFFECTS)),
            Column("start", Kind.TIME),
            Column("end", Kind.TIME),
            Column("cloud", check=_or_all(fields.name)),
            Column("territory", check=_TERRITORY_OR_ALL),
            Column("department", check=_choice("*", *fields.DEPARTMENTS)),
            Column("language", check=_or_all(fields.language)),
            Column("reason"),
        ),
        keys.closure,
    ),
    Section(
        "notices",
        Notice,
        (
            Column("territory", check=_TERRITORY_OR_ALL, required=True),
            Column("kind", check=_choice(*fields.NOTICES), required=True),
            Column("language", check=fields.tag, required=True),
            Column("text", required=True),
        ),
        keys.notice,
    ),
)

_BY_NAME = {section.name: section for section in SECTIONS}


def section_of(name: str) -> Section:
    """The section of this name, ``coverage`` say. Raises KeyError: there is none."""
    return _BY_NAME[name]

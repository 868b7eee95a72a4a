"""Reading the cells of the directory's files: each reader gives a value, or says what would be right."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from app.services.standards import is_country, is_language
from routing.cells import Row
from routing.numbers import is_withheld, to_e164
from routing.remarks import Remark

_ACCOUNT = re.compile(r"[0-9]{4,12}")
_RANGE = re.compile(r"\+[1-9][0-9]{5,13}\*")
_CLOUD = re.compile(r"[a-z0-9]{0,32}")
_PRIORITY = re.compile(r"[0-9]")
# RFC 5321 section 4.1.2 without quoted local parts and address literals, which no profile needs.
_EMAIL = re.compile(
    r"(?=.{3,254}$)(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
# RFC 3339 section 5.6.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
_LONGEST_NAME = 100

T = TypeVar("T")


class Wrong(ValueError):  # noqa: N818 - it says what is wrong with a cell
    """A cell that cannot be read; the sentence says what would be right."""


@dataclass(slots=True)
class Cells:
    """One row being read; what is wrong with it gathers in ``faults``."""

    file: str
    row: Row
    faults: list[Remark] = field(default_factory=list)

    def read(self, column: str, reader: Callable[[str], T], otherwise: T) -> T:
        """A cell's value; ``otherwise``, and a fault, when it cannot be read."""
        try:
            return reader(self.row.cells.get(column, ""))
        except Wrong as wrong:
            self.wrong(column, str(wrong))
            return otherwise

    def wrong(self, column: str, sentence: str) -> None:
        """Add a fault of this row; a cell that is not there is a fault of the file's form, told already."""
        if column in self.row.cells:
            self.faults.append(Remark(self.file, self.row.number, column, sentence))


def account(text: str) -> str:
    return _matching(_ACCOUNT, text, "an account number is 4 to 12 digits; leading zeros count")


def name(text: str) -> str:
    if not 0 < len(text) <= _LONGEST_NAME:
        raise Wrong(f"a name of 1 to {_LONGEST_NAME} characters is needed; agents hear it")
    return text


def country(text: str) -> str:
    if not is_country(text):
        raise Wrong("a country is its two capital letters in ISO 3166-1, such as IT or GB")
    return text


def cloud(text: str) -> str:
    return _matching(
        _CLOUD,
        text,
        "a cloud is a word of lower-case letters and digits, such as germany or 21vianet, or empty",
    )


def language(text: str) -> str:
    """A BCP-47 tag of a language there is, or empty."""
    if text and not is_language(text):
        raise Wrong("a language is the BCP-47 tag of one there is, such as it, pt-BR or cmn; or empty")
    return text


def priority(text: str) -> int:
    return int(_matching(_PRIORITY, text or "0", "a priority is a whole number from 0 to 9"))


def code_digits(text: str) -> int:
    return int(one_of({"6": "6", "8": "8", "": "6"}, text))


def one_of(words: Mapping[str, str], text: str) -> str:
    """The value of one of these words, in any letter case."""
    if text.lower() not in words:
        raise Wrong(f"one of {', '.join(word for word in words if word)} is needed here")
    return words[text.lower()]


def truth(text: str) -> bool:
    """Yes or no, as people and spreadsheets write it; empty is no."""
    if text.lower() not in _TRUTHS:
        raise Wrong("true or false is needed here")
    return _TRUTHS[text.lower()]


def numbers(text: str) -> tuple[str, ...]:
    """Space-separated E.164 numbers, ranges with a trailing ``*``; each once."""
    return tuple(dict.fromkeys(_number_or_range(word) for word in text.split()))


def _number_or_range(word: str) -> str:
    return word if _RANGE.fullmatch(word) else _number(word)


def phone(text: str) -> str:
    """One E.164 number, or empty."""
    return _number(text) if text else ""


def _number(word: str) -> str:
    if to_e164(word) is None or is_withheld(word):
        shown = word if word.isprintable() else ascii(word)
        raise Wrong(f"{shown} is no number in E.164, such as +390555501234, nor a range such as +39055550*")
    return word


def email(text: str) -> str:
    return _matching(_EMAIL, text, "an e-mail address is name@example.com, in ASCII") if text else ""


def instant(text: str) -> datetime | None:
    """An RFC 3339 instant in UTC, or None for an empty cell."""
    if not text:
        return None
    hint = "an instant is written like 2026-03-01T09:30:00Z or 2026-03-01T10:30:00+01:00"
    try:
        return datetime.fromisoformat(_matching(_INSTANT, text, hint).upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong(hint) from None


def _matching(pattern: re.Pattern[str], text: str, hint: str) -> str:
    if not pattern.fullmatch(text):
        raise Wrong(hint)
    return text

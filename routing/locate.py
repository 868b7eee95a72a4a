"""Where a row of a document stood in the files it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from routing.remarks import Origins, Remark, Severity
from routing.sections import SECTIONS
from routing.table import Document

_SECTIONS = {section.name: section for section in SECTIONS}
# What our columns are called in a flat file.
_FLAT = {
    "key": "territory_key",
    "territory": "territory_key",
    "territories": "territory_key",
    "default": "territory_key",
    "name": "territory",
    "number": "number_e164",
    "printed": "number_as_printed",
    "zone": "timezone",
    "zones": "timezone",
    "members": "territory_key",
    "prompt_languages": "language",
    "online_only": "number_note",
    "section": "region",
    "kind": "number_kind",
    "note": "number_note",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place: as read, or as it would be written."""

    section: str
    row: Any
    key: str
    file: str
    number: int

    def error(self, column: str, sentence: str) -> Remark:
        """A remark that refuses the table."""
        return self._remark(column, sentence, Severity.ERROR)

    def warning(self, column: str, sentence: str) -> Remark:
        """A remark that does not."""
        return self._remark(column, sentence, Severity.WARNING)

    def _remark(self, column: str, sentence: str, severity: Severity) -> Remark:
        return Remark(self.file, self.number, self._column(column), sentence, severity, self.key)

    def _column(self, name: str) -> str:
        return name if self.file == _SECTIONS[self.section].file else _FLAT.get(name, name)


def placed(document: Document, name: str, origins: Origins) -> Iterator[Placed]:
    """The rows of one section, each with its place."""
    section = _SECTIONS[name]
    for index, row in enumerate(getattr(document, name)):
        key = section.key(row)
        file, number = origins.get(key, (section.file, index + 2))
        yield Placed(name, row, key, file, number)

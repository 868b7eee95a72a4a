"""The audit for people: what was done, by whom and from where; in pages, and whole as a file."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports.audit import Act, Audit, Sought

COLUMNS = tuple(field.name for field in fields(Act))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would work out


@dataclass(frozen=True, slots=True)
class AuditDesk:
    """Reading the audit. Every method may raise LEDGER_AWAY."""

    store: Audit

    def count(self, sought: Sought) -> int:
        """How many acts there are of these."""
        return self.store.count(sought)

    def page(self, sought: Sought, *, limit: int, offset: int = 0) -> Sequence[Act]:
        """One page of them, newest first."""
        return self.store.page(sought, limit=limit, offset=offset)

    def kinds(self) -> Sequence[str]:
        """Every kind of act there is, by name."""
        return self.store.kinds()

    def export(self, sought: Sought, form: str, *, actor: Actor, now: datetime) -> Iterator[str]:
        """The acts as a file in parts, ``form`` being csv or jsonl; that it was taken is written down, too.

        Raises:
            Fault: NOT_YOURS for all but admins; NOT_FOUND for another form.
        """
        if not actor.may(Right.ADMINISTER):
            raise Fault(FaultCode.NOT_YOURS, "Admins take copies of the audit, with a one-time code.")
        lines = _FORMS.get(form)
        if lines is None:
            raise Fault(FaultCode.NOT_FOUND, "The audit comes as csv or jsonl.")
        self.store.exported(form, actor=actor, now=now)
        return lines(self.store.every(sought))


def plain(act: Act) -> dict[str, Any]:
    """An act with JSON's own types."""
    return asdict(act) | {"at": act.at.isoformat()}


def _json_lines(acts: Iterator[Act]) -> Iterator[str]:
    return (json.dumps(plain(act), ensure_ascii=False) + "\n" for act in acts)


def _csv(acts: Iterator[Act]) -> Iterator[str]:
    yield _line(COLUMNS)
    for act in acts:
        row = plain(act)
        yield _line([_cell(row[name]) for name in COLUMNS])


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    """A cell's text; one that a spreadsheet would take for a formula is marked as text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


_FORMS: dict[str, Callable[[Iterator[Act]], Iterator[str]]] = {"csv": _csv, "jsonl": _json_lines}

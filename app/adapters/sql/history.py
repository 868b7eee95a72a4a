"""The versions' history on SQL, searched."""

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Engine, Text, cast, func, or_, select, true

from app.adapters.sql.recording import storable
from app.adapters.sql.table_rows import TableVersion
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.tables import VersionRow

_LARGEST = 2**31 - 1  # what the version's column holds


class SqlHistory:
    """``app.ports.history.History`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def page(self, text: str, *, limit: int, offset: int = 0) -> tuple[Sequence[VersionRow], int]:
        """One page of the versions whose author or difference holds the text, newest first; their number."""
        held = _holding(text)
        rows = select(TableVersion).where(held).order_by(TableVersion.version.desc())
        count = select(func.count()).select_from(TableVersion).where(held)
        with self._transactions.reading() as session:
            found = session.scalars(rows.limit(limit).offset(offset))
            return [_row(version) for version in found], session.scalars(count).one()

    def get(self, version: int) -> VersionRow:
        """One version, without its document; Fault NO_SUCH_VERSION."""
        with self._transactions.reading() as session:
            found = session.get(TableVersion, version) if 0 < version <= _LARGEST else None
            if found is None:
                raise Fault(FaultCode.NO_SUCH_VERSION, f"There is no version {version} of the table.")
            return _row(found)


def _holding(text: str) -> ColumnElement[bool]:
    if not text:
        return true()
    # JSON is stored with every character outside ASCII written as its code.
    stored = json.dumps(text)[1:-1]
    in_sentences = cast(TableVersion.sentences, Text).icontains(stored, autoescape=True)
    return or_(TableVersion.author.icontains(storable(text), autoescape=True), in_sentences)


def _row(entry: TableVersion) -> VersionRow:
    return VersionRow(entry.version, entry.author, entry.published_at, tuple(entry.sentences))

"""Imports into drafts on SQL: any process can show what another one is reading."""

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Engine, select, update

from app.access.model import Actor
from app.adapters.sql.draft_rows import DraftImportEntry
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.draft_imports import DraftImport, Progress
from routing.document import from_json, to_json
from routing.table import Document

_LATER = "Files that were sent later took the place of these."
_FINDINGS = select(DraftImportEntry.findings)
_DOCUMENT = select(DraftImportEntry.document)


class SqlDraftImportStore:
    """``app.ports.draft_imports.DraftImportStore`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def begin(
        self,
        draft_id: int,
        revision: int,
        files: str,
        digest: str,
        total: int,
        *,
        actor: Actor,
        now: datetime,
    ) -> int:
        """Write down that an import begins; earlier ones of the draft are over. Gives its number."""
        entry = DraftImportEntry(
            draft_id=draft_id,
            revision=revision,
            state="reading",
            author=storable(actor.name),
            files=storable(files),
            digest=digest,
            stage="",
            done=0,
            total=total,
            created_at=now,
            updated_at=now,
            findings=None,
            document=None,
        )
        with self._transactions.writing() as session:
            earlier = update(DraftImportEntry).where(
                DraftImportEntry.draft_id == draft_id, DraftImportEntry.state.in_(("reading", "ready"))
            )
            session.execute(earlier.values(state="failed", stage=_LATER, findings=None, document=None))
            session.add(entry)
            session.flush()
            return entry.id

    def move(self, number: int, stage: str, done: int, now: datetime) -> None:
        """Say how far it is."""
        self._read_on(number, stage=stage, done=done, updated_at=now)

    def finish(self, number: int, findings: dict[str, Any], document: Document | None, now: datetime) -> None:
        """Keep what was found, and what would be put in; None: nothing can be."""
        held = None if document is None else to_json(document)
        self._read_on(number, state="ready", findings=findings, document=held, updated_at=now)

    def fail(self, number: int, why: str, now: datetime) -> None:
        """End it without a result, with a sentence."""
        self._read_on(number, state="failed", stage=storable(why), updated_at=now)

    def applied(self, number: int, now: datetime) -> None:
        """Note that it was put in."""
        over = update(DraftImportEntry).where(DraftImportEntry.id == number)
        with self._transactions.writing() as session:
            session.execute(over.values(state="applied", findings=None, document=None, updated_at=now))

    def read(self, number: int) -> DraftImport:
        """How far it is; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            entry = session.get(DraftImportEntry, number)
            if entry is None:
                raise Fault(FaultCode.NOT_FOUND, f"There is no import {number}.")
            values = {name: getattr(entry, name) for name in DraftImport.__dataclass_fields__}
        return DraftImport(**{**values, "state": _progress(values["state"])})

    def findings(self, number: int) -> dict[str, Any]:
        """What was found; empty before it is ready."""
        with self._transactions.reading() as session:
            return (
                session.scalars(
                    select(DraftImportEntry.findings).where(DraftImportEntry.id == number)
                ).first()
                or {}
            )

    def document(self, number: int) -> Document | None:
        """What would be put in."""
        with self._transactions.reading() as session:
            held = session.scalars(
                select(DraftImportEntry.document).where(DraftImportEntry.id == number)
            ).first()
        return None if held is None else from_json(held)

    def _read_on(self, number: int, **values: Any) -> None:
        """Change an import that is still being read; one that is over stays as it is."""
        wanted = update(DraftImportEntry).where(
            DraftImportEntry.id == number, DraftImportEntry.state == "reading"
        )
        with self._transactions.writing() as session:
            session.execute(wanted.values(**values))


def _progress(text: str) -> Progress:
    found: Progress = next(state for state in get_args(Progress) if state == text)
    return found

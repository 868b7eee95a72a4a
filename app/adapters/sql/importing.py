"""Imports under way, on SQL, so that every process can show them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, Engine, delete, select, update
from sqlalchemy.orm import Session, defer

from app.access.model import Actor
from app.adapters.sql.desk_rows import DirectoryImport
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.imports import ImportFiles, ImportJob, ImportLine, ImportState


class SqlImports:
    """``app.ports.imports.Imports`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def create(self, actor: Actor, files: ImportFiles, now: datetime, *, keep_since: datetime) -> int:
        """Keep two files; those from before ``keep_since`` are thrown away. Gives the import's id."""
        entry = DirectoryImport(
            author=actor.name,
            author_id=actor.user,
            created_at=now,
            state=ImportState.READING.value,
            done=0,
            total=0,
            source=storable(files.source),
            organisations_name=storable(files.organisations_name),
            organisations=files.organisations,
            contacts_name=storable(files.contacts_name),
            contacts=files.contacts,
            mark="",
            sentence="",
            lines=[],
        )
        with self._transactions.writing() as session:
            session.execute(delete(DirectoryImport).where(DirectoryImport.created_at < keep_since))
            session.add(entry)
            session.flush()
            return entry.id

    def get(self, job: int) -> ImportJob:
        """One import; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            entry = _entry(session, job)
            return ImportJob(
                id=entry.id,
                author=entry.author,
                author_id=entry.author_id,
                created_at=entry.created_at,
                state=ImportState(entry.state),
                done=entry.done,
                total=entry.total,
                source=entry.source,
                mark=entry.mark,
                sentence=entry.sentence,
                lines=tuple(ImportLine(*line) for line in entry.lines),
            )

    def files(self, job: int) -> ImportFiles:
        """Its files; empty once it is applied or given up. Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            entry = session.get(DirectoryImport, job)
            if entry is None:
                raise _missing()
            return ImportFiles(
                entry.organisations_name,
                entry.organisations,
                entry.contacts_name,
                entry.contacts,
                entry.source,
            )

    def progress(self, job: int, done: int, total: int) -> None:
        """Note how far the dry run is."""
        self._set(job, done=done, total=total)

    def show(
        self, job: int, state: ImportState, lines: Sequence[ImportLine], *, mark: str, sentence: str
    ) -> None:
        """Keep what the dry run found."""
        kept = [[storable(one) if isinstance(one, str) else one for one in line] for line in lines]
        self._set(job, state=state.value, lines=kept, mark=mark, sentence=storable(sentence))

    def move(self, job: int, before: ImportState, after: ImportState) -> bool:
        """Go from one state to another; False when it was in another one, and nothing happened."""
        which = (DirectoryImport.id == job, DirectoryImport.state == before.value)
        with self._transactions.writing() as session:
            moved = session.execute(update(DirectoryImport).where(*which).values(state=after.value))
            return isinstance(moved, CursorResult) and moved.rowcount == 1

    def close(self, job: int, state: ImportState, sentence: str) -> None:
        """Forget the files and what was shown of them; only what became of them stays."""
        self._set(job, state=state.value, sentence=sentence, lines=[], organisations=b"", contacts=b"")

    def _set(self, job: int, **values: object) -> None:
        with self._transactions.writing() as session:
            session.execute(update(DirectoryImport).where(DirectoryImport.id == job).values(values))


def _entry(session: Session, job: int) -> DirectoryImport:
    """An import without its files, which may be large."""
    light = (defer(DirectoryImport.organisations), defer(DirectoryImport.contacts))
    entry = session.scalars(select(DirectoryImport).where(DirectoryImport.id == job).options(*light)).first()
    if entry is None:
        raise _missing()
    return entry


def _missing() -> Fault:
    return Fault(FaultCode.NOT_FOUND, "There is no such import; imports are kept for a day.")

"""Importing organisations in two steps: a dry run to look at, then exactly that."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports import Directory
from app.ports.imports import ImportFiles, ImportJob, Imports, ImportState
from app.services.directory import CsvFile
from app.services.directory_lines import dry_run
from routing.words import counted

KEPT = timedelta(days=1)
_LATEST = timedelta(minutes=10)  # a process that is still at it after this long has died
_DIED = "This import was interrupted. Upload the files again."


def in_background(work: Callable[[], None]) -> None:
    """Do something beside the request that asked for it; without the database it stays undone."""

    def quietly() -> None:
        with suppress(Fault):
            work()

    Thread(target=quietly, name="directory-import", daemon=True).start()


@dataclass(frozen=True, slots=True)
class DirectoryImports:
    """Uploaded files, from the dry run to what became of them."""

    imports: Imports
    directory: Directory
    start: Callable[[Callable[[], None]], None] = in_background

    def upload(self, actor: Actor, files: ImportFiles, now: datetime) -> int:
        """Keep two files and begin the dry run; gives the import's id.

        Raises:
            Fault: NOT_YOURS without the right to edit.
        """
        if not actor.may(Right.EDIT):
            raise Fault(FaultCode.NOT_YOURS, "Importing organisations takes the right to edit.")
        job = self.imports.create(actor, files, now, keep_since=now - KEPT)
        self.start(lambda: self._look(job, ""))
        return job

    def get(self, actor: Actor, job: int, now: datetime) -> ImportJob:
        """An import of one's own.

        Raises:
            Fault: NOT_FOUND for one that is not there, or is somebody else's.
        """
        found = self.imports.get(job)
        if found.author_id != actor.user or (not actor.user and found.author != actor.name):
            raise Fault(FaultCode.NOT_FOUND, "There is no such import.")
        at_work = found.state in {ImportState.READING, ImportState.APPLYING}
        if at_work and now - found.created_at > _LATEST:
            self.imports.close(job, ImportState.DISCARDED, _DIED)
            return self.imports.get(job)
        return found

    def apply(self, actor: Actor, job: int, now: datetime) -> None:
        """Begin to do exactly what the dry run showed.

        Raises:
            Fault: NOT_FOUND; CONFLICT when it is not there to be applied.
        """
        found = self.get(actor, job, now)
        if not self.imports.move(job, ImportState.READY, ImportState.APPLYING):
            raise Fault(FaultCode.CONFLICT, "This import is not there to be applied (any more).")
        self.start(lambda: self._apply(actor, job, found.mark, now))

    def discard(self, actor: Actor, job: int, now: datetime) -> None:
        """Give an import up, and forget its files.

        Raises:
            Fault: NOT_FOUND; CONFLICT while it is being read or applied.
        """
        if self.get(actor, job, now).state in {ImportState.READING, ImportState.APPLYING}:
            raise Fault(FaultCode.CONFLICT, "This import is at work; wait until it is done.")
        self.imports.close(job, ImportState.DISCARDED, "Given up; nothing was changed.")

    def _look(self, job: int, sentence: str) -> None:
        files = self.imports.files(job)
        found = dry_run(
            self.directory, *_csv(files), lambda done, total: self.imports.progress(job, done, total)
        )
        state = ImportState.FAULTY if found.faults else ImportState.READY
        if found.faults:
            sentence = f"{found.faults} fault{'s' * (found.faults > 1)}: nothing can be applied."
        self.imports.show(job, state, found.lines, mark=found.mark, sentence=sentence)

    def _apply(self, actor: Actor, job: int, mark: str, now: datetime) -> None:
        files = self.imports.files(job)
        found = dry_run(self.directory, *_csv(files))
        try:
            added, updated = self.directory.replace(
                found.organisations, found.contacts, actor=actor, now=now, source=files.source, expecting=mark
            )
        except Fault as fault:
            self._look(job, fault.sentence)
            return
        sentence = (
            f"{counted(added, 'organisation')} added, {updated} updated; "
            f"{counted(len(found.contacts), 'contact')}."
        )
        self.imports.close(job, ImportState.APPLIED, sentence)


def _csv(files: ImportFiles) -> tuple[CsvFile, CsvFile]:
    organisations = CsvFile(files.organisations_name, files.organisations)
    return organisations, CsvFile(files.contacts_name, files.contacts)

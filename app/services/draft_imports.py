"""Imports into a draft: tried out in the background, shown row by row, put in exactly as shown."""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from app.access.model import Actor
from app.faults import Fault, FaultCode
from app.ports import Clock
from app.ports.draft_imports import DraftImport, DraftImportStore
from app.ports.drafts import Draft
from app.services.drafts import DraftDesk, Stale
from app.services.round_trip import CellChange, DryRun, Effect, Tried, dry_run
from app.services.uploads import Files, Unreadable, table_files
from routing.remarks import Origins, Remark
from routing.table import Document

_log = structlog.get_logger(__name__)

_STEPS = 4  # reading, comparing, checking, keeping
_SILENT = timedelta(minutes=1)  # after which whoever read it is taken for dead
_GONE = "Reading stopped before its end: send the files again."


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of what an import would do."""

    rows: tuple[Tried, ...]
    total: int  # rows of the effect asked for
    counts: dict[str, int]  # by effect
    elsewhere: tuple[str, ...]
    can_be_put_in: bool


@dataclass(frozen=True)
class DraftImports:
    """Try files out against a draft, and put them in."""

    store: DraftImportStore
    drafts: DraftDesk
    errors: Callable[[Document, Origins], Sequence[Remark]]
    clock: Clock
    _one: threading.Lock = field(default_factory=threading.Lock)  # a process reads one import at a time

    def begin(
        self, draft_id: int, sent: Sequence[tuple[str, bytes]], actor: Actor, *, wait: float = 0.0
    ) -> int | Unreadable:
        """Begin to try out what was sent; gives the import's number at once or after ``wait`` seconds.

        Raises:
            Fault: as ``DraftDesk.change`` does for who may not change the draft.
        """
        draft = self.drafts.own(draft_id, actor)
        files = table_files(sent)
        if isinstance(files, Unreadable):
            return files
        digest = _digest(sent)
        names = ", ".join(sorted(files))[:500]
        number = self.store.begin(
            draft_id, draft.revision, names, digest, _STEPS, actor=actor, now=self.clock.now()
        )
        reader = threading.Thread(target=self._read, args=(number, files, draft), daemon=True)
        reader.start()
        reader.join(wait)
        return number

    def get(self, number: int) -> DraftImport:
        """How far an import is; Fault NOT_FOUND."""
        row = self.store.read(number)
        if row.state == "reading" and self.clock.now() - row.updated_at > _SILENT:
            self.store.fail(number, _GONE, self.clock.now())
            return self.store.read(number)
        return row

    def shown(self, number: int, effect: str = "", *, limit: int, offset: int = 0) -> Shown:
        """One page of what it would do, of one effect where that is asked for."""
        found = self.store.findings(number)
        rows = [row for row in found.get("rows", []) if not effect or row[3] == effect]
        return Shown(
            rows=tuple(_tried(row) for row in rows[offset : offset + limit]),
            total=len(rows),
            counts=found.get("counts", {}),
            elsewhere=tuple(found.get("elsewhere", ())),
            can_be_put_in=bool(found.get("can_be_put_in")),
        )

    def apply(self, number: int, digest: str, actor: Actor) -> Draft | Stale:
        """Put in exactly what was shown: these files, on that revision of the draft.

        Raises:
            Fault: NOT_FOUND; CONFLICT where other files were shown, or there is nothing to put in; as
                ``DraftDesk.change`` does.
        """
        row, now = self.get(number), self.clock.now()
        document = self.store.document(number) if row.state == "ready" and row.digest == digest else None
        if document is None:
            raise Fault(FaultCode.CONFLICT, "This import cannot be put in: look at it again.")
        what = f"Put in {row.files}."
        saved = self.drafts.change(row.draft_id, row.revision, document, actor, now, what)
        if isinstance(saved, Draft):
            self.store.applied(number, now)
        return saved

    def _read(self, number: int, files: Files, draft: Draft) -> None:
        """Try the files out, telling how far it is; whatever goes wrong ends the import, not the process."""
        done = 0

        def tell(stage: str) -> None:
            nonlocal done
            self.store.move(number, stage, done, self.clock.now())
            done += 1

        try:
            with self._one:
                found = dry_run(files, draft.document, self.errors, tell)
                tell("Keeping what was found")
                self.store.finish(number, _findings(found), found.document, self.clock.now())
        except Exception as error:  # noqa: BLE001 - a thread has nobody to tell; the page has
            _log.error("import_failed", number=number, error=type(error).__name__)
            self._fail(number)

    def _fail(self, number: int) -> None:
        try:
            self.store.fail(number, _GONE, self.clock.now())
        except Fault:
            _log.error("import_not_ended", number=number)  # its silence will say so


def _digest(sent: Sequence[tuple[str, bytes]]) -> str:
    found = hashlib.sha256()
    for name, data in sent:
        found.update(f"{len(name.encode())} {len(data)}\n{name}".encode())
        found.update(data)
    return found.hexdigest()


def _findings(found: DryRun) -> dict[str, Any]:
    return {
        "rows": [
            [row.file, row.row, row.key, row.effect.value, row.changes, row.sentences] for row in found.rows
        ],
        "counts": Counter(row.effect.value for row in found.rows),
        "elsewhere": found.elsewhere,
        "can_be_put_in": found.document is not None,
    }


def _tried(row: Sequence[Any]) -> Tried:
    file, number, key, effect, changes, sentences = row
    cells = tuple(CellChange(*change) for change in changes)
    return Tried(file, number, key, Effect(effect), cells, tuple(sentences))

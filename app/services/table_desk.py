"""The table desk: files are read over the published table and published; any version comes back.

Immutable versions; who, when and the difference in sentences are kept with each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.access.model import Actor
from app.ports import TableStore
from app.services.publishing import (
    Meanwhile,
    Outcome,
    Proposal,
    Published,
    Publishing,
    Refused,
    require_publisher,
)
from routing import cells, flat, load
from routing.remarks import Loaded, Remark
from routing.table import Document

__all__ = ["Outcome", "Published", "Refused", "TableDesk"]


@dataclass(frozen=True, slots=True)
class TableDesk:
    """What is done with tables as a whole. ``start``: what a first import joins."""

    store: TableStore
    publishing: Publishing
    start: Document

    def read(self, files: Mapping[str, bytes | str], over: Document | None = None) -> Loaded:
        """The document that files describe, over the published table: what they do not hold is kept.

        With ``over``, over that document instead.
        """
        return self._judged(read_files(files, self.published() if over is None else over))

    def published(self) -> Document:
        """The newest version's document; before the first, the starting document."""
        latest = self.store.latest()
        return self.store.read(latest) if latest else self.start

    def publish(
        self, files: Mapping[str, bytes | str], *, actor: Actor, now: datetime, others: tuple[str, ...] = ()
    ) -> Outcome:
        """Publish what files describe as the next version, or say what is in the way.

        The actor lets all warnings pass; ``others`` are publishers who want the same, proved beforehand.

        Raises:
            Fault: NOT_YOURS without the right to publish; LEDGER_AWAY.
        """
        require_publisher(actor)
        latest = self.store.latest()
        found = self._judged(read_files(files, self.store.read(latest) if latest else self.start))
        if found.document is None:
            return Refused(found.faults)
        proposal = Proposal(found.document, latest, others=others, origins=found.origins)
        return self.publishing.publish(proposal, actor=actor, now=now)

    def roll_back(
        self, version: int, *, actor: Actor, now: datetime, expecting: int | None = None
    ) -> Outcome:
        """Publish an earlier version's document again, as the next version.

        ``expecting`` is the version the actor saw as the newest; another one since is ``Meanwhile``. Rows
        that cannot work by today's rules are ``Refused``.

        Raises:
            Fault: NO_SUCH_VERSION; NOT_YOURS without the right to publish; LEDGER_AWAY.
        """
        require_publisher(actor)
        document = self.store.read(version)
        latest = self.store.latest()
        if expecting is not None and expecting != latest:
            return Meanwhile(latest, expecting)
        first = f"Rolled back to version {version}."
        proposal = Proposal(document, latest, first=first, returns=True)
        return self.publishing.publish(proposal, actor=actor, now=now)

    def _judged(self, found: Loaded) -> Loaded:
        """What was loaded, with this desk's own errors and the warnings about it."""
        if found.document is None:
            return found
        errors = self.publishing.errors(found.document, found.origins)
        if errors:
            return Loaded(None, tuple(errors), origins=found.origins)
        return replace(found, warnings=tuple(self.publishing.warnings(found.document, found.origins)))


def read_files(files: Mapping[str, bytes | str], over: Document) -> Loaded:
    """The document that files describe, over another one; or every fault of their cells and names.

    Flat files replace territories, lines and coverage; a section's file replaces its section.
    """
    flats = {name: data for name, data in files.items() if flat.recognises(_text(data))}
    if not flats:
        return load.read(files, over)
    if len(flats) < len(files):
        other = next(name for name in files if name not in flats)
        sentence = "is not a flat file; import flat files by themselves, or a folder's sections together"
        wrong = cells.unreadable(other, files[other]) or [Remark(other, 1, "", sentence)]
        return Loaded(None, tuple(wrong))
    found = flat.read(flats)
    if found.document is None:
        return found
    return replace(found, document=flat.merge(over, found.document))


def _text(data: bytes | str) -> str:
    return data if isinstance(data, str) else data.decode("utf-8", "replace")

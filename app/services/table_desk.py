"""The table desk: files are checked and published as the next version, and any version comes back.

Immutable versions; who, when and the difference in sentences are kept with each.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.access.model import Actor
from app.ports import TableStore
from routing import cells, check, diff, flat, load
from routing.compiled import RoutingTable
from routing.remarks import Loaded, Remark
from routing.table import Document


@dataclass(frozen=True, slots=True)
class Published:
    """A new version, what it changed, and what should be looked at."""

    version: int
    sentences: tuple[str, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed, and why."""

    faults: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class TableDesk:
    """What ops do with tables. ``languages``: those with prompts; ``start``: what a first flat file joins."""

    store: TableStore
    languages: Collection[str]
    start: Document

    def read(self, files: Mapping[str, bytes | str]) -> Loaded:
        """The document that files describe, over the published table: what they do not hold is kept."""
        flats = {name: data for name, data in files.items() if flat.recognises(_text(data))}
        if not flats:
            return self._warned(load.read(files, self.published()))
        if len(flats) < len(files):
            other = next(name for name in files if name not in flats)
            sentence = "is not a flat file; import flat files by themselves, or a folder's sections together"
            wrong = cells.unreadable(other, files[other]) or [Remark(other, 1, "", sentence)]
            return Loaded(None, tuple(wrong))
        found = flat.read(flats)
        if found.document is None:
            return found
        merged = flat.merge(self.published(), found.document)
        faults = tuple(check.errors(RoutingTable(merged, 0), found.origins))
        if faults:
            return Loaded(None, faults, origins=found.origins)
        return self._warned(replace(found, document=merged))

    def published(self) -> Document:
        """The newest version's document; before the first, the starting document."""
        latest = self.store.latest()
        return self.store.read(latest) if latest else self.start

    def publish(
        self, files: Mapping[str, bytes | str], *, actor: Actor, now: datetime
    ) -> Published | Refused:
        """Publish what files describe as the next version, or refuse it with every fault."""
        found = self.read(files)
        if found.document is None:
            return Refused(found.faults)
        return self._publish(found.document, found.warnings, actor=actor, now=now)

    def roll_back(self, version: int, *, actor: Actor, now: datetime) -> Published:
        """Publish an earlier version's document again, as the next version; Fault NO_SUCH_VERSION."""
        document = self.store.read(version)
        return self._publish(document, (), actor=actor, now=now, first=f"Rolled back to version {version}.")

    def _publish(
        self,
        document: Document,
        warnings: tuple[Remark, ...],
        *,
        actor: Actor,
        now: datetime,
        first: str = "",
    ) -> Published:
        latest = self.store.latest()
        changed = diff.sentences(self.store.read(latest) if latest else Document(), document)
        sentences = (*([first] if first else []), *(changed or ["Nothing differs."]))
        version = self.store.publish(document, actor=actor, now=now, sentences=sentences, expecting=latest)
        return Published(version, sentences, warnings)

    def _warned(self, found: Loaded) -> Loaded:
        """What was loaded, with the warnings about it."""
        if found.document is None:
            return found
        table = RoutingTable(found.document, 0)
        return replace(found, warnings=tuple(check.warnings(table, self.languages, found.origins)))


def _text(data: bytes | str) -> str:
    return data if isinstance(data, str) else data.decode("utf-8", "replace")

"""Changes to a draft, as people make them: one row, many rows, a schedule shared, a calendar's days.

Each saves at once as the draft's next revision, or changes nothing and says why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor
from app.services.drafts import Draft, DraftDesk, Stale, owns
from app.services.row_search import Asked, search
from routing import diff, edit, references
from routing.edit import Bulk, Edited, Wrong
from routing.references import NAMED_BY, Use
from routing.table import Document
from routing.words import counted

_TOLD = 3  # sentences of one change


@dataclass(frozen=True, slots=True)
class At:
    """Who changes a draft, at which revision they looked, and when."""

    draft: int
    revision: int
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft with the change in it, and what the change was."""

    draft: Draft
    key: str = ""  # the row's natural key, where one row was meant
    told: tuple[str, ...] = ()  # empty: nothing differs from before, and nothing was saved


@dataclass(frozen=True, slots=True)
class InUse:
    """Nothing was changed: other rows name this one."""

    name: str
    users: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Editing:
    """Everything people do to a draft's rows.

    Methods that change raise what ``DraftDesk.change`` raises; they give ``Stale`` when the draft moved on.
    """

    drafts: DraftDesk

    def draft(self, number: int) -> Draft:
        """A draft; Fault NO_SUCH_DRAFT."""
        return self.drafts.get(number)

    def put(self, at: At, section: str, key: str | None, values: Mapping[str, str]) -> Saved | Wrong | Stale:
        """Write a row from its cells, a new one without ``key``. Rows that named it follow a new name."""
        draft = self._opened(at)
        if isinstance(draft, Stale):
            return draft
        found = put(draft.document, section, key, values)
        return found if isinstance(found, Wrong) else self._saved(at, draft, found.document, found.key)

    def remove(self, at: At, section: str, key: str) -> Saved | InUse | Stale:
        """Take a row away; refused for a schedule, calendar or territory that other rows name."""
        draft = self._opened(at)
        if isinstance(draft, Stale):
            return draft
        document = edit.remove(draft.document, section, key)
        return in_use(document, draft.document) or self._saved(at, draft, document)

    def replace(
        self, at: At, change: Callable[[Document], Document | Wrong]
    ) -> Saved | Wrong | InUse | Stale:
        """Make any change to the document; refused as ``remove`` is."""
        draft = self._opened(at)
        if isinstance(draft, Stale):
            return draft
        document = change(draft.document)
        if isinstance(document, Wrong):
            return document
        return in_use(document, draft.document) or self._saved(at, draft, document)

    def bulk(self, at: At, section: str, asked: Asked, column: str, text: str) -> Saved | Bulk | Stale:
        """Write one cell into every row that fits; a ``Bulk`` comes back for its faults, nothing changed."""
        draft = self._opened(at)
        if isinstance(draft, Stale):
            return draft
        found = bulk(draft.document, section, asked, column, text)
        if found.faults:
            return found
        shown = text or "empty"
        what = f"{counted(len(found.changed), 'row')}: {column.replace('_', ' ')} is now {shown}"
        return self._saved(at, draft, found.document, what=what)

    def _opened(self, at: At) -> Draft | Stale:
        """The draft as the actor saw it; faults and staleness are told before anything is judged."""
        draft = self.drafts.get(at.draft)
        if draft.revision == at.revision and draft.state == "open" and owns(at.actor, draft):
            return draft
        found = self.drafts.change(at.draft, at.revision, draft.document, at.actor, at.now, "")
        return found if isinstance(found, Stale) else Stale(found, ())

    def _saved(
        self, at: At, draft: Draft, document: Document, key: str = "", what: str = ""
    ) -> Saved | Stale:
        if document == draft.document:
            return Saved(draft, key)
        told = (what,) if what else tuple(diff.sentences(draft.document, document))
        more = f"; and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
        step = "; ".join(told[:_TOLD]) + more + "."
        saved = self.drafts.change(at.draft, at.revision, document, at.actor, at.now, step)
        return saved if isinstance(saved, Stale) else Saved(saved, key, told)


def put(document: Document, section: str, key: str | None, values: Mapping[str, str]) -> Edited | Wrong:
    """As ``routing.edit.put``; a row that gets another name keeps those that name it."""
    before = edit.find(document, section, key) if key else None
    found = edit.put(document, section, key, values)
    column = NAMED_BY.get(section)
    if isinstance(found, Wrong) or before is None or column is None or section == "calendars":
        return found
    old, new = getattr(before, column), getattr(edit.find(found.document, section, found.key), column)
    return found if old == new else Edited(references.renamed(found.document, section, old, new), found.key)


def bulk(document: Document, section: str, asked: Asked, column: str, text: str) -> Bulk:
    """What writing one cell into every row that fits would do. Raises KeyError: no such section or column."""
    keys = [found.key for found in search(document, section, asked)]
    return edit.bulk(document, section, keys, column, text)


def in_use(after: Document, before: Document) -> InUse | None:
    """The first name that was there before, is not there any more, and is still named by other rows."""
    for section in ("schedules", "calendars", "territories"):
        column = NAMED_BY[section]
        here = {getattr(row, column) for row in getattr(after, section)}
        gone = {getattr(row, column) for row in getattr(before, section)} - here
        users = references.uses(after, section) if gone else {}
        for name in sorted(gone & set(users)):
            return InUse(name, users[name])
    return None

"""Drafts: somebody's changes to a version, saved as they are made, never touching live calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports import TableStore
from app.ports.drafts import Asked, Change, Draft, DraftRow, DraftStore, SignOff, Step
from routing import diff, edit
from routing.rebase import Conflict, rebase
from routing.table import Document
from routing.words import counted

__all__ = ["Asked", "Draft", "DraftDesk", "DraftRow", "SignOff", "Stale", "Step", "title_fault"]

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was saved: the draft moved on. ``steps`` says what changed since, newest first."""

    draft: Draft
    steps: tuple[Step, ...]


def title_fault(title: str) -> str:
    """What is wrong with a draft's title; empty when it may be used."""
    if not title.strip():
        return "Write in a few words what the draft is for, such as: Italy closes early on 24 December."
    return f"Write at most {LONGEST_TITLE} characters." if len(title) > LONGEST_TITLE else ""


@dataclass(frozen=True, slots=True)
class DraftDesk:
    """Open, change, rebase, discard. ``start``: what a draft holds before any version was published.

    Whoever may VIEW sees every draft; only its owner changes it. Every method may raise LEDGER_AWAY.
    """

    store: DraftStore
    tables: TableStore
    start: Document

    def open(self, actor: Actor, title: str, now: datetime) -> Draft:
        """A new draft on the newest version; Fault BAD_INPUT for a title that ``title_fault`` refuses."""
        _require_editor(actor)
        _require_title(title)
        base = self.tables.latest()
        return self.store.open(title.strip(), base, self.document(base), actor=actor, now=now)

    def get(self, draft_id: int) -> Draft:
        """A draft, whatever became of it; Fault NO_SUCH_DRAFT."""
        return self.store.read(draft_id)

    def listed(self, asked: Asked) -> tuple[Sequence[DraftRow], int]:
        """One page of the drafts asked for, last changed first, and how many there are."""
        return self.store.listed(asked)

    def change(
        self, draft_id: int, revision: int, document: Document, actor: Actor, now: datetime, what: str
    ) -> Draft | Stale:
        """Save what the draft holds from now on; ``what`` is one sentence for its steps and the audit.

        Raises:
            Fault: NO_SUCH_DRAFT; NOT_YOURS for anybody but its owner; CONFLICT when it is not open.
        """
        return self._save(self.own(draft_id, actor), revision, Change(what, document), actor, now)

    def undo(self, draft_id: int, revision: int, actor: Actor, now: datetime) -> Draft | Stale:
        """Take the last change back; raises as ``change`` does, and CONFLICT when none is left to undo."""
        self.own(draft_id, actor)
        return self._or_stale(draft_id, revision, self.store.undo(draft_id, revision, actor=actor, now=now))

    def steps(self, draft_id: int, *, limit: int = 50) -> Sequence[Step]:
        """What was changed, newest first."""
        return self.store.steps(draft_id, limit=limit)

    def rename(self, draft_id: int, title: str, actor: Actor, now: datetime) -> None:
        """Give it another title; raises as ``change`` does, and BAD_INPUT as ``open`` does."""
        self.own(draft_id, actor)
        _require_title(title)
        self.store.rename(draft_id, title.strip(), actor=actor, now=now)

    def discard(self, draft_id: int, actor: Actor, now: datetime) -> None:
        """End it unpublished; raises as ``change`` does."""
        if not self.store.discard(self.own(draft_id, actor).id, actor=actor, now=now):
            raise _over()

    def sentences(self, draft: Draft) -> list[str]:
        """What it changes in the version it stands on, one sentence each."""
        return diff.sentences(self.document(draft.base), draft.document)

    def rebase(self, draft_id: int, revision: int, actor: Actor, now: datetime) -> Draft | Stale:
        """Carry it over to the newest version: rows that both sides changed become its ``conflicts``.

        Its owner may, and whoever may publish. A conflict that was not settled yet stays one.
        """
        draft = self.get(draft_id)
        if not actor.may(Right.PUBLISH):
            self.own(draft_id, actor)
        latest = self.tables.latest()
        if latest == draft.base:
            return draft
        merged = rebase(self.document(draft.base), self.document(latest), draft.document)
        found = {(conflict.section, conflict.key): conflict for conflict in merged.conflicts}
        kept = [conflict for conflict in draft.conflicts if (conflict.section, conflict.key) not in found]
        differing = counted(len(merged.conflicts), "row differs", "rows differ")
        what = f"Carried over to version {latest}; {differing}."
        change = Change(what, merged.document, latest, (*kept, *merged.conflicts))
        return self._save(draft, revision, change, actor, now)

    def settle(
        self, draft_id: int, revision: int, conflict: Conflict, actor: Actor, now: datetime, *, theirs: bool
    ) -> Draft | Stale:
        """End a conflict with the published row (``theirs``) or with the draft's own.

        Raises:
            Fault: as ``change`` does; CONFLICT when it is settled already, or the row cannot be put in.
        """
        draft = self.own(draft_id, actor)
        rest = tuple(other for other in draft.conflicts if other != conflict)
        if len(rest) == len(draft.conflicts):
            raise Fault(FaultCode.CONFLICT, "This row is settled already.")
        document = _with_theirs(draft.document, conflict) if theirs else draft.document
        chosen = "the published row" if theirs else "the draft's row"
        what = f"Settled {conflict.key}: {chosen}."
        return self._save(draft, revision, Change(what, document, conflicts=rest), actor, now)

    def stale(self, draft: Draft, revision: int) -> Stale:
        """What to tell whoever still has this revision before them; Fault CONFLICT when it is not open."""
        if draft.state != "open":
            raise _over()
        return Stale(draft, tuple(self.store.steps(draft.id, after=revision)))

    def document(self, version: int) -> Document:
        """A version's document; before the first, what everybody starts with. Fault NO_SUCH_VERSION."""
        return self.tables.read(version) if version else self.start

    def _save(
        self, draft: Draft, revision: int, change: Change, actor: Actor, now: datetime
    ) -> Draft | Stale:
        saved = self.store.save(draft.id, revision, change, actor=actor, now=now)
        return self._or_stale(draft.id, revision, saved)

    def _or_stale(self, draft_id: int, revision: int, saved: Draft | None) -> Draft | Stale:
        return self.stale(self.get(draft_id), revision) if saved is None else saved

    def own(self, draft_id: int, actor: Actor) -> Draft:
        """The draft, if it is open and the actor's; raises as ``change`` does."""
        draft = self.get(draft_id)
        _require_editor(actor)
        if not owns(actor, draft):
            raise Fault(
                FaultCode.NOT_YOURS,
                f"This draft is {draft.owner}'s: only {draft.owner} changes it. Open one of your own.",
            )
        if draft.state != "open":
            raise _over()
        return draft


def owns(actor: Actor, draft: Draft | DraftRow) -> bool:
    """Whether the draft is the actor's: of one account, or, from the command line, of one name."""
    if actor.user or draft.owner_id:
        return actor.user == draft.owner_id
    return actor.name == draft.owner


def _with_theirs(document: Document, conflict: Conflict) -> Document:
    if conflict.theirs is None:
        return edit.remove(document, conflict.section, conflict.key)
    there = edit.find(document, conflict.section, conflict.key)
    found = edit.put(document, conflict.section, conflict.key if there else None, conflict.theirs)
    if isinstance(found, edit.Wrong):
        sentence = "; ".join(found.faults.values())
        raise Fault(FaultCode.CONFLICT, f"The published row cannot be put in: {sentence}.")
    return found.document


def _require_editor(actor: Actor) -> None:
    if not actor.may(Right.EDIT):
        raise Fault(FaultCode.NOT_YOURS, "Drafts are made by editors, publishers and admins.")


def _require_title(title: str) -> None:
    if fault := title_fault(title):
        raise Fault(FaultCode.BAD_INPUT, f"The draft's title: {fault}")


def _over() -> Fault:
    return Fault(FaultCode.CONFLICT, "This draft is not open any more: it was published or discarded.")

"""Drafts of the routing table on SQL: one row each, changed only by whoever knows its revision."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, null, or_, select

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.draft_codec import (
    approval_to_json,
    as_draft,
    as_row,
    conflict_to_json,
    sign_off_to_json,
)
from app.adapters.sql.draft_rows import DraftEntry, DraftStep
from app.adapters.sql.draft_steps import add_step, end, held, is_at, unknown
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.drafts import Approval, Asked, Change, Draft, DraftRow, SignOff, Step
from routing.document import to_json
from routing.table import Document


class SqlDraftStore:
    """``app.ports.drafts.DraftStore`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def open(self, title: str, base: int, document: Document, *, actor: Actor, now: datetime) -> Draft:
        """A new draft of the actor's, at revision 1."""
        entry = DraftEntry(
            owner=storable(actor.name),
            owner_id=actor.user,
            title=storable(title),
            base=base,
            revision=1,
            state="open",
            version=0,
            created_at=now,
            updated_at=now,
            sign_offs={},
            approvals=[],
            conflicts=[],
            document=to_json(document),
        )
        with self._transactions.writing() as session:
            session.add(entry)
            session.flush()
            write_act(session, actor, now, "draft_opened", str(entry.id), after=title)
            return as_draft(entry)

    def read(self, number: int) -> Draft:
        """A draft with all it holds, whatever became of it; Fault NO_SUCH_DRAFT."""
        with self._transactions.reading() as session:
            entry = session.get(DraftEntry, number)
            if entry is None:
                raise unknown(number)
        return as_draft(entry)

    def listed(self, asked: Asked) -> tuple[Sequence[DraftRow], int]:
        """One page of the drafts asked for, last changed first, and how many there are."""
        wanted = _wanted(asked)
        columns = [getattr(DraftEntry, name) for name in DraftRow.__dataclass_fields__]
        page = select(*columns).where(*wanted).order_by(DraftEntry.updated_at.desc(), DraftEntry.id.desc())
        with self._transactions.reading() as session:
            total = session.scalars(select(func.count()).select_from(DraftEntry).where(*wanted)).one()
            rows = session.execute(page.limit(asked.limit).offset(asked.offset)).all()
        return [as_row(row) for row in rows], total

    def save(
        self, number: int, revision: int, change: Change, *, actor: Actor, now: datetime
    ) -> Draft | None:
        """Put a change in as the next revision, or None; approvals of the one before are dropped."""
        document = to_json(change.document)
        with self._transactions.writing() as session:
            entry = held(session, number)
            if not is_at(entry, revision):
                return None
            step = {"base": entry.base, "document": entry.document, "conflicts": entry.conflicts}
            if change.base is not None:
                entry.base = change.base
            if change.conflicts is not None:
                entry.conflicts = [conflict_to_json(conflict) for conflict in change.conflicts]
            entry.document = document
            add_step(session, entry, step, actor, now, change.what)
            write_act(session, actor, now, "draft_changed", str(number), after=change.what)
            return as_draft(entry)

    def undo(self, number: int, revision: int, *, actor: Actor, now: datetime) -> Draft | None:
        """Bring back what was before the last change that is still kept, as the next revision, or None.

        Raises:
            Fault: CONFLICT when nothing is kept that could be undone.
        """
        newest = (
            select(DraftStep)
            .where(DraftStep.draft_id == number, DraftStep.before.is_not(null()))
            .order_by(DraftStep.revision.desc())
        )
        with self._transactions.writing() as session:
            entry = held(session, number)
            if not is_at(entry, revision):
                return None
            step = session.scalars(newest.limit(1)).first()
            if step is None or step.before is None:
                raise Fault(FaultCode.CONFLICT, "There is nothing left that could be undone.")
            entry.base = step.before["base"]
            entry.document, entry.conflicts = step.before["document"], step.before["conflicts"]
            step.before = None
            what = f"Undid: {step.what}"
            add_step(session, entry, None, actor, now, what)
            write_act(session, actor, now, "draft_changed", str(number), after=what)
            return as_draft(entry)

    def steps(self, number: int, *, after: int = 0, limit: int = 50) -> Sequence[Step]:
        """What led to revisions after this one, newest first."""
        wanted = (
            select(DraftStep)
            .where(DraftStep.draft_id == number, DraftStep.revision > after)
            .order_by(DraftStep.revision.desc())
            .limit(limit)
        )
        with self._transactions.reading() as session:
            return [Step(row.revision, row.at, row.who, row.what) for row in session.scalars(wanted)]

    def sign(
        self, number: int, revision: int, mark: str, sign_off: SignOff | None, *, actor: Actor, now: datetime
    ) -> Draft | None:
        """Sign a warning off or, with None, take that back; None when the draft moved on."""
        with self._transactions.writing() as session:
            entry = held(session, number)
            if not is_at(entry, revision):
                return None
            before = entry.sign_offs.get(mark, "")
            kept = {name: value for name, value in entry.sign_offs.items() if name != mark}
            after: Any = ""
            if sign_off is not None:
                after = kept[mark] = sign_off_to_json(sign_off)
            entry.sign_offs = kept
            what = "warning_signed_off" if sign_off else "sign_off_withdrawn"
            write_act(session, actor, now, what, str(number), before=before, after=after)
            return as_draft(entry)

    def approve(self, number: int, revision: int, approval: Approval, *, actor: Actor) -> Draft | None:
        """Write down that somebody wants this revision published, once; None when the draft moved on."""
        with self._transactions.writing() as session:
            entry = held(session, number)
            if not is_at(entry, revision):
                return None
            if not any(_is_same(row, approval) for row in entry.approvals):
                entry.approvals = [*entry.approvals, approval_to_json(approval)]
                detail = f"{number}, revision {revision}"
                write_act(session, actor, approval.at, "draft_approved", detail, after=approval.name)
            return as_draft(entry)

    def rename(self, number: int, title: str, *, actor: Actor, now: datetime) -> None:
        """Give a draft another title."""
        with self._transactions.writing() as session:
            entry = held(session, number)
            before, entry.title, entry.updated_at = entry.title, storable(title), now
            write_act(session, actor, now, "draft_renamed", str(number), before=before, after=title)

    def discard(self, number: int, *, actor: Actor, now: datetime) -> bool:
        """End an open draft unpublished; False when it is not open."""
        with self._transactions.writing() as session:
            entry = held(session, number)
            if entry.state != "open":
                return False
            end(session, entry, "discarded", now)
            write_act(session, actor, now, "draft_discarded", str(number), before=entry.title)
            return True


def _is_same(row: dict[str, Any], approval: Approval) -> bool:
    """Whether one person: an account has a number, and tokens of its own that have other names."""
    return bool(row["user"] == approval.user if approval.user else row["name"] == approval.name)


def _wanted(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.owner_id is not None:
        found.append(DraftEntry.owner_id == asked.owner_id)
        if not asked.owner_id:
            found.append(DraftEntry.owner == asked.owner)
    if asked.state is not None:
        found.append(DraftEntry.state == asked.state)
    if asked.text:
        text = storable(asked.text)
        in_text = [column.icontains(text, autoescape=True) for column in (DraftEntry.title, DraftEntry.owner)]
        found.append(or_(*in_text))
    return found

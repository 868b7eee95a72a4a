"""Tables of the routing table's drafts and of the steps that led to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row
from app.adapters.sql.types import Serial


class DraftEntry(Row):
    """A draft: whose it is, what it stands on, and what it holds now."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index("ix_drafts_owner", "owner_id", "state", "updated_at"),
        Index("ix_drafts_state", "state", "updated_at"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    owner: Mapped[str]
    owner_id: Mapped[int]
    title: Mapped[str]
    base: Mapped[int]
    revision: Mapped[int]
    state: Mapped[str]  # open | published | discarded
    version: Mapped[int]  # published as; 0: not
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    sign_offs: Mapped[dict[str, Any]] = mapped_column(JSON)  # mark -> who, at, sentence, note
    approvals: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # of this revision: name, user, at
    conflicts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class DraftStep(Row):
    """One change of a draft. The newest keep what was before, so that they can be undone."""

    __tablename__ = "draft_steps"

    draft_id: Mapped[int] = mapped_column(Serial, ForeignKey("drafts.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)


class DraftImportEntry(Row):
    """Files on their way into a draft: read in the background, shown row by row, then put in or forgotten."""

    __tablename__ = "draft_imports"
    __table_args__ = (Index("ix_draft_imports_draft", "draft_id", "id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    draft_id: Mapped[int] = mapped_column(Serial, ForeignKey("drafts.id"))
    revision: Mapped[int]  # of the draft it was compared with
    state: Mapped[str]  # reading | ready | failed | applied
    author: Mapped[str]
    files: Mapped[str]  # their names, for people
    digest: Mapped[str]  # of their content
    stage: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]  # of the last sign of life while it is read
    findings: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)

"""Tables of calls and their timelines."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row
from app.adapters.sql.types import Serial


class CallEntry(Row):
    """A call as it is listed; ``turn`` is the latest one written, -1 before the first."""

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_started", "started_at", "id"),
        Index("ix_calls_organisation", "organisation_id", "ended"),
        Index("ix_calls_territory", "territory", "started_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[int]
    started_at: Mapped[datetime]
    ani: Mapped[str | None]
    dnis: Mapped[str] = mapped_column(default="")
    territory: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    desk_language: Mapped[str] = mapped_column(default="")
    queue: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="unverified")
    method: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None]
    organisation_name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    ended: Mapped[str] = mapped_column(default="")  # how it ended; empty: it runs
    table_version: Mapped[int] = mapped_column(default=0, server_default="0")
    asked_department: Mapped[str] = mapped_column(default="", server_default="")  # as the caller first chose
    asked_language: Mapped[str] = mapped_column(default="", server_default="")
    met: Mapped[str] = mapped_column(default="", server_default="")  # what that was answered with
    decided_at: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]  # first handed to a queue
    connected_at: Mapped[datetime | None]
    wait_seconds: Mapped[int | None]  # from being handed over to somebody's answer
    ended_at: Mapped[datetime | None]
    parent_id: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # of a callback: where it was asked for


class TimelineEntry(Row):
    """One note of a call; ``mark`` tells a repeat of it from another note."""

    __tablename__ = "timeline"
    __table_args__ = (UniqueConstraint("call_id", "mark"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    mark: Mapped[str]
    at: Mapped[str]  # as noted: RFC 3339, UTC
    what: Mapped[str]
    detail: Mapped[str]

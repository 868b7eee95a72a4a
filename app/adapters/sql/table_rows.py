"""Tables of the routing table's versions and of the overlay beside them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row


class TableVersion(Row):
    """One immutable version of the routing table."""

    __tablename__ = "table_versions"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author: Mapped[str]
    published_at: Mapped[datetime]
    sentences: Mapped[list[str]] = mapped_column(JSON)
    document: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)


class OverlayEntry(Row):
    """An emergency closure or an announcement."""

    __tablename__ = "overlay"
    __table_args__ = (Index("ix_overlay_until", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # closure | announcement
    start: Mapped[datetime]
    end: Mapped[datetime] = mapped_column("until")
    territory: Mapped[str]
    department: Mapped[str]
    language: Mapped[str]
    reason: Mapped[str]
    text: Mapped[dict[str, str]] = mapped_column(JSON)
    author: Mapped[str]
    created_at: Mapped[datetime]
    incident: Mapped[str] = mapped_column(default="", server_default="")
    ended_by: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # earlier than it said; empty: nobody
    ended_at: Mapped[datetime | None]


class RerouteRow(Row):
    """A queue whose calls are sent to another one for now."""

    __tablename__ = "reroutes"
    __table_args__ = (Index("ix_reroutes_until", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    queue: Mapped[str]
    to: Mapped[str] = mapped_column("goes_to")
    start: Mapped[datetime]
    end: Mapped[datetime] = mapped_column("until")
    reason: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
    ended_by: Mapped[str]  # earlier than it said; empty: nobody
    ended_at: Mapped[datetime | None]

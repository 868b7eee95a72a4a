"""What reports read of a call: what it asked for and met, when it was decided, connected and over."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.adapters.sql.types import Instant

revision = "0005"
down_revision = "0004"

_WORDS = ("asked_department", "asked_language", "met")
_INSTANTS = ("decided_at", "queued_at", "connected_at", "ended_at")


def upgrade() -> None:
    """Add the columns; calls of before keep them empty."""
    added: list[sa.Column[Any]] = [
        sa.Column("table_version", sa.Integer(), server_default="0", nullable=False),
        *(sa.Column(name, sa.String(), server_default="", nullable=False) for name in _WORDS),
        *(sa.Column(name, Instant(), nullable=True) for name in _INSTANTS),
        sa.Column("wait_seconds", sa.Integer(), nullable=True),
    ]
    for column in added:
        op.add_column("calls", column)
    op.create_index("ix_calls_territory", "calls", ["territory", "started_at"])

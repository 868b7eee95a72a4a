"""Drafts of the routing table, the steps that led to them, and files on their way into them."""

import sqlalchemy as sa
from alembic import op

from app.adapters.sql.types import Instant, Serial

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    _drafts()
    _steps()
    _imports()


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", Serial, nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("sign_offs", sa.JSON(), nullable=False),
        sa.Column("approvals", sa.JSON(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_owner", "drafts", ["owner_id", "state", "updated_at"])
    op.create_index("ix_drafts_state", "drafts", ["state", "updated_at"])


def _steps() -> None:
    op.create_table(
        "draft_steps",
        sa.Column("draft_id", Serial, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_draft_steps_draft_id"),
        sa.PrimaryKeyConstraint("draft_id", "revision", name="pk_draft_steps"),
    )


def _imports() -> None:
    op.create_table(
        "draft_imports",
        sa.Column("id", Serial, nullable=False),
        sa.Column("draft_id", Serial, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("files", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("findings", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_draft_imports_draft_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft_imports"),
    )
    op.create_index("ix_draft_imports_draft", "draft_imports", ["draft_id", "id"])

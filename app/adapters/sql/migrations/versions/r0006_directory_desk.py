"""Organisations kept fresh by a source; contacts confirmed by code; limits lifted; files on their way in."""

import sqlalchemy as sa
from alembic import op

from app.adapters.sql.types import Instant, Serial

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables, and give organisations and contacts their new columns."""
    _organisations()
    _contacts()
    op.create_index("ix_attempts_at", "attempts", ["at"])
    _confirmations()
    _lifted_limits()
    _lift_requests()
    _directory_imports()


def _organisations() -> None:
    op.add_column("organisations", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("organisations", sa.Column("source", sa.String(), nullable=False, server_default=""))
    op.add_column("organisations", sa.Column("source_confirmed_at", Instant(), nullable=True))


def _contacts() -> None:
    """Each address has been confirmed since the contact was, or since it was given if that is later."""
    op.add_column("contacts", sa.Column("email_confirmed", Instant(), nullable=True))
    op.add_column("contacts", sa.Column("phone_confirmed", Instant(), nullable=True))
    op.add_column("contacts", sa.Column("source", sa.String(), nullable=False, server_default=""))
    op.add_column("contacts", sa.Column("source_confirmed_at", Instant(), nullable=True))
    op.add_column("contacts", sa.Column("erased_at", Instant(), nullable=True))
    since = "CASE WHEN changed_at > confirmed THEN changed_at ELSE confirmed END"
    op.execute(f"UPDATE contacts SET email_confirmed = {since}, phone_confirmed = {since}")  # noqa: S608 - ours


def _confirmations() -> None:
    op.create_table(
        "confirmations",
        sa.Column("challenge_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name="fk_confirmations_challenge_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_confirmations_contact_id"),
        sa.PrimaryKeyConstraint("challenge_id", name="pk_confirmations"),
    )
    op.create_index("ix_confirmations_contact", "confirmations", ["contact_id", "asked_at"])


def _lifted_limits() -> None:
    op.create_table(
        "lifted_limits",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_lifted_limits"),
    )


def _lift_requests() -> None:
    op.create_table(
        "lift_requests",
        sa.Column("id", Serial, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_lift_requests"),
    )
    op.create_index("ix_lift_requests_state", "lift_requests", ["state", "asked_at"])


def _directory_imports() -> None:
    op.create_table(
        "directory_imports",
        sa.Column("id", Serial, nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("organisations_name", sa.String(), nullable=False),
        sa.Column("organisations", sa.LargeBinary(), nullable=False),
        sa.Column("contacts_name", sa.String(), nullable=False),
        sa.Column("contacts", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_directory_imports"),
    )
    op.create_index("ix_directory_imports_created_at", "directory_imports", ["created_at"])

"""Organisations, contacts, calls with their timelines, versions of the routing table."""

import sqlalchemy as sa
from alembic import op

from app.adapters.sql.types import Instant, Serial

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _organisations()
    _organisation_numbers()
    _contacts()
    _calls()
    _timeline()
    _table_versions()
    _overlay()


def _organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("cloud", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("trust_caller_id", sa.String(), nullable=False),
        sa.Column("code_digits", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("account_number", name="uq_organisations_account_number"),
    )


def _organisation_numbers() -> None:
    op.create_table(
        "organisation_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("is_range", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_organisation_numbers_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_numbers"),
        sa.UniqueConstraint(
            "organisation_id",
            "number",
            "is_range",
            name="uq_organisation_numbers_organisation_id_number_is_range",
        ),
    )
    op.create_index("ix_organisation_numbers_number", "organisation_numbers", ["number", "is_range"])


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("phone_can_text", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("confirmed", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("switched_off_at", Instant(), nullable=True),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_contacts_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_organisation", "contacts", ["organisation_id", "position"])
    op.create_index("ix_contacts_phone", "contacts", ["phone"])


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ani", sa.String(), nullable=True),
        sa.Column("dnis", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("desk_language", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    op.create_index("ix_calls_organisation", "calls", ["organisation_id", "ended"])
    op.create_index("ix_calls_started", "calls", ["started_at", "id"])


def _timeline() -> None:
    op.create_table(
        "timeline",
        sa.Column("id", Serial, nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_timeline_call_id"),
        sa.PrimaryKeyConstraint("id", name="pk_timeline"),
        sa.UniqueConstraint("call_id", "mark", name="uq_timeline_call_id_mark"),
    )


def _table_versions() -> None:
    op.create_table(
        "table_versions",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_table_versions"),
    )


def _overlay() -> None:
    op.create_table(
        "overlay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_overlay"),
    )

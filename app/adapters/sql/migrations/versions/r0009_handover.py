"""The agents' desk: agents, the waiting list, handovers, their legs, requests to the carrier."""

import sqlalchemy as sa
from alembic import op

from app.adapters.sql.types import Instant, Serial

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables; calls know the call they come from."""
    op.add_column("calls", sa.Column("parent_id", sa.String(), nullable=False, server_default=""))
    for table in ("attempts", "challenges", "outbox"):
        op.add_column(table, sa.Column("by_agent", sa.Boolean(), nullable=False, server_default=sa.false()))
    _agents()
    _waits()
    _handovers()
    _legs()
    _requests()
    _carrier_health()
    _call_notes()
    _transfers()
    _surveys()
    _voicemails()
    _interpreters()


def _agents() -> None:
    op.create_table(
        "agents",
        sa.Column("user_id", Serial, nullable=False, autoincrement=False),
        sa.Column("departments", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("duty_since", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.Column("wraps_up", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_agents_user_id"),
        sa.PrimaryKeyConstraint("user_id", name="pk_agents"),
    )


def _waits() -> None:
    op.create_table(
        "waits",
        sa.Column("id", Serial, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("call_sid", sa.String(), nullable=False),
        sa.Column("carrier_queue", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("desk_language", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("heard_at", Instant(), nullable=False),
        sa.Column("code_until", Instant(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("told_place", sa.Integer(), nullable=True),
        sa.Column("told_low", sa.Integer(), nullable=True),
        sa.Column("told_high", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_waits"),
    )
    op.create_index("ix_waits_call", "waits", ["call_id", "state"])
    op.create_index("ix_waits_queue", "waits", ["queue", "ended_at"])
    op.create_index("ix_waits_state", "waits", ["state", "queue"])


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wait_id", Serial, nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("caller_sid", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("conference_sid", sa.String(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("asked_after", sa.Integer(), nullable=False),
        sa.Column("asked_step", sa.Integer(), nullable=False),
        sa.Column("challenge", sa.String(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("talked_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["wait_id"], ["waits.id"], name="fk_handovers_wait_id"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_call", "handovers", ["call_id"])
    op.create_index("ix_handovers_state", "handovers", ["state"])


def _legs() -> None:
    op.create_table(
        "legs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wait_id", Serial, nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("call_sid", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("joined_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handovers.id"], name="fk_legs_handover_id"),
        sa.ForeignKeyConstraint(["wait_id"], ["waits.id"], name="fk_legs_wait_id"),
        sa.PrimaryKeyConstraint("id", name="pk_legs"),
    )
    op.create_index("ix_legs_handover", "legs", ["handover_id"])
    op.create_index("ix_legs_sid", "legs", ["call_sid"])
    op.create_index("ix_legs_user", "legs", ["user_id", "state"])


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", Serial, nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("claimed_until", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
    )
    op.create_index("ix_requests_due", "requests", ["state", "due_at"])
    op.create_index("ix_requests_handover", "requests", ["handover_id"])


def _carrier_health() -> None:
    op.create_table(
        "carrier_health",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("away_since", Instant(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_carrier_health"),
    )


def _call_notes() -> None:
    op.create_table(
        "call_notes",
        sa.Column("id", Serial, nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_notes"),
    )
    op.create_index("ix_call_notes_call", "call_notes", ["call_id"])


def _transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", Serial, nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
        sa.UniqueConstraint("mark", name="uq_transfers_mark"),
    )
    op.create_index("ix_transfers_call", "transfers", ["call_id"])


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("call_id", name="pk_surveys"),
    )
    op.create_index("ix_surveys_asked", "surveys", ["asked_at"])
    op.create_index("ix_surveys_organisation", "surveys", ["organisation_id", "asked_at"])


def _voicemails() -> None:
    op.create_table(
        "voicemails",
        sa.Column("id", Serial, nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_voicemails"),
        sa.UniqueConstraint("call_id", name="uq_voicemails_call_id"),
    )
    op.create_index("ix_voicemails_done", "voicemails", ["done_at", "queue"])


def _interpreters() -> None:
    op.create_table(
        "interpreters",
        sa.Column("id", Serial, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_interpreters"),
    )
    op.create_index("ix_interpreters_language", "interpreters", ["language"])

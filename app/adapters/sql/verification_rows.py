"""Tables of rights: challenges, attempts, levels, look-ups, the rows that serialise counting, the audit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row
from app.adapters.sql.types import Serial


class ChallengeEntry(Row):
    """A one-time code's facts, never the code. Void: without a contact."""

    __tablename__ = "challenges"
    __table_args__ = (UniqueConstraint("call_id", "turn"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    call_id: Mapped[str]
    turn: Mapped[int]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"))
    channel: Mapped[str]
    method: Mapped[str]
    purpose: Mapped[str]
    digits: Mapped[int]
    key_id: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    sends: Mapped[int]
    last_sent_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    by_agent: Mapped[bool] = mapped_column(default=False, server_default=false())
    ended: Mapped[bool] = mapped_column(default=False)  # with its call, or by a later challenge of the call


class Resending(Row):
    """What asking again led to, by step of the call."""

    __tablename__ = "resendings"
    __table_args__ = (UniqueConstraint("call_id", "turn"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str]
    turn: Mapped[int]
    challenge_id: Mapped[str]
    at: Mapped[datetime]
    outcome: Mapped[str]


class Attempt(Row):
    """One judged step. ``counted``: a guess within the limits; ``compared``: really held against the code."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("call_id", "turn"),
        Index("ix_attempts_ani", "ani", "at"),
        Index("ix_attempts_organisation", "organisation_id", "at"),
        Index("ix_attempts_challenge", "challenge_id"),
        Index("ix_attempts_at", "at"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str]
    turn: Mapped[int]
    challenge_id: Mapped[str]
    organisation_id: Mapped[int | None]
    contact_id: Mapped[int | None]
    ani: Mapped[str | None]
    registered: Mapped[bool]  # the call comes from one of the organisation's own numbers
    at: Mapped[datetime]
    counted: Mapped[bool]
    compared: Mapped[bool]
    outcome: Mapped[str]  # accepted | rejected | locked | expired
    remaining: Mapped[int]
    reason: Mapped[str]
    by_agent: Mapped[bool] = mapped_column(default=False, server_default=false())  # for a code an agent ran


class LevelEntry(Row):
    """A level a call reached."""

    __tablename__ = "levels"
    __table_args__ = (UniqueConstraint("call_id", "turn"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str]
    turn: Mapped[int]
    level: Mapped[int]
    method: Mapped[str]
    organisation_id: Mapped[int]
    contact_id: Mapped[int | None]
    contact_name: Mapped[str]
    role: Mapped[str]
    reached_at: Mapped[datetime]


class LookUp(Row):
    """One look-up of an account or phone number; what was keyed is not kept."""

    __tablename__ = "look_ups"
    __table_args__ = (UniqueConstraint("call_id", "turn"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str]
    turn: Mapped[int]
    at: Mapped[datetime]
    organisation_id: Mapped[int | None]
    contact_id: Mapped[int | None]


class LimitKey(Row):
    """A row to lock: whoever counts for this key waits for whoever counts for it already."""

    __tablename__ = "limit_keys"

    key: Mapped[str] = mapped_column(primary_key=True)


class AuditEntry(Row):
    """What happened to rights. Rows are added only; a trigger refuses anything else."""

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("call_id", "turn", "what"),
        Index("ix_audit_at", "at"),
        Index("ix_audit_organisation", "organisation_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    at: Mapped[datetime]
    call_id: Mapped[str | None]
    turn: Mapped[int | None]
    who: Mapped[str]  # caller, or the author of a change
    what: Mapped[str]
    detail: Mapped[str]
    organisation_id: Mapped[int | None]
    contact_id: Mapped[int | None]
    place: Mapped[str] = mapped_column(default="", server_default="")  # a network address, the command line
    before: Mapped[str] = mapped_column(default="", server_default="")  # what was changed, as JSON or a word
    after: Mapped[str] = mapped_column(default="", server_default="")

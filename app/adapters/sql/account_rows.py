"""Tables of the desks' people: accounts, sessions, API tokens, tries to sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row
from app.adapters.sql.types import Serial


class UserEntry(Row):
    """An account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)  # folded
    role: Mapped[str]
    zone: Mapped[str]
    active: Mapped[bool]
    sample: Mapped[bool]
    password: Mapped[str]  # an argon2id hash
    nonce: Mapped[str]  # of the one-time codes; empty: none are set up
    pending: Mapped[str]  # the nonce of codes that are being set up
    used_step: Mapped[int]  # the time step of the last code that was accepted
    created_at: Mapped[datetime]


class SessionEntry(Row):
    """A session of the pages."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_user", "user_id", "ended_at"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(Serial, ForeignKey("users.id"))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    place: Mapped[str]
    device: Mapped[str]
    strong: Mapped[bool]
    ended_at: Mapped[datetime | None]


class TokenEntry(Row):
    """A token of the API."""

    __tablename__ = "tokens"
    __table_args__ = (Index("ix_tokens_user", "user_id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(Serial, ForeignKey("users.id"))
    name: Mapped[str]
    role: Mapped[str]
    prefix: Mapped[str]
    strong: Mapped[bool]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class TryEntry(Row):
    """A try to sign in that did not succeed, or not yet. Keys are hashes: people type passwords as names."""

    __tablename__ = "sign_in_tries"
    __table_args__ = (
        Index("ix_sign_in_tries_name", "name_key", "at"),
        Index("ix_sign_in_tries_address", "address_key", "at"),
        Index("ix_sign_in_tries_at", "at"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name_key: Mapped[str]
    address_key: Mapped[str]
    at: Mapped[datetime]

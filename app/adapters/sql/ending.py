"""What ends with something else: a password's sessions, an account's tokens."""

from datetime import datetime

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from app.adapters.sql.account_rows import SessionEntry, TokenEntry


def end_sessions(session: Session, user: int, now: datetime, keep: int | None = None) -> int:
    """End a user's sessions, all but ``keep``; gives how many."""
    which = [SessionEntry.user_id == user, SessionEntry.ended_at.is_(None)]
    if keep is not None:
        which.append(SessionEntry.id != keep)
    done = session.execute(update(SessionEntry).where(*which).values(ended_at=now))
    return done.rowcount if isinstance(done, CursorResult) else 0


def revoke_tokens(session: Session, user: int, now: datetime) -> None:
    """Let none of a user's tokens count any more."""
    which = (TokenEntry.user_id == user, TokenEntry.revoked_at.is_(None))
    session.execute(update(TokenEntry).where(*which).values(revoked_at=now))

"""One-time codes of accounts on SQL: being set up, counting, taken away."""

from datetime import datetime

from sqlalchemy import Engine, update

from app.access.model import Actor
from app.adapters.sql.account_rows import SessionEntry
from app.adapters.sql.accounts import held
from app.adapters.sql.acts import write_act
from app.adapters.sql.ending import end_sessions
from app.adapters.sql.transactions import Transactions


class SqlEnrolments:
    """``app.ports.accounts.Enrolments`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def prepare(self, user: int, nonce: str) -> None:
        """Keep the nonce of codes that are being set up. Fault NOT_FOUND."""
        with self._transactions.writing() as session:
            held(session, user).pending = nonce

    def confirm(self, user: int, nonce: str, step: int, *, actor: Actor, now: datetime) -> bool:
        """Let the pending codes count from now on, and the actor's session as strong; the others end.

        False: something else is pending by now. Fault NOT_FOUND.
        """
        with self._transactions.writing() as session:
            entry = held(session, user)
            if not nonce or entry.pending != nonce:
                return False
            what = "code_renewed" if entry.nonce else "code_set_up"
            entry.nonce, entry.pending, entry.used_step = nonce, "", step
            write_act(session, actor, now, what, entry.name)
            end_sessions(session, user, now, actor.session)
            own = (SessionEntry.id == actor.session, SessionEntry.user_id == user)
            session.execute(update(SessionEntry).where(*own).values(strong=True))
            return True

    def remove(self, user: int, *, actor: Actor, now: datetime) -> None:
        """Take the codes away. All sessions end but the actor's own, which is strong no more.

        Raises:
            Fault: NOT_FOUND.
        """
        with self._transactions.writing() as session:
            entry = held(session, user)
            entry.nonce = entry.pending = ""
            entry.used_step = 0
            write_act(session, actor, now, "code_taken_away", entry.name)
            end_sessions(session, user, now, actor.session)
            session.execute(update(SessionEntry).where(SessionEntry.user_id == user).values(strong=False))

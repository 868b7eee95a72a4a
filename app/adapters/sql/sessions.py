"""Sessions of the pages on SQL; of a token only its hash is kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, select, update

from app.access.model import IDLE, LONGEST, Actor
from app.adapters.sql.account_rows import SessionEntry, UserEntry
from app.adapters.sql.accounts import held, user_of
from app.adapters.sql.acts import write_act
from app.adapters.sql.ending import end_sessions
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.ports.accounts import Credential, SessionRow, User


class SqlSessions:
    """``app.ports.accounts.Sessions`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def start(
        self,
        proof: Credential,
        token_hash: str,
        *,
        step: int | None,
        device: str,
        actor: Actor,
        now: datetime,
    ) -> bool:
        """Start a session for who proved this, strong with the time step of a code, which is used up.

        False, and nothing changed: what was proved does not hold any more, or the step was used.
        """
        with self._transactions.writing() as session:
            entry = held(session, proof.user.id)
            if not entry.active or (entry.password, entry.nonce) != (proof.password, proof.nonce):
                return False
            if step is not None:
                if step <= entry.used_step:
                    return False
                entry.used_step = step
            session.add(
                SessionEntry(
                    token_hash=token_hash,
                    user_id=entry.id,
                    started_at=now,
                    seen_at=now,
                    place=storable(actor.where),
                    device=storable(device)[:200],
                    strong=step is not None,
                    ended_at=None,
                )
            )
            write_act(session, actor, now, "signed_in", "with a code" if step is not None else "")
            return True

    def read(self, token_hash: str) -> tuple[SessionRow, User] | None:
        """The session of a token's hash and its user, in whatever state they are."""
        query = (
            select(SessionEntry, UserEntry)
            .join(UserEntry, UserEntry.id == SessionEntry.user_id)
            .where(SessionEntry.token_hash == token_hash)
        )
        with self._transactions.reading() as session:
            found = session.execute(query).first()
            return None if found is None else (_row(found[0]), user_of(found[1]))

    def touch(self, session: int, now: datetime) -> None:
        """Note that a session was used."""
        later = (SessionEntry.id == session, SessionEntry.seen_at < now)
        with self._transactions.writing() as transaction:
            transaction.execute(update(SessionEntry).where(*later).values(seen_at=now))

    def listed(self, user: int, now: datetime) -> Sequence[SessionRow]:
        """The sessions of a user that are not over, latest first."""
        query = select(SessionEntry).where(
            SessionEntry.user_id == user,
            SessionEntry.ended_at.is_(None),
            SessionEntry.seen_at > now - IDLE,
            SessionEntry.started_at > now - LONGEST,
        )
        with self._transactions.reading() as session:
            return [_row(entry) for entry in session.scalars(query.order_by(SessionEntry.id.desc()))]

    def end(self, session: int, *, actor: Actor, now: datetime) -> None:
        """End a session; nothing happens to one that has ended."""
        with self._transactions.writing() as transaction:
            entry = transaction.get(SessionEntry, session)
            if entry is None:
                return
            owner = held(transaction, entry.user_id)  # first, as whoever ends all of them does
            transaction.refresh(entry)
            if entry.ended_at is None:
                entry.ended_at = now
                write_act(transaction, actor, now, "signed_out", owner.name)

    def end_all(self, user: int, *, actor: Actor, now: datetime, keep: int | None = None) -> int:
        """End a user's sessions, all but ``keep``; gives how many. Fault NOT_FOUND."""
        with self._transactions.writing() as session:
            entry = held(session, user)
            ended = end_sessions(session, user, now, keep)
            write_act(session, actor, now, "signed_out_everywhere", entry.name, after=str(ended))
            return ended


def _row(entry: SessionEntry) -> SessionRow:
    return SessionRow(
        id=entry.id,
        user=entry.user_id,
        started_at=entry.started_at,
        seen_at=entry.seen_at,
        place=entry.place,
        device=entry.device,
        strong=entry.strong,
        ended_at=entry.ended_at,
    )

"""The outbox on SQL: letters are claimed by one sender at a time and given back when it dies."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, Engine, and_, exists, or_, select, true, update
from sqlalchemy.orm import Session

from app.adapters.sql.notes import note_letter
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.reading import as_challenge
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.verification_rows import ChallengeEntry
from app.callflow.happened import Happened
from app.ports import Clock, Letter, Sent

LEASE = timedelta(seconds=60)  # longer than any sending takes; then a claim is taken for a dead sender's
FIRST_PAUSE = timedelta(seconds=5)  # doubled after each passing refusal
LONGEST_PAUSE = timedelta(minutes=5)


#: What the timeline says of a code's letter: the agent sees what got through, the caller is told nothing.
_FATES = MappingProxyType({Sent.SENT: Happened.CODE_SENT, Sent.REFUSED: Happened.CODE_REFUSED})


class SqlOutbox:
    """``app.ports.Outbox`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine, *, clock: Clock) -> None:
        self._clock = clock
        self._transactions = Transactions(engine)

    def claim(self, now: datetime, *, limit: int, channels: Collection[str] = ()) -> Sequence[Letter]:
        """Take up to ``limit`` letters that are due, oldest first; the expired are closed unsent.

        ``channels`` names those to take, none: all of them.
        """
        with self._transactions.writing() as session:
            _close_expired(session, now)
            free = or_(
                and_(LetterEntry.state == "due", LetterEntry.due_at <= now),
                and_(LetterEntry.state == "claimed", LetterEntry.claimed_until <= now),
            )
            wanted = LetterEntry.channel.in_(channels) if channels else true()
            oldest = (
                select(LetterEntry)
                .where(free, wanted)
                .order_by(LetterEntry.due_at, LetterEntry.id)
                .limit(limit)
            )
            taken = session.scalars(oldest.with_for_update(skip_locked=True)).all()
            for entry in taken:
                entry.state, entry.claimed_until = "claimed", now + LEASE
            return [_as_letter(session, entry) for entry in taken]

    def settle(self, letter: int, outcome: Sent, now: datetime) -> None:
        """Record what became of a claimed letter; LATER makes it due again after a growing pause."""
        with self._transactions.writing() as session:
            entry = session.get(LetterEntry, letter, with_for_update=True)
            if entry is None or entry.state in {"sent", "refused"}:
                return
            entry.claimed_until = None
            if outcome is Sent.LATER:
                pause = min(FIRST_PAUSE * 2 ** min(entry.tries, 10), LONGEST_PAUSE)
                entry.state, entry.due_at, entry.tries = "due", now + pause, entry.tries + 1
            else:
                entry.state, entry.settled_at = outcome.value, now
                note_letter(session, entry, _FATES[outcome], now)

    def letter_for(self, challenge: str) -> Letter | None:
        """The code letter of a challenge that lives and is unused, for the call that speaks the code."""
        query = (
            select(LetterEntry)
            .join(ChallengeEntry, ChallengeEntry.id == LetterEntry.challenge_id)
            .where(LetterEntry.challenge_id == challenge, LetterEntry.channel == "voice", ~_dead())
            .where(LetterEntry.expires_at > self._clock.now())
            .order_by(LetterEntry.id.desc())
        )
        with self._transactions.reading() as session:
            entry = session.scalars(query).first()
            return None if entry is None else _as_letter(session, entry)


def _dead() -> ColumnElement[bool]:
    """A challenge no code is good for any more."""
    return or_(ChallengeEntry.used_at.is_not(None), ChallengeEntry.ended.is_(True))


def _close_expired(session: Session, now: datetime) -> None:
    """Nothing is sent after its end, nor for a challenge that is used or over."""
    over = exists().where(ChallengeEntry.id == LetterEntry.challenge_id, _dead())
    close_unsent(session, or_(LetterEntry.expires_at <= now, over), now)


def close_unsent(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    """Close those of these letters that still wait to go out."""
    waiting = LetterEntry.state.in_(("due", "claimed"))
    closed = update(LetterEntry).where(waiting, which).values(state="expired", settled_at=now)
    letters = session.scalars(
        closed.returning(LetterEntry), execution_options={"synchronize_session": False}
    ).all()
    for letter in letters:
        note_letter(session, letter, Happened.CODE_EXPIRED, now)


def _as_letter(session: Session, entry: LetterEntry) -> Letter:
    challenge = session.get(ChallengeEntry, entry.challenge_id) if entry.challenge_id else None
    return Letter(
        id=entry.id,
        kind=entry.kind,
        channel=entry.channel,
        to=entry.recipient,
        language=entry.language,
        challenge=as_challenge(challenge) if challenge else None,
        organisation_name=entry.organisation_name,
        contact_name=entry.contact_name,
        call_started_at=entry.call_started_at,
    )

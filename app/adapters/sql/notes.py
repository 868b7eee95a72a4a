"""Notes of a timeline that somebody else than the running call writes, and those about a code's letters."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.adapters.sql.batches import batches
from app.adapters.sql.call_rows import TimelineEntry
from app.adapters.sql.locks import insert_or_keep
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.recording import storable
from app.adapters.sql.verification_rows import ChallengeEntry
from app.callflow.happened import Happened
from app.verification.contact import masked

_AT_ONCE = 100  # letters whose notes one statement changes
_CODE = "code"  # the kind of letter whose fate belongs to a call
_FATES = (
    *(Happened.CODE_QUEUED, Happened.CODE_WITHHELD),
    *(Happened.CODE_SENT, Happened.CODE_REFUSED, Happened.CODE_EXPIRED),
)


def add_note(session: Session, call_id: str, what: str, detail: str, at: datetime, mark: str) -> None:
    """Add a note to a call's timeline; one of the same ``mark`` that is there already stays as it is.

    Args:
        session: the transaction; the call's row must be there.
        call_id: the call.
        what: a word of ``app.callflow.happened``.
        detail: never a digit of a code, nor a whole address.
        at: when it happened.
        mark: tells a repeat of this note from another one of the call.
    """
    row = {"call_id": call_id, "mark": mark, "at": at.isoformat()}
    insert_or_keep(session, TimelineEntry, row | {"what": storable(what), "detail": storable(detail)})


def note_letter(session: Session, letter: LetterEntry, fate: Happened, at: datetime, why: str = "") -> None:
    """Tell what became of a code's letter, once, in the timeline of the call that it is for.

    Other letters have no call behind them: a notice, a code that confirms an address at the desk.
    """
    challenge = session.get(ChallengeEntry, letter.challenge_id) if letter.challenge_id else None
    if challenge is None or letter.kind != _CODE:
        return
    detail = f"{letter.channel} to {masked(letter.recipient)}" if letter.recipient else challenge.channel
    mark = _mark(letter.id, fate)
    add_note(session, challenge.call_id, fate, f"{detail}: {why}" if why else detail, at, mark)


def forget_addresses(session: Session, contact: int) -> None:
    """Leave of a contact's code letters what became of them, and not where they went."""
    theirs = (
        select(LetterEntry.id, ChallengeEntry.call_id)
        .join(ChallengeEntry, ChallengeEntry.id == LetterEntry.challenge_id)
        .where(LetterEntry.contact_id == contact)
    )
    for some in batches(session.execute(theirs).all(), _AT_ONCE):
        marks = [_mark(letter, fate) for letter, _ in some for fate in _FATES]
        of_these = TimelineEntry.call_id.in_({call_id for _, call_id in some})
        named = update(TimelineEntry).where(of_these, TimelineEntry.mark.in_(marks))
        session.execute(named.values(detail=""))


def _mark(letter: int, fate: Happened) -> str:
    return f"letter {letter} {fate}"

"""Counts within sliding windows, read from the rows they are made of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.adapters.sql.directory_rows import OrganisationEntry
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.verification_rows import Attempt
from app.ports import Asker
from app.verification.limits import LONG_CODE, Guesses, Limits, Window, below

_PHONE = ("text", "voice")


def guesses(session: Session, asker: Asker, challenge: str, limits: Limits) -> Guesses:
    """The counted guesses so far for this code, this call and, unless withheld, this caller's number."""
    of_ani = None
    if asker.ani is not None:
        since = asker.now - limits.guesses_per_ani.span
        of_ani = _attempts(session, Attempt.ani == asker.ani, Attempt.at > since)
    of_call = Attempt.call_id == asker.call_id
    return Guesses(
        code=_attempts(session, of_call, Attempt.challenge_id == challenge),
        call=_attempts(session, of_call),
        ani=of_ani,
    )


def strangers_guesses(session: Session, organisation: int | None, now: datetime, limits: Limits) -> int:
    """The compared guesses for an organisation from numbers not registered with it."""
    return _attempts(
        session,
        Attempt.organisation_id == (-1 if organisation is None else organisation),
        Attempt.compared.is_(True),
        Attempt.registered.is_(False),
        Attempt.at > now - limits.guesses_per_organisation.span,
    )


def _attempts(session: Session, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(Attempt).where(Attempt.counted.is_(True), *which)
    return session.scalars(query).one()


def may_send(session: Session, asker: Asker, organisation: int, contact: int, limits: Limits) -> bool:
    """Whether one more code fits into every sending limit of contact, organisation and caller's number."""
    rules = [
        (LetterEntry.contact_id == contact, limits.sends_per_contact),
        (LetterEntry.organisation_id == organisation, limits.sends_per_organisation),
    ]
    if asker.ani is not None:
        rules.append((LetterEntry.ani == asker.ani, limits.sends_per_ani))
    codes = LetterEntry.kind == "code"
    counts = [_letters(session, windows, asker.now, codes, whose) for whose, windows in rules]
    return all(below(windows, count) for (_, windows), count in zip(rules, counts, strict=True))


def within_budget(session: Session, now: datetime, limits: Limits) -> bool:
    """Whether one more text or code call fits into the budget; notices by text are paid from it, too."""
    windows = (limits.budget,)
    return below(windows, _letters(session, windows, now, LetterEntry.channel.in_(_PHONE)))


def _letters(
    session: Session, windows: Sequence[Window], now: datetime, *which: ColumnElement[bool]
) -> Sequence[int]:
    """The letters within each window, in one look."""
    longest = max(window.span for window in windows)
    counts = [func.count().filter(LetterEntry.created_at > now - window.span) for window in windows]
    real = LetterEntry.state != "void"
    query = select(*counts).where(LetterEntry.created_at > now - longest, real, *which)
    return [int(count) for count in session.execute(query).one()]


def share_of_long_codes(session: Session) -> float:
    """How many of the organisations ask for long codes, from 0 to 1."""
    long = func.sum(case((OrganisationEntry.code_digits == LONG_CODE, 1), else_=0))
    asking, all_ = session.execute(select(long, func.count()).select_from(OrganisationEntry)).one()
    return int(asking or 0) / all_ if all_ else 0.0

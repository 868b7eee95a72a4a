"""Counts within sliding windows, read from the rows they are made of.

A limit that two people lifted counts anew from then on: the rows before stay, and are left out.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, literal, select
from sqlalchemy.orm import Session

from app.adapters.sql.desk_rows import LiftedLimit
from app.adapters.sql.directory_rows import OrganisationEntry
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.types import Instant
from app.adapters.sql.verification_rows import Attempt
from app.ports import Asker
from app.verification.confirmation import ConfirmationLimits
from app.verification.limits import LONG_CODE, Guesses, LimitKind, Limits, Window, below

PAID = ("text", "voice")  # what the carrier sends


def guesses(session: Session, asker: Asker, challenge: str, limits: Limits) -> Guesses:
    """The counted guesses so far for this code, this call and, unless withheld, this caller's number."""
    of_ani = None
    if asker.ani is not None:
        since = asker.now - limits.guesses_per_ani.span
        anew = _lifted(LimitKind.GUESSES_OF_NUMBER, asker.ani, since)
        of_ani = _attempts(session, Attempt.ani == asker.ani, Attempt.at > since, Attempt.at > anew)
    of_call = Attempt.call_id == asker.call_id
    return Guesses(
        code=_attempts(session, of_call, Attempt.challenge_id == challenge),
        call=_attempts(session, of_call),
        ani=of_ani,
    )


def strangers_guesses(session: Session, organisation: int | None, now: datetime, limits: Limits) -> int:
    """The compared guesses for an organisation from numbers not registered with it."""
    whose, since = -1 if organisation is None else organisation, now - limits.guesses_per_organisation.span
    return _attempts(
        session,
        Attempt.organisation_id == whose,
        Attempt.compared.is_(True),
        Attempt.registered.is_(False),
        Attempt.by_agent.is_(False),
        Attempt.at > since,
        Attempt.at > _lifted(LimitKind.GUESSES_AT_ORGANISATION, str(whose), since),
    )


def agents_guesses(session: Session, organisation: int | None, now: datetime, limits: Limits) -> int:
    """The compared guesses for an organisation's codes that agents ran."""
    whose = -1 if organisation is None else organisation
    since = now - limits.agent_guesses_per_organisation.span
    return _attempts(
        session,
        Attempt.organisation_id == whose,
        Attempt.compared.is_(True),
        Attempt.by_agent.is_(True),
        Attempt.at > since,
        Attempt.at > _lifted(LimitKind.GUESSES_BY_AGENTS, str(whose), since),
    )


def _lifted(kind: LimitKind, subject: str, since: datetime) -> ScalarSelect[datetime]:
    """When a limit was lifted, as part of the statement that counts; ``since`` where it was not."""
    which = select(func.max(LiftedLimit.lifted_at)).where(
        LiftedLimit.kind == kind.value, LiftedLimit.subject == subject
    )
    return select(func.coalesce(which.scalar_subquery(), literal(since, Instant()))).scalar_subquery()


def _attempts(session: Session, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(Attempt).where(Attempt.counted.is_(True), *which)
    return session.scalars(query).one()


def may_send(session: Session, asker: Asker, organisation: int, contact: int, limits: Limits) -> bool:
    """Whether one more code fits into every sending limit of contact, organisation and caller's number."""
    rules = [
        (LimitKind.SENDS_TO_CONTACT, str(contact), LetterEntry.contact_id == contact),
        (
            LimitKind.SENDS_OF_ORGANISATION,
            str(organisation),
            and_(LetterEntry.organisation_id == organisation, LetterEntry.by_agent.is_(False)),
        ),
    ]
    if asker.ani is not None:
        own = and_(LetterEntry.ani == asker.ani, LetterEntry.by_agent.is_(False))
        rules.append((LimitKind.SENDS_OF_NUMBER, asker.ani, own))
    fits = [
        _fits(session, kind, subject, asker.now, limits, LetterEntry.kind == "code", whose)
        for kind, subject, whose in rules
    ]
    return all(fits)


def agents_may_send(session: Session, organisation: int, contact: int, now: datetime, limits: Limits) -> bool:
    """Whether one more code run by an agent fits: into the agents' allowance, and the contact's limit."""
    rules = (
        (LimitKind.SENDS_TO_CONTACT, str(contact), LetterEntry.contact_id == contact),
        (
            LimitKind.SENDS_BY_AGENTS,
            str(organisation),
            and_(LetterEntry.organisation_id == organisation, LetterEntry.by_agent.is_(True)),
        ),
    )
    fits = [
        _fits(session, kind, subject, now, limits, LetterEntry.kind == "code", whose)
        for kind, subject, whose in rules
    ]
    return all(fits)


def within_budget(session: Session, now: datetime, limits: Limits) -> bool:
    """Whether one more text or code call fits into the budget; notices by text are paid from it, too."""
    return _fits(session, LimitKind.BUDGET, "", now, limits, LetterEntry.channel.in_(PAID))


def may_confirm(session: Session, contact: int, now: datetime, limits: ConfirmationLimits) -> bool:
    """Whether one more code that confirms an address may go to a contact; those of calls do not count."""
    of_contact = (LetterEntry.kind == "confirm", LetterEntry.contact_id == contact)
    return _below(session, limits.sends_per_contact, now, *of_contact)


def _fits(
    session: Session,
    kind: LimitKind,
    subject: str,
    now: datetime,
    limits: Limits,
    *which: ColumnElement[bool],
) -> bool:
    """Whether one more letter fits into a limit's windows."""
    windows = limits.windows(kind)
    longest = now - max(window.span for window in windows)
    anew = LetterEntry.created_at > _lifted(kind, subject, longest)
    return _below(session, windows, now, anew, *which)


def _below(session: Session, windows: Sequence[Window], now: datetime, *which: ColumnElement[bool]) -> bool:
    """Whether one more letter fits into each window, all of them counted in one look."""
    longest = now - max(window.span for window in windows)
    real = LetterEntry.state != "void"
    counts = [func.count().filter(LetterEntry.created_at > now - window.span) for window in windows]
    query = select(*counts).where(LetterEntry.created_at > longest, real, *which)
    return below(windows, [int(count) for count in session.execute(query).one()])


def share_of_long_codes(session: Session) -> float:
    """How many of the organisations ask for long codes, from 0 to 1."""
    long = func.sum(case((OrganisationEntry.code_digits == LONG_CODE, 1), else_=0))
    asking, all_ = session.execute(select(long, func.count()).select_from(OrganisationEntry)).one()
    return int(asking or 0) / all_ if all_ else 0.0

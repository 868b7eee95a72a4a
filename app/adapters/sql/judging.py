"""Judging a guess: count, compare, consume, level, audit, all in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from app.adapters.sql import counting
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.directory_rows import ContactEntry
from app.adapters.sql.finding import is_registered
from app.adapters.sql.levels import level_of, reach_by_code
from app.adapters.sql.locks import limit_keys, own_call, own_limits
from app.adapters.sql.notes import add_note
from app.adapters.sql.reading import as_challenge
from app.adapters.sql.verification_rows import Attempt, ChallengeEntry
from app.adapters.sql.writing import add_audit
from app.callflow.happened import Happened
from app.ports import Asker
from app.verification.limits import Limits, guesses_left, organisation_open
from app.verification.model import Accepted, Challenge, Expired, Judgement, Locked, Rejected

Matches = Callable[[Challenge], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One judging step: its transaction, who asks, the numbers, the call and the challenge meant."""

    session: Session
    asker: Asker
    limits: Limits
    call: CallEntry
    challenge_id: str
    challenge: ChallengeEntry | None  # None: no such challenge of this call, so that nothing can be right
    method: str = ""  # how the code came to us, where that is not how it was sent


def judge(
    session: Session, asker: Asker, challenge: str, matches: Matches, limits: Limits, method: str = ""
) -> Judgement:
    """Judge this step's guess, or give what was judged of it already."""
    call = own_call(session, asker.call_id, asker.ani, asker.now)
    of_step = (Attempt.call_id == asker.call_id, Attempt.turn == asker.turn)
    stored = session.scalars(select(Attempt).where(*of_step)).first()
    if stored is not None:
        return _as_judgement(session, stored)
    entry = session.get(ChallengeEntry, challenge)
    entry = entry if entry is not None and entry.call_id == asker.call_id else None
    step = Step(session, asker, limits, call, challenge, entry, method)
    organisation, contact = (entry.organisation_id, entry.contact_id) if entry else (None, None)
    own_limits(session, limit_keys(asker.ani, organisation, contact))
    attempt = _count(step)
    if attempt.counted:
        _compare(step, attempt, matches)
    add_audit(
        session,
        asker,
        f"code_{attempt.outcome}",
        attempt.reason,
        organisation=attempt.organisation_id,
        contact=attempt.contact_id,
    )
    if attempt.by_agent:
        detail, mark = f"{asker.who}: {attempt.outcome}", f"code step {asker.turn}"
        add_note(session, asker.call_id, Happened.CODE_STEP, detail, asker.now, mark)
    return _as_judgement(session, attempt)


def _as_judgement(session: Session, attempt: Attempt) -> Judgement:
    match attempt.outcome:
        case "accepted":
            return Accepted(level_of(session, attempt.call_id, attempt.turn))
        case "rejected":
            return Rejected(attempt.remaining)
        case "expired":
            return Expired()
        case _:
            return Locked(attempt.reason)


def _count(step: Step) -> Attempt:
    """Write the attempt's row before anything is compared; it is no guess when none is left, or too late."""
    entry, asker = step.challenge, step.asker
    left = guesses_left(step.limits, counting.guesses(step.session, asker, step.challenge_id, step.limits))
    over = entry is not None and (entry.ended or asker.now >= entry.expires_at)
    organisation = entry.organisation_id if entry else None
    attempt = Attempt(
        call_id=asker.call_id,
        turn=asker.turn,
        challenge_id=step.challenge_id,
        organisation_id=organisation,
        contact_id=entry.contact_id if entry else None,
        ani=asker.ani,
        registered=is_registered(step.session, asker.ani, organisation),
        at=asker.now,
        counted=left > 0 and not over,
        compared=False,
        outcome="expired" if over and left > 0 else "locked",
        remaining=max(left, 0),
        reason="" if left > 0 else "no guess left",
        by_agent=entry is not None and entry.by_agent,
    )
    attempt.compared = attempt.counted and _is_comparable(step, attempt)
    step.session.add(attempt)
    step.session.flush()
    return attempt


def _is_comparable(step: Step, attempt: Attempt) -> bool:
    """Whether a right code may count as right: the challenge is real and unused, nobody is switched off.

    When the organisation's own bucket is full, the guess is wrong without a word: a lock that only known
    accounts have would tell which ones are known. A void challenge costs the same looks as a real one.
    """
    entry = step.challenge
    organisation, person = (entry.organisation_id, entry.contact_id) if entry else (None, None)
    contact = step.session.get(ContactEntry, -1 if person is None else person, populate_existing=True)
    room = _has_room(step, attempt, organisation)
    usable = contact is not None and contact.switched_off_at is None and contact.removed_at is None
    unused = entry is not None and entry.used_at is None
    return usable and unused and room


def _has_room(step: Step, attempt: Attempt, organisation: int | None) -> bool:
    """Whether the organisation's bucket has room: that of strangers, or the one agents have for it."""
    session, now, limits = step.session, step.asker.now, step.limits
    if attempt.by_agent:
        made = counting.agents_guesses(session, organisation, now, limits)
        return made < limits.agent_guesses_per_organisation.most
    made = counting.strangers_guesses(session, organisation, now, limits)
    return organisation_open(limits, made, registered=attempt.registered)


def _compare(step: Step, attempt: Attempt, matches: Matches) -> None:
    """Compare, and write what came of it. What may not match is compared as void: never right."""
    right = False
    if step.challenge is not None:
        challenge = as_challenge(step.challenge)
        if not attempt.compared:
            challenge = replace(challenge, organisation=None, contact=None)
        right = matches(challenge) and attempt.compared
    if step.challenge is not None and right and _consume(step.session, step.challenge, step.asker):
        attempt.outcome = "accepted"
        reach_by_code(step.session, step.asker, step.call, step.challenge, step.method)
    else:
        attempt.remaining -= 1
        attempt.outcome = "rejected" if attempt.remaining else "locked"
        attempt.reason = "" if attempt.remaining else "no guess left"
    _count_failures(step, attempt)


def _consume(session: Session, entry: ChallengeEntry, asker: Asker) -> bool:
    """Use the challenge up; only one ever does."""
    unused = update(ChallengeEntry).where(ChallengeEntry.id == entry.id, ChallengeEntry.used_at.is_(None))
    result = session.execute(unused.values(used_at=asker.now))
    return isinstance(result, CursorResult) and result.rowcount == 1


def _count_failures(step: Step, attempt: Attempt) -> None:
    """Count wrong codes in a row at the contact; the hundredth switches it off till confirmed again."""
    person = attempt.contact_id if attempt.compared else -1
    in_a_row = 0 if attempt.outcome == "accepted" else ContactEntry.failures + 1
    counted = update(ContactEntry).where(ContactEntry.id == person).values(failures=in_a_row)
    counted = counted.execution_options(synchronize_session=False)
    failures = step.session.scalars(counted.returning(ContactEntry.failures)).first()
    if failures is None or failures < step.limits.failures_until_switched_off:
        return
    off = update(ContactEntry).where(ContactEntry.id == person).values(switched_off_at=step.asker.now)
    step.session.execute(off)
    add_audit(
        step.session,
        step.asker,
        "contact_switched_off",
        f"{failures} wrong codes in a row",
        organisation=attempt.organisation_id,
        contact=attempt.contact_id,
    )

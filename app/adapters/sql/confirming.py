"""Confirming addresses, on SQL: a challenge beside no call, its letter, its guesses."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Engine, Select, func, select, update
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.confirmation_codes import ConfirmationRules, make, why_not_sent
from app.adapters.sql.desk_rows import ConfirmationEntry
from app.adapters.sql.directory_rows import ContactEntry
from app.adapters.sql.locks import own_limits
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.reading import as_challenge, as_contact
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.verification_rows import ChallengeEntry
from app.faults import Fault, FaultCode
from app.ports.confirmations import Confirmed, NotConfirmed, Pending, Withheld
from app.verification.confirmation import ConfirmationLimits
from app.verification.contact import address
from app.verification.model import Challenge, Channel

_AGAIN = "Send a new code."
_Open = Select[ChallengeEntry, ConfirmationEntry]


class SqlConfirmations:
    """``app.ports.confirmations.Confirmations`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, rules: ConfirmationRules) -> None:
        self._rules = rules
        self._transactions = Transactions(engine)

    def ask(
        self, actor: Actor, organisation: int, contact: int, channel: Channel, now: datetime
    ) -> Challenge | Withheld:
        """Make a challenge and its letter, if every limit allows; it ends the one before of that address."""
        with self._transactions.writing() as session:
            own_limits(session, ["budget", f"confirm:{contact}"])
            entry = _contact(session, organisation, contact)
            why_not = why_not_sent(session, entry, channel, self._rules, now)
            if why_not:
                _audit(session, actor, entry, "confirmation_withheld", f"{channel.value}: {why_not}", now)
                return Withheld(why_not)
            _end_open(session, contact, channel)
            challenge = make(session, actor, entry, channel, self._rules, now)
            _audit(session, actor, entry, "confirmation_sent", channel.value, now)
            return as_challenge(challenge)

    def challenge(self, organisation: int, contact: int, channel: Channel) -> Challenge | None:
        """The challenge a code may be keyed for; None when none is open."""
        with self._transactions.reading() as session:
            _contact(session, organisation, contact)
            found = session.execute(_open(contact, channel)).first()
            return None if found is None else as_challenge(found[0])

    def judge(
        self,
        actor: Actor,
        organisation: int,
        contact: int,
        channel: Channel,
        matches: Callable[[Challenge], bool],
        now: datetime,
    ) -> Confirmed | NotConfirmed:
        """Count, then compare, then confirm the address: in one transaction."""
        with self._transactions.writing() as session:
            own_limits(session, [f"confirm:{contact}"])
            entry = _contact(session, organisation, contact)
            found = session.execute(_open(contact, channel)).first()
            if found is None or now >= found[0].expires_at:
                return NotConfirmed(f"This code is over. {_AGAIN}")
            challenge, confirmation = found
            if _guesses(session, contact, now, self._rules.own) >= self._rules.own.guesses_per_contact.most:
                return NotConfirmed("Too many codes were keyed for this contact today; try again tomorrow.")
            confirmation.guesses += 1
            left = self._rules.own.guesses_per_code - confirmation.guesses
            challenge.ended = left <= 0
            session.flush()
            if not _still_there(session, entry, challenge, channel):
                challenge.ended = True
                return NotConfirmed(f"The address has changed since this code was sent. {_AGAIN}")
            if matches(as_challenge(challenge)):
                challenge.used_at = confirmation.confirmed_at = now
                return Confirmed(_confirm(session, actor, entry, channel, now))
            _audit(session, actor, entry, "confirmation_rejected", channel.value, now)
            sentence = (
                f"This is not the code; {left} more tries." if left > 0 else f"This is not the code. {_AGAIN}"
            )
            return NotConfirmed(sentence, max(left, 0))

    def pending(self, organisation: int, now: datetime) -> Sequence[Pending]:
        """The codes an organisation's contacts may be asked for now."""
        lives = (ChallengeEntry.ended.is_(False), ChallengeEntry.used_at.is_(None))
        which = (
            select(ConfirmationEntry, ChallengeEntry.expires_at, LetterEntry.state)
            .join(ChallengeEntry, ChallengeEntry.id == ConfirmationEntry.challenge_id)
            .join(LetterEntry, LetterEntry.challenge_id == ChallengeEntry.id)
            .where(ChallengeEntry.organisation_id == organisation, *lives, ChallengeEntry.expires_at > now)
        )
        with self._transactions.reading() as session:
            return [
                Pending(entry.contact_id, Channel(entry.channel), entry.asked_at, expires_at, state)
                for entry, expires_at, state in session.execute(which)
            ]


def _contact(session: Session, organisation: int, contact: int) -> ContactEntry:
    entry = session.get(ContactEntry, contact)
    if entry is None or entry.organisation_id != organisation or entry.removed_at is not None:
        raise Fault(FaultCode.NOT_FOUND, "This organisation has no such contact.")
    return entry


def _open(contact: int, channel: Channel) -> _Open:
    return (
        select(ChallengeEntry, ConfirmationEntry)
        .join(ConfirmationEntry, ConfirmationEntry.challenge_id == ChallengeEntry.id)
        .where(ConfirmationEntry.contact_id == contact, ConfirmationEntry.channel == channel.value)
        .where(ChallengeEntry.ended.is_(False), ChallengeEntry.used_at.is_(None))
    )


def _end_open(session: Session, contact: int, channel: Channel) -> None:
    open_ones = [challenge.id for challenge, _ in session.execute(_open(contact, channel))]
    session.execute(update(ChallengeEntry).where(ChallengeEntry.id.in_(open_ones)).values(ended=True))


def _guesses(session: Session, contact: int, now: datetime, limits: ConfirmationLimits) -> int:
    since = now - limits.guesses_per_contact.span
    of_contact = (ConfirmationEntry.contact_id == contact, ConfirmationEntry.asked_at > since)
    return int(session.scalars(select(func.sum(ConfirmationEntry.guesses)).where(*of_contact)).one() or 0)


def _still_there(session: Session, entry: ContactEntry, challenge: ChallengeEntry, channel: Channel) -> bool:
    """Whether the code went where the contact is reached now."""
    sent_to = select(LetterEntry.recipient).where(LetterEntry.challenge_id == challenge.id)
    return session.scalars(sent_to).first() == address(as_contact(entry), channel)


def _confirm(
    session: Session, actor: Actor, entry: ContactEntry, channel: Channel, now: datetime
) -> datetime:
    """An address that was confirmed before stays so since then: its day is not waited for anew."""
    column = "email_confirmed" if channel is Channel.EMAIL else "phone_confirmed"
    earlier: datetime | None = getattr(entry, column)
    since = now if earlier is None else min(earlier, now)
    setattr(entry, column, since)
    _audit(session, actor, entry, "address_confirmed", channel.value, now)
    return since


def _audit(
    session: Session, actor: Actor, entry: ContactEntry, what: str, detail: str, now: datetime
) -> None:
    owner, contact = entry.organisation_id, entry.id
    write_act(session, actor, now, what, detail, organisation=owner, contact=contact)

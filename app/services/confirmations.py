"""Confirming a contact's address: a code goes there, the contact tells it, somebody at the desk keys it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.model import Actor, Right
from app.faults import Fault, FaultCode
from app.ports.confirmations import Confirmations, Confirmed, NotConfirmed, Pending, Withheld
from app.verification.code import Guess, Keys, matches, read_guess
from app.verification.model import Channel


@dataclass(frozen=True, slots=True)
class Sent:
    """A code is on its way; it may be keyed until then."""

    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ConfirmationDesk:
    """Codes that confirm addresses, sent and keyed by people at the desk."""

    store: Confirmations
    keys: Keys
    wake_sender: Callable[[], None]

    def send(
        self, actor: Actor, organisation: int, contact: int, channel: Channel, now: datetime
    ) -> Sent | Withheld:
        """Send a code to a contact's e-mail address or phone; one sent before is over then.

        Raises:
            Fault: NOT_YOURS without the right to edit; NOT_FOUND for a contact of another organisation.
        """
        _may(actor)
        asked = self.store.ask(actor, organisation, contact, channel, now)
        if isinstance(asked, Withheld):
            return asked
        self.wake_sender()
        return Sent(asked.expires_at)

    def key(
        self, actor: Actor, organisation: int, contact: int, channel: Channel, digits: str, now: datetime
    ) -> Confirmed | NotConfirmed:
        """Judge what the contact told; what cannot be the whole code is no guess and costs nothing.

        Raises:
            Fault: NOT_YOURS without the right to edit; NOT_FOUND for a contact of another organisation.
        """
        _may(actor)
        challenge = self.store.challenge(organisation, contact, channel)
        if challenge is None:
            return NotConfirmed("No code is open for this address. Send a new code.")
        guess = read_guess("".join(digits.split()), challenge.digits)
        if not isinstance(guess, Guess):
            return NotConfirmed(f"The code has {challenge.digits} digits; this is not the whole of it.", 1)
        return self.store.judge(
            actor, organisation, contact, channel, lambda one: matches(self.keys, one, guess.digits), now
        )

    def pending(self, organisation: int, now: datetime) -> Sequence[Pending]:
        """The codes an organisation's contacts may be asked for now."""
        return self.store.pending(organisation, now)


def _may(actor: Actor) -> None:
    if not actor.may(Right.EDIT):
        raise Fault(FaultCode.NOT_YOURS, "Confirming an address takes the right to edit.")

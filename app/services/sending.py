"""Taking letters from the outbox to their way out; no code is sent once it is of no use."""

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.faults import Fault
from app.ports import Clock, Delivery, Letter, Message, Outbox, Sent

Compose = Callable[[Letter], Message]
Watch = Callable[[Letter, Sent], None]


class _Outcome(NamedTuple):
    letter: int
    sent: Sent
    at: datetime


def _nobody(letter: Letter, sent: Sent) -> None:
    """Nobody watches."""


class Sender:
    """Sends what is due, one letter at a time, so that one slow server delays few; threads may share it."""

    def __init__(
        self,
        outbox: Outbox,
        compose: Compose,
        deliver: Mapping[str, Delivery],
        clock: Clock,
        *,
        watch: Watch = _nobody,
    ) -> None:
        """Nothing is sent yet.

        Args:
            outbox: the durable queue.
            compose: makes a letter's text, with its code; Fault when it cannot be made (its key is gone).
            deliver: the way out of each channel: email, text, voice.
            clock: tells whether a code is still of use at the moment it would go out.
            watch: is told what became of each letter, for the log.
        """
        self._outbox = outbox
        self._compose = compose
        self._deliver = deliver
        self._clock = clock
        self._watch = watch
        self._unsettled: deque[_Outcome] = deque()

    def tick(self, now: datetime, channels: Collection[str] = ()) -> int:
        """Send every letter that is due at ``now``; gives how many were tried.

        ``channels`` names those to serve, none: all of them. Who serves each apart keeps one that hangs from
        holding up the others.

        Raises:
            Fault: LEDGER_AWAY. What was sent and could not be recorded is recorded by a later tick.
        """
        tried = 0
        self._settle()
        # A tick may last while servers are slow: a claim counts from when it is made.
        while letters := self._claim(now, channels):
            for letter in letters:
                self._unsettled.append(_Outcome(letter.id, self._send(letter), self._clock.now()))
                self._settle()
                tried += 1
        return tried

    def _claim(self, now: datetime, channels: Collection[str]) -> Sequence[Letter]:
        return self._outbox.claim(max(now, self._clock.now()), limit=1, channels=channels)

    def _send(self, letter: Letter) -> Sent:
        delivery = self._deliver.get(letter.channel)
        if delivery is None or self._is_useless(letter):
            sent = Sent.REFUSED
        else:
            try:
                sent = delivery.send(self._compose(letter))
            except Fault:
                sent = Sent.REFUSED
        self._watch(letter, sent)
        return sent

    def _is_useless(self, letter: Letter) -> bool:
        """Whether a code can no longer be keyed: it is used, or its time is over."""
        challenge = letter.challenge
        if challenge is None:
            return False
        return challenge.used_at is not None or challenge.expires_at <= self._clock.now()

    def _settle(self) -> None:
        """Record every outcome not yet recorded; what fails stays for the next time."""
        while self._unsettled:
            try:
                outcome = self._unsettled.popleft()
            except IndexError:  # another thread took the last one
                return
            try:
                self._outbox.settle(outcome.letter, outcome.sent, outcome.at)
            except Fault:
                self._unsettled.appendleft(outcome)
                raise

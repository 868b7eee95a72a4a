"""A carrier whose account has numbers and queues: what somebody set up there before Callgate came."""

from datetime import UTC, datetime
from typing import Any

from app.simulator.carrier import FakeCarrier
from app.simulator.clock import SimulatedClock
from app.simulator.numbers import Number
from app.simulator.phone import Phone
from app.simulator.queues import Queue
from app.simulator.transport import Response
from app.simulator.webhooks import Account

_MADE = datetime(2026, 1, 1, tzinfo=UTC)


class AccountCarrier(FakeCarrier):
    """Nobody calls its numbers; each request must be one that Twilio describes, and has its consequences."""

    def __init__(self, account_sid: str, token: str) -> None:
        phone = Phone(_nobody, Account(token, account_sid), SimulatedClock(_MADE), seed="account")
        super().__init__(account_sid, token, api=phone.rest)
        self._exchange = phone.exchange

    def has_number(self, number: str, **fields: str) -> str:
        """Own a number from now on, with what is set for it by the names of the API; gives its SID."""
        sid = self._exchange.sids.make("PN")
        self._exchange.numbers[sid] = Number(sid, number, _MADE, dict(fields))
        return sid

    def has_queue(self, name: str, max_size: int = 100) -> str:
        """Have a queue from now on; gives its SID."""
        sid = self._exchange.sids.make("QU")
        self._exchange.queues[name] = Queue(name, sid, _MADE, max_size)
        return sid

    def number(self, number: str) -> dict[str, str]:
        """What is set for a number."""
        return next(one.fields for one in self._exchange.numbers.values() if one.phone == number)

    def queue_sizes(self) -> list[tuple[str, int]]:
        """Every queue with how many callers it holds."""
        return [(queue.name, queue.max_size) for queue in self._exchange.queues.values()]

    def changes(self) -> int:
        """How many requests wanted to change something and were carried out."""
        return sum(one.accepted and one.method == "POST" for one in self.received)


def _nobody(*_: Any) -> Response:
    raise ConnectionRefusedError("no application belongs to this carrier")

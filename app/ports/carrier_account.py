"""The account at the carrier: its numbers and queues, looked at and set up from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is asked, and by which method; both empty: none."""

    url: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Webhooks:
    """What the carrier asks about calls to a number."""

    incoming: Webhook = Webhook()  # a call comes in
    fallback: Webhook = Webhook()  # the first did not answer
    status: Webhook = Webhook()  # the call is over


@dataclass(frozen=True, slots=True)
class OwnedNumber:
    """A number of the account. Where ``taken_by`` names an application or a trunk, no webhook is asked."""

    sid: str
    number: str  # E.164
    webhooks: Webhooks
    taken_by: str = ""
    texts: bool = True  # whether it can send any
    calls: bool = True  # whether it can place any


@dataclass(frozen=True, slots=True)
class CarrierQueue:
    """A queue of the account, and how many callers it holds."""

    sid: str
    name: str
    max_size: int


@dataclass(frozen=True, slots=True)
class Done:
    """It was done."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left and no whole answer came back: it may have been done. Look before asking again."""


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was done; ``why`` is a sentence."""

    why: str


Outcome = Done | Unknown | NotDone


class CarrierAccount(Protocol):
    """The account. What only looks may raise Fault CARRIER_AWAY or CARRIER_REFUSED."""

    def numbers(self) -> Sequence[OwnedNumber]:
        """Every number of the account."""
        ...

    def queues(self) -> Sequence[CarrierQueue]:
        """Every queue of the account."""
        ...

    def point(self, sid: str, webhooks: Webhooks) -> Outcome:
        """Give a number these webhooks."""
        ...

    def add_queue(self, name: str, max_size: int) -> Outcome:
        """Make a queue."""
        ...

    def resize_queue(self, sid: str, max_size: int) -> Outcome:
        """Let a queue hold so many callers."""
        ...

"""What setting up does at the carrier, one thing each; asked again it would change nothing."""

from dataclasses import dataclass, field

from app.ports.carrier_account import CarrierAccount, Outcome, Webhooks


@dataclass(frozen=True, slots=True)
class PointNumber:
    """Let a number's calls come to this service."""

    sid: str
    number: str
    webhooks: Webhooks
    instead: str = field(compare=False)  # what it asks now, for people

    @property
    def sentence(self) -> str:
        return f"Point {self.number} here: {self.instead}."

    def ask(self, account: CarrierAccount) -> Outcome:
        return account.point(self.sid, self.webhooks)


@dataclass(frozen=True, slots=True)
class AddQueue:
    """Make a queue."""

    name: str
    max_size: int

    @property
    def sentence(self) -> str:
        return f"Make the queue {self.name}, for {self.max_size} callers."

    def ask(self, account: CarrierAccount) -> Outcome:
        return account.add_queue(self.name, self.max_size)


@dataclass(frozen=True, slots=True)
class ResizeQueue:
    """Let a queue hold more callers."""

    sid: str
    name: str
    max_size: int

    @property
    def sentence(self) -> str:
        return f"Let the queue {self.name} hold {self.max_size} callers."

    def ask(self, account: CarrierAccount) -> Outcome:
        return account.resize_queue(self.sid, self.max_size)


Action = PointNumber | AddQueue | ResizeQueue

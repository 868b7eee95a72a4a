from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.faults import Fault, FaultCode
from app.ports import Letter, Message, Sent
from app.services.sending import Sender
from app.verification.model import Challenge, Channel

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
CHALLENGE = Challenge(
    id="ch",
    call_id="call",
    organisation=1,
    contact=2,
    channel=Channel.EMAIL,
    purpose="technical",
    digits=6,
    key_id="a",
    created_at=NOW,
    expires_at=NOW + timedelta(minutes=10),
)
LETTER = Letter(1, "code", "email", "giulia@example.com", "it", CHALLENGE, "Rossi", "Giulia", NOW)


class Queue:
    """An outbox in memory that says what it was told."""

    def __init__(self, *letters: Letter) -> None:
        self.due = deque(letters)
        self.settled: list[tuple[int, Sent, datetime]] = []
        self.claimed_at: list[datetime] = []
        self.away_for = 0  # so many settlings fail

    def claim(self, now: datetime, *, limit: int, channels: Collection[str] = ()) -> Sequence[Letter]:
        self.claimed_at.append(now)
        wanted = [letter for letter in self.due if not channels or letter.channel in channels][:limit]
        for letter in wanted:
            self.due.remove(letter)
        return wanted

    def settle(self, letter: int, outcome: Sent, now: datetime) -> None:
        if self.away_for:
            self.away_for -= 1
            raise Fault(FaultCode.LEDGER_AWAY, "away")
        self.settled.append((letter, outcome, now))

    def letter_for(self, challenge: str) -> Letter | None:
        return None


class Post:
    """A delivery that keeps what it was given."""

    def __init__(self, outcome: Sent = Sent.SENT) -> None:
        self.outcome = outcome
        self.sent: list[Message] = []

    def send(self, message: Message) -> Sent:
        self.sent.append(message)
        return self.outcome


class Clock:
    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at


def compose(letter: Letter) -> Message:
    return Message(letter.id, letter.channel, letter.to, "subject", "text", letter.language)


def test_every_due_letter_goes_out_by_its_channel() -> None:
    """A tick sends all that is due, each through its own way out, and records the outcome."""
    queue = Queue(LETTER, replace(LETTER, id=2, channel="text"), replace(LETTER, id=3))
    mail, texts = Post(), Post(Sent.LATER)
    assert Sender(queue, compose, {"email": mail, "text": texts}, Clock()).tick(NOW) == 3
    assert [message.letter for message in mail.sent] == [1, 3]
    assert [message.letter for message in texts.sent] == [2]
    assert queue.settled == [(1, Sent.SENT, NOW), (2, Sent.LATER, NOW), (3, Sent.SENT, NOW)]


@pytest.mark.parametrize("late", [timedelta(minutes=10), timedelta(hours=1)])
def test_nothing_is_sent_after_expiry(late: timedelta) -> None:
    """A code whose time is over when it would go out is not sent, though it was due when claimed."""
    queue, mail = Queue(LETTER), Post()
    Sender(queue, compose, {"email": mail}, Clock(NOW + late)).tick(NOW)
    assert mail.sent == []
    assert queue.settled == [(1, Sent.REFUSED, NOW + late)]


def test_a_code_is_sent_until_its_last_second() -> None:
    """A second before its end a code still goes out."""
    queue, mail = Queue(LETTER), Post()
    Sender(queue, compose, {"email": mail}, Clock(CHALLENGE.expires_at - timedelta(seconds=1))).tick(NOW)
    assert len(mail.sent) == 1


def test_a_used_code_is_not_sent_again() -> None:
    """A repeat of a code that was accepted meanwhile stays unsent."""
    queue, mail = Queue(replace(LETTER, challenge=replace(CHALLENGE, used_at=NOW))), Post()
    Sender(queue, compose, {"email": mail}, Clock()).tick(NOW)
    assert mail.sent == []


def test_a_notice_has_no_expiry() -> None:
    """A letter without a code goes out however late."""
    queue, mail = Queue(replace(LETTER, kind="notice", challenge=None)), Post()
    Sender(queue, compose, {"email": mail}, Clock(NOW + timedelta(days=3))).tick(NOW)
    assert len(mail.sent) == 1


def test_what_has_no_way_out_or_no_text_is_refused_and_holds_up_nothing() -> None:
    """A channel nobody delivers, or a code whose key is gone, is closed; the letters after it go out."""

    def composing(letter: Letter) -> Message:
        if letter.id == 2:
            raise Fault(FaultCode.SETTINGS, "the key is gone")
        return compose(letter)

    queue, mail = (
        Queue(replace(LETTER, channel="pigeon"), replace(LETTER, id=2), replace(LETTER, id=3)),
        Post(),
    )
    Sender(queue, composing, {"email": mail}, Clock()).tick(NOW)
    assert [outcome for _, outcome, _ in queue.settled] == [Sent.REFUSED, Sent.REFUSED, Sent.SENT]


def test_what_was_sent_and_not_recorded_is_recorded_later_and_not_sent_again() -> None:
    """While SQL is away after a sending, the outcome waits; the next tick records it first."""
    queue, mail = Queue(LETTER), Post()
    sender = Sender(queue, compose, {"email": mail}, Clock())
    queue.away_for = 2
    for _ in range(2):
        with pytest.raises(Fault):
            sender.tick(NOW)
    assert queue.settled == []
    assert sender.tick(NOW) == 0
    assert queue.settled == [(1, Sent.SENT, NOW)]
    assert len(mail.sent) == 1


def test_a_claim_counts_from_when_it_is_made() -> None:
    """While a slow server makes a tick last, each further letter is claimed at the present instant."""
    clock = Clock()

    class Slow(Post):
        def send(self, message: Message) -> Sent:
            clock.at += timedelta(seconds=20)
            return super().send(message)

    queue = Queue(LETTER, replace(LETTER, id=2))
    Sender(queue, compose, {"email": Slow()}, clock).tick(NOW)
    assert queue.claimed_at == [NOW, NOW + timedelta(seconds=20), NOW + timedelta(seconds=40)]


def test_what_became_of_a_letter_can_be_watched() -> None:
    """Each outcome is told to who watches, for the log."""
    seen: list[tuple[int, Sent]] = []
    queue = Queue(LETTER)
    Sender(
        queue,
        compose,
        {"email": Post(Sent.REFUSED)},
        Clock(),
        watch=lambda letter, sent: seen.append((letter.id, sent)),
    ).tick(NOW)
    assert seen == [(1, Sent.REFUSED)]

"""The outbox: letters are claimed once, given back, retried, closed in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.adapters.sql.engine import open_engine
from app.adapters.sql.outbox import SqlOutbox
from app.ports import Sent
from app.verification.limits import DAY, Limits, Window
from app.verification.model import Channel
from tests.integration.world import UNBOUNDED, World, a_call, contact, organisation

SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def firm(world: World) -> World:
    world.limits = UNBOUNDED
    world.profile([organisation()], [contact()])
    return world


def test_letter_tells_what_the_text_needs(firm: World) -> None:
    """A code's letter names receiver, language, organisation, contact, call and challenge."""
    firm.ledger.record(a_call())
    firm.clock.moves(SECOND)
    issued = firm.issue()
    [letter] = firm.outbox.claim(firm.clock.now(), limit=10)
    assert (letter.kind, letter.channel, letter.to, letter.language) == (
        "code",
        "email",
        "ada@example.com",
        "en",
    )
    assert (letter.organisation_name, letter.contact_name) == ("Firm 12345678", "Ada Admin")
    assert letter.call_started_at == firm.clock.now() - SECOND
    assert letter.challenge == issued.challenge


def test_claimed_letter_is_taken_by_nobody_else(firm: World) -> None:
    """A claimed letter is free again only after its lease, as when its sender died."""
    firm.issue()
    assert len(firm.outbox.claim(firm.clock.now(), limit=10)) == 1
    firm.clock.moves(60 * SECOND - INSTANT)
    assert not firm.outbox.claim(firm.clock.now(), limit=10)
    firm.clock.moves(INSTANT)
    assert len(firm.outbox.claim(firm.clock.now(), limit=10)) == 1


@pytest.mark.parametrize("outcome", [Sent.SENT, Sent.REFUSED])
def test_settled_letter_is_done(firm: World, outcome: Sent) -> None:
    """What was sent or refused for good is not claimed again, nor changed by a late word."""
    firm.issue()
    [letter] = firm.outbox.claim(firm.clock.now(), limit=10)
    firm.outbox.settle(letter.id, outcome, firm.clock.now())
    firm.outbox.settle(letter.id, Sent.LATER, firm.clock.now())
    firm.clock.moves(120 * SECOND)
    assert not firm.outbox.claim(firm.clock.now(), limit=10)


def told(firm: World, call_id: str = "call") -> list[tuple[str, str]]:
    return [(note.what, note.detail) for note in firm.ledger.timeline(call_id)]


@pytest.mark.parametrize(
    ("channel", "where"),
    [(Channel.PHONE, "text to +1 *** 14"), (Channel.EMAIL, "email to a***@example.com")],
)
@pytest.mark.parametrize(("outcome", "word"), [(Sent.SENT, "code_sent"), (Sent.REFUSED, "code_refused")])
def test_fate_of_a_code_stands_in_the_timeline(
    firm: World, channel: Channel, where: str, outcome: Sent, word: str
) -> None:
    """The agent sees which way a code went and what became of it, once, and no whole address."""
    firm.issue(channel=channel)
    firm.issue(channel=channel)
    for now in (Sent.LATER, Sent.LATER, outcome):
        [letter] = firm.outbox.claim(firm.clock.now(), limit=10)
        firm.outbox.settle(letter.id, now, firm.clock.now())
        firm.clock.moves(30 * SECOND)
    firm.outbox.settle(letter.id, outcome, firm.clock.now())
    assert told(firm) == [("code_queued", where), (word, where)]


def test_code_that_came_too_late_stands_in_the_timeline(firm: World) -> None:
    """A code whose time was over before it could go out is told as such, once, whoever looks."""
    firm.issue()
    firm.clock.moves(timedelta(minutes=10))
    for _ in range(2):
        firm.outbox.claim(firm.clock.now(), limit=10)
    where = "email to a***@example.com"
    assert told(firm) == [("code_queued", where), ("code_expired", where)]


def test_code_that_nobody_may_get_stands_in_the_timeline(firm: World) -> None:
    """An unknown account, and a code asked for too often, are told with the reason: the caller hears none."""
    firm.issue("unknown", account=None)
    firm.limits = Limits(sends_per_contact=(Window(1, DAY),))
    challenge = firm.issue().challenge
    firm.clock.moves(31 * SECOND)
    firm.ledger.resend(firm.asker("call", 2), challenge.id)
    assert told(firm, "unknown") == [("code_withheld", "email: unknown account")]
    assert told(firm)[1:] == [("code_withheld", "email: sending limit")]


def test_other_letters_are_in_no_timeline(firm: World) -> None:
    """The notice of a level reached is no code: what becomes of it is told nowhere."""
    firm.guess(firm.issue().challenge, 2)
    for letter in firm.outbox.claim(firm.clock.now(), limit=10):
        firm.outbox.settle(letter.id, Sent.SENT, firm.clock.now())
    assert [what for what, _ in told(firm)] == ["code_queued", "code_expired"]


def test_passing_refusals_are_retried_with_growing_pauses(firm: World) -> None:
    """After 5 s, then 10 s, then 20 s a letter is due again, while its code lives."""
    firm.issue()
    for pause in (5, 10, 20):
        [letter] = firm.outbox.claim(firm.clock.now(), limit=10)
        firm.outbox.settle(letter.id, Sent.LATER, firm.clock.now())
        firm.clock.moves(pause * SECOND - INSTANT)
        assert not firm.outbox.claim(firm.clock.now(), limit=10)
        firm.clock.moves(INSTANT)
    assert len(firm.outbox.claim(firm.clock.now(), limit=10)) == 1


def test_nothing_is_sent_after_expiry(firm: World) -> None:
    """A code's letter that waited ten minutes is closed unsent."""
    firm.issue()
    firm.clock.moves(timedelta(minutes=10))
    assert not firm.outbox.claim(firm.clock.now(), limit=10)


def test_nothing_is_sent_for_a_code_that_is_over(firm: World) -> None:
    """Letters of a used code, of an ended call and of a replaced challenge are closed unsent."""
    firm.guess(firm.issue("used").challenge, 2)
    firm.issue("ended")
    firm.ledger.record(a_call("ended"), ended="completed")
    firm.issue("replaced")
    kept = firm.issue("replaced", 2, channel=Channel.PHONE).challenge
    letters = firm.outbox.claim(firm.clock.now(), limit=10)
    assert [letter.challenge for letter in letters if letter.kind == "code"] == [kept]


def test_notices_are_given_up_after_a_day(firm: World) -> None:
    """A notice is tried for a day, whatever became of its code."""
    firm.guess(firm.issue().challenge, 2)
    firm.clock.moves(timedelta(hours=24) - INSTANT)
    [letter] = firm.outbox.claim(firm.clock.now(), limit=10)
    assert (letter.kind, letter.challenge) == ("notice", None)
    firm.outbox.settle(letter.id, Sent.LATER, firm.clock.now())
    firm.clock.moves(timedelta(minutes=1))
    assert not firm.outbox.claim(firm.clock.now(), limit=10)


def test_oldest_first_and_no_more_than_asked(firm: World) -> None:
    """Letters are claimed in the order they were due, at most as many as asked for."""
    for number in range(3):
        firm.issue(f"call{number}")
        firm.clock.moves(SECOND)
    letters = firm.outbox.claim(firm.clock.now(), limit=2)
    assert [letter.challenge.call_id for letter in letters if letter.challenge] == ["call0", "call1"]


def test_two_senders_claim_each_letter_once(firm: World, database_url: str) -> None:
    """Two processes that claim at once never get the same letter, and leave none."""
    for number in range(20):
        firm.issue(f"call{number}")
    engines = [open_engine(database_url, patience=30) for _ in range(2)]
    now = firm.clock.now()

    def drain(number: int) -> list[int]:
        outbox = SqlOutbox(engines[number], clock=firm.clock)
        taken = []
        while letters := outbox.claim(now, limit=1):
            taken += [letter.id for letter in letters]
        return taken

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(drain, range(2))
    for engine in engines:
        engine.dispose()
    assert len(first) + len(second) == 20
    assert len({*first, *second}) == 20


def test_spoken_code_has_its_letter_while_it_lives(world: World) -> None:
    """The call that speaks a code finds its letter while the code lives and is unused, and none for mail."""
    world.limits = UNBOUNDED
    world.profile([organisation()], [contact(phone_can_text=False)])
    mailed = world.issue("mail").challenge
    spoken = world.issue("spoken", channel=Channel.PHONE).challenge
    used = world.issue("used", channel=Channel.PHONE).challenge
    world.guess(used, 2)
    assert world.outbox.letter_for(mailed.id) is None
    assert world.outbox.letter_for(used.id) is None
    assert world.outbox.letter_for("made up") is None
    letter = world.outbox.letter_for(spoken.id)
    assert letter is not None
    assert letter.challenge == spoken
    world.clock.moves(timedelta(minutes=10))
    assert world.outbox.letter_for(spoken.id) is None


def test_channels_are_claimed_apart(firm: World) -> None:
    """Whoever sends texts and calls takes no mails, so that a mail server that hangs holds up no text."""
    firm.issue()
    assert not firm.outbox.claim(firm.clock.now(), limit=10, channels=("text", "voice"))
    [letter] = firm.outbox.claim(firm.clock.now(), limit=10, channels=("email",))
    assert letter.channel == "email"

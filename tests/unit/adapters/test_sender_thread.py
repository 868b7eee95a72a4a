import threading
from datetime import UTC, datetime
from queue import Queue

from app.adapters.sender_thread import SenderThread

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
SOON = 5.0  # a bound, never waited for when all is well
NEVER = 3600.0


def test_waking_ticks_at_once() -> None:
    """A woken sender ticks without waiting for its second, with the present instant."""
    ticks: Queue[datetime] = Queue()
    sender = SenderThread(ticks.put, lambda: NOW, failed=ignore, every=NEVER, threads=1)
    sender.start()
    assert ticks.get(timeout=SOON) == NOW  # what a former process left
    sender.wake()
    assert ticks.get(timeout=SOON) == NOW
    assert sender.stop(SOON)


def test_it_ticks_by_itself() -> None:
    """Unwoken, a sender ticks again and again."""
    ticks: Queue[datetime] = Queue()
    sender = SenderThread(ticks.put, lambda: NOW, failed=ignore, every=0.001, threads=1)
    sender.start()
    for _ in range(3):
        ticks.get(timeout=SOON)
    assert sender.stop(SOON)


def test_waking_starts_it_and_never_waits() -> None:
    """The first wake starts the threads; a tick that hangs holds up neither its caller nor others."""
    go_on = threading.Event()
    ticks: Queue[str] = Queue()

    def hang(_now: datetime) -> None:
        ticks.put(threading.current_thread().name)
        go_on.wait(SOON)

    sender = SenderThread(hang, lambda: NOW, failed=ignore, every=NEVER, threads=3)
    sender.wake()
    for _ in range(3):
        ticks.get(timeout=SOON)
    sender.wake()
    assert not sender.stop(0.01)
    go_on.set()
    assert sender.stop(SOON)


def test_a_tick_that_fails_is_told_and_followed_by_the_next() -> None:
    """Whatever a tick raises, the thread lives on."""
    failures: Queue[Exception] = Queue()

    def fail(_now: datetime) -> None:
        raise RuntimeError("no")

    sender = SenderThread(fail, lambda: NOW, failed=failures.put, every=0.001, threads=1)
    sender.start()
    for _ in range(2):
        assert str(failures.get(timeout=SOON)) == "no"
    assert sender.stop(SOON)


def test_stopping_lets_a_tick_end_and_begins_no_other() -> None:
    """A stop waits for what is under way; waking after it does nothing."""
    entered, go_on = threading.Event(), threading.Event()
    ticks: list[datetime] = []

    def tick(now: datetime) -> None:
        entered.set()
        go_on.wait(SOON)
        ticks.append(now)

    sender = SenderThread(tick, lambda: NOW, failed=ignore, every=NEVER, threads=1)
    sender.start()
    assert entered.wait(SOON)
    threading.Timer(0.02, go_on.set).start()
    assert sender.stop(SOON)
    sender.wake()
    assert ticks == [NOW]


def ignore(error: Exception) -> None:
    """No tick of these tests fails."""

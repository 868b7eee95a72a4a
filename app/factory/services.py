"""Adapters and use cases put together, once a process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import structlog

from app.adapters.clock import SystemClock
from app.adapters.receipts import ReceiptSigner
from app.adapters.sender_thread import SenderThread
from app.factory.delivery import deliveries
from app.factory.stores import Redis, Sql, open_redis, open_sql, with_secrets
from app.ports import CallStore, Clock, Delivery, Letter, Message, Sent
from app.services import links
from app.services.beginnings import Beginnings
from app.services.calls import Calls
from app.services.codes import Codes
from app.services.flow import Flow
from app.services.identity import Identity
from app.services.place import Place
from app.services.queues import Queues
from app.services.sending import Sender
from app.services.tables import Tables
from app.services.whisper import Whisper
from app.services.world import World
from app.settings import Settings
from app.telephony.answer import Renderer
from app.telephony.letters import compose
from app.telephony.words import Words
from app.verification.code import derive
from app.verification.receipt_keys import ReceiptKeys

_log = structlog.get_logger(__name__)

#: Served by threads of their own: while the mail server hangs, texts and calls go out all the same.
_APART = (("email",), ("text", "voice"))


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a process serves calls with."""

    settings: Settings
    clock: Clock
    sql: Sql
    redis: Redis
    words: Words
    tables: Tables
    calls: Calls
    whisper: Whisper
    sender: Sender
    sender_threads: tuple[SenderThread, ...]
    signer: ReceiptSigner
    secret: bytes = field(repr=False)

    def code_for(self, challenge: str) -> tuple[str, str] | None:
        """The code of a challenge that still lives, and its contact's language, for the code call."""
        letter = self.sql.outbox.letter_for(challenge)
        if letter is None or letter.challenge is None:
            return None
        return derive(self.sql.keys, letter.challenge), letter.language

    def start(self) -> None:
        """Start what runs beside the requests: sending, and looking for a newer table."""
        for thread in self.sender_threads:
            thread.start()
        self.tables.watch()

    def close(self) -> None:
        """Let what is being sent end, then give everything back."""
        self.tables.stop_watching()
        for thread in self.sender_threads:
            thread.stop(5.0 / len(self.sender_threads))
        self.redis.close()
        self.sql.engine.dispose()


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    store: CallStore | None = None,
    deliver: Mapping[str, Delivery] | None = None,
    wake: Callable[[], None] | None = None,
) -> Services:
    """Put a process together.

    Args:
        settings: as read from the environment.
        clock: another clock than the system's, for a phone that moves it.
        store: another store of running calls.
        deliver: other ways out than the settings name, by channel.
        wake: told that a letter was committed; by default the sending threads of this process.

    Raises:
        Fault: SETTINGS, when a key cannot be read.
    """
    settings = with_secrets(settings)
    clock = clock or SystemClock()
    sql, redis, words = open_sql(settings, clock), open_redis(settings), Words.load()
    tables = Tables(sql.tables)
    sender = _sender(settings, sql, words, clock, deliver)
    threads = tuple(_thread(sender, clock, channels) for channels in _APART)
    codes = Codes(sql.ledger, sql.keys, wake or partial(_wake, threads))
    flow = Flow(World.of(Place(), Identity(sql.ledger), codes, Queues()), frozenset(words.languages))
    store, secret = store or redis.calls, settings.secret_key.encode()
    begin, render = Beginnings(sql.ledger, tables, clock), Renderer(words, secret)
    calls = Calls(store, sql.ledger, tables, flow, begin, clock, render)
    whisper = Whisper(store, sql.ledger, tables, clock)
    signer = ReceiptSigner(ReceiptKeys.parse(settings.receipt_keys), settings.public_url)
    return Services(
        settings, clock, sql, redis, words, tables, calls, whisper, sender, threads, signer, secret
    )


def _sender(
    settings: Settings, sql: Sql, words: Words, clock: Clock, deliver: Mapping[str, Delivery] | None
) -> Sender:
    secret = settings.secret_key.encode()

    def write(letter: Letter) -> Message:
        challenge = letter.challenge
        if challenge is None:
            return compose(words, letter, None, "")
        url = f"{settings.public_url}/voice/code?{links.code_query(secret, challenge.id)}"
        return compose(words, letter, derive(sql.keys, challenge), url)

    return Sender(sql.outbox, write, deliver or deliveries(settings, clock.now), clock, watch=_watch)


def _thread(sender: Sender, clock: Clock, channels: tuple[str, ...]) -> SenderThread:
    return SenderThread(partial(sender.tick, channels=channels), clock.now, failed=_failed, threads=2)


def _wake(threads: tuple[SenderThread, ...]) -> None:
    for thread in threads:
        thread.wake()


def _watch(letter: Letter, sent: Sent) -> None:
    """Ops see what did not go out; what did is in the calls' timelines."""
    if sent is not Sent.SENT:
        _log.warning(
            "not_sent", letter=letter.id, kind=letter.kind, channel=letter.channel, outcome=sent.value
        )


def _failed(error: Exception) -> None:
    _log.error("sending_failed", error=type(error).__name__)

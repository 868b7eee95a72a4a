"""Adapters and use cases put together, once a process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import structlog

from app.adapters.clock import SystemClock
from app.adapters.receipts import ReceiptSigner
from app.adapters.sender_thread import SenderThread
from app.factory.delivery import deliveries
from app.factory.handover import HandoverWork, build_handover
from app.factory.simulated import Simulated, simulated_by
from app.factory.stores import Redis, Sql, open_redis, open_sql, with_secrets
from app.ports import CallStore, Clock, Delivery, Letter, Message, Sent
from app.ports.carrier import Carrier
from app.services import links
from app.services.agent_codes import AgentCodes
from app.services.beginnings import Beginnings
from app.services.calling_back import CallingBack
from app.services.calls import Calls
from app.services.codes import Codes
from app.services.flow import Flow
from app.services.handing import Handing
from app.services.identity import Identity
from app.services.place import Place
from app.services.queues import Queues
from app.services.sending import Sender
from app.services.tables import Tables
from app.services.waiting import Waiting
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
    wall: Clock  # the same, but for a phone of development's that set the other one: sessions go by it
    simulated: Simulated | None  # None: the carrier and the time are real
    sql: Sql
    redis: Redis
    words: Words
    tables: Tables
    calls: Calls
    whisper: Whisper
    waiting: Waiting
    handing: Handing
    calling_back: CallingBack
    agent_codes: AgentCodes
    handover: HandoverWork
    carrier_thread: SenderThread
    wake_carrier: Callable[[], None]
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
        for thread in (*self.sender_threads, self.carrier_thread):
            thread.start()
        self.tables.watch()

    def close(self) -> None:
        """Let what is being sent end, then give everything back."""
        self.tables.stop_watching()
        for thread in self.sender_threads:
            thread.stop(5.0 / len(self.sender_threads))
        self.carrier_thread.stop(3.0)
        self.redis.close()
        self.sql.engine.dispose()


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    store: CallStore | None = None,
    deliver: Mapping[str, Delivery] | None = None,
    wake: Callable[[], None] | None = None,
    carrier: Carrier | None = None,
) -> Services:
    """Put a process together.

    Args:
        settings: as read from the environment.
        clock: another clock than the system's, for a phone that moves it.
        store: another store of running calls.
        deliver: other ways out than the settings name, by channel.
        wake: told that a letter, or a request to the carrier, was committed; by default the sending threads
            of this process.
        carrier: another carrier than the settings name, or development simulates.

    Raises:
        Fault: SETTINGS, when a key cannot be read.
    """
    settings = with_secrets(settings)
    wall = clock or SystemClock()
    simulated = None if carrier else simulated_by(settings, wall)
    clock, carrier = (simulated.clock, simulated.carrier) if simulated else (wall, carrier)
    sql, redis, words = open_sql(settings, clock), open_redis(settings), Words.load()
    tables = Tables(sql.tables)
    sender = _sender(settings, sql, words, clock, deliver)
    threads = tuple(_thread(sender, clock, channels) for channels in _APART)
    bells: list[SenderThread] = []
    wake_sender, wake_carrier = wake or partial(_wake, threads), wake or partial(_wake, bells)
    signer = ReceiptSigner(ReceiptKeys.parse(settings.receipt_keys), settings.public_url)
    work = build_handover(sql, settings, clock, carrier, signer, wake_carrier)
    bells.append(SenderThread(work.asking.turn, clock.now, failed=_failed, threads=2))
    flow = _flow(sql, words, work, wake_sender)
    store, secret = store or redis.calls, settings.secret_key.encode()
    begin, render = Beginnings(sql.ledger, tables, clock), Renderer(words, secret)
    whisper = Whisper(store, sql.ledger, tables, clock)
    stores = work.stores
    return Services(
        settings=settings,
        clock=clock,
        wall=wall,
        simulated=simulated,
        sql=sql,
        redis=redis,
        words=words,
        tables=tables,
        calls=Calls(store, sql.ledger, tables, flow, begin, clock, render, work.line, work.proofs),
        whisper=whisper,
        waiting=Waiting(stores.waiting, work.staffing, tables, clock, work.carrier_state.away),
        handing=Handing(stores.handovers, whisper, clock, secret, wake_carrier),
        calling_back=CallingBack(stores.handovers, sql.ledger, store, begin, clock, work.proofs, secret),
        agent_codes=AgentCodes(stores.handovers, sql.ledger, sql.keys, clock, wake_sender, wake_carrier),
        handover=work,
        carrier_thread=bells[0],
        wake_carrier=wake_carrier,
        sender=sender,
        sender_threads=threads,
        signer=signer,
        secret=secret,
    )


def _flow(sql: Sql, words: Words, work: HandoverWork, wake_sender: Callable[[], None]) -> Flow:
    codes, queues = Codes(sql.ledger, sql.keys, wake_sender), Queues(work.carrier_state.away)
    world = World.of(Place(), Identity(sql.ledger), codes, queues, work.lobby)
    return Flow(world, frozenset(words.languages))


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


def _wake(threads: Sequence[SenderThread]) -> None:
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

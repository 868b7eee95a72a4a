"""What the account at the carrier should be for the live table, and every difference in a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.ports.carrier_account import CarrierAccount, CarrierQueue, OwnedNumber, Webhook, Webhooks
from app.services.carrier_actions import AddQueue, PointNumber, ResizeQueue
from routing.check_queues import reached_queues
from routing.compiled import RoutingTable
from routing.table import Line
from routing.words import counted

#: Callers a queue holds at least. One that is full sends callers on; the carrier allows 5,000
#: (https://www.twilio.com/docs/voice/api/queue-resource).
QUEUE_HOLDS = 1000
_QUEUE = "queue:"
_VOICE = "/voice/"
#: What the carrier's console calls the three webhooks.
_LABELS = ("a call comes in", "primary handler fails", "call status changes")


class FindingCode(StrEnum):
    """What differs."""

    WEBHOOKS = "webhooks"
    TAKEN = "taken"  # an application or a trunk takes the number's calls
    NO_LINE = "no_line"  # points here, and the table does not know it
    LINE_NOT_OWNED = "line_not_owned"
    ADDRESS_NOT_OWNED = "address_not_owned"  # of a line's reached_as
    NO_QUEUE = "no_queue"
    SMALL_QUEUE = "small_queue"
    SENDER_NOT_OWNED = "sender_not_owned"
    SENDER_NOT_ABLE = "sender_not_able"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference. ``action`` takes it away; without one, somebody has to."""

    code: FindingCode
    sentence: str
    action: PointNumber | AddQueue | ResizeQueue | None = None

    @property
    def is_warning(self) -> bool:
        """Whether it may well be meant so: a line of another carrier that is forwarded here."""
        return self.code is FindingCode.LINE_NOT_OWNED


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the account is held against."""

    table: RoutingTable
    public_url: str  # without a trailing slash
    sender: str = ""  # SMS_FROM, where it is set

    @property
    def webhooks(self) -> Webhooks:
        """What every line's number should ask."""
        incoming, fallback, status = (
            Webhook(f"{self.public_url}{_VOICE}{name}", "POST") for name in ("incoming", "fallback", "status")
        )
        return Webhooks(incoming, fallback, status)

    @property
    def queues(self) -> tuple[str, ...]:
        """The carrier's queues that calls may wait in, by name."""
        rows = map(self.table.queue, reached_queues(self.table.document))
        targets = {row.target or f"{_QUEUE}{row.name}" for row in rows}
        return tuple(sorted(one.removeprefix(_QUEUE) for one in targets if one.startswith(_QUEUE)))


def compare(wanted: Wanted, account: CarrierAccount) -> tuple[Finding, ...]:
    """Every difference between what the table needs and what the account has.

    Raises:
        Fault: CARRIER_AWAY or CARRIER_REFUSED, when the account cannot be looked at.
    """
    numbers, queues = account.numbers(), account.queues()
    return (*_numbers(wanted, numbers), *_lines(wanted, numbers), *_queues(wanted, queues))


def _numbers(wanted: Wanted, numbers: Sequence[OwnedNumber]) -> Iterator[Finding]:
    for number in numbers:
        if wanted.table.line(number.number) is not None:
            yield from _webhooks(number, wanted.webhooks)
        elif not number.taken_by and number.webhooks.incoming.url.startswith(f"{wanted.public_url}{_VOICE}"):
            yield Finding(
                FindingCode.NO_LINE,
                f"{number.number} points to this service but is no line of the table: its callers go to the "
                "queue fallback. Make it a line or an address in a line's reached_as, or point it elsewhere.",
            )
    if wanted.sender:
        yield from _sender(wanted.sender, numbers)


def _sender(sender: str, numbers: Sequence[OwnedNumber]) -> Iterator[Finding]:
    """Whether texts go out, and agents and callers can be rung: all of it comes from one number."""
    own = next((number for number in numbers if number.number == sender), None)
    if own is None:
        yield Finding(
            FindingCode.SENDER_NOT_OWNED,
            f"SMS_FROM, {sender}, is no number of this account: texts, code calls, and calls to agents "
            "and callers will be refused.",
        )
    elif not (own.texts and own.calls):
        lacks = "send texts" if own.calls else "place calls" if own.texts else "send texts or place calls"
        sentence = f"SMS_FROM, {sender}, cannot {lacks}: choose a number of the account that can do both."
        yield Finding(FindingCode.SENDER_NOT_ABLE, sentence)


def _webhooks(number: OwnedNumber, wanted: Webhooks) -> Iterator[Finding]:
    if number.taken_by:
        yield Finding(
            FindingCode.TAKEN,
            f"{number.number}: {number.taken_by} takes its calls, whatever its webhooks say. Take the number "
            "away from it in Twilio's console.",
        )
        return
    has = number.webhooks
    pairs = zip(
        _LABELS,
        (has.incoming, has.fallback, has.status),
        (wanted.incoming, wanted.fallback, wanted.status),
        strict=True,
    )
    wrong = [
        f'"{label}" {_said(is_)} instead of {_said(should)}' for label, is_, should in pairs if is_ != should
    ]
    if wrong:
        action = PointNumber(number.sid, number.number, wanted, "; ".join(wrong))
        yield Finding(FindingCode.WEBHOOKS, f"{number.number}: {action.instead}.", action)


def _said(webhook: Webhook) -> str:
    return f"{webhook.method} {webhook.url}" if webhook.url else "asks nothing"


def _lines(wanted: Wanted, numbers: Sequence[OwnedNumber]) -> Iterator[Finding]:
    owned = {number.number for number in numbers}
    told: set[str] = set()
    for line in wanted.table.document.lines:
        for address in line.reached_as:
            if address.startswith("+") and address not in owned | told:
                told.add(address)
                yield Finding(
                    FindingCode.ADDRESS_NOT_OWNED,
                    f"{address}, in the reached_as of {line.name}, is no number of this account: no call "
                    "comes by it.",
                )
        if line.number and line.number not in told and not _comes(line, owned):
            told.add(line.number)
            yield Finding(
                FindingCode.LINE_NOT_OWNED,
                f"{line.number} is a line but no number of this account: its calls come only if it is "
                "forwarded to one of the account's.",
            )


def _comes(line: Line, owned: set[str]) -> bool:
    """Whether a line's calls are known to come: by its own number, by another, or over SIP."""
    return line.number in owned or any(not one.startswith("+") or one in owned for one in line.reached_as)


def _queues(wanted: Wanted, queues: Sequence[CarrierQueue]) -> Iterator[Finding]:
    found = {queue.name: queue for queue in queues}
    for name in wanted.queues:
        queue = found.get(name)
        if queue is None:
            sentence = (
                f"The queue {name} is not there: the first caller would make it, with Twilio's own size."
            )
            yield Finding(FindingCode.NO_QUEUE, sentence, AddQueue(name, QUEUE_HOLDS))
        elif queue.max_size < QUEUE_HOLDS:
            yield Finding(
                FindingCode.SMALL_QUEUE,
                f"The queue {name} holds {counted(queue.max_size, 'caller')}; it should hold {QUEUE_HOLDS}.",
                ResizeQueue(queue.sid, name, QUEUE_HOLDS),
            )

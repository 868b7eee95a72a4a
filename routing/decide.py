"""The one decision of the product: which desk takes this call, at this instant, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from routing import keys
from routing.compiled import DEPARTMENTS, RoutingTable
from routing.desks import Board, Desk
from routing.lines import Many, One, Several, meaning
from routing.moment import Moment, moment, on_clock
from routing.rerouting import followed
from routing.table import Line, Overlay, Territory


class Kind(StrEnum):
    """What is to be done with the call."""

    TRANSFER = "transfer"  # the desk asked for is open: to its queue
    CLOSED = "closed"  # it is not; ``languages``, ``other_department`` and ``next_opening`` say what is left
    ASK = "ask"  # something only the caller can tell: ``question`` says what
    FALLBACK = "fallback"  # the line is unknown: to the fallback queue


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a call. ``territory`` decides when given, also with a variant: ``JP:enterprise``."""

    dnis: str = ""  # E.164 as dialled, or any address a line is reached as
    ani: str | None = None  # E.164; None: withheld
    territory: str = ""
    department: str = ""
    language: str = ""
    cloud: str = ""
    variant: str = ""
    severity: str = ""


class Decision(NamedTuple):
    """The outcome for one set of facts at one instant, with the rows that decided.

    A named tuple, as it is built for each decision: a frozen dataclass takes three times as long to build.
    """

    kind: Kind
    question: str = ""  # territory | department, when kind is ask
    territory: str = ""  # the territory's key, once known
    guessed: bool = False  # taken from the caller's number on a shared line: the caller may correct it
    options: tuple[str, ...] = ()  # territories the caller may mean
    department: str = ""
    language: str = ""  # the desk's language, when one is meant
    queue: str = ""  # the desk's; of an open one, where its calls are sent for now
    open: bool = False
    next_opening: datetime | None = None  # with the desk's offset; None: open, or never
    languages: tuple[str, ...] = ()  # of this department, open at the instant
    other_department: str = ""  # the other department's name, when it is open at the instant
    because: tuple[str, ...] = ()
    version: int = 0


class _Place(NamedTuple):
    """A territory told, and how."""

    territory: Territory
    guessed: bool
    variant: str
    because: tuple[str, ...]


class _Case(NamedTuple):
    """A call whose territory is told: its desks at its instant."""

    table: RoutingTable
    facts: Facts
    board: Board
    now: Moment
    guessed: bool
    because: tuple[str, ...]
    overlay: Overlay
    at: datetime


def decide(table: RoutingTable, overlay: Overlay, facts: Facts, at: datetime) -> Decision:
    """Which desk takes a call with these facts at ``at``, an aware instant in any zone.

    ``facts.territory`` decides when given, else the line dialled and the caller's number. Variant and cloud
    are the line's where the facts leave them open. Without a language the first desk that answers takes the
    call. A desk that cannot be told, or that does not exist, is closed, and ``because`` says so; odd facts
    raise nothing. A queue whose calls are sent elsewhere for now gives way to the one they are sent to.
    """
    line = table.line(facts.dnis, facts.cloud) if facts.dnis else None
    place = _given(table, facts) if facts.territory else _dialled(table, facts, line)
    if isinstance(place, Decision):
        return place
    territory, guessed, variant, because = place
    variant, cloud = variant or facts.variant, facts.cloud
    if line is not None and territory.key in line.territories:
        variant, cloud = variant or line.variant, cloud or line.cloud
    board = table.board(territory, variant, cloud, facts.severity)
    if not board.knows_variant:
        because = (*because, f"unknown/variant/{territory.key}:{_shown(variant)}")
    if facts.department:
        now = moment(at, overlay, territory.key)
        return _judged(_Case(table, facts, board, now, guessed, because, overlay, at))
    return Decision(
        Kind.ASK,
        question="department",
        territory=territory.key,
        guessed=guessed,
        language=facts.language,
        because=because,
        version=table.version,
    )


def _given(table: RoutingTable, facts: Facts) -> _Place | Decision:
    """The territory the facts name: ``IT``, ``JP:enterprise``."""
    key, _, variant = facts.territory.partition(":")
    territory = table.territory(key) or table.territory(key.upper())
    if territory is None:
        unknown = f"unknown/territory/{_shown(key)}"
        return Decision(Kind.ASK, question="territory", because=(unknown,), version=table.version)
    return _Place(territory, guessed=False, variant=variant, because=(f"territory/{territory.key}",))


def _dialled(table: RoutingTable, facts: Facts, line: Line | None) -> _Place | Decision:
    """The territory the line means for this caller."""
    if line is None:
        return Decision(Kind.FALLBACK, because=(f"unknown/line/{_shown(facts.dnis)}",), version=table.version)
    named = keys.line(line)
    match meaning(table, line, facts.ani):
        case One(key, guessed):
            territory = table.territory(key)
            if territory is None:
                because = (named, f"unknown/territory/{key}")
                return Decision(Kind.FALLBACK, because=because, version=table.version)
            told = (named, f"region/{territory.country_code or key}") if guessed else (named,)
            return _Place(territory, guessed, "", (*told, f"territory/{key}"))
        case Several(options) | Many(options):
            return Decision(
                Kind.ASK, question="territory", options=options, because=(named,), version=table.version
            )


def _judged(case: _Case) -> Decision:
    """The department's desks at this instant: to which the call goes, or what is left."""
    table, facts, board, now, guessed, because, overlay, at = case
    answering = [desk for desk in board.of(facts.department) if now.is_open(desk)]
    languages = tuple([desk.language for desk in answering])
    if facts.language:
        asked = board.desk(facts.department, facts.language)
        taking = asked if asked in answering else None
    else:
        taking = answering[0] if answering else None
    if taking is None:
        return _closed(case, languages)
    steps = followed(overlay, taking.queue, at) if overlay.reroutes else ()
    return Decision(
        Kind.TRANSFER,
        territory=board.territory,
        guessed=guessed,
        department=facts.department,
        language=taking.language,
        queue=steps[-1].to if steps else taking.queue,
        open=True,
        languages=languages,
        because=because + now.because(taking) + tuple([keys.reroute(step) for step in steps]),
        version=table.version,
    )


def _closed(case: _Case, languages: tuple[str, ...]) -> Decision:
    """The desk asked for is closed, or all of the department's where no language was asked for."""
    table, facts, board, now, guessed, because, *_ = case
    asked = board.desk(facts.department, facts.language) if facts.language else None
    own = (asked,) if asked else ()
    meant: tuple[Desk, ...] = own if facts.language else board.of(facts.department)
    return Decision(
        Kind.CLOSED,
        territory=board.territory,
        guessed=guessed,
        department=facts.department,
        language=asked.language if asked else facts.language,
        queue=meant[0].queue if meant else "",
        next_opening=_next(meant, now),
        languages=languages,
        other_department=_other(board, facts.department, now),
        because=because + (_why_closed(meant, now) if meant else _missing(case)),
        version=table.version,
    )


def _next(desks: tuple[Desk, ...], now: Moment) -> datetime | None:
    """The earliest opening of these desks, on that desk's clock; the first listed where several open then."""
    earliest: tuple[int, Desk] | None = None
    for desk in desks:
        opening = now.opening(desk)
        if opening is not None and (earliest is None or opening < earliest[0]):
            earliest = opening, desk
    return None if earliest is None else on_clock(*earliest)


def _other(board: Board, department: str, now: Moment) -> str:
    """Another department of which a desk is open now, in whatever language."""
    for other in DEPARTMENTS:
        if other != department and any(now.is_open(desk) for desk in board.of(other)):
            return other
    return ""


def _why_closed(meant: tuple[Desk, ...], now: Moment) -> tuple[str, ...]:
    if len(meant) == 1:
        return now.because(meant[0])
    return tuple(dict.fromkeys(reason for desk in meant for reason in now.because(desk)))


def _missing(case: _Case) -> tuple[str, ...]:
    """The reasons where the table has no such desk."""
    facts, board = case.facts, case.board
    place = keys.place(board.territory, board.variant, _shown(board.cloud))
    gone = f"missing/coverage/{place}/{_shown(facts.department)}"
    missing = f"{gone}/{_shown(facts.language)}" if facts.language else gone
    territory = case.table.territory(board.territory)
    return (missing, f"online_only/{board.territory}") if territory and territory.online_only else (missing,)


def _shown(text: str) -> str:
    """Untrusted text in a reason: short and printable."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:40])

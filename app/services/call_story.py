"""A call as people read it: its facts, and what happened in it, each with the reasons that were kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.callflow.happened import Kind, in_words, kind_of
from app.callflow.model import Note
from app.faults import Fault
from app.ports.records import Recorded
from app.ports.stories import SoughtCalls, Stories
from routing.compiled import RoutingTable
from routing.decide import Facts
from routing.explain import reasons

_BETWEEN = "; "  # the rows in the detail of a decision


@dataclass(frozen=True, slots=True)
class Reason:
    """A row that decided: its natural key, and what it says; "" where its version is not at hand."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    at: datetime  # UTC
    kind: Kind
    what: str  # as kept: see app.callflow.happened
    text: str  # the same for people
    detail: str
    reasons: tuple[Reason, ...] = ()  # of a decision


@dataclass(frozen=True, slots=True)
class CallStory:
    """A call and all that is told of it, oldest first. Holds no digit of a code."""

    call: Recorded
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CallStories:
    """Finds and tells calls. ``version`` gives a published table; it may raise Fault."""

    store: Stories
    version: Callable[[int], RoutingTable]

    def found(self, sought: SoughtCalls, *, limit: int, offset: int = 0) -> Sequence[Recorded]:
        """The calls sought, newest first; Fault LEDGER_AWAY."""
        return self.store.find(sought, limit=limit, offset=offset)

    def count(self, sought: SoughtCalls) -> int:
        """How many ``found`` gives in all; Fault LEDGER_AWAY."""
        return self.store.count(sought)

    def story(self, beginning: str) -> CallStory | None:
        """The one call whose id is this or begins so; None: there is none.

        Raises:
            Fault: BAD_INPUT when several calls do; LEDGER_AWAY.
        """
        read = self.store.read(beginning)
        if read is None:
            return None
        call, notes = read
        table = self._table(call)
        return CallStory(call, tuple(_entry(note, call, table) for note in notes))

    def _table(self, call: Recorded) -> RoutingTable | None:
        """The version the call was decided by; none where it is not known, or cannot be read any more."""
        try:
            return self.version(call.table_version) if call.table_version else None
        except Fault:
            return None


def _entry(note: Note, call: Recorded, table: RoutingTable | None) -> Entry:
    kind = kind_of(note.what)
    why = _reasons(note.detail, call, table) if kind is Kind.DECISION else ()
    detail = "" if why else note.detail
    return Entry(datetime.fromisoformat(note.at), kind, note.what, in_words(note.what), detail, why)


def _reasons(detail: str, call: Recorded, table: RoutingTable | None) -> tuple[Reason, ...]:
    keys = [key for key in detail.split(_BETWEEN) if key]
    if table is None:
        return tuple(Reason(key, "") for key in keys)
    facts = Facts(dnis=call.dnis, ani=call.ani, territory=call.territory)
    return tuple(Reason(key, text) for key, text in zip(keys, reasons(table, facts, keys), strict=True))


def facts_as_json(call: Recorded) -> dict[str, Any]:
    """A call's facts with JSON's own types; instants are RFC 3339."""
    return {
        "id": call.call_id,
        "started_at": _instant(call.started_at),
        "ended_at": _instant(call.ended_at),
        "ani": call.ani,
        "dnis": call.dnis,
        "territory": call.territory,
        "department": call.department,
        "language": call.desk_language,
        "asked_department": call.asked_department,
        "asked_language": call.asked_language,
        "queue": call.queue,
        "queued_at": _instant(call.queued_at),
        "connected_at": _instant(call.connected_at),
        "wait_seconds": call.wait_seconds,
        "level": call.level,
        "method": call.method,
        "organisation": call.organisation_id,
        "organisation_name": call.organisation_name,
        "table_version": call.table_version,
        "state": call.state,
        "outcome": call.outcome.value,
        "ended": call.ended,
        "parent": call.parent_id,
    }


def as_json(story: CallStory) -> dict[str, Any]:
    """A call's facts and its timeline with JSON's own types."""
    return {**facts_as_json(story.call), "timeline": [_entry_as_json(entry) for entry in story.entries]}


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    return {
        "at": _instant(entry.at),
        "kind": entry.kind.value,
        "what": entry.what,
        "text": entry.text,
        "detail": entry.detail,
        "reasons": [{"key": reason.key, "sentence": reason.sentence} for reason in entry.reasons],
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")

"""What is kept about one contact, on SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.access.model import Actor
from app.adapters.sql import erasing, erasing_handovers
from app.adapters.sql.acts import write_act
from app.adapters.sql.batches import batches
from app.adapters.sql.call_rows import CallEntry, TimelineEntry
from app.adapters.sql.desk_rows import ConfirmationEntry, LiftRequest
from app.adapters.sql.directory_rows import ContactEntry, OrganisationEntry, OrganisationNumber
from app.adapters.sql.handover_rows import NoteEntry, VoicemailEntry, WaitEntry
from app.adapters.sql.outbox_rows import LetterEntry
from app.adapters.sql.row import Row
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.verification_rows import Attempt, AuditEntry, ChallengeEntry, LevelEntry, LookUp
from app.faults import Fault, FaultCode
from app.ports.persons import Person
from app.verification.limits import Limits

#: By the name it has in an export: a table, and which of its columns say something of the person.
_BY_CONTACT: Mapping[str, tuple[type[Row], InstrumentedAttribute[Any], tuple[str, ...]]] = {
    "confirmations": (
        ConfirmationEntry,
        ConfirmationEntry.contact_id,
        ("channel", "asked_at", "guesses", "confirmed_at"),
    ),
    "letters": (
        LetterEntry,
        LetterEntry.contact_id,
        (
            "kind",
            "channel",
            "recipient",
            "language",
            "contact_name",
            "ani",
            "created_at",
            "state",
            "settled_at",
        ),
    ),
    "codes": (
        ChallengeEntry,
        ChallengeEntry.contact_id,
        ("call_id", "channel", "purpose", "created_at", "expires_at", "sends", "used_at"),
    ),
    "guesses": (Attempt, Attempt.contact_id, ("call_id", "at", "ani", "outcome")),
    "levels": (
        LevelEntry,
        LevelEntry.contact_id,
        ("call_id", "level", "method", "contact_name", "role", "reached_at"),
    ),
    "look_ups": (LookUp, LookUp.contact_id, ("call_id", "at")),
    "wishes_to_lift_limits": (LiftRequest, LiftRequest.contact_id, ("kind", "reason", "asked_at", "state")),
    "audit": (AuditEntry, AuditEntry.contact_id, ("at", "what", "detail", "before", "after")),
}
_PROFILE = (
    *("id", "name", "role", "email", "phone", "phone_can_text", "language", "confirmed", "email_confirmed"),
    *("phone_confirmed", "changed_at", "failures", "switched_off_at", "removed_at", "source"),
    "source_confirmed_at",
)
_CALL = (
    *("id", "started_at", "ani", "dnis", "territory", "department", "desk_language", "queue", "level"),
    *("method", "ended_at", "ended"),
)
_CALL_BACK = ("call_id", "number", "queue", "entered_at", "due_at", "tries", "state", "ended_at")


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a contact is found beside the rows that name them: their own numbers, and their calls."""

    entry: ContactEntry
    numbers: tuple[str, ...]
    calls: tuple[str, ...]


class SqlPersons:
    """``app.ports.persons.Persons`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._transactions = Transactions(engine)

    def people(self, organisation: int) -> Sequence[Person]:
        """Everybody who is or was on an organisation's profile."""
        of_it = select(ContactEntry).where(ContactEntry.organisation_id == organisation)
        with self._transactions.reading() as session:
            found = session.scalars(
                of_it.order_by(ContactEntry.removed_at.is_not(None), ContactEntry.position)
            )
            return [Person(one.id, one.name, one.removed_at, one.erased_at) for one in found]

    def kept(self, organisation: int, contact: int) -> Mapping[str, Any]:
        """Everything that is kept about a contact, as JSON has it."""
        with self._transactions.reading() as session:
            return _kept(session, traces(session, organisation, contact))

    def export(self, organisation: int, contact: int, actor: Actor, now: datetime) -> Mapping[str, Any]:
        """The same, and that it was handed out is in the audit."""
        with self._transactions.writing() as session:
            found = _kept(session, traces(session, organisation, contact))
            write_act(session, actor, now, "person_exported", organisation=organisation, contact=contact)
        return {"exported_at": _json(now), **found}

    def erase(self, organisation: int, contact: int, reason: str, actor: Actor, now: datetime) -> None:
        """Take name, addresses and numbers out of everything that may be changed; the ids stay."""
        with self._transactions.writing() as session:
            erasing.hold(session, organisation)
            found = traces(session, organisation, contact)
            since = now - self._limits.call_lasts
            erasing.refuse_open_calls(session, organisation, found.numbers, since)
            erasing_handovers.refuse_call_backs_under_way(session, found.numbers)
            erasing.erase(session, found.entry, found.numbers, found.calls, now)
            erasing_handovers.erase_handovers(session, found.numbers, found.calls, now)
            what = "person_erased"
            write_act(session, actor, now, what, reason, organisation=organisation, contact=contact)


def traces(session: Session, organisation: int, contact: int) -> Traces:
    """A contact and what belongs to nobody else; Fault NOT_FOUND."""
    entry = session.get(ContactEntry, contact)
    if entry is None or entry.organisation_id != organisation or entry.erased_at is not None:
        raise Fault(FaultCode.NOT_FOUND, "This organisation has no such contact.")
    numbers = _own_numbers(session, entry)
    proved = select(LevelEntry.call_id).where(LevelEntry.contact_id == contact)
    mine = or_(CallEntry.id.in_(proved), CallEntry.ani.in_(numbers))
    calls = session.scalars(select(CallEntry.id).where(mine).order_by(CallEntry.started_at))
    return Traces(entry, tuple(numbers), tuple(calls))


def _own_numbers(session: Session, entry: ContactEntry) -> list[str]:
    """The contact's number and those before it that letters went to, unless somebody else has them, too."""
    told = select(LetterEntry.recipient).where(
        LetterEntry.contact_id == entry.id, LetterEntry.recipient.startswith("+")
    )
    had = {entry.phone, *session.scalars(told.distinct())} - {""}
    others = select(ContactEntry.phone).where(ContactEntry.phone.in_(had), ContactEntry.id != entry.id)
    firms = select(OrganisationNumber.number).where(OrganisationNumber.number.in_(had))
    return sorted(had - set(session.scalars(others)) - set(session.scalars(firms)))


def _kept(session: Session, found: Traces) -> dict[str, Any]:
    owner = session.get(OrganisationEntry, found.entry.organisation_id)
    kept: dict[str, Any] = {
        "organisation": {"account_number": owner.account_number, "name": owner.name} if owner else {},
        "contact": _chosen(found.entry, _PROFILE),
    }
    for name, (table, contact, columns) in _BY_CONTACT.items():
        rows = session.scalars(select(table).where(contact == found.entry.id))
        kept[name] = [_chosen(row, columns) for row in rows]
    asked = select(WaitEntry).where(WaitEntry.number.in_(found.numbers)).order_by(WaitEntry.id)
    kept["call_backs"] = [_chosen(row, _CALL_BACK) for row in session.scalars(asked)]
    return {**kept, "calls": list(_calls(session, found.calls))}


def _calls(session: Session, calls: Sequence[str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for some in batches(calls):
        for entry in session.scalars(select(CallEntry).where(CallEntry.id.in_(some))):
            found[entry.id] = {**_chosen(entry, _CALL), "timeline": [], "notes": [], "messages": []}
        for note in session.scalars(select(NoteEntry).where(NoteEntry.call_id.in_(some))):
            found[note.call_id]["notes"].append(_chosen(note, ("author", "at", "text")))
        for left in session.scalars(select(VoicemailEntry).where(VoicemailEntry.call_id.in_(some))):
            found[left.call_id]["messages"].append(_chosen(left, ("at", "seconds", "url")))
        story = select(TimelineEntry).where(TimelineEntry.call_id.in_(some)).order_by(TimelineEntry.id)
        for told in session.scalars(story):
            found[told.call_id]["timeline"].append(_chosen(told, ("at", "what", "detail")))
    return [found[call] for call in calls]


def _chosen(row: Row, columns: Sequence[str]) -> dict[str, Any]:
    return {column: _json(getattr(row, column)) for column in columns}


def _json(value: Any) -> Any:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value

"""What the use cases need of the world. Each has at least two engines or a fake behind it.

Every method may raise ``Fault``: STORE_AWAY for ``CallStore``, LEDGER_AWAY for the ports on SQL.
Instants are aware; nothing here reads a clock but ``Clock``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.callflow.model import Call, Note
from app.verification.model import Challenge, Channel, Contact, Judgement, Organisation, Proof, Registration
from routing.table import Document, Overlay


class Clock(Protocol):
    """The one source of now."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A running call, with the answer last given and the nonce that was spent on it (or "fallback")."""

    call: Call
    spent: str
    answer: str


class CallStore(Protocol):
    """The running calls (Redis). One round trip a method; losing it loses no right."""

    def load(self, call_id: str) -> Stored | None:
        """The call, or None when it is not (or no longer) known."""
        ...

    def save(self, stored: Stored, *, expecting: int | None) -> Stored | None:
        """Write if the stored turn is still ``expecting`` (None: if there is none yet).

        Returns None when written, else what another request wrote first.
        """
        ...

    def ping(self) -> None:
        """Raise when away."""
        ...


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf a verification step runs; the key ``(call_id, turn)`` makes a repeat harmless."""

    call_id: str
    turn: int
    ani: str | None  # E.164; None: withheld
    now: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a keyed account number or phone number led to; nothing at all is a Found, too."""

    organisation: Organisation | None = None
    contact: Contact | None = None  # whose registered number was keyed


@dataclass(frozen=True, slots=True)
class Issued:
    """A challenge exists, void or not: the caller hears the same."""

    challenge: Challenge
    contact: Contact | None


class Resent(StrEnum):
    """What asking again led to."""

    SENT = "sent"
    TOO_SOON = "too_soon"  # or too often; the caller hears to wait, or to choose the other way


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as it is listed: what SQL keeps of it."""

    call_id: str
    started_at: datetime  # UTC
    ani: str | None
    dnis: str
    territory: str
    department: str
    desk_language: str
    queue: str
    level: str
    method: str
    organisation_name: str
    state: str
    ended: str  # how it ended; empty: it runs


class Ledger(Protocol):
    """Rights: who is who, codes, counts, levels, their audit. Each method is one SQL transaction.

    Methods that change a right are keyed by ``(call_id, turn)``: repeated, they return the stored outcome.
    """

    def registrations(self, ani: str) -> Sequence[Registration]:
        """Every organisation this E.164 number is registered with, exact numbers and ranges."""
        ...

    def prove_by_number(
        self, asker: Asker, registration: Registration, proof: Proof, attestation: str
    ) -> None:
        """Record the level a registered number reached, with its audit row."""
        ...

    def audit(self, asker: Asker, what: str, detail: str) -> None:
        """Record an event that changed no right: a contradicted number, say."""
        ...

    def look_up(self, asker: Asker, account: str, numbers: Sequence[str], *, at_most: int) -> Found | None:
        """Find by account number, else by a contact's number; None when the call's look-ups are used up."""
        ...

    def issue(
        self,
        asker: Asker,
        organisation: int | None,
        contact: int | None,
        *,
        department: str,
        channel: Channel,
        decoy_digits: int = 6,
    ) -> Issued:
        """Choose the contact, make a challenge and its outbox row, if every limit allows; else a void one.

        ``contact`` is the one whose registered number was keyed, if any; ``decoy_digits`` the length of the
        code that an unknown account would have.
        """
        ...

    def resend(self, asker: Asker, challenge: str) -> Resent:
        """Queue the same code again, at most as often as the rules say."""
        ...

    def judge(self, asker: Asker, challenge: str, matches: Callable[[Challenge], bool]) -> Judgement:
        """Count, then compare, then consume, record level and audit: in one transaction."""
        ...

    def proof(self, call_id: str) -> Proof | None:
        """The highest level this call reached, if it still holds."""
        ...

    def record(self, call: Call, *, ended: str = "") -> None:
        """Write the call's row and its pending timeline notes; ``ended`` gives the final state once."""
        ...

    def timeline(self, call_id: str) -> Sequence[Note]:
        """A call's timeline, oldest first. ``call_id`` may be a unique beginning of one."""
        ...

    def calls(self, *, limit: int, offset: int = 0) -> Sequence[CallRow]:
        """The latest calls, newest first."""
        ...

    def ping(self) -> None:
        """Raise when away."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to send, without its text: the text is made while sending, from the challenge."""

    id: int
    kind: str  # code | notice | changed
    channel: str  # email | text | voice
    to: str
    language: str
    challenge: Challenge | None
    organisation_name: str
    contact_name: str
    call_started_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its text, on its way out."""

    letter: int
    channel: str  # email | text | voice
    to: str
    subject: str
    text: str = field(repr=False)  # may hold a code
    language: str
    url: str = ""  # voice: where the carrier fetches what to say


class Sent(StrEnum):
    """What became of a message."""

    SENT = "sent"  # accepted, or not known: an ambiguous timeout counts as sent
    LATER = "later"  # a passing refusal: try again while the code lives
    REFUSED = "refused"  # for good


class Delivery(Protocol):
    """One way out: SMTP, the carrier's messages or calls, or the development outbox."""

    def send(self, message: Message) -> Sent:
        """Send; never raises for what the other side does."""
        ...


class Outbox(Protocol):
    """The durable queue of letters."""

    def claim(self, now: datetime, *, limit: int) -> Sequence[Letter]:
        """Take letters that are due, so that no other sender takes them; the expired are closed unsent."""
        ...

    def settle(self, letter: int, outcome: Sent, now: datetime) -> None:
        """Record what became of a claimed letter; LATER makes it due again with a growing pause."""
        ...

    def letter_for(self, challenge: str) -> Letter | None:
        """The code letter of a challenge that still lives and was not used, for the spoken-code call."""
        ...


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version, without its document."""

    version: int
    author: str
    published_at: datetime
    sentences: tuple[str, ...]


class TableStore(Protocol):
    """Immutable versions of the routing table, and the overlay beside them."""

    def latest(self) -> int:
        """The newest version's number; 0 when none was published."""
        ...

    def read(self, version: int) -> Document:
        """A version's document; Fault NO_SUCH_VERSION."""
        ...

    def publish(
        self, document: Document, *, author: str, now: datetime, sentences: Iterable[str], expecting: int
    ) -> int:
        """Store as version ``expecting + 1``; Fault BAD_INPUT when another was published meanwhile."""
        ...

    def history(self, *, limit: int, offset: int = 0) -> Sequence[VersionRow]:
        """Newest first."""
        ...

    def overlay(self) -> Overlay:
        """Emergency closures and announcements in force or to come."""
        ...


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One row of an organisations file, checked."""

    account_number: str
    name: str
    country: str
    cloud: str
    language: str
    trust_caller_id: str
    code_digits: int
    priority: int
    numbers: tuple[str, ...]  # E.164, a trailing * for a range


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One row of a contacts file, checked."""

    account_number: str
    name: str
    role: str
    email: str
    phone: str
    phone_can_text: bool
    language: str
    confirmed: datetime | None


class Directory(Protocol):
    """Organisations and contacts."""

    def replace(
        self,
        organisations: Sequence[OrganisationRow],
        contacts: Sequence[ContactRow],
        *,
        author: str,
        now: datetime,
    ) -> tuple[int, int]:
        """Add or update all of them in one transaction; gives (added, updated) organisations.

        Contacts of the accounts named are made equal to the rows; a changed address tells the old one.
        Fault BAD_INPUT, and nothing changed, while one of the organisations has an open call and the
        import would change its contacts.
        """
        ...

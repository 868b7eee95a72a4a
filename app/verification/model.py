"""The words of verification: levels, methods, contacts, challenges and what became of an attempt."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How sure we are of who calls; ordered."""

    UNVERIFIED = 0
    NUMBER_MATCHED = 1
    NUMBER_ATTESTED = 2
    CODE = 3


class Method(StrEnum):
    """Through what a level was reached."""

    NONE = ""
    NUMBER = "number"
    EMAIL = "email"
    TEXT = "text"
    VOICE = "voice"
    AGENT = "agent"


class Channel(StrEnum):
    """What the caller chooses: never an address."""

    EMAIL = "email"
    PHONE = "phone"


class Role(StrEnum):
    """What a contact may do for the organisation."""

    ADMIN = "admin"
    BILLING_ADMIN = "billing_admin"
    OWNER = "owner"
    USER = "user"


class TrustPolicy(StrEnum):
    """An organisation's ``trust_caller_id``."""

    MATCH = "match"
    ATTESTED = "attested"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person on an organisation's profile."""

    id: int
    organisation: int
    name: str
    role: Role
    email: str = ""
    phone: str = ""  # E.164
    phone_can_text: bool = False
    language: str = ""
    email_confirmed: datetime | None = None  # from when the address counts as confirmed
    phone_confirmed: datetime | None = None
    switched_off: bool = False  # 100 consecutive failures: until ops confirm it again


@dataclass(frozen=True, slots=True)
class Organisation:
    """A customer organisation, as far as a call needs it."""

    id: int
    account_number: str
    name: str
    country: str
    cloud: str = ""
    language: str = ""
    trust_caller_id: TrustPolicy = TrustPolicy.MATCH
    code_digits: int = 6
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Registration:
    """One organisation a caller's number is registered with; the contact, when it is a person's number."""

    organisation: Organisation
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class Proof:
    """A level reached, as it is stored, whispered and shown."""

    level: Level
    method: Method
    contact: int | None
    contact_name: str
    role: str
    reached_at: datetime | None
    organisation_name: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A one-time code's facts; the code itself is derived from them and stored nowhere.

    ``contact`` and ``organisation`` are None on a void challenge: the one an unknown account gets, so that
    its caller meets the same words and steps. No code matches it.
    """

    id: str
    call_id: str
    organisation: int | None
    contact: int | None
    channel: Channel
    purpose: str
    digits: int
    key_id: str
    created_at: datetime
    expires_at: datetime
    sends: int = 0
    last_sent_at: datetime | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The code was right, once."""

    proof: Proof


@dataclass(frozen=True, slots=True)
class Rejected:
    """The code was wrong; ``left`` guesses remain for it."""

    left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """No further guess is compared: the code path is closed for this call."""

    reason: str


@dataclass(frozen=True, slots=True)
class Expired:
    """The code's ten minutes are over."""


Judgement = Accepted | Rejected | Locked | Expired

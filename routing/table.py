"""The routing table: one immutable document of territories, lines, hours and queues, indexed once.

Rows are named by natural keys (``coverage/JP:enterprise/technical/ja``), never by position, so that a
decision can say which row it rests on and a diff can say what changed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Territory:
    """A country, a part of one, or a group of countries (``members``) that has lines and hours of its own."""

    key: str  # ISO 3166-1 alpha-2, ISO 3166-2 where one code is several territories, or a group's name
    country_code: str  # ISO 3166-1 alpha-2, empty for a group
    name: str  # in English
    section: str = ""  # the part of the world it is listed under
    zones: tuple[str, ...] = ()  # IANA zones spoken of to callers; the first is the territory's own
    prompt_languages: tuple[str, ...] = ()  # BCP-47, in the order they are offered
    members: tuple[str, ...] = ()  # ISO 3166-1 codes of the countries in a group
    online_only: str = ""  # what to do instead, where there is no telephone support


@dataclass(frozen=True, slots=True)
class Line:
    """A number people dial, or only print, and the territories it serves."""

    name: str  # natural key: the E.164 number, or territory and what is printed
    number: str  # E.164, empty when it cannot be one
    printed: str
    territories: tuple[str, ...]
    default: str  # the territory meant when nothing tells
    cloud: str = ""
    variant: str = ""
    role: str = "primary"  # primary | alternative
    kind: str = "unknown"  # toll_free | local | international | access_code | unknown | none
    charges: str = "none"  # none | local | international | cellular_toll_free
    note: str = ""
    post_dial_digits: str = ""
    menu_hint: str = ""
    reached_as: tuple[str, ...] = ()  # other addresses the carrier delivers for it: DID, SIP URI


@dataclass(frozen=True, slots=True)
class Coverage:
    """When one desk answers: cloud x territory x variant x department x language (x severity) -> hours."""

    territory: str  # a territory's key, or * for those that have no row of this department and language
    department: str  # technical | billing
    language: str  # BCP-47 primary tag
    hours: str = ""  # opening_hours notation; empty when ``schedule`` names one
    schedule: str = ""
    zone: str = ""  # IANA; empty on a * row: the territory's own
    calendar: str = ""  # empty: public holidays do not matter
    queue: str = ""  # empty: department and language, as in technical-it
    cloud: str = ""
    variant: str = ""
    severity: str = ""  # empty: any
    note: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hours shared by many rows: edited once."""

    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Where a desk's calls go. A queue without a row of its own is the carrier's queue of the same name."""

    name: str
    target: str = ""  # number:+E164 | sip:... | queue:NAME; empty: queue:<name>
    overflow: str = ""  # another queue's name | number:+E164 | sip:... | voicemail; empty: the fallback queue
    whisper_language: str = ""  # empty: the language in the queue's name, else English
    unverified: str = "transfer"  # transfer | refuse
    overflow_after: int | None = None  # seconds a caller waits at most; None: no such limit
    backup: str = ""  # number:+E164 | sip:..., rung while no agent can be asked; empty: the overflow


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One line of a calendar: a date, or all public holidays of a country."""

    calendar: str
    day: date | None = None
    country: str = ""  # ISO 3166-1, with an optional -SUBDIVISION; set when ``day`` is not
    name: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """A dated closure or special opening; without times it concerns the windows that start that day."""

    day: date
    effect: str = "closed"  # closed | open
    start: time | None = None
    end: time | None = None  # exclusive; None with a start, or 00:00: the end of the day
    cloud: str = "*"
    territory: str = "*"
    department: str = "*"
    language: str = "*"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence said before the department is asked: a territory's privacy notice, say."""

    territory: str  # a key or *
    kind: str  # privacy | service
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a version holds, in the order it was written."""

    territories: tuple[Territory, ...] = ()
    lines: tuple[Line, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    queues: tuple[Queue, ...] = ()
    calendars: tuple[CalendarDay, ...] = ()
    closures: tuple[Closure, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency closure beside the versions: it reaches calls that keep their version, too."""

    start: datetime
    end: datetime
    territory: str = "*"
    department: str = "*"
    language: str = "*"
    reason: str = ""
    text: dict[str, str] = field(default_factory=dict)  # language -> what callers hear


@dataclass(frozen=True, slots=True)
class Reroute:
    """For a while a queue's calls go to another one, whatever the version says."""

    queue: str
    to: str  # another queue's name
    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What holds now whatever the version: emergency closures, live announcements, re-routed queues."""

    closures: tuple[Emergency, ...] = ()
    announcements: tuple[Emergency, ...] = ()
    reroutes: tuple[Reroute, ...] = ()

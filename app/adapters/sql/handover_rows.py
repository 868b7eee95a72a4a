"""Tables of the agents' desk: agents, the waiting list, handovers, their legs, requests to the carrier."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.adapters.sql.row import Row
from app.adapters.sql.types import Serial

NOTHING_ASKED = -1


class AgentEntry(Row):
    """What an account is as an agent. Departments and languages are words with blanks between."""

    __tablename__ = "agents"

    user_id: Mapped[int] = mapped_column(
        Serial, ForeignKey("users.id"), primary_key=True, autoincrement=False
    )
    departments: Mapped[str]
    languages: Mapped[str]
    reach: Mapped[str]  # number:+E164 or sip:...; empty: nowhere yet
    duty: Mapped[str]
    duty_since: Mapped[datetime]
    seen_at: Mapped[datetime | None]  # when their desk last asked for news
    wraps_up: Mapped[str] = mapped_column(default="", server_default="")  # the handover they write about


class WaitEntry(Row):
    """One stay in one queue; a callback or a transfer waits in the same list."""

    __tablename__ = "waits"
    __table_args__ = (
        Index("ix_waits_state", "state", "queue"),
        Index("ix_waits_call", "call_id", "state"),
        Index("ix_waits_queue", "queue", "ended_at"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str]
    call_id: Mapped[str]  # of a callback: the call in which it was asked for
    call_sid: Mapped[str]
    carrier_queue: Mapped[str] = mapped_column(default="")  # the carrier's SID, once it told
    queue: Mapped[str]
    territory: Mapped[str]
    department: Mapped[str]
    desk_language: Mapped[str]
    language: Mapped[str]  # what the caller is spoken to in
    link: Mapped[str]  # the query of the caller's present link
    organisation_id: Mapped[int | None]
    began_at: Mapped[datetime]  # the call did: what the place is by
    entered_at: Mapped[datetime]  # this queue
    heard_at: Mapped[datetime]  # when the carrier last asked what the caller hears
    code_until: Mapped[datetime | None]  # a code is on its way and may be keyed until then
    state: Mapped[str]
    wanted: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime | None]
    told_place: Mapped[int | None]
    told_low: Mapped[int | None]  # minutes
    told_high: Mapped[int | None]
    number: Mapped[str] = mapped_column(default="")  # of a callback, E.164
    due_at: Mapped[datetime | None]  # of a callback: not before
    tries: Mapped[int] = mapped_column(default=0)
    handover_id: Mapped[str] = mapped_column(default="")  # of a transfer: the conversation handed on
    ended_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]


class HandoverEntry(Row):
    """One agent's try to take a row of the list, and the conversation it led to."""

    __tablename__ = "handovers"
    __table_args__ = (Index("ix_handovers_call", "call_id"), Index("ix_handovers_state", "state"))

    id: Mapped[str] = mapped_column(primary_key=True)
    wait_id: Mapped[int] = mapped_column(Serial, ForeignKey("waits.id"))
    call_id: Mapped[str]  # the caller's; of a callback that of the new call, once it is answered
    caller_sid: Mapped[str]
    link: Mapped[str]  # the query of the caller's link
    state: Mapped[str]
    conference_sid: Mapped[str] = mapped_column(default="")
    steps: Mapped[int] = mapped_column(default=0)  # of codes run by agents: no two are judged as one
    asked_after: Mapped[int] = mapped_column(default=NOTHING_ASKED)  # the step that led to what is asked now
    asked_step: Mapped[int] = mapped_column(default=0)  # and the one that is asked now
    challenge: Mapped[str] = mapped_column(default="")  # the code on its way
    started_at: Mapped[datetime]
    talked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    held: Mapped[bool] = mapped_column(default=False)  # the caller hears music
    disposition: Mapped[str] = mapped_column(default="")


class LegEntry(Row):
    """Somebody who is rung for a handover."""

    __tablename__ = "legs"
    __table_args__ = (
        Index("ix_legs_handover", "handover_id"),
        Index("ix_legs_user", "user_id", "state"),
        Index("ix_legs_sid", "call_sid"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    handover_id: Mapped[str] = mapped_column(ForeignKey("handovers.id"))
    kind: Mapped[str]
    #: The row of who takes a transfer out of a line.
    wait_id: Mapped[int | None] = mapped_column(Serial, ForeignKey("waits.id"))
    user_id: Mapped[int | None]
    name: Mapped[str]  # as it is shown
    address: Mapped[str]  # number:+E164 or sip:...
    asked_by: Mapped[str]  # who had it rung, by name
    language: Mapped[str] = mapped_column(default="")  # of an interpreter
    call_sid: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    end: Mapped[str] = mapped_column(default="")
    muted: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class RequestEntry(Row):
    """One thing to ask of the carrier. ``state``: due | claimed | done | gone | refused | dropped."""

    __tablename__ = "requests"
    __table_args__ = (
        Index("ix_requests_due", "state", "due_at"),
        Index("ix_requests_handover", "handover_id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    handover_id: Mapped[str]
    wish: Mapped[str]  # its kind
    facts: Mapped[str]  # JSON
    state: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    doubtful: Mapped[bool] = mapped_column(default=False)  # an earlier try may have been carried out
    settled_at: Mapped[datetime | None]


class CarrierHealth(Row):
    """Whether the carrier's REST API answers: one row."""

    __tablename__ = "carrier_health"

    id: Mapped[int] = mapped_column(primary_key=True)
    failures: Mapped[int]  # in a row
    away_since: Mapped[datetime | None]
    asked_at: Mapped[datetime]


class NoteEntry(Row):
    """What an agent wrote about a call."""

    __tablename__ = "call_notes"
    __table_args__ = (Index("ix_call_notes_call", "call_id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str]
    author: Mapped[str]
    at: Mapped[datetime]
    text: Mapped[str]


class TransferEntry(Row):
    """A caller handed to somebody, with the proof that went along."""

    __tablename__ = "transfers"
    __table_args__ = (Index("ix_transfers_call", "call_id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str]
    mark: Mapped[str] = mapped_column(unique=True)  # what tells a repeat from another one
    at: Mapped[datetime]
    queue: Mapped[str]
    target: Mapped[str]
    level: Mapped[str]
    method: Mapped[str]
    receipt: Mapped[str]  # a JWS


class SurveyEntry(Row):
    """The one question after a call, and its answer."""

    __tablename__ = "surveys"
    __table_args__ = (
        Index("ix_surveys_organisation", "organisation_id", "asked_at"),
        Index("ix_surveys_asked", "asked_at"),
    )

    call_id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int]
    queue: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[datetime]
    score: Mapped[int | None]


class VoicemailEntry(Row):
    """A message a caller left; the sound is the carrier's."""

    __tablename__ = "voicemails"
    __table_args__ = (Index("ix_voicemails_done", "done_at", "queue"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[str] = mapped_column(unique=True)
    queue: Mapped[str]
    at: Mapped[datetime]
    seconds: Mapped[int]
    url: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(default="")


class InterpreterEntry(Row):
    """Somebody who can be added to a conversation, by language."""

    __tablename__ = "interpreters"
    __table_args__ = (Index("ix_interpreters_language", "language"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    language: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]  # number:+E164 or sip:...

"""Conferences: named rooms that several calls share (twilio.com/docs/voice/twiml/conference)."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.simulator.moments import RoomChanged
from app.simulator.room_events import Events
from app.simulator.transcript import Happening

if TYPE_CHECKING:
    from app.simulator.leg import Leg
    from app.simulator.webhooks import Document

MOST_PARTICIPANTS = 250
TO_START = 2  # participants, and one of them with startConferenceOnEnter

HUNG_UP = "participant_hung_up"
BY_API = "participant_updated_via_api"
BY_MODERATOR = "moderator_ended_conference"
ENDED_BY_API = "conference_ended_via_api"
NOT_ADDED = "participant_add_failed"


class Situation(StrEnum):
    """What a participant does in a conference."""

    WAITS = "waits"  # for the start
    TALKS = "talks"
    ALONE = "alone"  # nobody else is to be heard
    HELD = "held"
    ANNOUNCED = "announced"
    LEFT = "left"


@dataclass(slots=True, eq=False)
class Announcement:
    """A document played into the conference; ``alone``: to one participant only."""

    url: str
    method: str
    alone: "Participant | None" = None
    document: "Document | None" = None
    told: bool = False  # whether its end was


@dataclass(slots=True, eq=False)
class Participant:
    """A leg in a conference; ``left`` says why it is no longer in it (ReasonParticipantLeft)."""

    leg: "Leg"
    conference: "Conference"
    joined: datetime
    starts: bool = True
    ends: bool = False  # the conference, when it leaves
    muted: bool = False
    hold: bool = False
    coached: str = ""  # the CallSid of whom alone it speaks to
    label: str = ""
    beep: str = "true"  # true | false | onEnter | onExit
    hold_url: str = ""
    hold_method: str = "GET"
    announcements: deque[Announcement] = field(default_factory=deque)
    left: str = ""
    present: Situation = Situation.WAITS  # what its leg does, until it looks again

    @property
    def situation(self) -> Situation:
        """What is to be done by now."""
        if self.left:
            return Situation.LEFT
        if self.announcements:
            return Situation.ANNOUNCED
        if self.hold:
            return Situation.HELD
        if not self.conference.started:
            return Situation.WAITS
        return Situation.TALKS if self.heard else Situation.ALONE

    @property
    def heard(self) -> frozenset[str]:
        """The CallSids of the others who are in the started conference and not on hold; none when held."""
        if self.hold or self.left or not self.conference.started:
            return frozenset()
        others = self.conference.participants.values()
        return frozenset(one.leg.sid for one in others if one is not self and not one.hold)

    def changes(self) -> None:
        """Let the leg look again what it is to do here, before any time passes."""
        self.leg.exchange.scheduler.soon(self._looks_again)

    def _looks_again(self) -> None:
        """Leave what it does for something else; an announcement is heard out, other changes follow it."""
        announced = self.present is Situation.ANNOUNCED and not self.left
        if self.leg.participant is self and not announced and self.situation is not self.present:
            self.leg.driver.throws(RoomChanged())


@dataclass(slots=True, eq=False)
class Conference:
    """One instance of a room, from the first who joins to its end."""

    name: str
    sid: str
    events: Events
    created: datetime
    updated: datetime
    participants: dict[str, Participant] = field(default_factory=dict)  # by CallSid
    started: bool = False
    ended_because: str = ""  # reason_conference_ended
    ended_by: str = ""  # CallSid

    @property
    def status(self) -> str:
        """As the REST API says it: init, in-progress or completed."""
        if self.ended_because:
            return "completed"
        return "in-progress" if self.started else "init"

    def takes_in(self, participant: Participant) -> None:
        """Somebody comes; with two, one of whom may start it, the conference starts."""
        self.participants[participant.leg.sid] = participant
        self._is_updated(participant)
        self.events.tells("participant-join", self, participant)
        if not self.started and self._may_start():
            self.started = True
            self.events.tells("conference-start", self)
        self._beeps(participant, "onEnter")
        self.shifts()

    def lets_go(self, participant: Participant, why: str, *, kicked: bool = False) -> None:
        """Somebody leaves, and the conference ends with the last one, or with one that ends it."""
        if participant.left:
            return
        self._leaves(participant, why)
        self._beeps(participant, "onExit")
        how = "kicked" if kicked else "left"
        if participant.ends:
            self.ends(f"participant-with-end-conference-on-exit-{how}", BY_MODERATOR, participant)
        elif not self.participants:
            self.ends(f"last-participant-{how}", why, participant)
        else:
            self.shifts()

    def ends(self, because: str, why: str, by: Participant | None = None) -> None:
        """Everybody drops out, and goes on with what follows the Dial."""
        if self.ended_because:
            return
        self.ended_because, self.ended_by = because, by.leg.sid if by is not None else ""
        for participant in tuple(self.participants.values()):
            self._leaves(participant, why)
            participant.changes()
        self.events.tells("conference-end", self, ended_by=by)

    def shifts(self) -> None:
        """Whose situation is another by now is told so."""
        for one in self.participants.values():
            one.changes()

    def _may_start(self) -> bool:
        here = self.participants.values()
        return len(here) >= TO_START and any(one.starts for one in here)

    def _leaves(self, participant: Participant, why: str) -> None:
        participant.left = why
        self.participants.pop(participant.leg.sid, None)
        self._is_updated(participant)
        self.events.tells("participant-leave", self, participant)

    def _is_updated(self, participant: Participant) -> None:
        self.updated = participant.leg.exchange.clock.now()

    def _beeps(self, who: Participant, when: str) -> None:
        if self.started and who.beep in {"true", when}:
            for one in self.participants.values():
                if one is not who and not one.hold:
                    one.leg.notes(Happening.BEEP)

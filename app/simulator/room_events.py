"""What a conference's status callback is told.

twilio.com/docs/voice/twiml/conference#attributes-status-callback-event
"""

from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING

from app.simulator.transcript import Entry, Happening
from app.simulator.webhooks import Failed, Form

if TYPE_CHECKING:
    from app.simulator.exchange import Exchange
    from app.simulator.rooms import Announcement, Conference, Participant

_SUBSCRIBED = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
    "announcement-end": "announcement",
}
_REASONS = {
    "conference-ended-via-api": "Conference ended via API",
    "last-participant-left": "The last participant left",
    "last-participant-kicked": "The last participant was removed",
    "participant-with-end-conference-on-exit-left": "A participant with endConferenceOnExit left",
    "participant-with-end-conference-on-exit-kicked": "A participant with endConferenceOnExit was removed",
}


@dataclass(slots=True)
class Events:
    """The callback of one conference, as the first who joined it set it; ``url`` is absolute."""

    exchange: "Exchange"
    url: str = ""
    method: str = "POST"
    wanted: frozenset[str] = frozenset()
    told: int = 0

    def tells(
        self,
        event: str,
        conference: "Conference",
        participant: "Participant | None" = None,
        *,
        ended_by: "Participant | None" = None,
        announced: "Announcement | None" = None,
    ) -> None:
        """Send one event, if it was asked for; nothing follows from the answer."""
        if not self.url or _SUBSCRIBED[event] not in self.wanted:
            return
        self.told += 1
        form = self._form(event, conference)
        if participant is not None:
            form += _of_participant(event, participant)
        if event == "conference-end":
            form += _of_end(conference, ended_by)
        if announced is not None:
            form.append(("AnnounceUrl", announced.url))
        webhooks = self.exchange.webhooks
        try:
            webhooks.answer(webhooks.request(self.url, form, self.method))
        except Failed as failure:
            now = self.exchange.clock.now()
            self.exchange.transcript.add(Entry(now, "", "carrier", Happening.FAILED, str(failure)))

    def _form(self, event: str, conference: "Conference") -> Form:
        return [
            ("AccountSid", self.exchange.webhooks.account.sid),
            ("ConferenceSid", conference.sid),
            ("FriendlyName", conference.name),
            ("SequenceNumber", str(self.told)),
            ("StatusCallbackEvent", event),
            ("Timestamp", format_datetime(self.exchange.clock.now())),
        ]


def _of_participant(event: str, participant: "Participant") -> Form:
    form = [
        ("CallSid", participant.leg.sid),
        ("Coaching", _word(bool(participant.coached))),
        ("EndConferenceOnExit", _word(participant.ends)),
        ("Hold", _word(participant.hold)),
        ("Muted", _word(participant.muted)),
        ("StartConferenceOnEnter", _word(participant.starts)),
    ]
    if participant.coached:
        form.append(("CallSidToCoach", participant.coached))
    if participant.label:
        form.append(("ParticipantLabel", participant.label))
    if event == "participant-leave":
        form.append(("ParticipantCallStatus", participant.leg.status))
        form.append(("ReasonParticipantLeft", participant.left))
    return form


def _of_end(conference: "Conference", by: "Participant | None") -> Form:
    form = [
        ("Reason", _REASONS[conference.ended_because]),
        ("ReasonConferenceEnded", conference.ended_because),
    ]
    if by is not None:
        form.append(("CallSidEndingConference", by.leg.sid))
        if by.label:
            form.append(("ParticipantLabelEndingConference", by.label))
    return form


def _word(value: bool) -> str:
    return "true" if value else "false"

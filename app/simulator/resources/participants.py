"""The participants of a conference (twilio.com/docs/voice/api/conference-participant-resource)."""

from app.simulator.resources.asked import Answer, Asked, Payload
from app.simulator.resources.conferences import conference_of
from app.simulator.resources.dates import written
from app.simulator.resources.pages import page
from app.simulator.rooms import BY_API, Announcement, Participant


def list_all(asked: Asked) -> Answer:
    """Who is in the conference now."""
    wanted = {name: asked.boolean(name) for name in ("Muted", "Hold", "Coaching")}
    found = [
        one
        for one in tuple(conference_of(asked, "ConferenceSid").participants.values())
        if wanted["Muted"] in {None, one.muted}
        and wanted["Hold"] in {None, one.hold}
        and wanted["Coaching"] in {None, bool(one.coached)}
    ]
    return page(asked, "participants", found, _shown)


def fetch(asked: Asked) -> Answer:
    """One participant, by CallSid or label."""
    return 200, _shown(asked, _participant(asked))


def update(asked: Asked) -> Answer:
    """Mute, hold, announce to them, or say whether the conference ends with them."""
    participant = _participant(asked)
    _mutes(asked, participant)
    _holds(asked, participant)
    ends = asked.boolean("EndConferenceOnExit")
    if ends is not None:
        participant.ends = ends
        _later(asked, participant, "participant-modify")
    if asked.get("AnnounceUrl"):
        method = asked.get("AnnounceMethod", "POST")
        participant.announcements.append(Announcement(asked.get("AnnounceUrl"), method, participant))
    participant.changes()
    return 200, _shown(asked, participant)


def delete(asked: Asked) -> Answer:
    """Remove somebody from the conference; their call goes on with what follows the Dial."""
    participant = _participant(asked)

    def kick() -> None:
        participant.conference.lets_go(participant, BY_API, kicked=True)
        participant.changes()

    asked.exchange.scheduler.soon(kick)
    return 204, {}


def _mutes(asked: Asked, participant: Participant) -> None:
    muted = asked.boolean("Muted")
    if muted is not None and muted != participant.muted:
        participant.muted = muted
        _later(asked, participant, "participant-mute" if muted else "participant-unmute")


def _holds(asked: Asked, participant: Participant) -> None:
    hold = asked.boolean("Hold")
    if hold is not None and hold != participant.hold:
        participant.hold = hold
        participant.hold_url, participant.hold_method = asked.get("HoldUrl"), asked.get("HoldMethod", "GET")
        _later(asked, participant, "participant-hold" if hold else "participant-unhold")
        participant.conference.shifts()


def _later(asked: Asked, participant: Participant, event: str) -> None:
    conference = participant.conference
    asked.exchange.scheduler.soon(lambda: conference.events.tells(event, conference, participant))


def _participant(asked: Asked) -> Participant:
    conference = conference_of(asked, "ConferenceSid")
    named = asked.names["CallSid"]
    for one in tuple(conference.participants.values()):
        if named in {one.leg.sid, one.label}:
            return one
    raise asked.not_found()


def _shown(asked: Asked, participant: Participant) -> Payload:
    conference, sid = participant.conference, participant.leg.sid
    return {
        "account_sid": asked.account,
        "call_sid": sid,
        "call_sid_to_coach": participant.coached or None,
        "coaching": bool(participant.coached),
        "conference_sid": conference.sid,
        "date_created": written(participant.joined),
        "date_updated": written(participant.joined),
        "end_conference_on_exit": participant.ends,
        "hold": participant.hold,
        "label": participant.label or None,
        "muted": participant.muted,
        "queue_time": None,
        "start_conference_on_enter": participant.starts,
        "status": "connected",
        "uri": asked.uri(f"Conferences/{conference.sid}/Participants/{sid}"),
    }

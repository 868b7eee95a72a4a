"""Dial, Conference: the leg waits, talks, is held or hears announcements in a named room.

twilio.com/docs/voice/twiml/conference
"""

from xml.etree.ElementTree import Element

from app.simulator import twiml
from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, CallerGone, Course, Kind, Moment, Redirected, RoomChanged
from app.simulator.outcome import Outcome
from app.simulator.room_events import Events
from app.simulator.rooms import (
    BY_API,
    HUNG_UP,
    MOST_PARTICIPANTS,
    NOT_ADDED,
    Announcement,
    Conference,
    Participant,
    Situation,
)
from app.simulator.transcript import Happening
from app.simulator.verb_rules import text_of
from app.simulator.webhooks import Document, Failed


def joins(leg: Leg, noun: Element, document: Document, outcome: Outcome) -> Course[bool]:
    """Be in the conference until the leg leaves it or it ends; gives whether it was let in.

    It is not when the room is full, or somebody in it has the same label: the next verb follows then.
    """
    conference = _conference(leg, noun, document)
    label = noun.get("participantLabel", "")
    most = int(noun.get("maxParticipants", str(MOST_PARTICIPANTS)))
    if len(conference.participants) >= most or (label and label in _labels(conference)):
        return False
    outcome.status, outcome.bridged = "answered", None
    leg.picks_up()
    participant = _participant(leg, noun, conference)
    leg.connected_to, leg.participant = f"conference:{conference.name}", participant
    leg.notes(Happening.CONFERENCE, conference.name)
    yield from _stays(participant, noun, document, outcome)
    return True


def _stays(participant: Participant, noun: Element, document: Document, outcome: Outcome) -> Course[None]:
    leg, conference = participant.leg, participant.conference
    try:
        conference.takes_in(participant)
        while not participant.left:
            yield from _is_there(participant, noun, document)
    except CallerGone:
        leg.status = "completed"
        _is_out(participant, outcome, HUNG_UP)
        raise
    except Redirected:
        _is_out(participant, outcome, BY_API)
        raise
    except Failed:  # the wait document cannot be had: the conference is not established
        outcome.status = "failed"
        _is_out(participant, outcome, NOT_ADDED)
    else:
        _is_out(participant, outcome, participant.left)


def _is_out(participant: Participant, outcome: Outcome, why: str) -> None:
    leg = participant.leg
    outcome.seconds = (leg.exchange.clock.now() - participant.joined).total_seconds()
    leg.participant, leg.allowed = None, None
    participant.conference.lets_go(participant, why)


def _is_there(participant: Participant, noun: Element, document: Document) -> Course[None]:
    """What happens here until something changes."""
    participant.leg.allowed, participant.leg.documents = twiml.CONFERENCE_WAIT, 0
    participant.present = participant.situation
    try:
        match participant.present:
            case Situation.ANNOUNCED:
                yield from _hears(participant, participant.announcements.popleft())
            case Situation.HELD:
                yield from _is_held(participant, document)
            case Situation.WAITS:
                yield from _waits(participant.leg, noun, document)
            case Situation.TALKS:
                yield Moment(Kind.TALK, ENDLESS)
            case Situation.ALONE:
                yield Moment(Kind.ALONE, ENDLESS)
    except RoomChanged:
        return


def _waits(leg: Leg, noun: Element, document: Document) -> Course[None]:
    """Before the start: the wait document once (it redirects to itself to go on), then silence."""
    url = noun.get("waitUrl")
    if url is None:
        yield from _music(leg)
    elif url:
        yield from leg.executes(leg.fetch(url, document.url, noun.get("waitMethod", "POST")))
    yield Moment(Kind.ALONE, ENDLESS)


def _is_held(participant: Participant, document: Document) -> Course[None]:
    leg = participant.leg
    if not participant.hold_url:
        yield from _music(leg)
    try:
        yield from leg.executes(leg.fetch(participant.hold_url, document.url, participant.hold_method))
    except Failed:
        yield from _music(leg)
    yield Moment(Kind.ALONE, ENDLESS)


def _music(leg: Leg) -> Course[None]:
    """The carrier's own, for as long as it takes."""
    leg.notes(Happening.MUSIC, "the carrier's")
    yield Moment(Kind.MUSIC, ENDLESS, text="the carrier's")


def _hears(participant: Participant, announcement: Announcement) -> Course[None]:
    """An announcement; the first who hears one to all fetches it for the others."""
    leg = participant.leg
    try:
        if announcement.document is None:
            announcement.document = leg.fetch(announcement.url, "", announcement.method)
        yield from leg.executes(announcement.document)
    except Failed:
        return  # noted already, and nothing else is known to follow
    if not announcement.told:
        announcement.told = True
        conference = participant.conference
        conference.events.tells("announcement-end", conference, announcement.alone, announced=announcement)


def _conference(leg: Leg, noun: Element, document: Document) -> Conference:
    """The room's present conference, else a new one with this participant's callback."""
    exchange, name = leg.exchange, text_of(noun)
    found = exchange.rooms.get(name)
    if found is None or found.ended_because:
        url = noun.get("statusCallback")
        found = Conference(
            name=name,
            sid=exchange.sids.make("CF"),
            events=Events(
                exchange,
                leg.absolute(url, document.url) if url is not None else "",
                noun.get("statusCallbackMethod", "POST"),
                frozenset(noun.get("statusCallbackEvent", "").split()),
            ),
            created=exchange.clock.now(),
            updated=exchange.clock.now(),
        )
        exchange.rooms[name] = exchange.conferences[found.sid] = found
    return found


def _participant(leg: Leg, noun: Element, conference: Conference) -> Participant:
    return Participant(
        leg=leg,
        conference=conference,
        joined=leg.exchange.clock.now(),
        starts=noun.get("startConferenceOnEnter", "true") == "true",
        ends=noun.get("endConferenceOnExit", "false") == "true",
        muted=noun.get("muted", "false") == "true",
        coached=noun.get("coach", ""),
        label=noun.get("participantLabel", ""),
        beep=noun.get("beep", "true"),
    )


def _labels(conference: Conference) -> set[str]:
    return {one.label for one in conference.participants.values()}

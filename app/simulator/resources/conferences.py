"""Conferences (twilio.com/docs/voice/api/conference-resource)."""

from app.simulator.refused import Refused
from app.simulator.resources.asked import VERSION, Answer, Asked, Payload
from app.simulator.resources.dates import is_within, written
from app.simulator.resources.pages import page
from app.simulator.rooms import ENDED_BY_API, Announcement, Conference


def list_all(asked: Asked) -> Answer:
    """The conferences that pass the filters, the newest first."""
    found = [
        one
        for one in reversed(tuple(asked.exchange.conferences.values()))
        if asked.get("FriendlyName") in {"", one.name}
        and asked.get("Status") in {"", one.status}
        and is_within(asked, "DateCreated", one.created)
        and is_within(asked, "DateUpdated", one.updated)
    ]
    return page(asked, "conferences", found, _shown)


def fetch(asked: Asked) -> Answer:
    """One conference, be it over."""
    return 200, _shown(asked, conference_of(asked, "Sid"))


def update(asked: Asked) -> Answer:
    """End it for all, or announce something to all who are not on hold."""
    conference = conference_of(asked, "Sid")
    if conference.ended_because:
        raise Refused(f"Conference {conference.sid} is completed", 20001)
    soon = asked.exchange.scheduler.soon
    if asked.get("Status") == "completed":
        soon(lambda: conference.ends("conference-ended-via-api", ENDED_BY_API))
    elif asked.get("AnnounceUrl"):
        announcement = Announcement(asked.get("AnnounceUrl"), asked.get("AnnounceMethod", "POST"))
        soon(lambda: _announces(conference, announcement))
    return 200, _shown(asked, conference)


def _announces(conference: Conference, announcement: Announcement) -> None:
    for one in conference.participants.values():
        if not one.hold:
            one.announcements.append(announcement)
            one.changes()


def conference_of(asked: Asked, name: str) -> Conference:
    """The conference whose SID is the path's parameter of this name."""
    found = asked.exchange.conferences.get(asked.names[name])
    if found is None:
        raise asked.not_found()
    return found


def _shown(asked: Asked, conference: Conference) -> Payload:
    return {
        "account_sid": asked.account,
        "api_version": VERSION,
        "call_sid_ending_conference": conference.ended_by or None,
        "date_created": written(conference.created),
        "date_updated": written(conference.updated),
        "friendly_name": conference.name,
        "reason_conference_ended": conference.ended_because or None,
        "region": "us1",
        "sid": conference.sid,
        "status": conference.status,
        "subresource_uris": {"participants": asked.uri(f"Conferences/{conference.sid}/Participants")},
        "uri": asked.uri(f"Conferences/{conference.sid}"),
    }

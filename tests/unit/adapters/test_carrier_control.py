"""Each order is exactly the REST call that Twilio describes, and is carried out."""

from typing import Any

import pytest

from app.ports.carrier import (
    Carried,
    ChangeParticipant,
    EndCall,
    EndConference,
    Gone,
    SendCall,
    TakeFromQueue,
)
from app.simulator.phone import Phone
from tests.unit.adapters.carrier import AGENT, CALLER_ID, NEVER, PLACE, URL, control
from tests.unit.simulator.conftest import Line
from tests.unit.simulator.meeting import ROOM, Meeting


def asked(phone: Phone) -> tuple[str, str, dict[str, Any]]:
    """The last request: method, path below the account, its fields (of several values, a list)."""
    last = phone.rest.received[-1]
    fields: dict[str, Any] = {}
    for name, value in last.form:
        fields[name] = [*fields[name], value] if name in fields else [value]
    flat = {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
    return last.method, last.path.partition(phone.account.sid)[2], flat


def test_placing_a_call(phone: Phone) -> None:
    """Somebody is rung for so long, with our documents by POST and every step told; the SID is given."""
    outcome = control(phone).ask(PLACE)
    assert isinstance(outcome, Carried)
    assert asked(phone) == (
        "POST",
        "/Calls.json",
        {
            "To": AGENT,
            "From": CALLER_ID,
            "Url": PLACE.url,
            "Method": "POST",
            "Timeout": "25",
            "StatusCallback": PLACE.status_url,
            "StatusCallbackMethod": "POST",
            "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
        },
    )
    assert phone.person(AGENT).rings
    assert phone.person(AGENT).answers().sid == outcome.sid


def test_taking_a_caller_out_of_a_queue() -> None:
    """The member is sent to our document by POST; who is there no more is gone."""
    enqueue = "<Response><Enqueue waitUrl='/music'>technical-it</Enqueue></Response>"
    line = Line(
        {
            "/voice/incoming": enqueue,
            "/music": "<Response><Play>/hold.mp3</Play></Response>",
            "/new": "<Response><Say>Now</Say><Pause length='60'/></Response>",
        }
    )
    call = line.dials()
    queue = line.phone.exchange.queue("technical-it").sid
    order = TakeFromQueue(queue, call.sid, f"{URL}/new")
    assert control(line.phone).look_up(order, 60) == Gone()
    assert control(line.phone).ask(order) == Carried()
    where = ("POST", f"/Queues/{queue}/Members/{call.sid}.json")
    assert asked(line.phone) == (*where, {"Url": order.url, "Method": "POST"})
    call.waits(0).hears("Now")
    assert control(line.phone).look_up(order, 60) == Carried()
    assert control(line.phone).ask(order) == Gone()


def test_sending_and_ending_a_call(meeting: Meeting) -> None:
    """A call under way goes on with our document, or is ended; once it is over it is gone."""
    caller, carrier = meeting.joins(), control(meeting.phone)
    path = f"/Calls/{caller.sid}.json"
    assert carrier.ask(SendCall(caller.sid, f"{URL}/new")) == Carried()
    assert asked(meeting.phone) == ("POST", path, {"Url": f"{URL}/new", "Method": "POST"})
    caller.waits(0).hears("Something else")
    assert carrier.look_up(EndCall(caller.sid), 60) == Gone()
    assert carrier.ask(EndCall(caller.sid)) == Carried()
    assert asked(meeting.phone) == ("POST", path, {"Status": "completed"})
    caller.waits(0).is_over()
    assert carrier.look_up(EndCall(caller.sid), 60) == Carried()
    assert carrier.ask(EndCall(caller.sid)) == carrier.ask(SendCall(caller.sid, f"{URL}/new")) == Gone()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"muted": True}, {"Muted": "true"}),
        ({"muted": False}, {"Muted": "false"}),
        (
            {"held": True, "hold_url": f"{URL}/music"},
            {"Hold": "true", "HoldUrl": f"{URL}/music", "HoldMethod": "POST"},
        ),
        ({"held": False}, {"Hold": "false"}),
        ({"ends": False}, {"EndConferenceOnExit": "false"}),
    ],
)
def test_changing_a_participant(meeting: Meeting, changes: dict[str, Any], fields: dict[str, str]) -> None:
    """The conference is found by its name; what is not to change is not mentioned."""
    caller, _ = meeting.joins(), meeting.joins()
    order = ChangeParticipant(ROOM, caller.sid, **changes)
    already = changes in ({"muted": False}, {"held": False}, {"ends": False})
    assert control(meeting.phone).look_up(order, 60) == (Carried() if already else Gone())
    assert control(meeting.phone).ask(order) == Carried()
    sid = meeting.phone.exchange.rooms[ROOM].sid
    assert asked(meeting.phone) == ("POST", f"/Conferences/{sid}/Participants/{caller.sid}.json", fields)
    assert control(meeting.phone).look_up(order, 60) == Carried()
    assert control(meeting.phone).ask(ChangeParticipant(ROOM, NEVER, **changes)) == Gone()


def test_ending_a_conference(meeting: Meeting) -> None:
    """It is over for everybody; again, it is gone."""
    caller, agent = meeting.joins(), meeting.joins()
    sid = meeting.phone.exchange.rooms[ROOM].sid
    assert control(meeting.phone).ask(EndConference(ROOM)) == Carried()
    assert asked(meeting.phone) == ("POST", f"/Conferences/{sid}.json", {"Status": "completed"})
    caller.waits(0).hears("Afterwards")
    agent.hears("Afterwards")
    assert control(meeting.phone).ask(EndConference(ROOM)) == Gone()

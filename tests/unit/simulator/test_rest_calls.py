"""Calls through the REST API: listed, redirected and ended."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from app.simulator.agents import Agent
from tests.unit.simulator.asking import client_of

NEW = "https://callgate.example/new"
DESK = "+390612345678"
MENU = "<Response><Gather action='/turn' numDigits='1' timeout='20'/><Say>Too late</Say></Response>"


def documents(incoming: Any = MENU, **more: Any) -> dict[str, Any]:
    return {
        "/voice/incoming": incoming,
        "/new": "<Response><Say>Something else</Say><Pause length='60'/></Response>",
        "/after": "<Response><Say>Afterwards</Say></Response>",
        **more,
    }


def refusal(act: Any) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as caught:
        act()
    return caught.value.status, caught.value.code


def test_gather_is_left_for_another_document(line: Any) -> None:
    """A call that listens to keys leaves the Gather, whose action is not requested."""
    here = line(documents())
    call = here.dials()
    client_of(here.phone).calls(call.sid).update(url=NEW)
    assert "/new" not in here.app.paths
    call.waits(30).hears("something else").does_not_hear("too late")
    assert "/turn" not in here.app.paths
    assert here.app.forms("/new")[0]["CallStatus"] == "in-progress"


def test_dial_is_left_without_its_action(line: Any) -> None:
    """The other side of a Dial is hung up on, and the Dial's action is not requested."""
    dial = f"<Response><Dial action='/after'><Number statusCallback='/told'>{DESK}</Number></Dial></Response>"
    here = line(documents(dial, **{"/told": "<Response/>"}), agents={DESK: Agent()})
    call = here.dials()
    assert call.talks
    client_of(here.phone).calls(call.sid).update(url=NEW)
    call.waits(5).hears("something else")
    assert "/after" not in here.app.paths
    assert here.app.forms("/told")[0]["CallStatus"] == "completed"


def test_child_leg_that_is_redirected_leaves_the_dial(line: Any) -> None:
    """The one who was dialled executes another document; the caller goes on with the Dial's action."""
    here = line(documents(f"<Response><Dial action='/after'>{DESK}</Dial></Response>"))
    person = here.phone.person(DESK)
    call = here.dials()
    person.answers()
    client_of(here.phone).calls(person.sid).update(url=NEW)
    here.phone.passes(1)
    assert call.said == "Afterwards"
    assert person.said == "Something else"
    assert here.app.forms("/after")[0]["DialCallStatus"] == "completed"


def test_document_may_come_with_the_request(line: Any) -> None:
    """Twiml takes the place of a Url; relative URLs in it are the public one's."""
    here = line(documents())
    call = here.dials()
    twiml = "<Response><Say>From the request</Say><Redirect>/after</Redirect></Response>"
    client_of(here.phone).calls(call.sid).update(twiml=twiml)
    here.phone.passes(5)
    assert call.said == "From the request Afterwards"
    assert call.over


def test_document_that_cannot_be_had_leads_to_the_fallback(line: Any) -> None:
    """The fallback URL of the request counts for what follows."""
    sorry = {"/bad": (500, ""), "/sorry": "<Response><Say>Sorry</Say></Response>"}
    here = line(documents() | sorry)
    call = here.dials()
    client_of(here.phone).calls(call.sid).update(
        url="https://callgate.example/bad", fallback_url="https://callgate.example/sorry"
    )
    call.waits(5).hears("sorry")


def test_call_is_ended(line: Any) -> None:
    """completed ends a call whatever it does; a call that is over can be neither ended nor redirected."""
    here = line(documents())
    call = here.dials()
    resource = client_of(here.phone).calls(call.sid)
    resource.update(status="completed")
    here.phone.passes(0)
    assert call.over
    assert here.app.forms("/voice/status")[0]["CallStatus"] == "completed"
    assert refusal(lambda: resource.update(url=NEW)) == (400, 21220)
    assert refusal(lambda: resource.update(status="completed")) == (400, 21220)
    assert refusal(client_of(here.phone).calls("CA" + "0" * 32).fetch) == (404, 20404)


@pytest.mark.parametrize("status", ["canceled", "completed"])
def test_ringing_call_is_canceled(line: Any, status: str) -> None:
    """A call that rings is canceled, and cannot be redirected."""
    here = line(documents())
    person = here.phone.person(DESK)
    calls = client_of(here.phone).calls
    sid = calls.create(to=DESK, from_="+390212345678", url=NEW, status_callback=NEW).sid
    assert person.rings
    assert refusal(lambda: calls(sid).update(url=NEW)) == (400, 21220)
    calls(sid).update(status=status)
    here.phone.passes(0)
    assert not person.rings
    assert calls(sid).fetch().status == "canceled"
    assert here.app.forms("/new")[0]["CallStatus"] == "canceled"


def test_canceled_does_not_end_a_call_in_progress(line: Any) -> None:
    """canceled is for calls that are queued or ringing."""
    here = line(documents())
    call = here.dials()
    client_of(here.phone).calls(call.sid).update(status="canceled")
    here.phone.passes(0)
    call.is_listening()


def test_call_as_the_api_shows_it(line: Any) -> None:
    """Status, direction, numbers, times and length of a call."""
    here = line(documents())
    call = here.dials(forwarded_from="+39800123456")
    resource = client_of(here.phone).calls(call.sid)
    shown = resource.fetch()
    assert (shown.status, shown.direction, shown.duration) == ("in-progress", "inbound", None)
    assert (shown.to, shown._from, shown.forwarded_from) == ("+390212345678", "+390698765432", "+39800123456")
    assert shown.start_time == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    call.waits(12).hangs_up()
    shown = resource.fetch()
    assert (shown.status, shown.duration) == ("completed", "12")
    assert shown.end_time == datetime(2026, 3, 2, 9, 0, 12, tzinfo=UTC)


def test_calls_are_listed_by_filters_and_pages(line: Any) -> None:
    """The newest first, as many as wanted, by number, status and time."""
    here = line(documents())
    made = [here.dials() for _ in range(7)]
    made[0].hangs_up()
    here.clock.advance(24 * 3600)
    late = here.dials()
    calls = client_of(here.phone).calls
    assert [one.sid for one in calls.list(page_size=3)] == [
        late.sid,
        *(one.sid for one in reversed(made)),
    ]
    assert [one.sid for one in calls.list(status="completed")][-1] == made[0].sid
    assert calls.list(to="+39000000000") == []
    assert len(calls.list(from_="+390698765432", limit=4)) == 4
    assert [one.sid for one in calls.list(start_time=date(2026, 3, 3))] == [late.sid]
    after = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert [one.sid for one in calls.list(start_time_after=after)] == [late.sid]
    assert len(calls.list(start_time_before=after)) == 7


def test_children_are_listed_by_their_parent(line: Any) -> None:
    """The legs a Dial rang are calls of their own, with their parent."""
    here = line(documents(f"<Response><Dial>{DESK}</Dial></Response>"), agents={DESK: Agent()})
    call = here.dials()
    (child,) = client_of(here.phone).calls.list(parent_call_sid=call.sid)
    assert (child.direction, child.to, child.parent_call_sid) == ("outbound-dial", DESK, call.sid)


def test_headers_twilio_does_not_send_are_refused(line: Any) -> None:
    """A call to a SIP URI with other headers than X- ones is refused."""
    here = line(documents())
    create = client_of(here.phone).calls.create
    assert refusal(lambda: create(to="sip:a@b.example?Via=x", from_="+390212345678", url=NEW)) == (400, 21211)


def test_longest_call(line: Any) -> None:
    """TimeLimit ends a call, whatever goes on."""
    here = line(documents())
    person = here.phone.person(DESK)
    url = "https://callgate.example/voice/incoming"
    client_of(here.phone).calls.create(to=DESK, from_="+390212345678", url=url, time_limit=40)
    here.app.documents["/voice/incoming"] = MENU.replace("20", "90")
    person.answers()
    here.phone.passes(39)
    assert not person.over
    here.phone.passes(1)
    assert person.over

"""Queues and their members through the REST API: who is taken out of a queue, and what follows."""

from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.unit.simulator.asking import client_of

ENQUEUE = "<Response><Enqueue waitUrl='/wait' action='/left'>desk</Enqueue><Say>Not this</Say></Response>"
JOIN = "https://callgate.example/join"


@pytest.fixture
def here(line: Any) -> Any:
    """A line whose callers wait in the queue ``desk``."""
    return line(
        {
            "/voice/incoming": ENQUEUE,
            "/wait": "<Response><Play>/m.mp3</Play></Response>",
            "/left": "<Response><Say>Nobody hears this</Say></Response>",
            "/join": "<Response><Say>Connecting you</Say><Pause length='30'/></Response>",
        }
    )


def queue_of(here: Any) -> Any:
    (found,) = client_of(here.phone).queues.list()
    return client_of(here.phone).queues(found.sid)


def refusal(act: Any) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as caught:
        act()
    return caught.value.status, caught.value.code


def test_member_is_taken_out_and_executes_another_document(here: Any) -> None:
    """The action is told redirected at once and its answer is not executed; the Url's document is."""
    call = here.dials().waits(25)  # after the first round of music, 20 seconds
    queue_of(here).members(call.sid).update(url=JOIN)
    assert "/left" not in here.app.paths
    here.phone.passes(0)
    assert here.app.paths[-2:] == ["/left", "/join"]
    form = here.app.forms("/left")[0]
    assert (form["QueueResult"], form["QueueTime"], form["CallStatus"]) == ("redirected", "45", "in-progress")
    call.waits(5)
    entries = [entry.text for entry in here.phone.transcript.entries if entry.kind == "hears"]
    assert entries == ["Connecting you"]
    assert call.leg.connected_to == ""


def test_second_request_for_a_member_fails(here: Any) -> None:
    """Only the first request for a member succeeds, even before anything came of it."""
    call = here.dials()
    member = queue_of(here).members(call.sid)
    member.update(url=JOIN)
    assert refusal(lambda: member.update(url=JOIN))[0] == 400
    here.phone.passes(5)
    assert refusal(lambda: member.update(url=JOIN))[0] == 400
    assert here.app.paths.count("/join") == 1


def test_front_is_whoever_is_first(here: Any) -> None:
    """Front takes one after the other, in their order; then there is nobody."""
    first, second = here.dials(), here.dials()
    front = queue_of(here).members("Front")
    assert front.fetch().call_sid == first.sid
    assert front.update(url=JOIN).call_sid == first.sid
    assert front.update(url=JOIN).call_sid == second.sid
    assert refusal(lambda: front.update(url=JOIN)) == (404, 20404)
    here.phone.passes(0)
    assert here.app.paths.count("/join") == 2


def test_members_are_listed_in_order(here: Any) -> None:
    """Position, time in the queue and date of each member, and the queue's size."""
    first = here.dials().waits(10)  # each after a round of music, 20 seconds
    second = here.dials().waits(5)
    members = queue_of(here).members.list()
    assert [(one.call_sid, one.position, one.wait_time) for one in members] == [
        (first.sid, 1, 55),
        (second.sid, 2, 25),
    ]
    assert members[0].date_enqueued.isoformat() == "2026-03-02T09:00:00+00:00"
    assert queue_of(here).fetch().current_size == 2
    first.hangs_up()
    assert [one.call_sid for one in queue_of(here).members.list()] == [second.sid]
    assert refusal(queue_of(here).members(first.sid).fetch) == (404, 20404)


def test_others_move_up_at_once(here: Any) -> None:
    """Who was taken out is no longer counted, also before their call went on."""
    first, second = here.dials(), here.dials()
    queue_of(here).members(first.sid).update(url=JOIN)
    assert queue_of(here).members(second.sid).fetch().position == 1
    second.waits(30)
    assert here.app.forms("/wait")[-1]["QueuePosition"] == "1"


def test_caller_who_hung_up_first(here: Any) -> None:
    """A caller who leaves at the same instant is gone; the document is not asked for."""
    call = here.dials()
    queue_of(here).members(call.sid).update(url=JOIN)
    call.leg.driver.leaves()
    here.phone.passes(0)
    assert "/join" not in here.app.paths
    assert here.app.forms("/left")[0]["QueueResult"] == "hangup"


def test_queues_are_made_and_changed(line: Any) -> None:
    """A queue's name is new, of 1 to 64 characters; its size counts for those who enqueue."""
    here = line(
        {"/voice/incoming": ENQUEUE, "/left": "<Response><Say>Full</Say></Response>", "/wait": "<Response/>"}
    )
    queues = client_of(here.phone).queues
    made = queues.create(friendly_name="front", max_size=1)
    assert (made.friendly_name, made.max_size, made.current_size) == ("front", 1, 0)
    assert refusal(lambda: queues.create(friendly_name="front")) == (400, 22003)
    assert refusal(lambda: queues.create(friendly_name="x" * 65)) == (400, 20002)
    assert refusal(lambda: queues.create(friendly_name="big", max_size=5001)) == (400, 20001)
    assert queues(made.sid).update(friendly_name="desk").friendly_name == "desk"
    first = here.dials()
    assert first.leg.connected_to == "queue:desk"
    assert here.app.forms("/wait")[0]["QueueSid"] == made.sid
    assert here.app.forms("/wait")[0]["MaxQueueSize"] == "1"
    here.dials().hears("full")
    assert refusal(queues(made.sid).delete)[0] == 400
    first.hangs_up()
    assert queues(made.sid).delete()
    assert queues.list() == []
    assert refusal(queues("QU" + "0" * 32).fetch) == (404, 20404)


def test_queue_is_left_by_the_calls_resource(here: Any) -> None:
    """A call redirected out of a queue leaves it as redirected, too."""
    call = here.dials()
    client_of(here.phone).calls(call.sid).update(url=JOIN)
    here.phone.passes(0)
    assert here.app.forms("/left")[0]["QueueResult"] == "redirected"
    assert queue_of(here).members.list() == []


def test_bridged_caller_who_is_redirected(here: Any) -> None:
    """Who was bridged out of the queue leaves as redirected-from-bridged; the other side goes on."""
    caller = here.dials()
    here.app.documents["/voice/incoming"] = (
        "<Response><Dial action='/done'><Queue>desk</Queue></Dial></Response>"
    )
    here.app.documents["/done"] = "<Response><Say>Next please</Say></Response>"
    agent = here.dials()
    assert caller.leg.with_ == {agent.sid}
    client_of(here.phone).calls(caller.sid).update(url=JOIN)
    agent.waits(2)
    assert agent.said == "Next please"
    assert here.app.forms("/left")[0]["QueueResult"] == "redirected-from-bridged"
    assert not caller.over


def test_dialled_queue_is_entered_later(here: Any) -> None:
    """A leg that dials an empty queue talks to the first who comes within its timeout."""
    here.app.documents["/voice/incoming"] = (
        "<Response><Dial timeout='60'><Queue>desk</Queue></Dial></Response>"
    )
    dialler = here.phone.person("+390612345678")
    client_of(here.phone).calls.create(
        to=dialler.address, from_="+390212345678", url="https://callgate.example/dials"
    )
    here.app.documents["/dials"] = here.app.documents["/voice/incoming"]
    here.app.documents["/voice/incoming"] = ENQUEUE
    here.phone.exchange.scheduler.at(
        here.clock.now() + timedelta(seconds=10), lambda: callers.append(here.dials())
    )
    callers: list[Any] = []
    dialler.answers()
    (caller,) = callers
    assert dialler.talks
    assert dialler.leg.with_ == {caller.sid}

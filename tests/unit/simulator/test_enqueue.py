"""Enqueue: the wait document in a loop, the ways out of it, and what the action is told."""

from typing import Any

import pytest

ENQUEUE = "<Response><Enqueue waitUrl='/wait' action='/left'>technical-it</Enqueue></Response>"
WAIT = (
    "<Response><Gather action='/key' numDigits='1' timeout='2'><Say>Please hold</Say></Gather>"
    "<Play>/m.mp3</Play></Response>"
)


def documents(**more: Any) -> dict[str, Any]:
    return {
        "/voice/incoming": ENQUEUE,
        "/wait": WAIT,
        "/key": "<Response><Leave/></Response>",
        "/left": "<Response><Say>Out</Say></Response>",
        **{"/" + path.replace("_", "/"): document for path, document in more.items()},
    }


def test_wait_document_runs_in_a_loop(line: Any) -> None:
    """The wait document is asked for again at its end, each time with the place and time in the queue."""
    here = line(documents())
    here.dials().is_transferred_to("technical-it").waits(60)
    forms = here.app.forms("/wait")
    assert len(forms) >= 3
    assert [form["QueuePosition"] for form in forms] == ["1"] * len(forms)
    times = [int(form["QueueTime"]) for form in forms]
    assert times == sorted(times)
    assert times[0] == 0 < times[-1]
    assert forms[0]["QueueSid"].startswith("QU")
    assert (forms[0]["CurrentQueueSize"], forms[0]["AvgQueueTime"]) == ("1", "0")


def test_key_in_the_wait_document_leaves_the_queue(line: Any) -> None:
    """Leave ends the waiting; the action is told leave, the queue and the time spent in it."""
    here = line(documents())
    here.dials().waits(40).presses("0").hears("out").is_over()
    form = here.app.forms("/left")[0]
    assert form["QueueResult"] == "leave"
    assert form["QueueSid"] == here.app.forms("/wait")[0]["QueueSid"]
    assert int(form["QueueTime"]) >= 40
    assert form["CallStatus"] == "in-progress"


def test_key_whose_answer_ends_returns_to_the_wait_document(line: Any) -> None:
    """A Gather's action that runs out of verbs leads back to the wait document, still in the queue."""
    here = line(documents(key="<Response><Say>Second in line</Say></Response>"))
    call = here.dials().presses("9").hears("second in line").hears("please hold")
    call.is_transferred_to("technical-it")
    assert len(here.app.forms("/wait")) == 2


def test_caller_who_hangs_up_leaves_the_queue(line: Any) -> None:
    """Hanging up in the queue tells the action hangup, with CallStatus completed, and frees the place."""
    here = line(documents())
    here.dials().waits(10).hangs_up().is_over()
    form = here.app.forms("/left")[0]
    assert (form["QueueResult"], form["CallStatus"], form["QueueTime"]) == ("hangup", "completed", "10")
    here.dials()
    assert here.app.forms("/wait")[-1]["QueuePosition"] == "1"


def test_hangup_in_the_wait_document_ends_the_call(line: Any) -> None:
    """Hangup while waiting ends the call and tells the action."""
    here = line(documents(key="<Response><Hangup/></Response>"))
    here.dials().presses("1").is_over()
    assert here.app.forms("/left")[0]["QueueResult"] == "hangup"


def test_second_caller_stands_behind_the_first(line: Any) -> None:
    """Positions count from 1; when the first leaves, the second moves up, and the average wait is told."""
    here = line(documents())
    first = here.dials()
    second = here.dials()
    assert here.app.forms("/wait")[-1]["QueuePosition"] == "2"
    assert here.app.forms("/wait")[-1]["CurrentQueueSize"] == "2"
    first.waits(30).hangs_up()
    second.waits(60)
    form = here.app.forms("/wait")[-1]
    assert (form["QueuePosition"], form["CurrentQueueSize"]) == ("1", "1")
    assert int(form["AvgQueueTime"]) >= 30


def test_agent_takes_the_first_in_line(line: Any) -> None:
    """Who is taken talks; the action is told bridged once the conversation is over."""
    here = line(documents())
    first, second = here.dials(), here.dials()
    here.phone.takes_from("technical-it")
    assert (first.talks, second.talks) == (True, False)
    assert here.app.forms("/left") == []
    first.is_transferred_to("technical-it").waits(60).agent_hangs_up().hears("out").is_over()
    assert here.app.forms("/left")[0]["QueueResult"] == "bridged"


def test_bridged_caller_hangs_up(line: Any) -> None:
    """A caller who was connected and hangs up leaves as bridged."""
    here = line(documents())
    call = here.dials()
    here.phone.takes_from("technical-it")
    call.hangs_up().is_over()
    assert here.app.forms("/left")[0]["QueueResult"] == "bridged"


def test_nobody_to_take(line: Any) -> None:
    """Taking from an empty queue fails the test."""
    with pytest.raises(AssertionError, match="nobody waits"):
        line(documents()).phone.takes_from("technical-it")


def test_agent_dials_the_queue(line: Any) -> None:
    """A leg that dials the queue talks to its first caller, who hears the queue's document before."""
    dial = "<Response><Dial action='/done'><Queue url='/about'>technical-it</Queue></Dial></Response>"
    here = line(documents(about="<Response><Say>Connecting you</Say></Response>", done="<Response/>"))
    caller = here.dials()
    here.app.documents["/voice/incoming"] = dial
    agent = here.phone.dials("+390212345678", ani="+390612345678")
    caller.hears("connecting you").is_transferred_to("technical-it")
    assert caller.talks
    assert agent.talks
    form = here.app.forms("/about")[0]
    assert (form["CallSid"], form["DequeingCallSid"]) == (caller.sid, agent.sid)
    agent.waits(20).hangs_up()
    caller.hears("out").is_over()
    assert here.app.forms("/done")[0]["DialCallStatus"] == "completed"
    assert here.app.forms("/left")[0]["QueueResult"] == "bridged"


def test_caller_leaves_the_agent_who_dialled_the_queue(line: Any) -> None:
    """When the queued caller hangs up, the agent's Dial is over, too."""
    here = line(documents(done="<Response><Say>Next please</Say></Response>"))
    caller = here.dials()
    here.app.documents["/voice/incoming"] = (
        "<Response><Dial action='/done'><Queue>technical-it</Queue></Dial></Response>"
    )
    agent = here.phone.dials("+390212345678", ani="+390612345678")
    caller.hangs_up()
    agent.hears("next please").is_over()


def test_dialling_an_empty_queue_waits_for_its_timeout(line: Any) -> None:
    """Nobody in the queue: the Dial waits for its timeout and was not answered."""
    here = line(
        documents(
            voice_incoming="<Response><Dial action='/done' timeout='12'><Queue>q</Queue></Dial></Response>",
            done="<Response/>",
        )
    )
    here.dials().is_over()
    assert here.app.forms("/done")[0]["DialCallStatus"] == "no-answer"


def test_full_queue_is_told_at_once(line: Any) -> None:
    """Beyond maxQueueSize the action is told queue-full, without a queue's SID or time."""
    here = line(documents(voice_incoming=ENQUEUE.replace("<Enqueue", "<Enqueue maxQueueSize='1'")))
    here.dials()
    here.dials().hears("out").is_over()
    form = here.app.forms("/left")[0]
    assert form["QueueResult"] == "queue-full"
    assert "QueueSid" not in form


def test_broken_wait_document_leaves_with_error(line: Any) -> None:
    """A wait document that cannot be had ends the waiting; the action is told error."""
    here = line(documents(wait=(500, "oops")))
    here.dials().hears("out").is_over()
    assert here.app.forms("/left")[0]["QueueResult"] == "error"


def test_without_action_the_next_verb_follows(line: Any) -> None:
    """An Enqueue without action is followed by the next verb once the queue is left."""
    enqueue = "<Response><Enqueue waitUrl='/wait'>q</Enqueue><Say>Next verb</Say></Response>"
    here = line(documents(voice_incoming=enqueue))
    here.dials().presses("0").hears("next verb").is_over()


def test_without_wait_url_there_is_music(line: Any) -> None:
    """Without a waitUrl the carrier's own music plays until somebody comes."""
    here = line(documents(voice_incoming="<Response><Enqueue action='/left'>q</Enqueue></Response>"))
    here.dials().waits(300).is_transferred_to("q").hangs_up()
    assert here.app.forms("/left")[0]["QueueTime"] == "300"


def test_leave_outside_a_queue_does_nothing(line: Any) -> None:
    """Leave where there is no queue is passed over."""
    here = line({"/voice/incoming": "<Response><Leave/><Say>Here</Say></Response>"})
    here.dials().hears("here").is_over()


def test_endless_music_in_a_gather_waits_for_a_key(line: Any) -> None:
    """A Play with loop 0 goes on until a key is pressed; silence does not end it."""
    music = "<Response><Gather action='/key' numDigits='1'><Play loop='0'>/m.mp3</Play></Gather></Response>"
    call = line(documents(wait=music)).dials().waits(3600)
    with pytest.raises(AssertionError, match="by itself"):
        call.stays_silent()
    call.presses("0").hears("out").is_over()

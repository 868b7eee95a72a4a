"""Dial: child legs, whispers, status callbacks, and what the action is told."""

from typing import Any

import pytest

from app.simulator.agents import Agent
from app.simulator.refused import Refused

DESK = "+390612345678"
WHISPER = (
    "<Response><Gather action='/accept' numDigits='1' timeout='5'><Say>Verified. Press one.</Say></Gather>"
    "<Hangup/></Response>"
)


def documents(dial: str, **more: str) -> dict[str, Any]:
    return {
        "/voice/incoming": f"<Response><Say>Connecting</Say>{dial}</Response>",
        "/whisper": WHISPER,
        "/accept": lambda form: "<Response/>" if form["Digits"] == "1" else "<Response><Hangup/></Response>",
        "/after": "<Response><Say>Afterwards</Say></Response>",
        "/leg": "<Response/>",
        **more,
    }


def desk(attributes: str = "", noun: str = 'url="/whisper"') -> dict[str, Any]:
    return documents(f'<Dial action="/after" {attributes}><Number {noun}>{DESK}</Number></Dial>')


def test_agent_hears_the_whisper_and_is_connected(line: Any) -> None:
    """The whisper runs on the agent's leg; pressing the key it asks for connects the caller."""
    agent = Agent()
    here = line(desk(), agents={DESK: agent}, targets={"technical-it": f"number:{DESK}"})
    call = here.dials().agent_hears("verified").does_not_hear("verified").is_transferred_to("technical-it")
    assert call.talks
    assert (agent.heard, agent.bridged) == (["Verified. Press one."], 1)


def test_action_tells_of_a_conversation(line: Any) -> None:
    """After a conversation the action gets completed, its length, the child's SID and DialBridged=true."""
    here = line(desk(), agents={DESK: Agent()})
    here.dials().waits(90).agent_hangs_up().hears("afterwards").is_over()
    form = here.app.forms("/after")[0]
    child = here.app.forms("/whisper")[0]
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "true")
    assert int(form["DialCallDuration"]) >= 90
    assert form["DialCallSid"] == child["CallSid"]
    assert form["CallStatus"] == "in-progress"


def test_whisper_is_asked_for_on_the_child_leg(line: Any) -> None:
    """A whisper's webhook is about the child: its own CallSid, the parent's, the agent as To."""
    here = line(desk('callerId="+390212345678"'), agents={DESK: Agent()})
    call = here.dials()
    form = here.app.forms("/whisper")[0]
    assert form["ParentCallSid"] == call.sid != form["CallSid"]
    assert (form["To"], form["From"], form["Direction"]) == (DESK, "+390212345678", "outbound-dial")
    assert form["CallStatus"] == "in-progress"


def test_without_caller_id_the_agent_sees_the_caller(line: Any) -> None:
    """callerId defaults to the caller's own number."""
    here = line(desk(), agents={DESK: Agent()})
    here.dials()
    assert here.app.forms("/whisper")[0]["From"] == "+390698765432"


@pytest.mark.parametrize("agent", [Agent.declines(), Agent.voicemail(), Agent.leaves_in_whisper()])
def test_who_does_not_accept_is_not_connected(line: Any, agent: Agent) -> None:
    """Another key, a voicemail's silence or hanging up in the whisper: completed, but not bridged."""
    here = line(desk(), agents={DESK: agent})
    here.dials().hears("afterwards").is_over()
    form = here.app.forms("/after")[0]
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "false")
    assert agent.bridged == 0
    assert agent.heard


@pytest.mark.parametrize(
    ("agent", "status"),
    [
        (Agent.busy(), "busy"),
        (Agent.refuses(), "busy"),
        (Agent.no_answer(), "no-answer"),
        (Agent(rings=25), "no-answer"),
        (Agent(answers=False, unanswered="failed"), "failed"),
        (None, "failed"),
    ],
)
def test_who_does_not_answer_is_told_to_the_action(line: Any, agent: Agent | None, status: str) -> None:
    """Busy, unanswered, too slow for the timeout, unknown: the action gets the status, and no bridge."""
    here = line(desk('timeout="20"'), agents={DESK: agent} if agent else {})
    before = here.clock.now()
    here.dials().hears("afterwards").is_over()
    form = here.app.forms("/after")[0]
    assert (form["DialCallStatus"], form["DialBridged"]) == (status, "false")
    assert "/whisper" not in here.app.paths
    assert (here.clock.now() - before).total_seconds() < 25


def test_dial_rings_for_its_timeout(line: Any) -> None:
    """Nobody answers: the caller hears ringing for exactly the timeout."""
    here = line(
        documents(f'<Dial action="/after" timeout="17">{DESK}</Dial>'), agents={DESK: Agent.no_answer()}
    )
    before = here.clock.now()
    here.dials()
    spoken = len("ConnectingAfterwards") / 15
    assert (here.clock.now() - before).total_seconds() == pytest.approx(17 + spoken)


def test_status_callbacks_follow_the_child_leg(line: Any) -> None:
    """Each subscribed event is posted once, in order, with the child's status and the parent's SID."""
    noun = 'statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed"'
    here = line(desk(noun=noun), agents={DESK: Agent()})
    call = here.dials().waits(30).agent_hangs_up()
    forms = here.app.forms("/leg")
    assert [form["CallStatus"] for form in forms] == ["initiated", "ringing", "in-progress", "completed"]
    assert [form["SequenceNumber"] for form in forms] == ["0", "1", "2", "3"]
    assert {form["ParentCallSid"] for form in forms} == {call.sid}
    assert forms[3]["CallDuration"] == "30"
    assert {form["CallbackSource"] for form in forms} == {"call-progress-events"}


@pytest.mark.parametrize(("agent", "status"), [(Agent.busy(), "busy"), (Agent.no_answer(), "no-answer")])
def test_status_callback_is_for_the_end_by_default(line: Any, agent: Agent, status: str) -> None:
    """Without statusCallbackEvent only the end is told, with the status the leg ended in."""
    here = line(desk(noun='statusCallback="/leg"'), agents={DESK: agent})
    here.dials()
    assert [form["CallStatus"] for form in here.app.forms("/leg")] == [status]


def test_caller_who_hangs_up_while_it_rings_cancels(line: Any) -> None:
    """The child is canceled, and the action is told with CallStatus completed."""
    here = line(desk(noun='url="/whisper" statusCallback="/leg"'), agents={DESK: Agent(rings=10)})
    here.app.documents["/voice/incoming"] = "<Response><Gather action='/ring' numDigits='1'/></Response>"
    here.app.documents["/ring"] = desk(noun='url="/whisper" statusCallback="/leg"')["/voice/incoming"]
    here.dials().will_hang_up_in(5).presses("1").is_over().does_not_hear("afterwards")
    form = here.app.forms("/after")[0]
    assert (form["DialCallStatus"], form["CallStatus"], form["DialBridged"]) == (
        "canceled",
        "completed",
        "false",
    )
    assert here.app.forms("/leg")[0]["CallStatus"] == "canceled"
    assert "/whisper" not in here.app.paths


def test_caller_who_hangs_up_in_conversation(line: Any) -> None:
    """Both legs end as completed; the action is told and its answer not executed."""
    here = line(desk(noun='url="/whisper" statusCallback="/leg"'), agents={DESK: Agent()})
    here.dials().waits(10).hangs_up().is_over().does_not_hear("afterwards")
    assert here.app.forms("/after")[0]["DialBridged"] == "true"
    assert here.app.forms("/leg")[0]["CallStatus"] == "completed"
    assert here.app.forms("/voice/status")[0]["CallStatus"] == "completed"


def test_caller_who_hangs_up_during_the_whisper(line: Any) -> None:
    """Nobody is connected to a caller who left while the agent was still listening."""
    agent = Agent.voicemail()
    here = line(desk(), agents={DESK: agent})
    here.app.documents["/ring"] = here.app.documents["/voice/incoming"]
    here.app.documents["/voice/incoming"] = "<Response><Gather action='/ring' numDigits='1'/></Response>"
    here.dials().will_hang_up_in(23).presses("1").is_over()
    assert here.app.forms("/after")[0]["DialBridged"] == "false"
    assert agent.bridged == 0


def test_agent_who_talks_for_a_while(line: Any) -> None:
    """An agent with a set time hangs up by themselves."""
    here = line(desk(noun=""), agents={DESK: Agent(talks=45)})
    here.dials().waits(50).hears("afterwards").is_over()
    assert here.app.forms("/after")[0]["DialCallDuration"] == "45"


def test_without_action_the_next_verb_follows(line: Any) -> None:
    """A Dial without action is followed by the next verb once it is over."""
    here = line(documents(f"<Dial>{DESK}</Dial><Say>Still here</Say>"), agents={DESK: Agent.busy()})
    here.dials().hears("still here").is_over()


def test_sip_is_dialled_by_its_uri(line: Any) -> None:
    """A SIP target is reached under its URI."""
    uri = "sip:desk@example.com"
    here = line(
        documents(f"<Dial><Sip url='/whisper'>{uri}</Sip></Dial>"), agents={uri: Agent()}, targets={"q": uri}
    )
    here.dials().is_transferred_to("q")
    assert here.app.forms("/whisper")[0]["To"] == uri


def test_first_to_answer_has_the_call(line: Any) -> None:
    """Several nouns ring at once; the quickest is connected and the others are canceled."""
    slow, quick = Agent(rings=9), Agent(rings=2)
    nouns = f"<Number statusCallback='/leg'>+390611111111</Number><Number>{DESK}</Number>"
    here = line(documents(f"<Dial>{nouns}</Dial>"), agents={"+390611111111": slow, DESK: quick})
    here.dials()
    assert (slow.bridged, quick.bridged) == (0, 1)
    assert here.app.forms("/leg")[0]["CallStatus"] == "canceled"


def test_sequential_rings_one_after_the_other(line: Any) -> None:
    """With sequential the next rings only when the one before did not answer."""
    nouns = f"<Number>+390611111111</Number><Number>{DESK}</Number>"
    dial = f"<Dial sequential='true' timeout='10'>{nouns}</Dial>"
    last = Agent()
    here = line(documents(dial), agents={"+390611111111": Agent.no_answer(), DESK: last})
    before = here.clock.now()
    here.dials()
    assert last.bridged == 1
    assert (here.clock.now() - before).total_seconds() > 10


def test_answer_on_bridge_leaves_the_call_ringing(line: Any) -> None:
    """With answerOnBridge the caller's own leg is answered only when somebody is connected."""
    dial = f'<Dial answerOnBridge="true" action="/after"><Number>{DESK}</Number></Dial>'
    here = line(
        {**documents(""), "/voice/incoming": f"<Response>{dial}</Response>"}, agents={DESK: Agent.busy()}
    )
    here.dials()
    assert here.app.forms("/after")[0]["CallStatus"] == "ringing"


def test_whisper_may_not_dial(line: Any) -> None:
    """A Dial in a whisper is refused: a child leg cannot dial out."""
    here = line(documents(f"<Dial><Number url='/whisper'>{DESK}</Number></Dial>"), agents={DESK: Agent()})
    here.app.documents["/whisper"] = "<Response><Dial>+390612345678</Dial></Response>"
    with pytest.raises(Refused, match="13201"):
        here.dials()


def test_broken_whisper_does_not_connect(line: Any) -> None:
    """A whisper that cannot be had ends the agent's leg; the caller goes on with the action."""
    here = line({**desk(), "/whisper": (500, "oops")}, agents={DESK: Agent()})
    here.dials().hears("afterwards").is_over()
    assert here.app.forms("/after")[0]["DialBridged"] == "false"

"""People who are called: their phones ring, and a test decides what they do."""

from typing import Any

import pytest

from app.simulator.agents import Agent
from tests.unit.simulator.asking import client_of

ANA = "sip:ana@desk.example"
DESK = "+390612345678"
WHISPER = (
    "<Response><Gather action='/yes' numDigits='1' timeout='5'><Say>A call. Press one.</Say></Gather>"
    "<Say>Goodbye</Say><Hangup/></Response>"
)


def documents(**more: Any) -> dict[str, Any]:
    return {
        "/whisper": WHISPER,
        "/yes": "<Response><Say>Connecting</Say><Pause length='600'/></Response>",
        "/told": "<Response/>",
        **more,
    }


def called(here: Any, to: str = ANA, **more: Any) -> str:
    """Have the carrier call somebody; gives the CallSid."""
    call = client_of(here.phone).calls.create(
        to=to,
        from_="+390212345678",
        url="https://callgate.example/whisper",
        status_callback="https://callgate.example/told",
        status_callback_event=["initiated", "ringing", "answered", "completed"],
        **more,
    )
    return str(call.sid)


def test_phone_rings_and_is_answered(line: Any) -> None:
    """Somebody called by the REST API hears the document once they answer, and acts as a caller does."""
    here = line(documents())
    ana = here.phone.person(ANA)
    assert not ana.rings
    sid = called(here)
    assert ana.rings
    assert "/whisper" not in here.app.paths
    ana.answers().hears("press one").presses("1").hears("connecting").does_not_hear("press")
    form = here.app.forms("/whisper")[0]
    assert (form["CallSid"], form["Direction"], form["To"]) == (sid, "outbound-api", ANA)
    ana.hangs_up().is_over()
    assert [told["CallStatus"] for told in here.app.forms("/told")] == [
        "initiated",
        "ringing",
        "in-progress",
        "completed",
    ]
    assert here.app.forms("/told")[3]["SipResponseCode"] == "200"


def test_nothing_is_executed_within_the_request(line: Any) -> None:
    """The request itself is answered queued; the call goes out afterwards."""
    here = line(documents())
    here.phone.person(ANA)
    sid = called(here)
    assert here.app.paths == []
    assert client_of(here.phone).calls(sid).fetch().status == "queued"
    here.phone.passes(0)
    assert client_of(here.phone).calls(sid).fetch().status == "ringing"
    assert here.app.paths == ["/told", "/told"]


@pytest.mark.parametrize(("timeout", "seconds"), [({}, 60), ({"timeout": 25}, 25)])
def test_unanswered_within_the_timeout(line: Any, timeout: dict[str, Any], seconds: int) -> None:
    """Nobody picks up within the Timeout, 60 seconds unless given: no-answer, told with its SIP code."""
    here = line(documents())
    ana = here.phone.person(ANA)
    called(here, **timeout)
    here.phone.passes(seconds - 0.5)
    assert ana.rings
    here.phone.passes(1)
    assert not ana.rings
    told = here.app.forms("/told")[-1]
    assert (told["CallStatus"], told["CallDuration"], told["SipResponseCode"]) == ("no-answer", "0", "487")
    with pytest.raises(AssertionError, match="does not ring"):
        ana.answers()


def test_declined(line: Any) -> None:
    """A declined call is busy; the person can be called again."""
    here = line(documents())
    ana = here.phone.person(ANA)
    called(here)
    ana.declines()
    assert here.app.forms("/told")[-1]["CallStatus"] == "busy"
    called(here)
    ana.answers().hears("a call").hangs_up()
    called(here)
    assert ana.rings


def test_who_is_on_the_phone_is_busy(line: Any) -> None:
    """A second call to somebody who talks is busy, and the first one goes on."""
    here = line(documents())
    ana = here.phone.person(ANA)
    first = called(here)
    ana.answers()
    called(here)
    here.phone.passes(1)
    assert here.app.forms("/told")[-1]["CallStatus"] == "busy"
    assert ana.sid == first
    ana.presses("1").hears("connecting")


def test_nobody_has_the_number(line: Any) -> None:
    """A number nobody has fails without ringing."""
    here = line(documents())
    called(here, to="+390600000000")
    here.phone.passes(0)
    assert [told["CallStatus"] for told in here.app.forms("/told")] == ["initiated", "failed"]
    assert here.app.forms("/told")[-1]["SipResponseCode"] == "404"


def test_agents_behave_when_they_are_called(line: Any) -> None:
    """A scripted agent called by the REST API answers after its rings, and presses when it is asked."""
    agent = Agent(rings=7)
    here = line(documents(), agents={DESK: agent})
    called(here, to=DESK)
    here.phone.passes(7)
    assert agent.heard == ["A call. Press one."]
    here.phone.passes(10)
    assert agent.heard[-1] == "Connecting"


@pytest.mark.parametrize(
    ("agent", "status"),
    [
        (Agent.busy(), "busy"),
        (Agent.no_answer(), "no-answer"),
        (Agent.voicemail(), "completed"),
        (Agent.leaves_in_whisper(), "completed"),
    ],
)
def test_how_agents_do_not_take_a_call(line: Any, agent: Agent, status: str) -> None:
    """Engaged, unanswered, a voicemail, hung up: each ends as such a call does."""
    here = line(documents(), agents={DESK: agent})
    called(here, to=DESK)
    here.phone.passes(90)
    assert here.app.forms("/told")[-1]["CallStatus"] == status
    assert "/yes" not in here.app.paths


def test_agent_who_talks_for_a_while(line: Any) -> None:
    """An agent's conversation lasts as long as it talks."""
    here = line(
        {"/voice/incoming": f"<Response><Dial>{DESK}</Dial></Response>", **documents()},
        agents={DESK: Agent(rings=2, talks=40)},
    )
    call = here.dials().waits(39)
    assert call.talks
    call.waits(2)
    assert call.over


def test_person_is_reached_by_a_dial(line: Any) -> None:
    """A Dial rings a person, too; the caller waits for what they do."""
    dial = f"<Response><Dial action='/after' timeout='20'><Sip url='/whisper'>{ANA}</Sip></Dial></Response>"
    here = line(
        documents(
            **{
                "/voice/incoming": dial,
                "/after": "<Response><Say>Afterwards</Say></Response>",
                "/yes": "<Response/>",
            }
        )
    )
    ana = here.phone.person(ANA)
    call = here.dials()
    assert ana.rings
    ana.answers().hears("press one")
    assert not call.talks
    ana.presses("1")
    assert ana.talks
    assert call.talks
    assert call.leg.with_ == {ana.sid}
    call.waits(30)
    ana.hangs_up()
    call.hears("afterwards").is_over()
    assert here.app.forms("/after")[0]["DialCallSid"] == ana.sid
    assert int(here.app.forms("/after")[0]["DialCallDuration"]) >= 30


@pytest.mark.parametrize(("declined", "status"), [(True, "busy"), (False, "no-answer")])
def test_person_who_does_not_take_a_dialled_call(line: Any, declined: bool, status: str) -> None:
    """Declined or not answered in time: the Dial's action is told."""
    dial = f"<Response><Dial action='/after' timeout='20'>{DESK}</Dial></Response>"
    here = line({"/voice/incoming": dial, "/after": "<Response><Say>Afterwards</Say></Response>"})
    person = here.phone.person(DESK)
    call = here.dials()
    if declined:
        person.declines()
    else:
        call.waits(20)
    assert call.said == "Afterwards"
    assert here.app.forms("/after")[0]["DialCallStatus"] == status


def test_caller_who_leaves_while_a_person_is_rung(line: Any) -> None:
    """The phone rings no longer when the caller hangs up."""
    here = line({"/voice/incoming": f"<Response><Dial>{DESK}</Dial></Response>"})
    person = here.phone.person(DESK)
    here.dials().waits(5).hangs_up().is_over()
    assert not person.rings


def test_headers_in_a_sip_uri_are_kept_on_the_leg(line: Any) -> None:
    """A SIP URI is looked up without its headers; they are on the leg, decoded."""
    here = line(documents())
    ana = here.phone.person(ANA)
    called(here, to=f"{ANA}?X-Name=Rossi%20%26%20C.&X-Level=code")
    ana.answers()
    assert ana.leg.sip_headers == {"X-Name": "Rossi & C.", "X-Level": "code"}
    assert here.app.forms("/whisper")[0]["To"] == ANA


def test_headers_in_a_dialled_sip_uri(line: Any) -> None:
    """The same for Dial, Sip."""
    uri = f"{ANA};transport=tls?X-Name=Rossi"
    here = line({"/voice/incoming": f"<Response><Dial><Sip>{uri}</Sip></Dial></Response>"})
    ana = here.phone.person(ANA)
    here.dials()
    ana.answers()
    assert ana.leg.sip_headers == {"X-Name": "Rossi"}


def test_nobody_has_called_yet(line: Any) -> None:
    """A phone that has neither called nor been called has no call to speak of."""
    with pytest.raises(AssertionError, match="neither called"):
        line({}).phone.person(ANA).presses("1")


def test_whoever_is_called_is_there(line: Any) -> None:
    """Where a person is at every address, whatever is called rings until they answer."""
    here = line(documents(), everywhere=True)
    called(here, to="+390612345699")
    here.phone.passes(0)
    [rung] = here.phone.persons
    assert (rung.address, rung.rings, rung.begun) == ("+390612345699", True, True)
    rung.answers().hears("A call.")

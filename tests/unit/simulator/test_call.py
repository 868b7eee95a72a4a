"""The words a call test is written in: what they do, and how they fail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.simulator.agents import Agent
from app.simulator.transcript import Entry, Happening

MENU = (
    "<Response><Gather action='/turn' numDigits='1' timeout='5' actionOnEmptyResult='true'>"
    "<Say language='it-IT' voice='Polly.Bianca'>Prema uno</Say></Gather></Response>"
)


def documents(turn: str = "<Response><Say>Grazie</Say></Response>") -> dict[str, Any]:
    return {"/voice/incoming": MENU, "/turn": turn, "/voice/fallback": "<Response/>"}


def fails(act: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence) as caught:
        act()
    assert "caller dials +390212345678" in str(caught.value)


def test_hears_is_about_what_was_said_since_the_last_act(line: Any) -> None:
    """hears looks, whatever the case, at what was said since the caller last did something."""
    call = line(documents()).dials().hears("PREMA  uno").presses("1").hears("grazie").does_not_hear("prema")
    fails(lambda: call.hears("prema"), "did not hear 'prema'")
    fails(lambda: call.does_not_hear("Grazie"), "heard 'Grazie'")
    assert call.said == "Grazie"


def test_hears_language(line: Any) -> None:
    """The language of what was said is held against a tag or its beginning."""
    call = line(documents()).dials().hears_language("it").hears_language("it-IT")
    fails(lambda: call.hears_language("i"), "did not hear i")
    fails(lambda: call.hears_language("en"), "did not hear en")


def test_dead_key_fails(line: Any) -> None:
    """A key that nothing listens to fails the test, whether the call is over or went on talking."""
    call = line(documents()).dials()
    fails(lambda: call.presses("12"), "nothing listened to '2'")
    fails(lambda: call.presses("1"), "nothing listens to the key 1")
    fails(call.stays_silent, "nothing listens")


def test_key_in_a_conversation_is_dead(line: Any) -> None:
    """Keys pressed to a person are not heard by the call."""
    here = line(
        documents("<Response><Dial>+390612345678</Dial></Response>"), agents={"+390612345678": Agent()}
    )
    call = here.dials().presses("1")
    fails(lambda: call.presses("1"), "nothing listens")


def test_prompts_before_a_gather_are_heard_out(line: Any) -> None:
    """A caller in a prompt that does not listen waits for the one that does before pressing."""
    turn = "<Response><Say>Wrong</Say><Pause length='30'/><Gather action='/end' numDigits='1'/></Response>"
    here = line({**documents(turn), "/end": "<Response><Say>End</Say></Response>"})
    here.dials().waits(6).waits(10).presses("7").hears("end").is_over()


def test_waiting_is_exact(line: Any) -> None:
    """waits lets exactly so much time pass, whatever is said and asked meanwhile."""
    here = line(documents(MENU))
    call = here.dials()
    before = here.clock.now()
    call.waits(120).is_listening()
    assert (here.clock.now() - before).total_seconds() == pytest.approx(120)
    assert len(here.app.forms("/turn")) > 10


def test_waiting_past_the_end_lets_time_pass(line: Any) -> None:
    """Time goes on when the call is over."""
    here = line(documents())
    call = here.dials().presses("1").is_over()
    before = here.clock.now()
    call.waits(600)
    assert (here.clock.now() - before).total_seconds() == 600


def test_hanging_up(line: Any) -> None:
    """A call that was hung up is over, and hanging up twice does nothing more."""
    here = line(documents())
    here.dials().hangs_up().is_over().hangs_up()
    assert here.app.paths == ["/voice/incoming", "/voice/status"]


def test_hanging_up_in_the_middle_of_a_prompt(line: Any) -> None:
    """will_hang_up_in ends the call while it speaks, to the second."""
    here = line(documents("<Response><Pause length='60'/><Redirect>/voice/incoming</Redirect></Response>"))
    before = here.clock.now()
    here.dials().will_hang_up_in(20).presses("1").is_over()
    assert (here.clock.now() - before).total_seconds() == pytest.approx(20 + 9 / 15)
    assert here.app.forms("/voice/status")[0]["CallDuration"] == "20"


def test_is_over_and_is_listening_can_fail(line: Any) -> None:
    """A call that goes on is not over, and one that is over does not listen."""
    call = line(documents()).dials().is_listening()
    fails(call.is_over, "not over")
    call.presses("1")
    fails(call.is_listening, "nothing listens")


def test_transfer_is_told_by_the_target(line: Any) -> None:
    """is_transferred_to compares the caller's place with the queue's target, the level with the look-up."""
    expected: list[str] = []
    here = line(
        documents("<Response><Dial>+390612345678</Dial></Response>"),
        agents={"+390612345678": Agent()},
        targets={"technical-it": "number:+390612345678", "billing-it": "number:+390600000000"},
        level_of=lambda sid: "code" if sid in expected else "unverified",
    )
    call = here.dials()
    expected.append(call.sid)
    fails(lambda: call.is_transferred_to("technical-it"), "the caller is at 'nobody'")
    call.presses("1").is_transferred_to("technical-it", level="code")
    fails(lambda: call.is_transferred_to("billing-it"), "not at 'number:\\+390600000000'")
    fails(lambda: call.is_transferred_to("technical-en"), "not at 'queue:technical-en'")
    fails(lambda: call.is_transferred_to("technical-it", level="unverified"), "level is 'code'")


def test_level_needs_a_look_up(line: Any) -> None:
    """Asking for a level of a phone that cannot look one up is a fault of the test."""
    call = line({"/voice/incoming": "<Response><Enqueue>q</Enqueue></Response>"}).dials()
    with pytest.raises(ValueError, match="level_of"):
        call.is_transferred_to("q", level="code")


def test_agent_hears_can_fail(line: Any) -> None:
    """agent_hears looks at the legs this call rang, not at the caller's."""
    call = line(documents()).dials()
    fails(lambda: call.agent_hears("prema"), "no agent heard")


def test_agent_hangs_up_needs_a_conversation(line: Any) -> None:
    """Nobody can hang up on a caller who talks to nobody."""
    fails(line(documents()).dials().agent_hangs_up, "no conversation")


def test_state_and_url_are_those_of_the_last_answer(line: Any) -> None:
    """state is X-Call-State of the last answer, last_url where it came from."""
    call = line(documents()).dials()
    assert call.state == "voice/incoming"
    call.presses("1")
    assert (call.state, call.last_url) == ("turn", "https://callgate.example/turn")


def test_last_webhook_can_be_repeated(line: Any) -> None:
    """repeat_last posts the same request again, byte for byte, and the call does not act on the answer."""
    here = line(documents(MENU))
    call = here.dials().presses("1")
    answer = call.repeat_last()
    assert (answer.status, answer.body.decode()) == (200, MENU)
    first, second = here.app.requests[-2:]
    assert first["form"] == second["form"]
    assert first["HTTP_X_TWILIO_SIGNATURE"] == second["HTTP_X_TWILIO_SIGNATURE"]
    call.is_listening()


def test_last_webhook_can_be_sent_in_parallel(line: Any) -> None:
    """A signed request can be sent from many threads at once."""
    here = line(documents(MENU))
    request = here.dials().presses("1").last_request()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: here.phone.send(request).body, range(16)))
    assert set(answers) == {MENU.encode()}
    assert len(here.app.forms("/turn")) == 17


def test_odd_webhooks_can_be_posted(line: Any) -> None:
    """posts sends the call's parameters, changed and added to as one likes, signed."""
    here = line(documents())
    call = here.dials()
    answer = call.posts("/turn?nonce=x", Digits="9", To="+1")
    form = here.app.forms("/turn")[0]
    assert answer.status == 200
    assert (form["Digits"], form["To"], form["CallSid"]) == ("9", "+1", call.sid)
    assert here.app.requests[-1]["QUERY_STRING"] == "nonce=x"
    call.is_listening()


def test_request_of_a_phone_is_signed(line: Any) -> None:
    """Phone.request builds a signed webhook without a call."""
    here = line(documents())
    request = here.phone.request("/turn", [("CallSid", "CA1")])
    assert request.url == "https://callgate.example/turn"
    assert request.headers["X-Twilio-Signature"]
    assert here.phone.send(request).status == 200


def test_transcript_is_told_as_it_happens(line: Any) -> None:
    """The observer gets each entry when it happens, with time, person, language and voice."""
    seen: list[Entry] = []
    here = line(documents(), observer=seen.append)
    call = here.dials()
    spoken = [entry for entry in seen if entry.kind is Happening.HEARS]
    assert [(entry.who, entry.text, entry.language, entry.voice) for entry in spoken] == [
        ("caller", "Prema uno", "it-IT", "Polly.Bianca")
    ]
    call.presses("1")
    assert [entry.text for entry in seen if entry.kind is Happening.PRESSES] == ["1"]
    assert seen == here.phone.transcript.entries
    assert "09:00:00 caller hears [it-IT] Prema uno" in call.transcript.splitlines()


def test_script_is_followed(line: Any) -> None:
    """Each group of a press script is pressed when the call listens; a dash is silence."""
    here = line(documents(MENU))
    here.dials().follows("1 - 2")
    assert [form["Digits"] for form in here.app.forms("/turn")] == ["1", "", "2"]

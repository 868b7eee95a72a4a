"""Gather and the simple verbs, as Twilio executes them."""

from collections.abc import Callable
from typing import Any

import pytest

MENU = '<Response><Gather action="/turn" numDigits="1"><Say>Press</Say></Gather><Say>Nothing</Say></Response>'


def listening(attributes: str, after: str = "<Say>fell through</Say>") -> str:
    return f'<Response><Gather action="/turn" {attributes}><Say>Now</Say></Gather>{after}</Response>'


def test_one_key_is_posted_at_once(line: Any) -> None:
    """With numDigits the last digit posts Digits to the action, without waiting for the timeout."""
    here = line({"/voice/incoming": MENU, "/turn": "<Response><Say>One</Say></Response>"})
    call = here.dials()
    before = here.clock.now()
    call.presses("1").hears("one").is_over()
    assert here.app.forms("/turn")[0]["Digits"] == "1"
    assert (here.clock.now() - before).total_seconds() < 1


def test_number_ends_with_the_finish_key(line: Any) -> None:
    """The key that finishes is not among the digits, and is told as FinishedOnKey."""
    here = line({"/voice/incoming": listening(""), "/turn": "<Response/>"})
    here.dials().keys("0123456789*").is_over()
    form = here.app.forms("/turn")[0]
    assert (form["Digits"], form["FinishedOnKey"]) == ("0123456789*", "#")


def test_digits_without_finish_are_posted_after_the_timeout(line: Any) -> None:
    """Digits that nothing finishes are posted once the timeout has passed since the last one."""
    here = line({"/voice/incoming": listening('timeout="7"'), "/turn": "<Response/>"})
    call = here.dials().presses("12")
    assert here.app.forms("/turn") == []
    call.waits(6).presses("3").waits(6)
    assert here.app.forms("/turn") == []
    call.waits(1).is_over()
    assert here.app.forms("/turn")[0]["Digits"] == "123"


def test_empty_finish_key_means_none(line: Any) -> None:
    """With finishOnKey empty, # is a digit like any other."""
    here = line({"/voice/incoming": listening('finishOnKey="" numDigits="3"'), "/turn": "<Response/>"})
    here.dials().presses("1#2")
    assert here.app.forms("/turn")[0]["Digits"] == "1#2"


def test_another_finish_key(line: Any) -> None:
    """finishOnKey names the key that ends the number."""
    here = line({"/voice/incoming": listening('finishOnKey="*"'), "/turn": "<Response/>"})
    here.dials().presses("1#*")
    assert here.app.forms("/turn")[0]["Digits"] == "1#"


def test_silence_falls_through(line: Any) -> None:
    """Without actionOnEmptyResult a silent Gather is followed by the next verb."""
    here = line({"/voice/incoming": listening('timeout="4"')})
    here.dials().stays_silent().hears("fell through").is_over()
    assert "/turn" not in here.app.paths


def test_silence_is_posted_when_asked_for(line: Any) -> None:
    """With actionOnEmptyResult silence posts empty Digits."""
    here = line({"/voice/incoming": listening('actionOnEmptyResult="true"'), "/turn": "<Response/>"})
    here.dials().stays_silent().does_not_hear("fell through").is_over()
    assert here.app.forms("/turn")[0]["Digits"] == ""


@pytest.mark.parametrize(("attribute", "posted"), [("", 0), ('actionOnEmptyResult="true"', 1)])
def test_finish_key_alone_is_an_empty_result(line: Any, attribute: str, posted: int) -> None:
    """A # without digits is an empty result: posted only with actionOnEmptyResult."""
    here = line({"/voice/incoming": listening(attribute), "/turn": "<Response/>"})
    here.dials().presses("#").is_over()
    assert len(here.app.forms("/turn")) == posted


def test_timeout_counts_from_the_end_of_the_prompt(line: Any) -> None:
    """The Gather's silence begins when its prompts are over, and lasts its timeout."""
    here = line({"/voice/incoming": listening('timeout="9"')})
    call = here.dials()
    before = here.clock.now()
    call.stays_silent()
    spoken = len("fell through") / 15
    assert (here.clock.now() - before).total_seconds() == pytest.approx(9 + spoken)


def test_keys_interrupt_the_prompt(line: Any) -> None:
    """A key pressed while a Gather speaks stops the prompts after it."""
    talk = "<Say>First</Say><Pause length='60'/><Say>Last</Say>"
    long = f"<Response><Gather action='/turn' numDigits='1'>{talk}</Gather></Response>"
    here = line({"/voice/incoming": MENU, "/turn": long})
    call = here.dials()
    here.app.documents["/turn"] = lambda form: (
        long if form["Digits"] == "1" else "<Response><Say>Two</Say></Response>"
    )
    before = here.clock.now()
    call.presses("12").hears("Two").does_not_hear("First").does_not_hear("Last").is_over()
    assert (here.clock.now() - before).total_seconds() < 1


def test_waiting_into_a_prompt_then_pressing_interrupts_it(line: Any) -> None:
    """A key pressed in the middle of a Gather's prompts leaves the rest unsaid."""
    talk = "<Say>First</Say><Pause length='60'/><Say>Last</Say>"
    here = line(
        {
            "/voice/incoming": MENU,
            "/turn": f"<Response><Gather action='/end' timeout='3'>{talk}</Gather><Redirect/></Response>",
            "/end": "<Response/>",
        }
    )
    call = here.dials().presses("1").waits(3 + 10)
    call.presses("5#").does_not_hear("Last").is_over()
    assert here.app.forms("/end")[0]["Digits"] == "5"


def test_redirect_is_relative_to_its_document(line: Any) -> None:
    """Relative URLs are resolved against the URL of the document they stand in."""
    here = line(
        {
            "/voice/incoming": "<Response><Redirect>../deep/er/one?x=1</Redirect></Response>",
            "/deep/er/one": "<Response><Redirect>two</Redirect></Response>",
            "/deep/er/two": "<Response><Say>There</Say></Response>",
        }
    )
    here.dials().hears("There").is_over()
    assert here.app.paths[:3] == ["/voice/incoming", "/deep/er/one", "/deep/er/two"]


def test_empty_urls_are_the_document_itself(line: Any) -> None:
    """An empty action or Redirect asks for the document's own URL again."""
    again = "<Response><Gather action='' numDigits='1' timeout='1'/><Redirect></Redirect></Response>"
    here = line({"/voice/incoming": again})
    here.dials().presses("1").stays_silent().hangs_up()
    assert here.app.paths == ["/voice/incoming"] * 3 + ["/voice/status"]


def test_verbs_after_a_redirect_are_not_reached(line: Any) -> None:
    """Nothing follows a Redirect or a Hangup."""
    here = line({"/voice/incoming": "<Response><Hangup/><Say>Never</Say></Response>"})
    here.dials().does_not_hear("Never").is_over()


def test_play_and_pause_take_time(line: Any) -> None:
    """A Pause lasts its length, and a Play some seconds, without anything being heard."""
    here = line({"/voice/incoming": "<Response><Pause length='7'/><Play>/a.mp3</Play></Response>"})
    before = here.clock.now()
    here.dials().is_over()
    assert (here.clock.now() - before).total_seconds() == pytest.approx(27)


def test_say_is_repeated(line: Any) -> None:
    """loop repeats a prompt, and the language it was said in is told."""
    here = line({"/voice/incoming": "<Response><Say language='fr-FR' loop='3'>Bonjour</Say></Response>"})
    before = here.clock.now()
    here.dials().hears("bonjour").hears_language("fr").is_over()
    assert (here.clock.now() - before).total_seconds() == pytest.approx(3 * 7 / 15)


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_reject_ends_the_call_unanswered(line: Any, reason: str, status: str) -> None:
    """A rejected call was never answered, and its status says why."""
    here = line({"/voice/incoming": f"<Response><Reject reason='{reason}'/></Response>"})
    here.dials().is_over()
    form = here.app.forms("/voice/status")[0]
    assert (form["CallStatus"], form["CallDuration"]) == (status, "0")


def test_get_action_carries_the_fields_in_the_query(line: Any) -> None:
    """With method GET the fields come in the query, and there is no form."""
    here = line({"/voice/incoming": listening('method="GET"'), "/turn": "<Response/>"})
    here.dials().keys("42").is_over()
    request = here.app.requests[1]
    assert request["REQUEST_METHOD"] == "GET"
    assert "Digits=42" in request["QUERY_STRING"]


def test_endless_redirects_are_cut(line: Any, raises_refused: Callable[[Callable[[], Any]], int]) -> None:
    """A call that only redirects is cut as Twilio cuts it (14106)."""
    here = line({"/voice/incoming": "<Response><Redirect/></Response>"})
    assert raises_refused(here.dials) == 14106


def test_a_call_that_speaks_for_ever_is_found_out(line: Any) -> None:
    """A call that says the same thing to nobody for ever fails the test rather than hanging it."""
    here = line({"/voice/incoming": "<Response><Say>Again</Say><Redirect/></Response>"})
    with pytest.raises(Exception, match=r"14106|circles"):
        here.dials()

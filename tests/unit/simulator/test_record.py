"""Record: what ends a recording, and what is told of it."""

from typing import Any

import pytest

from app.simulator.refused import Refused


def recording(line: Any, attributes: str = "") -> Any:
    """A line that records a voicemail."""
    record = f"<Record action='/done' {attributes}/>"
    return line(
        {
            "/voice/incoming": f"<Response><Say>Speak now</Say>{record}<Say>Nothing came</Say></Response>",
            "/done": "<Response><Say>Thank you</Say></Response>",
            "/kept": "<Response/>",
        }
    )


def test_silence_ends_it(line: Any) -> None:
    """After the last word a silence as long as the timeout ends it; the action is told the spoken length."""
    here = recording(line, "timeout='4'")
    before = here.clock.now()
    here.dials().speaks(12).stays_silent().hears("thank you").is_over()
    form = here.app.forms("/done")[0]
    assert (form["RecordingDuration"], form["Digits"], form["CallStatus"]) == ("12", "", "in-progress")
    assert form["RecordingUrl"].endswith(f"/Recordings/{form['RecordingSid']}")
    assert form["RecordingSid"].startswith("RE")
    spoken = len("Speak nowThank you") / 15
    assert (here.clock.now() - before).total_seconds() == pytest.approx(spoken + 1 + 12 + 4)


def test_key_ends_it(line: Any) -> None:
    """Any key ends it and is told; with finishOnKey only those keys do."""
    here = recording(line)
    here.dials().speaks(5).presses("7").hears("thank you")
    assert here.app.forms("/done")[0]["Digits"] == "7"
    here = recording(line, "finishOnKey='#*'")
    call = here.dials().speaks(5).presses("7")
    assert "/done" not in here.app.paths
    call.presses("*").hears("thank you")
    assert here.app.forms("/done")[0]["Digits"] == "*"


def test_longest_recording(line: Any) -> None:
    """maxLength ends it in the middle of a word."""
    here = recording(line, "maxLength='30'")
    here.dials().speaks(20).speaks(20).hears("thank you")
    assert here.app.forms("/done")[0]["RecordingDuration"] == "30"


def test_pauses_between_words_are_part_of_it(line: Any) -> None:
    """Silences shorter than the timeout are recorded; only the one at the end is trimmed."""
    here = recording(line)
    here.dials().speaks(5).waits(3).speaks(2).stays_silent()
    assert here.app.forms("/done")[0]["RecordingDuration"] == "10"
    here = recording(line, "trim='do-not-trim'")
    here.dials().speaks(5).stays_silent()
    assert here.app.forms("/done")[0]["RecordingDuration"] == "10"


def test_timeout_of_zero_is_none(line: Any) -> None:
    """With timeout 0 no silence ends the recording."""
    here = recording(line, "timeout='0'")
    call = here.dials().speaks(5).waits(600)
    assert "/done" not in here.app.paths
    call.presses("#").hears("thank you")


def test_caller_who_hangs_up(line: Any) -> None:
    """What was said is told with Digits=hangup; the answer is not executed."""
    here = recording(line)
    here.dials().speaks(8).hangs_up().does_not_hear("thank you").is_over()
    form = here.app.forms("/done")[0]
    assert (form["Digits"], form["RecordingDuration"], form["CallStatus"]) == ("hangup", "8", "completed")


def test_caller_who_hangs_up_in_the_middle_of_a_word(line: Any) -> None:
    """What was said so far is kept."""
    here = recording(line)
    call = here.dials()
    call.will_hang_up_in(6).speaks(20).is_over()
    assert here.app.forms("/done")[0]["RecordingDuration"] == "6"


def test_silent_recording(line: Any) -> None:
    """A silent recording is told as any other; an account that keeps none goes on with the next verb."""
    here = recording(line)
    here.dials().stays_silent().hears("thank you")
    assert here.app.forms("/done")[0]["RecordingDuration"] == "0"
    here.phone.exchange.keeps_silence = False
    here.dials().stays_silent().hears("nothing came").is_over()
    assert len(here.app.forms("/done")) == 1


def test_recording_has_a_callback_of_its_own(line: Any) -> None:
    """recordingStatusCallback is told once the recording is complete."""
    here = recording(line, "recordingStatusCallback='/kept'")
    call = here.dials().speaks(9).presses("#")
    form = here.app.forms("/kept")[0]
    assert (form["CallSid"], form["RecordingStatus"], form["RecordingDuration"]) == (
        call.sid,
        "completed",
        "9",
    )
    assert (form["RecordingSource"], form["RecordingChannels"]) == ("RecordVerb", "1")
    assert form["RecordingSid"] == here.app.forms("/done")[0]["RecordingSid"]


def test_beep_can_be_left_out(line: Any) -> None:
    """playBeep=false: the recording begins at once."""
    here = recording(line, "playBeep='false'")
    here.dials()
    assert [entry for entry in here.phone.transcript.entries if entry.kind == "beep"] == []


@pytest.mark.parametrize("attribute", ["maxLength='1'", "maxLength='14401'", "finishOnKey='A'"])
def test_what_is_refused(line: Any, attribute: str) -> None:
    """A longest time and keys that Twilio's page does not allow."""
    with pytest.raises(Refused):
        recording(line, attribute).dials()


def test_nothing_is_recorded(line: Any) -> None:
    """Speaking where nothing is recorded fails the test."""
    with pytest.raises(AssertionError, match="nothing is recorded"):
        line({"/voice/incoming": "<Response><Gather/></Response>"}).dials().speaks(5)

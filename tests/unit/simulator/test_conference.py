"""Dial with a Conference."""

from typing import Any


def documents(dial: str) -> dict[str, Any]:
    return {
        "/voice/incoming": f"<Response>{dial}</Response>",
        "/after": "<Response><Say>Afterwards</Say></Response>",
        "/leg": "<Response/>",
    }


def test_conference_is_joined_and_told(line: Any) -> None:
    """A conference holds the caller until it ends; its events name the room."""
    noun = "<Conference statusCallback='/leg' statusCallbackEvent='start join leave end'>room 1</Conference>"
    here = line(
        documents(f"<Dial action='/after'>{noun}</Dial>"), targets={"technical-it": "conference:room 1"}
    )
    here.dials().is_transferred_to("technical-it").waits(60).agent_hangs_up().hears("afterwards")
    events = [form["StatusCallbackEvent"] for form in here.app.forms("/leg")]
    assert events == ["participant-join", "conference-start", "participant-leave", "conference-end"]
    assert {form["FriendlyName"] for form in here.app.forms("/leg")} == {"room 1"}
    assert here.app.forms("/after")[0]["DialCallStatus"] == "answered"

"""A call at an instant, as a phone in a browser shows it."""

from typing import Any

from tests.unit.simulator.asking import client_of
from tests.unit.simulator.meeting import ROOM, Meeting

MENU = (
    "<Response><Gather numDigits='1' timeout='5'>"
    "<Say language='it-IT' voice='Polly.Bianca'>Prema 1</Say></Gather></Response>"
)


def test_what_is_said_and_how_long_it_takes(line: Any) -> None:
    """What is said now with its language and voice, the seconds left, and whether keys are heard."""
    here = line({"/menu": MENU})
    person = here.phone.person("+390612345678")
    client_of(here.phone).calls.create(
        to=person.address, from_="+390212345678", url="https://callgate.example/menu"
    )
    assert person.rings
    ringing = person.snapshot
    assert (ringing.rings, ringing.kind, ringing.status, ringing.seconds_left) == (
        True,
        "ringing",
        "ringing",
        60,
    )
    person._ringing().answers()
    said = person.snapshot
    assert (said.kind, said.text, said.language, said.voice) == ("speech", "Prema 1", "it-IT", "Polly.Bianca")
    assert (said.rings, said.keys, said.status, said.over) == (False, True, "in-progress", False)
    here.phone.passes(len("Prema 1") / 15 + 2)
    assert (person.snapshot.kind, person.snapshot.seconds_left, person.snapshot.text) == ("listening", 3, "")
    person.hangs_up()
    assert (person.snapshot.over, person.snapshot.kind, person.snapshot.status) == (True, "", "completed")


def test_whom_somebody_talks_with(line: Any) -> None:
    """Whom they talk with, where, and whether they are on hold."""
    meeting = Meeting(line)
    first, second = meeting.joins(), meeting.joins()
    shown = first.snapshot
    assert (shown.kind, shown.talks_with, shown.place) == ("talk", (second.sid,), f"conference:{ROOM}")
    assert shown.seconds_left is None
    meeting.participant(first).update(hold=True)
    first.waits(0)
    assert (first.snapshot.on_hold, first.snapshot.talks_with, first.snapshot.kind) == (True, (), "music")

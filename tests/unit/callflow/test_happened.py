"""The words of timelines."""

import pytest

from app.callflow.happened import Happened, Kind, in_words, kind_of, turn_note
from app.callflow.model import Cue, State
from app.callflow.script import SCRIPT


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (turn_note(State.DEPARTMENT, Cue.TECHNICAL), Kind.TURN),
        (turn_note(State.SEND_CODE, Cue.SENT), Kind.TURN),
        (turn_note(State.ENTER_CODE, Cue.WAITED), Kind.TURN),
        (turn_note(State.OPEN_HOURS, Cue.OPEN), Kind.DECISION),
        (turn_note(State.OPEN_HOURS, Cue.ALL_CLOSED), Kind.DECISION),
        (turn_note(State.WHO, Cue.PROVED), Kind.VERIFICATION),
        (turn_note(State.LOOK_UP, Cue.LOOKED_UP), Kind.VERIFICATION),
        (turn_note(State.ENTER_CODE, Cue.REJECTED), Kind.VERIFICATION),
        (turn_note(State.ENTER_CODE, Cue.LOCKED), Kind.VERIFICATION),
        (turn_note(State.PERSON, Cue.QUEUE_FOUND), Kind.TRANSFER),
        (turn_note(State.TRANSFER, Cue.BRIDGED), Kind.TRANSFER),
        (Happened.NUMBER_CONTRADICTED, Kind.VERIFICATION),
        (Happened.CODE_STEP, Kind.VERIFICATION),
        (Happened.CODE_WITHHELD, Kind.DELIVERY),
        (Happened.CODE_EXPIRED, Kind.DELIVERY),
        (Happened.RECEIPT, Kind.TRANSFER),
        (Happened.LEG_ACCEPTED, Kind.LEG),
        (Happened.UNMUTED, Kind.LEG),
        (Happened.WRAP_UP, Kind.OTHER),
        (Happened.ENDED, Kind.OTHER),
        ("words of another version", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_what_a_note_is_about(what: str, kind: Kind) -> None:
    """Each note is about one thing, told by its words alone; words nobody knows are kept as other."""
    assert kind_of(what) is kind


def test_each_state_and_cue_makes_a_note_of_its_own() -> None:
    """No word for what happens beside the turns is taken for a turn's, nor the other way round."""
    turns = {turn_note(state, cue) for state, line in SCRIPT.items() for cue in line.hears}
    assert not turns & set(Happened)
    assert all(kind_of(what) is not Kind.OTHER for what in turns)


def test_notes_read_as_words() -> None:
    """People read blanks where programs have underscores."""
    assert in_words(turn_note(State.ENTER_CODE, Cue.NOT_WHOLE_CODE)) == "Enter code: not whole code"
    assert in_words(Happened.LEG_RINGS) == "Leg rings"

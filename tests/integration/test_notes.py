"""Notes that somebody else than the running call writes into its timeline."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.adapters.sql.notes import add_note
from app.callflow.happened import Happened
from tests.integration.world import START, World, a_call


def test_a_note_is_added_once(world: World) -> None:
    """A note of the same mark is one note, however often and with whatever words it is added."""
    world.ledger.record(a_call())
    for minute, detail in ((0, "to 7"), (0, "to 7"), (1, "to 8")):
        with Session(world.engine) as session, session.begin():
            at = START + timedelta(minutes=minute)
            add_note(session, "call", Happened.LEG_RINGS, detail, at, "leg 7 rings")
    [note] = world.ledger.timeline("call")
    assert (note.at, note.what, note.detail) == (START.isoformat(), "leg_rings", "to 7")


def test_notes_of_all_writers_are_in_the_order_of_time(world: World) -> None:
    """Whoever wrote it, what happened earlier stands first; any text can be written."""
    world.ledger.record(a_call(), ended="completed")
    with Session(world.engine) as session, session.begin():
        for minute, word in ((3, Happened.LEG_OVER), (2, Happened.LEG_JOINED)):
            add_note(session, "call", word, "\x00\ud800", START + timedelta(minutes=minute), word)
    told = [(note.what, note.detail) for note in world.ledger.timeline("call")]
    assert told == [("leg_joined", "?"), ("leg_over", "?")]


def test_a_note_belongs_to_a_call(world: World) -> None:
    """Without the call's row there is nothing to add a note to."""
    with pytest.raises(IntegrityError), Session(world.engine) as session, session.begin():
        add_note(session, "nobody", Happened.HELD, "", START, "x")


def test_a_contradicted_number_is_told_once(world: World) -> None:
    """What the carrier said against the caller's number is in the timeline, once a step, beside the audit."""
    for _ in range(2):
        world.ledger.audit(world.asker("call", 1), Happened.NUMBER_CONTRADICTED, "TN-Validation-Failed-A")
    told = [(note.what, note.detail) for note in world.ledger.timeline("call")]
    assert told == [("number_contradicted", "TN-Validation-Failed-A")]
    assert world.audited("number_contradicted") == 1

"""The script, drawn."""

from app.callflow.diagram import FROM_THERE, TO_A_QUEUE, mermaid, ways
from app.callflow.model import State
from app.callflow.script import SCRIPT


def _arrows(drawing: str) -> set[str]:
    return {line.strip() for line in drawing.splitlines()[1:] if not line.strip().startswith("[*]")}


def test_two_drawings_are_the_whole() -> None:
    """The way to a queue and what follows have every arrow of the script between them, and none twice."""
    first, second = _arrows(mermaid(TO_A_QUEUE)), _arrows(mermaid(FROM_THERE))
    assert first | second == _arrows(mermaid())
    assert not first & second


def test_every_state_is_drawn() -> None:
    """No state of the script is missing."""
    drawn = mermaid()
    assert all(f" {state}" in drawn for state in SCRIPT)


def test_a_part_begins_where_the_other_one_leads() -> None:
    """What follows begins where callers come from the way to a queue: handed on, or to be called back."""
    begins = [line.split()[-1] for line in mermaid(FROM_THERE).splitlines() if line.startswith("    [*]")]
    assert begins == [State.TRANSFER, State.TRANSFER_UNVERIFIED, State.CALLBACK]
    assert State.CALLBACK in ways(State.CLOSED)

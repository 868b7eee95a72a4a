"""The script drawn: Mermaid state diagrams for the documentation; the ways from state to state for a page."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from app.callflow.model import Cue, Ends, State
from app.callflow.script import SCRIPT

#: Left out of the drawing: from every prompt they lead to a person, and everybody knows it.
_EVERYWHERE = frozenset({Cue.PERSON, Cue.GAVE_UP, Cue.NOT_CHECKED, Cue.TROUBLE})
#: The states until the caller is handed to a queue, and those that follow.
TO_A_QUEUE = tuple(takewhile(lambda state: state is not State.TRANSFER, SCRIPT))
FROM_THERE = tuple(state for state in SCRIPT if state not in TO_A_QUEUE)


def ways(state: State) -> Mapping[State, Sequence[str]]:
    """Where a drawn way leads from a state, in the script's order, and on which cues, in words."""
    found: dict[State, list[str]] = {}
    for cue, target in SCRIPT[state].hears.items():
        if target is not state and cue not in _EVERYWHERE:
            found.setdefault(target, []).append(cue.value.replace("_", " "))
    return found


def mermaid(states: Sequence[State] = tuple(SCRIPT)) -> str:
    """The diagram's text: the ways from these states; one that ends the call leads to the end."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {state}" for state in _beginnings(states))]
    for state in states:
        lines += [f"    {state} --> {target} : {', '.join(cues)}" for target, cues in ways(state).items()]
        if SCRIPT[state].ends is Ends.HANGUP:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines) + "\n"


def _beginnings(states: Sequence[State]) -> list[State]:
    """Where a drawing begins: with the call, or wherever its other states lead into this one."""
    if State.ARRIVED in states:
        return [State.ARRIVED]
    into = {target for state in SCRIPT if state not in states for target in ways(state)}
    return [state for state in states if state in into]

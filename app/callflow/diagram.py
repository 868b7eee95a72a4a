"""The script drawn as a Mermaid state diagram, for the README."""

from app.callflow.model import Cue, Ends, State
from app.callflow.script import SCRIPT

#: Left out of the drawing: from every prompt they lead to a person, and everybody knows it.
_EVERYWHERE = frozenset({Cue.PERSON, Cue.GAVE_UP, Cue.NOT_CHECKED, Cue.TROUBLE})


def mermaid() -> str:
    """The diagram's text; a state that asks the world is rounded, one that ends the call leads to the end."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.ARRIVED}"]
    for state, line in SCRIPT.items():
        edges: dict[State, list[str]] = {}
        for cue, target in line.hears.items():
            if target is not state and cue not in _EVERYWHERE:
                edges.setdefault(target, []).append(cue.value.replace("_", " "))
        lines += [f"    {state} --> {target} : {', '.join(cues)}" for target, cues in edges.items()]
        if line.ends is Ends.HANGUP:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines) + "\n"

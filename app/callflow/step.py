"""One step of a call along the script; pure and total."""

from app.callflow.model import Call, Cue, Heard
from app.callflow.script import SCRIPT

#: Heard this often in a row at one prompt, they mean that the caller needs a person.
PATIENCE = 3
_MISSES = frozenset({Cue.SILENCE, Cue.NOT_A_KEY, Cue.NOT_WHOLE, Cue.NO_COUNTRY})


def step(call: Call, heard: Heard) -> tuple[Call, Cue]:
    """The call after ``heard``, and the cue acted on (a miss once too often is ``GAVE_UP``).

    A cue the state does not hear is taken as a wrong key where there are keys and as a fault of ours
    where there are none, so that every call goes on.
    """
    line = SCRIPT[call.state]
    cue = heard.cue if heard.cue in line.hears else _not_foreseen(call)
    misses = call.misses + 1 if cue in _MISSES else 0
    if misses >= PATIENCE and Cue.GAVE_UP in line.hears:
        cue, misses = Cue.GAVE_UP, 0
    target = line.hears.get(cue, call.state)
    if target is not call.state and cue not in _MISSES:
        misses = 0
    return call.having(**heard.changes, state=target, misses=misses), cue


def _not_foreseen(call: Call) -> Cue:
    hears = SCRIPT[call.state].hears
    return next(
        (cue for cue in (Cue.NOT_A_KEY, Cue.NOT_CHECKED, Cue.NOT_ANSWERED) if cue in hears), Cue.NOT_CHECKED
    )

"""One state's part of the script, and the three kinds of part most states are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.callflow.model import Cue, Ends, Listens, Question, State
from app.callflow.prompts import Prompt


@dataclass(frozen=True, slots=True)
class Line:
    """One state's part of the script.

    ``does`` is asked of the world: at once by a state that does not listen, else about the digits keyed.
    ``keys`` are its single keys beside those that mean the same everywhere (``*`` and ``0``).
    """

    hears: Mapping[Cue, State]
    says: tuple[Prompt, ...] = ()
    listens: Listens = Listens.NOTHING
    keys: Mapping[str, Cue] = field(default_factory=lambda: MappingProxyType({}))
    does: Question | None = None
    ends: Ends | None = None
    timeout: int = 7  # seconds of silence before the caller is asked again
    digits: tuple[int, int] | None = None  # shortest and longest number heard; None: ``does`` judges the form


def asks(question: Question, hears: Mapping[Cue, State]) -> Line:
    """A state that only asks the world; a fault of ours leads to a person, never to an error."""
    faults = {Cue.NOT_CHECKED: State.PERSON, Cue.TROUBLE: State.PERSON}
    return Line(does=question, hears=MappingProxyType({**faults, **hears}))


def menu(
    state: State, says: tuple[Prompt, ...], hears: Mapping[Cue, State], keys: Mapping[str, Cue] | None = None
) -> Line:
    """A state that waits for one key."""
    again = {Cue.REPEAT: state, Cue.SILENCE: state, Cue.NOT_A_KEY: state}
    ways_out = {Cue.PERSON: State.PERSON, Cue.GAVE_UP: State.PERSON}
    return Line(
        says=says,
        listens=Listens.KEY,
        keys=MappingProxyType(dict(keys or {})),
        hears=MappingProxyType({**again, **ways_out, **hears}),
    )


def number(
    state: State,
    says: tuple[Prompt, ...],
    hears: Mapping[Cue, State],
    *,
    keys: Mapping[str, Cue] | None = None,
    does: Question | None = None,
    digits: tuple[int, int] | None = None,
    timeout: int = 10,
) -> Line:
    """A state that waits for digits ended by #."""
    again = {Cue.REPEAT: state, Cue.SILENCE: state, Cue.NOT_A_KEY: state, Cue.NOT_WHOLE: state}
    ways_out = {Cue.PERSON: State.PERSON, Cue.GAVE_UP: State.PERSON, Cue.NOT_CHECKED: State.PERSON}
    return Line(
        says=says,
        listens=Listens.NUMBER,
        keys=MappingProxyType(dict(keys or {})),
        hears=MappingProxyType({**again, **ways_out, **hears}),
        does=does,
        digits=digits,
        timeout=timeout,
    )

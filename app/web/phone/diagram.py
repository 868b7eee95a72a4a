"""The script of a call as a picture: a column for each chapter of it, and the ways between the states."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.callflow.diagram import ways
from app.callflow.model import State
from app.callflow.script import SCRIPT

WIDTH, HEIGHT = 112, 22  # of a box, in the picture's units
_ACROSS, _DOWN = 138, 36  # from one box to the next; so the whole fits a page of 1280
_EDGE = 4  # around the picture
_BEND = 20  # how far a way goes straight on before it turns
#: The script's chapters, as `docs/call.md` has them; a state in none of them comes last.
_CHAPTERS = (
    (State.ARRIVED, State.COUNTRY_CODE, State.COUNTRY_MENU),
    (State.WELCOME, State.LANGUAGE, State.DEPARTMENT),
    (State.OPEN_HOURS, State.OFFER_LANGUAGE, State.OFFER_DEPARTMENT, State.WHEN_OPEN, State.CLOSED),
    (State.WHO, State.ACCOUNT, State.CONFIRM_ACCOUNT, State.LOOK_UP),
    (State.CHANNEL, State.SEND_CODE, State.ENTER_CODE, State.SEND_AGAIN),
    (
        State.TRANSFER,
        State.PERSON,
        State.TRANSFER_UNVERIFIED,
        State.NEXT_QUEUE,
        State.TRANSFER_AGAIN,
        State.NOBODY,
    ),
    (
        State.BACK_IN_LINE,
        State.OTHER_LANGUAGES,
        State.WAIT_LANGUAGE,
        State.WAY_BACK,
        State.CALLBACK,
        State.CALLBACK_NUMBER,
        State.CALLBACK_CONFIRM,
        State.CALLBACK_BOOK,
        State.CALLBACK_BOOKED,
    ),
    (
        State.AFTER_CALL,
        State.SURVEY,
        State.SURVEY_ANSWER,
        State.THANKS,
        State.GOODBYE,
        State.LEAVE_MESSAGE,
        State.MESSAGE,
        State.MESSAGE_TAKEN,
    ),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A state and its place: the box's left upper corner."""

    state: State
    x: int
    y: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def words(self) -> str:
        """The state's name."""
        return in_words(self.state)


@dataclass(frozen=True, slots=True)
class Way:
    """From a state to another: the curve, as SVG writes a path."""

    source: State
    target: State
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture; it is the same for every call."""

    width: int
    height: int
    boxes: Sequence[Box]
    ways: Sequence[Way]


def in_words(state: State) -> str:
    """A state's name as it is read."""
    return state.value.replace("_", " ")


def ways_on(state: State | None) -> Sequence[tuple[str, str]]:
    """Where a call goes on from a state: what has to happen, and the next state's name, in words."""
    found = ways(state) if state is not None else {}
    return tuple((" / ".join(cues), in_words(target)) for target, cues in found.items())


@cache
def drawn() -> Drawing:
    """The script's picture."""
    columns = _columns()
    boxes = {
        state: Box(state, _EDGE + across * _ACROSS, _EDGE + down * _DOWN)
        for across, column in enumerate(columns)
        for down, state in enumerate(column)
    }
    found = tuple(
        Way(source, target, _path(boxes[source], boxes[target]))
        for source in SCRIPT
        for target in ways(source)
    )
    tallest = max(len(column) for column in columns)
    width = 2 * _EDGE + (len(columns) - 1) * _ACROSS + WIDTH + _BEND
    return Drawing(width, 2 * _EDGE + (tallest - 1) * _DOWN + HEIGHT, tuple(boxes.values()), found)


def _columns() -> list[list[State]]:
    """The chapters' states that the script has, and whatever it has besides."""
    placed = {state for chapter in _CHAPTERS for state in chapter}
    rest = [state for state in SCRIPT if state not in placed]
    columns = [[state for state in chapter if state in SCRIPT] for chapter in _CHAPTERS]
    return [column for column in [*columns, rest] if column]


def _path(source: Box, target: Box) -> str:
    """From the side of one box that is nearer to the other, to that side of the other; around in a column."""
    right, left = source.x + WIDTH, source.x
    y, down = source.y + HEIGHT // 2, target.y + HEIGHT // 2
    if target.x > source.x:
        return _curve(right, y, right + _BEND, target.x - _BEND, target.x, down)
    if target.x < source.x:
        across = target.x + WIDTH
        return _curve(left, y, left - _BEND, across + _BEND, across, down)
    return _curve(right, y, right + _BEND, right + _BEND, right, down)


def _curve(x: int, y: int, leaving: int, arriving: int, across: int, down: int) -> str:
    return f"M{x} {y}C{leaving} {y} {arriving} {down} {across} {down}"

"""A simulated call as the page of the browser phone shows it."""

from collections import defaultdict, deque
from collections.abc import Mapping

from app.simulator.call import CallInProgress
from app.simulator.leg import Leg
from app.simulator.parameters import WITHHELD
from app.simulator.sip import address_of
from app.simulator.transcript import Entry, Happening
from app.web.phone.model import Said, Telephone

_KEPT = 60  # things that happened at one leg
#: What goes on is shown beside the story; what only repeats is left out of it.
_NOT_TOLD = frozenset({Happening.MUSIC, Happening.LISTENS})


class Story:
    """What happened at each leg, as it happens: an observer of the transcript."""

    def __init__(self) -> None:
        self._said: defaultdict[str, deque[Said]] = defaultdict(lambda: deque(maxlen=_KEPT))
        self._count = 0

    def adds(self, entry: Entry) -> None:
        """Keep an entry with its leg's others."""
        if entry.kind in _NOT_TOLD:
            return
        self._count += 1
        said, text = self._said[entry.leg], entry.text
        if entry.kind is Happening.PRESSES and said and said[-1].kind == entry.kind:
            text = said.pop().text + text  # a number is keyed: one line
        said.append(Said(self._count, entry.at, entry.kind.value, text, entry.language))

    def of(self, sid: str) -> tuple[Said, ...]:
        """The last things that happened at a leg, the oldest first."""
        return tuple(self._said[sid])


def shown(
    number: int, call: CallInProgress, address: str, story: Story, called: Mapping[str, str]
) -> Telephone:
    """A telephone now; ``called`` says whose an address is."""
    now, legs = call.snapshot, call.leg.exchange.legs
    return Telephone(
        number=number,
        address="" if address == WITHHELD else address,
        name=called.get(address, ""),
        kind=now.kind,
        place=now.place,
        talks_with=tuple(_who(legs[sid], called) for sid in now.talks_with if sid in legs),
        rings=now.rings and call.leg.direction != "inbound",
        keys=now.keys,
        on_hold=now.on_hold,
        over=now.over,
        said=story.of(now.sid),
    )


def _who(leg: Leg, called: Mapping[str, str]) -> str:
    """Whose telephone another leg is."""
    address = leg.caller if leg.direction == "inbound" else address_of(leg.called)
    name = called.get(address, "")
    return f"{name} ({address})" if name else address

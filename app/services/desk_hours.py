"""A department at one instant, as the desk shows it: open or closed, in which languages, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from routing.compiled import RoutingTable
from routing.decide import Facts, Kind, decide
from routing.desks import Board
from routing.moment import moment, on_clock
from routing.table import Overlay
from routing.week import union
from routing.zones import EPOCH

#: How far ahead the end of an open stretch is looked for; beyond, it is as good as always open.
AHEAD = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class DepartmentNow:
    """What a call that asks for the department meets now, and the next instant at which that changes."""

    name: str
    languages: tuple[str, ...]  # answered now
    until: datetime | None  # open: when the last language closes; None: not within eight days
    opens: datetime | None  # closed: when the first language opens; None: never
    served: bool  # whether the table has any desk of this department here

    @property
    def open(self) -> bool:
        """Whether anybody answers."""
        return bool(self.languages)

    @property
    def change(self) -> datetime | None:
        """When it next opens or closes."""
        return self.until if self.open else self.opens


def department_now(
    table: RoutingTable, overlay: Overlay, board: Board, facts: Facts, at: datetime
) -> DepartmentNow:
    """The state of the department that ``facts`` name, whose desks are on ``board``, at an aware instant."""
    decision = decide(table, overlay, facts, at)
    is_open = decision.kind is Kind.TRANSFER
    return DepartmentNow(
        name=facts.department,
        languages=decision.languages if is_open else (),
        until=_until(board, overlay, facts.department, at) if is_open else None,
        opens=decision.next_opening,
        served=bool(board.of(facts.department)),
    )


def _until(board: Board, overlay: Overlay, department: str, at: datetime) -> datetime | None:
    """When the stretch ends through which some desk of an open department answers."""
    now = moment(at, overlay, board.territory)
    last = int((at + AHEAD - EPOCH).total_seconds())
    spans = {desk: now.spans(desk, last) for desk in board.of(department)}
    end = union([span for found in spans.values() for span in found])[0][1]
    closing = next(desk for desk, found in spans.items() if any(high == end for _, high in found))
    return None if end == last else on_clock(end, closing)

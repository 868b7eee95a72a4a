"""Desks at one instant, under the emergency closures in force or to come."""

from dataclasses import dataclass
from datetime import datetime

from routing import keys
from routing.desks import ANYWHERE, Desk
from routing.hours import SEARCH_DAYS
from routing.table import Emergency, Overlay
from routing.zones import DAY, EPOCH, FIRST_INSTANT, LAST_INSTANT, fixed


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, in whole seconds of the epoch, and the emergency closures that reach a territory."""

    second: int
    closures: tuple[Emergency, ...]
    territory: str

    def is_open(self, desk: Desk) -> bool:
        """Whether the desk answers now: no emergency closure reaches it and its hours say so."""
        if self.closures and any(_covers(row, self.second) for row in self._reaching(desk)):
            return False
        return desk.hours.is_open(self.second)

    def opening(self, desk: Desk) -> int | None:
        """The first whole minute from now on at which the desk, closed now, answers; None: never."""
        if not self.closures:
            return desk.hours.opening(self.second)
        reaching = self._reaching(desk)
        found: int | None = self.second
        # Each round passes an emergency closure for good or jumps to an opening: these rounds suffice.
        for _ in range(2 * len(reaching) + 2):
            if found is None or found - self.second > SEARCH_DAYS * DAY:
                return None
            ends = [_second(row.end) for row in reaching if _covers(row, found)]
            if ends:
                found = -(-max(ends) // 60) * 60
            elif desk.hours.is_open(found):
                return found
            else:
                found = desk.hours.opening(found)
        return found

    def spans(self, desk: Desk, end: int) -> list[tuple[int, int]]:
        """The stretches from now until ``end`` through which the desk answers; all ends are exclusive."""
        found = desk.hours.spans(self.second, end) if self.second < end else []
        for row in self._reaching(desk):
            shut, again = _second(row.start), _second(row.end)
            parts = [
                part for low, high in found for part in ((low, min(high, shut)), (max(low, again), high))
            ]
            found = [(low, high) for low, high in parts if low < high]
        return found

    def because(self, desk: Desk) -> tuple[str, ...]:
        """The desk's row, and what stands above its weekly hours now."""
        if desk.broken:
            return (desk.key, f"broken/{desk.key}: {desk.broken}")
        if not self.closures:
            return (desk.key, *desk.hours.because(self.second))
        active = tuple(keys.emergency(row) for row in self._reaching(desk) if _covers(row, self.second))
        return (desk.key, *active, *desk.hours.because(self.second))

    def _reaching(self, desk: Desk) -> list[Emergency]:
        return [row for row in self.closures if reaches(row, self.territory, desk.department, desk.language)]


def moment(at: datetime, overlay: Overlay, territory: str) -> Moment:
    """The aware instant ``at`` for a territory, kept within the years the calendar can count."""
    since = at - EPOCH
    second = since.days * DAY + since.seconds
    if not FIRST_INSTANT <= second <= LAST_INSTANT:
        second = min(max(second, FIRST_INSTANT), LAST_INSTANT)
    if not overlay.closures:
        return Moment(second, (), territory)
    return Moment(
        second, tuple(row for row in overlay.closures if row.territory in {ANYWHERE, territory}), territory
    )


def reaches(row: Emergency, territory: str, department: str, language: str) -> bool:
    """Whether an emergency closure or announcement concerns a desk; ``*`` in the row concerns all."""
    scope = (row.territory, territory), (row.department, department), (row.language, language)
    return all(wanted in {ANYWHERE, own} for wanted, own in scope)


def on_clock(second: int, desk: Desk) -> datetime:
    """The instant with the offset from UTC that the desk's clock has then."""
    return datetime.fromtimestamp(second, fixed(desk.hours.ahead(second)))


def _covers(row: Emergency, second: int) -> bool:
    return _second(row.start) <= second < _second(row.end)


def _second(at: datetime) -> int:
    since = at - EPOCH
    return since.days * DAY + since.seconds

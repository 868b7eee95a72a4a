"""Impact: recorded calls decided again by two tables, and those that would have gone elsewhere.

Each call is tried at its own instant and, as a draft mostly changes days to come, at the same weekday and
wall-clock time in each week that holds a date on which the tables differ. Emergency closures are left out:
they hold whatever the table says.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from app.ports.records import Recorded, Records
from app.services.changed_days import changed_weeks
from routing.compiled import RoutingTable
from routing.decide import Decision, Facts, Kind, decide
from routing.table import Document, Overlay
from routing.zones import UnknownZone
from routing.zones import zone as zone_of

DAYS = 7
MOST_CALLS = 10_000
_NO_OVERLAY = Overlay()


class Way(StrEnum):
    """How a call would have fared otherwise."""

    CLOSES = "closes"  # it was taken, and would meet a closed desk
    OPENS = "opens"
    QUEUE = "queue"  # another queue takes it
    LANGUAGE = "language"  # another language takes it
    OPENING = "opening"  # closed either way, but opens at another time
    OFFER = "offer"  # closed either way, but something else is offered
    PLACE = "place"  # the country or the desk cannot be told any more, or only now


@dataclass(frozen=True, slots=True)
class Moved:
    """A call that would go elsewhere, at the first instant at which it would."""

    call: Recorded
    at: datetime
    week: date | None  # the Monday of the week it was tried in; None: at its own instant
    more: int  # other instants at which it would, too
    before: Decision
    after: Decision
    way: Way


@dataclass(frozen=True, slots=True)
class Impact:
    """What a draft would do to the calls of the last days."""

    since: datetime
    calls: int
    all_of_them: bool  # False: there were more than are tried
    weeks: tuple[date, ...]
    moved: tuple[Moved, ...]

    @property
    def sums(self) -> list[tuple[Way, str, str, int]]:
        """How many calls by way, territory and department, the most first."""
        counted = Counter((one.way, one.call.territory, one.call.asked_department) for one in self.moved)
        return [
            (*key, number) for key, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        ]


@dataclass(frozen=True, slots=True)
class Impacts:
    """Tries the calls of the last days against a draft. Raises Fault LEDGER_AWAY."""

    records: Records

    def of(self, live: RoutingTable, draft: Document, now: datetime) -> Impact:
        """What would become of the calls of the last 7 days, the latest ones where there are too many."""
        since = now - timedelta(days=DAYS)
        calls = self.records.asked_between(since, now, limit=MOST_CALLS + 1)
        tried = calls[:MOST_CALLS]
        weeks = changed_weeks(live.document, draft, now.astimezone(UTC).date())
        moved = tuple(replayed(tried, live, RoutingTable(draft, 0), weeks))
        return Impact(since, len(tried), len(calls) <= MOST_CALLS, weeks, moved)


def replayed(
    calls: Sequence[Recorded], live: RoutingTable, draft: RoutingTable, weeks: Sequence[date]
) -> Iterator[Moved]:
    """The calls that the two tables take to different ends, in their order."""
    trials = [
        _Trial(call.territory, at, place, week)
        for place, call in enumerate(calls)
        for at, week in _instants(call, live, weeks)
    ]
    differing: dict[int, list[tuple[_Trial, Decision, Decision]]] = {}
    # A desk remembers the opening or closing it told last: asked country by country, in the order of time,
    # it need not look for it again.
    for trial in sorted(trials, key=itemgetter(0, 1)):
        facts = _facts(calls[trial.place])
        before = decide(live, _NO_OVERLAY, facts, trial.at)
        after = decide(draft, _NO_OVERLAY, facts, trial.at)
        if _end(before) != _end(after):
            differing.setdefault(trial.place, []).append((trial, before, after))
    for place, found in sorted(differing.items()):
        trial, before, after = min(found, key=lambda one: (one[0].week is not None, one[0].at))
        yield Moved(calls[place], trial.at, trial.week, len(found) - 1, before, after, _way(before, after))


class _Trial(NamedTuple):
    """One call at one instant; ``place`` is the call's among all of them."""

    territory: str
    at: datetime
    place: int
    week: date | None


def _facts(call: Recorded) -> Facts:
    return Facts(
        dnis=call.dnis,
        ani=call.ani,
        territory=call.territory,
        department=call.asked_department,
        language=call.asked_language,
    )


def _instants(
    call: Recorded, live: RoutingTable, weeks: Sequence[date]
) -> Iterator[tuple[datetime, date | None]]:
    """The call's own instant, then the same weekday and time in each week, on the territory's first clock."""
    at = call.decided_at or call.started_at
    yield at, None
    territory = live.territory(call.territory)
    zone = _zone(territory.zones[0] if territory and territory.zones else "UTC")
    local = at.astimezone(zone)
    own_week = local.date() - timedelta(days=local.weekday())
    for week in weeks:
        if week != own_week:
            day = week + timedelta(days=local.weekday())
            yield datetime.combine(day, local.time(), zone).astimezone(UTC), week


@lru_cache(maxsize=512)
def _zone(name: str) -> tzinfo:
    try:
        return zone_of(name)
    except UnknownZone:
        return UTC


def _end(decision: Decision) -> tuple[object, ...]:
    """What a caller notices of a decision."""
    if decision.kind is Kind.TRANSFER:
        return decision.kind, decision.territory, decision.queue, decision.language
    offers = decision.languages, decision.other_department, decision.options
    return decision.kind, decision.territory, decision.question, decision.next_opening, *offers


def _way(before: Decision, after: Decision) -> Way:
    kinds = before.kind, after.kind
    if kinds == (Kind.TRANSFER, Kind.TRANSFER):
        return Way.LANGUAGE if before.language != after.language else Way.QUEUE
    if kinds == (Kind.CLOSED, Kind.CLOSED):
        return Way.OPENING if before.next_opening != after.next_opening else Way.OFFER
    turned = {(Kind.TRANSFER, Kind.CLOSED): Way.CLOSES, (Kind.CLOSED, Kind.TRANSFER): Way.OPENS}
    return turned.get(kinds, Way.PLACE)

"""Whom a closure or an announcement reaches: desks, countries and lines, and in which languages they call."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from routing import words
from routing.compiled import RoutingTable
from routing.desks import ANYWHERE, Desk
from routing.moment import moment, reaches
from routing.table import Emergency, Overlay, Territory


@dataclass(frozen=True, slots=True)
class Reach:
    """What an entry concerns, counted at one instant."""

    desks: int
    open_now: int  # of these desks
    countries: int
    lines: int
    languages: tuple[str, ...]  # that its callers may speak, by name
    unspoken: tuple[str, ...]  # of these, those it has neither words nor English for
    in_english: tuple[str, ...]  # those that hear its English words


def reach(table: RoutingTable, row: Emergency, now: datetime, spoken: Collection[str]) -> Reach:
    """Count whom ``row`` reaches. ``spoken``: the languages there are prompts in."""
    desks: set[tuple[str, str]] = set()
    open_now: set[tuple[str, str]] = set()
    countries: set[str] = set()
    tags: dict[str, None] = {}
    for territory in table.document.territories:
        at = moment(now, Overlay(), territory.key)
        for desk in _desks(table, territory):
            if reaches(row, territory.key, desk.department, desk.language):
                desks.add((territory.key, desk.key))
                countries.add(territory.key)
                tags.setdefault(desk.language)
                if at.is_open(desk):
                    open_now.add((territory.key, desk.key))
    lines = sum(1 for line in table.document.lines if countries.intersection(line.territories))
    heard = [tag for tag in sorted(tags) if tag in spoken]
    return Reach(
        desks=len(desks),
        open_now=len(open_now),
        countries=len(countries),
        lines=lines,
        languages=tuple(words.language(tag) for tag in sorted(tags)),
        unspoken=tuple(
            words.language(tag) for tag in heard if not row.text.get(tag) and not row.text.get("en")
        ),
        in_english=tuple(
            words.language(tag) for tag in heard if not row.text.get(tag) and row.text.get("en")
        ),
    )


def scope(row: Emergency, table: RoutingTable | None = None) -> str:
    """What an entry concerns, in words: ``Everything``, or ``Italy, billing, in Italian``."""
    parts = []
    if row.territory != ANYWHERE:
        territory = table.territory(row.territory) if table else None
        parts.append(territory.name if territory else row.territory)
    if row.department != ANYWHERE:
        parts.append(f"{row.department} department")
    if row.language != ANYWHERE:
        parts.append(f"in {words.language(row.language)}")
    text = ", ".join(parts) or "everything"
    return text[0].upper() + text[1:]


def _desks(table: RoutingTable, territory: Territory) -> Iterator[Desk]:
    """The desks of all of a territory's clouds, variants and severities; some come more than once."""
    own = [row for row in table.document.coverage if row.territory == territory.key]
    for variant, cloud, severity in {("", "", ""), *((row.variant, row.cloud, row.severity) for row in own)}:
        for desks in table.board(territory, variant, cloud, severity).desks.values():
            yield from desks

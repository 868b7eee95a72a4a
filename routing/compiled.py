"""The routing table as the product asks it: one document, indexed once, every question a dict hit."""

from dataclasses import dataclass, field

from routing import fields
from routing.calendars import calendars
from routing.desks import Board, Desks
from routing.numbers import dialled_number
from routing.table import Coverage, Document, Line, Notice, Queue, Territory
from routing.targets import is_outside, queue_of

DEPARTMENTS = ("technical", "billing")


@dataclass(frozen=True, slots=True)
class _Index:
    territories: dict[str, Territory]
    lines: dict[str, tuple[Line, ...]]
    queues: dict[str, Queue]
    desks: Desks
    notices: dict[str, tuple[Notice, ...]]
    boards: dict[tuple[str, str, str, str], Board] = field(default_factory=dict)
    languages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    regions: dict[tuple[str, str], dict[str, tuple[str, ...]]] = field(default_factory=dict)
    serving: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    filling: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class RoutingTable:
    """One version of the table: immutable; what is worked out when first asked is kept.

    Takes any document: rows that cannot work (an unknown schedule, zone or calendar, hours that are none)
    make their desk closed, and ``because`` says so. ``routing.check`` finds them beforehand.
    """

    document: Document
    version: int
    _index: _Index = field(init=False, repr=False)

    def __post_init__(self) -> None:
        document = self.document
        index = _Index(
            territories={territory.key: territory for territory in document.territories},
            lines=_lines(document.lines),
            queues={queue.name: queue for queue in document.queues},
            desks=Desks(
                document.coverage,
                {schedule.name: schedule.hours for schedule in document.schedules},
                calendars(document.calendars),
                document.closures,
            ),
            notices=_notices(document.notices),
        )
        object.__setattr__(self, "_index", index)

    def territory(self, key: str) -> Territory | None:
        """The territory of a key such as ``IT``, ``BQ-SA`` or ``EEA``."""
        return self._index.territories.get(key)

    def name(self, key: str) -> str:
        """What people call a territory; its key where the table has none such (any more)."""
        found = self.territory(key)
        return found.name if found is not None else key

    def line(self, dnis: str, cloud: str = "") -> Line | None:
        """The line that was dialled: by its number, an address of ``reached_as``, or ``sip:+39...@host``.

        Where several clouds publish the number, the one of ``cloud``, else the global one, else the first
        listed.
        """
        found = self._index.lines.get(dnis)
        if found is None:
            number = dialled_number(dnis)
            found = self._index.lines.get(dnis.lower()) or (self._index.lines.get(number) if number else None)
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        return next((row for wanted in (cloud, "") for row in found if row.cloud == wanted), found[0])

    def lines_of(self, territory: str) -> tuple[Line, ...]:
        """The lines that serve a territory, in the table's order."""
        serving = self._index.serving
        if not serving:  # worked out for the desk and the public pages: no call asks
            serving.update(_serving(self.document.lines))
        return serving.get(territory, ())

    def in_regions(self, line: Line, regions: frozenset[str]) -> tuple[str, ...]:
        """The line's territories in any of these ISO 3166-1 regions, in the line's order."""
        known = self._index.regions.get((line.cloud, line.name))
        if known is None:
            known = self._index.regions[line.cloud, line.name] = self._by_region(line.territories)
        found = [known[region] for region in regions if region in known]
        if len(found) < 2:
            return found[0] if found else ()
        near = {key for keys in found for key in keys}
        return tuple(key for key in line.territories if key in near)

    def _by_region(self, territories: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for key in territories:
            territory = self.territory(key)
            for region in (territory.country_code, *territory.members) if territory else ():
                if region:
                    found[region] = (*found.get(region, ()), key)
        return found

    def queue(self, name: str) -> Queue:
        """The queue's row; one of the carrier's own of that name where it has none.

        An overflow may be a telephone: ``number:+39...`` or ``sip:...`` as a name is a queue whose calls go
        there.
        """
        known = self._index.queues.get(name)
        return known or Queue(name, target=name if is_outside(name) else f"queue:{name}")

    def desks_of(self, queue: str) -> frozenset[tuple[str, str]]:
        """The departments and languages of the desks whose calls go to a queue: who of the agents serves it.

        Of a queue that no desk's calls go to, its name tells where it reads like one (``technical-it``);
        else there are none, which means that anybody may.
        """
        filling = self._index.filling
        if not filling:  # worked out for the agents' desk: no call asks
            filling.update(_filling(self.document.coverage))
        return filling.get(queue) or _read_from(queue)

    def board(self, territory: Territory, variant: str = "", cloud: str = "", severity: str = "") -> Board:
        """The desks that serve a territory.

        Without a variant, or with one it does not have, its first variant serves; without a cloud, the global
        one or, where that has no row for it, the first that has. ``variant`` is a slug or the printed text.
        """
        desks = self._index.desks
        asked = (territory.key, variant, cloud, severity)
        board = self._index.boards.get(asked)
        if board is None:
            board = desks.board(territory, *asked[1:])
            if board.exact:  # a stranger's words would fill the memory otherwise
                self._index.boards[asked] = board
        return board

    def prompt_languages(self, territory_key: str) -> tuple[str, ...]:
        """The languages a territory's callers are offered: those ops named, then its desks' in row order."""
        known = self._index.languages.get(territory_key)
        if known is None:
            territory = self.territory(territory_key)
            if territory is None:
                return ()
            known = tuple(
                dict.fromkeys((*territory.prompt_languages, *self._index.desks.languages(territory)))
            )
            self._index.languages[territory_key] = known
        return known

    def notices(self, territory: str, language: str) -> tuple[Notice, ...]:
        """What is said before the department is asked, one notice of each kind.

        A territory's own notice goes before the one for all (``*``); the caller's language before English,
        and English before none.
        """
        ranked: dict[str, tuple[int, Notice]] = {}
        wanted = {(territory, language): 0, (territory, "en"): 1, ("*", language): 2, ("*", "en"): 3}
        for row in (*self._index.notices.get(territory, ()), *self._index.notices.get("*", ())):
            rank = wanted.get((row.territory, row.language))
            if rank is not None and (row.kind not in ranked or rank < ranked[row.kind][0]):
                ranked[row.kind] = (rank, row)
        return tuple(row for _, row in ranked.values())


def _lines(rows: tuple[Line, ...]) -> dict[str, tuple[Line, ...]]:
    found: dict[str, tuple[Line, ...]] = {}
    for row in rows:
        for address in dict.fromkeys((row.number, *(address.lower() for address in row.reached_as))):
            if address:
                found[address] = (*found.get(address, ()), row)
    return found


def _serving(rows: tuple[Line, ...]) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for row in rows:
        for key in row.territories:
            found.setdefault(key, []).append(row)
    return {key: tuple(lines) for key, lines in found.items()}


def _filling(rows: tuple[Coverage, ...]) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(queue_of(row), set()).add((row.department, row.language))
    return {queue: frozenset(desks) for queue, desks in found.items()}


def _read_from(queue: str) -> frozenset[tuple[str, str]]:
    department, _, language = queue.partition("-")
    reads = department in DEPARTMENTS and not fields.language(language)
    return frozenset({(department, language)}) if reads else frozenset()


def _notices(rows: tuple[Notice, ...]) -> dict[str, tuple[Notice, ...]]:
    found: dict[str, tuple[Notice, ...]] = {}
    for row in rows:
        found[row.territory] = (*found.get(row.territory, ()), row)
    return found

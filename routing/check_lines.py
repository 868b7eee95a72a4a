"""Lines: the territories they serve, and whether a call can tell them apart."""

from collections.abc import Iterator

from routing.compiled import RoutingTable
from routing.locate import placed
from routing.numbers import calling_code, can_be_dialled, told_apart
from routing.remarks import Origins, Remark
from routing.table import Line, Territory

MENU = 8  # options a caller can bear to hear


def line_errors(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Lines that name territories there are not, and addresses that two lines of one cloud share."""
    owners: dict[tuple[str, str], str] = {}
    for place in placed(table.document, "lines", origins):
        row: Line = place.row
        for key in row.territories:
            if table.territory(key) is None:
                yield place.error("territories", f"there is no territory {key!r}; add it to the territories")
        if row.default not in row.territories:
            served = " ".join(row.territories)
            yield place.error(
                "default", f"{row.default!r} is not among the line's territories; write one of {served}"
            )
        for address in dict.fromkeys((row.number, *row.reached_as)):
            owner = owners.setdefault((row.cloud, address.lower()), row.name)
            if address and owner != row.name:
                column = "number" if address == row.number else "reached_as"
                yield place.error(
                    column, f"{address} is the line {owner}'s already; a call could go to either"
                )


def line_warnings(table: RoutingTable, origins: Origins) -> Iterator[Remark]:
    """Numbers no plan knows, and lines on which only a menu can tell what a caller means."""
    for place in placed(table.document, "lines", origins):
        row: Line = place.row
        if row.number and not can_be_dialled(row.number):
            yield place.warning("number", f"{row.number} fits no numbering plan; callers may not reach it")
        served = [territory for key in row.territories if (territory := table.territory(key))]
        for first, *others in _not_told_apart(served):
            yield place.warning("territories", f"only a menu can tell {first} from {', '.join(others)}")
        for code, keys in _by_code(served).items():
            if len(keys) > MENU:
                sentence = f"{len(keys)} territories under +{code}: a menu of more than {MENU} is too long"
                yield place.warning("territories", sentence)


def _not_told_apart(served: list[Territory]) -> list[list[str]]:
    """Groups: territories that neither a caller's number nor a keyed code can tell from the first."""
    groups: list[list[str]] = []
    for first in (territory for territory in served if territory.country_code):
        others = [
            t.key for t in served if t is not first and not told_apart(first.country_code, t.country_code)
        ]
        if others and not any({first.key, *others} <= set(group) for group in groups):
            groups.append([first.key, *others])
    return groups


def _by_code(served: list[Territory]) -> dict[str, list[str]]:
    """Territories by calling code; +1 is left out, where the area code that is keyed with it tells."""
    found: dict[str, list[str]] = {}
    for territory in served:
        code = calling_code(territory.country_code)
        if code and code != "1":
            found.setdefault(code, []).append(territory.key)
    return found

"""What can be wrong in the rows of a flat file."""

from collections.abc import Callable, Iterator, Mapping

from routing import fields, keys
from routing.cells import Row
from routing.flat_lines import ALTERNATIVES, split
from routing.remarks import Remark
from routing.table import Coverage

_CELLS: dict[str, Callable[[str], str]] = {
    "territory_key": fields.territory_key,
    "country_code": fields.country,
    "number_e164": fields.e164,
    "number_kind": lambda text: fields.one_of(text, fields.KINDS),
    "charges": lambda text: fields.one_of(text, fields.CHARGES),
    "department": lambda text: fields.one_of(text, fields.DEPARTMENTS),
    "language": fields.language,
    "hours": fields.hours,
    "timezone": fields.zone,
    "timezone_source": lambda text: fields.one_of(text, ("page", "inferred")),
    "cloud": fields.name,
    "severity": fields.name,
}
_NEEDED = ("territory_key", "territory", "number_kind", "charges", "timezone")
_DESK = ("department", "language", "hours")
_SAME = ("country_code", "territory", "region")  # alike in all rows of a territory


def row_faults(rows: list[tuple[str, Row]]) -> Iterator[Remark]:
    """Every fault of these rows, each with its file, row and column."""
    seen: dict[str, tuple[str, Row]] = {}
    first: dict[str, tuple[str, Row]] = {}
    for file, row in rows:
        for column, sentence in _faults(row.cells):
            yield Remark(file, row.number, column, sentence)
        cells = row.cells
        origin_file, origin = first.setdefault(cells.get("territory_key", ""), (file, row))
        for column in _SAME:
            if cells.get(column, "") != origin.cells.get(column, ""):
                other = f"{origin_file}, row {origin.number} says {origin.cells.get(column, '')!r}"
                yield Remark(file, row.number, column, f"differs from the same territory elsewhere: {other}")
        key = _key(cells)
        twin_file, twin = seen.setdefault(key, (file, row))
        if twin is not row:
            sentence = f"{key} stands already in {twin_file}, row {twin.number}; keep one"
            yield Remark(file, row.number, "", sentence)


def _faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in _NEEDED:
        if not cells.get(column):
            yield column, "must not be empty"
    for column, check in _CELLS.items():
        if cells.get(column) and (sentence := check(cells[column])):
            yield column, sentence
    online_only = cells.get("number_kind") == "none"
    for column in _DESK:
        if online_only and cells.get(column):
            yield column, "must be empty where number_kind is none: there is no telephone support"
        if not online_only and not cells.get(column):
            yield column, "must not be empty"
    if not online_only and not cells.get("number_as_printed"):
        yield (
            "number_as_printed",
            "must not be empty; where there is no telephone support, number_kind is none",
        )
    if online_only and not cells.get("number_note"):
        yield "number_note", "must say what to do instead where number_kind is none"
    yield from _alternative_faults(cells)


def _alternative_faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    printed, numbers, charges = (split(cells.get(column, "")) for column in ALTERNATIVES)
    for column, found in zip(ALTERNATIVES[1:], (numbers, charges), strict=True):
        if len(found) != len(printed):
            yield (
                column,
                f"names {len(found)} where {ALTERNATIVES[0]} names {len(printed)}; join as many by |",
            )
    for number in numbers:
        if number and (sentence := fields.e164(number)):
            yield ALTERNATIVES[1], sentence
    for charge in charges:
        if sentence := fields.one_of(charge, fields.CHARGES):
            yield ALTERNATIVES[2], sentence


def _key(cells: Mapping[str, str]) -> str:
    if not cells.get("department"):
        return f"territory/{cells.get('territory_key', '')} without telephone support"
    return keys.coverage(
        Coverage(
            cells.get("territory_key", ""),
            cells.get("department", ""),
            cells.get("language", ""),
            cloud=cells.get("cloud", ""),
            variant=cells.get("variant", ""),
            severity=cells.get("severity", ""),
        )
    )

"""The flat CSV import: one row per line variant, territory, department and language.

It says all there is to say about territories, lines and coverage but for what ops add to them; see ``merge``.
"""

from collections.abc import Mapping
from dataclasses import replace

from routing import keys
from routing.cells import Row
from routing.cells import read as read_cells
from routing.desks import ANYWHERE
from routing.flat_faults import row_faults
from routing.flat_lines import Lines, printed_name
from routing.remarks import Loaded, Origins, Remark
from routing.table import Coverage, Document, Line, Territory
from routing.zones import clocks_of, names

COLUMNS = (
    "region",
    "territory_key",
    "country_code",
    "territory",
    "number_as_printed",
    "number_e164",
    "number_note",
    "number_kind",
    "charges",
    "post_dial_digits",
    "menu_hint",
    "alternative_number_as_printed",
    "alternative_number_e164",
    "alternative_charges",
    "department",
    "language",
    "hours",
    "timezone",
    "timezone_source",
    "hours_as_printed",
    "variant",
)
MORE_COLUMNS = ("cloud", "severity")  # of clouds with rules of their own

# Groups of countries, which a flat file names without saying who belongs to them. The European Economic Area
# (https://www.efta.int/eea) but for Germany, whose own row stands beside it on the same line.
GROUPS = {
    "EEA": (
        *("AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT"),
        *("LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
}


def recognises(text: str) -> bool:
    """Whether a file's first line, or that after a spreadsheet's ``sep=;``, is the header of a flat file."""
    return any("territory_key" in line and "hours_as_printed" in line for line in text.split("\n", 2)[:2])


def read(files: Mapping[str, bytes | str]) -> Loaded:
    """The document that flat files describe together, or every fault; file name -> content."""
    faults: list[Remark] = []
    rows: list[tuple[str, Row]] = []
    for file, data in files.items():
        sheet, wrong = read_cells(file, data, (*COLUMNS, *MORE_COLUMNS), COLUMNS)
        faults += wrong
        if sheet.header and not set(COLUMNS) - set(sheet.header):
            rows += [(file, row) for row in sheet.rows]
    faults += row_faults(rows)
    if faults or not rows:
        return Loaded(None, tuple(sorted(faults)) or (Remark("", 0, "", "there are no rows to read"),))
    lines = Lines()
    for file, row in rows:
        lines.add(file, row)
    found, line_origins = lines.found()
    noted = {(line.cloud, line.name): line.note for line in found}
    coverage = tuple(_coverage(row.cells, noted) for _, row in rows if row.cells["department"])
    document = Document(territories=_territories(rows), lines=found, coverage=coverage)
    return Loaded(document, origins=_origins(rows) | line_origins)


def merge(old: Document, flat: Document) -> Document:
    """``old`` with the territories, lines and coverage of ``flat``; everything else is kept.

    Kept, too, is what a flat file cannot say: default rows (``*``); a territory's prompt languages; the
    addresses a line is ``reached_as``; the queue and calendar of a desk whose key stays.
    """
    territories = {row.key: row for row in old.territories}
    lines = {keys.line(row): row for row in old.lines}
    coverage = {keys.coverage(row): row for row in old.coverage}
    return replace(
        old,
        territories=tuple(_with_languages(row, territories.get(row.key)) for row in flat.territories),
        lines=tuple(_with_addresses(row, lines.get(keys.line(row))) for row in flat.lines),
        coverage=(
            *(_with_queue(row, coverage.get(keys.coverage(row))) for row in flat.coverage),
            *(row for row in old.coverage if row.territory == ANYWHERE),
        ),
    )


def _with_languages(row: Territory, before: Territory | None) -> Territory:
    if before is None:
        return row
    return replace(row, prompt_languages=row.prompt_languages or before.prompt_languages)


def _with_addresses(row: Line, before: Line | None) -> Line:
    return row if before is None else replace(row, reached_as=row.reached_as or before.reached_as)


def _with_queue(row: Coverage, before: Coverage | None) -> Coverage:
    if before is None:
        return row
    return replace(row, queue=row.queue or before.queue, calendar=row.calendar or before.calendar)


def _territories(rows: list[tuple[str, Row]]) -> tuple[Territory, ...]:
    grouped: dict[str, list[Mapping[str, str]]] = {}
    for _, row in rows:
        grouped.setdefault(row.cells["territory_key"], []).append(row.cells)
    return tuple(_territory(key, group) for key, group in grouped.items())


def _territory(key: str, rows: list[Mapping[str, str]]) -> Territory:
    first = rows[0]
    # Zones the page names may be another country's office; the inferred one is the territory's own.
    own = next((row["timezone"] for row in rows if row["timezone_source"] == "inferred"), first["timezone"])
    whole = first["country_code"] == key
    return Territory(
        key=key,
        country_code=first["country_code"],
        name=first["territory"],
        section=first["region"],
        zones=clocks_of(key, own) if whole and own in names() else (own,),
        members=GROUPS.get(key, ()),
        online_only="" if any(row["department"] for row in rows) else first["number_note"],
    )


def _coverage(cells: Mapping[str, str], noted: Mapping[tuple[str, str], str]) -> Coverage:
    cloud = cells.get("cloud", "")
    name = cells["number_e164"] or printed_name(
        cells["territory_key"], cells["variant"], cells["number_as_printed"]
    )
    note = cells["number_note"]
    return Coverage(
        territory=cells["territory_key"],
        department=cells["department"],
        language=cells["language"],
        hours=cells["hours"],
        zone=cells["timezone"],
        cloud=cloud,
        variant=cells["variant"],
        severity=cells.get("severity", ""),
        note="" if note == noted.get((cloud, name), "") else note,
    )


def _origins(rows: list[tuple[str, Row]]) -> Origins:
    found: Origins = {}
    for file, row in rows:
        cells = row.cells
        found.setdefault(f"territory/{cells['territory_key']}", (file, row.number))
        if cells["department"]:
            found.setdefault(keys.coverage(_coverage(cells, {})), (file, row.number))
    return found

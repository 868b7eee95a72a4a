"""The lines of flat rows: one for each number and cloud, whichever rows print it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing import keys
from routing.cells import Row
from routing.numbers import home_region
from routing.remarks import Origins
from routing.table import Line


@dataclass(frozen=True, slots=True)
class _Printing:
    """One row's printing of one number."""

    territory: str
    country: str
    variant: str
    printed: str
    role: str
    kind: str
    charges: str
    note: str
    post_dial_digits: str
    menu_hint: str


@dataclass(slots=True)
class Lines:
    """Collects the lines of rows in the order they are first printed."""

    printings: dict[tuple[str, str, str], list[_Printing]] = field(
        default_factory=dict
    )  # cloud, name, number
    origins: Origins = field(default_factory=dict)

    def add(self, file: str, row: Row) -> None:
        """Add what a row prints: its number and the alternatives."""
        cells = row.cells
        if cells["number_as_printed"]:
            self._add(file, row, _printing(cells), cells["number_e164"])
        printed, numbers, charges = (split(cells[name]) for name in ALTERNATIVES)
        for text, number, charge in zip(printed, numbers, charges, strict=True):
            self._add(file, row, _alternative(cells, text, charge), number)

    def found(self) -> tuple[tuple[Line, ...], Origins]:
        """The lines, and the row each is first printed in."""
        return tuple(_line(*key, group) for key, group in self.printings.items()), self.origins

    def _add(self, file: str, row: Row, printing: _Printing, number: str) -> None:
        cloud = row.cells.get("cloud", "")
        name = number or printed_name(printing.territory, printing.variant, printing.printed)
        self.printings.setdefault((cloud, name, number), []).append(printing)
        self.origins.setdefault(keys.line(Line(name, number, "", (), "", cloud)), (file, row.number))


ALTERNATIVES = ("alternative_number_as_printed", "alternative_number_e164", "alternative_charges")


def split(cell: str) -> list[str]:
    """What stands in a cell of several, joined by ``|``."""
    return [part.strip() for part in cell.split("|")] if cell else []


def printed_name(territory: str, variant: str, printed: str) -> str:
    """The name of a line that has no E.164 number: its territory and what is printed."""
    return f"{keys.place(territory, variant)} {printed}"


def _printing(cells: Mapping[str, str]) -> _Printing:
    return _Printing(
        cells["territory_key"],
        cells["country_code"],
        cells["variant"],
        cells["number_as_printed"],
        "primary",
        cells["number_kind"],
        cells["charges"],
        cells["number_note"],
        cells["post_dial_digits"],
        cells["menu_hint"],
    )


def _alternative(cells: Mapping[str, str], printed: str, charges: str) -> _Printing:
    place = cells["territory_key"], cells["country_code"], cells["variant"]
    return _Printing(*place, printed, "alternative", "unknown", charges, "", "", "")


def _line(cloud: str, name: str, number: str, printings: list[_Printing]) -> Line:
    first = next((printing for printing in printings if printing.role == "primary"), printings[0])
    territories = tuple(dict.fromkeys(printing.territory for printing in printings))
    variants = {printing.variant for printing in printings}
    return Line(
        name=name,
        number=number,
        printed=first.printed,
        territories=territories,
        default=_default(number, printings),
        cloud=cloud,
        variant=first.variant if len(variants) == 1 else "",
        role=first.role,
        kind=first.kind,
        charges=first.charges,
        note=_note(first, printings),
        post_dial_digits=first.post_dial_digits,
        menu_hint=first.menu_hint,
    )


def _default(number: str, printings: list[_Printing]) -> str:
    """The territory whose number it is, where it is one of the line's; else the first one printed."""
    home = home_region(number) if number else ""
    at_home = [printing.territory for printing in printings if home and printing.country == home]
    return (at_home or [printings[0].territory])[0]


def _note(first: _Printing, printings: list[_Printing]) -> str:
    """The note its rows share, and where it is printed or charged otherwise."""
    primary = [printing for printing in printings if printing.role == "primary"] or printings
    shared = first.note if all(printing.note == first.note for printing in primary) else ""
    other: dict[str, None] = {}
    for printing in primary:
        if printing.printed != first.printed:
            other[f"printed {printing.printed} in {printing.territory}"] = None
        if printing.charges != first.charges:
            other[f"charges {printing.charges} in {printing.territory}"] = None
    return "; ".join(filter(None, [shared, *other]))

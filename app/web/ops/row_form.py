"""A row as a form: what was typed, and what is wrong with which part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.web.ops.hours_form import FROM_DAYS, FROM_NOTATION, HoursForm, hours_form, read_hours
from app.web.ops.row_inputs import empty_row
from app.web.pages import gettext
from routing import edit
from routing.sections import section_of
from routing.table import Document

OWN, SHARED = "own", "shared"


@dataclass(frozen=True, slots=True)
class RowForm:
    """The cells typed, the hours beside them where the section has some, and faults by column."""

    cells: dict[str, str]
    hours: HoursForm | None = None
    by: str = OWN  # whether a desk has hours of its own or those of a schedule
    faults: dict[str, str] = field(default_factory=dict)
    only_shown: bool = False  # one side of the hours was brought up to date; nothing is to be saved

    @property
    def to_be_corrected(self) -> bool:
        """Whether it cannot be saved as it stands."""
        return self.only_shown or (self.by == OWN and self.hours is not None and self.hours.faulty)


def form_of(cells: Mapping[str, str]) -> RowForm:
    """The form of a row as the table holds it."""
    hours = hours_form(cells["hours"]) if "hours" in cells else None
    return RowForm(dict(cells), hours, SHARED if cells.get("schedule") else OWN)


def empty_form(section: str, given: Mapping[str, str]) -> RowForm:
    """The form of a new row, with what a link already says of it."""
    cells = empty_row(section)
    return form_of(cells | {name: text for name, text in given.items() if name in cells})


def row_form(document: Document, section: str, key: str) -> RowForm | None:
    """The form of a row of the draft; None: there is no such row."""
    row = edit.find(document, section, key)
    return None if row is None else form_of(edit.cells(section, row))


def read_row(section: str, form: Mapping[str, str]) -> RowForm:
    """The form as it was sent; names of no column are left aside, and so are columns that were not sent."""
    names = [column.name for column in section_of(section).columns]
    cells = {name: form[name] for name in names if name in form}
    if "hours" not in names:
        return RowForm(cells)
    hours = read_hours(form)
    by = form.get("by", SHARED if cells.get("schedule") and not hours.notation else OWN)
    if section == "coverage":
        own, shared = (hours.notation, "") if by == OWN else ("", cells.get("schedule", ""))
        cells |= {"hours": own, "schedule": shared}
    else:
        cells["hours"] = hours.notation
    faults = {"hours": hours.error} if hours.error and by == OWN else {}
    if by == SHARED and not cells.get("schedule"):
        faults["schedule"] = gettext("choose a schedule, or give the desk hours of its own")
    return RowForm(cells, hours, by, faults, form.get("press") in {FROM_NOTATION, FROM_DAYS})

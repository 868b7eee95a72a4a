"""The dry run of an import, row by row: what each row does, or what is wrong with it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.ports import Change, ContactRow, Directory, OrganisationRow, Result
from app.ports.imports import ImportLine
from app.services.directory import CsvFile, NumberedRows, read_rows

_WAITING = "nothing is known of this row yet: its account has a fault"


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do. The rows are empty when there is any fault; then nothing can be applied."""

    lines: tuple[ImportLine, ...]
    faults: int
    mark: str
    organisations: tuple[OrganisationRow, ...]
    contacts: tuple[ContactRow, ...]


def _unseen(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def dry_run(
    directory: Directory,
    organisations: CsvFile,
    contacts: CsvFile,
    progress: Callable[[int, int], None] = _unseen,
) -> DryRun:
    """Read both files and look what they would change; nothing is changed.

    ``progress`` is told how many rows of how many were looked at.
    """
    found = read_rows(organisations, contacts)
    total = len(found.organisations) + len(found.contacts)
    progress(total // 2, total)
    bad = _bad_accounts(found, organisations.name, contacts.name)
    accounts = [row for _, row in found.organisations if row.account_number not in bad]
    people = [row for _, row in found.contacts if row.account_number not in bad]
    preview = directory.preview(accounts, people)
    lines = tuple(_lines(found, preview.changes, organisations.name, contacts.name))
    progress(total, total)
    if found.faults:
        return DryRun(lines, len(found.faults), "", (), ())
    return DryRun(lines, 0, preview.mark, tuple(accounts), tuple(people))


def _bad_accounts(found: NumberedRows, organisations: str, contacts: str) -> set[str]:
    """The accounts with a fault in a row of theirs: what would become of them cannot be told."""
    if any(fault.row <= 1 for fault in found.faults):  # of a header: then every row lacks something
        accounts = {row.account_number for _, row in found.organisations}
        return accounts | {row.account_number for _, row in found.contacts}
    at_fault = {(fault.file, fault.row) for fault in found.faults}
    bad = {row.account_number for number, row in found.organisations if (organisations, number) in at_fault}
    bad |= {row.account_number for number, row in found.contacts if (contacts, number) in at_fault}
    return bad | {""}


def _lines(
    found: NumberedRows, changes: Sequence[Change], organisations: str, contacts: str
) -> Iterator[ImportLine]:
    """Faults of the files as a whole first, then each row in its file's order, then who leaves a profile."""
    by_row = defaultdict(list)
    for fault in found.faults:
        by_row[fault.file, fault.row].append(
            f"{fault.column}: {fault.sentence}" if fault.column else fault.sentence
        )
    done = {(change.account, change.contact): change for change in changes}
    rows = [(organisations, number, row.account_number, "") for number, row in found.organisations]
    rows += [(contacts, number, row.account_number, row.name) for number, row in found.contacts]
    told = {(file, number) for file, number, _, _ in rows}
    for place in by_row.keys() - told:
        yield ImportLine(*place, "", "", "fault", "; ".join(by_row[place]))
    for file, number, account, contact in rows:
        faults = by_row.get((file, number))
        change = done.get((account, contact))
        if faults:
            yield ImportLine(file, number, account, contact, "fault", "; ".join(faults))
        elif change is None:
            yield ImportLine(file, number, account, contact, "waiting", _WAITING)
        else:
            yield ImportLine(file, number, account, contact, change.result.value, _detail(change))
    for change in changes:
        if change.result is Result.REMOVED:
            yield ImportLine(
                contacts, 0, change.account, change.contact, "removed", "not in the file any more"
            )


def _detail(change: Change) -> str:
    return "; ".join(f"{cell.column}: {cell.before or '-'} → {cell.after or '-'}" for cell in change.cells)

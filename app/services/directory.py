"""Reading the files of the directory: every row checked, every fault reported, all or nothing."""

from dataclasses import dataclass
from types import MappingProxyType

from app.ports import ContactRow, OrganisationRow
from app.services import directory_cells as cells
from app.services.directory_cells import Cells
from app.verification.model import Role, TrustPolicy
from routing.cells import read
from routing.remarks import Remark

ORGANISATION_COLUMNS = (
    "account_number",
    "name",
    "country",
    "cloud",
    "language",
    "trust_caller_id",
    "code_digits",
    "priority",
    "numbers",
)
CONTACT_COLUMNS = (
    "account_number",
    "name",
    "role",
    "email",
    "phone",
    "phone_can_text",
    "language",
    "confirmed",
)

_MOST_ROWS = 500_000  # of one file
_POLICIES = MappingProxyType({policy.value: policy.value for policy in TrustPolicy} | {"": "match"})
_ROLES = MappingProxyType({role.value: role.value for role in Role})


@dataclass(frozen=True, slots=True)
class DirectoryFiles:
    """Both files as read; empty of rows when there is any fault."""

    organisations: tuple[OrganisationRow, ...]
    contacts: tuple[ContactRow, ...]
    faults: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file's name, for remarks, and its bytes or text."""

    name: str
    data: bytes | str


@dataclass(frozen=True, slots=True)
class NumberedRows:
    """Both files' rows with their numbers, the header being 1, and every fault of them."""

    organisations: list[tuple[int, OrganisationRow]]
    contacts: list[tuple[int, ContactRow]]
    faults: list[Remark]


def read_rows(organisations: CsvFile, contacts: CsvFile) -> NumberedRows:
    """Read and check both files together; a row with a fault has stand-ins where cells cannot be read."""
    accounts, faults = read_organisations(organisations)
    people, more = read_contacts(contacts)
    faults += more
    faults += _repeated_accounts(organisations.name, accounts)
    faults += _misplaced_contacts(contacts.name, people, {row.account_number for _, row in accounts})
    return NumberedRows(accounts, people, sorted(faults))


def read_directory(organisations: CsvFile, contacts: CsvFile) -> DirectoryFiles:
    """Read and check both files together: the rows, or every fault by file, row and column."""
    found = read_rows(organisations, contacts)
    if found.faults:
        return DirectoryFiles((), (), tuple(found.faults))
    accounts = tuple(row for _, row in found.organisations)
    return DirectoryFiles(accounts, tuple(row for _, row in found.contacts), ())


def read_organisations(file: CsvFile) -> tuple[list[tuple[int, OrganisationRow]], list[Remark]]:
    """The organisations with their rows' numbers, and what is wrong within the file."""
    sheet, faults = read(file.name, file.data, ORGANISATION_COLUMNS, ORGANISATION_COLUMNS, most=_MOST_ROWS)
    rows = []
    for line in sheet.rows:
        row = Cells(file.name, line)
        rows.append((line.number, organisation_of(row)))
        faults += row.faults
    return rows, faults


def organisation_of(row: Cells) -> OrganisationRow:
    """An organisation from its cells; what cannot be read is a fault of ``row``."""
    return OrganisationRow(
        account_number=row.read("account_number", cells.account, ""),
        name=row.read("name", cells.name, ""),
        country=row.read("country", cells.country, ""),
        cloud=row.read("cloud", cells.cloud, ""),
        language=row.read("language", cells.language, ""),
        trust_caller_id=row.read("trust_caller_id", lambda text: cells.one_of(_POLICIES, text), ""),
        code_digits=row.read("code_digits", cells.code_digits, 0),
        priority=row.read("priority", cells.priority, 0),
        numbers=row.read("numbers", cells.numbers, ()),
    )


def read_contacts(file: CsvFile) -> tuple[list[tuple[int, ContactRow]], list[Remark]]:
    """The contacts with their rows' numbers, and what is wrong within the file."""
    sheet, faults = read(file.name, file.data, CONTACT_COLUMNS, CONTACT_COLUMNS, most=_MOST_ROWS)
    rows = []
    for line in sheet.rows:
        row = Cells(file.name, line)
        rows.append((line.number, contact_of(row)))
        faults += row.faults
    return rows, faults


def contact_of(row: Cells) -> ContactRow:
    """A contact from its cells; what cannot be read is a fault of ``row``."""
    contact = ContactRow(
        account_number=row.read("account_number", cells.account, ""),
        name=row.read("name", cells.name, ""),
        role=row.read("role", lambda text: cells.one_of(_ROLES, text), ""),
        email=row.read("email", cells.email, "?"),
        phone=row.read("phone", cells.phone, "?"),
        phone_can_text=row.read("phone_can_text", cells.truth, False),
        language=row.read("language", cells.language, ""),
        confirmed=row.read("confirmed", cells.instant, None),
    )
    if not contact.email and not contact.phone:
        row.wrong("email", "a contact needs an e-mail address or a phone number")
    if contact.phone_can_text and not contact.phone:
        row.wrong("phone_can_text", "there is no phone number that could take texts: false is needed here")
    return contact


def _repeated_accounts(file: str, rows: list[tuple[int, OrganisationRow]]) -> list[Remark]:
    seen: dict[str, int] = {}
    faults = []
    for number, row in rows:
        first = seen.setdefault(row.account_number, number)
        if row.account_number and first != number:
            sentence = f"account {row.account_number} is in row {first} already; each account has one row"
            faults.append(Remark(file, number, "account_number", sentence))
    return faults


def _misplaced_contacts(file: str, rows: list[tuple[int, ContactRow]], accounts: set[str]) -> list[Remark]:
    """Contacts of accounts the other file does not have, and names an account has twice."""
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for number, row in rows:
        if row.account_number and row.account_number not in accounts:
            sentence = f"account {row.account_number} is not among the organisations; add it there"
            faults.append(Remark(file, number, "account_number", sentence))
        first = seen.setdefault((row.account_number, row.name), number)
        if row.account_number and row.name and first != number:
            sentence = f"{row.name} is in row {first} already; people of one account need different names"
            faults.append(Remark(file, number, "name", sentence))
    return faults

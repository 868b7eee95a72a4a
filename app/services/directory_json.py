"""Reading one organisation as a directory or CRM sends it: the checks of the files, faults by field."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.ports import ContactRow, OrganisationRow
from app.services.directory import contact_of, organisation_of
from app.services.directory_cells import Cells
from app.services.wrong import Wrong
from routing.cells import Row, clean


def read_record(account: str, body: Mapping[str, Any]) -> tuple[OrganisationRow, list[ContactRow]] | Wrong:
    """An organisation and its contacts, or every fault by its field, such as ``contacts[2].email``.

    ``body`` has the columns of the files as JSON has them: texts, numbers, true and false, lists, null.
    """
    own = _cells({name: body[name] for name in body.keys() - {"contacts", "source"}}, account)
    row = organisation_of(own)
    faults = {fault.column: fault.sentence for fault in reversed(own.faults)}
    people = []
    for place, sent in enumerate(body.get("contacts", ())):
        cells = _cells(sent, account)
        people.append(contact_of(cells))
        told = [fault for fault in reversed(cells.faults) if fault.column != "account_number"]
        faults |= {f"contacts[{place}].{fault.column}": fault.sentence for fault in told}
    faults |= _repeated(people)
    return Wrong(faults) if faults else (row, people)


def _cells(sent: Mapping[str, Any], account: str) -> Cells:
    """The values as a file's row has them; the account stands in the address, and is checked once."""
    cells = {name: clean(_text(value)) for name, value in sent.items()}
    return Cells("", Row(1, {**_EMPTY, **cells, "account_number": account}))


#: What may be left out: a cell that is not there could not be told to be wrong.
_EMPTY = dict.fromkeys(
    (
        *("name", "country", "cloud", "language", "trust_caller_id", "code_digits", "priority", "numbers"),
        *("role", "email", "phone", "phone_can_text", "confirmed"),
    ),
    "",
)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _repeated(people: Sequence[ContactRow]) -> dict[str, str]:
    seen: set[str] = set()
    faults = {}
    for place, row in enumerate(people):
        if row.name in seen and row.name:
            faults[f"contacts[{place}].name"] = "people of one account need different names"
        seen.add(row.name)
    return faults

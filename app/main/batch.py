"""The questions of ``explain --batch``: a CSV file to facts and instants."""

from collections.abc import Mapping
from datetime import datetime

from routing.cells import read as read_cells
from routing.compiled import DEPARTMENTS
from routing.decide import Facts
from routing.numbers import caller_number
from routing.remarks import Remark

COLUMNS = ("dnis", "ani", "at", "department", "language", "territory")
Question = tuple[Facts, datetime]


def read_questions(file: str, data: bytes, now: datetime) -> tuple[list[Question], list[Remark]]:
    """Every question of the file, or every fault by row and column; an empty ``at`` means ``now``."""
    sheet, faults = read_cells(file, data, COLUMNS, COLUMNS)
    questions: list[Question] = []
    if faults:
        return questions, faults
    for row in sheet.rows:
        cells = row.cells
        at = instant_of(cells["at"]) if cells["at"] else now
        if at is None:
            sentence = "is no instant with an offset; write it as 2026-12-24T12:00+01:00"
            faults.append(Remark(file, row.number, "at", sentence))
        elif cells["department"] not in {"", *DEPARTMENTS}:
            faults.append(Remark(file, row.number, "department", f"is none of {', '.join(DEPARTMENTS)}"))
        else:
            questions.append((_facts(cells), at))
    return questions, faults


def _facts(cells: Mapping[str, str]) -> Facts:
    return Facts(
        dnis=cells["dnis"],
        ani=caller_number(cells["ani"]),
        territory=cells["territory"],
        department=cells["department"],
        language=cells["language"],
    )


def instant_of(text: str) -> datetime | None:
    """The RFC 3339 instant a text is; None when it is none, or has no offset."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None

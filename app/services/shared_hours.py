"""Hours that one row has, made a schedule that many rows share."""

from collections.abc import Iterable

from routing import edit
from routing.edit import Wrong
from routing.table import Document
from routing.week import NotHours, week

_SECTION = "coverage"


def alike(document: Document, key: str) -> tuple[str, ...]:
    """The other coverage rows that have the same hours of their own, however they are written."""
    row = edit.find(document, _SECTION, key)
    if row is None or not row.hours:
        return ()
    wanted = _days(row.hours)
    return tuple(
        own
        for own, other in edit.keyed(document, _SECTION)
        if own != key and other.hours and _days(other.hours) == wanted
    )


def share(document: Document, key: str, name: str, also: Iterable[str] = ()) -> Document | Wrong:
    """The document with the row's hours as a schedule of this name, used by the row and those of ``also``.

    Refused with a sentence for ``name`` where a schedule cannot be called so, for ``""`` where the row has no
    hours of its own.
    """
    row = edit.find(document, _SECTION, key)
    if row is None or not row.hours:
        return Wrong({"": "this row has no hours of its own that could be shared"})
    made = edit.put(document, "schedules", None, {"name": name, "hours": row.hours})
    if isinstance(made, Wrong):
        return Wrong({"name": made.faults.get("name") or next(iter(made.faults.values()))})
    changed = edit.bulk(made.document, _SECTION, (key, *also), "schedule", name.strip())
    return Wrong({"": next(iter(changed.faults.values()))}) if changed.faults else changed.document


def _days(hours: str) -> object:
    try:
        return week(hours).days
    except NotHours:
        return hours

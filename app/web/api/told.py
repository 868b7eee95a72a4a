"""What the API's modules say alike: versions, drafts, remarks, entries, as JSON's own types."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.ports import VersionRow
from app.ports.drafts import Draft, DraftRow
from app.services.emergencies import Shown
from app.web.api.schema import COUNT, INSTANT, INSTANT_OR_NONE, NUMBER, TEXT, by_name, listing, thing
from routing.remarks import Remark

VERSION = thing({"version": NUMBER, "author": TEXT, "published_at": INSTANT, "sentences": listing(TEXT)})
DRAFT = thing(
    {
        "id": NUMBER,
        "title": TEXT,
        "owner": TEXT,
        "base": COUNT,
        "revision": COUNT,
        "state": TEXT,
        "version": COUNT,
        "updated_at": INSTANT,
    }
)
ENTRY = thing(
    {
        "number": NUMBER,
        "from": INSTANT,
        "until": INSTANT,
        "territory": TEXT,
        "department": TEXT,
        "language": TEXT,
        "scope": TEXT,
        "reason": TEXT,
        "incident": TEXT,
        "text": by_name(TEXT),
        "author": TEXT,
        "created_at": INSTANT,
        "ended_by": TEXT,
        "ended_at": INSTANT_OR_NONE,
        "phase": TEXT,
    }
)


def version(row: VersionRow) -> dict[str, Any]:
    """A published version, without its document."""
    return {
        "version": row.version,
        "author": row.author,
        "published_at": row.published_at.isoformat(),
        "sentences": list(row.sentences),
    }


def draft(row: Draft | DraftRow) -> dict[str, Any]:
    """A draft, without what it holds."""
    return {
        "id": row.id,
        "title": row.title,
        "owner": row.owner,
        "base": row.base,
        "revision": row.revision,
        "state": row.state,
        "version": row.version,
        "updated_at": row.updated_at.isoformat(),
    }


def remarks(found: Iterable[Remark]) -> list[dict[str, Any]]:
    """Errors or warnings; ``mark`` is what a warning is signed off by."""
    return [
        {
            "mark": one.mark,
            "file": one.file,
            "row": one.row,
            "column": one.column,
            "key": one.key,
            "sentence": one.sentence,
        }
        for one in found
    ]


def by_mark(found: Iterable[Remark]) -> dict[str, str]:
    """Remarks as the fields of an error."""
    return {one.mark: str(one) for one in found}


def entry(shown: Shown, now: datetime) -> dict[str, Any]:
    """An emergency closure or an announcement."""
    found, row = shown.entry, shown.entry.emergency
    return {
        "number": found.number,
        "from": row.start.isoformat(),
        "until": row.end.isoformat(),
        "territory": row.territory,
        "department": row.department,
        "language": row.language,
        "scope": shown.scope,
        "reason": row.reason,
        "incident": found.incident,
        "text": dict(row.text),
        "author": found.author,
        "created_at": found.created_at.isoformat(),
        "ended_by": found.ended_by,
        "ended_at": found.ended_at.isoformat() if found.ended_at else None,
        "phase": found.phase(now).value,
    }

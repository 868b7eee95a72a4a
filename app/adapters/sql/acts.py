"""What people do at the desks, written down in the transaction that does it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.recording import storable
from app.adapters.sql.verification_rows import AuditEntry


def write_act(
    session: Session,
    actor: Actor,
    now: datetime,
    what: str,
    detail: str = "",
    *,
    before: Any = "",
    after: Any = "",
    organisation: int | None = None,
    contact: int | None = None,
) -> None:
    """Add one row to the audit. ``before`` and ``after`` are words, or values kept as JSON."""
    session.add(
        AuditEntry(
            at=now,
            who=storable(actor.name),
            what=what,
            detail=storable(detail),
            organisation_id=organisation,
            contact_id=contact,
            place=storable(actor.where),
            before=_text(before),
            after=_text(after),
        )
    )


def _text(value: Any) -> str:
    return storable(
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )

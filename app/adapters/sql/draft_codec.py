"""A draft's rows to what the use cases see, and its parts to JSON and back."""

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Row

from app.adapters.sql.draft_rows import DraftEntry
from app.adapters.sql.recording import storable
from app.faults import Fault, FaultCode
from app.ports.drafts import Approval, Draft, DraftRow, SignOff, State
from routing.document import NotADocument, from_json
from routing.rebase import Conflict


def as_draft(entry: DraftEntry) -> Draft:
    """The draft of a row; Fault NO_SUCH_DRAFT for one written in a way this program does not know."""
    try:
        document = from_json(entry.document)
    except NotADocument as error:
        raise Fault(FaultCode.NO_SUCH_DRAFT, f"Draft {entry.id} cannot be read: {error}.") from error
    return Draft(
        id=entry.id,
        owner=entry.owner,
        owner_id=entry.owner_id,
        title=entry.title,
        base=entry.base,
        revision=entry.revision,
        document=document,
        state=_state(entry.state),
        version=entry.version,
        created_at=entry.created_at,
        updated_at=entry.updated_at,
        sign_offs={mark: _sign_off(value) for mark, value in entry.sign_offs.items()},
        approved=tuple(_approval(value) for value in entry.approvals),
        conflicts=tuple(Conflict(**value) for value in entry.conflicts),
    )


def as_row(row: Row[Any]) -> DraftRow:
    """The line of a list; its columns are those of ``DraftRow``."""
    return DraftRow(**row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for it, and documented


def sign_off_to_json(sign_off: SignOff) -> dict[str, Any]:
    """``SignOff`` as it is stored."""
    return {
        "who": storable(sign_off.who),
        "at": sign_off.at.isoformat(),
        "sentence": storable(sign_off.sentence),
        "note": storable(sign_off.note),
    }


def approval_to_json(approval: Approval) -> dict[str, Any]:
    """``Approval`` as it is stored."""
    return {"name": storable(approval.name), "user": approval.user, "at": approval.at.isoformat()}


def conflict_to_json(conflict: Conflict) -> dict[str, Any]:
    """``Conflict`` as it is stored."""
    return {
        "section": conflict.section,
        "key": conflict.key,
        "base": conflict.base,
        "theirs": conflict.theirs,
        "ours": conflict.ours,
    }


def _sign_off(value: dict[str, Any]) -> SignOff:
    return SignOff(value["who"], datetime.fromisoformat(value["at"]), value["sentence"], value["note"])


def _approval(value: dict[str, Any]) -> Approval:
    return Approval(value["name"], value["user"], datetime.fromisoformat(value["at"]))


def _state(text: str) -> State:
    found: State = next(state for state in get_args(State) if state == text)
    return found

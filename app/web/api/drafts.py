"""``/api/v1/drafts``, ``/api/v1/table/import`` and ``/check``: files into drafts, tried out row by row."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from flask import Blueprint

from app.ports.drafts import Asked as Sought
from app.ports.drafts import Draft
from app.services.draft_publishing import DraftPublishing
from app.services.drafts import DraftDesk, Stale, title_fault
from app.services.round_trip import DryRun, Effect, Tried, dry_run
from app.services.uploads import Files, Unreadable, table_files
from app.web.api import told
from app.web.api.drafts_schema import OPERATIONS
from app.web.api.operation import Asked, add, refuse
from app.web.api.schema import PAGE
from app.web.pages import actor
from routing.document import to_json

_MOST_ROWS = 500  # told of one dry run


@dataclass(frozen=True, slots=True)
class DraftApi:
    """The endpoints around drafts."""

    drafts: DraftDesk
    publishing: DraftPublishing
    now: Callable[[], datetime]

    def listed(self, asked: Asked) -> dict[str, Any]:
        """One page of the drafts."""
        page = {name: asked.query[name] for name in PAGE}
        rows, total = self.drafts.listed(
            Sought(state=asked.query.get("state"), text=asked.query.get("q", ""), **page)
        )
        return {"total": total, **page, "drafts": [told.draft(row) for row in rows]}

    def one(self, asked: Asked) -> dict[str, Any]:
        """One draft, whole."""
        draft = self.drafts.get(asked.places["draft"])
        return {**told.draft(draft), "document": to_json(draft.document), "approvals": list(draft.approvals)}

    def imported(self, asked: Asked) -> dict[str, Any]:
        """Try files out over a draft or the live version, and put them in unless it is a dry run."""
        body, who, now = asked.body, actor(), self.now()
        files = _files(body)
        held = self._held(body)
        if fault := "" if held or body.get("dry_run") else title_fault(body.get("title", "")):
            refuse(422, "bad_input", "A new draft needs its title: see the fields.", {"title": fault})
        over = held.document if held else self.drafts.document(self.drafts.tables.latest())
        found = dry_run(files, over, self.publishing.publishing.errors)
        if body.get("dry_run") or found.document is None:
            return _told(found, None)
        draft = held or self.drafts.open(who, body["title"], now)
        what = f"Put in {', '.join(sorted(files))[:200]} by the API."
        saved = self.drafts.change(draft.id, draft.revision, found.document, who, now, what)
        if isinstance(saved, Stale):
            _stale(saved)
        return _told(found, saved)

    def checked(self, asked: Asked) -> dict[str, Any]:
        """Everything to be said about a document."""
        publishing = self.publishing.publishing
        if "draft" in asked.body:
            if len(asked.body) > 1:
                refuse(
                    422, "bad_input", "Give a draft, a document or files: one of them.", {"draft": "Alone."}
                )
            document = self.drafts.get(asked.body["draft"]).document
        else:
            over = self.drafts.document(self.drafts.tables.latest())
            found = dry_run(_files(asked.body), over, lambda *_: [])
            if found.document is None:
                refuse(422, "faults", "The rows cannot be read: see the fields.", _faults(found))
            document = found.document
        return {
            "errors": told.remarks(publishing.errors(document)),
            "warnings": told.remarks(publishing.warnings(document)),
        }

    def _held(self, body: Mapping[str, Any]) -> Draft | None:
        """The draft that is to be filled, at the revision its owner saw; None: a new one."""
        if "draft" not in body:
            return None
        if "revision" not in body:
            refuse(
                422, "bad_input", "Say which revision of the draft you saw.", {"revision": "This is needed."}
            )
        draft = self.drafts.own(body["draft"], actor())
        if draft.revision != body["revision"]:
            _stale(self.drafts.stale(draft, body["revision"]))
        return draft


def blueprint(api: DraftApi) -> Blueprint:
    """Drafts, imports, checks."""
    found = Blueprint("api_drafts", __name__)
    views = (api.listed, api.one, api.imported, api.checked)
    for operation, view in zip(OPERATIONS, views, strict=True):
        add(found, operation, view)
    return found


def _files(body: Mapping[str, Any]) -> Files:
    if ("document" in body) == ("files" in body):
        refuse(422, "bad_input", "Give a document or files: one of them.", {"document": "Or files."})
    if "document" in body:
        sent = [("table.json", json.dumps(body["document"]).encode())]
    else:
        sent = [(name, content.encode()) for name, content in body["files"].items()]
    found = table_files(sent)
    if isinstance(found, Unreadable):
        place = "document" if "document" in body else "files"
        refuse(422, "bad_input", "This cannot be read: see the fields.", {place: found.sentence})
    return found


def _faults(found: DryRun) -> dict[str, str]:
    faulty = [row for row in found.rows if row.effect is Effect.FAULT][:_MOST_ROWS]
    return {f"{row.file}, row {row.row}": " ".join(row.sentences) for row in faulty}


def _told(found: DryRun, saved: Draft | None) -> dict[str, Any]:
    """What was tried: every row but those that stay as they are, up to a few hundred."""
    rows = [row for row in found.rows if row.effect is not Effect.UNCHANGED or row.sentences]
    return {
        "draft": saved.id if saved else None,
        "revision": saved.revision if saved else None,
        "can_be_put_in": found.document is not None,
        "counts": {effect.value: found.count(effect) for effect in Effect},
        "rows": [_row(row) for row in rows[:_MOST_ROWS]],
        "elsewhere": list(found.elsewhere),
    }


def _row(row: Tried) -> dict[str, Any]:
    return {
        "file": row.file,
        "row": row.row,
        "key": row.key,
        "effect": row.effect.value,
        "changes": [change._asdict() for change in row.changes],
        "sentences": list(row.sentences),
    }


def _stale(stale: Stale) -> NoReturn:
    changed = {f"revision {step.revision}": step.what for step in stale.steps}
    refuse(409, "stale", f"The draft is at revision {stale.draft.revision} by now.", changed)

"""Shared schedules: hours edited once and used by many rows, with the list of who uses them."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.drafts import Stale
from app.services.editing import InUse
from app.services.shared_hours import alike, share
from app.web.ops.editor import Editor
from app.web.ops.hours_form import hours_form
from app.web.pages import needs
from routing import edit, references
from routing.edit import Wrong
from routing.table import Document


@dataclass(frozen=True, slots=True)
class SchedulePages:
    """``/schedules``: the list; ``/schedules/share``: a row's own hours become a schedule."""

    editor: Editor

    @needs(Right.VIEW)
    def listed(self, draft: int) -> Response:
        """Every schedule: its week, and the rows that use it."""
        held = self.editor.editing.draft(draft)
        rows = [(row, hours_form(row.hours)) for row in held.document.schedules]
        users = references.uses(held.document, "schedules")
        return self.editor.page("schedules.html", held, rows=rows, users=users)

    @needs(Right.VIEW)
    def sharing(self, draft: int) -> BaseResponse:
        """Ask for the schedule's name, and which rows of the same hours are to use it as well."""
        return self._form(draft, request.args.get("key", ""))

    @needs(Right.EDIT)
    def share(self, draft: int) -> BaseResponse:
        """Make the schedule, and let the rows use it."""
        key, name = request.args.get("key", ""), request.form.get("name", "")

        def change(document: Document) -> Document | Wrong:
            also = alike(document, key) if request.form.get("also") else ()
            return share(document, key, name, also)

        found = self.editor.editing.replace(self.editor.at(draft), change)
        if isinstance(found, Stale):
            return self.editor.stale(found)
        if isinstance(found, InUse):
            return self.editor.refused(found, self.editor.editing.draft(draft))
        if isinstance(found, Wrong):
            return self._form(draft, key, name, found.faults)
        return self.editor.done(found, "edit.schedules")

    def _form(self, draft: int, key: str, name: str = "", faults: dict[str, str] | None = None) -> Response:
        held = self.editor.editing.draft(draft)
        row = edit.find(held.document, "coverage", key)
        if row is None:
            abort(404)
        return self.editor.page(
            "share.html",
            held,
            status=422 if faults else 200,
            key=key,
            row=row,
            name=name,
            faults=faults or {},
            alike=alike(held.document, key),
        )


def add_schedules(pages: Blueprint, editor: Editor) -> None:
    """Put the pages under the draft's address."""
    schedules = SchedulePages(editor)
    pages.add_url_rule("/schedules", "schedules", schedules.listed)
    pages.add_url_rule("/schedules/share", "share_form", schedules.sharing)
    pages.add_url_rule("/schedules/share", "share", schedules.share, methods=["POST"])

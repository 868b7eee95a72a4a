"""Closing days and special openings, in one short form that says what it will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.closing import cuts, sentence
from app.services.drafts import Draft, Stale, Step
from app.services.editing import InUse, Saved, put
from app.web.ops.editor import Editor
from app.web.ops.row_inputs import departments, empty_row, languages, territories
from app.web.pages import gettext, needs
from routing import edit
from routing.desks import ANYWHERE
from routing.edit import Wrong

_SECTION = "closures"
_SHOWN = 40  # desks whose hours are told one by one


@dataclass(frozen=True, slots=True)
class ClosingDayPages:
    """``/closing-days/new`` and ``/closing-days/edit?key=``."""

    editor: Editor

    @needs(Right.VIEW)
    def new(self, draft: int) -> Response:
        """An empty form, or one that the link says something of (``country``, ``department``, ``day``)."""
        given = request.args.to_dict()
        cells = empty_row(_SECTION) | given | {"territory": given.get("country") or ANYWHERE}
        return self._page(self.editor.editing.draft(draft), None, cells)

    @needs(Right.VIEW)
    def edited(self, draft: int) -> Response:
        """The form of a closure, and what it does."""
        held = self.editor.editing.draft(draft)
        key = request.args.get("key", "")
        row = edit.find(held.document, _SECTION, key)
        if row is None:
            abort(404)
        return self._page(held, key, edit.cells(_SECTION, row))

    @needs(Right.EDIT)
    def save(self, draft: int) -> BaseResponse:
        """Save it, or only say what it would do, or take it away."""
        key, cells = request.args.get("key"), _read(request.form)
        editing, at = self.editor.editing, self.editor.at(draft)
        press = request.form.get("press")
        found: Saved | InUse | Wrong | Stale
        if press == "look":
            return self._look(editing.draft(draft), key, cells)
        if press == "remove" and key is not None:
            found = editing.remove(at, _SECTION, key)
        else:
            found = editing.put(at, _SECTION, key, cells)
        if isinstance(found, Wrong):
            return self._page(editing.draft(draft), key, cells, 422, faults=found.faults)
        if isinstance(found, Stale):
            return self._page(found.draft, key, cells, 409, steps=found.steps)
        if isinstance(found, InUse):
            return self.editor.refused(found, editing.draft(draft))
        return self._done(found, cells.get("territory", ANYWHERE))

    def _done(self, found: Saved, place: str) -> BaseResponse:
        if place in {row.key for row in found.draft.document.territories}:
            return self.editor.done(found, "edit.country", key=place)
        return self.editor.done(found, "edit.rows", section=_SECTION)

    def _look(self, held: Draft, key: str | None, cells: Mapping[str, str]) -> Response:
        found = put(held.document, _SECTION, key, cells)
        faults = found.faults if isinstance(found, Wrong) else {}
        return self._page(held, key, cells, 422 if faults else 200, faults=faults)

    def _page(
        self,
        held: Draft,
        key: str | None,
        cells: Mapping[str, str],
        status: int = 200,
        *,
        faults: Mapping[str, str] | None = None,
        steps: Sequence[Step] = (),
    ) -> Response:
        return self.editor.page(
            "closing_day.html",
            held,
            status=status,
            key=key,
            cells=cells,
            faults=faults or {},
            steps=steps,
            territories=territories(held.document, everywhere=gettext("Every country")),
            departments=((ANYWHERE, gettext("Every department")), *departments()),
            languages=((ANYWHERE, gettext("Every language")), *languages(held.document)),
            **_told(held, key, cells),
        )


def add_closing_days(pages: Blueprint, editor: Editor) -> None:
    """Put the form under the draft's address."""
    days = ClosingDayPages(editor)
    pages.add_url_rule("/closing-days/new", "new_closing_day", days.new)
    pages.add_url_rule("/closing-days/edit", "closing_day", days.edited)
    pages.add_url_rule("/closing-days/new", "add_closing_day", days.save, methods=["POST"])
    pages.add_url_rule("/closing-days/edit", "save_closing_day", days.save, methods=["POST"])


def _read(form: Mapping[str, str]) -> dict[str, str]:
    return {name: form[name] for name in empty_row(_SECTION) if name in form}


def _told(held: Draft, key: str | None, cells: Mapping[str, str]) -> dict[str, object]:
    """What it does, in words and desk by desk; nothing while it cannot be read."""
    found = put(held.document, _SECTION, key, cells)
    row = None if isinstance(found, Wrong) else edit.find(found.document, _SECTION, found.key)
    if row is None:
        return {"told": "", "cuts": (), "desks": 0}
    changed = list(cuts(held.document, row, key))
    return {"told": sentence(row, held.document), "cuts": changed[:_SHOWN], "desks": len(changed)}

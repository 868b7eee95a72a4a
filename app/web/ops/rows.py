"""Every section of a draft as a list, and every row of it as a form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.drafts import Draft, Stale, Step
from app.services.editing import InUse, Saved, put
from app.services.row_search import Asked, search, worlds_of
from app.services.shared_hours import alike
from app.web.ops.editor import Editor
from app.web.ops.row_form import RowForm, empty_form, read_row, row_form
from app.web.ops.row_inputs import departments, inputs, languages, territories
from app.web.pages import Pager, gettext, needs
from routing import edit, references
from routing.edit import Wrong
from routing.sections import SECTIONS

_NAMES = tuple(section.name for section in SECTIONS)


@dataclass(frozen=True, slots=True)
class RowPages:
    """``/rows/<section>``: the list; ``/new`` and ``/edit?key=``: the form."""

    editor: Editor

    @needs(Right.VIEW)
    def listed(self, draft: int, section: str) -> Response:
        """Rows that fit the filter, in pages."""
        _known(section)
        held = self.editor.editing.draft(draft)
        asked = asked_for()
        found = list(search(held.document, section, asked))
        pager = Pager.of(request.args, len(found))
        rows = found[pager.offset : pager.offset + pager.limit]
        return self.editor.page(
            "rows.html",
            held,
            status=200,
            section=section,
            asked=asked,
            pager=pager,
            rows=rows,
            **filters(held),
        )

    @needs(Right.VIEW)
    def new(self, draft: int, section: str) -> BaseResponse:
        """An empty form, or one that the link says something of."""
        _known(section)
        if section == "closures":
            return redirect(
                url_for("edit.new_closing_day", draft=draft, country=request.args.get("territory"))
            )
        return self._form(self.editor.editing.draft(draft), section, None, empty_form(section, request.args))

    @needs(Right.VIEW)
    def edited(self, draft: int, section: str) -> BaseResponse:
        """A row's form."""
        _known(section)
        if section == "closures":
            return redirect(url_for("edit.closing_day", draft=draft, key=request.args.get("key")))
        held = self.editor.editing.draft(draft)
        key = request.args.get("key", "")
        form = row_form(held.document, section, key)
        if form is None:
            abort(404)
        return self._form(held, section, key, form)

    @needs(Right.EDIT)
    def save(self, draft: int, section: str) -> BaseResponse:
        """Save a row, new or not; or show the other side of its hours; or take the row away."""
        _known(section)
        key = request.args.get("key")
        if key is not None and request.form.get("press") == "remove":
            return self._remove(draft, section, key)
        form = read_row(section, request.form)
        at = self.editor.at(draft)
        if form.to_be_corrected or form.faults:
            return self._corrected(self.editor.editing.draft(draft), section, key, form)
        found = self.editor.editing.put(at, section, key, form.cells)
        if isinstance(found, Wrong):
            held = self.editor.editing.draft(draft)
            return self._form(held, section, key, replace(form, faults=found.faults), 422)
        if isinstance(found, Stale):
            return self._form(found.draft, section, key, form, 409, found.steps)
        return _done(self.editor, found, section)

    def _corrected(self, held: Draft, section: str, key: str | None, form: RowForm) -> Response:
        """Shown once more, with every fault there is; or only with its hours brought up to date."""
        if form.only_shown and not (form.hours and form.hours.faulty):
            return self._form(held, section, key, form)
        found = put(held.document, section, key, form.cells)
        others = found.faults if isinstance(found, Wrong) else {}
        return self._form(held, section, key, replace(form, faults={**others, **form.faults}), 422)

    def _remove(self, draft: int, section: str, key: str) -> BaseResponse:
        found = self.editor.editing.remove(self.editor.at(draft), section, key)
        if isinstance(found, Stale):
            return self.editor.stale(found)
        if isinstance(found, InUse):
            return self.editor.refused(found, self.editor.editing.draft(draft))
        return _done(self.editor, found, section)

    def _form(
        self,
        held: Draft,
        section: str,
        key: str | None,
        form: RowForm,
        status: int = 200,
        steps: Sequence[Step] = (),
    ) -> Response:
        there = edit.find(held.document, section, key) if key else None
        return self.editor.page(
            "row.html",
            held,
            status=status,
            section=section,
            key=key,
            form=form,
            inputs=inputs(section, held.document),
            schedule_choices=[("", "-"), *((row.name, row.name) for row in held.document.schedules)],
            users=references.uses(held.document, section).get(getattr(there, "name", ""), ()),
            alike=alike(held.document, key) if key and section == "coverage" else (),
            steps=steps,
            meanwhile_cells=edit.cells(section, there) if steps and there else {},
        )


def add_rows(pages: Blueprint, editor: Editor) -> None:
    """Put the lists and forms under the draft's address."""
    rows = RowPages(editor)
    pages.add_url_rule("/rows/<section>", "rows", rows.listed)
    pages.add_url_rule("/rows/<section>/new", "new_row", rows.new)
    pages.add_url_rule("/rows/<section>/edit", "row", rows.edited)
    pages.add_url_rule("/rows/<section>/new", "add_row", rows.save, methods=["POST"])
    pages.add_url_rule("/rows/<section>/edit", "save_row", rows.save, methods=["POST"])


def asked_for() -> Asked:
    """What the filter of this request asks for."""
    wanted = ("column", "territory", "world", "department", "language")
    return Asked(request.args.get("q", "").strip(), *(request.args.get(name, "") for name in wanted))


def filters(held: Draft) -> dict[str, object]:
    """The choices of a filter over a draft's rows."""
    return {
        "territories": territories(held.document, everywhere=gettext("Everywhere")),
        "worlds": worlds_of(held.document),
        "departments": departments(),
        "languages": languages(held.document),
        "columns": {section.name: [column.name for column in section.columns] for section in SECTIONS},
    }


def _known(section: str) -> None:
    if section not in _NAMES:
        abort(404)


def _done(editor: Editor, found: Saved, section: str) -> BaseResponse:
    """On to where the form was opened from."""
    country = request.args.get("from", "")
    if country in {row.key for row in found.draft.document.territories}:
        return editor.done(found, "edit.country", key=country)
    if section in {"schedules", "calendars"}:
        return editor.done(found, f"edit.{section}")
    return editor.done(found, "edit.rows", section=section)

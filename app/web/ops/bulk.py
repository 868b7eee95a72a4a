"""Bulk edit: filter rows, change one thing in all of them, look at it row by row, apply."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.drafts import Draft, Stale
from app.services.editing import bulk
from app.services.row_search import Asked, search
from app.web.ops.editor import Editor
from app.web.ops.row_inputs import Input, inputs
from app.web.ops.rows import asked_for, filters
from app.web.pages import Pager, gettext, needs
from routing import edit
from routing.edit import Bulk
from routing.sections import SECTIONS, section_of

_LISTED = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """Which rows, which column, and what it is to say; ``value`` None: not asked yet."""

    section: str
    asked: Asked
    change: str
    value: str | None


@dataclass(frozen=True, slots=True)
class BulkPages:
    """``/bulk``: the address says the whole wish, so that what was looked at is what is applied."""

    editor: Editor

    @needs(Right.VIEW)
    def look(self, draft: int) -> Response:
        """The filter; with a column, its new value; with a value, what would change."""
        return self._page(self.editor.editing.draft(draft), _wish())

    @needs(Right.EDIT)
    def apply(self, draft: int) -> BaseResponse:
        """Apply what was looked at, at the revision it was looked at."""
        wish = _wish()
        if not wish.change or wish.value is None:
            abort(400)
        found = self.editor.editing.bulk(
            self.editor.at(draft), wish.section, wish.asked, wish.change, wish.value
        )
        if isinstance(found, Stale):
            return self._page(found.draft, wish, 409)
        if isinstance(found, Bulk):
            return self._page(self.editor.editing.draft(draft), wish, 422)
        return self.editor.done(found, "edit.rows", section=wish.section)

    def _page(self, held: Draft, wish: Wish, status: int = 200) -> Response:
        rows = list(search(held.document, wish.section, wish.asked))
        preview = None
        if wish.change and wish.value is not None:
            preview = bulk(held.document, wish.section, wish.asked, wish.change, wish.value)
        pager = Pager.of(request.args, len(preview.changed) if preview else len(rows))
        return self.editor.page(
            "bulk.html",
            held,
            status=status,
            wish=wish,
            asked=wish.asked,
            section=wish.section,
            input=_input(held, wish),
            preview=preview,
            faults=list(preview.faults.items())[:_LISTED] if preview else [],
            pager=pager,
            window=slice(pager.offset, pager.offset + pager.limit),
            rows=rows,
            instead=_instead(held, wish),
            **filters(held),
        )


def add_bulk(pages: Blueprint, editor: Editor) -> None:
    """Put the page under the draft's address."""
    bulk_pages = BulkPages(editor)
    pages.add_url_rule("/bulk", "bulk", bulk_pages.look)
    pages.add_url_rule("/bulk", "apply_bulk", bulk_pages.apply, methods=["POST"])


def _wish() -> Wish:
    names = [section.name for section in SECTIONS]
    section = request.args.get("section", "coverage")
    if section not in names:
        abort(404)
    change = request.args.get("change", "")
    known = {column.name for column in section_of(section).columns}
    return Wish(section, asked_for(), change if change in known else "", request.args.get("value"))


def _instead(held: Draft, wish: Wish) -> dict[str, str]:
    """What desks have now where the column is empty: a schedule in place of hours, or the other way round."""
    if wish.section != "coverage" or wish.change not in {"hours", "schedule"}:
        return {}
    return {
        key: gettext("schedule %(name)s", name=row.schedule) if row.schedule else row.hours
        for key, row in edit.keyed(held.document, "coverage")
    }


def _input(held: Draft, wish: Wish) -> Input | None:
    """How the new value is asked for."""
    if not wish.change:
        return None
    if (wish.section, wish.change) == ("coverage", "schedule"):
        return Input(
            "value", "select", False, (("", "-"), *((s.name, s.name) for s in held.document.schedules))
        )
    return next(one for one in inputs(wish.section, held.document) if one.name == wish.change)

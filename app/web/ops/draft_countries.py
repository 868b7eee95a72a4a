"""A draft by country: everything of one country in one place, which is where most changes begin."""

from dataclasses import dataclass
from types import MappingProxyType

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.drafts import Draft
from app.services.row_search import Asked, Found, search
from app.web.ops.editor import Editor
from app.web.ops.hours_form import HoursForm, hours_form
from app.web.pages import Pager, needs
from routing import edit
from routing.desks import ANYWHERE
from routing.table import Coverage

# A country's own rows, and those for everywhere that reach it too.
_SECTIONS = MappingProxyType({"lines": (), "coverage": (), "closures": (ANYWHERE,), "notices": (ANYWHERE,)})


@dataclass(frozen=True, slots=True)
class DeskHours:
    """One desk of the country: its row, and the week it keeps, of its own or of a schedule."""

    key: str
    row: Coverage
    hours: HoursForm


@dataclass(frozen=True, slots=True)
class CountryPages:
    """``/countries``: find one; ``/countries/<key>``: its rows."""

    editor: Editor

    @needs(Right.VIEW)
    def listed(self, draft: int) -> BaseResponse:
        """The countries that fit; on to the country's page where only one does."""
        held = self.editor.editing.draft(draft)
        text = request.args.get("q", "").strip()
        keys = [row.key for row in held.document.territories if text.upper() in {row.key, row.name.upper()}]
        found = list(search(held.document, "territories", Asked(text)))
        if text and (keys or len(found) == 1):
            return redirect(
                url_for("edit.country", draft=draft, key=keys[0] if keys else found[0].cells["key"])
            )
        pager = Pager.of(request.args, len(found))
        rows = found[pager.offset : pager.offset + pager.limit]
        return self.editor.page("countries.html", held, rows=rows, pager=pager, text=text)

    @needs(Right.VIEW)
    def one(self, draft: int, key: str) -> Response:
        """Everything of one country."""
        held = self.editor.editing.draft(draft)
        territory = edit.find(held.document, "territories", f"territory/{key}")
        if territory is None:
            abort(404)
        desks = _desks(held, key)
        return self.editor.page(
            "country.html",
            held,
            territory=territory,
            cells=edit.cells("territories", territory),
            desks=desks,
            sections_rows={name: _rows(held, name, key) for name in _SECTIONS},
            calendars=dict.fromkeys(desk.row.calendar for desk in desks if desk.row.calendar),
        )


def add_countries(pages: Blueprint, editor: Editor) -> None:
    """Put the pages under the draft's address."""
    countries = CountryPages(editor)
    pages.add_url_rule("/countries", "countries", countries.listed)
    pages.add_url_rule("/countries/<key>", "country", countries.one)


def _desks(held: Draft, key: str) -> list[DeskHours]:
    schedules = {row.name: row.hours for row in held.document.schedules}
    return [
        DeskHours(own, row, hours_form(row.hours or schedules.get(row.schedule, "")))
        for own, row in edit.keyed(held.document, "coverage")
        if row.territory == key
    ]


def _rows(held: Draft, section: str, key: str) -> list[Found]:
    wanted = (key, *_SECTIONS[section])
    return [row for one in wanted for row in search(held.document, section, Asked(territory=one))]

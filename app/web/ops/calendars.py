"""Calendars of days off: public holidays of a country by year, and days of one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from app.access.model import Right
from app.services.drafts import Draft, Stale
from app.services.editing import InUse
from app.web.ops.editor import Editor
from app.web.ops.holiday_regions import region_fault, regions
from app.web.pages import gettext, needs
from routing import edit, references
from routing.calendar_days import Choice, choices, choose, rows_of
from routing.calendars import UnknownCountry
from routing.edit import Wrong
from routing.fields import name as name_fault
from routing.table import Document

_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class CalendarPages:
    """``/calendars``: the list; ``/calendars/<name>``: one, with a year's public holidays to choose from."""

    editor: Editor

    @needs(Right.VIEW)
    def listed(self, draft: int) -> Response:
        """Every calendar: its rows, and who uses it."""
        return self._list(self.editor.editing.draft(draft))

    @needs(Right.EDIT)
    def add(self, draft: int) -> BaseResponse:
        """A new calendar, with all public holidays of a country to begin with."""
        name, region = (
            request.form.get("calendar", "").strip(),
            request.form.get("region", "").strip().upper(),
        )
        faults = {
            "calendar": name_fault(name) if name else gettext("must not be empty"),
            "region": region_fault(region),
        }
        faults = {column: sentence for column, sentence in faults.items() if sentence}
        held = self.editor.editing.draft(draft)
        if not faults and rows_of(held.document, name):
            faults = {"calendar": gettext("there is a calendar of this name; open it below")}
        if faults:
            return self._list(held, {"calendar": name, "region": region}, faults)
        return self._changed(draft, name, _put({"calendar": name, "country": region}), region=region)

    @needs(Right.VIEW)
    def one(self, draft: int, name: str) -> Response:
        """One calendar."""
        return self._page(self.editor.editing.draft(draft), name)

    @needs(Right.EDIT)
    def change(self, draft: int, name: str) -> BaseResponse:
        """Choose among the public holidays shown, add a day, or take a row away."""
        match request.form.get("press"):
            case "choose":
                return self._choose(draft, name)
            case "add":
                return self._add_day(draft, name)
            case "remove":
                key = request.form.get("key", "")
                return self._changed(draft, name, lambda document: edit.remove(document, "calendars", key))
            case _:
                return abort(400)

    def _add_day(self, draft: int, name: str) -> BaseResponse:
        day, what = request.form.get("day", "").strip(), request.form.get("what", "")
        if not day:
            faults = {"day": gettext("must not be empty")}
            return self._page(self.editor.editing.draft(draft), name, faults)
        return self._changed(draft, name, _put({"calendar": name, "day": day, "name": what}))

    def _choose(self, draft: int, name: str) -> BaseResponse:
        year, region = self._year(), request.args.get("region", "")
        if region_fault(region):
            abort(400)
        days = _days(request.form.getlist("closes"))
        next_too = bool(request.form.get("next_too"))
        return self._changed(
            draft,
            name,
            lambda document: choose(document, name, region, year, days, next_too=next_too),
            region=region,
            year=year,
        )

    def _changed(
        self, draft: int, name: str, change: Callable[[Document], Document | Wrong], **where: object
    ) -> BaseResponse:
        found = self.editor.editing.replace(self.editor.at(draft), change)
        if isinstance(found, Stale):
            return self.editor.stale(found)
        held = self.editor.editing.draft(draft)
        if isinstance(found, InUse):
            return self.editor.refused(found, held)
        if isinstance(found, Wrong):
            return self._page(held, name, found.faults)
        if not rows_of(found.draft.document, name):
            return self.editor.done(found, "edit.calendars")
        return self.editor.done(found, "edit.calendar", name=name, **where)

    def _list(
        self, held: Draft, typed: dict[str, str] | None = None, faults: dict[str, str] | None = None
    ) -> Response:
        names = dict.fromkeys(row.calendar for row in held.document.calendars)
        return self.editor.page(
            "calendars.html",
            held,
            status=422 if faults else 200,
            calendars=[(name, rows_of(held.document, name)) for name in names],
            users=references.uses(held.document, "calendars"),
            regions=regions(held.document),
            typed=typed or {},
            faults=faults or {},
        )

    def _page(self, held: Draft, name: str, faults: dict[str, str] | None = None) -> Response:
        rows = rows_of(held.document, name)
        if not rows:
            abort(404)
        year = self._year()
        region = request.args.get("region") or next((row.country for row in rows if row.country), "")
        region = region.strip().upper()
        wrong = region_fault(region) if region else ""
        return self.editor.page(
            "calendar.html",
            held,
            status=422 if faults else 200,
            name=name,
            rows=sorted(edit.keyed(Document(calendars=rows), "calendars"), key=_by_day),
            users=references.uses(held.document, "calendars").get(name, ()),
            year=year,
            region=region,
            region_fault=wrong,
            listed=() if wrong or not region else _choices(held.document, name, region, year),
            regions=regions(held.document),
            typed=request.form,
            faults=faults or {},
        )

    def _year(self) -> int:
        text = request.args.get("year", "")
        year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
        return year if year in _YEARS else self.editor.now().year


def add_calendars(pages: Blueprint, editor: Editor) -> None:
    """Put the pages under the draft's address."""
    calendars = CalendarPages(editor)
    pages.add_url_rule("/calendars", "calendars", calendars.listed)
    pages.add_url_rule("/calendars", "add_calendar", calendars.add, methods=["POST"])
    pages.add_url_rule("/calendars/<name>", "calendar", calendars.one)
    pages.add_url_rule("/calendars/<name>", "change_calendar", calendars.change, methods=["POST"])


def _put(cells: dict[str, str]) -> Callable[[Document], Document | Wrong]:
    def change(document: Document) -> Document | Wrong:
        found = edit.put(document, "calendars", None, cells)
        return found if isinstance(found, Wrong) else found.document

    return change


def _choices(document: Document, name: str, region: str, year: int) -> tuple[Choice, ...]:
    try:
        return choices(document, name, region, year)
    except UnknownCountry:
        return ()


def _days(texts: list[str]) -> frozenset[date]:
    found: set[date] = set()
    for text in texts:
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            continue  # no day of the list that was shown
    return frozenset(found)


def _by_day(keyed: tuple[str, object]) -> tuple[bool, str]:
    key, row = keyed
    return getattr(row, "day", None) is not None, key

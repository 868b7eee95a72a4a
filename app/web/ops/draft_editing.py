"""The editing pages of a draft, all under its address."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint

from app.services.editing import Editing
from app.web.ops.bulk import add_bulk
from app.web.ops.calendars import add_calendars
from app.web.ops.closing_days import add_closing_days
from app.web.ops.draft_countries import add_countries
from app.web.ops.editor import Editor
from app.web.ops.hours import add_hours
from app.web.ops.rows import add_rows
from app.web.ops.schedules import add_schedules


def blueprint(editing: Editing, now: Callable[[], datetime]) -> Blueprint:
    """Lists and forms of every section, hours, schedules, bulk changes, calendars, closing days."""
    editor = Editor(editing, now)
    pages = Blueprint("edit", __name__, url_prefix="/ops/drafts/<int:draft>")
    for add in (
        add_countries,
        add_rows,
        add_hours,
        add_schedules,
        add_bulk,
        add_calendars,
        add_closing_days,
    ):
        add(pages, editor)
    return pages

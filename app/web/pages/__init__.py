"""What every page is made with: who asks, the frame, lists in pages, one step after a form, its words."""

from app.web.pages.access import actor, end_session, needs, public, start_session
from app.web.pages.frame import back, show, show_with, told
from app.web.pages.numbers import row_number
from app.web.pages.paging import Pager
from app.web.pages.words import gettext, gettext_noop, ngettext

__all__ = [
    "Pager",
    "actor",
    "back",
    "end_session",
    "gettext",
    "gettext_noop",
    "needs",
    "ngettext",
    "public",
    "row_number",
    "show",
    "show_with",
    "start_session",
    "told",
]

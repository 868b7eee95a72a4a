"""What every page of the desks is made with: who asks, the frame, lists in pages, one step after a form."""

from app.web.pages.access import actor, end_session, needs, public, start_session
from app.web.pages.frame import back, show, told
from app.web.pages.paging import Pager

__all__ = ["Pager", "actor", "back", "end_session", "needs", "public", "show", "start_session", "told"]

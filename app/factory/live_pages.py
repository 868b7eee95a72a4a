"""The pages around what is live: the history and the way back, closing now, and the audit of it all."""

from flask import Blueprint

from app.factory.desk import Desk
from app.web.ops import audit, closures, history


def live_pages(desk: Desk) -> list[Blueprint]:
    """History, closures and announcements, audit."""
    now = desk.services.clock.now
    languages = tuple(desk.services.words.languages)
    return [
        history.blueprint(desk.history, desk.tables.desk, now),
        closures.blueprint(closures.Closures(desk.closing, languages, now)),
        audit.blueprint(desk.audit, now),
    ]

"""The pages about the table as a whole: drafts, their way to be live, files in and out."""

from flask import Blueprint

from app.factory.desk import Desk
from app.web.ops import drafts, exchange, publish
from app.web.ops.draft_work import DraftWork


def table_pages(desk: Desk) -> list[Blueprint]:
    """Their blueprints."""
    tables = desk.tables
    work = DraftWork(
        tables.drafts, tables.draft_publishing, tables.imports, tables.desk, desk.services.clock.now
    )
    return [drafts.blueprint(work), publish.blueprint(work), exchange.blueprint(work)]

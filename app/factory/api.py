"""The API: each module with its use cases, and the document of them all."""

from flask import Blueprint

from app.factory.desk import Desk
from app.services.reports import Reports
from app.services.what_if import WhatIf
from app.web.api import audit, calls, closures, drafts, explain, history, openapi, publishing, reports


def api(desk: Desk) -> list[Blueprint]:
    """Every endpoint for programs but the public lines."""
    sql, now = desk.services.sql, desk.services.clock.now
    work = desk.tables
    return [
        history.blueprint(desk.history, sql.tables),
        drafts.blueprint(drafts.DraftApi(work.drafts, work.draft_publishing, now)),
        publishing.blueprint(publishing.PublishingApi(work.draft_publishing, work.desk, now)),
        explain.blueprint(WhatIf(desk.services.tables, work.drafts), now),
        closures.blueprint(desk.closing, now),
        reports.blueprint(Reports(sql.records), now),
        calls.blueprint(desk.stories),
        audit.blueprint(desk.audit),
        openapi.blueprint(openapi.document()),
    ]

"""The pages that try a call, weigh a draft against recorded calls, tell each of them, and count them."""

from flask import Blueprint

from app.factory.desk import Desk
from app.services.impact import Impacts
from app.services.reports import Reports
from app.services.what_if import WhatIf
from app.web.ops import calls, impact, reports, what_if


def try_pages(desk: Desk) -> list[Blueprint]:
    """``/ops/what-if``, ``/ops/drafts/<draft>/impact``, ``/ops/calls`` and ``/ops/reports``."""
    services, drafts = desk.services, desk.drafts
    tables, now, surveys = services.tables, services.clock.now, services.handover.stores.surveys
    return [
        what_if.blueprint(what_if.WhatIfPages(WhatIf(tables, drafts), tables, drafts, now)),
        impact.blueprint(impact.ImpactPages(Impacts(services.sql.records), drafts, tables, now)),
        calls.blueprint(calls.CallPages(desk.stories, tables)),
        reports.blueprint(reports.ReportPages(Reports(services.sql.records), surveys, tables, now)),
    ]

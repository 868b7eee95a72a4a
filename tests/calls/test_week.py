"""The demo's week of sample calls, really placed."""

import shutil
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.adapters.sql.records import SqlRecords
from app.factory.stores import open_sql
from app.main.week import record_week
from app.main.week_plan import week
from app.ports.records import Outcome
from app.services.reports import Reports, Wanted, read
from app.settings import Settings
from app.simulator.clock import SimulatedClock
from tests.calls.conftest import FRIDAY

ROME = ZoneInfo("Europe/Rome")


def test_the_plan() -> None:
    """The same calls for a seed, in order, within 7 days, Italy's billing each workday afternoon."""
    plan = week(FRIDAY)
    assert plan == week(FRIDAY)
    assert list(plan) == sorted(plan, key=lambda call: call.at)
    assert 150 <= len(plan) <= 250
    assert FRIDAY - timedelta(days=7) <= plan[0].at < plan[-1].at < FRIDAY
    italian = [
        call.at.astimezone(ROME)
        for call in plan
        if call.place.language == "it" and call.department == "billing"
    ]
    assert {at.weekday() for at in italian if at.hour >= 12} >= set(range(5))


def test_the_week(settings: Settings, sample_database: Path, tmp_path: Path) -> None:
    """Every call is recorded with its end, nothing failed on the way, and reports have something of all."""
    shutil.copy(sample_database, tmp_path / "calls.db")
    left = list(record_week(settings, FRIDAY))
    assert left == sorted(left, reverse=True)
    sql = open_sql(settings, SimulatedClock(FRIDAY))
    wanted = read({"from": "2026-11-13"}, FRIDAY, "UTC")
    assert isinstance(wanted, Wanted)
    total = Reports(sql.records).report(wanted).total
    recorded = SqlRecords(sql.engine).asked_between(FRIDAY - timedelta(days=8), FRIDAY, limit=1000)
    sql.engine.dispose()
    assert (total.calls, total.running, total.fallback) == (left[0], 0, 0)
    assert {call.outcome for call in recorded} >= {
        Outcome.CONNECTED,
        Outcome.ABANDONED,
        Outcome.CLOSED,
        Outcome.LEFT,
    }
    assert total.verified.keys() >= {"email", "text", "number_attested", "number_matched"}
    assert total.codes.sent > total.codes.keyed > total.codes.accepted > 0
    assert total.took_language + total.took_department > 0

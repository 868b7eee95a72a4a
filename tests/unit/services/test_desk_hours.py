from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.desk_hours import DepartmentNow, department_now
from routing.compiled import RoutingTable
from routing.decide import Facts, Kind, decide
from routing.table import Closure, Overlay
from tests.unit.routing.building import DESK, ITALY, NOBODY, at, emergency, table

ENGLISH = replace(DESK, language="en", hours="Mo-Fr 08:00-12:00,16:00-20:00")
FACTS = Facts(territory="IT", department="technical")


def state(where: RoutingTable, when: str, overlay: Overlay = NOBODY) -> DepartmentNow:
    return department_now(where, overlay, where.board(ITALY), FACTS, at(when))


@pytest.mark.parametrize(
    ("when", "languages", "change"),
    [
        ("2026-11-20 10:00", ("it", "en"), "2026-11-20 20:00"),
        ("2026-11-20 13:00", ("it",), "2026-11-20 20:00"),
        ("2026-11-20 19:59", ("en",), "2026-11-20 20:00"),
        ("2026-11-20 20:00", (), "2026-11-23 08:00"),
    ],
)
def test_a_department_stays_open_while_any_language_is_answered(
    when: str, languages: tuple[str, ...], change: str
) -> None:
    """It closes when its last language does, and opens with its first, told on that desk's clock."""
    found = state(table(DESK, ENGLISH), when)
    assert (found.open, found.languages) == (bool(languages), languages)
    assert found.change is not None
    assert f"{found.change:%Y-%m-%d %H:%M}" == change
    assert found.change.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("when", ["2026-11-20 08:30", "2026-11-21 11:00", "2026-12-24 16:30"])
def test_the_next_change_is_the_first_minute_that_decides_otherwise(when: str) -> None:
    """Until then every minute is decided as now, under closures and emergencies, and then it is not."""
    where = table(DESK, ENGLISH, closures=(Closure(date(2026, 12, 25)), Closure(date(2026, 11, 23), "open")))
    shut = emergency("2026-11-20 11:00", "2026-11-20 11:30", territory="IT")
    found = state(where, when, shut)
    minute = at(when)
    while (decide(where, shut, FACTS, minute).kind is Kind.TRANSFER) == found.open:
        minute += timedelta(minutes=1)
    assert found.change == minute


def test_what_never_changes_has_no_next_change() -> None:
    """Round the clock, never, and no desk at all are told apart, none of them with a change to come."""
    always, never = state(table(replace(DESK, hours="24/7")), "2026-11-20 10:00"), replace(DESK, hours="off")
    assert (always.open, always.change, always.served) == (True, None, True)
    silent = state(table(never), "2026-11-20 10:00")
    assert (silent.open, silent.change, silent.served) == (False, None, True)
    assert not state(table(replace(DESK, department="billing")), "2026-11-20 10:00").served

"""The audit: seen by editors, narrowed, copied by admins, and every way to act leaves its row."""

import csv
import io
import json

import pytest

from app.access.model import Actor, Role
from app.adapters.sql.acts import write_act
from app.adapters.sql.transactions import Transactions
from tests.web.conftest import Desk


@pytest.fixture
def acts(desk: Desk) -> None:
    """Sixty acts of Zoë's, from her address; one of them with a formula for a detail."""
    zoe = Actor("zoë", Role.EDITOR, "198.51.100.7")
    with Transactions(desk.services.sql.engine).writing() as session:
        for number in range(60):
            write_act(
                session,
                zoe,
                desk.clock.now(),
                "schedule_changed",
                f"=row {number}",
                before={"hours": "09:00"},
                after={"hours": "<b>10:00"},
            )


@pytest.mark.usefixtures("acts")
def test_acts_are_shown_with_before_and_after(desk: Desk) -> None:
    """A row says who, from where, what, and what was before and after; nothing of it is markup."""
    page = desk.as_(Role.EDITOR).get("/ops/audit?who=zoë&q=row 59")
    for part in ("zoë", "198.51.100.7", "schedule changed", "=row 59", "hours: 09:00", "hours: <b>10:00"):
        assert part in page.words
    assert "1 to 1 of 1" in page.words


@pytest.mark.usefixtures("acts")
def test_the_list_comes_in_pages_and_by_days(desk: Desk) -> None:
    """The list is paged; days are those of the reader's clock; a day that is none is said at its field."""
    editor = desk.as_(Role.EDITOR)
    assert "51 to 60 of 60" in editor.get("/ops/audit?who=zoë&page=2").words
    assert "0 to 0 of 0" in editor.get("/ops/audit?who=zoë&until=2026-11-19").words
    assert "1 to 50 of 60" in editor.get("/ops/audit?who=zoë&from=2026-11-20&until=2026-11-20").words
    page = editor.get("/ops/audit?from=tomorrow")
    assert page.status_code == 422
    assert "is no date" in str(page.html.find(id="error-from"))


@pytest.mark.usefixtures("acts")
def test_admins_take_copies(desk: Desk) -> None:
    """A copy holds every act sought, as CSV without formulas or as JSON lines; taking it is an act, too."""
    admin = desk.as_(Role.ADMIN)
    rows = list(csv.DictReader(io.StringIO(admin.get("/ops/audit.csv?who=zoë").text, newline="")))
    assert len(rows) == 60
    assert rows[0]["detail"] == "'=row 0"
    lines = [json.loads(line) for line in admin.get("/ops/audit.jsonl?who=zoë").text.splitlines()]
    assert lines[59]["detail"] == "=row 59"
    assert admin.get("/ops/audit.exe").status_code == 404
    assert "audit exported" in admin.get("/ops/audit?who=admin").words


def test_the_audit_is_not_for_everybody(desk: Desk) -> None:
    """Viewers do not see it; copies are for admins with a one-time code."""
    assert desk.as_(Role.VIEWER).get("/ops/audit").status_code == 403
    assert desk.as_(Role.PUBLISHER).get("/ops/audit.csv").status_code == 403
    assert desk.as_(Role.ADMIN, strong=False).get("/ops/audit.csv").status_code == 403
    assert desk.anybody().get("/ops/audit").status_code == 303

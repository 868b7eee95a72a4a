"""The history and the way back: who, when, what; one click, through the one way to publish."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.access.model import Role, operator
from routing.table import Coverage, Document
from tests.web.conftest import Desk


def publish(desk: Desk, document: Document, sentence: str) -> int:
    tables = desk.services.sql.tables
    return tables.publish(
        document,
        actor=operator("paul"),
        now=desk.clock.now(),
        sentences=[sentence],
        expecting=tables.latest(),
    )


@pytest.fixture
def without_italy(desk: Desk) -> int:
    """A version that took Italy's billing desks away."""
    live = desk.services.sql.tables.read(1)
    kept = tuple(row for row in live.coverage if (row.territory, row.department) != ("IT", "billing"))
    return publish(desk, replace(live, coverage=kept), "Billing, Italy, Italian: removed")


def test_versions_are_listed_and_searched(desk: Desk, without_italy: int) -> None:
    """Each version stands with author, time and difference, newest first, and is found by its words."""
    page = desk.as_(Role.VIEWER).get("/ops/history").words
    assert page.index(f"Version {without_italy}") < page.index("Version 1")
    assert "paul" in page
    found = desk.as_(Role.VIEWER).get("/ops/history?q=billing, italy, italian: removed").words
    assert f"Version {without_italy}" in found
    assert "No version matches" in desk.as_(Role.VIEWER).get("/ops/history?q=%25zzz").words


def test_a_version_says_what_coming_back_changes(desk: Desk, without_italy: int) -> None:
    """An earlier version shows what it changed, and what would change now if it came back."""
    page = desk.as_(Role.PUBLISHER).get("/ops/history/1").words
    assert f"Against version {without_italy}, which is live" in page
    assert "Billing, Italy, Italian: added" in page
    assert "Roll back to" not in desk.as_(Role.PUBLISHER).get(f"/ops/history/{without_italy}").words
    assert desk.as_(Role.VIEWER).get("/ops/history/99").status_code == 404


def test_one_click_brings_a_version_back(desk: Desk, without_italy: int) -> None:
    """Rolling back publishes the old rows as the next version, and says who did it."""
    done = desk.as_(Role.PUBLISHER).post(
        "/ops/history/1/roll-back", {"expecting": str(without_italy)}, follow=True
    )
    assert f"live as version {without_italy + 1}" in done.text
    tables = desk.services.sql.tables
    assert tables.read(without_italy + 1) == tables.read(1)
    assert tables.history(limit=1)[0].author == "publisher"
    assert f"table published {without_italy + 1}" in desk.as_(Role.EDITOR).get("/ops/audit").words


def test_a_version_published_meanwhile_is_looked_at_first(desk: Desk, without_italy: int) -> None:
    """The button of a page that is stale by now changes nothing and shows what would change."""
    latest = publish(desk, Document(), "Everything removed")
    page = desk.as_(Role.PUBLISHER).post("/ops/history/1/roll-back", {"expecting": str(without_italy)})
    assert page.status_code == 409
    assert f"Version {latest} was published meanwhile" in page.words
    assert desk.services.sql.tables.latest() == latest
    assert desk.as_(Role.PUBLISHER).post("/ops/history/1/roll-back", {}).status_code == 422


def test_a_version_that_cannot_work_does_not_come_back(desk: Desk) -> None:
    """A version with an error by today's rules is refused with the error; what is live stays."""
    live = desk.services.sql.tables.read(1)
    faulty = Coverage("IT", "billing", "it", schedule="gone", zone="Europe/Rome")
    bad = publish(desk, replace(live, coverage=(faulty,)), "Broken")
    latest = publish(desk, live, "Repaired")
    form = {"expecting": str(latest)}
    page = desk.as_(Role.PUBLISHER).post(f"/ops/history/{bad}/roll-back", form)
    assert page.status_code == 422
    assert "gone" in page.words
    assert desk.services.sql.tables.latest() == latest


def test_only_publishers_with_a_code_roll_back(desk: Desk, without_italy: int) -> None:
    """Editors, and publishers without a one-time code, cannot roll back."""
    for reader in (desk.as_(Role.EDITOR), desk.as_(Role.PUBLISHER, strong=False)):
        assert reader.post("/ops/history/1/roll-back", {"expecting": "2"}).status_code == 403
    assert desk.services.sql.tables.latest() == without_italy


def test_a_damaged_version_is_a_page(desk: Desk, without_italy: int) -> None:
    """A version this program cannot read is said in a sentence."""
    with desk.services.sql.engine.begin() as connection:
        connection.execute(text("""UPDATE table_versions SET document = '{"schema": 9}' WHERE version = 1"""))
    page = desk.as_(Role.VIEWER).get("/ops/history/1")
    assert page.status_code == 404
    assert "cannot be read" in page.words

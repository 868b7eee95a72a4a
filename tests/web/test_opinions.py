"""What callers answered at the end, in the reports."""

from datetime import timedelta

from app.access.model import Role
from tests.web.conftest import Desk
from tests.web.test_reports import table

TITLE = (
    "How much we helped, from 1 (not at all) to 5 (very much); an organisation is asked once in seven days."
)


def answered(
    desk: Desk, call: str, organisation: int, score: int | None, queue: str = "technical-it"
) -> bool:
    surveys, now = desk.services.handover.stores.surveys, desk.clock.now()
    asked = surveys.ask(call, organisation, queue, "it", now)
    if score is not None:
        surveys.answer(call, score)
    return asked


def test_answers_per_queue_and_language(desk: Desk) -> None:
    """Asked, answered, the mean and each answer, of the days and the queue that are looked at."""
    for organisation, score in ((1, 5), (2, 2), (3, None)):
        assert answered(desk, f"call {organisation}", organisation, score)
    answered(desk, "other", 4, 1, "billing-it")
    page = desk.as_(Role.VIEWER).get("/ops/reports")
    assert table(page, TITLE)["technical-it"] == ["Italian", "3", "2", "3.5", "0", "1", "0", "0", "1"]
    page = desk.as_(Role.VIEWER).get("/ops/reports?queue=billing-it")
    assert list(table(page, TITLE)) == ["billing-it"]
    desk.clock.advance(timedelta(days=9).total_seconds())
    assert "What callers said" not in desk.as_(Role.ADMIN).get("/ops/reports").text


def test_an_organisation_is_asked_once_in_seven_days(desk: Desk) -> None:
    """Whichever of its calls asks; the first answer of a call stays."""
    assert answered(desk, "one", 1, 5)
    assert not answered(desk, "two", 1, None)
    assert answered(desk, "one", 1, 1)
    page = desk.as_(Role.VIEWER).get("/ops/reports")
    assert table(page, TITLE)["technical-it"][3] == "5.0"
    desk.clock.advance(timedelta(days=7, seconds=1).total_seconds())
    assert answered(desk, "three", 1, None)

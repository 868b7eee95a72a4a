"""Forms that no page of ours made: each is refused in words, none breaks."""

import pytest

from app.access.model import Role
from app.simulator.call import CallInProgress
from tests.web.conftest import Desk
from tests.web.desk.conftest import Seat

#: Digits that are none of ours, larger than any row's number, longer than Python reads at all.
NUMBERS = ["", "0", "-1", "²", "٣", "2147483648", 30 * "9", 5000 * "9", "1 OR 1=1"]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_that_nobody_has(desk: Desk, seat: Seat, caller: CallInProgress, number: str) -> None:
    """Whom to ring, whom to send a code, for how long: what is no such number is told on the page."""
    at, boss = seat.takes(), desk.as_(Role.SUPERVISOR)
    assert "Choose to whom." in seat.does(f"{at}/transfer", to=f"agent:{number}").text
    assert "Choose whom to add." in seat.does(f"{at}/add", who=f"agent:{number}").text
    assert "Choose whom to add." in seat.does(f"{at}/add", who=f"interpreter:{number}").text
    for form in (
        {"contact": f"{number}:email", "organisation": "1"},
        {"contact": "1:email", "organisation": number},
    ):
        assert "Choose a contact" in seat.does(f"{at}/code", press="type", **form).text
    reroute = {"queue": "technical-it", "to": "technical-en", "hours": number, "reason": "strike"}
    refused = boss.post("/desk/supervise/reroutes", reroute)
    assert (refused.status_code, "Write 1 to 24 hours." in refused.text) == (422, True)


@pytest.mark.parametrize("who", ["agent:9999", "interpreter:9999"])
def test_who_is_not_there_any_more(seat: Seat, caller: CallInProgress, who: str) -> None:
    """Somebody who was taken off the list meanwhile: said on the page of the conversation, which goes on."""
    at = seat.takes()
    shown = seat.does(f"{at}/add", who=who)
    assert (shown.status_code, "There is no" in shown.text) == (200, True)
    caller.talks_with(seat.person)

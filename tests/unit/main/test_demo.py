from datetime import UTC, datetime, timedelta

import pytest

from app.main.browser import can_open_browser
from app.main.demo import when_open

FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)  # the Italian technical desk answers from 7 to 20 hours, UTC


@pytest.mark.parametrize(
    ("now", "placed"),
    [
        (timedelta(hours=12), timedelta(hours=12)),
        (timedelta(hours=19, minutes=59), timedelta(hours=18, minutes=59)),
        (timedelta(hours=20, minutes=59, seconds=40), timedelta(hours=18, minutes=59, seconds=40)),
        (timedelta(days=1, hours=3, minutes=10), timedelta(hours=19, minutes=10)),
    ],
)
def test_the_sample_call_is_placed_while_its_desk_stays_open(now: timedelta, placed: timedelta) -> None:
    """Before its desk closes, and after, the demo's call is an earlier one that ends before closing."""
    assert when_open(FRIDAY + now) == FRIDAY + placed


@pytest.mark.parametrize(
    ("environ", "platform", "watched", "opens"),
    [
        ({"DISPLAY": ":0"}, "linux", True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True, True),
        ({}, "darwin", True, True),
        ({}, "linux", True, False),
        ({"DISPLAY": ":0"}, "linux", False, False),
    ],
)
def test_a_browser_is_opened_where_somebody_sees_it(
    environ: dict[str, str], platform: str, watched: bool, opens: bool
) -> None:
    """With a screen and a watched terminal the demo opens the phone; else it only says where it is."""
    assert can_open_browser(environ, platform, watched=watched) is opens

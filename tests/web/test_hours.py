"""Hours as days and times, and the notation beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.ops.hours_form import days_only, hours_form
from routing import edit, notation
from routing.week import DAY_MINUTES, Window, week
from tests.web.drafts import Opened, opened, value, words

__all__ = ["opened"]

KEY = "coverage/IT/technical/it"
FORM = f"/rows/coverage/edit?key={KEY}"
ROW = {"territory": "IT", "department": "technical", "language": "it", "by": "own", "zone": "Europe/Rome"}


def hours_of(opened: Opened) -> str:
    row = edit.find(opened.document, "coverage", KEY)
    assert row is not None
    return str(row.hours)


def as_shown(opened: Opened) -> dict[str, str]:
    """What a browser would send of the page's hours, nothing touched."""
    inputs = opened.get(FORM).html.select("main [data-hours] input")
    return {**ROW, **{str(one["name"]): str(one.get("value", "")) for one in inputs}}


windows = st.integers(0, DAY_MINUTES - 1).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, 2 * DAY_MINUTES))
)


@given(st.lists(st.lists(windows, max_size=3), min_size=7, max_size=7))
def test_the_days_alone_say_what_the_notation_says(days: list[list[Window]]) -> None:
    """Any week shown as days and times, and read from them alone, is the same week."""
    written = notation.text(days)
    form = {
        f"{side}-{day}-{number}": text
        for day, shown in enumerate(hours_form(written).days)
        for number, slot in enumerate(shown.slots)
        for side, text in (("from", slot.start), ("to", slot.end))
    }
    assert week(days_only(form).notation).days == week(written).days


def test_days_that_were_changed_write_the_notation(opened: Opened) -> None:
    """Times written into a day are saved as notation, several windows a day and nights among them."""
    form = as_shown(opened) | {"from-5-0": "10", "to-5-0": "12:00", "from-6-0": "22:00", "to-6-0": "06:00"}
    form |= {"from-5-1": "13:00", "to-5-1": "15.00"}
    before = hours_of(opened)
    assert opened.post(FORM, form).status_code == 303
    assert hours_of(opened) == f"{before}; Sa 10:00-12:00,13:00-15:00; Su 22:00-06:00"
    assert "ends Monday 06:00" in opened.get(FORM).words


def test_notation_that_was_changed_is_saved_as_written(opened: Opened) -> None:
    """A notation typed beside untouched days is what is saved, to the letter."""
    assert opened.post(FORM, as_shown(opened) | {"hours": "Mo-We 8:00-12:00"}).status_code == 303
    assert hours_of(opened) == "Mo-We 8:00-12:00"


@pytest.mark.parametrize(
    ("press", "notation", "monday"),
    [("from-notation", "Mo-Tu 08:00-12:00", "08:00"), ("from-days", "Mo 07:00-09:00", "07:00")],
)
def test_the_button_decides_which_side_holds(opened: Opened, press: str, notation: str, monday: str) -> None:
    """Where both sides were changed nothing is saved until a button says which one the other follows."""
    days = {f"{side}-{day}-0": "" for day in range(7) for side in ("from", "to")}
    both = as_shown(opened) | days | {"hours": "Mo-Tu 08:00-12:00", "from-0-0": "07:00", "to-0-0": "09:00"}
    refused = opened.post(FORM, both)
    assert refused.status_code == 422
    assert "Both the notation and the days were changed" in refused.words
    shown = opened.post(FORM, both | {"press": press})
    assert value(shown, "hours") == notation
    assert value(shown, "from-0-0") == monday
    assert opened.draft.revision == 1


def test_a_faulty_time_is_told_at_its_window(opened: Opened) -> None:
    """A time that is none keeps everything typed and says at the window what would be right."""
    found = opened.post(FORM, as_shown(opened) | {"from-5-0": "ten", "to-5-0": "12:00"})
    assert found.status_code == 422
    assert '"ten" is no time of day; write 09:00' in words(found, "slot-5-0")
    assert value(found, "from-5-0") == "ten"


def test_each_side_is_asked_of_the_server(opened: Opened) -> None:
    """While somebody types, the notation gives the days and the days the notation."""
    found = opened.get("/hours.json?notation=Mo-Fr+22:00-06:00").json
    assert found["days"][0]["slots"][0] == {
        "from": "22:00",
        "to": "06:00",
        "ends": "ends Tuesday 06:00",
        "error": "",
    }
    assert found["days"][5]["words"] == "open 00:00-06:00"
    assert opened.get("/hours.json?from-0-0=9:00&to-0-0=17:00").json["notation"] == "Mo 09:00-17:00"
    assert "character" in opened.get("/hours.json?notation=Mo-Fr+x").json["error"]
    assert opened.get("/hours.json?notation=24/7").json["days"][3]["words"] == "all day"

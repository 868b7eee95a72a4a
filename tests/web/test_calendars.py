"""Calendars of public holidays and days of one's own, and closing days of single desks."""

from datetime import date, time

import pytest

from routing.calendars import public_holidays
from routing.table import CalendarDay, Closure
from tests.web.drafts import Opened, opened, value, words

__all__ = ["opened"]

ITALY = "/calendars/italy?region=IT&year=2026"


def with_italy(opened: Opened) -> None:
    opened.post("/calendars", {"calendar": "italy", "region": "it"})


def test_a_new_calendar_closes_on_all_public_holidays(opened: Opened) -> None:
    """A calendar begins with one row for the country, and its page lists the year's holidays by name."""
    with_italy(opened)
    assert opened.document.calendars == (CalendarDay("italy", country="IT"),)
    page = opened.get(ITALY)
    assert "2026-12-26, Saint Stephen's Day" in page.words
    assert len(page.html.select("input[name=closes][checked]")) == len(public_holidays("IT", 2026))
    assert "2027-12-25" in opened.get("/calendars/italy?region=IT&year=2027").words


def test_a_choice_of_holidays_becomes_days(opened: Opened) -> None:
    """Unticking some leaves a row for each day that closes, of the next year as well when asked."""
    with_italy(opened)
    form = {"press": "choose", "closes": ["2026-12-25", "2026-04-06"], "next_too": "1"}
    assert opened.post(ITALY, form).status_code == 303
    days = [row.day for row in opened.document.calendars]
    assert days == [date(2026, 4, 6), date(2026, 12, 25), date(2027, 3, 29), date(2027, 12, 25)]
    every = [day.isoformat() for day in public_holidays("IT", 2026)]
    opened.post(ITALY, {"press": "choose", "closes": every})
    assert CalendarDay("italy", country="IT") in opened.document.calendars


def test_days_of_ones_own_are_added_and_removed(opened: Opened) -> None:
    """A day with a name joins the calendar; a date that is none is told at the field."""
    with_italy(opened)
    opened.post(ITALY, {"press": "add", "day": "2026-12-07", "what": "Sant'Ambrogio"})
    assert CalendarDay("italy", date(2026, 12, 7), name="Sant'Ambrogio") in opened.document.calendars
    wrong = opened.post(ITALY, {"press": "add", "day": "7 December", "what": "kept"})
    assert wrong.status_code == 422
    assert value(wrong, "what") == "kept"
    opened.post(ITALY, {"press": "remove", "key": "calendar/italy/2026-12-07"})
    assert opened.document.calendars == (CalendarDay("italy", country="IT"),)


def test_a_country_without_known_holidays_is_told(opened: Opened) -> None:
    """A country or part of one that has no public holidays here says what would be right."""
    found = opened.post("/calendars", {"calendar": "x", "region": "IT-XX"})
    assert found.status_code == 422
    assert "its parts are AG" in words(found, "error-region")


def test_a_closing_day_says_what_it_will_do_and_is_saved(opened: Opened) -> None:
    """Italy's billing desks on 24 December from noon: told in words and windows, then one step to save."""
    assert opened.get("/closing-days/new?country=IT").html.select("#territory option[value=IT][selected]")
    form = {"effect": "closed", "territory": "IT", "department": "billing", "language": "*", "cloud": "*"}
    form |= {"day": "2026-12-24", "start": "12:00", "end": "", "reason": "Christmas Eve"}
    looked = opened.post("/closing-days/new", {**form, "press": "look"})
    assert (
        "Billing in Italy, every language, is closed on Thursday 24 December 2026 from 12:00 to 24:00."
        in looked.words
    )
    assert "Italy, billing, Italian (Europe/Rome): 09:00-17:00 → becomes 09:00-12:00" in looked.words
    assert opened.draft.revision == 1
    assert opened.post("/closing-days/new", form).headers["Location"].endswith("/countries/IT")
    closure = Closure(
        date(2026, 12, 24), "closed", time(12), territory="IT", department="billing", reason="Christmas Eve"
    )
    assert opened.document.closures == (closure,)
    assert "2026-12-24 12:00-24:00" in opened.get("/countries/IT").words


def test_a_closing_day_that_cannot_be_keeps_what_was_typed(opened: Opened) -> None:
    """A day or time that is none is told at its field."""
    form = {"effect": "closed", "territory": "IT", "day": "", "start": "noon", "reason": "kept"}
    found = opened.post("/closing-days/new", form)
    assert found.status_code == 422
    assert "must not be empty" in words(found, "error-day")
    assert value(found, "start") == "noon"
    assert value(found, "reason") == "kept"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_ends_of_time_is_taken_like_any_other(opened: Opened, day: str) -> None:
    """Whatever date the form takes, its page can say what it does."""
    form = {"effect": "closed", "territory": "IT", "day": day}
    assert opened.post("/closing-days/new", {**form, "press": "look"}).status_code == 200

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.calendar_days import choices, choose
from routing.calendars import UnknownCountry, calendars, public_holidays
from routing.holiday_list import countries, holidays_of
from routing.table import CalendarDay, Document

OTHERS = (CalendarDay("italy", date(2026, 12, 7), name="Sant'Ambrogio"), CalendarDay("spain", country="ES"))


@pytest.mark.parametrize("region", ["IT", "IT-BZ", "DE-BY", "JP", "US", "HT"])
def test_the_list_is_the_days_on_which_calls_find_desks_closed(region: str) -> None:
    """The named holidays of a year are exactly the days a calendar of the country closes on."""
    listed = holidays_of(region, 2027)
    assert frozenset(holiday.day for holiday in listed) == public_holidays(region, 2027)
    assert all(holiday.name for holiday in listed)


def test_a_country_nobody_knows_has_no_list() -> None:
    """Countries are those with known holidays; asking for another is refused."""
    assert "BY" in countries()["DE"]
    with pytest.raises(UnknownCountry):
        holidays_of("ZZ", 2026)


@settings(max_examples=40)
@given(st.sets(st.sampled_from(holidays_of("IT", 2026))), st.booleans(), st.booleans())
def test_a_calendar_closes_on_the_days_chosen(chosen: set[object], next_too: bool, had_all: bool) -> None:
    """Whatever is ticked is what the calendar closes on that year; other days and calendars stay."""
    rows = (*OTHERS, *([CalendarDay("italy", country="IT")] if had_all else []))
    days = {holiday.day for holiday in holidays_of("IT", 2026) if holiday in chosen}
    after = choose(Document(calendars=rows), "italy", "IT", 2026, days, next_too=next_too)
    italy = calendars(after.calendars)["italy"]
    assert {holiday.day for holiday in holidays_of("IT", 2026) if holiday.day in italy} == days
    assert [choice.closes for choice in choices(after, "italy", "IT", 2026)] == [
        holiday.day in days for holiday in holidays_of("IT", 2026)
    ]
    assert set(OTHERS) <= set(after.calendars)
    assert choose(after, "italy", "IT", 2026, days, next_too=next_too) == after

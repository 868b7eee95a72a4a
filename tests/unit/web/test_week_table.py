"""A department's week as the public pages show it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.services.offers import DepartmentHours, LanguageHours
from app.web.week_table import WeekTable, week_table
from routing.picture import Span

ROME = ZoneInfo("Europe/Rome")


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ROME)


def table(*desks: tuple[str, tuple[Span, ...]], monday: date) -> WeekTable:
    hours = tuple(LanguageHours(language, False, None, week) for language, week in desks)
    return week_table(DepartmentHours("billing", False, None, hours), monday, monday + timedelta(days=2))


def shown(found: WeekTable, day: int, column: int = 0) -> list[tuple[int, int, bool]]:
    return [(piece.start.hour, piece.end.hour, piece.whole_day) for piece in found.days[day].cells[column]]


def test_languages_with_the_same_hours_share_a_column() -> None:
    """Languages that keep the same hours stand together, others apart; one day is today."""
    day, night = ((at(16, 9), at(16, 17)),), ((at(16, 9), at(16, 18)),)
    found = table(("it", day), ("fr", night), ("en", day), monday=date(2026, 11, 16))
    assert found.columns == (("it", "en"), ("fr",))
    assert [day.today for day in found.days] == [False, False, True, False, False, False, False]


def test_a_night_is_cut_at_midnight() -> None:
    """What runs past midnight stands on both days, and a day without a break is a whole day."""
    found = table(("it", ((at(16, 21), at(19, 5)),)), monday=date(2026, 11, 16))
    assert shown(found, 0) == [(21, 0, False)]
    assert shown(found, 1) == shown(found, 2) == [(0, 0, True)]
    assert shown(found, 3) == [(0, 5, False)]
    assert shown(found, 4) == []


def test_days_on_which_the_clock_changes() -> None:
    """The day of 25 hours is a whole day, and a stretch within the hour that comes twice is not lost."""
    autumn = date(2026, 10, 19)
    whole = table(("it", ((at(25, 0, 10), at(26, 0, 10)),)), monday=autumn)
    assert shown(whole, 6) == [(0, 0, True)]
    start = datetime(2026, 10, 25, 2, 30, tzinfo=ROME)
    twice = table(("it", ((start, datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=ROME)),)), monday=autumn)
    assert shown(twice, 6) == [(2, 2, False)]

from calendar import day_name
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from app.access.model import Role, operator
from app.services.countries import Countries, Wanted
from app.services.country import CountryDesk
from app.services.emergencies import Closing
from app.services.emergency_wanted import Wanted as Flood
from app.services.wrong import Wrong
from routing.table import CalendarDay, Closure
from tests.calls.phones import a_phone
from tests.web.conftest import Desk, Shown

LIST = "/ops/countries"


def names(page: Shown) -> list[str]:
    return [cell.get_text(" ", strip=True) for cell in page.html.select("tbody th[scope=row] a")]


def seen(desk: Desk, path: str) -> Shown:
    page = desk.as_(Role.VIEWER).get(path)
    assert page.status_code == 200, page.text
    return page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ital", ["Italy"]),
        ("q=800917919", ["Italy"]),
        ("q=It+ly&lines=shared&section=Europe&language=it", ["Italy"]),
        ("q=800+917", ["Italy"]),
        ("q=%2B39+02+6943", ["Italy"]),
        ("q=nowhere", []),
    ],
)
def test_countries_are_found_by_name_and_number(desk: Desk, query: str, found: list[str]) -> None:
    """A search is for words of the name, the key or digits of a number; filters narrow it further."""
    assert [name for name in names(seen(desk, f"{LIST}?{query}")) if name in {"Italy", *found}] == found


def test_the_list_comes_in_pages(desk: Desk) -> None:
    """Fifty countries a page, every one on exactly one of them; a page too far is the last."""
    first, second, far = (seen(desk, f"{LIST}?page={number}") for number in (1, 2, 999))
    assert len(names(first)) == 50
    assert not set(names(first)) & set(names(second))
    assert "1 to 50 of 247" in first.words
    assert "247 of 247" in far.words


@pytest.mark.parametrize("query", ["section=%22%3E&open=x&language=zz&lines=..", "q=%00%F0%9F%98%80&page=-1"])
def test_odd_filters_do_no_harm(desk: Desk, query: str) -> None:
    """A filter that is no choice leaves nothing out, and odd words find nothing."""
    seen(desk, f"{LIST}?{query}")


def test_what_is_open_now_agrees_with_the_filter(desk: Desk) -> None:
    """A country is found as open, or as one where nobody answers, exactly when its row says so."""
    countries, at = Countries(desk.services.tables), datetime(2026, 11, 21, 2, tzinfo=UTC)
    everyone = countries.found(Wanted(), at)
    technical, nobody = (set(countries.found(Wanted(open=what), at)) for what in ("technical", "nobody"))
    for row in countries.rows(everyone, at):
        answered = {one.name for one in row.departments if one.open}
        assert ("technical" in answered) == (row.territory in technical)
        assert (not answered) == (row.territory in nobody)
    assert nobody
    assert technical


def test_no_row_of_the_list_asks_the_database(desk: Desk) -> None:
    """Fifty rows cost as many statements as none: the list is answered from the live table in memory."""
    asked: list[str] = []
    event.listen(desk.services.sql.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    seen(desk, f"{LIST}?q=nowhere")  # signs in first
    asked.clear()
    seen(desk, f"{LIST}?q=nowhere")
    none = len(asked)
    seen(desk, LIST)
    assert len(asked) == 2 * none


def test_a_country_shows_its_lines_hours_and_next_change(desk: Desk) -> None:
    """Italy on a Friday at eleven: its line, both departments open, closing on its own clock, both weeks."""
    page = seen(desk, f"{LIST}/IT")
    assert page.html.select("h1")[0].get_text() == "Italy"
    assert "800 917 919" in page.words
    assert "Next change 2026-11-20 17:00 CET" in page.words
    assert "Billing: open Italian, English, until 2026-11-20 17:00 CET" in page.words
    titles = [title.get_text(" ", strip=True) for title in page.html.select("figcaption")]
    assert titles == [
        "Technical, this week clock of Europe/Rome",
        "Technical, this week, on your clock clock of UTC",
        "Billing, this week clock of Europe/Rome",
        "Billing, this week, on your clock clock of UTC",
    ]
    runs = [title.get_text() for title in page.html.select("svg.week rect title")]
    assert "Monday 08:00-21:00: Italian, English" in runs


def test_a_week_is_drawn_and_told_as_a_table(desk: Desk) -> None:
    """Each picture has a table with the same hours, for whoever sees no pictures."""
    page = seen(desk, f"{LIST}/IT")
    pictures = page.html.select("figure")
    assert len(pictures) == len(page.html.select("figure svg[role=img]"))
    for figure in pictures:
        rows = figure.select("details tbody tr")
        assert [row.select("th")[0].get_text().split()[0] for row in rows] == list(day_name)
    assert "08:00-21:00" in pictures[0].select("details tbody tr")[0].get_text()


def test_a_shared_line_names_who_shares_it(desk: Desk) -> None:
    """Haiti's page links the countries that its line serves, too."""
    page = seen(desk, f"{LIST}/HT")
    links = {link["href"] for link in page.html.select("dl a")}
    assert f"{LIST}/GP" in links
    assert f"{LIST}/HT" not in links


def test_every_country_has_a_page(desk: Desk) -> None:
    """Whatever a country lacks (a line, a desk, a zone), its page says so instead of failing."""
    for territory in desk.services.tables.current().document.territories[::7]:
        assert seen(desk, f"{LIST}/{territory.key}").html.select("h1")[0].get_text() == territory.name


def test_an_unknown_country_is_said(desk: Desk) -> None:
    """A country that the table does not have is a page with 404, and its name is shown as text."""
    page = desk.as_(Role.VIEWER).get(f"{LIST}/<b>XX")
    assert page.status_code == 404
    assert "<b>XX" not in page.text


def test_an_emergency_stands_on_the_country_and_closes_it(desk: Desk) -> None:
    """An emergency closure is told on the page with its end, and the departments it reaches are closed."""
    now, services = desk.clock.now(), desk.services
    closing = Closing(services.sql.closings, services.tables, services.words.languages)
    end = now + timedelta(hours=3)
    wanted = Flood(closes=True, start=None, end=end, territory="IT", department="billing", reason="Flood")
    assert not isinstance(closing.add(wanted, actor=operator("test"), now=now), Wrong)
    services.tables.refresh()
    page = seen(desk, f"{LIST}/IT")
    assert "department billing" in page.words
    assert "Flood" in page.words
    billing = next(item for item in page.html.select("li") if item.get_text().strip().startswith("Billing:"))
    assert "closed opens 2026-11-20 14:00 CET" in " ".join(billing.get_text(" ").split())


def test_days_that_are_not_as_usual_are_listed_ahead(desk: Desk) -> None:
    """Closures that reach the country and its desks' days off stand there for thirty days, others do not."""
    tables = desk.services.sql.tables
    table = tables.read(1)
    billing = replace(
        table.coverage[0], territory="IT", department="billing", language="la", calendar="italy"
    )
    changed = replace(
        table,
        coverage=(*table.coverage, billing),
        calendars=(CalendarDay("italy", country="IT"),),
        closures=(
            Closure(
                date(2026, 12, 1), start=time(12), territory="IT", department="billing", reason="Stocktaking"
            ),
            Closure(date(2026, 12, 2), territory="FR"),
            Closure(date(2026, 12, 24)),
        ),
    )
    tables.publish(changed, actor=operator("test"), now=desk.clock.now(), sentences=["x"], expecting=1)
    desk.services.tables.refresh()
    page = seen(desk, f"{LIST}/IT")
    listed = [
        " ".join(item.get_text(" ").split()) for item in page.html.select("section ul:not(.list-unstyled) li")
    ]
    assert listed == [
        "Tuesday 2026-12-01: closed 12:00-24:00, billing, every language · Stocktaking",
        "Tuesday 2026-12-08: a day off in the calendar italy",
    ]


def test_the_last_calls_of_a_country_are_listed(desk: Desk, tmp_path: Path) -> None:
    """A call that was for Italy stands on Italy's page for seven days, and on no other country's."""
    call = a_phone(desk.services, desk.clock, seed=str(tmp_path)).dials("+39800917919", ani="+390655550100")
    call.hears("Italia").presses("1")
    page = seen(desk, f"{LIST}/IT")
    assert "1 to 1 of 1" in page.words
    assert "running" in page.words
    assert "1 to 1 of 1" not in seen(desk, f"{LIST}/FR").words
    desk.clock.advance(7 * 24 * 3600 + 60)
    calls = CountryDesk(desk.services.tables, desk.services.sql.records)
    assert calls.count_calls("IT", desk.clock.now()) == 0
    assert calls.calls("IT", desk.clock.now(), limit=1, offset=0) == []


def test_only_editors_are_led_to_a_draft(desk: Desk) -> None:
    """The button to edit leads to a draft with the country named, for those who may edit."""
    assert "/ops/drafts/new" not in seen(desk, f"{LIST}/IT").text
    page = desk.as_(Role.EDITOR).get(f"{LIST}/IT")
    assert page.html.select_one('a[href="/ops/drafts/new?country=IT"]')


def test_nobody_sees_it_without_signing_in(desk: Desk) -> None:
    """Without a session both pages lead to the sign-in page."""
    for path in (LIST, f"{LIST}/IT"):
        assert desk.anybody().get(path).status_code == 303

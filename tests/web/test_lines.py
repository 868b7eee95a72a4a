"""Find your number, as the public meets it: pages and JSON, without a cookie."""

from datetime import timedelta

import pytest

from app.access.model import operator
from app.adapters.sql import schema
from app.factory.application import create_app
from app.factory.services import build
from app.settings import Settings
from app.simulator.clock import SimulatedClock
from routing.table import Emergency
from tests.web.conftest import Desk, Shown

ITALIAN = {"Accept-Language": "it-IT,it;q=0.9,en;q=0.5"}
PATHS = (
    "/lines",
    "/lines?q=roma",
    "/lines/IT",
    "/lines/NP",
    "/lines/XX",
    "/api/v1/lines",
    "/api/v1/lines/IT",
)


def get(desk: Desk, path: str, headers: dict[str, str] | None = None) -> Shown:
    return desk.anybody().get(path, headers=headers or {})


def texts(page: Shown, selector: str) -> list[str]:
    return [part.get_text() for part in page.html.select(selector)]


def attributes(page: Shown, selector: str, name: str) -> list[str]:
    return [str(part[name]) for part in page.html.select(selector)]


def found(page: Shown) -> list[str]:
    return texts(page, "section[aria-labelledby=found] a")


def test_the_list_in_the_reader_s_language(desk: Desk) -> None:
    """Countries go by their names in the browser's language, the likely one first; a choice is kept."""
    page = get(desk, "/lines", ITALIAN)
    assert attributes(page, "html", "lang") == [page.headers["Content-Language"]] == ["it"]
    assert texts(page, "section[aria-labelledby=likely] a") == ["Italia"]
    assert "Germania" in page.words
    german = get(desk, "/lines?lang=de", ITALIAN)
    assert "Deutschland" in german.words
    assert attributes(german, "li a[href*=DE]", "href") == ["/lines/DE?lang=de"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("italia", "Italy"),
        ("ITA", "Italy"),
        ("it", "Italy"),
        ("cote d ivoire", "Côte d’Ivoire"),
        ("norsunluurannikko", "Côte d’Ivoire"),
        ("+509", "Haiti"),
        ("1876", "Jamaica"),
        ("svalb", "Svalbard"),
    ],
)
def test_search_needs_no_script(desk: Desk, query: str, first: str) -> None:
    """Names in any of our languages, codes and calling codes find a country; accents do not matter."""
    assert found(desk.anybody().get("/lines", query_string={"q": query}))[0] == first


@pytest.mark.parametrize("query", ["nowhere", "\x00", "%%%", "💥", "<bxq>", "a" * 999, "+999999999999999999"])
def test_a_search_for_nothing(desk: Desk, query: str) -> None:
    """Whatever is searched for, the page says that nothing matches and keeps the list."""
    page = desk.anybody().get("/lines", query_string={"q": query})
    assert page.status_code == 200
    assert found(page) == []
    assert "No country matches" in page.words
    assert "Italy" in page.words


def test_a_country_s_page(desk: Desk) -> None:
    """A country shows its numbers to tap, their charges, who answers now, and both desks' hours this week."""
    page = get(desk, "/lines/IT")
    assert attributes(page, 'a[href^="tel:"]', "href") == ["tel:+39800917919", "tel:+390269430746"]
    for said in (
        "Calls are free of charge",
        "Local time (Rome): Friday, November 20 at 11:00 AM",
        "We answer now in: Italian, English",
        "account number",
    ):
        assert said in page.words
    assert texts(page, "caption") == ["Hours of this week: Technical support", "Hours of this week: Billing"]
    today = "[role=region][aria-label$=Billing] tr.table-active"
    assert "today" in texts(page, today)[0]
    assert attributes(page, f"{today} time", "datetime") == [
        "2026-11-20T09:00+01:00",
        "2026-11-20T17:00+01:00",
    ]


def test_the_reader_s_own_clock(desk: Desk) -> None:
    """With a zone, now and hours are told on the reader's clock as well; the country's stands first."""
    page = get(desk, "/lines/IT?zone=Asia/Tokyo")
    assert "Local time (Rome): Friday, November 20 at 11:00 AM" in page.words
    assert "Your time (Tokyo): Friday, November 20 at 7:00 PM" in page.words
    assert "(yours: 5:00 PM–1:00 AM)" in page.words
    assert attributes(page, "option[selected]", "value") == ["Asia/Tokyo"]


def test_a_closed_desk(desk: Desk) -> None:
    """A closed department says when it opens next, and a closed language of an open one, too."""
    desk.clock.advance(24 * 3600)
    page = get(desk, "/lines/IT")
    assert "Closed now Opens next: Monday, November 23 at 9:00 AM" in page.words
    assert "Italian: opens next Monday, November 23 at 8:00 AM" in page.words


def test_an_emergency(desk: Desk) -> None:
    """A closure is said in the reader's language with its end, its desk closes, its reason stays inside."""
    now = desk.clock.now()
    text = {"it": "Chiuso per maltempo.", "en": "Closed for a storm."}
    row = Emergency(now, now + timedelta(hours=2), "IT", "billing", reason="flooded cellar", text=text)
    wide = Emergency(now, now + timedelta(hours=2), language="it", text={"en": "Codes may be late."})
    for emergency, closes in ((row, True), (wide, False)):
        desk.services.sql.closings.add(emergency, closes=closes, incident="", actor=operator("test"), now=now)
    desk.services.tables.refresh()
    page = get(desk, "/lines/IT", ITALIAN)
    assert "Fatturazione · Fine prevista: venerdì 20 novembre alle ore 13:00" in page.words
    assert attributes(page, "main .alert-danger p[lang]", "lang") == ["it"]
    assert attributes(page, "main .alert-info p[lang]", "lang") == ["en"]
    assert "Chiuso per maltempo." in page.words
    assert "Prossima apertura: venerdì 20 novembre alle ore 13:00" in page.words
    assert "cellar" not in page.text
    told = get(desk, "/api/v1/lines/IT").json
    assert told["closures"][0] == {
        "department": "billing",
        "language": "*",
        "until": "2026-11-20T13:00:00+01:00",
        "text": "Closed for a storm.",
    }


def test_a_number_that_is_not_dialled_from_abroad(desk: Desk) -> None:
    """An access code is linked as a number of its country, with the digits to key once it answers."""
    page = get(desk, "/lines/HN")
    assert page.html.find("a", href="tel:8000123;phone-context=+504;postd=8776357034")
    assert "Once the call is answered, key 877 635 7034." in page.words
    assert "only be dialled inside the country" in page.words


def test_a_country_without_a_line(desk: Desk) -> None:
    """Where nobody can be called, the page says what to do instead."""
    page = get(desk, "/lines/NP")
    assert "There is no number to call for this country." in page.words
    assert "online support" in page.words
    assert not page.html.find("table")


def test_what_does_not_exist(desk: Desk) -> None:
    """An unknown country is 404 in the reader's language; an unknown zone is said at its field."""
    missing = get(desk, "/lines/Atlantis", ITALIAN)
    assert missing.status_code == 404
    assert texts(missing, "h1") == ["Paese inesistente"]
    wrong = get(desk, "/lines/IT?zone=Mars/Base")
    assert wrong.status_code == 422
    (described,) = attributes(wrong, "select#zone", "aria-describedby")
    assert "“Mars/Base” is no time zone" in texts(wrong, f"#{described}")[0]
    assert "800 917 919" in wrong.words


def test_a_key_in_small_letters(desk: Desk) -> None:
    """A country's key in small letters leads to its page, with what was chosen."""
    assert get(desk, "/lines/it?lang=de").headers["Location"] == "/lines/IT?lang=de"


def test_before_the_first_version(settings: Settings, clock: SimulatedClock) -> None:
    """While no table is published the page says in the reader's language that nothing can be shown."""
    services = build(settings, clock=clock, wake=lambda: None)
    schema.upgrade(services.sql.engine)
    page = Shown(create_app(services.settings, services).test_client().get("/lines", headers=ITALIAN))
    assert (page.status_code, page.headers["Cache-Control"]) == (503, "no-store")
    assert texts(page, "h1") == ["Al momento non disponibile"]
    services.close()


@pytest.mark.parametrize("path", PATHS)
def test_caches_may_keep_it(desk: Desk, path: str) -> None:
    """No page sets a cookie or varies with one, not even for somebody signed in; a cache may keep each."""
    reader = desk.as_("viewer")
    known, unknown = reader.get(path), get(desk, path)
    assert known.data == unknown.data
    for page in (known, unknown):
        assert "Set-Cookie" not in page.headers
        assert page.headers.get("Cache-Control") == "public, max-age=60"
        assert "Cookie" not in page.headers.get("Vary", "")
        assert page.headers["Content-Security-Policy"]
    assert path.startswith("/api/") or unknown.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/lines/IT", "/api/v1/lines/IT"])
def test_an_etag_holds_while_nothing_changes(desk: Desk, path: str) -> None:
    """A cache that asks again gets 304 within the minute, and the new page after it."""
    first = get(desk, path)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = get(desk, path, {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert (
        get(desk, f"{path}?{'lang' if path.startswith('/lines') else 'language'}=de").headers["ETag"] != tag
    )
    desk.clock.advance(60)
    assert get(desk, path, {"If-None-Match": tag}).status_code == 200

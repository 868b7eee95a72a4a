"""Close now: a preview in words, an end that cannot be left out, on every page, ended by hand or time."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.access.model import Role
from routing.decide import Facts, decide
from tests.web.conftest import Desk, Shown

ITALY = {"territory": "IT", "department": "billing", "until_date": "2026-11-20", "until_time": "18:30"}
CLOSURE = {**ITALY, "kind": "closure", "clock": "reader", "reason": "burst pipe", "step": "preview"}
STORM = {**CLOSURE, "kind": "announcement", "incident": "Storm", "text.en": "Delays.", "reason": ""}


def looked_at(desk: Desk, form: dict[str, str]) -> Shown:
    page = desk.as_(Role.PUBLISHER).post("/ops/closures/new", form)
    assert page.status_code == 200, page.words
    return page


def put(desk: Desk, form: dict[str, str]) -> Shown:
    """Fill the form in, look at the preview, confirm it."""
    seen = looked_at(desk, form).html.find("input", {"name": "seen"})
    assert seen is not None
    confirmed = {**form, "step": "apply", "seen": str(seen["value"])}
    return desk.as_(Role.PUBLISHER).post("/ops/closures/new", confirmed, follow=True)


def is_open(desk: Desk, department: str) -> bool:
    desk.services.tables.refresh()
    tables = desk.services.tables
    facts = Facts(territory="IT", department=department, language="it")
    return decide(tables.current(), tables.overlay(), facts, desk.clock.now()).open


def test_nothing_closes_before_it_was_seen_in_words(desk: Desk) -> None:
    """The first press says whom it reaches and until when, and changes nothing; the second closes."""
    page = looked_at(desk, CLOSURE)
    assert "Italy, billing department" in page.words
    assert "8 hours, 30 minutes" in page.words
    assert is_open(desk, "billing")
    assert "Closed: Italy, billing department" in put(desk, CLOSURE).text
    assert not is_open(desk, "billing")
    assert is_open(desk, "technical")


def test_what_was_changed_after_the_preview_is_shown_anew(desk: Desk) -> None:
    """Confirming another form than the one that was shown only shows it."""
    seen = str(looked_at(desk, CLOSURE).html.find("input", {"name": "seen"})["value"])  # type: ignore[index]  # it is there
    other = {**CLOSURE, "territory": "*", "step": "apply", "seen": seen}
    assert "This is what happens" in desk.as_(Role.PUBLISHER).post("/ops/closures/new", other).words
    assert is_open(desk, "billing")


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"until_date": "", "until_time": ""}, "until_date", "Say when it ends"),
        ({"until_date": "2026-11-20", "until_time": "09:00"}, "until_date", "later than now"),
        ({"until_date": "yesterday"}, "until_date", "is no date"),
        ({"until_time": "25:00"}, "until_date", "is no time"),
        ({"from_date": "2026-11-19", "from_time": "10:00"}, "from_date", "This is past"),
        ({"territory": "ZZ"}, "territory", "no territory ZZ"),
        ({"territory": "*", "clock": "country"}, "clock", "Choose a country"),
        ({"reason": " "}, "reason", "Say why"),
        ({"text.it": "x" * 601}, "text.it", "at most 600"),
        ({"kind": "announcement"}, "incident", "Name the incident"),
    ],
)
def test_a_faulty_field_says_what_would_be_right(
    desk: Desk, wrong: dict[str, str], field: str, sentence: str
) -> None:
    """What is wrong is said at its field, the rest of the form is kept, and nothing is closed."""
    page = desk.as_(Role.PUBLISHER).post("/ops/closures/new", {**CLOSURE, "language": "it", **wrong})
    assert page.status_code == 422
    error = page.html.find(id=f"error-{field}")
    assert error is not None
    assert sentence in error.get_text()
    kept = page.html.select_one("#language option[selected]")
    assert kept is not None
    assert kept["value"] == "it"
    assert is_open(desk, "billing")


def test_the_countrys_clock_serves(desk: Desk) -> None:
    """Times on the country's clock are that country's: 18:30 in Italy is 17:30 UTC in winter."""
    assert "7 hours, 30 minutes" in looked_at(desk, {**CLOSURE, "clock": "country"}).words


def test_every_page_says_who_closed_what_until_when(desk: Desk) -> None:
    """While a closure holds, every page shows it with its author and its end; then no more."""
    put(desk, CLOSURE)
    home = desk.as_(Role.VIEWER).get("/ops/")
    banner = home.html.select_one(".alert-danger")
    assert banner is not None
    for part in ("Italy, billing department", "burst pipe", "publisher", "2026-11-20 18:30"):
        assert part in banner.get_text(" ")
    desk.clock.advance(timedelta(hours=8, minutes=30).total_seconds())
    assert desk.as_("viewer", strong=False).get("/ops/").html.select_one(".alert-danger") is None


def test_a_closure_ends_early_and_is_extended(desk: Desk) -> None:
    """Its end can be moved, and it can be ended at once; a second press on a stale page says so."""
    put(desk, CLOSURE)
    publisher = desk.as_(Role.PUBLISHER)
    page = publisher.get("/ops/closures/1")
    expecting = str(page.html.find("input", {"name": "expecting"})["value"])  # type: ignore[index]  # it is there
    later = {"until_date": "2026-11-21", "until_time": "09:00", "expecting": expecting}
    assert "2026-11-21 09:00" in publisher.post("/ops/closures/1/move-end", later, follow=True).words
    assert publisher.post("/ops/closures/1/move-end", later).status_code == 409
    assert "Ended: Italy" in publisher.post("/ops/closures/1/end", follow=True).text
    assert is_open(desk, "billing")
    assert publisher.post("/ops/closures/1/end").status_code == 409
    assert publisher.post("/ops/closures/77/end").status_code == 404
    done = desk.as_(Role.EDITOR).get("/ops/audit").words
    for what in ("closure added", "closure end moved", "closure ended"):
        assert what in done


def test_an_incident_ends_all_that_is_announced_for_it(desk: Desk) -> None:
    """Announcements carry their incident's name, and end together with it."""
    put(desk, STORM)
    put(desk, {**STORM, "territory": "*", "text.it": "Ritardi."})
    page = desk.as_(Role.VIEWER).get("/ops/closures")
    assert page.words.count("Storm") >= 3
    publisher = desk.as_(Role.PUBLISHER)
    done = publisher.post("/ops/closures/end-incident", {"incident": "Storm"}, follow=True)
    assert "2 of its closures and announcements ended" in done.text
    assert "Storm" not in desk.as_(Role.VIEWER).get("/ops/closures").words
    assert publisher.post("/ops/closures/end-incident", {"incident": "Storm"}).status_code == 404


@pytest.mark.parametrize("path", ["new", "1/end", "1/move-end", "end-incident"])
def test_only_publishers_with_a_code_close(desk: Desk, path: str) -> None:
    """Editors, and publishers without a one-time code, are told who may; nothing changes."""
    put(desk, CLOSURE)
    for reader in (desk.as_(Role.EDITOR), desk.as_(Role.PUBLISHER, strong=False)):
        assert reader.post(f"/ops/closures/{path}", {**STORM, "incident": "x"}).status_code == 403
    assert not is_open(desk, "billing")


def test_without_the_database_pages_say_so_and_calls_go_on(desk: Desk) -> None:
    """With the database away the page says that calls go on; they keep the closure they know of."""
    put(desk, CLOSURE)
    assert not is_open(desk, "billing")
    reader = desk.as_(Role.PUBLISHER)
    with desk.services.sql.engine.begin() as connection:
        connection.execute(text("ALTER TABLE overlay RENAME TO away"))
    for page in (reader.get("/ops/closures"), reader.post("/ops/closures/new", CLOSURE)):
        assert page.status_code == 503
        assert "Calls go on" in page.text
    tables = desk.services.tables
    facts = Facts(territory="IT", department="billing", language="it")
    assert not decide(tables.current(), tables.overlay(), facts, desk.clock.now()).open

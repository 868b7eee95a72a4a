"""What if somebody called: the page."""

from dataclasses import replace
from datetime import date

import pytest

from app.access.model import Role, operator
from app.services.drafts import Draft
from app.services.rerouting import RerouteWanted
from routing.table import Closure
from tests.web.conftest import Desk, Shown

PAGE = "/ops/what-if"


def answer(desk: Desk, query: str) -> Shown:
    page = desk.as_(Role.VIEWER).get(f"{PAGE}?{query}")
    assert page.status_code == 200, page.text
    return page


def draft(desk: Desk) -> Draft:
    """A draft that closes Italy's billing desk on 24 December."""
    drafts, now = desk.use_cases.drafts, desk.clock.now()
    editor = operator("editor")
    opened = drafts.open(editor, "Christmas", now)
    closed = replace(
        opened.document, closures=(Closure(date(2026, 12, 24), territory="IT", department="billing"),)
    )
    changed = drafts.change(opened.id, opened.revision, closed, editor, now, "closed")
    assert isinstance(changed, Draft)
    return changed


def test_the_decision_and_every_row(desk: Desk) -> None:
    """The decision is told in sentences, with the rows it rests on and when it was asked for."""
    page = answer(desk, "dnis=%2B39800917919&ani=%2B390655550100&department=billing&language=it")
    assert "Open: the billing desk in Italian takes it, queue billing-it." in page.words
    assert "2026-11-20 10:00 UTC" in page.words
    links = {one.get_text(): one["href"] for one in page.html.select("main li a") if one.code}
    assert links["coverage/IT/billing/it"] == "/ops/countries/IT"
    assert "line/+39800917919" in [code.get_text() for code in page.html.select("main li code")]


WAITING = "territory=IT&department=technical&language=en"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (
            "priority=1&level=number_matched",
            "Waits as if it had begun 6 minutes earlier: 5 for priority 1, 1 for a matched number.",
        ),
        ("level=number_attested", "Waits as if it had begun 2 minutes earlier: 2 for an attested number."),
        ("level=number_matched", "Waits as if it had begun 1 minute earlier: 1 for a matched number."),
        ("priority=9", "Waits as if it had begun 45 minutes earlier: 45 for priority 9."),
        ("priority=0&level=code", "Waits as if it had begun 3 minutes earlier: 3 for a code."),
        ("priority=0", "Waits by when it began: priority 0 and an unverified caller get no head start."),
    ],
)
def test_how_a_call_would_rank(desk: Desk, query: str, says: str) -> None:
    """With a priority or a level the answer says in one sentence how such a call ranks while it waits."""
    assert says in answer(desk, f"{WAITING}&{query}").words
    assert "Waits" not in answer(desk, WAITING).words


def test_where_nobody_waits_nobody_ranks(desk: Desk) -> None:
    """A number that rings at once has no line, and a closed desk has none either."""
    rings = answer(desk, "territory=IT&department=technical&language=it&priority=3")
    assert "Nobody waits there: number:+12025550142 rings at once." in rings.words
    closed = answer(desk, "territory=IT&department=billing&language=it&priority=3&day=2026-11-21")
    assert "Nobody waits there" not in closed.words
    assert "Waits" not in closed.words


def test_a_re_routed_queue_is_told(desk: Desk) -> None:
    """Where a queue is sent elsewhere for now the answer says so, and goes on from there."""
    now = desk.clock.now()
    wanted = RerouteWanted("technical-it", "technical-en", "two are ill")
    desk.use_cases.rerouting.add(wanted, actor=operator("carla"), now=now)
    desk.services.tables.refresh()
    page = answer(desk, "territory=IT&department=technical&language=it&level=code")
    assert "For now the calls of technical-it are sent to technical-en [reroute/technical-it]." in page.words
    assert "takes it, queue technical-en." in page.words
    assert "3 for a code" in page.words


def test_a_saturday_at_three_in_haiti(desk: Desk) -> None:
    """Any date on any clock: Haiti's own Saturday, three in the afternoon."""
    page = answer(
        desk,
        "territory=HT&department=billing&language=fr&day=2026-11-21&time=15:00&zone=America/Port-au-Prince",
    )
    assert "2026-11-21 15:00 EST" in page.words
    assert "2026-11-21 20:00 UTC" in page.words
    assert "Closed: the billing desk in French." in page.words


def test_against_a_draft(desk: Desk) -> None:
    """A draft decides by its own rows, each linked to its form; the live table's answer stands beside."""
    made = draft(desk)
    query = "territory=IT&department=billing&language=it&day=2026-12-24&time=11:00&zone=Europe/Rome"
    page = answer(desk, f"{query}&against=draft-{made.id}")
    assert "A closure holds" in page.words
    assert "The live table, version 1 otherwise" in page.words
    assert "queue billing-it" in page.words
    hrefs = [str(one["href"]) for one in page.html.select("main li a")]
    assert f"/ops/drafts/{made.id}/rows/closures/edit?key=closure/2026-12-24/IT/billing" in hrefs
    assert "the same" in answer(desk, f"{query}&against=version-1").words
    assert "The live table" in answer(desk, f"{query}&draft={made.id}").words


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ("press=try", "dnis", "Give the number that was dialled"),
        ("dnis=0800", "dnis", "as in +39800917919"),
        ("territory=IT&ani=12", "ani", "leave it empty if withheld"),
        ("territory=IT&day=24.12.2026", "day", "as in 2026-12-24"),
        ("territory=IT&time=noon", "time", "as in 18:30"),
        ("territory=IT&day=2026-03-29&time=02:30&zone=Europe/Rome", "time", "put forward"),
        ("territory=IT&zone=Room", "zone", "Europe/Rome"),
        ("territory=IT&department=sales", "department", "technical or billing"),
        ("territory=IT&priority=10", "priority", "from 0 to 9"),
        ("territory=IT&priority=high", "priority", "from 0 to 9"),
        ("territory=IT&level=very", "level", "choose unverified, number_matched"),
        ("territory=IT&against=draft-x", "against", "choose live, a version or a draft"),
    ],
)
def test_bad_input_is_said_at_its_field(desk: Desk, query: str, field: str, says: str) -> None:
    """What cannot be tried is said at its field, and what else was given stays in the form."""
    page = desk.as_(Role.VIEWER).get(f"{PAGE}?{query}")
    assert page.status_code == 422
    assert says in page.html.select_one(f"#error-{field}").get_text()  # type: ignore[union-attr]  # it is what is asked
    if "territory=IT" in query:
        assert page.html.select_one("#territory option[selected]")["value"] == "IT"  # type: ignore[index]  # as above


@pytest.mark.parametrize("against", ["version-999", "draft-999999999"])
def test_a_table_there_is_not(desk: Desk, against: str) -> None:
    """A version or draft that is not there is a page that says so."""
    assert desk.as_(Role.VIEWER).get(f"{PAGE}?territory=IT&against={against}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "dnis=sip:%00%F0%9F%98%80",
        "territory=%22%3E%3Cb%3E&department=billing&language=zz",
        "dnis=sip:" + "9" * 999,
    ],
)
def test_odd_questions_have_answers(desk: Desk, query: str) -> None:
    """Whatever is dialled gets an answer, and nothing of it is taken for markup."""
    assert "<b>" not in answer(desk, query).text


def test_the_form_before_anything_is_asked(desk: Desk) -> None:
    """The page opens with now on the reader's clock, and no fault."""
    page = answer(desk, "")
    assert page.html.select_one("#day")["value"] == "2026-11-20"  # type: ignore[index]  # a field of the form
    assert "What would happen" not in page.words

"""Recorded calls as the desk shows them: listed, found, and each told step by step."""

import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Never

import pytest

from app.access.model import Role
from app.adapters.outbox_file import DevelopmentOutbox
from app.faults import Fault, FaultCode
from app.services.call_story import CallStories, Entry
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from tests.calls.course import ACCOUNT, ITALY, UNREGISTERED, call_id, comes_to, goes_on
from tests.calls.evidence import times
from tests.calls.inbox import Inbox
from tests.calls.phones import a_phone
from tests.integration.cli.conftest import SCRIPT
from tests.web.api.conftest import token_of
from tests.web.conftest import Desk, Shown

LIST = "/ops/calls"


@pytest.fixture
def phone(desk: Desk, tmp_path: Path) -> Phone:
    return a_phone(desk.services, desk.clock, seed=str(tmp_path))


@pytest.fixture
def inbox(desk: Desk, tmp_path: Path) -> Inbox:
    return Inbox(desk.services, DevelopmentOutbox(tmp_path / "outbox.jsonl", desk.clock.now))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"


def verified(phone: Phone, inbox: Inbox) -> tuple[CallInProgress, tuple[str, ...]]:
    """A call that reached an agent by a code, after a wrong one; and what was keyed for a code."""
    call = comes_to("enter_code", phone, inbox)
    code = inbox.code()
    call.keys(wrong(code)).keys(code).is_transferred_to(
        "technical-it", level="code"
    ).agent_hangs_up().presses("5")
    return call.is_over(), (code, wrong(code))


def seen(desk: Desk, path: str) -> Shown:
    page = desk.as_(Role.VIEWER).get(path)
    assert page.status_code == 200, page.words
    return page


def rows(page: Shown) -> list[list[str]]:
    """The cells of the page's one table, as they are read."""
    return [
        [re.sub(r"\s+", " ", cell.get_text(" ")).strip() for cell in row.find_all(["th", "td"])]
        for row in page.html.select("tbody tr")
    ]


def about(page: Shown, kind: str) -> list[str]:
    """What a call's page tells of one kind."""
    return [what for _, of, what in rows(page) if of == kind]


def callgate(desk: Desk, tmp_path: Path, *arguments: str) -> str:
    """What a command says of the same database."""
    environment = {"CALLGATE_VAR": str(tmp_path), "DATABASE_URL": desk.services.settings.database_url}
    return subprocess.run(
        [str(SCRIPT), *arguments], env=environment, capture_output=True, text=True, timeout=60, check=True
    ).stdout


def test_a_call_is_told_step_by_step(desk: Desk, phone: Phone, inbox: Inbox) -> None:
    """The page has the call's facts and, oldest first, its turns, reasons, deliveries and verifications."""
    call, _ = verified(phone, inbox)
    page = seen(desk, f"{LIST}/{call_id(desk.services, call)}")
    for fact in (UNREGISTERED, "Italy", "technical, Italian", "technical-it", "Rossi Forniture", "connected"):
        assert fact in page.words
    assert about(page, "delivery") == [
        "Code queued (email to g***@example.com)",
        "Code sent (email to g***@example.com)",
    ]
    assert about(page, "verification") == [
        "Who: stranger",
        "Look up: looked up (Rossi Forniture)",
        "Enter code: rejected (2 left)",
        "Enter code: accepted (email)",
    ]
    [decision] = about(page, "decision")
    assert decision.startswith("Open hours: open The call is for Italy (IT) [territory/IT].")
    assert decision.endswith("[coverage/IT/technical/it].")
    assert [what.partition(" (")[0] for what in about(page, "transfer")] == ["Receipt", "Transfer: bridged"]
    assert about(page, "other") == ["Ended (completed)"]
    whole = [what for _, _, what in rows(page)]
    asked = whole.index("Channel: email")
    assert whole[asked + 1 : asked + 3] == [
        "Send code: sent (by email)",
        "Code queued (email to g***@example.com)",
    ]


def test_another_day_is_told_with_its_date(desk: Desk, phone: Phone) -> None:
    """Instants are to the second on the reader's clock, with the day where it is not the call's first."""
    call = phone.dials(ITALY, ani=UNREGISTERED)
    began = phone.clock.now()
    phone.clock.advance(14 * 3600)
    call.hangs_up()
    told = rows(seen(desk, f"{LIST}/{call_id(desk.services, call)}"))
    assert told[0][0].startswith("10:0")
    assert told[-1][0] == f"2026-11-21 {began:%H:%M:%S}".replace(" 10:", " 00:")


def test_a_link_holds_with_a_beginning_of_the_id(desk: Desk, phone: Phone, inbox: Inbox) -> None:
    """As much of an id as is one call's alone leads there; what begins no call is nothing found."""
    call, _ = verified(phone, inbox)
    found = call_id(desk.services, call)
    assert found in seen(desk, f"{LIST}/{found[:6]}").words
    viewer = desk.as_(Role.VIEWER)
    for nothing in ("zz", "%25", "x" * 300):
        answer = viewer.get(f"{LIST}/{nothing}")
        assert answer.status_code == 404
    assert "There is no such call." in answer.words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        (f"q={ACCOUNT}", 1),
        ("q=rossi", 1),
        ("q=06+5555+0100", 1),
        (f"q={UNREGISTERED.replace('+', '%2B')}", 1),
        ("q=IT&territory=IT", 2),
        ("day=2026-11-20", 2),
        ("day=2026-11-19", 0),
        ("level=code", 1),
        ("level=unverified", 1),
        ("outcome=connected", 1),
        ("outcome=left", 1),
        ("outcome=abandoned", 0),
        ("level=x&outcome=%00&territory=&page=-1", 2),
        ("territory=FR", 0),
        ("q=%00%F0%9F%98%80", 0),
    ],
)
def test_calls_are_searched_and_filtered(
    desk: Desk, phone: Phone, inbox: Inbox, query: str, found: int
) -> None:
    """A search and filters narrow the list; a choice that there is not leaves nothing out."""
    verified(phone, inbox)
    phone.dials(ITALY, ani="+390655550199").presses("1").hangs_up()
    page = seen(desk, f"{LIST}?{query}")
    assert len(rows(page)) == found
    assert ("No call is found by this." in page.words) == (found == 0)


def test_the_newest_call_stands_first_and_leads_to_its_page(desk: Desk, phone: Phone, inbox: Inbox) -> None:
    """Each row says what became of a call and has a link; so have a country's latest calls."""
    call, _ = verified(phone, inbox)
    phone.clock.advance(60)
    phone.dials(ITALY, ani=None).hangs_up()
    page = seen(desk, LIST)
    assert [row[1] for row in rows(page)] == ["withheld", UNREGISTERED]
    assert rows(page)[1][5:] == ["code by e-mail", "Rossi Forniture", "connected"]
    there = f"{LIST}/{call_id(desk.services, call)}"
    for path in (LIST, "/ops/countries/IT"):
        assert seen(desk, path).html.find("a", {"href": there}), path


def test_a_day_that_is_none_is_said_at_its_field(desk: Desk) -> None:
    """What was typed stays, and nothing is shown as if it had been asked for."""
    page = desk.as_(Role.VIEWER).get(f"{LIST}?day=soon&q=x")
    assert page.status_code == 422
    assert "“soon” is no date" in page.words
    assert page.html.find("input", {"name": "day", "value": "soon", "aria-invalid": "true"})
    assert page.html.find("input", {"name": "q", "value": "x"})


def test_agents_do_not_browse_calls(desk: Desk) -> None:
    """The list of all calls is for those who see everything; agents see theirs at the calls desk."""
    assert desk.as_(Role.AGENT).get(LIST).status_code == 403
    assert desk.as_(Role.AGENT).get(f"{LIST}/x").status_code == 403
    assert desk.as_(Role.SUPERVISOR).get(LIST).status_code == 200


def test_no_digit_of_a_code_is_told(desk: Desk, phone: Phone, inbox: Inbox, tmp_path: Path) -> None:
    """A code, and a wrong one, stand neither on the call's page, nor in its JSON, nor at the command line."""
    call, keyed = verified(phone, inbox)
    found = call_id(desk.services, call)
    headers = {"Authorization": f"Bearer {token_of(desk, 'viewer')}"}
    told = (
        seen(desk, f"{LIST}/{found}").text,
        seen(desk, LIST).text,
        desk.anybody().get(f"/api/v1/calls/{found}", headers=headers).text,
        desk.anybody().get("/api/v1/calls", headers=headers).text,
        callgate(desk, tmp_path, "calls", "show", found),
        callgate(desk, tmp_path, "calls", "show", "--json", found),
    )
    for text in told:
        assert found[:8] in text
        assert [times(digits, text) for digits in keyed] == [0, 0]
        assert "giulia.conti@" not in text


def test_the_command_line_tells_the_same_call(desk: Desk, phone: Phone, inbox: Inbox, tmp_path: Path) -> None:
    """``callgate calls show`` groups what belongs together; as JSON it is the API's very document."""
    call, _ = verified(phone, inbox)
    found = call_id(desk.services, call)
    lines = callgate(desk, tmp_path, "calls", "show", found[:8]).splitlines()
    assert lines[0] == f"Call {found}"
    headings = [line for line in lines[lines.index("") + 1 :] if not line.startswith(" ")]
    assert {"turn", "decision", "delivery", "verification", "transfer", "other"} == set(headings)
    assert all(one != other for one, other in pairwise(headings))
    assert any(line.endswith("look_up: looked_up  (Rossi Forniture)") for line in lines)
    headers = {"Authorization": f"Bearer {token_of(desk, 'viewer')}"}
    document = desk.anybody().get(f"/api/v1/calls/{found}", headers=headers).json
    assert json.loads(callgate(desk, tmp_path, "calls", "show", found, "--json")) == document


def test_reasons_are_keys_where_the_table_is_not_at_hand(desk: Desk, phone: Phone, inbox: Inbox) -> None:
    """A call whose version cannot be read keeps its reasons as the natural keys of their rows."""
    call = goes_on(phone.dials(ITALY, ani=UNREGISTERED), inbox, until="channel")
    found = call_id(desk.services, call)
    story = desk.use_cases.stories.story(found)
    assert story is not None
    [decision] = [entry for entry in story.entries if entry.reasons]
    [unreadable] = [entry for entry in _without_tables(desk, found) if entry.reasons]
    assert [reason.key for reason in unreadable.reasons] == [reason.key for reason in decision.reasons]
    assert all(reason.sentence.endswith(f"[{reason.key}].") for reason in decision.reasons)
    assert not any(reason.sentence for reason in unreadable.reasons)


def _without_tables(desk: Desk, call: str) -> tuple[Entry, ...]:
    def version(number: int) -> Never:
        raise Fault(FaultCode.NO_SUCH_VERSION, f"There is no version {number}.")

    story = CallStories(desk.services.sql.stories, version).story(call)
    assert story is not None
    return story.entries

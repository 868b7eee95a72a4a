"""A conversation's page: what is shown, and each thing an agent does in it."""

import re
from datetime import timedelta

from app.access.model import Role, operator
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from routing.table import Queue
from tests.calls.inbox import Inbox
from tests.calls.ways import BRITAIN, publish
from tests.web.conftest import Desk
from tests.web.desk.conftest import Seat


def contact_of(seat: Seat, at: str, way: str) -> dict[str, str]:
    """The first choice of a code by this way, as the page's form has it."""
    html = seat.get(at).html
    found = html.find("input", {"name": "contact", "value": re.compile(f":{way}$")})
    organisation = html.find("input", {"name": "organisation"})
    assert found, "no contact takes a code this way"
    assert organisation
    return {"contact": str(found["value"]), "organisation": str(organisation["value"])}


def test_who_why_and_before(seat: Seat, caller: CallInProgress, phone: Phone) -> None:
    """Who calls, at which level, why here, and a link to the call with its proof."""
    at = seat.takes()
    words = seat.get(at).words
    assert "not verified Rossi Forniture" in words
    assert (
        "This organisation was named, or the number that calls is one of its own; nothing proves it." in words
    )
    assert "technical" in words
    link = seat.get(at).html.find("a", string="The call and its timeline")
    assert link
    assert "receipt=" in str(link["href"])


def test_a_number_that_only_matches_proves_nothing(desk: Desk, seat: Seat, phone: Phone) -> None:
    """The board and the page say that the carrier does not confirm it, until the carrier attests it."""
    publish(desk.services, queues=(Queue("technical-en"),))
    for stated, said, how in (
        (None, "registered number, not confirmed", "known by the number, which anybody can imitate"),
        ("TN-Validation-Passed-A", "registered number, attested", "which the carrier attests"),
    ):
        caller = phone.dials(BRITAIN, ani="+447700900142", attestation=stated).presses("1")
        assert said in seat.get("/desk").words
        page = seat.get(seat.takes()).words
        assert said in page
        assert how in page
        assert "proved" not in page
        caller.hangs_up()
        seat.does("/desk/duty", duty="available")


def test_the_caller_keys_a_code(seat: Seat, caller: CallInProgress, phone: Phone, inbox: Inbox) -> None:
    """The agent has a code sent; the caller keys it; the badge changes, and no page shows the code."""
    at = seat.takes()
    sent = seat.does(f"{at}/code", press="key", **contact_of(seat, at, "email"))
    assert "the caller is asked to key it" in sent.text
    phone.passes(1)
    code = inbox.code()
    tag = {"If-None-Match": seat.get(f"{at}/news").headers["ETag"]}
    caller.keys(code).talks_with(seat.person)
    news = seat.reader.get(f"{at}/news", headers=tag)
    assert "verified: code by e-mail" in news.words
    assert "***@" in news.words
    for path in (at, f"{at}/news", "/desk"):
        assert code not in seat.get(path).text


def test_the_caller_reads_a_code_out(seat: Seat, caller: CallInProgress, phone: Phone, inbox: Inbox) -> None:
    """The agent types what the caller reads: wrong is told, right raises the level."""
    at = seat.takes()
    assert "Code that the caller reads out" not in seat.get(at).words
    seat.does(f"{at}/code", press="type", **contact_of(seat, at, "email"))
    assert "Code that the caller reads out" in seat.get(at).words
    assert "not verified" in seat.does(f"{at}/code/typed", code="000000").words
    assert "verified: by an agent" in seat.does(f"{at}/code/typed", code=inbox.code()).words


def test_hold_mute_and_the_end(seat: Seat, caller: CallInProgress) -> None:
    """Each press is carried out, and the page offers the way back."""
    at = seat.takes()
    assert "Bring the caller back from hold" in seat.does(f"{at}/hold").words
    caller.hears_music("hold")
    seat.does(f"{at}/resume")
    caller.talks_with(seat.person)
    muted = seat.does(f"{at}/mute").words
    assert "you are muted" in muted
    assert "Unmute yourself" in muted
    seat.does(f"{at}/unmute")
    assert "This conversation is over." in seat.does(f"{at}/end").words
    assert seat.person.over


def test_wrap_up(seat: Seat, caller: CallInProgress) -> None:
    """After the end the agent writes down what became of it, and is available again."""
    at = seat.takes()
    assert "Keep, and be available again" not in seat.get(at).words
    caller.hangs_up()
    refused = seat.does(f"{at}/wrap-up", text="Cable <3")
    assert refused.status_code == 422
    assert "Choose what became of the call." in refused.words
    written = refused.html.select_one("textarea#text")
    assert written
    assert written.text.strip() == "Cable <3"
    assert "Keep, and be available again" in refused.words
    assert "you are available again" in seat.does(f"{at}/wrap-up", disposition="solved", text="Cable.").text
    assert "Cable." in seat.get(at).words
    assert "You are available." in seat.get("/desk").words


def test_what_became_of_it_is_told_before_and_changed_after(seat: Seat, caller: CallInProgress) -> None:
    """Who talks on, or was away since, is not said to be available again."""
    at = seat.takes()
    said = seat.does(f"{at}/wrap-up", disposition="open", text="").text
    assert "Written down." in said
    assert "available again" not in said
    caller.talks_with(seat.person)
    seat.does(f"{at}/end")
    seat.does(f"{at}/wrap-up", disposition="solved", text="")
    seat.does("/desk/duty", duty="away")
    changed = seat.does(f"{at}/wrap-up", disposition="wrong_desk", text="")
    assert "Written down." in changed.text
    assert changed.request.path == at
    assert "You are away." in seat.get("/desk").words


def test_how_long_is_told_without_scripts(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """The page tells how long somebody talks; that alone is no news to who asks each second."""
    at = seat.takes()
    tag = {"If-None-Match": seat.get(f"{at}/news").headers["ETag"]}
    desk.clock.advance(65)
    assert "talking 1:05" in seat.get(at).words
    assert seat.reader.get(f"{at}/news", headers=tag).status_code == 304


def test_who_is_there(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """An agent is called that, which is no way of being verified; choices are made, not left."""
    at = seat.takes()
    assert "agent (agent): is there" in desk.as_(Role.SUPERVISOR).get(at).words
    assert "Choose to whom." in seat.does(f"{at}/transfer", to="").text
    assert "Choose whom to add." in seat.does(f"{at}/add", who="").text


def test_another_agents_conversation(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """A supervisor sees it; another agent neither sees it nor acts in it."""
    at = seat.takes()
    services = desk.services
    services.sql.accounts.add(
        "other", Role.AGENT, "", actor=operator("test"), now=services.clock.now(), nonce="n"
    )
    other = desk.as_("other")
    assert other.get(at).status_code == 403
    assert other.post(f"{at}/end", follow=True).status_code == 403
    assert desk.as_(Role.SUPERVISOR).get(at).status_code == 200
    caller.talks_with(seat.person)


def test_a_session_lasts_while_its_agent_talks(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """The page asks by itself, which is no sign of anybody; a conversation is."""
    at = seat.takes()
    for _ in range(8):
        desk.clock.advance(5 * 60)
        assert seat.get(f"{at}/news").status_code == 200
    caller.hangs_up()
    desk.clock.advance(timedelta(minutes=14).seconds)
    assert seat.get("/desk/board").status_code == 200
    desk.clock.advance(2 * 60)
    assert seat.get("/desk/board").status_code == 303

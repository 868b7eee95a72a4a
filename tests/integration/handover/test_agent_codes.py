"""Codes that agents run: to a contact they choose, within their own allowance, counted before compared."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from app.adapters.sql.ledger import SqlLedger
from app.ports import Asker, NotIssued
from app.verification.code import derive, matches
from app.verification.limits import DAY, Limits, Window
from app.verification.model import Accepted, Challenge, Channel, Judgement, Level, Locked, Method, Rejected
from tests.integration.test_parallel import Compared, ledger_on
from tests.integration.threads import at_once
from tests.integration.world import KEYS, UNBOUNDED, WIDE, World, a_call, contact, organisation, wrong

STEP = 1_000_000
OPEN = replace(UNBOUNDED, agent_sends_per_organisation=(WIDE,))
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def firm(world: World) -> World:
    world.limits = OPEN
    world.profile([organisation()], [contact()])
    return world


def send(
    world: World, call_id: str = "call", step: int = 0, by: Method = Method.EMAIL
) -> Challenge | NotIssued:
    """An agent has a code sent to the organisation's first contact."""
    asker = Asker(call_id, STEP + step, None, world.clock.now(), "ana")
    owner = world.organisation_id()
    return world.ledger.issue_for_agent(asker, owner, 1, by)


def sent(world: World, call_id: str = "call", step: int = 0, by: Method = Method.EMAIL) -> Challenge:
    found = send(world, call_id, step, by)
    assert isinstance(found, Challenge)
    return found


def typed(
    world: World, challenge: Challenge, digits: str, step: int, method: Method | None = Method.AGENT
) -> Judgement:
    asker = Asker(challenge.call_id, STEP + step, None, world.clock.now(), "ana")
    return world.ledger.judge(
        asker, challenge.id, lambda stored: matches(KEYS, stored, digits), method=method
    )


@pytest.mark.parametrize(("method", "told"), [(Method.AGENT, Method.AGENT), (None, Method.EMAIL)])
def test_a_right_code(firm: World, method: Method | None, told: Method) -> None:
    """Read out to an agent or keyed by the caller, it gives the level of a code, and how it came is kept."""
    challenge = sent(firm)
    assert firm.letters() == 1
    judged = typed(firm, challenge, derive(KEYS, challenge), 1, method)
    assert isinstance(judged, Accepted)
    proof = firm.ledger.proof("call")
    assert proof is not None
    assert (proof.level, proof.method) == (Level.CODE, told)
    assert firm.audited("code_issued") == firm.audited("code_accepted") == 1


def test_a_step_repeated_is_judged_once(firm: World) -> None:
    """The same step again gets the answer it got, whatever is typed the second time."""
    challenge = sent(firm)
    first = typed(firm, challenge, wrong(challenge), 1)
    assert first == Rejected(2)
    assert typed(firm, challenge, derive(KEYS, challenge), 1) == first


def test_three_guesses_of_a_code(firm: World) -> None:
    """The counters are those of any code: at the third wrong one it is over, also for the right one."""
    challenge = sent(firm)
    judged = [typed(firm, challenge, wrong(challenge), step) for step in (1, 2, 3)]
    assert judged[:2] == [Rejected(2), Rejected(1)]
    assert isinstance(judged[2], Locked)
    assert isinstance(typed(firm, challenge, derive(KEYS, challenge), 4), Locked)


def test_another_code_ends_the_one_before(firm: World) -> None:
    """Of two codes of a call the latter counts."""
    before, after = sent(firm), sent(firm, step=1)
    assert not isinstance(typed(firm, before, derive(KEYS, before), 2), Accepted)
    assert isinstance(typed(firm, after, derive(KEYS, after), 3), Accepted)


def test_twenty_codes_a_day_by_agents(firm: World) -> None:
    """Agents have twenty codes in 24 hours for an organisation; those of callers do not use them up."""
    firm.limits = replace(
        UNBOUNDED,
        agent_sends_per_organisation=Limits().agent_sends_per_organisation,
        sends_per_organisation=(Window(1, DAY),),
    )
    for number in range(20):
        sent(firm, f"call{number}")
    assert isinstance(send(firm, "twenty-first"), NotIssued)
    assert firm.audited("code_withheld") == 1
    assert firm.issue("caller", channel=Channel.EMAIL, ani=None).contact is not None
    firm.clock.moves(DAY - INSTANT)
    assert isinstance(send(firm, "early"), NotIssued)
    firm.clock.moves(INSTANT)
    sent(firm, "later")


def test_the_contacts_own_limit_holds(firm: World) -> None:
    """A contact gets three codes within 15 minutes, whoever has them sent."""
    firm.limits = Limits()
    for number in range(3):
        sent(firm, f"call{number}")
    refused = send(firm, "fourth")
    assert isinstance(refused, NotIssued)
    assert refused.sentence.endswith("try another contact, or later.")


def test_codes_sent_at_once(firm: World, processes: list[Engine]) -> None:
    """Of eight agents who have one sent to a contact at the same instant three do."""
    firm.limits = Limits()
    owner = firm.organisation_id()

    def ask(number: int) -> bool:
        asker = Asker(f"call{number}", STEP, None, firm.clock.now(), "ana")
        ledger: SqlLedger = ledger_on(firm, processes[number % 5])
        return isinstance(ledger.issue_for_agent(asker, owner, 1, Method.EMAIL), Challenge)

    assert sum(at_once(8, ask)) == 3
    assert firm.letters() == 3


def test_twenty_guesses_a_day_by_agents(firm: World) -> None:
    """Agents have twenty guesses in 24 hours for an organisation; after them a right code is wrong, too."""
    challenges = [sent(firm, f"call{number}") for number in range(30)]
    compared = Compared("not a code")
    for challenge in challenges[:25]:
        asker = Asker(challenge.call_id, STEP + 1, None, firm.clock.now(), "ana")
        assert firm.ledger.judge(asker, challenge.id, compared) == Rejected(2)
    assert compared.times == 20
    assert typed(firm, challenges[25], derive(KEYS, challenges[25]), 1) == Rejected(2)
    own = firm.issue("caller", ani=None).challenge
    assert isinstance(firm.guess(own, 2, ani=None), Accepted)
    firm.clock.moves(DAY)
    late = sent(firm, "tomorrow")
    assert isinstance(typed(firm, late, derive(KEYS, late), 1), Accepted)


def test_guesses_at_once(firm: World, processes: list[Engine]) -> None:
    """Of wrong codes of thirty calls, typed at the same instant, twenty are compared."""
    challenges = [sent(firm, f"call{number}") for number in range(30)]
    compared = Compared("not a code")

    def judge(number: int) -> object:
        asker = Asker(f"call{number}", STEP + 1, None, firm.clock.now(), "ana")
        return ledger_on(firm, processes[number % 5]).judge(asker, challenges[number].id, compared)

    at_once(30, judge)
    assert compared.times == 20


@pytest.mark.parametrize(
    ("changes", "by", "sentence"),
    [
        ({"phone_can_text": False}, Method.TEXT, "This number takes no texts"),
        ({"phone": ""}, Method.VOICE, "This contact may receive no codes that way"),
        ({"email": ""}, Method.EMAIL, "This contact may receive no codes that way"),
    ],
)
def test_ways_that_do_not_lead_there(firm: World, changes: dict[str, Any], by: Method, sentence: str) -> None:
    """Why no code goes there is said to the agent, and nothing is sent."""
    firm.profile([organisation("2")], [contact("2", **changes)], days_ago=5)
    asker = Asker("call", STEP, None, firm.clock.now(), "ana")
    refused = firm.ledger.issue_for_agent(asker, firm.organisation_id("2"), 2, by)
    assert isinstance(refused, NotIssued)
    assert refused.sentence.startswith(sentence)
    assert firm.letters() == 0


def test_whom_no_code_is_sent_for(firm: World) -> None:
    """Not to another organisation's contact, for a call that is over, past the budget or the policy."""
    owner, now = firm.organisation_id(), firm.clock.now()
    asker = Asker("call", STEP, None, now, "ana")
    for whose, whom in ((owner, 9999), (9999, 1), (owner + 1, 1)):
        assert isinstance(firm.ledger.issue_for_agent(asker, whose, whom, Method.EMAIL), NotIssued)
    firm.limits = replace(UNBOUNDED, budget=Window(0, DAY))
    assert isinstance(send(firm, by=Method.TEXT), NotIssued)
    firm.limits = replace(UNBOUNDED, destinations=frozenset({"IT"}))
    assert isinstance(send(firm, by=Method.VOICE), NotIssued)
    firm.ledger.record(a_call("over"), ended="completed")
    assert send(firm, "over") == NotIssued("The call is over.")
    sent(firm)

"""Many requests at once, each on a connection of its own: limits hold, one wins."""

import threading

import pytest
from sqlalchemy import Engine

from app.adapters.sql.ledger import SqlLedger
from app.ports import Asker
from app.verification.code import derive
from app.verification.model import Accepted, Challenge, Channel, Locked, Rejected
from tests.integration.threads import at_once
from tests.integration.world import KEYS, STRANGER, UNBOUNDED, World, contact, organisation, wrong


@pytest.fixture
def firm(world: World) -> World:
    world.limits = UNBOUNDED
    world.profile([organisation()], [contact()])
    return world


class Compared:
    """Counts what is really held against a live code, from any thread."""

    def __init__(self, digits: str) -> None:
        self.digits = digits
        self.times = 0
        self._lock = threading.Lock()

    def __call__(self, challenge: Challenge) -> bool:
        with self._lock:
            self.times += challenge.contact is not None
        return challenge.contact is not None and derive(KEYS, challenge) == self.digits


def ledger_on(world: World, engine: Engine) -> SqlLedger:
    return SqlLedger(engine, key_id="test", clock=world.clock, limits=world.limits)


def test_fifty_wrong_codes_of_one_call(firm: World, processes: list[Engine]) -> None:
    """Of 50 wrong codes keyed at once no more than three are ever compared."""
    challenge = firm.issue().challenge
    compared = Compared(wrong(challenge))

    def key(number: int) -> object:
        asker = Asker("call", 10 + number, STRANGER, firm.clock.now())
        return ledger_on(firm, processes[number % 5]).judge(asker, challenge.id, compared)

    judged = at_once(50, key)
    assert compared.times == 3
    assert sum(isinstance(one, Rejected) for one in judged) == 2
    assert sum(isinstance(one, Locked) for one in judged) == 48


def test_fifty_wrong_codes_of_fifty_calls(firm: World, processes: list[Engine]) -> None:
    """Of 50 wrong codes from 50 withheld callers no more than an organisation's 20 are compared."""
    challenges = [firm.issue(f"call{number}", ani=None).challenge for number in range(50)]
    compared = Compared("not a code")

    def key(number: int) -> object:
        asker = Asker(f"call{number}", 2, None, firm.clock.now())
        return ledger_on(firm, processes[number % 5]).judge(asker, challenges[number].id, compared)

    assert set(at_once(50, key)) == {Rejected(2)}
    assert compared.times == 20


def test_fifty_wrong_codes_of_one_number(firm: World, processes: list[Engine]) -> None:
    """Of 50 wrong codes from one number, in calls of their own, no more than its ten are compared."""
    challenges = [firm.issue(f"call{number}").challenge for number in range(50)]
    compared = Compared("not a code")

    def key(number: int) -> object:
        asker = Asker(f"call{number}", 2, STRANGER, firm.clock.now())
        return ledger_on(firm, processes[number % 5]).judge(asker, challenges[number].id, compared)

    at_once(50, key)
    assert compared.times == 10


@pytest.mark.parametrize("turns", [1, 8], ids=["one step repeated", "eight steps"])
def test_eight_right_codes(firm: World, processes: list[Engine], turns: int) -> None:
    """Of eight right codes at once one is accepted; repeats of one step all get that answer."""
    challenge = firm.issue().challenge
    compared = Compared(derive(KEYS, challenge))

    def key(number: int) -> object:
        asker = Asker("call", 10 + number % turns, STRANGER, firm.clock.now())
        return ledger_on(firm, processes[number % 5]).judge(asker, challenge.id, compared)

    judged = at_once(8, key)
    assert sum(isinstance(one, Accepted) for one in judged) == 8 // turns
    assert len({str(one) for one in judged if isinstance(one, Accepted)}) == 1
    assert firm.audited("level_reached") == 1
    assert firm.letters("notice") == 1


def test_one_step_issues_one_challenge(firm: World, processes: list[Engine]) -> None:
    """A step posted eight times at once makes one challenge and one letter."""
    owner = firm.organisation_id()

    def issue(number: int) -> str:
        asker = Asker("call", 1, STRANGER, firm.clock.now())
        ledger = ledger_on(firm, processes[number % 5])
        issued = ledger.issue(asker, owner, None, department="technical", channel=Channel.EMAIL)
        return issued.challenge.id

    assert len(set(at_once(8, issue))) == 1
    assert firm.letters() == 1


def test_sending_limit_holds_in_parallel(world: World, processes: list[Engine]) -> None:
    """Of twelve calls that ask for a code at once three reach the contact."""
    world.profile([organisation()], [contact()])
    owner = world.organisation_id()

    def issue(number: int) -> bool:
        asker = Asker(f"call{number}", 1, None, world.clock.now())
        ledger = ledger_on(world, processes[number % 5])
        issued = ledger.issue(asker, owner, None, department="technical", channel=Channel.EMAIL)
        return issued.contact is not None

    assert sum(at_once(12, issue)) == 3
    assert world.letters() == 3

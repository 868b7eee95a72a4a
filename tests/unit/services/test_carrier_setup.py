"""Setting the account up: once, whatever the network does."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from app.faults import Fault, FaultCode
from app.ports.carrier_account import Done, NotDone, Outcome, OwnedNumber, Unknown, Webhooks
from app.services.carrier_actions import Action, AddQueue
from app.services.carrier_check import compare
from app.services.carrier_setup import carry_out, plan
from tests.unit.services.test_carrier_check import DID, ROME, WANTED, Account


@dataclass
class Moody(Account):
    """An account where making queues goes as a test says: what is answered, and whether it was done."""

    moods: list[tuple[Outcome, bool]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    away: bool = False

    def numbers(self) -> list[OwnedNumber]:
        if self.away:
            raise Fault(FaultCode.CARRIER_AWAY, "It is away.")
        return super().numbers()

    def add_queue(self, name: str, max_size: int) -> Outcome:
        self.asked.append(name)
        answer, done = self.moods.pop(0) if self.moods else (Done(), True)
        if done:
            super().add_queue(name, max_size)
        return answer


def planned(account: Account) -> tuple[Action, ...]:
    return plan(compare(WANTED, account))


def set_up(account: Account) -> list[tuple[Action, Done | NotDone]]:
    def look() -> Sequence[Action]:
        return planned(account)

    return list(carry_out(planned(account), account, look))


def empty(**more: object) -> Moody:
    """An account with its two numbers bare, and one of its queues missing."""
    account = Moody(**more)  # type: ignore[arg-type]  # of the fields' types
    account.owned = [OwnedNumber("PN1", ROME, Webhooks()), OwnedNumber("PN2", DID, Webhooks())]
    account.named.pop(0)
    return account


def test_setting_up_makes_the_account_what_it_should_be() -> None:
    """After it nothing is found, and doing it again does nothing."""
    account = empty()
    assert [outcome for _, outcome in set_up(account)] == [Done(), Done(), Done()]
    assert compare(WANTED, account) == ()
    assert set_up(account) == []


@pytest.mark.parametrize(
    ("moods", "asked"),
    [
        ([(Unknown(), True)], 1),
        ([(Unknown(), False)], 2),
        ([(Unknown(), False), (Unknown(), True)], 2),
    ],
)
def test_a_request_without_an_answer_is_looked_up_first(
    moods: list[tuple[Outcome, bool]], asked: int
) -> None:
    """Where it was done it is not asked again; where it was not, it is, once."""
    account = empty(moods=moods)
    assert set_up(account)[-1][1] == Done()
    assert account.asked == ["accounts"] * asked
    assert [queue.name for queue in account.named].count("accounts") == 1


def test_what_is_never_answered_is_told() -> None:
    """Twice without an answer and not done: said, and left for another time."""
    account = empty(moods=[(Unknown(), False), (Unknown(), False)])
    action, outcome = set_up(account)[-1]
    assert action == AddQueue("accounts", 1000)
    assert isinstance(outcome, NotDone)
    assert len(account.asked) == 2


def test_what_is_refused_is_told_and_the_rest_goes_on() -> None:
    """A refusal is not repeated, and what comes after it is done all the same."""
    account = empty(moods=[(NotDone("No."), False)])
    account.named.pop()
    outcomes = [outcome for _, outcome in set_up(account)]
    assert outcomes == [Done(), Done(), NotDone("No."), Done()]
    assert account.asked == ["accounts", "technical-en"]


def test_when_it_cannot_be_looked_up_it_is_not_repeated() -> None:
    """An unknown end and an account that is away: told as not known to be done, asked once."""
    account = empty(moods=[(Unknown(), True)])
    actions = planned(account)
    account.away = True
    outcome = list(carry_out(actions, account, lambda: planned(account)))[-1][1]
    assert outcome == NotDone("It is away.")
    assert account.asked == ["accounts"]

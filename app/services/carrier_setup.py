"""Setting the account up: the plan that takes the differences away, and carrying it out."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from app.faults import Fault
from app.ports.carrier_account import CarrierAccount, Done, NotDone, Unknown
from app.services.carrier_actions import Action
from app.services.carrier_check import Finding

_TRIES = 2


def plan(findings: Iterable[Finding]) -> tuple[Action, ...]:
    """What takes away the differences that can be taken away from here."""
    return tuple(finding.action for finding in findings if finding.action is not None)


def carry_out(
    actions: Iterable[Action], account: CarrierAccount, look: Callable[[], Sequence[Action]]
) -> Iterator[tuple[Action, Done | NotDone]]:
    """Do one after the other, and say of each what became of it.

    Args:
        actions: the plan.
        account: where it is done.
        look: gives the plan as it would be now. A request that may have been carried out is not repeated
            before this was asked: it is done when it is no longer planned.
    """
    for action in actions:
        yield action, _done(action, account, look)


def _done(action: Action, account: CarrierAccount, look: Callable[[], Sequence[Action]]) -> Done | NotDone:
    try:
        for _ in range(_TRIES):
            outcome = action.ask(account)
            if not isinstance(outcome, Unknown):
                return outcome
            if action not in look():
                return Done()
    except Fault as fault:
        return NotDone(fault.sentence)
    return NotDone("Twilio did not answer, and it is not done: try again later.")

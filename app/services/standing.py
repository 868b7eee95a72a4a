"""Whether the word of a first publisher, written down earlier, still counts when the second one agrees."""

from collections.abc import Callable
from dataclasses import dataclass

from app.access.model import Right, roles_for
from app.faults import Fault, FaultCode
from app.ports.accounts import Accounts

#: Whether the account of an id may publish at this moment.
StillPublishes = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Standing:
    """What accounts may do now, whatever they might when they said something."""

    accounts: Accounts

    def publishes(self, user: int) -> bool:
        """Whether an account is in use, has one-time codes and a role that publishes; 0: the command line.

        Raises:
            Fault: LEDGER_AWAY.
        """
        if not user:
            return True
        try:
            found = self.accounts.get(user).user
        except Fault as fault:
            if fault.code is FaultCode.NOT_FOUND:
                return False
            raise
        return found.active and found.has_code and found.role in roles_for(Right.PUBLISH)

"""Accounts as admins keep them. Every act is audited; the last active admin stays one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.hashing import Passwords
from app.access.model import Actor, Right, Role, roles_for
from app.access.names import folded, name_fault
from app.access.passwords import password_fault
from app.faults import Fault, FaultCode
from app.ports.accounts import Accounts, Enrolments, SessionRow, Sessions, User
from app.services.gate import Gate
from app.services.wrong import Wrong
from routing import zones


@dataclass(frozen=True, slots=True)
class AccountDesk:
    """What admins do with accounts; the pages' guard and the command line see to it that it is they."""

    accounts: Accounts
    enrolments: Enrolments
    sessions: Sessions
    gate: Gate
    passwords: Passwords

    def listed(self, text: str, *, limit: int, offset: int = 0) -> Sequence[User]:
        """Accounts whose name or role holds the text, by name."""
        return self.accounts.listed(text, limit=limit, offset=offset)

    def count(self, text: str) -> int:
        """How many ``listed`` gives in all."""
        return self.accounts.count(text)

    def who_can(self, right: Right, *, limit: int = 5) -> Sequence[str]:
        """The names of some active accounts whose role includes a right."""
        return [user.name for user in self.accounts.with_roles(roles_for(right), limit=limit)]

    def get(self, user: int) -> User:
        """An account; Fault NOT_FOUND."""
        return self.accounts.get(user).user

    def named(self, name: str) -> User:
        """The account of a name; Fault NOT_FOUND."""
        found = self.accounts.find(folded(name))
        if found is None:
            raise Fault(
                FaultCode.NOT_FOUND, f"There is no account {folded(name)}; see `callgate users list`."
            )
        return found.user

    def add(
        self, name: str, password: str, role: Role, *, actor: Actor, now: datetime, zone: str = "UTC"
    ) -> User | Wrong:
        """Add an account, its first password given."""
        name = folded(name)
        found = {
            "name": name_fault(name),
            "password": password_fault(password, name),
            "zone": zone_fault(zone),
        }
        faults = {field: sentence for field, sentence in found.items() if sentence}
        if faults:
            return Wrong(faults)
        hashed = self.passwords.hashed(password)
        added = self.accounts.add(name, role, hashed, actor=actor, now=now, zone=zone)
        return added or Wrong({"name": f"There is an account {name} already: choose another name."})

    def set_role(self, user: int, role: Role, *, actor: Actor, now: datetime) -> None:
        """Change a role; the account's sessions end. Fault NOT_FOUND, CONFLICT for the last active admin."""
        self.accounts.set_role(user, role, actor=actor, now=now)

    def set_active(self, user: int, *, active: bool, actor: Actor, now: datetime) -> None:
        """Let an account in, or not any more. Fault NOT_FOUND, CONFLICT for the last active admin."""
        self.accounts.set_active(user, active=active, actor=actor, now=now)

    def set_password(self, user: User, password: str, *, actor: Actor, now: datetime) -> Wrong | None:
        """Give an account another password; its sessions end."""
        wrong = password_fault(password, user.name)
        if wrong:
            return Wrong({"password": wrong})
        self.accounts.set_password(user.id, self.passwords.hashed(password), actor=actor, now=now)
        return None

    def reset_code(self, user: int, *, actor: Actor, now: datetime) -> None:
        """Take an account's one-time codes away, so that its owner can set them up anew; its sessions end.

        Raises:
            Fault: NOT_FOUND; NOT_YOURS for one's own, which asks for the password.
        """
        if user == actor.user:
            raise Fault(FaultCode.NOT_YOURS, "Your own one-time codes are changed under your account.")
        self.enrolments.remove(user, actor=actor, now=now)

    def sessions_of(self, user: int, now: datetime) -> Sequence[SessionRow]:
        """The sessions of an account that are not over, latest first."""
        return self.sessions.listed(user, now)

    def end_sessions(self, user: int, *, actor: Actor, now: datetime) -> int:
        """End an account's sessions; gives how many. Fault NOT_FOUND."""
        return self.sessions.end_all(user, actor=actor, now=now)

    def lift_wait(self, user: int, *, actor: Actor, now: datetime) -> None:
        """Let an account be tried again at once after too many failed tries. Fault NOT_FOUND."""
        self.gate.lift(self.get(user), actor=actor, now=now)


def zone_fault(zone: str) -> str:
    """What is wrong with the name of a zone, in words; "" when it is well."""
    return "" if zone in zones.names() else "There is no such zone: write it as in Europe/Rome or UTC."

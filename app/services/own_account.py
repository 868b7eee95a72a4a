"""One's own account: password, clock, one-time codes, sessions. Proofs are changed for the password only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.access.bearer import new_nonce
from app.access.hashing import Passwords
from app.access.model import Actor
from app.access.one_time import OneTimeCodes
from app.access.passwords import password_fault
from app.faults import Fault, FaultCode
from app.ports.accounts import Accounts, Credential, Enrolments, SessionRow, Sessions
from app.services.accounts import zone_fault
from app.services.gate import Gate
from app.services.sign_in import Denied
from app.services.wrong import Wrong


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One-time codes that are being set up, as an authenticator app takes them."""

    seed: str = field(repr=False)  # base32
    address: str = field(repr=False)  # otpauth://


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What people do with their own accounts."""

    accounts: Accounts
    enrolments: Enrolments
    sessions: Sessions
    gate: Gate
    passwords: Passwords
    codes: OneTimeCodes

    def change_password(
        self, present: str, new: str, again: str, *, actor: Actor, now: datetime
    ) -> Wrong | None:
        """Change the password; all other sessions end."""
        found = {
            "new": password_fault(new, actor.name),
            "again": "" if new == again else "This is not the same password as above.",
        }
        faults = {name: sentence for name, sentence in found.items() if sentence}
        if faults:
            return Wrong(faults)
        wrong = self._unproved(present, actor, now)
        if wrong is None:
            hashed = self.passwords.hashed(new)
            self.accounts.set_password(actor.user, hashed, actor=actor, now=now, keep=actor.session)
        return wrong

    def set_zone(self, zone: str, *, actor: Actor, now: datetime) -> Wrong | None:
        """Choose the clock that instants are shown on."""
        fault = zone_fault(zone)
        if fault:
            return Wrong({"zone": fault})
        self.accounts.set_zone(actor.user, zone, actor=actor, now=now)
        return None

    def begin_code(self, password: str, *, actor: Actor, now: datetime) -> Wrong | None:
        """Begin to set up one-time codes, the first or others; those there are count until it is done."""
        wrong = self._unproved(password, actor, now)
        if wrong is None:
            self.enrolments.prepare(actor.user, new_nonce())
        return wrong

    def pending(self, actor: Actor) -> Enrolment | None:
        """The codes that are being set up; None: none are."""
        found = self._own(actor)
        if not found.pending:
            return None
        return Enrolment(self.codes.seed(found.pending), self.codes.address(found.pending, found.user.name))

    def confirm_code(self, code: str, *, actor: Actor, now: datetime) -> Wrong | None:
        """Let the codes that are being set up count, and this session be strong; all other sessions end."""
        pending = self._own(actor).pending
        step = self.codes.step_of(pending, code, now) if pending else None
        if step is None:
            return Wrong(
                {"code": "This is not the code the app shows now. Is the clock of your device right?"}
            )
        if not self.enrolments.confirm(actor.user, pending, step, actor=actor, now=now):
            return Wrong({"code": "Other codes were begun meanwhile: start again."})
        return None

    def remove_code(self, password: str, *, actor: Actor, now: datetime) -> Wrong | None:
        """Take the one-time codes away; what needs them cannot be done any more, and other sessions end."""
        wrong = self._unproved(password, actor, now)
        if wrong is None:
            self.enrolments.remove(actor.user, actor=actor, now=now)
        return wrong

    def has_code(self, actor: Actor) -> bool:
        """Whether one-time codes are set up."""
        return self._own(actor).user.has_code

    def listed(self, actor: Actor, now: datetime) -> Sequence[SessionRow]:
        """The sessions that are not over, latest first."""
        return self.sessions.listed(actor.user, now)

    def end_session(self, session: int, *, actor: Actor, now: datetime) -> None:
        """End one of one's own sessions.

        Raises:
            Fault: NOT_FOUND for one of somebody else's, or none.
        """
        if session not in {row.id for row in self.listed(actor, now)}:
            raise Fault(FaultCode.NOT_FOUND, "You have no such session.")
        self.sessions.end(session, actor=actor, now=now)

    def end_others(self, *, actor: Actor, now: datetime) -> int:
        """End all of one's own sessions but the present one; gives how many."""
        return self.sessions.end_all(actor.user, actor=actor, now=now, keep=actor.session)

    def _own(self, actor: Actor) -> Credential:
        return self.accounts.get(actor.user)

    def _unproved(self, password: str, actor: Actor, now: datetime) -> Wrong | None:
        """Why somebody has not proved to be the account's owner; a session left open is no proof."""
        found = self._own(actor)
        seconds = self.gate.wait(found.user.name, actor.where, now)
        if seconds:
            return Wrong({"password": Denied(seconds).sentence})
        if not self.passwords.same(found.password, password):
            return Wrong({"password": "This is not your present password."})
        self.gate.passed(found.user.name, actor.where)
        return None

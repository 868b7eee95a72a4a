"""Agents: accounts that take calls, with their skills, where they are reached, and whether on duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.access.model import Actor
from app.handover.model import Duty
from app.handover.skills import Skills

#: An agent whose desk has not asked for news this long is not at it.
AT_THE_DESK = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Agent:
    """An account as an agent."""

    user: int
    name: str
    skills: Skills
    reach: str  # number:+E164 or sip:...; empty: nowhere yet
    duty: Duty
    duty_since: datetime
    seen_at: datetime | None
    handover: str  # the one they are in; empty: none
    wraps_up: str  # the handover they write about

    def on_duty(self, now: datetime) -> bool:
        """Whether they are signed in and take calls, now or after the one they have."""
        here = self.seen_at is not None and now - self.seen_at <= AT_THE_DESK
        return bool(self.reach) and self.duty is not Duty.AWAY and (here or bool(self.handover))

    def free(self, now: datetime) -> bool:
        """Whether they could take a call at this moment."""
        return self.on_duty(now) and not self.handover and self.duty is Duty.AVAILABLE


class Agents(Protocol):
    """Agents. Every method may raise Fault LEDGER_AWAY."""

    def get(self, user: int) -> Agent:
        """The agent an account is; one without skills where nobody gave it any. Fault NOT_FOUND."""
        ...

    def listed(self) -> Sequence[Agent]:
        """Every active account whose role handles calls, by name."""
        ...

    def on_duty(self, now: datetime) -> Sequence[Agent]:
        """Those who are on duty."""
        ...

    def set_skills(self, user: int, skills: Skills, *, actor: Actor, now: datetime) -> None:
        """Say what an agent can take; Fault NOT_FOUND."""
        ...

    def set_reach(self, user: int, reach: str, *, actor: Actor, now: datetime) -> None:
        """Say where an agent is rung; Fault NOT_FOUND, CONFLICT while they are in a call."""
        ...

    def set_duty(self, user: int, duty: Duty, now: datetime) -> None:
        """Go on duty, away, or back after wrapping up."""
        ...

    def seen(self, user: int, now: datetime) -> None:
        """Note that an agent's desk asked for news."""
        ...

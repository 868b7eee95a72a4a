"""Agents on SQL: accounts whose role handles calls, with what they can take and whether they are there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, select, update
from sqlalchemy.orm import Session

from app.access.model import Actor, Right, roles_for
from app.adapters.sql.account_rows import UserEntry
from app.adapters.sql.acts import write_act
from app.adapters.sql.handover_rows import AgentEntry, HandoverEntry, LegEntry
from app.adapters.sql.locks import insert_or_keep
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.handover.model import Duty, LegState, TalkState
from app.handover.skills import Skills
from app.ports.agents import Agent

_NOBODY = Skills(frozenset(), frozenset())


class SqlAgents:
    """``app.ports.agents.Agents`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def get(self, user: int) -> Agent:
        """The agent an account is; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            return agent_of(session, user)

    def listed(self) -> Sequence[Agent]:
        """Every active account whose role handles calls, by name."""
        with self._transactions.reading() as session:
            return _agents(session, _query().order_by(UserEntry.name))

    def on_duty(self, now: datetime) -> Sequence[Agent]:
        """Those who are on duty."""
        return [agent for agent in self.listed() if agent.on_duty(now)]

    def set_skills(self, user: int, skills: Skills, *, actor: Actor, now: datetime) -> None:
        """Say what an agent can take."""
        with self._transactions.writing() as session:
            before, entry = agent_of(session, user), own_agent(session, user, now)
            entry.departments = " ".join(sorted(skills.departments))
            entry.languages = " ".join(sorted(skills.languages))
            words = _words(before.skills), _words(skills)
            write_act(session, actor, now, "skills_changed", before.name, before=words[0], after=words[1])

    def set_reach(self, user: int, reach: str, *, actor: Actor, now: datetime) -> None:
        """Say where an agent is rung; Fault CONFLICT while they are in a call."""
        with self._transactions.writing() as session:
            before, entry = agent_of(session, user), own_agent(session, user, now)
            if before.handover:
                raise Fault(FaultCode.CONFLICT, "You are in a call: change where you are reached after it.")
            entry.reach = reach
            write_act(session, actor, now, "reach_changed", before.name, before=before.reach, after=reach)

    def set_duty(self, user: int, duty: Duty, now: datetime) -> None:
        """Go on duty, away, or back after wrapping up."""
        with self._transactions.writing() as session:
            entry = own_agent(session, user, now)
            if entry.duty != duty:
                entry.duty, entry.duty_since = duty.value, now
            if duty is Duty.AVAILABLE:
                entry.wraps_up = ""

    def seen(self, user: int, now: datetime) -> None:
        """Note that an agent's desk asked for news."""
        with self._transactions.writing() as session:
            session.execute(update(AgentEntry).where(AgentEntry.user_id == user).values(seen_at=now))


def own_agent(session: Session, user: int, now: datetime) -> AgentEntry:
    """An agent's row, held until the transaction ends; made where there is none yet."""
    row = {"user_id": user, "departments": "", "languages": "", "reach": ""}
    insert_or_keep(session, AgentEntry, row | {"duty": Duty.AWAY.value, "duty_since": now})
    query = select(AgentEntry).where(AgentEntry.user_id == user).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def takes_calls(session: Session, user: int) -> bool:
    """Whether an account is in use, with a role that handles calls."""
    return session.execute(_query().where(UserEntry.id == user)).first() is not None


def agent_of(session: Session, user: int) -> Agent:
    """The agent an account is; Fault NOT_FOUND where its role takes no calls."""
    found = _agents(session, _query().where(UserEntry.id == user))
    if not found:
        raise Fault(FaultCode.NOT_FOUND, "There is no agent of this account.")
    return found[0]


def _query() -> Select[*tuple[Any, ...]]:
    handles = UserEntry.role.in_([role.value for role in roles_for(Right.HANDLE)])
    return (
        select(UserEntry, AgentEntry)
        .join(AgentEntry, AgentEntry.user_id == UserEntry.id, isouter=True)
        .where(handles, UserEntry.active)
    )


def _agents(session: Session, query: Select[*tuple[Any, ...]]) -> list[Agent]:
    rows = session.execute(query.execution_options(populate_existing=True)).all()
    query = (
        select(LegEntry.user_id, LegEntry.handover_id)
        .join(HandoverEntry, HandoverEntry.id == LegEntry.handover_id)
        .where(LegEntry.state != LegState.OVER, LegEntry.user_id.is_not(None))
        .where(HandoverEntry.state != TalkState.OVER)
    )
    busy = {row.user_id: row.handover_id for row in session.execute(query)}
    return [_agent(row, busy.get(row[0].id, "")) for row in rows]


def _agent(row: Row[*tuple[Any, ...]], handover: str) -> Agent:
    user, entry = row
    if entry is None:
        return Agent(user.id, user.name, _NOBODY, "", Duty.AWAY, user.created_at, None, handover, "")
    skills = Skills(frozenset(entry.departments.split()), frozenset(entry.languages.split()))
    return Agent(
        user=user.id,
        name=user.name,
        skills=skills,
        reach=entry.reach,
        duty=Duty(entry.duty),
        duty_since=entry.duty_since,
        seen_at=entry.seen_at,
        handover=handover,
        wraps_up=entry.wraps_up,
    )


def _words(skills: Skills) -> str:
    return f"{' '.join(sorted(skills.departments))}; {' '.join(sorted(skills.languages))}"

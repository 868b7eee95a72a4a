"""Agents: what they can take, where they are rung, and whether they are there."""

import threading
from datetime import timedelta

import pytest

from app.access.model import Role
from app.faults import Fault, FaultCode
from app.handover.model import Disposition, Duty, LegEnd
from app.handover.skills import Skills
from app.ports.agents import AT_THE_DESK
from tests.integration.handover.desk import OPERATOR, Desk
from tests.integration.people import People
from tests.integration.threads import at_once

INSTANT = timedelta(microseconds=1)
SKILLS = Skills(frozenset({"technical", "billing"}), frozenset({"it", "de"}))


def fault_of(act: object) -> FaultCode:
    with pytest.raises(Fault) as caught:
        act()  # type: ignore[operator]  # a lambda of the test
    return caught.value.code


def test_an_account_nobody_said_anything_of(desk: Desk) -> None:
    """It can take nothing, is reached nowhere, and is away."""
    user = desk.account("newcomer")
    agent = desk.agents.get(user)
    assert (agent.user, agent.name, agent.reach, agent.duty) == (user, "newcomer", "", Duty.AWAY)
    assert not agent.skills.departments | agent.skills.languages
    assert not agent.on_duty(desk.now)
    assert [one.user for one in desk.agents.listed()] == [user]


def test_only_roles_that_handle_calls(desk: Desk) -> None:
    """Agents, supervisors and admins are agents, by name; others are none, nor are switched-off accounts."""
    users = {role: desk.account(f"a-{role}", role) for role in Role}
    gone = desk.account("gone")
    desk.accounts.set_active(gone, active=False, actor=OPERATOR, now=desk.now)
    names = [f"a-{role}" for role in (Role.ADMIN, Role.AGENT, Role.SUPERVISOR)]
    assert [one.name for one in desk.agents.listed()] == names
    for user in (users[Role.VIEWER], users[Role.PUBLISHER], gone, 9999):
        assert fault_of(lambda user=user: desk.agents.get(user)) is FaultCode.NOT_FOUND


def test_skills_and_reach(desk: Desk) -> None:
    """What is said of an agent is kept, the last word counts, and the audit tells who said it."""
    user = desk.account("ana")
    desk.agents.set_skills(user, SKILLS, actor=OPERATOR, now=desk.now)
    desk.agents.set_reach(user, "sip:ana@example.com", actor=OPERATOR, now=desk.now)
    agent = desk.agents.get(user)
    assert (agent.skills, agent.reach) == (SKILLS, "sip:ana@example.com")
    fewer = Skills(frozenset(), frozenset({"it"}))
    desk.agents.set_skills(user, fewer, actor=OPERATOR, now=desk.now)
    assert desk.agents.get(user).skills == fewer
    acts = [what for _, what, _ in People(desk.engine).audited()]
    assert acts[-3:] == ["skills_changed", "reach_changed", "skills_changed"]
    for act in (
        lambda: desk.agents.set_skills(9999, SKILLS, actor=OPERATOR, now=desk.now),
        lambda: desk.agents.set_reach(9999, "sip:x@example.com", actor=OPERATOR, now=desk.now),
    ):
        assert fault_of(act) is FaultCode.NOT_FOUND


def test_the_first_word_of_many_at_once(desk: Desk, desks: list[Desk]) -> None:
    """Somebody new whose desk opens in five windows at once is one agent; none of them fails."""
    user = desk.account("ana")
    at_once(5, lambda number: desks[number].agents.set_duty(user, Duty.AVAILABLE, desk.now))
    assert desk.agents.get(user).duty is Duty.AVAILABLE


def test_duty(desk: Desk) -> None:
    """Since when is kept as long as the duty does not change."""
    user, since = desk.agent(), desk.now
    desk.passes(minutes=1)
    desk.agents.set_duty(user, Duty.AVAILABLE, desk.now)
    assert desk.agents.get(user).duty_since == since
    desk.agents.set_duty(user, Duty.AWAY, desk.now)
    assert (desk.agents.get(user).duty, desk.agents.get(user).duty_since) == (Duty.AWAY, desk.now)


def test_who_is_at_the_desk(desk: Desk) -> None:
    """A desk that has not asked for news for longer than a minute is empty, till it asks again."""
    user = desk.agent()
    desk.clock.moves(AT_THE_DESK)
    assert [one.user for one in desk.agents.on_duty(desk.now)] == [user]
    desk.clock.moves(INSTANT)
    assert desk.agents.on_duty(desk.now) == []
    desk.agents.seen(user, desk.now)
    assert desk.agents.get(user).free(desk.now)


def test_who_talks_is_on_duty(desk: Desk) -> None:
    """In a call nobody asks a desk for news: who is in one is there, though not free."""
    user = desk.agent()
    desk.enters()
    desk.talks(user)
    desk.passes(minutes=20)
    assert [one.user for one in desk.agents.on_duty(desk.now)] == [user]
    assert not desk.agents.get(user).free(desk.now)
    assert (
        fault_of(lambda: desk.agents.set_reach(user, "sip:x@example.com", actor=OPERATOR, now=desk.now))
        is FaultCode.CONFLICT
    )


def test_writing_it_up(desk: Desk) -> None:
    """After a call its agent, and nobody else, writes what it was about, and is available again."""
    ana, bob = desk.agent("ana"), desk.agent("bob")
    desk.enters()
    talking = desk.talks(ana)
    desk.handovers.over(talking.legs[0].id, LegEnd.ENDED, desk.now)

    def writes(user: int, name: str) -> None:
        by = desk.actor(user, name)
        desk.handovers.wrap_up(talking.id, Disposition.SOLVED, "done \x00", actor=by, now=desk.now)

    assert fault_of(lambda: writes(bob, "bob")) is FaultCode.NOT_YOURS
    writes(ana, "ana")
    agent = desk.agents.get(ana)
    assert (agent.duty, agent.wraps_up) == (Duty.AVAILABLE, "")
    assert desk.handovers.get(talking.id).disposition == Disposition.SOLVED


def test_reading_while_others_write(desk: Desk, desks: list[Desk]) -> None:
    """The list of agents can be read at any time, whatever is being written."""
    user, over = desk.agent(), threading.Event()

    def act(number: int) -> None:
        if number:
            desks[number].agents.seen(user, desk.now)
            over.set()
        else:
            while not over.is_set():
                assert len(desks[0].agents.listed()) == 1

    at_once(3, act)

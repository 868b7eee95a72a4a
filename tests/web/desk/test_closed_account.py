"""An agent's account is closed while they are in a call, or are about to take one."""

from app.access.model import operator
from app.handover.model import Duty, TalkState
from app.simulator.call import CallInProgress
from tests.web.conftest import Desk
from tests.web.desk.conftest import Seat


def close(desk: Desk, *, active: bool = False) -> int:
    """An admin closes the agent's account, or opens it again."""
    user = desk.services.sql.accounts.find("agent")
    assert user is not None
    now = desk.services.clock.now()
    desk.services.sql.accounts.set_active(user.user.id, active=active, actor=operator("test"), now=now)
    return user.user.id


def test_in_a_conversation(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """The pages are closed at once; the caller is not cut off, and hears what follows a call at its end."""
    at = seat.takes()
    close(desk)
    for shown in (seat.get(at), seat.reader.post(f"{at}/hold")):
        assert "/ops/sign-in" in shown.headers["Location"]
    caller.talks_with(seat.person)
    seat.person.hangs_up()
    caller.hears("Un'ultima domanda").presses("4").is_over()
    talk = desk.services.handover.stores.handovers.get(at.rpartition("/")[2])
    assert talk.state is TalkState.OVER
    user = close(desk, active=True)
    agent = desk.services.handover.stores.agents.get(user)
    assert (agent.duty, agent.handover) == (Duty.WRAP_UP, "")


def test_while_the_phone_rings(desk: Desk, seat: Seat, caller: CallInProgress) -> None:
    """1 is not taken from them any more: the caller notices nothing and waits for somebody else."""
    seat.does("/desk/next")
    seat.person.answers().hears("non verificata")
    close(desk)
    seat.person.presses("1").is_over()
    assert not caller.over
    assert desk.services.handover.stores.agents.on_duty(desk.services.clock.now()) == []
    [wait] = desk.services.handover.stores.waiting.open(desk.services.clock.now())
    assert wait.state == "waiting"

"""What is recorded of a call's course, as the phone lived it."""

import pytest

from app.adapters.sql.records import SqlRecords
from app.factory.services import Services
from app.ports.records import Outcome, Recorded
from app.simulator.agents import Agent
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from routing.table import Queue
from tests.calls.desk import CallCentre
from tests.calls.test_transfers import TECHNICIAN
from tests.calls.ways import FRANCE, ITALY, UNREGISTERED, asks_who, call_id, publish


def recorded(services: Services, call: CallInProgress) -> Recorded:
    """The call's row, found as the desks find it."""
    since = services.clock.now().replace(year=2000)
    rows = [
        row
        for territory in ("IT", "FR")
        for row in SqlRecords(services.sql.engine).of_territory(territory, since, limit=10)
    ]
    return next(row for row in rows if row.call_id == call_id(services, call))


def test_a_call_that_is_dialled_through(phone: Phone, services: Services) -> None:
    """The wait lasts from handing over to the agent's answer, however long they talk; the end is kept."""
    phone.agents[TECHNICIAN] = Agent(rings=21)
    call = asks_who(phone).presses("0#").waits(300).hangs_up()
    row = recorded(services, call)
    assert row.outcome is Outcome.CONNECTED
    assert 21 <= (row.wait_seconds or 0) <= 40
    assert (row.asked_department, row.asked_language, row.met) == ("technical", "it", "open")
    assert (row.table_version, row.queue) == (1, "technical-it")
    assert row.decided_at is not None
    assert row.connected_at is not None
    assert row.ended_at is not None
    assert (row.ended_at - row.connected_at).total_seconds() >= 300


def test_a_call_that_waits_in_a_queue(phone: Phone, services: Services) -> None:
    """In the carrier's queue, too, the wait ends when an agent takes the caller."""
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").waits(200)
    phone.takes_from("technical-fr")
    row = recorded(services, call.waits(100).hangs_up())
    assert row.outcome is Outcome.CONNECTED
    assert 200 <= (row.wait_seconds or 0) <= 260


@pytest.mark.parametrize("line", [ITALY, FRANCE])
def test_a_caller_who_tires(phone: Phone, services: Services, line: str) -> None:
    """Who hangs up while it rings, or in the queue, is abandoned, at the queue that was waited for."""
    phone.agents[TECHNICIAN] = Agent.no_answer()
    call = phone.dials(line, ani=UNREGISTERED).follows("1 1")
    call.will_hang_up_in(25)
    call.presses("0#")
    row = recorded(services, call.hangs_up())
    assert (row.outcome, row.wait_seconds) == (Outcome.ABANDONED, None)
    assert row.queue == ("technical-it" if line == ITALY else "technical-fr")


def test_who_is_to_be_called_back_did_not_give_up(
    phone: Phone, services: Services, centre: CallCentre
) -> None:
    """A booked call back is no abandoned call, neither in the report nor in the queue's live numbers."""
    centre.agent("ana", "fr").stays()
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").presses("1").presses("1").is_over()
    assert recorded(services, call).outcome is Outcome.CALLBACK
    numbers = centre.work.conversations.reading.numbers(services.clock.now().replace(hour=0))
    assert [(one.waiting, one.abandoned) for one in numbers] == [(0, 0)]


def test_who_left_a_message_did_not_give_up(phone: Phone, services: Services) -> None:
    """Nor is a call that ends with a message."""
    publish(services, queues=(Queue("technical-fr", overflow="voicemail"),))
    call = phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#").speaks(12).presses("#").is_over()
    assert recorded(services, call).outcome is Outcome.MESSAGE


def test_a_caller_who_is_told_to_call_again(phone: Phone, services: Services) -> None:
    """A closed desk is recorded as asked for and met; what was taken instead as well."""
    phone.clock.advance(14 * 3600)  # Saturday, one in the morning in Rome
    call = phone.dials(ITALY, ani=UNREGISTERED).follows("1 2").hangs_up()
    row = recorded(services, call)
    assert (row.outcome, row.asked_department) == (Outcome.CLOSED, "billing")
    assert row.met in {"all_closed", "other_language_open", "other_department_open"}
    assert row.queued_at is None


def test_a_caller_who_leaves_early(phone: Phone, services: Services) -> None:
    """Who hangs up before asking for a desk has asked for none."""
    row = recorded(services, phone.dials(ITALY, ani=UNREGISTERED).presses("1").hangs_up())
    assert (row.outcome, row.met, row.asked_department) == (Outcome.LEFT, "", "")

"""Several calls on one clock: what happens in which order, while somebody acts and while nobody does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.simulator.agents import Agent
from app.simulator.clock import RunningClock, SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transport import over_wsgi
from app.simulator.webhooks import Account

LISTENS = "<Response><Gather action='/turn' numDigits='1' timeout='{}'/><Say>Too late</Say></Response>"
QUEUED = "<Response><Enqueue waitUrl='/wait'>desk</Enqueue></Response>"
WAIT = "<Response><Play>/m.mp3</Play></Response>"
DESK = "+390612345678"


def test_other_calls_go_on_while_one_waits(line: Any) -> None:
    """The time that one caller waits passes for the others, too, to the second."""
    here = line({"/voice/incoming": LISTENS.format(30), "/turn": "<Response/>"})
    first = here.dials().waits(10)
    second = here.dials()
    second.waits(19)
    first.is_listening()
    second.waits(2)
    assert first.said == "Too late"
    second.is_listening()


def test_wait_documents_of_many_calls_are_asked_for_in_order_of_time(line: Any) -> None:
    """Each round of music ends when it ends, whoever lets the time pass."""
    here = line({"/voice/incoming": QUEUED, "/wait": WAIT})
    calls = [here.dials() for _ in range(3)]
    begun = len(here.app.forms("/wait"))
    here.phone.passes(63)
    assert len(here.app.forms("/wait")) - begun == 9
    times = [entry.at for entry in here.phone.transcript.entries]
    assert times == sorted(times)
    assert all(call.leg.connected_to == "queue:desk" for call in calls)


def test_what_ends_together_ends_in_order_of_creation(line: Any) -> None:
    """At the same instant the older call comes first."""
    here = line({"/voice/incoming": LISTENS.format(20), "/turn": "<Response/>"})
    first, second = here.dials(), here.dials()
    here.phone.passes(20)
    said = [entry.leg for entry in here.phone.transcript.entries if entry.text == "Too late"]
    assert said == [first.sid, second.sid]


def test_hanging_up_comes_before_what_ends_at_the_same_instant(line: Any) -> None:
    """Who hangs up at the very instant a silence ends is gone before it."""
    here = line({"/voice/incoming": LISTENS.format(20), "/turn": "<Response/>"})
    call = here.dials().will_hang_up_in(20).waits(20).is_over()
    call.does_not_hear("too late")


def test_a_script_goes_on_while_another_caller_acts(line: Any) -> None:
    """An agent answers, presses and hangs up while somebody else waits on another call."""
    dial = f"<Response><Dial action='/after'><Number url='/whisper'>{DESK}</Number></Dial></Response>"
    whisper = "<Response><Gather action='/yes' numDigits='1' timeout='5'/><Hangup/></Response>"
    here = line(
        {"/voice/incoming": dial, "/whisper": whisper, "/yes": "<Response/>", "/after": "<Response/>"},
        agents={DESK: Agent(rings=8, talks=60)},
    )
    talking = here.dials()
    here.app.documents["/voice/incoming"] = QUEUED
    here.app.documents["/wait"] = WAIT
    here.dials().waits(70)
    assert talking.over
    assert here.app.forms("/after")[0]["DialCallDuration"] == "61"


def test_chores_run_after_each_step_and_act(line: Any) -> None:
    """What the application does in the background is done after whatever happens, at that instant."""
    here = line({"/voice/incoming": LISTENS.format(20), "/turn": "<Response><Say>Thanks</Say></Response>"})
    done: list[tuple[datetime, int]] = []
    here.phone.chores.append(lambda: done.append((here.clock.now(), len(here.app.posted))))
    call = here.dials()
    assert done[-1][1] == 1
    call.presses("1")
    assert any(posted == 2 for _, posted in done)
    assert done[-1] == (here.clock.now(), 3)


def test_chores_run_until_they_cause_nothing(line: Any) -> None:
    """What a chore causes is done before the next step; chores that never cease to are found out."""
    here = line({"/voice/incoming": LISTENS.format(20), "/turn": "<Response/>"})
    done: list[str] = []
    left = ["c", "b", "a"]
    scheduler = here.phone.exchange.scheduler

    def chore() -> None:
        if left:
            scheduler.soon(lambda: done.append(left.pop()))

    here.phone.chores.append(chore)
    here.phone.passes(0)
    assert done == ["a", "b", "c"]
    here.phone.chores.append(lambda: scheduler.soon(lambda: None))
    with pytest.raises(AssertionError, match="circles"):
        here.phone.passes(0)


def test_running_until_an_instant_acts_for_nobody(line: Any) -> None:
    """runs_until lets everything happen up to the instant, and stands there."""
    here = line({"/voice/incoming": LISTENS.format(20), "/turn": "<Response/>"})
    call = here.dials()
    until = here.clock.now() + timedelta(seconds=19.5)
    here.phone.runs_until(until)
    call.is_listening()
    assert here.clock.now() == until
    here.phone.runs_until(until + timedelta(seconds=10))
    assert call.over


def running(line: Any) -> tuple[Any, Phone, SimulatedClock]:
    """A phone whose clock somebody else moves."""
    here = line({"/voice/incoming": LISTENS.format(20), "/turn": "<Response><Say>Thanks</Say></Response>"})
    moved = SimulatedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    account = Account(token="token", public_url="https://callgate.example")
    return here.app, Phone(over_wsgi(here.app), account, RunningClock(moved)), moved


def test_a_clock_that_runs_by_itself_is_followed(line: Any) -> None:
    """With a running clock nothing happens before its time, and acts do not make time pass."""
    _, phone, moved = running(line)
    call = phone.dials(DESK, ani="+390698765432")
    moved.advance(19)
    phone.runs_until(phone.clock.now())
    call.is_listening()
    moved.advance(1.5)
    phone.runs_until(phone.clock.now())
    assert call.said == "Too late"
    assert not call.over
    moved.advance(1)
    phone.runs_until(phone.clock.now())
    assert call.over


def test_what_is_due_on_a_running_clock_comes_before_an_act(line: Any) -> None:
    """A key that comes after the silence was over is pressed to whatever goes on by then."""
    app, phone, moved = running(line)
    call = phone.dials(DESK, ani="+390698765432")
    moved.advance(19)
    call.presses("1").hears("thanks")
    assert app.forms("/turn")[0]["Digits"] == "1"
    late = phone.dials(DESK, ani="+390698765432")
    moved.advance(21)
    with pytest.raises(AssertionError, match="nothing listens"):
        late.presses("1")


def test_a_running_clock_cannot_be_moved(line: Any) -> None:
    """Nobody makes time pass on a clock that runs by itself, and nothing happens before its time."""
    _, phone, _ = running(line)
    call = phone.dials(DESK, ani="+390698765432")
    for act in (lambda: phone.clock.advance(5), lambda: call.waits(5), call.stays_silent):
        with pytest.raises(ValueError, match="runs by itself"):
            act()
    phone.runs_until(phone.clock.now() + timedelta(seconds=60))
    call.is_listening()


def test_alarms_do_not_pile_up(line: Any) -> None:
    """However long many calls wait, the scheduler holds one end for each, not one for each moment."""
    here = line({"/voice/incoming": QUEUED, "/wait": WAIT})
    for _ in range(20):
        here.dials()
    here.phone.passes(1200)
    assert len(here.phone.exchange.scheduler._due) <= 2 * 20

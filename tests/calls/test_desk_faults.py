"""The carrier's REST API is in trouble at each moment at which it is asked for something."""

import threading

import pytest

from app.access.model import operator
from app.adapters.local_carrier import LocalHttp
from app.adapters.sql.interpreters import SqlInterpreters
from app.factory.services import Services
from app.handover.model import Duty
from app.simulator.agents import Agent
from app.simulator.conduct import Conduct
from app.simulator.phone import Phone
from app.simulator.rest_door import RestDoor
from routing.table import Queue
from tests.calls.desk import CallCentre
from tests.calls.inbox import Inbox
from tests.calls.phones import goes_on
from tests.calls.trouble_with_carrier import MOMENTS, Moment, Scene
from tests.calls.ways import publish

NIGHT = "+12025550144"
EACH = pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS.keys())


@pytest.fixture
def scene(phone: Phone, centre: CallCentre, inbox: Inbox) -> Scene:
    """Two agents who stay at their desks."""
    ana, bob = centre.agent("ana", "fr", "en", "it"), centre.agent("bob", "fr", "en", "it")
    ana.stays()
    bob.stays()
    return Scene(phone, ana, bob, inbox)


def tries(phone: Phone, moment: Moment, since: int) -> list[bool]:
    """The requests of a moment, and whether each was carried out."""
    return [one.accepted for one in phone.rest.received[since:] if moment.is_it(one)]


def goes_through(scene: Scene, moment: Moment, conduct: Conduct) -> list[bool]:
    """Let a moment's request meet with a conduct; gives what became of each try."""
    story = moment.story(scene)
    next(story)
    since = len(scene.phone.rest.received)
    scene.phone.rest.will(*moment.conducts(conduct))
    next(story)
    goes_on(scene.phone, 9)
    made = tries(scene.phone, moment, since)
    assert next(story, None) is None
    return made


@EACH
def test_carried_out_and_never_answered(scene: Scene, moment: Moment) -> None:
    """What may have been carried out is looked up, and not asked for a second time."""
    assert goes_through(scene, moment, Conduct.HANGS) == [True]


@EACH
def test_lost_on_the_way(scene: Scene, moment: Moment) -> None:
    """What was never answered and not carried out either is asked for again, once."""
    assert goes_through(scene, moment, Conduct.LOSES) == ([False] if moment.moot else [False, True])


@pytest.mark.parametrize("name", ["an agent is rung", "a caller is fetched"])
@pytest.mark.parametrize("conduct", [Conduct.TOO_MANY, Conduct.BREAKS])
def test_not_now(scene: Scene, name: str, conduct: Conduct) -> None:
    """After 429 and 500 it is asked for again, once."""
    assert goes_through(scene, MOMENTS[name], conduct) == [False, True]


@EACH
def test_away(scene: Scene, moment: Moment, services: Services) -> None:
    """Nothing is reached for a while: the board says so until the carrier is back, and all goes on."""
    story = moment.story(scene)
    next(story)
    since = len(scene.phone.rest.received)
    scene.phone.rest.away = True
    next(story)
    goes_on(scene.phone, 5)
    assert scene.ana.work.desk.board(scene.ana.actor).away_since is not None
    assert scene.phone.failures == []
    scene.phone.rest.away = False
    goes_on(scene.phone, 11)
    assert scene.ana.work.desk.board(scene.ana.actor).away_since is None
    assert tries(scene.phone, moment, since) == [True]
    assert next(story, None) is None


def test_a_caller_who_cannot_be_fetched(scene: Scene, services: Services) -> None:
    """The agent pressed 1 and the carrier is away for long: a minute later the caller goes to the backup."""
    publish(services, queues=(Queue("technical-fr", backup=f"number:{NIGHT}"),))
    scene.phone.agents[NIGHT] = Agent()
    call = scene.stranger()
    scene.ana.takes_next()
    scene.ana.person.answers()
    scene.phone.rest.away = True
    scene.ana.person.presses("1")
    goes_on(scene.phone, 50)
    call.is_transferred_to("technical-fr")
    goes_on(scene.phone, 60)
    assert call.leg.connected_to == f"number:{NIGHT}"
    scene.phone.rest.away = False
    goes_on(scene.phone, 40)
    assert scene.ana.person.over


def test_the_last_agent_leaves_while_the_carrier_is_away(scene: Scene) -> None:
    """It was not told that the conference ends with the other one: it is ended, and what follows is heard."""
    call = scene.talking()
    desk, talk = scene.ana.work.desk, scene.ana.handover.id
    desk.to_agent(scene.ana.actor, talk, scene.bob.actor.user, takes_over=True)
    scene.bob.person.answers().presses("1")
    call.talks_with(scene.ana.person, scene.bob.person)
    scene.phone.rest.away = True
    scene.ana.person.hangs_up()
    goes_on(scene.phone, 3)
    scene.bob.person.hangs_up()
    goes_on(scene.phone, 3)
    scene.phone.rest.away = False
    goes_on(scene.phone, 11)
    call.does_not_hear("kept your place").hears("One question before you go").presses("5").is_over()


class Killed(BaseException):
    """The worker dies."""


class Dying:
    """A way to the carrier on which the worker that asks dies, before or after its request is there."""

    def __init__(self, door: RestDoor, *, asks: bool) -> None:
        self.door, self.asks = door, asks

    def exchange_request(self, method: str, url: str, body: str, authorization: str) -> tuple[int, str]:
        if self.asks:
            self.door.exchange_request(method, url, body, authorization)
        raise Killed


@pytest.mark.parametrize("asks", [True, False])
def test_a_worker_killed_while_it_asks(
    scene: Scene, services: Services, line_to_carrier: LocalHttp, *, asks: bool
) -> None:
    """What it had claimed is given to the next one after its lease, which rings the agent once in all."""
    phone, asking = scene.phone, services.handover.asking
    call, door = scene.stranger(), RestDoor(phone.rest)
    phone.chores.remove(services_ask := phone.chores[0])
    scene.ana.takes_next()
    line_to_carrier.door = Dying(door, asks=asks)
    with pytest.raises(Killed):
        asking.turn(services.clock.now())
    line_to_carrier.door = door
    phone.chores.append(services_ask)
    goes_on(phone, 24)
    assert len(phone.rest.calls) == int(asks)
    goes_on(phone, 7)
    assert len(phone.rest.calls) == 1
    if not asks:  # else it has rung in vain by now, as it would have
        scene.ana.person.answers().presses("1")
        call.talks_with(scene.ana.person)


@pytest.mark.provokes
def test_a_member_gone_meanwhile(scene: Scene) -> None:
    """Who left the queue before the agent's 1 came through is not fetched; the agent hears so and is free."""
    call = scene.stranger()
    scene.ana.takes_next()
    scene.ana.person.answers()
    [queue] = [one for one in scene.phone.exchange.queues.values() if one.members]
    taken = queue.takes(call.sid)  # by somebody else at the carrier, who has told nobody
    assert taken is not None
    scene.ana.person.presses("1").hears("n'est plus en ligne").is_over()
    [refused] = [one for one in scene.phone.rest.received if one.refused]
    assert refused.path.endswith(f"/Members/{call.sid}.json")
    assert scene.ana.work.stores.agents.get(scene.ana.actor.user).duty is Duty.AVAILABLE


def test_one_interpreter_for_two_conversations(scene: Scene, services: Services) -> None:
    """A call that was placed for another conversation is not taken for the one whose answer was lost."""
    interpreters, now = SqlInterpreters(services.sql.engine), services.clock.now()
    interpreters.add("pl", "Zofia", "number:+12025550166", actor=operator("test"), now=now)
    [zofia] = interpreters.listed("pl")
    zofias = scene.phone.person("+12025550166")
    first = scene.talking()
    second = scene.stranger()
    scene.bob.takes()
    scene.ana.work.desk.add_interpreter(scene.ana.actor, scene.ana.handover.id, zofia.id)
    assert zofias.rings
    scene.phone.rest.will(Conduct.LOSES)
    scene.bob.work.desk.add_interpreter(scene.bob.actor, scene.bob.handover.id, zofia.id)
    goes_on(scene.phone, 3)
    sids = [leg.call_sid for agent in (scene.ana, scene.bob) for leg in agent.handover.legs]
    assert len(set(sids)) == 4
    zofias.answers().presses("1")
    first.talks_with(scene.ana.person, zofias)
    second.talks_with(scene.bob.person)


class Noticing:
    """A way to the carrier that says when it was used."""

    def __init__(self, door: RestDoor) -> None:
        self.door, self.used = door, threading.Event()

    def exchange_request(self, method: str, url: str, body: str, authorization: str) -> tuple[int, str]:
        self.used.set()
        return self.door.exchange_request(method, url, body, authorization)


def test_one_process_alone_finds_that_the_carrier_is_back(
    scene: Scene, services: Services, line_to_carrier: LocalHttp
) -> None:
    """Without any worker, and with nothing to be asked, the thread that asks looks whether it is back."""
    phone = scene.phone
    call = scene.stranger()
    phone.rest.away = True
    scene.ana.takes_next()
    goes_on(phone, 5)
    call.hangs_up()
    phone.chores.clear()
    phone.rest.away = False
    phone.clock.advance(60)
    line_to_carrier.door = noticing = Noticing(RestDoor(phone.rest))
    assert services.handover.carrier_state.away()
    services.carrier_thread.wake()
    assert noticing.used.wait(10)
    assert services.carrier_thread.stop(10)
    assert not services.handover.carrier_state.away()

"""The moments at which the carrier's REST API is asked for something, each with what must come of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.handover.model import LegEnd, TalkState
from app.simulator.call import CallInProgress
from app.simulator.conduct import Conduct, Received
from app.simulator.phone import Phone
from tests.calls.called_back import books
from tests.calls.desk import AgentAtWork, rings
from tests.calls.ways import BRITAIN, FRANCE, UNREGISTERED

if TYPE_CHECKING:
    from tests.calls.inbox import Inbox

AMELIA = "+447700900142"


@dataclass(frozen=True)
class Scene:
    """Two agents at their desks, a phone, and somebody who is to be called back."""

    phone: Phone
    ana: AgentAtWork
    bob: AgentAtWork
    inbox: "Inbox"

    def stranger(self) -> CallInProgress:
        """A caller who waits for France's technical desk."""
        return self.phone.dials(FRANCE, ani=UNREGISTERED).follows("1 1 0#")

    def talking(self) -> CallInProgress:
        """A caller of a firm with contacts, in a conversation with Ana."""
        call = self.phone.dials(BRITAIN, ani=AMELIA).presses("1")
        self.ana.takes()
        return call.talks_with(self.ana.person)


#: A story: what comes before its first ``yield`` goes well, what comes after its second one is afterwards.
Story = Callable[[Scene], Iterator[None]]


@dataclass(frozen=True)
class Moment:
    """What is asked for in a story: the path's end and a field of the request that must not be made twice."""

    story: Story
    path: str
    field: str
    before: int = 0  # requests made in the story's middle before this one: they go well
    moot: bool = False  # by the time it would be asked again, what it is for has come about anyway

    def conducts(self, conduct: Conduct) -> list[Conduct]:
        """What the carrier is to do so that the request itself meets with ``conduct``."""
        return [Conduct.ACCEPTS] * self.before + [conduct]

    def is_it(self, one: Received) -> bool:
        """Whether this is the request."""
        fits = one.path.count("/") == 3 + self.path.count("/") and self.path.split("/")[1] in one.path
        return one.method == "POST" and fits and any(name == self.field for name, _ in one.form)


def _an_agent_is_rung(scene: Scene) -> Iterator[None]:
    call = scene.stranger()
    yield
    scene.ana.takes_next()
    yield
    assert len(scene.phone.rest.calls) == 1
    scene.ana.person.answers().presses("1")
    call.talks_with(scene.ana.person)


def _a_caller_is_fetched(scene: Scene) -> Iterator[None]:
    call = scene.stranger()
    scene.ana.takes_next()
    scene.ana.person.answers()
    yield
    scene.ana.person.presses("1")
    yield
    call.talks_with(scene.ana.person)


def _somebody_is_called_back(scene: Scene) -> Iterator[None]:
    caller = scene.phone.person(UNREGISTERED)
    books(scene.phone)
    scene.ana.takes_next()
    scene.ana.person.answers()
    yield
    scene.ana.person.presses("1").hears_music("hold")
    yield
    caller.answers().presses("1").talks_with(scene.ana.person)


def _the_phone_stops_ringing(scene: Scene) -> Iterator[None]:
    call = scene.stranger()
    taken = scene.ana.takes_next()
    assert taken is not None
    assert rings(scene.ana.person)
    yield
    call.hangs_up()
    yield
    assert not rings(scene.ana.person)
    assert scene.ana.work.stores.handovers.get(taken.id).legs[0].end is LegEnd.CANCELED


def _the_caller_is_held(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    yield
    scene.ana.work.desk.hold(scene.ana.actor, scene.ana.handover.id, held=True)
    yield
    call.hears_music("hold")
    assert call.leg.with_ == set()


def _the_caller_is_back(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    scene.ana.work.desk.hold(scene.ana.actor, scene.ana.handover.id, held=True)
    scene.phone.passes(1)
    yield
    scene.ana.work.desk.hold(scene.ana.actor, scene.ana.handover.id, held=False)
    yield
    call.talks_with(scene.ana.person)


def _the_agent_mutes_herself(scene: Scene) -> Iterator[None]:
    scene.talking()
    yield
    scene.ana.work.desk.mute(scene.ana.actor, scene.ana.handover.id, muted=True)
    yield
    [room] = [one for one in scene.phone.exchange.conferences.values() if not one.ended_because]
    assert [one.muted for one in room.participants.values()].count(True) == 1


def _one_hands_over_and_leaves(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    desk, talk = scene.ana.work.desk, scene.ana.handover.id
    desk.to_agent(scene.ana.actor, talk, scene.bob.actor.user, takes_over=True)
    scene.bob.person.answers().presses("1")
    yield
    desk.leave(scene.ana.actor, talk)
    yield
    assert scene.ana.person.over
    call.talks_with(scene.bob.person)


def _a_colleague_is_let_go(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    desk, talk = scene.ana.work.desk, scene.ana.handover
    desk.to_agent(scene.ana.actor, talk.id, scene.bob.actor.user, takes_over=False)
    scene.bob.person.answers().presses("1")
    leg = next(one for one in scene.ana.handover.legs if one.user == scene.bob.actor.user)
    yield
    desk.let_go(scene.ana.actor, talk.id, leg.id)
    yield
    assert scene.bob.person.over
    call.talks_with(scene.ana.person)


def _the_agent_ends_it(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    yield
    scene.ana.work.desk.end(scene.ana.actor, scene.ana.handover.id)
    yield
    assert scene.ana.person.over
    assert not call.talks


def _a_code_is_to_be_keyed(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    yield
    scene.ana.sends_code(by_key=True)
    yield
    scene.ana.is_in(TalkState.CODE)
    call.keys(scene.inbox.code()).talks_with(scene.ana.person)


def _the_caller_is_brought_back(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    scene.ana.sends_code(by_key=True)
    yield
    scene.ana.work.desk.recall(scene.ana.actor, scene.ana.handover.id)
    yield
    call.talks_with(scene.ana.person)


def _the_agent_is_gone_meanwhile(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    scene.ana.sends_code(by_key=True)
    yield
    scene.ana.person.hangs_up()
    yield
    call.is_transferred_to("technical-en")
    scene.bob.takes()
    call.talks_with(scene.bob.person)
    scene.phone.passes(60)
    call.talks_with(scene.bob.person)


def _ended_while_a_code_is_keyed(scene: Scene) -> Iterator[None]:
    call = scene.talking()
    scene.ana.sends_code(by_key=True)
    yield
    scene.ana.work.desk.end(scene.ana.actor, scene.ana.handover.id)
    yield
    assert scene.ana.person.over
    call.presses("5").is_over()


def _who_is_called_back_declines(scene: Scene) -> Iterator[None]:
    caller = scene.phone.person(UNREGISTERED)
    books(scene.phone)
    scene.ana.takes()
    assert caller.rings
    yield
    caller.declines()
    yield
    scene.phone.passes(5)
    scene.ana.person.is_over()
    assert scene.ana.takes_next() is None  # not before ten minutes have passed


PLACE, CALL, MEMBER = "/Calls.json", "/Calls/X.json", "/Queues/X/Members/X.json"
PERSON, ROOM = "/Conferences/X/Participants/X.json", "/Conferences/X.json"
MOMENTS = {
    "an agent is rung": Moment(_an_agent_is_rung, PLACE, "To"),
    "a caller is fetched": Moment(_a_caller_is_fetched, MEMBER, "Url"),
    "somebody is called back": Moment(_somebody_is_called_back, PLACE, "To"),
    "the phone stops ringing": Moment(_the_phone_stops_ringing, CALL, "Status"),
    "the caller is held": Moment(_the_caller_is_held, PERSON, "Hold", before=1),
    "the caller is back": Moment(_the_caller_is_back, PERSON, "Hold", before=1),
    "the agent mutes herself": Moment(_the_agent_mutes_herself, PERSON, "Muted", before=1),
    "one hands over and leaves": Moment(_one_hands_over_and_leaves, PERSON, "EndConferenceOnExit", before=2),
    "a colleague is let go": Moment(_a_colleague_is_let_go, CALL, "Status"),
    "the agent ends it": Moment(_the_agent_ends_it, ROOM, "Status", before=2, moot=True),
    "a code is to be keyed": Moment(_a_code_is_to_be_keyed, CALL, "Url", before=2),
    "the caller is brought back": Moment(_the_caller_is_brought_back, CALL, "Url"),
    "the agent is gone meanwhile": Moment(_the_agent_is_gone_meanwhile, CALL, "Url"),
    "ended while a code is keyed": Moment(_ended_while_a_code_is_keyed, CALL, "Url", before=1),
    "who is called back declines": Moment(_who_is_called_back_declines, CALL, "Url"),
}

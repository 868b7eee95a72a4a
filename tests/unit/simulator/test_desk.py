"""A desk in small: a queue, an agent called by the REST API, a conference, a question in between."""

from typing import Any

from tests.unit.simulator.asking import client_of

ANA = "sip:ana@desk.example"
BASE = "https://callgate.example"
ROOM = "<Response><Dial action='/after'><Conference {}>handover</Conference></Dial></Response>"


QUEUED = "<Response><Enqueue waitUrl='/wait' action='/left'>desk</Enqueue></Response>"
WHISPER = "<Response><Gather action='/accept' numDigits='1'><Say>Rossi. Press 1</Say></Gather></Response>"
ASK = "<Response><Gather action='/join' timeout='20'><Say>Your code</Say></Gather></Response>"


class Desk:
    """An application that has the waiting callers' agent called, and puts both into a conference."""

    def __init__(self, line: Any) -> None:
        self.here = line(
            {
                "/voice/incoming": QUEUED,
                "/wait": "<Response><Play>/m.mp3</Play></Response>",
                "/left": "<Response/>",
                "/whisper": WHISPER,
                "/accept": self._accepts,
                "/join": ROOM.format("endConferenceOnExit='false'"),
                "/ask": ASK,
                "/hold": "<Response><Play loop='0'>/hold.mp3</Play></Response>",
                "/after": "<Response><Say>Goodbye</Say></Response>",
            }
        )
        self.client = client_of(self.here.phone)
        self.called: set[str] = set()
        self.here.phone.chores.append(self._calls)

    def _calls(self) -> None:
        """In the background: one call to the agent for each caller who came into the queue."""
        for form in self.here.app.forms("/wait"):
            if form["CallSid"] not in self.called:
                self.called.add(form["CallSid"])
                self.client.calls.create(
                    to=f"{ANA}?X-Call={form['CallSid']}", from_="+390212345678", url=f"{BASE}/whisper"
                )

    def _accepts(self, form: dict[str, str]) -> str:
        """The agent pressed a key: the first in line joins, too."""
        (queue,) = self.client.queues.list()
        self.client.queues(queue.sid).members("Front").update(url=f"{BASE}/join")
        return ROOM.format("endConferenceOnExit='true'")

    def participant(self, person: Any) -> Any:
        """A person in the present conference."""
        (found,) = self.client.conferences.list(friendly_name="handover", status="in-progress")
        return self.client.conferences(found.sid).participants(person.sid)


def test_caller_and_agent_are_brought_together(line: Any) -> None:
    """The agent accepts, both talk; the caller keys a code in between; the agent ends it."""
    desk = Desk(line)
    ana = desk.here.phone.person(ANA)
    caller = desk.here.dials().waits(35)
    assert ana.rings
    assert ana.answers().hears("rossi").leg.sip_headers == {"X-Call": caller.sid}
    ana.presses("1").talks_with(caller)
    caller.talks_with(ana)
    assert desk.here.app.forms("/left")[0]["QueueResult"] == "redirected"
    desk.participant(ana).update(hold=True, hold_url=f"{BASE}/hold")
    desk.client.calls(caller.sid).update(url=f"{BASE}/ask")
    caller.waits(1).hears("your code")
    ana.hears_music("hold.mp3")
    caller.keys("123456")
    assert desk.here.app.forms("/join")[-1]["Digits"] == "123456"
    desk.participant(ana).update(hold=False)
    ana.waits(60).talks_with(caller)
    ana.hangs_up()
    caller.waits(1).is_over()
    assert desk.here.app.forms("/after")[-1]["CallSid"] == caller.sid


def test_agent_who_does_not_answer(line: Any) -> None:
    """Nobody picks up: the caller goes on waiting, undisturbed."""
    desk = Desk(line)
    ana = desk.here.phone.person(ANA)
    caller = desk.here.dials().waits(70)
    assert not ana.rings
    assert caller.leg.connected_to == "queue:desk"


def test_many_calls_at_once(line: Any) -> None:
    """Callers and agents go on side by side; each pair has its own conversation."""
    desk = Desk(line)
    ana = desk.here.phone.person(ANA)
    first = desk.here.dials()
    assert ana.rings
    second = desk.here.dials()  # the agent's phone rings already: busy to this one
    ana.answers().presses("1").talks_with(first)
    second.waits(300)
    ana.talks_with(first)
    assert second.leg.connected_to == "queue:desk"

"""A caller who does anything at all: whatever they press, the call goes on, and proves nothing by itself."""

import re
from datetime import UTC, datetime, time, timedelta
from itertools import count

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from app.callflow.model import Listens, State
from app.callflow.script import SCRIPT
from app.factory.services import Services
from app.simulator.agents import Agent
from app.simulator.call import CallInProgress
from app.simulator.phone import Phone
from app.simulator.transcript import Happening
from app.simulator.transport import Response
from app.simulator.webhooks import Request
from tests.calls.inbox import Inbox
from tests.calls.ways import (
    FINLAND,
    FRENCH_SPEAKING,
    ITALY,
    JAPAN_OTHER,
    NORTH_AMERICA,
    call_id,
    story,
)

DIALLED = [ITALY, ITALY, ITALY, FRENCH_SPEAKING, NORTH_AMERICA, FINLAND, JAPAN_OTHER, "+390699999999"]
KNOWN = ["+46701740612", "+12025550121", "+12025550177", "+442079460287", "+590690301234", None]
MANNERS = [Agent, Agent.busy, Agent.voicemail, Agent.no_answer, Agent.declines]
NUMBERS = [
    "12345678",
    "0042",
    "99999999",
    "00447700900131",
    "509",
    "1876",
    "000000",
    "111111",
    "1",
    "2",
    "3",
    "12",
]
#: What takes a call forward, so that the deep ends of the script are reached, too.
FORWARD = {
    "language": "1",
    "department": "1",
    "account": "12345678#",
    "confirm_account": "1",
    "channel": "1",
    "country_code": "509#",
    "country_menu": "2",
    "offer_language": "1",
    "offer_department": "1",
}
_numbers = count(390655600000)


class Anything(RuleBasedStateMachine):
    """One call, whose caller acts at random, over an application that keeps running."""

    phone: Phone
    services: Services
    inbox: Inbox
    call: CallInProgress

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []
        self.right = False  # whether a genuine code of this call was keyed
        self.sent: list[tuple[Request, Response]] = []

    @initialize(
        dnis=st.sampled_from(DIALLED),
        known=st.just("") | st.sampled_from(KNOWN),
        attestation=st.sampled_from([None, "TN-Validation-Passed-A", "TN-Validation-Failed-A"]),
        hours=st.integers(0, 7 * 24),
        agent=st.sampled_from(MANNERS),
        knows=st.sampled_from([8, 8, 8, 4, 0]),
    )
    def dials(
        self,
        dnis: str,
        known: str | None,
        attestation: str | None,
        hours: int,
        agent: type[Agent],
        knows: int,
    ) -> None:
        self.phone.clock.advance(_till_monday(self.phone.clock.now()) + hours * 3600)
        for address in self.phone.agents:
            self.phone.agents[address] = agent()
        ani = f"+{next(_numbers)}" if known == "" else known
        self.call = self.phone.dials(dnis, ani=ani, attestation=attestation)
        self.goes_on(knows)

    @precondition(lambda self: self.call.listens)
    @rule(key=st.sampled_from("123456789*#1212120"))
    def presses(self, key: str) -> None:
        self.call.presses(key)

    @precondition(lambda self: self.takes_numbers)
    @rule(number=st.sampled_from(NUMBERS) | st.text("0123456789*", min_size=1, max_size=20))
    def keys(self, number: str) -> None:
        self.call.keys(number)

    @precondition(lambda self: self.call.listens and self.call.state in FORWARD)
    @rule(times=st.integers(1, 8))
    def goes_on(self, times: int) -> None:
        for _ in range(times):
            if self.call.listens and self.call.state in FORWARD:
                self.call.presses(FORWARD[self.call.state])

    @precondition(lambda self: self.call.state == "enter_code" and self.call.listens)
    @rule()
    def keys_the_code(self) -> None:
        for message in self.inbox.new():
            self.codes += re.findall(r"\b\d{6}(?:\d\d)?\b", message.text)
        if self.codes:
            self.right = True
            self.call.keys(self.codes[-1])

    @precondition(lambda self: self.call.state == "enter_code" and self.call.listens)
    @rule(guess=st.sampled_from(["000000", "111111", "12345678", "918273"]))
    def guesses(self, guess: str) -> None:
        self.call.keys(guess)

    @precondition(lambda self: self.call.listens)
    @rule()
    def stays_silent(self) -> None:
        self.call.stays_silent()

    @precondition(lambda self: not self.call.over and self.call.state != "waiting")
    @rule(seconds=st.integers(1, 250))
    def waits(self, seconds: int) -> None:
        self.call.waits(seconds)
        self.call._driver.settles()  # what was being said when the time was over is heard out

    @precondition(lambda self: self.call.talks)
    @rule()
    def is_left(self) -> None:
        self.call.agent_hangs_up()

    @precondition(lambda self: len(self.sent) > 3)
    @rule()
    def hangs_up(self) -> None:
        self.call.hangs_up()

    @precondition(lambda self: self.sent)
    @rule(ago=st.integers(0, 2))
    def a_webhook_comes_again(self, ago: int) -> None:
        request, answer = self.sent[max(-1 - ago, -len(self.sent))]
        before = self.services.calls.store.load(self.id)
        again = self.phone.send(request)
        assert again.status == 200
        assert self.services.calls.store.load(self.id) == before
        if request is self.sent[-1][0] and "/voice/turn" in request.url:
            assert again.body == answer.body

    @invariant()
    def something_listens_or_the_call_is_over(self) -> None:
        if not hasattr(self, "call"):
            return
        response, request = self.call.leg.last_response, self.call.leg.last_request
        assert response is not None
        assert request is not None
        if not self.sent or self.sent[-1][0] is not request:
            self.sent.append((request, response))
        assert self.call.over or self.call.listens or self.call.talks
        assert response.header("X-Call-State") not in {"", "fault", "refused"}
        assert not self.phone.failures

    @invariant()
    def only_a_code_proves_as_a_code(self) -> None:
        if not hasattr(self, "call"):
            return
        proof = self.services.sql.ledger.proof(self.id)
        assert proof is None or proof.level.name != "CODE" or self.right

    def teardown(self) -> None:
        if not hasattr(self, "call"):
            return
        self.call.hangs_up().is_over()
        row = next(row for row in self.services.sql.ledger.calls(limit=3) if row.call_id == self.id)
        assert row.ended == "completed"
        assert row.level != "code" or self.right
        own = [entry for entry in self.phone.transcript.entries if entry.leg == self.call.sid]
        assert sum(entry.kind is Happening.BRIDGED for entry in own) <= 1
        assert sum(entry.kind is Happening.ENDED for entry in own) == 1
        told = " ".join(story(self.services, self.call))
        assert not any(code in told for code in self.codes)

    @property
    def id(self) -> str:
        return call_id(self.services, self.call)

    @property
    def takes_numbers(self) -> bool:
        state = self.call.state
        return self.call.listens and state in set(State) and SCRIPT[State(state)].listens is Listens.NUMBER


def _till_monday(now: datetime) -> float:
    """Seconds to the Monday after next: by then the limits of a day begin anew."""
    monday = datetime.combine(now.date(), time(), UTC) + timedelta(days=14 - now.weekday())
    return (monday - now).total_seconds()


def test_a_caller_who_does_anything(phone: Phone, services: Services, inbox: Inbox) -> None:
    """Every answer is TwiML, something listens or all is over, only codes prove as codes, calls end once."""
    machine = type("Machine", (Anything,), {"phone": phone, "services": services, "inbox": inbox})
    often = settings(
        max_examples=40,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,  # a failure is the same one for everybody
        phases=[Phase.generate],  # to shrink takes minutes; the transcript says what happened
        suppress_health_check=list(HealthCheck),
    )
    run(machine, settings=often)

"""The browser phone's exchange: the simulated carrier of a development process, moved on by real time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

import structlog

from app.adapters.sender_thread import SenderThread
from app.callflow.model import State
from app.factory.delivery import development_outbox
from app.factory.phone_book import dialled_lines, names
from app.factory.phone_inbox import Inbox
from app.factory.phone_view import Story, shown
from app.factory.services import Services
from app.factory.simulated import Simulated
from app.settings import development
from app.simulator.call import CallInProgress
from app.simulator.clock import RunningClock
from app.simulator.moments import Kind
from app.simulator.outgoing import places
from app.simulator.person import Person
from app.simulator.phone import Phone
from app.simulator.placed import read_call
from app.simulator.rest_door import RestDoor
from app.simulator.transport import over_wsgi
from app.simulator.webhooks import Account
from app.web.phone.model import CALLER, Act, Dialling, Outcome, Shown

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_EVERY = 0.25  # seconds between looks at what is due while nobody asks
_SPEECH = 5  # seconds somebody speaks into a recording at a time
_SHOWN = 6  # telephones beside the caller's
_STATES = frozenset(State)
_log = structlog.get_logger(__name__)


class BrowserPhone:
    """The ``Exchange`` of the page: one caller's telephone, and every other that the service rings."""

    def __init__(self, services: Services, simulated: Simulated, app: "WSGIApplication") -> None:
        """Nothing rings yet; what the services ask of the carrier from now on is asked of this exchange."""
        settings = services.settings
        token, sid = settings.twilio_auth_tokens[0], settings.twilio_account_sid
        account = Account(token=token, sid=sid, public_url=settings.public_url)
        self._services, self._simulated, self._story = services, simulated, Story()
        self._sender = settings.sms_from or development.CALLER_ID
        self._inbox = Inbox(development_outbox(settings, services.clock.now))
        self.phone = Phone(
            over_wsgi(app),
            account,
            RunningClock(services.clock),
            observer=self._story.adds,
            seed=token_hex(8),  # CallSids that no process before had
            strict=False,
            everywhere=True,
        )
        simulated.line.door = RestDoor(self.phone.rest)
        self._caller: CallInProgress | None = None
        self._state: State | None = None
        self._thread = SenderThread(
            self._goes_on, services.clock.now, failed=_failed, every=_EVERY, threads=1
        )

    def start(self) -> None:
        """Let calls go on by themselves, whether or not anybody looks."""
        self._thread.start()

    def shows(self) -> Shown:
        """Everything at this instant."""
        with self.phone.turn:
            self._goes_on()
            called, caller = names(self._services), self._caller
            others = sorted(self._others(), key=lambda pair: pair[1].over)[:_SHOWN]
            return Shown(
                now=self._services.clock.now(),
                is_set=self._simulated.clock.is_shifted,
                caller=shown(CALLER, caller, caller.leg.caller, self._story, called) if caller else None,
                dialled=caller.leg.called if caller else "",
                state=self._state,
                others=tuple(shown(number, one, one.address, self._story, called) for number, one in others),
                inbox=self._inbox.newest,
            )

    def lines(self) -> Sequence[tuple[str, str]]:
        """The numbers of the live table that can be dialled, each with words; Fault NO_TABLE."""
        return dialled_lines(self._services.tables.current())

    def dials(self, asked: Dialling) -> Outcome:
        """Place a call from the caller's telephone."""
        with self.phone.turn:
            self._goes_on()
            if self._caller is not None and not self._caller.over:
                return Outcome.BUSY
            if self._sets_clock(asked.at) is Outcome.BUSY:
                return Outcome.BUSY
            self._state = State.ARRIVED
            self._caller = self.phone.dials(asked.dnis, ani=asked.ani, attestation=asked.attestation or None)
            return Outcome.DONE

    def presses(self, telephone: int, keys: str) -> Outcome:
        """Press keys one after the other; those that nothing listens to are lost."""
        with self.phone.turn:
            self._goes_on()
            found = self._telephone(telephone)
            if found is None:
                return Outcome.GONE
            for key in keys:
                if not found.listens:
                    return Outcome.DEAF
                found.presses(key)
            return Outcome.DONE

    def does(self, telephone: int, act: Act) -> Outcome:
        """Answer, decline, speak into a recording, or hang up."""
        with self.phone.turn:
            self._goes_on()
            found = self._telephone(telephone)
            deed = _deed(found, act) if found is not None else None
            if deed is None:
                return Outcome.GONE
            deed()
            return Outcome.DONE

    def runs_on(self) -> Outcome:
        """Let the service's clock show the present instant again."""
        with self.phone.turn:
            self._goes_on()
            return self._sets_clock(None)

    def _goes_on(self, _now: datetime | None = None) -> None:
        """Let happen what is due; who is sent a code by call is rung."""
        with self.phone.turn:
            for message in self._inbox.arrives():
                if message.channel == "voice" and message.url:
                    form = [("To", message.to), ("From", self._sender), ("Url", message.url)]
                    places(self.phone.exchange, read_call(form))
            self.phone.runs_until(self._services.clock.now())
            if self._caller is not None and self._caller.state in _STATES:
                self._state = State(self._caller.state)

    def _sets_clock(self, at: datetime | None) -> Outcome:
        """Calls that go on keep their time: the clock is set between calls only."""
        clock = self._simulated.clock
        if at is None and not clock.is_shifted:
            return Outcome.DONE
        if any(not leg.driver.over for leg in self.phone.exchange.legs.values()):
            return Outcome.BUSY
        clock.set_to(at)
        return Outcome.DONE

    def _telephone(self, number: int) -> CallInProgress | None:
        return self._caller if number == CALLER else dict(self._others()).get(number)

    def _others(self) -> list[tuple[int, Person]]:
        """Who was ever rung, the last one first."""
        numbered = list(enumerate(self.phone.persons, CALLER + 1))
        return [(number, one) for number, one in reversed(numbered) if one.begun]


def _deed(found: CallInProgress, act: Act) -> Callable[[], object] | None:
    """How it is done; None where it cannot be now."""
    rings = isinstance(found, Person) and found.rings
    if isinstance(found, Person) and rings:
        return {Act.ANSWER: found.answers, Act.DECLINE: found.declines}.get(act)
    if act is Act.HANG_UP and not found.over:
        return found.hangs_up
    if act is Act.SPEAK and found.snapshot.kind == Kind.RECORDING:
        return lambda: found.speaks(_SPEECH)
    return None


def _failed(error: Exception) -> None:
    _log.error("phone_failed", error=type(error).__name__)

"""The person at a leg: what they do, and what they can tell of the call."""

from datetime import timedelta
from typing import Never, Self

from app.simulator.driver import Driver
from app.simulator.exchange import Exchange
from app.simulator.leg import Leg
from app.simulator.moments import CallerGone, Course, Kind
from app.simulator.press import groups
from app.simulator.snapshot import Snapshot, snapshot
from app.simulator.transcript import Entry, Happening
from app.simulator.transport import Response
from app.simulator.webhooks import Request


class Caller:
    """The person who calls. Each act runs the call on until nothing more happens by itself.

    Other calls go on meanwhile; those that the act set going are run on, too, unless keys are awaited here.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._call: Driver | None = None
        self._mark = 0

    def begins(self, leg: Leg, course: Course[None]) -> Self:
        """Be the person at this leg, from its first document on."""
        self._acts()
        self._call = Driver(leg, course)
        self._call.starts()
        self._driver.settles()
        return self

    @property
    def leg(self) -> Leg:
        """The leg this person is at."""
        return self._driver.leg

    @property
    def _driver(self) -> Driver:
        if self._call is None:
            self._fails("this phone has neither called nor been called")
        return self._call

    # what the caller does

    def presses(self, keys: str) -> Self:
        """Press keys one after the other; those a Gather does not take are heard by the next one.

        Prompts that do not listen are heard out first. A key that nothing listens to fails the test.
        """
        if not self._comes_to_listening():
            self._fails(f"nothing listens to the key {keys}")
        self._acts()
        self.leg.notes(Happening.PRESSES, keys)
        self._driver.presses(keys)
        self._driver.settles()
        if self.leg.ahead:
            dead, self.leg.ahead = self.leg.ahead, ""
            self._fails(f"nothing listened to {dead!r} of the keys {keys!r}")
        return self

    def keys(self, digits: str) -> Self:
        """Key a number and end it with ``#``."""
        return self.presses(digits + "#")

    def follows(self, script: str) -> Self:
        """Press each group of a press script at the next moment the call listens; ``-`` stays silent."""
        for group in groups(script):
            if group:
                self.presses(group)
            else:
                self.stays_silent()
        return self

    def stays_silent(self) -> Self:
        """Press nothing until the Gather that listens has waited in vain once."""
        if not self._comes_to_listening():
            self._fails("nothing listens, so nothing can wait in vain")
        self._acts()
        while self._driver.moment is not None and not self._driver.is_silent:
            self._driver.passes()
        if self._driver.moment is not None:
            self._driver.passes()
        self._driver.settles()
        return self

    def speaks(self, seconds: float) -> Self:
        """Speak into a recording for so long, once it began, then be silent: a key or silence ends it."""
        while self._kind() is not Kind.RECORDING:
            if self._driver.rests:
                self._fails("nothing is recorded")
            self._driver.passes()
        self._acts()
        self.leg.notes(Happening.SPEAKS, f"for {seconds:g} seconds")
        self.leg.speech = seconds
        self._driver.wakes(self._driver.moment)
        self._driver.settles()
        return self

    def waits(self, seconds: float) -> Self:
        """Do nothing for so many seconds, whatever is said or asked meanwhile."""
        scheduler = self._exchange.scheduler
        scheduler.makes_time_pass()
        self._acts()
        scheduler.runs_until(scheduler.clock.now() + timedelta(seconds=seconds))
        return self

    def hangs_up(self) -> Self:
        """The caller hangs up now; nothing if the call is over."""
        if not self._driver.over:
            self._acts()
            self._driver.leaves()
            self._driver.settles()
        return self

    def will_hang_up_in(self, seconds: float) -> Self:
        """The caller hangs up once so many seconds from now have passed, ringing or talking or not."""
        driver, scheduler = self._driver, self._exchange.scheduler
        scheduler.at(scheduler.clock.now() + timedelta(seconds=seconds), driver.leaves)
        return self

    def agent_hangs_up(self) -> Self:
        """The other side ends the conversation."""
        if not self.talks:
            self._fails("there is no conversation that the other side could end")
        self._acts()
        others = [self._exchange.legs[sid].driver for sid in self.leg.with_]
        if len(others) > 1:
            self._fails("there are several others: let one of them hang up")
        for other in others:
            other.throws(CallerGone())
        if not others:  # an agent whose own leg is not simulated
            self._driver.wakes(self._driver.moment)
        self._driver.settles()
        return self

    # what is so

    @property
    def begun(self) -> bool:
        """Whether this phone has called, or been called, at all."""
        return self._call is not None

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self._driver.over

    @property
    def listens(self) -> bool:
        """Whether a key would be heard now."""
        return self._driver.listens

    @property
    def talks(self) -> bool:
        """Whether the caller is connected to somebody."""
        return self._kind() is Kind.TALK

    @property
    def snapshot(self) -> Snapshot:
        """The call as it is now, in plain values."""
        return snapshot(self._driver)

    @property
    def said(self) -> str:
        """What was said to the caller since the caller's last act, as one text."""
        return " ".join(entry.text for entry in self._heard())

    @property
    def state(self) -> str:
        """X-Call-State of the last answer, empty when it had none."""
        response = self.leg.last_response
        return response.header("X-Call-State") if response is not None else ""

    @property
    def last_url(self) -> str:
        """The URL of the last webhook that asked for a document."""
        return self._last().url

    @property
    def sid(self) -> str:
        """The call's CallSid."""
        return self.leg.sid

    @property
    def transcript(self) -> str:
        """All that happened on this phone, a line each."""
        return str(self._exchange.transcript)

    # beside the script

    def repeat_last(self) -> Response:
        """Send the last webhook that asked for a document once more; the call does not act on the answer."""
        return self._exchange.webhooks.send(self._last())

    def last_request(self) -> Request:
        """The last webhook that asked for a document, signed, to be sent as often as one likes."""
        return self._last()

    def posts(self, url: str, **fields: str) -> Response:
        """Send a signed webhook about this call to any URL; ``fields`` are added or take a field's place."""
        form = [pair for pair in self.leg.form() if pair[0] not in fields] + list(fields.items())
        webhooks = self._exchange.webhooks
        return webhooks.send(webhooks.request(self.leg.absolute(url), form))

    def _last(self) -> Request:
        if self.leg.last_request is None:
            raise ValueError("no webhook was sent yet")
        return self.leg.last_request

    def _kind(self) -> Kind | None:
        return self._driver.moment.kind if self._driver.moment is not None else None

    def _comes_to_listening(self) -> bool:
        self._exchange.scheduler.catches_up()
        self._exchange.scheduler.quiets()
        return self._driver.comes_to_listening()

    def _acts(self) -> None:
        self._mark = len(self._exchange.transcript.entries)
        self._exchange.touched.clear()
        self._exchange.scheduler.catches_up()
        self._exchange.scheduler.quiets()

    def _entries(self) -> list[Entry]:
        return self._exchange.transcript.entries

    def _heard(self) -> list[Entry]:
        new = self._entries()[self._mark :]
        return [entry for entry in new if entry.leg == self.leg.sid and entry.kind is Happening.HEARS]

    def _fails(self, sentence: str) -> Never:
        raise AssertionError(f"{sentence}\n{self.transcript}")

"""A phone and the carrier behind it: dials, or is called, and executes what the application answers."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from urllib.parse import urljoin

from app.simulator.agents import Agent
from app.simulator.call import CallInProgress
from app.simulator.clock import PhoneClock
from app.simulator.exchange import Exchange
from app.simulator.incoming import asks_about
from app.simulator.leg import Leg
from app.simulator.moments import TakenFromQueue
from app.simulator.parameters import WITHHELD
from app.simulator.person import Person
from app.simulator.placed import document_of, read_call
from app.simulator.rest_api import RestApi
from app.simulator.scheduler import Scheduler
from app.simulator.sids import Sids
from app.simulator.transcript import Entry, Happening, Observer, Transcript
from app.simulator.transport import Response, Transport
from app.simulator.verbs import VERBS
from app.simulator.webhooks import Account, Document, Form, Request, Webhooks


class Phone:
    """Calls over one account of the carrier.

    ``agents``: who is reached at which number or SIP URI. ``targets``: a queue's name to what it is dialled
    as (``number:+...``, ``sip:...``, ``queue:NAME``); queues not in it are the carrier's of the same name.
    ``level_of``: the level of verification of a CallSid. ``observer`` is told each transcript entry.
    ``strict``: TwiML that Twilio refuses is raised as ``Refused`` rather than sent to the fallback URL.
    ``everywhere``: a person is at each number and SIP URI, so whatever is called rings until they answer.
    """

    def __init__(
        self,
        transport: Transport,
        account: Account,
        clock: PhoneClock,
        *,
        agents: dict[str, Agent] | None = None,
        targets: Mapping[str, str] | None = None,
        level_of: Callable[[str], str] | None = None,
        observer: Observer | None = None,
        seed: str = "callgate",
        strict: bool = True,
        everywhere: bool = False,
    ) -> None:
        self.account = account
        self.clock = clock
        self.agents = agents if agents is not None else {}
        self._targets = targets or {}
        self._level_of = level_of
        self._persons: dict[str, Person] = {}
        self.webhooks = Webhooks(account, transport, clock, strict=strict)
        self.exchange = Exchange(
            self.webhooks, Scheduler(clock), Transcript(observer), Sids(seed), self.agents
        )
        if everywhere:
            self.exchange.stranger = self.person
        self.rest = RestApi(self.exchange, account.sid, [account.token])

    @property
    def transcript(self) -> Transcript:
        """What happened in all calls of this phone."""
        return self.exchange.transcript

    @property
    def failures(self) -> list[Entry]:
        """The webhooks so far that had no usable answer; none in a call without faults."""
        return [entry for entry in self.transcript.entries if entry.kind is Happening.FAILED]

    def dials(
        self,
        dnis: str,
        *,
        ani: str | None = None,
        attestation: str | Sequence[str] | None = None,
        forwarded_from: str | None = None,
        **fields: str,
    ) -> CallInProgress:
        """Dial ``dnis`` and listen until keys are awaited, somebody is reached, or the call is over.

        ``ani`` None: withheld. ``attestation`` is StirVerstat as given; several values: the field several
        times. ``fields`` go with every webhook of the call and take the place of a field of that name.
        """
        stated = [attestation] if isinstance(attestation, str) else attestation or ()
        extra = [("StirVerstat", one) for one in stated]
        if forwarded_from is not None:
            extra.append(("ForwardedFrom", forwarded_from))
        leg = self._leg("inbound", WITHHELD if ani is None else ani, dnis, "caller")
        leg.extra = [*extra, *fields.items()]
        leg.notes(Happening.DIALS, f"{dnis} from {ani or 'a withheld number'}")
        return self._runs(leg, asks_about(leg))

    def is_called(self, form: Form, *, sid: str = "") -> CallInProgress:
        """Answer the call that was asked of the carrier by ``POST /Calls.json`` with this form.

        ``sid`` is the CallSid the carrier answered with. Raises ``Refused`` for a form without To, From and
        either Url or Twiml.
        """
        placed = read_call(form)
        leg = self._leg("outbound-api", placed.caller, placed.called, "person")
        leg.sid = sid or leg.sid
        leg.fallback, leg.progress = placed.fallback, placed.progress()
        leg.picks_up()
        leg.notes(Happening.ANSWERS, f"a call from {placed.caller}")
        return self._runs(leg, lambda: document_of(placed, leg))

    def person(self, address: str) -> Person:
        """The person at an E.164 number or SIP URI, whose phone rings from now on when it is called."""
        found = self._persons.get(address)
        if found is None:
            found = Person(self.exchange, address, self._targets, self._level_of)
            self._persons[address] = self.exchange.persons[address] = found
        return found

    @property
    def persons(self) -> tuple[Person, ...]:
        """Everybody whose phone may ring, in the order in which they were first asked for."""
        return tuple(self._persons.values())

    def takes_from(self, queue: str) -> None:
        """An agent takes the first caller who waits in the carrier's queue of this name."""
        member = self.exchange.queue(queue).takes()
        if member is None:
            raise AssertionError(f"nobody waits in {queue}\n{self.transcript}")
        taken = self.exchange.legs[member.call_sid].driver
        taken.throws(TakenFromQueue())
        taken.settles()

    @property
    def chores(self) -> list[Callable[[], object]]:
        """Called after every step of any call and after every act, until they cause nothing more.

        The place for what the application does in the background; a chore may ask the REST API.
        """
        return self.exchange.scheduler.chores

    @property
    def turn(self) -> AbstractContextManager[bool]:
        """Held by a thread while it acts on a phone that several threads share."""
        return self.exchange.scheduler.turn

    def passes(self, seconds: float) -> None:
        """Everybody does nothing for so long; 0: only what is to be done at once is done."""
        self.runs_until(self.clock.now() + timedelta(seconds=seconds))

    def runs_until(self, instant: datetime) -> None:
        """Let everything happen up to an instant, in all calls in order of time, without anybody acting.

        With a ``RunningClock`` this is how calls go on: call it again and again with the present instant.
        """
        self.exchange.scheduler.runs_until(instant)

    def request(self, url: str, form: Form, method: str = "POST") -> Request:
        """A signed webhook to a URL (relative: to the public one), to be sent as often as one likes."""
        return self.webhooks.request(urljoin(self.account.public_url, url), form, method)

    def send(self, request: Request) -> Response:
        """Send a webhook and give the answer as it is; may be called from several threads at once."""
        return self.webhooks.send(request)

    def _leg(self, direction: str, caller: str, called: str, who: str) -> Leg:
        sid = self.exchange.sids.make("CA")
        return Leg(self.exchange, VERBS, sid, direction, caller, called, who)

    def _runs(self, leg: Leg, first: Callable[[], Document]) -> CallInProgress:
        call = CallInProgress(self.exchange, self._targets, self._level_of)
        return call.begins(leg, leg.lives(first))

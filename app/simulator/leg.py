"""One leg of a call: who is at it, and the documents it executes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from app.simulator import parameters
from app.simulator.exchange import Exchange
from app.simulator.moments import CallerGone, Course, LegOver, Redirected
from app.simulator.progress import END, Progress
from app.simulator.refused import Refused
from app.simulator.transcript import Entry, Happening
from app.simulator.transport import Response
from app.simulator.webhooks import Document, Failed, Form, Request

if TYPE_CHECKING:
    from app.simulator.driver import Driver
    from app.simulator.rooms import Participant

APOLOGY = "We are sorry, an application error has occurred. Goodbye."
MOST_DOCUMENTS = 500  # one leg executes; Twilio cuts a call that only redirects (14106)
Verb = Callable[["Leg", Element, Document], Course[Document | None]]


@dataclass(slots=True, eq=False)
class Leg:
    """A leg and its state. ``allowed`` limits the verbs while it waits or hears a whisper."""

    exchange: Exchange
    verbs: Mapping[str, Verb]
    sid: str
    direction: str  # inbound | outbound-api | outbound-dial
    caller: str  # From
    called: str  # To
    who: str  # caller | agent | person
    status: str = "ringing"
    fallback: str = ""  # absolute URL; empty: none
    fallback_method: str = "POST"
    progress: Progress = field(default_factory=lambda: Progress(""))  # who is told how the call goes
    extra: Form = field(default_factory=list)  # StirVerstat, ForwardedFrom, ParentCallSid
    allowed: frozenset[str] | None = None
    speech: float = 0  # seconds its person begins to speak for, into a recording
    ahead: str = ""  # keys pressed that no Gather has taken yet
    connected_to: str = ""  # number:, sip:, queue: or conference: while waiting or talking there
    sip_headers: dict[str, str] = field(default_factory=dict)  # of the URI it was dialled by
    created_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    by_hand: bool = False  # a person answers here, whom no script tells what to do
    rung: list["Leg"] = field(default_factory=list, repr=False)  # the legs a Dial of this one rings
    partner: "Leg | None" = field(
        default=None, repr=False
    )  # whom it is bridged with, by a Dial or out of a queue
    heard: list[str] = field(default_factory=list)
    children: set[str] = field(default_factory=set)  # CallSids of the legs it dialled
    documents: int = 0
    asked_at: datetime | None = None  # when it asked for the last one
    participant: "Participant | None" = field(default=None, repr=False)  # while it is in a conference
    last_request: Request | None = None
    last_response: Response | None = None
    driver: "Driver" = field(init=False, repr=False)

    @property
    def with_(self) -> frozenset[str]:
        """The CallSids of those it talks with now."""
        if self.participant is not None:
            return self.participant.heard
        return frozenset({self.partner.sid} if self.partner is not None else ())

    def is_bridged(self, other: "Leg") -> None:
        """The two legs talk with each other."""
        self.partner, other.partner = other, self

    def parts(self) -> None:
        """The conversation with the other leg, if there is one, is over."""
        if self.partner is not None:
            self.partner.partner = None
        self.partner = None

    def notes(self, kind: Happening, text: str = "", language: str = "", voice: str = "") -> None:
        """Put what happened into the transcript."""
        at = self.exchange.clock.now()
        self.exchange.transcript.add(Entry(at, self.sid, self.who, kind, text, language, voice))

    def form(self, more: Iterable[tuple[str, str]] = ()) -> Form:
        """The parameters of a webhook about this leg."""
        known = parameters.standard(
            call_sid=self.sid,
            account_sid=self.exchange.webhooks.account.sid,
            caller=self.caller,
            called=self.called,
            direction=self.direction,
            status=self.status,
        )
        own = {name for name, _ in self.extra}
        return [*(pair for pair in known if pair[0] not in own), *self.extra, *more]

    def seconds(self) -> float:
        """How long the leg has been answered."""
        if self.answered_at is None:
            return 0
        return ((self.ended_at or self.exchange.clock.now()) - self.answered_at).total_seconds()

    def picks_up(self) -> None:
        """The leg is answered, if it was not yet."""
        if self.answered_at is None:
            self.answered_at = self.exchange.clock.now()
            self.status = "in-progress"

    def absolute(self, url: str, base: str = "") -> str:
        """A URL as the document at ``base`` means it; without one, relative to the public URL."""
        return urljoin(base or self.exchange.webhooks.account.public_url, url)

    def fetch(
        self, url: str, base: str = "", method: str = "POST", more: Iterable[tuple[str, str]] = ()
    ) -> Document:
        """The document at a URL, relative to ``base``; an empty one is ``base`` itself.

        Where it cannot be had, the fallback's; raises ``Failed`` in a wait or whisper document, ``LegOver``
        when nothing is left to execute.
        """
        address = self.absolute(url, base)
        try:
            return self._read(address, method, more)
        except Failed as failure:
            self.notes(Happening.FAILED, str(failure))
            if self.allowed is not None:
                raise
            return self._fall_back(failure)

    def _fall_back(self, failure: Failed) -> Document:
        if not self.fallback:
            raise self._broken() from failure
        more = [("ErrorCode", str(failure.code)), ("ErrorUrl", failure.url)]
        try:
            return self._read(self.fallback, self.fallback_method, more)
        except Failed as second:
            self.notes(Happening.FAILED, str(second))
            raise self._broken() from second

    def _broken(self) -> LegOver:
        """What a caller hears when nothing is left to execute; the call counts as completed."""
        self.picks_up()
        self.notes(Happening.HEARS, APOLOGY, "en-US")
        return LegOver()

    def _read(self, url: str, method: str, more: Iterable[tuple[str, str]]) -> Document:
        if self.participant is not None and self.asked_at != self.exchange.clock.now():
            self.documents = 0  # a wait document that redirects to itself may go on for hours
        self.documents, self.asked_at = self.documents + 1, self.exchange.clock.now()
        if self.documents > MOST_DOCUMENTS:
            raise Refused(f"{url}: the call has gone through {MOST_DOCUMENTS} documents", 14106)
        request = self.exchange.webhooks.request(url, self.form(more), method)
        self.last_request, self.last_response = request, None
        self.last_response = self.exchange.webhooks.answer(request)
        return self.exchange.webhooks.document(request, self.last_response, self.allowed)

    def tells(self, url: str, base: str, method: str, more: Iterable[tuple[str, str]]) -> None:
        """A webhook whose answer Twilio does not execute: a status callback, the end of a Dial."""
        self.sends(self.exchange.webhooks.request(self.absolute(url, base), self.form(more), method))

    def sends(self, request: Request) -> None:
        """Send a webhook nothing follows from; one that fails is noted."""
        try:
            self.exchange.webhooks.answer(request)
        except Failed as failure:
            self.notes(Happening.FAILED, str(failure))

    def perform(self, document: Document) -> Course[Document | None]:
        """Execute a document's verbs; returns the one that takes its place, None at its end."""
        for element in document.verbs:
            verb = self.verbs.get(element.tag)
            if verb is None:
                raise Refused(f"{document.url}: this phone does not execute {element.tag}")
            if element.tag != "Reject" and element.get("answerOnBridge") != "true":
                self.picks_up()
            following = yield from verb(self, element, document)
            if following is not None:
                return following
        return None

    def executes(self, document: Document | None) -> Course[None]:
        """Execute a document and all that follow it."""
        while document is not None:
            document = yield from self.perform(document)

    def lives(self, first: Callable[[], Document]) -> Course[None]:
        """The whole leg, from its first document to its last status callback."""
        begin: Callable[[], Document] | None = first
        while begin is not None:
            begin = yield from self._runs(begin)
        self.ends()

    def _runs(self, first: Callable[[], Document]) -> Course[Callable[[], Document] | None]:
        """Execute a document and all that follow it; gives the one the REST API sends the leg to instead."""
        self.allowed, self.ahead, self.documents = None, "", 0
        try:
            yield from self.executes(first())
        except Redirected as away:
            return away.first
        except LegOver as end:
            self.status = end.status
        except CallerGone:
            self.status = "completed"
        else:
            self.status = "completed"
        return None

    def ends(self) -> None:
        """The leg is over: say so to the transcript and to the status callback."""
        self.connected_to = ""
        self.ended_at = self.exchange.clock.now()
        self.notes(Happening.ENDED, self.status)
        self.progress.tells(self, END)

"""Asking the carrier's REST API for what handovers want: one request after the other, none of them twice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from app.faults import Fault
from app.handover.wishes import Adjust, Close, Dequeue, HangUp, Ring, Send, Wish
from app.ports.carrier import (
    Carried,
    Carrier,
    ChangeParticipant,
    EndCall,
    EndConference,
    Gone,
    Order,
    Outcome,
    PlaceCall,
    SendCall,
    TakeFromQueue,
)
from app.ports.requests import Request, Requests, RingFacts
from app.services import links
from app.services.proofs import Proofs

#: Seconds an agent's phone rings.
RING = 25
#: Seconds in which a call that may have been placed must be found again.
_SINCE = 300
_NUMBER = "number:"
_PROBE = 10  # seconds between looks at an API that was away
_log = structlog.get_logger(__name__)


def conference_name(handover: str) -> str:
    """What a handover's conference is called."""
    return f"callgate-{handover}"


@dataclass(frozen=True, slots=True)
class Asking:
    """Carries requests out. An answer that never came is looked for before anything is asked again."""

    requests: Requests
    carrier: Carrier
    public_url: str
    caller_id: str  # E.164, what agents and callers who are called back see
    proofs: Proofs
    with_headers: Callable[[str, str], str]  # a SIP address with a receipt
    secret: bytes = field(repr=False)

    def turn(self, now: datetime) -> int:
        """Everything of this: what is due, and a look at an API that was away. Raises Fault LEDGER_AWAY."""
        return self.tick(now) + self.probe(now)

    def tick(self, now: datetime) -> int:
        """Ask for everything that is due; gives how much was asked. Raises Fault LEDGER_AWAY."""
        asked = 0
        while claimed := self.requests.claim(now):
            for request in claimed:
                self.requests.settle(request.id, self._carry_out(request, now), now)
                asked += 1
        return asked

    def probe(self, now: datetime) -> int:
        """Where the API was away, look every ten seconds whether it is back."""
        health = self.requests.health()
        if not health.failures or health.asked_at is None:
            return 0
        if (now - health.asked_at).total_seconds() < _PROBE:
            return 0
        self.requests.note_health(self.carrier.ping(), now)
        return 1

    def silence(self, now: datetime) -> int:
        """Give up on telephones that ring for too long: what the carrier told of them did not reach us."""
        given_up = self.requests.give_up(now)
        if given_up:
            _log.warning("legs_given_up", count=given_up)
        return given_up

    def _carry_out(self, request: Request, now: datetime) -> Outcome:
        order = self._order(request.wish, now)
        if order is None:
            return Gone()
        outcome = self._asked(order, request, now)
        self.requests.note_health(outcome, now)
        if not isinstance(outcome, Carried):
            _log.warning("not_carried_out", wish=type(request.wish).__name__, outcome=repr(outcome))
        return outcome

    def _asked(self, order: Order, request: Request, now: datetime) -> Outcome:
        if request.doubtful:
            found = self._looked_up(order, request, now)
            if not isinstance(found, Gone):
                return found
        return self.carrier.ask(order)

    def _looked_up(self, order: Order, request: Request, now: datetime) -> Outcome:
        """Whether it was carried out; a leg that the carrier's own webhooks told of was placed."""
        if not isinstance(request.wish, Ring):
            return self.carrier.look_up(order, _since(request, now))
        if sid := self.requests.call_sid(request.wish.leg):
            return Carried(sid)
        return self.carrier.look_up(order, _since(request, now), self.requests.placed(now))

    def _order(self, wish: Wish, now: datetime) -> Order | None:
        """The wish with its addresses; None: it is of no use any more."""
        match wish:
            case Ring(leg):
                return self._ringing(leg, now)
            case Dequeue(queue_sid, call_sid, link):
                return TakeFromQueue(queue_sid, call_sid, self._url("/voice/join", link))
            case Send(call_sid, place, link):
                return SendCall(call_sid, self._url(place, link)) if call_sid else None
            case HangUp(leg):
                call_sid = self.requests.call_sid(leg)
                return EndCall(call_sid) if call_sid else None
            case Adjust(handover, call_sid, muted, held, ends):
                music = self._url("/voice/hold-music", "") if held else ""
                return ChangeParticipant(conference_name(handover), call_sid, muted, held, music, ends)
            case Close(handover):
                return EndConference(conference_name(handover))

    def _ringing(self, leg: str, now: datetime) -> Order | None:
        try:
            facts = self.requests.ring_facts(leg)
        except Fault:
            return None
        if facts.over:
            return None
        query = links.leg_query(self.secret, leg)
        return PlaceCall(
            to=self._address(facts, now),
            caller_id=self.caller_id,
            url=self._url("/voice/leg", query),
            status_url=self._url("/voice/leg-status", query),
            seconds=RING,
        )

    def _address(self, facts: RingFacts, now: datetime) -> str:
        """Where it rings; who takes a call there gets its proof, in the address if it can carry one."""
        receipt = ""
        if facts.hands_over:
            about = (facts.call_id, facts.queue, facts.leg, facts.address)
            receipt = self.proofs.for_leg(*about, now, starts_anew=facts.starts_anew)
        number = facts.address.removeprefix(_NUMBER)
        return number if number != facts.address else self.with_headers(facts.address, receipt)

    def _url(self, place: str, query: str) -> str:
        return f"{self.public_url}{place}?{query}" if query else f"{self.public_url}{place}"


def _since(request: Request, now: datetime) -> int:
    return min(_SINCE, max(1, int((now - request.created_at).total_seconds()) + 30))

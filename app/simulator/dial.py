"""Dial: the nouns it can reach, and what its action is told (twilio.com/docs/voice/twiml/dial)."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.simulator import conference, dial_queue
from app.simulator.agents import Agent
from app.simulator.callee import Callee
from app.simulator.leg import Leg
from app.simulator.moments import CallerGone, Course, Kind, Moment, Redirected
from app.simulator.outcome import Outcome
from app.simulator.parties import callees
from app.simulator.ring import Ring
from app.simulator.transcript import Happening
from app.simulator.webhooks import Document

LONGEST_TALK = "14400"  # seconds, a Dial's timeLimit unless it has another


def dial(leg: Leg, element: Element, document: Document) -> Course[Document | None]:
    """Execute a Dial; its action, if any, is requested once the dialled call is over.

    When the caller hangs up the action is requested, too (CallStatus=completed), and its answer not executed.
    """
    outcome = Outcome()
    action, method = element.get("action"), element.get("method", "POST")
    try:
        reached = yield from _reaches(_Dialling(leg, element, document, outcome))
    except CallerGone:
        leg.status = "completed"
        if action is not None:
            leg.tells(action, document.url, method, outcome.form())
        raise
    finally:
        leg.connected_to = ""
    if action is None or not reached:
        return None
    return leg.fetch(action, document.url, method, outcome.form())


@dataclass(slots=True)
class _Dialling:
    leg: Leg
    element: Element
    document: Document
    outcome: Outcome

    @property
    def timeout(self) -> int:
        return int(self.element.get("timeout", "30"))


def _reaches(this: _Dialling) -> Course[bool]:
    """Dial; gives whether the action is told, which it is unless a conference does not let the leg in."""
    first = this.element[0] if len(this.element) else this.element
    if first.tag == "Conference":
        return (yield from conference.joins(this.leg, first, this.document, this.outcome))
    if first.tag == "Queue":
        yield from dial_queue.takes(this.leg, first, this.document, this.timeout, this.outcome)
    else:
        parties = callees(this.leg, this.element, this.document)
        alone = this.element.get("sequential") == "true"
        for together in [[party] for party in parties] if alone else [parties]:
            yield from _calls(this, Ring(this.leg, together))
            if this.outcome.answered:
                break
    return True


def _calls(this: _Dialling, ring: Ring) -> Course[None]:
    try:
        party = yield from ring.rings()
        if party is not None:
            yield from _talks(this, ring, party)
    except (CallerGone, Redirected):
        _lets_go(this, ring)
        raise
    _lets_go(this, ring)


def _lets_go(this: _Dialling, ring: Ring) -> None:
    """Hang up on the other side; not in a ``finally``, which is also run for a call nobody goes on with."""
    this.leg.parts()
    ring.ends(this.outcome)


def _talks(this: _Dialling, ring: Ring, party: Callee) -> Course[None]:
    this.leg.picks_up()
    this.leg.connected_to = party.target
    this.leg.is_bridged(party.leg)
    this.outcome.bridged = True
    who = this.leg.exchange.who_is_at(party.leg.called)
    if isinstance(who, Agent):
        who.bridged += 1
    this.leg.notes(Happening.BRIDGED, party.target)
    yield from ring.waits(Moment(Kind.TALK, int(this.element.get("timeLimit", LONGEST_TALK))))

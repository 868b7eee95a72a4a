"""Dial: the nouns it can reach, and what its action is told (twilio.com/docs/voice/twiml/dial)."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.simulator import conference, dial_queue
from app.simulator.callee import Callee
from app.simulator.leg import Leg
from app.simulator.moments import CallerGone, Course, Kind, Moment
from app.simulator.outcome import Outcome
from app.simulator.parties import callees
from app.simulator.transcript import Happening
from app.simulator.webhooks import Document


def dial(leg: Leg, element: Element, document: Document) -> Course[Document | None]:
    """Execute a Dial; its action, if any, is requested once the dialled call is over.

    When the caller hangs up the action is requested, too (CallStatus=completed), and its answer not executed.
    """
    outcome = Outcome()
    action, method = element.get("action"), element.get("method", "POST")
    try:
        yield from _reaches(_Dialling(leg, element, document, outcome))
    except CallerGone:
        leg.status = "completed"
        if action is not None:
            leg.tells(action, document.url, method, outcome.form())
        raise
    finally:
        leg.connected_to = ""
    if action is None:
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


def _reaches(this: _Dialling) -> Course[None]:
    first = this.element[0] if len(this.element) else this.element
    if first.tag == "Conference":
        yield from conference.joins(this.leg, first, this.document, this.outcome)
    elif first.tag == "Queue":
        yield from dial_queue.takes(this.leg, first, this.document, this.timeout, this.outcome)
    else:
        parties = callees(this.leg, this.element, this.document)
        alone = this.element.get("sequential") == "true"
        for together in [[party] for party in parties] if alone else [parties]:
            yield from _ring(this, together)
            if this.outcome.answered:
                return


def _ring(this: _Dialling, parties: list[Callee]) -> Course[None]:
    """Ring several at once: the first who answers has the call, the others are let go."""
    for party in parties:
        party.rings()
    willing = [party for party in parties if party.agent.answers and party.agent.rings <= this.timeout]
    first = min(willing, key=lambda party: party.agent.rings, default=None)
    longest = first.agent.rings if first else max(party.agent.rings for party in parties)
    try:
        yield Moment(Kind.RINGING, min(longest, this.timeout))
    except CallerGone:
        for party in parties:
            party.ends("canceled")
        this.outcome.tells(parties[0].leg.sid, "canceled")
        raise
    for party in parties:
        if party is not first:
            party.ends(_unanswered(party, this.timeout) if first is None else "canceled")
    if first is None:
        this.outcome.tells(parties[-1].leg.sid, parties[-1].leg.status)
    else:
        yield from _connects(this, first)


def _unanswered(party: Callee, timeout: int) -> str:
    """Busy or unknown is known at once; an agent too slow to answer did not answer."""
    quick = not party.agent.answers and party.agent.rings <= timeout
    return party.agent.unanswered if quick else "no-answer"


def _connects(this: _Dialling, party: Callee) -> Course[None]:
    this.outcome.tells(party.leg.sid, "completed", answered=True)
    try:
        if (yield from party.answers()):
            yield from _talks(this, party)
    finally:
        this.outcome.seconds = party.leg.seconds()
        party.ends("completed")


def _talks(this: _Dialling, party: Callee) -> Course[None]:
    this.leg.picks_up()
    this.leg.connected_to = party.target
    this.outcome.bridged = True
    party.agent.bridged += 1
    this.leg.notes(Happening.BRIDGED, party.target)
    limit = int(this.element.get("timeLimit", "14400"))
    talks = party.agent.talks
    yield Moment(Kind.TALK, min(talks, limit) if talks < float("inf") else talks)

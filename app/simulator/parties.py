"""Whom a Dial rings: one child leg for each Number, Sip or Client."""

from xml.etree.ElementTree import Element

from app.simulator.agents import Agent
from app.simulator.callee import Callee
from app.simulator.leg import Leg
from app.simulator.webhooks import Document

_SCHEMES = {"Number": "number:", "Dial": "number:", "Client": "client:"}


def callees(leg: Leg, dial: Element, document: Document) -> list[Callee]:
    """The destinations of a Dial in order; a number nobody has fails."""
    nouns = list(dial) or [dial]
    return [_callee(leg, noun, dial.get("callerId") or leg.caller, document) for noun in nouns]


def _callee(leg: Leg, noun: Element, caller_id: str, document: Document) -> Callee:
    address = (noun.text or "").strip()
    agent = leg.exchange.agents.get(address)
    child = Leg(
        exchange=leg.exchange,
        verbs=leg.verbs,
        sid=leg.exchange.sids.make("CA"),
        direction="outbound-dial",
        caller=caller_id,
        called=address,
        who="agent",
        extra=[("ParentCallSid", leg.sid)],
    )
    if agent is None:
        agent = Agent(answers=False, unanswered="failed", rings=0)
    child.heard = agent.heard
    leg.children.add(child.sid)
    return Callee(child, noun, document, agent, _SCHEMES.get(noun.tag, "") + address)

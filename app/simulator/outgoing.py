"""Calls the REST API places: they ring, and once answered execute their document.

twilio.com/docs/voice/api/call-resource#create-a-call-resource
"""

from datetime import timedelta

from app.simulator.agents import Agent
from app.simulator.driver import Driver
from app.simulator.exchange import Exchange
from app.simulator.leg import Leg
from app.simulator.moments import CallerGone, Course, LegOver
from app.simulator.placed import Placed, document_of
from app.simulator.rung import Rung
from app.simulator.sip import sip_headers, without_headers
from app.simulator.verbs import VERBS


def places(exchange: Exchange, placed: Placed) -> Leg:
    """Queue a call; it goes out at the scheduler's next turn."""
    leg = Leg(
        exchange=exchange,
        verbs=VERBS,
        sid=exchange.sids.make("CA"),
        direction="outbound-api",
        caller=placed.caller,
        called=without_headers(placed.called),
        who="agent" if isinstance(exchange.who_is_at(placed.called), Agent) else "person",
        status="queued",
        fallback=placed.fallback,
        fallback_method=placed.fallback_method,
        progress=placed.progress(),
        sip_headers=sip_headers(placed.called),
    )
    exchange.scheduler.soon(Driver(leg, _lives(leg, placed)).starts)
    return leg


def _lives(leg: Leg, placed: Placed) -> Course[None]:
    try:
        yield from Rung(leg, placed.seconds, leg.called).rings()
    except LegOver as over:
        leg.status = over.status
    except CallerGone:
        leg.status = "canceled"
    else:
        _limits(leg, placed.limit)
        yield from leg.lives(lambda: document_of(placed, leg))
        return
    leg.ends()


def _limits(leg: Leg, seconds: float) -> None:
    """End the call after so long a conversation, whatever goes on."""
    scheduler = leg.exchange.scheduler
    end = scheduler.clock.now() + timedelta(seconds=seconds)
    scheduler.at(end, lambda: leg.driver.throws(CallerGone()))

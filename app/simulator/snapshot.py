"""A call as it is at this instant, in plain values: what a phone in a browser shows."""

from dataclasses import dataclass

from app.simulator.driver import Driver
from app.simulator.moments import Kind


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``kind`` is what goes on (a ``Kind``), empty once the call is over.

    ``text`` is what is being said, in ``language`` (BCP-47) by ``voice``, or the sound that plays.
    ``seconds_left`` of the present moment, None when nothing ends it by itself; ``keys`` whether they are
    heard. ``talks_with`` holds CallSids; ``place`` is number:, sip:, queue: or conference: and what it is.
    """

    sid: str
    status: str
    kind: str
    text: str
    language: str
    voice: str
    seconds_left: float | None
    keys: bool
    rings: bool
    over: bool
    on_hold: bool
    talks_with: tuple[str, ...]
    place: str


def snapshot(driver: Driver) -> Snapshot:
    """What goes on at a leg now."""
    leg, moment, ends_at = driver.leg, driver.moment, driver.ends_at
    left = (ends_at - leg.exchange.clock.now()).total_seconds() if ends_at is not None else None
    return Snapshot(
        sid=leg.sid,
        status=leg.status,
        kind=moment.kind.value if moment is not None else "",
        text=moment.text if moment is not None else "",
        language=moment.language if moment is not None else "",
        voice=moment.voice if moment is not None else "",
        seconds_left=max(left, 0.0) if left is not None else None,
        keys=driver.listens,
        rings=moment is not None and moment.kind is Kind.RINGING and leg.answered_at is None,
        over=driver.over,
        on_hold=leg.participant is not None and leg.participant.hold,
        talks_with=tuple(sorted(leg.with_)),
        place=leg.connected_to,
    )

"""Several phones rung by one Dial: the first who answers has the call, the others are let go."""

from app.simulator.callee import Callee
from app.simulator.leg import Leg
from app.simulator.moments import ENDLESS, Course, Kind, Moment
from app.simulator.outcome import Outcome


class Ring:
    """The destinations that ring together; ``leg`` dials and hears them ring."""

    def __init__(self, leg: Leg, parties: list[Callee]) -> None:
        self._leg = leg
        self._parties = parties
        self._moment: Moment | None = None

    def rings(self) -> Course[Callee | None]:
        """Ring until somebody may be connected; None when nobody may."""
        self._leg.rung = [party.leg for party in self._parties]
        for party in self._parties:
            party.starts(self._changed)
        while not all(party.left for party in self._parties):
            ready = [party for party in self._parties if party.ready and not party.left]
            if ready:
                return ready[0]
            yield from self.waits(Moment(Kind.RINGING, ENDLESS))
        return None

    def waits(self, moment: Moment) -> Course[None]:
        """Let the moment pass, or until something changes at one of the destinations."""
        self._moment = moment
        yield moment

    def ends(self, outcome: Outcome) -> None:
        """Hang up on whoever is still there, and note how it went."""
        gave_up = not all(party.left for party in self._parties)
        for party in self._parties:
            party.hangs_up()
        self._leg.rung = []
        answered = next((party for party in self._parties if party.leg.answered_at is not None), None)
        if answered is not None:
            outcome.tells(answered.leg.sid, "completed", answered=True)
            outcome.seconds = answered.leg.seconds()
        elif gave_up:
            outcome.tells(self._parties[0].leg.sid, "canceled")
        else:
            outcome.tells(self._parties[-1].leg.sid, self._parties[-1].leg.status)

    def _changed(self, party: Callee) -> None:
        if party.leg.answered_at is not None and not party.left:
            for other in self._parties:
                if other.leg.answered_at is None:
                    other.hangs_up()
        moment = self._moment
        self._leg.exchange.scheduler.soon(lambda: self._leg.driver.wakes(moment))

"""What became of a call, as conditions on its row: ``app.ports.records.Recorded.outcome`` in SQL."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnCollection, ColumnElement, and_

from app.ports.records import ENDED_AS, OPEN, Outcome


def met_closed(c: ColumnCollection[str, Any]) -> ColumnElement[bool]:
    """The desk first asked for was not open."""
    return and_(c.met != "", c.met != OPEN)


def outcomes(c: ColumnCollection[str, Any]) -> Mapping[Outcome, ColumnElement[bool]]:
    """For columns named as those of ``calls``: the condition of each outcome; exactly one holds."""
    ended = and_(c.ended != "", c.connected_at.is_(None))
    waited, told, hit = c.queued_at.is_not(None), c.state.in_(tuple(ENDED_AS)), met_closed(c)
    return {
        Outcome.RUNNING: and_(c.ended == "", c.connected_at.is_(None)),
        Outcome.CONNECTED: c.connected_at.is_not(None),
        **{outcome: and_(ended, c.state == state) for state, outcome in ENDED_AS.items()},
        Outcome.ABANDONED: and_(ended, ~told, waited),
        Outcome.CLOSED: and_(ended, ~told, ~waited, hit),
        Outcome.LEFT: and_(ended, ~told, ~waited, ~hit),
    }

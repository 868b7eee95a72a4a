"""A call comes to the document we sent it to: that is the answer, where the carrier's own was lost."""

import json
from datetime import datetime

from sqlalchemy import Engine, or_, select

from app.adapters.sql.handover_rows import RequestEntry
from app.adapters.sql.transactions import Transactions
from app.handover.wishes import Dequeue, Send, wish

_JOIN = "/voice/join"


def settle_arrival(engine: Engine, call_sid: str, place: str, link: str, now: datetime) -> None:
    """Whatever sent a call to a document of ours was carried out, and is not asked for again."""
    transactions = Transactions(engine)
    sending = RequestEntry.wish.in_(("send", "dequeue"))
    under_way = or_(RequestEntry.state == "claimed", RequestEntry.doubtful & (RequestEntry.state == "due"))
    with transactions.reading() as session:
        rows = session.scalars(select(RequestEntry).where(sending, under_way))
        found = [row.id for row in rows if _leads(row, call_sid, place, link)]
    if not found:
        return
    with transactions.writing() as session:
        which = select(RequestEntry).where(RequestEntry.id.in_(found), under_way)
        for row in session.scalars(which.with_for_update()):
            row.state, row.claimed_until, row.settled_at = "done", None, now


def _leads(row: RequestEntry, call_sid: str, place: str, link: str) -> bool:
    try:
        asked = wish(row.wish, json.loads(row.facts))
    except ValueError:
        return False
    match asked:
        case Send():
            return (asked.call_sid, asked.place, asked.link) == (call_sid, place, link)
        case Dequeue():
            return (asked.call_sid, _JOIN, asked.link) == (call_sid, place, link)
        case _:
            return False

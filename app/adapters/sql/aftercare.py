"""Call backs, messages and answers on SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.handover_rows import SurveyEntry, VoicemailEntry, WaitEntry
from app.adapters.sql.locks import insert_or_keep, own_call, own_limits
from app.adapters.sql.notes import add_note
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.adapters.sql.waits import end_stay, standing
from app.callflow.happened import Happened
from app.faults import Fault, FaultCode
from app.handover.model import OPEN, WaitKind, WaitState
from app.ports.aftercare import Opinions, Voicemail, Wanting

#: Call backs to one number in a day; those that one number asks for, to whatever numbers; and those that all
#: callers of a line ask for who withhold theirs.
MOST_TO_A_NUMBER = 3
MOST_BY_A_NUMBER = 10
MOST_WITHHELD = 30
_DAY = timedelta(days=1)
#: An organisation is asked again after this long.
ASKED_EVERY = timedelta(days=7)


class SqlCallbacks:
    """``app.ports.aftercare.Callbacks`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def book(self, wanting: Wanting, now: datetime) -> bool:
        """Put a call back into the list, in the place of the caller's own stay; one for a call."""
        of_call = (WaitEntry.call_id == wanting.call_id, WaitEntry.kind == WaitKind.CALLBACK)
        with self._transactions.writing() as session:
            own_call(session, wanting.call_id, None, wanting.began_at)
            if session.scalars(select(WaitEntry.id).where(*of_call).limit(1)).first() is not None:
                return True
            if _is_too_much(session, wanting, now):
                return False
            stay = standing(session, wanting.call_id)
            if stay is not None:
                end_stay(session, stay, WaitState.CALLBACK, now)
            session.add(_row(wanting, now))
            when = "" if wanting.due_at is None else f"from {wanting.due_at.isoformat()}"
            add_note(session, wanting.call_id, Happened.CALLBACK_BOOKED, when, now, "callback_booked")
            return True

    def withdraw(self, wait: int, *, actor: Actor, now: datetime) -> None:
        """Take a call back out of the list; Fault NOT_FOUND, CONFLICT while somebody is at it."""
        with self._transactions.writing() as session:
            entry = session.get(WaitEntry, wait, with_for_update=True)
            if entry is None or entry.kind != WaitKind.CALLBACK or entry.state not in OPEN:
                raise Fault(FaultCode.NOT_FOUND, "There is no such call back in the list.")
            if entry.state != WaitState.WAITING:
                raise Fault(FaultCode.CONFLICT, "Somebody is just calling there.")
            entry.state, entry.ended_at = WaitState.WITHDRAWN.value, now
            write_act(
                session, actor, now, "callback_withdrawn", entry.call_id, organisation=entry.organisation_id
            )


def _is_too_much(session: Session, wanting: Wanting, now: datetime) -> bool:
    """Whether a limit is reached; both are held until the transaction ends."""
    call = session.get_one(CallEntry, wanting.call_id)
    asker = f"ani:{call.ani}" if call.ani is not None else f"withheld:{call.dnis}"
    own_limits(session, [f"callback:{wanting.number}", asker])
    lately = (WaitEntry.kind == WaitKind.CALLBACK, WaitEntry.entered_at > now - _DAY)
    booked = select(func.count(WaitEntry.id)).where(*lately)
    if session.scalars(booked.where(WaitEntry.number == wanting.number)).one() >= MOST_TO_A_NUMBER:
        return True
    asked = booked.join(CallEntry, CallEntry.id == WaitEntry.call_id)
    if call.ani is not None:
        return session.scalars(asked.where(CallEntry.ani == call.ani)).one() >= MOST_BY_A_NUMBER
    withheld = asked.where(CallEntry.ani.is_(None), CallEntry.dnis == call.dnis)
    return session.scalars(withheld).one() >= MOST_WITHHELD


def _row(wanting: Wanting, now: datetime) -> WaitEntry:
    return WaitEntry(
        kind=WaitKind.CALLBACK.value,
        call_id=wanting.call_id,
        call_sid="",
        queue=wanting.queue,
        territory=wanting.territory,
        department=wanting.department,
        desk_language=wanting.desk_language,
        language=wanting.language,
        link="",
        organisation_id=wanting.organisation,
        began_at=wanting.began_at,
        entered_at=now,
        heard_at=now,
        state=WaitState.WAITING.value,
        number=wanting.number,
        due_at=wanting.due_at,
    )


class SqlVoicemails:
    """``app.ports.aftercare.Voicemails`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def keep(self, call_id: str, queue: str, url: str, seconds: int, now: datetime) -> None:
        """Keep a message; the same call's again changes nothing."""
        row = {"call_id": call_id, "queue": queue, "at": now, "seconds": seconds, "url": storable(url)}
        with self._transactions.writing() as session:
            own_call(session, call_id, None, now)  # the ledger may have been away when the call began
            insert_or_keep(session, VoicemailEntry, row | {"done_by": ""})
            add_note(session, call_id, Happened.VOICEMAIL, f"{seconds} s", now, "voicemail")

    def open(self) -> Sequence[Voicemail]:
        """Messages nobody has dealt with, oldest first."""
        query = (
            select(VoicemailEntry, CallEntry)
            .join(CallEntry, CallEntry.id == VoicemailEntry.call_id)
            .where(VoicemailEntry.done_at.is_(None))
            .order_by(VoicemailEntry.at)
        )
        with self._transactions.reading() as session:
            return [
                Voicemail(
                    id=entry.id,
                    call_id=entry.call_id,
                    queue=entry.queue,
                    at=entry.at,
                    seconds=entry.seconds,
                    url=entry.url,
                    ani=call.ani,
                    organisation_name=call.organisation_name,
                    department=call.department,
                    desk_language=call.desk_language,
                    territory=call.territory,
                )
                for entry, call in session.execute(query)
            ]

    def done(self, voicemail: int, *, actor: Actor, now: datetime) -> None:
        """Somebody has dealt with a message; Fault NOT_FOUND."""
        with self._transactions.writing() as session:
            entry = session.get(VoicemailEntry, voicemail, with_for_update=True)
            if entry is None:
                raise Fault(FaultCode.NOT_FOUND, "There is no such message.")
            if entry.done_at is None:
                entry.done_at, entry.done_by = now, actor.name
                write_act(session, actor, now, "message_done", entry.call_id)


class SqlSurveys:
    """``app.ports.aftercare.Surveys`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def ask(self, call_id: str, organisation: int, queue: str, language: str, now: datetime) -> bool:
        """Whether an organisation may be asked now; then it counts as asked, once every seven days."""
        lately = (SurveyEntry.organisation_id == organisation, SurveyEntry.asked_at > now - ASKED_EVERY)
        with self._transactions.writing() as session:
            own_limits(session, [f"survey:{organisation}"])
            asked = session.scalars(select(SurveyEntry.call_id).where(*lately)).all()
            if asked:
                return call_id in asked
            row = {"call_id": call_id, "organisation_id": organisation, "queue": queue, "language": language}
            insert_or_keep(session, SurveyEntry, row | {"asked_at": now, "score": None})
            return True

    def answer(self, call_id: str, score: int) -> None:
        """Keep an answer, 1 to 5; the first stays."""
        first = (SurveyEntry.call_id == call_id, SurveyEntry.score.is_(None))
        with self._transactions.writing() as session:
            session.execute(update(SurveyEntry).where(*first).values(score=score))

    def opinions(self, start: datetime, end: datetime) -> Sequence[Opinions]:
        """What was answered to questions asked from ``start`` until before ``end``, by queue and language."""
        group = (SurveyEntry.queue, SurveyEntry.language, SurveyEntry.score)
        query = select(*group, func.count()).group_by(*group)
        asked = query.where(SurveyEntry.asked_at >= start, SurveyEntry.asked_at < end)
        found: dict[tuple[str, str], dict[int | None, int]] = {}
        with self._transactions.reading() as session:
            for queue, language, score, count in session.execute(asked):
                found.setdefault((queue, language), {})[score] = count
        return [
            Opinions(*key, sum(counts.values()), {score: counts.get(score, 0) for score in range(1, 6)})
            for key, counts in sorted(found.items())
        ]

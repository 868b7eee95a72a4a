"""Interpreters on SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.handover_rows import InterpreterEntry
from app.adapters.sql.recording import storable
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports.agent_desk import Interpreter


class SqlInterpreters:
    """``app.ports.agent_desk.Interpreters`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def listed(self, language: str = "") -> Sequence[Interpreter]:
        """All of them, or those for a language, by language and name."""
        query = select(InterpreterEntry).order_by(InterpreterEntry.language, InterpreterEntry.name)
        if language:
            query = query.where(InterpreterEntry.language == language)
        with self._transactions.reading() as session:
            return [_interpreter(entry) for entry in session.scalars(query)]

    def get(self, interpreter: int) -> Interpreter:
        """One; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            return _interpreter(_held(session, interpreter))

    def add(self, language: str, name: str, address: str, *, actor: Actor, now: datetime) -> None:
        """Add one."""
        with self._transactions.writing() as session:
            session.add(InterpreterEntry(language=language, name=storable(name), address=address))
            write_act(session, actor, now, "interpreter_added", f"{name}, {language}", after=address)

    def remove(self, interpreter: int, *, actor: Actor, now: datetime) -> None:
        """Take one off the list; Fault NOT_FOUND."""
        with self._transactions.writing() as session:
            entry = _held(session, interpreter)
            session.delete(entry)
            detail = f"{entry.name}, {entry.language}"
            write_act(session, actor, now, "interpreter_removed", detail, before=entry.address)


def _held(session: Session, interpreter: int) -> InterpreterEntry:
    entry = session.get(InterpreterEntry, interpreter)
    if entry is None:
        raise Fault(FaultCode.NOT_FOUND, "There is no such interpreter.")
    return entry


def _interpreter(entry: InterpreterEntry) -> Interpreter:
    return Interpreter(entry.id, entry.language, entry.name, entry.address)

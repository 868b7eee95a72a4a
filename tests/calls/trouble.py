"""Stores that can be taken away in the middle of a call."""

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from app.faults import Fault, FaultCode
from app.ports import CallStore, Stored


class BreakableStore:
    """A ``CallStore`` before the real one: away when told, and able to lose what it holds."""

    def __init__(self) -> None:
        self.inner: CallStore | None = None
        self.away = False
        self.takes_writes = True

    def load(self, call_id: str) -> Stored | None:
        return self._real(writes=False).load(call_id)

    def save(self, stored: Stored, *, expecting: int | None) -> Stored | None:
        return self._real(writes=True).save(stored, expecting=expecting)

    def ping(self) -> None:
        self._real(writes=True).ping()

    def _real(self, *, writes: bool) -> CallStore:
        if self.away or self.inner is None or (writes and not self.takes_writes):
            raise Fault(FaultCode.STORE_AWAY, "The store of running calls is away.")
        return self.inner


class Wire:
    """The wire to a database: counts the statements, and can be cut."""

    def __init__(self, engine: Engine) -> None:
        self.away = False
        self.fails_at = ""  # the beginning of a statement
        self.statements: list[str] = []
        event.listen(engine, "before_cursor_execute", self._before)

    def _before(
        self, _connection: object, _cursor: object, statement: str, _parameters: object, *_: object
    ) -> None:
        if self.away or (self.fails_at and statement.startswith(self.fails_at)):
            raise OperationalError(statement, None, ConnectionError("the wire is cut"))
        self.statements.append(statement)

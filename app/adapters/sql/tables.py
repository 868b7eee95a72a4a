"""The routing table's versions on SQL, and the overlay beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.locks import own_limits
from app.adapters.sql.table_rows import OverlayEntry, TableVersion
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports import VersionRow
from routing.document import NotADocument, from_json, to_json
from routing.table import Document, Emergency, Overlay


class SqlTableStore:
    """``app.ports.TableStore`` on SQLite or PostgreSQL. Every method may raise Fault LEDGER_AWAY."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def latest(self) -> int:
        """The newest version's number; 0 when none was published."""
        with self._transactions.reading() as session:
            return _latest(session)

    def read(self, version: int) -> Document:
        """A version's document.

        Raises:
            Fault: NO_SUCH_VERSION, also for one written in a way this program does not know.
        """
        query = select(TableVersion.document).where(TableVersion.version == version)
        with self._transactions.reading() as session:
            document = session.scalars(query).first()
        if document is None:
            raise Fault(FaultCode.NO_SUCH_VERSION, f"There is no version {version} of the table.")
        try:
            return from_json(document)
        except NotADocument as error:
            raise Fault(FaultCode.NO_SUCH_VERSION, f"Version {version} cannot be read: {error}.") from error

    def publish(
        self, document: Document, *, actor: Actor, now: datetime, sentences: Iterable[str], expecting: int
    ) -> int:
        """Store as version ``expecting + 1``, with what changed in sentences; gives its number.

        Raises:
            Fault: BAD_INPUT when another version was published meanwhile.
        """
        entry = TableVersion(
            version=expecting + 1,
            author=actor.name,
            published_at=now,
            sentences=list(sentences),
            document=to_json(document),
        )
        with self._transactions.writing() as session:
            own_limits(session, ["table"])
            latest = _latest(session)
            if latest != expecting:
                raise Fault(
                    FaultCode.BAD_INPUT,
                    f"Version {latest} was published meanwhile, this change was made on version {expecting}: "
                    "look at what changed and try again.",
                )
            session.add(entry)
            write_act(session, actor, now, "table_published", str(expecting + 1))
        return expecting + 1

    def history(self, *, limit: int, offset: int = 0) -> Sequence[VersionRow]:
        """Versions without their documents, newest first."""
        query = select(TableVersion).order_by(TableVersion.version.desc()).limit(limit).offset(offset)
        with self._transactions.reading() as session:
            return [
                VersionRow(entry.version, entry.author, entry.published_at, tuple(entry.sentences))
                for entry in session.scalars(query)
            ]

    def overlay(self) -> Overlay:
        """Every emergency closure and announcement; each says itself from when to when it holds."""
        with self._transactions.reading() as session:
            entries = session.scalars(select(OverlayEntry).order_by(OverlayEntry.id)).all()
            return Overlay(
                closures=tuple(_emergency(entry) for entry in entries if entry.kind == "closure"),
                announcements=tuple(_emergency(entry) for entry in entries if entry.kind == "announcement"),
            )

    def add_to_overlay(self, emergency: Emergency, *, closes: bool, actor: Actor, now: datetime) -> None:
        """Put an emergency closure (``closes``) or an announcement beside the versions, at once in force."""
        kind = "closure" if closes else "announcement"
        with self._transactions.writing() as session:
            session.add(
                OverlayEntry(
                    kind=kind,
                    start=emergency.start,
                    end=emergency.end,
                    territory=emergency.territory,
                    department=emergency.department,
                    language=emergency.language,
                    reason=emergency.reason,
                    text=dict(emergency.text),
                    author=actor.name,
                    created_at=now,
                )
            )
            write_act(session, actor, now, f"{kind}_added", emergency.reason)

    def overlay_entries(self) -> Sequence[tuple[int, str, Emergency]]:
        """Every entry of the overlay with its number and kind (closure, announcement), oldest first."""
        with self._transactions.reading() as session:
            entries = session.scalars(select(OverlayEntry).order_by(OverlayEntry.id)).all()
            return [(entry.id, entry.kind, _emergency(entry)) for entry in entries]

    def end_overlay_entry(self, number: int, *, actor: Actor, now: datetime) -> Emergency:
        """Let an entry end now, earlier than it says.

        Raises:
            Fault: BAD_INPUT when there is none of this number, or it is over.
        """
        with self._transactions.writing() as session:
            entry = session.get(OverlayEntry, number)
            if entry is None or entry.end <= now:
                raise Fault(FaultCode.BAD_INPUT, f"Nothing of number {number} is in force or to come.")
            entry.start, entry.end = min(entry.start, now), now
            write_act(session, actor, now, f"{entry.kind}_ended", str(number))
            return _emergency(entry)


def _latest(session: Session) -> int:
    return session.scalars(select(func.coalesce(func.max(TableVersion.version), 0))).one()


def _emergency(entry: OverlayEntry) -> Emergency:
    return Emergency(
        start=entry.start,
        end=entry.end,
        territory=entry.territory,
        department=entry.department,
        language=entry.language,
        reason=entry.reason,
        text=dict(entry.text),
    )

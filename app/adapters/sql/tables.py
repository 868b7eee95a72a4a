"""The routing table's versions on SQL, and the overlay beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.access.model import Actor
from app.adapters.sql.acts import write_act
from app.adapters.sql.closings import as_emergency
from app.adapters.sql.draft_steps import close_published
from app.adapters.sql.locks import own_limits
from app.adapters.sql.rerouting import read_reroutes
from app.adapters.sql.table_rows import OverlayEntry, TableVersion
from app.adapters.sql.transactions import Transactions
from app.faults import Fault, FaultCode
from app.ports import VersionRow
from app.ports.tables import DraftMark
from routing.document import NotADocument, from_json, to_json
from routing.table import Document, Overlay


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
        self,
        document: Document,
        *,
        actor: Actor,
        now: datetime,
        sentences: Iterable[str],
        expecting: int,
        author: str = "",
        draft: DraftMark | None = None,
    ) -> int:
        """Store as version ``expecting + 1``, and close the draft it comes from; gives its number.

        Raises:
            Fault: BAD_INPUT when another version was published meanwhile; CONFLICT when the draft is not
                open any more, or not at that revision.
        """
        entry = TableVersion(
            version=expecting + 1,
            author=author or actor.name,
            published_at=now,
            sentences=list(sentences),
            document=to_json(document),
        )
        with self._transactions.writing() as session:
            own_limits(session, ["table"])
            _refuse_meanwhile(_latest(session), expecting)
            if draft is not None:
                close_published(session, draft, expecting + 1, now)
            session.add(entry)
            act = {"author": entry.author, "draft": draft.id if draft else 0, "changes": len(entry.sentences)}
            number, before = str(expecting + 1), str(expecting)
            write_act(session, actor, now, "table_published", number, before=before, after=act)
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
        """Emergency closures, announcements, re-routes; each says itself from when to when it holds."""
        with self._transactions.reading() as session:
            entries = session.scalars(select(OverlayEntry).order_by(OverlayEntry.id)).all()
            return Overlay(
                closures=tuple(as_emergency(entry) for entry in entries if entry.kind == "closure"),
                announcements=tuple(as_emergency(entry) for entry in entries if entry.kind == "announcement"),
                reroutes=read_reroutes(session),
            )


def _refuse_meanwhile(latest: int, expecting: int) -> None:
    if latest != expecting:
        raise Fault(
            FaultCode.BAD_INPUT,
            f"Version {latest} was published meanwhile, this change was made on version {expecting}: "
            "look at what changed and try again.",
        )


def _latest(session: Session) -> int:
    return session.scalars(select(func.coalesce(func.max(TableVersion.version), 0))).one()

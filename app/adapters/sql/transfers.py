"""Transfers on SQL, and what their receipts say."""

from datetime import datetime

from sqlalchemy import Engine, select

from app.adapters.sql import levels
from app.adapters.sql.call_rows import CallEntry
from app.adapters.sql.directory_rows import OrganisationEntry
from app.adapters.sql.handover_rows import TransferEntry
from app.adapters.sql.locks import insert_or_keep
from app.adapters.sql.notes import add_note
from app.adapters.sql.transactions import Transactions
from app.callflow.happened import Happened
from app.faults import Fault, FaultCode
from app.ports.transfers import Transfer
from app.verification.limits import Limits
from app.verification.model import Level, Method
from app.verification.receipt import Facts


class SqlTransfers:
    """``app.ports.transfers.Transfers`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._transactions = Transactions(engine)
        self._limits = limits

    def facts(self, call_id: str, queue: str, now: datetime) -> Facts:
        """What a receipt would say of a call now: at the level it holds; Fault NOT_FOUND."""
        with self._transactions.reading() as session:
            call = session.get(CallEntry, call_id)
            if call is None:
                raise Fault(FaultCode.NOT_FOUND, "There is no such call.")
            proof = levels.proof(session, call_id, now, self._limits)
            organisation = session.get(OrganisationEntry, call.organisation_id or 0)
            return Facts(
                call_id=call_id,
                level=proof.level if proof else Level.UNVERIFIED,
                issued_at=now,
                table_version=call.table_version,
                method=proof.method if proof else Method.NONE,
                reached_at=proof.reached_at if proof else None,
                account=organisation.account_number if organisation else "",
                organisation=call.organisation_name,
                queue=queue,
            )

    def keep(self, transfer: Transfer) -> str:
        """Keep a transfer, and tell it in the timeline; gives the receipt kept: the first of its mark."""
        mark = f"{transfer.call_id} {transfer.mark}"
        one = select(TransferEntry.receipt).where(TransferEntry.mark == mark)
        row = {
            "at": transfer.at,
            "queue": transfer.queue,
            "target": transfer.target,
            "level": transfer.level,
            "method": transfer.method,
            "receipt": transfer.receipt,
        }
        with self._transactions.writing() as session:
            insert_or_keep(session, TransferEntry, {"call_id": transfer.call_id, "mark": mark, **row})
            if session.get(CallEntry, transfer.call_id) is not None:
                detail = f"{transfer.level}, {transfer.queue}" if transfer.queue else transfer.level
                told = f"receipt {transfer.mark}"
                add_note(session, transfer.call_id, Happened.RECEIPT, detail, transfer.at, told)
            return session.scalars(one).one()

    def latest(self, call_id: str) -> str:
        """The receipt that went along last; empty: none did."""
        query = select(TransferEntry.receipt).where(TransferEntry.call_id == call_id)
        newest = query.order_by(TransferEntry.at.desc(), TransferEntry.id.desc()).limit(1)
        with self._transactions.reading() as session:
            return session.scalars(newest).first() or ""

"""What the use cases need of the world. Each has at least two engines or a fake behind it.

Every method may raise ``Fault``: STORE_AWAY for ``CallStore``, LEDGER_AWAY for the ports on SQL.
Instants are aware; nothing here reads a clock but ``Clock``.
"""

from app.ports.clock import Clock
from app.ports.directory import CellChange, Change, ContactRow, Directory, OrganisationRow, Preview, Result
from app.ports.ledger import Asker, CallRow, Found, Issued, Ledger, NotIssued, Resent
from app.ports.outbox import Delivery, Letter, Message, Outbox, Sent
from app.ports.running import CallStore, Stored
from app.ports.tables import TableStore, VersionRow

__all__ = [
    "Asker",
    "CallRow",
    "CallStore",
    "CellChange",
    "Change",
    "Clock",
    "ContactRow",
    "Delivery",
    "Directory",
    "Found",
    "Issued",
    "Ledger",
    "Letter",
    "Message",
    "NotIssued",
    "OrganisationRow",
    "Outbox",
    "Preview",
    "Resent",
    "Result",
    "Sent",
    "Stored",
    "TableStore",
    "VersionRow",
]

"""All tables together: importing this makes the metadata whole."""

from app.adapters.sql import (
    account_rows,
    call_rows,
    desk_rows,
    directory_rows,
    draft_rows,
    handover_rows,
    outbox_rows,
    table_rows,
    verification_rows,
)
from app.adapters.sql.row import Row

__all__ = [
    "METADATA",
    "account_rows",
    "call_rows",
    "desk_rows",
    "directory_rows",
    "draft_rows",
    "handover_rows",
    "outbox_rows",
    "table_rows",
    "verification_rows",
]

METADATA = Row.metadata

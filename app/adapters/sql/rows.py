"""All tables together: importing this makes the metadata whole."""

from app.adapters.sql import call_rows, directory_rows, outbox_rows, table_rows, verification_rows
from app.adapters.sql.row import Row

__all__ = ["METADATA", "call_rows", "directory_rows", "outbox_rows", "table_rows", "verification_rows"]

METADATA = Row.metadata

"""Run by Alembic: migrate over the connection and within the transaction it is handed."""

from alembic import context

from app.adapters.sql.rows import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()

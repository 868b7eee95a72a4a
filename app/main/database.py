"""``callgate db``: the schema."""

import click

from app.adapters.clock import SystemClock
from app.adapters.sql import schema
from app.factory.stores import open_sql
from app.main.context import settings


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Create the tables, or bring them up to this version."""
    sql = open_sql(settings(), SystemClock())
    try:
        schema.upgrade(sql.engine)
    finally:
        sql.engine.dispose()
    click.echo("The database is up to date.")

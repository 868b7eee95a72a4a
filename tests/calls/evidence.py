"""Everything a process leaves behind, as one text to search: logs, rows, keys, files, representations."""

import re
from pathlib import Path

from sqlalchemy import inspect, text

from app.factory.services import Services


def rows(services: Services) -> str:
    """Every column of every row of every table, as text."""
    engine = services.sql.engine
    lines = []
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            found = connection.execute(text(f"SELECT * FROM {table}")).mappings()  # noqa: S608 - our own names
            lines += [f"{table}: {dict(row)}" for row in found]
    return "\n".join(lines)


def files(folder: Path, beginning: str) -> str:
    """The bytes of the files whose names begin so: the database with its log."""
    return "\n".join(file.read_bytes().decode("latin-1") for file in sorted(folder.glob(f"{beginning}*")))


def keys(services: Services) -> str:
    """Every key and value in Redis."""
    link = services.redis.link
    names = link.ask("KEYS", "*")
    assert isinstance(names, list)
    return "\n".join(f"{name}: {link.ask('GET', name)!r}" for name in names)


def times(digits: str, evidence: str) -> int:
    """How often digits stand in a text, by themselves: not within a longer number or identifier."""
    spelt = "[, ]{1,2}".join(digits)
    return len(re.findall(rf"(?<![0-9a-f])(?:{digits}|{spelt})(?![0-9a-f])", evidence))

"""What an operator meets when something is missing: one sentence, exit code 2, nothing changed."""

import socket
import sqlite3
from contextlib import closing

import pytest

from app.settings import NAMES
from tests.integration.cli.conftest import FLAT, Cli

_REQUIRED = {name.name for name in NAMES if not (name.always or name.optional)}


def test_production_names_every_missing_setting(cli: Cli) -> None:
    """In production, all missing settings are named at once."""
    said = cli.refuses("serve", env={"CALLGATE_ENV": "production"})
    assert {name for name in _REQUIRED if name not in said} == set()
    assert len(said.strip().splitlines()) == 1


def test_an_unknown_environment_is_refused(cli: Cli) -> None:
    """CALLGATE_ENV has two values."""
    assert "CALLGATE_ENV" in cli.refuses("db", "upgrade", env={"CALLGATE_ENV": "staging"})


def test_a_port_that_is_taken_is_named(cli: Cli) -> None:
    """Serving on a port somebody has says which one, and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = cli.refuses("serve", "--port", str(port))
    assert str(port) in said
    assert "--port" in said


def test_a_database_newer_than_the_code_is_left_alone(cli: Cli) -> None:
    """A database that a later version made is refused by every command that would use it."""
    cli.succeeds("db", "upgrade")
    with closing(sqlite3.connect(cli.var / "callgate.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (
        ("db", "upgrade"),
        ("table", "import", *FLAT),
        ("calls", "list"),
        ("serve", "--port", "1025"),
    ):
        said = cli.refuses(*command)
        assert "newer" in said or "later" in said
        assert len(said.strip().splitlines()) == 1


def test_a_database_that_is_away_is_one_sentence(cli: Cli) -> None:
    """A server that does not answer is told in a sentence, without a password."""
    away = {"DATABASE_URL": "postgresql://callgate:s3cret-word@127.0.0.1:1/callgate"}
    said = cli.refuses("calls", "list", env=away)
    assert "s3cret-word" not in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (("calls", "show", "ffff"), "calls list"),
        (
            ("organisations", "confirm", "1234", "Ada", "--by", "a", "--with", "b", "--reason", "x"),
            "switched off",
        ),
        (
            ("organisations", "confirm", "1234", "Ada", "--by", "a", "--with", "a", "--reason", "x"),
            "Two different",
        ),
        (("call", "--dnis", "+390269430746", "--press", "1 x"), "'x'"),
        (("explain", "--territory", "IT", "--at", "2026-01-01T10:00"), "offset"),
    ],
)
def test_bad_arguments_say_what_would_be_right(cli: Cli, command: tuple[str, ...], word: str) -> None:
    """An argument that cannot be is told with what would be right."""
    assert word in cli.refuses(*command)


def test_faulty_organisations_change_nothing(cli: Cli) -> None:
    """Every fault of both files is told by row, and no organisation is added."""
    organisations, contacts = cli.var / "o.csv", cli.var / "c.csv"
    organisations.write_text(
        "account_number,name,country,cloud,language,trust_caller_id,code_digits,priority,numbers\n"
        "123,Too Short,IT,,it,match,6,0,\n"
        "4444,Fine,IT,,it,perhaps,7,0,12345\n",
        encoding="utf-8",
    )
    contacts.write_text(
        "account_number,name,role,email,phone,phone_can_text,language,confirmed\n"
        "9999,Nobody's,king,not-an-address,39,maybe,it,yesterday\n",
        encoding="utf-8",
    )
    said = cli.refuses("organisations", "import", str(organisations), str(contacts))
    for cell in (
        "o.csv, row 2, column account_number",
        "o.csv, row 3, column trust_caller_id",
        "o.csv, row 3, column code_digits",
        "o.csv, row 3, column numbers",
        "c.csv, row 2, column role",
        "c.csv, row 2, column email",
        "c.csv, row 2, column phone",
        "c.csv, row 2, column confirmed",
    ):
        assert cell in said
    assert "nothing was changed" in said

"""``callgate table import --second``: a new transfer destination needs two, here as in the browser."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.factory.accounts import build_people
from app.factory.stores import open_sql, with_secrets
from app.services.sample_accounts import SAMPLE_PASSWORD
from app.settings import Settings
from tests.integration.cli.conftest import Cli

QUEUES = b"name,target,overflow\nfallback,,\ntechnical-cs,number:+12025550188,fallback\n"


@pytest.fixture
def queues(published: Cli) -> Path:
    """A queue to a number that the published table does not have; the sample accounts are there."""
    settings = with_secrets(Settings.from_env({"CALLGATE_VAR": str(published.var)}))
    sql = open_sql(settings, SystemClock())
    build_people(sql, settings).samples.add(actor=operator("test"), now=datetime(2026, 1, 1, tzinfo=UTC))
    sql.engine.dispose()
    path = published.var / "queues.csv"
    path.write_bytes(QUEUES)
    return path


def test_a_new_destination_is_refused_without_a_second(cli: Cli, queues: Path) -> None:
    """One person alone sends calls nowhere new; the sentence names where and what to add."""
    said = cli.refuses("table", "import", str(queues), "--by", "ada")
    assert "number:+12025550188" in said
    assert "--second NAME" in said


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("second", "not the password", "is not right"),
        ("editor", SAMPLE_PASSWORD, "is no publisher"),
        ("Ada", SAMPLE_PASSWORD, "somebody else"),
        ("\uff21da ", SAMPLE_PASSWORD, "somebody else"),
    ],
    ids=["wrong password", "no publisher", "oneself", "oneself in wide letters"],
)
def test_who_cannot_be_the_second(cli: Cli, queues: Path, name: str, password: str, says: str) -> None:
    """A wrong password, an account without the right, or the same name publish nothing."""
    code = "" if says == "somebody else" else cli.succeeds("users", "code", name)
    arguments = ("table", "import", str(queues), "--by", "ada", "--second", name, "--second-stdin")
    done = cli(*arguments, typed=f"{password}\n{code}")
    assert done.code == 2
    assert says in done.err
    assert "2  " not in cli.succeeds("table", "history")


def test_two_publish_a_new_destination(cli: Cli, queues: Path) -> None:
    """With the second's password and code it is published, by both."""
    code = cli.succeeds("users", "code", "second")
    arguments = ("table", "import", str(queues), "--by", "ada", "--second", "second", "--second-stdin")
    done = cli(*arguments, typed=f"{SAMPLE_PASSWORD}\n{code}")
    assert done.code == 0, done.err
    assert "second and ada" in cli.succeeds("table", "history", "--limit", "1")

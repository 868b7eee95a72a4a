"""``callgate users`` as it is typed."""

import re

from tests.integration.cli.conftest import Cli

PASSWORD = "a long walk home"
PRODUCTION = {"CALLGATE_ENV": "production"}


def _with_password(cli: Cli, *arguments: str, password: str = PASSWORD) -> tuple[int, str]:
    ran = cli(*arguments, "--password-stdin", typed=f"{password}\n")
    return ran.code, ran.out + ran.err


def test_accounts_are_kept_from_the_command_line(cli: Cli) -> None:
    """Added, listed, changed, deactivated; each command says what it did, or in one sentence why not."""
    code, said = _with_password(cli, "users", "add", "Anna", "--role", "publisher")
    assert (code, said) == (0, "anna may sign in as publisher.\n")
    code, said = _with_password(cli, "users", "add", "bruno", "--role", "admin", password="short")
    assert code == 2
    assert "at least 12 characters" in said
    assert _with_password(cli, "users", "password", "anna", password="another long walk home")[0] == 0
    cli.succeeds("users", "role", "anna", "admin")
    assert "the last active admin" in cli.refuses("users", "deactivate", "anna")
    cli.succeeds("users", "reset-code", "anna")
    assert "0 sessions of anna" in cli.succeeds("users", "sign-out", "anna")
    assert "no account zoe" in cli.refuses("users", "activate", "zoe")
    listed = cli.succeeds("users", "list").splitlines()
    assert listed[0].startswith("anna  admin  active, no one-time code")
    assert listed[1] == "1 account."


def test_codes_of_real_accounts_are_not_printed(cli: Cli) -> None:
    """An account that is no sample keeps its codes to its owner; one that is not there has none."""
    _with_password(cli, "users", "add", "anna", "--role", "viewer")
    assert "anna is no sample account" in cli.refuses("users", "code", "anna")
    assert "no account publisher" in cli.refuses("users", "code", "publisher")


def test_samples_come_with_development(cli: Cli) -> None:
    """A sample account's present code is printed in development, and nowhere else."""
    cli.succeeds("call", "--dnis", "+39800917919", "--press", "")
    assert re.fullmatch(r"[0-9]{6}\n", cli.succeeds("users", "code", "editor"))
    assert "SECRET_KEY" in cli.refuses("users", "code", "editor", env=PRODUCTION)

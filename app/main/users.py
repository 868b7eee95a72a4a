"""``callgate users``: who may sign in to the desks, as what."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import click

from app.access.model import Actor, Role, operator
from app.adapters.clock import SystemClock
from app.factory.accounts import People, build_people
from app.faults import Fault, FaultCode
from app.main.context import author, database, settings
from app.ports.accounts import User
from app.services.wrong import Wrong
from routing.words import counted

_ROLES = click.Choice([role.value for role in Role])
_name = click.argument("name", metavar="NAME")
_by = click.option("--by", "who", default=author, help="Who decides; the user of this session if not given.")
_from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@dataclass(frozen=True, slots=True)
class _Desk:
    people: People
    actor: Actor
    now: datetime

    def named(self, name: str) -> User:
        return self.people.accounts.named(name)


@contextmanager
def _desk(who: str) -> Iterator[_Desk]:
    found = settings()
    with database(found) as sql:
        yield _Desk(build_people(sql, found), operator(who), SystemClock().now())


@click.group()
def users() -> None:
    """Accounts of the ops desk: who may sign in, as what."""


@users.command()
@_name
@click.option("--role", type=_ROLES, required=True, help="What the account may do.")
@click.option("--zone", default="UTC", show_default=True, help="The reader's clock, as in Europe/Rome.")
@_from_stdin
@_by
def add(name: str, role: str, zone: str, password_stdin: bool, who: str) -> None:
    """Add an account; asks for its password."""
    password = _password(from_stdin=password_stdin)
    with _desk(who) as desk:
        added = desk.people.accounts.add(
            name, password, Role(role), actor=desk.actor, now=desk.now, zone=zone
        )
    if isinstance(added, Wrong):
        raise _refused(added)
    click.echo(f"{added.name} may sign in as {added.role}.")


@users.command("list")
@click.argument("text", default="")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
def list_(text: str, limit: int, offset: int) -> None:
    """List accounts, all or those whose name or role holds TEXT."""
    with _desk("") as desk:
        total = desk.people.accounts.count(text)
        for user in desk.people.accounts.listed(text, limit=limit, offset=offset):
            code = "one-time code" if user.has_code else "no one-time code"
            state = "active" if user.active else "not active"
            sample = ", sample" if user.sample else ""
            click.echo(f"{user.name}  {user.role}  {state}, {code}{sample}  since {user.created_at:%Y-%m-%d}")
    click.echo("1 account." if total == 1 else f"{total} accounts.")


@users.command()
@_name
@click.argument("role", type=_ROLES)
@_by
def role(name: str, role: str, who: str) -> None:
    """Give an account another role; its sessions end."""
    with _desk(who) as desk:
        user = desk.named(name)
        desk.people.accounts.set_role(user.id, Role(role), actor=desk.actor, now=desk.now)
    click.echo(f"{user.name} is {role} now.")


@users.command()
@_name
@_by
def deactivate(name: str, who: str) -> None:
    """Let an account in no more; its sessions and API tokens end."""
    with _desk(who) as desk:
        user = desk.named(name)
        desk.people.accounts.set_active(user.id, active=False, actor=desk.actor, now=desk.now)
    click.echo(f"{user.name} cannot sign in any more.")


@users.command()
@_name
@_by
def activate(name: str, who: str) -> None:
    """Let an account in again. Tokens that ended stay ended."""
    with _desk(who) as desk:
        user = desk.named(name)
        desk.people.accounts.set_active(user.id, active=True, actor=desk.actor, now=desk.now)
    click.echo(f"{user.name} may sign in again.")


@users.command()
@_name
@_from_stdin
@_by
def password(name: str, password_stdin: bool, who: str) -> None:
    """Give an account another password; its sessions end, and a wait after failed tries is lifted."""
    given = _password(from_stdin=password_stdin)
    with _desk(who) as desk:
        user, accounts = desk.named(name), desk.people.accounts
        wrong = accounts.set_password(user, given, actor=desk.actor, now=desk.now)
        if wrong is not None:
            raise _refused(wrong)
        accounts.lift_wait(user.id, actor=desk.actor, now=desk.now)
    click.echo(f"{user.name} has another password.")


@users.command("reset-code")
@_name
@_by
def reset_code(name: str, who: str) -> None:
    """Take an account's one-time codes away, so that its owner can set them up anew; its sessions end."""
    with _desk(who) as desk:
        user = desk.named(name)
        desk.people.accounts.reset_code(user.id, actor=desk.actor, now=desk.now)
    click.echo(f"{user.name} signs in without a one-time code until it is set up anew.")


@users.command("sign-out")
@_name
@_by
def sign_out(name: str, who: str) -> None:
    """End all sessions of an account."""
    with _desk(who) as desk:
        user = desk.named(name)
        ended = desk.people.accounts.end_sessions(user.id, actor=desk.actor, now=desk.now)
    click.echo(f"{counted(ended, 'session')} of {user.name} ended.")


@users.command()
@_name
def code(name: str) -> None:
    """Print the present one-time code of a sample account; development only."""
    if settings().production:
        raise Fault(FaultCode.SETTINGS, "One-time codes are shown nowhere in production.")
    with _desk("") as desk:
        user = desk.named(name)
        found = {one.name: one for one in desk.people.samples.shown(desk.now)}.get(user.name)
    if found is None:
        raise Fault(FaultCode.BAD_INPUT, f"{user.name} is no sample account: its codes are its owner's.")
    if found.code is None:
        raise Fault(FaultCode.BAD_INPUT, "The codes of this moment were used; wait half a minute.")
    click.echo(found.code)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _refused(wrong: Wrong) -> Fault:
    return Fault(FaultCode.BAD_INPUT, " ".join(wrong.faults.values()))

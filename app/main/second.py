"""The second publisher at the command line: an account that proves itself by password and one-time code."""

import sys

import click

from app.access.model import COMMAND_LINE, Actor, Right
from app.access.names import folded
from app.factory.accounts import build_people
from app.factory.stores import Sql
from app.faults import Fault, FaultCode
from app.ports import Clock
from app.services.sign_in import Denied
from app.settings import Settings


def proved(name: str, who: str, sql: Sql, settings: Settings, clock: Clock, *, stdin: bool) -> str:
    """The account's name, once its owner gave password and code for it; ``who`` is the first publisher.

    With ``stdin`` they are read from there, a line each.

    Raises:
        Fault: NOT_YOURS for a wrong password or code, an account that may not publish, or the same person.
    """
    if folded(name) == folded(who):
        raise Fault(FaultCode.NOT_YOURS, f"{name} publishes already: the second publisher is somebody else.")
    password, code = _asked(name, stdin=stdin)
    sign_in = build_people(sql, settings).sign_in
    found = sign_in.sign_in(name, password, code, COMMAND_LINE, clock.now())
    if isinstance(found, Denied):
        raise Fault(FaultCode.NOT_YOURS, f"The second publisher: {found.sentence}")
    sign_in.sign_out(found.token, clock.now(), COMMAND_LINE)
    second = Actor(found.user.name, found.user.role, COMMAND_LINE, strong=found.strong, user=found.user.id)
    if not second.may(Right.PUBLISH):
        missing = "has set up no one-time code" if second.has_role_for(Right.PUBLISH) else "is no publisher"
        raise Fault(FaultCode.NOT_YOURS, f"{second.name} {missing}: a second publisher needs both.")
    return second.name


def _asked(name: str, *, stdin: bool) -> tuple[str, str]:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n"), sys.stdin.readline().strip()
    password = str(click.prompt(f"Password of {name}", hide_input=True, err=True))
    code = str(click.prompt(f"One-time code of {name}", hide_input=True, err=True))
    return password, code.strip()

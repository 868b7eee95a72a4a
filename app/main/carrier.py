"""``callgate twilio``: the account at the carrier, held against the live table."""

from collections.abc import Sequence

import click

from app.factory.carrier import carrier_account
from app.main.context import database, settings
from app.ports.carrier_account import CarrierAccount, NotDone
from app.services.carrier_actions import Action
from app.services.carrier_check import Finding, Wanted, compare
from app.services.carrier_setup import carry_out, plan
from app.services.tables import Tables
from routing.words import counted


@click.group()
def twilio() -> None:
    """The account at Twilio: numbers, webhooks and queues."""


@twilio.command()
def check() -> None:
    """Compare numbers, webhooks and queues with what the live table needs; nothing is changed.

    Exits with 0 when nothing but warnings is found, with 1 when something is, with 2 when Twilio cannot be
    asked.
    """
    account, wanted = _account()
    findings = compare(wanted, account)
    _tell(findings)
    if plan(findings):
        click.echo("`callgate twilio setup` does what can be done from here.")
    if not all(finding.is_warning for finding in findings):
        raise click.exceptions.Exit(1)


@twilio.command()
@click.option("--yes", is_flag=True, help="Do it without asking.")
def setup(yes: bool) -> None:
    """Point the lines' numbers here and make the queues that are missing; shows what it will do, and asks.

    Exits with 0 when everything is as it should be afterwards, with 1 when something is left to do.
    """
    account, wanted = _account()
    findings = compare(wanted, account)
    actions = plan(findings)
    left = [finding for finding in findings if finding.action is None]
    for action in actions:
        click.echo(action.sentence)
    if not actions:
        click.echo("There is nothing to set up.")
    elif not (yes or click.confirm(f"Do {'this' if len(actions) == 1 else f'these {len(actions)} things'}?")):
        click.echo("Nothing was changed.")
        raise click.exceptions.Exit(1)
    failed = _carry_out(actions, account, wanted)
    _tell(left)
    if failed or not all(finding.is_warning for finding in left):
        raise click.exceptions.Exit(1)


def _account() -> tuple[CarrierAccount, Wanted]:
    found = settings()
    account = carrier_account(found)
    with database(found) as sql:
        table = Tables(sql.tables).current()
    return account, Wanted(table, found.public_url, found.sms_from)


def _carry_out(actions: Sequence[Action], account: CarrierAccount, wanted: Wanted) -> int:
    """Do it, saying of each what became of it; gives how many were not done."""
    failed = 0
    for action, outcome in carry_out(actions, account, lambda: plan(compare(wanted, account))):
        if isinstance(outcome, NotDone):
            failed += 1
            click.echo(f"not done: {action.sentence} {outcome.why}", err=True)
        else:
            click.echo(f"done: {action.sentence}")
    return failed


def _tell(findings: Sequence[Finding]) -> None:
    warnings = [finding for finding in findings if finding.is_warning]
    faults = [finding for finding in findings if not finding.is_warning]
    for kind, found in (("fault", faults), ("warning", warnings)):
        for finding in found:
            click.echo(f"{kind}: {finding.sentence}", err=True)
    click.echo(f"{counted(len(faults), 'fault')}, {counted(len(warnings), 'warning')}.")

"""``callgate demo``: the sample call, in the terminal, then the service itself."""

import os
import re
import shutil
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from app.adapters.clock import SystemClock
from app.adapters.log import configure_logging
from app.factory.stores import with_secrets
from app.faults import Fault, FaultCode
from app.main.browser import can_open_browser, open_browser
from app.main.handset import Handset, handset
from app.main.serve import PORT, run_server
from app.main.week import record_week
from app.services.place import facts_of
from app.services.sample_accounts import SAMPLE_PASSWORD
from app.settings import Settings
from app.simulator.call import CallInProgress
from routing.compiled import RoutingTable
from routing.decide import Facts, decide
from routing.explain import sentences
from routing.table import Overlay
from routing.tables import sample

LINE = "+39800917919"  # the sample's Italian line; the Vatican shares it
CALLER = "+390655550100"  # registered with nobody
ACCOUNT = "12345678"  # Rossi Forniture
_CALL = timedelta(minutes=10)  # more than the sample call takes
PHONE = "/phone"
FOLDER = "demo"  # under CALLGATE_VAR; made anew each time


@click.command()
@click.option("--once", is_flag=True, help="Exit after the sample call instead of serving.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
def demo(once: bool, port: int) -> None:
    """Place a sample call and show it, then a week of others; and serve at http://127.0.0.1:8000."""
    found = Settings.from_env({**os.environ, "PUBLIC_URL": f"http://127.0.0.1:{port}"})
    if found.production:
        raise Fault(FaultCode.SETTINGS, "The demo is for development: leave CALLGATE_ENV unset.")
    folder = found.var / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    configure_logging(production=False)
    settings = with_secrets(_on_its_own(found, folder))
    if not once:
        click.echo(f"In a minute, a phone in your browser: http://127.0.0.1:{port}{PHONE}\n")
    with handset(settings, when_open(SystemClock().now())) as phone:
        _call(phone)
    click.echo(f"\nLook at it again: CALLGATE_VAR={folder} .venv/bin/callgate calls list")
    if not once:
        _record_week(settings)
        _say_where(port)
        if can_open_browser(os.environ, sys.platform, watched=sys.stdout.isatty()):
            open_browser(f"http://127.0.0.1:{port}", PHONE)
        run_server(settings, "127.0.0.1", port)


def _record_week(settings: Settings) -> None:
    """Let the desk's pages have something to show: calls of the last 7 days, each one really placed."""
    left = record_week(settings, SystemClock().now())
    label = "Placing a week of sample calls"
    with click.progressbar(length=next(left), label=label) as bar:
        for _ in left:
            bar.update(1)


def _say_where(port: int) -> None:
    """Where to look, the phone first, and a sign-in with which to edit, try and publish."""
    click.echo(f"\nCall it yourself: http://127.0.0.1:{port}{PHONE}")
    click.echo(f"The agents' desk: http://127.0.0.1:{port}/desk. Sign in as agent or supervisor.")
    click.echo(f"The ops desk: http://127.0.0.1:{port}/ops. For callers: http://127.0.0.1:{port}/lines")
    click.echo(
        f"Sign in there as publisher. Password {SAMPLE_PASSWORD}; the sign-in page shows the one-time code, "
        "and accounts of every other role. In development only."
    )


def _on_its_own(found: Settings, folder: Path) -> Settings:
    """Development settings with a folder, a database and an outbox of the demo's own."""
    return replace(
        found,
        var=folder,
        database_url=f"sqlite:///{folder / 'callgate.db'}",
        redis_url="",
        smtp_url="",
        sms_from="",
    )


def when_open(now: datetime) -> datetime:
    """Now if the Italian technical desk stays open for the call, else some hours ago when it did.

    No record may lie ahead.
    """
    table, facts = RoutingTable(sample(), 1), Facts(territory="IT", department="technical", language="it")
    hours = (now - timedelta(hours=ago) for ago in range(7 * 24))
    return next(
        (at for at in hours if all(_open(table, facts, at, end) for end in (timedelta(), _CALL))), now
    )


def _open(table: RoutingTable, facts: Facts, at: datetime, later: timedelta) -> bool:
    return decide(table, Overlay(), facts, at + later).open


def _call(phone: Handset) -> None:
    click.echo("Everything below is sample data: its numbers are never to be dialled.")
    _headline("An administrator of Rossi Forniture calls the Italian line from a number nobody registered.")
    call = phone.phone.dials(LINE, ani=CALLER)
    _headline("Italian, then technical support.")
    call.presses("1").presses("1")
    _show_decision(phone)
    _headline("The account number, read back once; then a code by e-mail.")
    call.keys(ACCOUNT).presses("1").presses("1")
    code = _code_of(phone)
    _headline("The code arrives while the line waits; the caller keys it.")
    call.waits(25).keys(code)
    _headline("Connected. The agent heard who it is and how that was proved.")
    call.agent_hears("").waits(30).hangs_up()
    phone.delivers()
    _show_timeline(phone, call)


def _code_of(phone: Handset) -> str:
    """The code as the mail shows it, read as its receiver would."""
    text = "\n".join(message.text for message in phone.delivers())
    found = re.search(r"^\D*(\d{6,8})\D*$", text, re.MULTILINE)
    if found is None:
        raise Fault(FaultCode.BAD_INPUT, "The mail with the code did not arrive.")
    return found[1]


def _show_decision(phone: Handset) -> None:
    """The decision as the running call took it, explained by the same function."""
    services = phone.services
    call_id = services.sql.ledger.calls(limit=1)[0].call_id
    stored = services.redis.calls.load(call_id)
    if stored is None:
        return
    call, table = stored.call, services.tables.at(stored.call.table_version)
    facts, now = facts_of(call, call.desk_language), services.clock.now()
    decision = decide(table, services.tables.overlay(), facts, now)
    for sentence in sentences(table, facts, decision, now):
        click.secho(f"          {sentence}", fg="magenta")


def _show_timeline(phone: Handset, call: CallInProgress) -> None:
    _headline("What was written down of it:")
    row = phone.services.sql.ledger.calls(limit=1)[0]
    outcome = row.ended or call.state
    click.echo(f"          {row.organisation_name}: {row.level} by {row.method}, to {row.queue}; {outcome}")
    for note in phone.services.sql.ledger.timeline(row.call_id):
        click.echo(f"          {note.at[11:19]}  {note.what}{f'  ({note.detail})' if note.detail else ''}")


def _headline(text: str) -> None:
    click.secho(f"\n{text}", bold=True)

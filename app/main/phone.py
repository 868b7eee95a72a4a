"""``callgate call``: place a call from the terminal."""

import click

from app.adapters.clock import SystemClock
from app.faults import Fault, FaultCode
from app.main.context import settings
from app.main.handset import Handset, handset
from app.simulator.call import CallInProgress
from app.simulator.press import groups
from app.simulator.transcript import Happening


@click.command()
@click.option("--dnis", required=True, help="The number dialled, E.164.")
@click.option("--ani", default=None, help="The caller's number, E.164; none: withheld.")
@click.option("--attestation", default=None, help="StirVerstat, as the carrier would say it.")
@click.option("--press", default=None, help='Keys, group by group: "1 12345678# 1"; - is silence.')
def call(dnis: str, ani: str | None, attestation: str | None, press: str | None) -> None:
    """Place a call through the simulated carrier; without --press you press the keys."""
    found = settings()
    if found.production:
        raise Fault(FaultCode.SETTINGS, "The simulated phone is for development: leave CALLGATE_ENV unset.")
    try:
        script = None if press is None else groups(press)
    except ValueError as error:
        raise Fault(FaultCode.BAD_INPUT, f"{error}.") from error
    with handset(found, SystemClock().now()) as phone:
        running = phone.phone.dials(dnis, ani=ani, attestation=attestation)
        _plays(phone, running, script)
        if not running.over:
            running.hangs_up()
        _summary(phone)


def _plays(phone: Handset, running: CallInProgress, script: list[str] | None) -> None:
    """Press what the script says, or what the person at the terminal does, while anything listens."""
    left = iter(script or ())
    while running.listens and not _waits_in_queue(running):
        phone.delivers()
        group = next(left, None) if script is not None else _asked()
        if group is None:
            return
        if group:
            running.presses(group)
        else:
            running.stays_silent()
    phone.delivers()
    _is_answered(phone, running)


def _asked() -> str | None:
    """A group of keys from the terminal; None once the person hangs up (Ctrl-D), empty for silence."""
    try:
        while True:
            keys = click.prompt("keys (Enter: silence, Ctrl-D: hang up)", default="", show_default=False)
            if set(keys) <= set("0123456789*#"):
                return str(keys)
            click.echo("A phone has the keys 0-9, * and #.")
    except click.Abort:
        return None


def _waits_in_queue(running: CallInProgress) -> bool:
    return running.leg.connected_to.startswith("queue:")


def _is_answered(phone: Handset, running: CallInProgress) -> None:
    """Where the caller waits in the carrier's queue, an agent takes the call after a while."""
    queued = running.leg.connected_to
    if not running.over and queued.startswith("queue:"):
        running.waits(30)
        phone.phone.takes_from(queued.removeprefix("queue:"))


def _summary(phone: Handset) -> None:
    row = phone.services.sql.ledger.calls(limit=1)[0]
    level = row.level + (f" by {row.method}" if row.method else "")
    bridged = any(entry.kind is Happening.BRIDGED for entry in phone.phone.transcript.entries)
    click.echo(
        f"\n{row.organisation_name or 'Nobody known'}: {level}; queue {row.queue or '-'}"
        f"{', connected' if bridged else ''}. More: callgate calls show {row.call_id[:8]}"
    )

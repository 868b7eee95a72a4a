"""``callgate outbox``: what development sent nowhere else."""

import click

from app.adapters.clock import SystemClock
from app.factory.delivery import development_outbox
from app.faults import Fault, FaultCode
from app.main.context import settings


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
def outbox(limit: int) -> None:
    """List the messages of the development outbox, oldest first."""
    found = settings()
    if found.production:
        raise Fault(
            FaultCode.SETTINGS, "There is no outbox to read in production: messages go to people only."
        )
    posted = development_outbox(found, SystemClock().now).read()
    for post in posted[-limit:]:
        message = post.message
        click.echo(f"{post.at}  {message.channel} to {message.to}  {message.subject}".rstrip())
        click.echo("".join(f"    {line}\n" for line in (message.text or message.url).splitlines()))
    click.echo(f"{len(posted)} messages.")

"""``callgate diagram``: the script of a call as a picture."""

import click

from app.callflow.diagram import mermaid


@click.command()
def diagram() -> None:
    """Print the script of a call as a Mermaid state diagram."""
    click.echo(mermaid(), nl=False)

"""A phone for the terminal: the simulator in this process, over the whole application."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import click

from app.adapters.outbox_file import DevelopmentOutbox
from app.factory.application import create_app
from app.factory.delivery import development_outbox
from app.factory.services import Services, build
from app.main.sample import prepare
from app.ports import Message
from app.settings import Settings
from app.simulator.agents import Agent
from app.simulator.clock import SimulatedClock
from app.simulator.phone import Phone
from app.simulator.transcript import Entry, Happening
from app.simulator.transport import over_wsgi
from app.simulator.webhooks import Account
from routing.targets import NUMBER, destinations

_WHO = {"caller": "caller", "agent": "agent ", "person": "phone "}
_STYLE = {
    Happening.HEARS: None,
    Happening.PRESSES: "cyan",
    Happening.BRIDGED: "green",
    Happening.FAILED: "red",
}


@dataclass(frozen=True, slots=True)
class Handset:
    """The phone, the services behind it, and the inbox of whoever the codes go to."""

    phone: Phone
    services: Services
    inbox: DevelopmentOutbox

    def delivers(self) -> tuple[Message, ...]:
        """Send what is due and print it; gives the messages that just arrived."""
        before = len(self.inbox.read())
        self.services.sender.tick(self.services.clock.now())
        new = tuple(posted.message for posted in self.inbox.read()[before:])
        for message in new:
            show_message(message)
        return new


@contextmanager
def handset(settings: Settings, at: datetime) -> Iterator[Handset]:
    """A phone whose clock stands at ``at``, over a development database filled with the sample if empty.

    The settings must have their secrets.
    """
    clock = SimulatedClock(at)
    prepare(settings, clock)
    services = build(settings, clock=clock, wake=lambda: None)
    try:
        services.tables.refresh()
        phone = phone_to(services, clock, observer=show, seed=at.isoformat())
        yield Handset(phone, services, development_outbox(settings, clock.now))
    finally:
        services.close()


def phone_to(
    services: Services, clock: SimulatedClock, *, seed: str, observer: Callable[[Entry], None] | None = None
) -> Phone:
    """A phone to the whole application over these services, and an agent behind each of its queues."""
    settings = services.settings
    account = Account(
        token=settings.twilio_auth_tokens[0],
        sid=settings.twilio_account_sid,
        public_url=settings.public_url,
    )
    transport = over_wsgi(create_app(settings, services))
    return Phone(transport, account, clock, agents=_agents(services), observer=observer, seed=seed)


def _agents(services: Services) -> dict[str, Agent]:
    """Somebody who answers and accepts, behind every number and SIP address of the table's queues."""
    return {
        address.removeprefix(NUMBER): Agent()
        for queue in services.tables.current().document.queues
        for _, address in destinations(queue)
    }


def show(entry: Entry) -> None:
    """Print one thing that happened on the phone."""
    if entry.kind is Happening.LISTENS:
        return
    who = _WHO.get(entry.who, entry.who)
    tongue = f"[{entry.language}] " if entry.language else ""
    text = f"{entry.at:%H:%M:%S}  {who}  {entry.kind.value:<10} {tongue}{entry.text}".rstrip()
    click.secho(text, fg=_STYLE.get(entry.kind), dim=entry.kind is Happening.MUSIC)


def show_message(message: Message) -> None:
    """Print a message as its receiver sees it."""
    click.secho(f"          {message.channel} to {message.to}: {message.subject}".rstrip(": "), fg="yellow")
    for line in (message.text or message.url).splitlines():
        click.secho(f"          | {line}".rstrip(), fg="yellow")

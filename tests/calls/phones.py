"""Phones over the application, and transports that treat webhooks as a network may."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.factory.application import create_app
from app.factory.services import Services
from app.simulator.agents import Agent
from app.simulator.clock import PhoneClock
from app.simulator.phone import Phone
from app.simulator.transport import Response, Transport, over_wsgi
from app.simulator.webhooks import Account
from app.telephony.inbound import call_id_of

Form = list[tuple[str, str]]


def a_phone(
    services: Services,
    clock: PhoneClock,
    *,
    seed: str,
    transport: Transport | None = None,
    strict: bool = True,
) -> Phone:
    """A phone on the sample's lines; somebody answers wherever a queue rings."""
    settings = services.settings
    queues = services.tables.current().document.queues
    dialled = [
        queue.target.removeprefix("number:") for queue in queues if not queue.target.startswith("queue:")
    ]
    account = Account(
        token=settings.twilio_auth_tokens[0], sid=settings.twilio_account_sid, public_url=settings.public_url
    )

    def level_of(call_sid: str) -> str:
        proof = services.sql.ledger.proof(call_id_of(settings.twilio_account_sid, call_sid))
        return proof.level.name.lower() if proof else "unverified"

    return Phone(
        transport or over_wsgi(create_app(settings, services)),
        account,
        clock,
        agents={address: Agent() for address in dialled},
        targets={queue.name: queue.target for queue in queues},
        level_of=level_of,
        seed=seed,
        strict=strict,
    )


def goes_on(phone: Phone, seconds: int) -> None:
    """Time passes, and each second the application looks what is due."""
    for _ in range(seconds):
        phone.passes(1)


@dataclass
class Repeating:
    """Delivers each webhook several times, in a row or all at once, and holds the answers equal."""

    inner: Transport
    times: int
    at_once: bool = False
    but: str = ""  # a path whose webhooks come once
    paths: list[str] = field(default_factory=list)

    def __call__(self, url: str, form: Form, headers: Mapping[str, str]) -> Response:
        self.paths.append(urlsplit(url).path)
        if self.paths[-1] == self.but:
            return self.inner(url, form, headers)
        answers = self._answers(lambda: self.inner(url, form, headers))
        bodies = {answer.body for answer in answers}
        assert len(bodies) == 1, f"{self.paths[-1]} has several answers: {bodies}"
        assert len({answer.header("X-Call-State") for answer in answers}) == 1
        assert {answer.status for answer in answers} == {200}
        return answers[0]

    def _answers(self, send: Callable[[], Response]) -> list[Response]:
        if not self.at_once:
            return [send() for _ in range(self.times)]
        gate = threading.Barrier(self.times)

        def together(_: int) -> Response:
            gate.wait()
            return send()

        with ThreadPoolExecutor(self.times) as pool:
            return list(pool.map(together, range(self.times)))


@dataclass
class Interrupting:
    """Does something just before a webhook to a path is delivered, once for each entry of ``before``."""

    inner: Transport
    before: dict[str, Callable[[], object]] = field(default_factory=dict)

    def __call__(self, url: str, form: Form, headers: Mapping[str, str]) -> Response:
        act = self.before.pop(urlsplit(url).path, None)
        if act is not None:
            act()
        return self.inner(url, form, headers)


@dataclass
class Alternating:
    """Delivers webhooks to one worker after the other."""

    workers: list[Transport]
    count: int = 0

    def __call__(self, url: str, form: Form, headers: Mapping[str, str]) -> Response:
        self.count += 1
        return self.workers[self.count % len(self.workers)](url, form, headers)

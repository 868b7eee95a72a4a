"""A real SMTP server that answers as a test scripts it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Script:
    """What the server says to each step ("" lets it go on), and what it took."""

    recipient: str = ""
    data: str = ""
    after_data: str = "answer"  # answer | hang | drop
    login: tuple[str, str] | None = None
    took: list[Envelope] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.recipient:
            envelope.rcpt_tos.append(address)
        return self.recipient or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        self.took.append(envelope)
        if self.after_data == "hang":
            await server.loop.run_in_executor(None, self.go_on.wait, 20)
        if self.after_data == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.data or "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        known = isinstance(given, LoginPassword) and self.login == (
            given.login.decode(),
            given.password.decode(),
        )
        return AuthResult(success=known, handled=False)


@contextmanager
def mail_server(script: Script) -> Iterator[int]:
    """The port of an SMTP server on 127.0.0.1 that follows the script."""
    listener = socket.create_server(("127.0.0.1", 0))
    port: int = listener.getsockname()[1]
    loop = asyncio.new_event_loop()

    def conversation() -> SMTP:
        authenticator = script.authenticate if script.login else None
        return SMTP(
            script,
            hostname="mail.example.com",
            loop=loop,
            auth_require_tls=False,
            authenticator=authenticator,
        )

    server = loop.run_until_complete(loop.create_server(conversation, sock=listener))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield port
    finally:
        script.go_on.set()
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    """Close, and let conversations end that a client left without a word."""
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()

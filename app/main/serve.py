"""``callgate serve`` and ``callgate worker``: the processes that stay."""

import os
import signal
import socket
import threading
from types import FrameType

import click
import structlog
from granian.constants import Interfaces
from granian.server import Server

from app.adapters.clock import SystemClock
from app.adapters.sql import schema
from app.factory.services import build
from app.factory.stores import open_redis, open_sql
from app.faults import Fault, FaultCode
from app.main.context import settings
from app.main.sample import prepare
from app.services.worker import Chore, Worker
from app.settings import Settings

PORT = 8000
#: Blocking threads of one server process; a webhook waits for Redis and SQL, not for mail.
THREADS = 4
#: Seconds a worker process may take to end: longer than the longest webhook (the carrier gives 15).
GRACE = 20
_log = structlog.get_logger(__name__)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Server processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the carrier's webhooks. In development everything needed is started along with it."""
    run_server(settings(port), host, port, workers)


@click.command()
def worker() -> None:
    """Send and ask for what a dead process left, and look whether a carrier that was away is back."""
    services = build(settings())
    schema.check(services.sql.engine)
    asking = services.handover.asking
    work: dict[str, Chore] = {"outbox": services.sender.tick}
    if services.simulated is None:  # else the carrier is in the server's process, and is asked there
        work |= {"carrier": asking.tick, "carrier_probe": asking.probe, "carrier_silence": asking.silence}
    chores = Worker(work)
    stop = threading.Event()

    def stopping(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stopping)
    _log.info("worker_started")
    while not stop.wait(1.0):
        for done in chores.tick(services.clock.now()):
            if done.fault is not None:
                _log.error("chore_failed", chore=done.chore, fault=done.fault.code.value)
    services.close()


def run_server(found: Settings, host: str, port: int, workers: int = 1) -> None:
    """Check the database, hand the settings to the server processes, and serve until stopped.

    Raises:
        Fault: PORT_TAKEN; DATABASE_OLDER, DATABASE_NEWER, LEDGER_AWAY.
    """
    _free(host, port)
    if not found.production:
        prepare(found, SystemClock())
    sql = open_sql(found, SystemClock())
    schema.check(sql.engine)
    sql.engine.dispose()
    redis = open_redis(found)  # held here, so that an embedded server lives as long as this process
    os.environ.update(
        CALLGATE_VAR=str(found.var), DATABASE_URL=found.database_url, PUBLIC_URL=found.public_url
    )
    click.echo(f"Callgate serves at http://{host}:{port} (Ctrl-C stops it)")
    try:
        Server(
            "wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            workers_kill_timeout=GRACE,
            log_access=False,
        ).serve()
    finally:
        redis.close()


def _free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sentence = (
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what has it, or give --port."
            )
            raise Fault(FaultCode.PORT_TAKEN, sentence) from error

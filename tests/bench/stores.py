"""What a menu turn asks of the stores, counted in this process."""

from collections.abc import Iterable

from werkzeug.test import Client

from app.adapters.clock import SystemClock
from app.adapters.redis import RedisCallStore
from app.factory.application import create_app
from app.factory.services import build
from app.settings import Settings
from tests.bench.counting import Cost, CountingLink, counting
from tests.bench.report import Figure
from tests.bench.stage import Stage, dnis
from tests.bench.webhooks import Caller

_CALL = 10_000_000  # beyond the numbers of the calls that are measured


def figures(where: Stage) -> Iterable[Figure]:
    """Round trips and statements of the press of 1 at the department menu."""
    cost = _menu_turn(where)
    yield Figure("Redis round trips of a menu turn", cost.trips, "", "<= 2")
    yield Figure("SQL statements of a menu turn", cost.statements, "", "<= 0")


def _menu_turn(where: Stage) -> Cost:
    link = CountingLink(where.redis_url, SystemClock().monotonic)
    settings = Settings.from_env(where.environ())
    services = build(settings, store=RedisCallStore(link))
    try:
        services.tables.refresh()
        client = Client(create_app(services.settings, services), use_cookies=False)
        for number in range(2):  # the first teaches Valkey the script
            caller = Caller(_CALL + number, f"+45{_CALL + number}", dnis())
            answer = _sent(client, caller.incoming(where.settings))
            press = caller.presses(where.settings, answer, "1")
            with counting(link, services.sql.engine) as cost:
                _sent(client, press)
        return cost
    finally:
        services.close()
        link.close()


def _sent(client: Client, request: bytes) -> bytes:
    """Post a raw request to the application in this process; gives the answer's body."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    answer = client.post(first.split(" ")[1], data=body, headers=headers)
    if answer.status_code != 200 or b"<Gather " not in answer.data:
        raise RuntimeError(f"not the answer that is measured: {answer.status} {answer.text[:300]}")
    return bytes(answer.data)
